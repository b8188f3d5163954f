//! The sample archive read as its authors meant it. The table was written down together with the files, and only later
//! compared with what the code makes of them.

use std::collections::BTreeMap;

use dateline::{Corpus, Date, Document};

use crate::support::{Archive, home, today};

const TABLE: &str = include_str!("../fixtures/corpus.tsv");

fn documents() -> Vec<Document> {
    let corpus = Corpus::open(home().join("corpus")).unwrap().today(today());
    corpus.into_iter().filter_map(Result::ok).collect()
}

/// A serialized name, such as `front-matter`.
fn name(rule: impl serde::Serialize) -> String {
    serde_json::to_value(rule).unwrap().as_str().unwrap().to_owned()
}

fn row(document: &Document) -> (String, String) {
    let path = document.place.path.as_ref().unwrap().strip_prefix(home().join("corpus")).unwrap();
    let key = format!("{}\t{}", path.to_str().unwrap(), document.record_id.as_deref().unwrap_or_default());
    let date = document.dated.date().map_or("-".to_owned(), |date: Date| date.to_string());
    let rule = document.dated.chosen.as_ref().map_or("-".to_owned(), |clue| name(clue.rule));
    let source = document.attribution.source().map_or("-".to_owned(), |source| source.to_string());
    let language = document.language.map_or("-", |language| language.code());
    let title = document.title.as_deref().unwrap_or("-");
    (key, format!("{title}\t{date}\t{rule}\t{source}\t{language}"))
}

#[test]
fn every_document_of_the_sample_archive_has_the_title_date_source_and_language_it_should() {
    let wanted: BTreeMap<String, String> = TABLE
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.splitn(3, '\t').collect();
            (format!("{}\t{}", columns[0], columns[1]), columns[2].to_owned())
        })
        .collect();
    let documents = documents();
    let read: BTreeMap<String, String> = documents.iter().map(row).collect();
    assert_eq!(read.len(), documents.len(), "two documents of one name");
    let mut wrong = Vec::new();
    for key in wanted.keys().chain(read.keys().filter(|key| !wanted.contains_key(*key))) {
        let (wanted, read) = (wanted.get(key), read.get(key));
        if wanted != read {
            let (wanted, read) = (wanted.map_or("nothing", String::as_str), read.map_or("nothing", String::as_str));
            wrong.push(format!("{key}\n  wanted {wanted}\n  read   {read}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_document_is_passed_over_with_a_reason() {
    let corpus = Corpus::open(home().join("corpus")).unwrap();
    let reasons: Vec<String> = corpus.into_iter().filter_map(Result::err).map(|error| error.message().into()).collect();
    assert_eq!(reasons, ["skipped: an empty file", "skipped: an image"]);
}

#[test]
fn a_rival_date_is_kept_with_the_one_that_won() {
    let documents = documents();
    let front_page = documents
        .iter()
        .find(|document| document.place.path.as_ref().unwrap().ends_with("1992/fire-front-page.txt"))
        .unwrap();
    let rivals: Vec<String> = front_page.dated.rivals.iter().map(|clue| clue.date.to_string()).collect();
    assert!(rivals.contains(&"1992-02-26".to_owned()), "{rivals:?}");
    let chosen = front_page.dated.chosen.as_ref().unwrap();
    assert_eq!((chosen.place.as_str(), chosen.written.as_str()), ("line 1", "1992-02-27"));
}

#[test]
fn publisher_agency_and_author_are_kept_apart() {
    let documents = documents();
    let first_take = documents
        .iter()
        .find(|document| document.place.path.as_ref().unwrap().ends_with("tidewater/harbour-fire-first-take.txt"))
        .unwrap();
    let attribution = &first_take.attribution;
    assert_eq!(attribution.agency.as_ref().unwrap().name, "TNA");
    assert_eq!(attribution.publisher.as_ref().unwrap().name, "tidewater");
    let otters = documents.iter().find(|document| document.record_id.as_deref() == Some("si-0733")).unwrap();
    assert_eq!(otters.attribution.publisher.as_ref().unwrap().name, "The Skerry Islander");
    assert_eq!(otters.attribution.byline.as_ref().unwrap().name, "a reader");
}

#[test]
fn passages_cover_every_text_without_gap_or_overlap() {
    for document in documents() {
        let mut end = 0;
        for (passage, number) in document.passages().iter().zip(1..) {
            assert_eq!((passage.number(), passage.range().start), (number, end), "{:?}", document.title);
            assert!(!document.text[passage.range()].trim().is_empty(), "{:?}", document.title);
            end = passage.range().end;
        }
        assert_eq!(end, document.text.len(), "{:?}", document.title);
    }
}

#[test]
fn ids_are_the_same_wherever_the_archive_is_kept() {
    let elsewhere = tempfile::tempdir().unwrap();
    let name = "council/bread-festival-rules.txt";
    let copy = elsewhere.path().join(name);
    std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
    std::fs::copy(home().join("corpus").join(name), &copy).unwrap();
    let copied = Corpus::open(elsewhere.path()).unwrap().into_iter().next().unwrap().unwrap();
    let here = documents().into_iter().find(|document| document.title == copied.title).unwrap();
    assert_eq!(here.id, copied.id);
}

#[test]
fn a_folder_s_name_is_told_as_such_and_inspect_gives_a_file_the_id_and_source_of_its_archive() {
    let archive = Archive::new()
        .file("north/far/a.txt", "The ferry sails.\n")
        .file("north/far/b.txt", "Source: Far Courier\n\nThe ferry stays.\n")
        .indexed();
    archive.run(&["sources"]).exits(0).prints("far          undated · a folder's name, said by no document");
    let counts = archive.run(&["sources", "--format", "json"]).json()["sources"].clone();
    assert_eq!((&counts[0]["value"], &counts[0]["from_folder"]), (&"Far Courier".into(), &0.into()));
    assert_eq!((&counts[1]["value"], &counts[1]["from_folder"]), (&"far".into(), &1.into()));
    let id = archive.run(&["search", "sails", "--format", "jsonl"]).column("id").remove(0);
    let told = format!("id         {id}");
    archive.run(&["show", &id]).prints("far (folder far, not said by the document)");
    for path in ["files/north/far/a.txt", "files/north/far", "files/north", "files"] {
        archive.run(&["inspect", path]).exits(0).prints(&told).prints("far (folder far, not said by the document)");
    }
    let alone = Archive::new().file("north/far/a.txt", "The ferry sails.\n");
    alone.run(&["inspect", "files/north/far/a.txt"]).exits(0).prints("source     none");
}
