//! Where inline constructs end: brackets, links, code, formulas, tags, entities, keys.

/// How far the end of a pub construct is looked for, in bytes.
pub const NEAR: usize = 2000;

/// The bytes of a citation key.
pub fn key(s: &str) -> Option<usize> {
    if let Some(rest) = s.strip_prefix('{') {
        return rest.bytes().take(200).position(|b| b == b'}').filter(|n| *n > 0).map(|n| n + 2);
    }
    let first = s.chars().next().filter(|c| c.is_alphanumeric() || *c == '_')?;
    let mut end = first.len_utf8();
    for (i, c) in s.char_indices().skip(1) {
        let inner = matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/');
        if c.is_alphanumeric() || c == '_' {
            end = i + c.len_utf8();
        } else if !inner || i > end {
            break;
        }
    }
    Some(end)
}

/// `@fig-mill`, `@sec-intro`: Quarto's references to parts of the text, no citations.
pub fn is_cross_reference(key: &str) -> bool {
    const PARTS: [&str; 14] =
        ["fig", "tbl", "sec", "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "apx"];
    key.split_once('-').is_some_and(|(part, name)| PARTS.contains(&part) && !name.is_empty())
}

pub fn find_run(bytes: &[u8], sign: u8, len: usize) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len().min(NEAR) {
        let start = at + memchr::memchr(sign, &bytes[at..])?;
        let run = bytes[start..].iter().take_while(|b| **b == sign).count();
        if run == len {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// `$x$`, `$$x$$`: the length of a formula.
pub fn math(s: &str) -> Option<usize> {
    if let Some(rest) = s.strip_prefix("$$") {
        return rest[..rest.floor_char_boundary(NEAR)].find("$$").map(|n| n + 4);
    }
    if s[1..].starts_with(char::is_whitespace) {
        return None;
    }
    let near = s.floor_char_boundary(400);
    let close = 1 + s[1..near].find('$')?;
    let solid = !s[..close].ends_with([' ', '\n', '\\']);
    (solid && !s[close + 1..].starts_with(|c: char| c.is_ascii_digit())).then_some(close + 1)
}

/// A tag or an address in `<…>`: its length, and what of it is read.
pub fn tag(s: &str) -> Option<(usize, Option<std::ops::Range<usize>>)> {
    let second = s[1..].chars().next()?;
    if !second.is_ascii_alphabetic() && second != '/' {
        return None;
    }
    let close = memchr::memchr(b'>', &s.as_bytes()[..s.len().min(NEAR)])?;
    let address = s[..close].contains("://") && !s[..close].contains(' ') || s[..close].starts_with("<mailto:");
    Some((close + 1, address.then_some(1..close)))
}

pub fn entity(s: &str) -> Option<(usize, &'static str)> {
    const ENTITIES: [(&str, &str); 12] = [
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&hellip;", "…"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
    ];
    ENTITIES.iter().find(|e| s.starts_with(e.0)).map(|e| (e.0.len(), e.1))
}
