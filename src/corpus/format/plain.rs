//! Plain text: the file as it is.

use crate::corpus::document::Place;
use crate::corpus::encoding::Decoded;
use crate::corpus::raw::RawDocument;

/// The text with its own lines and, where it is UTF-8, its own bytes.
pub(crate) fn read(decoded: Decoded) -> RawDocument {
    RawDocument {
        place: Place { line: Some(1), byte: decoded.byte_exact, lines: true, ..Place::default() },
        encoding: Some(decoded.encoding.to_owned()),
        text: decoded.text,
        ..RawDocument::default()
    }
}
