//! Where the time of a check goes, stage by stage and rule by rule: `cargo run --release --example stages -- FILE`.

use ibid::analysis::names::{Names, gather::Gathered, memo::Memo};
use ibid::analysis::notes::Numbering;
use ibid::analysis::typography::{Typography, quotes::Quoted};
use ibid::analysis::{Analysis, File, chains};
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
        let quoted = Quoted::new(&file.manuscript);
        timed("  quotation marks", start);
        let start = Instant::now();
        drop(std::hint::black_box(Typography::new(&file.manuscript, &quoted)));
        timed("  typography", start);
        let start = Instant::now();
        drop(std::hint::black_box(Gathered::new(&file, &quoted)));
        timed("  names gathered", start);
        let start = Instant::now();
        let again = formats::read(&path, &text, reader);
        let again = File::reread(again, &file);
        timed("  read again, nothing changed", start);
        drop(again);
        let files = [Arc::new(file)];
        let start = Instant::now();
        let numbering = vec![Numbering::new(&files[0].manuscript)];
        timed("  numbering", start);
        let start = Instant::now();
        drop(std::hint::black_box(chains::resolve(&files, &numbering)));
        timed("  chains", start);
        let start = Instant::now();
        drop(std::hint::black_box(Names::new(&files, &numbering, &Config::default(), &mut Memo::default())));
        timed("  names compared", start);
        let start = Instant::now();
        let analysis = Analysis::new(files.to_vec(), Config::default());
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
