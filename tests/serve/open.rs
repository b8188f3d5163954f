//! `dateline open` and `index --watch`: an archive that changes while it is looked at.

#![cfg(unix)]

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{Site, break_format};
use crate::support::{Archive, Run, command};

/// `dateline open` on an archive, with the index in a data folder of the test's own.
fn opening(archive: &Archive, args: &[&str]) -> std::process::Command {
    let mut command = command(&archive.index(), archive.here());
    command.env_remove("DATELINE_INDEX").env("XDG_DATA_HOME", archive.here().join("data"));
    command.args(["open", "files", "--no-browser", "--port", "0"]).args(args);
    command
}

/// The folders of indexes in the data folder.
fn kept(archive: &Archive) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(archive.here().join("data/dateline")) else { return Vec::new() };
    found.map(|entry| entry.unwrap().path()).collect()
}

/// Asks until the number of matching documents is this one.
#[track_caller]
fn wait_for(site: &Site, query: &str, total: u64) {
    let start = Instant::now();
    loop {
        let now = site.get(&format!("/api/v1/search?q={query}")).json()["total"].as_u64().unwrap();
        if now == total {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{now} and not {total}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn an_archive_is_opened_and_what_is_saved_into_it_is_found() {
    let archive = Archive::new().file("a.txt", "The ferry ran.");
    let site = Site::with(opening(&archive, &[]));
    assert_eq!(kept(&archive).len(), 1);
    assert!(!archive.index().exists());
    wait_for(&site, "ferry", 1);
    let before = site.get("/readyz").header("dateline-revision").to_owned();
    archive.write("files/deep/er/b.txt", "Another ferry.");
    wait_for(&site, "ferry", 2);
    assert_ne!(site.get("/readyz").header("dateline-revision"), before);
    archive.write("files/a.txt", "The barge ran.");
    wait_for(&site, "barge", 1);
    archive.remove("files/deep/er/b.txt");
    wait_for(&site, "ferry", 0);
    // The lock is free between updates, so another process may write; the last of them may still be under way.
    let mut other = command(&kept(&archive)[0], archive.here());
    other.args(["index", "--wait", "30s", "files"]);
    Run::of(other).exits(0);
    site.signal("INT");
    let (code, said) = site.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("index: data/dateline/files-") && said.contains("updated: 1 added"), "{said}");
}

#[test]
fn each_archive_has_an_index_of_its_own_and_two_are_served_side_by_side() {
    let first = Archive::new().file("a.txt", "The ferry ran.");
    let second = Archive::new().file("a.txt", "The barge ran.");
    let mut sites = Vec::new();
    for archive in [&first, &second] {
        let mut command = opening(archive, &[]);
        command.env("XDG_DATA_HOME", first.here().join("data"));
        sites.push(Site::with(command));
    }
    assert_eq!(kept(&first).len(), 2);
    assert_ne!(sites[0].address, sites[1].address);
    wait_for(&sites[0], "ferry", 1);
    wait_for(&sites[1], "ferry", 0);
}

#[test]
fn an_index_can_be_named_and_is_not_made_anew_unasked() {
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    let index = archive.index();
    let named = ["--index", index.to_str().unwrap()];
    let site = Site::with(opening(&archive, &named));
    wait_for(&site, "ferry", 1);
    assert!(kept(&archive).is_empty());
    drop(site);
    break_format(&index);
    let refused = Run::of(opening(&archive, &named)).exits(3);
    refused.says("dateline open --rebuild files");
    let site = Site::with(opening(&archive, &[&named[..], &["--rebuild"]].concat()));
    wait_for(&site, "ferry", 1);
}

#[test]
fn an_index_of_another_format_in_the_data_folder_is_made_anew_and_said() {
    let archive = Archive::new().file("a.txt", "The ferry ran.");
    drop(Site::with(opening(&archive, &[])));
    break_format(&kept(&archive)[0]);
    let site = Site::with(opening(&archive, &[]));
    assert!(site.said.contains("it is made anew"), "{}", site.said);
    wait_for(&site, "ferry", 1);
}

#[test]
fn an_archive_that_is_not_there_is_told_and_leaves_no_index() {
    let archive = Archive::new();
    let mut command = command(&archive.index(), archive.here());
    command.env_remove("DATELINE_INDEX").env("XDG_DATA_HOME", archive.here().join("data"));
    command.args(["open", "nowhere", "--no-browser"]);
    Run::of(command).exits(2).complains_in_one_line("nowhere");
    assert!(kept(&archive).is_empty());
}

#[test]
fn an_index_is_kept_up_to_date_without_a_page() {
    let archive = Archive::new().file("a.txt", "The ferry ran.");
    let mut watching = command(&archive.index(), archive.here());
    let mut child = watching.args(["index", "--watch", "files"]).stderr(std::process::Stdio::null()).spawn().unwrap();
    let found = |total: usize| {
        let start = Instant::now();
        while archive.run(&["search", "--format", "jsonl", "ferry"]).jsonl().len() != total {
            assert!(start.elapsed() < Duration::from_secs(60), "not {total}");
            thread::sleep(Duration::from_millis(100));
        }
    };
    found(1);
    archive.write("files/b.txt", "Another ferry.");
    found(2);
    // What somebody forgets meanwhile does not come back with the next change.
    archive.run(&["forget", "files", "--wait", "60s"]).exits(0);
    archive.write("files/c.txt", "A third ferry.");
    thread::sleep(Duration::from_millis(1500));
    found(0);
    archive.run(&["index", "files", "--wait", "60s"]).exits(0);
    found(3);
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
