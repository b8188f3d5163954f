//! Percent-encoding (RFC 3986) of what stands in addresses.

/// Decodes percent-encoded text. Bytes that are no UTF-8 become U+FFFD, and a `%` without two digits stays.
pub(crate) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = bytes.get(at + 1).zip(bytes.get(at + 2));
        let digits = pair.and_then(|(high, low)| Some((digit(*high)?, digit(*low)?)));
        match digits.filter(|_| *byte == b'%') {
            Some((high, low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Encodes text as one part of an address: a segment of a path, or a name or value of a query string.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
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
