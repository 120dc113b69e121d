//! Markup: words, signs, emphasis, headings, lists, references.

use super::{At, Walk, children, span, survey};
use crate::model::{Key, Label};
use crate::text::Span;
use typst_syntax::ast;
use typst_syntax::{SyntaxKind, SyntaxNode};

impl Walk<'_> {
    /// A stretch of markup.
    pub fn markup(&mut self, node: &SyntaxNode, at: usize) {
        self.pieces(children(node, at));
    }

    pub fn pieces<'n>(&mut self, pieces: impl Iterator<Item = At<'n>>) {
        let mut hash = None;
        for child in pieces {
            match child.0.kind() {
                SyntaxKind::Hash => hash = Some(child.1),
                _ => self.piece(child, hash.take()),
            }
        }
    }

    /// A piece of markup; `hash` is where the `#` before an expression stands.
    fn piece(&mut self, piece: At, hash: Option<usize>) {
        let (node, at) = piece;
        let whole = Span::new(hash.unwrap_or(at), at + node.len());
        match node.kind() {
            SyntaxKind::Text | SyntaxKind::SmartQuote | SyntaxKind::Link => self.words(whole),
            SyntaxKind::Space | SyntaxKind::Linebreak => self.instead(" ", whole),
            SyntaxKind::Parbreak if self.in_line => self.instead(" ", whole),
            SyntaxKind::Parbreak => self.break_paragraph(),
            SyntaxKind::Escape => self.escape(node, whole),
            SyntaxKind::Shorthand => self.shorthand(node, whole),
            SyntaxKind::Strong | SyntaxKind::Emph => {
                let inner = Span::new(at + 1, (at + node.len()).saturating_sub(1));
                self.emphasis(whole, Some(inner), |walk| walk.parts(piece));
            }
            SyntaxKind::Heading => {
                let sign = node.children().find(|c| c.kind() == SyntaxKind::HeadingMarker);
                let level = sign.map_or(1, |s| s.len().min(255)) as u8;
                let content: Vec<At> = children(node, at).filter(|c| c.0.kind() == SyntaxKind::Markup).collect();
                self.heading(level, whole, &content);
            }
            SyntaxKind::ListItem | SyntaxKind::EnumItem | SyntaxKind::TermItem => {
                self.break_paragraph();
                self.parts(piece);
                self.break_paragraph();
            }
            SyntaxKind::Ref => self.reference(piece),
            SyntaxKind::Label => self.label(piece),
            _ if hash.is_some() => self.expression(piece, whole),
            // code, formulas, comments; what the parser could not read
            _ => {}
        }
    }

    /// The markup inside a node, without its signs.
    pub fn parts(&mut self, (node, at): At) {
        for child in children(node, at).filter(|c| c.0.kind() == SyntaxKind::Markup) {
            self.markup(child.0, child.1);
        }
    }

    /// Content, or a string that stands for it.
    pub fn content(&mut self, content: At) {
        match content.0.kind() {
            SyntaxKind::Markup => self.markup(content.0, content.1),
            SyntaxKind::Str => {
                let inner = Span::new(content.1 + 1, (content.1 + content.0.len()).saturating_sub(1));
                if !inner.of(self.text).contains('\\') {
                    self.words(inner);
                }
            }
            _ => self.parts(content),
        }
    }

    /// Emphasises what is written; `inner` is what stands between the signs.
    pub fn emphasis(&mut self, whole: Span, inner: Option<Span>, write: impl FnOnce(&mut Self)) {
        self.flush();
        let inner = inner.unwrap_or(whole);
        self.out.dress(Span { start: whole.start, end: inner.start });
        let (start, paragraphs) = (self.out.position(), self.m.paragraphs.len());
        write(self);
        // brackets that are never closed run on through paragraphs
        if self.m.paragraphs.len() == paragraphs {
            self.out.emphasise(start);
            self.out.dress(Span { start: inner.end, end: whole.end });
            self.reach(whole);
        }
    }

    fn escape(&mut self, node: &SyntaxNode, whole: Span) {
        let Some(letter) = node.cast::<ast::Escape>().map(ast::Escape::get) else { return };
        if whole.of(self.text).starts_with("\\u{") {
            self.instead(letter.encode_utf8(&mut [0; 4]), whole);
        } else {
            self.words(Span { start: whole.start + 1, end: whole.end });
        }
    }

    fn shorthand(&mut self, node: &SyntaxNode, whole: Span) {
        match whole.of(self.text) {
            "-" => self.words(whole),
            // where a word may be broken
            "-?" => {}
            _ => {
                let Some(sign) = node.cast::<ast::Shorthand>().map(ast::Shorthand::get) else { return };
                self.instead(sign.encode_utf8(&mut [0; 4]), whole);
            }
        }
    }

    /// `@key[p. 3]`; `@label`, which may be that of a note.
    fn reference(&mut self, (node, at): At) {
        let whole = Span::new(at, at + node.len());
        let Some(marker) = children(node, at).find(|c| c.0.kind() == SyntaxKind::RefMarker) else { return };
        let sign = span(marker);
        let name = sign.of(self.text).trim_start_matches('@');
        if self.survey.of_notes.contains(name) {
            return self.refer_to(name, sign, whole);
        }
        self.words(whole);
        if self.survey.labels.contains(name) || is_cross_reference(name) {
            return;
        }
        let supplement = children(node, at).find(|c| c.0.kind() == SyntaxKind::ContentBlock);
        let locator = supplement.and_then(|s| self.inside(s));
        self.m.keys.push(Key { span: sign, key: name.to_owned(), group: whole, locator, whole, in_note: self.in_note });
    }

    /// What stands between the brackets of content, if anything does.
    pub fn inside(&self, (node, at): At) -> Option<Span> {
        let markup = children(node, at).find(|c| c.0.kind() == SyntaxKind::Markup)?;
        Some(span(markup).trim(self.text)).filter(|s| !s.is_empty())
    }

    /// A mark that sends the reader to a note which has a mark already.
    pub fn refer_to(&mut self, name: &str, sign: Span, whole: Span) {
        self.referring.extend(self.survey.labels.get(name).map(|name| (self.m.marks.len(), *name)));
        let label = Label { text: name.to_owned(), number: None, span: sign };
        self.mark(label, whole);
    }

    /// `<name>` behind a note is the note's.
    fn label(&mut self, label: At) {
        let name = survey::name(self.text, label);
        let behind = |n: &crate::model::Note| {
            let between = Span { start: n.span.end, end: label.1 as u32 };
            n.span.end as usize <= label.1 && between.of(self.text).trim().is_empty()
        };
        // the last few: notes within the note come after it
        let note = (0..self.m.notes.len()).rev().take(8).find(|n| behind(&self.m.notes[*n]));
        self.labelled.extend(note.map(|note| (name, note)));
    }
}

/// `@fig:wheel` names a figure, wherever that stands.
fn is_cross_reference(name: &str) -> bool {
    let kind = name.split_once([':', '-']).map_or("", |(kind, _)| kind);
    matches!(kind, "fig" | "tab" | "tbl" | "eq" | "eqt" | "sec" | "chap" | "ch" | "lst" | "app" | "part")
}
