//! Shows what the grammar reads in the notes of a file: for working on the grammar.
use ibid::{analysis::File, formats, model::Reader};
fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(&path).expect("readable");
    let file = File::read(formats::read(&path, &text, formats::reader_for(&path, &text).unwrap_or(Reader::Plain)));
    for (note, cites) in file.manuscript.notes.iter().zip(&file.notes) {
        println!("[{}] {}", note.label.text, note.flow.text);
        for c in cites {
            let t = |s: ibid::text::Span| s.of(&note.flow.text);
            println!("    {:?}/{:?} {:?} «{}»", c.form, c.kind, c.certainty, t(c.span));
            println!(
                "        authors {:?} titles {:?} container {:?} year {:?} alias {:?}",
                c.authors.iter().map(|a| &a.surname).collect::<Vec<_>>(),
                c.titles.iter().map(|x| &x.words).collect::<Vec<_>>(),
                c.container.as_ref().map(|x| t(x.span)),
                c.year,
                c.alias.as_ref().map(|x| &x.words)
            );
            if let Some(l) = &c.locators {
                println!(
                    "        locators «{}» {:?} {:?}",
                    t(l.span),
                    l.unit,
                    l.ranges.iter().map(|r| (r.first, r.last)).collect::<Vec<_>>()
                );
            }
            if let Some(a) = &c.archive {
                println!(
                    "        archive {:?} {:?}",
                    a.repository.map(t),
                    a.levels.iter().map(|l| (t(l.sign), &l.number)).collect::<Vec<_>>()
                );
            }
            if let Some(p) = &c.pointer {
                println!(
                    "        pointer «{}» {:?} {:?}",
                    t(p.span),
                    p.direction,
                    p.notes.iter().map(|n| n.0).collect::<Vec<_>>()
                );
            }
        }
    }
}
