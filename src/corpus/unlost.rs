//! Content that once vanished from files without a word, as cases of kinds that are mended.

#![allow(clippy::unwrap_used)]

use std::fs;
#[cfg(feature = "zip")]
use std::io::Write;
use std::path::Path;

use crate::corpus::Corpus;

/// Each document as its text, each error as `! ` and its words without the folder.
fn read_one(name: &str, content: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    let items = Corpus::open(&file).unwrap().today("2026-01-01".parse().unwrap()).into_iter();
    items
        .map(|item| match item {
            Ok(document) => document.text,
            Err(error) => {
                let path = error.path().map(Path::display).unwrap().to_string();
                format!("! {name}{}", error.to_string().strip_prefix(&path).unwrap())
            }
        })
        .collect()
}

/// Mistakes of programs that write archives, by which members vanished.
#[cfg(feature = "zip")]
#[test]
fn members_of_one_name_are_all_read() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("a.txt", "The first."), ("b.txt", "The second."), ("c.txt", "The third.")] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    let archive: Vec<u8> = archive
        .windows(5)
        .map(|five| if five == b"b.txt" || five == b"c.txt" { b'a' } else { five[0] })
        .chain(archive[archive.len() - 4..].iter().copied())
        .collect();
    let mut texts = read_one("twice.zip", &archive);
    texts.sort_unstable();
    assert_eq!(texts, ["The first.", "The second.", "The third."]);
}

#[cfg(feature = "tar")]
#[test]
fn an_extended_size_is_that_of_the_member_alone() {
    let block = |kind: tar::EntryType, name: &str, content: &[u8], declared: usize| {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(kind);
        header.set_path(name).unwrap();
        header.set_size(declared as u64);
        header.set_mode(0o644);
        header.set_cksum();
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
        bytes
    };
    let text = "The ducks were counted twice. ".repeat(40);
    let size = format!("13 size={}\n", text.len());
    assert_eq!(size.len(), 13);
    let name = format!("{}/pond.txt\0", "n".repeat(150));
    let archive = [
        block(tar::EntryType::XHeader, "pax", size.as_bytes(), size.len()),
        block(tar::EntryType::GNULongName, "././@LongLink", name.as_bytes(), name.len()),
        block(tar::EntryType::Regular, "short.txt", text.as_bytes(), 0),
        block(tar::EntryType::Regular, "after.txt", b"After it.", 9),
        vec![0; 1024],
    ]
    .concat();
    assert_eq!(read_one("pax.tar", &archive), [text.trim(), "After it."]);
    let endless = [block(tar::EntryType::GNULongName, "././@LongLink", b"", 1 << 32), vec![b'n'; 4096]].concat();
    assert_eq!(
        read_one("endless.tar", &endless),
        ["! endless.tar: the tar archive is damaged (a name or note is too long); what came before was read"]
    );
}

#[test]
fn lines_may_end_with_carriage_returns_alone() {
    for (name, content) in [
        ("t.csv", "date,title,text\r2018-11-19,First,\"Ducks\rwere counted.\"\r2018-11-20,Second,Rain.\r"),
        ("t.jsonl", "{\"text\":\"Ducks were counted.\"}\r{\"text\":\"Rain.\"}\r"),
        #[cfg(feature = "mail")]
        (
            "t.mbox",
            "From a Mon Jun 01 10:00:00 2009\rSubject: x\r\rDucks were counted.\r\rFrom b Mon Jun 01 11:00:00 2009\rSubject: y\r\rRain.\r",
        ),
    ] {
        let texts: Vec<String> =
            read_one(name, content.as_bytes()).iter().map(|text| text.replace('\n', " ")).collect();
        assert_eq!(texts, ["Ducks were counted.", "Rain."], "{name}");
    }
    assert_eq!(read_one("t.txt", b"Ducks\rwere counted.\r\rRain.\r"), ["Ducks\nwere counted.\n\nRain."]);
}
