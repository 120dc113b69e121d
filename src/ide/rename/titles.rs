//! Short titles and aliases: every short form of the source that is typed alike, and where the form is set.

use super::Change;
use crate::analysis::{Analysis, CiteId, File};
use crate::citation::{Form, Title};
use crate::formats;
use crate::text::{self, Edit};
use std::sync::Arc;

pub fn rename(analysis: &Analysis, id: CiteId, to: &str) -> Result<Vec<Change>, String> {
    let Some(source) = analysis.source_of(id) else {
        return Err("which source this title stands for is not certain".to_owned());
    };
    let words = |id: CiteId| short(analysis, id).map(|t| &t.words);
    let wanted = words(id);
    let facts = &analysis.sources[source];
    let alike = facts.citations.iter().chain(&facts.aliases).copied().filter(|c| words(*c) == wanted);
    let edit = |id: CiteId| {
        let place = analysis.place(id, short(analysis, id)?.span);
        Some((place.file, Edit::new(place.span, to.to_owned())))
    };
    let mut changes: Vec<Change> = alike.filter_map(edit).collect();
    changes.sort_by_key(|(file, edit)| (*file, edit.span));
    changes.dedup();
    if !keeps_meaning(analysis, &changes) {
        return Err(format!(
            "under “{to}” a reader would no longer find the source: no full citation or alias says so"
        ));
    }
    Ok(changes)
}

/// The short title that a citation uses or sets.
fn short(analysis: &Analysis, id: CiteId) -> Option<&Title> {
    let citation = analysis.citation(id);
    match citation.form {
        Form::Short | Form::OpCit | Form::Supra => citation.titles.first(),
        _ => citation.alias.as_ref(),
    }
}

/// Read anew, every citation stands for what it stood for.
fn keeps_meaning(analysis: &Analysis, changes: &[Change]) -> bool {
    let read = |(i, file): (usize, &Arc<File>)| {
        let edits: Vec<Edit> = changes.iter().filter(|(f, _)| *f == i).map(|(_, e)| e.clone()).collect();
        let old = &file.manuscript;
        let text = text::apply(&old.text, &edits)?;
        Some(Arc::new(File::reread(formats::read(&old.path, &text, old.reader), file)))
    };
    let Some(files) = analysis.files.iter().enumerate().map(read).collect::<Option<Vec<_>>>() else { return false };
    let after = Analysis::new(files, analysis.config.clone());
    let meaning = |analysis: &Analysis| -> Vec<Option<CiteId>> {
        let definition = |id| analysis.source_of(id).map(|s| analysis.sources[s].definition);
        (0..analysis.citations.len()).map(definition).collect()
    };
    meaning(analysis) == meaning(&after)
}
