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
    assert_eq!(clue.place, "references.bib a");
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
            "library/references.bib: references that point to files beside the list: 1",
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
        assert_eq!(told, [format!("{name}: references that point to files beside the list: 1")]);
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

#[test]
fn what_a_list_dates_it_dates_in_all_sheets_and_names_only_where_there_is_one_document() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "list.bib",
        "@misc{a, title = {Mills}, year = 1896, abstract = {Of mills.}, file = {mill.eml; one.txt}}",
    );
    write(folder.path(), "one.txt", "The mill turns.\n");
    let mail = "Subject: The mill\nFrom: anna@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n\
        --x\nContent-Type: text/plain\n\nThe mill turns.\n--x\nContent-Type: text/plain\n\
        Content-Disposition: attachment; filename=ferry.txt\n\nThe ferry sails.\n--x--\n";
    write(folder.path(), "mill.eml", mail);
    let (read, _) = read(folder.path());
    let told: Vec<_> = read
        .iter()
        .map(|document| {
            let date = document.dated.date().map(|date| date.to_string());
            (date, document.title.as_deref() == Some("Mills"), document.metadata.contains_key("abstract"))
        })
        .collect();
    let dated = || Some("1896".to_owned());
    assert_eq!(told, [(dated(), false, false), (dated(), false, false), (dated(), true, true)], "{read:?}");
}

#[test]
fn a_file_that_gives_nothing_is_the_abstract_of_its_reference() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["film.mp4", "picture.png", "empty.txt", "mill.txt", "scan.xml"];
    let list: String = (0..)
        .zip(files)
        .map(|(at, file)| format!("@misc{{m{at}, year = 1896, abstract = {{Abstract {at}.}}, file = {{{file}}}}}\n"))
        .collect();
    write(folder.path(), "list.bib", &list);
    fs::write(folder.path().join("film.mp4"), b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom").unwrap();
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    write(folder.path(), "empty.txt", "\n \n");
    write(folder.path(), "mill.txt", "The mill turns.\n");
    write(folder.path(), "scan.xml", "<?xml version='1.0'?><alto><Layout/></alto>");
    let (read, told) = read(folder.path());
    let texts: Vec<_> = read
        .iter()
        .map(|document| {
            let place = document.metadata.get("read_from").map_or("", |place| place.as_str());
            assert_eq!(document.dated.date().map(|date| date.to_string()).as_deref(), Some("1896"));
            (document.text.trim_end(), place)
        })
        .collect();
    let expected = [
        ("Abstract 2.", "list.bib m2"),
        ("Abstract 0.", "list.bib m0"),
        ("The mill turns.", ""),
        ("Abstract 1.", "list.bib m1"),
        ("Abstract 4.", "list.bib m4"),
    ];
    assert_eq!(texts, expected, "{told:?}");
    // Why nothing of them is read is told all the same.
    assert!(told.iter().any(|told| told.starts_with("picture.png: ")), "{told:?}");
}

#[test]
fn a_list_points_neither_to_itself_nor_to_another() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "list.bib", "@misc{a, abstract = {The mill turns.}, file = {list.bib; other.ris}}");
    write(folder.path(), "other.ris", "TY  - NEWS\nAB  - The ferry sails.\nL1  - list.bib\nER  - \n");
    let (read, told) = read(folder.path());
    let texts: Vec<&str> = read.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["The mill turns.", "The ferry sails."]);
    let lost = |name: &str| format!("{name}: references whose files are not here: 1");
    assert_eq!(told, [lost("list.bib"), lost("other.ris")]);
}

#[test]
fn a_list_among_many_files_of_json_is_asked_and_one_that_is_not_asked_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..1_001 {
        write(folder.path(), &format!("{number:04}.json"), "{\"text\": \"The ferry sails.\"}");
    }
    let list = "[{\"id\":1,\"type\":\"book\",\"issued\":{\"date-parts\":[[1896]]},\"file\":\"mill.md\"}]";
    write(folder.path(), "mill.md", "The mill turns.\n");
    write(folder.path(), "z.json", list);
    write(folder.path(), "list.txt", "TY  - NEWS\nPY  - 1895\nL1  - mill.md\nER  - \n");
    let date = |read: &[Document]| read.iter().find(|document| document.text.contains("mill")).unwrap().dated.date();
    let (documents, told) = read(folder.path());
    assert_eq!(date(&documents), None);
    assert!(["list.txt: ", "z.json: "].iter().all(|name| {
        told.iter().any(|told| told.starts_with(&format!("{name}references whose files are not looked for")))
    }));
    fs::rename(folder.path().join("z.json"), folder.path().join("z.csl.json")).unwrap();
    assert_eq!(date(&read(folder.path()).0).map(|date| date.to_string()).as_deref(), Some("1896"));
}
