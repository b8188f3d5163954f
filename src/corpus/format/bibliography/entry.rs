//! What one reference says, and how its date is put together.

use std::collections::BTreeMap;

use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;

/// The longest value that is kept, in bytes, besides an abstract.
const LONGEST: usize = 4_000;

/// The most files of one reference.
const FILES: usize = 20;

/// One reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its number in its list, from 1.
    pub(crate) number: usize,
    /// The line at which it begins, from 1.
    pub(crate) line: u32,
    /// The key by which its list knows it, if there is one. It lasts while others come and go before it.
    pub(crate) key: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    /// Where it appeared: a newspaper, a journal, a publisher.
    pub(crate) source: Option<String>,
    /// Its date at the precision that is told: `1896-04-01`, `1896-04`, `1896`, with `c. ` before one that is not sure.
    pub(crate) date: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) summary: Option<String>,
    /// The files that it names, as written.
    pub(crate) files: Vec<String>,
    /// All else that it says, by the names of its list.
    pub(crate) other: BTreeMap<String, String>,
}

impl Entry {
    /// Its place in its list: its key, or else its line.
    pub(crate) fn place(&self) -> String {
        self.key.clone().unwrap_or_else(|| format!("line {}", self.line))
    }

    /// What it says of a document, with its place: `references.bib mill1896`.
    pub(crate) fn declared(&self, place: &str) -> Vec<Declared> {
        let told = [("date", &self.date), ("author", &self.author), ("source", &self.source)];
        let told = told.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
        let declared = |(name, value): (&str, String)| Declared {
            origin: Origin::Sidecar,
            name: name.to_owned(),
            value,
            place: place.to_owned(),
        };
        told.map(declared).collect()
    }

    /// A document of its abstract. None if it has none.
    pub(super) fn document(&self, key: String) -> Option<RawDocument> {
        let text = self.summary.clone().filter(|text| !text.trim().is_empty())?;
        let mut declared = self.declared(&self.place());
        declared.iter_mut().for_each(|declared| declared.origin = Origin::Field);
        Some(RawDocument {
            text,
            key,
            record_id: self.key.clone(),
            declared,
            title: self.title.clone(),
            language: self.language.clone(),
            url: self.url.clone(),
            metadata: self.other.clone(),
            place: Place { line: Some(self.line), ..Place::default() },
            ..RawDocument::default()
        })
    }

    /// Tidies white space, and drops what is too long, and addresses on the net.
    pub(super) fn tidy(&mut self) {
        for value in [&mut self.title, &mut self.author, &mut self.source, &mut self.date, &mut self.key] {
            let tidied = value.as_deref().map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
            *value = tidied.filter(|value| !value.is_empty() && value.len() <= LONGEST);
        }
        self.other.retain(|_, value| !value.trim().is_empty() && value.len() <= LONGEST);
        for file in &mut self.files {
            if let Some(path) = file.strip_prefix("file://") {
                *file = path.to_owned();
            }
        }
        self.files.truncate(FILES);
        self.files.retain(|file| !file.trim().is_empty() && file.len() <= LONGEST && !file.contains("://"));
    }
}

/// A date of numbers as they are told: year, month, day. None for a year that is none.
pub(super) fn numbers(year: i64, month: Option<i64>, day: Option<i64>) -> Option<String> {
    let year = Some(year).filter(|year| (1000..10_000).contains(year))?;
    let Some(month) = month.filter(|month| (1..=12).contains(month)) else { return Some(format!("{year}")) };
    let Some(day) = day.filter(|day| (1..=31).contains(day)) else { return Some(format!("{year}-{month:02}")) };
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// What the two ends of a range share: a month, a year, or nothing.
pub(super) fn shared(begin: &str, end: &str) -> Option<String> {
    let both = begin.split('-').zip(end.split('-')).take_while(|(one, other)| one == other);
    Some(both.map(|(part, _)| part).collect::<Vec<_>>().join("-")).filter(|date| !date.is_empty())
}
