//! Word documents (`*.docx`) as text: a paragraph is a line, notes follow the text that they are of.
//!
//! The rendition is *the file as read*: lines, columns and bytes of reports count in it, and there is no way back from it. Signs:
//! `# ` a heading (by level), `> ` a quotation set off, `*…*` emphasis, `[^12]` a mark with the number that is printed, `[^12]: `
//! its note at the beginning of a line, further paragraphs of the note indented by four spaces; `\` before a sign that the
//! document itself has. Tracked insertions are kept, deletions and comments left out; of fields the results.

mod parts;
mod story;
mod styles;

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A part may not unpack to more than so many bytes, nor to more than so many times the file: what does is no manuscript.
const LARGEST: u64 = 256 << 20;
const DENSEST: u64 = 400;

/// The text of a document.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let Some(document) = package.part(&main)? else { return Err(format!("it has no {main}")) };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut other = |name: &str| package.part(&format!("{folder}/{name}"));
    let styles = other("styles.xml")?.map(|xml| styles::Styles::new(&xml)).unwrap_or_default();
    let restarts = other("settings.xml")?.is_some_and(|xml| parts::restarts_each_section(&xml));
    let mut notes = |name: &str| -> Result<_, String> {
        let xml = other(name)?.unwrap_or_default();
        parts::notes(&xml, &styles).map_err(|e| format!("{name}: {e}"))
    };
    let (footnotes, endnotes) = (notes("footnotes.xml")?, notes("endnotes.xml")?);
    parts::document(&document, &styles, footnotes, endnotes, restarts).map_err(|e| format!("{main}: {e}"))
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    largest: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Result<Package<'a>, String> {
        if !bytes.starts_with(b"PK") {
            return Err("it is another kind of file".to_owned());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "it is cut short or damaged".to_owned())?;
        Ok(Package { archive, largest: LARGEST.min((bytes.len() as u64).saturating_mul(DENSEST)) })
    }

    /// A part by its name; `None` if there is none.
    fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let part = match self.archive.by_name(name.trim_start_matches('/')) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(format!("its part {name} is damaged")),
        };
        let mut bytes = Vec::new();
        part.take(self.largest + 1).read_to_end(&mut bytes).map_err(|_| format!("its part {name} is damaged"))?;
        if bytes.len() as u64 > self.largest {
            return Err(format!("its part {name} unpacks to more than {} MB", self.largest >> 20));
        }
        let (text, _) = super::decode(bytes).map_err(|at| format!("its part {name} is not text at byte {at}"))?;
        Ok(Some(text))
    }

    /// The name of the part that holds the text.
    fn main_part(&mut self) -> Result<String, String> {
        let relations = self.part("_rels/.rels")?.unwrap_or_default();
        let target = parts::office_document(&relations).unwrap_or_else(|| "word/document.xml".to_owned());
        Ok(target.trim_start_matches('/').to_owned())
    }
}

#[cfg(test)]
mod tests;
