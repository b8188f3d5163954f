//! Issues with their pages, as they lie in folders: what is read with what, and that nothing is read twice.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::corpus::Corpus;

const ARTICLE: &str = "<div TYPE='ARTICLE' ID='a'><fptr><area FILEID='A0' BEGIN='B1'/></fptr></div>";

fn page(words: &str) -> String {
    format!(
        "<?xml version='1.0'?><alto><Layout><Page><PrintSpace><TextBlock ID='B1'><TextLine><String CONTENT='{words}'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
    )
}

fn issue(pages: &[&str], logical: &str) -> String {
    let files: String =
        (0..).zip(pages).map(|(at, name)| format!("<file ID='A{at}'><FLocat xlink:href='{name}'/></file>")).collect();
    let divs: String = (0..pages.len()).map(|at| format!("<div TYPE='page'><fptr FILEID='A{at}'/></div>")).collect();
    format!(
        "<mets xmlns:xlink='x'><dmdSec><mods><title>The Riverby Courier</title><dateIssued>1896-04-01</dateIssued></mods></dmdSec>\
         <fileSec>{files}</fileSec><structMap>{logical}</structMap><structMap>{divs}</structMap></mets>"
    )
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// What is read of an archive: the words, days and ways of documents, and the problems.
fn told(corpus: Corpus) -> Vec<String> {
    let begin = format!("{}/", corpus.path().display());
    let line = |item: crate::error::Result<crate::document::Document>| match item {
        Ok(document) => {
            let date = document.dated.date().map_or("undated".to_owned(), |date| date.to_string());
            format!("{} {date} {}", document.text, document.place.member.unwrap_or_default())
        }
        Err(error) => error.to_string().replace(&begin, ""),
    };
    corpus.today("2026-01-01".parse().unwrap()).into_iter().map(line).collect()
}

fn holds(told: &[String], expected: &[&str]) {
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{told} is not {expected}");
    }
}

#[test]
fn an_issue_is_read_with_its_pages_and_nothing_outside_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| write(folder.path(), name, text.as_bytes());
    write("outside.xml", &page("secret"));
    write("archive/1896/mets.xml", &issue(&["alto/1.xml", "../../outside.xml", "alto/9.xml"], ARTICLE));
    write("archive/1896/alto/1.xml", &page("first"));
    write("archive/1896/alto/2.xml", &page("second"));
    write("archive/1897/manifest.xml", &issue(&["ocr/1.xml"], ""));
    write("archive/1897/toc/toc.xml", &issue(&["../ocr/1.xml"], ARTICLE));
    write("archive/1897/ocr/1.xml", &page("third"));
    let told = told(Corpus::open(folder.path().join("archive")).unwrap());
    holds(
        &told,
        &[
            "1896/alto/1.xml: a page of 1896/mets.xml, which is read with it",
            "second 1896 ",
            "first 1896-04-01 #a",
            "outside the archive",
            "that is not there",
            "1897/manifest.xml: pages that are read with 1897/toc/toc.xml: 1",
            "1897/ocr/1.xml: a page of 1897/toc/toc.xml, which is read with it",
            "third 1896-04-01 #a",
        ],
    );
    assert!(!told.iter().any(|told| told.contains("secret")));
}

#[test]
fn an_issue_and_a_page_agree_on_who_is_read_with_whom() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| write(folder.path(), name, bytes);
    // The page lies some folders below its issue, and packed.
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(page("deep").as_bytes()).unwrap();
    write("a/ocr/alto/v2/1.xml.gz", &packed.finish().unwrap());
    write("a/mets.xml", issue(&["ocr/alto/v2/1.xml"], "").as_bytes());
    // The issue lies where no page looks for it.
    write("b/one/1.xml", page("far").as_bytes());
    write("c/two/three/mets.xml", issue(&["../../../b/one/1.xml"], "").as_bytes());
    // The issue is packed, and the page is one of hOCR.
    let scan = "<html><body><div class='ocr_page'><span class='ocr_line'>scanned</span></div></body></html>";
    write("d/1.hocr", scan.as_bytes());
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(issue(&["1.hocr"], "").as_bytes()).unwrap();
    write("d/mets.xml.gz", &packed.finish().unwrap());
    holds(
        &told(Corpus::open(folder.path()).unwrap()),
        &[
            "deep 1896-04-01 #p1",
            "a/ocr/alto/v2/1.xml.gz: a page of a/mets.xml, which is read with it",
            "far undated",
            "c/two/three/mets.xml: pages that lie too far from their METS, and are read by themselves: 1",
            "d/1.hocr: a page of d/mets.xml.gz, which is read with it",
            "scanned 1896-04-01 #p1",
        ],
    );
}

#[test]
fn of_two_issues_that_name_a_page_the_one_with_articles_has_it_then_the_nearer_one_then_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| write(folder.path(), name, text.as_bytes());
    write("a/mets.xml", &issue(&["p/1.xml"], ""));
    write("a/p/mets.xml", &issue(&["1.xml"], ""));
    write("a/p/1.xml", &page("near"));
    write("b/1-mets.xml", &issue(&["1.xml"], ARTICLE));
    write("b/2-mets.xml", &issue(&["1.xml"], ARTICLE));
    write("b/1.xml", &page("first"));
    holds(
        &told(Corpus::open(folder.path()).unwrap()),
        &[
            "a/mets.xml: pages that are read with a/p/mets.xml: 1",
            "a/p/1.xml: a page of a/p/mets.xml, which is read with it",
            "near 1896-04-01 #p1",
            "first 1896-04-01 #a",
            "b/1.xml: a page of b/1-mets.xml, which is read with it",
            "b/2-mets.xml: pages that are read with b/1-mets.xml: 1",
        ],
    );
}

#[test]
fn an_issue_is_found_however_the_way_to_the_archive_is_written() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "archive/1896/mets.xml", issue(&["../alto/1.xml"], "").as_bytes());
    write(folder.path(), "archive/alto/1.xml", page("first").as_bytes());
    let up: std::path::PathBuf = std::env::current_dir().unwrap().iter().skip(1).map(|_| "..").collect();
    let down = fs::canonicalize(folder.path()).unwrap();
    let relative = up.join(down.strip_prefix("/").unwrap_or(&down)).join("archive");
    for root in [relative.clone(), relative.join("alto/.."), relative.join(".")] {
        let told = told(Corpus::open(root).unwrap());
        holds(&told, &["first 1896-04-01 #p1", "alto/1.xml: a page of 1896/mets.xml, which is read with it"]);
    }
}

#[test]
fn a_page_is_no_longer_than_the_reader_allows() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "mets.xml", issue(&["1.xml", "2.xml"], "").as_bytes());
    write(folder.path(), "1.xml", page("short").as_bytes());
    write(folder.path(), "2.xml", page(&"long ".repeat(1_000)).as_bytes());
    let told = told(Corpus::open(folder.path()).unwrap().document_limit(2_000));
    holds(
        &told,
        &["1.xml: a page of mets.xml", "longer than a document", "short 1896-04-01", "2.xml: a page that METS"],
    );
}

#[test]
fn an_issue_that_is_not_read_claims_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| write(folder.path(), name, text.as_bytes());
    write("1.xml", &page("hidden"));
    write(".mets.xml", &issue(&["1.xml"], ""));
    write(".gitignore", "left/\n");
    write("part/1.xml", &page("ignored"));
    write("left/mets.xml", &issue(&["../part/1.xml"], ""));
    let corpus = || Corpus::open(folder.path()).unwrap();
    holds(&told(corpus().gitignore(true)), &["hidden undated", "ignored undated"]);
    holds(
        &told(corpus().hidden(true).gitignore(true)),
        &["left/ undated", "hidden 1896-04-01 #p1", "1.xml: a page of .mets.xml, which is read with it", "ignored"],
    );
    holds(
        &told(corpus()),
        &["hidden undated", "ignored 1896-04-01 #p1", "part/1.xml: a page of left/mets.xml, which is read with it"],
    );
}

#[test]
fn pages_in_an_archive_are_read_by_themselves_which_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut tar = tar::Builder::new(Vec::new());
    for (name, text) in [("mets.xml", issue(&["1.xml", "2.xml"], "")), ("1.xml", page("one")), ("2.xml", page("two"))] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    write(folder.path(), "issue.tar", &tar.into_inner().unwrap());
    holds(
        &told(Corpus::open(folder.path()).unwrap()),
        &["pages that lie in an archive with their METS, and are read by themselves: 2", "one", "two"],
    );
}
