//! The texts of an old Word document that stand beside its main text: comments and boxes (MS-DOC, 2.4.1).

use super::biff::{u16_at, u32_at};
use super::container::stream;

/// The paragraphs of comments and boxes. None of a damaged document.
pub(super) fn beside(bytes: &[u8]) -> Option<Vec<String>> {
    let main = stream(bytes, &["/WordDocument"]).ok()?;
    // Word 97 is the first with this layout.
    if u16_at(&main, 2)? < 0xc1 {
        return Some(Vec::new());
    }
    let table = stream(bytes, &[if u16_at(&main, 0xa)? & 0x200 != 0 { "/1Table" } else { "/0Table" }]).ok()?;
    let length = |at| number(&main, at);
    // The stories follow each other: the text, footnotes, heads and feet, macros, comments, endnotes, boxes, and boxes in
    // heads and feet.
    let before_comments =
        length(0x4c)?.checked_add(length(0x50)?)?.checked_add(length(0x54)?)?.checked_add(length(0x58)?)?;
    let comments = before_comments..before_comments.checked_add(length(0x5c)?)?;
    let before_boxes = comments.end.checked_add(length(0x60)?)?;
    let boxes = before_boxes..before_boxes.checked_add(length(0x64)?)?.checked_add(length(0x68)?)?;
    if comments.is_empty() && boxes.is_empty() {
        return Some(Vec::new());
    }
    let pieces = pieces(table.get(number(&table_place(&main)?, 0)?..)?, number(&table_place(&main)?, 4)?)?;
    let mut text = String::new();
    for range in [comments, boxes] {
        for piece in &pieces {
            piece.add(&main, &range, &mut text);
        }
        text.push('\r');
    }
    let shown = without_fields(&text);
    Some(
        shown
            .split(['\r', '\u{b}', '\u{c}', '\u{7}'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

/// The eight bytes that say where the list of pieces is.
fn table_place(main: &[u8]) -> Option<[u8; 8]> {
    main.get(0x1a2..0x1aa)?.try_into().ok()
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// A run of characters, and where its bytes begin.
struct Piece {
    characters: std::ops::Range<usize>,
    begin: usize,
    narrow: bool,
}

impl Piece {
    /// Adds those of its characters that are in a range.
    fn add(&self, main: &[u8], range: &std::ops::Range<usize>, out: &mut String) {
        let (from, to) = (self.characters.start.max(range.start), self.characters.end.min(range.end));
        let width = if self.narrow { 1 } else { 2 };
        let at = |character: usize| self.begin.checked_add((character - self.characters.start).checked_mul(width)?);
        let bytes = if from < to { at(from).zip(at(to)).and_then(|(from, to)| main.get(from..to)) } else { None };
        let encoding = if self.narrow { encoding_rs::WINDOWS_1252 } else { encoding_rs::UTF_16LE };
        out.push_str(&encoding.decode_without_bom_handling(bytes.unwrap_or_default()).0);
    }
}

fn pieces(list: &[u8], length: usize) -> Option<Vec<Piece>> {
    let list = list.get(..length)?;
    let mut at = 0;
    // What is formatted by hand stands before the pieces.
    while list.get(at) == Some(&1) {
        at += 3 + usize::from(u16_at(list, at + 1)?);
    }
    let pieces = list.get(at + 5..).filter(|_| list.get(at) == Some(&2))?;
    let count = pieces.len().checked_sub(4)? / 12;
    let piece = |number: usize| {
        let place = self::number(pieces, 4 * (count + 1) + 8 * number + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let place = place & 0x3fff_ffff;
        let characters = self::number(pieces, 4 * number)?..self::number(pieces, 4 * number + 4)?;
        Some(Piece { characters, begin: if narrow { place / 2 } else { place }, narrow })
    };
    Some((0..count).map_while(piece).collect())
}

/// Only the results of fields are shown, and no marks.
fn without_fields(text: &str) -> String {
    let (mut shown, mut codes) = (String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '\u{13}' => codes += 1,
            '\u{14}' | '\u{15}' => codes = codes.saturating_sub(usize::from(codes > 0)),
            '\r' | '\u{7}' | '\u{b}' | '\u{c}' => {
                codes = 0;
                shown.push(c);
            }
            '\t' => shown.push(' '),
            '\u{1e}' => shown.push('-'),
            c if codes == 0 && c >= ' ' => shown.push(c),
            _ => {}
        }
    }
    shown
}
