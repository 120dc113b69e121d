//! Ibid. written out as the short form of its source: before notes are moved, or because the style wants it.

use super::wording::short_form;
use super::{Change, flow, kept, typed};
use crate::analysis::{Analysis, CiteId, FileId, Resolution};
use crate::citation::{Certainty, Form, Kind};
use crate::text::{Edit, Span};

/// The edits that write out the chosen Ibid. of a file. What stands for no one source surely, or whose page cannot be told,
/// stays.
pub fn expand(analysis: &Analysis, file: FileId, chosen: impl Fn(CiteId) -> bool) -> Vec<Edit> {
    let ibids = analysis.citations_of(file).filter(|(id, c)| matches!(c.form, Form::Ibid | Form::Id) && chosen(*id));
    kept(analysis, file, ibids.filter_map(|(id, _)| change(analysis, id)).collect())
}

fn change(analysis: &Analysis, id: CiteId) -> Option<Change> {
    let citation = analysis.citation(id);
    let Some(Resolution::Exact { source, how, .. }) = &analysis.citations[id].resolution else { return None };
    let cue = citation.cue.filter(|_| citation.certainty == Certainty::Sure && !how.forward)?;
    let name = short_form(analysis, analysis.citations[id].place.file, *source)?;
    let words = flow(analysis, id);
    let tail = Span { start: cue.end, end: citation.span.end.max(cue.end) };
    let said = tail.of(words).trim_start_matches([',', ' ', '\u{a0}']);
    let cited = &analysis.citations[id];
    let flow = &analysis.files[cited.place.file].manuscript.notes[cited.note?].flow;
    let mut gone = flow.dressed(cue);
    let mut written = name.clone();
    if said.is_empty() {
        match inherited(analysis, id) {
            Pages::Of(pages) => written = join(&name, &pages),
            Pages::Whole => {}
            Pages::Doubtful => return None,
        }
        let rest = words[cue.end as usize..].trim_start();
        let ends = rest.is_empty() || rest.starts_with(char::is_uppercase);
        if cue.of(words).ends_with('.') && ends && !written.ends_with('.') {
            written.push('.');
        }
    } else {
        // the signs between cue and locator go with the cue
        let start = tail.end - said.len() as u32;
        gone.end = flow.dressed(Span { start, end: tail.end }).start.max(gone.end);
        written = join(&name, "");
    }
    Some(Change { id, edit: Edit::new(gone, written) })
}

/// Words and pages with the comma between them, inside the quotation mark where the title has it there.
fn join(name: &str, pages: &str) -> String {
    let inside = name.ends_with(",\"") || name.ends_with(",”") || name.ends_with(",’");
    format!("{name}{}{pages}", if inside { " " } else { ", " })
}

enum Pages {
    Of(String),
    Whole,
    Doubtful,
}

/// The pages a bare Ibid. repeats: those of what it leans on.
fn inherited(analysis: &Analysis, id: CiteId) -> Pages {
    let mut at = id;
    for _ in 0..64 {
        let Some(before) = analysis.antecedent(at).filter(|b| *b < at) else { return Pages::Doubtful };
        let citation = analysis.citation(before);
        let extent = citation.form == Form::Full && matches!(citation.kind, Kind::Article | Kind::Chapter);
        match &citation.locators {
            Some(_) if extent => return Pages::Doubtful,
            Some(locators) => return Pages::Of(typed(analysis, before, locators.span)),
            None if matches!(citation.form, Form::Ibid | Form::Id) => at = before,
            None => return Pages::Whole,
        }
    }
    Pages::Doubtful
}
