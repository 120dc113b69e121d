//! The note on transliteration: what the manuscript itself says of the scheme it follows.
//!
//! Three things must come together in a paragraph or note: the topic, the name of a scheme, and the voice of somebody who
//! follows it (`policy.tsv`). A scheme that is named only to be set aside, and two schemes for one kind of text, are no policy.

use crate::config::Scheme;
use crate::model::{Flow, Manuscript};
use crate::text::Span;
use std::sync::LazyLock;

/// What a manuscript says of its romanization.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// The sentence that names the scheme: bytes of the file.
    pub span: Span,
    /// The scheme of the author's own prose, and that of the titles cited.
    pub prose: Option<Scheme>,
    pub titles: Option<Scheme>,
    /// Spellings that readers know are kept.
    pub familiar: bool,
    /// Languages that it names, as tables call them; of no other it says anything. None: it speaks of all.
    pub languages: Vec<&'static str>,
}

impl Policy {
    /// The same as lines of `ibid.toml`, for whoever wants it settled there.
    pub fn toml(&self) -> String {
        let key = |zone: &str, scheme: Option<Scheme>| {
            scheme.map_or(String::new(), |s| format!("scheme.{zone} = \"{}\"\n", s.name()))
        };
        format!("[names]\n{}{}", key("prose", self.prose), key("titles", self.titles))
    }
}

/// Cue words by what they say.
struct Cues {
    topic: Vec<&'static str>,
    voice: Vec<&'static str>,
    against: Vec<&'static str>,
    titles: Vec<&'static str>,
    prose: Vec<&'static str>,
    familiar: Vec<&'static str>,
    languages: Vec<(&'static str, &'static str)>,
    schemes: Vec<(Scheme, Vec<&'static str>)>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let rows = include_str!("policy.tsv").lines().filter(|l| !l.starts_with("# ")).filter_map(|l| l.split_once('\t'));
    let rows: Vec<(&str, Vec<&str>)> = rows.map(|(key, words)| (key, words.split('|').collect())).collect();
    let of = |key: &str| rows.iter().find(|(k, _)| *k == key).map_or_else(Vec::new, |(_, words)| words.clone());
    let schemes = [Scheme::AlaLc, Scheme::BgnPcgn, Scheme::Scholarly, Scheme::Iso9];
    Cues {
        topic: of("topic"),
        voice: of("voice"),
        against: of("against"),
        titles: of("titles"),
        prose: of("prose"),
        familiar: of("familiar"),
        languages: of("language").into_iter().filter_map(|l| l.split_once('=')).collect(),
        schemes: schemes.into_iter().map(|s| (s, of(s.name()))).collect(),
    }
});

/// The policy of a manuscript: what the first paragraph or note says that states one.
pub fn of(manuscript: &Manuscript) -> Option<Policy> {
    let flows = manuscript.paragraphs.iter().chain(manuscript.notes.iter().map(|n| &n.flow));
    flows.filter(|f| f.text.len() < 6000 && may_state(&f.text)).find_map(stated)
}

/// A cheap look: letters that every word for the topic has.
fn may_state(text: &str) -> bool {
    ["ranslit", "omanis", "omaniz", "ranskri", "ranscri", "mschrift", "raslit", "ранслит"]
        .iter()
        .any(|w| text.contains(w))
}

fn stated(flow: &Flow) -> Option<Policy> {
    let text = flow.text.to_lowercase();
    let has = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    if text.len() != flow.text.len() || !has(&text, &CUES.topic) || !has(&text, &CUES.voice) {
        return None;
    }
    let (mut prose, mut titles): (Vec<Scheme>, Vec<Scheme>) = (Vec::new(), Vec::new());
    let mut languages: Vec<&'static str> = Vec::new();
    let mut span: Option<Span> = None;
    for sentence in sentences(&text) {
        let words = sentence.of(&text);
        let named = CUES.schemes.iter().filter(|(_, cues)| has(words, cues)).map(|(scheme, _)| *scheme);
        let named: Vec<Scheme> = named.collect();
        if named.is_empty() {
            continue;
        }
        // named to be set aside: what is followed instead may well not be in our list
        if has(words, &CUES.against) {
            return None;
        }
        let (of_titles, of_prose) = (has(words, &CUES.titles), has(words, &CUES.prose));
        if of_prose || !of_titles {
            prose.extend(&named);
        }
        if of_titles || !of_prose {
            titles.extend(&named);
        }
        languages.extend(CUES.languages.iter().filter(|(word, _)| words.contains(word)).map(|(_, language)| *language));
        span = span.or(Some(sentence));
    }
    let one = |mut schemes: Vec<Scheme>| {
        schemes.dedup();
        if let [scheme] = schemes[..] { Some(scheme) } else { None }
    };
    let (prose, titles) = (one(prose), one(titles));
    let span = span.filter(|_| prose.or(titles).is_some())?;
    Some(Policy { span: flow.source(span), prose, titles, familiar: has(&text, &CUES.familiar), languages })
}

/// The sentences of a text, roughly: a stop, a space; the initials of a name make short ones.
fn sentences(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut from = 0;
    let ends = text.match_indices(['.', '!', '?', ';']).map(|(at, _)| at + 1).chain([text.len()]);
    ends.filter(|end| text[*end..].is_empty() || text[*end..].starts_with(char::is_whitespace)).map(move |end| {
        let lead = text[from..end].len() - text[from..end].trim_start().len();
        let span = Span::new(from + lead, end);
        from = end;
        span
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Policy> {
        of(&crate::formats::read("a.md", text, crate::model::Reader::Pandoc))
    }

    #[test]
    fn notes_on_transliteration_are_read() {
        let policy = read(
            "In transliterating Russian I have used the modified Library of Congress system. Familiar spellings are kept.",
        );
        let policy = policy.expect("it says so");
        assert_eq!((policy.prose, policy.titles, policy.familiar), (Some(Scheme::AlaLc), Some(Scheme::AlaLc), true));
        assert_eq!(policy.languages, ["rus"]);
        assert_eq!(policy.toml(), "[names]\nscheme.prose = \"ala-lc\"\nscheme.titles = \"ala-lc\"\n");
        let zones = "This book follows the BGN/PCGN system of transliteration in the text. The notes follow the Library of Congress.";
        let zones = read(zones).expect("it says so");
        assert_eq!((zones.prose, zones.titles), (Some(Scheme::BgnPcgn), Some(Scheme::AlaLc)));
        let german = "Die Transliteration russischer Namen erfolgt nach der wissenschaftlichen Umschrift.";
        assert_eq!(read(german).and_then(|p| p.prose), Some(Scheme::Scholarly));
    }

    #[test]
    fn talk_of_schemes_is_no_note() {
        for text in [
            "The Library of Congress holds the papers that I use.",
            "In 1904 the Library of Congress published rules of transliteration.",
            "I have used my own transliteration rather than the Library of Congress system.",
            "This book discusses the transliteration of Russian in the Library of Congress system, in ISO 9 and in BGN/PCGN.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
