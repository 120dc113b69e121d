//! What the reader makes of Typst.

use crate::formats::read;
use crate::model::{BlockKind, Manuscript, Reader};
use crate::text::Span;

fn typst(text: &str) -> Manuscript {
    let m = read("a.typ", text, Reader::Typst);
    let mut at = 0;
    for block in &m.blocks {
        assert_eq!(block.span.start, at, "blocks tile: {text}");
        at = block.span.end;
    }
    assert_eq!(at as usize, text.len(), "blocks tile: {text}");
    m
}

/// Label and text of each note.
fn notes(text: &str) -> Vec<(String, String)> {
    typst(text).notes.iter().map(|n| (n.label.text.clone(), n.flow.text.clone())).collect()
}

fn has_notes(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(l, t)| ((*l).to_owned(), (*t).to_owned())).collect();
    assert_eq!(notes(text), expected, "{text}");
}

fn paragraphs(text: &str) -> Vec<String> {
    typst(text).paragraphs.iter().map(|p| p.text.clone()).collect()
}

/// Words of emphasised stretches of the first note.
fn emphasised(text: &str) -> Vec<String> {
    let m = typst(text);
    let flow = &m.notes[0].flow;
    flow.emphasis.iter().map(|e| e.of(&flow.text).to_owned()).collect()
}

#[test]
fn notes_are_numbered_as_printed() {
    has_notes("One.#footnote[Reed, 4.] Two.#footnote[Ibid.]\n", &[("1", "Reed, 4."), ("2", "Ibid.")]);
    has_notes("A#footnote[x]\n#counter(footnote).update(0)\nB#footnote[y]", &[("1", "x"), ("1", "y")]);
    let restarting = "#show heading.where(level: 1): it => { counter(footnote).update(0); it }\n";
    let chapters = "= One\nA#footnote[x]#footnote[y]\n= Two\nB#footnote[z]\n== Part\nC#footnote[w]";
    has_notes(&(restarting.to_owned() + chapters), &[("1", "x"), ("2", "y"), ("1", "z"), ("2", "w")]);
    let scopes: Vec<_> = typst(&(restarting.to_owned() + chapters)).notes.iter().map(|n| n.scope).collect();
    assert_eq!(scopes, [0, 0, 1, 1]);
}

#[test]
fn markup_in_notes_is_read() {
    has_notes(
        "A#footnote[N. P. Holm,\n#emph[Ivan _Ilich_] (Tver: Oko,\n1989), \\153, 4--5.~See #link(\"https://a.b\")[the list], http:\\/\\/a.b/c \\[sic\\].]",
        &[("1", "N. P. Holm, Ivan Ilich (Tver: Oko, 1989), 153, 4–5.\u{a0}See the list, http://a.b/c [sic].")],
    );
    has_notes("A#footnote[x #footnote[y] z]", &[("1", "x z"), ("2", "y")]);
    has_notes("A#footnote(\"Reed, 4\")", &[("1", "Reed, 4")]);
    has_notes("A#footnote[One.\n\nTwo.] B", &[("1", "One. Two.")]);
}

#[test]
fn emphasis_is_what_was_meant() {
    assert_eq!(emphasised("A#footnote[Frank#emph[,] #emph[Reality and Man], 157]"), ["Reality and Man"]);
    assert_eq!(emphasised("A#footnote[Holm#emph[, On Wicks], 9]"), ["On Wicks"]);
    assert_eq!(
        emphasised("A#footnote[#emph[I. A. Holm:] #emph[Pro et contra], _Two_ and *Three*]"),
        ["I. A. Holm: Pro et contra", "Two", "Three"]
    );
}

#[test]
fn every_byte_is_found_again() {
    let text = "É #footnote[Holm~-- #emph[Wicks], 4--5.]";
    let m = typst(text);
    let flow = &m.notes[0].flow;
    let of = |words: &str| {
        let at = flow.text.find(words).expect("the words");
        flow.source(crate::text::Span::new(at, at + words.len())).of(text).to_owned()
    };
    assert_eq!(of("Holm\u{a0}–"), "Holm~--");
    assert_eq!(of("4–"), "4--");
    assert_eq!(of("–5"), "--5");
    assert_eq!(of("Wicks"), "Wicks");
    let at = flow.text.find("Wicks").expect("the title");
    assert_eq!(flow.dressed(crate::text::Span::new(at, at + 5)).of(text), "#emph[Wicks]");
}

#[test]
fn labels_send_to_the_note_that_bears_them() {
    let m = typst("A#footnote[x]<n> B#footnote[y] C#footnote(<n>) D@n E#footnote(<lost>)");
    let marks: Vec<_> = m.marks.iter().map(|k| k.label.text.as_str()).collect();
    assert_eq!(marks, ["1", "2", "1", "1", "lost"]);
    assert_eq!(m.notes.len(), 2);
    assert!(m.keys.is_empty());
}

#[test]
fn keys_and_their_locators() {
    let text = "See @doe99[p. 3] and @fig-wheel, #cite(<roe>, supplement: [S. 4]).\n\n#figure([x]) <wheel> @wheel A#footnote[@doe99]";
    let m = typst(text);
    let keys: Vec<_> = m.keys.iter().map(|k| (k.key.as_str(), k.locator.map(|l| l.of(text)), k.in_note)).collect();
    assert_eq!(keys, [("doe99", Some("p. 3"), None), ("roe", Some("S. 4"), None), ("doe99", None, Some(0))]);
}

#[test]
fn files_it_names() {
    let m =
        typst("#include \"one.typ\"\n#bibliography((\"a.bib\", \"b.yml\"), title: \"Works\")\n#import \"x.typ\": *\n");
    assert_eq!(m.includes.iter().map(|f| f.target.as_str()).collect::<Vec<_>>(), ["one.typ"]);
    assert_eq!(m.bibliographies.iter().map(|f| f.target.as_str()).collect::<Vec<_>>(), ["a.bib", "b.yml"]);
}

#[test]
fn functions_of_the_file() {
    has_notes("#let fn(body) = footnote(body)\nA#fn[x]", &[("1", "x")]);
    has_notes(
        "#let src = footnote\n#let t(x) = [_#x _]\n#let ibid = [_Ibid._]\nA#src[#t[Wicks], 4]#src[#ibid, 5]",
        &[("1", "Wicks, 4"), ("2", "Ibid., 5")],
    );
    assert_eq!(paragraphs("#let hide-me(x) = []\nA #hide-me[secret] B"), ["A B"]);
}

#[test]
fn blocks_and_what_is_no_text() {
    let text = "#set page(header: [Head])\n#author[Ana Holm]\n<first>\nText // aside\nmore `code` $x$.\n\n#quote(block: true)[Said #emph[he].]\n\n- item\n\n== Two \\ lines\nEnd, and #todo[x] so #smallcap[on].";
    assert_eq!(paragraphs(text), ["Ana Holm", "Text more .", "Said he.", "item", "End, and so on."]);
    let m = typst(text);
    assert_eq!(m.headings[0].title, "Two lines");
    assert!(m.blocks.iter().any(|b| b.kind == BlockKind::Quotation));
}

#[test]
fn a_note_that_is_not_closed_ends_with_its_paragraph() {
    has_notes("A#footnote[x\n\nB#footnote[y]\n", &[("1", "x"), ("2", "y")]);
}

#[test]
fn a_quotation_that_is_never_closed_stays_within_the_text() {
    for text in
        ["#footnote[#quote(block: true)[“", "#f[#let f(x) = footnote(x)\n#quote(block: true)[#quote(block: true)[``"]
    {
        let m = read("a.typ", text, Reader::Typst);
        for note in &m.notes {
            let end = note.flow.source(Span::new(0, note.flow.text.len())).end;
            assert!(end as usize <= text.len(), "{text}");
        }
    }
}
