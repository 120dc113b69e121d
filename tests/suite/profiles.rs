//! Every cell of the table of profiles has a case: a sample, and how bad its finding is in each style.

use super::notation::{analyse, blocks};
use ibid::config::{Config, Profile, Severity, rules_of_profiles};
use ibid::model::Reader;
use ibid::rules;
use std::collections::BTreeSet;

const PROFILES: [Profile; 11] = [
    Profile::Chicago17,
    Profile::Chicago18,
    Profile::ChicagoIbid,
    Profile::Turabian9,
    Profile::Mhra,
    Profile::Oscola,
    Profile::Bluebook,
    Profile::Aglc4,
    Profile::McGill,
    Profile::NzLaw,
    Profile::SlavicHistory,
];

/// What is expected, from the research on the style manuals and not from the table: rule, and a letter a profile
/// (e error, w warning, i info, h hint, - nothing).
#[rustfmt::skip]
const EXPECTED: &[(&str, &str)] = &[
    //                              17 18 ib tu mh os bb au mc nz sl
    ("ibid-discouraged",           "w  w  -  h  w  -  -  -  -  w  -"),
    ("ibid-after-several-sources", "e  e  e  e  e  w  e  e  e  -  e"),
    ("ibid-form",                  "w  w  w  w  w  -  w  -  -  -  w"),
    ("ibid-chain-long",            "h  i  h  h  h  h  i  h  h  -  h"),
    ("idem-ambiguous",             "w  w  i  e  w  e  -  e  -  e  i"),
    ("latin-discouraged",          "w  w  i  w  w  w  w  w  w  w  w"),
    ("full-citation-repeated",     "i  i  i  i  i  -  i  i  i  -  i"),
    ("vague-pointer",              "h  h  h  h  h  w  h  h  h  h  h"),
    ("diacritic-drift",            "i  i  i  i  i  i  i  i  i  i  w"),
    ("archive-unit-mixed",         "i  i  i  i  i  i  i  i  i  i  w"),
];

const WITH_STOP: &str = "The lamp was sold,¹ then lost.²

¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.

² Ibid., 14.
";

fn letter(severity: Option<Severity>) -> char {
    severity.map_or('-', |s| s.name().chars().next().expect("a name"))
}

/// How bad the finding of a rule is in a text under each profile.
fn levels(text: &str, rule: &str) -> String {
    let level = |profile: &Profile| {
        let analysis = analyse("sample", text, Reader::Plain, &Config { profile: *profile, ..Config::default() });
        letter(rules::run(&analysis).iter().find(|f| f.rule == rule).map(|f| f.severity))
    };
    PROFILES.iter().map(level).collect()
}

#[test]
fn every_rule_that_a_profile_moves_has_its_row() {
    let rows: BTreeSet<&str> = EXPECTED.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(rows, rules_of_profiles().collect());
    let named = Profile::ALL.iter().filter(|(_, p)| *p != Profile::Infer);
    assert!(named.clone().all(|(_, p)| PROFILES.contains(p)) && named.count() == PROFILES.len());
}

#[test]
fn every_cell_is_as_the_manuals_say() {
    for (rule, expected) in EXPECTED {
        let page = rules::find(rule).expect("a rule").manual();
        let bad = blocks(&page).into_iter().find(|b| b.info == "bad").expect("a bad sample in plain text");
        let lines = bad.text.lines().filter(|l| !l.trim_start().starts_with("//~"));
        let text: String = lines.flat_map(|l| [l, "\n"]).collect();
        assert_eq!(levels(&text, rule), expected.replace(' ', ""), "{rule}");
    }
}

#[test]
fn a_stop_is_wrong_where_a_missing_one_is_right() {
    assert_eq!(levels(WITH_STOP, "ibid-form"), "-----w-ww--");
}

/// OSCOLA: ibid means all the sources of the note before; only a page picks one of them.
#[test]
fn an_ibid_without_a_page_is_doubtful_but_not_in_oscola() {
    let text = "One.¹ Two.²\n\n¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12; Paul Lind, *The Oil* (London: Quay Press, 1932), 7.\n\n² Ibid.\n";
    assert_eq!(levels(text, "ibid-after-several-sources"), "eeeee-eee-e");
}

/// `profile = "infer"`: the notes of each sample, and the style they show.
#[test]
fn a_style_is_inferred_from_what_most_notes_do() {
    let full = "Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.";
    let cases: &[(Profile, &[&str])] = &[
        (Profile::ChicagoIbid, &[full, "Ibid., 14.", "Ibid., 15."]),
        (
            Profile::Chicago17,
            &[
                full,
                "Reed, *Lamp Keepers*, 1.",
                "Reed, *Lamp Keepers*, 2.",
                "Reed, *Lamp Keepers*, 3.",
                "Reed, *Lamp Keepers*, 4.",
                "Reed, *Lamp Keepers*, 5.",
            ],
        ),
        (Profile::Bluebook, &[full, "Id. at 14.", "Id. at 15.", "Reed, supra note 1, at 16."]),
        (Profile::Oscola, &[full, "ibid 14.", "ibid 15.", "ibid 16.", "Reed (n 1) 17.", "Reed (n 1) 18."]),
        (Profile::Aglc4, &[full, "Ibid 14.", "Ibid 15.", "Ibid 16.", "Reed (n 1) 17.", "Reed (n 1) 18."]),
        (Profile::ChicagoIbid, &[full]),
    ];
    for (expected, notes) in cases {
        let marks: String = (1..=notes.len()).map(|n| format!(" Text.[^{n}]")).collect();
        let notes: String = notes.iter().enumerate().map(|(i, n)| format!("\n\n[^{}]: {n}", i + 1)).collect();
        let config = Config { profile: Profile::Infer, ..Config::default() };
        let analysis = analyse("a.md", &format!("{marks}{notes}\n"), Reader::Pandoc, &config);
        let got = analysis.config.profile;
        assert_eq!(got, *expected, "{}: {notes}", analysis.inferred.unwrap_or_default());
    }
}
