//! TeX in the fields of a BibTeX file, read as letters: accents, dashes, commands without their signs.

use crate::script::{tex_accent, tex_letter};
use unicode_normalization::UnicodeNormalization;

/// The text as it is printed. Emphasis, braces and unknown commands vanish; their words stay.
pub fn decode(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => rest = command(rest, &mut out),
            '{' | '}' | '$' => {}
            '~' => out.push(' '),
            '-' if rest.starts_with("--") => (rest, _) = (&rest[2..], out.push('—')),
            '-' if rest.starts_with('-') => (rest, _) = (&rest[1..], out.push('–')),
            '`' if rest.starts_with('`') => (rest, _) = (&rest[1..], out.push('“')),
            '\'' if rest.starts_with('\'') => (rest, _) = (&rest[1..], out.push('”')),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let trimmed = out.trim();
    if trimmed.is_ascii() { trimmed.to_owned() } else { trimmed.nfc().collect() }
}

/// What stands behind a backslash; gives what is left.
fn command<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = match letters {
        0 => rest.chars().next().map_or("", |c| &rest[..c.len_utf8()]),
        n => &rest[..n],
    };
    let after = &rest[name.len()..];
    if let Some(sign) = tex_accent(name) {
        let spaced = if letters > 0 { after.trim_start() } else { after };
        let (base, left) = base(spaced);
        out.push_str(base);
        if !base.is_empty() {
            out.push(sign);
        }
        return left;
    }
    if let Some(letter) = letter(name) {
        out.push_str(letter);
        return after.strip_prefix("{}").unwrap_or_else(|| after.trim_start());
    }
    match name {
        "&" | "%" | "$" | "#" | "_" | "{" | "}" => out.push_str(name),
        " " | "," | "/" | ";" | "\\" => out.push(' '),
        _ if letters > 0 => return after.trim_start(),
        _ => {}
    }
    after
}

/// The letter that an accent stands on: `o`, `{o}`, `{\i}`.
fn base(rest: &str) -> (&str, &str) {
    let inner = rest.strip_prefix('{');
    let at = inner.unwrap_or(rest);
    let (letter, left) = match at.strip_prefix('\\') {
        Some(dotless) if dotless.starts_with(['i', 'j']) => dotless.split_at(1),
        _ => at.split_at(at.chars().next().filter(|c| c.is_alphabetic()).map_or(0, char::len_utf8)),
    };
    let left = if inner.is_some() { left.strip_prefix('}').unwrap_or(left) } else { left };
    (letter, left)
}

/// Letters and signs that are commands.
fn letter(name: &str) -> Option<&'static str> {
    tex_letter(name).or(match name {
        "textendash" => Some("–"),
        "textemdash" => Some("—"),
        "textquoteright" => Some("’"),
        "ldots" | "dots" => Some("…"),
        "S" => Some("§"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn letters_with_signs() {
        for (tex, text) in [
            (r#"M{\"u}ller and K\"orner"#, "Müller and Körner"),
            (r"\v{S}af\'{a}r{\'\i}k, \v Zi\v{z}ek", "Šafářík, Žižek".replace('ř', "r").as_str()),
            (r"\L{}\'od\'z, \O rsted, Stra{\ss}e", "Łódź, Ørsted, Straße"),
            (r"The {USSR} \emph{and} Fran\c{c}ois --- 1--2 \& more", "The USSR and François — 1–2 & more"),
            ("two\n   lines~here", "two lines here"),
            (r"broken \", "broken"),
            (r"\'", ""),
        ] {
            assert_eq!(decode(tex), text, "{tex}");
        }
    }
}
