//! Citation keys: found by the reader, set among the citations of their note.

use crate::citation::{Certainty, Citation, Form, Kind, Locators, Title, Unit};
use crate::model::{Key, Manuscript};
use crate::text::Span;

/// The keys of the body as citations, in bytes of the file.
pub fn of_body(manuscript: &Manuscript) -> Vec<Citation> {
    let own = manuscript.keys.iter().filter(|k| k.in_note.is_none());
    own.map(|key| citation(key, key.span, key.whole, key.locator)).collect()
}

/// Puts the keys of notes among the notes' citations, in bytes of their flows. What the grammar made of their brackets gives way.
pub fn set(manuscript: &Manuscript, notes: &mut [Vec<Citation>]) {
    notes.iter_mut().for_each(|n| n.retain(|c| c.form != Form::Key));
    for key in &manuscript.keys {
        let Some((note, flow)) = key.in_note.and_then(|n| Some((n, &manuscript.notes.get(n)?.flow))) else { continue };
        let there = |span: Span| Some(Span { start: flow.locate(span.start)?, end: flow.locate(span.end)? });
        let (Some(span), Some(group)) = (there(key.span), there(key.group)) else { continue };
        let inside =
            |c: &Citation| c.form != Form::Key && c.span.overlaps(group) && overlap(c.span, group) * 2 >= c.span.len();
        notes[note].retain(|c| !inside(c));
        let whole = there(key.whole).unwrap_or(span);
        notes[note].push(citation(key, span, whole, key.locator.and_then(there)));
    }
    notes.iter_mut().for_each(|n| n.sort_by_key(|c| c.span));
}

fn overlap(a: Span, b: Span) -> usize {
    (a.end.min(b.end).saturating_sub(a.start.max(b.start))) as usize
}

fn citation(key: &Key, span: Span, whole: Span, locator: Option<Span>) -> Citation {
    let title = Title { span, words: vec![key.key.clone()], emphasised: false, quoted: false };
    Citation {
        span: whole,
        signal: None,
        form: Form::Key,
        kind: Kind::Unknown,
        certainty: Certainty::Sure,
        authors: Vec::new(),
        titles: vec![title],
        container: None,
        issue: None,
        year: None,
        locators: locator.map(|span| Locators { span, label: None, unit: Unit::Bare, ranges: Vec::new() }),
        archive: None,
        pointer: None,
        alias: None,
        cue: None,
    }
}
