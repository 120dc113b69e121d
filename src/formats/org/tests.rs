//! Shapes of notes and citations in Org, and what is no text.

use crate::formats::read;
use crate::model::{BlockKind, Manuscript, Reader};
use crate::text::Span;

fn org(text: &str) -> Manuscript {
    read("a.org", text, Reader::Org)
}

fn paragraphs(text: &str) -> Vec<String> {
    org(text).paragraphs.into_iter().map(|p| p.text).collect()
}

/// Label and text of each note.
fn has_notes(text: &str, expected: &[(&str, &str)]) {
    let m = org(text);
    let notes: Vec<_> = m.notes.iter().map(|n| (n.label.text.as_str(), n.flow.text.as_str())).collect();
    assert_eq!(notes, expected, "{text}");
}

#[test]
fn notes_below_and_at_their_marks() {
    let text = "A[fn:1] b[fn:x-y] c[fn::typed /here/, [sic] 4] d[fn:z:named] e[fn:z]\n\n[fn:1] One,\ngoes on.\n\nStill one.\n[fn:x-y] Two[fn:1]\n\n\nNo note.\n";
    has_notes(text, &[(":", "typed here, [sic] 4"), ("z", "named"), ("1", "One, goes on. Still one."), ("x-y", "Two")]);
    let m = org(text);
    let marks: Vec<_> = m.marks.iter().map(|k| (k.label.text.as_str(), k.span.of(text), k.in_note)).collect();
    let typed = "[fn::typed /here/, [sic] 4]";
    assert_eq!(
        marks,
        [
            ("1", "[fn:1]", None),
            ("x-y", "[fn:x-y]", None),
            (":", typed, None),
            ("z", "[fn:z:named]", None),
            ("z", "[fn:z]", None),
            ("1", "[fn:1]", Some(3))
        ]
    );
    assert_eq!(paragraphs(text), ["A b c d e", "No note."]);
    assert_eq!(m.notes[0].flow.emphasis, [Span::new(6, 10)]);
}

#[test]
fn a_line_of_marks_is_no_note() {
    has_notes("* Text\n\n[fn:1] [fn:2]\n\n[fn:1] One.\n\n[fn:2] Two.\n", &[("1", "One."), ("2", "Two.")]);
}

#[test]
fn a_headline_ends_a_note_and_is_read_without_its_dress() {
    let m = org(
        "A[fn:1]\n\n[fn:1] One.\n* TODO [#A] The /Lamp/[fn:1]  :draft:\nMore.\n* COMMENT Hidden\nAway[fn:9]\n** Too[fn:8]\n* Seen\n",
    );
    let headings: Vec<_> = m.headings.iter().map(|h| (h.level, h.title.as_str())).collect();
    assert_eq!(headings, [(1, "The Lamp"), (1, "Seen")]);
    assert_eq!(m.marks.len(), 2);
    assert_eq!(m.notes[0].flow.text, "One.");
}

#[test]
fn keys_and_their_locators() {
    let text = "[cite/t:see @doe99, p. 3; @roe] and [cite:@x:1 ch. 2]. A[fn::[cite:@doe99]]\n\n#+bibliography: refs.bib\n#+nocite: @all\n";
    let m = org(text);
    let keys: Vec<_> = m.keys.iter().map(|k| (k.key.as_str(), k.locator.map(|l| l.of(text)), k.in_note)).collect();
    let expected =
        [("doe99", Some("p. 3"), None), ("roe", None, None), ("x:1", Some("ch. 2"), None), ("doe99", None, Some(0))];
    assert_eq!(keys, expected);
    assert_eq!(m.keys[0].whole.of(text), "@doe99, p. 3");
    assert_eq!(m.bibliographies[0].target, "refs.bib");
    assert_eq!(m.nocite, ["all"]);
    assert_eq!(m.paragraphs[0].text, "[see @doe99, p. 3; @roe] and [@x:1 ch. 2]. A");
}

#[test]
fn links_entities_and_signs() {
    assert_eq!(
        paragraphs(
            "See [[https://x.org/a_b][the /site/]], [[https://x.org]], <https://y.org>; a--b---c\\nbsp{}d, x^{th} and/or 1/2 =code= ~x~ $a_b$ \\(y\\)."
        ),
        ["See the site, https://x.org, https://y.org; a–b—c\u{a0}d, xth and/or 1/2 ."]
    );
    assert_eq!(
        paragraphs("A *b /c/ d* e_f_g /usr/bin https://x.org/~a/b/."),
        ["A b c d e_f_g /usr/bin https://x.org/~a/b/."]
    );
    assert_eq!(paragraphs("One\\\\\ntwo @@html:<b>@@three <2024-05-01 Wed>{{{m(x)}}}<<t>>."), ["One two three ."]);
}

#[test]
fn code_settings_and_comments_are_no_text() {
    let text = "#+title: A Lamp[fn:1]\n#+options: toc:nil\n\n# ibid: allow x\n#+begin_src c\nx[fn:9]\n#+end_src\n\n#+begin_quote\nSaid.\n#+end_quote\n: fixed [fn:8]\n:PROPERTIES:\n:ID: [fn:7]\n:END:\n\n- [X] lamp :: a light\n- two\n\n| a | b |\n|---+---|\n| c[fn:1] | |\n\\begin{align}\nx\n\\end{align}\n#+begin_src never closed\nText.\n\n[fn:1] One.\n";
    let m = org(text);
    assert_eq!(
        m.paragraphs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(),
        ["Said.", "lamp :: a light", "two", "a", "b", "c", "Text."]
    );
    assert_eq!(m.marks.len(), 2);
    let kind = |words: &str| {
        let at = text.find(words).expect("the words") as u32;
        m.blocks.iter().find(|b| b.span.contains(at)).map(|b| b.kind)
    };
    assert_eq!(kind("Said"), Some(BlockKind::Quotation));
    assert_eq!(kind("x[fn:9]"), Some(BlockKind::Code));
    assert_eq!(kind(":ID:"), Some(BlockKind::Comment));
    assert_eq!(m.allows.len(), 1);
}
