//! An archive of any size, made from the sample archive: every document many times, each time on another day and with
//! its sentences in another order, so that no two are alike and the words keep their natural frequencies.
//!
//! The same number of copies gives the same archive on every machine.

// Each benchmark uses its own part of this.
#![allow(dead_code)]

mod dress;
mod random;

use std::path::Path;

use dateline::{Corpus, Date, Document, Index};

#[allow(unused_imports)]
pub(crate) use dress::{FORMATS, Format, write};
pub(crate) use random::Random;

/// The day the sample archive is read on, so that no clock decides anything.
const TODAY: &str = "2026-01-01";
/// Days from one copy of the archive to the next: far enough for a range of dates to tell copies apart.
const DAYS_APART: i32 = 11;

/// The sample documents as they are.
pub(crate) fn sample() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Corpus::open(folder).expect("the sample archive is there");
    let today = TODAY.parse().expect("a day");
    // What cannot be read is there to be skipped.
    corpus.today(today).into_iter().filter_map(Result::ok).collect()
}

/// The sample documents `copies` times.
pub(crate) fn documents(copies: usize) -> Vec<Document> {
    let sample = sample();
    (0..copies).flat_map(|copy| sample.iter().enumerate().map(move |(place, one)| altered(one, copy, place))).collect()
}

/// An index in memory that holds these documents.
pub(crate) fn index(documents: &[Document]) -> Index {
    let index = Index::in_memory().expect("an index in memory");
    let mut writer = index.writer().expect("nobody else writes");
    for document in documents {
        writer.add(document.clone()).expect("a document is added");
    }
    writer.commit().expect("a commit");
    index
}

/// Bytes of all texts.
pub(crate) fn bytes(documents: &[Document]) -> usize {
    documents.iter().map(|document| document.text.len()).sum()
}

fn altered(document: &Document, copy: usize, place: usize) -> Document {
    let mut random = Random::new(((copy as u64) << 32) | place as u64);
    let mut made = Document::new(format!("{}-{copy}", document.id), shuffled(&document.text, &mut random));
    made.record_id = Some(format!("c{copy}-d{place}"));
    made.title = document.title.clone();
    made.attribution = document.attribution.clone();
    made.language = document.language;
    match document.dated.date() {
        Some(date) => made.date(later(date, copy)),
        None => made,
    }
}

/// The same precision, some days later, over and over within thirty years.
fn later(date: Date, copy: usize) -> Date {
    let day = date.plus_days(DAYS_APART * (copy % 1000) as i32);
    let made = match (date.month(), date.day()) {
        (Some(_), Some(_)) => Ok(day),
        (Some(_), None) => Date::from_ym(day.year(), day.month().unwrap_or(1)),
        _ => Date::from_year(day.year()),
    };
    made.unwrap_or(day)
}

/// The sentences in another order, four to a paragraph. Sentences are told apart roughly: it is word order and
/// document length that must stay natural.
fn shuffled(text: &str, random: &mut Random) -> String {
    let mut sentences: Vec<&str> =
        text.split("\n\n").flat_map(|paragraph| paragraph.split_inclusive(". ")).map(str::trim).collect();
    sentences.retain(|sentence| !sentence.is_empty());
    random.shuffle(&mut sentences);
    sentences.chunks(4).map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n")
}
