//! What is damaged: well-formed inputs of every kind, from the sample archive and the language's own page.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use super::archive::{FORMATS, documents, sample, write};
use super::targets::{NAMES, PAGE, PART};

/// A seed, with the name of its kind where its target has several.
pub(crate) struct Seed {
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

/// The seeds of a target.
pub(crate) fn of(target: &str) -> Vec<Seed> {
    let plain = |seeds: Vec<Vec<u8>>| seeds.into_iter().map(|bytes| Seed { kind: String::new(), bytes }).collect();
    match target {
        "query" => plain(questions()),
        "dates" => plain(days()),
        "mentions" => plain(sentences()),
        "passages" => plain(sample().into_iter().map(|document| document.text.into_bytes()).collect()),
        "answer" => {
            let questions = questions();
            let pairs = sample().into_iter().zip(questions.iter().cycle().step_by(7));
            let joined = |(document, question): (dateline::Document, &Vec<u8>)| {
                [question, b"\n".as_slice(), document.text.as_bytes()].concat()
            };
            plain(pairs.map(joined).collect())
        }
        "folder" => companions(),
        "package" => {
            let unpacked = |(name, bytes): (String, Vec<u8>)| Some(named(name, unpacked(&bytes)?));
            files().into_iter().filter_map(unpacked).collect()
        }
        _ => files().into_iter().map(|(name, bytes)| named(name, bytes)).collect(),
    }
}

/// Bytes behind the place of a name that tells the same format as this one.
fn named(name: String, bytes: Vec<u8>) -> Seed {
    Seed { bytes: [vec![place(Path::new(&name))], bytes].concat(), kind: name }
}

/// The parts of a package in one piece; none of a file that is none.
pub(crate) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).ok()?;
        parts.extend(format!("{PART}{}\n", part.name().ok()?).into_bytes());
        part.read_to_end(&mut parts).ok()?;
    }
    Some(parts)
}

/// Every question of the golden parses.
fn questions() -> Vec<Vec<u8>> {
    let golden = fs::read_to_string(source("query/golden.txt")).unwrap();
    golden.lines().filter_map(|line| line.split_once(" => ")).map(|(typed, _)| typed.as_bytes().to_vec()).collect()
}

/// Every day of the table of what people type.
fn days() -> Vec<Vec<u8>> {
    let rows = fs::read_to_string(source("time/input_examples.rs")).unwrap();
    rows.split('"').skip(1).step_by(2).map(|quoted| quoted.as_bytes().to_vec()).collect()
}

/// Every sentence of the table of what texts say, and the sample archive, in one language after the other.
fn sentences() -> Vec<Vec<u8>> {
    let table = fs::read_to_string(source("time/mention/examples.rs")).unwrap();
    let sentences = table.lines().filter_map(|line| line.split_once(" | ")).map(|(_, sentence)| sentence.to_string());
    let texts = sentences.chain(sample().into_iter().map(|document| document.text));
    (0..).zip(texts).map(|(number, text): (usize, _)| [&[(number % 251) as u8], text.as_bytes()].concat()).collect()
}

/// A few documents in every format there is, by the names of their files.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let few = &documents(1)[..3];
    let mut files = Vec::new();
    for format in FORMATS {
        let here = folder.path().join(format!("{format:?}"));
        fs::create_dir(&here).unwrap();
        write(few, format, &here);
        let read = |path: PathBuf| {
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            (format!("{format:?}.{extension}").to_lowercase(), fs::read(&path).unwrap())
        };
        files.extend(below(&here).into_iter().map(read));
    }
    for (name, build) in super::samples::FORMATS {
        files.push(((*name).to_owned(), build(&super::samples::Planter::new(0))));
    }
    // What only other programs write.
    for folder in ["office", "packed"] {
        let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        let read = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
        files.extend(below(&made).into_iter().map(read));
    }
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    packer.write_all(PAGE.repeat(20).as_bytes()).unwrap();
    files.push(("two.bz2".to_owned(), packer.finish().unwrap()));
    files.push(("captures.cdx".to_owned(), INDEX.into()));
    files
}

/// A list of captures.
const INDEX: &str = " CDX N b a m s k r M S V g\n\
    example,mill)/ 20140304100000 http://mill.example/ text/html 200 AAAA - - 120 0 a.warc\n\
    example,mill)/a 20140305100000 http://mill.example/a text/html 200 AAAB - - 130 120 a.warc\n";

/// A name, and files by their names below a folder.
pub(crate) type Sample = (String, Vec<(String, Vec<u8>)>);

/// Samples of files that are read together.
pub(crate) fn folders() -> Vec<Sample> {
    let planter = super::samples::Planter::new(0);
    let made = |name: &str| {
        let (_, build) = super::samples::FORMATS.iter().find(|(known, _)| *known == name).unwrap();
        build(&planter)
    };
    let divs = "<div TYPE='page' ID='p1'><fptr FILEID='A'/></div><div TYPE='page' ID='p2'><fptr FILEID='B'/></div>";
    let issue = format!(
        "<mets xmlns:xlink='x'><dmdSec ID='d'><mods><title>The Riverby Courier</title><dateIssued>1896-04-01</dateIssued></mods></dmdSec>\
         <fileSec><file ID='A'><FLocat xlink:href='alto/1.xml'/></file><file ID='B'><FLocat xlink:href='alto/2.xml'/></file></fileSec>\
         <structMap><div TYPE='ARTICLE' ID='a' DMDID='d' LABEL='The mill'><fptr><area FILEID='A' BEGIN='B1'/></fptr></div></structMap>\
         <structMap>{divs}</structMap></mets>"
    );
    let list = "TY  - NEWS\nPY  - 1896/04/01\nTI  - The mill\nL1  - files/mill.txt\nER  - \n";
    let captures = "{\"urlkey\": \"example,mill)/\", \"timestamp\": \"20140304100000\", \"filename\": \"web.warc\"}\n";
    let folder = |name: &str, files: Vec<(&str, Vec<u8>)>| {
        (name.to_owned(), files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect())
    };
    vec![
        folder(
            "issue",
            vec![
                ("mets.xml", issue.into()),
                ("alto/1.xml", PAGE.into()),
                ("alto/2.xml", made("alto.xml")),
                ("page/3.xml", made("page.xml")),
            ],
        ),
        folder(
            "maildir",
            vec![("cur/1:2,S", made("mail.eml")), ("new/2", made("mail.eml")), (".Sent/cur/3", made("mail.eml"))],
        ),
        folder("captures", vec![("web.warc", made("web.warc")), ("web.cdxj", captures.into())]),
        folder("references", vec![("list.ris", list.into()), ("files/mill.txt", made("note.txt"))]),
    ]
}

/// Lists of references and issues that name files in every way.
fn companions() -> Vec<Seed> {
    let long = "a/".repeat(2_000);
    let names = [
        "mill.txt",
        "pages/1.xml",
        "../outside.txt",
        "file:///etc/../outside.txt",
        "%2e%2e/outside.txt",
        "mill%00.txt",
        "C:\\pages\\1.xml",
        "a.bib",
        "a.xml",
        ".",
        &long,
    ];
    let mut seeds = Vec::new();
    for name in names {
        let page = format!("<file ID='A'><FLocat xlink:href='{name}'/></file>");
        let lists = [
            (
                "a.bib",
                format!("@misc{{a, year = 1896, abstract = {{The mill.}}, file = {{{name}; mill.txt}}}}\n@misc{{b}}"),
            ),
            ("a.ris", format!("TY  - NEWS\nPY  - 1896\nAB  - The mill.\nL1  - {name}\nL1  - mill.txt\nER  - \n")),
            (
                "a.json",
                format!(
                    "[{{\"id\":1,\"type\":\"book\",\"issued\":{{\"date-parts\":[[1896]]}},\"file\":{name:?}}},{{\"id\":2}}]"
                ),
            ),
            (
                "a.xml",
                format!(
                    "<mets xmlns:xlink='x'><dmdSec><mods><dateIssued>1896</dateIssued></mods></dmdSec><fileSec>{page}</fileSec>\
                     <structMap><div TYPE='page'><fptr FILEID='A'/></div></structMap></mets>"
                ),
            ),
        ];
        seeds.extend(lists.map(|(list, text)| named(list.to_owned(), text.into_bytes())));
    }
    seeds
}

/// The place of a name that tells the same format as this one. Every seed has one, so that a new format is tried by the
/// name of its files too.
fn place(path: &Path) -> u8 {
    let known = NAMES.iter().position(|name| Path::new(name).extension() == path.extension());
    known.unwrap_or_else(|| panic!("tests/hostile/targets.rs names no file like {}", path.display())) as u8
}

/// Every file below a folder, in order.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}
