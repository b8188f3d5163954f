//! The character sets of the fonts of RTF, by their numbers.

use std::collections::HashMap;

use encoding_rs::*;

/// The most fonts that are remembered.
const FONTS: usize = 10_000;

/// The set of a font by its number; none where the document's own is meant.
fn font_set(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        0 => WINDOWS_1252,
        77 => MACINTOSH,
        128 => SHIFT_JIS,
        129 => EUC_KR,
        134 => GBK,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178..=180 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

/// The fonts a document declares.
#[derive(Default)]
pub(super) struct Fonts {
    pub(super) default: Option<i32>,
    sets: HashMap<i32, &'static Encoding>,
    now: Option<i32>,
}

impl Fonts {
    /// Begins the description of this font.
    pub(super) fn begin(&mut self, number: Option<i32>) {
        self.now = number;
    }

    pub(super) fn charset(&mut self, number: Option<i32>) {
        if let (Some(font), Some(set)) = (self.now, number.and_then(font_set))
            && self.sets.len() < FONTS
        {
            self.sets.insert(font, set);
        }
    }

    /// The set of a font; none where it is the document's own.
    pub(super) fn encoding(&self, font: Option<i32>) -> Option<&'static Encoding> {
        self.sets.get(&font.or(self.default)?).copied()
    }
}
