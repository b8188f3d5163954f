//! Words of scanned pages and pictures: recognised where somebody asks, by a program that may do anything.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::{Corpus, Index, NoteKind, Ocr, UpdateReport};

use crate::support::{Archive, home, today};

/// A page of our own writing, of 14 March 1911.
fn picture() -> Vec<u8> {
    fs::read(home().join("tests/fixtures/scan/gauge.png")).unwrap()
}

/// A PDF of a page for each: one that shows the picture, and words for the others.
fn pdf(pages: &[Option<&str>]) -> Vec<u8> {
    pdf_that_says(pages, "")
}

/// The same with these values about the file.
fn pdf_that_says(pages: &[Option<&str>], about: &str) -> Vec<u8> {
    let png = picture();
    let mut packed = Vec::new();
    let mut at = 8;
    let long = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
    while at < png.len() {
        let length = long(at);
        if &png[at + 4..at + 8] == b"IDAT" {
            packed.extend(&png[at + 8..at + 8 + length]);
        }
        at += 12 + length;
    }
    let (width, height) = (long(16), long(20));
    let first = 5;
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", first + 2 * page)).collect();
    let image = format!(
        "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 1\
         /Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 1/Columns {width}>>/Length {}>>\nstream\n",
        packed.len()
    );
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        [image.as_bytes(), &packed, b"\nendstream"].concat(),
    ];
    for (number, page) in pages.iter().enumerate() {
        let content = match page {
            Some(words) => format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET"),
            None => "q 500 0 0 230 50 400 cm /X Do Q".to_owned(),
        };
        let resources = "<</Font<</F1 3 0 R>>/XObject<</X 4 0 R>>>>";
        let at = first + 2 * number + 1;
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources{resources}/Contents {at} 0 R>>").into(),
        );
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).into_bytes());
    }
    objects.push(format!("<<{about}>>").into());
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(
        format!(
            "xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R/Info {} 0 R>>\nstartxref\n{start}\n%%EOF\n",
            size - 1
        )
        .bytes(),
    );
    file
}

/// A program that says it is tesseract and knows English and German, and does this with a page.
fn fake(archive: &Archive, body: &str) -> PathBuf {
    let path = archive.here().join("fake");
    let script = format!(
        "#!/bin/sh\ncase \"$1\" in\n--version) echo 'tesseract 9.8.7'; exit;;\n--list-langs) echo 'List (3):'; echo eng; \
         echo deu; echo osd; exit;;\nesac\necho \"$@\" >> {}\n{body}\n",
        archive.here().join("calls").display()
    );
    write_program(&path, &script);
    path
}

fn write_program(path: &Path, script: &str) {
    fs::write(path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The words that a fake finds on a page.
fn answer(words: &str) -> String {
    format!(
        "cat <<'END'\n<html><body><div class='ocr_page' title='bbox 0 0 860 400'><p class='ocr_par'>\
         <span class='ocr_line' title='bbox 40 50 500 80'><span class='ocrx_word' title='x_wconf 90'>{words}</span></span>\
         </p></div></body></html>\nEND"
    )
}

/// How often the fake was asked for a page.
fn calls(archive: &Archive) -> usize {
    fs::read_to_string(archive.here().join("calls")).map_or(0, |calls| calls.lines().count())
}

fn updated(archive: &Archive, ocr: Ocr) -> UpdateReport {
    let corpus = Corpus::open(archive.here().join("files")).unwrap().today(today()).ocr(ocr);
    Index::open_or_create(archive.index()).unwrap().update().threads(1).run(&[corpus]).unwrap()
}

fn scans() -> Archive {
    let archive = Archive::new().file("note.txt", "The ferry sails at dawn.\n");
    fs::write(archive.here().join("files/page.png"), picture()).unwrap();
    fs::write(archive.here().join("files/book.pdf"), pdf(&[Some("A mill."), None, Some("An otter."), None])).unwrap();
    archive
}

fn in_english(program: &Path) -> Ocr {
    Ocr::languages("eng").unwrap().program(program)
}

fn reasons(archive: &Archive) -> Vec<String> {
    let skipped = Index::open(archive.index()).unwrap().skipped().unwrap();
    skipped.into_iter().map(|one| one.reason).collect()
}

#[test]
fn recognised_words_are_found_with_their_page_their_region_and_who_recognised_them() {
    let archive = scans();
    let report = updated(&archive, in_english(&fake(&archive, &answer("A lighthouse."))));
    assert_eq!((report.documents, report.failed, report.skipped), (3, 0, 0), "{report:?}");
    let results = Index::open(archive.index()).unwrap().search("lighthouse").run().unwrap();
    let mut found: Vec<_> = results
        .hits
        .iter()
        .map(|hit| {
            let passage = &hit.passages[0];
            (passage.page, passage.region, passage.recognised_by.as_deref())
        })
        .collect();
    found.sort();
    let by = Some("tesseract 9.8.7 (eng)");
    assert_eq!(found, [(Some(1), Some([1, 40, 50, 460, 30]), by), (Some(2), Some([2, 40, 50, 460, 30]), by)]);
    // The words that the file says itself were recognised by nobody.
    let results = Index::open(archive.index()).unwrap().search("otter").run().unwrap();
    let passage = &results.hits[0].passages[0];
    assert_eq!((passage.region, &passage.recognised_by), (None, &None));
}

/// Bytes as mails carry them.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = |three: &[u8]| {
        let number = (0..3).fold(0_usize, |sum, at| sum << 8 | usize::from(three.get(at).copied().unwrap_or_default()));
        let letter = |at: usize| char::from(LETTERS[number >> (18 - 6 * at) & 63]);
        (0..4).map(|at| if at <= three.len() { letter(at) } else { '=' }).collect::<String>()
    };
    bytes.chunks(3).map(letters).collect()
}

#[test]
fn a_scan_in_a_mail_is_recognised_where_somebody_asks_and_is_else_told() {
    let archive = Archive::new().file(
        "mail.eml",
        format!(
            "From: Ann <ann@mill.example>\nDate: Tue, 14 Mar 1995 10:00:00 +0000\nSubject: The gauge\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe ferry sails at dawn.\n\
             --b\nContent-Type: image/png; name=page.png\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
            base64(&picture())
        ),
    );
    let program = fake(&archive, &answer("A lighthouse."));
    updated(&archive, Ocr::default().program(&program));
    assert_eq!(reasons(&archive), ["an image"]);
    let report = updated(&archive, in_english(&program));
    assert_eq!((report.documents, report.skipped), (2, 0), "{report:?}");
    let results = Index::open(archive.index()).unwrap().search("lighthouse").run().unwrap();
    let hit = &results.hits[0];
    assert_eq!(hit.passages[0].region, Some([1, 40, 50, 460, 30]));
    assert!(hit.member.as_deref().is_some_and(|member| member.contains("page.png")), "{hit:?}");
}

#[test]
fn nothing_is_recognised_unless_somebody_asks() {
    let archive = scans();
    let report = updated(&archive, Ocr::default().program(fake(&archive, &answer("A lighthouse."))));
    assert_eq!((report.documents, calls(&archive)), (2, 0));
    assert_eq!(reasons(&archive), ["pages that hold no text: 2", "an image"]);
}

#[test]
fn an_index_goes_on_as_it_was_asked_to_until_it_is_asked_otherwise() {
    let archive = scans();
    let program = fake(&archive, &answer("A lighthouse."));
    updated(&archive, in_english(&program));
    assert_eq!(calls(&archive), 2, "the same picture on three pages, and in a file of its own");
    // Unsaid, what is new is recognised too, and what was stays.
    fs::write(archive.here().join("files/later.pdf"), pdf(&[None, Some("A goose.")])).unwrap();
    let report = updated(&archive, Ocr::default().program(&program));
    assert_eq!((report.added, report.unchanged, report.skipped), (1, 3, 0), "{report:?}");
    // Made anew, nothing is recognised again.
    let before = calls(&archive);
    let corpus = Corpus::open(archive.here().join("files")).unwrap().ocr(Ocr::default().program(&program));
    let report = Index::rebuild(archive.index(), |index| index.update().run(&[corpus])).unwrap();
    assert_eq!((report.added, report.skipped, calls(&archive)), (4, 0, before), "{report:?}");
    // Where the program is missing, what was recognised stays, and a new page waits for it.
    let missing = archive.here().join("missing");
    fs::write(archive.here().join("files/last.pdf"), pdf(&[None])).unwrap();
    let report = updated(&archive, Ocr::default().program(&missing));
    assert_eq!((report.unchanged, report.documents, report.skipped), (4, 4, 1), "{report:?}");
    assert!(report.notes.iter().any(|note| note.kind == NoteKind::Recognition), "{report:?}");
    let report = updated(&archive, Ocr::default().program(&program));
    assert_eq!((report.added, report.documents, report.skipped), (1, 5, 0), "{report:?}");
    // Other languages read the pictures again, and nothing else.
    let report = updated(&archive, Ocr::languages("eng+deu").unwrap().program(&program));
    assert_eq!((report.changed, report.unchanged), (4, 1), "{report:?}");
    let report = updated(&archive, Ocr::never());
    assert_eq!((report.documents, reasons(&archive).len()), (3, 4), "{report:?}");
    let report = updated(&archive, Ocr::default().program(&program));
    assert_eq!((report.unchanged, report.skipped), (3, 4), "{report:?}");
}

#[test]
fn what_is_kept_is_no_part_of_an_archive_around_it() {
    let archive = scans();
    let program = fake(&archive, &answer("A lighthouse."));
    let everything = || {
        let corpus = Corpus::open(archive.here().join("files")).unwrap().ocr(in_english(&program));
        let index = Index::open_or_create(archive.here().join("files/index")).unwrap();
        index.update().run(&[corpus]).unwrap()
    };
    everything();
    assert!(archive.here().join("files/index.ocr/CACHEDIR.TAG").is_file());
    let report = everything();
    assert_eq!((report.added, report.unchanged, report.skipped), (0, 3, 0), "{report:?}");
}

#[test]
fn a_program_that_misbehaves_costs_a_page_its_words_and_is_told_with_one_reason() {
    let wait = "sleep 60";
    for (body, reason) in [
        (wait, "tesseract took more than 300 ms"),
        ("sleep 60 & exec sleep 60", "tesseract took more than 300 ms"),
        ("kill -SEGV $$", "tesseract crashed (signal 11)"),
        ("echo 'cannot open this' >&2; exit 1", "tesseract could not read the picture: cannot open this"),
        ("echo 'Hello, world'", "tesseract answered something else than a page"),
        ("cat /dev/zero", "tesseract answered more than 32 MB"),
        ("exit 3", "tesseract could not read the picture: exit status: 3"),
    ] {
        let archive = Archive::new().file("note.txt", "The ferry sails at dawn.\n");
        fs::write(archive.here().join("files/page.png"), picture()).unwrap();
        let late = body.contains("sleep");
        let time = Duration::from_millis(if late { 300 } else { 20_000 });
        let begin = Instant::now();
        let report = updated(&archive, in_english(&fake(&archive, body)).page_time(time));
        assert!(begin.elapsed() < Duration::from_secs(30), "{body}");
        assert_eq!((report.documents, report.failed), (1, 1), "{body}: {report:?}");
        let expected = format!("an image whose words are not recognised ({reason})");
        assert_eq!(reasons(&archive), [expected], "{body}");
    }
}

#[test]
fn what_was_recognised_outlasts_every_new_reading_while_the_program_is_missing() {
    let archive = scans();
    let program = fake(&archive, &answer("A lighthouse."));
    updated(&archive, in_english(&program));
    let missing = archive.here().join("missing");
    let lighthouses = || archive.ids("lighthouse").len();
    // Something else asks for a new reading: a correction, other languages, a new place.
    archive.write("files/dateline.toml", "[[correct]]\nfiles = \"*\"\ndate = \"1911\"\n");
    let report = updated(&archive, Ocr::default().program(&missing));
    assert_eq!((report.removed, report.documents, lighthouses()), (0, 3, 2), "{report:?}");
    let report = updated(&archive, Ocr::languages("deu").unwrap().program(&missing));
    assert_eq!((report.removed, report.documents, lighthouses()), (0, 3, 2), "{report:?}");
    archive.rename("files/page.png", "files/sub/page.png");
    for _ in 0..2 {
        let report = updated(&archive, Ocr::default().program(&missing));
        assert_eq!((report.removed, report.documents, lighthouses()), (0, 3, 2), "{report:?}");
        assert!(reasons(&archive)[0].starts_with("moved from "), "{:?}", reasons(&archive));
    }
    // An index made anew would not have it.
    let anew = |ocr: Ocr| {
        let corpus = Corpus::open(archive.here().join("files")).unwrap().ocr(ocr);
        Index::rebuild(archive.index(), |index| index.update().run(&[corpus]))
    };
    let error = anew(Ocr::default().program(&missing)).unwrap_err();
    assert!(error.message().starts_with("what was recognised in 1 file would be lost: "), "{error}");
    assert_eq!(lighthouses(), 2);
    // With the program all that waited is done.
    let report = updated(&archive, Ocr::default().program(&program));
    assert_eq!((report.moved, report.changed, report.documents, report.skipped), (1, 1, 3, 0), "{report:?}");
    let book = Index::open(archive.index()).unwrap().search("otter").run().unwrap();
    assert!(book.hits[0].date.is_some_and(|date| date.to_string() == "1911"), "{book:?}");
    assert_eq!(anew(Ocr::never().program(&missing)).unwrap().documents, 2);
}

#[test]
fn a_scanned_book_is_not_dated_by_the_day_of_its_scan_though_a_page_is_blank() {
    let archive = Archive::new();
    let dated = |pages: &[Option<&str>]| pdf_that_says(pages, "/CreationDate(D:20090304)/ModDate(D:20100506)");
    fs::create_dir_all(archive.here().join("files")).unwrap();
    fs::write(archive.here().join("files/scanned.pdf"), dated(&[None, Some(""), None])).unwrap();
    fs::write(archive.here().join("files/written.pdf"), dated(&[None, Some("The mill is a lighthouse.")])).unwrap();
    updated(&archive, in_english(&fake(&archive, &answer("A lighthouse."))));
    let results = Index::open(archive.index()).unwrap().search("lighthouse").run().unwrap();
    let mut dates: Vec<_> = results
        .hits
        .iter()
        .map(|hit| (hit.path.as_ref().unwrap().file_name().unwrap().to_owned(), hit.date.map(|date| date.to_string())))
        .collect();
    dates.sort();
    assert_eq!(dates, [("scanned.pdf".into(), None), ("written.pdf".into(), Some("2009-03-04".to_owned()))]);
}

#[test]
fn what_a_program_has_started_ends_with_it() {
    let archive = Archive::new();
    fs::create_dir_all(archive.here().join("files")).unwrap();
    fs::write(archive.here().join("files/page.png"), picture()).unwrap();
    let started = archive.here().join("started");
    let body = format!("sleep 60 & echo $! > {}; wait", started.display());
    updated(&archive, in_english(&fake(&archive, &body)).page_time(Duration::from_millis(500)));
    let number = fs::read_to_string(started).unwrap();
    let is_there = || {
        let state = fs::read_to_string(format!("/proc/{}/stat", number.trim())).unwrap_or_default();
        // One that has ended may wait for whoever asks how.
        state.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with('Z'))
    };
    let begin = Instant::now();
    while is_there() && begin.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!is_there(), "{number}");
}

#[test]
fn an_update_that_is_stopped_ends_the_program_and_the_next_one_recognises_the_rest() {
    let archive = scans();
    let slow = fake(&archive, "sleep 60");
    let corpus = Corpus::open(archive.here().join("files")).unwrap().today(today()).ocr(in_english(&slow));
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let begin = Instant::now();
    let report = std::thread::scope(|scope| {
        let index = Index::open_or_create(archive.index()).unwrap();
        let (corpus, stop) = (&corpus, std::sync::Arc::clone(&flag));
        let run =
            scope.spawn(move || index.update().threads(1).cancel(stop).run(std::slice::from_ref(corpus)).unwrap());
        while calls(&archive) == 0 && begin.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
        flag.store(true, std::sync::atomic::Ordering::Relaxed);
        run.join().unwrap()
    });
    assert!(report.stopped && begin.elapsed() < Duration::from_secs(30), "{report:?}");
    let report = updated(&archive, Ocr::default().program(fake(&archive, &answer("A lighthouse."))));
    assert_eq!((report.documents, report.skipped, archive.ids("lighthouse").len()), (3, 0, 2), "{report:?}");
}

#[test]
fn a_kept_page_that_was_cut_off_is_recognised_again() {
    let archive = scans();
    let program = fake(&archive, &answer("A lighthouse."));
    updated(&archive, in_english(&program));
    let kept = archive.here().join("index.ocr");
    let pages: Vec<_> = fs::read_dir(kept)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "gz"))
        .collect();
    assert_eq!(pages.len(), 2);
    fs::write(&pages[0], "").unwrap();
    let page = fs::read(&pages[1]).unwrap();
    fs::write(&pages[1], &page[..page.len() / 2]).unwrap();
    let corpus = Corpus::open(archive.here().join("files")).unwrap().ocr(in_english(&program));
    let report = Index::rebuild(archive.index(), |index| index.update().run(&[corpus])).unwrap();
    assert_eq!((report.documents, archive.ids("lighthouse").len()), (3, 2), "{report:?}");
}

#[test]
fn a_program_that_fails_again_and_again_is_not_asked_for_ever() {
    let archive = Archive::new();
    for number in 0..9_u8 {
        let mut page = picture();
        page.push(number);
        fs::create_dir_all(archive.here().join("files")).unwrap();
        fs::write(archive.here().join(format!("files/{number}.png")), page).unwrap();
    }
    let report = updated(&archive, in_english(&fake(&archive, "sleep 60")).page_time(Duration::from_millis(50)));
    assert_eq!((report.failed, calls(&archive)), (9, 5), "{report:?}");
    assert!(report.notes.iter().any(|note| note.message.contains("was not asked again")), "{report:?}");
    // Those that were never tried are tried by the next update, and those that failed are not.
    let report = updated(&archive, in_english(&fake(&archive, &answer("A lighthouse."))));
    assert_eq!((report.added, report.skipped), (4, 5), "{report:?}");
}

#[test]
fn what_is_no_tesseract_or_lacks_a_language_is_told_once_and_the_rest_is_read() {
    let archive = scans();
    let other = archive.here().join("other");
    for (script, languages, told) in [
        (
            "#!/bin/sh\necho 'GNU bash, version 5'\n",
            "eng",
            "is no tesseract: asked for its version, it says \"GNU bash",
        ),
        ("#!/bin/sh\nexit 2\n", "eng", "is no tesseract, or a broken one"),
        ("#!/bin/sh\nkill -SEGV $$\n", "eng", "crashes (signal 11)"),
        ("no program at all", "eng", "cannot be run"),
        ("#!/bin/sh\necho tesseract 5.1; echo eng\n", "xyz", "does not know the language \"xyz\"; it knows eng;"),
    ] {
        write_program(&other, script);
        let report = updated(&archive, Ocr::languages(languages).unwrap().program(&other));
        assert_eq!((report.documents, report.failed), (2, 0), "{report:?}");
        let notes: Vec<_> = report.notes.iter().filter(|note| note.kind == NoteKind::Recognition).collect();
        assert!(notes.len() == 1 && notes[0].message.contains(told), "{told}: {notes:?}");
        assert_eq!(reasons(&archive), ["pages that hold no text: 2", "an image"]);
    }
}

#[test]
fn the_languages_reach_the_program_as_they_are_and_through_no_shell() {
    let archive = scans();
    let program = fake(&archive, &answer("Ein Leuchtturm."));
    archive
        .run(&["index", "files", "--ocr=deu+eng", "--tesseract", program.to_str().unwrap()])
        .exits(0)
        .prints("3 added");
    let calls = fs::read_to_string(archive.here().join("calls")).unwrap();
    assert!(calls.lines().all(|call| call.starts_with("stdin stdout -l deu+eng --psm 1")), "{calls}");
    archive.run(&["search", "leuchtturm"]).exits(0).prints("recognised by tesseract 9.8.7 (deu+eng)");
    archive.run(&["index", "files", "--ocr=eng;ls"]).exits(2).says("does not name languages as tesseract does");
    archive
        .run(&["index", "files", "--ocr", "--tesseract", "missing"])
        .exits(4)
        .says("words of pictures are not recognised: missing cannot be run");
}

#[test]
fn pages_are_turned_where_the_program_knows_how_and_else_it_is_said_that_they_are_not() {
    let archive = scans();
    let program = fake(&archive, &answer("A lighthouse."));
    let script = fs::read_to_string(&program).unwrap().replace("echo osd; ", "");
    write_program(&program, &script);
    updated(&archive, in_english(&program));
    assert!(fs::read_to_string(archive.here().join("calls")).unwrap().contains("--psm 3"));
    let results = Index::open(archive.index()).unwrap().search("lighthouse").run().unwrap();
    let by = results.hits[0].passages[0].recognised_by.as_deref();
    assert_eq!(by, Some("tesseract 9.8.7 for upright pages (eng)"));
}

#[test]
fn the_installed_tesseract_reads_a_page_that_stands_on_its_head() {
    let languages = std::process::Command::new("tesseract").arg("--list-langs").output();
    if !languages.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).lines().any(|line| line == "osd")) {
        eprintln!("skipped: tesseract is not installed, or has no osd");
        return;
    }
    let archive = Archive::new();
    fs::create_dir_all(archive.here().join("files")).unwrap();
    fs::copy(home().join("tests/fixtures/scan/turned.png"), archive.here().join("files/page.png")).unwrap();
    archive.run(&["index", "files", "--ocr"]).exits(0).prints("1 added");
    assert_eq!(archive.ids("\"harbour master reads it at noon\"").len(), 1);
}

#[test]
fn the_installed_tesseract_reads_a_page() {
    if std::process::Command::new("tesseract").arg("--version").output().is_err() {
        eprintln!("skipped: tesseract is not installed");
        return;
    }
    let archive = scans();
    archive.run(&["index", "files", "--ocr"]).exits(0).prints("3 added");
    let results = Index::open(archive.index()).unwrap().search("\"harbour master reads it at noon\"").run().unwrap();
    assert_eq!(results.total, 2, "{results:?}");
    for hit in &results.hits {
        let passage = &hit.passages[0];
        assert!(passage.recognised_by.as_ref().is_some_and(|by| by.starts_with("tesseract ")), "{passage:?}");
        assert!(passage.region.is_some_and(|[_, left, top, ..]| left < 80 && top < 200), "{passage:?}");
    }
}
