//! What notes are called in print: `[#]` and `[*]` are counted as docutils counts them.

use crate::model::{Label, Manuscript};
use rustc_hash::{FxHashMap, FxHashSet};

/// The signs of `[*]`; the second round doubles them.
const SYMBOLS: [&str; 10] = ["*", "†", "‡", "§", "¶", "#", "♠", "♥", "♦", "♣"];

/// Gives counted notes and their marks the label that is printed.
pub fn count(m: &mut Manuscript) {
    let mut taken: FxHashSet<u32> = m.notes.iter().filter_map(|n| n.label.number).collect();
    let mut next = 1;
    let mut anonymous = Vec::new();
    let mut symbols = Vec::new();
    let mut named: FxHashMap<String, String> = FxHashMap::default();
    for note in &mut m.notes {
        let label = &mut note.label;
        if label.text == "*" {
            let (round, sign) = (symbols.len() / SYMBOLS.len() + 1, SYMBOLS[symbols.len() % SYMBOLS.len()]);
            label.text = sign.repeat(round);
            symbols.push(label.text.clone());
        } else if label.text.starts_with('#') {
            while !taken.insert(next) {
                next += 1;
            }
            let typed = std::mem::replace(&mut label.text, next.to_string());
            label.number = Some(next);
            match typed.as_str() {
                "#" => anonymous.push(label.text.clone()),
                _ => _ = named.entry(typed.to_lowercase()).or_insert_with(|| label.text.clone()),
            }
        }
    }
    let (mut anonymous, mut symbols) = (anonymous.into_iter(), symbols.into_iter());
    for mark in &mut m.marks {
        let label = &mut mark.label;
        let said = match label.text.as_str() {
            "*" => symbols.next(),
            "#" => anonymous.next(),
            typed if typed.starts_with('#') => named.get(&typed.to_lowercase()).cloned(),
            _ => continue,
        };
        if let Some(said) = said {
            *label = Label { number: said.parse().ok(), text: said, span: label.span };
        }
    }
}
