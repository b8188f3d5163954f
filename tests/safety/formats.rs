//! Indexes of every format there ever was: one that this version does not read says so, and can be brought to this one.

use std::fs;
use std::path::Path;

use crate::support::{Archive, home};

/// An index in a temporary folder, as a former version left it.
fn former(format: u32) -> Archive {
    let archive = Archive::new();
    let from = home().join("tests/formats").join(format.to_string());
    fs::create_dir(archive.index()).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, archive.index().join(path.file_name().unwrap())).unwrap();
    }
    archive
}

fn formats() -> Vec<u32> {
    let names = fs::read_dir(home().join("tests/formats")).unwrap();
    let mut formats: Vec<u32> = names.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok()).collect();
    formats.sort_unstable();
    formats
}

#[test]
fn there_is_an_example_of_every_former_format() {
    let archive = Archive::new().file("a.txt", "The ferry sails.\n").indexed();
    let now = archive.run(&["info", "--format", "json"]).json()["format"].as_u64().unwrap() as u32;
    let former: Vec<u32> = formats().into_iter().filter(|format| *format != now).collect();
    assert_eq!(former, (1..now).collect::<Vec<_>>());
}

#[test]
fn an_index_of_a_former_format_says_so_and_offers_the_ways_out() {
    for format in formats() {
        let archive = former(format);
        for args in [&["search", "fire"][..], &["info"], &["verify"], &["index", "files"], &["timeline", "fire"]] {
            archive
                .run(args)
                .exits(3)
                .complains_in_one_line(&format!("this index has format {format}"))
                .says("--rebuild")
                .says("verify --repair");
        }
    }
}

#[test]
fn it_is_made_anew_from_the_files() {
    for format in formats() {
        let archive = former(format).file("a.txt", "The ferry sails.\n");
        archive.run(&["index", "files", "--rebuild"]).exits(0).prints("1 added");
        archive.run(&["search", "ferry"]).exits(0);
    }
}

#[test]
fn or_from_the_texts_it_keeps_where_the_files_are_gone() {
    for format in formats() {
        let archive = former(format);
        assert!(!Path::new("/srv/archive/feuer-im-hafen.txt").exists(), "the example's files are of no machine");
        archive.run(&["verify", "--repair"]).exits(0).prints("mended: 3 documents · 3 kept · 0 read again · 0 lost");
        archive.run(&["verify"]).exits(0).prints("whole: 3 documents");
        archive.run(&["search", "Feuer", "--lang", "de"]).exits(0).prints("28 Feb 1992");
        assert_eq!(archive.ids("date:1992").len(), 1, "format {format}");
    }
}

#[test]
fn an_index_with_the_stems_of_another_stemmer_says_so_and_is_mended() {
    let archive = Archive::new().file("a.txt", "The ferries sail.\n").indexed();
    let path = archive.index().join("manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let ours = manifest["stemmer"].as_str().unwrap().to_string();
    manifest["stemmer"] = "frostem 1.20200101.0".into();
    fs::write(&path, manifest.to_string()).unwrap();
    for args in [&["search", "ferry"][..], &["info"], &["verify"], &["index", "files"], &["timeline", "ferry"]] {
        archive
            .run(args)
            .exits(3)
            .complains_in_one_line("this index has the stems of frostem 1.20200101.0")
            .says(&ours)
            .says("--rebuild")
            .says("verify --repair");
    }
    archive.run(&["verify", "--repair"]).exits(0).prints("mended: 1 document · 1 kept");
    archive.run(&["search", "ferry"]).exits(0);
}
