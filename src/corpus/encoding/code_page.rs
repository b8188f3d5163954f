//! The code pages by whose numbers Windows, DOS and the Macintosh name character sets.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_2022_JP, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8,
    WINDOWS_874, X_MAC_CYRILLIC,
};

/// The encoding of a code page by its number; none for those that no decoder is at hand for, such as that of Johab,
/// and none for UTF-16: whoever names it for texts of single bytes means that other texts are in it.
pub(crate) fn code_page(number: u32) -> Option<&'static Encoding> {
    Some(match number {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 | 51_949 => EUC_KR,
        950 => BIG5,
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        // Workbooks write the second number for the Macintosh.
        10_000 | 0x8000 => MACINTOSH,
        10_007 => X_MAC_CYRILLIC,
        20_866 => KOI8_R,
        21_866 => KOI8_U,
        28_591..=28_606 => return Encoding::for_label(format!("iso-8859-{}", number - 28_590).as_bytes()),
        50_220..=50_222 => ISO_2022_JP,
        51_932 => EUC_JP,
        54_936 => GB18030,
        65_001 => UTF_8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_pages_have_the_encodings_of_their_makers() {
        for (number, name) in [
            (1251, Some("windows-1251")),
            (1258, Some("windows-1258")),
            (28_591, Some("windows-1252")),
            (28_592, Some("ISO-8859-2")),
            (28_605, Some("ISO-8859-15")),
            (54_936, Some("gb18030")),
            (0x8000, Some("macintosh")),
            (1200, None),
            (1201, None),
            (1361, None),
            (20_127, None),
            (0, None),
            (u32::MAX, None),
        ] {
            assert_eq!(code_page(number).map(Encoding::name), name, "{number}");
        }
    }
}
