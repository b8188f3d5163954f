//! Decodes the bytes of a part from its transfer encoding. It is lenient, since lists write their footers behind
//! whatever is there.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessagePart};

/// The content of a part, and text that was written behind it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Carried {
    pub(super) bytes: Vec<u8>,
    /// Plain text behind base64.
    pub(super) footer: Vec<u8>,
}

/// The bytes of a part, decoded as its header says.
pub(super) fn carried(message: &Message, part: &MessagePart) -> Carried {
    let (begin, end) = (part.raw_body_offset() as usize, part.raw_end_offset() as usize);
    let bytes = message.raw_message.get(begin..end.max(begin)).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::Base64 => base64_decode(bytes),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
        // The parser gave up, so the declared encoding is decoded as far as possible.
        Encoding::None if part.is_encoding_problem => return lenient(part, bytes),
        Encoding::None => None,
    };
    Carried { bytes: decoded.unwrap_or_else(|| bytes.to_vec()), footer: Vec::new() }
}

fn lenient(part: &MessagePart, bytes: &[u8]) -> Carried {
    let declared = part.headers.iter().find(|header| header.name == HeaderName::ContentTransferEncoding);
    let declared = declared.and_then(|header| header.value.as_text()).unwrap_or_default().trim();
    if declared.eq_ignore_ascii_case("base64") {
        let (packed, footer) = bytes.split_at_checked(base64_end(bytes)).unwrap_or((bytes, &[]));
        if let Some(decoded) = base64_decode(packed).filter(|decoded| !decoded.is_empty()) {
            return Carried { bytes: decoded, footer: footer.to_vec() };
        }
    }
    let bytes = match declared.eq_ignore_ascii_case("quoted-printable") {
        true => lenient_quoted_printable(bytes),
        false => bytes.to_vec(),
    };
    Carried { bytes, footer: Vec::new() }
}

/// The end of base64: at a line with other signs in it, or at a line behind the padding or a blank line.
fn base64_end(bytes: &[u8]) -> usize {
    let (mut at, mut ended) = (0, false);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let packed = line.trim_ascii();
        let is_base64 =
            packed.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b' '));
        if !packed.is_empty() && (ended || !is_base64) {
            return at;
        }
        ended |= at > 0 && packed.is_empty() || packed.ends_with(b"=");
        at += line.len();
    }
    at
}

/// Decodes quoted-printable. Signs that should be escaped and are not stand for themselves.
fn lenient_quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8);
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'=', rest) {
        plain.extend_from_slice(rest.get(..at).unwrap_or_default());
        let after = rest.get(at + 1..).unwrap_or_default();
        let blanks = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        rest = match (hex(after.first()), hex(after.get(1))) {
            (Some(high), Some(low)) => {
                plain.push(high << 4 | low);
                after.get(2..).unwrap_or_default()
            }
            // The line continues.
            _ if after.get(blanks) == Some(&b'\n') => after.get(blanks + 1..).unwrap_or_default(),
            _ => {
                plain.push(b'=');
                after
            }
        };
    }
    plain.extend_from_slice(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_ends_where_a_list_wrote_its_footer() {
        for (text, end) in [
            ("VGhlIG1pbGw=\n____\nMill list\n", 13),
            ("VGhlIG1pbGw=\nMill\n", 13),
            ("VGhlIG1p\nVGhlIG1p\n\nMill\n", 19),
            ("\nVGhl IG1p\nVGhlIG1p\n-- \nMill list\n", 20),
            ("VGhlIG1p", 8),
            ("The mill turns.", 0),
        ] {
            assert_eq!(base64_end(text.as_bytes()), end, "{text:?}");
        }
    }

    #[test]
    fn signs_that_are_not_escaped_stand_for_themselves() {
        for (text, expected) in [
            ("caf=C3=A9 a=b =\nand =20so", "café a=b and  so"),
            ("http://mill.example/?a=x&b= \r\ny==", "http://mill.example/?a=x&by=="),
            ("=", "="),
        ] {
            assert_eq!(String::from_utf8_lossy(&lenient_quoted_printable(text.as_bytes())), expected);
        }
    }
}
