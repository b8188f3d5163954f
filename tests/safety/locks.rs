//! One writer at a time, whoever it is, and nobody waits for a dead one.

use std::process::Stdio;
use std::time::{Duration, Instant};

use dateline::Index;

use crate::support::{Archive, command};

fn archive() -> Archive {
    Archive::new().file("a.txt", "The ferry sails at dawn.\n").indexed()
}

#[test]
fn the_second_writer_waits_as_long_as_it_is_told_to() {
    let archive = archive();
    archive.write("files/b.txt", "The mill turns.\n");
    let index = Index::open(archive.index()).unwrap();
    for args in [
        &["index", "files"][..],
        &["index", "files", "--rebuild"],
        &["search", "mill", "--in", "files"],
        &["dates", "--in", "files"],
    ] {
        let writer = index.writer().unwrap();
        let holder = format!("process {} is writing", std::process::id());
        let start = Instant::now();
        archive.run(args).exits(3).complains_in_one_line(&holder);
        archive.run(&[args, &["--wait", "1s"]].concat()).exits(3).says("waiting: ").says(&holder);
        assert!(start.elapsed() > Duration::from_secs(1), "{args:?} did not wait");
        let mut patient = command(&archive.index(), archive.here());
        patient.args(args).args(["--wait", "60s"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut patient = patient.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(300));
        assert!(patient.try_wait().unwrap().is_none(), "{args:?} ended while another was writing");
        drop(writer);
        assert!(patient.wait().unwrap().success(), "{args:?}");
    }
    assert_eq!(archive.ids("mill").len(), 1);
}

#[test]
fn mending_waits_too_and_checking_never_does() {
    let archive = archive();
    let index = Index::open(archive.index()).unwrap();
    let writer = index.writer().unwrap();
    archive.run(&["verify"]).exits(0);
    archive.run(&["search", "ferry"]).exits(0);
    let term = std::fs::read_dir(archive.index()).unwrap().map(|entry| entry.unwrap().path());
    let term = term.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "fieldnorm")).unwrap();
    std::fs::remove_file(term).unwrap();
    archive.run(&["verify", "--repair"]).exits(3).complains_in_one_line("is writing to this index");
    drop(writer);
    archive.run(&["verify", "--repair"]).exits(0).prints("mended: 1 document");
}

#[cfg(unix)]
#[test]
fn a_dead_writer_blocks_nobody() {
    let archive = Archive::new();
    for n in 0..4 {
        let text = (0..1_000).map(|m| format!("{{\"id\": \"{n}-{m}\", \"text\": \"Herring {m} of file {n}.\"}}\n"));
        archive.write(&format!("files/{n}.jsonl"), text.collect::<String>());
    }
    let mut writer = command(&archive.index(), archive.here());
    let mut writer = writer.args(["index", "files", "-q"]).stdout(Stdio::null()).spawn().unwrap();
    let lock = archive.index().join("writer.lock");
    let start = Instant::now();
    while std::fs::read(&lock).map_or(true, |holder| holder.is_empty()) && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    assert!(lock.exists(), "its lock lies there still");
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(archive.ids("herring").len(), 4_000);
}

/// A writer that was opened before another wrote knows of all files there are, and none is left behind.
#[test]
fn writers_take_turns_without_leaving_files_behind() {
    let archive = archive();
    let ours = Index::open(archive.index()).unwrap();
    for round in 0..4 {
        archive.write("files/a.txt", format!("The ferry of round {round}.\n"));
        archive.run(&["index", "files"]).exits(0).prints("1 changed");
        let mut writer = ours.writer().unwrap();
        writer.add(dateline::Document::new("own", format!("Our own document of round {round}."))).unwrap();
        writer.commit().unwrap();
    }
    drop(ours.writer().unwrap());
    let meta = std::fs::read_to_string(archive.index().join("meta.json")).unwrap().replace('-', "");
    for entry in std::fs::read_dir(archive.index()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some((part, _)) = name.split_once(".store") {
            assert!(meta.contains(part), "{name} belongs to no commit");
        }
    }
    assert!(Index::verify(archive.index()).unwrap().whole);
}

#[test]
fn two_that_make_an_index_at_once_make_one() {
    for _ in 0..3 {
        let archive = Archive::new().file("a.txt", "The ferry sails.\n");
        let mut both: Vec<_> = (0..4)
            .map(|_| {
                let mut command = command(&archive.index(), archive.here());
                command.args(["index", "files", "--wait", "60s"]).stdout(Stdio::null()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        for child in both.drain(..) {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(archive.ids("ferry").len(), 1);
        assert!(Index::verify(archive.index()).unwrap().whole);
    }
}
