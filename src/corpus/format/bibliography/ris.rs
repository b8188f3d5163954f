//! RIS: a line a field, `TY  - ` first and `ER  - ` last.

use std::collections::BTreeMap;

use super::entry::{Entry, numbers, shared};
use crate::corpus::input::problem::Problem;

/// Returns whether a text begins like RIS. `named` says that its name is that of such a list, in which some databases put
/// lines about themselves before the first reference.
pub(super) fn is_ris(head: &[u8], named: bool) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut lines = head.split(|byte| matches!(byte, b'\r' | b'\n'));
    lines.by_ref().take(if named { usize::MAX } else { 1 }).any(begins)
}

/// Returns whether a line begins a reference.
fn begins(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    field(line).is_some_and(|(tag, value)| {
        tag == "TY" && (2..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_uppercase())
    })
}

/// The tag and the value of a line: `TY  - JOUR`. Some programs write one blank.
fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let mut letters = tag.bytes();
    let is_tag = letters.next()?.is_ascii_uppercase() && letters.next()?.is_ascii_alphanumeric();
    let rest = rest.trim_start_matches(' ').strip_prefix('-').filter(|_| is_tag && rest.starts_with(' '))?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| (tag, rest.trim()))
}

pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let mut entries = Vec::new();
    let mut open: Option<Record> = None;
    let mut problems = Vec::new();
    for (line, number) in text.lines().zip(1_u32..) {
        match field(line.trim_start_matches('\u{feff}')) {
            Some(("TY", _)) => {
                entries.extend(open.replace(Record::at(number)).map(Record::entry));
            }
            Some(("ER", _)) => entries.extend(open.take().map(Record::entry)),
            Some((tag, value)) => match &mut open {
                Some(record) => record.fields.push((tag.to_owned(), value.to_owned())),
                None => problems.push(Problem::on_line(number, "a field of no reference")),
            },
            // A long value goes on in the next line.
            None if !line.trim().is_empty() => {
                if let Some((_, value)) = open.as_mut().and_then(|record| record.fields.last_mut()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            None => {}
        }
    }
    entries.extend(open.map(Record::entry));
    (entries, problems)
}

struct Record {
    line: u32,
    fields: Vec<(String, String)>,
}

impl Record {
    fn at(line: u32) -> Record {
        Record { line, fields: Vec::new() }
    }

    /// The first value of the first of these tags that is there.
    fn first(&self, tags: &[&str]) -> Option<String> {
        let value = |tag: &&str| self.fields.iter().find(|(known, value)| known == tag && !value.is_empty());
        tags.iter().find_map(value).map(|(_, value)| value.clone())
    }

    fn entry(self) -> Entry {
        let authors = self.fields.iter().filter(|(tag, _)| matches!(tag.as_str(), "AU" | "A1"));
        let authors: Vec<&str> = authors.map(|(_, value)| value.as_str()).take(20).collect();
        let files = self.fields.iter().filter(|(tag, _)| matches!(tag.as_str(), "L1" | "L2" | "L3" | "L4" | "FU"));
        let known = [
            "TI", "T1", "AU", "A1", "T2", "DA", "PY", "Y1", "LA", "UR", "AB", "N2", "ID", "L1", "L2", "L3", "L4", "FU",
        ];
        let mut other: BTreeMap<String, String> = BTreeMap::new();
        for (tag, value) in self.fields.iter().filter(|(tag, _)| !known.contains(&tag.as_str())) {
            let all = other.entry(tag.clone()).or_default();
            all.push_str(if all.is_empty() { "" } else { "; " });
            all.push_str(value);
        }
        Entry {
            line: self.line,
            title: self.first(&["TI", "T1", "CT", "BT"]),
            author: Some(authors.join("; ")).filter(|authors| !authors.is_empty()),
            source: self.first(&["T2", "JO", "JF", "JA", "J2", "PB"]),
            date: ["DA", "PY", "Y1"].iter().find_map(|tag| date(&self.first(&[tag])?)),
            language: self.first(&["LA"]),
            url: self.first(&["UR"]),
            summary: self.first(&["AB", "N2"]),
            key: self.first(&["ID"]),
            files: files.map(|(_, value)| value.clone()).collect(),
            other,
            ..Entry::default()
        }
    }
}

/// A date as RIS writes it: `2001/09/01/`, `2001/09//`, `2001///Spring`. What is written in another way is kept as it is,
/// for whoever reads the dates of catalogues and the ends of ranges.
fn date(value: &str) -> Option<String> {
    let mut parts = value.splitn(4, '/').map(str::trim);
    let mut number = || parts.next().map(|part| part.parse::<i64>().ok());
    match (number()?, number(), number()) {
        // The second of two is a month, or another year.
        (Some(year), None | Some(None | Some(..=12)), day) => {
            let month = value.split('/').nth(1).and_then(|month| month.trim().parse().ok());
            let told = numbers(year, month, day.flatten())?;
            // Behind three figures stands a remark, or the other end of a range.
            let other = parts.next().filter(|rest| rest.contains('/')).and_then(date);
            other.map_or(Some(told.clone()), |other| shared(&told, &other))
        }
        _ => Some(value.to_owned()).filter(|value| value.contains(|c: char| c.is_ascii_digit())),
    }
}
