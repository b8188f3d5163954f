//! Many readers and a writer: every answer is that of some commit, and none of two.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use dateline::{Document, Index};

use crate::chance::{Random, seconds};
use crate::support::Archive;

const READERS: usize = 64;
const DOCUMENTS: usize = 20;

/// Every document of one commit says the commit's number.
fn write(index: &Index, generation: u64) {
    let mut writer = index.writer().unwrap();
    for n in 0..DOCUMENTS {
        let text = format!("The ferry number {n} sails in generation{generation} of the harbour.");
        writer.add(Document::new(format!("d{n}"), text).source("Log").date("1992-02".parse().unwrap())).unwrap();
    }
    // One comes and goes.
    if generation.is_multiple_of(2) {
        writer.add(Document::new("odd", format!("A lighthouse in generation{generation}."))).unwrap();
    } else {
        writer.remove("odd");
    }
    writer.commit().unwrap();
}

/// Which commit an answer is of.
fn read(index: &Index) -> u64 {
    let results = index.search("ferry").limit(DOCUMENTS + 5).count_sources(true).run().unwrap();
    assert_eq!(results.total, DOCUMENTS as u64);
    assert_eq!(results.hits.len(), DOCUMENTS);
    assert_eq!(results.sources.iter().map(|source| source.documents).sum::<u64>(), DOCUMENTS as u64);
    let generation = |text: &str| -> u64 {
        let number = text.split("generation").nth(1).unwrap().split(' ').next().unwrap();
        number.parse().unwrap()
    };
    let mut generations: Vec<u64> = results.hits.iter().map(|hit| generation(&hit.passages[0].text)).collect();
    generations.sort_unstable();
    generations.dedup();
    assert_eq!(generations.len(), 1, "one answer of two commits: {generations:?}");
    generations[0]
}

fn all_together(index: &Index, reader: impl Fn() -> Index + Sync) -> (u64, u64) {
    write(index, 0);
    let (last, answers, done) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let end = Instant::now() + seconds(3);
    std::thread::scope(|scope| {
        for number in 0..READERS {
            let (last, answers, done, reader) = (&last, &answers, &done, &reader);
            scope.spawn(move || {
                let index = reader();
                let mut chance = Random::new(number as u64 + 1);
                let mut seen = 0;
                while !done.load(Ordering::Relaxed) {
                    let committed = last.load(Ordering::Acquire);
                    let fresh = chance.below(2) == 0;
                    if fresh {
                        index.reload().unwrap();
                    }
                    let generation = read(&index);
                    assert!(generation >= seen, "it went back from {seen} to {generation}");
                    assert!(!fresh || generation >= committed, "{generation} after {committed} was committed");
                    seen = generation;
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut generation = 0;
        while Instant::now() < end {
            generation += 1;
            write(index, generation);
            last.store(generation, Ordering::Release);
        }
        done.store(true, Ordering::Relaxed);
    });
    (last.into_inner(), answers.into_inner())
}

#[test]
fn readers_of_one_handle_see_whole_commits() {
    let index = Index::in_memory().unwrap();
    let (commits, answers) = all_together(&index, || index.clone());
    println!("{answers} answers by {READERS} threads during {commits} commits");
    assert!(commits > 0 && answers > 0);
}

#[test]
fn readers_of_the_folder_see_whole_commits() {
    let archive = Archive::new();
    let index = Index::create(archive.index()).unwrap();
    // Each opens it for itself, as another process would.
    let (commits, answers) = all_together(&index, || Index::open(archive.index()).unwrap());
    println!("{answers} answers by {READERS} readers during {commits} commits");
    let verified = Index::verify(archive.index()).unwrap();
    assert!(verified.whole, "{:#?}", verified.damage);
}

/// The counts of an index and its catalog are of one moment, though a commit takes the catalog before away.
#[test]
fn what_an_index_holds_can_be_asked_while_it_changes() {
    let archive = Archive::new().file("a.txt", "The ferry sails.\n").indexed();
    let index = Index::open(archive.index()).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let (done, archive) = (&done, &archive);
            scope.spawn(move || {
                let index = Index::open(archive.index()).unwrap();
                while !done.load(Ordering::Relaxed) {
                    assert_eq!(index.info().unwrap().files, 1);
                    let verified = Index::verify(archive.index()).unwrap();
                    assert!(verified.whole, "{:#?}", verified.damage);
                }
            });
        }
        let end = Instant::now() + seconds(2);
        let mut round = 0;
        while Instant::now() < end {
            round += 1;
            archive.write("files/a.txt", format!("The ferry sails for the {round}th time.\n"));
            index.update().threads(1).run(&archive.corpora(&["files"])).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
}
