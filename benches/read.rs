//! From files to documents: decoding, reading the format, dating, attribution, language. One format a row.

mod archive;
mod made;

use archive::{FORMATS, Format};
use dateline::{Corpus, Date};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use made::{MADE, Made};

fn main() {
    divan::main();
}

#[divan::bench(args = FORMATS, sample_count = 10)]
fn read(bencher: Bencher, format: Format) {
    let documents = archive::documents(10);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = archive::write(&documents, format, folder.path());
    let today: Date = "2026-01-01".parse().expect("a day");
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(documents.len())).bench(|| {
        let corpus = Corpus::open(folder.path()).expect("the folder is there").today(today);
        let read = corpus.into_iter().filter_map(Result::ok).count();
        assert_eq!(read, documents.len());
        read
    });
}

/// What other programs write, by the bytes that have to be read.
#[divan::bench(args = MADE, sample_count = 10)]
fn read_made(bencher: Bencher, made: Made) {
    let documents = archive::documents(10);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(bytes) = made::write(made, &documents, folder.path()) else {
        return println!("skipped: {made:?}, since the program that packs it is not installed");
    };
    let today: Date = "2026-01-01".parse().expect("a day");
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let corpus = Corpus::open(folder.path()).expect("the folder is there").today(today);
        let read = corpus.into_iter().filter_map(Result::ok).count();
        assert!(read > 0);
        read
    });
}

/// The main text of the same pages by the library that finds it, and nothing else: no date, no source, no language.
#[divan::bench(sample_count = 10)]
fn html_by_the_library_alone(bencher: Bencher) {
    let documents = archive::documents(10);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = archive::write(&documents, Format::Html, folder.path());
    let pages: Vec<_> = ignore::Walk::new(folder.path())
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().is_file()))
        .map(|entry| entry.into_path())
        .collect();
    assert_eq!(pages.len(), documents.len());
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(documents.len())).bench(|| {
        let text = |page: &std::path::PathBuf| {
            let html = std::fs::read_to_string(page).expect("a page");
            let mut reader = dom_smoothie::Readability::new(html, None, None).expect("a reader");
            reader.parse().map_or(0, |article| article.text_content.len())
        };
        pages.iter().map(text).sum::<usize>()
    });
}
