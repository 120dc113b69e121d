//! Hayagriva, the YAML of Typst: a map of keys to works, each with the work it stands in.

use super::names::person;
use super::tree::Node;
use super::{year, years};
use crate::model::{Entry, Field, Person, Unreadable};

pub fn entries(file: &Node, unreadable: &mut Vec<Unreadable>) -> Vec<Entry> {
    let mut found = Vec::new();
    for (key, work) in file.pairs() {
        match work.pairs().is_empty() {
            true => {
                unreadable.push(Unreadable { span: key.span, why: "no entry".to_owned(), key: Some(key.text.clone()) })
            }
            false => found.push(entry(key, work)),
        }
    }
    found
}

fn entry(key: &Field, work: &Node) -> Entry {
    let parent = work.get("parent").and_then(|p| p.items().first());
    let text = |node: &Node, name: &str| {
        let value = node.get(name)?;
        value.text().or_else(|| value.get("value")?.text()).cloned()
    };
    let sort = |node: &Node| text(node, "type").map_or(String::new(), |t| t.text.to_lowercase());
    let own = sort(work);
    let people = |node: &Node| node.get("author").or_else(|| node.get("editor")).map_or(Vec::new(), people);
    let date = text(work, "date").or_else(|| text(parent?, "date"));
    let note = text(work, "note");
    Entry {
        span: key.span.join(work.span()),
        key: Some(key.clone()),
        // An article in a collection is a chapter; in a newspaper, an article of a newspaper.
        sort: match parent.map(sort).as_deref() {
            Some("newspaper") => "newspaper".to_owned(),
            Some("anthology" | "proceedings" | "book" | "reference") => "chapter".to_owned(),
            _ => own,
        },
        people: people(work),
        title: text(work, "title"),
        container: parent.and_then(|p| text(p, "title")),
        years: date.iter().filter_map(year).chain(note.iter().flat_map(years)).collect(),
        ..Entry::default()
    }
}

fn people(names: &Node) -> Vec<Person> {
    let name = |node: &Node| match node.text() {
        Some(field) => person(&field.text, field.span, str::to_owned),
        None => {
            let family = node.get("name")?.text()?;
            let given = node.get("given-name").and_then(Node::text).map_or(String::new(), |g| g.text.clone());
            Some(Person { span: family.span, family: family.text.clone(), given })
        }
    };
    names.items().iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn works_and_their_parents() {
        let text = "reed:\n  type: Article\n  title: On Lamps\n  author: [\"Reed, Anna\", \"Lind, Paul\"]\n  date: 1931-04\n  \
            parent:\n    type: Periodical\n    title: Quay Review\nbad: 3\n";
        let (node, _) = tree::read(text, 0);
        let mut unreadable = Vec::new();
        let found = entries(&node.expect("a map"), &mut unreadable);
        assert_eq!(found[0].sort, "article");
        assert_eq!(found[0].container.as_ref().map(|c| c.text.as_str()), Some("Quay Review"));
        assert_eq!(found[0].people[1].span.of(text), "Lind, Paul");
        assert_eq!(found[0].years[0].number, 1931);
        assert_eq!(unreadable[0].key.as_deref(), Some("bad"));
    }
}
