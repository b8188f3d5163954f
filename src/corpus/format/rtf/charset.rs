//! The character sets of RTF: numbered code pages of the document, numbered sets of its fonts.

use std::collections::HashMap;

use encoding_rs::*;

/// The most fonts that are remembered.
const FONTS: usize = 10_000;

/// A code page of Windows, DOS or the Macintosh by its number; none for those that no decoder is at hand for.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 | 54936 => GBK,
        949 | 1361 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        20866 => KOI8_R,
        21866 => KOI8_U,
        65001 => UTF_8,
        _ => return None,
    })
}

/// The set of a font by its number; none where the document's own is meant.
fn font_set(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        0 => WINDOWS_1252,
        77 => MACINTOSH,
        128 => SHIFT_JIS,
        129 | 130 => EUC_KR,
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
