//! Changes of an `ibid.toml` that leave everything else in it as it is.

use super::Scheme;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// An `[[allow]]` table: findings of a rule on these words are let stand.
    Allow { rule: String, quote: String },
    /// Two names, not two spellings of one.
    Distinct(Vec<String>),
    /// A form that is always right.
    Familiar(String),
    /// The schemes of the prose and of the titles.
    Schemes(Option<Scheme>, Option<Scheme>),
}

/// The text with the change made; of an empty text a new file. `None` where the text is no TOML, or holds something else in
/// that place.
pub fn edited(text: &str, change: &Change) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    match change {
        Change::Allow { rule, quote } => allow(&mut document, rule, quote)?,
        Change::Distinct(names) => {
            let group: Array = names.iter().map(String::as_str).collect();
            list(&mut document, "distinct")?.push(Value::Array(group));
        }
        Change::Schemes(prose, titles) => {
            for (zone, scheme) in [("prose", prose), ("titles", titles)] {
                let Some(scheme) = scheme else { continue };
                schemes(&mut document)?.insert(zone, Item::Value(scheme.name().into()));
            }
        }
        Change::Familiar(name) => list(&mut document, "familiar")?.push(name.as_str()),
    }
    let new = document.to_string();
    Some(if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new })
}

fn allow(document: &mut DocumentMut, rule: &str, quote: &str) -> Option<()> {
    let tables = document.entry("allow").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(tables) = tables.as_array_of_tables_mut() {
        let mut table = Table::new();
        table.insert("rule", rule.into());
        table.insert("quote", quote.into());
        tables.push(table);
        return Some(());
    }
    let mut table = InlineTable::new();
    table.insert("rule", rule.into());
    table.insert("quote", quote.into());
    tables.as_array_mut()?.push(Value::InlineTable(table));
    Some(())
}

/// `scheme` of `[names]`.
fn schemes(document: &mut DocumentMut) -> Option<&mut dyn TableLike> {
    let names = document.entry("names").or_insert(Item::Table(Table::new()));
    let mut dotted = Table::new();
    dotted.set_dotted(true);
    names.as_table_like_mut()?.entry("scheme").or_insert(Item::Table(dotted)).as_table_like_mut()
}

/// A list of `[names]`.
fn list<'d>(document: &'d mut DocumentMut, key: &str) -> Option<&'d mut Array> {
    let names = document.entry("names").or_insert(Item::Table(Table::new()));
    let list = names.as_table_like_mut()?.entry(key).or_insert(Item::Value(Value::Array(Array::new())));
    list.as_array_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;

    fn allow(rule: &str, quote: &str) -> Change {
        Change::Allow { rule: rule.into(), quote: quote.into() }
    }

    #[test]
    fn what_was_there_stays_and_the_change_is_read() {
        let text = "# ours\nprofile = \"mhra\"   # as agreed\n\n[names]\nfamiliar = [\"Trotsky\"]\n";
        let new = edited(text, &Change::Familiar("Zinoviev".into())).unwrap();
        assert_eq!(new, text.replace("[\"Trotsky\"]", "[\"Trotsky\", \"Zinoviev\"]"));
        let new = edited(&new, &Change::Distinct(vec!["Lur'e".into(), "Lur'ev".into()])).unwrap();
        let new = edited(&new, &allow("ibid-form", "say \"Ibid\"")).unwrap();
        let config = parse(&new, &["ibid-form"]).unwrap();
        assert!(new.starts_with(text.split("familiar").next().unwrap()), "{new}");
        assert_eq!(config.names.familiar, ["Trotsky", "Zinoviev"]);
        assert_eq!(config.names.distinct, [["Lur'e", "Lur'ev"]]);
        assert_eq!(config.allow[0].quote.as_deref(), Some("say \"Ibid\""));
    }

    #[test]
    fn the_scheme_of_a_note_on_transliteration_is_written_down() {
        let change = Change::Schemes(Some(Scheme::Popular), Some(Scheme::AlaLc));
        let new = edited("", &change).unwrap();
        assert_eq!(new, "[names]\nscheme.prose = \"popular\"\nscheme.titles = \"ala-lc\"\n");
        let text = "[names]\nfamiliar = [\"Trotsky\"]\nscheme.prose = \"bgn-pcgn\"\n";
        let config = parse(&edited(text, &change).unwrap(), &[]).unwrap();
        assert_eq!((config.names.prose, config.names.titles), (Some(Scheme::Popular), Some(Scheme::AlaLc)));
        assert_eq!(config.names.familiar, ["Trotsky"]);
    }

    #[test]
    fn new_files_line_ends_and_files_that_are_something_else() {
        assert_eq!(edited("", &allow("x", "y")).as_deref(), Some("[[allow]]\nrule = \"x\"\nquote = \"y\"\n"));
        assert_eq!(edited("a = [", &allow("x", "y")), None);
        assert_eq!(edited("names = 1\n", &Change::Familiar("x".into())), None);
        let windows = edited("profile = \"mhra\"\r\n", &allow("x", "y")).unwrap();
        assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
        let inline = edited("allow = [{ rule = \"a\" }]\n", &allow("x", "y")).unwrap();
        assert_eq!(parse(&inline, &["a", "x"]).unwrap().allow.len(), 2);
    }
}
