//! What the styles of a Word document mean: headings, quotations, emphasis.

use super::parts::{attribute, is_on};
use quick_xml::Reader;
use quick_xml::events::Event;
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, Default, Debug)]
pub struct Style {
    /// From 1.
    pub heading: Option<u8>,
    pub quotation: bool,
    pub italic: Option<bool>,
}

#[derive(Default)]
pub struct Styles(FxHashMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`; what cannot be read has no meaning.
    pub fn new(xml: &str) -> Styles {
        let mut reader = Reader::from_str(xml);
        let mut found: FxHashMap<String, (Style, Option<String>)> = FxHashMap::default();
        let mut id = String::new();
        while let Ok(event) = reader.read_event() {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            let name = tag.local_name();
            if name.as_ref() == "style" {
                id = attribute(&tag, "styleId").unwrap_or_default();
                found.insert(id.clone(), Default::default());
                continue;
            }
            let Some((style, base)) = found.get_mut(&id) else { continue };
            let value = attribute(&tag, "val");
            match name.as_ref() {
                "name" => named(style, &value.unwrap_or_default().to_lowercase()),
                "basedOn" => *base = value,
                "outlineLvl" => {
                    style.heading = value.and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9).map(|l| l + 1)
                }
                "i" => style.italic = Some(is_on(&tag)),
                _ => {}
            }
        }
        Styles(found.keys().map(|id| (id.clone(), inherited(&found, id))).collect())
    }

    pub fn get(&self, id: &str) -> Style {
        self.0.get(id).copied().unwrap_or_default()
    }
}

fn named(style: &mut Style, name: &str) {
    let level = name.strip_prefix("heading ").and_then(|l| l.trim().parse().ok());
    style.heading = style.heading.or(level).or((name == "title").then_some(1));
    style.quotation = matches!(name, "quote" | "intense quote" | "block text" | "block quote" | "blockquote");
}

/// A style with what it has from those it is based on.
fn inherited(all: &FxHashMap<String, (Style, Option<String>)>, id: &str) -> Style {
    let mut style = Style::default();
    let mut next = Some(id);
    // styles based on one another in a circle are not followed for ever
    for _ in 0..16 {
        let Some((own, base)) = next.and_then(|id| all.get(id)) else { break };
        style.heading = style.heading.or(own.heading);
        style.quotation |= own.quotation;
        style.italic = style.italic.or(own.italic);
        next = base.as_deref();
    }
    style
}
