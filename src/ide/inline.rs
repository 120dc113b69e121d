//! Pandoc's two kinds of notes: typed at the mark, or below it.

use super::rewrite::{Rewrite, note_at};
use crate::analysis::{Analysis, FileId};
use crate::model::{BlockKind, Manuscript, Reader};
use crate::rules::rewrite::wording::one_line;
use crate::text::{Edit, Span};

/// The note at a byte as one of the other kind.
pub fn rewrites(analysis: &Analysis, file: FileId, byte: u32) -> Option<Rewrite> {
    let manuscript = &analysis.files.get(file)?.manuscript;
    if manuscript.reader != Reader::Pandoc {
        return None;
    }
    let note = note_at(analysis, file, byte)?;
    let [(there, mark)] = analysis.marks_of(file, note)[..] else { return None };
    if there != file {
        return None;
    }
    let mark = manuscript.marks[mark].span;
    let here = &manuscript.notes[note];
    if here.inline { below(manuscript, here.span, mark) } else { at_mark(manuscript, note, mark) }
}

/// `^[words]` becomes `[^7]`, and the words a note of that number behind the paragraph.
fn below(manuscript: &Manuscript, note: Span, mark: Span) -> Option<Rewrite> {
    let text = &manuscript.text;
    let words = note.of(text).strip_prefix("^[")?.strip_suffix(']')?.trim();
    let number = manuscript.notes.iter().filter(|n| !n.inline).filter_map(|n| n.label.number).max().unwrap_or(0) + 1;
    let block = manuscript.blocks.iter().find(|b| b.span.contains(mark.start)).filter(|b| b.kind != BlockKind::Note)?;
    let end = block.span.trim(text).end;
    let definition = format!("\n\n[^{number}]: {words}");
    let edits = vec![Edit::new(mark, format!("[^{number}]")), Edit::new(Span { start: end, end }, definition)];
    Some(Rewrite { title: format!("Move the note below the paragraph as note {number}"), edits })
}

/// A note of one paragraph moves to its only mark.
fn at_mark(manuscript: &Manuscript, note: usize, mark: Span) -> Option<Rewrite> {
    let text = &manuscript.text;
    let here = &manuscript.notes[note];
    let whole = here.span.join(here.label.span);
    let typed = whole.of(text);
    let words = typed.split_once("]:")?.1.trim();
    let paragraphs = words.split('\n').any(|line| line.trim().is_empty());
    if words.is_empty() || paragraphs || !balanced(words) || manuscript.marks.iter().any(|m| m.in_note == Some(note)) {
        return None;
    }
    let words = one_line(words);
    // the blank lines behind it go with it
    let rest = &text[whole.end as usize..];
    let blank = rest.len() - rest.trim_start_matches(['\n', '\r', ' ']).len();
    let indented = rest[..blank].rsplit(['\n', '\r']).next().map_or(0, str::len);
    let gone = Span { start: whole.start, end: whole.end + (blank - indented) as u32 };
    let edits = vec![Edit::new(mark, format!("^[{words}]")), Edit::new(gone, "")];
    (!gone.overlaps(mark)).then(|| Rewrite { title: "Move the note to its mark".to_owned(), edits })
}

fn balanced(words: &str) -> bool {
    let mut depth = 0i32;
    words.chars().all(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth >= 0
    }) && depth == 0
}
