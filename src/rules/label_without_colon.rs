//! `label-without-colon`

use super::Sink;
use crate::analysis::{Analysis, Place};
use crate::text::{Edit, Span};

rule! {
    /// The label of a note lacks its colon.
    ///
    /// ## Why
    /// Without the colon the note is no note: it is printed where it stands, and the mark leads nowhere.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^2]
    ///
    /// [^1]: Archive of the Mill, box 1.
    ///
    /// [^2] Archive of the Mill, box 2.
    /// //~ label-without-colon «[^2]» => «[^2]:»
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2]
    ///
    /// [^1]: Archive of the Mill, box 1.
    ///
    /// [^2]: Archive of the Mill, box 2.
    /// ```
    ///
    /// A file in which many labels lack it is one finding.
    ///
    /// The fix sets the colons; it is safe, because only labels are taken that have no other note.
    "label-without-colon", Error, "Pandoc manual, footnotes"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, read) in analysis.files.iter().enumerate() {
        let labels = &read.manuscript.colonless_labels;
        let text = &read.manuscript.text;
        let colon = |label: &Span| match label.of(text) {
            typed if typed.ends_with(':') => Edit::new(*label, typed.replacen("] :", "]:", 1)),
            typed if typed.starts_with('[') => Edit::new(Span::empty(label.end as usize), ":"),
            typed => Edit::new(*label, format!("[^{}]:", typed.trim_end_matches(|c: char| !c.is_ascii_digit()))),
        };
        // One habit, one finding.
        let each: Vec<&[Span]> = if labels.len() > 3 { vec![&labels[..]] } else { labels.chunks(1).collect() };
        for same in each {
            let message = match same.len() {
                1 => "the label of a note without its colon".to_owned(),
                n => format!("{n} labels of notes without their colons"),
            };
            let finding = out.at(Place { file, span: same[0] }, message);
            for label in &same[1..] {
                finding.related(Place { file, span: *label }, "here too");
            }
            finding.safe_fix("set the colon", same.iter().map(colon).collect());
        }
    }
}
