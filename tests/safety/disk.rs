//! Disks that are full, and files that change while they are read.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use dateline::Index;

use crate::chance::{Random, rounds};
use crate::support::{Archive, Run, TODAY};

fn record(n: usize) -> String {
    format!("{{\"id\": \"r{n}\", \"text\": \"Record {n} about herring number {}.\"}}\n", n * 7919 % 1_009)
}

/// Runs the command where no file may be longer than this many blocks of 512 bytes. Whether the process is killed for
/// trying or merely told is up to it, as on a disk that is full.
#[cfg(unix)]
fn limited(archive: &Archive, blocks: usize, ignore: &str, args: &str) -> Run {
    let program = env!("CARGO_BIN_EXE_dateline");
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{ignore} ulimit -f {blocks}; exec '{program}' --today {TODAY} {args}")])
        .current_dir(archive.here())
        .env("DATELINE_INDEX", archive.index())
        .stdin(Stdio::null());
    Run::of(command)
}

#[cfg(unix)]
#[test]
fn a_full_disk_costs_nothing_that_was_there() {
    let archive = Archive::new().file("old.jsonl", (0..100).map(record).collect::<String>()).indexed();
    archive.write("files/new.jsonl", (100..500).map(record).collect::<String>());
    let mut chance = Random::new(5);
    let mut told = 0;
    for round in 0..rounds(8) {
        let blocks = 1 + chance.below(120);
        // Told of it, or killed.
        let ignore = if round % 3 == 2 { "" } else { "trap '' XFSZ;" };
        let args = ["index files", "index files --rebuild", "verify --repair"][round % 3];
        let run = limited(&archive, blocks, ignore, args);
        assert!(!run.err.contains("panicked") && !run.err.contains("fault in dateline"), "{blocks} blocks: {run:#?}");
        if matches!(run.code, Some(3 | 4)) {
            told += 1;
            assert!(run.err.lines().count() <= 2, "{run:#?}");
        }
        let verified = Index::verify(archive.index()).unwrap();
        assert!(verified.whole, "{blocks} blocks: {:#?}", verified.damage);
        let documents = verified.documents;
        assert!([100, 500].contains(&documents), "{documents} documents");
        if documents == 500 {
            // There was room. From the start again.
            archive.remove("files/new.jsonl");
            archive.run(&["index", "files"]).exits(0);
            archive.write("files/new.jsonl", (100..500).map(record).collect::<String>());
        }
    }
    archive.run(&["index", "files"]).exits(0).prints("100 unchanged");
    assert_eq!(archive.ids("herring").len(), 500);
    println!("{} runs on a full disk, {told} told of it and ended, the others had room or were killed", rounds(8));
}

/// A real file system that is full, where one is given: a small one, empty, that may be written to.
#[test]
fn a_small_file_system_fills_up() {
    let Some(disk) = std::env::var_os("DATELINE_SMALL_DISK") else {
        println!("skipped: DATELINE_SMALL_DISK names no small file system");
        return;
    };
    let disk = Path::new(&disk);
    let archive = Archive::new().file("old.jsonl", (0..300).map(record).collect::<String>());
    let index = disk.join("index");
    let run = |args: &[&str]| {
        let mut command = crate::support::command(&index, archive.here());
        command.args(args);
        Run::of(command)
    };
    run(&["index", "files"]).exits(0);
    archive.write("files/new.jsonl", (300..4_000).map(record).collect::<String>());
    let mut full = 0;
    // Less and less room: a file that takes it up grows towards all of it.
    let mut chance = Random::new(6);
    for _ in 0..rounds(10) {
        let filler = disk.join("filler");
        let mut taken = vec![0u8; 1 << 16];
        let mut out = fs::File::create(&filler).unwrap();
        while std::io::Write::write_all(&mut out, &taken).is_ok() {}
        drop(out);
        taken.truncate(0);
        let room = chance.below(600) as u64 * 1_024;
        let length = fs::metadata(&filler).unwrap().len();
        fs::File::options().write(true).open(&filler).unwrap().set_len(length.saturating_sub(room)).unwrap();
        let ended = run(&["index", "files"]);
        assert!(!ended.err.contains("fault in dateline"), "{ended:#?}");
        full += usize::from(ended.code != Some(0));
        let verified = Index::verify(&index).unwrap();
        assert!(verified.whole && [300, 4_000].contains(&verified.documents), "{verified:#?}");
        fs::remove_file(&filler).unwrap();
        if verified.documents == 4_000 {
            archive.remove("files/new.jsonl");
            run(&["index", "files"]).exits(0);
            archive.write("files/new.jsonl", (300..4_000).map(record).collect::<String>());
        }
    }
    run(&["index", "files"]).exits(0);
    assert_eq!(Index::open(&index).unwrap().info().unwrap().documents, 4_000);
    println!("{full} times the disk was full");
    fs::remove_dir_all(&index).unwrap();
}

#[test]
fn files_that_change_and_vanish_while_they_are_read() {
    let mut archive = Archive::new();
    for n in 0..20 {
        archive = archive.file(&format!("{n}.jsonl"), (n * 20..n * 20 + 20).map(record).collect::<String>());
    }
    let index = Index::open_or_create(archive.index()).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (done, archive) = (&done, &archive);
        scope.spawn(move || {
            let mut chance = Random::new(9);
            while !done.load(Ordering::Relaxed) {
                let path = archive.here().join(format!("files/{}.jsonl", chance.below(20)));
                match chance.below(4) {
                    0 => drop(fs::remove_file(&path)),
                    1 => fs::write(&path, record(chance.below(9_999))).unwrap(),
                    2 => {
                        drop(fs::File::options().write(true).open(&path).map(|file| file.set_len(chance.next() % 999)))
                    }
                    _ => fs::write(&path, (0..chance.below(100)).map(record).collect::<String>()).unwrap(),
                }
            }
        });
        for _ in 0..rounds(6) {
            index.update().threads(2).run(&archive.corpora(&["files"])).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    // Quiet again, what is known of the files is what they are, however often they changed within one tick of the clock.
    index.update().run(&archive.corpora(&["files"])).unwrap();
    let verified = Index::verify(archive.index()).unwrap();
    assert!(verified.whole && verified.outdated.is_empty(), "{verified:#?}");
    let fresh = Index::create(archive.here().join("fresh")).unwrap();
    fresh.update().run(&archive.corpora(&["files"])).unwrap();
    let all = |index: &Index| index.search("").limit(100_000).run().unwrap();
    let ids = crate::support::ids(&all(&index));
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "{ids:?}");
    assert_eq!(ids, crate::support::ids(&all(&fresh)));
    let places = |index: &Index| {
        let mut places: Vec<_> = all(index)
            .hits
            .into_iter()
            .map(|hit| (hit.path, hit.line, hit.record_id, hit.passages[0].text.clone()))
            .collect();
        places.sort();
        places
    };
    assert_eq!(places(&index), places(&fresh));
}

#[cfg(unix)]
#[test]
fn an_index_on_a_medium_that_cannot_be_written_is_searched_and_checked() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new().file("a.txt", "The ferry sails.\n").indexed();
    let all = |folder: u32, files: u32| {
        for entry in fs::read_dir(archive.index()).unwrap() {
            fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(files)).unwrap();
        }
        fs::set_permissions(archive.index(), fs::Permissions::from_mode(folder)).unwrap();
    };
    for lock in ["writer.lock", ".tantivy-meta.lock", ".tantivy-writer.lock"] {
        archive.remove(&format!("index/{lock}"));
    }
    all(0o555, 0o444);
    if fs::write(archive.index().join("probe"), "").is_ok() {
        fs::remove_file(archive.index().join("probe")).unwrap();
        println!("skipped: this user may write everywhere");
    } else {
        archive.run(&["search", "ferry"]).exits(0);
        archive.run(&["verify"]).exits(0);
        archive.run(&["index", "files"]).exits(3).complains_in_one_line("cannot write to the index");
    }
    all(0o755, 0o644);
}
