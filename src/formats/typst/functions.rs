//! What the functions of Typst do to a text, and those that a file defines for itself.

use super::{At, children, span};
use rustc_hash::FxHashMap;
use typst_syntax::SyntaxKind;

/// What a call is to a reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    Note,
    Emphasis,
    /// Its content stands where the call stands.
    Inline,
    /// Its contents are paragraphs of their own.
    Block,
    Quotation,
    Heading,
    Citation,
    Bibliography,
    Space,
    Link,
    /// These words, emphasised or not.
    Words(String, bool),
    Nothing,
}

/// The functions and values that a file defines.
#[derive(Default)]
pub struct Functions<'a>(FxHashMap<&'a str, Meaning>);

/// The name of the function a call calls, as it stands.
pub fn callee<'a>(text: &'a str, (call, at): At) -> &'a str {
    children(call, at).next().map_or("", |c| span(c).of(text))
}

impl<'a> Functions<'a> {
    /// Of a function by its name; `None` if neither Typst nor the file knows it.
    pub fn meaning(&self, name: &str) -> Option<Meaning> {
        self.0.get(name).cloned().or_else(|| built_in(name))
    }

    /// `#let fn(body) = footnote(body)`, `#let ibid = [_Ibid._]`
    pub fn learn(&mut self, text: &'a str, (binding, at): At) {
        let parts: Vec<At> = children(binding, at).filter(|c| !c.0.kind().is_trivia()).collect();
        let closure = parts.iter().find(|p| p.0.kind() == SyntaxKind::Closure);
        let inner: Vec<At> = closure.map_or(parts.clone(), |c| children(c.0, c.1).collect());
        let Some(name) = inner.iter().find(|p| p.0.kind() == SyntaxKind::Ident) else { return };
        let Some(body) = inner.iter().rev().find(|p| !p.0.kind().is_trivia()) else { return };
        let params = inner.iter().find(|p| p.0.kind() == SyntaxKind::Params);
        let meaning = if body.1 == name.1 {
            Meaning::Nothing
        } else {
            match params {
                Some(params) => self.of_closure(text, span(*params).of(text), *body),
                None => self.of_value(text, *body),
            }
        };
        self.0.insert(span(*name).of(text), meaning);
    }

    fn of_value(&self, text: &str, value: At) -> Meaning {
        match value.0.kind() {
            SyntaxKind::Ident => self.meaning(span(value).of(text)).unwrap_or(Meaning::Nothing),
            SyntaxKind::Str => Meaning::Words(span(value).of(text).trim_matches('"').to_owned(), false),
            SyntaxKind::ContentBlock => {
                let mut words = (String::new(), false);
                match constant(text, value, &mut words) {
                    true => Meaning::Words(words.0.trim().to_owned(), words.1),
                    false => Meaning::Nothing,
                }
            }
            SyntaxKind::FuncCall if callee(text, value).ends_with(".with") => {
                self.meaning(callee(text, value).trim_end_matches(".with")).unwrap_or(Meaning::Nothing)
            }
            SyntaxKind::Closure => {
                let inner: Vec<At> = children(value.0, value.1).filter(|c| !c.0.kind().is_trivia()).collect();
                match (inner.first(), inner.last()) {
                    (Some(params), Some(body)) => self.of_closure(text, span(*params).of(text), *body),
                    _ => Meaning::Nothing,
                }
            }
            _ => Meaning::Nothing,
        }
    }

    /// The first of what is called in it that a reader would notice, if it is given the parameter.
    fn of_closure(&self, text: &str, params: &str, body: At) -> Meaning {
        let params: Vec<&str> = params
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
            .filter(|p| p.starts_with(char::is_alphabetic))
            .collect();
        let mut found = None;
        let given = self.search(text, &params, body, &mut found);
        if given { found.unwrap_or(Meaning::Inline) } else { Meaning::Nothing }
    }

    fn search(&self, text: &str, params: &[&str], node: At, found: &mut Option<Meaning>) -> bool {
        let mut given = false;
        match node.0.kind() {
            SyntaxKind::Ident if params.contains(&span(node).of(text)) => return true,
            SyntaxKind::Emph | SyntaxKind::Strong => {
                found.get_or_insert(Meaning::Emphasis);
            }
            SyntaxKind::FuncCall => match self.meaning(callee(text, node)) {
                Some(note @ Meaning::Note) => *found = Some(note),
                Some(Meaning::Nothing) | None => return false,
                Some(known @ (Meaning::Emphasis | Meaning::Quotation | Meaning::Heading | Meaning::Block)) => {
                    found.get_or_insert(known);
                }
                Some(_) => {}
            },
            _ => {}
        }
        for child in children(node.0, node.1) {
            given |= self.search(text, params, child, found);
        }
        given
    }
}

/// Gathers the words of content that is nothing but words.
fn constant(text: &str, node: At, words: &mut (String, bool)) -> bool {
    let s = span(node).of(text);
    match node.0.kind() {
        SyntaxKind::Text | SyntaxKind::SmartQuote | SyntaxKind::Space => words.0 += s,
        SyntaxKind::Emph => {
            words.1 = true;
            return children(node.0, node.1).all(|c| constant(text, c, words));
        }
        SyntaxKind::ContentBlock | SyntaxKind::Markup => {
            return children(node.0, node.1).all(|c| constant(text, c, words));
        }
        SyntaxKind::LeftBracket | SyntaxKind::RightBracket | SyntaxKind::Underscore => {}
        _ => return false,
    }
    true
}

fn built_in(name: &str) -> Option<Meaning> {
    Some(match name {
        "footnote" => Meaning::Note,
        "emph" | "strong" => Meaning::Emphasis,
        "text" | "underline" | "overline" | "highlight" | "smallcaps" | "super" | "sub" | "strike" | "upper"
        | "lower" | "box" => Meaning::Inline,
        "link" => Meaning::Link,
        "quote" => Meaning::Quotation,
        "heading" => Meaning::Heading,
        "cite" => Meaning::Citation,
        "bibliography" => Meaning::Bibliography,
        "linebreak" | "h" => Meaning::Space,
        "block" | "align" | "pad" | "par" | "figure" | "table" | "table.cell" | "table.header" | "grid"
        | "grid.cell" | "columns" | "rect" | "stack" | "list" | "enum" | "terms" | "list.item" | "enum.item"
        | "place" | "rotate" | "parbreak" => Meaning::Block,
        "v"
        | "pagebreak"
        | "colbreak"
        | "image"
        | "outline"
        | "raw"
        | "counter"
        | "hide"
        | "metadata"
        | "state"
        | "lorem"
        | "line"
        | "ref"
        | "here"
        | "locate"
        | "query"
        | "eval"
        | "math.equation"
        | "label"
        | "repr"
        | "counter(footnote).step"
        | "numbering" => Meaning::Nothing,
        _ => return None,
    })
}
