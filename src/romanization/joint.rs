//! The joint parse: reads two spellings at once over one table and finds the original that two schemes write as them.
//!
//! Dynamic programme over pairs of positions. A state keeps the hands that could still have written each side; a unit moves
//! both sides on, by a spelling each. What the path costs is how far-fetched the common original is.

use super::letters::{is_joint, is_sign, is_vowel};
use super::table::{Place, Spelling, Table};

/// A loose spelling or a habit, where both sides have it.
const SHARED: f32 = 0.1;
/// Who types marks follows a scheme: what a habit costs more where both sides are such writers, and differ by it.
const CAREFUL: f32 = 0.5;
/// Letters read apart that are seldom so: more than a sign left out, less than a habit.
const APART: f32 = 0.15;
/// One change of scheme inside a spelling.
const SWITCH: f32 = 2.0;
/// A step more is a little worse than a step less, a row that says where it stands a little better than one that does not.
const STEP: f32 = 0.001;
/// No name is longer; what is longer has no origin.
const LONGEST: usize = 100;
/// States kept at a pair of positions.
const KEPT: usize = 10;

/// One spelling with every way to read its parts.
pub(super) struct Lattice {
    pub letters: Vec<char>,
    edges: Vec<Edge>,
    /// Where the edges of each position begin among them; within a position they are sorted by unit.
    starts: Vec<u32>,
    /// The hands that could have written the whole spelling, habits aside.
    pub hands: u32,
    /// Those of them that left a tell-tale spelling in it.
    pub told: u32,
    /// Its writer types the marks of a scheme.
    marked: bool,
    /// The units that it could begin with, as a set in which some share a bit.
    first: u64,
}

#[derive(Clone, Copy)]
struct Edge {
    len: u8,
    spelling: Spelling,
}

impl Lattice {
    pub fn new(table: &Table, letters: &[char]) -> Lattice {
        let mut letters = letters.to_vec();
        table.localize(&mut letters);
        let (mut edges, mut starts) = (Vec::with_capacity(letters.len() * 16), Vec::with_capacity(letters.len() + 2));
        for at in 0..=letters.len() {
            starts.push(edges.len() as u32);
            add_edges(table, &letters, at, &mut edges);
        }
        starts.push(edges.len() as u32);
        let mut read = vec![(0, 0); letters.len() + 1];
        read[0] = (table.all(), 0);
        for at in 0..letters.len() {
            let own = edges[starts[at] as usize..starts[at + 1] as usize].iter();
            for edge in own.filter(|e| !table.units[e.spelling.unit as usize].habit) {
                let Spelling { hands, telling, .. } = edge.spelling;
                let (reached, told) = read[at];
                let to = &mut read[at + edge.len as usize];
                to.0 |= reached & hands;
                to.1 |= if telling { reached } else { told } & hands;
            }
        }
        let (hands, told) = read[letters.len()];
        let marked = letters.iter().any(|c| table.hands_of(*c) != u32::MAX);
        let first = edges[..starts[1] as usize].iter().fold(0, |set, e| set | 1 << (e.spelling.unit % 64));
        Lattice { letters, edges, starts, hands, told, marked, first }
    }

    /// Could any original begin as both do?
    pub fn may_begin_as(&self, other: &Lattice) -> bool {
        self.first & other.first != 0 || self.letters.first() == other.letters.first()
    }

    fn edges(&self, at: usize) -> &[Edge] {
        &self.edges[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

fn add_edges(table: &Table, letters: &[char], at: usize, edges: &mut Vec<Edge>) {
    let start = at == 0 || is_joint(letters[at - 1]);
    let after_vowel = at > 0 && (is_vowel(letters[at - 1]) || is_sign(letters[at - 1]));
    let ends = |len: usize| at + len == letters.len() || is_joint(letters[at + len]);
    let first = edges.len();
    let mut add = |len: usize, spellings: &[Spelling], last: bool| {
        let here = Place::at(start, after_vowel, last);
        for spelling in spellings.iter().filter(|s| s.place.admits(here)) {
            edges.push(Edge { len: len as u8, spelling: *spelling });
        }
    };
    add(0, &table.silent, ends(0));
    table.spellings(&letters[at..], |len, spellings| {
        if !spellings.is_empty() {
            add(len, spellings, ends(len));
        }
    });
    if let Some(whole) = table.whole.iter().find(|w| w.first() == letters.get(at) && letters[at..].starts_with(w)) {
        for edge in edges[first..].iter_mut().filter(|e| (1..whole.len()).contains(&(e.len as usize))) {
            edge.spelling.cost += APART;
        }
    }
    edges[first..].sort_unstable_by_key(|e| e.spelling.unit);
}

/// What one step of the parse read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Start,
    Unit(u16),
    SameLetter,
    Doubling,
}

#[derive(Clone, Copy)]
struct State {
    hands: (u32, u32),
    cost: f32,
    switches: u8,
    doubled: bool,
    step: Step,
    at: (u8, u8),
    from: u32,
    next: u32,
}

const NONE: u32 = u32::MAX;

/// All that was found on the way from both beginnings.
pub(super) struct Parse<'t> {
    table: &'t Table,
    /// What the likeliest scheme costs that each side follows on its own, and the hands that gave themselves away in it:
    /// only a dearer scheme that left no trace is far-fetched.
    known: [(f32, u32); 2],
    states: Vec<State>,
    cells: Vec<u32>,
    width: usize,
}

/// A stretch of letters of each side that one step read.
pub(super) type Stretch = (usize, usize);

/// Where an origin ends, and how far-fetched it is: habits, loose spellings, a change of scheme, unlikely schemes.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub cost: f32,
    state: u32,
}

/// A common original of two spellings, or of two beginnings of spellings.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub hands: (u32, u32),
    /// What was read, and the stretches of letters it was read from on each side.
    pub steps: Vec<(Step, Stretch, Stretch)>,
}

/// Reads both spellings. Nothing dearer than `limit` is followed.
pub(super) fn parse<'t>(table: &'t Table, a: &Lattice, b: &Lattice, limit: f32) -> Parse<'t> {
    let (n, m) = (a.letters.len(), b.letters.len());
    let known = [a, b].map(|l| (table.cost(l.hands), l.told));
    let cells = if n.max(m) > LONGEST { Vec::new() } else { vec![NONE; (n + 1) * (m + 1)] };
    let mut parse = Parse { table, known, states: Vec::with_capacity(20), cells, width: m + 1 };
    if parse.cells.is_empty() {
        return parse;
    }
    let all = table.all();
    parse.states.push(State {
        hands: (all, all),
        cost: 0.0,
        switches: 0,
        doubled: false,
        step: Step::Start,
        at: (0, 0),
        from: NONE,
        next: NONE,
    });
    parse.cells[0] = 0;
    for i in 0..=n {
        for j in 0..=m {
            if parse.cells[i * (m + 1) + j] != NONE {
                parse.expand(a, b, (i, j), limit);
            }
        }
    }
    parse
}

impl Parse<'_> {
    fn expand(&mut self, a: &Lattice, b: &Lattice, (i, j): (usize, usize), limit: f32) {
        let (left, right) = (a.edges(i), b.edges(j));
        let careful = a.marked && b.marked;
        let (mut x, mut y) = (0, 0);
        while x < left.len() && y < right.len() {
            let (u, v) = (left[x].spelling.unit, right[y].spelling.unit);
            if u < v {
                x += 1;
            } else if v < u {
                y += 1;
            } else {
                let ends = |edges: &[Edge], from: usize| {
                    from + edges[from..].iter().take_while(|e| e.spelling.unit == u).count()
                };
                let (x2, y2) = (ends(left, x), ends(right, y));
                let habit = self.table.units[u as usize].habit;
                let step = if self.table.units[u as usize].place.is_bound() { STEP / 2.0 } else { STEP };
                for e in &left[x..x2] {
                    for f in right[y..y2].iter().filter(|f| e.len + f.len > 0) {
                        let (own, wary) = (e.spelling.cost.max(f.spelling.cost), careful && habit);
                        let shared = || a.letters[i..i + e.len as usize] == b.letters[j..j + f.len as usize];
                        let shared = (own > SHARED || wary) && shared();
                        let own = if shared { own.min(SHARED) } else { own };
                        let cost = own + step + if wary && !shared { CAREFUL } else { 0.0 };
                        let to = (i + e.len as usize, j + f.len as usize);
                        self.advance((i, j), to, (e.spelling.hands, f.spelling.hands), cost, Step::Unit(u), limit);
                    }
                }
                (x, y) = (x2, y2);
            }
        }
        let (p, q) = (a.letters.get(i), b.letters.get(j));
        if let Some(c) = p.filter(|_| p == q) {
            let cost = if is_joint(*c) || is_sign(*c) { 0.0 } else { self.table.unread };
            let hands = self.table.hands_of(*c);
            self.advance((i, j), (i + 1, j + 1), (hands, hands), cost, Step::SameLetter, limit);
        }
        if let Some(cost) = self.table.doubling.filter(|_| i > 0 && j > 0 && a.letters[i - 1] == b.letters[j - 1]) {
            let last = Some(&a.letters[i - 1]).filter(|c| c.is_alphabetic() && !is_vowel(**c));
            if last.is_some() && p == last {
                self.advance((i, j), (i + 1, j), (u32::MAX, u32::MAX), cost, Step::Doubling, limit);
            }
            if last.is_some() && q == last {
                self.advance((i, j), (i, j + 1), (u32::MAX, u32::MAX), cost, Step::Doubling, limit);
            }
        }
    }

    fn advance(
        &mut self,
        from: (usize, usize),
        to: (usize, usize),
        hands: (u32, u32),
        cost: f32,
        step: Step,
        limit: f32,
    ) {
        let mut at = self.cells[from.0 * self.width + from.1];
        while at != NONE {
            let state = self.states[at as usize];
            let index = at;
            at = state.next;
            let (mut cost, mut switches) = (state.cost + cost, state.switches);
            let mut narrow = |left: u32, by: u32| match left & by {
                0 => {
                    switches += 1;
                    cost += SWITCH;
                    by & self.table.all()
                }
                both => both,
            };
            let hands = (narrow(state.hands.0, hands.0), narrow(state.hands.1, hands.1));
            let doubled = step == Step::Doubling;
            if cost > limit || switches > 1 || (doubled && state.doubled) {
                continue;
            }
            let doubled = doubled || state.doubled;
            self.keep(State {
                hands,
                cost,
                switches,
                doubled,
                step,
                at: (to.0 as u8, to.1 as u8),
                from: index,
                next: NONE,
            });
        }
    }

    /// Keeps a state unless one kept already is as good; the dearest goes when there are too many.
    fn keep(&mut self, new: State) {
        let cell = new.at.0 as usize * self.width + new.at.1 as usize;
        let within = |x: (u32, u32), y: (u32, u32)| x.0 & !y.0 == 0 && x.1 & !y.1 == 0;
        let (mut at, mut count, mut worst) = (self.cells[cell], 0, NONE);
        while at != NONE {
            let old = &mut self.states[at as usize];
            if old.cost <= new.cost && within(new.hands, old.hands) {
                return;
            }
            if new.cost <= old.cost && within(old.hands, new.hands) {
                *old = State { next: old.next, ..new };
                return;
            }
            count += 1;
            if worst == NONE || self.states[at as usize].cost > self.states[worst as usize].cost {
                worst = at;
            }
            at = self.states[at as usize].next;
        }
        if count < KEPT {
            let next = std::mem::replace(&mut self.cells[cell], self.states.len() as u32);
            self.states.push(State { next, ..new });
        } else if self.states[worst as usize].cost > new.cost {
            let worst = &mut self.states[worst as usize];
            *worst = State { next: worst.next, ..new };
        }
    }

    fn surprise(&self, hands: (u32, u32)) -> f32 {
        let beyond = |set: u32, (known, told): (f32, u32)| match set & told {
            0 => (self.table.cost(set) - known).max(0.0),
            _ => 0.0,
        };
        beyond(hands.0, self.known[0]) + beyond(hands.1, self.known[1])
    }

    /// Was a common origin of this many letters of each side, or of more, found?
    pub fn reaches(&self, letters: usize) -> bool {
        self.states.iter().any(|s| s.at.0 as usize >= letters && s.at.1 as usize >= letters)
    }

    /// Where the least far-fetched origin of the first `i` and `j` letters ends.
    pub fn least(&self, i: usize, j: usize) -> Option<End> {
        let mut at = *self.cells.get(i * self.width + j)?;
        let mut best: Option<End> = None;
        while at != NONE {
            let state = &self.states[at as usize];
            let cost = state.cost + self.surprise(state.hands);
            if best.is_none_or(|b| cost < b.cost) {
                best = Some(End { cost, state: at });
            }
            at = state.next;
        }
        best
    }

    /// The origin that ends there.
    pub fn origin(&self, end: End) -> Origin {
        let mut at = end.state;
        let hands = self.states[at as usize].hands;
        let mut steps = Vec::new();
        while self.states[at as usize].from != NONE {
            let (here, before) = (self.states[at as usize], self.states[self.states[at as usize].from as usize]);
            steps.push((
                here.step,
                (before.at.0 as usize, here.at.0 as usize),
                (before.at.1 as usize, here.at.1 as usize),
            ));
            at = here.from;
        }
        steps.reverse();
        Origin { hands, steps }
    }
}
