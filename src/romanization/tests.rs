//! What holds for every table and every pair of spellings.

use super::tables::{self, table};
use super::*;

/// The text of a table, by language.
fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    tables::sources()
}

#[test]
fn samples_are_written_and_read_back() {
    let mut failures = Vec::new();
    for language in languages() {
        let table = table(language).unwrap();
        for (original, scheme, expected) in &table.samples {
            let id = table.schemes[*scheme].id;
            let written = table.write(original, id);
            if written.as_deref().map(str::to_lowercase) != Some(expected.to_lowercase()) {
                failures.push(format!("{language} {original}: {id} writes {written:?}, not {expected}"));
            }
            let reading = read(expected, language).unwrap();
            let all = read_hands(expected, language);
            if all >> table.hand_of(*scheme) & 1 == 0 {
                failures.push(format!("{language} {expected}: not read as {id}, but as {:?}", reading.schemes));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn read_hands(spelling: &str, language: &str) -> u32 {
    joint::Lattice::new(table(language).unwrap(), &letters::fold(spelling)).hands
}

#[test]
fn every_table_has_samples_and_every_pair_of_them_is_a_variant() {
    for language in languages() {
        let table = table(language).unwrap();
        assert!(!table.samples.is_empty(), "{language} has no samples");
        for (i, (original, _, a)) in table.samples.iter().enumerate() {
            for (_, _, b) in table.samples[i + 1..].iter().filter(|(o, _, b)| o == original && b != a) {
                let length = |s: &str| letters::fold(s).len();
                let (left, right) =
                    (joint::Lattice::new(table, &letters::fold(a)), joint::Lattice::new(table, &letters::fold(b)));
                let origin = joint::parse(table, &left, &right, 6.0).least(length(a), length(b));
                assert!(origin.is_some(), "{language}: {a} and {b} have no common original");
            }
        }
    }
}

#[test]
fn tables_are_in_canonical_order() {
    for (language, text) in sources() {
        let mut lines = text.lines().skip_while(|l| l.starts_with("# ") || l.starts_with("@base\t"));
        let width = lines.next().unwrap().split('\t').count();
        let rank = |line: &str| match line.chars().next() {
            Some('@') => 0,
            Some('~') => 2,
            Some('=') => 3,
            _ => 1,
        };
        let rows: Vec<&str> = lines.collect();
        assert!(rows.is_sorted_by_key(|l| rank(l)), "{language}: directives, rows, habits, samples");
        let mut keys: Vec<&str> = rows.iter().filter_map(|l| l.split('\t').next()).collect();
        keys.sort_unstable();
        assert!(
            keys.windows(2).all(|k| k[0] != k[1]),
            "{language}: a key stands twice: {:?}",
            keys.windows(2).find(|k| k[0] == k[1])
        );
        for row in rows {
            let cells = row.split('\t').count();
            let expected = if rank(row) == 2
                || row.starts_with("@double")
                || row.starts_with("@unread")
                || row.starts_with("@endings")
                || row.starts_with("@whole")
            {
                2
            } else {
                width
            };
            assert_eq!(cells, expected, "{language}: {row}");
            assert!(!row.ends_with(' '), "{language}: {row}");
        }
        assert!(table(language).unwrap().hands.len() <= 32, "{language}: too many schemes for a set of 32");
    }
}

/// A small generator of arbitrary spellings (xorshift), so that failures repeat.
fn spellings(count: usize) -> Vec<String> {
    let alphabet: Vec<char> =
        "aaeeiioouuybcdfghjklmnprstvwxz'’\"-  `šžčōŏŭḥʹıİßé\u{361}\u{301}хщ中가\u{0}".chars().collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    (0..count).map(|_| (0..next() % 14).map(|_| alphabet[next() % alphabet.len()]).collect()).collect()
}

#[test]
fn comparison_is_symmetric_and_total() {
    let words = spellings(400);
    let named = ["rus", "ara", "zho", "kor", "deu-rus", "xyz"];
    for (i, a) in words.iter().enumerate() {
        let mut b = words[(i * 7 + 1) % words.len()].clone();
        if i % 3 == 0 {
            b = format!("{a}{}", ["a", "ov", "'s", "skii", ""][i % 5]);
        }
        let language = Some(named[i % named.len()]).filter(|_| i % 2 == 0);
        let (there, back) = (compare(a, &b, language), compare(&b, a, language));
        assert_eq!(there.relation, back.relation, "{a:?} {b:?} {language:?}");
        assert!((there.score - back.score).abs() < 1e-4 && (0.0..=1.0).contains(&there.score), "{a:?} {b:?}");
        assert_eq!(compare(a, a, language).relation, Relation::Identical, "{a:?}");
        keys(a, Ways::of(&["rus", "zho"]));
        read(a, "rus");
        write(a, "rus", "ala-lc");
    }
    let long = "shch".repeat(500);
    compare(&long, &format!("{long}a"), Some("rus"));
    compare(&long, "a", None);
    keys(&long, Ways::of(&["ukr"]));
}

#[test]
fn the_names_of_the_field() {
    for (a, b, language, relation) in [
        ("Vyshinskii", "Vyshinsky", "rus", Relation::Variant),
        ("Bakaev", "Bakayev", "rus", Relation::Variant),
        ("Lur'e", "Lurye", "rus", Relation::Variant),
        ("Holtsman", "Holtzman", "rus", Relation::Variant),
        ("Khrushchev", "Chruschtschow", "rus", Relation::Variant),
        ("Kirov", "Kirova", "rus", Relation::Gender),
        ("Tomskii", "Tomskogo", "rus", Relation::Inflection),
        ("Zinoviev", "Zinovievite", "rus", Relation::Derived),
        ("Trotsky", "Trotsky's", "rus", Relation::Inflection),
        ("Kamemev", "Kamenev", "rus", Relation::Misspelling),
        ("Zorin", "Sorin", "rus", Relation::Misspelling),
        ("Rykov", "Bykhovskii", "rus", Relation::Different),
        ("Zedong", "Tse-tung", "zho", Relation::Variant),
        ("Tōjō", "Toujou", "jpn", Relation::Variant),
        ("Seokseung", "Sŏksŭng", "kor", Relation::Variant),
        ("Yitsḥaḳ", "Yitzchak", "heb", Relation::Variant),
        ("Hagop", "Hakob", "hye", Relation::Variant),
    ] {
        let found = compare(a, b, Some(language));
        assert_eq!(found.relation, relation, "{a} {b}: {found:?}");
    }
    let found = compare("Vyshinskii", "Vyshinsky", Some("rus"));
    assert_eq!(found.original.as_deref(), Some("Вышинский"));
    assert_eq!(found.schemes, (Some("ALA-LC"), Some("press")));
    for (a, b, original) in [
        ("Liubov'", "Liubov", "Любовь"),
        ("Il'in", "Ilyin", "Ильин"),
        ("Iakov", "Yakov", "Яков"),
        ("Igor'", "Igor", "Игорь"),
        ("Mariia", "Maria", "Мария"),
        ("Tat'iana", "Tatyana", "Татьяна"),
        ("Shchukin", "Shtchukin", "Щукин"),
    ] {
        assert_eq!(compare(a, b, Some("rus")).original.as_deref(), Some(original), "{a} {b}");
    }
}

#[test]
fn keys_meet() {
    let meet = |a: &str, b: &str, languages: &[&str]| {
        let ways = Ways::of(languages);
        let (x, y) = (keys(a, ways), keys(b, ways));
        x.iter().any(|k| y.contains(k))
    };
    assert!(meet("Khrushchev", "Chruschtschow", &["rus"]) && meet("Zhou", "Chou", &["zho"]));
    assert!(meet("Kamenev", "Kamemev", &[]) && meet("Strogannov", "Stroganov", &[]) && meet("Kaemnev", "Kamenev", &[]));
    assert!(meet("Dretizer", "Dreitser", &[]));
    assert!(meet("Hertsen", "Gertzen", &["deu-rus"]) && !meet("Hertsen", "Gertzen", &["srp"]));
    assert!(!meet("Trotsky", "Kamenev", &["rus"]));
    for name in ["Ann", "a", "", "Aa", "Żółć"] {
        let mut all = keys(name, Ways::of(&["rus", "ell"]));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{name}");
    }
}
