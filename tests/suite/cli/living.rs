//! Living with findings: baselines, revisions, settings for some files, proposals, rewritings, runs that are cut short.

use super::{BAD, Run, folder, good, ibid, json, run};
use assert_cmd::Command;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("the file is there")
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("the file can be written");
}

#[test]
fn a_baseline_is_kept_by_content() {
    let here = folder(&[("a.md", BAD)]);
    let check = || ibid(here.path(), &["check", "--baseline", "known.json", "--output-format", "concise"]);
    let listed = ibid(here.path(), &["check", "--write-baseline", "known.json"]);
    assert_eq!((listed.status, listed.out.as_str()), (0, "1 finding listed in known.json.\n"));
    let known = json(&read(here.path(), "known.json"));
    assert_eq!(
        known,
        json(r#"{"version":1,"findings":[{"file":"a.md","rule":"missing-space","quote":"p.15","count":1}]}"#)
    );
    assert_eq!((check().status, check().out.as_str()), (0, ""));
    write(here.path(), "a.md", &format!("A new first paragraph.\n\n{BAD}"));
    assert_eq!(check().status, 0, "a paragraph that moves takes its entry along");
    write(here.path(), "a.md", &BAD.replace("p.15", "p.16"));
    let changed = check();
    assert_eq!(changed.status, 1, "other words are another finding");
    assert!(changed.out.contains("missing-space"), "{}", changed.out);
    assert_eq!(changed.err, "ibid: a.md: no longer found, though the baseline lists it: missing-space «p.15»\n");
    let spaced = BAD.replace(
        "[^3]: Jane",
        "[^3]: Ida Wren, *The Salt* (London: Quay, 1935), p. 9; Carl Ott, *Tar* (London: Quay, 1936), p. 8; Jane",
    );
    write(here.path(), "a.md", &spaced.replace("p.15.", "p.15; Mary Coe, *Wax* (London: Quay, 1930), p.15."));
    let twice = check();
    assert_eq!(twice.out.lines().count(), 1, "one is known, the other is new: {}", twice.out);
}

#[test]
fn a_baseline_that_is_none_is_an_error() {
    let here = folder(&[("a.md", BAD), ("bad.json", "{"), ("new.json", r#"{"version":2,"findings":[]}"#)]);
    for (name, says) in [("gone.json", "no such file"), ("bad.json", "not a baseline"), ("new.json", "version 2")] {
        let run = ibid(here.path(), &["check", "--baseline", name]);
        assert_eq!(run.status, 2);
        assert!(run.err.starts_with(&format!("ibid: {name}: ")) && run.err.contains(says), "{}", run.err);
    }
}

fn git(folder: &Path, args: &[&str]) {
    let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    let done = run(command.current_dir(folder).args(settings).args(args));
    assert_eq!(done.status, 0, "git {args:?}: {}", done.err);
}

const CHAIN: &str = "One.[^1] Two.[^2] Three.[^3]

[^1]: Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.

[^2]: Ibid., 14.

[^3]: Jane Holm, *The Wick* (London: Quay Press, 1933), p.15.
";

/// A note put in between: the Ibid. after it stands for another work, its words unchanged.
fn with_another() -> String {
    CHAIN
        .replace("One.[^1]", "One.[^1] More.[^oil]")
        .replace("[^2]: Ibid", "[^oil]: Paul Lind, *The Oil* (London: Quay Press, 1932), 7.\n\n[^2]: Ibid")
}

#[test]
fn since_tells_what_is_new_and_what_was_led_astray() {
    let here = folder(&[("a.md", CHAIN), ("b.md", BAD)]);
    git(here.path(), &["init", "-q"]);
    git(here.path(), &["add", "."]);
    git(here.path(), &["commit", "-q", "-m", "first"]);
    let since = |rev: &str| ibid(here.path(), &["check", "--since", rev, "--output-format", "json"]);
    let rules = |run: &Run| {
        let findings = json(&run.out)["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().map(|f| f["rule"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((since("HEAD").status, rules(&since("HEAD"))), (0, Vec::<String>::new()));
    write(here.path(), "a.md", &with_another());
    let found = since("HEAD");
    assert_eq!(found.status, 1, "{}{}", found.out, found.err);
    assert_eq!(rules(&found), ["ibid-retargeted"]);
    let finding = json(&found.out)["findings"][0].clone();
    assert_eq!(finding["quote"], "Ibid., 14");
    assert!(finding["message"].as_str().is_some_and(|m| m.contains("Anna Reed")), "{finding}");
    assert!(finding["related"][0]["quote"].as_str().is_some_and(|q| q.starts_with("Paul Lind")), "{finding}");
    let wrong = since("no-such-revision");
    assert_eq!((wrong.status, wrong.err.as_str()), (2, "ibid: --since no-such-revision: no such revision\n"));
    let outside = ibid(folder(&[("a.md", CHAIN)]).path(), &["check", "--since", "HEAD"]);
    assert_eq!((outside.status, outside.err.as_str()), (2, "ibid: --since HEAD: not in a git repository\n"));
}

#[test]
fn two_versions_of_a_file_are_compared() {
    let here = folder(&[("old.md", CHAIN), ("new.md", &with_another()), ("same.md", &CHAIN.replace("12.", "13."))]);
    let run = ibid(here.path(), &["diff", "old.md", "new.md", "--output-format", "concise"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.out.starts_with("new.md:7:7: error ibid-retargeted this stood for «Anna Reed"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1);
    assert_eq!(ibid(here.path(), &["diff", "old.md", "same.md"]).status, 0);
    assert_eq!(ibid(here.path(), &["diff", "old.md", "gone.md"]).status, 2);
}

#[test]
fn overrides_speak_for_their_files() {
    let toml = "[[overrides]]\nfiles = [\"drafts/**\"]\nrules.missing-space = \"off\"\n[[overrides]]\nfiles = [\"late.md\"]\nrules.missing-space = \"error\"\n";
    let here = folder(&[("ibid.toml", toml), ("a.md", BAD), ("drafts/b.md", BAD), ("late.md", BAD)]);
    let check =
        |from: &Path, paths: &[&str]| ibid(from, &[&["check", "--output-format", "concise"], paths].concat()).out;
    let row = |name: &str, level: &str| format!("{name}:5:51: {level} missing-space no space after \"p.\"\n");
    assert_eq!(check(here.path(), &[]), row("a.md", "warning") + &row("late.md", "error"));
    assert_eq!(check(&here.path().join("drafts"), &["b.md"]), "", "globs are seen from the folder of ibid.toml");
    assert_eq!(check(&here.path().join("drafts"), &["../late.md"]), row("../late.md", "error"));
    write(here.path(), "ibid.toml", "[[overrides]]\nfiles = [\"a[\"]\nrule.x = 1\n[[overrides]]\n");
    let wrong = ibid(here.path(), &["check", "a.md"]).err;
    assert!(wrong.contains("ibid.toml:2:10: not a pattern for files"), "{wrong}");
    assert!(wrong.contains("ibid.toml:3:1: unknown key in [overrides] \"rule\"; did you mean \"rules\"?"), "{wrong}");
    assert!(wrong.contains("ibid.toml:4:1: [[overrides]] names no files"), "{wrong}");
}

#[test]
fn a_configuration_extends_another() {
    let base = "profile = \"mhra\"\n[rules]\nmissing-space = \"error\"\nempty-note = \"off\"\n[[allow]]\nrule = \"mark-spacing\"\n";
    let here = folder(&[
        ("base.toml", base),
        ("book/ibid.toml", "extend = \"../base.toml\"\n[rules]\nempty-note = \"info\"\n"),
        ("book/a.md", BAD),
        ("other/ibid.toml", "extend = \"../gone.toml\"\n"),
        ("other/a.md", BAD),
        ("ring/ibid.toml", "extend = \"ibid.toml\"\n"),
        ("ring/a.md", BAD),
    ]);
    let run = ibid(here.path(), &["check", "--output-format", "concise", "book"]);
    assert_eq!(run.out, "book/a.md:5:51: error missing-space no space after \"p.\"\n", "{}", run.err);
    let gone = ibid(here.path(), &["check", "other"]).err;
    assert!(gone.starts_with("ibid: other/ibid.toml:1:10: cannot be extended: no such file"), "{gone}");
    let ring = ibid(here.path(), &["check", "ring"]).err;
    assert!(ring.starts_with("ibid: ring/ibid.toml:1:10: extends itself"), "{ring}");
}

#[test]
fn init_proposes_and_overwrites_nothing() {
    let notes = "One.[^1] Two.[^2]\n\n[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), 12.\n\n[^2]: Ibid., 14.\n\n";
    let here = folder(&[("chapter-10.md", BAD), ("chapter-9.md", notes)]);
    let shown = ibid(here.path(), &["init", "--stdout"]);
    assert_eq!((shown.status, shown.err.as_str()), (0, ""));
    assert!(shown.out.contains("profile = \"chicago-ibid\""), "{}", shown.out);
    assert!(shown.out.contains("\nchapters = [\"chapter-9.md\", \"chapter-10.md\"]\n"), "{}", shown.out);
    assert_eq!(std::fs::read_dir(here.path()).expect("the folder").count(), 2, "a dry run writes nothing");
    assert_eq!(ibid(here.path(), &["init"]).status, 0);
    assert_eq!(read(here.path(), "ibid.toml"), shown.out);
    assert_eq!(ibid(here.path(), &["check"]).status, 1, "what is proposed can be read");
    let again = ibid(here.path(), &["init"]);
    assert_eq!(
        (again.status, again.err.as_str()),
        (2, "ibid: ibid.toml: is there already; --stdout prints the proposal\n")
    );
    assert_eq!(ibid(folder(&[]).path(), &["init"]).status, 2, "no manuscripts");
}

#[test]
fn init_writes_down_what_the_note_on_transliteration_says() {
    let note = "In transliterating Russian I follow the Library of Congress system.";
    let text = format!("{note}\n\nIt burned.[^1]\n\n[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), 12.\n");
    let here = folder(&[("a.md", &text)]);
    assert_eq!(ibid(here.path(), &["init"]).status, 0);
    let toml = read(here.path(), "ibid.toml");
    let wanted = format!("# a.md:1 says: {note}\nscheme.prose = \"ala-lc\"\nscheme.titles = \"ala-lc\"\n");
    assert!(toml.contains(&wanted), "{toml}");
    assert_eq!(ibid(here.path(), &["check"]).status, 0, "what is proposed can be read");
}

#[test]
fn an_inferred_profile_is_shown() {
    let here = folder(&[("ibid.toml", "profile = \"infer\"\n"), ("a.md", CHAIN)]);
    let run = ibid(here.path(), &["check", "--verbose", "--quiet"]);
    assert!(run.err.contains("a.md: profile chicago-ibid: 1 of 1 Ibid. have a stop"), "{}", run.err);
}

#[test]
fn manuscripts_are_rewritten_on_request() {
    let gap = CHAIN.replace("[^3]", "[^7]");
    let here = folder(&[("a.md", &gap)]);
    let shown = ibid(here.path(), &["renumber", "--diff", "a.md"]);
    assert_eq!(shown.status, 1);
    assert!(shown.out.contains("-[^7]: Jane Holm") && shown.out.contains("+[^3]: Jane Holm"), "{}", shown.out);
    assert_eq!(read(here.path(), "a.md"), gap);
    let done = ibid(here.path(), &["renumber", "a.md"]);
    assert_eq!((done.status, done.err.as_str()), (0, "a.md: 2 places renumbered\n"));
    assert_eq!(read(here.path(), "a.md"), CHAIN);
    assert_eq!(ibid(here.path(), &["expand", "a.md"]).status, 0);
    assert_eq!(read(here.path(), "a.md"), CHAIN.replace("Ibid.,", "Reed, *Lamp Keepers*,"));
    let unwanted = ibid(here.path(), &["contract", "--profile", "chicago-17", "a.md"]);
    assert_eq!(unwanted.status, 2);
    assert!(unwanted.err.contains("not contracted: chicago-17 prefers short forms"), "{}", unwanted.err);
    assert_eq!(ibid(here.path(), &["contract", "a.md"]).status, 0);
    assert_eq!(read(here.path(), "a.md"), CHAIN);
    write(here.path(), "a.md", &CHAIN.replace("Three.[^3]", "Three."));
    let refused = ibid(here.path(), &["renumber", "a.md"]);
    assert_eq!((refused.status, refused.err.as_str()), (2, "ibid: a.md:7:3: not renumbered: note 3 has no mark\n"));
}

#[test]
fn named_files_that_git_ignores_are_left_out_on_request() {
    let here = folder(&[
        (".git/HEAD", ""),
        (".gitignore", "drafts/\n*.tmp.md\n"),
        ("drafts/a.md", BAD),
        ("x.tmp.md", BAD),
        ("b.md", BAD),
    ]);
    let files = ["drafts/a.md", "x.tmp.md", "b.md"];
    let count = |args: &[&str]| {
        ibid(here.path(), &[&["check", "--output-format", "concise"], args, &files].concat()).out.lines().count()
    };
    assert_eq!((count(&[]), count(&["--force-exclude"])), (3, 1));
}

#[test]
fn shells_editors_and_manuals_are_served() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let out = ibid(here.path(), &["completions", shell]).out;
        assert!(out.contains("renumber") && out.contains("missing-space") || out.contains("output-format"), "{shell}");
    }
    let page = ibid(here.path(), &["man"]).out;
    assert!(page.starts_with(".ie") && page.contains("ibid\\-check"), "{page}");
    assert_eq!(ibid(here.path(), &["man", "."]).status, 0);
    assert!(read(here.path(), "ibid-check.1").contains("baseline"));
    let schema = json(&ibid(here.path(), &["schema"]).out);
    assert_eq!(schema["properties"]["profile"]["enum"][0], "chicago-17");
}

#[test]
fn watching_checks_again_when_a_manuscript_changes() {
    let here = folder(&[("a.md", BAD)]);
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("ibid"));
    let command = command.current_dir(here.path()).args(["check", "--watch", "--output-format", "concise"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let (out, err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
    let (mut out, mut err) = (BufReader::new(out), BufReader::new(err));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    assert!(line.starts_with("a.md:5:51: warning missing-space"), "{line}");
    line.clear();
    err.read_line(&mut line).expect("a line");
    assert_eq!(line, "ibid: watching for changes\n");
    write(here.path(), "a.md", &format!("A new line.\n\n{BAD}"));
    line.clear();
    out.read_line(&mut line).expect("a line");
    assert!(line.starts_with("a.md:7:51: warning missing-space"), "{line}");
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
}

/// More of this, 200 times and on a full disk: tests/survive.sh.
#[cfg(unix)]
#[test]
fn a_killed_fix_leaves_the_old_or_the_new() {
    let names: Vec<String> = (0..30).map(|i| format!("{i:02}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), BAD)).collect();
    for patience in 0..6 {
        let here = folder(&files);
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("ibid"));
        let command = command.current_dir(here.path()).args(["check", "--fix", "--quiet"]).stdout(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        // killed once so many files have been written
        while child.try_wait().expect("its state").is_none() {
            let done = names.iter().filter(|n| read(here.path(), n) == good()).count();
            if done >= patience * 5 {
                break;
            }
        }
        let _ = child.kill();
        child.wait().expect("it ends");
        for name in &names {
            let text = read(here.path(), name);
            assert!(text == BAD || text == good(), "{name} is neither what it was nor what it should be: {text}");
        }
    }
}
