//! One model: a manuscript written in each syntax gives the same notes, links and findings, quote for quote.

use super::notation::analyse;
use ibid::analysis::{Analysis, Resolution};
use ibid::config::Config;
use ibid::model::Reader;
use ibid::rules;
use proptest::prelude::*;
use std::io::{Cursor, Write};

/// A sentence of the text, and what its note says.
type Passage = (&'static str, Option<&'static str>);

const SENTENCES: [&str; 8] = [
    "The keepers of Harle lit the lamp before dusk, and the boats came in by it.",
    "Nobody in the village could say who had paid for the oil.",
    "In the spring of 1871 the board sent an inspector, Silas Crane.",
    "He found the lamp clean and the book in order.",
    "“It is a good light,” he wrote, “and a poor house.”",
    "The widow Ansell kept the gate for thirty-one years.",
    "By December the price had doubled; by March it had doubled again.",
    "The board answered in May.",
];

const NOTES: [&str; 18] = [
    "Jane Holm, *The Lamp and the Harbour* (London: Tern, 1931), 12.",
    "Anna Reed, “On the Wick,” *Quay Review* 4 (1931): 15–40.",
    "Edith Marsh, *Old Trades of Yorkshire* (Leeds: Wold, 1961), 77.",
    "Holm, *Lamp and the Harbour*, 14.",
    "Reed, “On the Wick,” 17.",
    "Ibid., 20.",
    "Ibid.",
    "Ibid, 21.",
    "See Holm, *Lamp and the Harbour*, 14; Reed, “On the Wick,” 18.",
    "Public Record Office, FO 371/1234.",
    "Reed, supra note 2, at 17.",
    "See note 1 above.",
    "Marsh, *Old Trades of Yorkshire*, p.78.",
    "The board never said why, and its minutes are silent.",
    "Lund, *Old Lights*, 9.",
    "Marsh, *Old Trades of Yorkshire*, 80,, and passim.",
    "Silas Crane to the Board, May 3, 1871, Harbour Papers, box 4, Public Record Office.",
    "Holm, “The Last Lamp” and other papers; see Marsh, *Old Trades of Yorkshire*, 79–81.",
];

fn passages() -> impl Strategy<Value = Vec<Passage>> {
    let note = prop::option::weighted(0.8, prop::sample::select(&NOTES[..]));
    prop::collection::vec((prop::sample::select(&SENTENCES[..]), note), 6..40)
}

/// A way to write a manuscript down.
struct Syntax {
    name: &'static str,
    reader: Reader,
    write: fn(&[Passage]) -> String,
}

const SYNTAXES: [Syntax; 10] = [
    Syntax { name: "plain", reader: Reader::Plain, write: plain },
    Syntax { name: "pandoc", reader: Reader::Pandoc, write: pandoc },
    Syntax { name: "pandoc, notes at their marks", reader: Reader::Pandoc, write: inline },
    Syntax { name: "latex", reader: Reader::Latex, write: latex },
    Syntax { name: "typst", reader: Reader::Typst, write: typst },
    Syntax { name: "org", reader: Reader::Org, write: org },
    Syntax { name: "org, notes at their marks", reader: Reader::Org, write: org_inline },
    Syntax { name: "restructuredtext", reader: Reader::Rst, write: rst },
    Syntax { name: "asciidoc", reader: Reader::AsciiDoc, write: asciidoc },
    Syntax { name: "docx", reader: Reader::Docx, write: docx },
];

/// Paragraphs of three sentences, each with its mark, and what stands at the end.
fn lay_out(passages: &[Passage], mark: impl Fn(usize, &str) -> String, note: impl Fn(usize, &str) -> String) -> String {
    let (mut text, mut end, mut number) = (String::new(), String::new(), 0);
    for (i, (sentence, said)) in passages.iter().enumerate() {
        text += sentence;
        if let Some(said) = said {
            number += 1;
            text += &mark(number, said);
            end += &note(number, said);
        }
        text += if i % 3 == 2 { "\n\n" } else { " " };
    }
    format!("{}\n\n{end}", text.trim_end())
}

fn plain(passages: &[Passage]) -> String {
    let raised = |n: usize| {
        n.to_string().chars().map(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - 48).expect("ten")).collect::<String>()
    };
    lay_out(passages, |n, _| raised(n), |n, said| format!("{} {said}\n\n", raised(n)))
}

fn pandoc(passages: &[Passage]) -> String {
    lay_out(passages, |n, _| format!("[^{n}]"), |n, said| format!("[^{n}]: {said}\n\n"))
}

fn inline(passages: &[Passage]) -> String {
    lay_out(passages, |_, said| format!("^[{said}]"), |_, _| String::new())
}

/// Emphasis in other signs.
fn emphasis(said: &str, open: &str, close: &str) -> String {
    let parts = said.split('*').enumerate();
    parts.map(|(i, part)| if i % 2 == 1 { format!("{open}{part}{close}") } else { part.to_owned() }).collect()
}

fn latex(passages: &[Passage]) -> String {
    let note = |_: usize, said: &str| format!("\\footnote{{{}}}", emphasis(said, "\\emph{", "}"));
    let text = lay_out(passages, note, |_, _| String::new());
    format!("\\documentclass{{book}}\n\\begin{{document}}\n{text}\n\\end{{document}}\n")
}

fn typst(passages: &[Passage]) -> String {
    lay_out(passages, |_, said| format!("#footnote[{}]", emphasis(said, "_", "_")), |_, _| String::new())
}

fn org(passages: &[Passage]) -> String {
    let note = |n: usize, said: &str| format!("[fn:{n}] {}\n\n", emphasis(said, "/", "/"));
    lay_out(passages, |n, _| format!("[fn:{n}]"), note)
}

fn org_inline(passages: &[Passage]) -> String {
    lay_out(passages, |_, said| format!("[fn::{}]", emphasis(said, "/", "/")), |_, _| String::new())
}

fn rst(passages: &[Passage]) -> String {
    lay_out(passages, |n, _| format!("\\ [{n}]_"), |n, said| format!(".. [{n}] {said}\n\n"))
}

fn asciidoc(passages: &[Passage]) -> String {
    lay_out(passages, |_, said| format!("footnote:[{}]", emphasis(said, "_", "_")), |_, _| String::new())
}

/// A Word document of these passages, read as its bytes are.
fn docx(passages: &[Passage]) -> String {
    const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let slanted = |words: &str| format!("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let runs = |said: &str| -> String {
        let parts = said.split('*').enumerate();
        parts.map(|(i, part)| if i % 2 == 1 { slanted(part) } else { run(part) }).collect()
    };
    let (mut body, mut notes, mut id) = (String::new(), String::new(), 0);
    for paragraph in passages.chunks(3) {
        body += "<w:p>";
        for (i, (sentence, said)) in paragraph.iter().enumerate() {
            body += &run(&format!("{}{sentence}", if i > 0 { " " } else { "" }));
            if let Some(said) = said {
                id += 1;
                body += &format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
                notes += &format!("<w:footnote w:id=\"{id}\"><w:p>{}</w:p></w:footnote>", runs(said));
            }
        }
        body += "</w:p>";
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [("document", format!("<w:body>{body}</w:body>")), ("footnotes", notes)];
    for (name, inner) in parts {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(format!("word/{name}.xml"), options).expect("a part");
        let xml = format!("<?xml version=\"1.0\"?><w:{name} xmlns:w=\"{MAIN}\">{inner}</w:{name}>");
        archive.write_all(xml.as_bytes()).expect("memory");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    ibid::encoding::read("x.docx", bytes).expect("a document").0
}

/// What a reader sees: each note's words, its citations with what they stand for, and the findings, without places.
#[derive(Debug, PartialEq)]
struct Seen {
    paragraphs: Vec<String>,
    notes: Vec<String>,
    links: Vec<String>,
    findings: Vec<(String, String, String)>,
}

fn see(analysis: &Analysis) -> Seen {
    let manuscript = &analysis.files[0].manuscript;
    let number = |note: usize| note + 1;
    let links = analysis.citations.iter().enumerate().map(|(id, cited)| {
        let citation = analysis.citation(id);
        let stands_for = match &cited.resolution {
            Some(Resolution::Exact { source, via, .. }) => {
                let note = |id: usize| analysis.citations[id].note.map(number);
                format!(
                    "note {:?} via {:?}",
                    note(analysis.sources[*source].definition),
                    via.iter().map(|v| note(*v)).collect::<Vec<_>>()
                )
            }
            other => format!("{other:?}"),
        };
        format!(
            "{:?} {:?} {:?} {} = {stands_for}",
            cited.note.map(number),
            citation.form,
            citation.kind,
            bare(analysis.text(cited.place))
        )
    });
    let findings = rules::run(analysis).into_iter().map(|f| {
        let related = f.related.iter().map(|r| bare(analysis.text(r.place))).collect::<Vec<_>>().join("|");
        (f.rule.to_owned(), bare(analysis.text(f.place)), related)
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort();
    Seen {
        paragraphs: manuscript.paragraphs.iter().map(|p| p.text.trim().to_owned()).collect(),
        notes: manuscript.notes.iter().map(|n| n.flow.text.trim().to_owned()).collect(),
        links: links.collect(),
        findings,
    }
}

/// Words without the dress of their syntax.
fn bare(quote: &str) -> String {
    let quote = quote.replace("\\emph{", "");
    quote.chars().filter(|c| !matches!(c, '*' | '_' | '{' | '}' | '/')).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_manuscript_in_each_syntax_is_one_model(passages in passages()) {
        // A plain text needs a few notes to show how it numbers them.
        prop_assume!(passages.iter().filter(|p| p.1.is_some()).count() >= 4);
        let all = SYNTAXES.map(|s| {
            let text = (s.write)(&passages);
            (s.name, see(&analyse("x", &text, s.reader, &Config::default())), text)
        });
        for (name, seen, text) in &all[1..] {
            prop_assert_eq!(&all[0].1, seen, "{} is not {}:\n{}\n{}", name, all[0].0, all[0].2, text);
        }
    }
}
