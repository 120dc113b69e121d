//! New names for things that are spoken of in many places: a note's label, a person, a short title, a citation key.
//!
//! Nothing is changed by half: where one place cannot follow, the answer is a refusal that names it.

pub(super) mod labels;
mod persons;
mod titles;

use super::mentions::{self, Name};
use super::subject::{self, Subject};
use crate::analysis::names::zones::Zone;
use crate::analysis::{Analysis, CiteId, FileId, Place};
use crate::citation::{Form, Title};
use crate::model::Key;
use crate::text::{Edit, Span};

/// What can be renamed at the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renamable {
    pub span: Span,
    /// As it is called now.
    pub name: String,
}

/// A change in one file of the project.
pub type Change = (FileId, Edit);

/// What stands under the cursor, and what it is called.
enum Thing {
    Key(Span, String),
    /// The note, and where its label stands under the cursor.
    Note((FileId, usize), Span),
    Person(Name),
    /// The short title that a citation uses or sets.
    Short(CiteId, Place),
}

/// What a rename at this byte would change.
///
/// # Errors
/// Why nothing can be renamed here, in words for the user.
pub fn prepare(analysis: &Analysis, file: FileId, byte: u32) -> Result<Renamable, String> {
    let (span, name) = match thing(analysis, file, byte)? {
        Thing::Key(span, key) => (span, key),
        Thing::Note((file, note), span) => {
            labels::is_free(analysis, file, note)?;
            (span, analysis.files[file].manuscript.notes[note].label.text.clone())
        }
        Thing::Person(name) => {
            let typed = analysis.text(name.origin).split_whitespace().collect();
            (name.origin.span, typed)
        }
        Thing::Short(_, place) => (place.span, analysis.text(place).to_owned()),
    };
    Ok(Renamable { span, name })
}

/// The changes that call it `to` everywhere, in the order of files and places.
///
/// # Errors
/// Why that cannot be done, in words for the user.
pub fn rename(analysis: &Analysis, file: FileId, byte: u32, to: &str) -> Result<Vec<Change>, String> {
    let to = to.trim();
    if to.is_empty() || to.contains(['\n', '\r']) {
        return Err("a name is one line of text".to_owned());
    }
    let mut changes = match thing(analysis, file, byte)? {
        Thing::Key(_, key) => labels::rename_key(analysis, &key, to)?,
        Thing::Note((file, note), _) => labels::rename(analysis, file, note, to)?,
        Thing::Person(name) => persons::rename(analysis, &name, to)?,
        Thing::Short(id, _) => titles::rename(analysis, id, to)?,
    };
    changes.sort_by_key(|(file, edit)| (*file, edit.span));
    changes.dedup();
    Ok(changes)
}

fn thing(analysis: &Analysis, file: FileId, byte: u32) -> Result<Thing, String> {
    let nothing = || Err("nothing here has a name: notes, persons, short titles and citation keys do".to_owned());
    let Some(facts) = analysis.files.get(file) else { return nothing() };
    if let Some(key) = facts.manuscript.keys.iter().find(|k| k.span.touches(byte)) {
        return Ok(Thing::Key(name_of_key(&facts.manuscript.text, key), key.key.clone()));
    }
    let mut listed = facts.manuscript.entries.iter().filter_map(|e| e.key.as_ref());
    if let Some(key) = listed.find(|k| k.span.touches(byte)) {
        return Ok(Thing::Key(key.span, key.text.clone()));
    }
    if let Some(found) = subject::at(analysis, file, byte) {
        match found {
            (Subject::Mark(mark), _) => {
                let note = analysis.note_of(file, mark);
                let span = facts.manuscript.marks[mark].label.span;
                return note.map(|n| Thing::Note(n, span)).ok_or_else(|| "this mark has no note".to_owned());
            }
            (Subject::Label(note), span) => return Ok(Thing::Note((file, note), span)),
            (Subject::Pointer(_, notes), span) if is_number(span.of(&facts.manuscript.text)) => match notes[..] {
                [note] => return Ok(Thing::Note((file, note), span)),
                _ => return Err("there is no note of that number".to_owned()),
            },
            (Subject::Citation(id), _) => {
                if let Some(found) = title_at(analysis, id, byte) {
                    return found;
                }
            }
            (Subject::Pointer(..), _) => {}
        }
    }
    match mentions::at(analysis, file, byte) {
        Some(name) => match mentions_zone(&name) {
            Zone::Title => Err("this is a title, and a title stays as it is printed".to_owned()),
            _ => Ok(Thing::Person(name)),
        },
        None if is_quoted(analysis, file, byte) => {
            Err("this is a quotation, and its words are another's: they stay as they are".to_owned())
        }
        None => nothing(),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || crate::script::superscript_digit(c).is_some())
}

/// The key itself, without its sign and braces.
fn name_of_key(text: &str, key: &Key) -> Span {
    let at = key.span.of(text).rfind(&key.key);
    at.map_or(key.span, |at| Span::new(at, at + key.key.len()).shift(key.span.start))
}

fn mentions_zone(name: &Name) -> Zone {
    name.mentions.iter().find(|m| m.place == name.origin).map_or(Zone::Prose, |m| m.zone)
}

/// The title of a citation at a byte: a short one can be renamed, one of a full citation cannot.
fn title_at(analysis: &Analysis, id: CiteId, byte: u32) -> Option<Result<Thing, String>> {
    let citation = analysis.citation(id);
    let there = |title: &&Title| analysis.place(id, title.span).span.touches(byte);
    let short = matches!(citation.form, Form::Short | Form::OpCit | Form::Supra);
    let alias = citation.alias.as_ref().filter(there);
    let title = citation.titles.iter().find(there);
    match (alias, title) {
        (Some(alias), _) => Some(Ok(Thing::Short(id, analysis.place(id, alias.span)))),
        (None, Some(title)) if short && analysis.source_of(id).is_some() => {
            Some(Ok(Thing::Short(id, analysis.place(id, title.span))))
        }
        (None, Some(_)) if short => Some(Err("which source this title stands for is not certain".to_owned())),
        (None, Some(_)) => Some(Err("this is the title of a work, and a title stays as it is printed".to_owned())),
        (None, None) => None,
    }
}

/// Whether a byte stands between quotation marks.
fn is_quoted(analysis: &Analysis, file: FileId, byte: u32) -> bool {
    let manuscript = &analysis.files[file].manuscript;
    let note = manuscript.notes.iter().find(|n| n.flow.extent().contains(byte)).map(|n| &n.flow);
    let paragraph = || manuscript.paragraphs.iter().find(|p| p.extent().contains(byte));
    let Some(flow) = note.or_else(paragraph) else { return false };
    let Some(at) = flow.locate(byte) else { return false };
    let before = flow.text.get(..at as usize).unwrap_or_default();
    let line = flow.extent().start as usize;
    let block = manuscript.text[..line].rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let count = |c: char| before.matches(c).count();
    count('“') + count('„') > count('”')
        || count('«') > count('»')
        || count('"') % 2 == 1
        || manuscript.text[block..line].contains('>')
}
