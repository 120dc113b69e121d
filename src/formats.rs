//! Readers: `&str` to [`Manuscript`], total, never failing: the worst manuscript gives a poorer model, never an error.

mod allow;
mod asciidoc;
pub mod bibliography;
mod docx;
mod flow;
mod latex;
mod light;
mod org;
mod pandoc;
mod plain;
mod rst;
mod typst;

use crate::config::Config;
use crate::model::{Block, BlockKind, Manuscript, Reader};
use crate::text::Span;

/// The reader for a file, by its name; `None` for files that are no manuscripts.
pub fn reader_for(path: &str, text: &str) -> Option<Reader> {
    let extension = path.rsplit_once('.')?.1;
    match extension.to_ascii_lowercase().as_str() {
        "txt" => Some(Reader::Plain),
        "md" | "markdown"
            if !["[^", "^[", "[@", "[\\^"].iter().any(|sign| text.contains(sign)) && !bibliography::is_named(text) =>
        {
            Some(Reader::Plain)
        }
        "md" | "qmd" | "rmd" | "markdown" => Some(Reader::Pandoc),
        "typ" => Some(Reader::Typst),
        "bib" | "bibtex" => Some(Reader::Bibliography),
        "docx" => Some(Reader::Docx),
        "tex" => Some(Reader::Latex),
        "org" => Some(Reader::Org),
        "rst" | "rest" => Some(Reader::Rst),
        "adoc" | "asciidoc" | "asc" => Some(Reader::AsciiDoc),
        _ => None,
    }
}

/// The reader of a file: what the settings say, else its name.
pub fn reader_of(config: &Config, path: &str, text: &str) -> Option<Reader> {
    config.reader(path).and_then(reader_named).or_else(|| reader_for(path, text))
}

/// The reader that settings call so.
fn reader_named(name: &str) -> Option<Reader> {
    Some(match name {
        "plain" => Reader::Plain,
        "pandoc" => Reader::Pandoc,
        "gfm" => Reader::Gfm,
        "latex" => Reader::Latex,
        "typst" => Reader::Typst,
        "org" => Reader::Org,
        "rst" => Reader::Rst,
        "asciidoc" => Reader::AsciiDoc,
        _ => return None,
    })
}

/// Reads a file with the given reader.
pub fn read(path: &str, text: &str, reader: Reader) -> Manuscript {
    let mut manuscript = Manuscript {
        path: path.to_owned(),
        text: text.to_owned(),
        reader,
        blocks: Vec::new(),
        paragraphs: Vec::new(),
        headings: Vec::new(),
        marks: Vec::new(),
        notes: Vec::new(),
        keys: Vec::new(),
        tears: Vec::new(),
        misread_labels: Vec::new(),
        colonless_labels: Vec::new(),
        escaped_labels: Vec::new(),
        allows: Vec::new(),
        includes: Vec::new(),
        bibliographies: Vec::new(),
        nocite: Vec::new(),
        entries: Vec::new(),
        unreadable: Vec::new(),
    };
    match reader {
        Reader::Plain => plain::read(&mut manuscript),
        Reader::Pandoc | Reader::Gfm => {
            pandoc::read(&mut manuscript);
            manuscript.allows = allow::comments(&manuscript);
        }
        Reader::Docx => docx::read(&mut manuscript),
        Reader::Latex => commented(&mut manuscript, latex::read),
        Reader::Typst => commented(&mut manuscript, typst::read),
        Reader::Org => commented(&mut manuscript, org::read),
        Reader::Rst => commented(&mut manuscript, rst::read),
        Reader::AsciiDoc => commented(&mut manuscript, asciidoc::read),
        Reader::Bibliography => bibliography::read(&mut manuscript),
        Reader::Project => {
            manuscript.blocks.push(Block { kind: BlockKind::Code, span: Span::new(0, text.len()) });
            bibliography::metadata(&mut manuscript, text, 0);
        }
    }
    if reader.is_manuscript() {
        bibliography::section::read(&mut manuscript);
    }
    manuscript
}

/// Reads a manuscript whose reader gives its comments.
fn commented(manuscript: &mut Manuscript, read: impl FnOnce(&mut Manuscript) -> Vec<Span>) {
    let comments = read(manuscript);
    manuscript.allows = allow::of_comments(manuscript, &comments);
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_reader_of_the_settings_is_known() {
        assert!(crate::config::READERS.iter().all(|name| super::reader_named(name).is_some()));
    }
}
