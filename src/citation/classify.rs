//! Which form and kind a piece of a note is: hard cues first, then the kind of source, then a weighing of signs.

use super::lexicon::Cue;
use super::piece::Piece;
use super::token::Kind as Token;
use super::{Form, Kind, archive, law, pointer};

/// Form and kind of a piece, and whether the reading is sure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Class {
    pub form: Form,
    pub kind: Kind,
    pub sure: bool,
}

impl Class {
    const fn new(form: Form, kind: Kind) -> Class {
        Class { form, kind, sure: true }
    }

    const COMMENTARY: Class = Class::new(Form::Commentary, Kind::Unknown);
}

pub fn classify(piece: Piece) -> Class {
    let core = piece.core();
    by_cue(piece, core)
        .or_else(|| by_pointer(piece, core))
        .or_else(|| by_source(core))
        .unwrap_or_else(|| by_weight(core))
}

/// Ibid., op. cit. and their kin say what they are.
fn by_cue(piece: Piece, core: Piece) -> Option<Class> {
    let lexed = core.lexed;
    let (_, words) = core.prose();
    let unknown = |form| Some(Class::new(form, Kind::Unknown));
    let opens = usize::from(lexed.tokens.get(piece.from).is_some_and(|t| t.kind == Token::Open));
    if piece.cue(piece.from + opens).has(Cue::ALIAS) && words < 25 {
        return unknown(Form::Alias);
    }
    let outside = |i: &usize| !lexed.tokens[*i].quoted;
    if words <= 12
        && core.tokens().filter(outside).any(|i| {
            core.cue(i).has(Cue::LOCCIT) && !lexed.tokens[i].capital
                || core.cue(i).has(Cue::LOCCIT) && lexed.of(i).len() > 1
        })
    {
        return unknown(Form::LocCit);
    }
    if let Some(class) = same_author(core) {
        return Some(class);
    }
    let first = core.cue(core.from);
    let sign = lexed.tokens.get(core.from).is_some_and(|t| t.kind == Token::Open);
    if first.has(Cue::IBID) || sign && core.cue(core.from + 1).has(Cue::IBID) {
        return unknown(Form::Ibid);
    }
    if first.has(Cue::ID | Cue::IDEM) && !first.has(Cue::STOP) && is_id(core, core.from) {
        return unknown(Form::Id);
    }
    if core.tokens().filter(outside).any(|i| {
        is_id(core, i) && i > core.from && (lexed.is(i - 1, ',') || lexed.cue(i - 1).has(Cue::CONTAINER)) && words < 30
    }) {
        return unknown(Form::Id);
    }
    if core.tokens().filter(outside).any(|i| core.cue(i).has(Cue::OPCIT)) || core.tokens().any(|i| is_cit(core, i)) {
        return unknown(Form::OpCit);
    }
    let mid = core.tokens().filter(outside).find(|i| core.cue(*i).has(Cue::IBID) && *i > core.from)?;
    let named = core.authors().is_some_and(|(_, end)| end + 1 >= mid) || lexed.is(mid - 1, ',') && words < 8;
    (words < 14 && named).then_some(Class::new(Form::Ibid, Kind::Unknown))
}

/// `Id.`, `id. at 12`: the legal form, not an identity card or a name.
fn is_id(core: Piece, i: usize) -> bool {
    core.lexed.folded(i) == "id"
        || core.cue(i).has(Cue::IDEM) && matches!(core.lexed.folded(i), "idem") && i == core.from
}

/// Italian `, cit.` behind a title.
fn is_cit(core: Piece, i: usize) -> bool {
    let before = i > core.from
        && (core.lexed.is(i - 1, ',')
            || core.lexed.tokens[i - 1].kind == Token::QuoteClose
            || core.lexed.is(i - 1, '…'));
    let after = core.lexed.tokens.get(i + 1).is_none_or(|t| matches!(t.kind, Token::Sign('.' | ',' | ';')));
    core.cue(i).has(Cue::CIT) && before && after
}

/// `Idem, *Title*`, `ders., Titel`: a cue and then a work.
fn same_author(core: Piece) -> Option<Class> {
    let lexed = core.lexed;
    let first = core.from;
    if !core.cue(first).has(Cue::IDEM) && lexed.folded(first) != "id" {
        return None;
    }
    let mut rest = first + lexed.tokens[first].cue_len as usize;
    while rest < core.to && matches!(lexed.tokens[rest].kind, Token::Sign('.' | ',' | ':')) {
        rest += 1;
    }
    let token = lexed.tokens.get(rest).filter(|_| rest < core.to)?;
    if token.cue.has(Cue::IBID | Cue::UNIT | Cue::NOTE) || matches!(lexed.folded(rest), "at" | "s" | "p" | "pp") {
        return None;
    }
    let after = Piece { from: rest, ..core };
    let words = after.prose().1;
    let titled = after.year().is_some()
        || after.quotation().is_some()
        || (token.capital || token.emphasised) && (words > 3 || after.emphasis().is_some() || lexed.is_initial(rest))
        || after.tokens().any(|i| is_cit(core, i));
    titled.then_some(Class::new(Form::Idem, if after.year().is_some() { Kind::Book } else { Kind::Unknown }))
}

/// Pointers to notes and parts of the manuscript.
fn by_pointer(piece: Piece, core: Piece) -> Option<Class> {
    let lexed = core.lexed;
    let (_, words) = core.prose();
    let signalled = core.from > piece.from;
    if let Some(found) = pointer::find(lexed, core.from, core.to) {
        let head = Piece { to: found.from, ..core }.trimmed();
        let opened = head.from < head.to && lexed.tokens[head.to - 1].kind == Token::Open;
        let head = Piece { to: head.to - usize::from(opened), ..head }.trimmed();
        // `… näher Scheuch (oben N. 37)`: prose may lead to the name.
        let last = head.to.checked_sub(1).filter(|i| *i >= head.from);
        let led_to = opened && last.is_some_and(|i| lexed.tokens[i].is_word() && lexed.tokens[i].capital);
        let all_names = head.authors().is_some_and(|(_, end)| end >= head.to);
        let named = head.from < head.to
            && (head.authors().is_some()
                || head.has_title()
                || led_to
                || lexed.tokens[head.from].capital && !lexed.cue(head.from).has(Cue::STOP))
            && (head.stop_ratio() < 0.45 || all_names);
        if named {
            return Some(Class::new(Form::Supra, Kind::Unknown));
        }
        let pointing = lexed.tokens[core.from].capital && core.cue(core.from).has(Cue::BACK) && found.from == core.from;
        if !signalled && pointing && !found.pointer.notes.is_empty() {
            return Some(Class::new(Form::Supra, Kind::Unknown));
        }
        if words < 14 {
            return Some(Class::new(Form::Xref, Kind::Unknown));
        }
    }
    let bare_supra = core.tokens().find(|i| lexed.folded(*i) == "supra" && *i > core.from && lexed.is(i - 1, ','));
    if bare_supra.is_some() && core.authors().is_some() && words < 14 {
        return Some(Class::new(Form::Supra, Kind::Unknown));
    }
    let paged = core.locators().is_some_and(|l| matches!(l.locators.unit, super::Unit::Page | super::Unit::Pages));
    let plain = core.year().is_none() && !paged && !core.has_title() && archive::weight(lexed, core.from, core.to) < 2;
    if plain && words < 22 && pointer::names_a_part(lexed, core.from, core.to) {
        let low = lexed.tokens.get(piece.from).is_some_and(|t| t.is_word() && !t.capital);
        let first = core.cue(core.from).has(Cue::NOTE | Cue::BACK | Cue::FORWARD | Cue::XREF);
        if signalled || low || first || core.stop_ratio() > 0.3 && words > 3 {
            return Some(Class::new(Form::Xref, Kind::Unknown));
        }
    }
    let chapter =
        |i: usize| core.cue(i).has(Cue::XREF) && i > core.from && (lexed.cue(i - 1).has(Cue::CONTAINER | Cue::STOP));
    let part = plain && words < 24 && core.locators().is_none() && core.tokens().any(chapter);
    part.then_some(Class::new(Form::Xref, Kind::Unknown))
}

/// The kind of source tells itself: archives, cases, statutes, addresses, newspapers.
fn by_source(core: Piece) -> Option<Class> {
    let lexed = core.lexed;
    let (stops, words) = core.prose();
    let ratio = if words == 0 { 0.0 } else { stops as f32 / words as f32 };
    let full = |kind| Some(Class::new(Form::Full, kind));
    let weight = archive::weight(lexed, core.from, core.to);
    let published = core.imprint() && core.bracketed_year().is_some() && weight <= 3;
    if weight >= 2 && !(weight <= 3 && ratio > 0.42 && words > 25) && !published {
        return full(Kind::Archival);
    }
    if core.cue(core.from).has(Cue::FILING) && core.year().is_some() && words < 40 {
        return full(Kind::Unknown);
    }
    if law::is_code(core) {
        return full(Kind::Statute);
    }
    if law::is_case(core) {
        return full(Kind::Case);
    }
    // A DOI identifies a published work, whatever else is said of it.
    let url = core.tokens().any(|i| lexed.tokens[i].kind == Token::Url && !lexed.of(i).contains("doi.org"));
    let accessed = core.imprint()
        && core
            .bracketed_year()
            .is_some_and(|_| core.volume() || core.quotation().is_some() && core.emphasis().is_some());
    if url && !core.volume() && !accessed && !(core.imprint() && core.emphasis().is_some()) && ratio < 0.5 {
        return full(Kind::Web);
    }
    if law::is_statute(core) && !(core.quotation().is_some() && core.volume()) && words < 45 && ratio < 0.5 {
        return full(Kind::Statute);
    }
    let paper = is_newspaper(core) && (core.year().is_some() || core.date());
    let dated = core.date()
        && core.quotation().is_some()
        && !core.volume()
        && words < 40
        && !core.tokens().any(|i| is_private(lexed.folded(i)));
    let issued = core.date()
        && core.bracketed_year().is_some()
        && core.has_title()
        && !core.volume()
        && words < 40
        && !is_accessed(core);
    if (paper || dated || issued) && !url && ratio < 0.45 {
        return full(Kind::Newspaper);
    }
    None
}

fn is_private(word: &str) -> bool {
    matches!(
        word,
        "speech"
            | "letter"
            | "diary"
            | "interview"
            | "vortrag"
            | "brief"
            | "rede"
            | "tagebuch"
            | "memorandum"
            | "accessed"
            | "thesis"
            | "diss"
    )
}

fn is_accessed(core: Piece) -> bool {
    core.tokens().any(|i| {
        matches!(core.lexed.folded(i), "accessed" | "access" | "abgerufen" | "consulte" | "visited" | "retrieved")
    })
}

/// A newspaper named where a container stands.
fn is_newspaper(core: Piece) -> bool {
    let lexed = core.lexed;
    core.tokens().any(|i| {
        let token = &lexed.tokens[i];
        let after = i + token.cue_len as usize;
        let longer = matches!(lexed.folded(after), "tsk" | "цк" | "of" | "vtsik");
        let before = i.checked_sub(1).filter(|b| *b >= core.from);
        let placed = before.is_none_or(|b| {
            matches!(
                lexed.tokens[b].kind,
                Token::Sign(',' | '*' | '_' | '/' | '.')
                    | Token::QuoteOpen
                    | Token::QuoteClose
                    | Token::Open
                    | Token::Sign(':')
            ) || lexed.cue(b).has(Cue::CONTAINER)
                || lexed.folded(b) == "the"
        });
        token.cue.has(Cue::NEWSPAPER) && token.capital && placed && !longer
    })
}

/// Full, short, quotation or commentary: what speaks for each is weighed.
fn by_weight(core: Piece) -> Class {
    let lexed = core.lexed;
    let (stops, words) = core.prose();
    let ratio = if words == 0 { 0.0 } else { stops as f32 / words as f32 };
    let (year, locators) = (core.year(), core.locators());
    let quotation = core.quotation();
    let named = core.authors();
    let italic = core.emphasis();
    if quotation.is_some_and(|q| q.open == core.from && q.close + 2 >= core.to)
        && locators.is_none()
        && quoted_words(core) >= 6
    {
        return Class::new(Form::Quote, Kind::Unknown);
    }
    let edited = core.tokens().any(|i| core.cue(i).has(Cue::EDITOR) && !lexed.tokens[i].quoted);
    let container = core.tokens().any(|i| {
        core.cue(i).has(Cue::CONTAINER)
            && i > core.from
            && !lexed.tokens[i].quoted
            && !lexed.tokens[i].emphasised
            && opens_container(core, i)
    });
    let mut full = 0.0;
    full += if core.bracketed_year().is_some() {
        2.0
    } else if year.is_some() {
        1.4
    } else {
        0.0
    };
    full += if core.imprint() { 1.2 } else { 0.0 };
    full += if core.volume() && year.is_some() { 1.2 } else { 0.0 };
    full += if edited && year.is_some() { 0.6 } else { 0.0 };
    full += if container { 0.5 } else { 0.0 };
    full += if core.tokens().any(|i| lexed.tokens[i].kind == Token::Url) { 0.5 } else { 0.0 };
    full += if container && edited && locators.is_some() { 2.4 } else { 0.0 };
    full += if core.tokens().any(|i| core.cue(i).has(Cue::FORTHCOMING)) && !named.is_none() { 1.2 } else { 0.0 };
    let mut short = 0.0;
    let title = quotation.is_some() || italic.is_some() || stray_title(core);
    short += if locators.is_some() && year.is_none() { 1.6 } else { 0.0 };
    short += if named.is_some() && year.is_none() { 1.0 } else { 0.0 };
    short += if title && year.is_none() { 0.8 } else { 0.0 };
    short += if title && year.is_none() && locators.is_none() && words < 8 { 0.8 } else { 0.0 };
    short += if is_author_date(core) { 3.2 } else { 0.0 };
    short += if is_author_page(core) { 1.5 } else { 0.0 };
    let mut commentary = 3.2 * (ratio - 0.22).max(0.0) + 0.04 * words.saturating_sub(18) as f32;
    commentary += if year.is_none() && locators.is_none() && !title { 1.0 } else { 0.0 };
    commentary += if named.is_none() && !title { 0.4 } else { 0.0 };
    // A sentence of some length that begins like one, whatever years and places it names.
    commentary += if named.is_none() && !titled_head(core) && words > 20 && ratio > 0.3 { 2.5 } else { 0.0 };
    weighed(core, full, short, commentary)
}

/// A quotation or emphasised title stands at its head.
fn titled_head(core: Piece) -> bool {
    let near = core.from + 4;
    core.quotation().is_some_and(|q| q.open <= near) || core.emphasis().is_some_and(|e| e.start <= near)
}

fn weighed(core: Piece, full: f32, short: f32, commentary: f32) -> Class {
    let best = full.max(short).max(commentary);
    let margin = {
        let mut all = [full, short, commentary];
        all.sort_by(f32::total_cmp);
        all[2] - all[1]
    };
    let sure = margin >= 0.4;
    if best == full && full >= 1.4 {
        return Class { form: Form::Full, kind: kind(core), sure };
    }
    if best == short && short >= 1.2 || best == full && short >= 1.2 && commentary < 0.6 {
        return Class { form: Form::Short, kind: Kind::Unknown, sure: sure && is_plain_short(core) };
    }
    Class { sure, ..Class::COMMENTARY }
}

/// Nothing but a name, a title and a place: no sentence, no quotation with its page, no work in a volume.
fn is_plain_short(core: Piece) -> bool {
    let lexed = core.lexed;
    let (stops, words) = core.prose();
    let contained = core.tokens().any(|i| {
        core.cue(i).has(Cue::CONTAINER) && i > core.from && !lexed.tokens[i].guarded() && opens_container(core, i)
    });
    let quoted = core.quotation().is_none_or(|q| {
        let title = Piece { from: q.open + 1, to: q.close, ..core };
        let stops = title.tokens().filter(|i| lexed.cue(*i).has(Cue::STOP)).count();
        let words = title.tokens().filter(|i| lexed.tokens[*i].is_word()).count();
        lexed.tokens[title.from].capital && stops * 20 <= words * 9 && words <= 16
    });
    let edited = core.tokens().any(|i| core.cue(i).has(Cue::EDITOR) && !lexed.tokens[i].guarded());
    let leaders = core.tokens().zip(core.from + 3..core.to).any(|(a, d)| (a..=d).all(|i| lexed.is(i, '.')));
    // `К. Н.`, `С. 14`: initials are no words of a sentence.
    let initials = core.tokens().filter(|i| lexed.is_initial(*i) && lexed.cue(*i).has(Cue::STOP)).count();
    words <= 10 && stops.saturating_sub(initials) * 3 <= words && !contained && quoted && !edited && !leaders
}

/// Book, article or chapter.
fn kind(core: Piece) -> Kind {
    let contained = core.tokens().any(|i| core.cue(i).has(Cue::CONTAINER) && i > core.from && opens_container(core, i));
    if core.volume() && core.quotation().is_some() || core.volume() && !core.imprint_place() {
        Kind::Article
    } else if contained && core.quotation().is_some()
        || contained && core.tokens().any(|i| core.cue(i).has(Cue::EDITOR))
    {
        Kind::Chapter
    } else {
        Kind::Book
    }
}

/// `, in *Volume*`, `in: Zeitschrift`, `in Getty and Manning, eds.`
fn opens_container(core: Piece, i: usize) -> bool {
    let lexed = core.lexed;
    let next = i + 1 + usize::from(lexed.is(i + 1, ':'));
    let titled = lexed.tokens.get(next).filter(|_| next < core.to).is_some_and(|t| {
        t.capital || t.emphasised || t.kind == Token::QuoteOpen || t.kind == Token::Sign('«') || t.cue.has(Cue::IDEM)
    });
    let introduced = i > core.from
        && matches!(lexed.tokens[i - 1].kind, Token::Sign(',' | '.') | Token::QuoteClose | Token::Close)
        || lexed.is(i + 1, ':')
        || next > i + 1;
    titled && introduced
}

fn quoted_words(core: Piece) -> usize {
    core.tokens().filter(|i| core.lexed.tokens[*i].is_word()).count()
}

/// A title whose opening quotation mark is missing.
fn stray_title(core: Piece) -> bool {
    core.lexed.stray_closers.iter().any(|i| core.tokens().contains(i) && *i > core.from + 1)
}

/// The year right behind the names: `Kreutzmüller 2012`, `Bajohr 1997/98`, `Reed (1931)`.
pub fn year_behind_authors(core: Piece) -> Option<usize> {
    let (_, end) = core.authors()?;
    let lexed = core.lexed;
    let at = end + usize::from(lexed.tokens.get(end).is_some_and(|t| t.kind == Token::Open));
    let spanned = |i: usize| {
        let number = |n: usize| lexed.tokens.get(n).filter(|_| n < core.to).and_then(|t| t.number());
        number(i).is_some_and(|n| (1400..2100).contains(&n)) && lexed.is(i + 1, '/') && number(i + 2).is_some()
    };
    core.year().filter(|y| *y == at).or((at < core.to && spanned(at)).then_some(at))
}

/// `Kreutzmüller 2012, S. 45`
fn is_author_date(core: Piece) -> bool {
    let Some(year) = year_behind_authors(core) else { return false };
    let rest = Piece { from: (year + 1).min(core.to), ..core };
    rest.prose().1 <= 3 && core.prose().1 <= 8 && !core.imprint_place()
}

/// `Zweigert/Kötz I 12 ff.`, `Calderón de la Barca, 107`
fn is_author_page(core: Piece) -> bool {
    core.year().is_none()
        && core.prose().1 <= 7
        && core.authors().is_some_and(|(_, end)| core.locators().is_some_and(|l| l.from <= end + 2))
}

impl Piece<'_, '_> {
    /// A place of publication stands beside the year, not only a year in brackets.
    pub fn imprint_place(self) -> bool {
        let Some(year) = self.year() else { return false };
        let open = (self.from..year).rev().find(|i| self.lexed.tokens[*i].kind == Token::Open);
        let from = if self.lexed.tokens[year].depth > 0 {
            open.unwrap_or(year)
        } else {
            year.saturating_sub(3).max(self.from)
        };
        (from..year).any(|i| {
            self.lexed.tokens[i].is_word() && self.lexed.tokens[i].capital && !self.lexed.cue(i).has(Cue::MONTH)
        })
    }
}
