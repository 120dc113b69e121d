//! Citations in another form, notes in another place, findings that are let stand.

use super::{BODY, case};
use crate::ide::{allow, inline, rewrite};
use crate::rules;
use crate::text;

/// Titles of what is offered at the cursor, and the text it makes.
fn offered(marked: &str) -> Vec<(String, String)> {
    let case = case(marked);
    let old = &case.analysis.files[0].manuscript.text;
    let mut all = rewrite::rewrites(&case.analysis, 0, case.cursor);
    all.extend(inline::rewrites(&case.analysis, 0, case.cursor));
    all.into_iter().map(|r| (r.title, text::apply(old, &r.edits).expect("edits that fit"))).collect()
}

fn becomes(marked: &str, title: &str, wanted: &str) {
    let all = offered(marked);
    let found = all.iter().find(|(t, _)| t.starts_with(title)).unwrap_or_else(|| panic!("{title}: {all:?}"));
    assert_eq!(found.1, wanted, "{marked}");
}

const FULL: &str = "John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990)";

fn notes(second: &str, third: &str) -> String {
    format!("{BODY}[^1]: {FULL}, 12.\n\n[^2]: {second}\n\n[^3]: {third}\n")
}

#[test]
fn ibid_becomes_the_short_form_and_comes_back() {
    let short = "Write the short form";
    becomes(&notes("Ib‸id., 13.", ""), short, &notes("Smith, *History of Bees*, 13.", ""));
    becomes(&notes("Ib‸id.", ""), short, &notes("Smith, *History of Bees*, 12.", ""));
    becomes(
        &notes("See also ib‸id., pp. 13-14.", ""),
        short,
        &notes("See also Smith, *History of Bees*, pp. 13-14.", ""),
    );
    becomes(&notes("Ibid., 13.", "Ib‸id."), short, &notes("Ibid., 13.", "Smith, *History of Bees*, 13."));
    let back = "Write Ibid.";
    becomes(&notes("Smith, *Hist‸ory of Bees*, 13.", ""), back, &notes("Ibid., 13.", ""));
    becomes(&notes("See Smith, *Hist‸ory of Bees*, 13.", ""), back, &notes("See ibid., 13.", ""));
}

#[test]
fn ibid_is_not_offered_where_it_would_mean_something_else() {
    let between = "Ann Brown, *Wax* (London: Faber, 1991), 3.";
    for second in [between, "Ibid., 14; Ann Brown, *Wax* (London: Faber, 1991), 3."] {
        let all = offered(&notes(second, "Smith, *Hist‸ory of Bees*, 13."));
        assert!(all.iter().all(|(title, _)| !title.starts_with("Write Ibid.")), "{second}: {all:?}");
    }
    assert!(offered(&notes("Only wo‸rds.", "")).is_empty());
    assert!(offered(&notes("", "").replace("John", "Jo‸hn")).is_empty(), "a full citation is what it is");
}

#[test]
fn the_usual_short_form_is_taken_over_and_the_full_one_is_written_out() {
    let text = |third: &str| notes("Smith, *Bees*, 13.", third);
    becomes(&text("Ib‸id., 14."), "Write the short form", &text("Smith, *Bees*, 14."));
    becomes(&text("Ib‸id., 14."), "Write the full", &text(&format!("{FULL}, 14.")));
    becomes(&text("Smith, *Be‸es*, 14."), "Write the full", &text(&format!("{FULL}, 14.")));
}

#[test]
fn titles_in_quotation_marks() {
    let text = |second: &str| {
        format!(
            "{BODY}[^1]: Ann Brown, “Honey, Wax and the Northern Road,” *Quay Review* 4 (1931): 78.\n\n[^2]: {second}\n"
        )
    };
    becomes(&text("Ib‸id., 79."), "Write the short form", &text("Brown, “Honey, Wax,” 79."));
}

#[test]
fn a_note_moves_to_its_mark_and_away() {
    let below = "Bees[^1] sleep.\n\nNight.\n\n[^1]: Ann Brown, *Wax*\n    [a book], 3.\n\nDay.\n";
    becomes(
        &below.replacen("[^1]", "[^‸1]", 1),
        "Move the note to its mark",
        "Bees^[Ann Brown, *Wax* [a book], 3.] sleep.\n\nNight.\n\nDay.\n",
    );
    let inline = "Bees^‸[Ann Brown, *Wax*, 3.] sleep.[^4]\n\nNight.\n\n[^4]: Words.\n";
    becomes(
        inline,
        "Move the note below",
        "Bees[^5] sleep.[^4]\n\n[^5]: Ann Brown, *Wax*, 3.\n\nNight.\n\n[^4]: Words.\n",
    );
    let twice = "Bees[^‸1] sleep.[^1]\n\n[^1]: Words.\n";
    assert!(offered(twice).is_empty(), "two marks, one note");
    let long = "Bees[^‸1] sleep.\n\n[^1]: Words.\n\n    More words.\n";
    assert!(offered(long).is_empty(), "two paragraphs");
}

#[test]
fn a_comment_lets_a_finding_stand() {
    let read = |text: &str| case(text).analysis;
    let mut text = "Bees  sleep.[^1]\n\n[^1]: Ann Brown, *Wax*,, 3 and p.15.\n".to_owned();
    let mut rounds = 0;
    while let Some(finding) = rules::run(&read(&text)).first() {
        let edit = allow::comment(&read(&text), finding).expect("Pandoc has comments");
        text = text::apply(&text, &[edit]).unwrap();
        rounds += 1;
        assert!(rounds < 9, "{text}");
    }
    assert!(rounds > 1, "{text}");
    assert_eq!(text.matches("<!--").count(), 1, "one comment a line: {text}");
}

#[test]
fn numbers_go_on_from_here_with_their_pointers() {
    let text = |two: &str, three: &str| {
        format!(
            "One.[^1] Two.[^{two}] Three.[^{three}]\n\n[^1]: Words.\n\n[^{two}]: See note {three}.\n\n\
             [^{three}]: More words, as in n. {two} above.\n"
        )
    };
    becomes(&text("4", "7").replacen("[^4]", "[^‸4]", 1), "Renumber notes from here", &text("2", "3"));
    becomes(&text("2", "7").replacen("[^7]", "[^‸7]", 1), "Renumber notes from here", &text("2", "3"));
    becomes(&text("3", "2").replacen("[^3]", "[^‸3]", 1), "Renumber notes from here", &text("2", "3"));
    let none = |marked: String| assert!(offered(&marked).iter().all(|(t, _)| !t.starts_with("Renumber")), "{marked}");
    none(text("2", "3").replacen("[^2]", "[^‸2]", 1));
    none(format!("{}\n[^2]: No mark.\n", text("4", "7").replacen("[^4]", "[^‸4]", 1)));
}
