//! LaTeX and ConTeXt cut into tokens: words, commands, groups; comments, code and formulas each as one.
//!
//! Whatever stands between two tokens are blanks behind a command. No text is wrong: a brace without its partner has no
//! mate, a formula without its end is a sign.

use super::literal;
use crate::text::Span;
use rustc_hash::FxHashSet;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Letters, digits, signs and blanks of one line.
    Words,
    /// The end of a line within a paragraph, with the blanks around it.
    LineEnd,
    /// Blank lines.
    Par,
    /// `\footnote`, `\section*`, `\&`
    Command,
    /// `\begin{name}`
    Begin,
    /// `\end{name}`
    End,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `[`
    Bracket,
    /// `]`
    Unbracket,
    /// `(` and `)` around the texts of a multicite command.
    Paren,
    Unparen,
    /// `` `` ``, `''`, `--`, `~`: signs that are set as others.
    Ligature(&'static str),
    /// `&`
    Cell,
    /// `#1`
    Parameter(u8),
    /// `$x$`
    Math,
    /// `\[x\]`
    Display,
    /// `\verb|x|`
    Code,
    /// A listing between its `\begin` and `\end`.
    Listing,
    /// `\url{…}`
    Url,
    /// `\href{…}`, of which only what follows is read.
    Hidden,
    /// From `%` to the first letter of the next line.
    Comment,
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
    /// Of an opening brace the token that closes it, of a `\begin` its `\end`.
    pub mate: Option<u32>,
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::with_capacity(text.len() / 16),
        open: Vec::new(),
        paren: false,
        barren: Vec::new(),
        endless: FxHashSet::default(),
    };
    while lexer.at < text.len() {
        lexer.token();
    }
    lexer.tokens
}

/// The name of a command without its backslash and star; of a `\begin` or `\end` that of the environment; of
/// anything else nothing.
pub fn name<'a>(text: &'a str, token: &Token) -> &'a str {
    let s = token.span.of(text);
    match token.kind {
        Kind::Begin | Kind::End => s.split_once('{').map_or("", |(_, n)| n.trim_end_matches('}').trim()),
        Kind::Command => {
            let name = &s[1..];
            if name.len() > 1 { name.trim_end_matches('*') } else { name }
        }
        _ => "",
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// Braces and environments that are open.
    open: Vec<usize>,
    /// Inside the parentheses of a multicite command.
    paren: bool,
    /// Signs of formulas that do not end before a byte.
    barren: Vec<(&'static str, usize)>,
    /// Environments of code that never end.
    endless: FxHashSet<String>,
}

const SPECIAL: [bool; 256] = {
    let mut signs = [false; 256];
    let list = b"\\{}[]%$&~#\n\r`'-\",<>)";
    let mut i = 0;
    while i < list.len() {
        signs[list[i] as usize] = true;
        i += 1;
    }
    signs
};

/// Braces left open before one of these are forgotten.
const HEADINGS: [&str; 6] = ["part", "chapter", "section", "subsection", "startchapter", "startsection"];

impl<'a> Lexer<'a> {
    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(self.at, end), mate: None });
        self.at = end;
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn token(&mut self) {
        let bytes = self.text.as_bytes();
        let at = self.at;
        match bytes[at] {
            b'\\' => self.command(),
            b'{' => {
                self.open.push(self.tokens.len());
                self.push(Kind::Open, at + 1);
            }
            b'}' => self.close(),
            b'[' => self.push(Kind::Bracket, at + 1),
            b']' => self.push(Kind::Unbracket, at + 1),
            b'%' => self.comment(),
            b'$' => self.math(),
            b'&' => self.push(Kind::Cell, at + 1),
            b'#' => {
                let digit = bytes.get(at + 1).filter(|b| b.is_ascii_digit()).map_or(0, |b| b - b'0');
                self.push(Kind::Parameter(digit), at + 1 + usize::from(digit > 0));
            }
            b'\n' | b'\r' => self.line_end(),
            b'(' if self.opens_paren() => {
                self.paren = true;
                self.push(Kind::Paren, at + 1);
            }
            b')' if self.paren => {
                self.paren = false;
                self.push(Kind::Unparen, at + 1);
            }
            _ => match self.ligature() {
                Some((set, len)) => self.push(Kind::Ligature(set), at + len),
                None => self.words(),
            },
        }
    }

    fn words(&mut self) {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start + self.rest().chars().next().map_or(1, char::len_utf8);
        while end < bytes.len() {
            let b = bytes[end];
            if SPECIAL[b as usize] {
                self.at = end;
                let letter = match b {
                    b')' => !self.paren,
                    b'`' | b'\'' | b'-' | b'"' | b',' | b'<' | b'>' => self.ligature().is_none(),
                    _ => false,
                };
                if !letter {
                    break;
                }
            }
            end += 1;
        }
        self.at = start;
        // Blanks at the end of a line are those of its end.
        let trimmed = if end == bytes.len() || matches!(bytes[end], b'\n' | b'\r') {
            start + self.text[start..end].trim_end_matches([' ', '\t']).len()
        } else {
            end
        };
        if trimmed > start {
            self.push(Kind::Words, trimmed);
        }
        self.at = end;
    }

    /// The signs here that are set as another, and how many bytes they are.
    fn ligature(&self) -> Option<(&'static str, usize)> {
        let s = self.rest();
        let letter = || self.text[..self.at].ends_with(char::is_alphabetic);
        Some(match s.as_bytes() {
            [b'~', ..] => ("\u{a0}", 1),
            [b'`', b'`', ..] => ("“", 2),
            [b'`', ..] => ("‘", 1),
            [b'\'', b'\'', ..] => ("”", 2),
            [b'-', b'-', b'-', ..] => ("—", 3),
            [b'-', b'-', ..] => ("–", 2),
            [b',', b',', next, ..] if !next.is_ascii_whitespace() && *next != b',' => ("„", 2),
            [b'<', b'<', ..] => ("«", 2),
            [b'>', b'>', ..] => ("»", 2),
            [b'"', b'`', ..] => ("„", 2),
            [b'"', b'\'', ..] => ("“", 2),
            [b'"', next, after, ..] if letter() => {
                let inside = after.is_ascii_alphabetic() || !after.is_ascii() || *after == b'"' || *after == b'\\';
                match next {
                    b'a' if inside => ("ä", 2),
                    b'o' if inside => ("ö", 2),
                    b'u' if inside => ("ü", 2),
                    b's' if inside => ("ß", 2),
                    b'=' | b'~' if inside => ("-", 2),
                    b'-' | b'|' if inside => ("", 2),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// A line end is a space; with a blank line behind it, the end of the paragraph.
    fn line_end(&mut self) {
        let s = self.rest();
        let line_break = |at: usize| match &s.as_bytes()[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        // A comment has taken the end of its own line.
        let first = if self.tokens.last().is_some_and(|t| t.kind == Kind::Comment) { 0 } else { line_break(0) };
        let mut lines = first;
        let blanks = |at: usize| s.len() - s[at..].trim_start_matches([' ', '\t']).len();
        let mut next = blanks(lines);
        while line_break(next) > 0 {
            lines = next + line_break(next);
            next = blanks(lines);
        }
        let end = self.at + next;
        if lines == first {
            return self.push(Kind::LineEnd, end);
        }
        self.at += first;
        self.push(Kind::Par, self.at + lines - first);
        self.at = end;
    }

    /// A comment takes the end of its line and the blanks before the next word with it.
    fn comment(&mut self) {
        let s = self.rest();
        let line = s.find(['\n', '\r']).unwrap_or(s.len());
        let after = if s[line..].starts_with("\r\n") { line + 2 } else { (line + 1).min(s.len()) };
        let end = s.len() - s[after..].trim_start_matches([' ', '\t']).len();
        self.push(Kind::Comment, self.at + end);
    }

    fn math(&mut self) {
        let s = self.rest();
        let (sign, kind) = if s.starts_with("$$") { ("$$", Kind::Display) } else { ("$", Kind::Math) };
        match self.formula(sign.len(), sign) {
            Some(end) => self.push(kind, self.at + end),
            None => self.push(Kind::Words, self.at + sign.len()),
        }
    }

    /// Where the formula that begins here ends. What has been looked for in vain is not looked for again.
    fn formula(&mut self, from: usize, sign: &'static str) -> Option<usize> {
        if self.barren.iter().any(|(known, until)| *known == sign && self.at + from <= *until) {
            return None;
        }
        literal::math_end(self.rest(), from, sign)
            .map_err(|far| {
                self.barren.retain(|(known, _)| *known != sign);
                self.barren.push((sign, self.at + far));
            })
            .ok()
    }

    /// As [`literal::environment_end`], asked once for what never ends.
    fn environment_end(&mut self, length: usize, name: &str) -> Option<(usize, usize)> {
        if self.endless.contains(name) {
            return None;
        }
        let found = literal::environment_end(self.rest(), length, name);
        if found.is_none() {
            self.endless.insert(name.to_owned());
        }
        found
    }

    fn close(&mut self) {
        let here = self.tokens.len();
        if let Some(at) = self.open.iter().rposition(|o| self.tokens[*o].kind == Kind::Open) {
            let open = self.open[at];
            self.open.truncate(at);
            self.tokens[open].mate = Some(here as u32);
        }
        self.push(Kind::Close, self.at + 1);
    }

    fn opens_paren(&self) -> bool {
        let last = self.tokens.last();
        last.is_some_and(|t| match t.kind {
            Kind::Command => name(self.text, t).ends_with("cites") && t.span.end as usize == self.at,
            Kind::Unparen => t.span.end as usize == self.at,
            _ => false,
        })
    }

    fn command(&mut self) {
        let s = self.rest();
        let bytes = s.as_bytes();
        let letters = s[1..].bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'@').count();
        if letters == 0 || letters == 1 && bytes[1] == b'@' {
            return self.sign();
        }
        let mut end = 1 + letters;
        if bytes.get(end) == Some(&b'*') && matches!(bytes.get(end + 1), Some(b'{' | b'[' | b'(')) {
            end += 1;
        }
        let name = &s[1..1 + letters];
        if HEADINGS.contains(&name) {
            let tokens = &self.tokens;
            self.open.retain(|o| tokens[*o].kind == Kind::Begin);
        }
        if let Some((kind, length)) = literal::construct(s, name, end) {
            self.push(kind, self.at + length);
            return self.blanks();
        }
        match name {
            "begin" | "end" => match literal::environment(s, end) {
                Some((environment, end)) => self.environment(name == "begin", environment.to_owned(), end),
                None => self.push(Kind::Command, self.at + end),
            },
            _ => {
                self.push(Kind::Command, self.at + end);
                self.blanks();
            }
        }
    }

    /// TeX does not see blanks behind a command.
    fn blanks(&mut self) {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let kind = self.tokens.last().map(|t| t.kind);
        if kind == Some(Kind::Command) && !rest[blanks..].starts_with(['\n', '\r', '%']) {
            self.at += blanks;
        }
    }

    /// A backslash and one sign.
    fn sign(&mut self) {
        let s = self.rest();
        let close = match s.as_bytes().get(1) {
            Some(b'(') => Some(("\\)", Kind::Math)),
            Some(b'[') => Some(("\\]", Kind::Display)),
            _ => None,
        };
        if let Some((close, kind)) = close
            && let Some(end) = self.formula(2, close)
        {
            return self.push(kind, self.at + end);
        }
        let sign = s[1..].chars().next();
        let length = match sign {
            Some('\r') if s[2..].starts_with('\n') => 2,
            Some(c) => c.len_utf8(),
            None => 0,
        };
        self.push(Kind::Command, self.at + 1 + length);
    }

    fn environment(&mut self, begins: bool, name: String, length: usize) {
        let start = self.at;
        if begins {
            if literal::is_math(&name) {
                if let Some((_, end)) = self.environment_end(length, &name) {
                    return self.push(Kind::Display, start + end);
                }
            } else if literal::is_listing(&name)
                && let Some((inner, _)) = self.environment_end(length, &name)
            {
                self.open.push(self.tokens.len());
                self.push(Kind::Begin, start + length);
                return self.push(Kind::Listing, start + inner);
            }
            self.open.push(self.tokens.len());
            return self.push(Kind::Begin, start + length);
        }
        let here = self.tokens.len();
        let own = |o: &usize| self.tokens[*o].kind == Kind::Begin && self::name(self.text, &self.tokens[*o]) == name;
        if let Some(at) = self.open.iter().rposition(own) {
            let begin = self.open[at];
            self.open.truncate(at);
            self.tokens[begin].mate = Some(here as u32);
        }
        self.push(Kind::End, start + length);
        if name == "document" {
            let end = self.text.len();
            if self.at < end {
                self.push(Kind::Comment, end);
            }
        }
    }
}
