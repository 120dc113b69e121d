//! Signs for ayn and hamza: one name typed now with the one, now with the other.

use super::book::{Book, MentionId, SpellingId};
use super::variants::{Cluster, Form, Why};

/// Names of the prose that stand with both.
pub fn drifts(book: &Book) -> Vec<Cluster> {
    (0..book.spellings.len()).filter(|id| book.is_name(*id)).filter_map(|id| drift(book, id)).collect()
}

fn drift(book: &Book, id: SpellingId) -> Option<Cluster> {
    let of = |signs: (bool, bool)| -> Vec<MentionId> {
        let mentions = book.spellings[id].prose.iter().filter(|m| book.mention(**m).signs == signs);
        mentions.copied().collect()
    };
    let form = |mentions: Vec<MentionId>| {
        let text = mentions.first().map(|m| book.typed(*m))?;
        Some(Form { id, text, scheme: None, mentions, reason: String::new() })
    };
    let mut forms = vec![form(of((true, false)))?, form(of((false, true)))?];
    forms.sort_by_key(|f| (std::cmp::Reverse(f.mentions.len()), f.mentions.first().copied()));
    let preferred = (forms[0].mentions.len() > forms[1].mentions.len()).then_some(0);
    let why = if preferred.is_some() { Why::Majority } else { Why::Tie };
    Some(Cluster { forms, preferred, why, computed: None, original: None, language: None, marks: true })
}
