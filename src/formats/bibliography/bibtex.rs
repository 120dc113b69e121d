//! BibTeX and BibLaTeX, entry by entry: `@book{doe99, …}`. Abbreviations and `crossref` are followed within the file.

use super::names::{person, top_level};
use super::{tex, year, years};
use crate::model::{Entry, Field, Person, Unreadable};
use crate::text::Span;
use biblatex::{Pair, RawBibliography, RawChunk, RawEntry, Spanned};
use rustc_hash::FxHashMap;

type Abbreviations = FxHashMap<String, String>;

/// Every entry that can be read, and where one cannot.
pub fn read(text: &str) -> (Vec<Entry>, Vec<Unreadable>) {
    let mut list = List::default();
    for (at, end) in pieces(text) {
        list.piece(&text[at..end], at as u32);
    }
    list.inherit();
    (list.entries, list.unreadable)
}

#[derive(Default)]
struct List {
    entries: Vec<Entry>,
    unreadable: Vec<Unreadable>,
    abbreviations: Abbreviations,
    /// Entries that take what they lack from another one.
    crossrefs: Vec<(usize, String)>,
}

/// From one `@word{` at the beginning of a line to the next; comments are left out.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let starts: Vec<usize> = memchr::memchr_iter(b'@', text.as_bytes()).filter(|at| begins(text, *at)).collect();
    let (mut pieces, mut after) = (Vec::new(), 0);
    for (i, at) in starts.iter().copied().enumerate() {
        if at < after {
            continue;
        }
        let word = word(&text[at + 1..]);
        if word.eq_ignore_ascii_case("comment") {
            after = closing(text, at).unwrap_or(at);
        } else if !word.eq_ignore_ascii_case("preamble") {
            pieces.push((at, starts.get(i + 1).copied().unwrap_or(text.len())));
        }
    }
    pieces
}

fn word(s: &str) -> &str {
    &s[..s.bytes().take_while(u8::is_ascii_alphabetic).count()]
}

fn begins(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let before = text[line..at].trim();
    let name = word(&text[at + 1..]);
    let opens = text[at + 1 + name.len()..].trim_start().starts_with(['{', '(']);
    (before.is_empty() || before.ends_with('}')) && !name.is_empty() && opens
}

/// Behind the brace that closes the first one.
fn closing(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, b) in text.bytes().enumerate().skip(from) {
        match b {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return Some(i + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

impl List {
    fn piece(&mut self, piece: &str, at: u32) {
        let braced = braced(piece);
        let raw = match RawBibliography::parse(&braced) {
            Ok(raw) => raw,
            Err(error) => {
                let head = braced.find('{').map_or("", |n| braced[n + 1..].trim_start());
                let key = head.split(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '}' | '{')).next();
                let key = key.filter(|k| !k.is_empty()).map(str::to_owned);
                let span = fault(piece, error.span.start).shift(at);
                return self.unreadable.push(Unreadable { span, why: error.kind.to_string(), key });
            }
        };
        for pair in &raw.abbreviations {
            let value = Value::new(pair, &self.abbreviations, at).text();
            self.abbreviations.insert(pair.key.v.to_lowercase(), value);
        }
        for entry in &raw.entries {
            self.entry(entry, at);
        }
    }

    fn entry(&mut self, raw: &Spanned<RawEntry>, at: u32) {
        let span = |range: &std::ops::Range<usize>| Span::new(range.start, range.end).shift(at);
        let value = |names: &[&str]| {
            let pair =
                names.iter().find_map(|name| raw.v.fields.iter().find(|p| p.key.v.eq_ignore_ascii_case(name)))?;
            Some(Value::new(pair, &self.abbreviations, at)).filter(|v| !v.text().is_empty())
        };
        let field = |names: &[&str]| value(names).map(|v| v.field());
        let mut title = field(&["title"]);
        if let (Some(title), Some(subtitle)) = (&mut title, field(&["subtitle"])) {
            title.text = format!("{}: {}", title.text, subtitle.text);
        }
        let own = field(&["date", "year"]);
        let mut all: Vec<_> = own.as_ref().and_then(year).into_iter().collect();
        let more =
            ["date", "year", "origdate", "origyear", "eventdate", "note", "addendum", "edition"].map(|n| field(&[n]));
        all.extend(more.iter().flatten().flat_map(years));
        let entry = Entry {
            span: span(&(raw.span.start..raw.span.end + 1)),
            key: Some(Field { text: raw.v.key.v.to_owned(), span: span(&raw.v.key.span) })
                .filter(|k| !k.text.is_empty()),
            sort: raw.v.kind.v.to_lowercase(),
            people: value(&["author", "editor"]).map_or(Vec::new(), |v| v.people()),
            title,
            container: field(&["journaltitle", "journal", "booktitle", "maintitle"]),
            years: all,
            pdf: value(&["file", "pdf"]).and_then(|v| v.pdf()),
            first_page: field(&["pages"]).and_then(|f| f.text.split(['-', '–', ',', '+']).next()?.trim().parse().ok()),
        };
        self.crossrefs.extend(field(&["crossref", "xref"]).map(|parent| (self.entries.len(), parent.text)));
        self.entries.push(entry);
    }

    /// A chapter has year, editors and container from the volume it stands in.
    fn inherit(&mut self) {
        for (child, parent) in std::mem::take(&mut self.crossrefs) {
            let named = |e: &&Entry| e.key.as_ref().is_some_and(|k| k.text == parent);
            let Some(parent) = self.entries.iter().find(named).cloned() else { continue };
            let child = &mut self.entries[child];
            if child.years.is_empty() {
                child.years = parent.years;
            }
            if child.people.is_empty() {
                child.people = parent.people;
            }
            child.container = child.container.take().or(parent.title);
        }
    }
}

/// Entries in round brackets are as good as those in braces.
fn braced(piece: &str) -> std::borrow::Cow<'_, str> {
    let open = piece.find(['{', '(']).filter(|at| piece[*at..].starts_with('('));
    match (open, piece.rfind(')')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}{{{}}}{}", &piece[..open], &piece[open + 1..close], &piece[close + 1..]).into()
        }
        _ => piece.into(),
    }
}

/// What to show of a fault: the line it is on; of one at the end of the piece, the line that begins the entry.
fn fault(piece: &str, at: usize) -> Span {
    let body = piece.trim_end();
    let at = if at >= body.len() { 0 } else { piece.floor_char_boundary(at) };
    let start = piece[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = piece[at..].find('\n').map_or(body.len(), |n| at + n);
    Span::new(start, end).trim(piece)
}

/// The value of a field: one stretch of text, or several and abbreviations put together.
struct Value<'a> {
    parts: Vec<(std::borrow::Cow<'a, str>, Span)>,
}

impl<'a> Value<'a> {
    fn new(pair: &Pair<'a>, abbreviations: &Abbreviations, at: u32) -> Value<'a> {
        let part = |chunk: &Spanned<RawChunk<'a>>| {
            let span = Span::new(chunk.span.start, chunk.span.end).shift(at);
            match chunk.v {
                RawChunk::Normal(text) => (text.into(), span),
                RawChunk::Abbreviation(name) => {
                    let long = abbreviations.get(&name.to_lowercase()).cloned();
                    (long.map_or(name.into(), Into::into), span)
                }
            }
        };
        Value { parts: pair.value.v.iter().map(part).collect() }
    }

    fn text(&self) -> String {
        tex::decode(&self.parts.iter().map(|(text, _)| text.as_ref()).collect::<String>())
    }

    fn field(&self) -> Field {
        let span = self.parts.iter().map(|(_, span)| *span).reduce(Span::join).unwrap_or_default();
        Field { text: self.text(), span }
    }

    /// The first PDF among the files named: `notes:lind.txt:Text;:papers/lind.pdf:PDF`, or a path alone. A backslash makes
    /// the sign behind it an ordinary one.
    fn pdf(&self) -> Option<Field> {
        let [(raw, span)] = &self.parts[..] else { return None };
        let mut start = 0;
        let mut escaped = false;
        let ends = raw.char_indices().filter(|(_, c)| {
            let end = matches!(c, ';' | ':') && !escaped;
            escaped = *c == '\\' && !escaped;
            end
        });
        for end in ends.map(|(i, _)| i).chain([raw.len()]) {
            let part = Span::new(start, end).trim(raw);
            start = end + 1;
            let path = part.of(raw);
            if path.len() > 4
                && path.is_char_boundary(path.len() - 4)
                && path[path.len() - 4..].eq_ignore_ascii_case(".pdf")
            {
                let span = if raw.len() == span.len() { part.shift(span.start) } else { *span };
                return Some(Field { text: unescaped(path), span });
            }
        }
        None
    }

    fn people(&self) -> Vec<Person> {
        let one = |(text, span): &(std::borrow::Cow<str>, Span)| {
            let names = top_level(text, "and");
            // An abbreviation is shorter than what it stands for: then all of it is the place.
            let exact = text.len() == span.len();
            let place = |name: &str| {
                let from = name.as_ptr() as usize - text.as_ptr() as usize;
                let span = if exact { Span::new(from, from + name.len()).trim(text).shift(span.start) } else { *span };
                person(name, span, tex::decode)
            };
            names.into_iter().filter_map(place).collect::<Vec<_>>()
        };
        self.parts.iter().flat_map(one).collect()
    }
}

fn unescaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut signs = path.chars().peekable();
    while let Some(c) = signs.next() {
        let sign = (c == '\\').then(|| signs.next_if(|n| n.is_ascii_punctuation())).flatten();
        out.push(sign.unwrap_or(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"Notes to self: @nobody reads this.
@string{quay = "Quay Review"}
@comment{@book{hidden, title = {Hidden}}}
@Book{reed1931,
  author = {Reed, Anna and M{\"u}ller, Karl},
  title  = "The {Lamp} Keepers", subtitle = {A History},
  date   = {1931-04},
  origdate = 1912,
}
@article{holm, author = "Jane Holm", title = {On the Wick}, journal = quay # { Quarterly}, year = 1932}
@book{broken, title = {Never closed}
  year 1933 }
@incollection{lind, author = {Lind, Paul}, title = {Oil}, crossref = {reader}}
@collection(reader, editor = {Lind, Paul}, title = {A Reader}, year = 1940)
"#;

    #[test]
    fn files_as_reference_managers_name_them() {
        let pdf = |value: &str| {
            let text = format!("@book{{a, file = {{{value}}}, pages = {{78--81}}}}");
            let (entries, _) = read(&text);
            assert_eq!(entries[0].first_page, Some(78));
            entries[0].pdf.as_ref().map(|f| (f.text.clone(), f.span.of(&text).to_owned()))
        };
        let is = |value: &str, path: &str, typed: &str| {
            assert_eq!(pdf(value), Some((path.to_owned(), typed.to_owned())), "{value}");
        };
        is("papers/lind.pdf", "papers/lind.pdf", "papers/lind.pdf");
        is(":papers/Lind – Oil.pdf:PDF", "papers/Lind – Oil.pdf", "papers/Lind – Oil.pdf");
        is("Notes:n.txt:Text;Full Text:files/12/l.PDF:application/pdf", "files/12/l.PDF", "files/12/l.PDF");
        is(r"x:C\:\\l\_1.pdf:PDF", r"C:\l_1.pdf", r"C\:\\l\_1.pdf");
        assert_eq!(pdf("notes.txt"), None);
    }

    #[test]
    fn entries_with_their_places() {
        let (entries, unreadable) = read(LIST);
        let keys: Vec<_> = entries.iter().filter_map(|e| e.key.as_ref().map(|k| k.text.as_str())).collect();
        assert_eq!(keys, ["reed1931", "holm", "lind", "reader"]);
        let reed = &entries[0];
        assert_eq!(reed.title.as_ref().map(|t| t.text.as_str()), Some("The Lamp Keepers: A History"));
        let people: Vec<_> = reed.people.iter().map(|p| (p.family.as_str(), p.span.of(LIST))).collect();
        assert_eq!(people, [("Reed", "Reed, Anna"), ("Müller", r#"M{\"u}ller, Karl"#)]);
        assert_eq!(reed.years.iter().map(|y| y.number).collect::<Vec<_>>(), [1931, 1931, 1912]);
        assert!(reed.span.of(LIST).starts_with("@Book{") && reed.span.of(LIST).ends_with('}'));
        assert_eq!(entries[1].container.as_ref().map(|c| c.text.as_str()), Some("Quay Review Quarterly"));
        assert_eq!(entries[2].container.as_ref().map(|c| c.text.as_str()), Some("A Reader"));
        assert_eq!(entries[2].years[0].number, 1940);
        assert_eq!(unreadable.len(), 1);
        assert_eq!(unreadable[0].key.as_deref(), Some("broken"));
        assert_eq!(unreadable[0].span.of(LIST), "year 1933 }");
    }
}
