//! Bringing an index up to date: what changed is read, what did not is left, and nothing is lost or doubled.

use std::fs::{self, File};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use dateline::{Corpus, Index, UpdateReport};

use crate::support::{Archive, today};

/// Added, changed, moved, removed, unchanged.
fn counts(report: &UpdateReport) -> [u64; 5] {
    [report.added, report.changed, report.moved, report.removed, report.unchanged]
}

/// Sets the time of a file's last change to long ago, so that no clock decides what a test shows.
fn age(archive: &Archive, name: &str, days: u64) {
    let file = File::options().write(true).open(archive.here().join(name)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400)).unwrap();
}

fn three() -> Archive {
    Archive::new()
        .file("a.txt", "The ferry sails at dawn.\n")
        .file("sub/b.txt", "The lighthouse is dark.\n")
        .file("c.txt", "The mill turns slowly.\n")
}

#[test]
fn new_changed_removed_and_unchanged_files_are_told_apart() {
    let archive = three();
    assert_eq!(counts(&archive.update(&["files"])), [3, 0, 0, 0, 0]);
    assert_eq!(counts(&archive.update(&["files"])), [0, 0, 0, 0, 3]);

    archive.write("files/a.txt", "The ferry sails at noon now.\n");
    archive.remove("files/c.txt");
    archive.write("files/d.txt", "An otter was counted twice.\n");
    let report = archive.update(&["files"]);
    assert_eq!(counts(&report), [1, 1, 0, 1, 1]);
    assert_eq!(report.documents, 3);
    assert_eq!(archive.ids("noon").len(), 1);
    assert_eq!(archive.ids("dawn").len(), 0);
    assert_eq!(archive.ids("mill").len(), 0);
    assert_eq!(archive.ids("otter").len(), 1);
}

#[test]
fn a_file_changed_to_the_same_length_at_the_same_time_is_read_again() {
    let archive = three();
    // File systems tell time coarsely; a time after the update began leaves no doubt that it may have changed since.
    let in_the_year_2100 = 47_500;
    age(&archive, "files/a.txt", in_the_year_2100);
    archive.update(&["files"]);
    archive.write("files/a.txt", "The ferry sinks at dawn.\n");
    age(&archive, "files/a.txt", in_the_year_2100);
    assert_eq!(counts(&archive.update(&["files"])), [0, 1, 0, 0, 2]);
    assert_eq!((archive.ids("sinks").len(), archive.ids("sails").len()), (1, 0));
}

#[test]
fn a_touched_file_with_the_same_content_is_unchanged() {
    let archive = three();
    archive.update(&["files"]);
    age(&archive, "files/a.txt", 9_000);
    assert_eq!(counts(&archive.update(&["files"])), [0, 0, 0, 0, 3]);
}

#[test]
fn an_archive_whose_folder_was_renamed_is_recognised() {
    let archive = Archive::new().file("old/a.txt", "The ferry sails.\n").file("old/b.txt", "The mill turns.\n");
    archive.update(&["files/old"]);
    let before = archive.ids("ferry");
    archive.rename("files/old", "files/new");
    let report = archive.update(&["files/new"]);
    assert_eq!(counts(&report), [0, 0, 2, 0, 0]);
    assert_eq!((archive.ids("ferry"), report.documents), (before, 2));
}

/// The id of the only document that an id names.
fn named(archive: &Archive, id: &str) -> Option<String> {
    Index::open(archive.index()).unwrap().document(id).unwrap().map(|document| document.id)
}

#[test]
fn a_moved_file_has_the_ids_of_a_fresh_index_and_is_found_by_its_former_ones() {
    let archive = three();
    archive.update(&["files"]);
    let first = archive.ids("lighthouse").remove(0);
    archive.rename("files/sub/b.txt", "files/tidied/up/lights.txt");
    assert_eq!(counts(&archive.update(&["files"])), [0, 0, 1, 0, 2]);
    let second = archive.ids("lighthouse").remove(0);
    assert_ne!(first, second);
    archive.rename("files/tidied/up/lights.txt", "files/lights.txt");
    archive.update(&["files"]);
    let third = archive.ids("lighthouse").remove(0);
    let fresh = Index::create(archive.here().join("fresh")).unwrap();
    fresh.update().run(&archive.corpora(&["files"])).unwrap();
    assert_eq!(fresh.search("lighthouse").ids().unwrap(), std::slice::from_ref(&third));
    for id in [&first, &second, &third] {
        assert_eq!(named(&archive, id).as_ref(), Some(&third));
    }
    archive.run(&["show", &first]).exits(0).prints(&format!("formerly   {second} {first}"));
    // Made anew, the index still knows them, also where the file was moved once more meanwhile.
    archive.rename("files/lights.txt", "files/sub/lights.txt");
    archive.run(&["index", "files", "--rebuild"]).exits(0);
    let fourth = archive.ids("lighthouse").remove(0);
    for id in [&first, &second, &third, &fourth] {
        assert_eq!(named(&archive, id).as_ref(), Some(&fourth), "{id}");
    }
    // The name it had first is given to another file: what lies there now has the id, and both documents are there.
    archive.write("files/sub/b.txt", "Another lighthouse, in another place.\n");
    archive.update(&["files"]);
    assert_eq!(archive.ids("lighthouse").len(), 2);
    assert_eq!(named(&archive, &first), Some(first));
    assert_eq!(named(&archive, &second), Some(fourth));
}

#[test]
fn a_correction_by_an_id_holds_through_moves_and_in_every_index() {
    let archive =
        Archive::new().file("old/a.txt", "A note on the harbour\n\nNothing was found to be wrong with the wall.\n");
    archive.update(&["files"]);
    let before = archive.ids("harbour").remove(0);
    archive.rename("files/old/a.txt", "files/new/a.txt");
    archive.update(&["files"]);
    let now = archive.ids("harbour").remove(0);
    let dated = |id: &str, index: &str| {
        archive.write("files/dateline.toml", format!("[[correct]]\nid = \"{id}\"\ndate = \"1999-05-01\"\n"));
        archive.run(&["--index", index, "index", "files"]).exits(0);
        archive.run(&["--index", index, "search", "harbour", "--format", "json"]).exits(0).json()["hits"][0]["date"]
            .clone()
    };
    let known = archive.index();
    let known = known.to_str().unwrap();
    assert_eq!(dated(&now, known), "1999-05-01");
    assert_eq!(dated(&before, known), "1999-05-01");
    assert_eq!(dated(&now, "fresh"), "1999-05-01");
    archive.run(&["index", "files", "--rebuild"]).exits(0);
    assert_eq!(dated(&before, known), "1999-05-01");
}

#[test]
fn of_two_files_with_what_a_third_had_one_is_the_file_that_moved() {
    let archive = three();
    archive.update(&["files"]);
    let before = archive.ids("lighthouse");
    let text = std::fs::read(archive.here().join("files/sub/b.txt")).unwrap();
    archive.rename("files/sub/b.txt", "files/x.txt");
    archive.write("files/y.txt", text);
    assert_eq!(counts(&archive.update(&["files"])), [1, 0, 1, 0, 2]);
    let after = archive.ids("lighthouse");
    assert_eq!(after.len(), 2);
    assert!(after[0] != after[1] && !after.contains(&before[0]), "{before:?} {after:?}");
    assert!(named(&archive, &before[0]).is_some_and(|id| after.contains(&id)));
}

#[test]
fn records_that_go_from_a_file_go_from_the_index() {
    let line = |n: usize| format!("{{\"id\": \"r{n}\", \"text\": \"Record {n} about herring.\"}}\n");
    let archive = Archive::new().file("all.jsonl", (0..5).map(line).collect::<String>());
    assert_eq!(counts(&archive.update(&["files"])), [5, 0, 0, 0, 0]);
    archive.write("files/all.jsonl", (1..4).map(line).collect::<String>());
    assert_eq!(counts(&archive.update(&["files"])), [0, 3, 0, 2, 0]);
    assert_eq!(archive.ids("herring").len(), 3);
    let index = Index::open(archive.index()).unwrap();
    assert!(index.document("r0").unwrap().is_none());
    assert!(index.document("r2").unwrap().is_some());
}

#[test]
fn updating_one_folder_leaves_the_documents_of_another() {
    let archive = Archive::new();
    archive.write("one/same.txt", "The harbour of the first archive.\n");
    archive.write("two/same.txt", "The harbour of the second archive.\n");
    archive.update(&["one"]);
    assert_eq!(counts(&archive.update(&["two"])), [1, 0, 0, 0, 0]);
    assert_eq!(archive.ids("harbour").len(), 2, "the same path below two folders");
    archive.write("one/more.txt", "More of the harbour.\n");
    assert_eq!(counts(&archive.update(&["one"])), [1, 0, 0, 0, 1]);
    assert_eq!(archive.ids("harbour").len(), 3);
    archive.remove("one/same.txt");
    archive.update(&["two"]);
    assert_eq!(archive.ids("harbour").len(), 3, "nobody asked about the first folder");
    archive.update(&["one", "two"]);
    assert_eq!(archive.ids("harbour").len(), 2);
}

#[test]
fn folders_that_overlap_give_each_file_once() {
    let archive = three();
    let report = archive.update(&["files", "files/sub", "files/a.txt"]);
    assert_eq!((report.added, report.documents), (3, 3));
}

#[test]
fn a_file_that_stops_being_text_leaves_the_index_and_is_listed() {
    let archive = three();
    archive.update(&["files"]);
    archive.write("files/a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0");
    let report = archive.update(&["files"]);
    assert_eq!((report.removed, report.documents, report.skipped), (1, 2, 1));
    let skipped = Index::open(archive.index()).unwrap().skipped().unwrap();
    assert_eq!(skipped.len(), 1);
    assert!(skipped[0].path.ends_with("files/a.txt"), "{skipped:?}");
    // And back again.
    archive.write("files/a.txt", "The ferry sails again.\n");
    let report = archive.update(&["files"]);
    assert_eq!((report.added, report.documents, report.skipped), (1, 3, 0));
}

#[test]
fn a_file_that_could_not_be_read_is_tried_again_though_it_did_not_change() {
    let archive = three();
    age(&archive, "files/a.txt", 9_000);
    let index = Index::open_or_create(archive.index()).unwrap();
    let limited = |bytes| -> Vec<Corpus> {
        archive.corpora(&["files"]).into_iter().map(|corpus| corpus.document_limit(bytes)).collect()
    };
    let report = index.update().run(&limited(23)).unwrap();
    assert_eq!((report.added, report.failed), (1, 2));
    let report = index.update().run(&limited(1_000)).unwrap();
    assert_eq!((report.added, report.unchanged, report.failed, report.skipped), (2, 1, 0, 0));
}

#[cfg(unix)]
#[test]
fn a_file_replaced_by_a_link_leaves_the_index() {
    let archive = three();
    archive.update(&["files"]);
    archive.remove("files/a.txt");
    std::os::unix::fs::symlink("c.txt", archive.here().join("files/a.txt")).unwrap();
    let report = archive.update(&["files"]);
    assert_eq!((report.removed, report.documents, report.skipped), (1, 2, 1));
    assert_eq!(archive.ids("ferry").len(), 0);
}

#[test]
fn records_of_one_id_are_all_kept_and_named_alike_on_any_number_of_threads() {
    // More than one piece of the file, so that several threads read it at once.
    let padding = "-".repeat(3_000);
    let line = |n: usize| {
        let id = n % 500;
        format!("{{\"id\": \"r{id}\", \"title\": \"Take {n}\", \"pad\": \"{padding}\", \"text\": \"Number {n}.\"}}\n")
    };
    let archive = Archive::new().file("takes.jsonl", (0..1_000).map(line).collect::<String>());
    let read = |threads: usize| -> Vec<(String, String)> {
        let index = Index::in_memory().unwrap();
        index.update().threads(threads).run(&archive.corpora(&["files"])).unwrap();
        let results = index.search("number").passages(0).limit(5_000).run().unwrap();
        assert_eq!(results.total, 1_000);
        let mut names: Vec<_> = results.hits.into_iter().map(|hit| (hit.title.unwrap(), hit.id)).collect();
        names.sort();
        names
    };
    let alone = read(1);
    let mut ids: Vec<&String> = alone.iter().map(|(_, id)| id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1_000, "every document has an id of its own");
    for _ in 0..3 {
        assert!(read(4) == alone, "the ids depend on which thread was first");
    }
}

#[test]
fn rebuilding_gives_the_same_documents_the_same_ids() {
    let archive = three().indexed();
    let before = archive.ids("the");
    archive.write("index/.note", "mine");
    archive.run(&["index", "files", "--rebuild"]).exits(0).prints("3 added · 0 changed");
    assert_eq!(archive.ids("the"), before);
    assert_eq!(fs::read_to_string(archive.index().join(".note")).unwrap(), "mine");
    let beside: Vec<_> = fs::read_dir(archive.here()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "nothing is left beside the index: {beside:?}");
}

/// Starts an update that is told to stop as soon as its first file is read.
fn interrupted(archive: &Archive) -> UpdateReport {
    interrupted_after(archive, 0)
}

/// Starts an update that is told to stop once it has added so many documents.
fn interrupted_after(archive: &Archive, documents: u64) -> UpdateReport {
    let index = Index::open_or_create(archive.index()).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    index
        .update()
        .threads(1)
        .progress(move |progress| {
            flag.fetch_or(progress.documents >= documents, Ordering::Relaxed);
        })
        .cancel(stop)
        .run(&archive.corpora(&["files"]))
        .unwrap()
}

fn many(word: &str) -> Archive {
    let archive = Archive::new();
    for n in 0..20 {
        archive.write(&format!("files/{n:02}.txt"), format!("File {n} about {word}.\n"));
    }
    archive
}

#[test]
fn a_stopped_update_keeps_what_it_finished_and_the_next_one_does_the_rest() {
    let archive = many("herring");
    let first = interrupted(&archive);
    assert!(first.stopped);
    assert!((1..20).contains(&first.documents), "{first:?}");
    assert_eq!(archive.ids("herring").len() as u64, first.documents);
    let second = archive.update(&["files"]);
    assert_eq!(counts(&second), [20 - first.documents, 0, 0, 0, first.documents]);
    assert_eq!(archive.ids("herring").len(), 20);
}

#[test]
fn stopping_while_changed_and_moved_files_wait_neither_loses_nor_doubles_them() {
    let archive = many("herring");
    archive.update(&["files"]);
    let before = archive.ids("file");
    for n in 0..10 {
        archive.write(&format!("files/{n:02}.txt"), format!("File {n} about mackerel now.\n"));
        let (from, to) = (format!("files/{:02}.txt", n + 10), format!("files/z/{n}.txt"));
        archive.rename(&from, &to);
    }
    let first = interrupted(&archive);
    assert!(first.stopped);
    // A document that is there twice would be named twice, which is an error.
    assert!(before.iter().all(|id| named(&archive, id).is_some()));
    archive.update(&["files"]);
    assert!(before.iter().all(|id| named(&archive, id).is_some()));
    assert_eq!(archive.ids("file").len(), 20);
    assert_eq!(archive.ids("mackerel").len(), 10);
    assert_eq!(archive.ids("herring").len(), 10);
    assert_eq!(counts(&archive.update(&["files"])), [0, 0, 0, 0, 20]);
}

/// Records of 16 KB, so that a file of them has many pieces; every three hundredth has the same id.
fn records(range: std::ops::Range<usize>) -> String {
    let padding = "-".repeat(16_000);
    range
        .map(|n| format!("{{\"id\": \"r{}\", \"pad\": \"{padding}\", \"text\": \"Record {n}.\"}}\n", n % 300))
        .collect()
}

/// Ids and texts of all records in the index, sorted.
fn all_records(archive: &Archive) -> Vec<(String, String)> {
    let index = Index::open(archive.index()).unwrap();
    let found = index.search("record").limit(10_000).passages(1).run().unwrap();
    let mut all: Vec<_> = found.hits.into_iter().map(|hit| (hit.id, hit.passages[0].text.clone())).collect();
    all.sort();
    all
}

#[test]
fn a_file_stopped_in_its_middle_is_read_on_from_there() {
    let whole = Archive::new().file("a.jsonl", records(0..700));
    whole.update(&["files"]);
    let archive = Archive::new().file("a.jsonl", records(0..700));
    let first = interrupted_after(&archive, 256);
    assert!(first.stopped);
    assert!((256..700).contains(&first.documents), "{first:?}");
    assert_eq!(first.added, first.documents);
    let second = archive.update(&["files"]);
    assert_eq!(counts(&second), [700 - first.documents, 0, 0, 0, first.documents]);
    assert_eq!(all_records(&archive), all_records(&whole), "as if it had been read in one go");
    assert_eq!(counts(&archive.update(&["files"])), [0, 0, 0, 0, 700]);
}

#[test]
fn of_a_file_that_grew_only_the_end_is_read() {
    let whole = Archive::new().file("a.jsonl", records(0..750));
    whole.update(&["files"]);
    let archive = Archive::new().file("a.jsonl", records(0..700));
    archive.update(&["files"]);
    archive.write("files/a.jsonl", records(0..750));
    let [added, changed, moved, removed, unchanged] = counts(&archive.update(&["files"]));
    assert_eq!((added, removed, moved, changed + unchanged), (50, 0, 0, 700));
    assert!(changed < 100, "no more than the last piece: {changed}");
    assert_eq!(all_records(&archive), all_records(&whole));
}

#[test]
fn stopping_in_the_middle_of_a_changed_file_loses_and_doubles_nothing() {
    // The pieces after the first one are as they were, or none is.
    stopped_in_the_middle_of(records(0..700).replacen("Record 0.", "Record nought.", 1));
    stopped_in_the_middle_of(records(0..700).replace("Record ", "Record of "));
}

fn stopped_in_the_middle_of(changed: String) {
    let archive = Archive::new().file("a.jsonl", records(0..700));
    archive.update(&["files"]);
    let ids = |archive: &Archive| all_records(archive).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let before = ids(&archive);
    archive.write("files/a.jsonl", &changed);
    let first = interrupted_after(&archive, 256);
    assert!(first.stopped);
    assert!((256..700).contains(&first.changed), "{first:?}");
    assert_eq!(ids(&archive), before);
    let second = archive.update(&["files"]);
    // Each is told of once, by the one or the other.
    assert_eq!(counts(&second), [0, 700 - first.changed, 0, 0, first.changed]);
    assert_eq!(ids(&archive), before);
    let whole = Archive::new().file("a.jsonl", changed);
    whole.update(&["files"]);
    assert_eq!(all_records(&archive), all_records(&whole));
    assert_eq!(counts(&archive.update(&["files"])), [0, 0, 0, 0, 700]);
}

#[test]
fn an_update_reports_how_far_it_has_come() {
    let archive = three();
    let index = Index::in_memory().unwrap();
    let last = std::sync::Mutex::new(None);
    index
        .update()
        .progress(|progress| *last.lock().unwrap() = Some(progress))
        .run(&archive.corpora(&["files"]))
        .unwrap();
    let last = last.into_inner().unwrap().unwrap();
    assert_eq!((last.files, last.files_total), (3, 3));
    assert_eq!(last.bytes, last.bytes_total);
}

#[test]
fn an_index_inside_the_archive_is_no_part_of_it() {
    let archive = three();
    archive.run(&["index", "."]).exits(0).prints("3 added");
    archive.run(&["index", "."]).exits(0).prints("0 added · 0 changed · 0 removed · 3 unchanged");
    archive.run(&["index", ".", "--rebuild"]).exits(0).prints("3 added");
}

#[test]
fn hidden_files_and_what_git_ignores_are_read_as_asked() {
    let archive = three().file(".secret.txt", "Hidden words.\n").file(".gitignore", "c.txt\n");
    let read = |corpus: Corpus| corpus.today(today()).into_iter().count();
    let files = || Corpus::open(archive.here().join("files")).unwrap();
    assert_eq!(read(files()), 3);
    assert_eq!(read(files().hidden(true)), 5);
    assert_eq!(read(files().gitignore(true)), 2);
}

#[test]
fn what_could_not_be_read_is_not_read_again_under_another_name() {
    let broken = "{\"text\": \n{\"text\": 3\n";
    let archive = Archive::new().file("a.jsonl", broken).file("pictures.zip.txt", "\n \n").file("b.txt", "The ferry.");
    let report = archive.update(&["files"]);
    assert_eq!((report.added, report.skipped, report.failed), (1, 3, 2), "{report:?}");
    archive.write("files/copies/a.jsonl", broken);
    archive.rename("files/a.jsonl", "files/old/c.jsonl");
    let report = archive.update(&["files"]);
    // Both are listed, though neither was read.
    assert_eq!((report.unchanged, report.skipped, report.failed), (1, 5, 0), "{report:?}");
    let listed = archive.run(&["skipped"]).exits(0);
    let listed = listed.prints("files/copies/a.jsonl:1: ").prints("files/old/c.jsonl:2: ");
    assert!(!listed.out.contains("files/a.jsonl"), "{listed:#?}");
}

#[test]
fn an_index_is_brought_up_to_date_with_what_it_knows_each_folder_as_it_was_read() {
    let archive = three();
    archive.write("more/.hidden.txt", "A goose was counted.\n");
    archive.run(&["index", "files"]).exits(0);
    archive.run(&["index", "more", "--hidden"]).exits(0).prints("1 added");
    archive.write("files/d.txt", "An otter was counted twice.\n");
    archive.write("more/.later.txt", "A heron was counted.\n");
    archive.run(&["index"]).exits(0).prints("2 added · 0 changed · 0 removed · 4 unchanged");
    // A question that brings a folder up to date first reads it so too.
    archive.run(&["search", "heron", "--in", "more"]).exits(0).prints("heron");
    // A folder on a disk that is elsewhere keeps its documents.
    archive.rename("more", "elsewhere");
    archive.run(&["index"]).exits(4).says("more is not there").prints("0 removed");
    assert_eq!(archive.ids("heron").len(), 1);
    archive.run(&["index", "--rebuild"]).exits(2).complains_in_one_line("its documents would be lost");
    assert_eq!(archive.ids("heron").len(), 1);
    archive.rename("files", "gone");
    archive.run(&["index"]).exits(2).says("none of the folders that the index knows is there");
}

#[test]
fn what_is_forgotten_is_left_out_until_it_is_named_itself() {
    let archive = three().indexed();
    let path = archive.here().join("files/sub/b.txt");
    archive.run(&["forget", "files/sub"]).exits(0).prints("1 removed · 2 unchanged").says("1 document taken out");
    archive.run(&["forget"]).exits(0).prints("files/sub");
    assert!(path.is_file() && archive.ids("lighthouse").is_empty());
    archive.write("files/sub/c.txt", "The lighthouse is lit.\n");
    for command in [&["index"][..], &["index", "files"], &["index", "--rebuild"]] {
        archive.run(command).exits(0);
        assert!(archive.ids("lighthouse").is_empty(), "{command:?}");
    }
    archive.run(&["forget", "files/sub"]).exits(2).complains_in_one_line("the index has nothing from here");
    archive.run(&["index", "files/sub"]).exits(0).prints("2 added");
    archive.run(&["index", "files"]).exits(0).prints("4 unchanged");
    archive.run(&["forget"]).exits(1);
    assert_eq!(archive.ids("lighthouse").len(), 2);
    archive.run(&["verify"]).exits(0);
}

#[test]
fn what_is_forgotten_outlasts_a_damaged_catalog() {
    for command in [&["verify", "--repair"][..], &["index", "files", "--rebuild"]] {
        let archive = three().indexed();
        archive.run(&["forget", "files/sub"]).exits(0);
        for entry in fs::read_dir(archive.index()).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.file_name().unwrap().to_string_lossy().starts_with("catalog-") {
                fs::write(entry, "no catalog").unwrap();
            }
        }
        archive.run(command).exits(0);
        archive.run(&["index", "files"]).exits(0);
        assert!(archive.ids("lighthouse").is_empty(), "{command:?}");
        archive.run(&["forget"]).exits(0).prints("files/sub");
    }
}

#[test]
fn a_part_that_is_read_otherwise_than_its_whole_is_read_so_again() {
    let archive = three().file("sub/.gitignore", "d.txt\n").file("sub/d.txt", "The lighthouse is dark.\n");
    let file = File::options().append(true).open(archive.here().join("files/sub/b.txt")).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(40 * 86_400)).unwrap();
    archive.run(&["index", "files/sub", "--file-times", "--gitignore"]).exits(0).prints("1 added");
    archive.run(&["index", "files"]).exits(0);
    archive.run(&["index"]).exits(0);
    let index = Index::open(archive.index()).unwrap();
    let hits = index.search("lighthouse").run().unwrap().hits;
    assert!(hits.len() == 1 && hits[0].date.is_some(), "{hits:?}");
}
