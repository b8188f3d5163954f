//! ALTO: the words of a scanned page with their regions (versions 1 to 4).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::page::{Block, Half, Line, Page, Word, note_damage};
use crate::corpus::encoding;
use crate::corpus::format::shared::entities;

/// The most words of a file.
const WORDS: usize = 2_000_000;

/// The deepest nesting of blocks. No honest file nests deeper.
const DEEPEST: usize = 200;

/// The elements that surround others, by whose names an article refers to what is in them.
const AROUND: [&str; 8] =
    ["Page", "PrintSpace", "TopMargin", "LeftMargin", "RightMargin", "BottomMargin", "ComposedBlock", "TextBlock"];

/// Reads the pages of a file. What is damaged ends the last of them, which says so.
pub(super) fn read(bytes: Vec<u8>) -> Vec<Page> {
    let declared = encoding::declared_charset(&bytes);
    let text = encoding::decode(bytes, declared).text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().allow_dangling_amp = true;
    let mut at = State::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => at.begin(&element),
            Ok(Event::Empty(element)) => {
                at.begin(&element);
                at.end(element.local_name().as_ref());
            }
            Ok(Event::End(element)) => at.end(element.local_name().as_ref()),
            Ok(Event::Eof) => {
                let cut = (!at.around.is_empty()).then(|| "it is cut off".to_owned());
                return at.finish(cut);
            }
            Ok(_) => {}
            Err(error) => return at.finish(Some(error.to_string())),
        }
        if at.words > WORDS || at.around.len() > DEEPEST {
            let reason = format!("it has more than {WORDS} words, or blocks in each other beyond reason");
            return at.finish(Some(reason));
        }
    }
}

#[derive(Default)]
struct State {
    pages: Vec<Page>,
    /// The names of pages, spaces and blocks that are open.
    around: Vec<String>,
    words: usize,
}

impl State {
    fn begin(&mut self, element: &BytesStart) {
        let name = element.local_name();
        if AROUND.contains(&name.as_ref()) {
            self.around.push(attribute(element, "ID").unwrap_or_default());
        }
        match name.as_ref() {
            "Page" => self.pages.push(Page::default()),
            "TextBlock" => {
                let block = Block { names: self.around.clone(), lines: Vec::new() };
                self.page().blocks.push(block);
            }
            "TextLine" => {
                let line = Line {
                    name: attribute(element, "ID").unwrap_or_default(),
                    region: region(element),
                    ..Line::default()
                };
                self.block().lines.push(line);
            }
            "String" => self.word(element),
            "HYP" => {
                if let Some(line) = self.block().lines.last_mut() {
                    line.hyphen = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if AROUND.contains(&name) {
            self.around.pop();
        }
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn block(&mut self) -> &mut Block {
        let names = self.around.clone();
        let page = self.page();
        if page.blocks.is_empty() {
            page.blocks.push(Block { names, lines: Vec::new() });
        }
        let last = page.blocks.len() - 1;
        &mut page.blocks[last]
    }

    fn word(&mut self, element: &BytesStart) {
        self.words += 1;
        let mut word = Word::default();
        let mut sure = None;
        let mut place = [None; 4];
        for found in element.attributes().with_checks(false).flatten() {
            let value = || entities::unescape(&found.value).into_owned();
            match found.key.local_name().as_ref() {
                "ID" => word.name = value(),
                "CONTENT" => word.text = value(),
                "SUBS_CONTENT" => word.whole = Some(value()).filter(|whole| !whole.trim().is_empty()),
                "SUBS_TYPE" if found.value.contains("Part1") => word.half = Half::First,
                "SUBS_TYPE" if found.value.contains("Part2") => word.half = Half::Second,
                "WC" => sure = Some(value()),
                "HPOS" => place[0] = length(&found.value),
                "VPOS" => place[1] = length(&found.value),
                "WIDTH" => place[2] = length(&found.value),
                "HEIGHT" => place[3] = length(&found.value),
                _ => {}
            }
        }
        if let Some(sure) = sure {
            self.page().note_confidence(&sure);
        }
        let region = all(place);
        let block = self.block();
        if block.lines.is_empty() {
            block.lines.push(Line::default());
        }
        if let Some(line) = block.lines.last_mut() {
            // A line without a place of its own has that of its words.
            if line.words.is_empty() && line.region.is_none() {
                line.region = region;
            }
            line.words.push(word);
        }
    }

    fn finish(mut self, broken: Option<String>) -> Vec<Page> {
        note_damage(&mut self.pages, broken);
        self.pages
    }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(entities::unescape(&found.value).into_owned())
}

/// A length in the units of the file. Old files write fractions.
fn length(value: &str) -> Option<u32> {
    let value: f64 = value.trim().parse().ok()?;
    (0.0..1e9).contains(&value).then_some(value as u32)
}

fn all(place: [Option<u32>; 4]) -> Option<[u32; 4]> {
    let [left, top, width, height] = place;
    Some([left?, top?, width?, height?])
}

fn region(element: &BytesStart) -> Option<[u32; 4]> {
    let number = |name| attribute(element, name).and_then(|value| length(&value));
    all([number("HPOS"), number("VPOS"), number("WIDTH"), number("HEIGHT")])
}
