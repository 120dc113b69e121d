//! Manuscript words on a terminal: nothing that a writer typed can move the cursor, turn the line or break it.

use unicode_width::UnicodeWidthChar;

/// How many columns a tab takes.
const TAB: usize = 4;

/// What stands for a character that a terminal would obey instead of showing it.
fn visible(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // C1 controls, line and paragraph separators, bidirectional embeddings, overrides and isolates
        '\u{80}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

/// One line: line ends become spaces, other control characters visible signs.
pub fn line(text: &str) -> String {
    on_one_line(text).collect()
}

fn on_one_line(text: &str) -> impl Iterator<Item = char> {
    let mut before = '\0';
    text.chars().filter_map(move |c| {
        let one_end = std::mem::replace(&mut before, c) == '\r' && c == '\n';
        (!one_end).then(|| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { visible(c) })
    })
}

/// Text for an element or an attribute of HTML or XML. What they cannot hold becomes a replacement character.
pub fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(visible(c)),
        }
    }
    out
}

/// As [`line`], cut to a number of columns with `…`.
pub fn short(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in on_one_line(text.trim()) {
        used += c.width().unwrap_or(0);
        if used >= columns {
            return out.trim_end().to_owned() + "…";
        }
        out.push(c);
    }
    out
}

/// The columns of a character of a source line.
pub fn columns(c: char) -> usize {
    if c == '\t' { TAB } else { visible(c).width().unwrap_or(0) }
}

/// A character of a source line as it is shown.
pub fn show(c: char, out: &mut String) {
    match c {
        '\t' => out.extend([' '; TAB]),
        c => out.push(visible(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(line("a\r\nb\tc\x1b[0m\x7f\u{9b}\u{2028}\u{202e}"), "a b c␛[0m␡\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn cut_by_columns() {
        assert_eq!(short("  abc  ", 10), "abc");
        assert_eq!(short("abcdef", 4), "abc…");
        assert_eq!(short("漢字漢字", 6), "漢字…");
    }
}
