//! What each Ibid. and short form stands for, said beside it.

use super::prose::{self, Prose};
use crate::analysis::{Analysis, CiteId, FileId, How, Resolution, SourceId};
use crate::citation::Form;
use crate::text::Span;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// The byte it stands before.
    pub at: u32,
    /// `→ n. 4: Getty, Origins of the Great…`
    pub label: String,
    /// The source as it is cited in full.
    pub tooltip: Prose,
}

/// How many letters of author and title a hint shows.
const WIDTH: usize = 40;

/// Beside which citations hints stand.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Beside {
    Nothing,
    /// Those that say nothing of their source themselves: Ibid., Idem and the like.
    Ibid,
    /// Short forms too.
    #[default]
    All,
}

/// Hints for a stretch of a file, in reading order. Nothing beside full citations, commentary and what is unresolved.
pub fn hints(analysis: &Analysis, file: FileId, stretch: Span, beside: Beside) -> Vec<Hint> {
    let named = |id: CiteId| matches!(analysis.citation(id).form, Form::Short | Form::OpCit | Form::Supra);
    let there = |id: &CiteId| {
        let place = analysis.citations[*id].place;
        let wanted = beside == Beside::All || beside == Beside::Ibid && !named(*id);
        wanted && place.file == file && place.span.start <= stretch.end && stretch.start <= place.span.end
    };
    (0..analysis.citations.len()).filter(there).filter_map(|id| hint(analysis, id)).collect()
}

fn hint(analysis: &Analysis, id: CiteId) -> Option<Hint> {
    let citation = analysis.citation(id);
    let back = matches!(
        citation.form,
        Form::Short | Form::Ibid | Form::Idem | Form::Id | Form::OpCit | Form::LocCit | Form::Supra
    );
    if !back {
        return None;
    }
    let mut tooltip = Prose::default();
    let label = match &analysis.citations[id].resolution {
        Some(Resolution::Exact { source, how, .. }) => {
            if analysis.sources[*source].definition == id {
                return None;
            }
            prose::quote_source(analysis, *source, &mut tooltip);
            exact(analysis, id, *source, *how)
        }
        Some(Resolution::Ambiguous { candidates, .. }) => {
            candidates.iter().for_each(|s| prose::quote_source(analysis, *s, &mut tooltip));
            "→ ?".to_owned()
        }
        _ => return None,
    };
    let cue = citation.cue.filter(|_| matches!(citation.form, Form::Ibid | Form::Id));
    let at = analysis.place(id, cue.unwrap_or(citation.span)).span.end;
    Some(Hint { at, label, tooltip })
}

fn exact(analysis: &Analysis, id: CiteId, source: SourceId, how: How) -> String {
    let arrow = if how.fuzzy { "≈" } else { "→" };
    let note = prose::note_of(analysis, analysis.sources[source].definition);
    let named = analysis.citation(id).pointer.as_ref().and_then(|p| p.notes.first()).map(|(number, _)| *number);
    match named {
        Some(named) if how.pointer_mismatch => format!("{arrow} {note} (not {named})"),
        _ => format!("{arrow} {note}: {}", prose::name_of(analysis, source, WIDTH)),
    }
}
