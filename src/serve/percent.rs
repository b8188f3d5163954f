//! Percent-encoding (RFC 3986) of what stands in addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is encoded: all but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Decodes percent-encoded text. Bytes that are no UTF-8 become U+FFFD, and a `%` without two digits stays.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Encodes text as one part of an address: a segment of a path, or a name or value of a query string.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The segments of a path, decoded one by one: an encoded slash parts nothing.
pub(crate) fn segments(path: &str) -> Vec<String> {
    path.split('/').skip(1).map(decoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_from_its_encoding() {
        for text in ["", "fire", "a b+c", "50 %", "Kraków \"x\" & y=z", "\0\u{1f}", "حريق"] {
            assert_eq!(decoded(&encoded(text)), text);
        }
    }

    #[test]
    fn what_is_no_encoding_stays_and_what_is_no_text_is_replaced() {
        for (encoded, text) in
            [("100%", "100%"), ("%zz", "%zz"), ("%4", "%4"), ("%ff", "\u{fffd}"), ("%é1", "%é1"), ("%2541", "%41")]
        {
            assert_eq!(decoded(encoded), text);
        }
    }
}
