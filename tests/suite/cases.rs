//! `tests/cases/<rule>.md`: edge cases in the notation of the manual. A block without margin notes must be silent.
//! A page that begins with a heading is about its topic, and named as it likes.

use super::notation::{self, blocks, files, read, relative};
use ibid::rules;

#[test]
fn every_case_gives_what_it_says() {
    let mut wrong = String::new();
    for path in files("tests/cases") {
        let name = relative(&path);
        let rule = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        if rule == "README" {
            continue;
        }
        let page = read(&path);
        assert!(page.starts_with("# ") || rules::find(&rule).is_some(), "{name}: no rule is called {rule}");
        let mut cases = 0;
        for block in blocks(&page) {
            let Some(reader) = block.info.split(' ').next().and_then(notation::reader) else {
                panic!(
                    "{name}:{}: a case is txt, md or another ending that has a reader, not {}",
                    block.line - 1,
                    block.info
                );
            };
            cases += 1;
            if let Err(why) = notation::check(&block, reader, &rule) {
                wrong += &format!("{name}:{} {}\n{why}", block.line, title(&page, block.line));
            }
        }
        assert!(cases > 0, "{name} has no cases");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The last line of words before a block.
fn title(page: &str, line: usize) -> &str {
    let before = page.lines().take(line - 2).filter(|l| !l.trim().is_empty()).last();
    before.unwrap_or_default().trim_start_matches(['#', ' '])
}
