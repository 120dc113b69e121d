//! Labels of notes with everything that sends a reader there; citation keys.

use super::{Change, name_of_key};
use crate::analysis::{Analysis, FileId};
use crate::ide::subject;
use crate::script::superscript_digit;
use crate::text::{Edit, Span};

/// Whether a note has a label that can be changed.
///
/// # Errors
/// Why it cannot.
pub fn is_free(analysis: &Analysis, file: FileId, note: usize) -> Result<(), String> {
    let manuscript = &analysis.files[file].manuscript;
    let note = &manuscript.notes[note];
    if note.inline {
        return Err("a note typed at its mark has no label".to_owned());
    }
    if plain(note.label.span.of(&manuscript.text)) != note.label.text {
        return Err("the number of this note is not typed here: it is counted".to_owned());
    }
    Ok(())
}

/// The label of a note, its marks, and every pointer that names it.
pub fn rename(analysis: &Analysis, file: FileId, note: usize, to: &str) -> Result<Vec<Change>, String> {
    is_free(analysis, file, note)?;
    let manuscript = &analysis.files[file].manuscript;
    let numbering = &analysis.notes[file];
    let label = &manuscript.notes[note].label;
    let scope = numbering.scope_of_note[note];
    let to = plain(to);
    let taken = (0..manuscript.notes.len())
        .any(|n| n != note && numbering.scope_of_note[n] == scope && manuscript.notes[n].label.text == to);
    if taken {
        return Err(format!("there is a note {to} already"));
    }
    if to.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^')) {
        return Err(format!("“{to}” cannot be the label of a note: it has spaces or brackets in it"));
    }
    let pointers = pointers(analysis, file, note);
    let is_number = to.bytes().all(|b| b.is_ascii_digit());
    if label.number.is_some() && !is_number && !pointers.is_empty() {
        return Err(format!(
            "{} points at note {} by its number: a word cannot stand there",
            pointers[0].1, label.text
        ));
    }
    if label.number.is_some() && !is_number && raised(label.span.of(&manuscript.text)) {
        return Err("a raised number can only become another number".to_owned());
    }
    Ok(everywhere(analysis, file, note, &to))
}

/// A new label at the note, at its marks and wherever it is pointed at.
pub fn everywhere(analysis: &Analysis, file: FileId, note: usize, to: &str) -> Vec<Change> {
    let manuscript = |file: FileId| &analysis.files[file].manuscript;
    let marks = analysis.marks_of(file, note).into_iter().map(|(f, mark)| (f, manuscript(f).marks[mark].label.span));
    let pointers = pointers(analysis, file, note).into_iter().map(|(span, _)| (file, span));
    let all = marks.chain(pointers).chain([(file, manuscript(file).notes[note].label.span)]);
    all.map(|(f, span)| (f, Edit::new(span, dressed(span.of(&manuscript(f).text), to)))).collect()
}

/// Where other notes type the number of this one, and how they are called.
fn pointers(analysis: &Analysis, file: FileId, note: usize) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for (id, citation) in analysis.citations_of(file) {
        let Some(pointer) = &citation.pointer else { continue };
        for (named, span) in subject::named_notes(analysis, id, pointer) {
            if named == Some(note) {
                found.push((span, analysis.numbered(id)));
            }
        }
    }
    found
}

/// Raised digits as ordinary ones.
fn plain(text: &str) -> String {
    text.chars().map(|c| superscript_digit(c).unwrap_or(c)).collect()
}

fn raised(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| superscript_digit(c).is_some())
}

/// The new label in the digits of the old one.
fn dressed(old: &str, to: &str) -> String {
    if !raised(old) {
        return to.to_owned();
    }
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    to.chars().map(|c| c.to_digit(10).map_or(c, |d| RAISED[d as usize])).collect()
}

/// Every place of a citation key in the project, in manuscripts and in source lists.
pub fn rename_key(analysis: &Analysis, key: &str, to: &str) -> Result<Vec<Change>, String> {
    let to = to.trim_start_matches('@');
    let fits = |c: char| c.is_alphanumeric() || "_-:./+#".contains(c);
    if !to.starts_with(|c: char| c.is_alphanumeric() || c == '_') || !to.chars().all(fits) {
        return Err(format!("“{to}” cannot be a citation key: letters, digits and _-:./+# can"));
    }
    let keys =
        || analysis.files.iter().enumerate().flat_map(|(f, file)| file.manuscript.keys.iter().map(move |k| (f, k)));
    let entries = || {
        let of_file = |(f, file): (FileId, &'_ std::sync::Arc<crate::analysis::File>)| {
            let keys = file.manuscript.entries.iter().filter_map(|e| e.key.as_ref());
            keys.map(|k| (f, k.text.clone(), k.span)).collect::<Vec<_>>()
        };
        analysis.files.iter().enumerate().flat_map(of_file)
    };
    if keys().any(|(_, k)| k.key == to) || entries().any(|(_, text, _)| text == to) {
        return Err(format!("the key {to} is another source's"));
    }
    let own = keys().filter(|(_, k)| k.key == key);
    let edit = |(file, k): (FileId, _)| {
        (file, Edit::new(name_of_key(&analysis.files[file].manuscript.text, k), to.to_owned()))
    };
    let listed = entries().filter(|(_, text, _)| text == key);
    let listed = listed.map(|(file, _, span)| (file, Edit::new(span, to.to_owned())));
    Ok(own.map(edit).chain(listed).collect())
}
