//! Lists of references beside the files that they date and name.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use crate::corpus::Corpus;
use crate::document::{DateRule, Document, SourceRule};

const LIST: &str = "@article{a,\n title = {The Mill},\n author = {Anna Example}, journal = {Riverby Courier},\n\
    date = {1896-04}, file = {:/home/anna/scans/mill.txt:text}}\n\n@misc{b, year = 1901, file = {gone.pdf}}\n";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(root: &Path) -> (Vec<Document>, Vec<String>) {
    let begin = format!("{}/", root.display());
    let (read, told): (Vec<_>, Vec<_>) =
        Corpus::open(root).unwrap().today("2026-01-01".parse().unwrap()).into_iter().partition(Result::is_ok);
    let told = told.into_iter().filter_map(Result::err).map(|error| error.to_string().replace(&begin, ""));
    (read.into_iter().filter_map(Result::ok).collect(), told.collect())
}

#[test]
fn a_reference_dates_and_names_the_file_that_it_points_to_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "library/references.bib", LIST);
    write(folder.path(), "library/scans/mill.txt", "Date: 2019-05-06\nSource: Scan Office\n\nThe mill turns.\n");
    write(folder.path(), "library/scans/other.txt", "The ferry sails.\n");
    let (read, told) = read(folder.path());
    let [mill, other] = read.as_slice() else { panic!("{read:?}") };
    let clue = mill.dated.chosen.as_ref().unwrap();
    assert_eq!((clue.date.to_string().as_str(), clue.rule), ("1896-04", DateRule::Sidecar));
    assert_eq!(clue.place, "references.bib line 1");
    // What the file says of itself is a rival.
    assert_eq!(mill.dated.rivals[0].date.to_string(), "2019-05-06");
    assert_eq!(mill.title.as_deref(), Some("The Mill"));
    let publisher = mill.attribution.publisher.as_ref().unwrap();
    assert_eq!((publisher.name.as_str(), publisher.rule), ("Riverby Courier", SourceRule::Sidecar));
    assert_eq!(mill.attribution.byline.as_ref().unwrap().name, "Anna Example");
    assert_eq!(other.dated.date(), None);
    assert_eq!(
        told,
        [
            "library/references.bib: references that date and name files beside the list: 1",
            "library/references.bib: references whose files are not here: 1",
            "library/references.bib: references without an abstract, which give no document: 1"
        ]
    );
}

#[test]
fn a_list_says_nothing_of_files_outside_its_folder_and_corrections_have_the_last_word() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "mill.txt", "The mill turns.\n");
    write(folder.path(), "a/list.ris", "TY  - NEWS\nPY  - 1896\nL1  - ../mill.txt\nL1  - /etc/hostname\nER  - \n");
    write(folder.path(), "b/list.ris", "TY  - NEWS\nPY  - 1896\nL1  - b.txt\nER  - \n");
    write(folder.path(), "b/b.txt", "The ferry sails.\n");
    write(folder.path(), "dateline.toml", "[[correct]]\npath = \"b/b.txt\"\ndate = \"1897\"\n");
    let (read, told) = read(folder.path());
    let dates: Vec<String> =
        read.iter().map(|document| document.dated.date().map_or("none".into(), |date| date.to_string())).collect();
    assert_eq!(dates, ["1897", "none"]);
    assert!(told[0].ends_with("references whose files are not here: 1"), "{told:?}");
}

#[test]
fn references_on_one_line_are_told_apart() {
    let bibtex =
        "@misc{a, abstract = {The mill turns.}} @misc{b, file = {mill.txt}} @misc{c, abstract = {The ferry sails.}}";
    let csl = "[{\"id\":1,\"type\":\"book\",\"issued\":{\"date-parts\":[[1896]]},\"abstract\":\"The mill turns.\"},\
        {\"id\":2,\"type\":\"book\",\"file\":\"mill.txt\"},{\"id\":3,\"type\":\"book\",\"abstract\":\"The ferry sails.\"}]";
    for (name, list) in [("list.bib", bibtex), ("list.json", csl)] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), name, list);
        write(folder.path(), "mill.txt", "The miller sleeps.\n");
        let (read, told) = read(folder.path());
        let texts: Vec<&str> = read.iter().map(|document| document.text.as_str()).collect();
        assert_eq!(texts, ["The mill turns.", "The ferry sails.", "The miller sleeps."], "{name}");
        assert_eq!(told, [format!("{name}: references that date and name files beside the list: 1")]);
    }
}

#[test]
fn a_reference_dates_no_record_of_a_file_of_many() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "list.bib", "@misc{a, title = {Mills}, year = 1896, file = {mill.csv; mill.jsonl}}");
    write(folder.path(), "mill.csv", "title,text\nA mill,\"The mill turns, and turns.\"\n");
    // More than a piece holds, so that the last piece has one record.
    let long = format!("{{\"title\": \"A mill\", \"text\": \"{}\"}}\n", "The mill turns. ".repeat(80_000));
    write(folder.path(), "mill.jsonl", &long.repeat(2));
    let (read, _) = read(folder.path());
    let titles: Vec<_> = read.iter().map(|document| (document.title.as_deref(), document.dated.date())).collect();
    assert_eq!(titles, vec![(Some("A mill"), None); 3]);
}
