//! Several files that are one work: what says so, and what follows from it.

use super::{Run, folder, ibid, json};
use std::path::Path;

/// Cites a work in full.
const ONE: &str = "The salt came by sea,[^1] and the barges waited.[^2]

[^1]: Anna Reed, *The Salt Roads of the North* (London: Quay, 1931), 12.
[^2]: Reed, *Salt Roads*, 14.
";
/// Cites the same work by a short form.
const TWO: &str = "The price doubled,[^1] and then it fell.[^2]

[^1]: Reed, *Salt Roads*, 40.
[^2]: Paul Lind,, *A History of Brine* (Hull: Pier, 1940), 15.
";
/// As `ONE`, and nothing in it has to do with the others.
const ALONE: &str = "Bees are kept.[^1]

[^1]: Jane Holm, *The Hive* (Leeds: Comb, 1950), 3.
";

fn concise(folder: &Path, args: &[&str]) -> Run {
    ibid(folder, &[&["check", "--output-format", "concise"], args].concat())
}

/// What is found without a rule that speaks of single notes.
fn found(run: &Run) -> Vec<String> {
    let line = |l: &str| {
        let mut parts = l.splitn(4, ':');
        let (file, _, _, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(format!("{file} {}", rest.split_whitespace().nth(1)?))
    };
    run.out.lines().filter_map(line).collect()
}

#[test]
fn chapters_of_ibid_toml_are_one_book() {
    let folder = folder(&[
        ("ibid.toml", "[files]\nchapters = [\"a/one.md\", \"b/two.md\"]\n"),
        ("a/one.md", ONE),
        ("b/two.md", TWO),
        ("b/alone.md", TWO),
    ]);
    let all = concise(folder.path(), &[]);
    assert_eq!((found(&all), all.err.as_str()), (vec!["b/two.md doubled-punctuation".to_owned()], ""));
    // one chapter is judged knowing the others
    assert_eq!(found(&concise(folder.path(), &["b/two.md"])), ["b/two.md doubled-punctuation"]);
    assert_eq!(found(&concise(folder.path(), &["a/one.md"])), [""; 0]);
    assert_eq!(
        found(&concise(folder.path(), &["b/alone.md"])),
        ["b/alone.md short-without-full", "b/alone.md doubled-punctuation"]
    );
    let said = concise(folder.path(), &["--verbose"]);
    assert_eq!(said.err, "ibid: one work, as ibid.toml lists them: a/one.md, b/two.md\n");
    let citations = json(&ibid(folder.path(), &["citations", "--output-format", "json", "b/two.md"]).out);
    let first = &citations["citations"][0];
    assert_eq!(
        (citations["citations"].as_array().map(Vec::len), &first["resolution"]["source"]["file"]),
        (Some(2), &json("\"a/one.md\""))
    );
}

#[test]
fn a_chapter_that_is_not_there_is_an_error_in_ibid_toml() {
    let toml = "[files]\nchapters = [\n  \"one.md\",\n  \"tow.md\",\n  \"one.md\",\n  \"cover.png\",\n]\n";
    let folder = folder(&[("ibid.toml", toml), ("one.md", ONE), ("cover.png", "")]);
    let run = concise(folder.path(), &[]);
    let expected = "\
ibid: ibid.toml:4:3: the chapter \"tow.md\": no such file
ibid: ibid.toml:5:3: the chapter \"one.md\": listed twice
ibid: ibid.toml:6:3: the chapter \"cover.png\": no reader for files of this ending
";
    assert_eq!((run.status, run.err.as_str()), (2, expected));
}

#[test]
fn include_says_which_files_are_checked_when_none_is_named() {
    let folder = folder(&[
        ("ibid.toml", "[files]\ninclude = [\"chapters/*.md\"]\n"),
        ("chapters/two.md", TWO),
        ("chapters/deep/x.md", TWO),
        ("draft.md", TWO),
    ]);
    let files = |args: &[&str]| {
        let run = ibid(folder.path(), &[&["check", "--output-format", "json"], args].concat());
        json(&run.out)["summary"]["files"].as_u64()
    };
    assert_eq!(files(&[]), Some(1));
    assert_eq!(files(&["."]), Some(3));
    assert_eq!(files(&["draft.md"]), Some(1));
    super::write(folder.path(), "ibid.toml", b"[files]\ninclude = [\"a\", \"chapters/[\"]\n");
    let run = concise(folder.path(), &[]);
    assert!(run.status == 2 && run.err.starts_with("ibid: ibid.toml:2:17: "), "{}", run.err);
}

#[test]
fn quarto_mdbook_and_typst_say_what_a_book_is() {
    let quarto =
        "project:\n  type: book\nbook:\n  chapters:\n    - part: Sea\n      chapters: [one.md]\n    - two.md\n";
    let summary = "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n";
    let root = "#include \"one.typ\"\n#include \"parts/two.typ\"\n";
    let one = "The salt came by sea.#footnote[Anna Reed, _The Salt Roads of the North_ (London: Quay, 1931), 12.]\n";
    let two = "The price doubled.#footnote[Reed, _Salt Roads_, 40.]\n";
    let books: [&[(&str, &str)]; 3] = [
        &[("_quarto.yml", quarto), ("one.md", ONE), ("two.md", TWO)],
        &[("SUMMARY.md", summary), ("one.md", ONE), ("two.md", TWO)],
        &[("main.typ", root), ("one.typ", one), ("parts/two.typ", two)],
    ];
    for files in books {
        let list = files[0].0;
        let folder = folder(files);
        let run = concise(folder.path(), &["--verbose", files[2].0]);
        assert!(run.err.contains(&format!("as {list} lists them")), "{list}: {}", run.err);
        assert!(!run.out.contains("short-without-full"), "{list}: {}", run.out);
        let source = json(&ibid(folder.path(), &["citations", "--output-format", "json", files[2].0]).out)["citations"]
            [0]["resolution"]["source"]["file"]
            .clone();
        assert_eq!(source, files[1].0, "{list}");
    }
}

#[test]
fn siblings_are_one_work_where_one_needs_the_other() {
    let folder = folder(&[("ch9.md", ONE), ("ch10.md", TWO), ("bees.md", ALONE)]);
    let run = concise(folder.path(), &["--verbose"]);
    let said = "ibid: one work, one has the notes or the full citations of another: ch9.md, ch10.md\n";
    assert_eq!((found(&run), run.err.as_str()), (vec!["ch10.md doubled-punctuation".to_owned()], said));
}

/// What a word processor's file was converted into is not a second chapter.
#[test]
fn two_tellings_of_one_text_are_two_works() {
    let short = "The price doubled.[^1]\n\n[^1]: Lind, *Brine*, 40.\n";
    let more = "\n[^8]: Karl Oster, *The Pans of Hallein and Their Masters* (Graz: Sole, 1920), 9.\n";
    let text = format!("{ONE}{more}And so on.[^8]\n\n{short}")
        .replace("[^1]: Lind", "[^9]: Lind")
        .replace("doubled.[^1]", "doubled.[^9]");
    let text =
        format!("{text}\n[^5]: Mary Dunn, *Salt Taxes of the Danube Ports* (Wien: Donau, 1911), 2.\n\nTaxes.[^5]\n");
    let other = text.replace("Lind, *Brine*", "Paul Lind, *A History of Brine* (Hull: Pier, 1940)");
    let folder = folder(&[("book.md", &text), ("book.qmd", &other)]);
    let run = concise(folder.path(), &["--verbose", "--select", "short-without-full"]);
    assert_eq!((found(&run), run.err.as_str()), (vec!["book.md short-without-full".to_owned()], ""));
}

/// Marks `1` to `3` in each of two chapters; the notes in a file of their own.
fn chapter(name: &str) -> String {
    format!("The {name} salt came by sea,[^1] by road[^2] and by rail.[^3]\n")
}

fn notes(authors: [&str; 3]) -> String {
    let note = |(i, a): (usize, &&str)| format!("[^{}]: {a}, *The Book of {a}* (London: Quay, 1931), 12.\n\n", i + 1);
    authors.iter().enumerate().map(note).collect()
}

#[test]
fn notes_may_stand_beside_their_chapter() {
    let notes = notes(["Anna Reed", "Paul Lind", "Jane Holm"]);
    let complete = folder(&[("one.md", &chapter("grey")), ("one-footnotes.md", &notes)]);
    let run = concise(complete.path(), &["--verbose"]);
    assert_eq!((found(&run).len(), run.err.contains("one work")), (0, true), "{}{}", run.out, run.err);
    let without_two = notes.replace("[^2]", "[^4]");
    let torn = folder(&[("one.md", &chapter("grey")), ("one-footnotes.md", &without_two)]);
    let mut said = found(&concise(torn.path(), &[]));
    said.sort();
    assert_eq!(said, ["one-footnotes.md note-without-mark", "one.md mark-without-note"]);
}

#[test]
fn a_chapter_of_notes_serves_the_whole_book() {
    let toml = "[files]\nchapters = [\"one.md\", \"two.md\", \"notes.md\"]\n";
    let (a, b) = (notes(["Anna Reed", "Paul Lind", "Jane Holm"]), notes(["Karl Oster", "Mary Dunn", "Ida Voss"]));
    let all = format!("# Notes\n\n## One\n\n{a}\n## Two\n\n{b}");
    let files = |notes: &str| {
        folder(&[("ibid.toml", toml), ("one.md", &chapter("grey")), ("two.md", &chapter("red")), ("notes.md", notes)])
    };
    let run = concise(files(&all).path(), &[]);
    assert_eq!(found(&run), [""; 0], "{}", run.out);
    let lost = all.replace("[^3]: Ida", "[^4]: Ida");
    let mut said = found(&concise(files(&lost).path(), &[]));
    said.sort();
    assert_eq!(said, ["notes.md note-without-mark", "two.md mark-without-note"]);
}

#[test]
fn numbers_may_run_through_the_chapters() {
    let toml = "[files]\nchapters = [\"one.md\", \"two.md\"]\n";
    let two = TWO.replace("[^2]", "[^4]").replace("[^1]", "[^3]");
    let folder = folder(&[("ibid.toml", toml), ("one.md", ONE), ("two.md", &two)]);
    assert_eq!(found(&concise(folder.path(), &[])), ["two.md doubled-punctuation"]);
}

/// One book in three markups: `root` reads `parts/one` and `parts/two` in, the second of them cites what the first has.
fn reads_in(ending: &str, root: &str, parts: [&str; 2]) {
    let (main, one, two) = (format!("main.{ending}"), format!("parts/one.{ending}"), format!("parts/two.{ending}"));
    let here = folder(&[(&main, root), (&one, parts[0]), (&two, parts[1])]);
    let run = concise(here.path(), &["--verbose", "--select", "short-without-full,doubled-punctuation"]);
    let said = format!("ibid: one work, as {main} lists them: {main}, {one}, {two}\n");
    assert_eq!((found(&run), run.err), (vec![format!("{two} doubled-punctuation")], said));
    // a part is judged knowing the others
    let alone = concise(here.path(), &["--select", "short-without-full,doubled-punctuation", &two]);
    assert_eq!(found(&alone), [format!("{two} doubled-punctuation")]);
}

#[test]
fn org_files_read_others_in() {
    let one = "By sea.[fn:1]\n\n[fn:1] Anna Reed, /The Salt Roads of the North/ (London: Quay, 1931), 12.\n";
    let two = "It fell.[fn:1]\n\n[fn:1] Reed,, /Salt Roads/, 40.\n";
    let root = "#+TITLE: Salt\n\n#+INCLUDE: \"parts/one.org\" :minlevel 1\n#+include: parts/two.org\n";
    reads_in("org", root, [one, two]);
}

const RST: [&str; 2] = [
    "By sea. [#]_\n\n.. [#] Anna Reed, *The Salt Roads of the North* (London: Quay, 1931), 12.\n",
    "It fell. [#]_\n\n.. [#] Reed,, *Salt Roads*, 40.\n",
];

#[test]
fn restructured_text_reads_others_in() {
    reads_in("rst", "Salt\n====\n\n.. include:: parts/one.rst\n\n.. include:: parts/two.rst\n   :tab-width: 4\n", RST);
}

#[test]
fn tables_of_contents_of_restructured_text_list_chapters() {
    let tree = ".. toctree::\n   :maxdepth: 2\n\n   parts/one\n   The fall </parts/two>\n   https://example.org\n";
    reads_in("rst", &format!("Salt\n====\n\n{tree}"), RST);
}

#[test]
fn latex_imports_others() {
    let one = "By sea.\\footnote{Anna Reed, \\emph{The Salt Roads of the North} (London: Quay, 1931), 12.}\n";
    let two = "It fell.\\footnote{Reed,, \\emph{Salt Roads}, 40.}\n";
    let root = "\\begin{document}\n\\import{parts/}{one}\n\\import{parts/}{two}\n\\end{document}\n";
    reads_in("tex", root, [one, two]);
}

#[test]
fn asciidoc_reads_others_in() {
    let one = "By sea.footnote:[Anna Reed, _The Salt Roads of the North_ (London: Quay, 1931), 12.]\n";
    let two = "It fell.footnote:[Reed,, _Salt Roads_, 40.]\n";
    reads_in("adoc", "= Salt\n\ninclude::parts/one.adoc[]\n\ninclude::parts/two.adoc[leveloffset=+1]\n", [one, two]);
}

#[test]
fn nothing_outside_the_project_is_read_in() {
    let two = "It fell. [#]_\n\n.. [#] Reed, *Salt Roads*, 40.\n";
    let root = "Salt\n====\n\n.. include:: ../one.rst\n\n.. include:: two.rst\n";
    let files = [("one.rst", RST[0]), ("book/main.rst", root), ("book/two.rst", two)];
    let here = folder(&files);
    let check = || concise(here.path(), &["--verbose", "--select", "short-without-full", "book"]);
    let outside = check();
    assert_eq!(found(&outside), ["book/two.rst short-without-full"]);
    assert!(!outside.err.contains(" one.rst"), "{}", outside.err);
    // what an ibid.toml holds together is one project
    std::fs::write(here.path().join("ibid.toml"), "").expect("a file");
    assert_eq!(found(&check()), [""; 0]);
}
