//! Addresses: URLs, DOIs and other identifiers that a public resolver turns into one, and the PDF of a cited work at its page.

use crate::analysis::{Analysis, CiteId, FileId};
use crate::model::{BlockKind, Manuscript};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Link {
    pub span: Span,
    /// The address it leads to.
    pub target: String,
    /// Who resolves it: `DOI`, `arXiv`; nothing for an address that is typed out.
    pub through: &'static str,
}

/// A PDF that a source list names. Whether it is there is not known here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pdf {
    pub span: Span,
    /// The list that names it, from whose folder the path counts.
    pub list: FileId,
    pub path: String,
    /// Counted from the first one of the file.
    pub page: Option<u32>,
}

/// An identifier, the address of its resolver, and what that is called.
struct Identifier {
    pattern: &'static str,
    resolver: &'static str,
    name: &'static str,
}

/// Each with its identifier as the first group. Only schemes whose resolver promises to keep its addresses.
const IDENTIFIERS: [Identifier; 6] = [
    Identifier { pattern: r"(?i)\bdoi:?\s?(10\.\d{4,9}/[^\s<>]+)", resolver: "https://doi.org/", name: "DOI" },
    Identifier { pattern: r"(?i)\bhdl:\s?(\d[\d.]*/[^\s<>]+)", resolver: "https://hdl.handle.net/", name: "Handle" },
    Identifier {
        pattern: r"(?i)\barXiv:\s?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
        resolver: "https://arxiv.org/abs/",
        name: "arXiv",
    },
    Identifier { pattern: r"\b(ark:/?\d{5,9}/[^\s<>]+)", resolver: "https://n2t.net/", name: "ARK" },
    Identifier { pattern: r"(?i)\b(urn:nbn:[a-z]{2}[^\s<>]+)", resolver: "https://nbn-resolving.org/", name: "URN" },
    // The National Archives Catalog of the United States gives every file a number.
    Identifier { pattern: r"\bNAID:?\s?(\d{4,12})\b", resolver: "https://catalog.archives.gov/id/", name: "NAID" },
];

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bhttps?://[^\s<>]+").ok());
static PATTERNS: LazyLock<Vec<(Regex, &'static Identifier)>> =
    LazyLock::new(|| IDENTIFIERS.iter().filter_map(|i| Some((Regex::new(i.pattern).ok()?, i))).collect());

/// In the order of the file; none in code.
pub fn links(analysis: &Analysis, file: FileId) -> Vec<Link> {
    let Some(file) = analysis.files.get(file) else { return Vec::new() };
    let manuscript = &file.manuscript;
    let text = manuscript.text.as_str();
    let mut found = Vec::new();
    for address in ADDRESS.iter().flat_map(|r| r.find_iter(text)) {
        let span = whole(text, Span::new(address.start(), address.end()));
        found.push(Link { span, target: span.of(text).to_owned(), through: "" });
    }
    for (pattern, identifier) in PATTERNS.iter() {
        for id in pattern.captures_iter(text).filter_map(|c| c.get(1)) {
            let span = whole(text, Span::new(id.start(), id.end()));
            let target = format!("{}{}", identifier.resolver, encoded(span.of(text)));
            found.push(Link { span, target, through: identifier.name });
        }
    }
    found.sort();
    let mut end = 0;
    found.retain(|link| {
        let free = link.span.start >= end && !link.span.is_empty() && !is_literal(manuscript, link.span.start);
        if free {
            end = link.span.end;
        }
        free
    });
    found
}

/// The PDFs of a file: where a list names them, and where a manuscript cites a page of their work. In the order of the file.
pub fn pdfs(analysis: &Analysis, file: FileId) -> Vec<Pdf> {
    let Some(facts) = analysis.files.get(file) else { return Vec::new() };
    let named = facts.manuscript.entries.iter().filter_map(|e| e.pdf.as_ref());
    let named = named.map(|pdf| Pdf { span: pdf.span, list: file, path: pdf.text.clone(), page: None });
    let cited = analysis.citations_of(file).filter_map(|(id, _)| page_cited(analysis, id));
    let mut found: Vec<Pdf> = named.chain(cited).collect();
    found.sort_by_key(|pdf| pdf.span);
    found
}

/// An article whose pages are 78 to 81 has p. 80 on its third; a book's pages are taken to be those of its file.
fn page_cited(analysis: &Analysis, id: CiteId) -> Option<Pdf> {
    let entry = analysis.sources[analysis.source_of(id)?].entry?;
    let locators = analysis.citation(id).locators.as_ref()?;
    let (work, place) = (analysis.entry(entry)?, analysis.place(id, locators.span));
    let pdf = work.pdf.as_ref()?;
    let digits = analysis.text(place).split(|c: char| !c.is_ascii_digit()).find(|w| !w.is_empty());
    let page = match (digits.and_then(|d| d.parse::<u32>().ok()), work.first_page) {
        (Some(page), Some(first)) if page >= first => Some(page - first + 1),
        (page, _) => page,
    };
    Some(Pdf { span: place.span, list: analysis.citations[entry].place.file, path: pdf.text.clone(), page })
}

fn is_literal(manuscript: &Manuscript, byte: u32) -> bool {
    let at = manuscript.blocks.partition_point(|b| b.span.end <= byte);
    manuscript.blocks.get(at).is_some_and(|b| matches!(b.kind, BlockKind::Code | BlockKind::Math))
}

/// Without the signs of the sentence behind it; a closing bracket belongs to it only if it opened within.
fn whole(text: &str, span: Span) -> Span {
    let typed = span.of(text);
    let mut kept = typed;
    while let Some(last) = kept.chars().next_back() {
        let opens = |c: char| kept.matches(c).count();
        let loose = match last {
            ')' => opens('(') < opens(')'),
            ']' => opens('[') < opens(']'),
            '}' => opens('{') < opens('}'),
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '”' | '’' | '»' | '“' | '*' | '_' | '`' | '|' | '…' => {
                true
            }
            _ => false,
        };
        if !loose {
            break;
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    Span { start: span.start, end: span.start + kept.len() as u32 }
}

/// Signs that an address cannot hold as they are.
fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'"' | b'#' | b'%' | b'?' | b'[' | b']' | b'^' | b'`' | b'{' | b'|' | b'}' | b'\\' | 0x80.. => {
                out.push_str(&format!("%{byte:02X}"));
            }
            _ => out.push(char::from(byte)),
        }
    }
    out
}
