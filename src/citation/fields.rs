//! What a citation says of its work: authors, titles, container, year, places, path, alias.

use super::lexicon::Cue;
use super::piece::Piece;
use super::segment::Segment;
use super::token::Kind as Token;
use super::{Certainty, Citation, Form, Kind, Title, Unit, archive, pointer};

/// Words too common in titles to tell one from another.
const ARTICLES: [&str; 24] = [
    "the", "a", "an", "der", "die", "das", "le", "la", "les", "l", "el", "il", "lo", "los", "las", "un", "una", "une",
    "i", "gli", "o", "os", "ein", "eine",
];

/// A word that titles are compared without.
pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// The citation a segment is.
pub fn citation(segment: &Segment) -> Citation {
    let piece = segment.piece;
    let core = piece.core();
    let lexed = piece.lexed;
    let form = segment.class.form;
    let span = lexed.span(piece.from, piece.to);
    let mut citation = Citation {
        span,
        signal: (core.from > piece.from).then(|| lexed.span(piece.from, core.from)),
        form,
        kind: segment.class.kind,
        certainty: certainty(segment),
        authors: Vec::new(),
        titles: Vec::new(),
        container: None,
        issue: None,
        year: None,
        volume: None,
        by_parts: false,
        locators: None,
        archive: None,
        pointer: None,
        alias: alias(piece),
        cue: cue(core, form),
    };
    if matches!(form, Form::Commentary | Form::Quote | Form::Alias) {
        return citation;
    }
    citation.pointer = pointer::find(lexed, core.from, core.to).map(|f| f.pointer);
    if form == Form::Xref {
        return citation;
    }
    let path =
        archive::path(lexed, core.from, core.to).filter(|_| citation.kind == Kind::Archival || form == Form::Ibid);
    let pointed = |span: crate::text::Span| citation.pointer.as_ref().is_some_and(|p| p.span.overlaps(span));
    // Behind a path come the leaves; its own signs are none.
    let behind = Piece { from: path.as_ref().map_or(core.from, |(.., end)| *end), ..core };
    let places = behind.locators().filter(|p| !pointed(p.locators.span)).or_else(|| {
        let pointer = pointer::find(lexed, core.from, core.to)?;
        Piece { to: pointer.from, ..core }.trimmed().locators()
    });
    let places_from = places.as_ref().map_or(core.to, |p| p.from);
    let body_end = path.as_ref().map_or(places_from, |(_, from, _)| (*from).min(places_from));
    let year = core.year().or_else(|| super::classify::year_behind_authors(core));
    citation.year = year.and_then(|y| lexed.tokens[y].number()).map(|y| y as u16);
    citation.issue = issue(core);
    citation.archive = path.map(|(archive, ..)| archive);
    let leaf = |unit| matches!(unit, Unit::Page | Unit::Pages | Unit::AnyPages | Unit::Leaf | Unit::Bare);
    citation.locators = places.map(|p| p.locators).filter(|l| citation.kind != Kind::Archival || leaf(l.unit));
    if !matches!(form, Form::Ibid | Form::Id | Form::LocCit) {
        let work = Piece { from: work_start(core, form), to: body_end.max(core.from), ..core };
        work_of(work, form, &mut citation);
        let behind = citation.titles.first().map_or(core.from, |t| core.behind(t.span));
        citation.volume = volume(Piece { from: behind, ..core });
        citation.by_parts = by_parts(core);
    } else if form == Form::LocCit {
        citation.authors = named_before_cue(core);
    }
    citation
}

/// `Reed, l.c. p. 22`: whose work it is.
fn named_before_cue(core: Piece) -> Vec<super::Author> {
    let cue = core.tokens().find(|i| core.cue(*i).has(Cue::LOCCIT) && !core.lexed.tokens[*i].quoted);
    let head = Piece { to: cue.unwrap_or(core.from), ..core }.trimmed();
    head.authors().filter(|(_, end)| *end >= head.to).map_or(Vec::new(), |(authors, _)| authors)
}

/// `vol. 2`, `Bd. II`, `2:118`: the volume of a work, not of a journal.
fn volume(behind: Piece) -> Option<u32> {
    let lexed = behind.lexed;
    let number = |i: usize| {
        let token = lexed.tokens.get(i).filter(|_| i < behind.to)?;
        token.number().or_else(|| super::locator::roman(lexed.of(i)))
    };
    behind.tokens().find_map(|i| {
        let sign = matches!(
            lexed.folded(i),
            "vol" | "vols" | "volume" | "bd" | "band" | "t" | "tome" | "tomo" | "tom" | "teil" | "т" | "том" | "ч"
        );
        let close = |n: usize| lexed.tokens.get(n).is_some_and(|t| !t.spaced);
        if sign {
            number(i + 1 + usize::from(lexed.is(i + 1, '.')))
        } else if lexed.is(i + 1, ':') && close(i + 1) && close(i + 2) && number(i + 2).is_some() {
            number(i)
        } else {
            None
        }
    })
}

/// Signs of the parts of a work, and no page: `lib. II, cap. 4, núm. 3`, `q. 157 a. 3`.
fn by_parts(behind: Piece) -> bool {
    let lexed = behind.lexed;
    let paged = behind.tokens().any(|i| lexed.cue(i).has(Cue::PAGE | Cue::PAGES) && lexed.is(i + 1, '.'));
    let part = |i: usize| {
        let word = lexed.folded(i);
        let sign = lexed.cue(i).has(Cue::UNIT)
            || matches!(word, "q" | "a" | "lib" | "disc" | "discurso" | "parte" | "pars" | "parr");
        let next = i + 1 + usize::from(lexed.is(i + 1, '.'));
        let counted = lexed.tokens.get(next).is_some_and(|t| t.number().is_some())
            || super::locator::roman(lexed.of(next)).is_some();
        sign && !lexed.tokens[i].guarded() && counted && !lexed.cue(i).has(Cue::HERE)
    };
    !paged && behind.tokens().any(part)
}

fn certainty(segment: &Segment) -> Certainty {
    if segment.fused {
        Certainty::Fused
    } else if segment.class.sure {
        Certainty::Sure
    } else {
        Certainty::Unsure
    }
}

/// Behind `Idem,` the title begins; before `op. cit.` a name may end a sentence: `Notable examples are O'Donovan, op. cit.`
fn work_start(core: Piece, form: Form) -> usize {
    if matches!(form, Form::OpCit | Form::Supra) && !names_authors(core) && !core.has_title() {
        let names = |i: &usize| names_authors(Piece { from: *i, ..core });
        return core
            .tokens()
            .find(|i| core.lexed.tokens[*i].capital && *i > core.from && names(i))
            .unwrap_or(core.from);
    }
    if form != Form::Idem {
        return core.from;
    }
    let mut at = core.from + core.lexed.tokens[core.from].cue_len as usize;
    while at < core.to && matches!(core.lexed.tokens[at].kind, Token::Sign('.' | ',' | ':')) {
        at += 1;
    }
    at
}

/// A name begins the piece, and something that can follow a name follows it.
fn names_authors(piece: Piece) -> bool {
    piece.authors().is_some_and(|(_, end)| {
        // `Хлевнюк О. В. Политбюро`: initials end a name that its surname begins.
        let initials = end >= piece.from + 3 && piece.lexed.is(end - 1, '.') && piece.lexed.is_initial(end - 2);
        let family_first = initials && !piece.lexed.is_initial(piece.from);
        end >= piece.to || family_first || {
            let token = &piece.lexed.tokens[end];
            !token.is_word()
                || token.quoted
                || token.emphasised
                || token.cue.has(Cue::LOCATOR | Cue::BACK | Cue::OPCIT | Cue::EDITOR)
                || super::locator::roman(piece.lexed.of(end)).is_some()
        }
    })
}

fn cue(core: Piece, form: Form) -> Option<crate::text::Span> {
    let lexed = core.lexed;
    let wanted = match form {
        Form::Ibid => Cue::IBID,
        Form::OpCit => Cue::OPCIT | Cue::CIT,
        Form::LocCit => Cue::LOCCIT,
        Form::Idem => Cue::IDEM | Cue::ID,
        Form::Id => Cue::ID | Cue::IDEM,
        _ => return None,
    };
    let at = core.tokens().find(|i| core.cue(*i).has(wanted) && !lexed.tokens[*i].quoted)?;
    let mut end = at + lexed.tokens[at].cue_len as usize;
    end += usize::from(lexed.is(end, '.'));
    Some(lexed.span(at, end))
}

/// Authors, titles and container of a stretch that ends before places and path.
fn work_of(work: Piece, form: Form, citation: &mut Citation) {
    let lexed = work.lexed;
    let cut = work
        .tokens()
        .find(|i| {
            *i > work.from && !lexed.tokens[*i].quoted && !lexed.tokens[*i].emphasised && ends_work(work, *i, form)
        })
        .unwrap_or(work.to);
    let work = Piece { to: cut, ..work };
    let mut at = work.from;
    let titled = lexed.tokens.get(at).is_some_and(|t| t.kind == Token::QuoteOpen || t.emphasised);
    if form != Form::Idem
        && !titled
        && names_authors(work)
        && let Some((authors, end)) = work.authors()
    {
        citation.authors = authors;
        at = end;
    }
    // `Reed, *The Lamp*, s. v. "Oil"`: what is emphasised right behind the author is the title.
    let emphasised = lexed.tokens.get(at + 1).is_some_and(|t| t.emphasised && at + 1 < work.to && at > work.from);
    // `A. Rossi, Il lume, in «Rivista storica», XII`: what follows "in" is the journal.
    let journal = |open: usize| open > at + 3 && lexed.cue(open - 1).has(Cue::CONTAINER);
    for q in lexed.quotations.iter().filter(|q| q.open >= work.from && q.close < work.to && !emphasised) {
        if !citation.authors.is_empty() && citation.titles.is_empty() && journal(q.open) {
            citation.container = Some(title(Piece { from: q.open + 1, to: q.close, ..work }, true));
            break;
        }
        citation.titles.push(title(Piece { from: q.open + 1, to: q.close, ..work }, true));
    }
    if citation.titles.is_empty() {
        citation.titles.extend(unquoted_title(work, at));
    }
    // `A. Rossi, *Il lume*, in «Rivista storica», XII`
    let quoted = lexed.quotations.iter().find(|q| q.open >= work.from && q.close < work.to);
    if let (Some(emphasis), Some(q)) = (work.emphasis(), quoted)
        && emphasised
        && emphasis.end <= q.open
    {
        let journal = stands_in(work, emphasis.end, q.open);
        citation.container = journal.then(|| title(Piece { from: q.open + 1, to: q.close, ..work }, true));
    } else if let Some(emphasis) = work.emphasis().filter(|_| !citation.titles.is_empty()) {
        let found = title(Piece { from: emphasis.start, to: emphasis.end, ..work }, false);
        if citation.titles[0].quoted
            && found.span.start > citation.titles[0].span.start
            && !citation.titles.iter().any(|t| t.span.covers(found.span))
        {
            citation.container = Some(found);
        }
    }
}

/// Between title and journal: a comma, and perhaps "in".
fn stands_in(work: Piece, from: usize, to: usize) -> bool {
    (from..to).all(|i| {
        work.lexed.cue(i).has(Cue::CONTAINER)
            || matches!(work.lexed.tokens[i].kind, Token::Sign(_) | Token::Open | Token::Close)
    })
}

/// The title that no quotation marks enclose: emphasised, behind the authors, or (a mark is missing) up to a stray closing mark.
fn unquoted_title(work: Piece, at: usize) -> Option<Title> {
    let lexed = work.lexed;
    if let Some(stray) = lexed.stray_closers.iter().copied().find(|i| (work.from + 1..work.to).contains(i)) {
        return Some(title(Piece { to: stray, ..work }, true));
    }
    if let Some(emphasis) = work.emphasis() {
        return Some(title(Piece { from: emphasis.start, to: emphasis.end, ..work }, false));
    }
    let start = (at..work.to).find(|i| lexed.tokens[*i].is_word())?;
    let stop = (start..work.to)
        .find(|i| {
            matches!(lexed.tokens[*i].kind, Token::Open | Token::Sign(';'))
                || *i > start && lexed.is(*i, ',') && ends_title(work, *i + 1)
        })
        .unwrap_or(work.to);
    let found = title(Piece { from: start, to: stop, ..work }.trimmed(), false);
    (!found.words.is_empty()).then_some(found)
}

/// Behind a comma: a year, a volume, a place before a year, a container.
fn ends_title(work: Piece, i: usize) -> bool {
    let lexed = work.lexed;
    let Some(token) = lexed.tokens.get(i).filter(|_| i < work.to) else { return true };
    let year_near = work.year().is_some_and(|y| y >= i && y - i <= 3);
    token.number().is_some() || token.cue.has(Cue::VOLUME | Cue::CONTAINER | Cue::EDITOR) || token.capital && year_near
}

/// The words behind do not name the work any more: cues, pointers, the volume it stands in.
fn ends_work(work: Piece, i: usize, form: Form) -> bool {
    let lexed = work.lexed;
    let cue = lexed.cue(i);
    let back = cue.has(Cue::OPCIT | Cue::LOCCIT) || cue.has(Cue::CIT) && lexed.is(i - 1, ',');
    let pointing = matches!(form, Form::Supra)
        && (cue.has(Cue::BACK | Cue::FORWARD | Cue::PREVIOUS)
            || lexed.tokens[i].kind == Token::Open
                && work.cue(i + 1).has(Cue::NOTE | Cue::BACK | Cue::PREVIOUS | Cue::TOWARD));
    let note = cue.has(Cue::NOTE) && matches!(form, Form::Supra | Form::OpCit) && lexed.tokens[i].span.len() <= 4;
    back || pointing || note
}

pub fn title(piece: Piece, quoted: bool) -> Title {
    let lexed = piece.lexed;
    let piece = Piece { to: piece.to, ..piece };
    let mut words: Vec<String> = Vec::new();
    for i in piece.tokens() {
        match lexed.tokens[i].kind {
            Token::Word => words.push(lexed.folded(i).replace('\'', "")),
            Token::Number(n) => words.push(n.to_string()),
            _ => {}
        }
    }
    // `O.R.P.O.` and `ORPO` are one word.
    let acronyms = join_initials(piece, words);
    let words: Vec<String> = acronyms
        .into_iter()
        .enumerate()
        .filter(|(i, w)| !(ARTICLES.contains(&w.as_str()) && (*i == 0 || w.len() > 1)))
        .flat_map(|(_, w)| unhang(w))
        .collect();
    let to = if piece.to > piece.from && matches!(lexed.tokens[piece.to - 1].kind, Token::Sign(',' | '.')) {
        piece.to - 1
    } else {
        piece.to
    };
    let emphasised = piece.from < piece.to && lexed.tokens[piece.from].emphasised;
    Title { span: lexed.span(piece.from, to), words, emphasised, quoted }
}

/// `Arbeits-und Sozialrecht`, as converters leave it: two words.
fn unhang(word: String) -> Vec<String> {
    let hanging = ["-und", "-oder"].iter().find_map(|end| Some((word.strip_suffix(end)?, &end[1..])));
    match hanging {
        Some((first, join)) if !first.is_empty() => vec![first.to_owned(), join.to_owned()],
        _ => vec![word],
    }
}

fn join_initials(piece: Piece, words: Vec<String>) -> Vec<String> {
    let lexed = piece.lexed;
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut after_initial = false;
    let indices = piece.tokens().filter(|i| matches!(lexed.tokens[*i].kind, Token::Word | Token::Number(_)));
    for (i, word) in indices.zip(words) {
        let initial = lexed.is_initial(i);
        match out.last_mut() {
            Some(last) if after_initial && initial && !lexed.tokens[i].spaced => last.push_str(&word),
            _ => out.push(word),
        }
        after_initial = initial;
    }
    out
}

/// `No. 8, 1989`, `No. 8 (1989)`, `16, no. 3 (1972)`: from the sign to the year.
fn issue(core: Piece) -> Option<crate::text::Span> {
    let lexed = core.lexed;
    let at = core.tokens().find(|i| {
        core.cue(*i).has(Cue::VOLUME)
            && !lexed.tokens[*i].quoted
            && !lexed.tokens[*i].emphasised
            && lexed.tokens.get(*i + 2).is_some_and(|t| t.number().is_some())
    })?;
    let year = core.year().filter(|y| *y > at && *y - at <= 5)?;
    let end = year + 1 + usize::from(lexed.tokens.get(year + 1).is_some_and(|t| t.kind == Token::Close));
    Some(lexed.span(at, end))
}

/// What a definition sets: `Hereafter cited as *X*`, `(hereafter TNA)`, `[hereinafter Appellants' Brief]`.
fn alias(piece: Piece) -> Option<Title> {
    let lexed = piece.lexed;
    let at = piece
        .tokens()
        .find(|i| lexed.cue(*i).has(Cue::ALIAS) && !lexed.tokens[*i].quoted && !lexed.tokens[*i].emphasised)?;
    let mut from = at + lexed.tokens[at].cue_len as usize;
    while from < piece.to
        && (matches!(lexed.tokens[from].kind, Token::Sign(_) | Token::QuoteOpen)
            || matches!(
                lexed.folded(from),
                "cited" | "as" | "referred" | "to" | "zitiert" | "als" | "abrege" | "en" | "cite"
            ))
    {
        from += 1;
    }
    let end = (from..piece.to)
        .find(|i| matches!(lexed.tokens[*i].kind, Token::Close | Token::QuoteClose))
        .unwrap_or(piece.to);
    let found = title(Piece { from, to: end, ..piece }.trimmed(), false);
    let named = lexed.tokens.get(from).is_some_and(|t| t.capital || t.emphasised || t.quoted);
    (!found.words.is_empty() && found.words.len() <= 8 && named).then_some(found)
}
