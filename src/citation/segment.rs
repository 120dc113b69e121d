//! Where one citation ends and the next begins.
//!
//! Semicolons often separate locators of one source, titles hold full stops, prose runs into citations: so the text is
//! cut generously first and pieces that cannot stand alone are put back.

use super::classify::{Class, classify};
use super::lexicon::Cue;
use super::piece::Piece;
use super::token::{Kind, Lexed};
use super::{Form, archive, pointer};

/// A piece with its class; `fused` when prose runs into it or out of it.
#[derive(Clone, Copy)]
pub struct Segment<'l, 'a> {
    pub piece: Piece<'l, 'a>,
    pub class: Class,
    pub fused: bool,
}

pub fn segments<'l, 'a>(lexed: &'l Lexed<'a>) -> Vec<Segment<'l, 'a>> {
    let mut out: Vec<Segment> = Vec::new();
    for (from, to) in cuts(lexed) {
        let mut parts = Vec::new();
        split(Piece::new(lexed, from, to), &mut parts);
        for (piece, fused) in parts {
            let piece = piece.trimmed();
            if piece.from < piece.to {
                let class = classify(piece);
                put(&mut out, Segment { piece, class, fused });
            }
        }
    }
    out
}

/// No citation has more tokens.
const LONGEST: usize = 500;

/// Stretches between semicolons, sentence ends and commas after complete citations.
fn cuts(lexed: &Lexed) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..lexed.tokens.len() {
        let token = &lexed.tokens[i];
        if i - start > LONGEST {
            out.push((start, i));
            start = i;
        }
        let end = match token.kind {
            Kind::Sign(';') if !token.guarded() => !joins_authors(lexed, start, i),
            Kind::Sign('.' | '!' | '?' | '…') if !token.guarded() => ends_sentence(lexed, start, i),
            Kind::QuoteClose | Kind::Close => {
                lexed.tokens.get(i + 1).is_none_or(|t| !t.guarded() || opens(t.kind))
                    && closes_sentence(lexed, start, i)
            }
            Kind::Sign(',') if !token.guarded() => ends_in_comma(lexed, start, i) || quoted_in(lexed, start, i),
            Kind::Word if !token.guarded() && token.cue.has(Cue::JOIN) => joins_works(lexed, start, i),
            _ => false,
        };
        if end {
            out.push((start, if token.is_word() { i } else { i + 1 }));
            start = i + 1;
        }
    }
    out.push((start, lexed.tokens.len()));
    out
}

/// `SILVA, João; COSTA, Ana. Title`: the semicolon stands between two authors.
fn joins_authors(lexed: &Lexed, start: usize, i: usize) -> bool {
    let surname = |at: usize| {
        let typed = lexed.of(at);
        lexed.tokens.get(at).is_some_and(|t| t.is_word())
            && typed.chars().count() > 1
            && typed.chars().all(|c| !c.is_lowercase())
    };
    let comma = (start.max(i.saturating_sub(6))..i).rev().find(|n| lexed.is(*n, ','));
    let given = |from: usize, to: usize| from < to && (from..to).all(|n| lexed.tokens[n].is_word() || lexed.is(n, '.'));
    let before = comma.is_some_and(|c| c > start && surname(c - 1) && given(c + 1, i));
    before && surname(i + 1) && lexed.is(i + 2, ',')
}

fn opens(kind: Kind) -> bool {
    matches!(kind, Kind::QuoteOpen | Kind::Open)
}

/// A full stop, question or exclamation mark at `i` ends what begins at `start`.
fn ends_sentence(lexed: &Lexed, start: usize, i: usize) -> bool {
    let mut next = i + 1;
    while lexed.tokens.get(next).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–' | '—'))) {
        next += 1;
    }
    let Some(after) = lexed.tokens.get(next).filter(|t| t.spaced) else { return false };
    let rest = Piece::new(lexed, next, lexed.tokens.len());
    let signal = rest.signal().is_some() || after.cue.has(Cue::ALIAS);
    let strong = after.cue.has(Cue::IBID) && after.capital || signal && after.capital;
    let dashed = next > i + 1;
    if is_abbreviation(lexed, i) && !dashed && !(strong && !is_initial_or_signal(lexed, i)) {
        return false;
    }
    // `Статья // Журнал. 1991. № 3. С. 15`: the year belongs to the journal.
    let slashes = |n: usize| lexed.is(n, '/') && lexed.is(n + 1, '/') && !lexed.tokens[n].guarded();
    if after.number().is_some() && (start..i).any(slashes) && Piece::new(lexed, start, i).year().is_none() {
        return false;
    }
    let begins = after.capital || opens(after.kind) || after.emphasised || signal || after.number().is_some();
    let left = Piece::new(lexed, start, i).trimmed();
    begins && (strong || after.cue.has(Cue::ALIAS) || is_complete(left))
}

/// A sentence that ends inside its quotation marks or brackets: `… as "enemies." Getty, 12`.
fn closes_sentence(lexed: &Lexed, start: usize, i: usize) -> bool {
    let stopped = i > start && matches!(lexed.tokens[i - 1].kind, Kind::Sign('.' | '!' | '?'));
    let next = lexed.tokens.get(i + 1).filter(|t| t.spaced && (t.capital || opens(t.kind)));
    if !stopped || next.is_none() {
        return false;
    }
    let left = Piece::new(lexed, start, i + 1);
    let (stops, words) = left.prose();
    let sentence = lexed.tokens[i].kind == Kind::Close
        && words >= 3
        && lexed.tokens[start].kind == Kind::Open
        && lexed.tokens.get(start + 1).is_some_and(|t| t.capital);
    sentence || is_alias(lexed, start, i + 1) || words >= 8 && stops * 10 > words * 3
}

/// `(Henceforth *OSR*)`
fn is_alias(lexed: &Lexed, from: usize, to: usize) -> bool {
    let bracketed = |a: Option<Kind>, b: Option<Kind>| a == Some(Kind::Open) && b == Some(Kind::Close);
    let kind = |i: usize| lexed.tokens.get(i).map(|t| t.kind);
    from + 2 < to && bracketed(kind(from), kind(to - 1)) && lexed.cue(from + 1).has(Cue::ALIAS)
}

/// `…, 1989), Amy Knight, *Who Killed Kirov?*`: complete citations in a row.
fn ends_in_comma(lexed: &Lexed, start: usize, i: usize) -> bool {
    if i <= start
        || lexed.tokens[i - 1].kind != Kind::Close
        || Piece::new(lexed, start, i).bracketed_year() != Some(i - 1)
    {
        return false;
    }
    let rest = Piece::new(lexed, i + 1, lexed.tokens.len());
    rest.authors().is_some_and(|(_, end)| {
        lexed.is(end, ',') && lexed.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::QuoteOpen || t.emphasised)
    })
}

/// `Brief an Lind, 3. Mai 1931, zit. nach Reed, Lampe, 5`: another work gives what this one says.
fn quoted_in(lexed: &Lexed, start: usize, i: usize) -> bool {
    let next = i + 1;
    let word = lexed.folded(next);
    let gives =
        ["quoted", "cited", "citado", "citada", "cite", "citee", "cites", "citato", "citata", "zit", "zitiert", "cit"];
    lexed.cue(next).has(Cue::SIGNAL) && gives.contains(&word) && is_complete(Piece::new(lexed, start, i).trimmed())
}

/// `…, Oslo 1931 und Anna Reed: Die Lampe, …`: a year, and behind the joining word another work.
fn joins_works(lexed: &Lexed, start: usize, i: usize) -> bool {
    let left = Piece::new(lexed, start, i);
    let dated = i > start && (left.year() == Some(i - 1) || left.bracketed_year() == Some(i - 1));
    let rest = Piece::new(lexed, i + 1, lexed.tokens.len());
    dated && left.imprint_place() && rest.authors().is_some_and(|(_, end)| titled(lexed, end))
}

/// Behind the last author stands a title: marked, or with a colon before it.
fn titled(lexed: &Lexed, end: usize) -> bool {
    let marked = |i: usize| lexed.tokens.get(i).is_some_and(|t| t.emphasised || t.kind == Kind::QuoteOpen);
    lexed.titles_follow(end) || lexed.is(end, ',') && marked(end + 1)
}

/// The stop at `i` belongs to the word before it.
fn is_abbreviation(lexed: &Lexed, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let token = &lexed.tokens[before];
    match token.kind {
        Kind::Word => {
            // `577B.` ends in no initial.
            let signed = before > 0 && !token.spaced && lexed.tokens[before - 1].number().is_some();
            let single = lexed.of(before).chars().nth(1).is_none() && !signed;
            let roman = super::locator::roman(lexed.of(before)).is_some()
                && before > 0
                && lexed.cue(before - 1).has(Cue::VOLUME | Cue::UNIT | Cue::XREF);
            let journal = token.capital && token.span.len() <= 5 && abbreviated_title(lexed, i + 1);
            let known = (before.saturating_sub(3)..=before)
                .any(|n| n + lexed.tokens[n].cue_len as usize > before && lexed.cue(n).has(Cue::ABBREVIATION));
            (single || known || journal) && !roman
        }
        Kind::Number(n) => {
            let next = lexed.folded(i + 1);
            let ordinal = matches!(
                next,
                "auflage" | "aufl" | "jahrhundert" | "jh" | "sitzung" | "legislatur" | "jahrg" | "jg" | "ed" | "wyd"
            );
            n < 100 && (lexed.cue(i + 1).has(Cue::MONTH) || ordinal)
        }
        _ => false,
    }
}

/// `Rev. 26`, `J. Soc. 24`: the rest of an abbreviated journal title and its volume.
fn abbreviated_title(lexed: &Lexed, mut at: usize) -> bool {
    for _ in 0..4 {
        let Some(token) = lexed.tokens.get(at) else { return false };
        if token.number().is_some() {
            return true;
        }
        if !(token.is_word() && token.capital && token.span.len() <= 6 && lexed.is(at + 1, '.')) {
            return false;
        }
        at += 2;
    }
    false
}

fn is_initial_or_signal(lexed: &Lexed, i: usize) -> bool {
    i > 0 && (lexed.is_initial(i - 1) || lexed.cue(i - 1).has(Cue::SIGNAL))
}

/// It has reached what ends a citation (a year, a place, a back-reference), or it is prose.
fn is_complete(piece: Piece) -> bool {
    if is_alias(piece.lexed, piece.from, piece.to) {
        return true;
    }
    let core = piece.core();
    let lexed = core.lexed;
    let cue = Cue::OPCIT | Cue::LOCCIT | Cue::REPOSITORY;
    let back =
        core.cue(core.from).has(Cue::IBID) || core.tokens().any(|i| core.cue(i).has(cue) && !lexed.tokens[i].quoted);
    let id = core.to - core.from <= 2 && (core.cue(core.from).has(Cue::IDEM) || lexed.folded(core.from) == "id");
    if core.year().is_some()
        || core.locators().is_some()
        || back
        || id
        || pointer::find(lexed, core.from, core.to).is_some()
    {
        return true;
    }
    if core.tokens().any(|i| lexed.cue(i).has(Cue::CIT) && i + 1 == core.to)
        || archive::weight(lexed, core.from, core.to) >= 2
    {
        return true;
    }
    if super::law::is_statute(core) || super::law::is_case(core) {
        return true;
    }
    // `C. Ginzburg, Il formaggio e i vermi`: a title may read like prose.
    if core.authors().is_some_and(|(_, end)| end < core.to && (lexed.is(end, ',') || lexed.titles_follow(end))) {
        return false;
    }
    let (stops, words) = core.prose();
    let ratio = core.stop_ratio();
    words >= 7 && ratio > 0.27 || stops >= 2 && words >= 4 && ratio > 0.4
}

/// Parts of a stretch: a quotation and its source, prose and the citation it runs into or out of, coordinated back-references.
fn split<'l, 'a>(piece: Piece<'l, 'a>, out: &mut Vec<(Piece<'l, 'a>, bool)>) {
    let piece = piece.trimmed();
    let cut = |at: usize| (Piece { to: at, ..piece }, Piece { from: at, ..piece });
    if let Some(at) = cited_quotation(piece).or_else(|| id_with_supra(piece)) {
        let (left, right) = cut(at);
        out.push((left, false));
        return split(right, out);
    }
    if let Some(at) = led_to(piece).or_else(|| lead_in(piece)) {
        let (left, right) = cut(at);
        out.push((left, false));
        out.push((right.trimmed(), true));
        let last = out.len() - 1;
        if let Some(end) = trailing_prose(right.trimmed()) {
            out[last].0.to = end;
            out.push((Piece { from: end, ..piece }, false));
        }
        return;
    }
    if let Some(at) = trailing_prose(piece) {
        let (left, right) = cut(at);
        out.push((left, true));
        out.push((right, false));
        return;
    }
    if let Some(at) = coordinated(piece) {
        let (left, right) = cut(at);
        out.push((left, false));
        return split(Piece { from: right.from + 1, ..right }, out);
    }
    out.push((piece, false));
}

/// `'The lamps are going out': Grey, *Twenty-Five Years*, 20`
fn cited_quotation(piece: Piece) -> Option<usize> {
    let lexed = piece.lexed;
    let quotation = piece.quotation().filter(|q| q.open == piece.from && q.close - q.open > 4)?;
    let at = quotation.close + 1;
    let next = lexed.tokens.get(at + 1).filter(|_| at + 1 < piece.to)?;
    (lexed.is(at, ':') && next.capital).then_some(at)
}

/// `Id., MALLOY, supra note 2`
fn id_with_supra(piece: Piece) -> Option<usize> {
    let lexed = piece.lexed;
    let cue = piece.cue(piece.from);
    if !(lexed.folded(piece.from) == "id" || cue.has(Cue::IBID)) || !lexed.is(piece.from + 1, '.') {
        return None;
    }
    let at = piece.from + 2 + usize::from(lexed.is(piece.from + 2, ','));
    let rest = Piece { from: at.min(piece.to), ..piece };
    let (_, end) = rest.authors()?;
    let found = pointer::find(lexed, end, piece.to)?;
    (found.from <= end + 1).then_some(at)
}

/// Where a work begins with its imprint that a sentence or a quotation leads to: `… was told by Anna Reed, *The Lamp* (Oslo:
/// Oko, 1931)`.
fn led_to(piece: Piece) -> Option<usize> {
    let (lexed, core) = (piece.lexed, piece.core());
    let sentence = |at: usize| {
        let quotation = lexed.quotations.iter().find(|q| q.open == at);
        quotation
            .filter(|q| Piece::new(lexed, q.open, q.close).tokens().filter(|i| lexed.tokens[*i].is_word()).count() >= 8)
    };
    if core.from >= core.to || sentence(core.from).is_none() && begins_with_citation(core) {
        return None;
    }
    core.tokens().skip(3).find(|i| {
        let (i, token, before) = (*i, &lexed.tokens[*i], &lexed.tokens[*i - 1]);
        let named = before.is_word() && (before.capital || before.cue.has(Cue::JOIN))
            || before.is('.') && lexed.tokens[i.saturating_sub(2)].capital && lexed.of(i.saturating_sub(2)).len() <= 3
            || before.is('/')
            || before.is('-');
        if token.guarded() || !token.capital || !token.is_word() || named && !before.guarded() {
            return false;
        }
        let (left, right) = (Piece { to: i, ..core }.trimmed(), Piece { from: i, ..core });
        let marked = right.authors().is_some_and(|(_, end)| {
            (lexed.is(end, ',') || lexed.is(end, ':'))
                && lexed.tokens.get(end + 1).is_some_and(|t| t.emphasised || t.kind == Kind::QuoteOpen)
        });
        let quoted = || {
            left.to > left.from && lexed.quotations.iter().any(|q| q.close + 1 == left.to && sentence(q.open).is_some())
        };
        let prose = || left.prose().1 >= 4 && classify(left).form == Form::Commentary;
        marked && right.imprint() && right.bracketed_year().is_some() && (quoted() || prose())
    })
}

/// Where a citation begins that long prose runs into: `… debate remains J. Rüger, 'Revisiting …'`.
fn lead_in(piece: Piece) -> Option<usize> {
    let lexed = piece.lexed;
    let core = piece.core();
    if core.prose().1 < 12 || begins_with_citation(core) {
        return None;
    }
    core.tokens().skip(6).find_map(|i| {
        let token = &lexed.tokens[i];
        if token.guarded() {
            return None;
        }
        let verb = matches!(lexed.folded(i), "remains" | "is" | "are" | "by" | "in")
            && !lexed.tokens.get(i + 1).is_some_and(|t| t.cue.has(Cue::STOP));
        if !(verb || token.is(',') || token.is(':')) {
            return None;
        }
        let left = Piece { to: i, ..core };
        let right = Piece { from: i + 1, ..core };
        let (stops, words) = left.prose();
        let listing = token.is(',') && lists_names(left);
        if words < 8 || !listing && (stops * 10 < words * 3 || classify(left).form != Form::Commentary) {
            return None;
        }
        begins_source(right, token.is(',') || token.is(':')).then_some(i + 1)
    })
}

/// A sentence that ends in a list of names: `The Germans included A. Abel, B. Bebel`.
fn lists_names(left: Piece) -> bool {
    let commas = left.tokens().filter(|i| left.lexed.is(*i, ',') && !left.lexed.tokens[*i].guarded()).count();
    commas >= 2 && left.prose().0 >= 1 && left.tokens().all(|i| !left.lexed.tokens[i].guarded())
}

fn begins_with_citation(core: Piece) -> bool {
    let lexed = core.lexed;
    if core.cue(core.from).has(Cue::IBID | Cue::IDEM)
        || lexed.tokens[core.from].kind == Kind::QuoteOpen
        || lexed.tokens[core.from].emphasised
    {
        return true;
    }
    let see = core.tokens().any(|i| core.cue(i).has(Cue::SEE) && !lexed.tokens[i].guarded());
    see || core.authors().is_some_and(|(_, end)| {
        lexed.is(end, ',')
            && lexed.tokens.get(end + 1).is_some_and(|t| t.capital || t.emphasised || t.kind == Kind::QuoteOpen)
            || lexed.is(end, ':')
    })
}

/// What follows is a work with its marks: a name and a marked title, a back-reference, an archive.
fn begins_source(right: Piece, separated: bool) -> bool {
    let lexed = right.lexed;
    if right.from >= right.to || right.prose().1 > 60 {
        return false;
    }
    if right.cue(right.from).has(Cue::IBID) {
        return true;
    }
    if !separated && archive::path(lexed, right.from, right.to).is_some_and(|(_, from, _)| from == right.from) {
        return true;
    }
    let Some((authors, end)) = right.authors() else { return false };
    let marked =
        lexed.is(end, ',') && lexed.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::QuoteOpen || t.emphasised);
    let initials = !separated && lexed.is(end, ',') && !authors[0].given.is_empty();
    let short = separated
        && lexed.is(end, ',')
        && right.locators().is_some()
        && right.prose().1 <= 12
        && right.stop_ratio() < 0.35;
    marked || initials && right.locators().is_some() || short
}

/// The end of a complete citation that a sentence goes on from: `… (New York, 1999) argue that`.
fn trailing_prose(piece: Piece) -> Option<usize> {
    let lexed = piece.lexed;
    let core = piece.core();
    let close = core.bracketed_year().filter(|c| lexed.tokens[*c].depth == 1)?;
    let mut at = close + 1;
    if let Some(found) = after_colon(core, at) {
        at = found;
    }
    let next = lexed.tokens.get(at).filter(|_| at < piece.to)?;
    let verb = next.is_word()
        && !next.capital
        && !next.guarded()
        && !next.cue.has(Cue::LOCATOR | Cue::EDITOR | Cue::VOLUME | Cue::CONTAINER | Cue::JOIN | Cue::BACK | Cue::HERE);
    let rest = Piece { from: at, ..piece };
    let titled = Piece { to: close, ..core }.has_title();
    (verb && titled && rest.prose().1 >= 4).then_some(at)
}

/// `…, 2001):162-3`: the token behind the pages.
fn after_colon(core: Piece, at: usize) -> Option<usize> {
    let lexed = core.lexed;
    if !(lexed.is(at, ':') || lexed.is(at, ',')) {
        return None;
    }
    let end =
        (at + 1..core.to).find(|i| lexed.tokens[*i].is_word() && !lexed.cue(*i).has(Cue::LOCATOR)).unwrap_or(core.to);
    (end > at + 1).then_some(end)
}

/// `X, op. cit., n. 21 and Y, op. cit., n. 24`: where the second begins, its joining word included.
fn coordinated(piece: Piece) -> Option<usize> {
    let lexed = piece.lexed;
    piece.tokens().find(|i| {
        let token = &lexed.tokens[*i];
        if token.guarded() || !token.cue.has(Cue::JOIN) || *i == piece.from || *i + 1 >= piece.to {
            return false;
        }
        let (left, right) = (Piece { to: *i, ..piece }, Piece { from: *i + 1, ..piece });
        let next = &lexed.tokens[right.from];
        let refers =
            |p: Piece| matches!(classify(p.trimmed()).form, Form::Xref | Form::OpCit | Form::Supra | Form::Ibid);
        (next.capital || next.cue.has(Cue::BACK | Cue::FORWARD)) && refers(left) && refers(right)
    })
}

/// Appends a segment, or gives it back to the one before when it cannot stand alone.
fn put<'l, 'a>(out: &mut Vec<Segment<'l, 'a>>, segment: Segment<'l, 'a>) {
    if let Some(last) = out.last_mut()
        && let Some(class) = joined(last, &segment)
    {
        last.piece.to = segment.piece.to;
        last.class = class;
        return;
    }
    out.push(segment);
}

/// The class of both together, where the second belongs to the first.
fn joined(last: &Segment, segment: &Segment) -> Option<Class> {
    let (before, piece, form) = (last.class, segment.piece, segment.class.form);
    let semicolon = (last.piece.to..piece.from).any(|i| piece.lexed.is(i, ';'));
    let prose = form == Form::Commentary && before.form == Form::Commentary && !last.fused;
    let places =
        matches!(form, Form::Commentary | Form::Short) && only_places(piece) && before.form != Form::Commentary;
    let archival = before.kind == super::Kind::Archival || before.form == Form::Ibid;
    let parts = semicolon && before.form == Form::Full && names_part(piece);
    if prose || places || parts || archival && !semicolon && continues_path(piece) {
        return Some(before);
    }
    if continues_archival(last.piece, before, piece, segment.class) {
        return Some(segment.class);
    }
    let letter = before.form != Form::Full
        && last.piece.prose().1 <= 12
        && last.piece.year().is_none()
        && piece.date()
        && piece.prose().1 <= 8;
    if letter && !semicolon && matches!(before.form, Form::Commentary | Form::Short) {
        return Some(Class { form: Form::Full, kind: super::Kind::Unknown, sure: false });
    }
    if before.form == Form::Full && form == Form::Short && !semicolon && names_chapter(last.piece, piece) {
        return Some(before);
    }
    let work = !semicolon && continues_work(last.piece, before, piece, form);
    work.then(|| classify(Piece { from: last.piece.from, ..piece }))
}

/// `…, 2012, Kapitel IV. Die Lampe, S. 5`: what the full stop cut off is the title of the chapter.
fn names_chapter(last: Piece, piece: Piece) -> bool {
    let lexed = piece.lexed;
    let numbered = last.to >= 2
        && lexed.cue(last.to - 2).has(Cue::XREF | Cue::UNIT)
        && (lexed.tokens[last.to - 1].number().is_some() || super::locator::roman(lexed.of(last.to - 1)).is_some());
    let authored = piece.authors().is_some_and(|(_, end)| lexed.is(end, ',') || lexed.is(end, ':'));
    numbered && !authored && piece.core().from == piece.from && piece.locators().is_some()
}

/// `; Pt. II of the paper, 1861, 21:281-291`: another part of the work that the semicolon follows, and no work of its own.
fn names_part(piece: Piece) -> bool {
    const LONGEST: usize = 6;
    let lexed = piece.lexed;
    let number = piece.from + 1 + usize::from(lexed.is(piece.from + 1, '.'));
    let numbered = number < piece.to
        && (lexed.tokens[number].number().is_some() || super::locator::roman(lexed.of(number)).is_some());
    let titled = piece.quotation().is_some() || piece.tokens().any(|i| lexed.tokens[i].emphasised);
    let named = piece.from + 1..piece.to;
    let named = named
        .filter(|i| lexed.tokens[*i].is_word() && lexed.tokens[*i].capital)
        .any(|i| !lexed.cue(i).has(Cue::VOLUME) && super::locator::roman(lexed.of(i)).is_none());
    lexed.cue(piece.from).has(Cue::VOLUME) && numbered && !titled && !named && piece.prose().1 <= LONGEST
}

/// Nothing but numbers and their signs: `VI, 62`, `pp. 3-5`.
fn only_places(piece: Piece) -> bool {
    let lexed = piece.lexed;
    piece.tokens().all(|i| {
        let t = &lexed.tokens[i];
        !t.is_word()
            || t.cue.has(Cue::LOCATOR | Cue::HERE | Cue::VOLUME)
            || super::locator::roman(lexed.of(i)).is_some()
            || lexed.of(i).len() <= 2 && !t.capital
    }) && piece.tokens().any(|i| lexed.tokens[i].number().is_some() || super::locator::roman(lexed.of(i)).is_some())
}

/// `Д. 280. Л. 15`, `Box 4`: lower levels of a path that a full stop has cut off.
fn continues_path(piece: Piece) -> bool {
    let lexed = piece.lexed;
    let word = lexed.folded(piece.from);
    let sign = matches!(word, "ф" | "оп" | "д" | "л" | "лл" | "с" | "f" | "op" | "d" | "l" | "ll" | "box" | "folder");
    sign && (piece.from + 1..piece.to.min(piece.from + 4)).any(|i| lexed.tokens[i].number().is_some())
}

/// A dated document and the archive it lies in, with a full stop between.
fn continues_archival(last: Piece, before: Class, piece: Piece, class: Class) -> bool {
    let starts = class.kind == super::Kind::Archival
        && archive::path(piece.lexed, piece.from, piece.to).is_some_and(|(_, from, _)| from == piece.from);
    let document = matches!(before.form, Form::Full | Form::Short | Form::Commentary)
        && before.kind != super::Kind::Archival
        && last.bracketed_year().is_none();
    let length = piece.lexed.span(last.from, piece.to).len();
    starts && document && (last.date() || last.quotation().is_some()) && length < 260 && last.stop_ratio() <= 0.5
}

/// The rest of a work whose parts full stops separate: `М., 1996. С. 45`, `London: Penguin, 1980`.
fn continues_work(last: Piece, before: Class, piece: Piece, form: Form) -> bool {
    let lexed = piece.lexed;
    let open = matches!(before.form, Form::Full | Form::Short | Form::Commentary | Form::OpCit);
    let imprint = form == Form::Full && last.year().is_none() && before.form != Form::OpCit && {
        let first = &lexed.tokens[piece.from];
        let colon = (piece.from..piece.to.min(piece.from + 4)).any(|i| lexed.is(i, ':'));
        first.capital && colon && piece.imprint() && piece.prose().1 <= 8
    };
    let cyrillic = lexed.of(piece.from).chars().next().is_some_and(|c| ('А'..='я').contains(&c))
        && piece.core().from == piece.from;
    let one_work = lexed.span(last.from, piece.to).len() < 260 && !(last.year().is_some() && piece.year().is_some());
    let gost =
        cyrillic && open && matches!(form, Form::Full | Form::Short | Form::Commentary | Form::OpCit) && one_work;
    open && (imprint && last.year().is_none() || gost)
}
