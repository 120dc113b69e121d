//! The names of rules by family. They are stable: a configuration may name a rule before it has landed.

/// Families in the order of the manual, each with its rules.
pub const FAMILIES: &[(&str, &[&str])] = &[
    (
        "numbering",
        &[
            "skipped-note-number",
            "duplicate-note-number",
            "note-out-of-order",
            "mark-without-note",
            "note-without-mark",
            "empty-note",
            "mark-spacing",
            "mark-before-punctuation",
            "adjacent-marks",
            "number-read-as-label",
            "label-without-colon",
            "escaped-label",
        ],
    ),
    (
        "ibid",
        &[
            "ibid-without-antecedent",
            "ibid-after-several-sources",
            "ibid-after-commentary",
            "ibid-same-locator",
            "ibid-form",
            "ibid-discouraged",
            "ibid-chain-long",
            "latin-discouraged",
            "idem-ambiguous",
            "ibid-retargeted",
        ],
    ),
    (
        "citations",
        &[
            "short-without-full",
            "short-before-full",
            "short-ambiguous",
            "full-citation-repeated",
            "alias-before-definition",
            "alias-unused",
            "alias-form",
            "title-drift",
            "author-drift",
            "locator-out-of-range",
            "locator-order",
            "locator-plural",
            "locator-form",
            "locator-conflict",
        ],
    ),
    (
        "pointers",
        &[
            "note-pointer-missing",
            "note-pointer-mismatch",
            "note-pointer-drift",
            "note-pointer-direction",
            "vague-pointer",
        ],
    ),
    ("archives", &["archive-repository-missing", "archive-unit-mixed", "archive-abbreviation-undefined"]),
    (
        "keys",
        &["unknown-citation-key", "unused-bibliography-entry", "duplicate-bibliography-key", "bibliography-unreadable"],
    ),
    (
        "names",
        &[
            "name-variant",
            "name-misspelling",
            "initials-mismatch",
            "initial-form",
            "word-misspelling",
            "diacritic-drift",
            "name-across-zones",
        ],
    ),
    (
        "form",
        &[
            "quote-unbalanced",
            "doubled-punctuation",
            "missing-space",
            "citation-form-drift",
            "broken-paragraph",
            "hyphenation-drift",
        ],
    ),
    ("housekeeping", &["unused-allow"]),
];

/// What the rules of a family look at, in a few words.
pub fn about(family: &str) -> &'static str {
    match family {
        "numbering" => "marks and notes that do not pair; gaps, doubles and order of numbers; where marks stand",
        "ibid" => "what *Ibid.*, *idem* and *op. cit.* stand for, and whether a reader can tell",
        "citations" => "short forms without their full citation, titles, authors and pages that drift",
        "pointers" => "\"see note 12\", *supra* note 12: whether the note is there and says so",
        "archives" => "repositories left out or never explained, one unit under several signs",
        "keys" => "citation keys and the bibliography",
        "names" => "one name in several spellings",
        "form" => "quotation marks, punctuation, spaces, hyphens, torn paragraphs",
        "housekeeping" => "comments and tables that let findings stand",
        _ => "",
    }
}

/// Every name that a configuration may use.
pub fn names() -> Vec<&'static str> {
    FAMILIES.iter().flat_map(|(_, rules)| rules.iter().copied()).collect()
}

/// The family of a rule; empty for a name that is none.
pub fn family(rule: &str) -> &'static str {
    FAMILIES.iter().find(|(_, rules)| rules.contains(&rule)).map_or("", |(family, _)| family)
}
