//! What is damaged: well-formed inputs of every kind, from the sample archive and the language's own page.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive::{FORMATS, documents, sample, write};
use super::targets::NAMES;

/// The seeds of a target.
pub(crate) fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "query" => questions(),
        "dates" => days(),
        "mentions" => sentences(),
        "passages" => sample().into_iter().map(|document| document.text.into_bytes()).collect(),
        "answer" => {
            let questions = questions();
            let pairs = sample().into_iter().zip(questions.iter().cycle().step_by(7));
            pairs.map(|(document, question)| [question, b"\n".as_slice(), document.text.as_bytes()].concat()).collect()
        }
        "folder" => companions(),
        _ => files(),
    }
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

/// A few documents in every format there is, behind the place of a name of that format.
fn files() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let few = &documents(1)[..3];
    let mut seeds = Vec::new();
    for format in FORMATS {
        let here = folder.path().join(format!("{format:?}"));
        fs::create_dir(&here).unwrap();
        write(few, format, &here);
        for path in below(&here) {
            seeds.push([vec![place(&path)], fs::read(&path).unwrap()].concat());
        }
    }
    for (name, build) in super::samples::FORMATS {
        seeds.push([vec![place(Path::new(name))], build(&super::samples::Planter::new(0))].concat());
    }
    // What only other programs write.
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/office");
    seeds.extend(below(&made).into_iter().map(|path| [vec![place(&path)], fs::read(path).unwrap()].concat()));
    seeds
}

/// Lists of references and issues that name files in every way, behind the place of a name.
fn companions() -> Vec<Vec<u8>> {
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
        seeds.extend(lists.map(|(list, text)| [vec![place(Path::new(list))], text.into_bytes()].concat()));
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
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}
