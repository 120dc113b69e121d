//! Where the time of a check goes, stage by stage and rule by rule: `cargo run --release --example stages -- FILE`.

use ibid::analysis::{Analysis, File};
use ibid::config::Config;
use ibid::{citation, formats, model::Reader, rules};
use std::sync::Arc;
use std::time::Instant;

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(&path).expect("readable text");
    let reader = formats::reader_for(&path, &text).unwrap_or(Reader::Plain);
    let timed = |what: &str, start: Instant| println!("{:9.2} ms  {what}", start.elapsed().as_secs_f64() * 1e3);
    // The second run shows the work without the loading of tables.
    for round in ["first run", "second run"] {
        println!("{round}");
        let start = Instant::now();
        let manuscript = formats::read(&path, &text, reader);
        timed("read", start);
        let start = Instant::now();
        let notes: usize = manuscript.notes.iter().map(|n| citation::read(&n.flow).len()).sum();
        timed(&format!("grammar: {notes} citations"), start);
        let start = Instant::now();
        let file = File::read(manuscript);
        timed("facts of the file, grammar included", start);
        let start = Instant::now();
        let analysis = Analysis::new(vec![Arc::new(file)], Config::default());
        timed("analysis", start);
        let start = Instant::now();
        let findings = rules::run(&analysis);
        timed(&format!("rules: {} findings", findings.len()), start);
        for rule in rules::RULES {
            let start = Instant::now();
            (rule.check)(&analysis, &mut rules::Sink::of(rule));
            let took = start.elapsed().as_secs_f64() * 1e3;
            if took > 0.5 {
                println!("{took:9.2} ms    {}", rule.name);
            }
        }
    }
}
