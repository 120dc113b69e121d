//! `archive-unit-mixed`

use super::Sink;
use crate::analysis::{Analysis, archives};

rule! {
    /// One unit of an archive is abbreviated in several ways, as `opis'`, `op.` and `o.` are.
    ///
    /// ## Why
    /// A reader who meets `o.` and `op.` looks for two things. Reported once a document, at the first form that is not the
    /// usual one.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, l. 3.
    ///
    /// ² "Spravka o masle," GARF, f. 5446, op. 2, d. 15, l. 8.
    ///
    /// ³ "Dokladnaia zapiska," GARF, f. 5446, o. 2, d. 16, l. 1.
    /// //~ archive-unit-mixed «o.»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, l. 3.
    ///
    /// ² "Spravka o masle," GARF, f. 5446, op. 2, d. 15, l. 8.
    /// ```
    "archive-unit-mixed", Info, "The Chicago Manual of Style on manuscript collections"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        let mixed = archives::mixed_signs(analysis, file);
        let mut others: Vec<_> = mixed.iter().flat_map(|m| m.others.iter().map(move |place| (*place, m))).collect();
        others.sort_by_key(|(place, _)| *place);
        let Some((first, _)) = others.first() else { continue };
        let ways: Vec<String> = mixed.iter().map(|m| spelled(&m.signs)).collect();
        let finding = out.at(*first, format!("one unit under several signs: {}", ways.join("; ")));
        for m in &mixed {
            finding.related(m.model, format!("usually \"{}\"", m.signs[0].0));
        }
        for (place, m) in &others[1..] {
            finding.related(*place, format!("not \"{}\"", m.signs[0].0));
        }
    }
}

/// `"o" 12 times, "op" twice`
fn spelled(signs: &[(String, usize)]) -> String {
    let each: Vec<String> = signs.iter().map(|(sign, count)| format!("\"{sign}\" ({count})")).collect();
    each.join(", ")
}
