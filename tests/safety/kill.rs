//! The real command, killed at moments drawn by lot. After each kill the index opens and is whole, no document is half
//! there, and none is lost that was there before and still has its file; the next run finishes the job, and what it
//! leaves is what a run without a kill leaves.

use std::collections::BTreeMap;
use std::fs;
#[cfg(unix)]
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
#[cfg(unix)]
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dateline::{Index, Sort};

use crate::chance::{Random, moment, rounds};
#[cfg(unix)]
use crate::support::Run;
use crate::support::{Archive, command};

/// What an index holds: every document's text by its id.
type State = BTreeMap<String, String>;

/// The documents of an index that must open and be whole; nothing where none was made yet.
#[track_caller]
fn state(archive: &Archive) -> State {
    if !Index::exists(archive.index()) {
        return State::new();
    }
    let verified = Index::verify(archive.index()).unwrap();
    assert!(verified.whole, "{:#?}", verified.damage);
    let index = Index::open(archive.index()).unwrap();
    let results = index.search("").sort(Sort::Oldest).limit(100_000).passages(0).run().unwrap();
    let text = |id: &str| index.document(id).unwrap().unwrap().text;
    results.hits.iter().map(|hit| (hit.id.clone(), text(&hit.id))).collect()
}

/// Runs the command and kills it at this moment, unless it was quicker.
fn run_and_kill(archive: &Archive, args: &[&str], moment: Duration) -> bool {
    let mut command = command(&archive.index(), archive.here());
    command.args(args).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(moment);
    let killed = child.try_wait().unwrap().is_none();
    // SIGKILL: nothing in the process hears of it.
    let _ = child.kill();
    child.wait().unwrap();
    killed
}

fn timed(archive: &Archive, args: &[&str], code: i32) -> Duration {
    let start = Instant::now();
    archive.run(args).exits(code);
    start.elapsed()
}

/// Nothing lies in the index's folder, nor beside it, that the last commit does not need.
#[track_caller]
fn no_leftovers(archive: &Archive) {
    let meta = fs::read_to_string(archive.index().join("meta.json")).unwrap().replace('-', "");
    let (mut catalogs, mut copies) = (0, 0);
    for entry in fs::read_dir(archive.index()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.split('.').next().unwrap_or_default();
        let known = ["manifest.json", "meta.json", "writer.lock"].contains(&name.as_str());
        let engines = [".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock"].contains(&name.as_str());
        let part = stem.len() == 32 && meta.contains(stem);
        let list = name.starts_with("catalog-") || name.starts_with("copies-");
        catalogs += usize::from(name.starts_with("catalog-"));
        copies += usize::from(name.starts_with("copies-"));
        assert!(known || engines || part || list, "{name} was left behind");
    }
    assert!(catalogs <= 1 && copies <= 1, "{catalogs} catalogs, {copies} lists of copies");
    for entry in fs::read_dir(archive.here()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(["files", "index"].contains(&name.as_str()), "{name} was left behind");
    }
}

fn record(n: usize, word: &str) -> String {
    format!(
        "{{\"id\": \"{word}{n}\", \"text\": \"The {word} number {n} sails at dawn and turns the mill {}.\"}}\n",
        n * 31 % 97
    )
}

fn archive() -> Archive {
    let mut archive = Archive::new().file("many.jsonl", (0..240).map(|n| record(n, "ferry")).collect::<String>());
    for n in 0..10 {
        archive =
            archive.file(&format!("sub/{n}.txt"), format!("A letter about harbour {n}, 3 May 19{:02}.\n", 60 + n));
    }
    archive
}

/// The same files, some of them changed, gone, moved and new.
fn change(archive: &Archive, round: usize) {
    for n in 0..4 {
        archive.write(&format!("files/new/{round}-{n}.txt"), format!("New in round {round}: otter number {n}.\n"));
    }
    archive.write("files/sub/3.txt", format!("A letter of round {round} about another harbour.\n"));
    archive.write("files/some.jsonl", (0..60).map(|n| record(n, &format!("round{round}x"))).collect::<String>());
    if round > 0 {
        archive.remove(&format!("files/new/{}-0.txt", round - 1));
    }
}

/// Documents of files that were the same before and after are there all the time.
fn keeps(before: &State, after: &State, now: &State) {
    for (id, text) in before.iter().filter(|(id, text)| after.get(*id) == Some(text)) {
        assert_eq!(now.get(id), Some(text), "a document that nobody touched is lost: {id}");
    }
    for (id, text) in now {
        let known = before.get(id) == Some(text) || after.get(id) == Some(text);
        assert!(known, "a document that is neither of before nor of after: {id}");
    }
}

#[test]
fn killed_while_it_makes_an_index() {
    let whole = archive();
    let lasts = timed(&whole, &["index", "files"], 0);
    let expected = state(&whole);
    let mut chance = Random::new(1);
    let mut kills = 0;
    for _ in 0..rounds(5) {
        let _ = fs::remove_dir_all(whole.index());
        for _ in 0..1 + chance.below(3) {
            kills += usize::from(run_and_kill(&whole, &["index", "files"], moment(&mut chance, lasts)));
            keeps(&State::new(), &expected, &state(&whole));
        }
        whole.run(&["index", "files"]).exits(0);
        assert_eq!(state(&whole), expected);
        no_leftovers(&whole);
    }
    println!("{kills} kills while an index was made");
}

#[test]
fn killed_while_it_updates_and_merges() {
    let archive = archive().indexed();
    let mut chance = Random::new(2);
    let mut kills = 0;
    for round in 0..rounds(5) {
        let before = state(&archive);
        change(&archive, round);
        // What comes of it without a kill, made beside it.
        let aside = archive.here().join("index-aside");
        let mut undisturbed = command(&aside, archive.here());
        let start = Instant::now();
        assert!(undisturbed.args(["index", "files", "-q"]).output().unwrap().status.success());
        let lasts = start.elapsed();
        let after: State = {
            let index = Index::open(&aside).unwrap();
            let results = index.search("").limit(100_000).passages(0).run().unwrap();
            results.hits.iter().map(|hit| (hit.id.clone(), index.document(&hit.id).unwrap().unwrap().text)).collect()
        };
        fs::remove_dir_all(&aside).unwrap();
        kills += usize::from(run_and_kill(&archive, &["index", "files"], moment(&mut chance, lasts)));
        keeps(&before, &after, &state(&archive));
        // Every other time the next change comes before the job was finished.
        if chance.below(2) == 0 {
            archive.run(&["index", "files"]).exits(0);
            assert_eq!(state(&archive), after);
            no_leftovers(&archive);
        }
    }
    archive.run(&["index", "files"]).exits(0);
    no_leftovers(&archive);
    println!("{kills} kills while an index was brought up to date");
}

/// The old index or the new one is there whenever the command is killed, and never neither.
fn killed_while_replacing(args: &[&str], seed: u64, few: usize, prepare: impl Fn(&Path)) -> usize {
    let archive = archive().indexed();
    let expected = state(&archive);
    prepare(&archive.index());
    let lasts = timed(&archive, args, 0);
    let mut chance = Random::new(seed);
    let mut kills = 0;
    for _ in 0..rounds(few) {
        prepare(&archive.index());
        kills += usize::from(run_and_kill(&archive, args, moment(&mut chance, lasts)));
        assert!(Index::exists(archive.index()), "no index is left");
        archive.run(args).exits(0);
        assert_eq!(state(&archive), expected);
        archive.run(&["index", "files"]).exits(0).prints("0 added · 0 changed · 0 removed");
        no_leftovers(&archive);
    }
    kills
}

#[test]
fn killed_while_it_rebuilds() {
    let kills = killed_while_replacing(&["index", "files", "--rebuild"], 3, 4, |_| {});
    println!("{kills} kills while an index was rebuilt");
}

/// Runs the command and presses Ctrl-C after its first file. It cannot be quicker: it waits for its log to be read, which
/// is longer than a pipe holds.
#[cfg(unix)]
fn run_and_stop(archive: &Archive, args: &[&str]) -> Run {
    let mut command = command(&archive.index(), archive.here());
    command.args(args).arg("-vv").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut err = String::new();
    while !err.contains("file read") {
        assert!(lines.read_line(&mut err).unwrap() > 0, "{err}");
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    lines.read_to_string(&mut err).unwrap();
    let output = child.wait_with_output().unwrap();
    Run { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err }
}

#[cfg(unix)]
#[test]
fn what_is_stopped_half_way_takes_the_place_of_nothing_whole() {
    let archive = Archive::new();
    let name = "name ".repeat(40);
    for n in 0..600 {
        archive.write(&format!("files/{name}{n}.txt"), format!("A letter about harbour {n}.\n"));
    }
    run_and_stop(&archive, &["index", "files"]).exits(4).says("is in the index; run the same command again");
    let archive = archive.indexed();
    let before = state(&archive);
    assert_eq!(before.len(), 600);
    let run = run_and_stop(&archive, &["index", "files", "--rebuild"]).exits(4);
    assert_eq!(run.out, "");
    run.says("dateline: stopped before the new index was whole\n  the old one is in use as before");
    assert!(state(&archive) == before, "documents are lost");
    no_leftovers(&archive);
    // Who stops what comes before a question gets no answer from the half of it.
    fs::remove_dir_all(archive.index()).unwrap();
    let run = run_and_stop(&archive, &["search", "harbour", "--in", "files"]).exits(4);
    assert_eq!(run.out, "");
    run.says("dateline: stopped before the question was asked");
}

#[test]
fn killed_while_it_verifies_and_mends() {
    let damage = |index: &Path| {
        let entries = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path());
        let store = entries.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "store")).unwrap();
        let mut bytes = fs::read(&store).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 1;
        fs::write(&store, bytes).unwrap();
    };
    let kills = killed_while_replacing(&["verify", "--repair"], 4, 4, damage);
    println!("{kills} kills while an index was checked and mended");
}

/// The two renames of a replacement are over too quickly to be hit by chance: here the moment between them is made.
#[test]
fn killed_between_the_two_renames() {
    for new_is_there in [true, false] {
        let archive = archive().indexed();
        let expected = state(&archive);
        archive.rename("index", ".index.dateline-old");
        if new_is_there {
            let mut other = command(&archive.here().join(".index.dateline-new"), archive.here());
            assert!(other.args(["index", "files", "-q"]).output().unwrap().status.success());
        }
        assert_eq!(state(&archive), expected, "whoever opens it finds an index");
        archive.run(&["index", "files"]).exits(0);
        no_leftovers(&archive);
    }
}

/// A process that dies while it makes the folder leaves nothing that keeps the next one out.
#[test]
fn killed_before_the_manifest_was_written() {
    let archive = archive().indexed();
    for kept in [&["meta.json", ".managed.json", "writer.lock"][..], &["writer.lock"], &["meta.json", "manifest.draft"]]
    {
        let fresh = Archive::new().file("a.txt", "The ferry sails.\n");
        fs::create_dir(fresh.index()).unwrap();
        Index::create(fresh.here().join("other")).unwrap();
        for name in kept {
            let _ = fs::copy(fresh.here().join("other").join(name), fresh.index().join(name));
            if !fresh.index().join(name).exists() {
                fs::write(fresh.index().join(name), "").unwrap();
            }
        }
        fs::remove_dir_all(fresh.here().join("other")).unwrap();
        fresh.run(&["index", "files"]).exits(0).prints("1 added");
        no_leftovers(&fresh);
    }
    // With documents in it, it is no beginning but an index that has lost its manifest.
    archive.remove("index/manifest.json");
    archive.run(&["search", "ferry"]).exits(3).complains_in_one_line("its manifest is gone");
    archive.run(&["index", "files"]).exits(2);
    archive.run(&["verify", "--repair"]).exits(0).prints("mended: 250 documents");
}
