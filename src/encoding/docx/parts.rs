//! The parts of a Word document: its text, its notes, and the rendition made of them.

use super::story::{Paragraph, Piece, Story};
use super::styles::Styles;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;
use std::fmt::Write;

/// Paragraphs of each note by its identifier.
pub type Notes = FxHashMap<String, Vec<Paragraph>>;

/// The value of an attribute, whatever its prefix.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}

/// `<w:i/>` is on, `<w:i w:val="0"/>` off.
pub fn is_on(tag: &BytesStart) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// Where the package says that its main part is.
pub fn office_document(relations: &str) -> Option<String> {
    let mut reader = Reader::from_str(relations);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag)
                if attribute(&tag, "Type").is_some_and(|t| t.ends_with("/officeDocument")) =>
            {
                return attribute(&tag, "Target");
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Do note numbers start again with each section?
pub fn restarts_each_section(settings: &str) -> bool {
    settings.split("footnotePr").nth(1).is_some_and(|s| s.contains("numRestart") && s.contains("eachSect"))
}

/// Reads `footnotes.xml` or `endnotes.xml`.
pub fn notes(xml: &str, styles: &Styles) -> Result<Notes, String> {
    let mut found = Notes::default();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) if matches!(tag.local_name().as_ref(), "footnote" | "endnote") => {
                let (id, kind) = (attribute(&tag, "id").unwrap_or_default(), attribute(&tag, "type"));
                let paragraphs = Story::read(&mut reader, styles)?;
                if kind.is_none_or(|k| k == "normal") {
                    found.insert(id, paragraphs);
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Reads the main part and writes all of it out.
pub fn document(xml: &str, styles: &Styles, foot: Notes, end: Notes, restarts: bool) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let paragraphs = Story::read(&mut reader, styles)?;
    if paragraphs.is_empty() {
        return Err("there is no text in it".to_owned());
    }
    let mut out = Rendition { text: String::new(), foot: Pending::new(foot, ""), end: Pending::new(end, "") };
    if paragraphs.iter().flat_map(|p| &p.pieces).any(|p| matches!(p, Piece::Footnote { .. })) {
        out.end.prefix = "e";
    }
    for paragraph in &paragraphs {
        out.paragraph(paragraph);
        out.text.push('\n');
        if paragraph.ends_section && restarts {
            out.notes(false);
            out.foot.count = 0;
        }
    }
    out.notes(false);
    out.notes(true);
    Ok(out.text)
}

/// Notes whose marks have been written.
struct Pending {
    notes: Notes,
    prefix: &'static str,
    count: u32,
    /// Label and identifier.
    due: Vec<(String, String)>,
}

impl Pending {
    fn new(notes: Notes, prefix: &'static str) -> Pending {
        Pending { notes, prefix, count: 0, due: Vec::new() }
    }

    /// The label of the next mark; `custom` is a sign of the writer's own, which is not counted.
    fn label(&mut self, id: &str, custom: Option<&str>) -> String {
        let label = match custom {
            Some(sign) => sign.to_owned(),
            None => {
                self.count += 1;
                format!("{}{}", self.prefix, self.count)
            }
        };
        self.due.push((label.clone(), id.to_owned()));
        label
    }
}

struct Rendition {
    text: String,
    foot: Pending,
    end: Pending,
}

impl Rendition {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let start = self.text.len();
        match paragraph.heading {
            Some(level) => self.text.extend(std::iter::repeat_n('#', level.into()).chain([' '])),
            None if paragraph.quotation => self.text.push_str("> "),
            None => {}
        }
        let plain = self.text.len() == start;
        let line = self.pieces(&paragraph.pieces);
        if plain && line.starts_with(['#', '>']) {
            self.text.push('\\');
        }
        // four spaces would make it a note's
        self.text.push_str(line.trim_start_matches(' '));
    }

    fn pieces(&mut self, pieces: &[Piece]) -> String {
        let mut line = String::new();
        let mut emphasised = false;
        for piece in pieces {
            match piece {
                Piece::Text { text, italic } => {
                    let blank = text.trim().is_empty();
                    if *italic != emphasised && !blank {
                        switch(&mut line, emphasised);
                        emphasised = *italic;
                        let text_start = text.trim_start();
                        // the space before the first word stands outside
                        if emphasised && text_start.len() < text.len() {
                            line.pop();
                            line.push_str(&text[..text.len() - text_start.len()]);
                            line.push('*');
                        }
                        escape(if emphasised { text_start } else { text }, &mut line);
                    } else {
                        escape(text, &mut line);
                    }
                }
                Piece::Footnote { id, custom } => {
                    let label = self.foot.label(id, custom.as_deref());
                    let _ = write!(line, "[^{label}]");
                }
                Piece::Endnote { id, custom } => {
                    let label = self.end.label(id, custom.as_deref());
                    let _ = write!(line, "[^{label}]");
                }
            }
        }
        if emphasised {
            switch(&mut line, true);
        }
        line
    }

    /// Writes the notes that are due.
    fn notes(&mut self, end: bool) {
        let pending = if end { &mut self.end } else { &mut self.foot };
        for (label, id) in std::mem::take(&mut pending.due) {
            let pending = if end { &mut self.end } else { &mut self.foot };
            let paragraphs = pending.notes.remove(&id).unwrap_or_default();
            let _ = write!(self.text, "[^{label}]:");
            let mut first = true;
            for paragraph in paragraphs {
                let line = self.pieces(&paragraph.pieces);
                if line.trim().is_empty() {
                    continue;
                }
                self.text.push_str(if std::mem::take(&mut first) { " " } else { "\n    " });
                self.text.push_str(line.trim());
            }
            self.text.push('\n');
        }
    }
}

/// Emphasis begins or ends; spaces at its end stand outside.
fn switch(line: &mut String, ends: bool) {
    let at = if ends { line.trim_end().len() } else { line.len() };
    line.insert(at, '*');
}

fn escape(text: &str, out: &mut String) {
    for (i, c) in text.char_indices() {
        if matches!(c, '\\' | '*') || c == '[' && text[i..].starts_with("[^") {
            out.push('\\');
        }
        out.push(c);
    }
}
