//! CSL-JSON: a list of references as programs for references exchange them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::entry::{Entry, numbers, shared};
use crate::corpus::format::{json, jsonl};
use crate::corpus::input::problem::Problem;

/// The bytes of a list's beginning in which it shows what it is.
const BEGINNING: usize = 16 * 1024;

/// Returns whether a text begins like CSL-JSON: with an object that has a type of reference, and such a list's own keys.
pub(super) fn is_csl(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let head = head.get(..BEGINNING).unwrap_or(head);
    let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
    head.starts_with(b"[") && has(b"\"type\"") && has(b"\"id\"") && has(b"\"issued\"") && has(b"\"date-parts\"")
}

pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    let (before, list) = text.split_once('[').unwrap_or((text, ""));
    let line = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1);
    let wrong = json::objects(list.as_bytes(), line, |item, line| match serde_json::from_slice(item) {
        Ok(item) => entries.push(entry(&item, line)),
        Err(error) => {
            let reason = format!("a damaged reference: {}", jsonl::without_line(&error));
            problems.push(Problem::on_line(line, reason));
        }
    });
    problems.extend(wrong.map(|(line, reason)| Problem::on_line(line, reason)));
    (entries, problems)
}

fn entry(item: &Map<String, Value>, line: u32) -> Entry {
    let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let first = |names: &[&str]| names.iter().find_map(|name| text(name));
    let people = item.get("author").and_then(Value::as_array).into_iter().flatten().take(20);
    let people: Vec<String> = people.filter_map(person).collect();
    let mut files: Vec<String> = ["file", "path"].iter().filter_map(|name| text(name)).collect();
    let attached = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
    files.extend(attached.filter_map(|one| one.get("path").or(Some(one))?.as_str()).map(str::to_owned));
    Entry {
        line,
        title: text("title").map(|title| plain(&title)),
        author: Some(people.join("; ")).filter(|people| !people.is_empty()),
        source: first(&["container-title", "publisher"]).map(|source| plain(&source)),
        date: item.get("issued").and_then(date),
        language: text("language"),
        url: text("URL"),
        summary: text("abstract"),
        files,
        key: item.get("id").and_then(name),
        other: other(item),
        ..Entry::default()
    }
}

/// A text or a number, as text.
fn name(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_number().map(ToString::to_string))
}

/// The texts and numbers of an item that mean nothing else here.
fn other(item: &Map<String, Value>) -> BTreeMap<String, String> {
    let known = ["id", "title", "container-title", "language", "URL", "abstract", "file", "path"];
    let others = item.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    others.filter_map(|(known, value)| Some((known.clone(), name(value)?))).collect()
}

/// A title without the marks of its letters: `<i>`, `<span class="nocase">`.
fn plain(title: &str) -> String {
    let mut plain = String::new();
    let mut rest = title;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        plain.push_str(before);
        let inner = tag.get(1..).unwrap_or_default();
        let end = inner.find('>').filter(|_| inner.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()));
        match end.and_then(|end| inner.get(end + 1..)) {
            Some(after) => rest = after,
            None => {
                plain.push('<');
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn person(person: &Value) -> Option<String> {
    let part = |name: &str| person.get(name).and_then(Value::as_str);
    match (part("given"), part("family")) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (given, family) => part("literal").or(family).or(given).map(str::to_owned),
    }
}

/// The date of an item: of one day, or what the two days of a range share.
fn date(issued: &Value) -> Option<String> {
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok());
    let parts = |day: &Value| {
        let parts: Vec<i64> = day.as_array()?.iter().map_while(number).collect();
        numbers(*parts.first()?, parts.get(1).copied(), parts.get(2).copied())
    };
    let days = issued.get("date-parts").and_then(Value::as_array);
    let date = match days.map(Vec::as_slice) {
        Some([day]) => parts(day),
        Some([begin, end, ..]) => shared(&parts(begin)?, &parts(end)?),
        _ => ["raw", "literal"].iter().find_map(|name| issued.get(*name)?.as_str().map(str::to_owned)),
    }?;
    let circa = issued.get("circa").is_some_and(|circa| !matches!(circa, Value::Bool(false) | Value::Null));
    Some(if circa { format!("c. {date}") } else { date })
}
