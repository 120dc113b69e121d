//! A stretch of a note's tokens, and what can be counted in it.

use super::lexicon::Cue;
use super::locator::{self, Found};
use super::names;
use super::token::{Kind, Lexed};
use std::ops::Range;

/// A stretch that may be one citation.
#[derive(Clone, Copy)]
pub struct Piece<'l, 'a> {
    pub lexed: &'l Lexed<'a>,
    pub from: usize,
    pub to: usize,
}

impl Lexed<'_> {
    /// Behind the last author: `: Title`, `(Hg.): Title`.
    pub fn titles_follow(&self, end: usize) -> bool {
        let close = || (end + 2..end + 5).find(|i| self.tokens.get(*i).is_some_and(|t| t.kind == Kind::Close));
        let role = self.tokens.get(end).is_some_and(|t| t.kind == Kind::Open) && self.cue(end + 1).has(Cue::EDITOR);
        self.is(end, ':') || role && close().is_some_and(|c| self.is(c + 1, ':'))
    }
}

impl<'l, 'a> Piece<'l, 'a> {
    pub fn new(lexed: &'l Lexed<'a>, from: usize, to: usize) -> Piece<'l, 'a> {
        Piece { lexed, from, to }
    }

    pub fn tokens(self) -> Range<usize> {
        self.from..self.to
    }

    pub fn cue(self, i: usize) -> Cue {
        if i < self.to { self.lexed.cue(i) } else { Cue::NONE }
    }

    /// The first token behind a span.
    pub fn behind(self, span: crate::text::Span) -> usize {
        self.tokens().find(|i| self.lexed.tokens[*i].span.start >= span.end).unwrap_or(self.to)
    }

    /// Without signs that only separate: stops, commas, dashes at its ends.
    pub fn trimmed(mut self) -> Piece<'l, 'a> {
        let separates =
            |i: usize| matches!(self.lexed.tokens[i].kind, Kind::Sign(';' | ',' | '-' | '–' | '—' | ':' | '.'));
        while self.from < self.to && separates(self.from) {
            self.from += 1;
        }
        while self.to > self.from && separates(self.to - 1) {
            self.to -= 1;
        }
        self
    }

    /// The piece without the words that only lead to it: `See also`, `Vgl.` And where it begins.
    pub fn core(self) -> Piece<'l, 'a> {
        let mut core = self;
        for _ in 0..3 {
            let Some(after) = core.signal() else { break };
            core.from = after;
            while core.from < core.to && (self.lexed.is(core.from, ',') || self.lexed.is(core.from, ':')) {
                core.from += 1;
            }
        }
        core.led_in()
    }

    /// `On the culture of denunciation, see Fitzpatrick, …`: the lead-in is part of the signal.
    fn led_in(self) -> Piece<'l, 'a> {
        let lexed = self.lexed;
        if !lexed.cues.has(Cue::SEE) {
            return self;
        }
        let see = |i: &usize| {
            let token = &lexed.tokens[*i];
            let after = *i + token.cue_len as usize + usize::from(lexed.is(*i + token.cue_len as usize, '.'));
            let named = self.cue(after).has(Cue::IBID | Cue::OPCIT)
                || Piece { from: after.min(self.to), ..self }
                    .authors()
                    .is_some_and(|(_, end)| lexed.is(end, ',') || lexed.titles_follow(end));
            token.cue.has(Cue::SEE) && !token.guarded() && named
        };
        match self.tokens().skip(2).find(see) {
            Some(i) if self.authors().is_none_or(|(_, end)| end > i || !lexed.is(end, ',')) => {
                let after = i + lexed.tokens[i].cue_len as usize;
                Piece { from: after + usize::from(lexed.is(after, '.')), ..self }
            }
            _ => self,
        }
    }

    /// The token behind a signal that begins the piece.
    pub fn signal(self) -> Option<usize> {
        let open = usize::from(self.lexed.tokens.get(self.from).is_some_and(|t| t.kind == Kind::Open));
        let at = self.from + open;
        let token = self.lexed.tokens.get(at).filter(|_| at < self.to)?;
        let word = self.lexed.folded(at);
        // `S. Anm. 4` sees a note; `S. 12` is a page, `S. Freud` a man.
        let german_see = word == "s"
            && self.lexed.is(at + 1, '.')
            && self.cue(at + 2).has(Cue::NOTE | Cue::XREF | Cue::BACK | Cue::FORWARD);
        let initial = token.capital && token.span.len() == 1 && token.cue_len == 1 && self.lexed.is(at + 1, '.');
        let joined = matches!(
            word,
            "so" | "nach" | "ver" | "sobre" | "por" | "per" | "zu" | "dazu" | "etwa" | "statt" | "anders" | "v"
        );
        let counts = token.cue.has(Cue::SIGNAL)
            && !(initial && !german_see)
            && !token.quoted
            && !(joined && !token.capital && self.from == 0);
        if !counts && !german_see {
            return None;
        }
        let mut after = at + token.cue_len as usize;
        while after < self.to && (self.lexed.is(after, '.') || self.lexed.is(after, ',') || self.lexed.is(after, ':')) {
            after += 1;
        }
        (after < self.to).then_some(after)
    }

    /// Words of prose: function words and all words, a quotation or an emphasised title counting as one.
    pub fn prose(self) -> (usize, usize) {
        let (mut stops, mut words, mut inside) = (0, 0, false);
        for i in self.tokens() {
            let token = &self.lexed.tokens[i];
            let title = token.quoted || token.emphasised;
            if title {
                words += usize::from(!inside);
            } else if token.is_word() {
                words += 1;
                stops += usize::from(token.cue.has(Cue::STOP));
            }
            inside = title;
        }
        (stops, words)
    }

    pub fn stop_ratio(self) -> f32 {
        let (stops, words) = self.prose();
        if words == 0 { 0.0 } else { stops as f32 / words as f32 }
    }

    /// The year it gives, outside titles; one in brackets rather than another. Spans of years count in brackets and behind a title.
    pub fn year(self) -> Option<usize> {
        let plain = |i: &usize| !self.lexed.tokens[*i].quoted && !self.lexed.tokens[*i].emphasised && self.is_year(*i);
        let bracketed = self.tokens().find(|i| self.lexed.tokens[*i].depth > 0 && plain(i));
        bracketed.or_else(|| self.tokens().find(plain))
    }

    fn is_year(self, i: usize) -> bool {
        let Some(n) = self.lexed.tokens[i].number() else { return false };
        let beside =
            |i: usize| matches!(self.lexed.tokens.get(i).map(|t| t.kind), Some(Kind::Sign('-' | '–' | '/' | '—')));
        let spanned = beside(i + 1) && self.lexed.tokens.get(i + 2).is_some_and(|t| t.number().is_some() || !t.spaced)
            || i > 0 && beside(i - 1);
        // `1876 bis 1945`
        let span_word = |n: usize| matches!(self.lexed.folded(n), "bis" | "to" | "al" | "until" | "до" | "do");
        let until = span_word(i + 1) && self.lexed.tokens.get(i + 2).is_some_and(|t| t.number().is_some())
            || i > 1 && span_word(i - 1) && self.lexed.tokens[i - 2].number().is_some();
        let titled = spanned && (self.from..i).any(|n| self.lexed.tokens[n].emphasised || self.lexed.tokens[n].quoted);
        let counted = i > 0 && self.lexed.cue(i - 1).has(Cue::PAGE | Cue::PAGES)
            || i > 1
                && self.lexed.is(i - 1, '.')
                && self.lexed.cue(i - 2).has(Cue::PAGE | Cue::PAGES | Cue::LEAF | Cue::ANY_PAGES);
        (1400..2100).contains(&n)
            && self.lexed.tokens[i].span.len() == 4
            && !counted
            && !until
            && (!spanned || self.lexed.tokens[i].depth > 0 || titled)
    }

    /// A year in brackets, and the bracket that closes behind it.
    pub fn bracketed_year(self) -> Option<usize> {
        let year = self
            .tokens()
            .find(|i| self.is_year(*i) && self.lexed.tokens[*i].depth > 0 && !self.lexed.tokens[*i].quoted)?;
        (year..self.to).find(|i| self.lexed.tokens[*i].kind == Kind::Close)
    }

    pub fn has_title(self) -> bool {
        self.quotation().is_some() || self.emphasis().is_some()
    }

    /// The first quotation of some length in it.
    pub fn quotation(self) -> Option<super::token::Quotation> {
        self.lexed.quotations.iter().copied().find(|q| q.open >= self.from && q.close < self.to && q.close > q.open + 1)
    }

    /// The first emphasised stretch: token range.
    pub fn emphasis(self) -> Option<Range<usize>> {
        let start = self.tokens().find(|i| self.lexed.tokens[*i].emphasised && !self.lexed.tokens[*i].quoted)?;
        let end = (start..self.to).find(|i| !self.lexed.tokens[*i].emphasised).unwrap_or(self.to);
        Some(start..end)
    }

    /// The last list of places in it.
    pub fn locators(self) -> Option<Found> {
        let mut found = None;
        let mut i = self.from;
        while i < self.to {
            match locator::labelled(self.lexed, i, self.to) {
                Some(f) if self.lexed.tokens[i].depth == 0 || found.is_none() => {
                    i = f.to;
                    found = Some(f);
                }
                _ => i += 1,
            }
        }
        let bare =
            |piece: Piece| locator::bare(piece.lexed, piece.from, piece.to).filter(|b| !self.dates(b.from, b.to));
        let bare = bare(self).or_else(|| bare(self.before_remark()?));
        match (found, bare) {
            (Some(f), Some(b)) if f.to < b.from && f.locators.unit == super::Unit::Other => Some(b),
            (Some(f), _) => Some(f),
            (None, b) => b,
        }
    }

    /// What stands before a remark in brackets at the end: `154 (emphasis in the original)`.
    fn before_remark(self) -> Option<Piece<'l, 'a>> {
        let tokens = &self.lexed.tokens;
        let last = self.to.checked_sub(1).filter(|i| *i > self.from && tokens[*i].kind == Kind::Close)?;
        let open = (self.from..last).rev().find(|i| matches!(tokens[*i].kind, Kind::Open | Kind::Close))?;
        let remark = tokens[open].kind == Kind::Open
            && tokens.get(open + 1).is_some_and(|t| t.is_word() && !t.capital)
            && (open..last).all(|i| tokens[i].number().is_none());
        remark.then_some(Piece { to: open, ..self })
    }

    /// What looks like bare pages is the year of the work or a date.
    fn dates(self, from: usize, to: usize) -> bool {
        let year = self.year();
        let first = self.lexed.tokens[from].number();
        let years = |n: Option<u32>| n.is_some_and(|n| (1400..2100).contains(&n));
        if to - from == 3 && years(first) && years(self.lexed.tokens[to - 1].number()) && !self.has_earlier_year(from) {
            return true;
        }
        to - from == 1
            && (year == Some(from) || first.is_some_and(|n| (1400..2100).contains(&n)) && !self.has_earlier_year(from))
    }

    fn has_earlier_year(self, before: usize) -> bool {
        Piece { to: before, ..self }.year().is_some()
    }

    /// `no. 8`, `№ 8`, `6, 3 (1912)`, `78 (1979)`
    pub fn volume(self) -> bool {
        self.tokens().any(|i| {
            let token = &self.lexed.tokens[i];
            let number_at = |n: usize| {
                self.lexed.tokens.get(n).is_some_and(|t| {
                    t.number().is_some() || t.is_word() && locator::roman(t.span.of(self.lexed.text)).is_some()
                })
            };
            let stop = usize::from(self.lexed.is(i + 1, '.') || self.lexed.is(i + 1, '°'));
            let signed = token.cue.has(Cue::VOLUME) && !token.quoted && number_at(i + 1 + stop);
            let year_behind = |n: usize| {
                self.lexed.tokens.get(n).is_some_and(|t| t.kind == Kind::Open) && n + 1 < self.to && self.is_year(n + 1)
            };
            let numbered = token.number().is_some() && !token.quoted && year_behind(i + 1);
            signed || numbered
        })
    }

    /// A place and a publisher with the year: `(London, 1980)`, `Paris, Armand Colin, 1949`, `М., 1996`.
    pub fn imprint(self) -> bool {
        let Some(year) = self.year() else { return false };
        let lexed = self.lexed;
        if lexed.tokens[year].depth > 0 {
            let open = (self.from..year).rev().find(|i| lexed.tokens[*i].kind == Kind::Open).unwrap_or(year);
            return (open..year).any(|i| lexed.tokens[i].is_word() && lexed.tokens[i].capital)
                || lexed.tokens.get(year + 1).is_some_and(|t| t.kind == Kind::Close);
        }
        let before = if year > self.from && lexed.is(year - 1, ',') { year - 1 } else { year };
        let place = before > self.from
            && lexed.tokens[before - 1].is_word()
            && lexed.tokens[before - 1].capital
            && !lexed.cue(before - 1).has(Cue::MONTH);
        let colon = (self.from..year)
            .any(|i| lexed.is(i, ':') && year - i < 12 && i > self.from && lexed.tokens[i - 1].capital);
        let moscow =
            (self.from..year).any(|i| matches!(lexed.of(i), "М" | "СПб" | "Л" | "Пг" | "M") && lexed.is(i + 1, '.'));
        place || colon || moscow
    }

    /// A day, a month and a year.
    pub fn date(self) -> bool {
        self.tokens().any(|i| {
            let lexed = self.lexed;
            let token = &lexed.tokens[i];
            if !token.cue.has(Cue::MONTH) || token.quoted {
                return false;
            }
            let number = |n: usize| lexed.tokens.get(n).filter(|_| n < self.to).and_then(|t| t.number());
            let day = |n: Option<u32>| n.is_some_and(|n| (1..=31).contains(&n));
            let year = |n: Option<u32>| n.is_some_and(|n| (1400..2100).contains(&n));
            let stop = usize::from(lexed.is(i + 1, '.'));
            let back = |n: usize| i.checked_sub(n).filter(|b| *b >= self.from).and_then(number);
            let day_before =
                day(back(1)) || (i >= 2 && (lexed.is(i - 1, '.') || lexed.folded(i - 1) == "de")) && day(back(2));
            let mut next = i + 1 + stop;
            while next < self.to && (lexed.is(next, ',') || lexed.folded(next) == "de") {
                next += 1;
            }
            let american = day(number(i + 1 + stop))
                && (lexed.is(i + 2 + stop, ',') && year(number(i + 3 + stop)) || year(number(i + 2 + stop)));
            day_before && (year(number(next)) || year(back(3)) && (i >= 2 && lexed.is(i - 2, '.'))) || american
        })
    }

    /// Names at its head, and the token behind them.
    pub fn authors(self) -> Option<(Vec<super::Author>, usize)> {
        names::authors(self.lexed, self.from, self.to)
    }
}
