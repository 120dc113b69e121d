//! Misspelt names: one slip away from another spelling, with evidence that the same name is meant.

use super::book::{Book, MentionId, Spelling, SpellingId};
use super::evidence::{self, Evidence};
use super::zones::Zone;
use super::{Numbering, initials};
use crate::script::fold;
use unicode_normalization::UnicodeNormalization;

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

/// How often it stands before any letter left out or put in is a slip, if it brings letters together that no name has.
pub const OFTEN: usize = 10;

/// Names beside a given name beyond which it is a common one.
const MANY: usize = 8;

/// Weighs one pair. Names of references count where they stand beside a name that both share.
pub fn weigh(
    book: &Book,
    numbering: &[Numbering],
    a: SpellingId,
    b: SpellingId,
    reason: impl FnOnce() -> String,
) -> Option<Slip> {
    let slip = beside_one_name(book, numbering, a, b).or_else(|| in_prose(book, numbering, a, b))?;
    Some(Slip { reason: reason(), ..slip })
}

/// Two mentions apart, which is wrong: the rarer; of equals the one in prose that a reference writes otherwise, else the later.
fn rarer(book: &Book, x: &mut [MentionId], y: &mut [MentionId], all: (usize, usize)) -> bool {
    x.sort_unstable();
    y.sort_unstable();
    let cited = |list: &[MentionId]| list.iter().any(|m| is_cited(book, *m));
    let rank =
        |list: &[MentionId], all: usize| (list.len(), all, cited(list), std::cmp::Reverse(list.first().copied()));
    rank(x, all.0) < rank(y, all.1)
}

/// A reference has it from a title page; an index has it from the author.
fn is_cited(book: &Book, mention: MentionId) -> bool {
    let mention = book.mention(mention);
    mention.zone == Zone::Reference && mention.citation.is_some()
}

/// The same given name or surname stands beside both: of all mentions only those beside it are compared.
fn beside_one_name(book: &Book, numbering: &[Numbering], a: SpellingId, b: SpellingId) -> Option<Slip> {
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    let shape = Shape::of(x, y);
    let letters = x.chars().count().min(y.chars().count());
    let ending = shape.is_last && !shape.is_typing_slip && (letters >= SHORTEST || shape.extra != Some('e'));
    if book.nouns_have_capitals || shape.is_first || ending || letters < 3 {
        return None;
    }
    let companion = *evidence::companions(book, a, b).first()?;
    let beside = |id: SpellingId| -> Vec<MentionId> {
        book.spellings[id].named().filter(|m| companion.is_beside(book, *m)).collect()
    };
    let (mut left, mut right) = (beside(a), beside(b));
    let all = |id: SpellingId| book.spellings[id].named().count();
    if !is_slip(x, y) {
        return None;
    }
    let a_is_rarer = rarer(book, &mut left, &mut right, (all(a), all(b)));
    let (wrong, places, usual, models) = if a_is_rarer { (a, left, b, right) } else { (b, right, a, left) };
    if places.len() > 2 || places.is_empty() {
        return None;
    }
    // a habit of spelling, or a given name of many: only where the one is said of the other
    let own = |list: &[MentionId]| list.iter().any(|m| book.mention(*m).zone == Zone::Prose);
    let as_published = companion.after && !(own(&places) && own(&models));
    let weak = shape.is_alternation && as_published || companion.count(book) > MANY && letters <= SHORTEST;
    let linked = || places.iter().any(|p| models.iter().any(|m| initials::is_near(book, numbering, *p, *m)));
    if weak && !linked() {
        return None;
    }
    let cited = is_cited(book, models[0]) == is_cited(book, places[0]);
    let tie = places.len() == models.len() && all(wrong) == all(usual) && cited;
    let models = nearest(book, places[0], models.into_iter());
    let evidence = vec![companion.said(book)];
    Some(Slip { wrong, right: usual, places, models, evidence, reason: String::new(), tie })
}

/// In the prose itself: initials agree, a letter stands three times, the same words stand around both, or one is rare.
fn in_prose(book: &Book, numbering: &[Numbering], a: SpellingId, b: SpellingId) -> Option<Slip> {
    let (x, y) = (&book.spellings[a], &book.spellings[b]);
    let prose = !x.prose.is_empty() && !y.prose.is_empty();
    if evidence::initials_differ(book, a, b) || !prose && !cited_with_initials(book, numbering, a, b) {
        return None;
    }
    let of = |s: &Spelling| if prose { s.prose.clone() } else { s.named().collect() };
    let (mut left, mut right) = (of(x), of(y));
    let a_is_rarer = rarer(book, &mut left, &mut right, (0, 0));
    let (wrong, places, usual, models) = if a_is_rarer { (a, left, b, right) } else { (b, right, a, left) };
    let (few, many) = (places.len(), models.len());
    let letters = x.text.chars().count().min(y.text.chars().count());
    if few > 2 || letters < SHORTEST {
        return None;
    }
    let shape = Shape::of(x.text, y.text);
    if !is_slip(x.text, y.text) || shape.is_plural {
        return None;
    }
    let mut evidence = evidence::of(book, a, b);
    let apart = evidence::companions_differ(book, a, b) || book.nouns_have_capitals;
    let typed = many >= FREQUENT * few && shape.is_typing_slip;
    let odd = || few == 1 && many >= OFTEN && shape.is_omission && is_alone(book, wrong) && book.is_odd(wrong, usual);
    if !apart && letters > SHORTEST && (typed || odd()) {
        evidence.push(Evidence::Frequency);
    }
    let inner = !shape.is_last && !shape.is_first;
    let certain = evidence.iter().any(|e| match e {
        Evidence::Initials(initials) => initials.len() > 3 || many > few && inner,
        Evidence::Tripled(_) | Evidence::Frequency => true,
        Evidence::Neighbours(_) => inner && !apart && many > few,
        _ => false,
    });
    let tie = few == many;
    let models = nearest(book, places[0], models.into_iter());
    certain.then(|| Slip { wrong, right: usual, places, models, evidence, reason: String::new(), tie })
}

/// Who slips follows the same scheme as ever: a letter more, and a macron or a dot below less, is another language's word.
fn is_slip(a: &str, b: &str) -> bool {
    const OF_SCHEMES: [char; 5] = ['\u{304}', '\u{307}', '\u{323}', '\u{325}', '\u{331}'];
    let marks = |w: &str| {
        let mut marks: Vec<char> = w.nfd().filter(|c| OF_SCHEMES.contains(c)).collect();
        marks.sort_unstable();
        marks
    };
    let letters = |w: &str| fold(w).chars().count();
    a.is_ascii() && b.is_ascii() || letters(a) == letters(b) || marks(a) == marks(b)
}

/// No given name and no initials stand with it.
fn is_alone(book: &Book, id: SpellingId) -> bool {
    let spelling = &book.spellings[id];
    let named = spelling.before.iter().chain(&spelling.after).any(|c| book.is_name(*c));
    !named && book.initials(id).is_empty()
}

/// Is one of them the author whom a note to the other cites, with the same initials?
fn cited_with_initials(book: &Book, numbering: &[Numbering], a: SpellingId, b: SpellingId) -> bool {
    let full = |id: SpellingId| {
        book.spellings[id].named().filter(|m| book.mention(*m).initials.contains(' ')).take(20).collect::<Vec<_>>()
    };
    let (left, right) = (full(a), full(b));
    left.iter().any(|x| {
        right.iter().any(|y| {
            book.mention(*x).initials == book.mention(*y).initials && initials::is_near(book, numbering, *x, *y)
        })
    })
}

/// Mentions in the order of their distance.
pub fn nearest(book: &Book, from: MentionId, of: impl Iterator<Item = MentionId>) -> Vec<MentionId> {
    let mut all: Vec<MentionId> = of.collect();
    let at = book.mention(from).span.start;
    all.sort_by_key(|m| (m.0 != from.0, book.mention(*m).span.start.abs_diff(at), *m));
    all.truncate(3);
    all
}

/// Where two spellings part, marks aside.
struct Shape {
    is_first: bool,
    is_last: bool,
    /// A vowel before a last s: the plural of another gender or language.
    is_plural: bool,
    /// The letter that one has more.
    extra: Option<char>,
    /// Letters that spellings of one name differ by wherever they are published: Viktoria, Victoria.
    is_alternation: bool,
    /// Letters changed places, or one is doubled that words do not double, or a consonant dropped out of a long word.
    is_typing_slip: bool,
    /// A letter is left out or put in, or two have changed places, neither first nor last.
    is_omission: bool,
}

const ALTERNATIONS: [(&str, &str); 9] =
    [("k", "c"), ("i", "y"), ("s", "z"), ("f", "ph"), ("v", "w"), ("t", "th"), ("x", "ks"), ("ei", "ai"), ("er", "re")];

impl Shape {
    fn of(a: &str, b: &str) -> Shape {
        let letters = |w: &str| fold(w).chars().collect::<Vec<char>>();
        let (mut short, mut long) = (letters(a), letters(b));
        if short.len() > long.len() {
            std::mem::swap(&mut short, &mut long);
        }
        let head = short.iter().zip(&long).take_while(|(x, y)| x == y).count();
        let tail = short[head..].iter().rev().zip(long[head..].iter().rev()).take_while(|(x, y)| x == y).count();
        let differs = |w: &[char]| w[head..w.len() - tail].iter().collect::<String>();
        let (x, y) = (differs(&short), differs(&long));
        let before = head.checked_sub(1).map(|h| long[h]);
        let extra = (short.len() < long.len()).then(|| long[head]);
        let swapped = x.chars().rev().eq(y.chars()) && x.len() == 2;
        let inner = head > 0 && tail > 0;
        let doubled = extra.is_some_and(|e| before == Some(e) && "aiuhjkqvwxy".contains(e));
        let dropped = extra.is_some_and(|e| before != Some(e) && short.len() >= 8 && !"aeiouyh'-".contains(e));
        let vowel = |w: &str| matches!(w, "a" | "e" | "i" | "o" | "u");
        let is = |(p, q): &(&str, &str)| {
            (x == *p && y == *q) || (x == *q && y == *p) || x.is_empty() && q.strip_prefix(p) == Some(&y)
        };
        Shape {
            is_first: head == 0,
            is_last: tail == 0,
            is_plural: tail == 1 && long.last() == Some(&'s') && vowel(&x) && vowel(&y),
            extra,
            is_alternation: ALTERNATIONS.iter().any(is),
            is_typing_slip: head > 0 && swapped || inner && (doubled || dropped),
            is_omission: head > 0 && swapped || inner && extra.is_some(),
        }
    }
}
