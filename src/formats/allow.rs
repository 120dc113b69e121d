//! `<!-- ibid: allow RULE -->`: what a writer lets stand, in formats with comments.
//!
//! Alone on its line a comment speaks of the next line that is not blank, else of its own; `allow-file` of the whole file.
//! Several rules are separated by commas; words after them are the writer's reasons.

use crate::model::{Allow, BlockKind, Manuscript};
use crate::text::Span;
use memchr::memmem;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The HTML comments of a manuscript that allow something; those shown as code say nothing.
pub fn comments(manuscript: &Manuscript) -> Vec<Allow> {
    let text = &manuscript.text;
    let mut found = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), OPEN) {
        let Some(length) = text[start..].find(CLOSE) else { break };
        let comment = Span::new(start, start + length + CLOSE.len());
        if !is_code(manuscript, comment) {
            let inside = Span::new(start + OPEN.len(), start + length);
            read(text, comment, inside, &mut found);
        }
    }
    found
}

/// As [`comments`], of comments that the reader has found, whatever signs they have.
pub fn of_comments(manuscript: &Manuscript, comments: &[Span]) -> Vec<Allow> {
    let sign = |c: char| c.is_ascii_punctuation();
    let mut found = Vec::new();
    for comment in comments {
        let said = comment.of(&manuscript.text);
        let start = comment.start as usize + (said.len() - said.trim_start_matches(sign).len());
        let inside = Span::new(start, start + said.trim_matches(sign).len());
        read(&manuscript.text, *comment, inside, &mut found);
    }
    found
}

fn is_code(manuscript: &Manuscript, comment: Span) -> bool {
    let blocks = &manuscript.blocks;
    let at = blocks.partition_point(|b| b.span.end <= comment.start);
    let literal = |kind| matches!(kind, BlockKind::Code | BlockKind::Math | BlockKind::FrontMatter);
    let quoted = manuscript.text[..comment.start as usize].ends_with('`');
    quoted || blocks.get(at).is_some_and(|b| literal(b.kind))
}

/// What a comment allows; `inside` is what it says, without its signs.
pub fn read(text: &str, comment: Span, inside: Span, found: &mut Vec<Allow>) {
    let inside = inside.trim(text);
    let Some(said) = inside.of(text).strip_prefix("ibid:").map(str::trim_start) else { return };
    let (whole_file, names) = match said.strip_prefix("allow-file") {
        Some(names) => (true, names),
        None => match said.strip_prefix("allow") {
            Some(names) => (false, names),
            None => return,
        },
    };
    let covers = if whole_file { Span::new(0, text.len()) } else { covers(text, comment) };
    let mut at = inside.end as usize - names.len();
    for name in names.split(',') {
        let start = at + (name.len() - name.trim_start().len());
        let length = name.trim_start().bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count();
        let rule_span = Span::new(start, start + length).trim(text);
        if rule_span.is_empty() {
            break;
        }
        found.push(Allow { span: comment, rule: rule_span.of(text).to_owned(), rule_span, covers });
        // a name with words behind it is the last: the words are reasons
        if name.trim().len() > length {
            break;
        }
        at += name.len() + 1;
    }
}

/// The lines a comment speaks of.
fn covers(text: &str, comment: Span) -> Span {
    let (start, end) = (comment.start as usize, comment.end as usize);
    let is_end = |c: char| c == '\n' || c == '\r';
    let line_start = text[..start].rfind(is_end).map_or(0, |i| i + 1);
    let line_end = text[end..].find(is_end).map_or(text.len(), |i| end + i);
    let alone = text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if !alone {
        return Span::new(line_start, line_end);
    }
    let next = text[line_end..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |i| line_end + i);
    let next_end = text[next..].find(is_end).map_or(text.len(), |i| next + i);
    Span::new(next, next_end)
}

#[cfg(test)]
mod tests {
    use crate::formats::read;
    use crate::model::Reader;

    /// Rule and covered text of each comment.
    fn allowed(text: &str) -> Vec<(String, String)> {
        let manuscript = read("a.md", text, Reader::Pandoc);
        manuscript.allows.iter().map(|a| (a.rule.clone(), a.covers.of(text).to_owned())).collect()
    }

    fn says(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(r, c)| ((*r).to_owned(), (*c).to_owned())).collect();
        assert_eq!(allowed(text), expected, "{text}");
    }

    #[test]
    fn a_comment_speaks_of_the_next_line_or_its_own() {
        says("<!-- ibid: allow ibid-form -->\nOne.\nTwo.\n", &[("ibid-form", "One.")]);
        says("<!-- ibid: allow ibid-form -->\r\n\r\nOne.\r\n", &[("ibid-form", "One.")]);
        says("One. <!-- ibid: allow ibid-form -->\nTwo.\n", &[("ibid-form", "One. <!-- ibid: allow ibid-form -->")]);
        says("One.\n\n<!--ibid:allow-file ibid-form-->", &[("ibid-form", "One.\n\n<!--ibid:allow-file ibid-form-->")]);
    }

    #[test]
    fn several_rules_and_reasons() {
        says("<!-- ibid: allow a-b, c-d: as printed, twice -->\nOne.", &[("a-b", "One."), ("c-d", "One.")]);
        says("<!-- ibid: allow -->\nOne.", &[]);
        says("<!-- ibid: -->\n<!-- allow x -->\n<!-- ibid: allow x", &[]);
    }

    #[test]
    fn code_says_nothing() {
        says("```\n<!-- ibid: allow ibid-form -->\n```\n\nOne.", &[]);
        says("Write `<!-- ibid: allow ibid-form -->` there.", &[]);
    }
}
