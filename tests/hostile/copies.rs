//! Copies of each sample, damaged: each gives documents or a reason, in bounded time and memory.
//!
//! A process of its own reads the copies of one sample, so the most memory that it had is known. What is held of time is
//! the processor's, since a machine may be busy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dateline::Corpus;

use super::clock::processor_time;
use super::damage::Damage;
use super::seeds::Sample;
use super::{seeds, setting, targets};

/// No copy may take longer to read; unoptimised it may.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

/// No copy may take more memory, in bytes.
const LARGEST: u64 = 500_000_000;

/// A reading that takes so many times what it may is not waited for.
const PATIENCE: u32 = 6;

/// What names a process the folder of the sample that it is to read.
const SAMPLE: &str = "HOSTILE_SAMPLE";

#[test]
fn damaged_copies_of_each_sample_give_documents_or_a_reason_in_bounds() {
    if let Some(folder) = std::env::var_os(SAMPLE) {
        return read_copies(Path::new(&folder));
    }
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/hostile");
    let (mut samples, mut failed): (Vec<Sample>, Vec<String>) = (own().collect(), Vec::new());
    samples.extend(others());
    let only = std::env::var("HOSTILE_ONLY").unwrap_or_default();
    samples.retain(|(name, _)| name.contains(&only));
    for (name, files) in samples {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let test = "copies::damaged_copies_of_each_sample_give_documents_or_a_reason_in_bounds";
        let mut reading = Command::new(std::env::current_exe().unwrap());
        reading.args(["--exact", test, "--nocapture"]).env(SAMPLE, folder.path());
        let read = reading.output().unwrap();
        let said = String::from_utf8_lossy(&read.stdout);
        let taken = said.lines().find_map(|line| line.split_once(TAKEN)).map_or("", |(_, taken)| taken);
        println!("{name}: {taken}");
        if !read.status.success() {
            // The copy that did it stays, to be looked at.
            let kept = found.join(name.replace('/', "-"));
            let _ = fs::remove_dir_all(&kept);
            for path in seeds::below(folder.path()) {
                let copy = kept.join(path.strip_prefix(folder.path()).unwrap());
                fs::create_dir_all(copy.parent().unwrap()).unwrap();
                fs::copy(path, copy).unwrap();
            }
            failed.push(format!("{}: {}{}", kept.display(), read.status, String::from_utf8_lossy(&read.stderr)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What stands before the figures of a sample.
const TAKEN: &str = "copies read, at most ";

/// Samples of our own, in every format.
fn own() -> impl Iterator<Item = Sample> {
    let file = |(name, bytes): (String, Vec<u8>)| (name.clone(), vec![(name, bytes)]);
    seeds::files().into_iter().map(file).chain(seeds::folders())
}

/// Samples that lie elsewhere, if somebody says where.
fn others() -> Vec<Sample> {
    let Some(roots) = std::env::var_os("HOSTILE_SAMPLES") else {
        println!("skipped: samples by other makers; HOSTILE_SAMPLES names no folders of them");
        return Vec::new();
    };
    let listed = |folder: &Path| -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let kinds = std::env::split_paths(&roots).flat_map(|root| listed(&root)).filter(|kind| kind.is_dir());
    let mut samples = Vec::new();
    for kind in kinds {
        for path in listed(&kind) {
            let files = if path.is_dir() { seeds::below(&path) } else { vec![path.clone()] };
            let around = if path.is_dir() { &path } else { &kind };
            let read = |file: PathBuf| {
                (file.strip_prefix(around).unwrap().to_str().unwrap().to_owned(), fs::read(&file).unwrap())
            };
            let name = path.strip_prefix(kind.parent().unwrap()).unwrap().display().to_string();
            samples.push((name, files.into_iter().map(read).collect()));
        }
    }
    samples
}

/// Reads damaged copies of the sample in a folder, of which each time one file is damaged.
fn read_copies(folder: &Path) {
    let files: Vec<(PathBuf, Vec<u8>)> = seeds::below(folder)
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    if files.is_empty() {
        return;
    }
    let mut damage =
        Damage::new(setting("HOSTILE_SEED", 1992) ^ files.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>());
    let (mut longest, mut longest_of) = (Duration::ZERO, 0);
    watch();
    let copies = setting("HOSTILE_COPIES", 10);
    for copy in 0..copies {
        let (path, whole) = damage.choose(&files);
        let parts = seeds::unpacked(whole).filter(|_| copy % 2 == 1);
        let damaged = match &parts {
            Some(parts) => targets::packed(&damage.of(std::slice::from_ref(parts))),
            None => Some(damage.of(std::slice::from_ref(whole))),
        };
        let Some(damaged) = damaged else { continue };
        fs::write(path, damaged).unwrap();
        let begin = processor_time();
        targets::read(Corpus::open(folder).unwrap());
        let taken = processor_time().saturating_sub(begin);
        assert!(taken < LONGEST, "copy {copy} takes {taken:?}");
        assert!(most_memory() < LARGEST, "copy {copy} takes {} MB", most_memory() / 1_000_000);
        if taken > longest {
            (longest, longest_of) = (taken, copy);
        }
        COPIES.fetch_add(1, Ordering::Relaxed);
        fs::write(path, whole).unwrap();
    }
    let memory = most_memory() / 1_000_000;
    println!("{copies} {TAKEN}{} ms (copy {longest_of}) and {memory} MB", longest.as_millis());
}

/// The number of copies that have been read.
static COPIES: AtomicU64 = AtomicU64::new(0);

/// Ends this process where one copy takes far too much of time or memory.
fn watch() {
    std::thread::spawn(|| {
        let (mut seen, mut since) = (0, Instant::now());
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let read = COPIES.load(Ordering::Relaxed);
            if read != seen {
                (seen, since) = (read, Instant::now());
            }
            if since.elapsed() > LONGEST * PATIENCE || most_memory() > LARGEST * u64::from(PATIENCE) {
                eprintln!("the reading after {read} was not waited for: {} MB", most_memory() / 1_000_000);
                std::process::exit(3);
            }
        }
    });
}

/// The most memory that this process had, in bytes; 0 where the system does not tell.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.map_or(0, |kilobytes: u64| kilobytes * 1024)
}
