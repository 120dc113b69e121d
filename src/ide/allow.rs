//! "Let it stand": what makes a finding go away without changing the words.

use crate::analysis::Analysis;
use crate::model::Reader;
use crate::rules::Finding;
use crate::rules::rewrite::wording::one_line;
use crate::text::{Edit, Span};

/// The comment that lets a finding stand, at the end of its line; nothing in formats that have no comments.
pub fn comment(analysis: &Analysis, finding: &Finding) -> Option<Edit> {
    let file = &analysis.files[finding.place.file];
    let manuscript = &file.manuscript;
    let (open, close) = signs(manuscript.reader)?;
    let text = &manuscript.text;
    let line = file.lines.span(file.lines.line(finding.place.span.start), text);
    let here = manuscript.allows.iter().rfind(|a| line.covers(a.span) && a.covers.overlaps(line));
    if let Some(allow) = here {
        let end = Span { start: allow.rule_span.end, end: allow.rule_span.end };
        return Some(Edit::new(end, format!(", {}", finding.rule)));
    }
    let end = line.start + line.of(text).trim_end().len() as u32;
    let quiet = manuscript.blocks.iter().find(|b| b.span.contains(finding.place.span.start));
    let literal = |kind| {
        use crate::model::BlockKind;
        matches!(kind, BlockKind::Code | BlockKind::Math | BlockKind::FrontMatter | BlockKind::Comment)
    };
    if quiet.is_some_and(|b| literal(b.kind)) {
        return None;
    }
    Some(Edit::new(Span { start: end, end }, format!(" {open} ibid: allow {}{close}", finding.rule)))
}

fn signs(reader: Reader) -> Option<(&'static str, &'static str)> {
    match reader {
        Reader::Pandoc | Reader::Gfm => Some(("<!--", " -->")),
        Reader::Typst => Some(("/*", " */")),
        _ => None,
    }
}

/// The words by which an `[[allow]]` table knows a finding; all of them in one line.
pub fn quote(analysis: &Analysis, finding: &Finding) -> String {
    one_line(analysis.text(finding.place))
}
