//! `ibid-form`

use super::Sink;
use crate::analysis::backrefs::{self, Misformed};
use crate::analysis::Analysis;
use crate::text::{Edit, Span};

rule! {
    /// "Ibid" is typed otherwise than the style asks.
    ///
    /// ## Why
    /// Ibid., ebd. and id. are abbreviations and take a full stop; OSCOLA alone writes "ibid" without one. A form used
    /// throughout is one finding with all its places, a slip a finding of its own.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Ibid, 14.
    /// //~ ibid-form «Ibid» => «Ibid.»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Ibid., 14.
    /// ```
    ///
    /// ## Fix
    /// Safe: the stop changes no meaning.
    "ibid-form", Warning, "The Chicago Manual of Style, 17th ed., 14.34; OSCOLA, 4th ed., 1.2.3"
}

/// From so many slips on the form is a habit: one cause, one finding.
const HABIT: usize = 3;

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        let wrong = backrefs::misformed(analysis, file);
        if wrong.len() < HABIT {
            for one in &wrong {
                report(analysis, std::slice::from_ref(one), out);
            }
        } else {
            report(analysis, &wrong, out);
        }
    }
}

fn report(analysis: &Analysis, wrong: &[Misformed], out: &mut Sink) {
    let first = &wrong[0];
    let typed = analysis.text(first.cue).to_owned();
    let times = if wrong.len() > 1 { format!(", {} times", wrong.len()) } else { String::new() };
    let finding = out.at(first.cue, format!("\"{typed}\" for \"{}\"{times}", first.wanted));
    for other in &wrong[1..] {
        finding.related(other.cue, analysis.numbered(other.id));
    }
    let stop = |m: &Misformed| {
        let inside = m.cue.span.start as usize + analysis.text(m.cue).trim_end_matches(['*', '_', '.']).len();
        let (gone, put) = if m.wanted.ends_with('.') { (inside, ".") } else { (inside + 1, "") };
        Edit::new(Span::new(inside, gone), put)
    };
    finding.safe_fix(format!("write \"{}\"", first.wanted), wrong.iter().map(stop).collect());
}
