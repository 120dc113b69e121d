//! Zones: whose spelling a word is in. The author's own prose, a name in a reference, a title, or somebody else's words.

use super::super::File;
use super::super::typography::quotes::{Role, Sign};
use crate::citation::{Certainty, Citation, Form};
use crate::model::{BlockKind, Flow, Manuscript};
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Zone {
    Prose,
    /// Authors, editors, places and publishers of a reference: as the title page has them.
    Reference,
    Title,
    /// Another's words: their spelling stands.
    Quotation,
}

/// The zones of one flow: where each begins, what lies before the first is `rest`.
pub struct Zones {
    from: Vec<(u32, Zone)>,
    rest: Zone,
}

impl Zones {
    /// Of stretches that lie upon one another the highest zone counts.
    fn new(stretches: &[(Span, Zone)], rest: Zone) -> Zones {
        let ends = |(span, zone): &(Span, Zone)| [(span.start, *zone, 1), (span.end, *zone, -1)];
        let mut ends: Vec<(u32, Zone, i32)> = stretches.iter().flat_map(ends).collect();
        ends.sort_unstable();
        let mut open = [0; 4];
        let mut from: Vec<(u32, Zone)> = Vec::new();
        for (at, zone, step) in ends {
            open[zone as usize] += step;
            let highest = [Zone::Quotation, Zone::Title, Zone::Reference, Zone::Prose];
            let zone = highest.into_iter().find(|zone| open[*zone as usize] > 0).unwrap_or(rest);
            match from.last_mut().filter(|last| last.0 == at) {
                Some(last) => last.1 = zone,
                None => from.push((at, zone)),
            }
        }
        Zones { from, rest }
    }

    pub fn at(&self, byte: u32) -> Zone {
        let before = self.from.partition_point(|(start, _)| *start <= byte).checked_sub(1);
        before.map_or(self.rest, |i| self.from[i].1)
    }

    /// Of a paragraph of the body.
    pub fn of_paragraph(flow: &Flow, signs: &[Sign], manuscript: &Manuscript, listed: bool) -> Zones {
        if is_block_quotation(flow, manuscript) {
            return Zones::new(&[], Zone::Quotation);
        }
        let rest = if listed || is_reference(&flow.text) { Zone::Reference } else { Zone::Prose };
        let mut stretches: Vec<_> = quotations(&flow.text, signs).map(|s| (s, Zone::Quotation)).collect();
        // a paragraph that is emphasised as a whole is no title
        let part = flow.emphasis.iter().filter(|e| e.len() * 5 < flow.text.len() * 4);
        stretches.extend(part.map(|e| (*e, Zone::Title)));
        Zones::new(&stretches, rest)
    }

    /// Of a note, from the citations in it.
    pub fn of_note(file: &File, note: usize, signs: &[Sign]) -> Zones {
        let flow = &file.manuscript.notes[note].flow;
        let mut stretches: Vec<(Span, Zone)> = flow.emphasis.iter().map(|e| (*e, Zone::Title)).collect();
        for citation in &file.notes[note] {
            of_citation(citation, &mut stretches);
        }
        let cited = |s: &Span| file.notes[note].iter().any(|c| is_cited(c) && c.span.overlaps(*s));
        let quoted: Vec<Span> = quotations(&flow.text, signs).collect();
        stretches.extend(quoted.into_iter().map(|s| (s, if cited(&s) { Zone::Title } else { Zone::Quotation })));
        Zones::new(&stretches, Zone::Prose)
    }
}

fn is_cited(citation: &Citation) -> bool {
    !matches!(citation.form, Form::Commentary | Form::Quote)
}

fn of_citation(citation: &Citation, out: &mut Vec<(Span, Zone)>) {
    match citation.form {
        Form::Commentary => return,
        Form::Quote => out.push((citation.span, Zone::Quotation)),
        _ if citation.certainty > Certainty::Unsure || is_brief(citation) => {
            out.push((citation.span, Zone::Reference));
        }
        _ => {}
    }
    // a title without marks may be none
    let marked = citation.titles.iter().chain(&citation.container).filter(|t| t.quoted || t.emphasised);
    out.extend(marked.map(|t| (t.span, Zone::Title)));
}

/// An author, a title in its marks and no more: what the grammar is unsure of is the form, not that a work is named.
fn is_brief(citation: &Citation) -> bool {
    const LONGEST: usize = 200;
    let marked = citation.titles.first().is_some_and(|t| t.quoted || t.emphasised);
    marked && !citation.authors.is_empty() && citation.span.len() < LONGEST
}

/// Quoted stretches, their marks included.
fn quotations<'a>(text: &'a str, signs: &'a [Sign]) -> impl Iterator<Item = Span> + 'a {
    let mut open: Option<Span> = None;
    let whole = text.len() as u32;
    signs.iter().enumerate().filter_map(move |(i, sign)| {
        let last = i + 1 == signs.len();
        match (sign.role, open) {
            (Role::Open, None) if last => Some(Span { start: sign.span.start, end: whole }),
            (Role::Open, None) => {
                open = Some(sign.span);
                None
            }
            (Role::Open, Some(_)) => None,
            (_, Some(from)) => {
                open = None;
                Some(from.join(sign.span))
            }
            // a quotation that an earlier paragraph began
            (_, None) if i == 0 => Some(Span { start: 0, end: sign.span.end }),
            _ => None,
        }
    })
}

/// `> …` in the file, or what its format has for that.
fn is_block_quotation(flow: &Flow, manuscript: &Manuscript) -> bool {
    /// Bytes that can stand between the beginning of a line and a paragraph that it begins.
    const LEAD: usize = 1000;
    let start = flow.extent().start as usize;
    let near = manuscript.text.ceil_char_boundary(start.saturating_sub(LEAD));
    let line = manuscript.text[near..start].rfind(['\n', '\r']).map(|i| near + i + 1);
    let line = line.or((near == 0).then_some(0));
    line.is_some_and(|line| manuscript.text[line..start].trim_start().starts_with('>'))
        || block_at(manuscript, start) == Some(BlockKind::Quotation)
}

fn block_at(manuscript: &Manuscript, at: usize) -> Option<BlockKind> {
    let block = manuscript.blocks.partition_point(|b| b.span.end as usize <= at);
    manuscript.blocks.get(block).map(|b| b.kind)
}

/// An entry of a bibliography: `Getty, J. Arch. *The Road to Terror*. New Haven, 1999.`
fn is_reference(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(60).collect();
    let Some((surname, rest)) = head.split_once(',') else { return false };
    let inverted = surname.starts_with(char::is_uppercase)
        && surname.split_whitespace().count() <= 3
        && rest.trim_start().starts_with(char::is_uppercase);
    let year = text.as_bytes().windows(4).any(|w| matches!(w[0], b'1' | b'2') && w[1..].iter().all(u8::is_ascii_digit));
    inverted && year && text.len() < 600
}

/// Where each list of references begins and ends, by its heading.
pub fn lists(manuscript: &Manuscript) -> Vec<Span> {
    const WORDS: [&str; 16] = [
        "bibliograph",
        "references",
        "works cited",
        "sources",
        "literatur",
        "quellen",
        "fuentes",
        "bibliogr",
        "further reading",
        "index",
        "register",
        "abkürzung",
        "abbreviations",
        "acknowledg",
        "referencias",
        "литератур",
    ];
    let headings = &manuscript.headings;
    let is_list = |title: &str| WORDS.iter().any(|w| title.trim().to_lowercase().starts_with(w));
    let end = |i: usize| {
        let level = headings[i].level;
        let next = headings[i + 1..].iter().find(|h| h.level <= level);
        next.map_or(manuscript.text.len() as u32, |h| h.span.start)
    };
    let lists = (0..headings.len()).filter(|i| is_list(&headings[*i].title));
    lists.map(|i| Span { start: headings[i].span.start, end: end(i) }).collect()
}

/// The words of headings stand in a block of their own.
pub fn is_heading(manuscript: &Manuscript, at: u32) -> bool {
    let block = manuscript.blocks.partition_point(|b| b.span.end <= at);
    manuscript.blocks.get(block).is_some_and(|b| b.kind == BlockKind::Heading)
}
