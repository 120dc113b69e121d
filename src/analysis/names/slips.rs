//! Misspelt names: one slip away from another spelling, with evidence that the same name is meant.

use super::book::{Book, MentionId, SpellingId};
use super::evidence::{self, Evidence};
use crate::romanization::Comparison;

/// A spelling that is another one misspelt.
#[derive(Debug)]
pub struct Slip {
    pub wrong: SpellingId,
    pub right: SpellingId,
    /// In order.
    pub places: Vec<MentionId>,
    /// Where the other spelling stands, the nearest first.
    pub models: Vec<MentionId>,
    pub evidence: Vec<Evidence>,
    pub reason: String,
    /// Both are met equally often: which of them is wrong is not known.
    pub tie: bool,
}

/// Shortest name that is misspelt rather than another one.
const SHORTEST: usize = 5;
/// How often a name stands before a near spelling of it, met once, is a slip; and how much rarer the slip must be.
const FREQUENT: usize = 6;

/// Weighs one pair. Names of references count where they stand beside a name that both share.
pub fn weigh(book: &Book, a: SpellingId, b: SpellingId, found: &Comparison) -> Option<Slip> {
    let (x, y) = (&book.spellings[a], &book.spellings[b]);
    if evidence::initials_differ(book, a, b) {
        return None;
    }
    let count = |id: SpellingId| book.spellings[id].named().count();
    let (rare, usual) = match count(a).cmp(&count(b)) {
        std::cmp::Ordering::Less => (a, b),
        std::cmp::Ordering::Greater => (b, a),
        // the later one, as one reads
        std::cmp::Ordering::Equal => match x.named().min() > y.named().min() {
            true => (a, b),
            false => (b, a),
        },
    };
    let (few, many) = (count(rare), count(usual));
    let mut evidence = evidence::of(book, a, b);
    let prose = !x.prose.is_empty() && !y.prose.is_empty();
    let letters = x.text.chars().count().min(y.text.chars().count());
    let given = evidence.iter().any(|e| matches!(e, Evidence::Companion(_)));
    let initialled = evidence.iter().any(|e| matches!(e, Evidence::Initials(i) if i.len() > 3));
    if few > 2 || letters < if given || initialled { 3 } else { SHORTEST } {
        return None;
    }
    let shape = Shape::of(x.text, y.text);
    let frequent = prose
        && many >= FREQUENT * few
        && letters > SHORTEST
        && shape.is_typing_slip(x.text, y.text)
        && !evidence::companions_differ(book, a, b)
        && !book.nouns_have_capitals;
    if frequent {
        evidence.push(Evidence::Frequency);
    }
    let certain = evidence.iter().any(|e| match e {
        Evidence::Initials(initials) => initials.len() > 3 || many > few,
        Evidence::Tripled(_) | Evidence::Frequency => prose,
        Evidence::Companion(_) => !shape.is_last && !shape.is_first && !book.nouns_have_capitals || letters < SHORTEST && !book.nouns_have_capitals,
        Evidence::Neighbours(_) => prose && !shape.is_last && !shape.is_first && !book.nouns_have_capitals && many > few,
        Evidence::DoubleEnding | Evidence::SameSource => true,
    });
    if !certain {
        return None;
    }
    let mut places: Vec<MentionId> = book.spellings[rare].named().collect();
    places.sort_unstable();
    let models = nearest(book, places[0], book.spellings[usual].named());
    Some(Slip { wrong: rare, right: usual, places, models, evidence, reason: found.reason.clone(), tie: few == many })
}

/// Mentions in the order of their distance.
pub fn nearest(book: &Book, from: MentionId, of: impl Iterator<Item = MentionId>) -> Vec<MentionId> {
    let mut all: Vec<MentionId> = of.collect();
    let at = book.mention(from).span.start;
    all.sort_by_key(|m| (m.0 != from.0, book.mention(*m).span.start.abs_diff(at), *m));
    all.truncate(3);
    all
}

/// Where two spellings part.
struct Shape {
    is_first: bool,
    is_last: bool,
    head: usize,
}

impl Shape {
    fn of(a: &str, b: &str) -> Shape {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
        Shape { is_first: head == 0, is_last: tail == 0, head }
    }

    /// Letters changed places, or one is doubled that words do not double, or a consonant dropped out of a long word.
    fn is_typing_slip(&self, a: &str, b: &str) -> bool {
        let (mut short, mut long): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        if short.len() > long.len() {
            std::mem::swap(&mut short, &mut long);
        }
        if self.is_first || self.is_last {
            return false;
        }
        let h = self.head;
        if short.len() == long.len() {
            return h + 1 < short.len() && short[h] == long[h + 1] && short[h + 1] == long[h] && short[h + 2..] == long[h + 2..];
        }
        let extra = long[h];
        let doubled = long[h - 1] == extra;
        doubled && "aiuhjkqvwxy".contains(extra) || !doubled && short.len() >= 8 && !"aeiouyh'".contains(extra)
    }
}
