//! YAML, and JSON, which is YAML too, as a tree that knows its places.

use crate::model::Field;
use crate::text::Span;
use saphyr_parser::{Event, Parser, ScanError};

/// A value of a file. A null and an alias are empty texts.
#[derive(Clone, Debug)]
pub enum Node {
    Text(Field),
    List(Vec<Node>),
    /// Pairs in the order of the file.
    Map(Vec<(Field, Node)>, Span),
}

/// So deep a file may go.
const DEPTH: usize = 64;

impl Node {
    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(k, _)| k.text == key).map(|(_, v)| v)
    }

    pub fn pairs(&self) -> &[(Field, Node)] {
        if let Node::Map(pairs, _) = self { pairs } else { &[] }
    }

    /// A text that says something.
    pub fn text(&self) -> Option<&Field> {
        if let Node::Text(field) = self { Some(field).filter(|f| !f.text.trim().is_empty()) } else { None }
    }

    /// The items of a list; anything else is a list of itself.
    pub fn items(&self) -> &[Node] {
        if let Node::List(items) = self { items } else { std::slice::from_ref(self) }
    }

    pub fn span(&self) -> Span {
        match self {
            Node::Text(field) => field.span,
            Node::Map(_, span) => *span,
            Node::List(items) => match (items.first(), items.last()) {
                (Some(first), Some(last)) => first.span().join(last.span()),
                _ => Span::default(),
            },
        }
    }
}

/// A container that is being read.
enum Open {
    List(Vec<Node>),
    Map(Vec<(Field, Node)>, Option<Field>, u32),
}

/// Reads one document, whose first byte is the `offset`th of its file. What stands before an error is kept.
pub fn read(text: &str, offset: u32) -> (Option<Node>, Option<(Span, String)>) {
    let bytes: Vec<u32> = match text.is_ascii() {
        true => Vec::new(),
        false => text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect(),
    };
    let byte = |char: usize| match bytes.is_empty() {
        true => (char as u32).min(text.len() as u32),
        false => bytes.get(char).copied().unwrap_or(text.len() as u32),
    };
    let (mut open, mut done, mut last) = (Vec::new(), None, 0);
    let mut error = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok((event, span)) => (event, Span { start: byte(span.start.index()), end: byte(span.end.index()) }),
            Err(fault) => {
                error = Some((Span::empty(byte(fault.marker().index()) as usize).shift(offset), words(&fault)));
                break;
            }
        };
        let node = match event {
            Event::Scalar(value, ..) => {
                let span = scalar(text, span);
                last = span.end;
                Node::Text(Field { text: value.into_owned(), span: span.shift(offset) })
            }
            Event::Alias(_) => Node::Text(Field { text: String::new(), span: span.shift(offset) }),
            Event::SequenceStart(..) if open.len() < DEPTH => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) if open.len() < DEPTH => {
                open.push(Open::Map(Vec::new(), None, span.start));
                continue;
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                error = Some((span.shift(offset), "nested too deep".to_owned()));
                break;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(container) => container.close(last.max(span.end.min(last + 1)), offset),
                None => continue,
            },
            Event::DocumentEnd => break,
            _ => continue,
        };
        put(&mut open, &mut done, node);
    }
    while let Some(container) = open.pop() {
        let node = container.close(last, offset);
        put(&mut open, &mut done, node);
    }
    (done, error)
}

fn words(fault: &ScanError) -> String {
    fault.info().to_owned()
}

/// A scalar without its quotation marks and the line end behind it.
fn scalar(text: &str, span: Span) -> Span {
    let span = span.trim(text);
    let s = span.of(text);
    let quoted = s.len() >= 2 && (s.starts_with('"') && s.ends_with('"') || s.starts_with('\'') && s.ends_with('\''));
    if quoted { Span { start: span.start + 1, end: span.end - 1 } } else { span }
}

impl Open {
    fn close(self, end: u32, offset: u32) -> Node {
        match self {
            Open::List(items) => Node::List(items),
            Open::Map(pairs, _, start) => Node::Map(pairs, Span { start, end: end.max(start) }.shift(offset)),
        }
    }
}

fn put(open: &mut [Open], done: &mut Option<Node>, node: Node) {
    match open.last_mut() {
        Some(Open::List(items)) => items.push(node),
        Some(Open::Map(pairs, key, _)) => match (key.take(), node) {
            (Some(key), node) => pairs.push((key, node)),
            (None, Node::Text(field)) => *key = Some(field),
            (None, other) => *key = Some(Field { text: String::new(), span: other.span() }),
        },
        None => {
            done.get_or_insert(node);
        }
    }
}

/// JSON escapes letters beyond the first plane in halves, which YAML does not know: written as one, in as many bytes.
pub fn whole_escapes(json: &str) -> std::borrow::Cow<'_, str> {
    let half = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok().filter(|n| (0xd800..0xe000).contains(n))
    };
    let halves: Vec<usize> = json.match_indices("\\u").map(|(at, _)| at).filter(|at| half(*at).is_some()).collect();
    if halves.is_empty() {
        return json.into();
    }
    let (mut out, mut from) = (String::with_capacity(json.len()), 0);
    for at in halves.into_iter().filter(|at| !json[..*at].ends_with('\\')) {
        if at < from {
            continue;
        }
        out.push_str(&json[from..at]);
        match (half(at), half(at + 6)) {
            (Some(high), Some(low)) if high < 0xdc00 && low >= 0xdc00 => {
                out += &format!("\\U{:08x}  ", 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
                from = at + 12;
            }
            _ => {
                out.push_str("\\ufffd");
                from = at + 6;
            }
        }
    }
    out.push_str(&json[from..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_file_with_letters_of_several_bytes() {
        let text = "titel: Über\nnamen:\n- 'Döe'\n- {family: Lind}\n";
        let (node, error) = read(text, 0);
        let node = node.expect("a map");
        assert!(error.is_none());
        let names = node.get("namen").expect("names").items();
        assert_eq!(names[0].span().of(text), "Döe");
        assert_eq!(names[1].get("family").and_then(Node::text).map(|f| f.span.of(text)), Some("Lind"));
    }

    #[test]
    fn what_stands_before_an_error_is_kept() {
        let (node, error) = read("- a\n- b: c\n- *nowhere\n", 10);
        assert_eq!(node.map(|n| n.items().len()), Some(2));
        assert_eq!(error.map(|(at, _)| at.start), Some(23));
    }

    #[test]
    fn json_with_tabs_and_halved_escapes() {
        let text = "[\n\t{\n\t\t\"title\":\t\"A \\ud83d\\ude00 b\", \"next\": \"x\\/y\"\n\t}\n]\n";
        let whole = whole_escapes(text);
        assert_eq!(whole.len(), text.len());
        let (node, error) = read(&whole, 0);
        assert_eq!(error, None);
        let node = node.expect("a list");
        assert_eq!(node.items()[0].get("title").and_then(Node::text).map(|f| f.text.as_str()), Some("A 😀   b"));
        assert_eq!(node.items()[0].get("next").and_then(Node::text).map(|f| f.text.as_str()), Some("x/y"));
    }
}
