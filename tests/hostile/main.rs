//! Input that somebody made to do harm: whatever the bytes, no panic, and what is promised of every answer holds.
//!
//! Here a few thousand damaged inputs are tried, the same ones every time; `tests/fuzz` hands the same targets to a
//! fuzzer that looks for more. `HOSTILE_CASES` sets how many are tried of each target, `HOSTILE_COPIES` how many
//! copies of each sample are damaged, `HOSTILE_SEED` which ones. `HOSTILE_SAMPLES` adds samples that are not ours: folders
//! with a folder for each kind, in which a file is a sample, and so is a folder whose files are read together.
//! `HOSTILE_ONLY` leaves only samples with this in their names.

#![allow(clippy::unwrap_used)]

#[path = "../../benches/archive/mod.rs"]
mod archive;
#[path = "../../benches/clock.rs"]
mod clock;
mod copies;
mod damage;
#[path = "../planted/samples.rs"]
mod samples;
mod seeds;
mod targets;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use damage::Damage;
use targets::TARGETS;

/// No input this small may take longer, even unoptimised and on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn holds(name: &str, cases: u64) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds: Vec<Vec<u8>> = seeds::of(target.name).into_iter().map(|seed| seed.bytes).collect();
    assert!(!seeds.is_empty());
    for seed in &seeds {
        (target.run)(seed);
    }
    let mut damage = Damage::new(setting("HOSTILE_SEED", 1992));
    for _ in 0..setting("HOSTILE_CASES", cases) {
        let input = damage.of(&seeds);
        let start = Instant::now();
        (target.run)(&input);
        assert!(
            start.elapsed() < LONGEST,
            "{name} took {:?} for {:?}",
            start.elapsed(),
            String::from_utf8_lossy(&input)
        );
    }
}

#[test]
fn every_question_is_read_and_can_be_printed_and_read_again() {
    holds("query", 4000);
}

#[test]
fn every_text_is_read_as_days_or_refused() {
    holds("dates", 4000);
}

#[test]
fn every_text_speaks_of_times_in_order_and_between_characters() {
    holds("mentions", 2000);
}

#[test]
fn every_text_is_cut_into_passages_in_order_and_between_characters() {
    holds("passages", 600);
}

#[test]
fn every_answer_marks_whole_characters_of_the_text_it_shows() {
    holds("answer", 150);
}

#[test]
fn every_file_gives_documents_or_a_reason() {
    holds("file", 800);
}

#[test]
fn every_file_among_others_leads_to_nothing_outside_its_folder() {
    holds("folder", 800);
}

#[test]
fn every_package_gives_documents_or_a_reason_whatever_its_parts_are() {
    holds("package", 400);
}

/// Writes what the fuzzer begins with: `cargo test --test hostile -- --ignored`.
#[test]
#[ignore = "checks nothing: it writes what the fuzzers of tests/fuzz begin with, which .ci/run long asks for"]
fn seeds_for_the_fuzzer_are_written() {
    for target in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz-seeds").join(target.name);
        for (number, seed) in seeds::of(target.name).iter().enumerate() {
            let kind = folder.join(&seed.kind);
            fs::create_dir_all(&kind).unwrap();
            fs::write(kind.join(number.to_string()), &seed.bytes).unwrap();
        }
    }
}
