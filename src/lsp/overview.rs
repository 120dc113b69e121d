//! `ibid/sources`, `ibid/names`, `ibid/chain`: what an editor's own views beside the text are made of.
//!
//! Beside the protocol, for editors that ask. The answers: `[{name, orphan, citations: [{label, words, location}]}]`,
//! `[{preferred, spellings: [{text, scheme, locations}]}]`, `[{label, words, location}]`.

use super::documents::View;
use crate::analysis::Place;
use crate::ide::overview::{self, Entry};
use lsp_types::Position;
use serde_json::{Value, json};

pub fn sources(view: &View) -> Value {
    let all = overview::sources(&view.analysis);
    let one =
        |s: &overview::Source| json!({"name": s.name, "orphan": s.orphan, "citations": entries(view, &s.citations)});
    all.iter().map(one).collect()
}

pub fn names(view: &View) -> Value {
    let spelling = |s: &overview::Spelling| {
        let locations: Value = s.places.iter().map(|p| location(view, *p)).collect();
        json!({"text": s.text, "scheme": s.scheme, "locations": locations})
    };
    let one = |n: &overview::Name| json!({"preferred": n.preferred, "spellings": n.spellings.iter().map(spelling).collect::<Value>()});
    overview::names(&view.analysis).iter().map(one).collect()
}

pub fn chain(view: &View, at: Position) -> Value {
    entries(view, &overview::chain(&view.analysis, view.file, view.byte(at)))
}

fn entries(view: &View, entries: &[Entry]) -> Value {
    let one = |e: &Entry| json!({"label": e.label, "words": e.words, "location": location(view, e.place)});
    entries.iter().map(one).collect()
}

fn location(view: &View, place: Place) -> Value {
    json!(view.location(place.file, place.span))
}
