//! How long the names of a file take: gathering them, and comparing them. For whoever works on either.

use ibid::analysis::names::{Names, gather::Gathered, memo::Memo};
use ibid::analysis::{File, notes::Numbering, typography::quotes::Quoted};
use ibid::config::Config;
use ibid::formats;
use ibid::model::Reader;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn least(mut work: impl FnMut()) -> Duration {
    let mut took = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        work();
        took = took.min(start.elapsed());
    }
    took
}

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let reader = formats::reader_for(&path, &text).unwrap_or(Reader::Plain);
        let file = Arc::new(File::read(formats::read(&path, &text, reader)));
        let numbering = vec![Numbering::new(&file.manuscript)];
        let files = [file];
        let config = Config::default();
        let names = Names::new(&files, &numbering, &config, &mut Memo::default());
        let quoted = Quoted::new(&files[0].manuscript);
        let gathering = least(|| drop(std::hint::black_box(Gathered::new(&files[0], &quoted))));
        let comparing =
            least(|| drop(std::hint::black_box(Names::new(&files, &numbering, &config, &mut Memo::default()))));
        let mut memo = Memo::default();
        drop(Names::new(&files, &numbering, &config, &mut memo));
        let again = least(|| drop(std::hint::black_box(Names::new(&files, &numbering, &config, &mut memo))));
        println!(
            "{path}: {} mentions gathered in {gathering:?}, compared in {comparing:?}, once more in {again:?}; languages {:?}; {} variants, {} drifts, {} slips",
            files[0].names.mentions.len(),
            names.languages,
            names.variants.len(),
            names.drifts.len(),
            names.slips.len()
        );
    }
}
