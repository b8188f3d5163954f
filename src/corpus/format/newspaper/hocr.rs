//! hOCR: the words of scanned pages as a web page whose classes and titles say where they stand.

use quick_xml::events::BytesStart;

use super::page::{Block, Line, Page, Word, note_damage};
use crate::corpus::format::shared::hyphens;
use crate::corpus::format::xml;
use crate::corpus::format::xml::{Id, Tree};

/// Returns whether the head of a web page is that of hOCR: an element of it is a page, or its head names the program.
/// Prose may name both.
pub(in crate::corpus::format) fn is_hocr(head: &[u8]) -> bool {
    if memchr::memmem::find(head, b"ocr").is_none() {
        return false;
    }
    let text = String::from_utf8_lossy(head);
    text.split('<').skip(1).filter_map(|after| after.split_once('>')).any(|(tag, _)| says_hocr(tag))
}

/// Returns whether a tag has the class of a page, or names the program that read the pages.
fn says_hocr(tag: &str) -> bool {
    let name = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    let tag = BytesStart::from_content(tag, name);
    let mut attributes = tag.html_attributes();
    attributes.with_checks(false).flatten().any(|attribute| {
        let mut words = attribute.value.split_whitespace();
        match attribute.key.as_ref().to_ascii_lowercase().as_str() {
            "class" => words.any(|word| word == "ocr_page"),
            "name" => words.any(|word| matches!(word, "ocr-system" | "ocr-capabilities")),
            _ => false,
        }
    })
}

/// Reads the pages of a file, and its title.
pub(super) fn read(bytes: Vec<u8>) -> (Vec<Page>, Option<String>) {
    let tree = xml::read(bytes);
    let title = tree.find(0, "title").and_then(|id| tree.line_of(id));
    let mut pages: Vec<Page> = Vec::new();
    for id in tree.descendants(0) {
        match class(&tree, id) {
            Some("ocr_page") => pages.push(Page::default()),
            Some("ocr_par" | "ocr_carea" | "ocrx_block") => {
                if let Some(page) = pages.last_mut() {
                    page.blocks.push(Block::default());
                }
            }
            Some("ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat" | "ocrx_line") => {
                if pages.is_empty() {
                    pages.push(Page::default());
                }
                if let Some(page) = pages.last_mut() {
                    line(&tree, id, page);
                }
            }
            _ => {}
        }
    }
    note_damage(&mut pages, tree.broken);
    (pages, title)
}

fn line(tree: &Tree, id: Id, page: &mut Page) {
    let mut words = Vec::new();
    for word in tree.descendants(id).filter(|id| matches!(class(tree, *id), Some("ocrx_word" | "ocr_word"))) {
        if let Some(text) = tree.line_of(word) {
            words.push(Word { text, ..Word::default() });
        }
        if let Some(sure) = property(tree, word, "x_wconf").and_then(|sure| sure.parse::<f64>().ok()) {
            page.note_confidence(&(sure / 100.0).to_string());
        }
    }
    if words.is_empty() {
        words.extend(tree.line_of(id).map(|text| Word { text, ..Word::default() }));
    }
    if words.is_empty() {
        return;
    }
    let hyphen = words.last().is_some_and(|word| hyphens::cut_word(&word.text).is_some());
    if page.blocks.is_empty() {
        page.blocks.push(Block::default());
    }
    if let Some(block) = page.blocks.last_mut() {
        block.lines.push(Line { name: String::new(), region: region(tree, id), words, hyphen });
    }
}

fn class(tree: &Tree, id: Id) -> Option<&str> {
    tree.attribute(id, "class")?.split_whitespace().find(|class| class.starts_with("ocr"))
}

/// A property in the title of an element: `bbox 10 20 110 40; x_wconf 92`.
fn property<'a>(tree: &'a Tree, id: Id, name: &str) -> Option<&'a str> {
    let title = tree.attribute(id, "title")?;
    title.split(';').find_map(|property| property.trim().strip_prefix(name)?.strip_prefix(' ')).map(str::trim)
}

fn region(tree: &Tree, id: Id) -> Option<[u32; 4]> {
    let mut numbers = property(tree, id, "bbox")?.split_whitespace().map_while(|number| number.parse::<u32>().ok());
    let (left, top, right, foot) = (numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?);
    Some([left, top, right.checked_sub(left)?, foot.checked_sub(top)?])
}
