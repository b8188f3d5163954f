#![allow(clippy::unwrap_used)]

use super::*;
use crate::corpus::raw::Origin;

fn read_one(bytes: Vec<u8>) -> Result<RawDocument, Problem> {
    read(bytes, How::default())
}

/// A PDF of these objects, the first of them the catalog.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    let end =
        format!("xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n");
    (file + &end).into_bytes()
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A PDF with a page for each content; the font is `F1`.
fn pages(contents: &[&str], catalog: &str, trailer: &str, more: &[&str]) -> Vec<u8> {
    let first = 4 + more.len();
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", first + 2 * at)).collect();
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>/XObject<</X 4 0 R>>>>/Contents {} 0 R>>",
            first + 2 * at + 1
        ));
        objects.push(stream(content));
    }
    pdf(&objects, trailer)
}

/// Lines of text at the usual distance.
fn lines(lines: &[&str]) -> String {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td ")).collect();
    format!("BT /F1 12 Tf 72 700 Td {}ET", shown.concat())
}

#[test]
fn pages_are_parted_by_form_feeds_and_words_joined() {
    let one =
        lines(&["The harbour council met on Tuesday and voted for the recon-", "struction of the old bridge and its"]);
    let two = lines(&["towers, which the engineers had asked for since the last winter.", "It will cost much."]);
    let raw = read_one(pages(&[&one, "", &two], "", "", &["null"])).unwrap();
    assert!(raw.place.pages);
    let pages: Vec<&str> = raw.text.split('\u{c}').collect();
    assert_eq!(pages.len(), 3, "{:?}", raw.text);
    assert!(pages[0].contains("reconstruction\nof the old bridge and its"), "{:?}", raw.text);
    assert_eq!(pages[1], "");
    assert!(pages[2].starts_with("towers, which"), "{:?}", raw.text);
    assert_eq!(raw.metadata.get("pages").map(String::as_str), Some("3"));
}

#[test]
fn the_information_dictionary_is_declared() {
    let told = "<</Title(The old bridge)/Author(Anna Example)/CreationDate(D:20230226003000+01'00')/ModDate(D:2023)\
                /Producer(Example Distiller)>>";
    let raw = read_one(pages(&[&lines(&["Words."])], "", "/Info 4 0 R", &[told])).unwrap();
    assert_eq!(raw.title.as_deref(), Some("The old bridge"));
    let declared: Vec<(&str, &str)> = raw.declared.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
    assert_eq!(
        declared,
        [
            ("created", "2023-02-26T00:30:00+01:00"),
            ("modified", "2023"),
            ("author", "Anna Example"),
            ("producer", "Example Distiller")
        ]
    );
    assert!(raw.declared.iter().all(|d| d.origin == Origin::Properties && d.place.starts_with("PDF ")));
}

#[test]
fn what_is_not_read_says_why() {
    let image = "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream";
    let scan = "q 612 0 0 792 0 0 cm /X Do Q";
    let key = "a".repeat(32);
    let locked = format!("/ID[({key})({key})]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O({key})/U({key})>>");
    let words = lines(&["Words."]);
    for (file, reason, failed) in [
        (pages(&[scan, scan], "", "", &[image]), "a PDF of pictures without text, 2 pages", false),
        (pages(&[""], "", "", &["null"]), "a PDF without text, 1 page", false),
        (pages(&[&words], "", &locked, &["null"]), "encrypted; it needs a password", true),
        (b"%PDF-1.4\n".to_vec(), "a damaged PDF: PDF parsing error: startxref not found", true),
        (pages(&[], "", "", &["null"]), "a damaged PDF: no page can be found in it", true),
    ] {
        let problem = read_one(file).unwrap_err();
        assert_eq!((problem.reason.as_str(), problem.failed), (reason, failed));
    }
}

/// Each of these takes the reader below to the end of its stack or of all patience if it is let.
#[test]
fn hostile_structures_are_read_or_refused() {
    let words = lines(&["Words."]);
    let deep = format!("{words} {}{} TJ", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read_one(pages(&[&words, &deep], "", "", &["null"])).unwrap().text.contains("Words."));
    assert!(read_one(pages(&[&words], "", "", &[&"[".repeat(100_000)])).is_err());

    let fields = pages(&[&words], "/AcroForm<</Fields[4 0 R]>>", "", &["<</T(a)/Kids[4 0 R 4 0 R]>>"]);
    assert_eq!(read_one(fields).unwrap().text, "Words.");

    let mut bookmarks: Vec<String> = vec!["<</First 5 0 R/Last 5 0 R>>".to_owned()];
    bookmarks.extend((0..50_000).map(|at| format!("<</Title(a)/Parent 4 0 R/Next {} 0 R>>", 6 + at)));
    let bookmarks: Vec<&str> = bookmarks.iter().map(String::as_str).collect();
    assert_eq!(read_one(pages(&[&words], "/Outlines 4 0 R", "", &bookmarks)).unwrap().text, "Words.");

    // Thirty forms, each of which paints the next one twice.
    let forms: Vec<String> = (0..30)
        .map(|at| {
            let content = "/X Do /X Do";
            format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>/Length {}>>\nstream\n{content}\nendstream",
                5 + at,
                content.len()
            )
        })
        .collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let raw = read_one(pages(&[&format!("{words} /X Do")], "", "", &forms)).unwrap();
    assert_eq!(raw.text, "Words.");
    assert_eq!(raw.metadata.get("incomplete_pages").map(String::as_str), Some("1"));

    let far = "BT /F1 12 Tf 1 0 0 1 72 99999999999 Tm (gone) Tj 1 0 0 1 72 700 Tm (Words.) Tj ET";
    assert_eq!(read_one(pages(&[far], "", "", &["null"])).unwrap().text, "Words.");

    let drawn: String = (0..20_000).map(|at| format!("{} {} 50 10 re f ", at % 600, at * 3 % 790)).collect();
    assert_eq!(read_one(pages(&[&format!("{words} {drawn}")], "", "", &["null"])).unwrap().text, "Words.");
}

#[test]
fn what_was_kept_from_the_reader_besides_pictures_is_told() {
    use crate::corpus::format::{Format, How, read_whole};
    use crate::corpus::raw::Given;
    let long = "a".repeat(200 << 10);
    let packed = |dict: &str| format!("<<{dict}/Filter/RL/Length {}>>\nstream\n{long}\nendstream", long.len());
    let content = format!("{} /X Do", lines(&["Words."]));
    for (dict, told) in [
        ("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", true),
        ("/Type/CMap", true),
        ("/Type/XObject/Subtype/Image", false),
    ] {
        let read =
            read_whole(Format::Pdf, pages(&[&content], "", "", &[&packed(dict)]), &Given::default(), How::default());
        let mut read = read.into_iter();
        assert_eq!(read.next().unwrap().unwrap().text, "Words.", "{dict}");
        let problems: Vec<String> = read.map(|problem| problem.unwrap_err().reason).collect();
        let expected = told.then_some("streams besides pictures that are not read, as they may unpack too far: 1");
        assert_eq!(problems, Vec::from_iter(expected), "{dict}");
    }
}

#[test]
fn pages_without_text_are_counted() {
    use crate::corpus::format::{Format, How, read_whole};
    use crate::corpus::raw::Given;

    let words = lines(&["Words."]);
    let read =
        read_whole(Format::Pdf, pages(&["", &words, "q Q"], "", "", &["null"]), &Given::default(), How::default());
    let problems: Vec<Problem> = read.into_iter().filter_map(Result::err).collect();
    assert_eq!(problems, [Problem::nothing("pages that hold no text: 2")]);
}

/// A PDF encrypted so that no password is needed to open it. Its objects are the catalog, the pages, an information
/// dictionary without its title, a font, a page, and then these streams, the first of them the content of the page.
fn locked(font: &str, title: &str, streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use unpdf::parser::raw::crypt::{Cipher, EncryptionParams, compute_encryption_key, decrypt_rc4, object_key};
    let params = EncryptionParams {
        version: 2,
        revision: 3,
        key_length: 128,
        owner_hash: vec![7; 32],
        user_hash: Vec::new(),
        permissions: -4,
        file_id: vec![9; 16],
        cipher: Cipher::Rc4,
        owner_key: Vec::new(),
        user_key: Vec::new(),
        encrypt_metadata: true,
    };
    let key = compute_encryption_key(&params, b"");
    // Who can encrypt this with the key knows the password: what is hashed is the filling of an empty one, and the file's id.
    let mut user = b"\x35\xd8\x90\xcc\x98\x66\x51\xcb\x23\x71\xc7\x00\x09\xe4\x43\xb7".to_vec();
    for round in 0..20 {
        user = decrypt_rc4(&key.iter().map(|byte| byte ^ round).collect::<Vec<u8>>(), &user);
    }
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let encrypt = |number, data: &[u8]| decrypt_rc4(&object_key(&key, number, 0, Cipher::Rc4), data);
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[5 0 R]/Count 1>>".to_vec(),
        format!("<</Title<{}>>>", hex(&encrypt(3, title.as_bytes()))).into_bytes(),
        font.as_bytes().to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612.5 792]/Resources<</Font<</F1 4 0 R>>>>/Contents 6 0 R>>".to_vec(),
    ];
    for ((dict, data), number) in streams.iter().zip(6..) {
        let head = format!("<<{dict}/Length {}>>\nstream\n", data.len());
        objects.push([head.as_bytes(), &encrypt(number, data), b"\nendstream"].concat());
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = String::new();
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (user, owner, id) = (hex(&user), hex(&[7; 32]), hex(&[9; 16]));
    let encryption =
        format!("/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{owner}>/U<{user}>>>/ID[<{id}><{id}>]");
    let start = file.len();
    let end = format!(
        "xref\n1 {}\n{table}trailer\n<</Root 1 0 R/Info 3 0 R{encryption}>>\nstartxref\n{start}\n%%EOF\n",
        objects.len()
    );
    file.extend(end.into_bytes());
    file
}

fn deflated(content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>";
const FLATE: &str = "/Filter/FlateDecode";

#[test]
fn an_encrypted_file_that_needs_no_password_is_read_as_if_it_were_not() {
    let content = lines(&["The harbour (council) met."]).replace("(council)", "\\(council\\)");
    let file = locked(HELVETICA, "The )old( bridge", &[(FLATE, deflated(content.as_bytes())), ("", Vec::new())]);
    let raw = read_one(file.clone()).unwrap();
    assert_eq!(raw.text, "The harbour (council) met.");
    assert_eq!(raw.title.as_deref(), Some("The )old( bridge"));
    assert_eq!(raw.metadata.get("unread_streams"), None);
    // Where there is no table, objects are looked for.
    let cut = memchr::memmem::rfind(&file, b"startxref").unwrap();
    assert_eq!(read_one(file[..cut].to_vec()).unwrap().text, raw.text);
}

#[test]
fn what_is_encrypted_is_weighed_as_it_will_be_unpacked() {
    let content = lines(&["Words."]);
    let content = (FLATE, deflated(content.as_bytes()));
    let long = deflated(&vec![b' '; weight::CONTENT as usize + 1]);
    let table = locked(HELVETICA, "", &[content.clone(), (FLATE, long.clone())]);
    let raw = read_one(table).unwrap();
    assert_eq!(raw.text, "Words.");
    assert_eq!(raw.metadata.get("unread_streams").map(String::as_str), Some("1"));
    let problem = read_one(locked(HELVETICA, "", &[(FLATE, long)])).unwrap_err();
    assert_eq!(problem.reason, "a damaged PDF: no text could be read, 1 page");
    for hostile in ["[".repeat(100_000), "begincmap 1 beginbfrange <0000> <ffffffff> <0041> endbfrange".to_owned()] {
        let objects = ("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", deflated(format!("9 0 {hostile}").as_bytes()));
        let problem = read_one(locked(HELVETICA, "", &[content.clone(), objects])).unwrap_err();
        assert!(problem.reason.ends_with("beyond reason"), "{}", problem.reason);
    }
}

#[test]
fn a_file_cut_off_gives_what_is_left() {
    let file = pages(&[&lines(&["First words."]), &lines(&["Second words."])], "", "", &["null"]);
    for length in (0..file.len()).step_by(37) {
        let _ = read_one(file[..length].to_vec());
    }
    let raw = read_one(file[..file.len() - 60].to_vec()).unwrap();
    assert!(raw.text.contains("First words.") && raw.text.contains("Second words."), "{}", raw.text);
}

#[test]
fn dates_are_written_as_elsewhere() {
    for (value, expected) in [
        ("D:20230226103000+01'00'", Some("2023-02-26T10:30:00+01:00")),
        ("D:20230226103000Z00'00'", Some("2023-02-26T10:30:00Z")),
        ("D:20230226103000-08", Some("2023-02-26T10:30:00-08:00")),
        ("20230226", Some("2023-02-26")),
        ("D:202302", Some("2023-02")),
        ("D:2023022610", Some("2023-02-26")),
        ("D:", None),
        ("Sunday, 26 February 2023", None),
        ("D:2023é", Some("2023")),
    ] {
        assert_eq!(iso_date(value).as_deref(), expected, "{value}");
    }
}

/// Text at places: size, x, y, words.
fn drawn(runs: &[(f32, f32, f32, &str)]) -> String {
    runs.iter().map(|(size, x, y, words)| format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n")).collect()
}

#[test]
fn what_is_drawn_twice_is_read_once() {
    for (dx, dy) in [(0.0, 0.0), (0.3, 0.0), (0.4, 0.4), (-0.3, 0.2)] {
        let line = drawn(&[
            (12.0, 72.0, 740.0, "The xylograph was shown"),
            (12.0, 72.0 + dx, 740.0 + dy, "The xylograph was shown"),
            (12.0, 72.0, 700.0, "The xylograph was shown again"),
        ]);
        let word = drawn(&[
            (12.0, 72.0, 740.0, "The "),
            (12.0, 96.0, 740.0, "xylograph"),
            (12.0, 96.0 + dx, 740.0 + dy, "xylograph"),
            (12.0, 151.4, 740.0, "was shown"),
        ]);
        let pieces = drawn(&[
            (12.0, 72.0, 740.0, "The xylograph was shown"),
            (12.0, 72.0 + dx, 740.0 + dy, "The "),
            (12.0, 96.0 + dx, 740.0 + dy, "xylograph"),
            (12.0, 151.4 + dx, 740.0 + dy, "was shown"),
        ]);
        for (content, count) in [(line, 2), (word, 1), (pieces, 1)] {
            let text = read_one(pages(&[&content], "", "", &["null"])).unwrap().text;
            assert_eq!(text.matches("xylograph").count(), count, "{dx} {dy}: {text:?}");
        }
    }
    let letters: Vec<(f32, f32, f32, String)> = "balloon ill"
        .chars()
        .zip(0u8..)
        .map(|(c, at)| (12.0, 72.0 + 7.0 * f32::from(at), 740.0, c.to_string()))
        .collect();
    let twice: Vec<(f32, f32, f32, &str)> = letters
        .iter()
        .flat_map(|(size, x, y, c)| [(*size, *x, *y, c.as_str()), (*size, x + 0.2, *y, c.as_str())])
        .collect();
    let text = read_one(pages(&[&drawn(&twice)], "", "", &["null"])).unwrap().text;
    assert_eq!(text.replace(' ', "").trim(), "balloonill", "{text:?}");
}

#[test]
fn figures_of_notes_stand_apart_from_words() {
    for (before, width, figure, after, expected) in [
        ("The boat of the clerk", 109.4, "12", " was green.", "clerk 12 was green."),
        ("It was counted in 1998", 120.1, "3", " by the clerk.", "1998 3 by the clerk."),
        ("The pond has 40 m", 103.4, "2", " of water.", "40 m2 of water."),
    ] {
        let content = drawn(&[
            (12.0, 72.0, 740.0, before),
            (7.0, 72.0 + width, 745.0, figure),
            (12.0, 80.0 + width, 740.0, after),
        ]);
        let text = read_one(pages(&[&content], "", "", &["null"])).unwrap().text;
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").ends_with(expected), "{text:?}");
    }
}

#[test]
fn running_heads_and_feet_are_counted_and_read_on_request() {
    let page = |number: usize, words: &str| {
        drawn(&[
            (12.0, 72.0, 770.0, "Pond Gazette"),
            (12.0, 72.0, 700.0, words),
            (12.0, 280.0, 40.0, &format!("Page {number} of 2")),
        ])
    };
    let file =
        pages(&[&page(1, "The council spoke about the very"), &page(2, "cold pond and went home.")], "", "", &["null"]);
    let raw = read_one(file.clone()).unwrap();
    assert!(raw.text.contains("the very\u{c}cold pond"), "{:?}", raw.text);
    assert_eq!(raw.left_out.values().sum::<usize>(), 2);
    assert_eq!((raw.text.matches("Gazette").count(), raw.text.matches("Page").count()), (1, 1));
    let all = read(file, How { all_text: true, ..How::default() }).unwrap();
    assert_eq!((all.text.matches("Gazette").count(), all.left_out.len()), (2, 0));
}
