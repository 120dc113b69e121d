//! Authors at the head of a citation: `J. Arch Getty, Oleg Naumov`, `Хлевнюк О. В.`, `DE SOTO HERNANDO`.

use super::Author;
use super::lexicon::Cue;
use super::token::{Kind, Lexed};

const PARTICLES: [&str; 25] = [
    "de", "del", "della", "delle", "degli", "di", "da", "van", "von", "vom", "zu", "der", "den", "des", "du", "la",
    "le", "d", "ter", "ten", "al", "el", "ibn", "af", "of",
];

/// The authors that begin at token `at`, and the token behind the last of them. None: the piece does not begin with a name.
pub fn authors(lexed: &Lexed, at: usize, to: usize) -> Option<(Vec<Author>, usize)> {
    let (first, mut end) = name(lexed, at, to)?;
    let mut authors = vec![first];
    while authors.len() < 12 {
        let Some((next, after)) = further(lexed, end, to) else { break };
        match next {
            Some(author) => authors.push(author),
            None => authors.last_mut()?.given = lexed.span(end + 1, after).of(lexed.text).to_owned(),
        }
        end = after;
    }
    // `et al.`, `u. a.`
    if lexed.folded(end) == "et" && lexed.folded(end + 1) == "al" {
        end += 2 + usize::from(lexed.is(end + 2, '.'));
    }
    Some((authors, end))
}

/// One more author behind `end`; `None` inside: what follows is the given name of the one before (`Korytnogo, S. V.`).
fn further(lexed: &Lexed, end: usize, to: usize) -> Option<(Option<Author>, usize)> {
    let joined = lexed.cue(end).has(Cue::JOIN)
        || lexed.is(end, '&')
        || lexed.is(end, '/')
        || lexed.is(end, '–') && lexed.is(end + 1, ' ');
    if joined && end < to {
        let dotted = usize::from(lexed.is(end + 1, '.') && lexed.cue(end).has(Cue::JOIN));
        return name(lexed, end + 1 + dotted, to).map(|(n, e)| (Some(n), e));
    }
    if !lexed.is(end, ',') {
        return None;
    }
    let mut start = end + 1;
    if lexed.cue(start).has(Cue::JOIN) || lexed.is(start, '&') {
        start += 1;
    }
    if start >= to {
        return None;
    }
    let initials = lexed.is_initial(start);
    match name(lexed, start, to) {
        Some((author, after)) => {
            let titled = lexed.is(after, ',')
                && lexed.tokens.get(after + 1).is_some_and(|t| t.emphasised || t.kind == Kind::QuoteOpen);
            let roled = lexed.tokens.get(after).is_some_and(|t| t.kind == Kind::Open)
                && lexed.cue(after + 1).has(Cue::EDITOR)
                || lexed.cue(after + 1).has(Cue::EDITOR);
            let more = lexed.cue(after).has(Cue::JOIN)
                && name(lexed, after + 1, to).is_some_and(|(_, end)| ends_list(lexed, end, to));
            let given = !author.given.is_empty();
            (initials || start > end + 1 || given && (titled || roled || more)).then_some((Some(author), after))
        }
        None if initials => {
            let mut after = start;
            while after + 1 < to && lexed.is_initial(after) {
                after += 2;
            }
            Some((None, after))
        }
        None => None,
    }
}

/// What can stand behind the last author.
fn ends_list(lexed: &Lexed, end: usize, to: usize) -> bool {
    end < to
        && (matches!(lexed.tokens[end].kind, Kind::Sign(',' | ':') | Kind::Open | Kind::QuoteOpen)
            || lexed.tokens[end].emphasised)
}

/// One name: initials, given names, particles, surname; or surname and initials.
fn name(lexed: &Lexed, at: usize, to: usize) -> Option<(Author, usize)> {
    let mut i = at;
    let mut words: Vec<usize> = Vec::new();
    let mut surname = None;
    while i < to {
        let token = &lexed.tokens[i];
        if token.kind != Kind::Word || token.quoted || token.emphasised || token.depth > 0 {
            break;
        }
        if lexed.is_initial(i) {
            // `Хлевнюк О. В.`: the surname stands in front of its initials.
            // `Stuart A. Moore` has his first name in front.
            let family_first = lexed.tokens.get(i + 2).is_some_and(|_| lexed.is_initial(i + 2))
                || !lexed.of(i).is_ascii()
                || !lexed.tokens.get(i + 2).is_some_and(|t| t.is_word() && t.capital);
            if words.len() == 1 && surname.is_none() && !is_initial_like(lexed, words[0]) && family_first {
                surname = Some(words[0]);
            }
            words.push(i);
            i += 2;
            while lexed.is(i, '-') && i + 1 < to && lexed.is_initial(i + 1) {
                i += 3;
            }
            continue;
        }
        let is_particle = |i: usize| {
            let word = lexed.folded(i);
            word.len() <= 5 && PARTICLES.contains(&word)
        };
        let particle = !token.capital && is_particle(i);
        // `De Soto`, `De la Fuente`
        let noble = || {
            let next = i + 1 + usize::from(token.capital && is_particle(i + 1));
            is_particle(i) && lexed.tokens.get(next).is_some_and(|t| t.capital)
        };
        if words.is_empty() && token.cue.has(Cue::STOP) && token.span.len() > 1 && !noble() {
            return None;
        }
        let capital = token.capital && !(token.cue.has(Cue::LOCATOR) && !words.is_empty() && lexed.is(i + 1, '.'));
        if !(capital || particle && next_is_capital(lexed, i, to)) || words.len() > 6 {
            break;
        }
        if surname.is_some() && words.len() > 1 && capital {
            break;
        }
        words.push(i);
        i += 1;
    }
    if words.len() == 1 && !lexed.is_initial(words[0]) && super::locator::roman(lexed.of(words[0])).is_some() {
        return None;
    }
    let last = *words.iter().rev().find(|w| !is_initial_like(lexed, **w))?;
    let surname = surname.unwrap_or(last);
    let span = lexed.span(at, i);
    let given = if surname > at { lexed.span(at, surname) } else { lexed.span(surname + 1, i) };
    let given = given.of(lexed.text).trim().to_owned();
    Some((Author { span, surname: lexed.folded(surname).to_owned(), given }, i))
}

fn is_initial_like(lexed: &Lexed, i: usize) -> bool {
    lexed.of(i).chars().nth(1).is_none()
}

fn next_is_capital(lexed: &Lexed, i: usize, to: usize) -> bool {
    (i + 1..to.min(i + 3)).any(|n| lexed.tokens[n].capital && lexed.tokens[n].is_word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Flow;
    use crate::text::Span;

    fn surnames(text: &str) -> Vec<String> {
        let mut flow = Flow::default();
        flow.push(text, Span::new(0, text.len()));
        let lexed = Lexed::new(&flow);
        authors(&lexed, 0, lexed.tokens.len()).map_or(Vec::new(), |(a, _)| a.into_iter().map(|a| a.surname).collect())
    }

    #[test]
    fn names_of_many_shapes() {
        assert_eq!(surnames("Getty and Naumov, pp. 197-8"), ["getty", "naumov"]);
        assert_eq!(
            surnames("R. Muhs, J. Paulmann and W. Steinmetz (eds), Aneignung"),
            ["muhs", "paulmann", "steinmetz"]
        );
        assert_eq!(surnames("Хлевнюк О. В. Политбюро."), ["хлевнюк"]);
        assert_eq!(surnames("Gustave de Molinari, Science"), ["molinari"]);
        assert_eq!(surnames("Kennedy, Rise of the Antagonism, p. 4"), ["kennedy"]);
        assert_eq!(surnames("De la Fuente, Städte, S. 4"), ["fuente"]);
        assert_eq!(surnames("the archive"), Vec::<String>::new());
    }
}
