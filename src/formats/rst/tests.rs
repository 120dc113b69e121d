//! Shapes of notes and citations in reStructuredText, and what is no text.

use crate::formats::read;
use crate::model::{BlockKind, Manuscript, Reader};
use crate::text::Span;

fn rst(text: &str) -> Manuscript {
    read("a.rst", text, Reader::Rst)
}

fn paragraphs(text: &str) -> Vec<String> {
    rst(text).paragraphs.into_iter().map(|p| p.text).collect()
}

fn labels(m: &Manuscript) -> Vec<&str> {
    m.marks.iter().map(|k| k.label.text.as_str()).collect()
}

#[test]
fn notes_with_continuation_and_paragraphs() {
    let text = "One. [1]_ B\\ [2]_, c [3]_.\n\n.. [1] One,\n   goes on\n   *here*.\n\n   Still one.\n.. [2]\n   Two.\n\n.. [3] Three [1]_\n\nNo note.\n";
    let m = rst(text);
    let notes: Vec<_> = m.notes.iter().map(|n| (n.label.text.as_str(), n.flow.text.as_str())).collect();
    assert_eq!(notes, [("1", "One, goes on here. Still one."), ("2", "Two."), ("3", "Three")]);
    assert_eq!(labels(&m), ["1", "2", "3", "1"]);
    assert_eq!(m.marks[3].in_note, Some(2));
    assert_eq!(paragraphs(text), ["One. B, c.", "No note."]);
    assert_eq!(m.notes[0].flow.emphasis, [Span::new(13, 17)]);
    assert_eq!(m.notes[0].sign(text).of(text), "[1]");
}

#[test]
fn counted_notes_are_numbered_as_docutils_does() {
    let text = "A [#]_ b [#x]_ c [2]_ d [#]_ e [*]_ f [*]_ g [#lost]_ h [#]_\n\n.. [#x] X\n.. [2] Two\n.. [#] One\n.. [#] Next\n.. [*] Star\n.. [*] Dagger\n";
    let m = rst(text);
    assert_eq!(m.notes.iter().map(|n| n.label.text.as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4", "*", "†"]);
    assert_eq!(labels(&m), ["3", "1", "2", "4", "*", "†", "#lost", "#"]);
}

#[test]
fn citations_are_keys_and_entries() {
    let text = "As [Reed31]_ says, :cite:p:`doe99, roe` too. [#]_\n\n.. [#] See [Reed31]_, 12.\n\n.. [Reed31] Reed, Anna. *The Lamp Keepers*. London: Quay, 1931.\n\n.. bibliography:: refs.bib\n   :style: x\n";
    let m = rst(text);
    let keys: Vec<_> = m.keys.iter().map(|k| (k.key.as_str(), k.in_note)).collect();
    assert_eq!(keys, [("Reed31", None), ("doe99", None), ("roe", None), ("Reed31", Some(0))]);
    assert_eq!(m.notes.len(), 1);
    let entry = &m.entries[0];
    assert_eq!(
        (entry.key.as_ref().map(|k| k.text.as_str()), entry.people[0].family.as_str()),
        (Some("Reed31"), "Reed")
    );
    assert_eq!(m.bibliographies[0].target, "refs.bib");
    assert_eq!(m.paragraphs[0].text, "As [Reed31] says, doe99, roe too.");
}

#[test]
fn roles_links_and_escapes() {
    assert_eq!(
        paragraphs(
            "The :title:`Lamp` and :sup:`th`, `the site <https://x.org/_a>`_, `Lamp`_ and word_; :ref:`on lamps <lamp>` :code:`x_` |sub| \\*no\\* ``[1]_`` 2 * 3 \"*\" https://x.org/a_b."
        ),
        ["The Lamp and th, the site, Lamp and word; on lamps *no* 2 * 3 \"*\" https://x.org/a_b."]
    );
    let m = rst("**Bold** and *it* in :emphasis:`words`.");
    let flow = &m.paragraphs[0];
    assert_eq!(flow.emphasis.iter().map(|e| e.of(&flow.text)).collect::<Vec<_>>(), ["Bold", "it", "words"]);
}

#[test]
fn titles_by_their_lines() {
    let m = rst("=====\nTitle\n=====\n\nOne [1]_\n========\n\nTwo\n---\n\nText\n\n----\n\nThree\n=====\n\n.. [1] x\n");
    let headings: Vec<_> = m.headings.iter().map(|h| (h.level, h.title.as_str())).collect();
    assert_eq!(headings, [(1, "Title"), (2, "One"), (3, "Two"), (2, "Three")]);
    assert_eq!(m.marks.len(), 1);
}

#[test]
fn code_tables_and_comments_are_no_text() {
    let text = "Shown::\n\n  x [9]_\n\n  y\n\n.. ibid: allow x\n.. code-block:: c\n   :linenos:\n\n   z [8]_\n\n.. note:: Words\n   of it. [1]_\n\n.. epigraph::\n\n   Said.\n\n   Quoted.\n\n- item\n\n  its text\n- two\n\n+---+------+\n| a | [1]_ |\n+---+------+\n\n=== ===\na   b\n=== ===\nc   d\n=== ===\n\n.. _target:\n\n.. image:: x.png\n   :alt: [7]_\n\nterm\n   definition\n\n:Field: value\n\n| verse\n| two\n\n>>> x [6]_\n\nEnd.\n\n.. [1] One.\n";
    let m = rst(text);
    let words: Vec<_> = m.paragraphs.iter().map(|p| p.text.as_str()).collect();
    let expected = [
        "Shown:",
        "Words of it.",
        "Said.",
        "Quoted.",
        "item",
        "its text",
        "two",
        "term",
        "definition",
        "value",
        "verse",
        "two",
        "End.",
    ];
    assert_eq!(words, expected);
    assert_eq!(labels(&m), ["1", "1"]);
    let kind = |words: &str| {
        let at = text.find(words).expect("the words") as u32;
        m.blocks.iter().find(|b| b.span.contains(at)).map(|b| b.kind)
    };
    assert_eq!(kind("Said"), Some(BlockKind::Quotation));
    assert_eq!(kind("its text"), Some(BlockKind::Paragraph));
    assert_eq!(kind("x [9]_"), Some(BlockKind::Code));
    assert_eq!(m.allows.len(), 1);
}

#[test]
fn a_quotation_is_set_in() {
    let text = "He said:\n\n   The lamp burned.\n\nIt did.\n";
    let kinds: Vec<_> = rst(text).blocks.iter().map(|b| b.kind).filter(|k| *k != BlockKind::Blank).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Quotation, BlockKind::Paragraph]);
}
