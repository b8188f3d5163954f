//! JSON Schemas of the answers: the shapes of the JSON contract, `answer/json/JSON.md`, and nothing beside them.
//!
//! Each function is one shape. Keys that only a full answer has are optional; no shape has other keys than it says, so
//! that a test which validates answers notices every one that is new.

use serde_json::{Map, Value, json};

/// An object with these keys, always, and these, sometimes.
pub(super) fn object(always: &[(&str, Value)], sometimes: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        always.iter().chain(sometimes).map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = always.iter().map(|(name, _)| *name).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// The answer of a tool: its own keys, the contract's version, and what was left out of it.
pub(super) fn answer(always: &[(&str, Value)], sometimes: &[(&str, Value)]) -> Value {
    let frame = [("version", number()), ("truncated", or_null(truncated()))];
    object(&[always, &frame].concat(), sometimes)
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn number() -> Value {
    json!({"type": "integer", "minimum": 0})
}

pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

pub(super) fn one_of(words: &[&str]) -> Value {
    json!({"enum": words})
}

pub(super) fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

pub(super) fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

pub(super) fn text_or_null() -> Value {
    json!({"type": ["string", "null"]})
}

pub(super) fn number_or_null() -> Value {
    json!({"type": ["integer", "null"], "minimum": 0})
}

fn score() -> Value {
    json!({"type": "number"})
}

pub(super) fn range() -> Value {
    json!({"type": "array", "items": number(), "minItems": 2, "maxItems": 2})
}

/// What did not fit: why, how much of it, and the call that gets it.
fn truncated() -> Value {
    let left = object(&[("parts", number()), ("chars", number())], &[]);
    object(&[("why", text()), ("left", left), ("how", text())], &[])
}

pub(super) fn notes() -> Value {
    list(object(&[("kind", text()), ("message", text()), ("span", or_null(range()))], &[]))
}

pub(super) fn doubts() -> Value {
    list(text())
}

pub(super) fn precision() -> Value {
    one_of(&["day", "month", "year", "unknown"])
}

fn date_clue() -> Value {
    let always = [("date", text()), ("rule", text()), ("place", text()), ("written", text())];
    object(&always, &[("event", one_of(&["created", "modified"])), ("uncertain", flag())])
}

fn source_clue() -> Value {
    object(&[("name", text()), ("rule", text()), ("place", text())], &[])
}

/// Why a document has its date and its source: only in full answers.
fn clues() -> Vec<(&'static str, Value)> {
    let partial = object(&[("date", text()), ("place", text()), ("written", text())], &[]);
    vec![
        ("date_provenance", or_null(date_clue())),
        ("date_candidates", list(date_clue())),
        ("date_refused", list(date_clue())),
        ("date_partial_provenance", partial),
    ]
}

fn attribution() -> Vec<(&'static str, Value)> {
    ["source_provenance", "publisher", "agency", "byline"].map(|name| (name, or_null(source_clue()))).to_vec()
}

fn place() -> Vec<(&'static str, Value)> {
    vec![("file", text_or_null()), ("member", text_or_null()), ("line", number_or_null())]
}

/// What every document says of itself.
fn document_head() -> Vec<(&'static str, Value)> {
    vec![
        ("id", text()),
        ("title", text_or_null()),
        ("date", text_or_null()),
        ("date_precision", precision()),
        ("doubts", doubts()),
        ("source", text_or_null()),
    ]
}

pub(super) fn highlights() -> Value {
    list(object(&[("bytes", range()), ("chars", range())], &[]))
}

fn mentions() -> Value {
    let days = object(&[("from", text_or_null()), ("to", text_or_null())], &[]);
    let always = [
        ("bytes", range()),
        ("chars", range()),
        ("days", days),
        ("certainty", text()),
        ("rule", text()),
        ("value", text()),
    ];
    list(object(&always, &[]))
}

/// A passage as a search finds it.
pub(super) fn excerpt() -> Value {
    object(
        &[("id", text()), ("number", number()), ("text", text()), ("page", number_or_null())],
        &[
            ("cut", number()),
            ("bytes", range()),
            ("chars", range()),
            ("file_byte", number_or_null()),
            ("line", number_or_null()),
            ("cell", text()),
            ("slide", number()),
            ("time", score()),
            ("recognised_by", text()),
            ("region", json!({"type": "array", "items": number(), "minItems": 5, "maxItems": 5})),
            ("best", range()),
            ("also", or_null(range())),
            ("highlights", highlights()),
            ("mentions", mentions()),
            ("score", score()),
        ],
    )
}

fn figures() -> Value {
    list(object(&[("old", text()), ("new", text())], &[]))
}

/// A document that has a text in common with another.
pub(super) fn copy() -> Value {
    let always = [
        ("id", text()),
        ("title", text_or_null()),
        ("date", text_or_null()),
        ("source", text_or_null()),
        ("relation", text()),
        ("share", number()),
        ("share_of_other", number()),
        ("figures", figures()),
    ];
    object(&always, &[("record_id", text_or_null()), ("file", text_or_null()), ("member", text_or_null())])
}

/// A document that a search found; `more` are keys that only some lists have.
pub(super) fn hit(more: &[(&'static str, Value)]) -> Value {
    let mut always = document_head();
    always.extend([
        ("rank", number()),
        ("cite", text()),
        ("url", text_or_null()),
        ("passages", list(excerpt())),
        ("copied", number()),
        ("versions", list(copy())),
        ("follows", flag()),
    ]);
    always.extend_from_slice(more);
    let mut sometimes = [clues(), attribution(), place()].concat();
    sometimes.extend([
        ("record_id", text_or_null()),
        ("title_highlights", highlights()),
        ("title_mentions", mentions()),
        ("lang", text_or_null()),
        ("score", score()),
        ("copies", list(copy())),
    ]);
    object(&always, &sometimes)
}

/// A document that a hit took its text from.
pub(super) fn copy_of() -> Value {
    or_null(object(&[("id", text()), ("relation", text()), ("share", number())], &[]))
}

/// A document with its date and the doubts about it.
pub(super) fn dated() -> Value {
    let sometimes = [clues(), place(), vec![("record_id", text_or_null())]].concat();
    object(&document_head(), &sometimes)
}

/// A document that is read.
pub(super) fn document() -> Value {
    let passage = object(
        &[("id", text()), ("number", number()), ("text", text_or_null())],
        &[("bytes", range()), ("cut", number())],
    );
    let mut always = document_head();
    always.extend([("cite", text()), ("url", text_or_null()), ("lang", text_or_null()), ("passages", list(passage))]);
    let mut sometimes = [clues(), attribution(), place()].concat();
    sometimes.extend([
        ("record_id", text_or_null()),
        ("former_ids", list(text())),
        ("date_partial", text()),
        ("encoding", text_or_null()),
        ("encoding_certainty", text_or_null()),
        ("unreadable", number()),
        ("metadata", json!({"type": "object", "additionalProperties": {"type": "string"}})),
    ]);
    object(&always, &sometimes)
}

/// The documents of one source.
pub(super) fn source_count() -> Value {
    let always = [
        ("value", text()),
        ("documents", number()),
        ("from_folder", number()),
        ("first", text_or_null()),
        ("last", text_or_null()),
    ];
    object(&always, &[])
}
