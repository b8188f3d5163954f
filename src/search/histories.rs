//! The same archive gives the same answers, whatever its history.
//!
//! Random histories (documents and files that are added, changed, moved, removed and corrected, writers that stop before they
//! commit, updates that stop on their way, rebuilds) lead to an archive, which is then read into a fresh index. Random questions of every kind are asked
//! of both, and all of both answers must be equal: documents, order, notes, passages, counts, copies. Scores are those of
//! living documents, so they are equal too, up to rounding: both indexes have other segments, and add up in another
//! order.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use serde_json::{Value, json};

use super::answer;
use super::index::Index;
use super::request::Request;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::index::state::State;
use crate::indexer::update::Progress;
use crate::search::tests::{Chance, Change, assert_same, assert_same_others, changes, document, request};
use crate::text::Analyzer;

/// How many histories there are, unless the variable says how many times as many.
const HISTORIES: usize = 24;
/// The questions after each.
const QUESTIONS: usize = 50;
/// Histories of files, each of which reads two archives anew.
const FILE_HISTORIES: usize = 8;
const VARIABLE: &str = "DATELINE_HISTORIES";

fn times() -> usize {
    std::env::var(VARIABLE).ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn fresh(documents: impl Iterator<Item = Document>) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    documents.for_each(|document| writer.add(document).unwrap());
    writer.commit().unwrap();
    drop(writer);
    index.reload().unwrap();
    index
}

/// Asks both indexes the same questions.
fn assert_equal_answers(updated: &Index, fresh: &Index, questions: usize, chance: &mut Chance, context: &str) {
    let (updated, fresh) =
        (State::of(updated.engine.disk("").unwrap()).unwrap(), State::of(fresh.engine.disk("").unwrap()).unwrap());
    for number in 0..questions {
        let request = Request { collapse: chance.one_in(2), ..request(chance) };
        let context = format!("{context}, question {number}: {} {:?}", request.query, request.sort);
        let run = |state: &State| answer::run(&request, state, &mut Analyzer::for_questions()).unwrap();
        assert_same(&run(&updated), &run(&fresh), &context);
        assert_same_others(&request, &updated, &fresh, &context);
    }
}

#[test]
fn an_index_that_was_written_to_again_and_again_answers_as_a_fresh_one() {
    for history in 0..HISTORIES * times() {
        let chance = &mut Chance(history as u64);
        let index = Index::in_memory().unwrap();
        let mut living: BTreeMap<usize, Document> = BTreeMap::new();
        for step in 0..2 + chance.below(6) {
            let mut writer = index.writer().unwrap();
            let mut after = living.clone();
            for change in changes(&mut after, chance) {
                match change {
                    Change::Add(document) => writer.add(*document).unwrap(),
                    Change::Remove(id) => writer.remove(&id),
                }
            }
            // A writer that stops before it commits leaves nothing behind.
            if step > 0 && chance.one_in(5) {
                continue;
            }
            writer.commit().unwrap();
            living = after;
        }
        index.reload().unwrap();
        let fresh = fresh(living.into_values());
        assert_equal_answers(&index, &fresh, QUESTIONS, chance, &format!("history {history}"));
    }
}

/// Writes a file of an archive: a text with its date, lines of records, or a tar or zip archive of texts.
fn write_file(folder: &Path, number: usize, chance: &mut Chance) {
    let made: Vec<Document> = (0..1 + chance.below(3)).map(|at| document(number * 10 + at, chance)).collect();
    let dated = |document: &Document| match document.dated.date() {
        Some(date) => format!("Date: {date}\n\n{}\n", document.text),
        None => format!("{}\n", document.text),
    };
    let in_folder = folder.join(["north", "south"][number % 2]);
    fs::create_dir_all(&in_folder).unwrap();
    match number % 3 {
        0 => fs::write(in_folder.join(file_name(number)), dated(&made[0])).unwrap(),
        1 => {
            let line = |document: &Document| {
                let date = document.dated.date().map(|date| date.to_string());
                let source = document.attribution.source().map(|source| source.as_str().to_string());
                json!({ "title": document.title, "text": document.text, "date": date, "source": source }).to_string()
            };
            let lines: Vec<String> = made.iter().map(line).collect();
            fs::write(in_folder.join(file_name(number)), lines.join("\n")).unwrap();
        }
        _ => {
            let members = made.iter().enumerate().map(|(at, document)| (format!("{at}.txt"), dated(document)));
            let packed = if file_name(number).ends_with("zip") { zip(members) } else { tar(members) };
            fs::write(in_folder.join(file_name(number)), packed).unwrap();
        }
    }
}

/// The name of a file of an archive, which says what it holds.
fn file_name(number: usize) -> String {
    format!("{number}.{}", ["txt", "jsonl", "tar", "txt", "jsonl", "zip"][number % 6])
}

/// A zip archive of texts.
fn zip(members: impl Iterator<Item = (String, String)>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A tar archive of texts.
fn tar(members: impl Iterator<Item = (String, String)>) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, text) in members {
        let mut head = [0_u8; 512];
        let fields = [
            (0, name.clone()),
            (100, "0000644\0".into()),
            (124, format!("{:011o}\0", text.len())),
            (136, "00000000000\0".into()),
            (148, "        ".into()),
            (156, "0".into()),
            (257, "ustar\x0000".into()),
        ];
        for (at, field) in fields {
            head[at..at + field.len()].copy_from_slice(field.as_bytes());
        }
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        archive.extend(head);
        archive.extend(text.as_bytes());
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1_024, 0);
    archive
}

const CORRECTIONS: [&str; 6] = [
    "",
    "[[correct]]\nfiles = \"**/*.txt\"\ndate = \"1998-07\"\n",
    "[[correct]]\nfiles = \"north/*\"\nsource = \"Northern Courier\"\n",
    "[[correct]]\nfiles = \"*/*/1.txt\"\nlanguage = \"de\"\n",
    "[[correct]]\nfiles = \"south/*.jsonl#2\"\ndate = \"1992\"\n",
    "[[source]]\nname = \"Radio Skerry\"\nalso = [\"Courier\"]\n",
];

/// All that an index says of every document as it is now.
fn documents(index: &Index) -> BTreeMap<String, Value> {
    let results = index.search("").limit(1_000).collapse_copies(false).run().unwrap();
    let all = results.hits.into_iter().map(|hit| index.document(&hit.id).unwrap().unwrap());
    // Where files lay before is all that a fresh index cannot know.
    let all = all.map(|document| Document { former_ids: Vec::new(), ..document });
    all.map(|document| (document.id.clone(), json!(format!("{document:?}")))).collect()
}

#[test]
fn an_archive_whose_files_came_changed_and_went_is_read_as_if_it_were_new() {
    for history in 0..FILE_HISTORIES * times() {
        let chance = &mut Chance(1_000 + history as u64);
        let (home, at) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut index = Index::create(at.path().join("index")).unwrap();
        let corpus = || Corpus::open(home.path()).unwrap();
        for number in 0..12 {
            write_file(home.path(), number, chance);
        }
        for _ in 0..2 + chance.below(5) {
            for _ in 0..1 + chance.below(5) {
                let number = chance.below(18);
                let file = home.path().join(["north", "south"][number % 2]).join(file_name(number));
                match chance.below(5) {
                    0 if file.exists() => fs::remove_file(&file).unwrap(),
                    1 if file.exists() => {
                        let folder = home.path().join(chance.of(&["south", "west", "west/far"]));
                        fs::create_dir_all(&folder).unwrap();
                        fs::rename(&file, folder.join(file_name(number))).unwrap();
                    }
                    2 => fs::write(home.path().join("dateline.toml"), chance.of(&CORRECTIONS)).unwrap(),
                    _ => write_file(home.path(), number, chance),
                }
            }
            // An update that is stopped, before it begins or somewhere on its way, is gone on with by the next.
            let stops = Arc::new(AtomicBool::new(chance.one_in(6)));
            let steps = AtomicUsize::new(if chance.one_in(3) { chance.below(20) } else { usize::MAX });
            let on_its_way = |_: Progress| {
                let is_last = steps.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)) == Ok(1);
                stops.fetch_or(is_last, SeqCst);
            };
            let _ = index.update().cancel(Arc::clone(&stops)).progress(on_its_way).run(&[corpus()]);
            if chance.one_in(6) {
                drop(index);
                Index::rebuild(at.path().join("index"), |index| index.update().run(&[corpus()])).unwrap();
                index = Index::open(at.path().join("index")).unwrap();
            }
        }
        index.update().run(&[corpus()]).unwrap();
        index.reload().unwrap();
        let fresh = Index::in_memory().unwrap();
        fresh.update().run(&[corpus()]).unwrap();
        fresh.reload().unwrap();
        let context = format!("history {history} of files");
        assert_eq!(documents(&index), documents(&fresh), "{context}");
        assert_equal_answers(&index, &fresh, QUESTIONS / 2, chance, &context);
    }
}
