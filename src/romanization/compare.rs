//! Comparing two spellings: the relation, and the evidence for it.

use super::endings::{self, Cut, Forms};
use super::joint::{Lattice, Origin, parse};
use super::letters::{fold, skeleton};
use super::table::Table;
use super::tables::table;
use super::typo::{self, Edit};
use super::{Comparison, Relation, language, reason};
use rapidfuzz::distance::osa;
use std::cell::OnceCell;
use unicode_normalization::UnicodeNormalization;

/// How far-fetched an origin may be before coincidence is the better explanation, by how many edits the spellings are apart:
/// different names are often one or two letters apart, seldom four.
const COINCIDENCE: [f32; 5] = [3.0, 0.95, 1.95, 2.2, 4.0];
/// How far-fetched the origin of two stems may be that carry endings of one paradigm.
const STEMS: f32 = 2.0;
/// What it costs to call two spellings forms of one word, where a common original would also do.
const FORMS: f32 = 0.3;
/// How far a language may be behind the likeliest, and what being behind costs a point.
const BEHIND: f32 = 8.0;
const BEHIND_COST: f32 = 0.3;
/// What it costs not to be told the language at all.
const UNTOLD: f32 = 0.2;

/// A spelling made ready to be compared in one language: what is read once, however many others it is compared with.
pub struct Spelling {
    typed: String,
    letters: Vec<char>,
    /// The letters under their marks, without signs.
    skeleton: Vec<char>,
    lattice: Option<(&'static Table, Lattice)>,
    cuts: Vec<Cut>,
}

impl Spelling {
    /// Of a language (ISO 639-3, `deu-rus` for a German name that came through Russian); one without a table will do.
    pub fn new(spelling: &str, language: &str) -> Spelling {
        Spelling::of(spelling, fold(spelling), table(language))
    }

    fn of(typed: &str, letters: Vec<char>, table: Option<&'static Table>) -> Spelling {
        let lattice = table.map(|t| (t, Lattice::new(t, &letters)));
        let cuts = endings::cuts(&letters, table.and_then(|t| t.endings));
        let skeleton = skeleton(&letters);
        Spelling { typed: typed.to_owned(), letters, skeleton, lattice, cuts }
    }

    fn word(&self) -> endings::Word<'_> {
        (&self.letters, &self.cuts)
    }
}

/// What two spellings are to one another.
enum Finding {
    Identical,
    /// The same letters; a sign is typed in two ways.
    Signs,
    /// By a table: with how far-fetched that is, and how sure that makes it.
    Variant(Origin, f32),
    Forms(Forms, Option<Origin>, f32),
    /// Without one.
    Marks,
    Common(Forms),
    /// An edit, and how many letters of each side it was found in.
    Slip(Edit, (usize, usize)),
    DoubleEnding,
    Different,
}

/// A judgement on two spellings, not yet put into words.
pub struct Judgement<'s> {
    finding: Finding,
    sides: (&'s Spelling, &'s Spelling),
}

/// Compares two spellings that were made ready for one language. Symmetric, as [`compare`] is.
pub fn judge<'s>(a: &'s Spelling, b: &'s Spelling) -> Judgement<'s> {
    let pair = Pair::new(a, b);
    let finding = match a.letters == b.letters {
        true => same_letters(&a.typed, &b.typed),
        false => by_table(&pair, 0.0).map_or_else(|| without_table(&pair), |(_, finding)| finding),
    };
    Judgement { finding, sides: (a, b) }
}

impl Judgement<'_> {
    pub fn relation(&self) -> Relation {
        match &self.finding {
            Finding::Identical => Relation::Identical,
            Finding::Signs | Finding::Variant(..) | Finding::Marks => Relation::Variant,
            Finding::Forms(forms, ..) | Finding::Common(forms) => forms.relation,
            Finding::Slip(..) | Finding::DoubleEnding => Relation::Misspelling,
            Finding::Different => Relation::Different,
        }
    }

    /// Did a table show a common original?
    pub fn is_romanized(&self) -> bool {
        matches!(self.finding, Finding::Variant(..))
    }

    /// The judgement with its reasons.
    pub fn explain(&self) -> Comparison {
        let (a, b) = self.sides;
        let (x, y) = (&a.letters[..], &b.letters[..]);
        let plain = |score, reason: &str| reason::plain(self.relation(), score, reason.to_owned());
        match &self.finding {
            Finding::Identical => plain(1.0, "the same letters"),
            Finding::Signs => plain(0.9, "the same letters; a sign is typed in two ways"),
            Finding::Marks => plain(0.6, "the same letters; one has marks that the other drops"),
            Finding::Variant(origin, certainty) => match (&a.lattice, &b.lattice) {
                (Some((table, left)), Some((_, right))) => {
                    reason::variant(table, (&left.letters, &right.letters), origin, *certainty)
                }
                _ => plain(*certainty, "two romanizations of one name"),
            },
            Finding::Forms(forms, origin, certainty) => {
                let table = a.lattice.as_ref().map(|(table, _)| *table);
                reason::forms(table, (x, y), forms, origin.as_ref(), *certainty)
            }
            Finding::Common(forms) => reason::forms(None, (x, y), forms, None, 0.8),
            Finding::Slip(edit, (i, j)) => reason::misspelling(*edit, &x[..*i], &y[..*j]),
            Finding::DoubleEnding => plain(0.9, "a second case ending after a full one"),
            Finding::Different => plain(0.9, "no scheme writes one original as both"),
        }
    }
}

/// Two spellings, how far-fetched an origin of theirs may be, and what forms of one word they could be.
struct Pair<'s> {
    a: &'s Spelling,
    b: &'s Spelling,
    room: OnceCell<f32>,
    forms: OnceCell<Vec<Forms>>,
}

impl<'s> Pair<'s> {
    fn new(a: &'s Spelling, b: &'s Spelling) -> Pair<'s> {
        Pair { a, b, room: OnceCell::new(), forms: OnceCell::new() }
    }

    fn forms(&self) -> &[Forms] {
        self.forms.get_or_init(|| endings::forms(self.a.word(), self.b.word()))
    }

    fn room(&self) -> f32 {
        let most = osa::Args::default().score_cutoff(COINCIDENCE.len() - 2);
        let distance =
            || osa::distance_with_args(self.a.skeleton.iter().copied(), self.b.skeleton.iter().copied(), &most);
        *self.room.get_or_init(|| COINCIDENCE[distance().unwrap_or(COINCIDENCE.len() - 1)])
    }

    fn certainty(&self, cost: f32) -> f32 {
        1.0 / (1.0 + (-2.0 * (self.room() - cost) - 0.5).exp())
    }
}

/// Compares two spellings: of a language (ISO 639-3, `deu-rus` for a German name that came through Russian), or of any.
///
/// Symmetric: swapping the spellings swaps the sides of the answer. Never fails: what cannot be read is different.
pub fn compare(a: &str, b: &str, language: Option<&str>) -> Comparison {
    if let Some(language) = language {
        return judge(&Spelling::new(a, language), &Spelling::new(b, language)).explain();
    }
    let (x, y) = (fold(a), fold(b));
    let ready = |table| (Spelling::of(a, x.clone(), table), Spelling::of(b, y.clone(), table));
    if x == y {
        let (a, b) = ready(None);
        return judge(&a, &b).explain();
    }
    let tables = candidates(&x, &y);
    let mut best: Option<(f32, Comparison)> = None;
    for &(table, behind) in &tables {
        if best.as_ref().is_some_and(|(cost, _)| *cost <= behind) {
            break;
        }
        let (a, b) = ready(Some(table));
        let found = by_table(&Pair::new(&a, &b), behind);
        if let Some((cost, finding)) = found.filter(|(cost, _)| best.as_ref().is_none_or(|(least, _)| cost < least)) {
            best = Some((cost, Judgement { finding, sides: (&a, &b) }.explain()));
        }
    }
    best.map_or_else(
        || {
            let (a, b) = ready(tables.first().map(|(table, _)| *table));
            Judgement { finding: without_table(&Pair::new(&a, &b)), sides: (&a, &b) }.explain()
        },
        |(_, comparison)| comparison,
    )
}

/// The tables to read a pair by, each with what it costs to take it for that language.
fn candidates(x: &[char], y: &[char]) -> Vec<(&'static Table, f32)> {
    let near = language::guess(&[x, y]).into_iter().take_while(|(_, behind)| *behind <= BEHIND);
    near.filter_map(|(language, behind)| Some((table(language?)?, UNTOLD + behind * BEHIND_COST))).collect()
}

/// Spellings whose letters are the same, though perhaps not their signs.
fn same_letters(a: &str, b: &str) -> Finding {
    let lower = |s: &str| s.nfc().flat_map(char::to_lowercase).collect::<String>();
    if lower(a) == lower(b) { Finding::Identical } else { Finding::Signs }
}

/// The best explanation within one language with its cost, if it is better than coincidence.
fn by_table(pair: &Pair, behind: f32) -> Option<(f32, Finding)> {
    let (Some((table, a)), Some((_, b))) = (&pair.a.lattice, &pair.b.lattice) else { return None };
    let (x, y) = (&pair.a.letters, &pair.b.letters);
    if !a.may_begin_as(b) {
        return None;
    }
    let parse = parse(table, a, b, pair.room().max(STEMS) - behind);
    let whole = parse.least(a.letters.len(), b.letters.len());
    let whole = whole.filter(|end| end.cost + behind <= pair.room());
    if whole.is_none() && !parse.reaches(endings::STEM) && !equal(x, y, endings::STEM) {
        return None;
    }
    let of_forms = pair.forms().iter().filter_map(|forms| {
        let (i, j) = forms.stems;
        if x[..i] == y[..j] {
            return Some((0.0, forms, None));
        }
        let end = parse.least(i, j)?;
        Some((end.cost, forms, Some(end)))
    });
    let stems = of_forms.filter(|(cost, ..)| cost + behind <= STEMS).min_by(|a, b| a.0.total_cmp(&b.0));
    match (whole, stems) {
        (Some(end), stems) if stems.as_ref().is_none_or(|s| end.cost <= s.0 + FORMS) => {
            let cost = end.cost + behind;
            Some((cost, Finding::Variant(parse.origin(end), pair.certainty(cost))))
        }
        (_, Some((cost, forms, end))) => {
            let cost = cost + behind;
            Some((cost, Finding::Forms(*forms, end.map(|e| parse.origin(e)), pair.certainty(cost))))
        }
        _ => None,
    }
}

/// Do two spellings begin with the same letters?
fn equal(x: &[char], y: &[char], letters: usize) -> bool {
    x.len() >= letters && y.len() >= letters && x[..letters] == y[..letters]
}

/// What can be said without a table: dropped marks, possessives, slips.
fn without_table(pair: &Pair) -> Finding {
    let Pair { a, b, .. } = pair;
    let (x, y) = (&a.letters[..], &b.letters[..]);
    if a.skeleton == b.skeleton {
        return Finding::Marks;
    }
    let equal_stems = |f: &&Forms| f.common && x[..f.stems.0] == y[..f.stems.1];
    if let Some(forms) = equal(x, y, endings::STEM).then(|| pair.forms().iter().find(equal_stems)).flatten() {
        return Finding::Common(*forms);
    }
    if let Some(edit) = typo::slip(x, y) {
        return Finding::Slip(edit, (x.len(), y.len()));
    }
    // Two forms of a word, one of them misspelt: nouns and adjectives of titles.
    let long_stems = |f: &&Forms| f.stems.0.min(f.stems.1) >= 6 && f.relation == Relation::Inflection;
    let slip = |f: &Forms| typo::slip(&x[..f.stems.0], &y[..f.stems.1]).map(|edit| Finding::Slip(edit, f.stems));
    if let Some(slip) = pair.forms().iter().filter(long_stems).find_map(slip) {
        return slip;
    }
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if endings::is_closed(short) && long.starts_with(short) && endings::is_ending(&long[short.len()..]) {
        return Finding::DoubleEnding;
    }
    Finding::Different
}
