//! Files read, walked, refused and mended: encodings, line ends, permissions.

use super::{BAD, folder, good, ibid, json, with_stdin, write};
use std::path::Path;

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let bytes = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).expect("the file is there")
}

#[test]
fn every_encoding_gives_the_same_findings_and_is_kept_by_a_fix() {
    let with_mark = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;
    let encodings: [(&str, Encode); 5] = [
        ("plain", &|t: &str| t.as_bytes().to_vec()),
        ("mark", &with_mark),
        ("utf-16 le", &|t: &str| utf16(t, false)),
        ("utf-16 be", &|t: &str| utf16(t, true)),
        ("crlf", &|t: &str| t.replace('\n', "\r\n").into_bytes()),
    ];
    for (name, encode) in encodings {
        let folder = folder(&[]);
        write(folder.path(), "a.md", &encode(BAD));
        let finding = json(&ibid(folder.path(), &["check", "--output-format", "json"]).out)["findings"][0].clone();
        assert_eq!(finding["quote"], "p.15", "{name}");
        assert_eq!(
            (finding["start"]["line"].as_u64(), finding["start"]["column"].as_u64()),
            (Some(5), Some(51)),
            "{name}"
        );
        if name != "crlf" {
            assert_eq!(finding["start"]["byte"], 218, "{name}: bytes of the text in UTF-8 without its mark");
        }
        assert_eq!(ibid(folder.path(), &["check", "--fix"]).status, 0, "{name}");
        assert_eq!(bytes(folder.path(), "a.md"), encode(&good()), "{name}: all but the fix stays as it was");
    }
}

#[test]
fn what_is_not_text_is_named_with_its_byte_and_the_others_are_checked() {
    let folder = folder(&[("good.md", &good()), ("z.md", BAD)]);
    write(folder.path(), "koi8.md", b"\xf1\xec\xe9\xf7");
    write(folder.path(), "latin1.txt", b"un\ncaf\xe9 noir");
    write(folder.path(), "odd.txt", b"\xff\xfea\0b");
    write(folder.path(), "lone.txt", b"\xff\xfea\0\x00\xd8b\0");
    write(folder.path(), "bare.txt", b"\0n\0o\0 \0m\0a\0r\0k");
    write(folder.path(), "picture.txt", b"\x89PNG\r\n\x1a\n\0\0");
    write(folder.path(), "empty.md", b"");
    write(folder.path(), "mark-only.md", b"\xef\xbb\xbf");
    write(folder.path(), "mark-only-16.txt", b"\xff\xfe");
    write(folder.path(), "nul.txt", b"a\0b");
    let run = ibid(folder.path(), &["check", "--output-format", "concise", "."]);
    assert_eq!(run.status, 2);
    let expected = "\
ibid: bare.txt: not text at byte 0 (line 1): neither UTF-8 nor UTF-16 with a byte-order mark; UTF-16 whose mark is lost? save it as UTF-8
ibid: koi8.md: not text at byte 0 (line 1): neither UTF-8 nor UTF-16 with a byte-order mark; an 8-bit encoding such as Windows-1252? save it as UTF-8
ibid: latin1.txt: not text at byte 6 (line 2): neither UTF-8 nor UTF-16 with a byte-order mark; an 8-bit encoding such as Windows-1252? save it as UTF-8
ibid: lone.txt: not text at byte 4 (line 1): neither UTF-8 nor UTF-16 with a byte-order mark; its UTF-16 breaks off or is damaged there
ibid: odd.txt: not text at byte 4 (line 1): neither UTF-8 nor UTF-16 with a byte-order mark; its UTF-16 breaks off or is damaged there
ibid: picture.txt: not text at byte 0 (line 1): neither UTF-8 nor UTF-16 with a byte-order mark; no text file at all?
";
    assert_eq!(run.err, expected);
    assert!(run.out.starts_with("z.md:5:51: "), "{}", run.out);
}

/// A Word document of one paragraph with one note, which ends in a doubled comma.
fn word_document() -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let body = format!("<w:body><w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body>", run("It burned."));
    let note = format!("<w:footnote w:id=\"2\"><w:p>{}</w:p></w:footnote>", run("Anna Reed, Lamps (Oko, 1931),, 12."));
    for (name, body) in [("document", body), ("footnotes", note)] {
        archive.start_file(format!("word/{name}.xml"), zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(format!("<w:{name} xmlns:w=\"w\">{body}</w:{name}>").as_bytes()).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn word_documents_are_read_and_never_written() {
    let folder = folder(&[("z.md", BAD), ("words.docx", "no archive")]);
    write(folder.path(), "a.docx", &word_document());
    let run = ibid(folder.path(), &["check", "--fix", "--output-format", "concise", "a.docx", "words.docx", "z.md"]);
    let expected = "\
ibid: words.docx: cannot be read as a Word document: it is another kind of file
ibid: a.docx: not fixed: Word documents are read, never written; mend it in Word
";
    assert_eq!((run.status, run.err.as_str()), (2, expected));
    assert!(run.out.starts_with("a.docx:2:35: "), "{}", run.out);
    assert_eq!(bytes(folder.path(), "a.docx"), word_document());
    assert_eq!(bytes(folder.path(), "z.md"), good().as_bytes());
}

#[test]
fn a_file_without_a_reader_is_named_when_asked_for_and_passed_over_in_a_folder() {
    let folder = folder(&[("a.odt", "x"), ("README", "x"), ("bad.md", BAD)]);
    let named = ibid(folder.path(), &["check", "--output-format", "concise", "a.odt", "README", "bad.md"]);
    assert_eq!(named.status, 2);
    let expected = "\
ibid: a.odt: no reader for .odt files yet
ibid: README: no reader for a file without an ending such as .txt or .md
";
    assert_eq!(named.err, expected);
    assert_eq!(named.out.lines().count(), 1);
    let walked = ibid(folder.path(), &["check"]);
    assert_eq!((walked.status, walked.err.as_str()), (1, ""));
}

#[test]
fn folders_are_walked_as_git_sees_them_and_named_files_always_checked() {
    let folder = folder(&[
        (".gitignore", "drafts/\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("drafts/old.md", BAD),
        (".hidden/x.md", BAD),
        ("chapters/one.md", BAD),
        ("chapters/deep/two.txt", "Nothing here.\n"),
    ]);
    let files = |args: &[&str]| {
        let run = ibid(folder.path(), &[&["check", "--output-format", "json"], args].concat());
        let report = json(&run.out);
        let names = report["findings"].as_array().cloned().unwrap_or_default();
        let names: Vec<String> = names.iter().map(|f| f["file"].as_str().unwrap_or_default().to_owned()).collect();
        (report["summary"]["files"].as_u64().unwrap_or_default(), names)
    };
    assert_eq!(files(&[]), (2, vec!["chapters/one.md".to_owned()]));
    assert_eq!(files(&["drafts/old.md"]), (1, vec!["drafts/old.md".to_owned()]));
    assert_eq!(files(&["chapters", "./chapters/one.md", "chapters/one.md"]).0, 2, "each file once");
}

#[test]
fn standard_input_is_read_by_the_ending_of_its_name() {
    let here = folder(&[]);
    let read = |args: &[&str]| with_stdin(here.path(), args, BAD);
    let named = read(&["check", "-", "--stdin-filename", "chapters/one.md", "--output-format", "concise"]);
    assert_eq!(named.out, "chapters/one.md:5:51: warning missing-space no space after \"p.\"\n");
    assert_eq!(read(&["check", "-"]).status, read(&["check", "-", "--stdin-filename", "a.txt"]).status);
    assert_eq!(read(&["check", "-", "--stdin-filename", "a.odt"]).status, 2);
    assert_eq!(read(&["citations", "-", "--stdin-filename", "a.md"]).status, 0);
}

#[test]
fn a_fix_of_standard_input_goes_to_standard_output() {
    let here = folder(&[]);
    let run = with_stdin(here.path(), &["check", "--fix", "-", "--stdin-filename", "a.md"], BAD);
    assert_eq!((run.status, run.out), (0, good()));
    assert!(run.err.starts_with("Fixed 1 finding.\n"), "{}", run.err);
    let clean = with_stdin(here.path(), &["check", "--fix", "-", "--stdin-filename", "a.md"], &good());
    assert_eq!(clean.out, good(), "a text with nothing to mend comes out as it went in");
}

#[test]
fn diff_shows_what_fix_does_and_changes_nothing() {
    let folder = folder(&[("bad.md", BAD), ("good.md", &good())]);
    let run = ibid(folder.path(), &["check", "--diff"]);
    let expected = "\
--- bad.md
+++ bad.md
@@ -2,4 +2,4 @@
 
 [^1]: Anna Reed, *The Lamp* (London: Quay, 1931), p. 12.
 [^2]: Paul Lind, *The Oil* (London: Quay, 1932), p. 14.
-[^3]: Jane Holm, *The Wick* (London: Quay, 1933), p.15.
+[^3]: Jane Holm, *The Wick* (London: Quay, 1933), p. 15.
";
    assert_eq!((run.status, run.out.as_str()), (1, expected));
    assert_eq!(bytes(folder.path(), "bad.md"), BAD.as_bytes());
    assert_eq!(ibid(folder.path(), &["check", "--diff", "good.md"]).status, 0);
}

#[test]
fn fix_says_what_it_did_and_leaves_no_file_behind() {
    let folder = folder(&[("bad.md", BAD)]);
    let run = ibid(folder.path(), &["check", "--fix"]);
    assert_eq!(run.out, "Fixed 1 finding.\nNothing found in 1 file (3 notes, 3 citations).\n");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_permissions_and_links_and_respects_read_only_files() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("a.md", BAD), ("locked.md", BAD)]);
    let mode = |name: &str, mode: u32| {
        let permissions = PermissionsExt::from_mode(mode);
        std::fs::set_permissions(folder.path().join(name), permissions).expect("permissions can be set");
    };
    mode("a.md", 0o640);
    mode("locked.md", 0o444);
    symlink("a.md", folder.path().join("link.md")).expect("a link can be made");
    let run = ibid(folder.path(), &["check", "--fix", "--output-format", "concise", "link.md", "locked.md"]);
    assert_eq!((run.status, run.err.as_str()), (2, "ibid: locked.md: not fixed: the file is read-only\n"));
    assert!(run.out.starts_with("locked.md:5:51: "), "what could not be mended is still reported: {}", run.out);
    assert_eq!(bytes(folder.path(), "locked.md"), BAD.as_bytes());
    assert_eq!(bytes(folder.path(), "a.md"), good().as_bytes());
    let data = std::fs::symlink_metadata(folder.path().join("a.md")).expect("the file is there");
    assert_eq!(data.permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("link.md").is_symlink(), "the link is still one");
    mode("locked.md", 0o644);
}

#[test]
fn an_empty_file_and_an_empty_folder_are_fine() {
    let folder = folder(&[("a.txt", ""), ("b.md", "\n")]);
    assert_eq!(ibid(folder.path(), &["check"]).out, "Nothing found in 2 files (0 notes, 0 citations).\n");
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    let run = ibid(folder.path(), &["check", "empty"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(
        json(&ibid(folder.path(), &["citations", "--output-format", "json", "a.txt"]).out)["citations"],
        json("[]")
    );
}

#[test]
fn a_reader_can_be_set_and_a_wrong_one_is_an_error_with_its_place() {
    let inline = "A lamp.^[Jane Reed, *Lamps* (London: Quay, 1931), p.15.]\n";
    let here = folder(&[("a.md", inline), ("ibid.toml", "")]);
    let cited = || ibid(here.path(), &["citations", "a.md", "--output-format", "json"]);
    let table = |reader: &str| format!("[files.readers]\n\"*.md\" = \"{reader}\"\n");
    let set = |reader: &str| write(here.path(), "ibid.toml", table(reader).as_bytes());
    assert!(cited().out.contains("Lamps"), "{}", cited().out);
    set("gfm");
    assert!(!cited().out.contains("Lamps"), "GitHub knows no inline note: {}", cited().out);
    set("gmf");
    let wrong = ibid(here.path(), &["check", "a.md"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("ibid.toml:2:10") && wrong.err.contains("gfm"), "{}", wrong.err);
}

#[test]
fn a_folder_gives_the_files_that_settings_give_a_reader() {
    let note = "A lamp.[^1]\n\n[^1]: Jane Reed,, *Lamps* (London: Quay, 1931), 15.\n";
    let here =
        folder(&[("one.note", note), ("deep/two.note", note), ("deep/three.other", note), ("deep/four.md", note)]);
    let listed = |args: &[&str]| {
        let run = ibid(here.path(), &[&["check", "--output-format", "concise"], args].concat());
        assert_eq!(run.err, "");
        let file =
            |line: &str| line.contains("doubled-punctuation").then(|| line.split(':').next().unwrap_or("").to_owned());
        run.out.lines().filter_map(file).collect::<Vec<_>>()
    };
    assert_eq!(listed(&[]), ["deep/four.md"]);
    write(here.path(), "ibid.toml", b"[files.readers]\n\"*.note\" = \"pandoc\"\n");
    let mut all = listed(&[]);
    all.sort();
    assert_eq!(all, ["deep/four.md", "deep/two.note", "one.note"]);
    let mut below = listed(&["deep"]);
    below.sort();
    assert_eq!(below, ["deep/four.md", "deep/two.note"]);
    // patterns and lists of chapters know them too
    let readers = "[files.readers]\n\"*.note\" = \"pandoc\"\n";
    write(here.path(), "ibid.toml", format!("[files]\ninclude = [\"deep/*\"]\n{readers}").as_bytes());
    all = listed(&[]);
    all.sort();
    assert_eq!(all, ["deep/four.md", "deep/two.note"]);
    write(here.path(), "ibid.toml", format!("[files]\nchapters = [\"one.note\"]\n{readers}").as_bytes());
    assert_eq!(listed(&[]), ["one.note"]);
}
