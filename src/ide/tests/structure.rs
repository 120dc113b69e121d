//! Folds, links, growing selections, search.

use super::{BODY, case, finds};
use crate::ide::{folding, links, search, selection};
use crate::text::Span;

/// First and last line of each fold, from 0.
fn folded(text: &str) -> Vec<(usize, usize)> {
    let case = case(text);
    let lines = &case.analysis.files[0].lines;
    folding::folds(&case.analysis, 0).iter().map(|f| (lines.line(f.span.start), lines.line(f.span.end))).collect()
}

#[test]
fn sections_and_notes_fold() {
    let text =
        "# One\n\nA.[^1] B.[^2]\n\n## Inner\n\nC.\n\n[^1]: A note\n    of two lines.\n[^2]: Short.\n\n# Two\n\nD.\n";
    assert_eq!(folded(text), [(0, 10), (4, 10), (8, 10), (8, 9), (12, 14)]);
    assert_eq!(folded("One line.\n"), []);
    assert_eq!(folded(""), []);
}

#[test]
fn a_paragraph_that_notes_cut_folds_over_them() {
    let text = "\
The Strike

The strike began in May.¹ It spread to the mills, and by the summer no mill was working. The ministry waited

¹ Archive of the Mill, box 1.

to the end.² The mills opened in the autumn, and no file speaks of the matter again.

² Archive of the Ministry, box 9.
";
    let file = crate::analysis::File::read(crate::formats::read("a.txt", text, crate::model::Reader::Plain));
    let analysis = crate::analysis::Analysis::new(vec![std::sync::Arc::new(file)], crate::config::Config::default());
    let folds = folding::folds(&analysis, 0);
    let cut = folds.iter().find(|f| f.kind == folding::FoldKind::Paragraph);
    assert!(cut.is_some_and(|f| f.span.of(text).ends_with("of the matter again.")), "{folds:?}");
}

#[test]
fn addresses_and_identifiers_are_links() {
    let targets = |text: &str| links::links(&case(text).analysis, 0).into_iter().map(|l| l.target).collect::<Vec<_>>();
    let marked = "See ⟦https://example.org/a_(b)⟧. Also (⟦http://example.org/x⟧), doi:⟦10.1000/xyz#1⟧; arXiv:⟦2101.00001⟧, \
                  NAID ⟦598768⟧, <⟦https://example.org/c⟧>.\n\n```\nhttps://example.org/code\n```\n";
    finds(marked, |case| links::links(&case.analysis, 0).iter().map(|l| l.span).collect());
    let plain = marked.replace(['⟦', '⟧'], "");
    assert_eq!(
        targets(&plain)[2..5],
        [
            "https://doi.org/10.1000/xyz%231",
            "https://arxiv.org/abs/2101.00001",
            "https://catalog.archives.gov/id/598768"
        ]
    );
    assert_eq!(targets("https://doi.org/10.1000/abc.\n"), ["https://doi.org/10.1000/abc"], "one link, not two");
    assert_eq!(targets("Folio 10.1000/4 and the year 1931.\n"), Vec::<String>::new());
}

#[test]
fn selections_grow_from_a_word_to_the_file() {
    let text =
        format!("{BODY}[^1]: John Smith, *The His‸tory of Bees* (Oxford: Clarendon Press, 1990), 12; see note 2.\n");
    let case = case(&text);
    let around = selection::around(&case.analysis, 0, case.cursor);
    let file = &case.analysis.files[0].manuscript.text;
    let grown: Vec<&str> = around.iter().map(|s| s.of(file)).collect();
    assert_eq!(grown[0], "History");
    assert_eq!(grown[1], "The History of Bees");
    assert!(grown[2].starts_with("John Smith") && grown[2].ends_with("12"), "{grown:?}");
    assert_eq!(around.last(), Some(&Span::new(0, file.len())));
    assert!(around.windows(2).all(|w| w[1].covers(w[0]) && w[0] != w[1]), "{around:?}");
}

#[test]
fn a_few_letters_find_sources_names_and_notes() {
    let text = format!(
        "# On Wax\n\n{BODY}[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n\
         [^2]: Ann Brown, *The Book of Wax* (London: Faber, 1991), 3.\n"
    );
    let found = |query: &str| {
        let all = search::search(&case(&text).analysis, query);
        all.into_iter().map(|f| f.name).collect::<Vec<_>>()
    };
    assert_eq!(found("bwax")[0], "Ann Brown, The Book of Wax");
    assert_eq!(found("on wax")[0], "On Wax");
    assert_eq!(found("HISTORY")[0], "John Smith, The History of Bees");
    assert!(found("zzz").is_empty());
    assert_eq!(found("").len(), 5);
}
