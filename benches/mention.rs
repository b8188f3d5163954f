//! The times that texts speak of: how fast they are found.

mod archive;

use dateline::{Document, Language, MentionContext, mentions};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// All documents of the sample archive in one language, many times.
#[divan::bench(args = ["en", "de", "fr", "ru", "tr"], sample_count = 20)]
fn find(bencher: Bencher, language: &str) {
    let speaks = |document: &Document| document.language.map(Language::code) == Some(language);
    let documents: Vec<Document> = archive::documents(20).into_iter().filter(speaks).collect();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let found = |document: &Document| {
            let context = MentionContext { published: document.dated.date(), language: Some(language) };
            mentions(&document.text, &context).len()
        };
        documents.iter().map(found).sum::<usize>()
    });
}
