//! Where the styles differ: severities that a profile sets otherwise than the rule does. One table.

use super::{Profile, Severity};

/// A cell: the rule's own severity stands, or the profile sets one (`None` is off).
type Cell = Option<Option<Severity>>;

const OWN: Cell = None;
const OFF: Cell = Some(None);
const HINT: Cell = Some(Some(Severity::Hint));
const INFO: Cell = Some(Some(Severity::Info));
const WARN: Cell = Some(Some(Severity::Warning));
const ERR: Cell = Some(Some(Severity::Error));

/// Authorities: Chicago 17 §14.34–36, Chicago 18 §13.37, Turabian 9 §16.4, MHRA 3rd ed. §11.3, OSCOLA 4 §1.2, Bluebook R. 4.1,
/// AGLC 4 r. 1.4, McGill 10 §1.4, NZ Law Style Guide 2.3.1. `tests/suite/profiles.rs` has a case for every row.
#[rustfmt::skip]
const TABLE: &[(&str, [Cell; 11])] = &[
    //                              chicago: 17   18    ibid  turabian mhra  oscola bluebook aglc4 mcgill nz-law slavic
    ("ibid-discouraged",           [WARN, WARN, OFF,  HINT,    WARN, OFF,   OFF,     OFF,  OFF,   WARN,  OFF]),
    ("ibid-after-several-sources", [ERR,  ERR,  OWN,  OWN,     ERR,  WARN,  ERR,     OWN,  OWN,   OFF,   OWN]), // OSCOLA: ibid means all of them; a page picks one
    ("ibid-form",                  [OWN,  OWN,  OWN,  OWN,     OWN,  OWN,   OWN,     OWN,  OWN,   OFF,   OWN]), // no ibid there at all
    ("ibid-chain-long",            [OWN,  INFO, OWN,  OWN,     OWN,  OWN,   INFO,    OWN,  OWN,   OFF,   OWN]), // said of Ibid. only where it is counted
    ("idem-ambiguous",             [WARN, WARN, OWN,  ERR,     WARN, ERR,   OFF,     ERR,  OFF,   ERR,   OWN]), // the Bluebook's "id." is no idem
    ("latin-discouraged",          [WARN, WARN, OWN,  WARN,    WARN, WARN,  WARN,    WARN, WARN,  WARN,  WARN]),
    ("full-citation-repeated",     [OWN,  OWN,  OWN,  OWN,     OWN,  OFF,   OWN,     OWN,  OWN,   OFF,   OWN]), // OSCOLA lets it be repeated
    ("vague-pointer",              [OWN,  OWN,  OWN,  OWN,     OWN,  WARN,  OWN,     OWN,  OWN,   OWN,   OWN]),
    ("diacritic-drift",            [OWN,  OWN,  OWN,  OWN,     OWN,  OWN,   OWN,     OWN,  OWN,   OWN,   WARN]),
    ("archive-unit-mixed",         [OWN,  OWN,  OWN,  OWN,     OWN,  OWN,   OWN,     OWN,  OWN,   OWN,   WARN]),
];

/// What a profile says of a rule: nothing, or its severity there (`None` is off).
pub fn severity(profile: Profile, rule: &str) -> Option<Option<Severity>> {
    let (_, row) = TABLE.iter().find(|(name, _)| *name == rule)?;
    row[match profile {
        Profile::Chicago17 => 0,
        Profile::Chicago18 => 1,
        Profile::ChicagoIbid | Profile::Infer => 2,
        Profile::Turabian9 => 3,
        Profile::Mhra => 4,
        Profile::Oscola => 5,
        Profile::Bluebook => 6,
        Profile::Aglc4 => 7,
        Profile::McGill => 8,
        Profile::NzLaw => 9,
        Profile::SlavicHistory => 10,
    }]
}

/// The rules that some profile sets otherwise.
pub fn rules() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(rule, _)| *rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_user_comes_before_the_profile_and_the_profile_before_the_rule() {
        let mut config = Config { profile: Profile::Oscola, ..Config::default() };
        let own = Some(Severity::Error);
        assert_eq!(config.severity("ibid-after-several-sources", own), Some(Severity::Warning));
        assert_eq!(config.severity("ibid-without-antecedent", own), own);
        config.rules.insert("ibid-after-several-sources".into(), Some(Severity::Info));
        assert_eq!(config.severity("ibid-after-several-sources", own), Some(Severity::Info));
    }

    #[test]
    fn every_profile_has_its_name() {
        for (name, profile) in Profile::ALL {
            assert_eq!(profile.name(), *name);
        }
    }
}
