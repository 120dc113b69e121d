//! CSL data in JSON or YAML, as Zotero and Pandoc write it.

use super::tree::Node;
use super::{year, years};
use crate::model::{Entry, Field, Person, Unreadable, Year};

/// The items of a list; one without an `id` cannot be cited.
pub fn entries(list: &Node, unreadable: &mut Vec<Unreadable>) -> Vec<Entry> {
    let mut found = Vec::new();
    for item in list.items() {
        match (item.pairs().is_empty(), item.get("id").and_then(Node::text)) {
            (false, Some(key)) => found.push(entry(item, key)),
            (empty, _) => {
                let why = if empty { "no entry" } else { "an entry without an id" }.to_owned();
                unreadable.push(Unreadable { span: item.span(), why, key: None });
            }
        }
    }
    found
}

fn entry(item: &Node, key: &Field) -> Entry {
    let text = |name: &str| item.get(name).and_then(Node::text).cloned();
    let dates = ["issued", "original-date", "event-date"];
    let others = text("note").map_or(Vec::new(), |note| years(&note).collect());
    Entry {
        span: item.span(),
        key: Some(key.clone()),
        sort: text("type").map_or(String::new(), |t| t.text),
        people: item.get("author").or_else(|| item.get("editor")).map_or(Vec::new(), people),
        title: text("title"),
        container: text("container-title"),
        years: dates.iter().filter_map(|d| item.get(d)).flat_map(date).chain(others).collect(),
        ..Entry::default()
    }
}

fn people(names: &Node) -> Vec<Person> {
    let person = |name: &Node| {
        let part = |key: &str| name.get(key).and_then(Node::text);
        let family = part("family").or_else(|| part("literal")).or_else(|| part("name")).or_else(|| name.text())?;
        let given = part("given");
        let particle = ["non-dropping-particle", "dropping-particle"].iter().find_map(|p| part(p));
        let words: Vec<&str> = particle.into_iter().chain([family]).map(|f| f.text.trim()).collect();
        Some(Person {
            span: given.map_or(family.span, |g| family.span.join(g.span)),
            family: words.join(" "),
            given: given.map_or(String::new(), |g| g.text.trim().to_owned()),
        })
    };
    names.items().iter().filter_map(person).collect()
}

/// `{"date-parts": [[1999, 4]]}`, `{year: 1999}`, `1999`
fn date(node: &Node) -> Vec<Year> {
    let first = node.items().first().unwrap_or(node);
    if let Some(text) = first.text() {
        return year(text).into_iter().collect();
    }
    let part = ["year", "raw", "literal"].iter().find_map(|k| first.get(k)).and_then(Node::text);
    let parts = first.get("date-parts").into_iter().flat_map(Node::items);
    let parts = parts.filter_map(|parts| parts.items().first()?.text());
    part.into_iter().chain(parts).filter_map(year).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn items_of_zotero_and_pandoc() {
        let json = r#"[{"id": "reed", "type": "book", "title": "Lamps", "author": [{"family": "Reed", "given": "Anna"}, {"literal": "Quay Press"}],
            "issued": {"date-parts": [["1931", 4]]}}, {"title": "nameless"}]"#;
        let (node, _) = tree::read(json, 0);
        let mut unreadable = Vec::new();
        let found = entries(&node.expect("a list"), &mut unreadable);
        assert_eq!(found[0].people.iter().map(|p| p.family.as_str()).collect::<Vec<_>>(), ["Reed", "Quay Press"]);
        assert_eq!(found[0].people[0].span.of(json), r#"Reed", "given": "Anna"#);
        assert_eq!(found[0].years[0].number, 1931);
        assert_eq!(unreadable.len(), 1);
        let yaml = "- id: lind\n  issued:\n  - year: 1932\n  title: Oil\n- id: holm\n  issued: 1933-02\n";
        let (node, _) = tree::read(yaml, 0);
        let found = entries(&node.expect("a list"), &mut unreadable);
        assert_eq!(found.iter().map(|e| e.years[0].number).collect::<Vec<_>>(), [1932, 1933]);
    }
}
