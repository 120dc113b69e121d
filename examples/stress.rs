//! Reads files cut and spoiled at many places: no reader may panic.

use ibid::analysis::notes::Numbering;
use ibid::formats;
use ibid::model::Reader;

fn main() {
    let mut seed = 1917u64;
    let mut next = move |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n.max(1) as u64) as usize
    };
    const READERS: [Reader; 9] = [
        Reader::Plain,
        Reader::Pandoc,
        Reader::Gfm,
        Reader::Typst,
        Reader::Docx,
        Reader::Latex,
        Reader::Org,
        Reader::Rst,
        Reader::AsciiDoc,
    ];
    const BITS: [&str; 32] = [
        "[fn:1]",
        "[fn::",
        "[[",
        "#+begin_src\n",
        "[1]_",
        ".. [1] ",
        "::\n\n  ",
        "footnote:[",
        "\\]",
        "----\n",
        "|===\n",
        "\\footnote{",
        "{",
        "}",
        "#footnote[",
        "/",
        "\n",
        "[^",
        "]",
        "^[",
        "¹",
        "²",
        " 12 ",
        "\n\n",
        "*",
        "_",
        "`",
        "[Footnote 3: ",
        "<!--",
        "$",
        "\r",
        "(4)",
    ];
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for _ in 0..60 {
            let start = text.floor_char_boundary(next(text.len()));
            let end = text.floor_char_boundary((start + 200 + next(6000)).min(text.len()));
            let mut cut = text[start..end].to_owned();
            for _ in 0..next(20) {
                let at = cut.floor_char_boundary(next(cut.len()));
                cut.insert_str(at, BITS[next(BITS.len())]);
            }
            for reader in READERS {
                let m = formats::read(&path, &cut, reader);
                let tiled = m.blocks.windows(2).all(|w| w[0].span.end == w[1].span.start);
                let whole = m.blocks.first().is_none_or(|b| b.span.start == 0)
                    && m.blocks.last().is_none_or(|b| b.span.end as usize == cut.len());
                if !(tiled && whole) {
                    std::fs::write("/tmp/untiled.txt", &cut).ok();
                    println!("{path}: {reader:?}: blocks do not tile");
                }
                Numbering::new(&m);
            }
        }
    }
}
