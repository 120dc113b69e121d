//! Works told in full where the grammar reads no citation: in a sentence, in the body, in a note that lost its number.
//!
//! The net under "never cited in full": the words of the title stand somewhere, the author beside them, and behind them what a
//! short form never has, a year or the sign of an archive.

use super::{Analysis, CiteId, FileId, SourceId};
use crate::citation::{Citation, is_article};
use crate::script::fold;
use crate::text::Span;
use memchr::memmem;

/// How far an author may stand before his title, in bytes, and an imprint behind it.
const BEFORE: usize = 160;
const BEHIND: usize = 420;
/// How far behind a title its author may stand: `*Unit Lamps* by Anna Reed`.
const BY: usize = 80;
/// Within so many bytes behind a title stands the archive that holds the document.
const HOLDER: usize = 60;

/// The work of an orphan is told in full somewhere in the project.
pub fn in_full(analysis: &Analysis, id: CiteId, orphan: SourceId) -> bool {
    let citation = analysis.citation(id);
    let Some(work) = Work::of(analysis, id, citation) else { return false };
    let finder = memmem::Finder::new(work.word.as_bytes());
    let own = |file: FileId, note: usize, at: usize| {
        analysis.sources[orphan].citations.iter().chain([&id]).any(|c| {
            let cited = &analysis.citations[*c];
            let span = analysis.citation(*c).span;
            cited.place.file == file && cited.note == Some(note) && span.range().contains(&at)
        })
    };
    analysis.files.iter().enumerate().any(|(file, facts)| {
        let mut notes = facts.manuscript.notes.iter().enumerate();
        notes.any(|(note, n)| {
            let mut hits = finder.find_iter(n.flow.text.as_bytes());
            hits.any(|at| work.is_told(&n.flow.text, at, own(file, note, at)))
        }) || facts.manuscript.paragraphs.iter().any(|flow| {
            let mut hits = finder.find_iter(flow.text.as_bytes());
            hits.any(|at| work.is_told(&flow.text, at, false))
        })
    })
}

/// What a short form says of its work.
struct Work<'a> {
    /// The longest word of the title, as typed.
    word: &'a str,
    title: &'a [String],
    authors: Vec<String>,
}

impl<'a> Work<'a> {
    fn of(analysis: &'a Analysis, id: CiteId, citation: &'a Citation) -> Option<Work<'a>> {
        let title = citation.titles.first()?;
        let typed = analysis.text(analysis.place(id, title.span));
        let word = typed.split(|c: char| !c.is_alphanumeric()).max_by_key(|w| w.len())?;
        let authors = citation.authors.iter().map(|a| a.surname.replace('\'', "")).collect();
        (word.chars().count() >= 4).then_some(Work { word, title: &title.words, authors })
    }

    /// The title stands around `at`, its author near it, and an imprint or an archive behind it; in a short form of the work
    /// itself only the archive counts.
    fn is_told(&self, text: &str, at: usize, short: bool) -> bool {
        let from = text.floor_char_boundary(at.saturating_sub(BEFORE));
        let to = text.floor_char_boundary((at + BEHIND).min(text.len()));
        let words = words(text, Span::new(from, to));
        let runs = words.windows(self.title.len()).filter(|run| {
            run.iter().map(|(w, _)| w).eq(self.title)
                && run[0].1.start as usize <= at
                && at < run[run.len() - 1].1.end as usize
        });
        let ends: Vec<(u32, u32)> = runs.map(|run| (run[0].1.start, run[run.len() - 1].1.end)).collect();
        ends.into_iter().any(|(start, end)| {
            let near = |span: &Span| span.end <= start || span.start >= end && (span.start - end) as usize <= BY;
            let by = |author: &String| words.iter().any(|(w, span)| w == author && near(span));
            (self.authors.is_empty() || self.authors.iter().any(by)) && has_imprint(&text[end as usize..to], short)
        })
    }
}

/// Folded words of a stretch, articles left out, as titles have them.
fn words(text: &str, stretch: Span) -> Vec<(String, Span)> {
    let part = stretch.of(text);
    let sign = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-');
    let place = |w: &str| {
        let start = stretch.start as usize + (w.as_ptr() as usize - part.as_ptr() as usize);
        Span::new(start, start + w.len())
    };
    part.split(sign)
        .map(|w| w.trim_matches(['\'', '’', '-']))
        .filter(|w| !w.is_empty())
        .map(|w| (fold(w).replace('\'', ""), place(w)))
        .filter(|(w, _)| !is_article(w))
        .collect()
}

/// What follows a title is no page but a year in its sentence, an archive, or a translator and what he translated it in.
fn has_imprint(behind: &str, short: bool) -> bool {
    let rest = behind.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) || ["p.", "pp.", "S.", "f.", "ff.", "s."].iter().any(|sign| rest.starts_with(sign)) {
        return false;
    }
    let citation = rest.split(';').next().unwrap_or("");
    let sentence = citation
        .match_indices(". ")
        .find(|(at, _)| {
            citation[at + 2..].starts_with(char::is_uppercase) && citation[..*at].contains(|c: char| c.is_ascii_digit())
        })
        .map_or(citation, |(at, _)| &citation[..at]);
    let year = |run: &str| run.len() == 4 && matches!(run.as_bytes(), [b'1', b'4'..=b'9', ..] | [b'2', b'0', ..]);
    let acronym = |w: &str| (3..=8).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase());
    let head = &sentence[..sentence.floor_char_boundary(HOLDER)];
    let translated =
        ["trans. in", "transl. in", "übers. in", "trad. dans", "trad. in"].iter().any(|by| head.contains(by));
    !short && (translated || sentence.split(|c: char| !c.is_ascii_digit()).any(year))
        || head.split(|c: char| !c.is_alphanumeric()).any(acronym)
}
