//! The names of one file: every capitalised word with its zone, its initials, the names beside it and its neighbours.

use super::super::File;
use super::super::typography::quotes::Quoted;
use super::policy::{self, Policy};
use super::words::{NONE, Shape, Vocabulary, Word, WordId, words};
use super::zones::{self, Zone, Zones};
use crate::text::Span;

/// A capitalised word where it stands.
#[derive(Debug)]
pub struct Mention {
    /// Bytes of the file; a possessive ending is not in it.
    pub span: Span,
    pub word: WordId,
    pub zone: Zone,
    /// Paragraphs of the body first, then notes.
    pub flow: u32,
    pub start: bool,
    pub possessive: bool,
    /// Folded, a space between two: `s z`. Empty without any.
    pub initials: Box<str>,
    /// From the first initial to the last, or the name itself.
    pub whole: Span,
    /// The capitalised word before it, and after it, initials and particles passed over: given names and surnames.
    pub before: WordId,
    pub after: WordId,
    /// The nearest words of any kind, the nearest first.
    pub left: [WordId; 2],
    pub right: [WordId; 2],
    pub signs: (bool, bool),
    /// The citation it stands in: an index into those of its note.
    pub citation: Option<u32>,
}

/// Initials of which one lacks its stop: `I. K Fedotov`.
#[derive(Debug)]
pub struct LooseInitial {
    pub span: Span,
    /// Where the stop belongs.
    pub stop: u32,
    pub surname: WordId,
}

/// What one file says of names, whatever stands in the others.
#[derive(Debug, Default)]
pub struct Gathered {
    pub vocabulary: Vocabulary,
    pub mentions: Vec<Mention>,
    pub loose: Vec<LooseInitial>,
    /// Words of the file, and how many of them are German ones for the and and.
    pub words: usize,
    pub german: usize,
    /// What the file says of its romanization.
    pub policy: Option<Policy>,
}

impl Gathered {
    pub fn new(file: &File, quoted: &Quoted) -> Gathered {
        let manuscript = &file.manuscript;
        let lists = zones::lists(manuscript);
        let mut gathered = Gathered { policy: policy::of(manuscript), ..Gathered::default() };
        let mut buffer = Vec::new();
        for (i, (flow, signs)) in manuscript.paragraphs.iter().zip(&quoted.paragraphs).enumerate() {
            let start = flow.extent().start;
            if super::super::typography::is_prose(flow) && !zones::is_heading(manuscript, start) {
                let listed = lists.iter().any(|l| l.contains(start));
                let zones = Zones::of_paragraph(flow, signs, manuscript, listed);
                words(&flow.text, &mut gathered.vocabulary, &mut buffer);
                gathered.flow(i as u32, flow, &buffer, &zones, |_| None);
            }
        }
        for (i, (note, signs)) in manuscript.notes.iter().zip(&quoted.notes).enumerate() {
            let zones = Zones::of_note(file, i, signs);
            words(&note.flow.text, &mut gathered.vocabulary, &mut buffer);
            let cited = |byte: u32| file.notes[i].iter().position(|c| c.span.contains(byte)).map(|c| c as u32);
            let id = (manuscript.paragraphs.len() + i) as u32;
            gathered.flow(id, &note.flow, &buffer, &zones, cited);
        }
        gathered
    }

    fn flow(
        &mut self,
        id: u32,
        flow: &crate::model::Flow,
        words: &[Word],
        zones: &Zones,
        cited: impl Fn(u32) -> Option<u32>,
    ) {
        let text = flow.text.as_str();
        self.words += words.len();
        let line = Line { text, words };
        for (i, word) in words.iter().enumerate() {
            if word.shape == Shape::Lower {
                self.german +=
                    usize::from(matches!(word.span.of(text), "und" | "der" | "die" | "das" | "von" | "nicht"));
                continue;
            }
            if word.shape != Shape::Capital || line.is_broken(i) {
                continue;
            }
            let zone = zones.at(word.span.start);
            if zone == Zone::Quotation {
                continue;
            }
            let (initials, whole) = line.initials(i);
            if let Some((first, stop)) = line.loose(i).filter(|_| matches!(zone, Zone::Prose | Zone::Reference)) {
                let span = flow.source(Span { start: first, end: word.span.end });
                self.loose.push(LooseInitial { span, stop: flow.source_of(stop - 1) + 1, surname: word.id });
            }
            let neighbour = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(NONE, |w| w.id);
            self.mentions.push(Mention {
                span: flow.source(word.span),
                word: word.id,
                zone,
                flow: id,
                start: word.start,
                possessive: word.possessive,
                initials,
                whole: flow.source(whole),
                before: line.beside(i, false),
                after: line.beside(i, true),
                left: [neighbour(i.checked_sub(1)), neighbour(i.checked_sub(2))],
                right: [neighbour(Some(i + 1)), neighbour(Some(i + 2))],
                signs: word.signs,
                citation: cited(word.span.start),
            });
        }
    }
}

/// The words of one flow.
struct Line<'a> {
    text: &'a str,
    words: &'a [Word],
}

const PARTICLES: [&str; 22] = [
    "de", "del", "della", "di", "da", "van", "von", "der", "den", "du", "la", "le", "ter", "ten", "al", "el", "ibn",
    "bin", "af", "y", "e", "zu",
];

impl Line<'_> {
    /// What stands between two words that follow one another.
    fn gap(&self, before: usize) -> &str {
        let (Some(a), Some(b)) = (self.words.get(before), self.words.get(before + 1)) else { return "\0" };
        self.text.get(a.span.end as usize..b.span.start as usize).unwrap_or("\0")
    }

    fn is_initial(&self, i: usize) -> bool {
        self.words[i].shape == Shape::Initial
    }

    /// `S. Z. Korytnyi`, `G.E. Zinoviev`, `Korytnogo, S. V.`: the initials of a name, and where name and initials stand.
    fn initials(&self, i: usize) -> (Box<str>, Span) {
        let mut first = i;
        while first > 0 && self.is_initial(first - 1) && is_stop(self.gap(first - 1)) {
            first -= 1;
        }
        let bare = i > first && self.gap(i - 1) == " " && self.is_article(i - 1);
        let dotted = |range: std::ops::Range<usize>| range.clone().any(|k| self.gap(k).starts_with('.'));
        if first < i && i - first <= 4 && !bare && dotted(first..i) {
            return (self.letters(first, i), self.words[first].span.join(self.words[i].span));
        }
        let mut last = i;
        while last + 1 < self.words.len() && self.is_initial(last + 1) {
            let gap = self.gap(last);
            let fits = if last == i { matches!(gap, " " | ", ") } else { matches!(gap, "." | ". " | ".-" | ".\u{a0}") };
            if !fits {
                break;
            }
            last += 1;
        }
        let end = self.words[last].span.end as usize;
        let stopped = last > i && self.text[end..].starts_with('.');
        let next = self.words.get(last + 1);
        let owned = next.is_some_and(|n| n.shape != Shape::Lower && matches!(self.gap(last), "." | ". " | ".\u{a0}"));
        if !stopped || owned || last - i > 3 {
            return ("".into(), self.words[i].span);
        }
        (self.letters(i + 1, last + 1), Span { start: self.words[i].span.start, end: end as u32 + 1 })
    }

    fn letters(&self, from: usize, to: usize) -> Box<str> {
        let each: Vec<String> =
            self.words[from..to].iter().map(|w| crate::script::fold(w.span.of(self.text))).collect();
        each.join(" ").into()
    }

    /// The first byte of initials of which the last lacks its stop, and where that belongs.
    fn loose(&self, i: usize) -> Option<(u32, u32)> {
        let last = i.checked_sub(1).filter(|l| self.is_initial(*l) && self.gap(*l) == " ")?;
        let mut first = last;
        while first > 0 && self.is_initial(first - 1) && matches!(self.gap(first - 1), "." | ". ") {
            first -= 1;
        }
        (first < last && !self.is_article(last)).then(|| (self.words[first].span.start, self.words[last].span.end))
    }

    /// A letter that is a word or a number as often as an initial.
    fn is_article(&self, i: usize) -> bool {
        matches!(self.words[i].span.of(self.text), "A" | "I" | "V" | "X" | "O" | "E" | "Y" | "À" | "D" | "L")
    }

    /// The name that stands beside a name: initials and particles between them are passed over.
    fn beside(&self, i: usize, after: bool) -> WordId {
        let (mut at, mut initials) = (i, 0);
        for _ in 0..5 {
            let next = if after { at + 1 } else { at.wrapping_sub(1) };
            let Some(word) = self.words.get(next) else { return NONE };
            let gap = self.gap(at.min(next));
            let joined =
                matches!(gap, " " | "\u{a0}" | ". " | ".") && (gap.trim().is_empty() || self.is_initial(at.min(next)));
            if !joined {
                return NONE;
            }
            match word.shape {
                Shape::Capital => return word.id,
                // who has two initials has his given names
                Shape::Initial if initials == 1 => return NONE,
                Shape::Initial => initials += 1,
                Shape::Lower if PARTICLES.contains(&word.span.of(self.text)) => {}
                _ => return NONE,
            }
            at = next;
        }
        NONE
    }

    /// Part of a word that a line end has cut.
    fn is_broken(&self, i: usize) -> bool {
        let span = self.words[i].span;
        let before = self.text[..span.start as usize].chars().next_back();
        let after = &self.text[span.end as usize..];
        before.is_some_and(|c| crate::script::is_dash(c) && c != '–' && c != '—')
            || after.starts_with(['-', '\u{2010}', '\u{2011}', '\u{ad}'])
            || after.starts_with(['[', '*', '_']) && after[1..].starts_with(char::is_alphabetic)
            || before.is_some_and(|c| matches!(c, ']' | '_' | '*' | '\u{ad}'))
    }
}

/// What may stand between two initials, or between the last one and the name.
fn is_stop(gap: &str) -> bool {
    matches!(gap, "." | ". " | " " | ".\u{a0}" | "\u{a0}" | ".-" | ".\u{202f}")
}
