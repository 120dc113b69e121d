//! Plain text as it comes out of a PDF, an OCR or a typewriter: notes at page ends or at the end, in many dresses.

mod align;
mod candidates;
mod choose;
mod layout;
mod lines;
mod stitch;
mod symbols;

use super::flow::Writer;
use crate::model::{Flow, Label, Manuscript, Mark, Note};
use crate::script::superscript_digit;
use crate::text::Span;

/// Reads marks, notes and paragraphs into a manuscript that is still empty.
pub fn read(m: &mut Manuscript) {
    let text = std::mem::take(&mut m.text);
    let lines = lines::lines(&text);
    let mut reading = choose::choose(&text, &lines);
    let symbols = symbols::pairs(&text, &lines, &reading);
    reading.notes.retain(|n| symbols.iter().all(|s| s.note_line != n.0.line));
    m.marks = reading
        .marks
        .iter()
        .map(|(c, scope)| Mark {
            label: label(&text, c.label, Some(c.number)),
            span: c.span,
            in_note: None,
            scope: *scope,
        })
        .chain(symbols.iter().map(|s| Mark {
            label: label(&text, s.mark_label, None),
            span: s.mark,
            in_note: None,
            scope: 0,
        }))
        .collect();
    m.marks.sort_by_key(|m| m.span);
    let layout = layout::layout(&text, &lines, &reading, &symbols, &m.marks);
    let style = FlowStyle { soft_hyphens: layout.soft_hyphens };
    for note in &layout.notes {
        let flow = flow(&text, &note.pieces, &m.marks, &style);
        m.notes.push(Note {
            label: label(&text, note.label, note.number),
            scope: note.scope,
            span: note.span,
            flow,
            inline: false,
        });
    }
    m.paragraphs = layout.paragraphs.iter().map(|p| flow(&text, p, &m.marks, &style)).collect();
    m.headings = layout.headings;
    m.tears = layout.tears;
    m.blocks = layout.blocks;
    m.text = text;
}

/// A label without its dress: raised digits lowered.
fn label(text: &str, span: Span, number: Option<u32>) -> Label {
    let typed = span.of(text).chars().map(|c| superscript_digit(c).unwrap_or(c)).collect();
    Label { text: typed, number, span }
}

struct FlowStyle {
    /// A hyphen at a line end joins the halves of one word.
    soft_hyphens: bool,
}

/// Lines joined into a flow; marks and emphasis signs left out.
fn flow(text: &str, pieces: &[Span], marks: &[Mark], style: &FlowStyle) -> Flow {
    let signs = emphasis(text, pieces);
    let mut signs = signs.iter().peekable();
    let mut out = Writer::new(text, pieces.iter().map(|p| p.len() + 1).sum());
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            out.line_end(pieces[i - 1].end);
        }
        let mut at = piece.start;
        let mut next = marks.partition_point(|m| m.span.start < piece.start);
        while at < piece.end {
            let mark = marks.get(next).filter(|m| m.span.end <= piece.end);
            while signs.peek().is_some_and(|s| s.span.start < at) {
                signs.next();
            }
            let sign = signs.peek().filter(|s| s.span.start < mark.map_or(piece.end, |m| m.span.start));
            if let Some(sign) = sign {
                out.words(Span { start: at, end: sign.span.start });
                if sign.opens {
                    out.open()
                } else {
                    out.close()
                }
                at = sign.span.end;
            } else if let Some(mark) = mark {
                let after = text[mark.span.end as usize..].chars().next();
                let spaced = after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':'));
                let before = Span { start: at, end: mark.span.start };
                let cut = before.of(text).trim_end().len() as u32;
                out.words(if spaced { Span { start: at, end: at + cut } } else { before });
                out.mark(next);
                at = mark.span.end;
                next += 1;
            } else {
                let hyphen = style.soft_hyphens && soft(text, piece, pieces.get(i + 1));
                out.words(Span { start: at, end: piece.end - u32::from(hyphen) });
                if hyphen && pieces.get(i + 1).is_some() {
                    out.join();
                }
                at = piece.end;
            }
        }
    }
    out.finish()
}

/// Does this line end in the middle of a word that the next one ends?
fn soft(text: &str, piece: &Span, next: Option<&Span>) -> bool {
    let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let stem = piece.of(text).strip_suffix('-').filter(|s| lower(s.chars().next_back()));
    let follows = |n: &Span| lower(n.of(text).chars().next()) && !super::flow::suspends(n.of(text));
    stem.is_some() && next.is_some_and(follows)
}

struct Sign {
    span: Span,
    opens: bool,
}

/// Pairs of `*…*`, `**…**`, `_…_` in a paragraph.
fn emphasis(text: &str, pieces: &[Span]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    let mut open: Vec<(usize, u8, usize)> = Vec::new();
    let bytes = text.as_bytes();
    for piece in pieces {
        let mut skip = 0;
        for offset in memchr::memchr2_iter(b'*', b'_', &bytes[piece.range()]) {
            let at = piece.start as usize + offset;
            if at < skip {
                continue;
            }
            let len = bytes[at..piece.end as usize].iter().take_while(|b| **b == bytes[at]).count();
            skip = at + len;
            let before = text[piece.start as usize..at].chars().next_back();
            let after = text[at + len..piece.end as usize].chars().next();
            let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '*' || c == '_');
            let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            let caret = before == Some('{') || before == Some('^');
            if len > 3 || caret {
                continue;
            }
            if let Some(i) = open.iter().rposition(|o| o.1 == bytes[at] && o.2 == len)
                && solid(before)
                && (bytes[at] == b'*' || !word(after))
            {
                let opener = open[i].0;
                open.truncate(i);
                signs.push(Sign { span: Span::new(opener, opener + len), opens: true });
                signs.push(Sign { span: Span::new(at, at + len), opens: false });
            } else if solid(after) && !word(before) {
                open.push((at, bytes[at], len));
            }
        }
    }
    signs.sort_by_key(|s| s.span);
    signs
}
