//! An archive of any size, made from the sample archive: every document many times, each time on another day and with
//! its sentences in another order, so that no two are alike and the words keep their natural frequencies.
//!
//! The same number of copies gives the same archive on every machine.

// Each benchmark uses its own part of this.
#![allow(dead_code)]

use std::fs;
use std::path::Path;

use dateline::{Corpus, Date, Document, Index, Language};

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

/// How a document is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    Markdown,
    Html,
    JsonLines,
}

/// Writes the documents into a folder, one file each, or one file of all for JSON Lines. Gives the bytes written.
pub(crate) fn write(documents: &[Document], format: Format, folder: &Path) -> usize {
    if format == Format::JsonLines {
        let lines: String = documents.iter().map(record).collect();
        fs::write(folder.join("archive.jsonl"), &lines).expect("a file is written");
        return lines.len();
    }
    let mut bytes = 0;
    for (number, document) in documents.iter().enumerate() {
        let (text, ending) = match format {
            Format::Plain => (plain(document), "txt"),
            Format::Markdown => (markdown(document), "md"),
            Format::Html => (html(document), "html"),
            Format::JsonLines => unreachable!("handled above"),
        };
        let drawer = folder.join(format!("{:03}", number / 500));
        fs::create_dir_all(&drawer).expect("a folder is made");
        fs::write(drawer.join(format!("{number:06}.{ending}")), &text).expect("a file is written");
        bytes += text.len();
    }
    bytes
}

fn altered(document: &Document, copy: usize, place: usize) -> Document {
    let mut random = Random(((copy as u64) << 32) | place as u64);
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
    for last in (1..sentences.len()).rev() {
        sentences.swap(last, random.below(last as u64 + 1) as usize);
    }
    sentences.chunks(4).map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n")
}

fn day(document: &Document) -> Option<String> {
    document.dated.date().map(|date| date.to_string())
}

fn source(document: &Document) -> Option<String> {
    document.attribution.source().map(|source| source.to_string())
}

fn title(document: &Document) -> &str {
    document.title.as_deref().unwrap_or("No title")
}

fn record(document: &Document) -> String {
    let record = serde_json::json!({
        "id": document.record_id,
        "title": document.title,
        "date": day(document),
        "source": source(document),
        "lang": document.language.map(Language::code),
        "text": document.text,
    });
    format!("{record}\n")
}

fn plain(document: &Document) -> String {
    let date = day(document).map_or(String::new(), |day| format!("Date: {day}\n"));
    let source = source(document).map_or(String::new(), |source| format!("Source: {source}\n"));
    format!("{date}{source}\n{}\n\n{}\n", title(document), document.text)
}

fn markdown(document: &Document) -> String {
    // A JSON string is a YAML string too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut matter = format!("title: {}\n", quoted(title(document)));
    for (name, value) in [("date", day(document)), ("source", source(document))] {
        if let Some(value) = value {
            matter.push_str(&format!("{name}: {}\n", quoted(&value)));
        }
    }
    format!("---\n{matter}---\n\n{}\n", document.text)
}

fn html(document: &Document) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let meta = |name: &str, value: Option<String>| {
        value.map_or(String::new(), |value| format!("<meta property=\"{name}\" content=\"{}\">\n", escaped(&value)))
    };
    let paragraphs: String =
        document.text.split("\n\n").map(|paragraph| format!("<p>{}</p>\n", escaped(paragraph))).collect();
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n{date}{site}</head>\n<body>\n\
         <nav><a href=\"/\">Home</a> <a href=\"/archive\">Archive</a></nav>\n<article>\n<h1>{title}</h1>\n{paragraphs}\
         </article>\n<footer>All tides subject to change</footer>\n</body>\n</html>\n",
        title = escaped(title(document)),
        date = meta("article:published_time", day(document)),
        site = meta("og:site_name", source(document)),
    )
}

/// SplitMix64: small, good enough to shuffle sentences, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
