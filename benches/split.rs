//! What is done to the text of each document: recognising its language, cutting it into passages.

mod archive;

use dateline::{Document, Language, Splitter};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Documents of one language, or of all.
fn texts(language: &str) -> Vec<Document> {
    let mut documents = archive::documents(10);
    documents.retain(|document| language == "all" || document.language.is_some_and(|own| own.code() == language));
    documents
}

#[divan::bench(args = ["all", "en", "de", "fr", "ru", "tr"])]
fn passages(bencher: Bencher, language: &str) {
    let documents = texts(language);
    let splitter = Splitter::default();
    bencher.counter(BytesCount::new(archive::bytes(&documents))).bench(|| {
        documents.iter().map(|document| splitter.split(divan::black_box(&document.text)).len()).sum::<usize>()
    });
}

#[divan::bench]
fn language(bencher: Bencher) {
    let documents = texts("all");
    bencher
        .counter(BytesCount::new(archive::bytes(&documents)))
        .bench(|| documents.iter().filter_map(|document| Language::detect(divan::black_box(&document.text))).count());
}
