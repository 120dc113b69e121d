//! Readers: `&str` to [`Manuscript`], total, never failing: the worst manuscript gives a poorer model, never an error.

mod allow;
pub mod bibliography;
mod docx;
mod flow;
mod latex;
mod pandoc;
mod plain;
mod typst;

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
        _ => None,
    }
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
        Reader::Pandoc => {
            pandoc::read(&mut manuscript);
            manuscript.allows = allow::comments(&manuscript);
        }
        Reader::Docx => docx::read(&mut manuscript),
        Reader::Latex => {
            let comments = latex::read(&mut manuscript);
            manuscript.allows = allow::of_comments(&manuscript, &comments);
        }
        Reader::Typst => {
            let comments = typst::read(&mut manuscript);
            manuscript.allows = allow::of_comments(&manuscript, &comments);
        }
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
