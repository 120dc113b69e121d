//! Shapes of notes and citations in AsciiDoc, and what is no text.

use crate::formats::read;
use crate::model::{BlockKind, Manuscript, Reader};

fn asciidoc(text: &str) -> Manuscript {
    read("a.adoc", text, Reader::AsciiDoc)
}

fn paragraphs(text: &str) -> Vec<String> {
    asciidoc(text).paragraphs.into_iter().map(|p| p.text).collect()
}

/// Label and text of each note.
fn has_notes(text: &str, expected: &[(&str, &str)]) {
    let m = asciidoc(text);
    let notes: Vec<_> = m.notes.iter().map(|n| (n.label.text.as_str(), n.flow.text.as_str())).collect();
    assert_eq!(notes, expected, "{text}");
}

#[test]
fn notes_named_and_referred_to() {
    let text = "A.footnote:[One, _here_.] B.footnote:lamp[Two.] C.footnote:lamp[] D.footnoteref:[oil,Three.]\nE.footnoteref:[oil] F.footnote:lost[]\n";
    has_notes(text, &[("1", "One, here."), ("2", "Two."), ("3", "Three.")]);
    let m = asciidoc(text);
    let marks: Vec<_> = m.marks.iter().map(|k| k.label.text.as_str()).collect();
    assert_eq!(marks, ["1", "2", "2", "3", "3", "lost"]);
    assert_eq!(m.marks[1].label.span.of(text), "footnote:lamp");
    assert_eq!(paragraphs(text), ["A. B. C. D. E. F."]);
}

#[test]
fn brackets_in_notes() {
    has_notes("A.footnote:[Reed [sic\\], 12.] B.", &[("1", "Reed [sic], 12.")]);
    has_notes("A.footnote:[See https://x.org/a_b[the _site_], 4.] B.", &[("1", "See the site, 4.")]);
    has_notes("A.footnote:[Reed [, 12.] B.footnote:[Holm.] C", &[("1", "Reed [, 12."), ("2", "Holm.")]);
    has_notes("A.footnote:[Reed,\n12.] \\footnote:[no] footnote: [no]", &[("1", "Reed, 12.")]);
}

#[test]
fn quotation_marks_emphasis_and_signs() {
    assert_eq!(
        paragraphs(
            "\"`So,`\" he said, ``and so,''footnote:[x] `no' '`one`'. A--b, 4{nbsp}m, 19^th^ H~2~O, un__bear__able *b* [.x]#y# +a_b_+ C{plus}{plus} {who} \\*no* `code` &amp; snake_case_word"
        ),
        [
            "“So,” he said, “and so,” ‘no’ ‘one’. A—b, 4\u{a0}m, 19th H2O, unbearable b y a_b_ C++ {who} *no* & snake_case_word"
        ]
    );
    assert_eq!(
        paragraphs(":who: Anna\n\nI am {who}. +\nOn // x\n// comment\ngoes on."),
        ["I am Anna. On // x goes on."]
    );
}

#[test]
fn links_and_references() {
    assert_eq!(
        paragraphs(
            "See https://x.org/a_b[the site], https://y.org/_z_, link:a.html[this^], xref:b[that], <<c>>, <<d,there>>, mailto:a@b.org[her]; ((lamp)) (((lamp,oil))) image:x.png[Alt] kbd:[X]."
        ),
        ["See the site, https://y.org/_z_, this, that, , there, her; lamp ."]
    );
}

#[test]
fn keys_and_entries() {
    let text = "As cite:[doe99(12), roe] and <<reed>> say.footnote:[<<reed>>, 4.]\n\n[bibliography]\n== Works\n\n* [[[reed]]] Reed, Anna. _The Lamp Keepers_. London: Quay, 1931.\n";
    let m = asciidoc(text);
    let keys: Vec<_> = m.keys.iter().map(|k| (k.key.as_str(), k.locator.map(|l| l.of(text)), k.in_note)).collect();
    assert_eq!(keys, [("doe99", Some("12"), None), ("roe", None, None), ("reed", None, None), ("reed", None, Some(0))]);
    let entry = &m.entries[0];
    assert_eq!((entry.key.as_ref().map(|k| k.text.as_str()), entry.people[0].family.as_str()), (Some("reed"), "Reed"));
}

#[test]
fn code_settings_and_comments_are_no_text() {
    let text = "= The Lamp\nAnna Reed <a@b.org>\n:toc:\n\n// ibid: allow x\n[source,c]\n----\nx footnote:[9]\n----\n\n....\nfootnote:[8]\n....\n\n indented footnote:[7]\n\n[quote, Anna]\n____\nSaid.\n____\n\n////\nfootnote:[6]\n////\n\n.A title\n* one\n** two\n+\nmore\n. three\n\nlamp:: a light\n\n|===\n|a |b footnote:[c]\n2+|d\n|===\n\nimage::x.png[Alt]\n\n[source]\nfootnote:[5]\n\n== Two footnote:[In it.]\n\nNOTE: Words.\n\n----\nnever closed\n";
    let m = asciidoc(text);
    let words: Vec<_> = m.paragraphs.iter().map(|p| p.text.as_str()).collect();
    let expected = [
        "Said.",
        "A title",
        "one",
        "two",
        "more",
        "three",
        "lamp",
        "a light",
        "a",
        "b",
        "d",
        "NOTE: Words.",
        "never closed",
    ];
    assert_eq!(words, expected);
    assert_eq!(m.notes.iter().map(|n| n.flow.text.as_str()).collect::<Vec<_>>(), ["c", "In it."]);
    assert_eq!(
        m.headings.iter().map(|h| (h.level, h.title.as_str())).collect::<Vec<_>>(),
        [(1, "The Lamp"), (2, "Two")]
    );
    let kind = |words: &str| {
        let at = text.find(words).expect("the words") as u32;
        m.blocks.iter().find(|b| b.span.contains(at)).map(|b| b.kind)
    };
    assert_eq!(kind("Said"), Some(BlockKind::Quotation));
    assert_eq!(kind("x footnote"), Some(BlockKind::Code));
    assert_eq!(kind("Anna Reed"), Some(BlockKind::FrontMatter));
    assert_eq!(m.allows.len(), 1);
}
