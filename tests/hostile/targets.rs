//! What is tried on hostile bytes, through the library's public names only. Each target panics where a promise is
//! broken, and does nothing else; the tests here and the fuzzer of `tests/fuzz` share them.

use std::fs;
use std::io::{Cursor, Write};
use std::ops::Range;
use std::path::PathBuf;

use dateline::{
    Corpus, Date, Document, Excerpt, Index, Language, Matching, MentionContext, Query, Splitter, mentions, parse_dates,
};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Something that reads what others wrote.
pub(crate) struct Target {
    /// As `tests/fuzz` and the seeds call it.
    pub(crate) name: &'static str,
    /// Tries one input.
    pub(crate) run: fn(&[u8]),
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "query", run: query },
    Target { name: "dates", run: dates },
    Target { name: "mentions", run: mentions_of },
    Target { name: "passages", run: passages },
    Target { name: "answer", run: answer },
    Target { name: "file", run: file },
    Target { name: "package", run: package },
    Target { name: "folder", run: folder },
];

/// No target depends on the day it runs.
fn today() -> Date {
    Date::from_ymd(2024, 5, 11).expect("a day")
}

fn on_boundaries(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no stretch of {text:?}");
}

/// The language of questions.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = Query::parse(&text, today());
    for note in query.notes() {
        on_boundaries(&text, &note.span.clone().unwrap_or_default());
    }
    query.describe(Matching::Best);
    query.tree();
    let printed = query.to_string();
    let again = Query::parse(&printed, today());
    assert_eq!(again.node(), query.node(), "{text:?} is printed as {printed:?}");
}

/// Days as people type them.
pub(crate) fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(read) = parse_dates(&text, today()) {
        let (first, last) = (read.range.first(), read.range.last());
        assert!(first.is_none() || last.is_none() || first <= last, "{text:?} is read as {:?}", read.range);
    }
    let _ = text.parse::<Date>();
}

/// The times a text speaks of; the first byte chooses its language.
pub(crate) fn mentions_of(data: &[u8]) {
    let Some((&first, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let languages = ["en", "de", "es", "fr", "ru", "tr", "fi"];
    let language = Some(languages[usize::from(first) % languages.len()]);
    let published = (first < 128).then(today);
    let mut end = 0;
    for mention in mentions(&text, &MentionContext { published, language }) {
        on_boundaries(&text, &mention.bytes);
        assert!(mention.bytes.start >= end && mention.bytes.end > mention.bytes.start, "{mention:?} in {text:?}");
        assert!(mention.days.is_none_or(|days| !days.is_empty()), "{mention:?} in {text:?}");
        end = mention.bytes.end;
    }
}

/// Sentences and passages.
pub(crate) fn passages(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for passage in Splitter::default().split(&text) {
        let range = passage.range();
        on_boundaries(&text, &range);
        assert!(range.start >= end && range.end > range.start, "{range:?} after {end}");
        end = range.end;
    }
    Language::detect(&text);
}

/// A question, the first line, asked of a text, the rest: analysis, engine, choice of passages, highlights.
pub(crate) fn answer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (question, text) = text.split_once('\n').unwrap_or((&text, &text));
    let index = Index::in_memory().expect("an index in memory");
    let mut writer = index.writer().expect("nobody else writes");
    writer.add(Document::new("a", text).title(question).date(today())).expect("a document is added");
    writer.commit().expect("a commit");
    let query = Query::parse(question, today());
    let results = index.search(&query).passages(3).context(1).explain(true).why_empty(true).run().expect("an answer");
    for hit in &results.hits {
        for passage in &hit.passages {
            assert_eq!(text.get(passage.bytes.clone()), Some(passage.text.as_str()));
            marks(passage);
        }
        hit.marked_title("<", ">", str::to_owned);
    }
}

fn marks(passage: &Excerpt) {
    on_boundaries(&passage.text, &passage.best);
    let mut end = 0;
    for mark in &passage.highlights {
        on_boundaries(&passage.text, &mark.bytes);
        let before = passage.text[..mark.bytes.start].chars().count();
        assert_eq!(mark.chars.start, before);
        assert!(mark.bytes.start >= end && mark.bytes.end > mark.bytes.start);
        end = mark.bytes.end;
    }
    let html = passage.to_html();
    assert!(!html.replace("<mark>", "").replace("</mark>", "").contains('<'), "{html}");
}

/// A file of any format. What it is, its content tells; the first byte chooses a name for where it does not.
pub(crate) fn file(data: &[u8]) {
    let Some((&first, content)) = data.split_first() else { return };
    let path = place(NAMES[usize::from(first) % NAMES.len()]);
    fs::write(&path, content).expect("the file is written");
    read(Corpus::open(&path).expect("the file is there").document_limit(8 << 20));
    fs::remove_file(&path).expect("the file is removed");
}

/// Reads all there is: each file gives documents or a reason.
pub(crate) fn read(archive: Corpus) {
    for document in archive.today(today()) {
        match document {
            Ok(document) => {
                document.passages();
            }
            Err(error) => {
                let said = error.to_string();
                assert!(!said.is_empty() && !said.contains("panicked"), "{said}");
            }
        }
    }
}

/// A file that packs others, by its parts: damage to these reaches the readers behind the checksums of the package.
pub(crate) fn package(data: &[u8]) {
    let Some((&first, parts)) = data.split_first() else { return };
    if let Some(packed) = packed(parts) {
        file(&[&[first], packed.as_slice()].concat());
    }
}

/// What stands before each part of a package that lies in one piece: its name follows, up to the end of the line.
pub(crate) const PART: &str = "\u{1d}\u{1d}part ";

/// The package of these parts; none where they cannot be packed, as two of one name.
pub(crate) fn packed(parts: &[u8]) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut rest = parts;
    while let Some(at) = memchr::memmem::find(rest, PART.as_bytes()) {
        rest = &rest[at + PART.len()..];
        let end = memchr::memmem::find(rest, PART.as_bytes()).unwrap_or(rest.len());
        let name = memchr::memchr(b'\n', &rest[..end])?;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(String::from_utf8_lossy(&rest[..name]), options).ok()?;
        writer.write_all(&rest[name + 1..end]).ok()?;
        rest = &rest[end..];
    }
    Some(writer.finish().ok()?.into_inner())
}

/// The same file in a folder, beside files that it may name: those of a list of references, the pages of an issue.
pub(crate) fn folder(data: &[u8]) {
    let Some((&first, content)) = data.split_first() else { return };
    let (root, outside) = (place("archive"), place("outside.txt"));
    fs::create_dir_all(root.join("pages")).expect("a folder for the files");
    fs::write(outside, OUTSIDE).expect("the file is written");
    fs::write(root.join("mill.txt"), "The mill turns.\n").expect("the file is written");
    fs::write(root.join("pages/1.xml"), PAGE).expect("the file is written");
    let path = root.join(NAMES[usize::from(first) % NAMES.len()]);
    fs::write(&path, content).expect("the file is written");
    let archive = Corpus::open(&root).expect("the folder is there").today(today()).document_limit(8 << 20);
    for document in archive.into_iter().flatten() {
        assert!(document.place.path.as_ref().is_some_and(|path| path.starts_with(&root)), "{:?}", document.place);
        assert!(!document.text.contains(OUTSIDE) || String::from_utf8_lossy(content).contains(OUTSIDE));
    }
    fs::remove_file(&path).expect("the file is removed");
}

/// What lies beside the archive.
const OUTSIDE: &str = "Words that lie outside of the archive.";

/// A page that an issue may name.
pub(crate) const PAGE: &str = "<?xml version='1.0'?><alto><Layout><Page><PrintSpace><TextBlock ID='B1'><TextLine>\
    <String CONTENT='ferry'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";

/// Names that tell a format where the content does not. The first byte of a seed is the place of its name.
pub(crate) const NAMES: &[&str] = &[
    "a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv", "a.eml", "a.mbox", "a.xml", "a.rtf", "a.pdf", "a.docx",
    "a.odt", "a.epub", "a.warc", "a.zip", "a.tar", "a.gz", "a.zst", "a.mht", "a.tsv", "a.mhtml", "a.xlsx", "a.pptx",
    "a.ods", "a.odp", "a.fods", "a.fodp", "a.fodt", "a.hocr", "a.srt", "a.vtt", "a.wacz", "a.doc", "a.xls", "a.ppt",
    "a.msg", "a.emlx", "a.xz", "a.bz2", "a.ris", "a.bib", "a.rss", "a.cdx",
];

/// A file of this process and thread alone.
fn place(name: &str) -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id());
    let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
    let folder = std::env::temp_dir().join(format!("dateline-hostile-{}-{thread}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the file");
    folder.join(name)
}
