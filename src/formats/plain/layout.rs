//! Which lines are whose: notes to their last line, paragraphs put together over note blocks, headings, furniture.

use super::candidates::NoteStyle;
use super::choose::Reading;
use super::lines::{Kind, Line};
use super::symbols::Pair;
use crate::model::{Block, BlockKind, Heading, Mark, Tear};
use crate::text::Span;

/// A note with its lines.
pub struct Placed {
    pub label: Span,
    pub number: Option<u32>,
    pub scope: usize,
    pub span: Span,
    pub pieces: Vec<Span>,
    line: usize,
    text: u32,
    style: Option<NoteStyle>,
}

#[derive(Default)]
pub struct Layout {
    pub notes: Vec<Placed>,
    pub paragraphs: Vec<Vec<Span>>,
    pub headings: Vec<Heading>,
    pub tears: Vec<Tear>,
    pub blocks: Vec<Block>,
    pub soft_hyphens: bool,
}

/// Whose a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Owner {
    Blank,
    Furniture,
    Body,
    Heading,
    Note(usize),
}

pub fn layout(text: &str, lines: &[Line], reading: &Reading, symbols: &[Pair], marks: &[Mark]) -> Layout {
    let page = Page { text, lines, marks };
    let mut notes = page.starts(reading, symbols);
    let mut owners: Vec<Owner> = lines
        .iter()
        .map(|l| match l.kind {
            Kind::Blank => Owner::Blank,
            Kind::Furniture => Owner::Furniture,
            Kind::Rule => Owner::Furniture,
            Kind::Text => Owner::Body,
        })
        .collect();
    page.extents(&mut notes, &mut owners);
    page.continuations(&mut notes, &mut owners);
    let mut layout = Layout { soft_hyphens: page.soft_hyphens(), ..Layout::default() };
    super::stitch::paragraphs(text, lines, marks, &mut Owners(&mut owners), &mut layout);
    layout.notes = notes;
    layout.blocks = page.blocks(&owners);
    layout
}

/// What stitching sees of the owners of lines.
pub struct Owners<'a>(&'a mut [Owner]);

impl Owners<'_> {
    pub fn body(&self, line: usize) -> bool {
        self.0[line] == Owner::Body
    }

    pub fn blank(&self, line: usize) -> bool {
        self.0[line] == Owner::Blank
    }

    pub fn note(&self, line: usize) -> bool {
        matches!(self.0[line], Owner::Note(_))
    }

    pub fn heading(&mut self, line: usize) {
        self.0[line] = Owner::Heading;
    }
}

struct Page<'a> {
    text: &'a str,
    lines: &'a [Line],
    marks: &'a [Mark],
}

impl Page<'_> {
    fn starts(&self, reading: &Reading, symbols: &[Pair]) -> Vec<Placed> {
        let numbered = reading.notes.iter().map(|(n, scope)| Placed {
            label: n.label,
            number: Some(n.number),
            scope: *scope,
            span: self.lines[n.line].span,
            pieces: Vec::new(),
            line: n.line,
            text: n.text,
            style: Some(n.style),
        });
        let signed = symbols.iter().map(|s| Placed {
            label: s.note_label,
            number: None,
            scope: 0,
            span: self.lines[s.note_line].span,
            pieces: Vec::new(),
            line: s.note_line,
            text: s.text,
            style: None,
        });
        let mut notes: Vec<Placed> = numbered.chain(signed).collect();
        notes.sort_by_key(|n| n.line);
        notes
    }

    fn marked_between(&self, start: u32, end: u32) -> bool {
        let first = self.marks.partition_point(|m| m.span.start < start);
        self.marks.get(first).is_some_and(|m| m.span.start < end)
    }

    /// Is the mark of this note before that byte?
    fn marked_before(&self, note: &Placed, byte: u32) -> bool {
        let end = self.marks.partition_point(|m| m.span.start < byte);
        let recent = &self.marks[end.saturating_sub(60)..end];
        recent.iter().any(|m| m.scope == note.scope && m.label.number == note.number)
    }

    /// The line after the paragraph that begins at or below `line`.
    fn paragraph_end(&self, line: usize, text: u32) -> usize {
        let text_at = |l: &Line| l.kind == Kind::Text;
        let mut end = line + 1;
        while end < self.lines.len() && self.lines[end].full.start <= text {
            end += 1;
        }
        while end < self.lines.len() && text_at(&self.lines[end]) {
            end += 1;
        }
        end
    }

    fn extents(&self, notes: &mut [Placed], owners: &mut [Owner]) {
        for i in 0..notes.len() {
            let next = notes.get(i + 1).map_or(self.lines.len(), |n| n.line);
            let (end, last) = match notes[i].style {
                Some(NoteStyle::Footnote) => self.bracketed(&notes[i], next),
                _ => (self.extent(notes, i, next), None),
            };
            let mut span = notes[i].span;
            let first = notes[i].line;
            for (line, owner) in self.lines[first..end].iter().zip(&mut owners[first..end]) {
                if line.kind != Kind::Text {
                    continue;
                }
                *owner = Owner::Note(i);
                let mut piece = line.span;
                piece.start = piece.start.max(notes[i].text);
                piece.end = last.unwrap_or(piece.end).min(piece.end);
                span.end = piece.end.max(span.start);
                if piece.start < piece.end {
                    notes[i].pieces.push(piece);
                }
            }
            notes[i].span = span;
        }
    }

    /// The line after a note that no bracket closes.
    fn extent(&self, notes: &[Placed], i: usize, next: usize) -> usize {
        let note = &notes[i];
        let start = self.lines[note.line].full.start;
        let mut end = self.paragraph_end(note.line, note.text).min(next);
        let Some(follower) = notes.get(i + 1) else { return self.open_end(end, next, note.line) };
        let weak = note.style.is_some_and(NoteStyle::is_weak);
        let stop = self.lines[next].full.start;
        let same_block = follower.scope == note.scope
            && stop - start < 8000
            && note.style.is_some()
            && if weak { self.marked_before(follower, start) } else { !self.marked_between(start, stop) };
        if same_block {
            end = next;
        } else {
            end = self.open_end(end, next, note.line);
        }
        end
    }

    /// A note whose paragraph ends in mid-sentence goes on to the page end, where the page shows its end.
    fn open_end(&self, mut end: usize, next: usize, line: usize) -> usize {
        // The word goes on below.
        let last = self.lines[line..end].iter().rev().find(|l| l.kind == Kind::Text);
        let below = (end..next.min(end + 3)).find(|l| self.lines[*l].kind == Kind::Text);
        if let (Some(last), Some(below)) = (last, below)
            && last.span.of(self.text).strip_suffix('-').is_some_and(|s| s.ends_with(char::is_lowercase))
            && self.lines[below].span.of(self.text).starts_with(char::is_lowercase)
        {
            end = self.paragraph_end(below, 0).min(next);
        }
        let furniture = (end..next.min(end + 60)).find(|l| self.lines[*l].kind == Kind::Furniture);
        let Some(page) = furniture else { return end };
        while end < page {
            let last = self.lines[line..end].iter().rev().find(|l| l.kind == Kind::Text);
            let begin = (end..page).find(|l| self.lines[*l].kind == Kind::Text);
            let (Some(last), Some(begin)) = (last, begin) else { break };
            let stop = self.paragraph_end(begin, 0).min(page);
            let marked = self.marked_between(self.lines[begin].full.start, self.lines[stop - 1].full.end);
            if super::stitch::closed(self.text, last.span, self.marks) || marked {
                break;
            }
            end = stop;
        }
        end
    }

    /// `[Footnote 12: …]`, to the bracket that closes it.
    fn bracketed(&self, note: &Placed, next: usize) -> (usize, Option<u32>) {
        let from = self.lines[note.line].span.start as usize;
        let to = self.lines[next - 1].full.end as usize;
        let mut depth = 0usize;
        for at in memchr::memchr2_iter(b'[', b']', &self.text.as_bytes()[from..to]) {
            if self.text.as_bytes()[from + at] == b'[' {
                depth += 1;
                continue;
            }
            depth = depth.saturating_sub(1);
            if depth == 0 {
                let close = (from + at) as u32;
                let end = self.lines[..next].partition_point(|l| l.full.start <= close);
                return (end, Some(close));
            }
        }
        (self.paragraph_end(note.line, note.text).min(next), None)
    }

    /// A note that broke off at a page end goes on above the first note of the next block.
    fn continuations(&self, notes: &mut [Placed], owners: &mut [Owner]) {
        for i in 1..notes.len() {
            let line = notes[i].line;
            let above = (0..line).rev().take(2).find(|l| owners[*l] != Owner::Blank);
            let Some(last) = above.filter(|l| owners[*l] == Owner::Body) else { continue };
            let first = (0..=last).rev().take_while(|l| owners[*l] == Owner::Body).last().unwrap_or(last);
            let begins = self.lines[first].span.of(self.text);
            let Some(end) = notes[i - 1].pieces.last() else { continue };
            let unmarked = !self.marked_between(self.lines[first].full.start, self.lines[last].full.end);
            let unended = |s: &str| s.ends_with([',', ';', '-', '–']) || s.ends_with(char::is_alphabetic);
            let cut = unended(end.of(self.text)) && notes[i].style.is_some_and(NoteStyle::is_weak);
            let block_above = first > 0 && owners[first - 1] == Owner::Blank && last - first < 40;
            if cut && unmarked && block_above && begins.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) {
                for owner in &mut owners[first..=last] {
                    *owner = Owner::Note(i - 1);
                }
                notes[i - 1].pieces.extend(self.lines[first..=last].iter().map(|l| l.span));
            }
        }
    }

    /// Do lines end in the middle of words all over?
    fn soft_hyphens(&self) -> bool {
        let mut texts = self.lines.iter().filter(|l| l.kind == Kind::Text).map(|l| l.span.of(self.text));
        let Some(mut last) = texts.next() else { return false };
        let (mut cut, mut all) = (0, 200);
        for line in texts {
            let word = last.strip_suffix('-').is_some_and(|s| s.ends_with(char::is_lowercase));
            cut += usize::from(word && line.starts_with(char::is_lowercase));
            all += 1;
            last = line;
        }
        cut * 100 > all
    }

    fn blocks(&self, owners: &[Owner]) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut last = None;
        for (line, owner) in self.lines.iter().zip(owners) {
            let kind = match owner {
                Owner::Blank => BlockKind::Blank,
                Owner::Furniture => BlockKind::Furniture,
                Owner::Body => BlockKind::Paragraph,
                Owner::Heading => BlockKind::Heading,
                Owner::Note(_) => BlockKind::Note,
            };
            match blocks.last_mut() {
                Some(block) if last == Some(*owner) => block.span.end = line.full.end,
                _ => blocks.push(Block { kind, span: line.full }),
            }
            last = Some(*owner);
        }
        blocks
    }
}
