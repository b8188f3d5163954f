//! What an answer shows of a document: the keys of the JSON contract, all of them or those of a concise answer.

use std::ops::Range;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::clean::{Clean, clean, clean_line};
use super::cut::cut;
use crate::{Citation, CitationStyle, Copied, DatedDocument, Excerpt, Highlight, Hit, Note};

/// Keys of a concise hit; `doubts` and `cite` are added to all.
const HIT: [&str; 12] = [
    "rank",
    "id",
    "title",
    "date",
    "date_precision",
    "source",
    "url",
    "passages",
    "copied",
    "versions",
    "follows",
    "copy_of",
];
const EXCERPT: [&str; 5] = ["id", "number", "text", "page", "recognised_by"];
const DATED: [&str; 6] = ["id", "title", "date", "date_precision", "doubts", "source"];
const COPY: [&str; 8] = ["id", "title", "date", "source", "relation", "share", "share_of_other", "figures"];

/// The most characters of a title.
const TITLE: usize = 300;
/// The most characters of a citation.
pub(super) const CITATION: usize = 600;
/// The most other versions and copies that a hit names; all are counted or told by another tool.
const VERSIONS: usize = 3;

/// An answer as an object of JSON; null if it cannot be written. It goes by way of text, which alone has a score's
/// figures as the contract prints them.
pub(super) fn value(answer: &impl Serialize) -> Value {
    serde_json::to_string(answer).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// An object with these keys alone, as far as it has them.
pub(super) fn picked(value: Value, keys: &[&str]) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(name, _)| keys.contains(&name.as_str())).collect::<Map<_, _>>().into()
        }
        value => value,
    }
}

/// A text and how much of it is shown.
pub(super) struct Text {
    pub(super) shown: String,
    /// Characters that were cut off.
    pub(super) left: usize,
}

impl Text {
    /// The beginning of a text, without hidden characters.
    pub(super) fn of(text: &str, chars: usize) -> Text {
        let end = cut(text, chars);
        let (head, tail) = text.split_at(end);
        Text { shown: clean(head), left: if tail.trim().is_empty() { 0 } else { tail.chars().count() } }
    }
}

/// A passage in at most `chars` characters, and how many were cut off. A cut passage begins with the sentences that
/// answer best; every range is that of what is shown.
pub(super) fn excerpt(excerpt: &Excerpt, chars: usize, is_full: bool) -> (Value, usize) {
    let window = window(excerpt, chars);
    let left = if window.len() == excerpt.text.len() {
        0
    } else {
        let shown = excerpt.text.get(window.clone()).unwrap_or_default();
        excerpt.text.chars().count() - shown.chars().count()
    };
    let mut shown = value(&narrowed(excerpt, &window));
    if !is_full {
        shown = picked(shown, &EXCERPT);
    }
    mark_cut(&mut shown, left);
    (shown, left)
}

/// Says with a text how many characters of it were cut off.
pub(super) fn mark_cut(shown: &mut Value, left: usize) {
    if left > 0 {
        shown["cut"] = left.into();
    }
}

fn window(excerpt: &Excerpt, chars: usize) -> Range<usize> {
    let text = &excerpt.text;
    if text.char_indices().nth(chars).is_none() {
        return 0..text.len();
    }
    let start = if text.is_char_boundary(excerpt.best.start) { excerpt.best.start } else { 0 };
    let rest = text.get(start..).unwrap_or_default();
    start..start + cut(rest, chars)
}

/// The part of an excerpt that stands in a window of its text, cleaned.
fn narrowed(excerpt: &Excerpt, window: &Range<usize>) -> Excerpt {
    let text = excerpt.text.get(window.clone()).unwrap_or_default();
    let skipped = excerpt.text.get(..window.start).unwrap_or_default();
    let clean = Clean::of(text);
    let inside = |range: &Range<usize>| {
        let (start, end) = (range.start.max(window.start), range.end.min(window.end));
        (start < end).then(|| clean.place(&(start - window.start..end - window.start)))
    };
    let chars_of = |range: &Range<usize>| {
        let before = clean.text.get(..range.start).unwrap_or_default().chars().count();
        let within = clean.text.get(range.clone()).unwrap_or_default().chars().count();
        before..before + within
    };
    let mut narrow = excerpt.clone();
    narrow.bytes = excerpt.bytes.start + window.start..excerpt.bytes.start + window.end;
    let start = excerpt.chars.start + skipped.chars().count();
    narrow.chars = start..start + text.chars().count();
    narrow.file_byte = excerpt.file_byte.map(|byte| byte + window.start as u64);
    if excerpt.file_byte.is_some() {
        narrow.line = excerpt.line.map(|line| line + skipped.matches('\n').count() as u32);
    }
    narrow.best = inside(&excerpt.best).unwrap_or(0..clean.text.len());
    narrow.also = excerpt.also.as_ref().and_then(inside);
    let marks = excerpt.highlights.iter().filter_map(|mark| inside(&mark.bytes));
    narrow.highlights = marks.map(|bytes| Highlight { chars: chars_of(&bytes), bytes }).collect();
    narrow.mentions.retain_mut(|mention| match inside(&mention.bytes) {
        Some(bytes) => {
            mention.chars = chars_of(&bytes);
            mention.bytes = bytes;
            true
        }
        None => false,
    });
    narrow.text = clean.text;
    narrow
}

/// A hit without its passages. `extra` are the fields of the hit, with those that its list adds.
pub(super) fn frame(hit: &Hit, extra: &impl Serialize, is_full: bool) -> Value {
    let mut shown = value(extra);
    shown["doubts"] = value(&hit.dated.doubts());
    shown["cite"] = clean_line(&Citation::of_hit(hit).write(CitationStyle::Plain), CITATION).into();
    shown["title"] = titled(hit.title.as_deref());
    if shown["title"].as_str() != hit.title.as_deref() {
        // The ranges are those of the title as the document has it.
        shown["title_highlights"] = json!([]);
        shown["title_mentions"] = json!([]);
    }
    shown["passages"] = json!([]);
    let copies = |copies: &[Copied], most: usize| copies.iter().take(most).map(|one| copy(one, is_full)).collect();
    shown["versions"] = copies(&hit.versions, if is_full { usize::MAX } else { VERSIONS });
    if is_full {
        shown["copies"] = copies(&hit.copies, usize::MAX);
        return shown;
    }
    picked(shown, &[&HIT[..], &["doubts", "cite"]].concat())
}

/// A hit with its passages in at most `chars` characters each, and how many were cut off. The frame is made once, since
/// one answer is tried in several rooms.
pub(super) fn hit(hit: &Hit, frame: &Value, chars: usize, is_full: bool) -> (Value, usize) {
    let mut left = 0;
    let passages = hit.passages.iter().map(|passage| {
        let (passage, cut_off) = excerpt(passage, chars, is_full);
        left += cut_off;
        passage
    });
    let passages: Value = passages.collect();
    let mut shown = frame.clone();
    shown["passages"] = passages;
    (shown, left)
}

/// A document of a list of dated ones.
pub(super) fn dated(document: &DatedDocument, is_full: bool) -> Value {
    let mut shown = value(document);
    shown["title"] = titled(document.title.as_deref());
    if is_full { shown } else { picked(shown, &DATED) }
}

/// A document that has text in common with another.
pub(super) fn copy(copy: &Copied, is_full: bool) -> Value {
    let mut shown = value(copy);
    shown["title"] = titled(copy.title.as_deref());
    if is_full { shown } else { picked(shown, &COPY) }
}

/// A title on one line, cut where it is very long.
pub(super) fn titled(title: Option<&str>) -> Value {
    title.map_or(Value::Null, |title| clean_line(title, TITLE).into())
}

/// Notes as objects: the first ones, in so many characters; the rest are counted.
pub(super) fn notes(notes: &[Note], chars: usize) -> Value {
    let mut shown = Vec::new();
    let mut left = chars;
    for note in notes {
        let message = clean_line(&note.message, TITLE);
        let Some(rest) = left.checked_sub(message.chars().count()) else { break };
        left = rest;
        let mut note = value(note);
        note["message"] = message.into();
        shown.push(note);
    }
    if shown.len() < notes.len() {
        let message = format!("{} more notes", notes.len() - shown.len());
        shown.push(json!({"kind": "more", "message": message, "span": null}));
    }
    shown.into()
}
