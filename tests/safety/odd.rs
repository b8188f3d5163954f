//! Archives with odd things in them: the catalog and the index agree, no document is missing, and no id stands twice.

use std::fs;
use std::io::Write;

use dateline::{Document, Index};

use crate::support::Archive;

/// Every document's place and text, of an index that must be whole and have no id twice.
#[track_caller]
fn documents(archive: &Archive) -> Vec<(String, String)> {
    let verified = Index::verify(archive.index()).unwrap();
    assert!(verified.whole, "{:#?}", verified.damage);
    let index = Index::open(archive.index()).unwrap();
    let hits = index.search("").limit(10_000).run().unwrap().hits;
    let mut ids: Vec<&String> = hits.iter().map(|hit| &hit.id).collect();
    ids.sort();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "an id stands twice: {ids:?}");
    let text = |id: &String| index.document(id).unwrap().unwrap().text;
    let mut all: Vec<_> = hits.iter().map(|hit| (hit.member.clone().unwrap_or_default(), text(&hit.id))).collect();
    all.sort();
    all
}

/// The texts of the same.
#[track_caller]
fn texts(archive: &Archive) -> Vec<String> {
    documents(archive).into_iter().map(|(_, text)| text).collect()
}

/// A tar archive with these members, in this order, whatever they are called.
fn tar(members: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, text) in members {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..108].copy_from_slice(b"0000644\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", text.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        tar.write_all(&header).unwrap();
        tar.write_all(text.as_bytes()).unwrap();
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

const SAME: (&str, &str) = ("a.txt", "The ferry sails at dawn.\n");

#[test]
fn members_that_are_the_same_in_name_and_content_are_all_kept_however_the_archive_changes() {
    let archive = Archive::new();
    for members in [
        &[SAME, SAME, SAME][..],
        &[("z.txt", "Something new in front.\n"), SAME, SAME, SAME],
        &[("y.txt", "Something else in front.\n"), SAME, SAME],
        &[SAME, SAME, SAME, SAME],
        &[SAME],
    ] {
        archive.write("files/packed.tar", tar(members));
        for threads in ["1", "3"] {
            archive.run(&["index", "files", "--threads", threads]).exits(0);
        }
        let mut expected: Vec<_> =
            members.iter().map(|(name, text)| (name.to_string(), text.trim().to_string())).collect();
        expected.sort();
        assert_eq!(documents(&archive), expected, "{members:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_unicode_do_not_hide_each_other() {
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new();
    for (name, text) in [(&b"caf\xe9.txt"[..], "The first ferry.\n"), (b"caf\xe8.txt", "The second ferry.\n")] {
        fs::write(archive.here().join("files").join(std::ffi::OsStr::from_bytes(name)), text).unwrap();
    }
    for _ in 0..2 {
        archive.run(&["index", "files"]).exits(0);
        assert_eq!(documents(&archive).len(), 2);
    }
    archive.run(&["verify"]).exits(0).keeps_silent_about("is gone");
    fs::remove_file(archive.here().join("files").join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"))).unwrap();
    archive.run(&["index", "files"]).exits(0).prints("1 removed");
    assert_eq!(documents(&archive).len(), 1);
}

#[test]
fn documents_of_files_that_a_program_removes_or_replaces_are_no_damage() {
    let archive = Archive::new().file("a.txt", "The ferry sails.\n").file("b.txt", "The mill turns.\n").indexed();
    let index = Index::open(archive.index()).unwrap();
    let id = |word: &str| index.search(word).run().unwrap().hits[0].id.clone();
    let (ferry, mill) = (id("ferry"), id("mill"));
    let mut writer = index.writer().unwrap();
    writer.remove(&ferry);
    writer.add(Document::new(mill.clone(), "The mill stands still.")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    assert_eq!(texts(&archive), ["The mill stands still."]);
    let archive = archive.indexed();
    assert_eq!(texts(&archive), ["The mill stands still."]);
    archive.write("files/b.txt", "The mill turns again.\n");
    let archive = archive.indexed();
    // The file has changed since, so what it says counts again.
    assert_eq!(texts(&archive), ["The mill turns again."]);
}

#[test]
fn a_file_that_cannot_be_read_for_a_while_keeps_its_documents() {
    let records = |n: usize| format!("{{\"id\": \"r{n}\", \"text\": \"Record {n} of the ferry.\"}}\n");
    let archive = Archive::new()
        .file("a.txt", "The mill turns.\n")
        .file("b.jsonl", (0..20).map(records).collect::<String>())
        .indexed();
    let before = documents(&archive);
    let (first, second) = (archive.here().join("files/a.txt"), archive.here().join("files/b.jsonl"));
    fs::write(&first, "The mill turns again.\n").unwrap();
    fs::write(&second, (0..21).map(records).collect::<String>()).unwrap();
    let index = Index::open(archive.index()).unwrap();
    // A folder can be opened and not be read: what stands for a disk that fails once the file was listed.
    let replace = |_| {
        if second.is_file() {
            fs::rename(&second, archive.here().join("aside")).unwrap();
            fs::create_dir(&second).unwrap();
        }
    };
    let report = index.update().threads(1).progress(replace).run(&archive.corpora(&["files"])).unwrap();
    assert_eq!((report.removed, report.unchanged, report.failed), (0, 20, 1), "{report:?}");
    assert_eq!(documents(&archive).len(), before.len());
    fs::remove_dir(&second).unwrap();
    fs::rename(archive.here().join("aside"), &second).unwrap();
    let report = index.update().run(&archive.corpora(&["files"])).unwrap();
    assert_eq!((report.added, report.removed, report.failed, report.skipped), (1, 0, 0, 0), "{report:?}");
    assert_eq!(documents(&archive).len(), before.len() + 1);
}

#[cfg(unix)]
#[test]
fn what_was_a_link_has_the_ids_of_any_other_file() {
    let archive = Archive::new().file("a.txt", "The ferry sails.\n");
    std::os::unix::fs::symlink("a.txt", archive.here().join("files/b.txt")).unwrap();
    let archive = archive.indexed();
    fs::remove_file(archive.here().join("files/b.txt")).unwrap();
    archive.write("files/b.txt", "The mill turns.\n");
    let archive = archive.indexed();
    let before = archive.ids("mill");
    fs::remove_dir_all(archive.index()).unwrap();
    let archive = archive.indexed();
    assert_eq!(archive.ids("mill"), before);
}
