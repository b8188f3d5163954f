//! Messages made as the format describes them.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use cfb::CompoundFile;

use super::*;

/// A storage's texts, times and numbers.
#[derive(Default)]
pub(in crate::corpus::format) struct Storage<'a> {
    texts: Vec<(u16, &'a str)>,
    narrow: Vec<(u16, &'a [u8])>,
    bytes: Vec<(u16, &'a [u8])>,
    numbers: Vec<(u16, u32)>,
    times: Vec<(u16, u64)>,
}

fn put(file: &mut CompoundFile<Cursor<Vec<u8>>>, storage: &str, head: usize, told: &Storage) {
    let mut list = vec![0; head];
    for (id, time) in &told.times {
        list.extend((u32::from(*id) << 16 | 0x40).to_le_bytes());
        list.extend([6, 0, 0, 0]);
        list.extend(time.to_le_bytes());
    }
    for (id, number) in &told.numbers {
        list.extend((u32::from(*id) << 16 | 3).to_le_bytes());
        list.extend([6, 0, 0, 0]);
        list.extend(u64::from(*number).to_le_bytes());
    }
    let mut stream = |name: String, bytes: &[u8]| {
        file.create_stream(format!("{storage}/{name}")).unwrap().write_all(bytes).unwrap();
    };
    stream("__properties_version1.0".to_owned(), &list);
    for (id, text) in &told.texts {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        stream(format!("__substg1.0_{id:04X}001F"), &wide);
    }
    for (id, text) in &told.narrow {
        stream(format!("__substg1.0_{id:04X}001E"), text);
    }
    for (id, bytes) in &told.bytes {
        stream(format!("__substg1.0_{id:04X}0102"), bytes);
    }
}

fn ticks(seconds: u64) -> u64 {
    (seconds + 11_644_473_600) * 10_000_000
}

/// A message with a file and a message attached.
pub(in crate::corpus::format) fn message() -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let outer = Storage {
        texts: vec![
            (0x37, "The müller's boat"),
            (0x1000, "The boat lies at the old bridge.\r\n"),
            (0xc1a, "Ann Example"),
            (0x5d01, "ann@mill.example"),
            (0xe04, "Bo Sample"),
            (0x1035, "<m1@mill.example>"),
        ],
        times: vec![(0x39, ticks(825_328_800)), (0xe06, ticks(825_415_200))],
        ..Storage::default()
    };
    put(&mut file, "", 32, &outer);
    file.create_storage("/__attach_version1.0_#00000000").unwrap();
    let list = Storage {
        texts: vec![(0x3707, "ducks.csv")],
        bytes: vec![(0x3701, b"date,text\n1992-02-26,Twelve ducks\n")],
        ..Storage::default()
    };
    put(&mut file, "/__attach_version1.0_#00000000", 8, &list);
    let within = "/__attach_version1.0_#00000001";
    file.create_storage(within).unwrap();
    put(&mut file, within, 8, &Storage { numbers: vec![(0x3705, 5)], ..Storage::default() });
    let within = format!("{within}/__substg1.0_3701000D");
    file.create_storage(&within).unwrap();
    let inner = Storage {
        texts: vec![(0x37, "Inner"), (0x1000, "Who owns it?")],
        times: vec![(0x39, ticks(825_242_400))],
        ..Storage::default()
    };
    put(&mut file, &within, 24, &inner);
    file.create_storage("/__attach_version1.0_#00000002").unwrap();
    put(
        &mut file,
        "/__attach_version1.0_#00000002",
        8,
        &Storage { texts: vec![(0x3001, "Chart")], numbers: vec![(0x3705, 6)], ..Storage::default() },
    );
    for (number, name, address, kind) in
        [(0, "Bo Sample", "bo@river.example", 1), (1, "Cy", "/O=HOUSE/CN=CY", 1), (2, "Di", "di@river.example", 3)]
    {
        let within = format!("/__recip_version1.0_#0000000{number}");
        file.create_storage(&within).unwrap();
        let told = Storage {
            texts: vec![(0x3001, name), (0x39fe, address)],
            numbers: vec![(0xc15, kind)],
            ..Storage::default()
        };
        put(&mut file, &within, 8, &told);
    }
    file.into_inner().into_inner()
}

#[test]
fn a_message_is_written_as_mail_with_all_that_it_holds() {
    let written = to_mail(&message()).unwrap();
    let raw = crate::corpus::format::mail::read(written.mail.clone(), false).unwrap();
    assert_eq!(
        (raw.title.as_deref(), raw.text.as_str()),
        (Some("The müller's boat"), "The boat lies at the old bridge.")
    );
    let told: Vec<(&str, &str)> = raw.declared.iter().map(|told| (told.name.as_str(), told.value.as_str())).collect();
    assert_eq!(told, [("date", "1996-02-26T10:00:00Z"), ("author", "Ann Example"), ("publisher", "mill.example")]);
    assert_eq!(raw.metadata["to"], "Bo Sample <bo@river.example>, Cy");
    assert_eq!((written.delivered.as_deref(), written.submitted), (Some("1996-02-27T10:00:00Z"), true));
    let attached = crate::corpus::format::mail::attachments(&written.mail);
    let names: Vec<&str> = attached.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ducks.csv", "message-2.eml"]);
    assert_eq!(attached[0].1, b"date,text\n1992-02-26,Twelve ducks\n");
    assert!(String::from_utf8_lossy(&attached[1].1).contains("Subject: Inner"));
    let told: Vec<(Option<&str>, &str)> =
        written.problems.iter().map(|problem| (problem.member.as_deref(), problem.reason.as_str())).collect();
    assert_eq!(told, [(Some("Chart"), "an object put into the message, which is not read")]);
}

/// A message whose body is this stream of packed RTF.
fn with_rtf(bytes: &[u8]) -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    put(
        &mut file,
        "",
        32,
        &Storage { texts: vec![(0x37, "Subject")], bytes: vec![(0x1009, bytes)], ..Storage::default() },
    );
    file.into_inner().into_inner()
}

#[test]
fn what_is_damaged_of_a_message_is_told() {
    let rtf = b"{\\rtf1 The boat lies at the old bridge.}";
    let mut packed = vec![0; 4];
    packed.extend((rtf.len() as u32).to_le_bytes());
    packed.extend(*b"MELA\0\0\0\0");
    packed.extend(rtf);
    let reasons = |bytes: &[u8]| -> Vec<String> {
        to_mail(bytes).unwrap().problems.into_iter().map(|problem| problem.reason).collect()
    };
    assert_eq!(reasons(&with_rtf(&packed)), [""; 0]);
    let cut = [&[0, 0, 0, 0, 200, 0, 0, 0][..], b"LZFu\0\0\0\0\0The"].concat();
    assert_eq!(reasons(&with_rtf(&cut)), ["a damaged Outlook message: its body cannot be unpacked whole"]);
    // Two streams say that they are the same long bytes.
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let long = "x".repeat(40_000);
    put(
        &mut file,
        "",
        32,
        &Storage { texts: vec![(0x1000, &long), (0x1001, &long), (0x1002, &long)], ..Storage::default() },
    );
    let mut bytes = file.into_inner().into_inner();
    let name: Vec<u8> = "__substg1.0_1000001F".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entry = memchr::memmem::find(&bytes, &name).unwrap();
    for (other, length) in [("1001", 240_000_u32), ("1002", 240_000)] {
        let name: Vec<u8> = format!("__substg1.0_{other}001F").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let at = memchr::memmem::find(&bytes, &name).unwrap();
        let begin: [u8; 4] = bytes[entry + 116..entry + 120].try_into().unwrap();
        bytes[at + 116..at + 120].copy_from_slice(&begin);
        bytes[at + 120..at + 124].copy_from_slice(&length.to_le_bytes());
    }
    let told = reasons(&bytes);
    assert!(told.iter().any(|reason| reason.contains("its part /__substg1.0_1001001F cannot be read")), "{told:?}");
}

#[test]
fn a_code_page_is_told_by_the_language_where_nothing_else_does() {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let (body, _, _) = encoding_rs::WINDOWS_1251.encode("Лодка стоит у старого моста.");
    put(
        &mut file,
        "",
        32,
        &Storage { narrow: vec![(0x1000, &body)], numbers: vec![(0x3ff1, 1049)], ..Storage::default() },
    );
    let written = to_mail(&file.into_inner().into_inner()).unwrap();
    assert_eq!(crate::corpus::format::mail::read(written.mail, false).unwrap().text, "Лодка стоит у старого моста.");
}

#[test]
fn a_damaged_message_ends_no_run() {
    let whole = message();
    let mut seed = 5_u64;
    for _ in 0..200 {
        let mut damaged = whole.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (seed >> 33) as usize % damaged.len();
            damaged[at] = (seed >> 20) as u8;
        }
        damaged.truncate(damaged.len() - (seed >> 50) as usize % 4_000);
        let _ = to_mail(&damaged);
    }
}

#[test]
fn base64_is_that_of_the_standard() {
    for (bytes, expected) in [(&b""[..], ""), (b"a", "YQ=="), (b"ab", "YWI="), (b"abc", "YWJj")] {
        let mut out = Vec::new();
        add_base64(&mut out, bytes);
        assert_eq!(out, expected.as_bytes());
    }
}
