//! Whole-manuscript rewritings: renumbered and back is what it was, Ibid. written out means what it meant.

use super::gold::fixtures;
use super::notation::{analyse, settings};
use ibid::analysis::{Analysis, Resolution};
use ibid::model::Reader;
use ibid::rules::rewrite::{contract, expand, renumber};
use ibid::text::apply;

fn read(text: &str) -> Analysis {
    analyse("a.md", text, Reader::Pandoc, &settings(None))
}

fn renumbered(text: &str, start: u32) -> Result<String, Vec<String>> {
    let edits = renumber(&read(text), 0, start).map_err(|r| r.into_iter().map(|r| r.message).collect::<Vec<_>>())?;
    Ok(apply(text, &edits).expect("edits that fit"))
}

fn expanded(text: &str) -> String {
    apply(text, &expand(&read(text), 0, |_| true)).expect("edits that fit")
}

fn contracted(text: &str) -> String {
    apply(text, &contract(&read(text), 0, |_| true)).expect("edits that fit")
}

const NOTES: &str = "One.[^1] Two, see note 4 below.[^2] Three.[^4] Four.[^7]

[^1]: Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.

[^2]: Paul Lind, *The Oil* (London: Quay Press, 1932), 7; see note 7 below and Coe, *Wax*, 44 n. 4.

[^4]: Jane Holm, *The Wick* (London: Quay Press, 1933), 9. See also notes 1–2 above.

[^7]: Reed, supra note 1, at 14; Holm, supra note 4, at 2.
";

#[test]
fn notes_count_from_one_and_pointers_follow() {
    let new = renumbered(NOTES, 1).expect("it can be numbered");
    assert!(new.starts_with("One.[^1] Two, see note 3 below.[^2] Three.[^3] Four.[^4]\n"), "{new}");
    assert!(
        new.contains(
            "[^2]: Paul Lind, *The Oil* (London: Quay Press, 1932), 7; see note 4 below and Coe, *Wax*, 44 n. 4."
        ),
        "{new}"
    );
    assert!(new.contains("See also notes 1–2 above."), "{new}");
    assert!(new.contains("[^4]: Reed, supra note 1, at 14; Holm, supra note 3, at 2."), "{new}");
    assert_eq!(renumbered(&new, 1).as_deref(), Ok(new.as_str()), "twice is once");
    let far = renumbered(&new, 38).expect("it can be numbered");
    assert!(far.contains("notes 38–39 above") && far.contains("supra note 40"), "{far}");
    assert_eq!(renumbered(&far, 1).as_deref(), Ok(new.as_str()), "there and back");
}

#[test]
fn notes_are_numbered_as_the_text_leads_to_them() {
    let text = "One.² Two.¹ Three.²¹\n\n² Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.\n\n¹ Paul Lind, *The Oil* (London: Quay Press, 1932), 7.\n\n²¹ Lind, supra note 1, at 8.\n";
    let analysis = analyse("a.txt", text, Reader::Plain, &settings(None));
    let edits = renumber(&analysis, 0, 1).expect("it can be numbered");
    let new = apply(text, &edits).expect("edits that fit");
    assert!(new.starts_with("One.¹ Two.² Three.³\n\n¹ Anna"), "{new}");
    assert!(new.contains("\n² Paul Lind") && new.contains("\n³ Lind, supra note 2, at 8."), "{new}");
}

#[test]
fn what_is_doubtful_is_not_numbered() {
    let wrong = |from: &str, to: &str, says: &str| {
        let refused = renumbered(&NOTES.replace(from, to), 1).expect_err("it is doubtful");
        assert!(refused.iter().any(|r| r.contains(says)), "{refused:?}");
    };
    wrong("Three.[^4]", "Three.", "note 4 has no mark");
    wrong("Three.[^4]", "Three.[^4] More.[^5]", "mark 5 has no note");
}

/// Over every fixture: numbers moved far away and back are the same bytes, and everything means what it meant.
#[test]
fn renumbered_and_back_is_the_identity() {
    let mut tried = 0;
    for fixture in fixtures() {
        let analysis = &fixture.analysis;
        let manuscript = &analysis.files[0].manuscript;
        let again = |text: &str| analyse(&manuscript.path, text, manuscript.reader, &analysis.config);
        let Ok(edits) = renumber(analysis, 0, 1) else { continue };
        let first = apply(&manuscript.text, &edits).expect("edits that fit");
        let Ok(edits) = renumber(&again(&first), 0, 501) else {
            panic!("{}: cannot be numbered twice", manuscript.path)
        };
        let far = apply(&first, &edits).expect("edits that fit");
        let Ok(edits) = renumber(&again(&far), 0, 1) else { panic!("{}: cannot be numbered back", manuscript.path) };
        assert_eq!(apply(&far, &edits).as_deref(), Some(first.as_str()), "{}", manuscript.path);
        assert_eq!(sources(&again(&first)), sources(&again(&far)), "{}", manuscript.path);
        tried += 1;
    }
    assert!(tried > 0, "no fixture can be numbered");
}

/// For each citation without a note number the place of its source among the citations.
fn sources(analysis: &Analysis) -> Vec<Option<usize>> {
    let source = |r: &Option<Resolution>| match r {
        Some(Resolution::Exact { source, .. }) => Some(analysis.sources[*source].definition),
        _ => None,
    };
    let named = (0..analysis.citations.len()).filter(|id| analysis.citation(*id).pointer.is_none());
    named.map(|id| source(&analysis.citations[id].resolution)).collect()
}

const IBIDS: &str = "One.[^1] Two.[^2] Three.[^3] Four.[^4] Five.[^5] Six.[^6]

[^1]: Anna Reed, *The Lamp Keepers: A History* (London: Quay Press, 1931), 12.

[^2]: *Ibid.*, 14.

[^3]: Ibid.

[^4]: See also ibid., pp. 15-16; Paul Lind, \"On the Oil,\" *Harbour Review* 4 (1931): 12.

[^5]: Jane Holm, \"On Wicks,\" *Harbour Review* 5 (1932): 3-9.

[^6]: Ibid., 7.
";

#[test]
fn ibid_is_written_out_as_what_it_means() {
    let new = expanded(IBIDS);
    assert!(new.contains("[^2]: Reed, *Lamp Keepers*, 14.\n"), "{new}");
    assert!(new.contains("[^3]: Reed, *Lamp Keepers*, 14.\n"), "{new}");
    assert!(new.contains("[^4]: See also Reed, *Lamp Keepers*, pp. 15-16; Paul Lind"), "{new}");
    assert!(new.contains("[^6]: Holm, \"On Wicks,\" 7.\n"), "{new}");
    let own = IBIDS.replace("[^6]: Ibid., 7.", "[^6]: Ibid., 7; Reed, *Keepers*, 3.");
    assert!(
        expanded(&own).contains("[^2]: Reed, *Keepers*, 14."),
        "the manuscript's own short form: {}",
        expanded(&own)
    );
}

#[test]
fn short_forms_are_contracted_where_the_note_before_is_theirs_alone() {
    let text = expanded(IBIDS);
    let new = contracted(&text);
    assert!(new.contains("[^2]: Ibid., 14.\n"), "{new}");
    assert!(new.contains("[^3]: Ibid.\n"), "{new}");
    assert!(new.contains("[^4]: See also ibid., pp. 15-16; Paul Lind"), "{new}");
    let several = text.replace("[^5]: Jane Holm", "[^5]: Reed, *Lamp Keepers*, 2; Jane Holm");
    assert!(contracted(&several).contains("[^5]: Reed, *Lamp Keepers*, 2; Jane"), "{}", contracted(&several));
    assert!(contracted(&several).contains("[^6]: Holm, \"On Wicks,\" 7."), "{}", contracted(&several));
}

/// Over every fixture: written out, and contracted again, every citation stands for what it stood for.
#[test]
fn rewriting_changes_no_meaning() {
    let mut written = 0;
    // a chapter alone is another text than in its book
    for fixture in fixtures().iter().filter(|f| f.analysis.files.len() == 1) {
        let analysis = &fixture.analysis;
        let manuscript = &analysis.files[0].manuscript;
        let edits = expand(analysis, 0, |_| true);
        written += edits.len();
        let text = apply(&manuscript.text, &edits).expect("edits that fit");
        let after = analyse(&manuscript.path, &text, manuscript.reader, &analysis.config);
        assert_eq!(sources(analysis), sources(&after), "{}", manuscript.path);
        let edits = contract(&after, 0, |_| true);
        let text = apply(&text, &edits).expect("edits that fit");
        let back = analyse(&manuscript.path, &text, manuscript.reader, &analysis.config);
        assert_eq!(sources(analysis), sources(&back), "{}", manuscript.path);
    }
    assert!(written > 0, "no fixture has an Ibid. that can be written out");
}
