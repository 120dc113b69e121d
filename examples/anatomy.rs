//! Prints what a reader makes of a file: marks, notes, scopes, tears. For whoever works on a reader.

use ibid::formats;
use ibid::model::Reader;
use ibid::text::LineIndex;
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1).filter(|a| !a.starts_with('-')) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let reader = formats::reader_for(&path, &text).unwrap_or(Reader::Plain);
        let start = Instant::now();
        let m = formats::read(&path, &text, reader);
        let mut took = start.elapsed();
        for _ in 0..7 {
            let start = Instant::now();
            std::hint::black_box(formats::read(&path, &text, reader));
            took = took.min(start.elapsed());
        }
        let lines = LineIndex::new(&text);
        let at = |byte| lines.position(&text, byte).line;
        let scopes = m.notes.iter().map(|n| n.scope).max().map_or(0, |s| s + 1);
        println!(
            "{path}: {:?} {} notes in {scopes} scopes, {} marks, {} paragraphs, {} headings, {} tears, {} keys, {:?}",
            m.reader,
            m.notes.len(),
            m.marks.len(),
            m.paragraphs.len(),
            m.headings.len(),
            m.tears.len(),
            m.keys.len(),
            took
        );
        for t in &m.tears {
            println!(
                "  tear {}: «{}» -> {}: «{}»",
                at(t.before.start),
                t.before.of(&text),
                at(t.after.start),
                t.after.of(&text)
            );
        }
        if std::env::args().any(|a| a == "-m") {
            for k in &m.marks {
                println!("  mark {} scope {} line {} «{}»", k.label.text, k.scope, at(k.span.start), k.span.of(&text));
            }
        }
        if std::env::args().any(|a| a == "-n") {
            for n in &m.notes {
                println!(
                    "  note {} scope {} lines {}-{}: {}",
                    n.label.text,
                    n.scope,
                    at(n.span.start),
                    at(n.span.end),
                    n.flow.text
                );
            }
        }
        if std::env::args().any(|a| a == "-p") {
            for p in &m.paragraphs {
                println!("  ¶ {}: {}", at(p.extent().start), p.text);
            }
        }
        if std::env::args().any(|a| a == "-h") {
            for h in &m.headings {
                println!("  # {}: {}", at(h.span.start), h.title);
            }
        }
        if std::env::args().any(|a| a == "-b") {
            for b in &m.blocks {
                println!(
                    "  {:?} {}: {:?}",
                    b.kind,
                    at(b.span.start),
                    b.span.of(&text).chars().take(60).collect::<String>()
                );
            }
        }
    }
}
