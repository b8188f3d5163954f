//! JSON Lines: one document a line.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::shared::fields;
use crate::corpus::encoding;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Origin, RawDocument};
use crate::document::Place;

/// Reads whole lines. The first has the number `line`. Blank lines are skipped.
pub(crate) fn read_block(block: &[u8], line: u32) -> Vec<Result<RawDocument, Problem>> {
    let lines = block.split(|byte| *byte == b'\n');
    let numbered = lines.zip(0u32..).map(|(bytes, number)| (bytes, line.saturating_add(number)));
    numbered.filter_map(|(bytes, number)| read_line(bytes, number)).collect()
}

/// Reads one line, without its line break. None for a blank one.
///
/// Fails with a problem if the line is no JSON object or has no text.
fn read_line(bytes: &[u8], line: u32) -> Option<Result<RawDocument, Problem>> {
    let bytes = bytes.trim_ascii();
    if bytes.is_empty() {
        return None;
    }
    Some(match std::str::from_utf8(bytes) {
        Ok(text) => read_record(text, "UTF-8", line),
        Err(_) => {
            let decoded = encoding::decode(bytes.to_vec(), None);
            let certainty = Some(decoded.certainty);
            read_record(&decoded.text, decoded.encoding, line).map(|raw| RawDocument { certainty, ..raw })
        }
    })
}

fn read_record(json: &str, encoding: &str, line: u32) -> Result<RawDocument, Problem> {
    if !json.starts_with('{') {
        return Err(Problem::on_line(line, "not a JSON object"));
    }
    let fields = parse(json).map_err(|error| {
        let reason = match error.classify() {
            serde_json::error::Category::Eof => format!("the JSON is cut off after {} bytes", json.len()),
            _ => format!("not JSON: {}", without_line(&error)),
        };
        Problem::on_line(line, reason)
    })?;
    let mut raw = RawDocument {
        place: Place { line: Some(line), ..Place::default() },
        encoding: Some(encoding.to_owned()),
        ..RawDocument::default()
    };
    match fields::fill(&mut raw, fields, Origin::Field, "field") {
        Some(Value::String(text)) => raw.text = text,
        Some(other) => raw.text = fields::shown(other),
        None => {}
    }
    if raw.text.trim().is_empty() {
        // A headline alone is a document too.
        match raw.title.as_deref().filter(|title| !title.trim().is_empty()) {
            Some(title) => raw.text = title.to_owned(),
            None => return Err(Problem::nothing_on_line(line, "the record has no text and no title")),
        }
    }
    raw.key = match &raw.record_id {
        Some(id) => id.clone(),
        // No id that a record gives itself begins like this.
        None => format!("\0{line}"),
    };
    Ok(raw)
}

pub(super) fn parse(json: &str) -> serde_json::Result<Vec<(String, Value)>> {
    let first = match serde_json::from_str::<Fields>(json) {
        Ok(Fields(fields)) => return Ok(fields),
        Err(error) => error,
    };
    // Programs that use UTF-16 write half of a pair where they cut a text within a character.
    match mend_surrogates(json) {
        Some(mended) => serde_json::from_str::<Fields>(&mended).map(|Fields(fields)| fields),
        None => Err(first),
    }
}

/// The names and values of an object in their order, which a map would lose.
struct Fields(Vec<(String, Value)>);

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::with_capacity(16);
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Names)
    }
}

/// The message without its place: the line number is known, and a column of many thousands helps nobody.
pub(super) fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(message, _)| message.to_owned())
}

/// Replaces escapes of half a surrogate pair by that of the replacement character. None if there are none.
fn mend_surrogates(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let unit = |at: usize| -> Option<u16> {
        let escape = bytes.get(at..at + 6)?;
        let digits = escape.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut mended: Option<String> = None;
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', bytes.get(at..)?) {
        at += found;
        match unit(at) {
            Some(0xd800..=0xdbff) if unit(at + 6).is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) => at += 12,
            Some(0xd800..=0xdfff) => {
                let mended = mended.get_or_insert_default();
                mended.push_str(json.get(copied..at)?);
                mended.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            // The character after a backslash may be a backslash.
            _ => at += 2,
        }
    }
    let mut mended = mended?;
    mended.push_str(json.get(copied..)?);
    Some(mended)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> Result<RawDocument, String> {
        read_line(line.as_bytes(), 3).unwrap().map_err(|problem| {
            assert_eq!(problem.line, Some(3));
            problem.reason
        })
    }

    #[test]
    fn a_record_keeps_its_fields() {
        let raw = read(
            r#"{"id": "a1", "title": "T", "date": "1992-02-26", "source": "S", "url": "http://x", "lang": "en", "text": "Wörds\n", "n": 5}"#,
        )
        .unwrap();
        assert_eq!((raw.text.as_str(), raw.key.as_str(), raw.record_id.as_deref()), ("Wörds\n", "a1", Some("a1")));
        assert_eq!((raw.url.as_deref(), raw.language.as_deref()), (Some("http://x"), Some("en")));
        assert_eq!(raw.declared.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["date", "source"]);
        assert_eq!(raw.metadata.get("n").map(String::as_str), Some("5"));
        assert_eq!((raw.place.line, raw.place.lines), (Some(3), false));
    }

    #[test]
    fn records_without_an_id_are_told_apart_by_their_line() {
        assert_eq!(read(r#"{"text": "x"}"#).unwrap().key, "\u{0}3");
    }

    #[test]
    fn broken_lines_say_what_is_wrong() {
        let cases = [
            (r#"{"id": 1, "text": "cut in ha"#, "the JSON is cut off after 28 bytes"),
            (r#"{"id": 1}"#, "the record has no text and no title"),
            (r#"{"text": "  "}"#, "the record has no text and no title"),
            ("[1, 2]", "not a JSON object"),
            ("words", "not a JSON object"),
            (r#"{"text": NaN}"#, "not JSON: expected value"),
            (r#"{"text": "x"} trailing"#, "not JSON: trailing characters"),
        ];
        for (line, expected) in cases {
            assert_eq!(read(line).unwrap_err(), expected);
        }
        assert!(read_line(b" \r", 1).is_none());
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert_eq!(read(&deep).unwrap_err(), "not JSON: recursion limit exceeded");
    }

    #[test]
    fn half_surrogates_become_replacement_characters() {
        let raw = read(r#"{"text": "a\ud83d b\\ud83d \ud83d\ude00 \ude00"}"#).unwrap();
        assert_eq!(raw.text, "a\u{fffd} b\\ud83d \u{1f600} \u{fffd}");
    }

    #[test]
    fn lines_in_an_old_encoding_are_read() {
        let raw = read_line(b"{\"text\": \"Caf\xe9 du port, \xe0 c\xf4t\xe9 de la gare\"}", 1).unwrap().unwrap();
        assert_eq!(
            (raw.text.as_str(), raw.encoding.as_deref()),
            ("Café du port, à côté de la gare", Some("windows-1252"))
        );
    }

    proptest! {
        #[test]
        fn any_line_reads_or_says_why(line in "[{\\[]?(\\PC|\\\\u[dD][89a-f]..|[\"{}:,\\\\]){0,60}") {
            let _ = read_line(line.as_bytes(), 1);
        }
    }
}
