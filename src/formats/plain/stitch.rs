//! Paragraphs of the body: lines joined, the halves of a paragraph that a page end has cut put together again.
//!
//! A page end in mid-sentence is a cut, and what follows the note block continues it. A page that ends with a
//! sentence and goes on in mid-sentence has lost text in between: that is a [`Tear`], and stays one.

use super::layout::{Layout, Owners};
use super::lines::Line;
use crate::model::{Heading, Mark, Tear};
use crate::text::Span;

/// Does the line end a sentence? Marks, closing quotes and brackets after the stop do not count.
pub fn closed(text: &str, line: Span, marks: &[Mark]) -> bool {
    let mut span = line.trim(text);
    let mut at = marks.partition_point(|m| m.span.end <= span.end);
    while at > 0 && marks[at - 1].span.end == span.end && marks[at - 1].span.start >= span.start {
        span = Span { start: span.start, end: marks[at - 1].span.start }.trim(text);
        at -= 1;
    }
    let bare = span.of(text).trim_end_matches(['"', '”', '’', '\'', '»', '«', ')', ']', '*', '_', ' ']);
    bare.ends_with(['.', '!', '?', ':', '…']) || bare.is_empty()
}

/// Does it go on in mid-sentence? The first word in lower case, and no list letter, name particle or address.
fn goes_on(s: &str) -> bool {
    let word = s.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let next = s[word.len()..].chars().next();
    s.starts_with(char::is_lowercase)
        && (word.len() > 1 || word == "a" && next == Some(' '))
        && word.chars().all(char::is_lowercase)
        && !(word.len() <= 4 && matches!(next, Some(')' | '.')))
        && !matches!(
            word,
            "http"
                | "https"
                | "www"
                | "doi"
                | "de"
                | "von"
                | "van"
                | "der"
                | "al"
                | "bin"
                | "ibn"
                | "ibid"
                | "cf"
                | "bell"
        )
}

struct Gap {
    blank: bool,
    note: bool,
    page: bool,
}

struct Stitcher<'a> {
    text: &'a str,
    lines: &'a [Line],
    marks: &'a [Mark],
    /// Every line is a paragraph of its own: blank lines say nothing.
    loose: bool,
    open: Vec<Span>,
    done: Vec<Vec<Span>>,
    tears: Vec<Tear>,
    /// Paragraphs that begin in lower case though nothing was cut.
    lower: usize,
    gaps: usize,
}

pub fn paragraphs(text: &str, lines: &[Line], marks: &[Mark], owners: &mut Owners, layout: &mut Layout) {
    let loose = is_loose(text, lines, marks, owners);
    let mut s = Stitcher {
        text,
        lines,
        marks,
        loose,
        open: Vec::new(),
        done: Vec::new(),
        tears: Vec::new(),
        lower: 0,
        gaps: 0,
    };
    let mut gap = Gap { blank: true, note: false, page: false };
    for i in 0..lines.len() {
        if owners.body(i) {
            if !loose && heading(text, lines, owners, i) && !closed(text, lines[i].span, marks) && !s.cut_before(&gap) {
                owners.heading(i);
                s.finish();
                let span = lines[i].span;
                let level = if is_chapter(span.of(text)) { 1 } else { 2 };
                layout.headings.push(Heading { level, span, title: span.of(text).to_owned() });
            } else {
                s.line(i, &gap);
            }
            gap = Gap { blank: false, note: false, page: false };
        } else if owners.blank(i) {
            gap.blank = true;
        } else if owners.note(i) {
            gap.note = true;
        } else {
            gap.page = true;
        }
    }
    s.finish();
    let common = s.lower * 50 > s.gaps || s.tears.len() > 3 && s.tears.len() * 10 > s.gaps;
    layout.tears = if loose || common { Vec::new() } else { s.tears };
    layout.paragraphs = s.done;
}

/// Are most blocks single lines that end in mid-sentence?
fn is_loose(text: &str, lines: &[Line], marks: &[Mark], owners: &Owners) -> bool {
    let (mut blocks, mut single) = (0, 0);
    for i in 0..lines.len() {
        if !owners.body(i) || i > 0 && owners.body(i - 1) {
            continue;
        }
        let alone = i + 1 == lines.len() || !owners.body(i + 1);
        blocks += 1;
        single += usize::from(
            alone && lines[i].span.len() > 40 && lines[i].span.len() < 140 && !closed(text, lines[i].span, marks),
        );
    }
    single * 10 > blocks * 3 && blocks >= 10
}

fn is_chapter(s: &str) -> bool {
    s.starts_with("CHAPTER ") || s.starts_with("Chapter ") || s.starts_with("PART ") || s.starts_with("Kapitel ")
}

/// A short line that stands alone and ends no sentence.
fn heading(text: &str, lines: &[Line], owners: &Owners, i: usize) -> bool {
    let s = lines[i].span.of(text);
    let alone = (i == 0 || !owners.body(i - 1)) && (i + 1 == lines.len() || !owners.body(i + 1));
    alone
        && s.len() <= 100
        && !s.ends_with(['.', ',', ';', ':', '!', '-', '"', '”'])
        && s.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
        && !s.contains('\t')
}

impl Stitcher<'_> {
    fn cut_before(&self, gap: &Gap) -> bool {
        (gap.note || gap.page)
            && self.last().is_some_and(|l| l.len() > 60 && !closed(self.text, l, self.marks))
            && self.open.iter().map(|p| p.len()).sum::<usize>() > 120
    }

    fn last(&self) -> Option<Span> {
        self.open.last().copied()
    }

    fn finish(&mut self) {
        if !self.open.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn line(&mut self, i: usize, gap: &Gap) {
        let span = self.lines[i].span;
        let s = span.of(self.text);
        if let Some(last) = self.last() {
            let starts = |s: &str| s.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“'));
            let parted = gap.note || gap.page || gap.blank;
            let looked_at = parted || self.indented(i) && starts(s);
            let ended = looked_at && closed(self.text, last, self.marks);
            let joins = if gap.note || gap.page {
                !ended
            } else if gap.blank {
                !ended && (goes_on(s) || self.loose) && (self.loose || last.len() > 40)
            } else {
                !ended
            };
            self.gaps += usize::from(gap.blank || gap.note);
            if ended && goes_on(s) && (gap.note || gap.blank) {
                self.tear(last, span, gap);
            }
            if !joins {
                self.finish();
            }
        }
        self.open.push(span);
    }

    fn tear(&mut self, before: Span, after: Span, gap: &Gap) {
        if !gap.note || gap.page {
            self.lower += usize::from(!gap.page);
            return;
        }
        let word = after.of(self.text).split_whitespace().next().map_or(0, str::len);
        let mut end = after.start + word as u32;
        if let Some(m) = self.marks.iter().find(|m| m.span.start > after.start && m.span.start < end) {
            end = m.span.start;
        }
        let tail = before
            .of(self.text)
            .rsplit(char::is_whitespace)
            .find(|w| w.len() > 1)
            .map_or(0, |w| w.as_ptr() as usize - self.text.as_ptr() as usize);
        let before = Span { start: (tail as u32).max(before.start), end: before.end };
        self.tears.push(Tear { before, after: Span { start: after.start, end } });
    }

    /// Does the line stand further in than the one before?
    fn indented(&self, i: usize) -> bool {
        let indent = |l: &Line| l.span.start - l.full.start;
        i > 0 && indent(&self.lines[i]) >= indent(&self.lines[i - 1]) + 2
    }
}
