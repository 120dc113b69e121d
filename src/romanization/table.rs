//! A language's table: which letters each scheme writes how, read from `schemes/*.tsv`.
//!
//! The notation of the tables is described at the head of `schemes/rus.tsv`.

use super::letters::{bare, fold, is_sign, is_vowel};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

/// A romanization scheme: a column of a table.
#[derive(Debug)]
pub(super) struct Scheme {
    pub id: &'static str,
    pub name: &'static str,
    /// The bit of the scheme as published, and of the same without marks where printers drop them.
    hand: u32,
    bare: Option<u32>,
}

/// A scheme in use, with its marks or without: a bit in the sets of the joint parse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    pub scheme: usize,
    /// How surprising it is in a manuscript; 0 for the schemes every reader knows.
    pub cost: f32,
}

/// A row: a letter, a sequence or a syllable of the original, or a habit of spelling that no scheme owns.
#[derive(Debug)]
pub(super) struct Unit {
    pub letters: &'static str,
    pub label: &'static str,
    pub habit: bool,
    pub place: Place,
    /// How each scheme writes it, for writing: by scheme, alternatives with their places.
    cells: Vec<(usize, Vec<(Place, String)>)>,
}

/// Where in a word something may stand: what must hold of the place, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place(u8);

impl Place {
    const INITIAL: u8 = 1;
    /// Initial, or after a vowel or a sign.
    const OPEN: u8 = 2;
    /// After a consonant.
    const CLOSED: u8 = 4;
    /// Neither initial nor last.
    const INNER: u8 = 8;
    const LAST: u8 = 16;

    /// Takes the marks of place off a cell or a row key.
    fn strip(text: &str) -> (Place, &str) {
        let mut place = 0;
        let mut rest = text;
        while let Some(mark) = rest.chars().next().filter(|c| "^<.>".contains(*c)) {
            place |= match mark {
                '^' => Place::INITIAL,
                '<' => Place::OPEN,
                '.' => Place::CLOSED,
                _ => Place::INNER,
            };
            rest = &rest[1..];
        }
        if rest.ends_with('$') {
            place |= Place::LAST;
        }
        (Place(place), rest.strip_suffix('$').unwrap_or(rest))
    }

    fn and(self, other: Place) -> Place {
        Place(self.0 | other.0)
    }

    /// Bound to a place at all?
    pub fn is_bound(self) -> bool {
        self.0 != 0
    }

    /// Bound to the beginning or the end of a word?
    fn is_edge(self) -> bool {
        self.0 & (Place::INITIAL | Place::LAST) != 0
    }

    /// What holds of a place in a word.
    pub fn at(start: bool, after_vowel: bool, end: bool) -> Place {
        let of = |holds: bool, what: u8| if holds { what } else { 0 };
        Place(
            of(start, Place::INITIAL)
                | of(start || after_vowel, Place::OPEN)
                | of(!start && !after_vowel, Place::CLOSED)
                | of(!start && !end, Place::INNER)
                | of(end, Place::LAST),
        )
    }

    /// Does everything hold at a place that must?
    pub fn admits(self, at: Place) -> bool {
        self.0 & !at.0 == 0
    }
}

/// One way to read some letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    pub unit: u16,
    pub hands: u32,
    /// Nobody but these hands spells so: whoever meets it knows the scheme.
    pub telling: bool,
    pub cost: f32,
    pub place: Place,
}

#[derive(Debug, Default)]
struct Node {
    children: Vec<(char, u32)>,
    spellings: Vec<Spelling>,
}

#[derive(Debug)]
pub(super) struct Table {
    pub language: &'static str,
    pub schemes: Vec<Scheme>,
    pub hands: Vec<Hand>,
    pub units: Vec<Unit>,
    /// What it costs to double a consonant, if writers of this language do.
    pub doubling: Option<f32>,
    /// What a letter costs that stands on both sides and that no row reads, or only under the wrong scheme.
    pub unread: f32,
    /// Letters that are seldom read apart: `iu` is one letter, and not two.
    pub whole: Vec<Vec<char>>,
    /// The family of endings that words of this language take.
    pub endings: Option<&'static str>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub samples: Vec<(&'static str, usize, &'static str)>,
    alphabet: FxHashSet<char>,
    /// By letter under a mark: the hands that write it.
    marked: FxHashMap<char, u32>,
    nodes: Vec<Node>,
    /// Spellings of nothing: soft signs left out, syllables joined without a hyphen.
    pub silent: Vec<Spelling>,
    keys: FxHashMap<&'static str, u16>,
    /// By the first letter of the original: the rows that begin so, for writing.
    heads: FxHashMap<char, Vec<u16>>,
}

const UNREAD: f32 = 0.5;
const HABIT: f32 = 0.5;
const SIGN_DROPPED: f32 = 0.1;
/// Enough to tip a balance between letters that a scheme writes alike.
const DOUBT: f32 = 0.002;

impl Table {
    /// Reads a table; `base` is the text of the table it builds on. Rows it cannot read are passed over (a test finds them).
    pub fn read(language: &'static str, base: Option<&'static str>, text: &'static str) -> Table {
        let mut table = Table {
            language,
            schemes: Vec::new(),
            hands: Vec::new(),
            units: Vec::new(),
            doubling: None,
            unread: UNREAD,
            whole: Vec::new(),
            endings: None,
            samples: Vec::new(),
            alphabet: FxHashSet::default(),
            marked: FxHashMap::default(),
            nodes: vec![Node::default()],
            silent: Vec::new(),
            keys: FxHashMap::default(),
            heads: FxHashMap::default(),
        };
        for text in base.into_iter().chain([text]) {
            table.read_part(text);
        }
        table.bind_habits();
        table
    }

    /// Habits belong to no scheme, but marks do: whoever types a macron out of habit follows a scheme that has it.
    fn bind_habits(&mut self) {
        let mut path: Vec<(usize, u32)> = vec![(0, u32::MAX)];
        while let Some((node, hands)) = path.pop() {
            let Node { children, spellings } = &mut self.nodes[node];
            for spelling in spellings.iter_mut().filter(|s| self.units[s.unit as usize].habit) {
                spelling.hands = hands;
            }
            let by = |c: &char| self.marked.get(c).copied().unwrap_or(u32::MAX);
            path.extend(children.iter().map(|(c, child)| (*child as usize, hands & by(c))));
        }
    }

    /// The hands that could have written a letter, whatever it stands for.
    pub fn hands_of(&self, letter: char) -> u32 {
        if letter.is_ascii() {
            return u32::MAX;
        }
        self.marked.get(&letter).copied().unwrap_or(u32::MAX)
    }

    /// The language a table builds on, named in its first line.
    pub fn base_of(text: &str) -> Option<&str> {
        text.lines().find_map(|l| l.strip_prefix("@base\t"))
    }

    fn read_part(&mut self, text: &'static str) {
        let mut lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with("# ") && !l.starts_with("@base\t"));
        let Some(head) = lines.next() else { return };
        let rows: Vec<Vec<&'static str>> = lines.map(|l| l.split('\t').collect()).collect();
        let ids: Vec<&'static str> = head.split('\t').skip(1).collect();
        let cell = |name: &str, i: usize| rows.iter().find(|r| r[0] == name).and_then(|r| r.get(i + 1)).copied();
        let columns: Vec<usize> = (0..ids.len())
            .map(|i| {
                let cost = |name| cell(name, i).and_then(|c| c.parse::<f32>().ok());
                self.add_scheme(ids[i], cell("@name", i).unwrap_or(ids[i]), cost("@cost").unwrap_or(0.0), cost("@bare"))
            })
            .collect();
        for row in &rows {
            match row[0] {
                "@double" => self.doubling = row.get(1).and_then(|c| c.parse().ok()),
                "@unread" => self.unread = row.get(1).and_then(|c| c.parse().ok()).unwrap_or(UNREAD),
                "@whole" => {
                    self.whole = row.get(1).iter().flat_map(|c| c.split(' ')).map(|w| w.chars().collect()).collect();
                }
                "@endings" => self.endings = row.get(1).copied(),
                key if key.starts_with('@') => {}
                key if key.starts_with('=') => {
                    let cells = columns.iter().zip(&row[1..]).filter(|(_, c)| !c.is_empty());
                    self.samples.extend(cells.map(|(s, c)| (&key[1..], *s, *c)));
                }
                key if key.starts_with('~') => self.add_habit(key, row.get(1).copied().unwrap_or("")),
                key => self.add_row(key, &columns, &row[1..]),
            }
        }
    }

    fn add_scheme(&mut self, id: &'static str, name: &'static str, cost: f32, bare: Option<f32>) -> usize {
        if let Some(known) = self.schemes.iter().position(|s| s.id == id) {
            return known;
        }
        let scheme = self.schemes.len();
        let mut bit = |cost| {
            self.hands.push(Hand { scheme, cost });
            1u32.checked_shl(self.hands.len() as u32 - 1).unwrap_or(0)
        };
        let hand = bit(cost);
        let bare = bare.map(|more| bit(cost + more));
        self.schemes.push(Scheme { id, name, hand, bare });
        scheme
    }

    /// The unit of a row key: `щ`, `^ие` (initial), `ий$` (final), `_a` (written, but no letter of the original).
    fn unit(&mut self, key: &'static str, habit: bool) -> u16 {
        if let Some(known) = self.keys.get(key) {
            return *known;
        }
        let name = key.trim_start_matches('~');
        let name = name.split_once('#').map_or(name, |(name, _)| name);
        let (place, name) = Place::strip(name);
        let (letters, label) = name.strip_prefix('_').map_or((name, name), |label| ("", label));
        self.units.push(Unit { letters, label, habit, place, cells: Vec::new() });
        let id = (self.units.len() - 1) as u16;
        if let Some(head) = letters.chars().next().filter(|_| !habit) {
            self.heads.entry(head).or_default().push(id);
        }
        self.keys.insert(key, id);
        id
    }

    fn add_habit(&mut self, key: &'static str, cell: &'static str) {
        let cost = HABIT * key.chars().take_while(|c| *c == '~').count() as f32;
        let (unit, all) = (self.unit(key, true), u32::MAX);
        for Form { place, loose, text, .. } in alternatives(cell) {
            self.add_spelling(&fold(text), Spelling { unit, hands: all, telling: false, cost: cost + loose, place });
        }
    }

    fn add_row(&mut self, key: &'static str, columns: &[usize], cells: &[&'static str]) {
        let unit = self.unit(key, false);
        for (scheme, cell) in columns.iter().zip(cells).filter(|(_, c)| !c.is_empty()) {
            let mut written = Vec::new();
            for form in alternatives(cell) {
                if form.loose == 0.0 {
                    written.push((form.place, form.text.to_owned()));
                }
                self.add_alternative(unit, *scheme, form);
            }
            self.units[unit as usize].cells.push((*scheme, written));
        }
    }

    /// An alternative of a scheme, and what is left of it where the marks or the signs are dropped.
    fn add_alternative(&mut self, unit: u16, scheme: usize, Form { place, loose, doubt, telling, text }: Form) {
        let Scheme { hand, bare: dropped, .. } = self.schemes[scheme];
        let text = fold(text);
        let cost = loose + doubt;
        let written = Spelling { unit, hands: hand, telling, cost, place };
        for c in text.iter().filter(|c| bare(**c) != **c) {
            *self.marked.entry(*c).or_default() |= hand;
        }
        self.add_spelling(&text, written);
        if let Some(hands) = dropped {
            let plain: Vec<char> = text.iter().filter(|c| **c != '·').map(|c| bare(*c)).collect();
            let unsigned: Vec<char> = plain.iter().copied().filter(|c| !is_sign(*c)).collect();
            let dropped = Spelling { hands, telling: telling && plain == text, ..written };
            self.add_spelling(&unsigned, dropped);
            self.add_spelling(&plain, dropped);
        }
        if !text.is_empty() && text.iter().all(|c| is_sign(*c)) {
            let hands = hand | dropped.unwrap_or(0);
            self.add_spelling(&[], Spelling { hands, cost: cost + SIGN_DROPPED, ..written });
        }
    }

    fn add_spelling(&mut self, text: &[char], mut new: Spelling) {
        self.alphabet.extend(text);
        let mut node = 0;
        for c in text {
            node = match self.nodes[node].children.binary_search_by_key(c, |(c, _)| *c) {
                Ok(at) => self.nodes[node].children[at].1 as usize,
                Err(at) => {
                    let new = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[node].children.insert(at, (*c, new as u32));
                    new
                }
            };
        }
        new.place = new.place.and(self.units[new.unit as usize].place);
        let spellings = if text.is_empty() { &mut self.silent } else { &mut self.nodes[node].spellings };
        let same = |s: &&mut Spelling| {
            (s.unit, s.place, s.telling) == (new.unit, new.place, new.telling) && s.cost == new.cost
        };
        match spellings.iter_mut().find(same) {
            Some(known) => known.hands |= new.hands,
            None => spellings.push(new),
        }
    }

    /// Shows every way to read some of `rest` from its first letter on: how many letters, and their spellings.
    pub fn spellings<'a>(&'a self, rest: &[char], mut show: impl FnMut(usize, &'a [Spelling])) {
        let mut node = &self.nodes[0];
        for (i, c) in rest.iter().enumerate() {
            let Ok(at) = node.children.binary_search_by_key(c, |(c, _)| *c) else { return };
            node = &self.nodes[node.children[at].1 as usize];
            show(i + 1, &node.spellings);
        }
    }

    /// Drops the marks that no scheme of this language uses (accents of French or Greek print).
    pub fn localize(&self, letters: &mut [char]) {
        for c in letters.iter_mut().filter(|c| !c.is_ascii() && !self.alphabet.contains(c)) {
            *c = bare(*c);
        }
    }

    #[cfg(test)]
    pub fn hand_of(&self, scheme: usize) -> u32 {
        self.schemes[scheme].hand.trailing_zeros()
    }

    /// Every hand of the table.
    pub fn all(&self) -> u32 {
        u32::MAX.checked_shr(32 - self.hands.len() as u32).unwrap_or(0)
    }

    /// The cheapest hand of a set, and its cost.
    pub fn likeliest(&self, set: u32) -> Option<(Hand, f32)> {
        let hands = self.hands.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1);
        hands.map(|(_, h)| (*h, h.cost)).min_by(|a, b| a.1.total_cmp(&b.1))
    }

    pub fn cost(&self, set: u32) -> f32 {
        self.likeliest(set).map_or(f32::INFINITY, |(_, cost)| cost)
    }

    /// Writes an original under a scheme: the longest rows first, each in the form its place asks for.
    pub fn write(&self, original: &str, scheme: &str) -> Option<String> {
        let scheme = self.schemes.iter().position(|s| s.id == scheme)?;
        let original = letters_of(original);
        let (mut out, mut at) = (String::new(), 0);
        while at < original.len() {
            let rest = &original[at..];
            let rows = self.heads.get(&rest[0]).into_iter().flatten().map(|id| &self.units[*id as usize]);
            let rows = rows.filter(|u| u.letters.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c)));
            let fits = rows.filter_map(|u| {
                let len = u.letters.chars().count();
                let start = at == 0 || matches!(original[at - 1], '-' | ' ');
                let end = at + len == original.len() || matches!(original[at + len], '-' | ' ');
                let after_vowel = out.chars().next_back().is_some_and(|c| is_vowel(c) || fold_sign(c));
                let here = Place::at(start, after_vowel, end);
                if !u.place.admits(here) {
                    return None;
                }
                let (_, forms) = u.cells.iter().find(|(s, _)| *s == scheme)?;
                let marked = forms.iter().filter(|(p, _)| p.is_bound());
                let form = marked.clone().find(|(p, _)| p.admits(here));
                let form = form.or_else(|| forms.iter().find(|(p, _)| !p.is_bound()))?;
                Some((len, u.place.is_edge(), &form.1))
            });
            match fits.max_by_key(|(len, placed, _)| (*len, *placed)) {
                Some((len, _, form)) => {
                    out.push_str(form);
                    at += len;
                }
                None if matches!(original[at], '-' | ' ') => {
                    out.push(original[at]);
                    at += 1;
                }
                None => return None,
            }
        }
        Some(out)
    }
}

/// The letters of an original as tables name them: lower case, Korean syllables taken apart, Greek letters without accents.
fn letters_of(original: &str) -> Vec<char> {
    let apart = |c: char| match c {
        '가'..='힣' => std::iter::once(c).nfd().collect(),
        'ά'..='ώ' | 'ἀ'..='ῼ' => vec![bare(c)],
        c => vec![c],
    };
    original.nfc().flat_map(char::to_lowercase).flat_map(apart).collect()
}

fn fold_sign(c: char) -> bool {
    matches!(c, '’' | 'ʹ' | 'ʺ' | '”' | '\'' | '"' | '`')
}

/// An alternative of a cell.
struct Form {
    place: Place,
    loose: f32,
    doubt: f32,
    telling: bool,
    text: &'static str,
}

fn alternatives(cell: &'static str) -> impl Iterator<Item = Form> {
    cell.split('|').map(|form| {
        let (place, form) = Place::strip(form);
        let loose = form.chars().take_while(|c| *c == '~').count();
        let (telling, form) = form[loose..].strip_prefix('!').map_or((false, &form[loose..]), |f| (true, f));
        let (doubt, form) = form.strip_prefix('?').map_or((0.0, form), |f| (DOUBT, f));
        let text = if form == "0" { "" } else { form };
        Form { place, loose: HABIT * loose as f32, doubt, telling, text }
    })
}
