//! Evidence that two spellings are one name, and evidence that they are two.

use super::book::{Book, MentionId, SpellingId};
/// What speaks for one name behind two spellings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// `L. B.`
    Initials(String),
    /// Three equal letters in a row.
    Tripled(char),
    /// The same name stands beside both.
    Companion(String),
    /// The same words stand around both.
    Neighbours(String),
    /// Rare beside frequent.
    Frequency,
    /// A case ending behind a case ending.
    DoubleEnding,
    /// They stand at the same place of one title.
    SameSource,
}

/// Everything that speaks for one name.
pub fn of(book: &Book, a: SpellingId, b: SpellingId) -> Vec<Evidence> {
    let mut found = Vec::new();
    found.extend(shared_initials(book, a, b).map(Evidence::Initials));
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    found.extend(tripled(x).filter(|_| tripled(y).is_none()).map(Evidence::Tripled));
    found.extend(companions(book, a, b).first().map(|c| c.said(book)));
    found.extend(neighbours(book, a, b).map(Evidence::Neighbours));
    found
}

/// A letter that stands three times in a row.
pub fn tripled(word: &str) -> Option<char> {
    let mut letters = word.chars();
    let (mut first, mut second) = (letters.next()?, letters.next()?);
    for third in letters {
        if first == second && second == third && first.is_alphabetic() {
            let numeral = word.chars().all(|c| "ivxlcdm".contains(c));
            return (!numeral).then_some(first);
        }
        (first, second) = (second, third);
    }
    None
}

/// Initials that both are met with, two of them or more.
fn shared_initials(book: &Book, a: SpellingId, b: SpellingId) -> Option<String> {
    let (left, right) = (book.initials(a), book.initials(b));
    let shared = left.iter().filter(|i| right.contains(i));
    shared
        .min_by_key(|i| (std::cmp::Reverse(i.len()), **i))
        .map(|i| i.split(' ').map(|l| l.to_uppercase() + ".").collect::<Vec<_>>().join(" "))
}

/// Do initials tell them apart: both have some, and none of one's could be the other's?
pub fn initials_differ(book: &Book, a: SpellingId, b: SpellingId) -> bool {
    let (left, right) = (book.initials(a), book.initials(b));
    let begins = |x: &str, y: &str| x.strip_prefix(y).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let fit = |x: &str| right.iter().any(|y| begins(x, y) || begins(y, x));
    !left.is_empty() && !right.is_empty() && !left.iter().any(|x| fit(x))
}

/// Do given names tell them apart: both are met with some, and with none in common?
pub fn companions_differ(book: &Book, a: SpellingId, b: SpellingId) -> bool {
    let (x, y) = (&book.spellings[a], &book.spellings[b]);
    let apart = |left: &[SpellingId], right: &[SpellingId]| {
        named(book, left, right) && !shared(left, right).any(|id| is_name(book, id))
    };
    apart(&x.before, &y.before) || apart(&x.after, &y.after)
}

/// Is there a name in both of two lists?
fn named(book: &Book, left: &[SpellingId], right: &[SpellingId]) -> bool {
    [left, right].iter().all(|list| list.iter().any(|id| is_name(book, *id)))
}

/// A name, or what is never typed in lower case.
fn is_name(book: &Book, id: SpellingId) -> bool {
    book.is_name(id) || book.spellings[id].lower == 0
}

/// What stands in both of two lists in order.
fn shared<'l>(left: &'l [SpellingId], right: &'l [SpellingId]) -> impl Iterator<Item = SpellingId> + 'l {
    let (few, many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    few.iter().copied().filter(|id| many.binary_search(id).is_ok())
}

/// Could anything bring two spellings together? What cannot is not compared.
pub fn may_meet(book: &Book, a: SpellingId, b: SpellingId) -> bool {
    let (x, y) = (&book.spellings[a], &book.spellings[b]);
    if shared(&x.before, &y.before).chain(shared(&x.after, &y.after)).next().is_some() {
        return true;
    }
    if initials_differ(book, a, b) {
        return false;
    }
    // with nothing in common, a name on one side of both tells them apart
    let prose = !x.prose.is_empty() && !y.prose.is_empty();
    let evident =
        || x.initials.iter().any(|i| y.initials.contains(i)) || tripled(x.text).is_some() || tripled(y.text).is_some();
    prose && !named(book, &x.before, &y.before) && !named(book, &x.after, &y.after) || evident()
}

/// Saints have no surname, and seldom a near namesake: the title tells as much as a given name.
const SAINT: &str = "st";

/// A name that stands beside two spellings on the same side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Companion {
    pub id: SpellingId,
    pub after: bool,
}

impl Companion {
    /// Does a mention stand beside it?
    pub fn is_beside(self, book: &Book, mention: MentionId) -> bool {
        let of = book.mention(mention);
        book.id(mention.0, if self.after { of.after } else { of.before }) == Some(self.id)
    }

    /// How many names it stands beside on that side.
    pub fn count(self, book: &Book) -> usize {
        let own = &book.spellings[self.id];
        let beside = if self.after { &own.before } else { &own.after };
        beside.iter().filter(|id| book.is_name(**id)).count()
    }

    pub fn said(self, book: &Book) -> Evidence {
        let mention = book.spellings[self.id].named().next();
        Evidence::Companion(mention.map_or_else(String::new, |m| book.typed(m)))
    }
}

/// The names that stand before both, or after both.
pub fn companions(book: &Book, a: SpellingId, b: SpellingId) -> Vec<Companion> {
    let (x, y) = (&book.spellings[a], &book.spellings[b]);
    let before = shared(&x.before, &y.before).map(|id| Companion { id, after: false });
    let after = shared(&x.after, &y.after).map(|id| Companion { id, after: true });
    let mut both: Vec<Companion> = before.chain(after).collect();
    let long = |text: &str| text.chars().count() > 2 || text == SAINT;
    both.retain(|c| c.id != a && c.id != b && book.is_name(c.id) && long(book.spellings[c.id].text));
    both.sort_unstable();
    both
}

/// Two words before both, or after both, that leave room for few others.
pub fn neighbours(book: &Book, a: SpellingId, b: SpellingId) -> Option<String> {
    let sides = |id: SpellingId| {
        let mut all = Vec::new();
        for (file, at) in book.spellings[id].named().take(200) {
            let mention = book.mention((file, at));
            for (side, pair) in [mention.left, mention.right].into_iter().enumerate() {
                let words = pair.map(|w| book.id(file, w));
                if let [Some(near), Some(far)] = words {
                    let weight = |id: SpellingId| book.spellings[id].text.len();
                    if weight(near) + weight(far) >= 9 {
                        all.push((side, near, far));
                    }
                }
            }
        }
        all
    };
    let (left, right) = (sides(a), sides(b));
    let (side, near, far) = *left.iter().find(|s| right.contains(s))?;
    let (near, far) = (book.spellings[near].text, book.spellings[far].text);
    Some(if side == 0 { format!("{far} {near} …") } else { format!("… {near} {far}") })
}
