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
mod entry;
mod ris;

use std::collections::BTreeSet;

use crate::corpus::encoding;
use crate::corpus::input::problem::{Faults, Problem};
use crate::corpus::raw::RawDocument;

pub(crate) use entry::Entry;

/// The most references of a list.
const MOST: usize = 200_000;

/// What becomes of the files that a list names which nobody looks for.
const NOT_ASKED: &str = "references whose files are not looked for: lists that are asked are named .bib, .bibtex, .ris or \
                         .json and lie beside the files, in no archive, of JSON the first 1,000 of a folder";

/// Returns whether a text is a list of references, by its beginning.
pub(super) fn is_list(head: &[u8], extension: &str) -> bool {
    ris::is_ris(head, extension == "ris")
        || bibtex::is_bibtex(head, matches!(extension, "bib" | "bibtex"))
        || csl::is_csl(head)
}

/// The references of a list, and what of it cannot be read.
pub(crate) fn entries(bytes: Vec<u8>) -> (Vec<Entry>, Vec<Problem>) {
    // Bytes that are no UTF-8 further down may change how the mark before the first line is read.
    let is_ris = ris::is_ris(&bytes, false);
    let text = encoding::decode(bytes, None).text;
    let mut faults = Faults::default();
    let (mut entries, told) = if is_ris || ris::is_ris(text.as_bytes(), false) {
        ris::read(&text)
    } else if csl::is_csl(text.as_bytes()) {
        csl::read(&text)
    } else if !bibtex::is_bibtex(text.as_bytes(), true) && ris::is_ris(text.as_bytes(), true) {
        ris::read(&text)
    } else {
        bibtex::read(&text)
    };
    told.into_iter().for_each(|problem| faults.tell(problem));
    if entries.len() > MOST {
        entries.truncate(MOST);
        faults.tell(Problem::failed(format!("more than {MOST} references; the rest is not read")));
    }
    for (entry, number) in entries.iter_mut().zip(1..) {
        entry.number = number;
        entry.tidy();
    }
    (entries, faults.problems())
}

/// Reads a list of references by itself. `pointing` has the numbers of those that name files beside the list; none for a
/// list that is not asked.
pub(crate) fn read(bytes: Vec<u8>, pointing: Option<&BTreeSet<usize>>) -> Vec<Result<RawDocument, Problem>> {
    let (entries, problems) = entries(bytes);
    let (mut found, mut lost, mut bare) = (0_usize, 0_usize, 0_usize);
    let mut read = Vec::new();
    for entry in &entries {
        if pointing.is_some_and(|pointing| pointing.contains(&entry.number)) {
            found += 1;
            continue;
        }
        lost += usize::from(!entry.files.is_empty());
        let number = || entry.number.to_string();
        match entry.document(format!("reference {}", entry.key.clone().unwrap_or_else(number))) {
            Some(raw) => read.push(Ok(raw)),
            None => bare += 1,
        }
    }
    let told = [
        (found, "references that point to files beside the list"),
        (lost, if pointing.is_some() { "references whose files are not here" } else { NOT_ASKED }),
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

#[cfg(test)]
mod tests;
