//! Names of authors in the order of BibTeX: `Lind, Anna`, `Anna van der Lind`, `{Quay Press}`.

use crate::model::Person;
use crate::text::Span;

/// One name as typed; braces keep their words together. Nothing for `others`.
pub fn person(typed: &str, span: Span, decode: impl Fn(&str) -> String) -> Option<Person> {
    let typed = typed.trim();
    if typed.is_empty() || typed == "others" {
        return None;
    }
    let parts = top_level(typed, ",");
    let (family, given) = match parts.as_slice() {
        [family, given] => (decode(family), decode(given)),
        [family, suffix, given, ..] => (decode(family), format!("{}, {}", decode(given).trim(), decode(suffix).trim())),
        _ => {
            let words = top_level(typed, " ");
            let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
            let small = |w: &&str| w.starts_with(char::is_lowercase);
            let last = words.len().saturating_sub(1);
            let from = words[..last].iter().position(small).unwrap_or(last);
            (decode(&words[from..].join(" ")), decode(&words[..from].join(" ")))
        }
    };
    let [family, given] = [family, given].map(|name| name.trim().to_owned());
    (!family.is_empty()).then_some(Person { span, family, given })
}

/// Parts of a text between separators outside braces. A separator of letters stands between spaces, in any case.
pub fn top_level<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut parts, mut from, mut depth, mut at) = (Vec::new(), 0, 0_usize, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && separates(text, at, separator) => {
                parts.push(&text[from..at]);
                from = at + separator.len();
                at = from;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(text.get(from..).unwrap_or(""));
    parts
}

fn separates(text: &str, at: usize, separator: &str) -> bool {
    let Some(here) = text.as_bytes().get(at..at + separator.len()) else { return false };
    let around = |b: Option<&u8>| b.is_some_and(u8::is_ascii_whitespace);
    let alone = !separator.as_bytes()[0].is_ascii_alphabetic()
        || at > 0 && around(text.as_bytes().get(at - 1)) && around(text.as_bytes().get(at + separator.len()));
    alone && (here.eq_ignore_ascii_case(separator.as_bytes()) || separator == " " && here[0].is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> (String, String) {
        let person = person(typed, Span::default(), |s| s.replace(['{', '}'], "")).unwrap_or_default();
        (person.family, person.given)
    }

    #[test]
    fn names_of_many_shapes() {
        let is = |typed: &str, family: &str, given: &str| assert_eq!(name(typed), (family.into(), given.into()));
        is("Lind, Anna", "Lind", "Anna");
        is("Anna Maria Lind", "Lind", "Anna Maria");
        is("Anna van der Lind", "van der Lind", "Anna");
        is("van der Lind, Anna", "van der Lind", "Anna");
        is("Lind, Jr., Paul", "Lind", "Paul, Jr.");
        is("{Quay and Sons, Press}", "Quay and Sons, Press", "");
        is("others", "", "");
        assert_eq!(top_level("Lind, A. and {Quay and Sons}\nAND Holm, J.", "and").len(), 3);
    }
}
