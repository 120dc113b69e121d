//! Options, exit status, configuration.

use super::{BAD, folder, good, ibid, json, with_stdin};
use regex::Regex;
use std::collections::BTreeSet;

/// Every option of `--help` with a use of it that must work on `a.md`; the exit status it gives.
const OPTIONS: &[(&str, &str, &[&str], i32)] = &[
    ("check", "--output-format", &["--output-format", "concise"], 1),
    ("check", "--profile", &["--profile", "mhra"], 1),
    ("check", "--config", &["--config", "other.toml"], 0),
    ("check", "--stdin-filename", &["--stdin-filename", "b.md"], 1),
    ("check", "--select", &["--select", "missing-space"], 1),
    ("check", "--ignore", &["--ignore", "missing-space"], 0),
    ("check", "--diff", &["--diff"], 1),
    ("check", "--fix", &["--fix"], 0),
    ("check", "--unsafe-fixes", &["--diff", "--unsafe-fixes"], 1),
    ("check", "--statistics", &["--statistics"], 1),
    ("check", "--fail-on", &["--fail-on", "error"], 0),
    ("check", "--exit-zero", &["--exit-zero"], 0),
    ("check", "--jobs", &["--jobs", "2"], 1),
    ("check", "--baseline", &["--baseline", "known.json"], 0),
    ("check", "--write-baseline", &["--write-baseline", "new.json"], 0),
    ("check", "--force-exclude", &["--force-exclude"], 1),
    ("check", "--quiet", &["--quiet"], 1),
    ("check", "--verbose", &["--verbose"], 1),
    ("check", "--color", &["--color", "never"], 1),
    ("check", "--help", &["--help"], 0),
    ("citations", "--output-format", &["--output-format", "json"], 0),
    ("citations", "--profile", &["--profile", "oscola"], 0),
    ("citations", "--config", &["--config", "other.toml"], 0),
    ("citations", "--stdin-filename", &["--stdin-filename", "b.md"], 0),
    ("citations", "--force-exclude", &["--force-exclude"], 0),
    ("citations", "--help", &["--help"], 0),
    ("sources", "--output-format", &["--output-format", "json"], 0),
    ("sources", "--profile", &["--profile", "oscola"], 0),
    ("sources", "--config", &["--config", "other.toml"], 0),
    ("sources", "--stdin-filename", &["--stdin-filename", "b.md"], 0),
    ("sources", "--force-exclude", &["--force-exclude"], 0),
    ("sources", "--help", &["--help"], 0),
];

/// Options that need more than a folder and have tests of their own.
const ELSEWHERE: &[(&str, &str)] = &[("check", "--since"), ("check", "--watch")];

const KNOWN: &str = r#"{"version":1,"findings":[{"file":"a.md","rule":"missing-space","quote":"p.15","count":1}]}"#;

#[test]
fn every_option_in_help_works() {
    let long = Regex::new(r"(?m)^ +(?:-\w, )?(--[a-z-]+)").expect("a regex");
    for command in ["check", "citations", "sources"] {
        let help = ibid(folder(&[]).path(), &[command, "--help"]).out;
        let shown: BTreeSet<&str> = long.captures_iter(&help).filter_map(|c| c.get(1)).map(|m| m.as_str()).collect();
        let all = OPTIONS.iter().map(|o| (o.0, o.1)).chain(ELSEWHERE.iter().copied());
        let tried: BTreeSet<&str> = all.filter(|o| o.0 == command).map(|o| o.1).collect();
        assert_eq!(shown, tried, "{command}");
    }
    for (command, option, args, status) in OPTIONS {
        let folder =
            folder(&[("a.md", BAD), ("known.json", KNOWN), ("other.toml", "[rules]\nmissing-space = \"off\"\n")]);
        let run = ibid(folder.path(), &[&[command, "a.md"], *args].concat());
        assert_eq!(run.status, *status, "{command} {option}: {}{}", run.out, run.err);
        assert_eq!(run.err, "", "{command} {option}");
    }
}

#[test]
fn exit_status_is_what_was_found() {
    let folder = folder(&[("bad.md", BAD), ("good.md", &good())]);
    let status = |args: &[&str]| ibid(folder.path(), args).status;
    assert_eq!(status(&["check", "good.md"]), 0);
    assert_eq!(status(&["check", "bad.md"]), 1);
    assert_eq!(status(&["check"]), 1);
    assert_eq!(status(&["check", "--fail-on", "error"]), 0);
    assert_eq!(status(&["check", "--exit-zero"]), 0);
    assert_eq!(status(&["check", "gone.md", "bad.md"]), 2);
    assert_eq!(status(&["check", "--exit-zero", "gone.md"]), 2);
    assert_eq!(status(&["check", "--no-such-option"]), 2);
    assert_eq!(status(&["check", "--unsafe-fixes"]), 2);
    assert_eq!(status(&["check", "--fail-on", "hint"]), 2);
    assert_eq!(status(&["citations", "gone.md"]), 2);
    assert_eq!(status(&[]), 2);
}

#[test]
fn an_unknown_profile_is_refused_with_the_known_ones() {
    let run = ibid(folder(&[]).path(), &["check", "--profile", "xyz9"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("xyz9") && run.err.contains("chicago-17, chicago-18, chicago-ibid, turabian-9, mhra"),
        "{}",
        run.err
    );
}

#[test]
fn an_unknown_rule_is_refused_with_the_nearest() {
    let here = folder(&[]);
    for args in [["check", "--select=missing-spce"], ["check", "--ignore=missing-spce"], ["explain", "missing-spce"]] {
        let run = ibid(here.path(), &args);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("did you mean missing-space?"), "{}", run.err);
    }
}

#[test]
fn a_wrong_configuration_names_file_line_column_key_and_the_nearest() {
    let wrong = "profil = \"mhra\"\nprofile = \"mrha\"\n[rules]\nmissing-spce = \"off\"\nmissing-space = \"of\"\n\
                 [names]\nscheme.prose = 3\n[[allow]]\nquote = \"x\"\n";
    let folder = folder(&[("a/ibid.toml", wrong), ("a/bad.md", BAD), ("b/bad.md", BAD)]);
    let run = ibid(folder.path(), &["check", "--output-format", "concise"]);
    let expected = [
        "a/ibid.toml:1:1: unknown key \"profil\"; did you mean \"profile\"?",
        "a/ibid.toml:2:11: unknown profile \"mrha\"; did you mean \"mhra\"?",
        "a/ibid.toml:4:1: unknown rule \"missing-spce\"; did you mean \"missing-space\"?",
        "a/ibid.toml:5:17: unknown severity \"of\"; did you mean \"off\"?",
        "a/ibid.toml:7:16: a string is wanted here, not integer",
        "a/ibid.toml:8:1: [[allow]] names no rule",
    ];
    assert_eq!(run.status, 2);
    assert_eq!(run.err.lines().count(), expected.len(), "{}", run.err);
    for (line, expected) in run.err.lines().zip(expected) {
        assert!(line.starts_with(&format!("ibid: {expected}")), "{line}");
    }
    assert_eq!(run.out, "b/bad.md:5:51: warning missing-space no space after \"p.\"\n", "the other folder is checked");
}

#[test]
fn toml_that_is_none_is_one_error_with_its_place() {
    let folder = folder(&[("ibid.toml", "profile = \n"), ("bad.md", BAD)]);
    let run = ibid(folder.path(), &["check"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("ibid: ibid.toml:1:"), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

#[test]
fn every_key_of_the_contract_is_taken() {
    let toml = r#"
profile = "chicago-17"
[files]
include = ["chapters/*.md"]
chapters = ["intro.md", "one.md"]
bibliography = ["sources.bib"]
[rules]
missing-space = "error"
name-variant = "off"
[names]
languages = ["ru", "deu-rus"]
scheme.prose = "popular"
scheme.titles = "ala-lc"
cross-zone = "hint"
familiar = ["Trotsky"]
same = [["Holtsman", "Gol'tsman"]]
distinct = [["Lur'e", "Lur'ev"]]
[archives]
repositories = ["TsAODM"]
[[allow]]
rule = "missing-space"
quote = "p.16"
[[allow]]
rule = "name-variant"
"#;
    let folder = folder(&[("ibid.toml", toml), ("bad.md", BAD), ("intro.md", ""), ("one.md", ""), ("sources.bib", "")]);
    let run = ibid(folder.path(), &["check", "--output-format", "concise", "bad.md"]);
    assert_eq!(run.err, "");
    assert!(run.out.contains("error missing-space"), "{}", run.out);
}

#[test]
fn the_nearest_configuration_wins() {
    let off = "[rules]\nmissing-space = \"off\"\n";
    let folder = folder(&[("ibid.toml", off), ("bad.md", BAD), ("inner/ibid.toml", ""), ("inner/bad.md", BAD)]);
    assert_eq!(ibid(folder.path(), &["check", "bad.md"]).status, 0);
    assert_eq!(ibid(folder.path(), &["check", "inner/bad.md"]).status, 1);
    assert_eq!(ibid(&folder.path().join("inner"), &["check", "../bad.md"]).status, 0);
    assert_eq!(ibid(folder.path(), &["check", "--config", "ibid.toml", "inner"]).status, 0);
    assert_eq!(ibid(folder.path(), &["check", "--config", "none.toml", "inner"]).status, 2);
    assert_eq!(with_stdin(folder.path(), &["check", "-", "--stdin-filename", "inner/new.md"], BAD).status, 1);
    assert_eq!(with_stdin(folder.path(), &["check", "-", "--stdin-filename", "new.md"], BAD).status, 0);
}

#[test]
fn an_allow_table_lets_stand_and_says_when_it_is_of_no_use() {
    let table = "[[allow]]\nrule = \"missing-space\"\nquote = \"p.15\"\n";
    let idle = "[[allow]]\nrule = \"missing-space\"\nquote = \"p.99\"\n";
    let folder = folder(&[("ibid.toml", &format!("{table}{idle}")), ("bad.md", BAD), ("good.md", &good())]);
    let whole = ibid(folder.path(), &["check", "--output-format", "json"]);
    let findings = json(&whole.out)["findings"].clone();
    assert_eq!(findings.as_array().map(Vec::len), Some(1), "{findings}");
    assert_eq!(findings[0]["rule"], "unused-allow");
    assert_eq!(findings[0]["file"], "ibid.toml");
    assert_eq!(findings[0]["start"]["line"], 5);
    assert_eq!(json(&whole.out)["summary"]["files"], 2, "ibid.toml is no manuscript");
    let one = ibid(folder.path(), &["check", "good.md"]);
    assert_eq!(one.status, 0, "one file cannot show that a table is of no use: {}", one.out);
}

#[test]
fn explain_shows_a_page_or_the_list() {
    let here = folder(&[]);
    let list = ibid(here.path(), &["explain"]);
    assert!(list.out.contains("unused-allow") && list.out.contains("housekeeping"), "{}", list.out);
    let page = ibid(here.path(), &["explain", "unused-allow"]);
    assert!(page.out.starts_with("# unused-allow\n") && page.out.contains("## Why"), "{}", page.out);
    let tool = json(&ibid(here.path(), &["explain", "--output-format", "json", "unused-allow"]).out);
    assert_eq!(tool["version"], 1);
    assert_eq!(tool["rules"][0]["name"], "unused-allow");
    assert_eq!(tool["rules"][0]["family"], "housekeeping");
    assert_eq!(ibid(here.path(), &["explain", "no-such-rule"]).status, 2);
}

#[test]
fn the_server_answers_on_standard_input() {
    let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let start = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    let end = r#"{"jsonrpc":"2.0","method":"exit"}"#;
    for args in [&["server"][..], &["server", "--stdio"]] {
        let run = with_stdin(folder(&[]).path(), args, &(frame(start) + &frame(end)));
        assert!(run.out.contains(r#""capabilities""#), "{}{}", run.out, run.err);
    }
}
