//! Word documents made here, and what is read of them.

use super::text;
use crate::encoding::{Encoding, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const FRAME: &str = r#"<?xml version="1.0"?><w:DOC xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">BODY</w:DOC>"#;

/// A document of these parts: name below `word/` without its ending, and what stands in it.
pub fn document(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(format!("word/{name}.xml"), options).expect("a part");
        archive.write_all(FRAME.replace("DOC", name).replace("BODY", body).as_bytes()).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
}

fn of_body(body: &str) -> String {
    text(&document(&[("document", &format!("<w:body>{body}</w:body>"))])).expect("a document")
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

const MARK: &str = r#"<w:r><w:footnoteReference w:id="7"/></w:r>"#;

#[test]
fn paragraphs_are_lines_and_notes_follow() {
    let body = format!(
        "<w:body><w:p>{}{MARK}{}</w:p><w:p/><w:p>{}<w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p><w:sectPr/></w:body>",
        run("One."),
        run(" Two &amp; three."),
        run("End")
    );
    let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
        <w:footnote w:id=\"3\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Ibid.</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"7\"><w:p><w:r><w:t>Reed, </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>Lamp</w:t></w:r></w:p>\
        <w:p><w:r><w:t>More.</w:t></w:r></w:p></w:footnote>";
    let text = text(&document(&[("document", &body), ("footnotes", notes)])).expect("a document");
    assert_eq!(text, "One.[^1] Two & three.\n\nEnd[^2]\n[^1]: Reed,*Lamp*\n    More.\n[^2]: Ibid.\n");
}

#[test]
fn changes_fields_and_signs() {
    let insert = format!("<w:ins>{}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", run("kept"));
    assert_eq!(of_body(&format!("<w:p>{insert}</w:p>")), "kept\n");
    let field = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>ADDIN x</w:instrText></w:r>{}\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        run("code"),
        run("Reed 4")
    );
    assert_eq!(of_body(&format!("<w:p>{field}</w:p>")), "Reed 4\n");
    let signs = "<w:r><w:t>a</w:t><w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font=\"Symbol\" w:char=\"F02A\"/></w:r>";
    assert_eq!(of_body(&format!("<w:p>{signs}</w:p>")), "a\t \u{2011}\\*\n");
    assert_eq!(of_body(&format!("<w:p><w:hyperlink>{}</w:hyperlink></w:p>", run("[^1] \\ *"))), "\\[^1] \\\\ \\*\n");
    assert_eq!(of_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r></w:p>"), "y\n");
    let joined = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>", run("one "), run("two"));
    assert_eq!(of_body(&joined), "one two\n");
}

#[test]
fn emphasis_is_in_one_piece_and_spaces_stand_outside() {
    let italic = |words: &str| format!("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let body = format!("<w:p>{}{}{}{}</w:p>", run("See"), italic(" The "), italic("Lamp "), run("of"));
    assert_eq!(of_body(&body), "See *The Lamp* of\n");
    let off = "<w:p><w:r><w:rPr><w:i w:val=\"0\"/></w:rPr><w:t>plain</w:t></w:r></w:p>";
    assert_eq!(of_body(off), "plain\n");
}

#[test]
fn styles_say_what_is_a_heading() {
    let styles = "<w:style w:styleId=\"T1\"><w:name w:val=\"heading 2\"/></w:style>\
        <w:style w:styleId=\"Mine\"><w:basedOn w:val=\"T1\"/></w:style>\
        <w:style w:styleId=\"Q\"><w:name w:val=\"Quote\"/><w:basedOn w:val=\"Q\"/></w:style>";
    let body = format!(
        "<w:body><w:p><w:pPr><w:pStyle w:val=\"Mine\"/></w:pPr>{}</w:p><w:p><w:pPr><w:pStyle w:val=\"Q\"/></w:pPr>{}</w:p><w:p>{}</w:p></w:body>",
        run("Part"),
        run("Said"),
        run("# no")
    );
    let text = text(&document(&[("document", &body), ("styles", styles)])).expect("a document");
    assert_eq!(text, "## Part\n> Said\n\\# no\n");
}

#[test]
fn numbers_start_again_with_sections_where_they_are_told_to() {
    let section = "<w:pPr><w:sectPr/></w:pPr>";
    let body = format!("<w:body><w:p>{section}{}{MARK}</w:p><w:p>{}{MARK}</w:p></w:body>", run("a"), run("b"));
    let settings = "<w:footnotePr><w:numRestart w:val=\"eachSect\"/></w:footnotePr>";
    let text = text(&document(&[("document", &body), ("settings", settings)])).expect("a document");
    assert_eq!(text, "a[^1]\n[^1]:\nb[^1]\n[^1]:\n");
}

#[test]
fn what_is_no_document_says_why() {
    let why = |bytes: &[u8]| read("a.docx", bytes.to_vec()).expect_err("no document");
    assert_eq!(why(b"plain words"), "cannot be read as a Word document: it is another kind of file");
    let whole = document(&[("document", &format!("<w:body><w:p>{}</w:p></w:body>", run("a")))]);
    assert_eq!(why(&whole[..whole.len() / 2]), "cannot be read as a Word document: it is cut short or damaged");
    assert_eq!(why(&document(&[("other", "")])), "cannot be read as a Word document: it has no word/document.xml");
    assert!(
        why(&document(&[("document", "<w:body><w:p>")]))
            .starts_with("cannot be read as a Word document: word/document.xml: ")
    );
    assert_eq!(read("a.DOCX", whole), Ok(("a\n".to_owned(), Encoding::Docx)));
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let endless = document(&[("document", &" ".repeat(4 << 20))]);
    let why = text(&endless).expect_err("too much");
    assert!(why.starts_with("its part word/document.xml unpacks to more than"), "{why}");
}
