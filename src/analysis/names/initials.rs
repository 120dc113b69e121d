//! Initials of one person that disagree in one letter: `S. Z. Korytnyi`, and `Korytnogo, S. V.` in the note to that sentence.

use super::super::notes::Numbering;
use super::book::{Book, MentionId, SpellingId};
use crate::romanization::{self, Relation};
use crate::script::fold;
use rustc_hash::FxHashMap;

/// Initials that are met less often than others of the same name, near them.
#[derive(Debug)]
pub struct Clash {
    pub mention: MentionId,
    /// As `S. V.`
    pub initials: String,
    pub usual: String,
    /// The others, the nearest first.
    pub models: Vec<MentionId>,
}

/// Surnames in one bucket beyond which nothing is compared.
const CROWD: usize = 40;

struct Bearer {
    id: SpellingId,
    mention: MentionId,
}

pub fn clashes(book: &Book, numbering: &[Numbering], spoken: &[&'static str]) -> Vec<Clash> {
    let mut buckets: FxHashMap<String, Vec<Bearer>> = FxHashMap::default();
    for id in 0..book.spellings.len() {
        let spelling = &book.spellings[id];
        let all = spelling.named().chain(spelling.title.iter().copied());
        let mut bearers = all.filter(|m| book.mention(*m).initials.contains(' ')).peekable();
        if bearers.peek().is_some() {
            let head: String = fold(spelling.text).chars().take(4).collect();
            buckets.entry(head).or_default().extend(bearers.map(|mention| Bearer { id, mention }));
        }
    }
    let mut found = Vec::new();
    for bearers in buckets.values().filter(|b| b.len() > 1 && b.len() <= CROWD) {
        for bearer in bearers {
            found.extend(clash(book, numbering, spoken, bearer, bearers));
        }
    }
    found.sort_by_key(|c| c.mention);
    found
}

fn clash(book: &Book, numbering: &[Numbering], spoken: &[&'static str], own: &Bearer, all: &[Bearer]) -> Option<Clash> {
    let initials = &book.mention(own.mention).initials;
    let other = |b: &&Bearer| {
        differ_in_one(initials, &book.mention(b.mention).initials)
            && is_near(book, numbering, own.mention, b.mention)
            && is_same(book, spoken, own.id, b.id)
    };
    if !all.iter().any(|b| other(&b)) {
        return None;
    }
    let same: Vec<&Bearer> = all.iter().filter(|b| is_same(book, spoken, own.id, b.id)).collect();
    let with = |i: &str| same.iter().filter(|b| *book.mention(b.mention).initials == *i).count();
    if with(initials) != 1 {
        return None;
    }
    let other = same.iter().find(|b| {
        let other = &book.mention(b.mention).initials;
        differ_in_one(initials, other) && with(other) > 1 && is_near(book, numbering, own.mention, b.mention)
    })?;
    let usual = &book.mention(other.mention).initials;
    let of = |m: MentionId| book.mention(m).flow;
    let models: Vec<MentionId> =
        same.iter().filter(|b| book.mention(b.mention).initials == *usual).map(|b| b.mention).collect();
    // side by side they are two people
    if models.iter().any(|m| m.0 == own.mention.0 && of(*m) == of(own.mention)) {
        return None;
    }
    let models = super::slips::nearest(book, own.mention, models.into_iter());
    Some(Clash { mention: own.mention, initials: shown(initials), usual: shown(usual), models })
}

/// `s v` as `S. V.`
pub fn shown(initials: &str) -> String {
    let raise = |i: &str| {
        let mut letters = i.chars();
        letters.next().map_or(String::new(), |c| c.to_uppercase().collect::<String>() + letters.as_str() + ".")
    };
    initials.split(' ').map(raise).collect::<Vec<_>>().join(" ")
}

fn differ_in_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1
}

/// One surname, in whatever form.
fn is_same(book: &Book, spoken: &[&'static str], a: SpellingId, b: SpellingId) -> bool {
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    let forms = |l: &&'static str| {
        let relation = romanization::compare(x, y, Some(l)).relation;
        matches!(relation, Relation::Variant | Relation::Inflection | Relation::Identical)
    };
    a == b || spoken.iter().any(forms)
}

/// In one paragraph or note, or one in the note to a sentence of the other.
pub fn is_near(book: &Book, numbering: &[Numbering], a: MentionId, b: MentionId) -> bool {
    if a.0 != b.0 {
        return false;
    }
    let (x, y) = (book.mention(a).flow as usize, book.mention(b).flow as usize);
    let manuscript = &book.files[a.0].manuscript;
    let paragraphs = manuscript.paragraphs.len();
    let leads = |from: usize, to: usize| {
        let Some(note) = to.checked_sub(paragraphs) else { return false };
        let marks = manuscript.paragraphs.get(from).map_or(&[][..], |p| &p.marks);
        marks.iter().any(|(_, mark)| numbering[a.0].note_of_mark.get(*mark).copied().flatten() == Some(note))
    };
    x == y || leads(x, y) || leads(y, x)
}
