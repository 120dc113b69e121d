//! The numbers that notes are printed with: counted, set, started anew with each chapter.

use super::commands::Series;
use crate::model::Label;
use crate::text::Span;

/// How a number is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Style {
    #[default]
    Arabic,
    Roman,
    Letter,
    Sign,
}

/// The counters of the note series.
#[derive(Default)]
pub struct Numbers {
    values: [u32; 4],
    pub style: Style,
    /// Notes are numbered by the page: no number is known.
    pub by_page: bool,
    /// Sections start the numbers anew.
    pub by_section: bool,
    /// Chapters do not.
    pub through: bool,
    /// In the front matter chapters have no number, and start none.
    pub unnumbered: bool,
    scope: usize,
}

impl Numbers {
    pub fn scope(&self) -> usize {
        self.scope
    }

    pub fn value(&self, series: Series) -> u32 {
        self.values[series as usize]
    }

    pub fn step(&mut self, series: Series) -> u32 {
        let value = &mut self.values[series as usize];
        *value = value.saturating_add(1);
        *value
    }

    /// Sets a counter; the next note has the number behind it.
    pub fn set(&mut self, series: Series, value: u32) {
        // Zero begins a numbering; another number goes on with one.
        if value == 0 && self.values[series as usize] > 0 {
            self.scope += 1;
        }
        self.values[series as usize] = value;
    }

    /// A numbered chapter (depth 0) or section (depth 1) begins.
    pub fn heading(&mut self, depth: i8) {
        let restarts = depth == 0 && !self.through && !self.unnumbered || depth == 1 && self.by_section;
        let restarting = [Series::Foot as usize, Series::Side as usize];
        if restarts {
            // Endnotes are counted through the whole work.
            self.scope += usize::from(restarting.iter().any(|s| self.values[*s] > 0));
            restarting.iter().for_each(|s| self.values[*s] = 0);
        }
    }

    /// The label of a note as printed.
    pub fn label(&self, series: Series, number: u32, span: Span) -> Label {
        let style = if series == Series::Thanks { Style::Sign } else { self.style };
        let known = !self.by_page && style == Style::Arabic && series != Series::Side;
        Label { text: printed(number, style), number: known.then_some(number), span }
    }
}

fn printed(number: u32, style: Style) -> String {
    const SIGNS: [&str; 9] = ["*", "†", "‡", "§", "¶", "‖", "**", "††", "‡‡"];
    let beyond = || number.to_string();
    match style {
        Style::Arabic => beyond(),
        Style::Sign => SIGNS.get((number as usize).wrapping_sub(1)).map_or_else(beyond, |s| (*s).to_owned()),
        Style::Letter if (1..=26).contains(&number) => char::from(b'a' + (number - 1) as u8).to_string(),
        Style::Letter => beyond(),
        Style::Roman => roman(number).unwrap_or_else(beyond),
    }
}

fn roman(mut number: u32) -> Option<String> {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while number >= value {
            out += digit;
            number -= value;
        }
    }
    Some(out)
}
