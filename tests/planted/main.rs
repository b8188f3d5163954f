//! Nothing is lost in silence: a word planted in any part of a file that holds text is found in a document, or told to be
//! left out by a rule and found with nothing left out, or told among the problems.

#![allow(clippy::unwrap_used)]

mod samples;

use std::fs;

use dateline::{Corpus, Document};
use proptest::prelude::*;

use samples::{Build, FORMATS, Planter};

/// The name in a document's metadata of what rules left out of its text.
const LEFT_OUT: &str = "left_out";

/// All that a document says: its text, and what is known of it.
fn words_of(document: &Document) -> String {
    let clues =
        format!("{:?} {:?} {:?} {:?}", document.dated, document.attribution, document.record_id, document.place);
    let known: Vec<&str> = document.metadata.values().map(String::as_str).collect();
    format!("{}\n{:?}\n{}\n{clues}", document.text, document.title, known.join("\n"))
}

/// The parts of a file whose words nobody finds and nobody is told of.
fn lost(name: &str, build: Build, seed: u64) -> Vec<String> {
    let planter = Planter::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, build(&planter)).unwrap();
    let read = |all_text: bool| -> (Vec<Document>, String) {
        let corpus = Corpus::open(&file).unwrap().today("2026-01-01".parse().unwrap()).all_text(all_text);
        let (mut documents, mut problems) = (Vec::new(), String::new());
        for item in corpus {
            match item {
                Ok(document) => documents.push(document),
                Err(error) => problems.push_str(&error.to_string()),
            }
        }
        (documents, problems)
    };
    let (documents, problems) = read(false);
    let (whole, _) = read(true);
    let told = documents.iter().any(|document| document.metadata.contains_key(LEFT_OUT));
    let has = |documents: &[Document], word: &str| documents.iter().any(|document| words_of(document).contains(word));
    let planted = planter.planted.into_inner();
    let lost = planted
        .iter()
        .filter(|(_, word)| !(has(&documents, word) || told && has(&whole, word) || problems.contains(word.as_str())));
    lost.map(|(part, _)| part.clone()).collect()
}

#[test]
fn every_part_of_every_format_is_read_or_told() {
    let lost: Vec<String> = FORMATS
        .iter()
        .map(|(name, build)| (name, lost(name, *build, 0)))
        .filter(|(_, lost)| !lost.is_empty())
        .map(|(name, lost)| format!("{name}: {}", lost.join(", ")))
        .collect();
    assert!(lost.is_empty(), "lost:\n{}", lost.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_parts_of_a_format_are_read_or_told(at in 0..FORMATS.len(), seed in 1u64..) {
        let (name, build) = FORMATS[at];
        let lost = lost(name, build, seed);
        prop_assert!(lost.is_empty(), "{name}: {lost:?}");
    }
}

#[test]
fn no_part_is_read_twice() {
    let mut twice = Vec::new();
    for (name, build) in FORMATS {
        let planter = Planter::new(0);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, build(&planter)).unwrap();
        let corpus = Corpus::open(&file).unwrap().today("2026-01-01".parse().unwrap());
        let texts: Vec<String> = corpus.into_iter().filter_map(Result::ok).map(|document| document.text).collect();
        for (part, word) in planter.planted.into_inner() {
            let count: usize = texts.iter().map(|text| text.matches(word.as_str()).count()).sum();
            if count > 1 {
                twice.push(format!("{name}: {part} {count} times"));
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}
