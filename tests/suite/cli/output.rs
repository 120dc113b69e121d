//! What is written: the contract's JSON, the page for people, annotations, colours.

use super::{BAD, folder, good, ibid, json, run};
use assert_cmd::Command;

#[test]
fn json_is_the_contract() {
    let folder = folder(&[("bad.md", BAD)]);
    let report = json(&ibid(folder.path(), &["check", "--output-format", "json", "bad.md"]).out);
    let expected = json(
        r#"{"version": 1, "findings": [{
            "file": "bad.md", "rule": "missing-space", "severity": "warning", "message": "no space after \"p.\"",
            "quote": "p.15",
            "start": {"line": 5, "column": 51, "byte": 218}, "end": {"line": 5, "column": 55, "byte": 222},
            "related": [{"file": "bad.md", "message": "elsewhere a space is set", "quote": "p. 12",
                "start": {"line": 3, "column": 51, "byte": 105}, "end": {"line": 3, "column": 56, "byte": 110}}],
            "fix": {"title": "set a space", "safety": "safe", "edits": [
                {"start": {"line": 5, "column": 53, "byte": 220}, "end": {"line": 5, "column": 53, "byte": 220}, "text": " "}]}}],
          "summary": {"files": 1, "notes": 3, "citations": 3, "findings": 1}}"#,
    );
    assert_eq!(report, expected);
    let clean = json(&ibid(folder.path(), &["check", "--output-format", "json", "--ignore", "missing-space"]).out);
    assert_eq!(clean["findings"], json("[]"));
}

#[test]
fn citations_and_sources_are_the_contract() {
    let text = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), 12.\n\n[^2]: Ibid., 14.\n\n[^3]: Ibid., 15.\n";
    let folder = folder(&[("a.md", text)]);
    let all = json(&ibid(folder.path(), &["citations", "--output-format", "json", "a.md"]).out);
    assert_eq!(all["version"], 1);
    let last = &all["citations"][2];
    assert_eq!(last["file"], "a.md");
    assert_eq!(last["note"], "3");
    assert_eq!(last["form"], "ibid");
    assert_eq!(last["resolution"]["state"], "exact");
    assert_eq!(last["resolution"]["why"], json("null"));
    assert_eq!(last["resolution"]["source"]["note"], "1");
    assert_eq!(last["resolution"]["via"], json(r#"["2"]"#));
    assert_eq!(last["resolution"]["candidates"], json("[]"));
    let full = &all["citations"][0];
    assert_eq!((full["form"].as_str(), full["kind"].as_str()), (Some("full"), Some("book")));
    assert_eq!(full["resolution"]["source"]["start"], full["start"], "a full citation is its own source");
    let sources = json(&ibid(folder.path(), &["sources", "--output-format", "json", "a.md"]).out);
    assert_eq!(sources["sources"].as_array().map(Vec::len), Some(1));
    assert_eq!(sources["sources"][0]["citations"].as_array().map(Vec::len), Some(3));
    let text = ibid(folder.path(), &["citations", "a.md"]).out;
    assert!(text.contains("note 3 ibid «Ibid., 15"), "{text}");
    assert!(text.contains("= note 1: «Anna Reed, *The Lamp*"), "{text}");
    assert!(text.contains("through note 2"), "{text}");
}

#[test]
fn full_shows_the_line_the_words_and_the_evidence() {
    let folder = folder(&[("bad.md", BAD)]);
    let shown = ibid(folder.path(), &["check", "bad.md"]).out;
    let expected = "\
warning[missing-space]: no space after \"p.\"
 --> bad.md:5:51 (note 3)
  |
5 | [^3]: Jane Holm, *The Wick* (London: Quay, 1933), p.15.
  |                                                   ^^^^
  = line 3, note 1: elsewhere a space is set: «p. 12»
  = fix: set a space (--fix)

1 finding in 1 file (3 notes, 3 citations): 1 warning. --fix mends 1.
";
    assert_eq!(shown, expected);
    let quiet = ibid(folder.path(), &["check", "--quiet", "bad.md"]).out;
    assert_eq!(quiet, expected.rsplit_once("1 finding").map_or("", |(before, _)| before));
    let clean = ibid(folder.path(), &["check", "--ignore", "missing-space"]).out;
    assert_eq!(clean, "Nothing found in 1 file (3 notes, 3 citations).\n");
}

#[test]
fn a_long_line_is_cut_around_the_finding_and_wide_letters_are_aligned() {
    let long = format!("{}漢字 é, {}", "a word ".repeat(300), "more words ".repeat(300));
    let text = BAD.replace("Jane Holm, *The Wick*", &format!("Jane Holm, \"{long},\" *The Wick*"));
    let folder = folder(&[("bad.md", &text)]);
    let shown = ibid(folder.path(), &["check", "--select", "missing-space", "bad.md"]).out;
    let mut lines = shown.lines().skip_while(|l| !l.starts_with('5'));
    let (source, under) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    assert!(source.chars().count() <= 110 && source.contains('…'), "{source}");
    let column = under.find('^').unwrap_or_default();
    assert_eq!(source.chars().skip(column).take(4).collect::<String>(), "p.15", "{source}\n{under}");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = folder(&[("bad.md", BAD)]);
    let coloured = |args: &[&str], no_color: Option<&str>| {
        let mut command = Command::cargo_bin("ibid").expect("the binary");
        command.current_dir(folder.path()).args(["check", "bad.md"]).args(args).env_remove("NO_COLOR");
        no_color.iter().for_each(|v| {
            command.env("NO_COLOR", v);
        });
        run(&mut command).out.contains('\x1b')
    };
    assert!(!coloured(&[], None), "a pipe is no terminal");
    assert!(coloured(&["--color", "always"], None));
    assert!(!coloured(&["--color", "never"], None));
    assert!(!coloured(&[], Some("1")));
}

#[test]
fn control_characters_cannot_break_out() {
    let name = "Jane \x1b[31mHolm\u{202e}::error file=x::\u{85}%0A";
    let text = BAD.replace("Anna Reed", name).replace("Jane Holm", name);
    let folder = folder(&[("bad.md", &text)]);
    for format in ["full", "concise", "github"] {
        let run = ibid(folder.path(), &["check", "--output-format", format, "bad.md"]);
        let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!run.out.contains(obeyed), "{format}: {:?}", run.out);
        assert!(!run.out.lines().any(|l| l.starts_with("::error")), "{format}: {}", run.out);
    }
    let facts = ibid(folder.path(), &["citations", "bad.md"]).out;
    assert!(!facts.contains('\x1b') && !facts.contains('\u{202e}'), "{facts:?}");
}

#[test]
fn annotations_are_one_line_each_and_escaped() {
    let folder = folder(&[("a,b/50%: x.md", BAD)]);
    let out = ibid(folder.path(), &["check", "--output-format", "github"]).out;
    let expected = "::warning file=a%2Cb/50%25%3A x.md,line=5,endLine=5,col=51,endColumn=55,title=missing-space::\
                    no space after \"p.\"%0Aa,b/50%25: x.md:3:51: elsewhere a space is set «p. 12»\n";
    assert_eq!(out, expected);
}

#[test]
fn statistics_count_by_rule() {
    let folder = folder(&[("a.md", BAD), ("b.md", BAD)]);
    let run = ibid(folder.path(), &["check", "--statistics"]);
    assert_eq!(run.out, "     2 warning missing-space (2 with a fix)\n");
    assert_eq!(run.status, 1);
}

#[test]
fn many_files_come_in_order_whatever_the_number_of_jobs() {
    let files: Vec<(String, String)> =
        (0..40).map(|i| (format!("{i:02}.md"), if i % 3 == 0 { BAD.to_owned() } else { good() })).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let folder = folder(&files);
    let out = |jobs: &str| ibid(folder.path(), &["check", "--output-format", "concise", "--jobs", jobs]).out;
    assert_eq!(out("1"), out("4"));
    assert_eq!(out("1").lines().count(), 14);
}
