//! The house style of a manuscript that asks for its own: what most of its notes do.

use super::File;
use crate::citation::{Citation, Form, Kind};
use crate::config::Profile;
use std::sync::Arc;

/// What speaks for one style or another, counted.
#[derive(Debug, Default)]
struct Habits {
    ibid: usize,
    with_stop: usize,
    lower_case: usize,
    id: usize,
    /// `supra note 3`
    supra: usize,
    /// `(n 3)`
    bracketed: usize,
    /// `above n 3`
    above: usize,
    short: usize,
    /// Files by fond and opis'.
    fonds: usize,
}

/// The profile that fits best, and why in words. A manuscript that shows too little gets the default one.
pub fn infer(files: &[Arc<File>]) -> (Profile, String) {
    let mut habits = Habits::default();
    for file in files {
        for (note, citations) in file.manuscript.notes.iter().zip(&file.notes) {
            citations.iter().for_each(|c| habits.count(&note.flow.text, c));
        }
    }
    habits.verdict()
}

impl Habits {
    fn count(&mut self, text: &str, citation: &Citation) {
        if let (Form::Ibid, Some(cue)) = (citation.form, citation.cue) {
            let word = cue.of(text);
            self.ibid += 1;
            self.with_stop += usize::from(word.ends_with('.'));
            self.lower_case += usize::from(citation.signal.is_none() && word.starts_with(char::is_lowercase));
        }
        self.id += usize::from(citation.form == Form::Id);
        self.short += usize::from(citation.form == Form::Short);
        if let Some(pointer) = citation.pointer.as_ref().filter(|p| !p.notes.is_empty()) {
            let said = pointer.span.of(text);
            let before = text[..pointer.span.start as usize].trim_end();
            self.bracketed += usize::from(before.ends_with('(') && (said.starts_with("n ") || said.starts_with("nn ")));
            self.above += usize::from(said.starts_with("above n "));
            self.supra += usize::from(said.starts_with("supra") || before.ends_with("supra"));
        }
        let fond = citation.archive.as_ref().is_some_and(|a| {
            let signs: Vec<&str> = a.levels.iter().map(|l| l.sign.of(text).trim_end_matches('.')).collect();
            signs.contains(&"f") && signs.contains(&"op")
        });
        self.fonds += usize::from(citation.kind == Kind::Archival && fond);
    }

    fn verdict(&self) -> (Profile, String) {
        let mostly = |n: usize| 2 * n > self.ibid;
        let bare = self.ibid >= 3 && !mostly(self.with_stop);
        let ibids = || format!("{} of {} Ibid. have a stop", self.with_stop, self.ibid);
        if self.bracketed >= 2 && bare && !mostly(self.lower_case) {
            (Profile::Aglc4, format!("{}, {} pointers like (n 3)", ibids(), self.bracketed))
        } else if self.bracketed >= 2 && (bare || self.ibid == 0) {
            (Profile::Oscola, format!("{}, {} pointers like (n 3)", ibids(), self.bracketed))
        } else if self.above >= 2 && self.above > self.ibid {
            (Profile::NzLaw, format!("{} pointers like \"above n 3\"", self.above))
        } else if self.supra >= 2 && bare {
            (Profile::McGill, format!("{}, {} pointers like \"supra note 3\"", ibids(), self.supra))
        } else if self.id + self.supra >= 3 && self.id + self.supra > self.ibid {
            (Profile::Bluebook, format!("{} times \"Id.\", {} pointers like \"supra note 3\"", self.id, self.supra))
        } else if self.fonds >= 5 {
            (Profile::SlavicHistory, format!("{} files cited by fond and opis'", self.fonds))
        } else if self.ibid == 0 && self.short >= 5 {
            (Profile::Chicago17, format!("{} short forms and no Ibid.", self.short))
        } else if self.ibid > 0 {
            (Profile::ChicagoIbid, ibids())
        } else {
            (Profile::default(), "nothing speaks for another style".to_owned())
        }
    }
}
