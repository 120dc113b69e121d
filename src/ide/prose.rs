//! How notes, citations and sources are called in a few words, and text for people that keeps its emphasis.

use crate::analysis::{Analysis, CiteId, FileId, SourceId};
use crate::citation::Title;
use crate::model::Flow;
use crate::text::Span;

/// A text for people: paragraphs of plain words and of quotations.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prose {
    paragraphs: Vec<Vec<Words>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Words {
    Said(String),
    Strong(String),
    /// Markdown of our own.
    Page(String),
    Quoted {
        text: String,
        emphasised: bool,
    },
}

impl Prose {
    /// Begins a paragraph of our own words.
    pub fn say(&mut self, words: impl Into<String>) -> &mut Prose {
        self.paragraphs.push(vec![Words::Said(words.into())]);
        self
    }

    /// Begins a paragraph with a label in bold: `n. 4`.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Prose {
        self.paragraphs.push(vec![Words::Strong(label.into())]);
        self
    }

    /// Begins a paragraph that is Markdown already: a page of the manual.
    pub fn page(&mut self, markdown: impl Into<String>) -> &mut Prose {
        self.paragraphs.push(vec![Words::Page(markdown.into())]);
        self
    }

    /// Goes on with a stretch of a flow, its emphasis kept.
    pub fn quote(&mut self, flow: &Flow, span: Span) -> &mut Prose {
        if self.paragraphs.is_empty() {
            self.paragraphs.push(Vec::new());
        }
        let last = self.paragraphs.len() - 1;
        let out = &mut self.paragraphs[last];
        if !out.is_empty() {
            out.push(Words::Said(": ".into()));
        }
        let mut at = span.start;
        let mut push = |from: u32, to: u32, emphasised| {
            let text = Span { start: from, end: to }.of(&flow.text);
            if !text.is_empty() {
                out.push(Words::Quoted { text: text.to_owned(), emphasised });
            }
        };
        for emphasis in flow.emphasis.iter().filter(|e| e.overlaps(span)) {
            let (start, end) = (emphasis.start.max(at), emphasis.end.min(span.end));
            push(at, start, false);
            push(start, end, true);
            at = end.max(at);
        }
        push(at, span.end, false);
        self
    }

    /// Goes on with text that is not in a flow.
    pub fn quote_text(&mut self, text: &str) -> &mut Prose {
        let mut flow = Flow::default();
        flow.push_as(text, Span::empty(0));
        self.quote(&flow, Span::new(0, text.len()))
    }

    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    pub fn markdown(&self) -> String {
        let paragraph = |p: &Vec<Words>| p.iter().map(Words::markdown).collect::<String>();
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n\n")
    }

    pub fn plain(&self) -> String {
        let paragraph = |p: &Vec<Words>| p.iter().map(Words::plain).collect::<String>();
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n")
    }
}

impl Words {
    fn plain(&self) -> &str {
        match self {
            Words::Said(text) | Words::Strong(text) | Words::Page(text) | Words::Quoted { text, .. } => text,
        }
    }

    fn markdown(&self) -> String {
        match self {
            Words::Said(text) => escape(text),
            Words::Page(text) => text.clone(),
            Words::Strong(text) => format!("**{}**", escape(text)),
            Words::Quoted { text, emphasised: true } => emphasise(text),
            Words::Quoted { text, .. } => escape(text),
        }
    }
}

/// White space at the edges stays outside, where Markdown wants it.
fn emphasise(text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let lead = text.len() - text.trim_start().len();
    format!("{}*{}*{}", &text[..lead], escape(inner), &text[lead + inner.len()..])
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// `n. 7`, or `text` for the body.
pub fn note_of(analysis: &Analysis, id: CiteId) -> String {
    let other = || if analysis.entry(id).is_some() { "bibliography" } else { "text" }.to_owned();
    analysis.note_name(id).map_or_else(other, |name| format!("n. {name}"))
}

/// A citation as it reads, quoted behind whatever the paragraph says.
pub fn quote_citation(analysis: &Analysis, id: CiteId, out: &mut Prose) {
    let cited = &analysis.citations[id];
    match cited.note {
        Some(note) => {
            let flow = &analysis.files[cited.place.file].manuscript.notes[note].flow;
            out.quote(flow, analysis.citation(id).span);
        }
        None => {
            out.quote_text(&analysis.entry_line(id));
        }
    }
}

/// A whole note behind its label.
pub fn quote_note(analysis: &Analysis, file: FileId, note: usize, out: &mut Prose) {
    let manuscript = &analysis.files[file].manuscript;
    out.label(format!("n. {}", analysis.notes[file].name(manuscript, note)));
    let note = &manuscript.notes[note];
    out.quote(&note.flow, Span::new(0, note.flow.text.len()).trim(&note.flow.text));
}

/// A source behind the label of the note that defines it.
pub fn quote_source(analysis: &Analysis, source: SourceId, out: &mut Prose) {
    let definition = analysis.sources[source].definition;
    out.label(note_of(analysis, definition));
    quote_citation(analysis, definition, out);
}

/// Author and title of a source, title alone or whatever it begins with: at most `width` letters.
pub fn name_of(analysis: &Analysis, source: SourceId, width: usize) -> String {
    let id = analysis.sources[source].definition;
    let citation = analysis.citation(id);
    let flow = analysis.citations[id]
        .note
        .map(|n| &analysis.files[analysis.citations[id].place.file].manuscript.notes[n].flow);
    let text = |span: Span| match flow {
        Some(flow) => span.of(&flow.text),
        None => analysis.text(analysis.place(id, span)),
    };
    let title = |t: &Title| text(t.span).trim_end_matches([',', '.']).to_owned();
    let author = citation.authors.first().map(|a| text(a.span));
    let name = match (author, citation.titles.first()) {
        (Some(author), Some(first)) => format!("{author}, {}", title(first)),
        (None, Some(first)) => title(first),
        (Some(author), None) => author.to_owned(),
        (None, None) => match (&citation.archive, citation.signal) {
            (Some(archive), _) => text(archive.span).to_owned(),
            (None, Some(signal)) => text(Span { start: signal.end, end: citation.span.end }).to_owned(),
            (None, None) => text(citation.span).to_owned(),
        },
    };
    cut(&name, width)
}

/// The text in one line, at most `width` letters of it, whole words if that is possible.
pub fn cut(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    let head: String = line.chars().take(width.saturating_sub(1)).collect();
    let whole = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    format!("{}…", head[..whole].trim_end_matches([' ', ',', '.', ';', ':']))
}
