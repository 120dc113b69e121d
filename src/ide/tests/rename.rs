//! New names: where they go, and where they may not.

use super::{BODY, case};
use crate::ide::rename;
use crate::text;

/// The text after a rename at the cursor, or the refusal.
fn renamed(marked: &str, to: &str) -> Result<String, String> {
    let case = case(marked);
    let changes = rename::rename(&case.analysis, 0, case.cursor, to)?;
    let edits: Vec<_> = changes.into_iter().map(|(_, edit)| edit).collect();
    Ok(text::apply(&case.analysis.files[0].manuscript.text, &edits).expect("edits that fit"))
}

fn offered(marked: &str) -> Result<String, String> {
    let case = case(marked);
    let found = rename::prepare(&case.analysis, 0, case.cursor)?;
    assert!(found.span.touches(case.cursor), "{marked}");
    Ok(found.name)
}

fn becomes(marked: &str, to: &str, wanted: &str) {
    assert_eq!(renamed(marked, to).as_deref(), Ok(wanted), "{marked}");
}

fn refuses(marked: &str, to: &str, because: &str) {
    let said = renamed(marked, to).expect_err(marked);
    assert!(said.contains(because), "{said}");
}

const FULL: &str = "John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12";

#[test]
fn a_note_with_its_marks_and_pointers() {
    let text =
        |one: &str, two: &str| format!("One.[^1] Two.[^{one}]\n\n[^1]: See note {two} below.\n\n[^{one}]: Words.\n");
    becomes(&text("‸2", "2"), "12", &text("12", "12"));
    becomes(&text("2", "‸2"), "12", &text("12", "12"));
    assert_eq!(offered(&text("‸2", "2")).as_deref(), Ok("2"));
    refuses(&text("2‸", "2"), "1", "there is a note 1 already");
    refuses(&text("2‸", "2"), "bees", "by its number");
    refuses(&text("2‸", "2"), "1 2", "spaces or brackets");
    becomes("One.[^x‸]\n\n[^x]: Words.\n", "bees", "One.[^bees]\n\n[^bees]: Words.\n");
    refuses("One.^‸[Words.]\n", "2", "a note typed at its mark");
}

#[test]
fn raised_numbers_stay_raised() {
    let read = |text: &str| {
        let file = crate::analysis::File::read(crate::formats::read("a.txt", text, crate::model::Reader::Plain));
        crate::analysis::Analysis::new(vec![std::sync::Arc::new(file)], crate::config::Config::default())
    };
    let text = "Bees.¹ Wax.²\n\n¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.\n\n² See note 1.\n";
    let changes = rename::rename(&read(text), 0, 5, "12").unwrap();
    let edits: Vec<_> = changes.into_iter().map(|(_, edit)| edit).collect();
    let wanted = text.replace('¹', "¹²").replace("note 1.", "note 12.");
    assert_eq!(text::apply(text, &edits), Some(wanted));
}

#[test]
fn a_name_in_its_cases_but_not_in_quotations_and_titles() {
    let text = |name: &str| {
        format!(
            "The letters of {name} and of Ezhov.[^1] Then {name}'s answers came. “Kaganovich is absent,” it says.\n\n\
             [^1]: {name} to Ezhov; Ann Brown, *The Fall of Kaganovich* (London: Faber, 1991), 3.\n"
        )
    };
    becomes(&text("Kaganovich").replacen("Kaganovich", "Kagano‸vich", 1), "Molotov", &text("Molotov"));
    let quoted = text("Kaganovich").replace("“Kaganovich", "“Kagano‸vich");
    refuses(&quoted, "Molotov", "quotation");
    let title = text("Kaganovich").replace("Fall of Kaganovich", "Fall of Kagano‸vich");
    refuses(&title, "Molotov", "title");
    refuses(&text("Kaganovich").replace("letters", "let‸ters"), "x", "nothing here has a name");
}

#[test]
fn a_short_title_and_the_place_where_it_is_set() {
    let text = |short: &str| {
        format!(
            "{BODY}[^1]: {FULL} (hereafter *{short}*).\n\n[^2]: Ann Brown, *Wax* (London: Faber, 1991), 3.\n\n\
             [^3]: *{short}*, 15.\n\n[^4]: *{short}*, 16.\n"
        )
    };
    becomes(&text("Bees").replacen("*Bees*, 15", "*Be‸es*, 15", 1), "Hives", &text("Hives"));
    let short = |title: &str| {
        format!(
            "{BODY}[^1]: {FULL}.\n\n[^2]: Ann Brown, *Wax* (London: Faber, 1991), 3.\n\n[^3]: Smith, *{title}*, 15.\n"
        )
    };
    becomes(&short("History of‸ Bees"), "History", &short("History"));
    refuses(&short("History of‸ Bees"), "Gardens of Stone", "no longer find the source");
    refuses(&format!("{BODY}[^1]: {}.\n", FULL.replace("History", "His‸tory")), "Tale", "title of a work");
}

#[test]
fn a_citation_key_everywhere() {
    let text = |key: &str| format!("Bees [@{key}, p. 3] and [see @roe; @{key}].[^1]\n\n[^1]: @{key} says so.\n");
    becomes(&text("doe99").replacen("doe99", "doe‸99", 1), "doe2000", &text("doe2000"));
    becomes(&text("doe99").replacen("doe99", "doe‸99", 1), "@doe2000", &text("doe2000"));
    refuses(&text("doe‸99").replacen("‸", "", 2), "roe", "another source");
    refuses(&text("doe‸99").replacen("‸", "", 2), "a key", "cannot be a citation key");
    assert_eq!(offered(&text("doe‸99").replacen("‸", "", 2)).as_deref(), Ok("doe99"));
}
