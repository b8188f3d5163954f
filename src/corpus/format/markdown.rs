//! Markdown: the source is the text, and its front matter describes it.

use serde_json::Value;

use super::plain;
use super::shared::fields;
use crate::corpus::encoding::Decoded;
use crate::corpus::raw::{Origin, RawDocument};

/// The bytes within which the front matter must end.
const FRONT: usize = 64 * 1024;

/// Reads a document. Its text is the source, unchanged, from the line after the front matter on, so that lines and
/// bytes stay exact.
pub(crate) fn read(decoded: Decoded) -> RawDocument {
    let mut raw = plain::read(decoded);
    if let Some((block, toml, end)) = front_matter(&raw.text) {
        let fields = parse(block, toml);
        let lines = memchr::memchr_iter(b'\n', raw.text.get(..end).unwrap_or_default().as_bytes()).count();
        raw.place.line = raw.place.line.map(|line| line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)));
        raw.place.byte = raw.place.byte.map(|byte| byte + end as u64);
        raw.text.drain(..end);
        // Beside a text of its own, a field named `text` or `body` is metadata like any other.
        if let Some(text) = fields::fill(&mut raw, flatten(fields), Origin::FrontMatter, "front matter") {
            raw.metadata.insert("text".to_owned(), fields::shown(text));
        }
    }
    if raw.title.is_none() {
        raw.title = heading(&raw.text);
    }
    raw
}

/// The block between two fences at the head, whether it is TOML, and the byte at which the text begins.
fn front_matter(text: &str) -> Option<(&str, bool, usize)> {
    let fence = if text.starts_with("---") { "---" } else { "+++" };
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == fence)?;
    let mut at = first.len();
    for line in lines {
        let closes = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if closes {
            return Some((text.get(first.len()..at)?, fence == "+++", at + line.len()));
        }
        at += line.len();
        if at > FRONT {
            break;
        }
    }
    None
}

/// The fields of the block. If it is broken, the lines that plainly have a name and a value.
fn parse(block: &str, toml: bool) -> Vec<(String, Value)> {
    let parsed = if toml {
        toml::from_str::<toml::Table>(block).ok().map(|table| json(toml::Value::Table(table)))
    } else {
        serde_saphyr::from_str::<Value>(block).ok()
    };
    if let Some(Value::Object(fields)) = parsed {
        return fields.into_iter().collect();
    }
    let sign = if toml { '=' } else { ':' };
    let fields = block.lines().filter(|line| !line.starts_with([' ', '\t', '#', '-'])).filter_map(|line| {
        let (name, value) = line.split_once(sign)?;
        let value = value.trim().trim_matches(['"', '\'']);
        Some((name.trim().to_owned(), Value::String(value.to_owned())))
    });
    fields.collect()
}

/// TOML as JSON. JSON has no dates, so they stay as written.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(name, value)| (name, json(value))).collect())
        }
    }
}

/// Fields of fields with dotted names, one level deep: `extra.author`.
fn flatten(fields: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut flat = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        match value {
            Value::Object(inner) if !inner.contains_key("name") => {
                flat.extend(inner.into_iter().map(|(key, value)| (format!("{name}.{key}"), value)));
            }
            other => flat.push((name, other)),
        }
    }
    flat
}

/// The first heading of the first level: `# Words`, or `Words` over a line of `=`. Not inside a fenced block.
fn heading(text: &str) -> Option<String> {
    let mut fenced = false;
    let mut above = "";
    for line in text.lines().take(400) {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced {
            if let Some(words) = line.strip_prefix("# ") {
                return Some(words.trim().trim_end_matches('#').trim_end().to_owned());
            }
            if trimmed.len() >= 3 && trimmed.bytes().all(|byte| byte == b'=') && !above.is_empty() {
                return Some(above.to_owned());
            }
        }
        above = trimmed;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::encoding::decode;
    use proptest::prelude::*;

    fn of(source: &str) -> RawDocument {
        read(decode(source.into(), None))
    }

    #[test]
    fn yaml_front_matter_is_taken_apart_and_the_rest_kept_word_for_word() {
        let source = "---\ntitle: \"The mill\"\ndate: 2024-02-26\nauthor: [A. One, B. Two]\nlang: en\nextra:\n  draft: true\n---\n\n# Other\r\n\n*Text*\n";
        let raw = of(source);
        assert_eq!(raw.title.as_deref(), Some("The mill"));
        assert_eq!(raw.text, "\n# Other\r\n\n*Text*\n");
        assert_eq!(raw.place.line, Some(9));
        assert_eq!(&source[raw.place.byte.unwrap() as usize..], raw.text);
        let declared: Vec<_> = raw.declared.iter().map(|d| (d.place.as_str(), d.value.as_str())).collect();
        assert!(declared.contains(&("front matter date", "2024-02-26")), "{declared:?}");
        assert!(declared.contains(&("front matter author", "A. One, B. Two")), "{declared:?}");
        assert_eq!(raw.metadata.get("extra.draft").map(String::as_str), Some("true"));
        assert_eq!(raw.language.as_deref(), Some("en"));
    }

    #[test]
    fn toml_front_matter_is_read_with_its_dates() {
        let raw =
            of("+++\ntitle = 'Mill'\ndate = 2024-02-26T10:00:00Z\n[extra]\nsource = \"Village Post\"\n+++\nText\n");
        assert_eq!((raw.title.as_deref(), raw.text.as_str()), (Some("Mill"), "Text\n"));
        let date = raw.declared.iter().find(|d| d.name == "date").unwrap();
        assert_eq!((date.value.as_str(), date.origin), ("2024-02-26T10:00:00Z", Origin::FrontMatter));
        assert_eq!(raw.metadata.get("extra.source").map(String::as_str), Some("Village Post"));
    }

    #[test]
    fn broken_front_matter_still_gives_its_plain_lines() {
        let raw = of("---\ntitle: A: B: [\ndate: 2024-02-26\n---\nText\n");
        assert_eq!(raw.title.as_deref(), Some("A: B: ["));
        assert_eq!(raw.declared.first().map(|d| d.value.as_str()), Some("2024-02-26"));
        assert_eq!(raw.text, "Text\n");
    }

    #[test]
    fn without_front_matter_the_first_heading_is_the_title() {
        let cases = [
            ("# One #\nText", Some("One")),
            ("Text\n\n# Later", Some("Later")),
            ("Under\n=====\nText", Some("Under")),
            ("```\n# a comment\n```\n", None),
            ("## Second level", None),
            ("---\nnever: closed\n# Title", Some("Title")),
        ];
        for (source, expected) in cases {
            let raw = of(source);
            assert_eq!(raw.title.as_deref(), expected, "{source:?}");
            assert_eq!((raw.text.as_str(), raw.place.line, raw.place.byte), (source, Some(1), Some(0)));
        }
    }

    #[test]
    fn hostile_front_matter_does_no_harm() {
        let bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f]\n---\nText\n";
        let deep = format!("---\na: {}\n---\nText\n", "[".repeat(30_000));
        let deep_toml = format!("+++\na = {}\n+++\nText\n", "[".repeat(30_000));
        for source in [bomb, &deep, &deep_toml] {
            assert_eq!(of(source).text, "Text\n");
        }
    }

    proptest! {
        #[test]
        fn the_text_is_always_the_end_of_the_file(source in "(---\n|\\+\\+\\+\n)?([a-z]: [a-z\\[{&*]{0,5}\n){0,4}(---\n|\\+\\+\\+\n)?[a-zé# \n]{0,40}") {
            let raw = of(&source);
            prop_assert_eq!(raw.text.as_str(), &source[raw.place.byte.unwrap() as usize..]);
            let line = 1 + source[..raw.place.byte.unwrap() as usize].matches('\n').count() as u32;
            prop_assert_eq!(raw.place.line, Some(line));
        }
    }
}
