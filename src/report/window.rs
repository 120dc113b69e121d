//! The line of a finding, cut to a window around it. A paragraph of a manuscript is often one line of 2,000 characters.

use super::plain::{columns as columns_of, show};
use crate::text::{LineIndex, Span};

/// A line as it is shown, and which columns of it are meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    pub text: String,
    /// Columns (of a terminal, from 0) before the underlined ones.
    pub indent: usize,
    /// How many columns are underlined; at least one.
    pub width: usize,
}

/// The line where `span` begins, at most `columns` wide, `span` (as far as it stands on that line) in it.
pub fn window(text: &str, lines: &LineIndex, span: Span, columns: usize) -> Window {
    let line = lines.span(lines.line(span.start), text);
    let line = Span::new(line.start as usize, line.start as usize + line.of(text).trim_end_matches(['\r', '\n']).len());
    let start = span.start.min(line.end);
    let meant = Span { start, end: span.end.clamp(start, line.end) };
    let (mut from, mut to) = (meant.start, meant.start);
    let budget = columns.saturating_sub(2);
    // the finding first, then in turn a character after it and one before
    let mut used = grow_right(text, &mut to, meant.end, budget);
    while to >= meant.end {
        let before = (from, to);
        if to < line.end {
            let next = to + 1;
            used += grow_right(text, &mut to, next, budget - used);
        }
        if from > line.start {
            used += grow_left(text, &mut from, budget - used);
        }
        if before == (from, to) {
            break;
        }
    }
    picture(text, line, Span { start: from, end: to }, meant)
}

/// Takes whole characters from `to` up to `end`, `budget` columns at most; combining marks go with their letter. The columns taken.
fn grow_right(text: &str, to: &mut u32, end: u32, budget: usize) -> usize {
    let mut used = 0;
    for c in text.get(*to as usize..).unwrap_or("").chars() {
        let width = columns_of(c);
        if (*to >= end && width > 0) || used + width > budget || matches!(c, '\r' | '\n') {
            break;
        }
        used += width;
        *to += c.len_utf8() as u32;
    }
    used
}

/// Takes the character before `from`, with the combining marks between. The columns taken.
fn grow_left(text: &str, from: &mut u32, budget: usize) -> usize {
    let mut at = *from;
    for c in text.get(..*from as usize).unwrap_or("").chars().rev() {
        let width = columns_of(c);
        if matches!(c, '\r' | '\n') {
            break;
        }
        at -= c.len_utf8() as u32;
        if width > 0 {
            if width > budget {
                return 0;
            }
            *from = at;
            return width;
        }
    }
    *from = at;
    0
}

fn picture(text: &str, line: Span, part: Span, meant: Span) -> Window {
    let mut out = String::new();
    let (mut indent, mut width) = (0, 0);
    if part.start > line.start {
        out.push('…');
        indent = 1;
    }
    let mut at = part.start;
    for c in part.of(text).chars() {
        let columns = columns_of(c);
        show(c, &mut out);
        if at < meant.start {
            indent += columns;
        } else if at < meant.end {
            width += columns;
        }
        at += c.len_utf8() as u32;
    }
    if part.end < line.end {
        out.push('…');
    }
    Window { text: out.trim_end().to_owned(), indent, width: width.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window as it would be seen, `⟦⟧` around what is underlined in the text.
    fn seen(text: &str, columns: usize) -> (String, String) {
        let (start, end) = (text.find('⟦').expect("a start"), text.find('⟧').expect("an end"));
        let plain = text.replace(['⟦', '⟧'], "");
        let span = Span::new(start, end - '⟦'.len_utf8());
        let Window { text, indent, width } = window(&plain, &LineIndex::new(&plain), span, columns);
        (text, " ".repeat(indent) + &"^".repeat(width))
    }

    fn shows(text: &str, columns: usize, line: &str, under: &str) {
        assert_eq!(seen(text, columns), (line.to_owned(), under.to_owned()), "{text}");
    }

    #[test]
    fn the_line_and_what_is_meant() {
        shows("above\none ⟦two⟧ three\nbelow", 40, "one two three", "    ^^^");
        shows("⟦one⟧\r\ntwo", 40, "one", "^^^");
        shows("one⟦⟧\ntwo", 40, "one", "   ^");
        shows("⟦⟧", 40, "", "^");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        shows("aaaaaaaaaa ⟦bb⟧ cccccccccc", 12, "…aaa bb ccc…", "     ^^");
        shows("⟦bb⟧ cccccccccc", 8, "bb ccc…", "^^");
        shows("aaaaaaaaaa ⟦bb⟧", 8, "…aaa bb", "     ^^");
        shows("aa ⟦bbbbbbbbbbbbb⟧ c", 8, "…bbbbbb…", " ^^^^^^");
    }

    #[test]
    fn a_finding_over_several_lines_is_shown_in_its_first() {
        shows("one ⟦two\nthree⟧ four", 40, "one two", "    ^^^");
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        shows("漢字 ⟦e\u{301}t\u{301}⟧ x", 40, "漢字 e\u{301}t\u{301} x", "     ^^");
        shows("\ta ⟦b⟧", 40, "    a b", "      ^");
        shows("\u{1b}[31m⟦b⟧\u{202e}", 40, "␛[31mb\u{fffd}", "     ^");
        shows("漢漢漢漢 ⟦b⟧ 漢漢漢漢", 9, "…漢 b 漢…", "    ^");
    }
}
