//! Shapes of notes in LaTeX, and the byte each letter came from.

use crate::formats::read;
use crate::model::{Manuscript, Reader};
use crate::text::Span;

fn latex(body: &str) -> (String, Manuscript) {
    let text = format!("\\documentclass{{book}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n");
    let manuscript = read("a.tex", &text, Reader::Latex);
    (text, manuscript)
}

/// What the words of the first note stand for in the file.
fn source(body: &str, words: &str) -> String {
    let (text, m) = latex(body);
    let flow = &m.notes[0].flow;
    let at = flow.text.find(words).unwrap_or_else(|| panic!("{words} is not in {}", flow.text));
    flow.source(Span::new(at, at + words.len())).of(&text).to_owned()
}

fn notes(body: &str) -> Vec<(String, String)> {
    latex(body).1.notes.into_iter().map(|n| (n.label.text, n.flow.text)).collect()
}

#[test]
fn accents_stand_for_all_their_bytes() {
    let note = r#"A\footnote{\v{S}af\'a{\v r}\'\i k, M\"uller, \c{c}a, \ss, Stra{\ss}e, \L\'od\'z, \'{\i}, \u{g}.}"#;
    for (words, typed) in [
        ("Š", r"\v{S}"),
        ("á", r"\'a"),
        ("ř", r"\v r"),
        ("ík", r"\'\i k"),
        ("ü", r#"\"u"#),
        ("ç", r"\c{c}"),
        ("Ł", r"\L"),
        ("ó", r"\'o"),
        ("ź", r"\'z"),
        ("ğ", r"\u{g}"),
        ("Müller", r#"M\"uller"#),
    ] {
        assert_eq!(source(note, words), typed, "{words}");
    }
}

#[test]
fn signs_and_spaces_stand_for_theirs() {
    let note = "A\\footnote{Holm~-- \\emph{On  the\n  Wick}, 4--5, ``so'' \\& \\enquote{on}\\ldots\\ % aside\n end.}";
    for (words, typed) in
        [("\u{a0}–", "~--"), ("4–5", "4--5"), ("“so”", "``so''"), ("&", "\\&"), ("…", "\\ldots"), ("Wick", "Wick")]
    {
        assert_eq!(source(note, words), typed, "{words}");
    }
    let (text, m) = latex(note);
    let flow = &m.notes[0].flow;
    let title = flow.emphasis[0];
    assert_eq!(flow.dressed(title).of(&text), "\\emph{On  the\n  Wick}");
}

#[test]
fn marks_and_texts_in_every_shape() {
    let said = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    assert_eq!(notes("A\\footnote{x} b\\footnote[7]{y} c\\footnote{z}"), said(&[("1", "x"), ("7", "y"), ("2", "z")]));
    assert_eq!(notes("A\\footnotemark b\\footnotetext{x}"), said(&[("1", "x")]));
    assert_eq!(
        notes("\\newcommand{\\fn}[2][p.]{\\footnote{#2, #1}}A\\fn{x} b\\fn[S.]{y}"),
        said(&[("1", "x, p."), ("2", "y, S.")])
    );
    assert_eq!(notes("A\\footnote{x {\\em y} \\textbf{z}\\footnote{in it}}"), said(&[("1", "x y z"), ("2", "in it")]));
}
