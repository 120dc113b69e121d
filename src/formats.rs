//! Readers: `&str` to [`Manuscript`], total, never failing: the worst manuscript gives a poorer model, never an error.

use crate::model::{Manuscript, Reader};

/// Reads a file with the given reader.
pub fn read(path: &str, text: &str, reader: Reader) -> Manuscript {
    Manuscript {
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
        allows: Vec::new(),
    }
}

/// The reader for a file, by the end of its name; `None` where there is none yet.
pub fn reader_for(path: &str, _text: &str) -> Option<Reader> {
    let (_, extension) = path.rsplit_once('.')?;
    match extension {
        "txt" => Some(Reader::Plain),
        "md" | "qmd" | "Rmd" | "markdown" => Some(Reader::Pandoc),
        _ => None,
    }
}
