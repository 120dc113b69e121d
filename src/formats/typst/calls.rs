//! Expressions in the text: calls of functions, and what of them a reader sees.

use super::functions::{Meaning, callee};
use super::{At, Walk, children, span, survey};
use crate::model::{Flow, Include, Key, Note};
use crate::text::Span;
use typst_syntax::SyntaxKind;

impl Walk<'_> {
    /// An expression with its `#`.
    pub fn expression(&mut self, node: At, whole: Span) {
        match node.0.kind() {
            SyntaxKind::FuncCall => self.call(node, whole),
            SyntaxKind::ContentBlock => self.parts(node),
            SyntaxKind::Str => self.content(node),
            SyntaxKind::Ident => {
                if let Some(Meaning::Words(words, emphasised)) = self.functions().meaning(span(node).of(self.text)) {
                    match emphasised {
                        true => self.emphasis(whole, Some(whole), |walk| walk.instead(&words, whole)),
                        false => self.instead(&words, whole),
                    }
                }
            }
            SyntaxKind::FieldAccess => {
                if let Some(sign) = symbol(span(node).of(self.text)) {
                    self.instead(sign, whole);
                }
            }
            SyntaxKind::ModuleInclude => self.include(node),
            SyntaxKind::LetBinding | SyntaxKind::SetRule | SyntaxKind::ModuleImport | SyntaxKind::Closure => {}
            _ => self.code(node),
        }
    }

    /// Code: the content in it, a paragraph each.
    fn code(&mut self, (node, at): At) {
        for child in children(node, at) {
            match child.0.kind() {
                SyntaxKind::FuncCall => self.call(child, span(child)),
                SyntaxKind::ContentBlock => {
                    self.break_paragraph();
                    self.parts(child);
                    self.break_paragraph();
                }
                SyntaxKind::ModuleInclude => self.include(child),
                SyntaxKind::LetBinding | SyntaxKind::SetRule | SyntaxKind::ModuleImport | SyntaxKind::Closure => {}
                _ => self.code(child),
            }
        }
    }

    fn call(&mut self, call: At, whole: Span) {
        let name = callee(self.text, call);
        let args = Args::of(call);
        match self.functions().meaning(name).unwrap_or_else(|| self.unknown(name, whole)) {
            Meaning::Note => self.note(call, whole, &args),
            Meaning::Emphasis => self.emphasis(whole, args.inner(), |walk| walk.contents(&args)),
            Meaning::Inline => self.contents(&args),
            Meaning::Link if args.blocks.is_empty() => args.content.iter().take(1).for_each(|c| self.content(*c)),
            Meaning::Link => args.blocks.iter().for_each(|c| self.content(*c)),
            Meaning::Block => {
                self.break_paragraph();
                self.code(call);
                self.break_paragraph();
            }
            Meaning::Quotation => self.quotation(call, whole, &args),
            Meaning::Heading => {
                let level =
                    args.named(self.text, "level").and_then(|l| span(l).of(self.text).parse().ok()).unwrap_or(1);
                self.heading(level, whole, &args.content);
            }
            Meaning::Citation => self.citation(whole, &args),
            Meaning::Bibliography => {
                let strings = args.strings.iter().filter_map(|s| file_name(self.text, *s));
                self.m.bibliographies.extend(strings);
            }
            Meaning::Space => self.instead(" ", whole),
            Meaning::Words(words, _) => self.instead(&words, whole),
            Meaning::Nothing => {}
        }
    }

    /// A function nobody knows, by its name and by how it stands.
    fn unknown(&mut self, name: &str, whole: Span) -> Meaning {
        if let Some(rest) = name.strip_prefix("counter(footnote).update") {
            let argument = Span::new(whole.start as usize + 1 + name.len() - rest.len(), whole.end as usize);
            let number = argument.of(self.text).trim_matches(['(', ')', ' ']);
            if let Ok(number) = number.parse() {
                self.restart(number);
            }
            return Meaning::Nothing;
        }
        let name = name.rsplit('.').next().unwrap_or(name);
        if matches!(name, "fn" | "endnote" | "sidenote") || name.contains("footnote") {
            return Meaning::Note;
        }
        if ["todo", "comment", "note", "index", "margin", "hidden"].iter().any(|n| name.contains(n)) {
            return Meaning::Nothing;
        }
        let before = self.text[..whole.start as usize].trim_end_matches([' ', '\t']);
        let after = self.text[whole.end as usize..].trim_start_matches([' ', '\t']);
        let is_end = |c: char| matches!(c, '\n' | '\r');
        let alone = (before.is_empty() || before.ends_with(is_end)) && (after.is_empty() || after.starts_with(is_end));
        if alone { Meaning::Block } else { Meaning::Inline }
    }

    fn contents(&mut self, args: &Args) {
        args.content.iter().for_each(|c| self.content(*c));
    }

    /// `#footnote[…]`; `#footnote(<label>)` sends to a note that stands elsewhere.
    fn note(&mut self, call: At, whole: Span, args: &Args) {
        let sign = Span { start: whole.start, end: (call.1 + callee(self.text, call).len()) as u32 };
        if let Some(label) = args.labels.first().filter(|_| args.content.is_empty()) {
            return self.refer_to(survey::name(self.text, *label), sign, whole);
        }
        if args.content.is_empty() && args.is_given {
            // a note put together by code: counted, not read
            self.counter += 1;
            return;
        }
        let open = args.content.last().and_then(|c| unclosed(*c));
        let whole = open.map_or(whole, |(_, end)| Span::new(whole.start as usize, end));
        let label = self.counted(sign);
        self.mark(label.clone(), whole);
        let index = self.m.notes.len();
        let scope = self.scope;
        self.m.notes.push(Note { label, scope, span: whole, flow: Flow::default(), inline: true });
        let flow = self.apart(Some(index), |walk| match open {
            Some((markup, end)) => walk.pieces(children(markup.0, markup.1).take_while(|c| c.1 < end)),
            None => walk.contents(args),
        });
        self.m.notes[index].flow = flow;
        if let Some((markup, end)) = open {
            self.pieces(children(markup.0, markup.1).skip_while(|c| c.1 < end));
        }
    }

    fn quotation(&mut self, call: At, whole: Span, args: &Args) {
        let block = args.named(self.text, "block").is_some_and(|b| span(b).of(self.text) == "true");
        if block && !self.in_line {
            self.break_paragraph();
            let outer = std::mem::replace(&mut self.quoting, true);
            self.code(call);
            self.break_paragraph();
            self.quoting = outer;
            return;
        }
        let (Some(first), Some(last)) = (args.content.first(), args.content.last()) else { return };
        let (open, end) = (Span { start: whole.start, end: span(*first).start + 1 }, span(*last).end);
        // what is never closed stands for no closing mark
        if !span(*last).of(self.text).ends_with(']') || end <= open.end {
            return self.contents(args);
        }
        self.instead("“", open);
        self.contents(args);
        self.instead("”", Span { start: end - 1, end });
    }

    /// `#cite(<key>, supplement: [p. 3])`
    fn citation(&mut self, whole: Span, args: &Args) {
        let Some(label) = args.labels.first() else { return };
        let key = survey::name(self.text, *label).to_owned();
        let typed = Span { start: span(*label).start + 1, end: span(*label).end - 1 };
        let supplement = args.named(self.text, "supplement");
        let locator = supplement.and_then(|s| self.inside(s));
        self.words(typed);
        if let Some(locator) = locator {
            self.instead(", ", Span { start: typed.end, end: locator.start });
            self.words(locator);
        }
        let group = locator.map_or(typed, |l| typed.join(l));
        self.m.keys.push(Key { span: typed, key, group, locator, whole: group, in_note: self.in_note });
        self.reach(whole);
    }

    fn include(&mut self, node: At) {
        let string = children(node.0, node.1).find(|c| c.0.kind() == SyntaxKind::Str);
        self.m.includes.extend(string.and_then(|s| file_name(self.text, s)));
    }
}

/// The markup of content whose bracket is never closed, and where its first paragraph ends: the bracket that was meant.
fn unclosed((content, at): At) -> Option<(At, usize)> {
    if content.kind() != SyntaxKind::ContentBlock || content.children().any(|c| c.kind() == SyntaxKind::RightBracket) {
        return None;
    }
    let markup = children(content, at).find(|c| c.0.kind() == SyntaxKind::Markup)?;
    let end = children(markup.0, markup.1).find(|c| c.0.kind() == SyntaxKind::Parbreak);
    Some((markup, end.map_or(span(markup).end as usize, |c| c.1)))
}

fn file_name(text: &str, string: At) -> Option<Include> {
    let span = Span::new(string.1 + 1, (string.1 + string.0.len()).saturating_sub(1));
    let target = span.of(text).to_owned();
    (!target.is_empty()).then_some(Include { span, target })
}

/// What a call is given.
struct Args<'a> {
    /// Content and strings without a name, those behind the parentheses included.
    content: Vec<At<'a>>,
    /// Content behind the parentheses.
    blocks: Vec<At<'a>>,
    labels: Vec<At<'a>>,
    /// Strings, those in arrays included.
    strings: Vec<At<'a>>,
    named: Vec<(At<'a>, At<'a>)>,
    is_given: bool,
}

impl<'a> Args<'a> {
    fn of((call, at): At<'a>) -> Args<'a> {
        let mut args = Args {
            content: Vec::new(),
            blocks: Vec::new(),
            labels: Vec::new(),
            strings: Vec::new(),
            named: Vec::new(),
            is_given: false,
        };
        let Some(list) = children(call, at).find(|c| c.0.kind() == SyntaxKind::Args) else { return args };
        let mut closed = !list.0.children().any(|c| c.kind() == SyntaxKind::LeftParen);
        for child in children(list.0, list.1) {
            match child.0.kind() {
                SyntaxKind::RightParen => closed = true,
                SyntaxKind::ContentBlock => {
                    args.content.push(child);
                    if closed {
                        args.blocks.push(child);
                    }
                }
                SyntaxKind::Str => {
                    args.content.push(child);
                    args.strings.push(child);
                }
                SyntaxKind::Label => args.labels.push(child),
                SyntaxKind::Array => {
                    args.strings.extend(children(child.0, child.1).filter(|c| c.0.kind() == SyntaxKind::Str));
                }
                SyntaxKind::Named => {
                    let mut parts = children(child.0, child.1).filter(|c| !c.0.kind().is_trivia());
                    if let (Some(name), Some(value)) = (parts.next(), parts.last()) {
                        args.named.push((name, value));
                    }
                }
                _ => {}
            }
            args.is_given |= !matches!(child.0.kind(), SyntaxKind::LeftParen | SyntaxKind::RightParen);
        }
        args
    }

    /// From the first content to the last, brackets left out.
    fn inner(&self) -> Option<Span> {
        let inner = |c: &At| Span { start: span(*c).start + 1, end: span(*c).end.saturating_sub(1) };
        Some(inner(self.content.first()?).join(inner(self.content.last()?)))
    }

    fn named(&self, text: &str, name: &str) -> Option<At<'a>> {
        self.named.iter().find(|(n, _)| span(*n).of(text) == name).map(|(_, value)| *value)
    }
}

/// Signs that Typst has names for.
fn symbol(name: &str) -> Option<&'static str> {
    Some(match name {
        "sym.dash.en" => "–",
        "sym.dash.em" => "—",
        "sym.section" => "§",
        "sym.pilcrow" => "¶",
        "sym.space.nobreak" | "sym.space.nobreak.narrow" => "\u{a0}",
        "sym.hyph" => "-",
        "sym.dots.h" => "…",
        "sym.quote.l.double" => "“",
        "sym.quote.r.double" => "”",
        "sym.quote.l.single" => "‘",
        "sym.quote.r.single" => "’",
        "sym.prime" => "′",
        _ => return None,
    })
}
