//! Quotation marks: which opens, which closes, which is a letter, and which lacks its partner.
//!
//! Only double marks are judged: a single one is an apostrophe as often as not. A mark between two letters is a
//! letter itself (the hard sign of `ob"ekt`); one after a digit may be inches or seconds.

use super::{around, is_prose};
use crate::analysis::LARGE;
use crate::model::{Flow, Manuscript};
use crate::text::Span;
use std::collections::VecDeque;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Open,
    Close,
    /// Closes what is open, else opens.
    Either,
    /// Closes, or is no quotation mark at all: `12"`.
    Inches,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// `"…"`, `“…”`, `„…“`: never within its own kind.
    Double,
    /// `«…»`, `»…«`: also within its own kind, two of them closed by one.
    Angle,
}

#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// In the flow.
    pub span: Span,
    pub role: Role,
    pub family: Family,
}

/// A mark without its partner.
#[derive(Clone, Copy, Debug)]
pub struct Unbalanced {
    pub mark: Span,
    /// It opens and nothing closes it; else it closes what nothing opened.
    pub opens: bool,
    /// What shows it: the next opening mark, or the words in front of which nothing opens.
    pub evidence: Option<Span>,
    /// It stands open where its piece of text ends: at a note block in mid-paragraph, at the end of a note.
    pub at_end: bool,
}

/// The quotation marks of each paragraph and of each note.
#[derive(Debug, Default)]
pub struct Quoted {
    pub paragraphs: Vec<Vec<Sign>>,
    pub notes: Vec<Vec<Sign>>,
}

/// A lone mark within one flow.
#[derive(Clone, Copy, Debug)]
struct Lone {
    sign: Sign,
    next: Option<Span>,
}

/// What a paragraph does to a quotation that an earlier one left open.
#[derive(Clone, Copy, Debug)]
enum Carried {
    /// No mark of its family in it.
    Untouched,
    /// Closed, or opened again at the beginning as the custom is.
    Resumed,
    /// Another quotation opens in the middle of it.
    Broken(Span),
}

struct Walk {
    lone: Vec<Lone>,
    open: Option<Sign>,
    carried: Carried,
}

impl Quoted {
    pub fn new(manuscript: &Manuscript) -> Quoted {
        let inverted = is_inverted(&manuscript.text);
        let read = |flow: &Flow| decide(scan(&flow.text, inverted));
        let prose = |flow: &Flow| if is_prose(flow) { read(flow) } else { Vec::new() };
        let paragraphs = || manuscript.paragraphs.iter().map(prose).collect();
        let notes = || manuscript.notes.iter().map(|n| read(&n.flow)).collect();
        let (paragraphs, notes) = match manuscript.text.len() {
            LARGE.. => rayon::join(paragraphs, notes),
            _ => (paragraphs(), notes()),
        };
        Quoted { paragraphs, notes }
    }

    pub fn unbalanced(&self, manuscript: &Manuscript) -> Vec<Unbalanced> {
        let text = &manuscript.text;
        let mut found = Vec::new();
        for family in [Family::Double, Family::Angle] {
            for (note, signs) in manuscript.notes.iter().zip(&self.notes) {
                let walk = walk(manuscript, &note.flow, signs, family, false);
                found.extend(walk.lone.iter().map(|l| l.place(text, &note.flow)));
                let cut = text[note.span.end as usize..].trim_start().starts_with(['“', '"', '„', '«', '»']);
                found.extend(walk.open.filter(|_| !cut).map(|sign| Lone { sign, next: None }.place(text, &note.flow)));
            }
            self.body(manuscript, family, &mut found);
        }
        found.sort_by_key(|u| u.mark);
        drop_torn(&mut found);
        found
    }

    fn body(&self, manuscript: &Manuscript, family: Family, found: &mut Vec<Unbalanced>) {
        let text = &manuscript.text;
        let mut pending: Option<Unbalanced> = None;
        for (flow, signs) in manuscript.paragraphs.iter().zip(&self.paragraphs) {
            if pending.is_some_and(|p| {
                manuscript.tears.iter().any(|t| p.mark.start < t.before.end && t.after.start <= flow.extent().start)
            }) {
                pending = None;
            }
            let walk = walk(manuscript, flow, signs, family, pending.is_some());
            match walk.carried {
                Carried::Untouched => {}
                Carried::Resumed => pending = None,
                Carried::Broken(next) => {
                    found.extend(pending.take().map(|p| Unbalanced { evidence: Some(flow.source(next)), ..p }));
                }
            }
            found.extend(walk.lone.iter().map(|l| l.place(text, flow)));
            if let Some(sign) = walk.open {
                pending = Some(Lone { sign, next: None }.place(text, flow));
            }
        }
        found.extend(pending);
    }
}

impl Lone {
    fn place(self, text: &str, flow: &Flow) -> Unbalanced {
        let opens = self.sign.role == Role::Open;
        const LONGEST: usize = 200;
        let near = &flow.text[..flow.text.floor_char_boundary(LONGEST)];
        let first = || Span::new(0, near.find(char::is_whitespace).unwrap_or(near.len()));
        let evidence = if opens { self.next } else { Some(first()) };
        let (mark, evidence) = (flow.source(self.sign.span), evidence.map(|e| flow.source(e)));
        let piece = |next: Span| text.get(mark.end as usize..next.start as usize).unwrap_or("");
        let at_end = opens && evidence.is_none_or(|next| has_blank_line(piece(next)));
        Unbalanced { mark, opens, evidence, at_end }
    }
}

/// Pairs the marks of one family in one flow.
fn walk(manuscript: &Manuscript, flow: &Flow, signs: &[Sign], family: Family, mut carries: bool) -> Walk {
    let mut lone: Vec<Lone> = Vec::new();
    let mut open: Option<Sign> = None;
    let mut depth = 0;
    let mut carried = Carried::Untouched;
    for sign in signs.iter().filter(|s| s.family == family) {
        match (sign.role, open) {
            (Role::Open, None) => {
                let mut lead = flow.text[..sign.span.start as usize].chars();
                let at_start = lead.all(|c| c.is_whitespace() || c == '>' || is_emphasis(c));
                if carries && (at_start || family == Family::Double) {
                    carried = if at_start { Carried::Resumed } else { Carried::Broken(sign.span) };
                    carries = false;
                }
                open = Some(*sign);
            }
            (Role::Open, Some(_)) if begins_paragraph(&manuscript.text, flow.source_of(sign.span.start)) => {}
            (Role::Open, Some(_)) if family == Family::Angle => depth += 1,
            (Role::Open, Some(before)) => {
                lone.push(Lone { sign: before, next: Some(sign.span) });
                open = Some(*sign);
            }
            (_, Some(_)) if depth > 0 => depth -= 1,
            (_, Some(_)) => open = None,
            (_, None) if carries => {
                carried = Carried::Resumed;
                carries = false;
            }
            (_, None) => lone.push(Lone { sign: *sign, next: None }),
        }
    }
    drop_nested(&mut lone);
    if depth > 0 {
        open = None;
    }
    Walk { lone, open, carried }
}

/// A blank line comes before: a quotation of several paragraphs opens each anew.
fn begins_paragraph(text: &str, at: u32) -> bool {
    let indent = |s: &str| s.trim_end_matches([' ', '\t', '\r', '>', '_', '*']).len();
    let line = indent(&text[..at as usize]);
    text[..line].strip_suffix('\n').is_some_and(|before| before[..indent(before)].ends_with('\n'))
}

fn has_blank_line(text: &str) -> bool {
    text.match_indices('\n').any(|(i, _)| text[i + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}

/// A quotation open where its piece of text ends, and soon after a closing mark alone: one quotation that the page has torn.
fn drop_torn(found: &mut Vec<Unbalanced>) {
    const NEAR: u32 = 6000;
    let mut kept = Vec::with_capacity(found.len());
    let mut rest = found.drain(..).peekable();
    while let Some(mark) = rest.next() {
        let closes = |next: &Unbalanced| !next.opens && next.mark.start - mark.mark.start < NEAR;
        if !mark.at_end || rest.next_if(closes).is_none() {
            kept.push(mark);
        }
    }
    drop(rest);
    *found = kept;
}

/// A quotation within one of its own kind (`"a "b" c"`) lacks nothing: an opening mark and a later closing one, both alone, are a pair.
fn drop_nested(lone: &mut Vec<Lone>) {
    let mut waiting = VecDeque::new();
    let mut paired = vec![false; lone.len()];
    for (i, one) in lone.iter().enumerate() {
        if one.sign.role == Role::Open {
            waiting.push_back(i);
        } else if let Some(open) = waiting.pop_front() {
            (paired[open], paired[i]) = (true, true);
        }
    }
    let mut paired = paired.into_iter();
    lone.retain(|_| paired.next() != Some(true));
}

/// `»…«` instead of `«…»`: by what the letters lean on.
fn is_inverted(text: &str) -> bool {
    let (mut plain, mut inverted) = (0, 0);
    for at in memchr::memchr_iter(0xc2, text.as_bytes()) {
        let (Some(sign), Some(next)) = (text.get(at..at + 2), text.get(at + 2..).and_then(|t| t.chars().next())) else {
            continue;
        };
        match sign {
            "«" if next.is_alphanumeric() => plain += 1,
            "»" if next.is_alphanumeric() => inverted += 1,
            _ => {}
        }
    }
    inverted > plain
}

/// Bytes that a mark may begin with.
const FIRST: [bool; 256] = {
    let mut first = [false; 256];
    (first[b'"' as usize], first[b',' as usize], first[0xc2], first[0xe2]) = (true, true, true, true);
    first
};

/// Finds the marks and reads each from what stands beside it.
fn scan(text: &str, inverted: bool) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let mut signs = Vec::new();
    for (at, b) in bytes.iter().enumerate().filter(|(_, b)| FIRST[**b as usize]) {
        let (len, family) = match b {
            b'"' => (1, Family::Double),
            b',' if is_low_mark(text, at) => (2, Family::Double),
            0xc2 if matches!(bytes.get(at + 1), Some(0xab | 0xbb)) => (2, Family::Angle),
            0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x9c..=0x9e])) => (3, Family::Double),
            _ => continue,
        };
        let before = text[..at].trim_end_matches(is_emphasis);
        let after = text[at + len..].trim_start_matches(is_emphasis);
        let around = (before.chars().next_back(), after.chars().next());
        if let Some(role) = role(&text[at..at + len], around, inverted) {
            signs.push(Sign { span: Span::new(at, at + len), role, family });
        }
    }
    signs
}

/// Signs that plain text sets words off with: `_"So it was."_`
fn is_emphasis(c: char) -> bool {
    matches!(c, '_' | '*')
}

/// Two commas for a low mark: `,,Wort"`.
fn is_low_mark(text: &str, at: usize) -> bool {
    let (before, after) = around(text, at, at + 1);
    let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['));
    free && after == Some(',') && text[at + 2..].starts_with(|c: char| !c.is_whitespace() && c != ',')
}

fn role(sign: &str, (before, after): (Option<char>, Option<char>), inverted: bool) -> Option<Role> {
    match sign {
        "„" | ",," => return Some(Role::Open),
        "«" => return Some(if inverted { Role::Close } else { Role::Open }),
        "»" => return Some(if inverted { Role::Open } else { Role::Close }),
        _ => {}
    }
    // Chinese and Japanese run on without spaces: a mark between their letters is a mark.
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
    if letter(before) && letter(after) {
        return None;
    }
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let leads = |c: char| matches!(c, '(' | '[' | '{' | '¿' | '¡' | '—' | '–' | '‘' | '«' | '/' | '=');
    let ends =
        |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…' | '»' | '’' | '—' | '–' | '/');
    let opens = (blank(before) || before.is_some_and(leads))
        && !blank(after)
        && !after.is_some_and(|c| matches!(c, ',' | ';' | ')' | ']'));
    let closes = !blank(before)
        && !before.is_some_and(|c| matches!(c, '(' | '[' | '{'))
        && (blank(after) || after.is_some_and(ends));
    Some(match (opens, closes, sign) {
        (_, true, "\"") if !opens && before.is_some_and(|c| c.is_ascii_digit() || c == '′') => Role::Inches,
        (true, false, "”") => Role::Either,
        (true, false, _) => Role::Open,
        (false, true, _) => Role::Close,
        (_, _, "”") => Role::Close,
        _ => Role::Either,
    })
}

/// Settles the marks that can be either, by what is open where they stand.
fn decide(mut signs: Vec<Sign>) -> Vec<Sign> {
    let mut open = [false, false];
    let mut drop = Vec::new();
    for i in 0..signs.len() {
        let family = signs[i].family;
        let open = &mut open[family as usize];
        let role = match signs[i].role {
            Role::Either if *open => Role::Close,
            Role::Either => Role::Open,
            Role::Inches => {
                let next = signs[i + 1..].iter().find(|s| s.family == family).map(|s| s.role);
                if !*open || matches!(next, Some(Role::Close | Role::Inches)) {
                    drop.push(i);
                    continue;
                }
                Role::Close
            }
            role => role,
        };
        *open = role == Role::Open;
        signs[i].role = role;
    }
    let (mut drop, mut i) = (drop.into_iter().peekable(), 0..);
    signs.retain(|_| i.next().is_none_or(|i| drop.next_if_eq(&i).is_none()));
    signs
}
