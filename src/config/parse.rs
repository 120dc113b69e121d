//! `ibid.toml` read: every key of the contract, typed; everything else is an error with its place.

use super::{Allow, Config, Files, Named, Names, Override, Profile, READERS, Scheme, Severity};
use crate::text::Span;
use rapidfuzz::distance::osa;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

type Key<'a> = Spanned<DeString<'a>>;
type Value<'a> = Spanned<DeValue<'a>>;

/// What is wrong with an `ibid.toml`, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// Bytes of the text that was read.
    pub span: Span,
    /// Names the key or the value, and the nearest known one.
    pub message: String,
}

pub(super) const LEVELS: &[(&str, Option<Severity>)] = &[
    ("off", None),
    ("hint", Some(Severity::Hint)),
    ("info", Some(Severity::Info)),
    ("warning", Some(Severity::Warning)),
    ("error", Some(Severity::Error)),
];
pub(super) const CROSS_ZONE: &[(&str, bool)] = &[("off", false), ("hint", true)];

/// The keys of `ibid.toml` that stand in no table.
const KEYS: &[&str] = &["profile", "extend", "files", "rules", "names", "archives", "allow", "overrides"];

/// Reads the text of an `ibid.toml`. `known_rules` are the names that may stand under `[rules]` and in `[[allow]]`.
///
/// # Errors
/// Every unknown key, wrong value and breach of TOML, in the order of the text.
pub fn parse(text: &str, known_rules: &[&str]) -> Result<Config, Vec<Error>> {
    parse_over(Config::default(), text, known_rules)
}

/// As [`parse`], over what the file says that is extended: rules are added to its rules, lists of tables to its lists, every
/// other key takes the place of its key.
///
/// # Errors
/// As [`parse`].
pub fn parse_over(base: Config, text: &str, known_rules: &[&str]) -> Result<Config, Vec<Error>> {
    let mut parser = Parser { known_rules, errors: Vec::new() };
    let (table, breaches) = DeTable::parse_recoverable(text);
    for breach in breaches {
        let span = breach.span().map_or(Span::empty(text.len()), |r| Span::new(r.start, r.end));
        parser.errors.push(Error { span, message: breach.message().replace('\n', ", ") });
    }
    let config = if parser.errors.is_empty() { parser.config(table.get_ref(), base) } else { Config::default() };
    parser.errors.sort_by_key(|e| e.span);
    if parser.errors.is_empty() { Ok(config) } else { Err(parser.errors) }
}

/// The name most like a word that is none of them, if one is near enough to have been meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = 1 + word.chars().count() / 3;
    let near = known.into_iter().map(|k| (osa::distance(word.chars(), k.chars()), k));
    near.filter(|(distance, _)| *distance <= far).min().map(|(_, k)| k)
}

struct Parser<'a> {
    known_rules: &'a [&'a str],
    errors: Vec<Error>,
}

impl Parser<'_> {
    fn config(&mut self, table: &DeTable, base: Config) -> Config {
        let mut config = Config { extend: None, ..base };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "profile" => config.profile = self.choice("profile", value, Profile::ALL).unwrap_or_default(),
                "extend" => config.extend = self.string(value).map(|path| (path, span(value))),
                "files" => config.files = self.files(value),
                "rules" => self.rules(value, &mut config.rules),
                "names" => config.names = self.names(value, std::mem::take(&mut config.names)),
                "archives" => {
                    self.section(value, "archives", &["repositories"], |p, _, v| config.repositories = p.strings(v));
                }
                "allow" => config.allow.extend(self.allows(value)),
                "overrides" => config.overrides.extend(self.overrides(value)),
                _ => self.unknown("key", key, KEYS),
            }
        }
        config
    }

    fn files(&mut self, value: &Value) -> Files {
        let mut files = Files::default();
        self.section(value, "files", &["include", "chapters", "bibliography", "readers"], |p, key, v| match key {
            "include" => files.include = p.named(v),
            "chapters" => files.chapters = p.named(v),
            "readers" => files.readers = p.readers(v),
            _ => files.bibliography = p.named(v),
        });
        files
    }

    /// `"*.md" = "gfm"`: the longest pattern first.
    fn readers(&mut self, value: &Value) -> Vec<(String, &'static str)> {
        let Some(table) = self.table(value, "files.readers") else { return Vec::new() };
        let mut readers = Vec::new();
        for (glob, reader) in table {
            self.glob(Span::new(glob.span().start, glob.span().end), glob.get_ref());
            let known = self.choice("reader", reader, &READERS.map(|name| (name, name)));
            readers.extend(known.map(|reader| (glob.get_ref().to_string(), reader)));
        }
        readers.sort_by_key(|(glob, _)| std::cmp::Reverse(glob.len()));
        readers
    }

    fn rules(&mut self, value: &Value, rules: &mut BTreeMap<String, Option<Severity>>) {
        let Some(table) = self.table(value, "rules") else { return };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if !self.known_rules.contains(&name) {
                self.unknown("rule", key, self.known_rules);
            } else if let Some(level) = self.choice("severity", value, LEVELS) {
                rules.insert(name.to_owned(), level);
            }
        }
    }

    fn names(&mut self, value: &Value, mut names: Names) -> Names {
        let keys = ["languages", "scheme", "cross-zone", "familiar", "same", "distinct"];
        self.section(value, "names", &keys, |p, key, v| match key {
            "languages" => names.languages = p.strings(v),
            "scheme" => p.section(v, "names.scheme", &["prose", "titles"], |p, key, v| {
                let scheme = p.choice("scheme", v, Scheme::ALL);
                *(if key == "prose" { &mut names.prose } else { &mut names.titles }) = scheme;
            }),
            "cross-zone" => names.cross_zone = p.choice("cross-zone", v, CROSS_ZONE).unwrap_or_default(),
            "familiar" => names.familiar = p.strings(v),
            "same" => names.same = p.groups(v),
            _ => names.distinct = p.groups(v),
        });
        names
    }

    fn allows(&mut self, value: &Value) -> Vec<Allow> {
        let Some(tables) = self.array(value, "[[allow]] tables") else { return Vec::new() };
        tables.iter().filter_map(|table| self.allow(table)).collect()
    }

    fn allow(&mut self, table: &Value) -> Option<Allow> {
        let (before, mut rule, mut quote) = (self.errors.len(), None, None);
        self.section(table, "allow", &["rule", "quote"], |p, key, v| match key {
            "rule" => rule = p.string(v).map(|name| (name, span(v))),
            _ => quote = p.string(v).map(|words| (words, span(v))),
        });
        if let Some((_, at)) = quote.as_ref().filter(|(words, _)| words.trim().is_empty()) {
            self.error(*at, "an empty quote matches nothing: leave it out to allow the rule everywhere".into());
        }
        let Some((rule, at)) = rule else {
            if self.errors.len() == before {
                self.error(span(table), "[[allow]] names no rule: rule = \"…\" is missing".into());
            }
            return None;
        };
        if !self.known_rules.contains(&rule.as_str()) {
            self.error(at, unknown_message("rule", &rule, self.known_rules.iter().copied()));
        }
        Some(Allow { rule, quote: quote.map(|(words, _)| words), span: at, inherited: false })
    }

    fn overrides(&mut self, value: &Value) -> Vec<Override> {
        let Some(tables) = self.array(value, "[[overrides]] tables") else { return Vec::new() };
        let mut found = Vec::new();
        for table in tables {
            let mut one = Override::default();
            let before = self.errors.len();
            self.section(table, "overrides", &["files", "rules"], |p, key, v| match key {
                "files" => {
                    one.files = p.strings(v);
                    p.globs(v);
                }
                _ => p.rules(v, &mut one.rules),
            });
            if one.files.is_empty() && self.errors.len() == before {
                self.error(span(table), "[[overrides]] names no files: files = [\"…\"] is missing".into());
            }
            found.push(one);
        }
        found
    }

    fn globs(&mut self, value: &Value) {
        for item in value.get_ref().as_array().into_iter().flat_map(|a| a.iter()) {
            if let Some(glob) = item.get_ref().as_str() {
                self.glob(span(item), glob);
            }
        }
    }

    fn glob(&mut self, at: Span, glob: &str) {
        if let Err(error) = globset::Glob::new(glob) {
            self.error(at, format!("not a pattern for files: {}", error.kind()));
        }
    }

    /// Gives each known key of a table to `read`; the others are errors.
    fn section(&mut self, value: &Value, name: &str, keys: &[&str], mut read: impl FnMut(&mut Self, &str, &Value)) {
        let Some(table) = self.table(value, name) else { return };
        for (key, value) in table {
            match keys.iter().find(|k| **k == key.get_ref().as_ref()) {
                Some(known) => read(self, known, value),
                None => self.unknown(&format!("key in [{name}]"), key, keys),
            }
        }
    }

    fn table<'v>(&mut self, value: &'v Value, name: &str) -> Option<&'v DeTable<'v>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, &format!("a table [{name}]"));
        }
        table
    }

    fn array<'v>(&mut self, value: &'v Value, what: &str) -> Option<&'v DeArray<'v>> {
        let array = value.get_ref().as_array();
        if array.is_none() {
            self.wrong(value, what);
        }
        array
    }

    fn string(&mut self, value: &Value) -> Option<String> {
        let string = value.get_ref().as_str();
        if string.is_none() {
            self.wrong(value, "a string");
        }
        string.map(str::to_owned)
    }

    fn strings(&mut self, value: &Value) -> Vec<String> {
        let Some(array) = self.array(value, "a list of strings") else { return Vec::new() };
        array.iter().filter_map(|v| self.string(v)).collect()
    }

    fn named(&mut self, value: &Value) -> Vec<Named> {
        let Some(array) = self.array(value, "a list of strings") else { return Vec::new() };
        array.iter().filter_map(|v| Some(Named { name: self.string(v)?, span: span(v) })).collect()
    }

    fn groups(&mut self, value: &Value) -> Vec<Vec<String>> {
        let Some(array) = self.array(value, "a list of lists of strings") else { return Vec::new() };
        array.iter().map(|v| self.strings(v)).collect()
    }

    fn choice<T: Copy>(&mut self, what: &str, value: &Value, known: &[(&str, T)]) -> Option<T> {
        let word = self.string(value)?;
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, t)| *t);
        if found.is_none() {
            self.error(span(value), unknown_message(what, &word, known.iter().map(|(name, _)| *name)));
        }
        found
    }

    fn unknown(&mut self, what: &str, key: &Key, known: &[&str]) {
        let at = Span::new(key.span().start, key.span().end);
        self.error(at, unknown_message(what, key.get_ref(), known.iter().copied()));
    }

    fn wrong(&mut self, value: &Value, wanted: &str) {
        self.error(span(value), format!("{wanted} is wanted here, not {}", value.get_ref().type_str()));
    }

    fn error(&mut self, span: Span, message: String) {
        self.errors.push(Error { span, message });
    }
}

fn span(value: &Value) -> Span {
    Span::new(value.span().start, value.span().end)
}

/// `unknown profile "mrha"; did you mean "mhra"?`, or the known ones where they are few and none is near.
pub fn unknown_message<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let known_ones = || known.clone().collect::<Vec<_>>().join(", ");
    let unknown = format!("unknown {what} \"{word}\"");
    match nearest(word, known.clone()) {
        Some(near) if known.clone().count() > 12 => format!("{unknown}; did you mean \"{near}\"?"),
        Some(near) => format!("{unknown}; did you mean \"{near}\"? (known: {})", known_ones()),
        None if known.clone().count() > 12 => format!("{unknown}; `ibid explain` lists them"),
        None => format!("{unknown}; known: {}", known_ones()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[&str] = &["name-variant", "ibid-form"];

    /// The words an error stands at, and its message.
    fn errors(text: &str) -> Vec<(String, String)> {
        let errors = parse(text, RULES).expect_err("it is wrong");
        errors.into_iter().map(|e| (e.span.of(text).to_owned(), e.message)).collect()
    }

    #[test]
    fn readers_are_set_by_pattern() {
        let config = parse("[files.readers]\n'*.md' = 'gfm'\n'notes/*.md' = 'pandoc'\n", RULES).expect("it is right");
        assert_eq!(config.reader("a/b.md"), Some("gfm"));
        assert_eq!(config.reader("notes/b.md"), Some("pandoc"));
        assert_eq!(config.reader("b.txt"), None);
        let wrong = errors("[files.readers]\n'*.md' = 'gmf'\n'{' = 'plain'\n");
        assert_eq!(wrong[0].0, "'gmf'");
        assert!(wrong[0].1.starts_with("unknown reader \"gmf\"; did you mean \"gfm\"?"), "{}", wrong[0].1);
        assert!(wrong[1].1.starts_with("not a pattern for files"), "{}", wrong[1].1);
    }

    #[test]
    fn every_key_is_typed() {
        let text = "profile = 'mhra'\nfiles.include = ['a/*.md']\nrules.ibid-form = 'off'\nrules.name-variant = 'error'\n\
            [names]\nlanguages = ['ru']\nscheme.prose = 'popular'\ncross-zone = 'hint'\nsame = [['a', 'b']]\n\
            [archives]\nrepositories = ['RGASPI']\n[[allow]]\nrule = 'ibid-form'\nquote = 'Ibid'\n[[allow]]\nrule = 'name-variant'\n";
        let config = parse(text, RULES).expect("it is right");
        assert_eq!(config.profile, Profile::Mhra);
        assert_eq!(config.rules["ibid-form"], None);
        assert_eq!(config.rules["name-variant"], Some(Severity::Error));
        assert_eq!(config.files.include[0].name, "a/*.md");
        assert_eq!(config.files.include[0].span.of(text), "'a/*.md'");
        assert_eq!((config.names.prose, config.names.titles), (Some(Scheme::Popular), None));
        assert!(config.names.cross_zone);
        assert_eq!(config.names.same, [["a", "b"]]);
        assert_eq!(config.repositories, ["RGASPI"]);
        assert_eq!(config.allow[0].quote.as_deref(), Some("Ibid"));
        assert_eq!((config.allow[1].rule.as_str(), &config.allow[1].quote), ("name-variant", &None));
        assert_eq!(config.allow[1].span.of(text), "'name-variant'");
        assert_eq!(parse("", RULES), Ok(Config::default()));
    }

    #[test]
    fn errors_stand_where_they_are() {
        let one = |text: &str| {
            let all = errors(text);
            assert_eq!(all.len(), 1, "{all:?}");
            all[0].clone()
        };
        let is = |text: &str, words: &str, message: &str| {
            let (at, said) = one(text);
            assert_eq!(at, words, "{text}");
            assert!(said.contains(message), "{text}: {said}");
        };
        is("rule = 1", "rule", "did you mean \"rules\"?");
        is("[names]\nscheme.titel = 'popular'", "titel", "did you mean \"titles\"?");
        is("profile = 3", "3", "a string is wanted here, not integer");
        is("rules = 'off'", "'off'", "a table [rules] is wanted here");
        is("[rules]\nibid-from = 'off'", "ibid-from", "did you mean \"ibid-form\"?");
        is("[rules]\nibid-form = 'warn'", "'warn'", "known: off, hint, info, warning, error");
        is("[archives]\nrepositories = ['a', 1]", "1", "a string is wanted here");
        is("names.same = ['a']", "'a'", "a list of strings is wanted here");
        is("[[allow]]\nrule = 'ibid-form'\nquote = ' '", "' '", "an empty quote matches nothing");
        is("[[allow]]\nrul = 'ibid-form'", "rul", "unknown key in [allow]");
        is("allow = [1]", "1", "a table [allow] is wanted here");
        is("profile = 'mhra'\nprofile = 'mhra'", "profile", "duplicate");
    }

    #[test]
    fn the_nearest_is_near() {
        assert_eq!(nearest("ibid-from", ["ibid-form", "name-variant"]), Some("ibid-form"));
        assert_eq!(nearest("commas", ["ibid-form", "name-variant"]), None);
    }
}
