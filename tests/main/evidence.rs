//! Quotes, citations and evidence by the command: what it prints, and how it ends.

use std::fs;
use std::io::{Cursor, Write};
use std::process::Stdio;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Archive, Run, command};

const STORY: &str = "Fire at the harbour\n\n26 February 1992\n\nThe fire did not reach the 83 boats at the mole, the \
                     harbour master said. Nobody was hurt, and the ferry sailed at nine.\n";

fn archive() -> Archive {
    Archive::new().file("courier/fire.txt", STORY).indexed()
}

/// A Word file of these paragraphs.
fn word_file(paragraphs: &[&str]) -> Vec<u8> {
    let text: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"))
        .collect();
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/\
             vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
             Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
             Target=\"word/document.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{text}\
                 </w:body></w:document>"
            ),
        ),
    ];
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        file.start_file(name, SimpleFileOptions::default()).unwrap();
        file.write_all(content.as_bytes()).unwrap();
    }
    file.finish().unwrap().into_inner()
}

fn verify(archive: &Archive, name: &str, draft: impl AsRef<[u8]>) -> Run {
    archive.write(name, draft);
    archive.run(&["verify-quote", name])
}

#[test]
fn the_exit_code_says_whether_every_quote_passes() {
    let archive = archive();
    let good = "She said: “Nobody was hurt, and the ferry sailed at nine.”\n";
    let bad = "She said: “The fire did reach the 83 boats at the mole.”\n";
    verify(&archive, "good.md", good).exits(0).says("1 quote: all pass");
    verify(&archive, "bad.md", bad).exits(1).prints("negation").says("1 of them gravely");
    verify(&archive, "both.md", format!("{good}\n{bad}")).exits(1).says("2 quotes: 1 pass, 1 do not");
    verify(&archive, "empty.md", "").exits(1);
    verify(&archive, "none.md", "No quote at all.\n").exits(1).says("no quote was found");
    let typographic = "She said: \"nobody was hurt and the ferry sailed at nine\".\n";
    verify(&archive, "loose.md", typographic).exits(0);
    let elided = "“The fire did not reach the 83 boats … the harbour master said.”\n";
    verify(&archive, "elided.md", elided).exits(0);
    archive.run(&["verify-quote", "--strict", "elided.md"]).exits(1);
    archive.run(&["verify-quote", "missing.md"]).exits(2).complains_in_one_line("missing.md");
    archive.run(&["verify-quote", "--quote", "“Nobody was hurt, and the ferry”"]).exits(0);
    archive.run(&["verify-quote", "--ref", "nothing", "--quote", "Nobody was hurt, and the ferry"]).exits(2);
}

#[test]
fn drafts_are_read_in_every_form_that_people_write_them_in() {
    let archive = archive();
    let (good, bad) =
        ("“Nobody was hurt, and the ferry sailed at nine.”", "“The fire reached the 38 boats at the mole.”");
    let word = word_file(&["She said:", good, "And then:", bad]);
    verify(&archive, "draft.docx", word).exits(1).prints("exact").says("2 quotes: 1 pass, 1 do not");
    let text = format!("{good}\n\n{bad}\n");
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    verify(&archive, "wide.txt", wide).exits(1).says("2 quotes: 1 pass, 1 do not");
    let lines = "{\"quote\": \"Nobody was hurt, and the ferry sailed at nine.\", \"date\": \"1992\"}\n\
                 {\"quote\": \"Nobody was hurt, and the ferry sailed at nine.\", \"date\": \"1993\"}\n";
    verify(&archive, "draft.jsonl", lines).exits(1).prints("elsewhere").says("2 quotes: 1 pass, 1 do not");
    verify(&archive, "broken.jsonl", format!("{lines}{{\"quote\": \n")).exits(4);
}

#[test]
fn a_draft_is_read_from_standard_input() {
    let archive = archive();
    let mut command = command(&archive.index(), archive.here());
    command.args(["verify-quote", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all("“Nobody was hurt, and the ferry sailed at nine.”".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

/// The status of the only citation in a file, and how the check ended.
fn checked(archive: &Archive, code: i32) -> String {
    let report = archive.run(&["check-citation", "cited.json", "--format", "json"]).exits(code).json();
    report["evidence"][0]["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_citation_is_the_same_until_its_file_is_another_and_nothing_moves_in_silence() {
    let archive = archive();
    let id = archive.run(&["search", "ferry", "--format", "jsonl"]).column("id").remove(0);
    for style in ["csl-json", "ris", "bibtex", "markdown", "annotation"] {
        let cited = archive.run(&["cite", &format!("{id}#1"), "--style", style, "--evidence"]).exits(0).out;
        archive.write("cited.json", cited);
        assert_eq!(checked(&archive, 0), "same", "{style}");
    }
    let file = "files/courier/fire.txt";
    let words = "The fire did not reach the 83 boats at the mole";
    archive.write("cited.json", archive.run(&["cite", &id, "--quote", words, "--evidence"]).exits(0).out);
    assert_eq!(checked(&archive, 0), "same");
    // The words stand, further down.
    archive.write(file, STORY.replace("The fire did", "It was a cold night. The fire did"));
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(checked(&archive, 1), "moved");
    archive.write(file, STORY.replace("83 boats", "38 boats"));
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(checked(&archive, 1), "changed");
    // The file as it was, and then in another folder, where it is found by its former id.
    archive.write(file, STORY);
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(checked(&archive, 0), "same");
    fs::create_dir(archive.here().join("files/tidied")).unwrap();
    archive.rename(file, "files/tidied/fire.txt");
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(checked(&archive, 1), "moved");
    archive.remove("files/tidied/fire.txt");
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(checked(&archive, 1), "gone");
    archive.write("cited.json", "nothing to check");
    archive.run(&["check-citation", "cited.json"]).exits(2).complains_in_one_line("no evidence");
}

#[test]
fn a_manifest_lists_every_file_and_says_what_changed_since() {
    let archive = archive();
    let listed = archive.run(&["manifest"]).exits(0).out;
    // The digest as others' programs compute it, of the file as it lies there.
    let lines: Vec<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
    let [line] = lines[..] else { panic!("{listed}") };
    let (digest, path) = line.split_once("  ").unwrap();
    assert!(digest.len() == 64 && path.ends_with("courier/fire.txt"), "{line}");
    archive.write("files/courier/fire.txt", STORY.replace("83", "38"));
    archive.run(&["manifest"]).exits(4).says("1 file changed since they were indexed, 0 cannot be read");
    archive.remove("files/courier/fire.txt");
    archive.run(&["manifest"]).exits(4).says("1 cannot be read");
}
