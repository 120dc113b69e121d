//! `<!-- ibid: allow name-variant -->`: comments that let findings stand.

use crate::model::Allow;
use crate::text::Span;

/// Every rule that a comment of the text allows, with the bytes in which it does.
pub fn read(text: &str) -> Vec<Allow> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[at..], b"<!--").map(|n| at + n) {
        let Some(len) = memchr::memmem::find(&text.as_bytes()[start..], b"-->").map(|n| n + 3) else { break };
        at = start + len;
        comment(text, Span::new(start, at), &mut found);
    }
    found
}

fn comment(text: &str, span: Span, found: &mut Vec<Allow>) {
    let inner = &span.of(text)[4..span.len() - 3];
    let Some(order) = inner.trim_start().strip_prefix("ibid:") else { return };
    let order = order.trim_start();
    let (rules, whole) = match (order.strip_prefix("allow-file"), order.strip_prefix("allow")) {
        (Some(rules), _) => (rules, true),
        (None, Some(rules)) => (rules, false),
        _ => return,
    };
    if !rules.starts_with(char::is_whitespace) {
        return;
    }
    let covers = if whole { Span::new(0, text.len()) } else { covers(text, span) };
    let base = rules.as_ptr() as usize - text.as_ptr() as usize;
    for rule in rules.split([',', ' ', '\t', '\n', '\r']).filter(|r| !r.is_empty()) {
        let start = base + (rule.as_ptr() as usize - rules.as_ptr() as usize);
        let rule_span = Span::new(start, start + rule.len());
        found.push(Allow { span, rule: rule.to_owned(), rule_span, covers });
    }
}

/// The line of the comment if other words stand there, else the next line that has any.
fn covers(text: &str, span: Span) -> Span {
    let line_start = text[..span.start as usize].rfind('\n').map_or(0, |n| n + 1);
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |n| from + n + 1);
    let own = Span::new(line_start, line_end(span.end as usize));
    let before = &text[line_start..span.start as usize];
    let after = &text[span.end as usize..own.end as usize];
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return own;
    }
    let mut at = own.end as usize;
    while at < text.len() {
        let end = line_end(at);
        let line = text[at..end].trim();
        let comment = line.starts_with("<!--") && line.ends_with("-->");
        if !line.is_empty() && !comment {
            return Span::new(at, end);
        }
        at = end;
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<(String, &str)> {
        read(text).into_iter().map(|a| (a.rule, a.covers.of(text).trim())).collect()
    }

    #[test]
    fn the_line_below_or_its_own() {
        let text = "<!-- ibid: allow empty-note -->\n\nA line.\n\nB. <!-- ibid: allow ibid-form, mark-spacing -->\nC.";
        let own = "B. <!-- ibid: allow ibid-form, mark-spacing -->";
        let want = [("empty-note", "A line."), ("ibid-form", own), ("mark-spacing", own)];
        assert_eq!(covered(text), want.map(|(r, c)| (r.to_owned(), c)));
    }

    #[test]
    fn the_whole_file() {
        assert_eq!(covered("A.\n<!-- ibid: allow-file ibid-form -->")[0].1, "A.\n<!-- ibid: allow-file ibid-form -->");
    }

    #[test]
    fn other_comments_are_none_of_ours() {
        assert!(read("<!-- ibid: allowance --> <!-- ibid --> <!-- allow x --> <!--").is_empty());
    }
}
