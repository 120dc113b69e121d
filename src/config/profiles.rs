//! Where the styles differ: severities that a profile sets otherwise than the rule does. One table.

use super::{Profile, Severity};

/// A cell: the rule's own severity stands, or the profile sets one (`None` is off).
type Cell = Option<Option<Severity>>;

const OWN: Cell = None;
const OFF: Cell = Some(None);
const INFO: Cell = Some(Some(Severity::Info));
const WARN: Cell = Some(Some(Severity::Warning));
const ERR: Cell = Some(Some(Severity::Error));

/// Authorities: Chicago 17 §14.34–36, Chicago 18 §13.37, MHRA 3rd ed. §11.3, OSCOLA 4 §1.2, Bluebook R. 4.1.
#[rustfmt::skip]
const TABLE: &[(&str, [Cell; 6])] = &[
    //                                chicago-17 chicago-18 chicago-ibid  mhra  oscola  bluebook
    ("ibid-discouraged",              [WARN,      WARN,      OFF,          WARN, OFF,    OFF]),
    ("ibid-after-several-sources",    [ERR,       ERR,       OWN,          ERR,  OFF,    ERR]),  // OSCOLA: ibid means all of them
    ("ibid-chain-long",               [OWN,       INFO,      OWN,          OWN,  OWN,    INFO]), // said of Ibid. only where it is counted
    ("idem-ambiguous",                [OWN,       OWN,       OWN,          OWN,  ERR,    OFF]),  // the Bluebook's "id." is no idem
    ("latin-discouraged",             [WARN,      WARN,      OWN,          WARN, WARN,   WARN]),
    ("full-citation-repeated",        [OWN,       OWN,       OWN,          OWN,  OFF,    OWN]),  // OSCOLA lets it be repeated
];

/// What a profile says of a rule: nothing, or its severity there (`None` is off).
pub fn severity(profile: Profile, rule: &str) -> Option<Option<Severity>> {
    let (_, row) = TABLE.iter().find(|(name, _)| *name == rule)?;
    row[match profile {
        Profile::Chicago17 => 0,
        Profile::Chicago18 => 1,
        Profile::ChicagoIbid => 2,
        Profile::Mhra => 3,
        Profile::Oscola => 4,
        Profile::Bluebook => 5,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_user_comes_before_the_profile_and_the_profile_before_the_rule() {
        let mut config = Config { profile: Profile::Oscola, ..Config::default() };
        let own = Some(Severity::Error);
        assert_eq!(config.severity("ibid-after-several-sources", own), None);
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
