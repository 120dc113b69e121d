//! What must be known before the text is read: comments, labels, functions of the file, where numbers start again.

use super::functions::{Functions, callee};
use super::{At, children, span};
use crate::text::Span;
use rustc_hash::FxHashSet;
use typst_syntax::{SyntaxKind, SyntaxNode};

pub struct Survey<'a> {
    /// In the order of the file.
    pub comments: Vec<Span>,
    /// Labels that stand in the text: references to them are no citations.
    pub labels: FxHashSet<&'a str>,
    /// Those of them that stand behind a note.
    pub of_notes: FxHashSet<&'a str>,
    pub functions: Functions<'a>,
    /// Note numbers start again at headings, of one level only if it says which.
    pub restarts: Option<Option<u8>>,
}

impl<'a> Survey<'a> {
    pub fn new(text: &'a str, root: &SyntaxNode) -> Survey<'a> {
        let mut survey = Survey {
            comments: Vec::new(),
            labels: FxHashSet::default(),
            of_notes: FxHashSet::default(),
            functions: Functions::default(),
            restarts: None,
        };
        survey.node(text, (root, 0));
        survey
    }

    fn node(&mut self, text: &'a str, (node, at): At) {
        let mut note = false;
        for child in children(node, at) {
            match child.0.kind() {
                SyntaxKind::LineComment | SyntaxKind::BlockComment => self.comments.push(span(child)),
                SyntaxKind::Label if node.kind() == SyntaxKind::Markup => {
                    let name = name(text, child);
                    self.labels.insert(name);
                    if note {
                        self.of_notes.insert(name);
                    }
                }
                SyntaxKind::LetBinding => self.functions.learn(text, child),
                SyntaxKind::ShowRule => self.show(span(child).of(text)),
                _ => {}
            }
            if child.0.kind() != SyntaxKind::Space {
                note = child.0.kind() == SyntaxKind::FuncCall && callee(text, child) == "footnote";
            }
            self.node(text, child);
        }
    }

    /// `#show heading.where(level: 1): it => { counter(footnote).update(0); it }`
    fn show(&mut self, rule: &str) {
        let Some((what, how)) = rule.split_once("counter(footnote).update(0)").filter(|_| rule.contains("heading"))
        else {
            return;
        };
        let _ = how;
        let level = what.split_once("level:").and_then(|(_, rest)| rest.trim_start().chars().next()?.to_digit(10));
        self.restarts = Some(level.map(|l| l as u8));
    }
}

/// The name in `<name>`.
pub fn name<'a>(text: &'a str, label: At) -> &'a str {
    span(label).of(text).trim_start_matches('<').trim_end_matches('>')
}
