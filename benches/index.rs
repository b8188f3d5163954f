//! From documents to an index: by hand into memory, and from files into a folder as `dateline index` does it.

mod archive;

use archive::Format;
use dateline::{Corpus, Index};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

#[divan::bench(args = [10, 50], sample_count = 5)]
fn add(bencher: Bencher, copies: usize) {
    let documents = archive::documents(copies);
    bencher
        .counter(BytesCount::new(archive::bytes(&documents)))
        .counter(ItemsCount::new(documents.len()))
        .bench(|| archive::index(&documents));
}

#[divan::bench(args = [10, 50], sample_count = 5)]
fn update(bencher: Bencher, copies: usize) {
    let documents = archive::documents(copies);
    let files = tempfile::tempdir().expect("a temporary folder");
    let bytes = archive::write(&documents, Format::JsonLines, files.path());
    let corpus = Corpus::open(files.path()).expect("the folder is there");
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(documents.len()))
        .with_inputs(|| tempfile::tempdir().expect("a temporary folder"))
        .bench_refs(|folder| {
            let index = Index::create(folder.path()).expect("a new index");
            let report = index.update().run(std::slice::from_ref(&corpus)).expect("an update");
            assert_eq!(report.added, documents.len() as u64);
        });
}

/// The same again, when nothing has changed: one file a document, which is the harder case.
#[divan::bench(args = [10, 50], sample_count = 5)]
fn update_unchanged(bencher: Bencher, copies: usize) {
    let documents = archive::documents(copies);
    let files = tempfile::tempdir().expect("a temporary folder");
    archive::write(&documents, Format::Plain, files.path());
    let corpus = Corpus::open(files.path()).expect("the folder is there");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = Index::create(folder.path()).expect("a new index");
    let run = || index.update().run(std::slice::from_ref(&corpus)).expect("an update");
    run();
    bencher.counter(ItemsCount::new(documents.len())).bench(|| assert_eq!(run().unchanged, documents.len() as u64));
}
