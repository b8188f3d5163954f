//! From files to documents: decoding, reading the format, dating, attribution, language. One format a row.

mod archive;

use archive::Format;
use dateline::{Corpus, Date};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

#[divan::bench(args = [Format::Plain, Format::Markdown, Format::Html, Format::JsonLines], sample_count = 10)]
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
