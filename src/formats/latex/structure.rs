//! What a file says of itself: headings, labels, other files, counters; the part before the text begins.

use super::super::flow::Writer;
use super::commands::{Does, Series, does};
use super::lexer::Kind;
use super::numbers::Style;
use super::source::Argument;
use super::walk::Walk;
use crate::model::{BlockKind, Heading, Include};
use crate::text::Span;
use std::ops::Range;

/// Depth of the title of the whole.
const TITLE: i8 = -2;

impl<'a> Walk<'a> {
    /// Reads what comes before the text: definitions, counters, title, names of files.
    pub fn preamble(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut nowhere = Writer::new(self.source.text, 0);
        while at < range.end {
            let command = self.source.kind(at) == Some(Kind::Command);
            let does = if command { does(self.source.name(at)) } else { None };
            let next = match does {
                Some(Does::Define(sort)) => self.define(at, sort),
                Some(does @ (Does::Title | Does::Include | Does::Import | Does::Bibliography | Does::Counter)) => {
                    self.structure(at, self.source.name(at), does, &mut nowhere, 0)
                }
                _ => at + 1,
            };
            at = next.max(at + 1);
        }
    }

    pub fn structure(&mut self, at: usize, name: &str, does: Does, out: &mut Writer<'a>, depth: usize) -> usize {
        match does {
            Does::Heading(level) => self.heading(at, level, out, depth),
            Does::Title if self.source.context => self.heading(at, 0, out, depth),
            Does::Title => self.title(at, name, depth),
            Does::Aside => self.side(at, out, depth),
            Does::Label => self.label(at),
            Does::Ref => self.reference(at, name, out, depth),
            Does::Include => self.include(at),
            Does::Import => self.import(at),
            Does::Bibliography => self.bibliography(at),
            Does::Counter => self.counter(at, name),
            Does::UseUrl => self.use_url(at),
            Does::From => self.shown_url(at, out, depth),
            _ => at + 1,
        }
    }

    /// `\section[short]{Title}`, `\startsection[title={Title}]`
    fn heading(&mut self, at: usize, level: i8, out: &mut Writer<'a>, depth: usize) -> usize {
        let source = self.source;
        let option = source.option(at + 1);
        let mut next = option.as_ref().map_or(at + 1, |o| o.next);
        let named = option.as_ref().and_then(|o| source.value(&o.inner, "title"));
        let title = match named {
            Some(title) => title,
            None => match source.group(next).filter(|_| !source.name(at).starts_with("start")) {
                Some(group) => {
                    next = group.next;
                    group.inner
                }
                None => return next,
            },
        };
        let span = source.tokens[at].span;
        self.end_paragraph(span, out);
        let starred =
            span.of(source.text).ends_with('*') || matches!(source.name(at), "addchap" | "addsec" | "starttitle");
        if !starred {
            self.numbers.heading(level);
        }
        if self.frame.is_none() && self.inline == 0 {
            self.found.block(BlockKind::Heading, span.start);
        }
        self.add_heading(title, level, depth);
        if self.frame.is_none() && self.inline == 0 {
            let end = source.tokens[next - 1].span.end;
            self.found.block(BlockKind::Blank, end);
        }
        next
    }

    fn add_heading(&mut self, title: Range<usize>, level: i8, depth: usize) {
        let span = self.source.bytes(&title).trim(self.source.text);
        let span = self.place(span);
        let mut inner = Writer::new(self.source.text, span.len());
        let note = self.in_note;
        self.within(note, |walk| walk.run(title, &mut inner, depth + 1));
        let title = inner.finish().text.trim().to_owned();
        self.found.headings.push((level, Heading { level: 1, span, title }));
    }

    /// `\title{…}`, `\author{…\thanks{…}}`
    fn title(&mut self, at: usize, name: &str, depth: usize) -> usize {
        let Some(Argument { inner, next }) = self.source.group(self.source.skip(at + 1, "o")) else { return at + 1 };
        if name == "title" {
            self.add_heading(inner, TITLE, depth);
        } else {
            let mut nowhere = Writer::new(self.source.text, 64);
            self.within(None, |walk| walk.run(inner, &mut nowhere, depth + 1));
        }
        next
    }

    /// A caption, a note in the margin: a paragraph of its own.
    fn side(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
        let named = if self.source.name(at) == "captionof" { "mo" } else { "o" };
        let Some(Argument { inner, next }) = self.source.group(self.source.skip(at + 1, named)) else { return at + 1 };
        if self.inline > 0 || self.frame.is_some() {
            self.run(inner, out, depth + 1);
            return next;
        }
        let mut aside = Writer::new(self.source.text, 256);
        self.found.block(BlockKind::Paragraph, self.source.tokens[at].span.start);
        self.within(None, |walk| walk.run(inner, &mut aside, depth + 1));
        self.found.paragraph(aside);
        next
    }

    fn label(&mut self, at: usize) -> usize {
        let argument = self.source.group(at + 1).or_else(|| self.source.option(at + 1));
        let Some(argument) = argument else { return at + 1 };
        if let Some(note) = self.in_note {
            let printed = self.found.notes[note].label.text.clone();
            self.found.labels.insert(self.source.words(&argument.inner).trim(), printed);
        }
        argument.next
    }

    /// `\ref{label}`: the number of a note; other numbers are not known here.
    fn reference(&mut self, at: usize, name: &str, out: &mut Writer<'a>, depth: usize) -> usize {
        let source = self.source;
        let mut next = at + 1;
        if matches!(name, "in" | "at" | "about") {
            // `\in{Figure}[label]` of ConTeXt; elsewhere a sign of formulas
            if let Some(words) = source.group(next).filter(|_| source.context) {
                self.run(words.inner, out, depth + 1);
                self.set(" ", source.tokens[words.next - 1].span, out);
                next = words.next;
            }
        }
        let argument = if source.context { source.option(next) } else { None };
        let Some(argument) = argument.or_else(|| source.group(next)) else { return next };
        let (words, _, _) = self.verbatim(&argument.inner);
        let span = self.place(source.tokens[at].span.join(source.tokens[argument.next - 1].span));
        self.found.refers = true;
        let known = self.found.known.get(words.of(source.text).trim()).filter(|_| name != "pageref").cloned();
        self.set(known.as_deref().unwrap_or("??"), span, out);
        argument.next
    }

    /// `\input{chapters/one}`, `\input chapters/one`
    fn include(&mut self, at: usize) -> usize {
        let source = self.source;
        let argument = source.group(at + 1).or_else(|| source.option(at + 1));
        let (span, next) = match argument {
            Some(argument) => (source.bytes(&argument.inner).trim(source.text), argument.next),
            None => match source.tokens.get(at + 1).filter(|t| t.kind == Kind::Words) {
                Some(word) => {
                    let name = word.span.of(source.text).split_whitespace().next().unwrap_or("");
                    let start = word.span.start as usize;
                    (Span::new(start, start + name.len()), at + 2)
                }
                None => return at + 1,
            },
        };
        let target = span.of(source.text).trim_matches('"').to_owned();
        self.add_include(span, target);
        next
    }

    fn add_include(&mut self, span: Span, target: String) {
        if !target.is_empty() && !target.contains(['\\', '#', '{', '\n', '\r']) && self.frame.is_none() {
            self.found.includes.push(Include { span, target });
        }
    }

    /// `\import{chapters/}{one}`
    fn import(&mut self, at: usize) -> usize {
        let Some(folder) = self.source.group(at + 1) else { return at + 1 };
        let Some(file) = self.source.group(folder.next) else { return folder.next };
        let span = self.source.bytes(&file.inner).trim(self.source.text);
        let folder = self.source.words(&folder.inner).trim().trim_end_matches('/');
        let slash = if folder.is_empty() { "" } else { "/" };
        self.add_include(span, format!("{folder}{slash}{}", span.of(self.source.text)));
        file.next
    }

    /// `\addbibresource{sources.bib}`, `\bibliography{one,two}`, `\usebtxdataset[sources.bib]`
    fn bibliography(&mut self, at: usize) -> usize {
        let source = self.source;
        let mut next = at + 1;
        let mut last = None;
        while let Some(option) = source.option(next) {
            next = option.next;
            last = Some(option);
        }
        let Some(argument) = source.group(next).or(last.filter(|_| source.context)) else { return next };
        let bytes = source.bytes(&argument.inner);
        let mut start = bytes.start;
        for typed in bytes.of(source.text).split(',') {
            let span = Span { start, end: start + typed.len() as u32 }.trim(source.text);
            start += typed.len() as u32 + 1;
            let target = span.of(source.text);
            if !target.is_empty() && !target.contains(['\\', '#', '{', '\n', '\r']) {
                self.found.bibliographies.push(Include { span, target: target.to_owned() });
            }
        }
        argument.next.max(next)
    }

    fn counter(&mut self, at: usize, name: &str) -> usize {
        let source = self.source;
        let option = source.option(at + 1);
        let first = source.group(option.as_ref().map_or(at + 1, |o| o.next));
        let second = first.as_ref().and_then(|f| source.group(f.next));
        let words = |a: &Option<Argument>| a.as_ref().map_or("", |a| source.words(&a.inner).trim());
        let (options, counter, value) = (words(&option), words(&first), words(&second));
        let series = match counter {
            "endnote" => Series::End,
            "sidenote" => Series::Side,
            _ => Series::Foot,
        };
        let of_notes = matches!(counter, "footnote" | "endnote" | "sidenote");
        match name {
            "setcounter" | "addtocounter" if of_notes => match value.parse::<i64>() {
                Ok(n) => {
                    let base = if name == "addtocounter" { i64::from(self.numbers.value(series)) } else { 0 };
                    self.numbers.set(series, u32::try_from(base + n).unwrap_or(0));
                }
                // `\setcounter{footnote}{\value{x}}`
                Err(_) => self.numbers.by_page = true,
            },
            "stepcounter" | "refstepcounter" if of_notes => drop(self.numbers.step(series)),
            "counterwithin" | "@addtoreset" if of_notes => self.numbers.by_section |= value == "section",
            "counterwithout" if of_notes => self.numbers.through = true,
            "MakePerPage" if of_notes => self.numbers.by_page = true,
            "frontmatter" | "backmatter" | "startfrontmatter" | "startbackmatter" => self.numbers.unnumbered = true,
            "mainmatter" | "startbodymatter" => self.numbers.unnumbered = false,
            "usepackage" | "RequirePackage" => self.package(counter, options),
            _ => {}
        }
        let arguments = match name {
            "setcounter" | "addtocounter" | "counterwithin" | "counterwithout" | "@addtoreset" => second.or(first),
            _ => first,
        };
        arguments.or(option).map_or(at + 1, |a| a.next)
    }

    fn package(&mut self, name: &str, options: &str) {
        let options = || options.split(',').map(|o| o.split_whitespace().collect::<String>());
        match name {
            "footmisc" => self.numbers.by_page |= options().any(|o| o == "perpage"),
            "biblatex" => {
                let noted = |o: &str| match o.split_once('=') {
                    Some(("autocite", mode)) => Some(matches!(mode, "footnote" | "endnote")),
                    Some(("style" | "citestyle", style)) => {
                        let styles = ["verbose", "footnote", "authortitle", "historian", "oscola", "jura", "windycity"];
                        Some(styles.iter().any(|s| style.starts_with(s)))
                    }
                    _ => None,
                };
                let said: Vec<bool> = options().filter_map(|o| noted(&o)).collect();
                self.auto_notes = said.contains(&true);
            }
            "biblatex-chicago" => self.auto_notes = !options().any(|o| o.starts_with("authordate")),
            _ => {}
        }
    }

    /// `\renewcommand{\thefootnote}{\fnsymbol{footnote}}`
    pub fn numbers_by(&mut self, name: &str, body: &Range<usize>) {
        if name != "thefootnote" {
            return;
        }
        let style = body.clone().find_map(|i| match self.source.name(i) {
            "arabic" => Some(Style::Arabic),
            "fnsymbol" => Some(Style::Sign),
            "roman" | "Roman" => Some(Style::Roman),
            "alph" | "Alph" => Some(Style::Letter),
            _ => None,
        });
        self.numbers.style = style.unwrap_or(self.numbers.style);
    }

    /// `\useURL[name][address][file][words]`
    fn use_url(&mut self, at: usize) -> usize {
        let source = self.source;
        let mut options = Vec::new();
        let mut next = at + 1;
        while let Some(option) = source.option(next).filter(|_| options.len() < 4) {
            next = option.next;
            options.push(option.inner);
        }
        let shown = options.get(3).filter(|o| !o.is_empty()).or(options.get(1));
        if let (Some(name), Some(shown)) = (options.first(), shown) {
            self.found.addresses.insert(source.words(name).trim(), shown.clone());
        }
        next
    }

    /// `\from[name]`: the words of an address.
    fn shown_url(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
        let Some(option) = self.source.option(at + 1) else { return at + 1 };
        if let Some(shown) = self.found.addresses.get(self.source.words(&option.inner).trim()).cloned() {
            self.run(shown, out, depth + 1);
        }
        option.next
    }
}
