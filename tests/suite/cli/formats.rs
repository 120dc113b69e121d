//! Reports for tools and desks: what each holds, and that no manuscript can speak through them.

use super::{BAD, folder, good, ibid, json};
use serde_json::Value;

const ALL: [&str; 13] = [
    "full",
    "concise",
    "grouped",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "html",
    "csv",
    "queries-md",
    "queries-html",
];

/// One query (the work is never cited in full) and one slip that a fix mends.
const ASKED: &str = "The lamp was sold,[^1] then lost,[^2] then found.[^3]

[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), p. 12.
[^2]: Paul Lind, *The Oil* (London: Quay, 1932), p.14; Jane Holm, *The Wick* (London: Quay, 1933), p. 15.
[^3]: Ibid., p. 15.
";

fn written(format: &str, files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let run = ibid(folder.path(), &["check", "--output-format", format]);
    assert_eq!(run.err, "", "{format}");
    run.out
}

#[test]
fn nothing_a_manuscript_says_is_obeyed() {
    let evil =
        "Jane \x1b[31mHolm\u{202e}::error file=x::\u{85}%0A<script>alert(1)</script>\" onload=\"x' ]]> =1+1 | `a`";
    let text = BAD.replace("Anna Reed", evil).replace("Jane Holm", evil).replace("p.15", "p.15 =cmd");
    for format in ALL {
        let out = written(format, &[("a<b>&\"::error.md", &text)]);
        let obeyed = |c: char| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}';
        let json = matches!(format, "json" | "jsonl" | "sarif" | "gitlab");
        let obeyed_json = |c: char| c.is_ascii_control() && c != '\n';
        assert!(!out.contains(obeyed_json), "{format}: {out:?}");
        assert!(json || !out.contains(obeyed), "{format}: {out:?}");
        assert!(!out.lines().any(|l| l.trim_start().starts_with("::error")), "{format}: {out}");
        let markup = matches!(format, "html" | "queries-html" | "junit");
        assert!(!markup || !out.contains("<script>alert"), "{format}: {out}");
        assert!(!markup || !out.contains("\" onload"), "{format}: {out}");
    }
}

#[test]
fn grouped_is_by_file_in_columns() {
    let out = written("grouped", &[("a.md", BAD), ("b.md", &good()), ("c.md", BAD)]);
    let row = "  5:51 warning missing-space no space after \"p.\"\n";
    assert_eq!(out, format!("a.md:\n{row}\nc.md:\n{row}\n"));
}

#[test]
fn jsonl_is_the_findings_of_json() {
    let files = [("a.md", BAD), ("b.md", BAD)];
    let whole = json(&written("json", &files));
    let lines: Vec<Value> = written("jsonl", &files).lines().map(json).collect();
    assert_eq!(whole["findings"], Value::Array(lines));
}

#[test]
fn statistics_speak_json() {
    let folder = folder(&[("a.md", BAD), ("b.md", BAD)]);
    let out = ibid(folder.path(), &["check", "--statistics", "--output-format", "json"]).out;
    let expected = r#"{"version":1,"statistics":[{"rule":"missing-space","severity":"warning","findings":2,"fixable":2}],
        "summary":{"files":2,"notes":6,"citations":6,"findings":2}}"#;
    assert_eq!(json(&out), json(expected));
    let refused = ibid(folder.path(), &["check", "--statistics", "--output-format", "sarif"]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
}

#[test]
fn sarif_has_places_rules_evidence_and_fixes() {
    let log = json(&written("sarif", &[("one chapter/ä.md", BAD)]));
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "missing-space");
    assert!(run["tool"]["driver"]["rules"][0]["help"]["markdown"].as_str().is_some_and(|h| h.contains("## Why")));
    assert_eq!(result["ruleIndex"], 0);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"], json(r#"{"uri": "one%20chapter/%C3%A4.md", "uriBaseId": "SRCROOT"}"#));
    assert_eq!(place["region"]["snippet"]["text"], "p.15");
    assert_eq!((place["region"]["startLine"].as_u64(), place["region"]["startColumn"].as_u64()), (Some(5), Some(51)));
    assert_eq!(result["relatedLocations"][0]["id"], 1);
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], " ");
}

/// Fingerprints of a report: those of SARIF and of GitLab.
fn fingerprints(text: &str) -> (Vec<Value>, Vec<Value>) {
    let sarif = json(&written("sarif", &[("a.md", text)]));
    let results = sarif["runs"][0]["results"].as_array().cloned().unwrap_or_default();
    let gitlab = json(&written("gitlab", &[("a.md", text)])).as_array().cloned().unwrap_or_default();
    let of = |v: &Value| v["partialFingerprints"]["ibidContent/v1"].clone();
    (results.iter().map(of).collect(), gitlab.iter().map(|v| v["fingerprint"].clone()).collect())
}

#[test]
fn fingerprints_survive_moved_lines_and_differ_between_equal_words() {
    let sixth = "[^6]: Mary Coe, *The Flame* (London: Quay, 1934), p.15.\n";
    let spaced = "[^4]: Ida Wren, *The Salt* (London: Quay, 1935), p. 9.\n[^5]: Carl Ott, *The Tar* (London: Quay, 1936), p. 8.\n";
    let twice = format!("{}{spaced}{sixth}", BAD.replace("found.[^3]", "found,[^3] then[^4] sold[^5] again.[^6]"));
    let (sarif, gitlab) = fingerprints(&twice);
    assert_eq!(sarif.len(), 2);
    assert_ne!(sarif[0], sarif[1]);
    assert_eq!(sarif, gitlab);
    assert_eq!(fingerprints(&format!("A new first paragraph.\n\n{twice}")).0, sarif);
    assert_ne!(fingerprints(&BAD.replace("p.15", "p.16")).0, fingerprints(BAD).0);
}

#[test]
fn junit_has_a_suite_a_file_and_a_failure_a_finding() {
    let out = written("junit", &[("a.md", BAD), ("b.md", &good())]);
    assert!(out.contains("<testsuites name=\"ibid\" tests=\"2\" failures=\"1\" errors=\"0\">"), "{out}");
    assert!(out.contains("<testsuite name=\"a.md\" tests=\"1\" failures=\"1\""), "{out}");
    assert!(out.contains("<testcase classname=\"b.md\" name=\"ibid\"/>"), "{out}");
    assert!(out.contains("message=\"no space after &quot;p.&quot;\""), "{out}");
}

#[test]
fn queries_are_numbered_and_leave_out_what_a_fix_mends() {
    let out = written("queries-md", &[("a.md", ASKED)]);
    assert!(out.contains("**AQ1**: note 3: the note before cites several works: which of them is meant?"), "{out}");
    assert!(out.contains("- note 2: this one? «Paul Lind, \\*The Oil\\*"), "{out}");
    assert!(!out.contains("AQ2") && !out.contains("p.14\n"), "{out}");
    let html = written("queries-html", &[("a.md", ASKED)]);
    assert!(html.contains("<b>AQ1</b>: note 3: the note before cites several works"), "{html}");
    assert!(written("queries-md", &[("a.md", BAD)]).contains("None."));
}

#[test]
fn csv_holds_every_finding_and_no_formula() {
    let out = written("csv", &[("=a.md", ASKED)]);
    let mut rows = out.strip_prefix('\u{feff}').expect("a mark for spreadsheets").lines();
    assert_eq!(rows.next(), Some("query,file,note,line,column,severity,rule,question,message,quote,evidence,fix"));
    assert!(rows.next().is_some_and(|r| r.starts_with(",'=a.md,2,4,50,warning,missing-space,,")), "{out}");
    assert!(rows.any(|r| r.starts_with("AQ1,'=a.md,3,5,7,error,ibid-after-several-sources,the note before")), "{out}");
}

#[test]
fn the_page_stands_alone_and_draws_the_chains() {
    let text = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), 12.\n\n[^2]: Ibid., 14.\n\n[^3]: Ibid., 15.\n";
    let out = written("html", &[("a.md", text), ("b.md", BAD)]);
    assert!(out.contains("default-src &#39;none&#39;") || out.contains("default-src 'none'"), "{out}");
    assert!(!out.contains("http://") && !out.contains("https://"), "nothing is fetched");
    assert!(!out.contains("style=\"") && !out.contains("onclick"), "no style or script but that of the head");
    let chain = "<span class=\"cite ibid\">Ibid., 15</span> <span class=\"to\">→ <a href=\"#p0f0n1\">note 2</a> → <a href=\"#p0f0n0\">note 1</a> «Anna Reed";
    assert!(out.contains(chain), "{out}");
    assert_eq!(out.matches("<circle").count(), 3, "{out}");
    assert!(out.contains("data-rule=\"missing-space\" data-severity=\"warning\""), "{out}");
}
