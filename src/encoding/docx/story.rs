//! Paragraphs, runs and fields of a Word document, as a reader sees them.

use super::parts::{attribute, is_on};
use super::styles::Styles;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Set off from the left by so much, in twentieths of a point, a paragraph is a quotation.
const SET_OFF: u32 = 400;

#[derive(Default, Debug)]
pub struct Paragraph {
    pub pieces: Vec<Piece>,
    pub heading: Option<u8>,
    pub quotation: bool,
    pub ends_section: bool,
}

#[derive(Debug)]
pub enum Piece {
    Text { text: String, italic: bool },
    Footnote { id: String, custom: Option<String> },
    Endnote { id: String, custom: Option<String> },
}

/// What is being read of a document or of one note.
pub struct Story<'a> {
    styles: &'a Styles,
    done: Vec<Paragraph>,
    open: Paragraph,
    /// Elements within one whose content is no text.
    skipped: usize,
    depth: usize,
    run: Run,
    in_text: bool,
    keeps_spaces: bool,
    /// For each open field whether its result has begun.
    fields: Vec<bool>,
    in_properties: bool,
    layout: Layout,
    /// The next run holds the sign of the note before.
    custom: bool,
}

#[derive(Default)]
struct Run {
    italic: Option<bool>,
    style: Option<bool>,
    hidden: bool,
}

/// What a paragraph says of itself.
#[derive(Default)]
struct Layout {
    indent: u32,
    hanging: bool,
    listed: bool,
    style: Option<bool>,
    /// Its end was deleted: it goes on in the next.
    joined: bool,
}

impl<'a> Story<'a> {
    /// Reads on until the element that is open ends, or the document.
    pub fn read(reader: &mut Reader<&[u8]>, styles: &'a Styles) -> Result<Vec<Paragraph>, String> {
        let mut story = Story {
            styles,
            done: Vec::new(),
            open: Paragraph::default(),
            skipped: 0,
            depth: 0,
            run: Run::default(),
            in_text: false,
            keeps_spaces: false,
            fields: Vec::new(),
            in_properties: false,
            layout: Layout::default(),
            custom: false,
        };
        loop {
            match reader.read_event().map_err(|e| e.to_string())? {
                Event::Start(tag) => {
                    story.depth += 1;
                    story.start(&tag, true);
                }
                Event::Empty(tag) => {
                    story.start(&tag, false);
                    if tag.local_name().as_ref() == "p" && story.skipped == 0 {
                        story.end_paragraph();
                    }
                }
                Event::End(tag) => {
                    let Some(depth) = story.depth.checked_sub(1) else { break };
                    story.depth = depth;
                    story.end(tag.local_name().as_ref());
                }
                Event::Text(text) => story.text(&text.xml10_content()),
                Event::CData(text) => story.text(&text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let letter = entity.resolve_char_ref().ok().flatten().or(match &*entity {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    });
                    story.keeps_spaces = true;
                    letter.into_iter().for_each(|c| story.text(c.encode_utf8(&mut [0; 4])));
                }
                Event::Eof if story.depth > 0 => return Err("it ends in the middle".to_owned()),
                Event::Eof => break,
                _ => {}
            }
        }
        story.end_paragraph();
        story.done.pop_if(|p| p.pieces.is_empty());
        Ok(story.done)
    }

    fn start(&mut self, tag: &BytesStart, opens: bool) {
        let name = tag.local_name();
        if self.skipped > 0 {
            self.skipped += usize::from(opens);
            return;
        }
        match name.as_ref() {
            // what was deleted or moved away, pictures and their text, the other reading of one thing
            "del" if self.in_properties => self.layout.joined = true,
            "del" | "moveFrom" | "drawing" | "pict" | "object" | "Fallback" | "instrText" | "delText" | "sdtPr"
            | "rPrChange" | "pPrChange" | "sectPrChange" | "annotationRef" | "ruby" => {
                self.skipped = usize::from(opens)
            }
            "p" => self.begin_paragraph(),
            "pPr" => self.in_properties = opens,
            "r" => self.run = Run::default(),
            "rPr" | "tbl" | "tr" | "tc" => {}
            "t" => {
                self.in_text = opens;
                self.keeps_spaces = attribute(tag, "space").is_some_and(|s| s == "preserve");
            }
            _ if self.in_properties => self.paragraph_property(tag, name.as_ref()),
            "i" => self.run.italic = Some(is_on(tag)),
            "vanish" | "webHidden" => self.run.hidden = is_on(tag),
            "rStyle" => self.run.style = attribute(tag, "val").and_then(|id| self.styles.get(&id).italic),
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => {
                let sign = symbol(tag);
                self.push(&sign.to_string());
            }
            "fldChar" => match attribute(tag, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("separate") => self.fields.last_mut().into_iter().for_each(|f| *f = true),
                _ => {
                    self.fields.pop();
                }
            },
            "footnoteReference" | "endnoteReference" => self.reference(tag, name.as_ref()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn paragraph_property(&mut self, tag: &BytesStart, name: &str) {
        let value = || attribute(tag, "val");
        match name {
            "pStyle" => {
                let style = self.styles.get(&value().unwrap_or_default());
                self.open.heading = self.open.heading.or(style.heading);
                self.open.quotation |= style.quotation;
                self.layout.style = style.italic;
            }
            "outlineLvl" => {
                self.open.heading = value().and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9).map(|l| l + 1);
            }
            "ind" => {
                let left = attribute(tag, "left").or_else(|| attribute(tag, "start"));
                self.layout.indent = left.and_then(|l| l.parse().ok()).unwrap_or(0);
                self.layout.hanging = attribute(tag, "hanging").is_some_and(|h| h != "0");
            }
            "numPr" => self.layout.listed = true,
            "sectPr" => self.open.ends_section = true,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipped == 0 {
            let text = if self.keeps_spaces { text } else { text.trim_matches(['\n', '\r', ' ']) };
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        // of a field only the result is read
        if text.is_empty() || self.run.hidden || self.fields.iter().any(|result| !result) {
            return;
        }
        let text = text.replace(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], " ");
        if std::mem::take(&mut self.custom)
            && let Some(Piece::Footnote { custom, .. } | Piece::Endnote { custom, .. }) = self.open.pieces.last_mut()
        {
            let sign = text.trim().trim_matches(['[', ']', '^']);
            *custom = Some(if sign.is_empty() { "*".to_owned() } else { sign.to_owned() });
            return;
        }
        let italic = self.run.italic.or(self.run.style).or(self.layout.style).unwrap_or(false);
        match self.open.pieces.last_mut() {
            Some(Piece::Text { text: before, italic: same }) if *same == italic => before.push_str(&text),
            _ => self.open.pieces.push(Piece::Text { text, italic }),
        }
    }

    fn reference(&mut self, tag: &BytesStart, name: &str) {
        let id = attribute(tag, "id").unwrap_or_default();
        self.custom = attribute(tag, "customMarkFollows").is_some_and(|v| matches!(v.as_str(), "1" | "true" | "on"));
        self.open.pieces.push(match name {
            "footnoteReference" => Piece::Footnote { id, custom: None },
            _ => Piece::Endnote { id, custom: None },
        });
    }

    fn begin_paragraph(&mut self) {
        if !std::mem::take(&mut self.layout.joined) {
            self.open = Paragraph::default();
        }
        self.layout = Layout::default();
        self.run = Run::default();
    }

    fn end_paragraph(&mut self) {
        if self.layout.joined {
            return;
        }
        let layout = std::mem::take(&mut self.layout);
        let mut paragraph = std::mem::take(&mut self.open);
        let set_off = layout.indent >= SET_OFF && !layout.hanging && !layout.listed;
        paragraph.quotation |= set_off && paragraph.heading.is_none();
        self.custom = false;
        self.done.push(paragraph);
    }
}

/// A sign by its number in a font of signs, whose numbers begin at U+F000.
fn symbol(tag: &BytesStart) -> char {
    let number = attribute(tag, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
    let letter = number.map(|n| if (0xf020..=0xf07e).contains(&n) { n - 0xf000 } else { n });
    letter.and_then(char::from_u32).filter(|c| !c.is_control()).unwrap_or(char::REPLACEMENT_CHARACTER)
}
