//! Questions to an index that is warm: ten documents with their passages and highlights, and counts over all.

mod archive;

use std::sync::LazyLock;

use dateline::{DateRange, Index, Matching, Query, Search, Sort, Unit};
use divan::Bencher;

/// About nine thousand documents.
const COPIES: usize = 200;

static INDEX: LazyLock<Index> = LazyLock::new(|| archive::index(&archive::documents(COPIES)));

fn main() {
    LazyLock::force(&INDEX);
    divan::main();
}

/// A name, the question, and how its words are matched.
const QUESTIONS: [(&str, &str, Matching); 5] = [
    ("one word", "ferry", Matching::All),
    ("two words", "harbour fire", Matching::All),
    ("five words, best match", "harbour fire ferry bread lighthouse", Matching::Best),
    ("phrase", "\"net lofts\"", Matching::All),
    ("without", "harbour -fire", Matching::All),
];

fn names() -> impl Iterator<Item = &'static str> {
    QUESTIONS.iter().map(|(name, ..)| *name)
}

fn search(name: &str) -> Search {
    let (_, words, matching) = QUESTIONS.iter().find(|(own, ..)| *own == name).expect("a question of this name");
    INDEX.search(Query::parse(words, "2026-01-01".parse().expect("a day"))).matching(*matching)
}

/// About a tenth of the archive.
fn dates() -> DateRange {
    let day = |text: &str| Some(text.parse().expect("a day"));
    DateRange::new(day("1999-01-01"), day("2000-06-30"))
}

fn run(bencher: Bencher, search: impl Fn() -> Search) {
    assert!(search().run().expect("an answer").total > 0, "a question without an answer measures nothing");
    bencher.bench_local(|| search().run().expect("an answer"));
}

#[divan::bench(args = names())]
fn documents_only(bencher: Bencher, name: &str) {
    run(bencher, || search(name).passages(0));
}

#[divan::bench(args = names())]
fn with_passages(bencher: Bencher, name: &str) {
    run(bencher, || search(name));
}

#[divan::bench(args = names())]
fn with_passages_and_dates(bencher: Bencher, name: &str) {
    run(bencher, || search(name).dates(dates()));
}

#[divan::bench]
fn newest_first(bencher: Bencher) {
    run(bencher, || search("one word").sort(Sort::Newest));
}

#[divan::bench]
fn sources(bencher: Bencher) {
    run(bencher, || search("one word").limit(0).count_sources(true));
}

#[divan::bench]
fn timeline(bencher: Bencher) {
    bencher.bench_local(|| search("one word").timeline(Unit::Month).expect("a timeline"));
}
