//! JSON other than JSON Lines: an array of objects, an object that contains one, or one object that is a document.

mod scan;

use serde_json::Value;

use super::shared::{entities, fields};
use super::{jsonl, markup};
use crate::corpus::encoding;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;
use scan::{DEPTH, Scan, TEXTS, WRAPS, is_text, is_title};

/// The byte after the bracket of the array of documents in a file, given its head.
///
/// None for an object with a text of its own, for arrays of anything but objects, and for text that is no JSON.
pub(crate) fn array_start(head: &[u8]) -> Option<usize> {
    let mut scan = Scan { bytes: head, at: if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 } };
    match scan.next_sign()? {
        b'[' => scan.array(),
        b'{' => scan.list_in_object(0),
        _ => None,
    }
}

/// The end of the last whole object in a block that begins between two. At the end of the file, everything is whole.
///
/// Text after the array's end belongs to the last object.
pub(crate) fn cut(block: &[u8], at_end: bool) -> Option<usize> {
    if at_end {
        return Some(block.len()).filter(|&length| length > 0);
    }
    let mut scan = Scan { bytes: block, at: 0 };
    let mut last = None;
    while scan.next_object().is_some() {
        last = Some(scan.at);
    }
    last
}

/// The end of the object of that number, from 1.
pub(crate) fn end_of(block: &[u8], number: usize) -> Option<usize> {
    let mut scan = Scan { bytes: block, at: 0 };
    for _ in 0..number {
        scan.next_object()?;
    }
    Some(scan.at)
}

/// The number of objects in a block.
pub(crate) fn count(block: &[u8]) -> u64 {
    let mut scan = Scan { bytes: block, at: 0 };
    std::iter::from_fn(|| scan.next_object()).count() as u64
}

/// Walks over the objects of a block, which begins on line `line` of the file: each with the line on which it begins.
/// Returns what is wrong behind the last whole one, and on which line, if anything is.
pub(crate) fn objects(block: &[u8], mut line: u32, mut each: impl FnMut(&[u8], u32)) -> Option<(u32, &'static str)> {
    let mut scan = Scan { bytes: block, at: 0 };
    let mut counted = 0;
    let mut count = |upto: usize| {
        let lines = memchr::memchr_iter(b'\n', block.get(counted..upto).unwrap_or_default()).count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        counted = upto;
        line
    };
    while let Some(begin) = scan.next_object() {
        each(block.get(begin..scan.at).unwrap_or_default(), count(begin));
    }
    // Only the end of the array, and the rest of the object around it, may follow.
    let rest = block.get(scan.at..).unwrap_or_default().trim_ascii_start();
    let rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    if rest.is_empty() || rest.starts_with(b"]") {
        return None;
    }
    let reason = if rest.starts_with(b"{") { "the JSON is cut off in this record" } else { "not JSON from here on" };
    Some((count(block.len() - rest.len()), reason))
}

/// Reads the objects of a block, which begins on line `line` of the file; `first` is the number of the first.
pub(crate) fn read_block(block: &[u8], line: u32, first: u64) -> Vec<Result<RawDocument, Problem>> {
    let mut read = Vec::new();
    let mut number = first;
    let wrong = objects(block, line, |object, line| {
        let member = Some(format!("#{number}"));
        read.push(match record(object, line) {
            Ok(mut raw) => {
                raw.key = raw.record_id.clone().unwrap_or_else(|| format!("\0{number}"));
                raw.place.member = member;
                Ok(raw)
            }
            Err(problem) => Err(Problem { member, ..problem }),
        });
        number += 1;
    });
    let wrong = wrong.map(|(line, reason)| Problem::on_line(line, reason));
    read.extend(wrong.map(|problem| Err(Problem { member: Some(format!("#{number}")), ..problem })));
    read
}

/// Reads a file that is one object.
pub(crate) fn read(bytes: Vec<u8>) -> Vec<Result<RawDocument, Problem>> {
    let decoded = encoding::decode(bytes, None);
    vec![record(decoded.text.trim().as_bytes(), 1)]
}

fn record(json: &[u8], line: u32) -> Result<RawDocument, Problem> {
    let (text, name) = match std::str::from_utf8(json) {
        Ok(text) => (std::borrow::Cow::Borrowed(text), encoding_rs::UTF_8.name()),
        Err(_) => {
            let decoded = encoding::decode(json.to_vec(), None);
            (decoded.text.into(), decoded.encoding)
        }
    };
    if !text.starts_with('{') {
        return Err(Problem::nothing_on_line(line, "JSON, but no object and no array of objects"));
    }
    let fields = jsonl::parse(&text).map_err(|error| {
        let reason = match error.classify() {
            serde_json::error::Category::Eof => "the JSON is cut off".to_owned(),
            _ => format!("not JSON: {}", jsonl::without_line(&error)),
        };
        Problem::on_line(line, reason)
    })?;
    let mut raw = RawDocument {
        place: Place { line: Some(line), ..Place::default() },
        encoding: Some(name.to_owned()),
        ..RawDocument::default()
    };
    fill(&mut raw, unwrapped(fields));
    if raw.text.trim().is_empty() {
        match raw.title.clone().filter(|title| !title.trim().is_empty()) {
            Some(title) => raw.text = title,
            None => return Err(Problem::nothing_on_line(line, "JSON without a text and without a title")),
        }
    }
    Ok(raw)
}

/// The fields of the document inside wrappers. Fields of the wrappers come after its own.
fn unwrapped(mut fields: Vec<(String, Value)>) -> Vec<(String, Value)> {
    for _ in 0..DEPTH {
        let tells = |fields: &[(String, Value)]| {
            fields.iter().any(|(name, value)| value.is_string() && (is_text(name) || is_title(name)))
        };
        if tells(&fields) {
            break;
        }
        let wrap = fields.iter().position(|(name, value)| value.is_object() && WRAPS.contains(&name.as_str()));
        let Some((_, Value::Object(inner))) = wrap.map(|wrap| fields.remove(wrap)) else { break };
        let outer = std::mem::replace(&mut fields, inner.into_iter().collect());
        // Facts about the request are no part of the document.
        fields.extend(outer.into_iter().filter(|(name, value)| {
            value.is_string() && fields::role(name).0 != fields::Role::Date && fields::role(name).0 != fields::Role::Id
        }));
    }
    fields
}

/// Fills a document with its fields.
fn fill(raw: &mut RawDocument, fields: Vec<(String, Value)>) {
    // WordPress writes `{"rendered": "…"}`, schema.org in JSON `{"@value": "…"}`.
    let plain = fields.into_iter().map(|(name, value)| match value {
        Value::Object(mut inner) => match inner.remove("rendered").or_else(|| inner.remove("@value")) {
            Some(value) => (name, value),
            None => (name, Value::Object(inner)),
        },
        other => (name, other),
    });
    let mut fields: Vec<(String, Value)> = plain.collect();
    let mut spare = None;
    for wanted in TEXTS {
        if spare.is_some() {
            break;
        }
        let at = fields
            .iter()
            .position(|(name, value)| name == wanted && value.as_str().is_some_and(|text| !text.trim().is_empty()));
        spare = at.map(|at| fields.remove(at).1);
    }
    // In newswire this version may be a late correction.
    let first = fields.iter().any(|(name, value)| name == "firstcreated" && value.is_string());
    for (name, value) in &fields {
        let known = match name.as_str() {
            "embargoed" => "published",
            "firstcreated" => "date",
            "versioncreated" if first => "modified",
            "versioncreated" => "date",
            "contentcreated" => "created",
            "copyrightholder" => "publisher",
            "infosource" => "agency",
            _ => continue,
        };
        let value = match value {
            Value::String(value) if !value.trim().is_empty() => value.clone(),
            Value::Array(list) => match list.first().and_then(|one| one.get("name")).and_then(Value::as_str) {
                Some(name) => name.to_owned(),
                None => continue,
            },
            _ => continue,
        };
        raw.declared.push(Declared {
            origin: Origin::Field,
            name: known.to_owned(),
            value,
            place: format!("field {name}"),
        });
    }
    let text = fields::fill(raw, fields, Origin::Field, "field").map(fields::shown);
    let spare = spare.map(fields::shown);
    // A field that all records have may contain only the first words.
    let text = text.filter(|text| spare.as_ref().is_none_or(|spare| text.len() >= spare.len())).or(spare);
    raw.text = text.map(markup::text_of_value).unwrap_or_default();
    raw.title = raw.title.take().map(|title| markup::text_of_value(entities::unescape(&title).into_owned()));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn list(json: &str) -> Vec<Result<RawDocument, Problem>> {
        let begin = array_start(json.as_bytes()).unwrap();
        read_block(&json.as_bytes()[begin..], 1, 1)
    }

    fn single(json: &str) -> Result<RawDocument, String> {
        read(json.into()).remove(0).map_err(|problem| problem.reason)
    }

    fn clues(raw: &RawDocument) -> Vec<String> {
        raw.declared.iter().map(|d| format!("{}={} ({})", d.name, d.value, d.place)).collect()
    }

    #[test]
    fn arrays_of_documents_are_found_wherever_programs_put_them() {
        for (json, expected) in [
            (r#"[{"text":"a"}]"#, Some(1)),
            (" \n[ {}]", Some(3)),
            (r#"{"status":"ok","total":2,"articles":[{"a":1}"#, Some(37)),
            (r#"{"response":{"meta":{"x":[{"y":1}]},"docs":[{"a":1}]}}"#, Some(44)),
            (r#"{"hits":{"total":{"value":1},"hits":[{"_source":{}}]}}"#, Some(37)),
            (r#"{"text":"a","items":[{"b":1}]}"#, None),
            (r#"{"headline":"a","subject":[{"b":1}]}"#, None),
            (r#"["a","b"]"#, None),
            ("[1]", None),
            ("{\"a\": ", None),
            ("[see note]", None),
            ("", None),
        ] {
            assert_eq!(array_start(json.as_bytes()), expected, "{json}");
        }
    }

    #[test]
    fn objects_of_an_array_are_documents() {
        let json = "{\"total\": 2, \"articles\": [\n {\"id\": 7, \"title\": \"The &quot;mill&quot;\", \"content\": \"<p>It <b>turns</b>.</p><p>Yes.</p>\", \"publishedAt\": \"1996-02-26\", \"source\": {\"name\": \"Gazette\"}},\n \"odd\",\n {\"text\": \"a [{ \\\" b\"},\n {\"n\": 1}\n], \"next\": {\"text\": \"no\"}}";
        let read = list(json);
        let first = read.first().unwrap().as_ref().unwrap();
        assert_eq!((first.text.as_str(), first.title.as_deref()), ("It turns.\n\nYes.", Some("The \"mill\"")));
        assert_eq!((first.key.as_str(), first.place.member.as_deref(), first.place.line), ("7", Some("#1"), Some(2)));
        assert_eq!(clues(first), ["publishedAt=1996-02-26 (field publishedAt)", "source=Gazette (field source)"]);
        let second = read.get(1).unwrap().as_ref().unwrap();
        assert_eq!((second.text.as_str(), second.key.as_str(), second.place.line), ("a [{ \" b", "\u{0}2", Some(4)));
        assert_eq!(read.get(2).unwrap().as_ref().unwrap_err().reason, "JSON without a text and without a title");
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn a_broken_array_gives_what_is_whole() {
        let read = list("[{\"text\":\"one\"},\n{\"text\":NaN},\n{\"text\":\"cut");
        assert_eq!(read.first().unwrap().as_ref().unwrap().text, "one");
        let reasons: Vec<_> = read
            .iter()
            .filter_map(|one| one.as_ref().err())
            .map(|p| (p.line.unwrap(), p.member.as_deref().unwrap(), p.reason.as_str()))
            .collect();
        assert_eq!(reasons, [(2, "#2", "not JSON: expected value"), (3, "#3", "the JSON is cut off in this record")]);
    }

    #[test]
    fn single_objects_are_documents_even_in_wrappers() {
        let ninjs = r#"{"versioncreated":"1996-02-28T04:38:34+0000","firstcreated":"1996-02-26T04:37:19+0000","headline":"The mill","body_html":"<p>It turns.</p>","description_text":"Short","byline":"Ann Example","copyrightholder":"Mill Wire","subject":[{"name":"mills"}],"guid":"m1","language":"en"}"#;
        let raw = single(ninjs).unwrap();
        assert_eq!(
            (raw.text.as_str(), raw.title.as_deref(), raw.record_id.as_deref()),
            ("It turns.", Some("The mill"), Some("m1"))
        );
        assert_eq!(
            clues(&raw).get(..4).unwrap(),
            [
                "modified=1996-02-28T04:38:34+0000 (field versioncreated)",
                "date=1996-02-26T04:37:19+0000 (field firstcreated)",
                "publisher=Mill Wire (field copyrightholder)",
                "byline=Ann Example (field byline)",
            ]
        );
        let wrapped = single(r#"{"id":"call","date":"2024-01-01","data":{"meta":{},"item":{"headline":"The mill","versioncreated":"1996-02-28"}}}"#).unwrap();
        assert_eq!(
            (wrapped.text.as_str(), clues(&wrapped)),
            ("The mill", vec!["date=1996-02-28 (field versioncreated)".to_owned()])
        );
        let weblog =
            single(r#"{"date":"1996-02-26","title":{"rendered":"Mill"},"content":{"rendered":"<p>Turns</p>"}}"#)
                .unwrap();
        assert_eq!((weblog.text.as_str(), weblog.title.as_deref()), ("Turns", Some("Mill")));
        for (json, reason) in [
            ("{\"a\":1}", "JSON without a text and without a title"),
            ("[1,2]", "JSON, but no object and no array of objects"),
            ("{\"a\":", "the JSON is cut off"),
        ] {
            assert_eq!(single(json).unwrap_err(), reason);
        }
        assert_eq!(single(&"{\"a\":".repeat(100_000)).unwrap_err(), "not JSON: recursion limit exceeded");
    }

    #[test]
    fn blocks_are_cut_between_objects_wherever_they_end() {
        let json = r#"{"text":"a}]"}, {"text":"b\\\""} ,{"o":{"text":"c"},"text":"d"}], "x": [{"text":"no"}]}"#;
        let texts = |read: Vec<Result<RawDocument, Problem>>| -> Vec<String> {
            read.into_iter().map(|one| one.unwrap().text).collect()
        };
        let whole = texts(read_block(json.as_bytes(), 1, 1));
        assert_eq!(whole, ["a}]", "b\\\"", "d"]);
        for end in 0..json.len() {
            let Some(at) = cut(&json.as_bytes()[..end], false) else { continue };
            let mut both = texts(read_block(&json.as_bytes()[..at], 1, 1));
            both.extend(texts(read_block(&json.as_bytes()[at..], 1, 1)));
            assert_eq!(both, whole, "{end} {at}");
            assert_eq!(count(&json.as_bytes()[..at]) + count(&json.as_bytes()[at..]), 3);
        }
        assert_eq!(cut(b"], \"x\": [{\"text\":\"no\"}]}", false), None);
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(json in "(\\[|\\]|\\{|\\}|\"|\\\\|:|,|\"text\":\"a\"|\"items\":|\"data\":| |1|é|\n){0,60}") {
            array_start(json.as_bytes());
            cut(json.as_bytes(), false);
            read_block(json.as_bytes(), 1, 1);
            read(json.into());
        }
    }
}
