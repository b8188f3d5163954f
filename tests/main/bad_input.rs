//! Whatever is wrong: one clear line, the right exit code, nothing lost.

use std::fs;
use std::io::Write;

use dateline::{Corpus, ErrorKind, Index};

use crate::support::{Archive, Run, command, home, sample_index};

fn one_file() -> Archive {
    Archive::new().file("a.txt", "date 1992-02-26 The ferry sails at dawn.\n")
}

#[test]
fn a_missing_path_is_named_with_the_nearest_one_there_is() {
    let archive = one_file();
    archive.run(&["index", "fils"]).exits(2).complains_in_one_line("fils: no such file or folder").says("files?");
    archive.run(&["search", "x", "--in", "nowhere"]).exits(2).complains_in_one_line("nowhere");
    archive.run(&["inspect", "nowhere"]).exits(2).complains_in_one_line("nowhere");
    assert!(!archive.index().exists(), "a mistyped path must not leave an index behind");
}

#[test]
fn an_empty_folder_gives_an_empty_index_and_says_so() {
    let archive = Archive::new();
    archive.run(&["index", "files"]).exits(0).prints("0 added").says("no document was found");
    // Which words it lacks would mislead.
    archive.run(&["search", "ferry"]).exits(1).says("0 documents").keeps_silent_about("\"ferry\" is in no document");
    for command in ["search", "timeline", "sources", "dates", "copies", "first"] {
        archive.run(&[command, "ferry"]).exits(1).says("note: the index holds no document yet");
    }
    archive.run(&["compare", "83", "71"]).exits(1).says("note: the index holds no document yet");
    archive.run(&["info"]).exits(0);
}

#[test]
fn without_an_index_every_command_says_which_one_makes_it() {
    let archive = one_file();
    for args in [&["search", "x"][..], &["timeline"], &["sources"], &["show", "abcd"], &["info"], &["skipped"]] {
        archive.run(args).exits(3).complains_in_one_line("there is no index here").says("dateline index");
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_listed_and_read_once_it_can_be() {
    use std::os::unix::fs::PermissionsExt;
    let archive = one_file().file("b.txt", "Locked away.\n");
    let locked = archive.here().join("files/b.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    archive.run(&["index", "files"]).exits(4).prints("1 added").says("cannot open");
    archive.run(&["skipped"]).exits(0).prints("files/b.txt: cannot open");
    archive.run(&["inspect", "files"]).exits(4).prints("ferry").says("1 document read · 1 skipped");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o644)).unwrap();
    archive.run(&["index", "files"]).exits(0).prints("1 added");
}

#[test]
fn binary_and_empty_files_are_passed_over_and_are_no_failure() {
    let archive = one_file()
        .file("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0")
        .file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .file("empty.txt", "")
        .file("numbers.txt", b"\x00\x01\x02\xff");
    archive
        .run(&["index", "files"])
        .exits(0)
        .prints("1 added")
        .prints("4 skipped")
        .says("skipped: a binary file (1), a program (1), an empty file (1), and 1 more; dateline skipped lists them")
        .keeps_silent_about("damaged");
    let list = archive.run(&["skipped"]).exits(0).prints("empty.txt: an empty file").says("4 not read");
    assert_eq!(list.out.lines().count(), 4, "{list:?}");
    let list = archive.run(&["skipped", "--format", "jsonl"]).exits(0).jsonl();
    assert!(list.iter().all(|item| item["file"].is_string() && item["reason"].is_string()), "{list:?}");
}

#[test]
fn a_line_of_two_hundred_megabytes_is_passed_over_and_the_rest_is_read() {
    let archive = Archive::new();
    // Longer than what is looked at to tell a format.
    let long = "ferry ".repeat(12_000);
    archive.write("files/big.jsonl", format!("{{\"id\": \"before\", \"text\": \"{long}\"}}\n"));
    let path = archive.here().join("files/big.jsonl");
    let mut file = fs::File::options().append(true).open(&path).unwrap();
    // A hole in the file: no disk is filled.
    let end = file.metadata().unwrap().len() + (200 << 20);
    file.set_len(end).unwrap();
    file.write_all(b"\n{\"id\": \"after\", \"text\": \"The ferry after it.\"}\n").unwrap();
    archive.run(&["index", "files"]).exits(4).prints("2 added").prints("1 skipped");
    archive.run(&["skipped"]).prints("big.jsonl:2: ");
    archive.run(&["search", "ferry"]).exits(0).says("2 documents");
}

#[test]
fn a_text_in_one_endless_line_is_read_up_to_the_limit() {
    let archive = Archive::new().file("line.txt", "the ferry sailed and ".repeat(20_000));
    let corpus = || Corpus::open(archive.here().join("files")).unwrap();
    let document = corpus().into_iter().next().unwrap().unwrap();
    assert!(document.passages().len() > 100, "cut into pieces that can be read");
    let error = corpus().document_limit(100_000).into_iter().next().unwrap().unwrap_err();
    assert!(error.to_string().contains("line.txt"), "{error}");
    assert_eq!(error.kind(), ErrorKind::Format);
}

#[test]
fn bytes_that_are_no_utf8_are_read_all_the_same() {
    let archive =
        Archive::new().file("mixed.txt", b"The caf\xe9 on the quay \xff\xfe\xfd was open, and the ferry sailed.\n");
    archive.run(&["index", "files"]).exits(0).prints("1 added");
    archive.run(&["search", "ferry"]).exits(0).says("1 document");
}

#[test]
fn a_json_line_cut_in_half_is_named_with_its_line() {
    let archive = Archive::new()
        .file("cut.jsonl", "{\"id\": \"a\", \"text\": \"The ferry sails.\"}\n{\"id\": \"b\", \"text\": \"The fer");
    let run = archive.run(&["index", "files"]).exits(4).prints("1 added").says("cut off");
    run.says("damaged or unreadable, of what was read now: 1");
    archive.run(&["skipped"]).exits(0).prints("files/cut.jsonl:2: ");
}

#[test]
fn a_day_that_does_not_exist_dates_nothing() {
    let archive = Archive::new()
        .file("record.jsonl", "{\"id\": \"a\", \"date\": \"2024-02-31\", \"text\": \"The ferry sails.\"}\n")
        .file("header.txt", "Date: 2024-02-31\n\nThe ferry is in.\n");
    archive.run(&["index", "files"]).exits(0).prints("2 added").prints("2 undated");
    archive
        .run(&["search", "ferry", "--on", "2024-02-31"])
        .exits(2)
        .complains_in_one_line("there is no day 2024-02-31");
    archive.run(&["search", "ferry date:2024-02-31"]).exits(0).says("there is no day 2024-02-31");
}

#[test]
fn the_second_of_two_writers_learns_who_the_first_is() {
    let archive = one_file().indexed();
    let index = Index::open(archive.index()).unwrap();
    let writer = index.writer().unwrap();
    let holder = format!("process {} is writing", std::process::id());
    archive.run(&["index", "files"]).exits(3).complains_in_one_line(&holder);
    archive.run(&["index", "files", "--rebuild"]).exits(3).complains_in_one_line(&holder);
    archive.run(&["search", "ferry"]).exits(0);
    assert_eq!(index.update().run(&archive.corpora(&["files"])).unwrap_err().kind(), ErrorKind::IndexBusy);
    drop(writer);
    archive.run(&["index", "files"]).exits(0);
}

#[test]
fn an_index_of_another_format_is_named_and_can_be_rebuilt() {
    let archive = one_file().indexed();
    let manifest = archive.index().join("manifest.json");
    let mut words: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    assert!(words["format"].is_u64(), "{words}");
    words["format"] = 99.into();
    fs::write(&manifest, words.to_string()).unwrap();
    for args in [&["search", "ferry"][..], &["index", "files"], &["info"]] {
        archive.run(args).exits(3).complains_in_one_line("format 99").says("--rebuild");
    }
    archive.run(&["index", "files", "--rebuild"]).exits(0).prints("1 added");
    archive.run(&["search", "ferry"]).exits(0);
}

#[test]
fn a_manifest_of_garbage_is_named_and_can_be_rebuilt() {
    let archive = one_file().indexed();
    for garbage in ["", "{", "[]", "null", "{\"kind\": 3}", "\u{0}\u{1}"] {
        archive.write("index/manifest.json", garbage);
        archive.run(&["search", "ferry"]).exits(3).complains_in_one_line("damaged").says("verify --repair");
    }
    archive.run(&["index", "files", "--rebuild"]).exits(0).prints("1 added");
}

#[test]
fn an_index_with_missing_or_broken_parts_is_an_error_and_no_panic() {
    let archive = one_file().indexed();
    let parts = || fs::read_dir(archive.index()).unwrap().map(|entry| entry.unwrap().path());
    let names: Vec<_> = parts().filter(|path| !path.ends_with("writer.lock")).collect();
    for path in names {
        let whole = fs::read(&path).unwrap();
        for broken in [None, Some(&whole[..whole.len() / 2])] {
            match broken {
                None => fs::remove_file(&path).unwrap(),
                Some(half) => fs::write(&path, half).unwrap(),
            }
            for args in [&["search", "ferry"][..], &["info"]] {
                let run = archive.run(args);
                let fine = matches!(run.code, Some(0 | 1));
                assert!(fine || run.code == Some(3), "{} {run:#?}", path.display());
                assert!(!run.err.contains("panicked"), "{} {run:#?}", path.display());
            }
            fs::write(&path, &whole).unwrap();
        }
    }
    archive.run(&["search", "ferry"]).exits(0);
}

#[test]
fn a_folder_of_other_files_is_not_made_an_index() {
    let archive = one_file();
    archive.write("elsewhere/letter.txt", "Dear harbour master\n");
    for more in [&[][..], &["--rebuild"]] {
        let args = [&["index", "files", "--index", "elsewhere"][..], more].concat();
        archive.run(&args).exits(2).complains_in_one_line("holds other files");
    }
    assert_eq!(fs::read_dir(archive.here().join("elsewhere")).unwrap().count(), 1);
    archive.write("file", "no folder");
    let run = archive.run(&["index", "files", "--index", "file"]);
    assert!(matches!(run.code, Some(2 | 3)), "{run:#?}");
    run.complains_in_one_line("file");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named_and_can_still_be_searched() {
    use std::os::unix::fs::PermissionsExt;
    let archive = one_file().indexed();
    let lock = |mode| fs::set_permissions(archive.index(), fs::Permissions::from_mode(mode)).unwrap();
    lock(0o555);
    if fs::write(archive.index().join("probe"), "x").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        lock(0o755);
        return;
    }
    archive.write("files/b.txt", "A second ferry.\n");
    let refused = archive.run(&["index", "files"]);
    let searched = archive.run(&["search", "ferry"]);
    lock(0o755);
    refused.exits(3).complains_in_one_line("index");
    searched.exits(0).says("1 document");
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let mut command = command(sample_index(), home());
    command.args(["inspect", "corpus", "--format", "jsonl"]).stdout(std::process::Stdio::piped());
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let run = Run { code: output.status.code(), out: String::new(), err: String::from_utf8(output.stderr).unwrap() };
    run.exits(0).keeps_silent_about("error");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_no_panic() {
    let Ok(full) = fs::File::options().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full");
        return;
    };
    let mut command = command(sample_index(), home());
    command.args(["search", "harbour"]).stdout(full).stderr(std::process::Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("\ndateline: cannot write the answer: "), "{output:?}");
}

#[test]
fn a_folder_named_as_a_list_is_wrong_usage_and_no_fault_of_the_index() {
    let archive = one_file().indexed();
    let run = archive.run(&["batch", "files"]).exits(2).complains_in_one_line("files: cannot read");
    assert_eq!(run.out, "");
    archive.run(&["search", "ferry", "--synonyms", "files"]).exits(2).complains_in_one_line("files: cannot read");
    archive.run(&["search", "ferry", "--synonyms", "none"]).exits(2).complains_in_one_line("none: cannot read");
}

#[test]
fn control_characters_of_a_document_do_not_reach_the_terminal() {
    let archive = Archive::new()
        .file("evil.txt", "Title \u{1b}]0;owned\u{7}\n\nThe ferry \u{1b}[2J sails \u{202e}away.\n")
        .indexed();
    let run = archive.run(&["search", "ferry", "--color", "always"]).exits(0);
    assert!(
        !run.out.contains("\u{1b}[2J") && !run.out.contains("\u{1b}]0") && !run.out.contains('\u{202e}'),
        "{run:#?}"
    );
    let id = archive.ids("ferry").remove(0);
    let run = archive.run(&["show", &id]).exits(0);
    assert!(!run.out.contains('\u{1b}'), "{run:#?}");
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_no_text_is_indexed_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let archive = one_file();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    if fs::write(archive.here().join("files").join(name), "The ferry is late.\n").is_err() {
        eprintln!("skipped: this file system has no such names");
        return;
    }
    archive.run(&["index", "files"]).exits(0).prints("2 added");
    archive.run(&["search", "late"]).exits(0).prints("caf");
}

#[test]
fn a_condition_that_cannot_be_read_never_widens_the_answer() {
    let archive = one_file().indexed();
    let run = archive.run(&["search", "ferry date:1992-02-31"]).exits(1);
    run.says("there is no day 1992-02-31").says("0 documents");
}

#[test]
fn a_damaged_index_is_called_so_and_the_way_out_is_told() {
    let archive = one_file().indexed();
    for entry in fs::read_dir(archive.index()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "store") {
            fs::write(path, "").unwrap();
        }
    }
    archive.run(&["search", "ferry"]).exits(3).says("the index is damaged").says("verify --repair");
    archive.run(&["index", "files", "--rebuild"]).exits(0).prints("1 added");
    archive.run(&["search", "ferry"]).exits(0);
}

#[test]
fn what_somebody_keeps_beside_an_index_is_never_lost_with_it() {
    let archive = one_file().indexed();
    archive.write("index/.note", "hidden");
    archive.run(&["index", "files", "--rebuild"]).exits(0);
    for (file, name) in [("index/notes.txt", "notes.txt"), ("index/sub/letter.txt", "sub"), ("index/.git/HEAD", ".git")]
    {
        archive.write(file, "precious");
        let run = archive.run(&["index", "files", "--rebuild"]).exits(2);
        run.complains_in_one_line(&format!("this folder holds {name} beside the index"));
        assert_eq!(fs::read_to_string(archive.here().join(file)).unwrap(), "precious");
        archive.run(&["index", "files"]).exits(0).prints("1 unchanged");
        archive.rename(&format!("index/{name}"), &format!("elsewhere/{name}"));
    }
    archive.run(&["index", "files", "--rebuild"]).exits(0);
    assert_eq!(fs::read_to_string(archive.here().join("index/.note")).unwrap(), "hidden");
}

#[test]
fn an_index_made_anew_of_fewer_folders_says_that_it_had_more() {
    let archive = one_file();
    archive.write("more/b.txt", "The lighthouse is dark.\n");
    archive.run(&["index", "files", "more"]).exits(0).prints("2 added");
    archive.run(&["index", "files", "more", "--rebuild"]).exits(0).keeps_silent_about("before");
    let run = archive.run(&["index", "files", "--rebuild"]).exits(0).prints("1 added");
    run.says("note: the index before had 2 documents; what was not named now is no longer in it");
}

#[test]
fn a_file_named_as_the_index_is_told_from_a_folder() {
    let archive = one_file();
    archive.run(&["search", "ferry", "--index", "files/a.txt"]).exits(3).complains_in_one_line("this is a file");
}

#[cfg(unix)]
#[test]
fn what_only_has_the_name_of_a_manifest_or_of_rules_hides_and_hangs_nothing() {
    let archive = one_file().file("fake/b.txt", "The ferry waits.\n").file("index/c.txt", "The ferry sinks.\n");
    archive.write("files/fake/manifest.json", r#"{"kind":"dateline index","format":4,"version":"0.1.0"}"#);
    let pipes = ["files/manifest.json", "files/.gitignore", "files/.ignore"].map(|name| archive.here().join(name));
    if !std::process::Command::new("mkfifo").args(&pipes).status().is_ok_and(|made| made.success()) {
        eprintln!("skipped: mkfifo is not here");
        return;
    }
    let begun = std::time::Instant::now();
    let mut child = command(&archive.index(), archive.here()).args(["index", "--gitignore", "files"]).spawn().unwrap();
    let ended = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if begun.elapsed().as_secs() > 120 => {
                child.kill().unwrap();
                panic!("a pipe is waited for");
            }
            None => std::thread::sleep(std::time::Duration::from_millis(50)),
        }
    };
    assert_eq!(ended.code(), Some(0));
    archive.run(&["skipped"]).prints("files/manifest.json: a pipe").prints("files/.gitignore: not a regular file");
    archive.run(&["search", "ferry", "--format", "jsonl"]).exits(0).prints("a.txt").prints("fake/b.txt");

    // An index among the files: what it consists of is passed over and told, and what lies beside it is read.
    archive.run(&["index", "files/fake", "--index", "files/index"]).exits(2).says("holds other files");
    archive.remove("files/index/c.txt");
    archive.run(&["index", "files/fake", "--index", "files/index"]).exits(0);
    archive.write("files/index/c.txt", "The ferry sinks.\n");
    archive.run(&["index", "files"]).exits(0).prints("3 unchanged");
    archive.run(&["skipped"]).prints("files/index: the folder of another index");
    archive.run(&["index", "files", "--index", "files/index", "-q"]);
    archive.run(&["skipped", "--index", "files/index"]).keeps_silent_about("another index");
}
