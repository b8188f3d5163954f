//! Lists of references as libraries and programs for references keep them: RIS, BibTeX and CSL-JSON.
//!
//! An [`Entry`] is what one reference says, in the words of its list: title, author, date, where it appeared, and the
//! files that it names. What becomes of it is decided by whoever knows the files ([`beside`](crate::corpus::reading)): it
//! dates and names the file it points to, or is a document of its abstract.
//!
//! The invariant: a date is no more precise than the reference says. A range is no day: what its ends share is kept, a
//! year or a month, and nothing where they share nothing.

mod bibtex;
mod csl;
mod ris;

use std::collections::BTreeMap;

use crate::corpus::encoding;
use crate::corpus::input::problem::{Faults, Problem};
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;

/// The most references of a list.
const MOST: usize = 200_000;

/// The longest value that is kept, in bytes, besides an abstract.
const LONGEST: usize = 4_000;

/// One reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The line at which it begins, from 1.
    pub(crate) line: u32,
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
    /// What it says of a document, with its place: `references.bib line 12`.
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
    fn document(&self, key: String) -> Option<RawDocument> {
        let text = self.summary.clone().filter(|text| !text.trim().is_empty())?;
        let mut declared = self.declared(&format!("line {}", self.line));
        declared.iter_mut().for_each(|declared| declared.origin = Origin::Field);
        Some(RawDocument {
            text,
            key,
            declared,
            title: self.title.clone(),
            language: self.language.clone(),
            url: self.url.clone(),
            metadata: self.other.clone(),
            place: Place { line: Some(self.line), ..Place::default() },
            ..RawDocument::default()
        })
    }
}

/// Returns whether a text is a list of references, by its beginning.
pub(super) fn is_list(head: &[u8], extension: &str) -> bool {
    ris::is_ris(head) || bibtex::is_bibtex(head, matches!(extension, "bib" | "bibtex")) || csl::is_csl(head)
}

/// The references of a list, and what of it cannot be read.
pub(crate) fn entries(bytes: Vec<u8>) -> (Vec<Entry>, Vec<Problem>) {
    // Bytes that are no UTF-8 further down may change how the mark before the first line is read.
    let is_ris = ris::is_ris(&bytes);
    let text = encoding::decode(bytes, None).text;
    let mut faults = Faults::default();
    let (mut entries, told) = if is_ris || ris::is_ris(text.as_bytes()) {
        ris::read(&text)
    } else if csl::is_csl(text.as_bytes()) {
        csl::read(&text)
    } else {
        bibtex::read(&text)
    };
    told.into_iter().for_each(|problem| faults.tell(problem));
    if entries.len() > MOST {
        entries.truncate(MOST);
        faults.tell(Problem::failed(format!("more than {MOST} references; the rest is not read")));
    }
    entries.iter_mut().for_each(Entry::tidy);
    (entries, faults.problems())
}

/// Reads a list of references by itself. `points` tells whether a reference dates a file beside the list.
pub(crate) fn read(bytes: Vec<u8>, points: &dyn Fn(&Entry) -> bool) -> Vec<Result<RawDocument, Problem>> {
    let (entries, problems) = entries(bytes);
    let (mut pointing, mut lost, mut bare) = (0_usize, 0_usize, 0_usize);
    let mut read = Vec::new();
    for (entry, number) in entries.iter().zip(1..) {
        if points(entry) {
            pointing += 1;
            continue;
        }
        lost += usize::from(!entry.files.is_empty());
        match entry.document(format!("reference {number}")) {
            Some(raw) => read.push(Ok(raw)),
            None => bare += 1,
        }
    }
    let told = [
        (pointing, "references that date and name files beside the list"),
        (lost, "references whose files are not here"),
        (bare, "references without an abstract, which give no document"),
    ];
    let told = told.into_iter().filter(|(count, _)| *count > 0);
    read.extend(told.map(|(count, what)| Err(Problem::nothing(format!("{what}: {count}")))));
    read.extend(problems.into_iter().map(Err));
    if read.is_empty() {
        read.push(Err(Problem::nothing("a list of references that is empty")));
    }
    read
}

impl Entry {
    fn tidy(&mut self) {
        for value in [&mut self.title, &mut self.author, &mut self.source, &mut self.date] {
            let tidied = value.as_deref().map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
            *value = tidied.filter(|value| !value.is_empty() && value.len() <= LONGEST);
        }
        self.other.retain(|_, value| !value.trim().is_empty() && value.len() <= LONGEST);
        for file in &mut self.files {
            if let Some(path) = file.strip_prefix("file://") {
                *file = path.to_owned();
            }
        }
        self.files.retain(|file| !file.trim().is_empty() && file.len() <= LONGEST && !file.contains("://"));
    }
}

/// A date of numbers as they are told: year, month, day. None for a year that is none.
fn numbers(year: i64, month: Option<i64>, day: Option<i64>) -> Option<String> {
    let year = Some(year).filter(|year| (1000..10_000).contains(year))?;
    let Some(month) = month.filter(|month| (1..=12).contains(month)) else { return Some(format!("{year}")) };
    let Some(day) = day.filter(|day| (1..=31).contains(day)) else { return Some(format!("{year}-{month:02}")) };
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// What the two ends of a range share: a month, a year, or nothing.
fn shared(begin: &str, end: &str) -> Option<String> {
    let both = begin.split('-').zip(end.split('-')).take_while(|(one, other)| one == other);
    Some(both.map(|(part, _)| part).collect::<Vec<_>>().join("-")).filter(|date| !date.is_empty())
}

#[cfg(test)]
mod tests;
