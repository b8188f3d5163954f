//! Plain text: the file as it is.

use super::shared::hyphens;
use crate::corpus::encoding::Decoded;
use crate::corpus::raw::RawDocument;
use crate::document::Place;

/// The text with its own lines and, where it is UTF-8, its own bytes.
pub(crate) fn read(decoded: Decoded) -> RawDocument {
    // Texts made of printed pages keep their form feeds. A single one at the end is only a printer's habit.
    let pages = memchr::memchr(0x0c, decoded.text.trim_end().as_bytes()).is_some();
    RawDocument {
        place: Place { line: Some(1), byte: decoded.byte_exact, lines: true, pages, ..Place::default() },
        encoding: Some(decoded.encoding.to_owned()),
        certainty: Some(decoded.certainty),
        text: hyphens::join(decoded.text),
        ..RawDocument::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::encoding::decode;

    #[test]
    fn form_feeds_part_pages() {
        for (text, pages) in [("one\u{c}two", true), ("one\n\u{c}\n", false), ("one", false)] {
            assert_eq!(read(decode(text.into(), None)).place.pages, pages, "{text:?}");
        }
    }
}
