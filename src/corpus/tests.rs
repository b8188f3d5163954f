//! Whole files through the whole room: what is read, what is refused and in which words.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;

use proptest::prelude::*;

use super::reading::piece::document_id;
use super::*;

fn today() -> Date {
    "2026-01-01".parse().unwrap()
}

fn reading() -> Reading {
    Reading::on(today(), Path::new(""), &WalkOptions::default())
}

/// Each document as its text, each error as `! ` and its words without the folder.
fn read(folder: &Path, limits: Limits) -> Vec<String> {
    let mut corpus = Corpus::open(folder).unwrap().today(today());
    corpus.limits = limits;
    let items = corpus.into_iter().map(|item| match item {
        Ok(document) => document.text,
        Err(error) => {
            let name = error.path().and_then(Path::file_name).unwrap().to_string_lossy().into_owned();
            let words = error.to_string();
            let path = error.path().unwrap().display().to_string();
            format!("! {name}{}", words.strip_prefix(&path).unwrap())
        }
    });
    items.collect()
}

fn read_one(name: &str, content: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    read(folder.path(), Limits::default())
}

#[cfg(feature = "gzip")]
fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn entry(path: &Path) -> Arc<FileEntry> {
    let metadata = fs::metadata(path).ok();
    let (bytes, modified) = (metadata.as_ref().map_or(0, fs::Metadata::len), metadata.as_ref().and_then(modified));
    let relative = path.file_name().unwrap().to_string_lossy().into_owned();
    Arc::new(FileEntry { path: path.to_path_buf(), relative, bytes, modified, alone: true })
}

#[test]
fn an_empty_folder_has_no_documents() {
    assert!(read(tempfile::tempdir().unwrap().path(), Limits::default()).is_empty());
}

#[test]
fn a_missing_path_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let error = Corpus::open(folder.path().join("none")).unwrap_err();
    assert_eq!(error.message(), "no such file or folder");
}

#[test]
fn files_that_hold_no_text_say_so() {
    let cases: [(&str, &[u8], &str); 5] = [
        ("a.txt", b"", "! a.txt: skipped: an empty file"),
        ("b.txt", b" \r\n\t\n", "! b.txt: no text"),
        ("c.bin", b"\0\x01\x02\x03\0\0\0\x07", "! c.bin: skipped: a binary file"),
        ("d.txt", b"<svg></svg>\n", "! d.txt: skipped: an image"),
        ("e.jsonl", b"\n\n{}\n", "! e.jsonl: line 3: the record has no text and no title"),
    ];
    for (name, content, expected) in cases {
        assert_eq!(read_one(name, content), [expected]);
    }
}

#[test]
fn a_record_cut_in_half_does_not_hide_the_others() {
    let content = b"{\"text\": \"one\"}\n{\"text\": \"tw\n\n{\"text\": \"three\"}\r\n{\"text\": \"fo";
    let expected = [
        "one",
        "! x.jsonl: line 2: the JSON is cut off after 12 bytes",
        "three",
        "! x.jsonl: line 5: the JSON is cut off after 12 bytes",
    ];
    assert_eq!(read_one("x.jsonl", content), expected);
}

#[test]
fn text_comes_in_many_dresses() {
    let utf16: Vec<u8> = "\u{feff}Zwei Wörter\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8], &str); 4] = [
        ("a.txt", &utf16, "Zwei Wörter"),
        ("b.txt", b"one\r\ntwo\r\n", "one\r\ntwo"),
        ("c.txt", b"\xef\xbb\xbfmarked\n", "marked"),
        ("d.txt", b"na\xc3\xafve \xff caf\xc3\xa9 \xc3\xa9t\xc3\xa9 \xc3\xa0 \xc3\xa9t\xc3\xa9 \xc3\xa8\xc3\xa8\xc3\xa8\xc3\xa8\xc3\xa8", "naïve \u{fffd} café été à été èèèèè"),
    ];
    for (name, content, expected) in cases {
        assert_eq!(read_one(name, content), [expected]);
    }
}

#[test]
fn a_text_file_gives_its_exact_place() {
    let folder = tempfile::tempdir().unwrap();
    let content = "\u{feff}\n\nThe first line\nThe second\n";
    fs::write(folder.path().join("a.txt"), content).unwrap();
    let document = Corpus::open(folder.path()).unwrap().into_iter().next().unwrap().unwrap();
    assert_eq!((document.place.line, document.place.byte, document.place.lines), (Some(3), Some(5), true));
    assert!(content[5..].starts_with(&document.text));
    assert_eq!(document.title.as_deref(), Some("The first line"));
    assert_eq!(document.encoding.as_deref(), Some("UTF-8"));
    assert_eq!(document.place.path.as_deref(), Some(folder.path().join("a.txt").as_path()));
    assert_eq!(document.id, document_id("a.txt", ""));
}

#[test]
fn ids_do_not_depend_on_where_the_archive_is_kept() {
    let ids = |seed: Option<&str>| -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/a.jsonl"), "{\"id\":7,\"text\":\"x\"}\n{\"text\":\"y\"}\n").unwrap();
        fs::write(folder.path().join("b.txt"), "x").unwrap();
        let mut corpus = Corpus::open(folder.path()).unwrap();
        corpus.reading.seed = seed.map(str::to_owned);
        corpus.into_iter().map(|document| document.unwrap().id).collect()
    };
    let plain = ids(None);
    assert_eq!(plain, ids(None));
    assert_eq!(
        plain,
        [document_id("b.txt", ""), document_id("sub/a.jsonl", "7"), document_id("sub/a.jsonl", "\u{0}2")]
    );
    assert_eq!(ids(Some("s")).first(), Some(&document_id("s", "")));
}

#[test]
fn a_file_that_vanishes_after_the_walk_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let skip = Pieces::open(entry(&folder.path().join("gone.txt")), Limits::default(), |_| false).err().unwrap();
    assert_eq!(skip.reason, "it has vanished since the folder was listed");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_skipped_and_the_others_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let locked = folder.path().join("a.txt");
    fs::write(&locked, "locked").unwrap();
    fs::write(folder.path().join("b.txt"), "open").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let items = read(folder.path(), Limits::default());
    if fs::read(&locked).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    assert_eq!(items.len(), 2);
    assert!(items[0].starts_with("! a.txt: skipped: cannot open: "), "{}", items[0]);
    assert_eq!(items[1], "open");
}

#[test]
fn a_line_beyond_the_limit_is_passed_over_in_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    file.write_all(b"{\"text\": \"before\"}\n{\"text\": \"").unwrap();
    for _ in 0..200 {
        file.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    file.write_all(b"\"}\n{\"text\": \"after\"}\n").unwrap();
    file.into_inner().unwrap().sync_all().unwrap();
    let long = "! a.jsonl: line 2: longer than a line may be, 64 MB";
    assert_eq!(read(folder.path(), Limits::default()), ["before", long, "after"]);
    let mut pieces = Pieces::open(entry(&path), Limits::default(), |_| false).unwrap();
    assert!(pieces.by_ref().all(|piece| piece.len() < 2 << 20));
    assert!(pieces.hash().is_some());
}

/// The number of documents and problems in each piece of a file, with their lines or members.
fn records_of_pieces(name: &str, content: &[u8], piece_records: usize) -> (Vec<usize>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let limits = Limits { piece_records, ..Limits::default() };
    let (mut counts, mut places) = (Vec::new(), Vec::new());
    for piece in Pieces::open(entry(&path), limits, |_| false).unwrap() {
        let read = piece.read(&reading());
        counts.push(read.len());
        places.extend(read.into_iter().map(|item| match item {
            Ok(document) => format!("{:?} {:?} {}", document.place.member, document.place.line, document.text),
            Err(problem) => format!("{problem:?}"),
        }));
    }
    (counts, places)
}

#[test]
fn a_piece_has_a_bounded_number_of_records_however_tiny_they_are() {
    let table = "title,text\n".to_string() + &"x\n".repeat(10) + "\"two\nlines\",y\n\n" + &"z,z\n".repeat(10);
    let array = format!("[{}]", vec!["{\"text\":\"a\"}"; 20].join(",\n"));
    let mut files = vec![("a.csv", table), ("a.json", array), ("a.jsonl", "{\"text\":\"a\"}\n".repeat(20))];
    if cfg!(feature = "mail") {
        let message = "From a@example.org Thu Jan  1 00:00:00 1998\nFrom: a@example.org\nSubject: s\n\nWords.\n\n";
        files.push(("a.mbox", message.repeat(20)));
    }
    for (name, content) in files {
        let (whole, places) = records_of_pieces(name, content.as_bytes(), 4096);
        assert_eq!(whole.len(), 1, "{name}: {whole:?}");
        let (counts, same) = records_of_pieces(name, content.as_bytes(), 3);
        assert_eq!(same, places, "{name}");
        // A row may be a document and a problem too.
        assert!(counts.len() >= 7 && counts.iter().all(|count| *count <= 6), "{name}: {counts:?}");
    }
}

#[test]
fn a_document_beyond_the_limit_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "x ".repeat(600)).unwrap();
    fs::write(folder.path().join("b.txt"), "x ".repeat(500)).unwrap();
    let limits = Limits { document_bytes: 1000, piece_bytes: 100, ..Limits::default() };
    let items = read(folder.path(), limits);
    assert_eq!(items[0], "! a.txt: skipped: longer than a document may be, 1000 bytes");
    assert_eq!(items[1].len(), 999);
}

#[cfg(feature = "gzip")]
#[test]
fn compressed_files_are_read_like_others() {
    assert_eq!(read_one("a.txt.gz", &gzip(b"packed words")), ["packed words"]);
    assert_eq!(read_one("a.jsonl.gz", &gzip(b"{\"text\":\"1\"}\n{\"text\":\"2\"}\n")), ["1", "2"]);
    assert_eq!(read_one("a.gz", &gzip(&gzip(b"words"))), ["words"]);
    let deep = (0..20).fold(b"words".to_vec(), |inner, _| gzip(&inner));
    assert_eq!(read_one("a.gz", &deep), ["! a.gz: skipped: packed more than 8 times over"]);
}

#[cfg(feature = "zip")]
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(feature = "zip")]
#[test]
fn an_archive_in_another_may_be_so_long_and_no_longer() {
    let words: String =
        (0..2_000_u64).map(|number| format!("{:x} ", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let inner = zip(&[("a.txt", words.as_bytes())]);
    for (bytes, told) in [(inner.len() as u64, false), (inner.len() as u64 / 4 - 1, true)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("outer.zip"), zip(&[("inner.zip", &inner)])).unwrap();
        let limits = Limits { document_bytes: bytes, ..Limits::default() };
        let items = read(folder.path(), limits);
        assert_eq!(items[0].contains("inner.zip: longer than an archive in another may be"), told, "{items:?}");
    }
}

/// Its members are read aside of what is hashed: each may be of another state of the file.
#[cfg(feature = "zip")]
#[test]
fn an_archive_that_changes_while_it_is_read_has_no_hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    for changes in [false, true] {
        fs::write(&path, zip(&[("a.txt", b"one"), ("b.txt", b"two")])).unwrap();
        let mut pieces = Pieces::open(entry(&path), Limits::default(), |_| false).unwrap();
        pieces.next().unwrap();
        if changes {
            fs::write(&path, zip(&[("a.txt", b"other words"), ("b.txt", b"two")])).unwrap();
        }
        pieces.by_ref().for_each(drop);
        assert_eq!(pieces.hash().is_none(), changes);
    }
}

#[cfg(feature = "tar")]
fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Each document as its place and text, each error as `! ` and its words.
#[cfg(all(feature = "zip", feature = "tar"))]
fn places(name: &str, content: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    let prefix = format!("{}/", folder.path().display());
    let items = Corpus::open(folder.path()).unwrap().today(today()).into_iter().map(|item| match item {
        Ok(document) => format!("{}: {}", document.place.locator().unwrap(), document.text),
        Err(error) => format!("! {error}"),
    });
    items.map(|line| line.replace(&prefix, "")).collect()
}

#[cfg(all(feature = "zip", feature = "tar"))]
#[test]
fn what_is_packed_is_read_with_the_way_to_it() {
    let members: [(&str, &[u8]); 6] = [
        ("a.txt", b"first words"),
        ("sub/b.jsonl", b"{\"text\":\"1\"}\n{\"text\":\"2\"}\n{broken\n"),
        ("pic.png", b"\x89PNG\r\n\x1a\n"),
        ("__MACOSX/._a.txt", b"of the system"),
        ("empty.txt", b""),
        ("last.txt", b"last words"),
    ];
    let expected = [
        "x!/a.txt: first words",
        "x!/sub/b.jsonl: 1",
        "x!/sub/b.jsonl: 2",
        "! x: sub/b.jsonl: line 3: not JSON: key must be a string",
        "! x: pic.png: an image",
        "! x: empty.txt: an empty file",
        "x!/last.txt: last words",
    ];
    for (name, content) in [("x.zip", zip(&members)), ("x.tar", tar(&members)), ("x.tgz", gzip(&tar(&members)))] {
        let expected: Vec<String> = expected.iter().map(|line| line.replacen('x', name, 1)).collect();
        assert_eq!(places(name, &content), expected);
    }
    assert_eq!(places("o.zip", &zip(&[("in.zip", &zip(&[]))])), ["! o.zip: in.zip: no document is in it"]);
    let nested = zip(&[("in.tar.gz", &gzip(&tar(&[("c/in.zip", &zip(&members[..1]))])))]);
    assert_eq!(places("o.zip", &nested), ["o.zip!/in.tar.gz!/c/in.zip!/a.txt: first words"]);
}

#[cfg(all(feature = "zip", feature = "tar"))]
#[test]
fn damage_costs_only_what_it_hits() {
    let long = "words and more words. ".repeat(500);
    let members: [(&str, &[u8]); 2] = [("a.txt", b"first words"), ("b.txt", long.as_bytes())];
    let mut cut = tar(&members);
    cut.truncate(2000);
    let read = places("x.tar", &cut);
    assert_eq!(read[0], "x.tar!/a.txt: first words");
    assert!(read[1].starts_with("x.tar!/b.txt: words and"), "{read:?}");
    assert_eq!(read[2], "! x.tar: b.txt: the compressed file is cut off; what came before was read");
    let mut flipped = zip(&members);
    let at = memchr::memmem::find(&flipped, b"a.txt").unwrap() + 8;
    flipped[at] ^= 0x40;
    let read = places("x.zip", &flipped);
    assert!(read.iter().any(|line| line.starts_with("! x.zip: a.txt: the compressed file is damaged")), "{read:?}");
    assert!(read.iter().any(|line| line.starts_with("x.zip!/b.txt: words")), "{read:?}");
    let mut cut = zip(&members);
    cut.truncate(memchr::memmem::find(&cut, b"PK\x01\x02").unwrap() - 20);
    let read = places("x.zip", &cut);
    assert_eq!(read[0], "x.zip!/a.txt: first words");
    assert!(read[1].starts_with("x.zip!/b.txt: words and more"), "{read:?}");
    assert!(read.last().unwrap().ends_with("; what could be found in it was read"), "{read:?}");
    cut.truncate(20);
    assert!(places("x.zip", &cut)[0].starts_with("! x.zip: skipped: the zip archive is cut off or damaged"));
}

#[cfg(all(feature = "zip", feature = "tar"))]
#[test]
fn bombs_stop_at_the_limit() {
    let zeros = vec![b' '; 600 << 10];
    let inner = zip(&[("a.txt", &zeros), ("b.txt", &zeros)]);
    let names: Vec<String> = (0..10).map(|number| format!("{number}.zip")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
    let bomb = zip(&members);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bomb.zip"), &bomb).unwrap();
    let read = read(folder.path(), Limits { unpacked_bytes: 1 << 20, ..Limits::default() });
    let megabytes = ((1 << 20) + bomb.len() * 100) >> 20;
    let last = format!("! bomb.zip: more than {megabytes} MB come out of it; what came before was read");
    assert_eq!(read.last(), Some(&last), "{read:?}");
    assert!(read.len() < 12, "{read:?}");
}

#[cfg(feature = "gzip")]
#[test]
fn of_a_truncated_archive_the_good_part_is_read() {
    let mut lines = String::new();
    for n in 0..20_000 {
        lines.push_str(&format!("{{\"id\": {n}, \"text\": \"record number {}\"}}\n", n * 7919 % 104_729));
    }
    let mut packed = gzip(lines.as_bytes());
    packed.truncate(packed.len() / 2);
    let items = read_one("a.jsonl.gz", &packed);
    assert_eq!(items[0], "record number 0");
    assert!(items.len() > 5000, "{}", items.len());
    let [.., half, last] = items.as_slice() else { panic!() };
    assert!(half.contains("the JSON is cut off"), "{half}");
    assert_eq!(last, "! a.jsonl.gz: the compressed file is cut off; what came before was read");
    let mut text = gzip("words ".repeat(10_000).as_bytes());
    text.truncate(text.len() - 9);
    let items = read_one("a.txt.gz", &text);
    assert_eq!(items.len(), 2);
    assert!(items[0].starts_with("words words"));
}

#[cfg(feature = "gzip")]
#[test]
fn what_unpacks_beyond_the_limit_is_refused() {
    let bomb = gzip(&vec![b'x'; 3 << 20]);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt.gz"), &bomb).unwrap();
    let limits = Limits { document_bytes: 1 << 20, piece_bytes: 1 << 16, ..Limits::default() };
    assert_eq!(read(folder.path(), limits), ["! a.txt.gz: longer than a document may be, 1 MB"]);
    fs::write(folder.path().join("a.txt.gz"), "").unwrap();
    fs::write(folder.path().join("b.jsonl.gz"), &bomb).unwrap();
    let items = read(folder.path(), limits);
    assert_eq!(items[1], "! b.jsonl.gz: line 1: longer than a line may be, 1 MB");
}

#[cfg(not(feature = "html"))]
#[test]
fn a_build_without_html_says_so() {
    assert_eq!(
        read_one("a.html", b"<html>x"),
        ["! a.html: skipped: HTML, which this build does not read (feature html)"]
    );
}

#[cfg(feature = "html")]
#[test]
fn hostile_pages_take_no_long_time() {
    use std::time::{Duration, Instant};
    let pages = [
        "<p>a, b, c ".repeat(20_000),
        "<br>".repeat(70_000),
        "<a href=x>y</a> ".repeat(20_000),
        "<div class=date>x</div>".repeat(20_000),
        "<div>x</div>".repeat(20_000),
        "<table><tr><td>x</table>".repeat(10_000),
        "<time>".repeat(2_000) + &"words ".repeat(20_000),
        format!("<p>{}", "words, and, commas ".repeat(50_000)),
        "<!--".repeat(200_000),
        "<a b='".repeat(200_000),
        "&amp;&#x26;&".repeat(100_000),
        "<script>".repeat(100_000),
    ];
    for page in pages {
        let begin = Instant::now();
        read_one("a.html", format!("<!doctype html>{page}").as_bytes());
        // Some seconds unoptimised; minutes where the time grows with the square of the length.
        assert!(begin.elapsed() < Duration::from_secs(30), "{:?}: {}", begin.elapsed(), &page[..20]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn lines_are_the_same_however_the_file_is_cut(
        lines in proptest::collection::vec("\\{\"text\": \"[a-z]{1,30}\"\\}|[a-z]{0,40}|", 1..30),
        piece_bytes in 1usize..200,
        piece_records in 1usize..5,
        last in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let content = lines.join("\n") + if last { "\n" } else { "" };
        prop_assume!(!content.is_empty());
        fs::write(&path, &content).unwrap();
        let show = |piece_bytes, piece_records| {
            let limits = Limits { document_bytes: 1000, piece_bytes, piece_records, ..Limits::default() };
            let mut pieces = Pieces::open(entry(&path), limits, |_| false).unwrap();
            let items: Vec<String> = pieces
                .by_ref()
                .flat_map(|piece| piece.read(&reading()))
                .map(|item| match item {
                    Ok(document) => format!("{:?} {}", document.place.line, document.text),
                    Err(problem) => format!("{problem:?}"),
                })
                .collect();
            assert_eq!(pieces.hash(), Some(xxhash_rust::xxh3::xxh3_128(content.as_bytes())));
            items
        };
        let expected = lines.iter().filter(|line| !line.trim().is_empty()).count();
        let whole = show(1 << 20, 4096);
        prop_assert_eq!(whole.len(), expected);
        prop_assert_eq!(show(piece_bytes, piece_records), whole);
    }
}
