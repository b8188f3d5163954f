//! From files to documents: decoding, reading the format, dating, attribution, language. One format a row.

mod archive;
mod clock;
mod made;

use std::time::Duration;

use archive::{FORMATS, Format};
use clock::processor_time;
use dateline::{Corpus, Date};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use made::MADE;

fn main() {
    if std::env::args().any(|argument| argument == "made") {
        return made();
    }
    divan::main();
    made();
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

/// What other programs write, by the bytes that have to be read: the middle of ten, by the processor's clock, so that what
/// else the machine does counts little. `cargo bench --bench read -- made` measures these alone.
fn made() {
    let documents = archive::documents(10);
    for made in MADE {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let Some(bytes) = made::write(made, &documents, folder.path()) else {
            println!("{made:?} is skipped, since the program that packs it is not installed");
            continue;
        };
        let today: Date = "2026-01-01".parse().expect("a day");
        let read = || {
            let begin = processor_time();
            let corpus = Corpus::open(folder.path()).expect("the folder is there").today(today);
            assert!(corpus.into_iter().filter_map(Result::ok).count() > 0);
            processor_time() - begin
        };
        let mut times: Vec<Duration> = (0..10).map(|_| read()).collect();
        times.sort();
        println!("{made:?} {:.1} MB/s ({} kB)", bytes as f64 / 1e6 / times[5].as_secs_f64(), bytes / 1000);
    }
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
