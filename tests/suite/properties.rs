//! What holds for every text: nothing panics, blocks tile, line ends do not matter, safe fixes do what they say.

use super::gold::fixtures;
use super::notation::{analyse, blocks, files, read, reader, settings};
use ibid::analysis::Analysis;
use ibid::config::{Config, Severity};
use ibid::model::Reader;
use ibid::report::{self, Checked, Report};
use ibid::rules::{self, Finding, RULES, Safety, mend};
use ibid::text::apply;
use proptest::prelude::*;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const READERS: [Reader; 8] = [
    Reader::Plain,
    Reader::Pandoc,
    Reader::Typst,
    Reader::Docx,
    Reader::Latex,
    Reader::Org,
    Reader::Rst,
    Reader::AsciiDoc,
];

/// What manuscripts are made of, and what breaks readers.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\t", "\u{a0}", "\u{ad}", "\u{feff}", "\u{2028}", "\0", "\u{202e}", "\x1b[31m",
    "The trial opened in August", "electri-", "fication", "Pskov", "Novgorod (1936–38)", "km²", "13. ", "2005. ",
    "¹", "²", "³", "¹²", "⁴⁵", "^{*}", "[^1]", "[^2]", "[^12]: ", "[^1]: ", "[^b_02]", "^[", "]", "[12]", "12. ", "* ", "† ",
    "[@doe99, pp. 3-5; see @roe]", "@doe99 [p. 2]", "@", "[-@x]",
    "Ibid.", "Ibid", "ibid., 14", "Ibid., pp. 81-2", "Idem, ", "Id. at 12", "op. cit.", "loc. cit.", "Ebd., S. 12", "ders., ", "Там же, с. 5",
    "supra note 3", "see n. 11 above", "(wie Anm. 3)", "notes 97-329", "Hereafter cited as *X*", "désormais",
    "J. Arch Getty, *Origins of the Great Purges* (Cambridge, 1985), 12", "Anna Reed, \"On the Lamp,\" *Harbour Review* 4 (1931): 12",
    "Reed, \"Lamp,\" 14", "Getty, *Origins*", "TsAODM, f. 3, op. 49, d. 12, ll. 1-5", "RGASPI, fond 17", "BArch R 58/3047, Bl. 4",
    "pp. 55-6, 65", "p.12", "S. 12 f.", "l. 4ob.", ", ", "; ", ". ", ".", ",,", "..", ": ", "—", "–", "-", "(", ")", "[", "{", "}", "^", "*", "**", "_", "`", "```\n", "$x^2$", "\\", "|",
    "\"", "“", "”", "«", "»", "'", "’", "ʹ", "̈", "é", "Vyshinskii", "Vyshinsky", "Lur'e", "漢字", "🦉", "👩‍🏫", "ﬁ", "İ", "ß", "שלום", "\u{fffd}",
    "# Heading", "## Notes", "---\ntitle: x\n---\n", "<!-- ibid: allow ibid-form -->", "<!-- ibid: allow-file x -->", "<!--", "-->", "//~ x «y»",
    "#footnote[", "#footnote(<a>)", "#emph[", "<a>", "@a[p. 3]", "#cite(<doe99>, supplement: [p. 3])", "--", "~", "\\[", "\\u{e9}", "// ibid: allow ibid-form\n",
    "#quote(block: true)[", "#let f(x) = footnote(x)\n", "#f[", "= Heading\n", "/*", "*/", "#set page(header: [x])\n", "#include \"a.typ\"",
    "\\footnote{", "\\footnote[3]{", "\\footcite[see][12]{doe}", "\\footcites(a)(b)[1][2]{x}{y}", "\\enquote{", "\\emph{", "{\\em ", "\\v{s}", "\\'", "\\\"o", "\\i",
    "\\newcommand{\\fn}[1]{\\footnote{#1}}", "\\fn{", "\\def\\a{\\a\\a}", "\\a", "#1", "\\begin{quote}", "\\end{quote}", "\\begin{verbatim}", "\\end{verbatim}", "\\verb|x|", "\\section{",
    "\\chapter{One}", "%", "% ibid: allow ibid-form", "\\label{x}", "\\ref{x}", "\\input{x}", "\\begin{document}", "\\footnotemark", "\\footnotetext{", "~", "--", "``", "''", ",,", "$", "\\[", "\\]", "&", "\\\\",
    "[fn:1]", "[fn:1] ", "[fn::", "[fn:a:", "[cite:@doe99 p. 3]", "[cite/t:", "#+begin_src\n", "#+end_src\n", "#+begin_quote\n", "#+title: ", "* ", "** TODO ", ":END:", "[[", "][", "]]", "/", "=", "+",
    "[1]_", "[#]_", "[#a]_", "[*]_", ".. [1] ", ".. [#] ", ".. [#a]\n   ", ".. [*] ", "[CIT]_", ".. [CIT] ", ".. note:: ", ".. code::\n\n  ", "::\n\n  ", "   ", ":title:`", "`", "``", "`_", "====\n", "----\n", "| ", "+---+\n", "\\ ",
    "footnote:[", "footnote:a[", "footnote:a[]", "footnoteref:[a,", "\\]", "link:x[", "https://x.org[", "<<a>>", "<<a,", "[[[a]]] ", "{nbsp}", "|===\n", "____\n", "////\n", "== ", ":a: b\n", "[source]\n", "\"`", "`\"", "lamp:: ", " +\n", "((", "))", "//", "cite:[a(3)]",
    "\\textquote[Ibid., 3]{", "\\url{", "\\iffalse", "\\fi", "\\begin{tabular}{ll}", "\\end{tabular}", "\\startfootnote", "\\stopfootnote", "\\",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![12 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{1,6}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Every rule on.
fn everything() -> Config {
    let mut config = Config::default();
    config.rules.extend(RULES.iter().map(|r| (r.name.to_owned(), Some(Severity::Warning))));
    config
}

/// 400 texts for each property; `PROPTEST_CASES` says otherwise.
fn patience() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 400 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(patience())]

    #[test]
    fn no_input_panics(text in text()) {
        for reader in READERS {
            let checked = Checked::new(analyse("x", &text, reader, &everything()));
            fits(&checked);
            let (edits, _) = mend::edits(&checked.findings, 0, true);
            prop_assert!(apply(&text, &edits).is_some(), "fixes that cannot be made together");
            written(checked);
        }
    }

    #[test]
    fn blocks_tile_the_bytes(text in text()) {
        for reader in READERS {
            tiles(&analyse("x", &text, reader, &Config::default()))?;
        }
    }

    #[test]
    fn line_ends_change_nothing_but_places(text in text()) {
        let text = text.replace('\r', "");
        for reader in READERS {
            line_ends_do_not_matter(&text, reader, &everything())?;
        }
    }
}

/// Real manuscripts that are small enough to be read again and again.
static SMALL: LazyLock<Vec<(String, Reader)>> = LazyLock::new(|| {
    let small = texts().into_iter().filter(|(_, text, ..)| (40..4000).contains(&text.len()));
    small.map(|(_, text, reader, _)| (text, reader)).collect()
});

proptest! {
    #![proptest_config(patience())]

    /// Cut off, torn apart, with something put in: while somebody types every manuscript is one of these.
    #[test]
    fn torn_manuscripts_are_read(
        which in any::<prop::sample::Index>(),
        (from, to) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        piece in prop::sample::select(PIECES),
        cut in any::<bool>(),
    ) {
        let (text, reader) = which.get(SMALL.as_slice());
        let place = |index: prop::sample::Index| text.floor_char_boundary(index.index(text.len()));
        let (start, end) = (place(from).min(place(to)), place(from).max(place(to)));
        let torn = format!("{}{piece}{}", &text[..start], if cut { "" } else { &text[end..] });
        let checked = Checked::new(analyse("x", &torn, *reader, &everything()));
        tiles(&checked.analysis)?;
        fits(&checked);
    }
}

/// One sign again and again, never closed: what was quadratic in it is at least read rightly.
#[test]
fn one_sign_again_and_again_is_read() {
    for piece in PIECES {
        for again in [piece.repeat(300 / piece.len() + 2), format!("[^1]: {}\n\n[^1]", format!("{piece} ").repeat(40))]
        {
            for reader in READERS {
                let checked = Checked::new(analyse("x", &again, reader, &everything()));
                tiles(&checked.analysis).expect("its blocks tile its bytes");
                fits(&checked);
            }
        }
    }
}

/// Every span lies in the text, between two characters.
fn fits(checked: &Checked) {
    let text = &checked.analysis.files[0].manuscript.text;
    for finding in &checked.findings {
        let spans = finding.related.iter().map(|r| r.place.span).chain([finding.place.span]);
        let edits = finding.fix.iter().flat_map(|f| f.edits.iter().map(|e| e.span));
        for span in spans.chain(edits) {
            assert!(text.get(span.range()).is_some(), "{}: a span outside the text or inside a letter", finding.rule);
        }
    }
}

/// Every report can be written, and no control character of the manuscript reaches a terminal.
fn written(checked: Checked) {
    report::json::citations(std::slice::from_ref(&checked.analysis));
    report::json::sources(std::slice::from_ref(&checked.analysis));
    let facts = report::facts::citations(std::slice::from_ref(&checked.analysis))
        + &report::facts::sources(std::slice::from_ref(&checked.analysis));
    let report = Report { projects: vec![checked], settings: Vec::new() };
    report::json::findings(&report);
    report::json::finding_lines(&report);
    report::sarif::sarif(&report);
    report::gitlab::code_quality(&report);
    let shown = report::text::full(&report, false)
        + &report::text::concise(&report, false)
        + &report::text::grouped(&report, false)
        + &report::junit::junit(&report)
        + &report::html::html(&report).replace('\t', " ")
        + &report::queries::markdown(&report)
        + &report::queries::html(&report).replace('\t', " ")
        + &report::github::annotations(&report)
        + &report::text::summary(&report, 0)
        + &facts;
    let obeyed = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!shown.contains(obeyed), "a control character is shown: {shown:?}");
    let lines = report::text::concise(&report, false);
    assert_eq!(lines.lines().count(), report.findings().count(), "one line a finding");
}

fn tiles(analysis: &Analysis) -> Result<(), TestCaseError> {
    let manuscript = &analysis.files[0].manuscript;
    let mut at = 0;
    for block in &manuscript.blocks {
        prop_assert_eq!(block.span.start, at, "a gap or an overlap before {:?}", block);
        prop_assert!(block.span.end > at, "an empty block {:?}", block);
        at = block.span.end;
    }
    prop_assert_eq!(at as usize, manuscript.text.len(), "blocks end before the text does");
    Ok(())
}

/// A finding without its place.
fn gist(analysis: &Analysis, finding: &Finding) -> (String, String, String, usize) {
    let lf = |s: &str| s.replace("\r\n", "\n");
    let line = analysis.files[0].lines.line(finding.place.span.start);
    (finding.rule.to_owned(), lf(analysis.text(finding.place)), lf(&finding.message), line)
}

fn line_ends_do_not_matter(text: &str, reader: Reader, config: &Config) -> Result<(), TestCaseError> {
    let gists = |text: &str| {
        let analysis = analyse("x", text, reader, config);
        rules::run(&analysis).iter().map(|f| gist(&analysis, f)).collect::<Vec<_>>()
    };
    let lf = gists(text);
    prop_assert_eq!(lf, gists(&text.replace('\n', "\r\n")));
    Ok(())
}

/// Whole manuscripts, samples and cases: name, text, reader, configuration.
fn texts() -> Vec<(String, String, Reader, Config)> {
    let mut all = Vec::new();
    for fixture in fixtures() {
        for file in &fixture.analysis.files {
            let (manuscript, config) = (&file.manuscript, fixture.analysis.config.clone());
            all.push((manuscript.path.clone(), manuscript.text.clone(), manuscript.reader, config));
        }
    }
    let pages = RULES.iter().map(|r| (r.name.to_owned(), r.manual()));
    let cases = files("tests/cases").into_iter().map(|p| (p.display().to_string(), read(&p)));
    for (name, page) in pages.chain(cases) {
        for block in blocks(&page) {
            let reader = block.info.rsplit(' ').next().and_then(reader).unwrap_or(Reader::Plain);
            let lines = block.text.lines().filter(|l| !l.trim_start().starts_with("//~"));
            let text: String = lines.flat_map(|l| [l, "\n"]).collect();
            all.push((format!("{name}:{}", block.line), text, reader, settings(block.settings.as_deref())));
        }
    }
    all
}

/// Found by the property above.
#[test]
fn line_ends_that_mattered_once() {
    for text in
        ["\na\"\\\n\u{ad}", "|==\n\"`^[:title:` [[[a]]] \\end{quote}@// ibid: allow ibid-form\nௐ\u{2ebf0}Σ “-¹|\""]
    {
        let same = line_ends_do_not_matter(text, Reader::Rst, &everything());
        assert!(same.is_ok(), "{text:?}: {same:?}");
    }
}

#[test]
fn line_ends_change_nothing_but_places_in_real_texts() {
    for (name, text, reader, config) in texts() {
        let same = line_ends_do_not_matter(&text.replace('\r', ""), reader, &config);
        assert!(same.is_ok(), "{name}: {same:?}");
        assert!(tiles(&analyse("x", &text, reader, &config)).is_ok(), "{name}: blocks do not tile");
    }
}

#[test]
fn composed_or_decomposed_letters_change_nothing_but_places() {
    for (name, text, reader, config) in texts() {
        let gists = |text: &str| {
            let analysis = analyse("x", text, reader, &config);
            let composed = |s: &str| s.nfc().collect::<String>();
            let gist = |f: &Finding| {
                let (rule, quote, message, line) = gist(&analysis, f);
                (rule, composed(&quote), composed(&message), line)
            };
            rules::run(&analysis).iter().map(gist).collect::<Vec<_>>()
        };
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        if nfc != nfd {
            assert_eq!(gists(&nfc), gists(&nfd), "{name}");
        }
    }
}

#[test]
fn a_safe_fix_removes_its_finding_and_adds_none() {
    for (name, text, reader, config) in texts() {
        let gists = |text: &str| {
            let analysis = analyse("x", text, reader, &config);
            let findings = rules::run(&analysis);
            let gists = findings.iter().map(|f| (f.rule, analysis.files[0].lines.line(f.place.span.start)));
            (gists.collect::<Vec<_>>(), findings)
        };
        let (before, findings) = gists(&text);
        for (i, finding) in findings.iter().enumerate() {
            let Some(fix) = finding.fix.as_ref().filter(|f| f.safety == Safety::Safe) else { continue };
            let what = format!("{name}: {} line {}", finding.rule, before[i].1 + 1);
            let fixed = apply(&text, &fix.edits).unwrap_or_else(|| panic!("{what}: edits overlap"));
            let (mut after, _) = gists(&fixed);
            let mut rest = before.clone();
            rest.remove(i);
            after.retain(|g| match rest.iter().position(|r| r == g) {
                Some(at) => {
                    rest.remove(at);
                    false
                }
                None => true,
            });
            assert!(after.is_empty(), "{what}: the fix leaves or adds {after:?}");
        }
    }
}

#[test]
fn all_safe_fixes_twice_are_once() {
    for (name, text, reader, config) in texts() {
        let mended = |mut text: String| {
            for _ in 0..8 {
                let findings = rules::run(&analyse("x", &text, reader, &config));
                let (edits, _) = mend::edits(&findings, 0, false);
                text = apply(&text, &edits).unwrap_or_else(|| panic!("{name}: fixes overlap"));
            }
            text
        };
        let once = mended(text);
        assert!(mended(once.clone()) == once, "{name}: fixes undo each other");
        let left = rules::run(&analyse("x", &once, reader, &config));
        let (edits, _) = mend::edits(&left, 0, false);
        assert!(edits.is_empty(), "{name}: fixes are left after eight rounds");
    }
}
