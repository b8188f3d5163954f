//! An index whose files are changed by chance: a clear message or the right answer, never a wrong one, a panic, a hang.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use dateline::{Document, ErrorKind, Index, Unit, Verification};

use crate::chance::{Random, rounds};
use crate::support::Archive;

/// Longer than anything takes, on however slow a machine.
const HANG: Duration = Duration::from_secs(120);

const QUESTIONS: [&str; 6] =
    ["ferry", "\"sails at dawn\"", "harb* -otter", "ferry NEAR/5 mill", "title:notice", "since:1992 record"];

fn archive() -> Archive {
    let record = |n: usize| {
        format!(
            "{{\"id\": \"r{n}\", \"date\": \"19{:02}-03-{:02}\", \"text\": \"Record {n}: the ferry sails at dawn, the mill \
             number {} turns by the harbour and an otter sleeps.\"}}\n",
            60 + n % 40,
            1 + n % 28,
            n * 37 % 101
        )
    };
    Archive::new()
        .file("notice.txt", "Notice\n\n12 March 1992\n\nThe ferry does not sail. The harbour is closed.\n")
        .file("sub/mill.md", "# The mill\n\nIt turns slowly, and no ferry is in sight.\n")
        .file("records.jsonl", (0..60).map(record).collect::<String>())
}

/// All that an index answers, as text that can be compared; or the kind of its first error, which must be a clear one.
fn answers(index: &Path) -> Result<String, ErrorKind> {
    let ask = || -> dateline::Result<String> {
        let index = Index::open(index)?;
        let mut all = String::new();
        for question in QUESTIONS {
            let results = index.search(question).limit(400).passages(1).count_sources(true).run()?;
            all.push_str(&serde_json::to_string(&results).unwrap());
        }
        all.push_str(&serde_json::to_string(&index.search("ferry").timeline(Unit::Year)?).unwrap());
        all.push_str(&serde_json::to_string(&index.search("").date_report()?).unwrap());
        all.push_str(&index.document("r7")?.map_or(String::new(), |document| document.text));
        let info = index.info()?;
        all.push_str(&format!("{} {} {:?}", info.documents, info.files, index.skipped()?));
        Ok(all)
    };
    ask().map_err(|error| {
        let told = error.to_string();
        assert!(!told.contains('\n') && told.len() < 400, "{told}");
        let clear = [ErrorKind::Corrupt, ErrorKind::NoIndex, ErrorKind::IndexVersion, ErrorKind::Io];
        assert!(clear.contains(&error.kind()), "{:?}: {told}", error.kind());
        assert!(error.advice().is_some() || error.kind() == ErrorKind::Io, "no way out is told: {told}");
        error.kind()
    })
}

/// Every document with its text, and how many of each source there are.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let index = Index::open(folder).unwrap();
    let results = index.search("").limit(10_000).passages(0).run().unwrap();
    let text = |id: &str| index.document(id).unwrap().unwrap().text;
    results.hits.iter().map(|hit| (hit.id.clone(), text(&hit.id))).collect()
}

fn within_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = mpsc::channel();
    let worker = std::thread::spawn(move || send.send(work()));
    match receive.recv_timeout(HANG) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => std::panic::resume_unwind(worker.join().unwrap_err()),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".lock"));
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for file in files(from) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// Changes something, and says what.
fn damage(folder: &Path, chance: &mut Random) -> String {
    let files = files(folder);
    let file = chance.of(&files);
    let mut bytes = fs::read(file).unwrap();
    let at = chance.below(bytes.len());
    let what = match chance.below(8) {
        0..=2 => {
            bytes[at] ^= 1 << chance.below(8);
            format!("a bit of byte {at}")
        }
        3 => {
            let end = bytes.len().min(at + 1 + chance.below(600));
            bytes[at..end].iter_mut().for_each(|byte| *byte = chance.next() as u8);
            format!("bytes {at} to {end}")
        }
        4 => {
            let end = bytes.len().min(at + 4096);
            bytes[at..end].fill(0);
            format!("zeros from {at} to {end}")
        }
        5 => {
            bytes.truncate(at);
            format!("cut to {at}")
        }
        6 => {
            bytes.drain(at..(at + 1 + chance.below(64)).min(bytes.len()));
            format!("bytes taken out at {at}")
        }
        _ => {
            fs::remove_file(file).unwrap();
            return format!("{} gone", file.display());
        }
    };
    fs::write(file, bytes).unwrap();
    format!("{} {what}", file.display())
}

#[test]
fn a_damaged_index_answers_rightly_or_says_so_and_can_be_mended() {
    let archive = archive().indexed();
    // Another part, and a list of what was removed.
    archive.write("files/more.txt", "More of the ferry and the harbour, 3 May 1995.\n");
    archive.write("files/notice.txt", "Notice\n\n12 March 1992\n\nThe ferry sails again.\n");
    let archive = archive.indexed();
    let whole = answers(&archive.index()).unwrap();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut chance = Random::new(7);
    for round in 0..rounds(60) {
        let folder = archive.here().join("damaged");
        copy(&archive.index(), &folder);
        let mut what = damage(&folder, &mut chance);
        if chance.below(4) == 0 {
            what = format!("{what}, and {}", damage(&folder, &mut chance));
        }
        let damaged = folder.clone();
        let answer = within_time(move || answers(&damaged));
        match &answer {
            Ok(answer) => assert_eq!(*answer, whole, "round {round}: a wrong answer after {what}"),
            Err(_) => *counts.entry("told when asked").or_default() += 1,
        }
        let damaged = folder.clone();
        let verified = within_time(move || Index::verify(damaged));
        let found = verified.as_ref().is_ok_and(|found| found.whole);
        if found {
            assert!(answer.is_ok(), "round {round}: verify finds nothing after {what}, but {answer:?}");
            *counts.entry("harmless").or_default() += 1;
            continue;
        }
        if answer.is_ok() {
            *counts.entry("told by verify alone").or_default() += 1;
        }
        if round % 3 == 0 {
            let damaged = folder.clone();
            let mended = within_time(move || Index::repair(damaged)).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert!(Index::verify(&folder).unwrap().whole, "round {round}: not whole after {what}: {mended:?}");
            // Where the catalog is lost too, an update finds the files of which nothing was left.
            let index = Index::open(&folder).unwrap();
            index.update().threads(2).run(&archive.corpora(&["files"])).unwrap();
            // Scores depend a little on what was removed from which part, texts and counts do not.
            assert_eq!(texts(&folder), texts(&archive.index()), "round {round}: {what}, mended: {mended:?}");
            *counts.entry("mended, all documents back").or_default() += 1;
        }
        let _ = fs::remove_dir_all(&folder);
    }
    println!("{} damages: {counts:?}", rounds(60));
    assert!(counts.contains_key("told when asked"));
}

#[test]
fn documents_without_files_are_mended_from_the_index_itself() {
    const DOCUMENTS: usize = 120;
    let archive = Archive::new();
    let index = Index::create(archive.index()).unwrap();
    let mut writer = index.writer().unwrap();
    let text = |n: usize| {
        let words = (0..120).map(|word| format!("w{}", (n * 7919 + word * 104_729) % 10_007));
        format!("Document {n} of the ferry: {}.", words.collect::<Vec<_>>().join(" "))
    };
    for n in 0..DOCUMENTS {
        writer.add(Document::new(format!("d{n}"), text(n)).title(format!("Title {n}"))).unwrap();
    }
    writer.commit().unwrap();
    drop(writer);
    drop(index);
    let mut chance = Random::new(11);
    let mut lost = 0;
    for round in 0..rounds(12) {
        let folder = archive.here().join("damaged");
        copy(&archive.index(), &folder);
        let what = if round % 2 == 0 {
            // In the middle of the store: some documents go, and only those.
            let store = files(&folder).into_iter().find(|path| path.extension().is_some_and(|e| e == "store")).unwrap();
            let mut bytes = fs::read(&store).unwrap();
            let at = chance.below(bytes.len() / 2);
            bytes[at] ^= 4;
            fs::write(&store, bytes).unwrap();
            format!("{} at {at}", store.display())
        } else {
            damage(&folder, &mut chance)
        };
        if Index::verify(&folder).is_ok_and(|Verification { whole, .. }| whole) {
            continue;
        }
        let mended = Index::repair(&folder).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(Index::verify(&folder).unwrap().whole, "{what}");
        let index = Index::open(&folder).unwrap();
        for n in 0..DOCUMENTS {
            if let Some(document) = index.document(&format!("d{n}")).unwrap() {
                assert_eq!(document.text, text(n), "round {round}: {what}");
            }
        }
        let told = mended.notes.iter().any(|note| note.message.contains("no document could be read"));
        assert!(mended.documents + mended.lost == DOCUMENTS as u64 || told, "round {round}: {what}: {mended:?}");
        if round % 2 == 0 {
            assert!((1..DOCUMENTS as u64).contains(&mended.lost), "round {round}: {what}: {mended:?}");
            let named = mended.losses.iter().filter(|loss| loss.place.starts_with('d') && loss.what.contains("read"));
            assert_eq!(named.count() as u64, mended.lost, "round {round}: {what}: {mended:?}");
        }
        lost += mended.lost;
    }
    println!("{} damages, {lost} documents beyond reading, all told", rounds(12));
}

#[test]
fn an_index_is_mended_from_its_files_whatever_its_own_are_cut_to() {
    let archive = Archive::new().file("a.txt", "The ferry sails.\n").indexed();
    let expected = texts(&archive.index());
    let folder = archive.here().join("damaged");
    for ending in ["store", "idx", "term", "fast"] {
        for length in (0..12).chain([20, 28, 40, 64]) {
            copy(&archive.index(), &folder);
            let file =
                files(&folder).into_iter().find(|path| path.extension().is_some_and(|end| end == ending)).unwrap();
            fs::File::options().write(true).open(&file).unwrap().set_len(length).unwrap();
            let repaired = Index::repair(&folder).unwrap_or_else(|error| panic!("{ending} cut to {length}: {error}"));
            assert_eq!(texts(&folder), expected, "{ending} cut to {length}: {repaired:?}");
        }
    }
}

#[test]
fn what_was_replaced_stays_so_where_the_list_of_it_is_damaged() {
    // On one thread, so that all are in one part.
    let archive = archive();
    archive.run(&["index", "files", "--threads", "1"]).exits(0);
    archive.write("files/notice.txt", "Notice\n\n12 March 1992\n\nThe ferry sails again.\n");
    archive.run(&["index", "files", "--threads", "1"]).exits(0);
    let before = texts(&archive.index());
    let removed: Vec<PathBuf> =
        files(&archive.index()).into_iter().filter(|path| path.extension().is_some_and(|end| end == "del")).collect();
    assert!(!removed.is_empty());
    for list in removed {
        let mut bytes = fs::read(&list).unwrap();
        bytes[4] ^= 1;
        fs::write(&list, bytes).unwrap();
    }
    archive.run(&["verify", "--repair"]).exits(0).prints("replaced may be back");
    assert_eq!(texts(&archive.index()), before);
}

#[test]
fn the_command_tells_of_damage_mends_it_and_says_what_it_did() {
    let archive = archive().indexed();
    archive.run(&["verify"]).exits(0).prints("whole: 62 documents");
    let term = files(&archive.index()).into_iter().find(|path| path.extension().is_some_and(|e| e == "term")).unwrap();
    let mut bytes = fs::read(&term).unwrap();
    bytes[5] ^= 1;
    fs::write(&term, bytes).unwrap();
    archive.run(&["verify"]).exits(3).prints("is not as it was written").prints("damaged: ").says("--repair");
    archive.run(&["search", "ferry"]).exits(3).complains_in_one_line("the index is damaged").says("verify --repair");
    archive.run(&["index", "files"]).exits(3).complains_in_one_line("the index is damaged");
    archive.run(&["verify", "--repair"]).exits(0).prints("mended: 62 documents · 62 kept");
    archive.run(&["verify", "--repair"]).exits(0).prints("whole: 62").keeps_silent_about("mended");
    archive.run(&["search", "ferry"]).exits(0);
    archive.run(&["index", "files"]).exits(0).prints("0 added · 0 changed · 0 removed · 62 unchanged");
}

#[test]
fn files_that_changed_since_are_told_and_are_no_damage() {
    let archive = archive().indexed();
    archive.remove("files/sub/mill.md");
    archive.write("files/notice.txt", "Another notice.\n");
    let run = archive.run(&["verify"]).exits(0);
    run.prints("mill.md: is gone").prints("notice.txt: has changed").prints("whole: 62");
}
