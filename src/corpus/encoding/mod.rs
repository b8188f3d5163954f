//! From bytes to text.
//!
//! The first of these that fits decides: a byte order mark or the shape of UTF-16 and UTF-32; valid UTF-8; the encoding
//! that the file declares; detection, by a library for web encodings and by [`cyrillic`] for the old Cyrillic ones that
//! it does not tell apart. The main type is [`Decoded`]: the text, its encoding, and how certain that is.
//!
//! The invariant: decoding never fails. Bytes that mean nothing become replacement characters and are counted, and
//! every text says whether its encoding was marked, declared, valid or guessed. Bytes that are no text at all are
//! recognised as binary before they come here.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

mod code_page;
mod cyrillic;
mod east_asian;

pub(crate) use code_page::code_page;
use cyrillic::Reading;

use crate::corpus::input::line_ends;
use crate::document::Certainty;

/// The bytes at the head of a file by which text is told from other data.
pub(crate) const SAMPLE: usize = 8 * 1024;

/// The bytes that are shown to the detector. More make it slower and hardly surer.
const DETECT: usize = 128 * 1024;

/// The mark of a text in ISO-2022-KR (RFC 1557), which stands before its first shift.
const KOREAN: &[u8] = b"\x1b$)C";

/// A decoded text with its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Its name in the Encoding Standard, or `UTF-32LE`, `UTF-32BE`, `ISO-2022-KR`, `IBM855`, `Johab`, `EUC-TW`.
    pub(crate) encoding: &'static str,
    /// The evidence for the encoding.
    pub(crate) certainty: Certainty,
    /// The byte of the file at which the text begins, if the text is the file's own UTF-8 bytes: 0, or 3 after a byte
    /// order mark.
    pub(crate) byte_exact: Option<u64>,
    /// The number of replacement characters, which stand for bytes that mean nothing in the encoding.
    pub(crate) replaced: usize,
}

/// The Unicode encodings of two or four bytes, which no detector of byte encodings knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// Returns whether the bytes are in UTF-16 or UTF-32, so that a line end is more than one byte.
pub(crate) fn is_wide(bytes: &[u8]) -> bool {
    wide(bytes).is_some()
}

/// Returns whether these bytes are no text, by their first 8 KB.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if is_wide(bytes) {
        return false;
    }
    let sample = head(bytes, SAMPLE);
    let korean = is_shifted_korean(sample);
    let (mut nuls, mut controls) = (0, 0);
    for &byte in sample {
        nuls += usize::from(byte == 0);
        // The escape character begins the shifts of ISO-2022. Tab to carriage return, and backspace, are in every old
        // text.
        let shift = matches!(byte, 0x1b) || korean && matches!(byte, 0x0e | 0x0f);
        controls += usize::from(byte < 0x20 && !matches!(byte, 8..=13) && !shift || byte == 0x7f);
    }
    // Of random bytes, one in 256 is NUL and one in ten a control character.
    nuls * 500 > sample.len() || controls * 20 > sample.len()
}

/// Decodes a text: by its byte order mark or its shape in UTF-16 or UTF-32, as UTF-8 if it is valid, by the character
/// set `declared`, or by detection.
///
/// Valid UTF-8 beyond ASCII is preferred to what the text declares: it hardly ever happens by chance, while
/// declarations are often wrong. Nothing is copied if the bytes are UTF-8.
pub(crate) fn decode(mut bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Decoded {
    if let Some(wide) = wide(&bytes) {
        return decode_wide(&bytes, wide);
    }
    let mut begin = 0;
    let marked = bytes.starts_with(b"\xef\xbb\xbf");
    if marked {
        begin = 3;
        bytes.drain(..3);
    }
    // ISO-2022-JP is plain ASCII for a UTF-8 reader.
    if is_shifted_japanese(&bytes) {
        let declared = declared.is_some_and(|declared| declared == ISO_2022_JP);
        return decode_as(&bytes, ISO_2022_JP, if declared { Certainty::Declared } else { Certainty::Marked });
    }
    if is_shifted_korean(head(&bytes, SAMPLE)) {
        return decode_shifted_korean(&bytes);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let certainty = if marked { Certainty::Marked } else { Certainty::Valid };
            return Decoded { text, encoding: UTF_8.name(), certainty, byte_exact: Some(begin), replaced: 0 };
        }
        Err(error) => error.into_bytes(),
    };
    if marked || is_damaged_utf8(&bytes) {
        let certainty = if marked { Certainty::Marked } else { Certainty::Guessed };
        return decode_as(&bytes, UTF_8, certainty);
    }
    // A declaration of UTF-8 or UTF-16 has just been proved wrong.
    match declared.filter(|declared| ![UTF_8, UTF_16LE, UTF_16BE].contains(declared)) {
        Some(declared) => decode_as(&bytes, declared, Certainty::Declared),
        None => decode_guessed(&bytes),
    }
}

/// Decodes a text by its bytes alone.
fn decode_guessed(bytes: &[u8]) -> Decoded {
    let certainty = Certainty::Guessed;
    if let Some(encoding) = east_asian::recognise(bytes) {
        let text = encoding.decode(bytes);
        let replaced = count_replaced(&text);
        return Decoded { text, encoding: encoding.name(), certainty, byte_exact: None, replaced };
    }
    match cyrillic::better(bytes, detect(bytes)) {
        Reading::Standard(encoding) => decode_as(bytes, encoding, certainty),
        reading @ Reading::CodePage855 => {
            let text = cyrillic::decode_855(bytes);
            Decoded { text, encoding: reading.name(), certainty, byte_exact: None, replaced: 0 }
        }
    }
}

/// The character set that a web page or an XML file names in its first 4 KB.
#[cfg_attr(not(feature = "html"), allow(dead_code))]
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = head(bytes, 4096).to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..)?;
        let key: &[u8] = if rest.starts_with(b"meta") {
            b"charset"
        } else if rest.starts_with(b"?xml") {
            b"encoding"
        } else {
            continue;
        };
        let tag = rest.get(..memchr::memchr(b'>', rest).unwrap_or(rest.len())).unwrap_or(rest);
        let Some(at) = memchr::memmem::find(tag, key) else { continue };
        let value = tag.get(at + key.len()..).unwrap_or_default().trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|byte| matches!(byte, b'"' | b'\'' | b';' | b' ' | b'/' | b'?' | b'>'));
        if let Some(encoding) = Encoding::for_label_no_replacement(value.get(..end.unwrap_or(value.len()))?) {
            return Some(encoding);
        }
    }
    None
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, certainty: Certainty) -> Decoded {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let replaced = if malformed { count_replaced(&text) } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), certainty, byte_exact: None, replaced }
}

/// Returns whether ASCII bytes shift to Japanese characters (ISO-2022-JP).
fn is_shifted_japanese(bytes: &[u8]) -> bool {
    const SHIFTS: [&[u8]; 3] = [b"$B", b"$@", b"(I"];
    let mut escapes = memchr::memchr_iter(0x1b, bytes);
    escapes.any(|at| bytes.get(at + 1..).is_some_and(|after| SHIFTS.iter().any(|shift| after.starts_with(shift))))
        && bytes.is_ascii()
}

fn is_shifted_korean(head: &[u8]) -> bool {
    memchr::memchr(0x0e, head).is_some() && memchr::memmem::find(head, KOREAN).is_some()
}

/// Decodes ISO-2022-KR, which is EUC-KR with the upper bits left out between the shifts.
fn decode_shifted_korean(bytes: &[u8]) -> Decoded {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            0x0e => shifted = true,
            0x0f => shifted = false,
            0x1b if after.starts_with(b"$)C") => rest = after.get(3..).unwrap_or_default(),
            // The end of a line also ends the shift.
            b'\n' => {
                shifted = false;
                plain.push(*byte);
            }
            0x21..=0x7e if shifted => plain.push(byte | 0x80),
            byte => plain.push(*byte),
        }
    }
    Decoded { encoding: "ISO-2022-KR", ..decode_as(&plain, EUC_KR, Certainty::Marked) }
}

fn count_replaced(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}

/// Returns whether nearly all bytes that are not ASCII are valid UTF-8: the text was cut within a character, or has
/// some bad bytes.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in head(bytes, DETECT).utf8_chunks() {
        // The longer a character, the less likely it is by chance.
        let weight = |byte: u8| match byte {
            0xc0..0xe0 => 1,
            0xe0..0xf0 => 4,
            0xf0.. => 10,
            _ => 0,
        };
        good += chunk.valid().bytes().map(weight).sum::<usize>();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= 10 * bad
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    // The first characters that are not ASCII may come late.
    let first = bytes.iter().position(|&byte| byte >= 0x80 || byte == 0x1b).unwrap_or(0).saturating_sub(1024);
    let sample = head(bytes.get(first..).unwrap_or(bytes), DETECT);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn wide(bytes: &[u8]) -> Option<Wide> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some(Wide::Utf32Le),
        [0, 0, 0xfe, 0xff, ..] => return Some(Wide::Utf32Be),
        [0xff, 0xfe, ..] => return Some(Wide::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Wide::Utf16Be),
        _ => {}
    }
    let sample = head(bytes, SAMPLE);
    memchr::memchr(0, sample)?;
    let mut nuls = [0usize; 4];
    for unit in sample.chunks_exact(4) {
        for (count, &byte) in nuls.iter_mut().zip(unit) {
            *count += usize::from(byte == 0);
        }
    }
    let units = sample.len() / 4;
    if units == 0 {
        return None;
    }
    // A space or a Latin letter has a NUL as its upper half. Hardly any character has one as its lower half.
    let [first, second, third, fourth] = nuls;
    let guess = if fourth == units && third * 10 >= units * 9 {
        Wide::Utf32Le
    } else if first == units && second * 10 >= units * 9 {
        Wide::Utf32Be
    } else if (second + fourth) * 20 >= units * 2 && (first + third) * 100 < (second + fourth) * 5 {
        Wide::Utf16Le
    } else if (first + third) * 20 >= units * 2 && (second + fourth) * 100 < (first + third) * 5 {
        Wide::Utf16Be
    } else {
        return None;
    };
    let whole = head(sample, units * 4);
    let text = decode_wide(whole, guess).text;
    let strange = text.chars().filter(|&c| c == '\u{fffd}' || c.is_control() && !c.is_ascii_whitespace()).count();
    (strange * 50 <= text.chars().count()).then_some(guess)
}

fn decode_wide(bytes: &[u8], wide: Wide) -> Decoded {
    let encoding = match wide {
        Wide::Utf16Le => UTF_16LE,
        Wide::Utf16Be => UTF_16BE,
        Wide::Utf32Le => return decode_utf32(bytes, "UTF-32LE", u32::from_le_bytes),
        Wide::Utf32Be => return decode_utf32(bytes, "UTF-32BE", u32::from_be_bytes),
    };
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    let replaced = if malformed { count_replaced(&text) } else { 0 };
    let certainty = wide_certainty(bytes);
    let text = line_ends::in_text(text.into_owned());
    Decoded { text, encoding: encoding.name(), certainty, byte_exact: None, replaced }
}

fn wide_certainty(bytes: &[u8]) -> Certainty {
    let marks: [&[u8]; 4] = [b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\xff\xfe\0\0"];
    if marks.iter().any(|mark| bytes.starts_with(mark)) { Certainty::Marked } else { Certainty::Guessed }
}

fn decode_utf32(bytes: &[u8], encoding: &'static str, unit: fn([u8; 4]) -> u32) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut replaced = 0;
    for chunk in bytes.chunks(4) {
        let read = <[u8; 4]>::try_from(chunk).ok().and_then(|four| char::from_u32(unit(four)));
        replaced += usize::from(read.is_none());
        text.push(read.unwrap_or('\u{fffd}'));
    }
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded { text, encoding, certainty: wide_certainty(bytes), byte_exact: None, replaced }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    const RUSSIAN: &str = "Сегодня в городе прошло торжественное открытие нового моста через реку. \
        На церемонии выступил мэр, который поблагодарил строителей за работу.\n";

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn utf8_is_taken_as_it_is_and_its_bytes_stay_exact() {
        let decoded = decode("naïve\r\n".into(), None);
        assert_eq!((decoded.text.as_str(), decoded.byte_exact, decoded.replaced), ("naïve\r\n", Some(0), 0));
        let decoded = decode(b"\xef\xbb\xbfabc".to_vec(), None);
        assert_eq!((decoded.text.as_str(), decoded.byte_exact), ("abc", Some(3)));
        assert_eq!(decode(Vec::new(), None).text, "");
    }

    #[test]
    fn wide_unicode_is_read_with_and_without_its_mark() {
        let text = "Press release of the harbour board, 12 May.\r\nNo. 5\r\n".repeat(4);
        for (unit, name) in [(u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"), (u16::to_be_bytes, "UTF-16BE")] {
            for mark in ["", "\u{feff}"] {
                let bytes = utf16(&format!("{mark}{text}"), unit);
                assert!(is_wide(&bytes) && !is_binary(&bytes));
                let decoded = decode(bytes, None);
                assert_eq!((decoded.text.as_str(), decoded.encoding), (text.as_str(), name));
            }
        }
        let little: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
        let big: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        assert_eq!(decode(little, None).text, text);
        assert_eq!(decode(big, None).text, text);
        // Spaces are enough to recognise Cyrillic.
        assert_eq!(decode(utf16(RUSSIAN, u16::to_le_bytes), None).text, RUSSIAN);
    }

    #[test]
    fn old_encodings_are_declared_or_detected() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
        let decoded = decode(bytes.to_vec(), None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (RUSSIAN, "windows-1251"));
        assert_eq!(decoded.byte_exact, None);
        let (bytes, ..) = encoding_rs::ISO_8859_7.encode("Καλημέρα");
        assert_eq!(decode(bytes.to_vec(), Some(encoding_rs::ISO_8859_7)).text, "Καλημέρα");
        let (bytes, ..) = encoding_rs::ISO_2022_JP.encode("日本語の新聞");
        assert_eq!(decode(bytes.to_vec(), Some(encoding_rs::ISO_2022_JP)).text, "日本語の新聞");
    }

    #[test]
    fn japanese_between_shifts_is_read_though_nobody_declares_it() {
        let text = "The pond: 池は凍った。\n鴨は二度数えられた。\n";
        let (bytes, ..) = ISO_2022_JP.encode(text);
        let late = [b"Plain words before it. ".repeat(1_000), bytes.to_vec()].concat();
        for bytes in [bytes.to_vec(), late] {
            let decoded = decode(bytes, None);
            assert!(decoded.text.ends_with(text));
            assert_eq!((decoded.encoding, decoded.certainty), ("ISO-2022-JP", Certainty::Marked));
        }
        let colours = "\u{1b}[31mred\u{1b}[0m";
        assert_eq!(decode(colours.into(), None).text, colours);
    }

    #[test]
    fn it_is_told_how_the_encoding_is_known() {
        let (russian, ..) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
        for (bytes, declared, expected) in [
            (b"\xef\xbb\xbfabc".to_vec(), None, Certainty::Marked),
            (RUSSIAN.into(), Some(encoding_rs::WINDOWS_1251), Certainty::Valid),
            (russian.to_vec(), Some(encoding_rs::WINDOWS_1251), Certainty::Declared),
            (russian.to_vec(), None, Certainty::Guessed),
            (utf16(&format!("\u{feff}{RUSSIAN}"), u16::to_be_bytes), None, Certainty::Marked),
            (utf16(RUSSIAN, u16::to_le_bytes), None, Certainty::Guessed),
        ] {
            assert_eq!(decode(bytes, declared).certainty, expected);
        }
    }

    #[test]
    fn shifted_korean_is_a_text() {
        let bytes = b"\x1b$)C\nSeoul: \x0eGQ1[\x0f.\n\x0eGQ\x0f!";
        assert!(!is_binary(bytes));
        let decoded = decode(bytes.to_vec(), None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("\nSeoul: 한글.\n한!", "ISO-2022-KR"));
    }

    #[test]
    fn good_utf8_goes_before_a_false_declaration() {
        assert_eq!(decode("Łódź".into(), Some(encoding_rs::WINDOWS_1252)).text, "Łódź");
    }

    #[test]
    fn some_bad_bytes_do_not_spoil_a_utf8_text() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.insert(0, 0xff);
        bytes.push(0xd0);
        let decoded = decode(bytes, None);
        assert_eq!((decoded.encoding, decoded.replaced, decoded.byte_exact), ("UTF-8", 2, None));
        assert!(decoded.text.contains(RUSSIAN));
    }

    #[test]
    fn pages_name_their_character_set_in_many_ways() {
        let cases: [(&str, Option<&str>); 8] = [
            ("<meta charset=\"windows-1254\">", Some("windows-1254")),
            ("<META http-equiv=content-type content='text/html; CHARSET=Shift_JIS'>", Some("Shift_JIS")),
            ("<meta charset = utf-8 />", Some("UTF-8")),
            ("<?xml version='1.0' encoding='KOI8-R'?>", Some("KOI8-R")),
            ("<meta name=a><meta charset=iso-8859-1>", Some("windows-1252")),
            ("<meta charset=klingon>", None),
            ("<p>charset=koi8-r", None),
            ("<meta charset", None),
        ];
        for (page, expected) in cases {
            assert_eq!(declared_charset(page.as_bytes()).map(Encoding::name), expected, "{page}");
        }
    }

    #[test]
    fn other_data_is_told_from_text() {
        let counter: Vec<u8> = (0..=255).cycle().take(4000).collect();
        assert!(is_binary(&counter));
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"));
        for text in ["", "plain", "tabs\tand\x0cfeeds\r\n", "Grüße aus Köln", "\x1b[1mbold\x1b[0m words"] {
            assert!(!is_binary(text.as_bytes()), "{text:?}");
        }
        let (legacy, ..) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
        assert!(!is_binary(&legacy));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            is_binary(&bytes);
            let declared = declared_charset(&bytes);
            let decoded = decode(bytes.clone(), declared);
            if let Some(begin) = decoded.byte_exact {
                prop_assert_eq!(decoded.text.as_bytes(), &bytes[begin as usize..]);
            }
        }
    }
}
