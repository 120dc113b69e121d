//! Answers on small manuscripts: `‸` is the cursor, `⟦…⟧` what the answer must name.

mod rename;
mod rewrite;
mod structure;
mod typing;

use super::{actions, definition, hints, hover, lens, names, references, symbols};
use crate::analysis::{Analysis, File, Place};
use crate::config::{Config, Severity};
use crate::formats;
use crate::model::Reader;
use crate::rules::{Finding, Fix, Safety};
use crate::text::{self, Edit, Span};
use std::sync::Arc;

struct Case {
    analysis: Analysis,
    cursor: u32,
    wanted: Vec<Span>,
}

fn case(marked: &str) -> Case {
    let (mut text, mut cursor, mut wanted, mut open) = (String::new(), 0, Vec::new(), None);
    for c in marked.chars() {
        match c {
            '‸' => cursor = text.len() as u32,
            '⟦' => open = Some(text.len()),
            '⟧' => wanted.extend(open.take().map(|start| Span::new(start, text.len()))),
            c => text.push(c),
        }
    }
    let file = File::read(formats::read("case.md", &text, Reader::Pandoc));
    Case { analysis: Analysis::new(vec![Arc::new(file)], Config::default()), cursor, wanted }
}

/// What is found at the cursor is what is marked.
fn finds(marked: &str, found: impl FnOnce(&Case) -> Vec<Span>) {
    let case = case(marked);
    let mut found = found(&case);
    found.sort();
    assert_eq!(found, case.wanted, "{marked}");
}

fn leads_to(marked: &str) {
    let case = case(marked);
    let found = definition::definition(&case.analysis, 0, case.cursor);
    let mut found: Vec<Span> = found.map(|d| d.targets.iter().map(|t| t.focus).collect()).unwrap_or_default();
    found.sort();
    assert_eq!(found, case.wanted, "{marked}");
}

fn says(marked: &str) -> String {
    let case = case(marked);
    hover::hover(&case.analysis, 0, case.cursor).map(|h| h.prose.plain()).unwrap_or_default()
}

fn labels(marked: &str) -> Vec<String> {
    let case = case(marked);
    let everything = Span::new(0, case.analysis.files[0].manuscript.text.len());
    hints::hints(&case.analysis, 0, everything, hints::Beside::All).into_iter().map(|h| h.label).collect()
}

const BODY: &str = "One.[^1] Two.[^2] Three.[^3] Four.[^4]\n\n";

#[test]
fn a_chain_leads_to_its_source() {
    let chain = |third: &str, fourth: &str| {
        format!(
            "{BODY}[^1]: ⟦John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12⟧.\n\n[^2]: Ibid., 13.\n\n\
             [^3]: {third}\n\n[^4]: {fourth}\n"
        )
    };
    leads_to(&chain("‸Ibid., 14.", "Smith, *History of Bees*, 15."));
    leads_to(&chain("Ibid., 14.", "Smith, *Hist‸ory of Bees*, 15."));
    let said = says(&chain("Ib‸id., 14.", ""));
    assert!(said.starts_with("n. 1: John Smith, The History of Bees"), "{said}");
    assert!(said.ends_with("n. 3 → n. 2 → n. 1: exact"), "{said}");
}

#[test]
fn every_candidate_of_an_ambiguous_one() {
    let text = format!(
        "{BODY}[^1]: ⟦John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12⟧; \
         ⟦Ann Brown, *The Book of Wax* (London: Faber, 1991), 3⟧.\n\n[^2]: ‸Ibid., 13.\n"
    );
    leads_to(&text);
    assert_eq!(labels(&text), ["→ ?"]);
    let said = says(&text);
    assert!(said.starts_with("ambiguous: the note before cites several sources"), "{said}");
    assert!(said.contains("Ann Brown"), "{said}");
}

#[test]
fn nothing_to_go_to_and_the_reason_why() {
    let text = format!("{BODY}[^1]: ‸Ibid., 13.\n");
    leads_to(&text);
    assert!(labels(&text).is_empty());
    assert_eq!(says(&text), "unresolved: nothing stands before it that it could mean");
    assert_eq!(says("Only ‸words.\n"), "");
}

#[test]
fn a_pointer_leads_to_its_note() {
    let full = "[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n";
    leads_to(&format!("{BODY}{}[^2]: See note ‸1.\n", full.replace("[^1]", "[^⟦1⟧]")));
    leads_to(&format!("{BODY}{full}[^2]: See note ‸7.\n"));
}

#[test]
fn full_citations_say_who_leans_on_them() {
    let text = format!(
        "{BODY}[^1]: John ‸Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n[^2]: Ibid., 13.\n\n\
         [^3]: Smith, *History of Bees*, 15.\n"
    );
    assert_eq!(says(&text), "cited 2 more times: n. 2, n. 3");
    let case = case(&text);
    let found = references::references(&case.analysis, 0, case.cursor);
    assert_eq!(found.len(), 3);
    assert_eq!(found.iter().filter(|r| r.definition).count(), 1);
}

#[test]
fn the_outline_nests_headings_and_puts_notes_where_they_stand() {
    let case = case("# One\n\nA.[^1]\n\n## Inner\n\nB.\n\n[^1]: Of *one*.\n\n# Two\n\nC.[^2]\n\n[^2]: Of two.\n");
    let outline = symbols::symbols(&case.analysis, 0);
    let names: Vec<_> = outline.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["One", "Two"]);
    assert_eq!(outline[0].children[0].name, "Inner");
    assert_eq!(outline[0].children[0].children[0].name, "1 Of one.");
    assert_eq!(outline[1].children[0].name, "2 Of two.");
    fn well_formed(symbol: &symbols::Symbol) {
        assert!(symbol.extent.covers(symbol.focus), "{symbol:?}");
        symbol.children.iter().for_each(|c| assert!(symbol.extent.covers(c.extent), "{symbol:?}"));
        symbol.children.iter().for_each(well_formed);
    }
    outline.iter().for_each(well_formed);
}

#[test]
fn all_safe_fixes_that_do_not_touch_each_other() {
    let finding = |at: usize, safety, text: &str| {
        let edit = Edit::new(Span::new(at, at + 2), text);
        let place = Place { file: 0, span: edit.span };
        let fix = Some(Fix { title: String::new(), safety, edits: vec![edit] });
        let (rule, message, related) = ("some-rule", String::new(), Vec::new());
        Finding { rule, severity: Severity::Warning, place, message, related, fix }
    };
    let all = [
        finding(0, Safety::Safe, "A"),
        finding(1, Safety::Safe, "never"),
        finding(2, Safety::Unsafe, "never"),
        finding(4, Safety::Safe, "C"),
    ];
    let edits = actions::fix_all(&all, 0);
    assert_eq!(text::apply("aabbcc", &edits).as_deref(), Some("AbbC"));
    assert_eq!(actions::fixes(&all, 0, Span::empty(2)).count(), 3);
}

#[test]
fn a_name_shows_its_forms_and_offers_each() {
    let text = "Vyshinskii spoke to Iagoda and Ezhov. Then old Vysh‸insky left. A. Ia. Vyshinskii and Kaganovich came.";
    assert_eq!(says(text), "Vyshinskii: 2 times, ALA-LC, to prefer\nVyshinsky: once, press");
    let case = case(text);
    let forms = names::rewrites(&case.analysis, 0, Span { start: case.cursor, end: case.cursor });
    let titles: Vec<&str> = forms.iter().map(|f| f.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Write \"Vyshinskii\" throughout the prose of this file",
            "Write \"Vyshinsky\" throughout the prose of this file"
        ]
    );
    assert_eq!(forms[1].edits.len(), 2);
}

#[test]
fn a_note_on_transliteration_is_offered_as_configuration() {
    let case = case("In transliterating Russian I fol‸low the Library of Congress system. Vyshinskii spoke.");
    let stated = |at: u32| names::stated(&case.analysis, 0, Span { start: at, end: at });
    assert_eq!(stated(case.cursor).and_then(|p| p.prose), Some(crate::config::Scheme::AlaLc));
    assert_eq!(stated(case.cursor + 60), None);
}

#[test]
fn an_overview_lists_sources_and_follows_one_chain() {
    let text = format!(
        "{BODY}[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n[^2]: Ibid., 13.\n\n\
         [^3]: Ibid‸., 14.\n\n[^4]: Ann Brown, *Wax* (Leeds: Low, 1999), 4; Smith, *The History of Bees*, 8.\n"
    );
    let case = case(&text);
    let shown = |entries: &[super::overview::Entry]| {
        entries.iter().map(|e| format!("{} {}", e.label, e.words)).collect::<Vec<_>>().join(" | ")
    };
    let sources = super::overview::sources(&case.analysis);
    let names: Vec<_> = sources.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["John Smith, The History of Bees", "Ann Brown, Wax"]);
    assert_eq!(sources[0].citations.len(), 4);
    assert!(sources.iter().all(|s| !s.orphan));
    let chain = super::overview::chain(&case.analysis, 0, case.cursor);
    let full = "n. 1 John Smith, The History of Bees (Oxford: Clarendon Press, 1990), 12";
    assert_eq!(shown(&chain), format!("n. 3 Ibid., 14 | n. 2 Ibid., 13 | {full}"));
}

#[test]
fn one_step_back_and_the_way_home() {
    let back = |case: &Case| {
        let found = definition::declaration(&case.analysis, 0, case.cursor);
        found.map(|d| d.targets.iter().map(|t| t.focus).collect()).unwrap_or_default()
    };
    let full = "John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12";
    finds(&format!("{BODY}[^1]: {full}.\n\n[^2]: ⟦Ibid., 13⟧.\n\n[^3]: ‸Ibid., 14.\n"), back);
    finds(&format!("{BODY}[^1]: ⟦{full}⟧.\n\n[^2]: ‸Ibid., 13.\n"), back);
    finds("One.‸[^1]\n\n[^⟦1⟧]: Words.\n", back);
}

#[test]
fn a_rule_shows_its_page() {
    let said = says("<!-- ibid: allow ibid-‸form -->\n\nWords.\n");
    assert!(said.starts_with("ibid-form\n") && said.contains("## Why"), "{said}");
    let settings = "[rules]\nibid-form = \"off\"\n";
    let page = hover::in_settings(settings, 12).unwrap();
    assert_eq!(page.origin.of(settings), "ibid-form");
    assert!(page.prose.markdown().contains("## Why"));
    assert_eq!(hover::in_settings(settings, 3), None);
}

#[test]
fn every_place_of_a_name_in_any_case() {
    let text = "The letters to ⟦Kaganovich⟧ and ⟦Kagan‸ovich⟧'s answers. Later Yezhov met ⟦Kaganovich⟧; Molotov did not. \
        “Kaganovich was absent,” the minutes say.\n";
    let mentions =
        |case: &Case| references::references(&case.analysis, 0, case.cursor).iter().map(|r| r.place.span).collect();
    finds(text, mentions);
    finds(
        "He spoke of ⟦Vysh‸inskii⟧ and Iagoda. Then ⟦Vyshinsky⟧ left. A. Ia. ⟦Vyshinskii⟧ and Kaganovich came.",
        mentions,
    );
    finds("The ‸Word is a word like any other word; the Word again.\n", mentions);
    assert_eq!(says("Letters to Molo‸tov and Molotov's answers to Ezhov.\n"), "Molotov: 2 times");
}

#[test]
fn a_full_citation_has_a_lens_when_something_leans_on_it() {
    let text = format!(
        "{BODY}[^1]: ⟦John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12⟧.\n\n[^2]: Ibid., 13.\n\n\
         [^3]: Smith, *History of Bees*, 15.\n\n[^4]: Ann Brown, *The Book of Wax* (London: Faber, 1991), 3.\n"
    );
    let found = lens::lenses(&case(&text).analysis, 0);
    assert_eq!(found.iter().map(|l| l.title.as_str()).collect::<Vec<_>>(), ["cited 3 times, last in n. 3"]);
    assert_eq!(found[0].citations.len(), 3);
    finds(&text, |case| lens::lenses(&case.analysis, 0).iter().map(|l| l.place.span).collect());
}

#[test]
fn hints_beside_what_the_user_wants() {
    let text = format!(
        "{BODY}[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n[^2]: Ibid., 13.\n\n\
         [^3]: Smith, *History of Bees*, 15.\n"
    );
    let case = case(&text);
    let count = |beside| hints::hints(&case.analysis, 0, Span::new(0, text.len()), beside).len();
    assert_eq!([hints::Beside::Nothing, hints::Beside::Ibid, hints::Beside::All].map(count), [0, 1, 2]);
}
