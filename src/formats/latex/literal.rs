//! What TeX does not read as words: code, formulas, addresses, what is commented out. Where each ends.

use super::lexer::Kind;

/// No address and no line of code in braces is longer, in bytes.
const LONGEST: usize = 4000;

/// Environments that are shown as typed, or not at all.
pub fn is_listing(name: &str) -> bool {
    let name = name.trim_end_matches('*');
    let known = matches!(
        name,
        "verbatim"
            | "Verbatim"
            | "BVerbatim"
            | "LVerbatim"
            | "SaveVerbatim"
            | "VerbatimOut"
            | "verbatimtab"
            | "alltt"
            | "lstlisting"
            | "minted"
            | "listing"
            | "comment"
            | "filecontents"
            | "tikzpicture"
            | "pgfpicture"
            | "picture"
            | "tcblisting"
            | "lilypond"
            | "luacode"
            | "asy"
            | "pspicture"
            | "forest"
            | "algorithmic"
            | "algorithm"
            | "program"
            | "ttlisting"
            | "sagesilent"
            | "pycode"
            | "exercisecode"
    );
    known || name.ends_with("code") || name.ends_with("verbatim") || name.ends_with("listing")
}

pub fn is_math(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "equation"
            | "align"
            | "gather"
            | "multline"
            | "math"
            | "displaymath"
            | "eqnarray"
            | "flalign"
            | "alignat"
            | "dmath"
            | "IEEEeqnarray"
    )
}

/// Does a `\start…` of ConTeXt open code?
fn is_typing(name: &str) -> bool {
    matches!(
        name,
        "starttyping"
            | "startLUA"
            | "startMP"
            | "startMPcode"
            | "startMPpage"
            | "startXML"
            | "startTEX"
            | "startluacode"
            | "startlua"
            | "starthiding"
            | "startbuffer"
            | "startuseMPgraphic"
            | "startsetups"
    )
}

/// A command that begins `s` (its name ends at `end`) together with what it shows as typed: the kind, and the bytes of all.
pub fn construct(s: &str, name: &str, end: usize) -> Option<(Kind, usize)> {
    match name {
        "verb" | "Verb" | "lstinline" | "mintinline" | "spverb" => {
            let star = usize::from(s[end..].starts_with('*'));
            let mut at = skip_option(s, end + star);
            if name == "mintinline" {
                at = braced(s, at)?;
            }
            Some((Kind::Code, delimited(s, at)?))
        }
        "type" | "typ" if s[end..].starts_with('{') => Some((Kind::Code, braced(s, end)?)),
        "url" | "nolinkurl" | "path" | "hyphenatedurl" => Some((Kind::Url, delimited(s, skip_blanks(s, end))?)),
        "href" => Some((Kind::Hidden, braced(s, skip_option(s, end))?)),
        "iffalse" => Some((Kind::Comment, fi(s)?)),
        "endinput" | "stoptext" | "stopcomponent" => Some((Kind::Comment, s.len())),
        name if is_typing(name) => {
            let stop = format!("\\stop{}", &name["start".len()..]);
            let close = s.find(&stop)?;
            Some((Kind::Listing, close + stop.len()))
        }
        _ => None,
    }
}

fn skip_blanks(s: &str, at: usize) -> usize {
    s.len() - s[at..].trim_start_matches([' ', '\t']).len()
}

fn skip_option(s: &str, at: usize) -> usize {
    let close = s[at..].starts_with('[').then(|| s[at..].find([']', '\n'])).flatten();
    close.filter(|c| s[at + c..].starts_with(']')).map_or(at, |c| at + c + 1)
}

/// Past the braces at `at`, whatever stands in them. They do not go beyond a blank line.
fn braced(s: &str, at: usize) -> Option<usize> {
    let bytes = s.as_bytes();
    let mut depth = 0;
    let mut i = at;
    let mut ended = false;
    while i < bytes.len().min(at + LONGEST) {
        match bytes[i] {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            b'\\' if !line_ends(bytes.get(i + 1)) => i += 1,
            b'\n' if ended => return None,
            _ => {}
        }
        ended =
            bytes.get(i) == Some(&b'\n') || ended && bytes.get(i).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r'));
        if depth == 0 {
            return None;
        }
        i += 1;
    }
    None
}

/// Past `|code|` or `{code}` at `at`, on one line.
fn delimited(s: &str, at: usize) -> Option<usize> {
    let sign = s[at..].chars().next()?;
    if sign == '{' {
        return braced(s, at);
    }
    if sign.is_whitespace() || sign.is_alphanumeric() || matches!(sign, '\\' | '}' | ']' | '%') {
        return None;
    }
    let from = at + sign.len_utf8();
    let close = s[from..].find([sign, '\n', '\r'])?;
    s[from + close..].starts_with(sign).then_some(from + close + sign.len_utf8())
}

/// Where a formula that begins `s` ends; never behind a blank line.
///
/// # Errors
/// It does not end: how far it was looked for.
pub fn math_end(s: &str, from: usize, sign: &str) -> Result<usize, usize> {
    let bytes = s.as_bytes();
    let mut i = from;
    while i < bytes.len() {
        if s.as_bytes()[i..].starts_with(sign.as_bytes()) {
            return Ok(i + sign.len());
        }
        match bytes[i] {
            b'\\' if !line_ends(bytes.get(i + 1)) => i += 1,
            b'\n' if blank_line(&bytes[i + 1..]) => return Err(i),
            _ => {}
        }
        i += 1;
    }
    Err(bytes.len())
}

fn line_ends(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'\n' | b'\r'))
}

fn blank_line(rest: &[u8]) -> bool {
    let first = rest.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    first.is_none_or(|b| *b == b'\n')
}

/// The name in the braces at `at`, and where they end.
pub fn environment(s: &str, at: usize) -> Option<(&str, usize)> {
    let open = skip_blanks(s, at);
    let inner = s[open..].strip_prefix('{')?;
    let close = inner.find(['}', '\n', '{', '\\'])?;
    inner[close..].starts_with('}').then(|| (inner[..close].trim(), open + close + 2))
}

/// Where `\end{name}` begins, and where it ends.
pub fn environment_end(s: &str, from: usize, name: &str) -> Option<(usize, usize)> {
    let close = format!("\\end{{{name}}}");
    let at = s[from..].find(&close)? + from;
    Some((at, at + close.len()))
}

/// Past the `\fi` of the `\iffalse` that begins `s`.
fn fi(s: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, _) in s.match_indices('\\') {
        let rest = &s[at + 1..];
        let word = |w: &str| rest.strip_prefix(w).is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_alphabetic()));
        if rest.starts_with("if") && !word("iff") {
            depth += 1;
        } else if word("fi") {
            depth -= 1;
            if depth == 0 {
                return Some(at + 3);
            }
        }
    }
    None
}
