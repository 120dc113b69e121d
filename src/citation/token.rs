//! Words, numbers and signs of a note, with their cues, quotation marks and brackets paired.
//!
//! A straight quote or apostrophe between two letters is a letter: `Ob"edinennom`, `Zinov'ev`.

use super::lexicon::{Cue, Lexicon};
use super::locator::roman;
use crate::model::Flow;
use crate::script::{fold, is_dash};
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Word,
    /// Decimal digits; the value, or `u32::MAX` when it is larger.
    Number(u32),
    Url,
    Open,
    Close,
    QuoteOpen,
    QuoteClose,
    Sign(char),
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub span: Span,
    pub kind: Kind,
    /// Meanings of the longest phrase that begins here, and how many tokens it takes.
    pub cue: Cue,
    pub cue_len: u8,
    /// Brackets around it.
    pub depth: u8,
    /// Inside a quotation, its marks included.
    pub quoted: bool,
    pub emphasised: bool,
    /// White space stands before it.
    pub spaced: bool,
    /// A capital begins it.
    pub capital: bool,
    folded: Span,
}

impl Token {
    /// In brackets, a quotation, emphasis or an address: no citation ends here.
    pub fn guarded(&self) -> bool {
        self.depth > 0 || self.quoted || self.emphasised || self.kind == Kind::Url
    }

    pub fn is(&self, c: char) -> bool {
        self.kind == Kind::Sign(c)
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number(n) => Some(n),
            _ => None,
        }
    }
}

/// A pair of quotation marks: indices of tokens.
#[derive(Clone, Copy, Debug)]
pub struct Quotation {
    pub open: usize,
    pub close: usize,
}

pub struct Lexed<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    /// Outermost pairs, in order.
    pub quotations: Vec<Quotation>,
    /// Closing marks whose opening mark is missing.
    pub stray_closers: Vec<usize>,
    /// The meanings of all its words together: what is not among them need not be looked for.
    pub cues: Cue,
    folded: String,
}

impl<'a> Lexed<'a> {
    pub fn new(flow: &'a Flow) -> Lexed<'a> {
        let mut lexed = Lexed {
            text: &flow.text,
            tokens: Vec::with_capacity(flow.text.len() / 4),
            quotations: Vec::new(),
            stray_closers: Vec::new(),
            cues: Cue::NONE,
            folded: String::with_capacity(flow.text.len()),
        };
        lexed.scan();
        let mut emphasis = flow.emphasis.iter().peekable();
        for token in &mut lexed.tokens {
            while emphasis.next_if(|e| e.end <= token.span.start).is_some() {}
            token.emphasised = emphasis.peek().is_some_and(|e| e.overlaps(token.span));
        }
        lexed.find_cues();
        lexed.cues = lexed.tokens.iter().fold(Cue::NONE, |all, t| all | t.cue);
        lexed.undress_cues(flow);
        lexed.pair();
        lexed
    }

    pub fn of(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    /// The folded word of a token.
    pub fn folded(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| t.folded.of(&self.folded))
    }

    pub fn cue(&self, token: usize) -> Cue {
        self.tokens.get(token).map_or(Cue::NONE, |t| t.cue)
    }

    pub fn is(&self, token: usize, c: char) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is(c))
    }

    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.tokens.get(from), self.tokens.get(to.wrapping_sub(1))) {
            (Some(a), Some(b)) if from < to => a.span.join(b.span),
            (Some(a), _) => Span::empty(a.span.start as usize),
            _ => Span::empty(self.text.len()),
        }
    }

    /// A single capital with its stop: `J.`
    pub fn is_initial(&self, token: usize) -> bool {
        let t = &self.tokens[token];
        t.is_word() && t.capital && t.span.of(self.text).chars().nth(1).is_none() && self.is(token + 1, '.')
    }

    fn scan(&mut self) {
        let text = self.text;
        let mut at = 0;
        let mut spaced = true;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() {
                spaced = true;
                at += c.len_utf8();
                continue;
            }
            let (kind, end) = self.token_at(at, c);
            self.push(kind, Span::new(at, end), spaced);
            spaced = false;
            at = end;
        }
    }

    fn token_at(&self, at: usize, c: char) -> (Kind, usize) {
        let rest = &self.text[at..];
        if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            return (Kind::Number(rest[..digits].parse().unwrap_or(u32::MAX)), at + digits);
        }
        if matches!(c, 'h' | 'w' | 'H')
            && (rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www."))
        {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ')', '>', ']', '*']);
            return (Kind::Url, at + url.len());
        }
        if c.is_alphabetic() {
            return (Kind::Word, at + word_len(rest));
        }
        let kind = match c {
            '(' | '[' | '{' => Kind::Open,
            ')' | ']' | '}' => Kind::Close,
            c => Kind::Sign(c),
        };
        (kind, at + c.len_utf8())
    }

    fn push(&mut self, kind: Kind, span: Span, spaced: bool) {
        let typed = span.of(self.text);
        let start = self.folded.len();
        if kind == Kind::Word {
            if typed.is_ascii() {
                self.folded.push_str(typed);
                self.folded[start..].make_ascii_lowercase();
            } else {
                self.folded.push_str(&fold(typed));
            }
        }
        self.tokens.push(Token {
            span,
            kind,
            cue: Cue::NONE,
            cue_len: 1,
            depth: 0,
            quoted: false,
            emphasised: false,
            spaced,
            capital: typed.chars().next().is_some_and(char::is_uppercase),
            folded: Span::new(start, self.folded.len()),
        });
    }

    /// Pairs brackets and quotation marks. A mark without a partner guards nothing.
    fn pair(&mut self) {
        let mut quotes: Vec<(char, usize)> = Vec::new();
        let mut brackets: Vec<usize> = Vec::new();
        for i in 0..self.tokens.len() {
            match self.tokens[i].kind {
                Kind::Open => brackets.push(i),
                Kind::Close => {
                    if let Some(open) = brackets.pop() {
                        self.tokens[open..=i].iter_mut().for_each(|t| t.depth = t.depth.saturating_add(1));
                    }
                }
                Kind::Sign(c) if "\"'“”„‘’‚«»‹›".contains(c) => self.quote(i, c, &mut quotes),
                _ => {}
            }
        }
        self.quotations.sort_by_key(|q| (q.open, std::cmp::Reverse(q.close)));
        let mut end = 0;
        self.quotations.retain(|q| {
            let outer = q.open >= end;
            end = end.max(q.close);
            outer
        });
        for q in &self.quotations {
            self.tokens[q.open..=q.close].iter_mut().for_each(|t| t.quoted = true);
        }
    }

    fn quote(&mut self, i: usize, c: char, open: &mut Vec<(char, usize)>) {
        let spaced_after = self.tokens.get(i + 1).is_none_or(|t| t.spaced);
        let opens_here = self.tokens[i].spaced && !spaced_after
            || i == 0
            || matches!(self.tokens[i - 1].kind, Kind::Open | Kind::QuoteOpen);
        let partner = |o: char| match c {
            '"' => o == '"',
            '\'' => o == '\'',
            '”' => o == '“' || o == '„' || o == '”',
            '“' => o == '„',
            '’' => o == '‘' || o == '‚',
            '‘' => o == '‚',
            '»' => o == '«',
            '«' => o == '»',
            '›' => o == '‹',
            '‹' => o == '›',
            _ => false,
        };
        let matching = open.iter().rposition(|(o, _)| partner(*o));
        let may_close = !matches!(c, '"' | '\'') || !opens_here || spaced_after;
        if let Some(at) = matching.filter(|_| may_close) {
            let (_, start) = open[at];
            open.truncate(at);
            self.tokens[start].kind = Kind::QuoteOpen;
            self.tokens[i].kind = Kind::QuoteClose;
            self.quotations.push(Quotation { open: start, close: i });
            return;
        }
        let opener = match c {
            '"' | '\'' => opens_here,
            '»' | '›' => opens_here,
            '“' | '„' | '‘' | '‚' | '«' | '‹' => true,
            _ => false,
        };
        if opener {
            open.push((c, i));
        } else if matches!(c, '"' | '”' | '»') && !self.tokens[i].spaced {
            self.stray_closers.push(i);
        }
    }

    fn find_cues(&mut self) {
        let lexicon = Lexicon::get();
        for i in 0..self.tokens.len() {
            if self.tokens[i].kind != Kind::Word {
                if self.is(i, '§') || self.is(i, '№') || self.is(i, '¶') {
                    self.tokens[i].cue = if self.is(i, '№') { Cue::VOLUME } else { Cue::UNIT };
                }
                continue;
            }
            let mut best = (0, Cue::NONE);
            for phrase in lexicon.starting_with(self.folded(i)) {
                let Some(end) = self.phrase_end(i, &phrase.rest) else { continue };
                if !phrase.exact.is_empty() && !self.typed_exactly(i, end, &phrase.exact) {
                    continue;
                }
                match end.cmp(&best.0) {
                    std::cmp::Ordering::Greater => best = (end, phrase.cue),
                    std::cmp::Ordering::Equal => best.1 |= phrase.cue,
                    std::cmp::Ordering::Less => {}
                }
            }
            if best.0 > i {
                self.tokens[i].cue = best.1;
                self.tokens[i].cue_len = (best.0 - i) as u8;
            }
        }
    }

    /// `*Ibid.*`, `*supra*`, `*See also*`: emphasis on cue words makes no title of them.
    fn undress_cues(&mut self, flow: &Flow) {
        const CUES: Cue = Cue::BACK_REFERENCE;
        for emphasis in &flow.emphasis {
            let from = self.tokens.partition_point(|t| t.span.end <= emphasis.start);
            let to = self.tokens.partition_point(|t| t.span.start < emphasis.end);
            let mut at = from;
            while at < to && (!self.tokens[at].is_word() || self.tokens[at].cue.has(CUES)) {
                at += if self.tokens[at].is_word() { self.tokens[at].cue_len as usize } else { 1 };
            }
            if at >= to {
                self.tokens[from..to].iter_mut().for_each(|t| t.emphasised = false);
            }
        }
    }

    /// The token behind a phrase that begins at `i`: stops and commas between its words do not count.
    fn phrase_end(&self, i: usize, rest: &[Box<str>]) -> Option<usize> {
        let mut at = i + 1;
        for word in rest {
            while self.is(at, '.') || self.is(at, ',') || self.is(at, '°') {
                at += 1;
            }
            if self.tokens.get(at)?.kind != Kind::Word || self.folded(at) != &**word {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    fn typed_exactly(&self, from: usize, to: usize, exact: &str) -> bool {
        let mut words = exact.split(' ');
        let typed = (from..to).filter(|t| self.tokens[*t].is_word()).all(|t| words.next() == Some(self.of(t)));
        typed && words.next().is_none()
    }
}

/// Bytes of the word that begins a text. Signs between letters belong to it, hyphens between letters too.
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, 'ʹ' | 'ʺ' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ')
        {
            end = at + c.len_utf8();
            continue;
        }
        let next = chars.peek().map(|(_, n)| *n);
        let inside = match c {
            '\'' | '’' | '‘' | '`' | '´' | '′' => next.is_some_and(char::is_alphabetic),
            '"' | '″' => next.is_some_and(char::is_lowercase),
            c if is_dash(c) && c != '—' && c != '–' => {
                next.is_some_and(char::is_alphabetic) && !is_roman_range(text, end, at + c.len_utf8())
            }
            _ => false,
        };
        if !inside {
            break;
        }
    }
    end
}

/// `xxvi-xxvii` is two numbers.
fn is_roman_range(text: &str, dash: usize, behind: usize) -> bool {
    let rest = &text[behind..];
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    roman(&text[..dash]).is_some() && roman(&rest[..end]).is_some()
}
