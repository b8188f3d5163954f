//! Documents and files that mean harm.

use crate::support::Archive;

/// Commands to a terminal in every way there is: escape sequences, the one-byte forms of them, a bell, marks of direction.
const COMMANDS: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{8}\u{7f}\u{202e}\u{2066}";

fn hostile() -> Archive {
    let record = serde_json::json!({
        "id": format!("id{COMMANDS}"),
        "title": format!("Ferry {COMMANDS} title"),
        "source": format!("Source {COMMANDS} name"),
        "author": format!("By {COMMANDS} author"),
        "url": format!("https://example.org/{COMMANDS}"),
        "date": "1992-02-26",
        "text": format!("The ferry {COMMANDS} sails. It {COMMANDS} never comes back."),
    });
    let broken = format!("{record}\n{{\"id\": \"x{COMMANDS}\", \"text\": \n");
    let archive = Archive::new().file("records.jsonl", broken);
    #[cfg(unix)]
    archive.write(&format!("files/a{}b.txt", COMMANDS.replace('/', "")), format!("A mill {COMMANDS} turns.\n"));
    archive.write("files/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR");
    archive.run(&["index", "files"]).exits(4);
    archive
}

fn commands(text: &str) -> Vec<char> {
    let harmful = |c: &char| {
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(harmful).collect()
}

#[test]
fn no_output_carries_commands_to_the_terminal() {
    let archive = hostile();
    let id = archive.ids("ferry").remove(0);
    let question = format!("ferry {COMMANDS} mill");
    let synonyms = archive.here().join("synonyms.txt");
    std::fs::write(&synonyms, format!("ferry = boat{COMMANDS}\n")).unwrap();
    let corrections = format!("[[correct]]\npath = \"none{}\"\ndate = \"1992\"\n", "\\u001B[2J");
    archive.write("files/dateline.toml", corrections);
    archive.write("questions.txt", format!("q1\tferry {COMMANDS}\n"));
    let synonyms = synonyms.to_string_lossy().into_owned();
    for args in [
        &["search", "ferry"][..],
        &["search", "ferry", "--flat", "-C", "1"],
        &["search", "ferry", "--explain"],
        &["search", "ferry", "--format", "json"],
        &["search", "ferry", "--format", "jsonl"],
        &["search", "ferry", "--format", "csv"],
        &["search", "ferry", "--format", "trec"],
        &["search", &question],
        &["search", "boat", "--synonyms", &synonyms],
        &["search", "ferry", "--in", "files"],
        &["search", "ferry", "--source", COMMANDS],
        &["search", "ferry", "--from", COMMANDS],
        &["search", "--lang", COMMANDS],
        &["batch", "questions.txt"],
        &["batch", "questions.txt", "--format", "csv"],
        &["batch", "questions.txt", "--format", "jsonl"],
        &["timeline", "ferry"],
        &["timeline", "ferry", "--format", "csv"],
        &["sources"],
        &["sources", "--format", "json"],
        &["dates"],
        &["dates", "--doubtful"],
        &["dates", "--format", "csv"],
        &["show", &id],
        &["show", &id, "--format", "json"],
        &["show", COMMANDS],
        &["inspect", "files"],
        &["inspect", "files", "--format", "jsonl"],
        &["inspect", COMMANDS],
        &["info"],
        &["info", "--diagnostics"],
        &["skipped"],
        &["skipped", "--format", "jsonl"],
        &["index", "files", "--rebuild", "-vv"],
        &["index", COMMANDS],
        &["verify"],
        &[COMMANDS],
    ] {
        let run = archive.run(args);
        assert_eq!(commands(&run.out), [], "standard output of {args:?}: {run:#?}");
        assert_eq!(commands(&run.err), [], "standard error of {args:?}: {run:#?}");
    }
}

#[test]
fn html_of_passages_escapes_whatever_a_document_says() {
    let text = "The ferry <script>alert('x')</script> sails & \"sinks\" by the harbour's end.";
    let index = crate::support::in_memory([dateline::Document::new("a", text).title("<b>Ferry</b>")]);
    let results = index.search("ferry script harbour").run().unwrap();
    let html = results.hits[0].passages[0].to_html();
    let without_marks = html.replace("<mark>", "").replace("</mark>", "");
    assert!(!without_marks.contains(['<', '>', '"', '\'']), "{html}");
    assert!(html.contains("&lt;<mark>script</mark>&gt;"), "{html}");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_tree_are_not_followed() {
    let archive = Archive::new().file("a.txt", "The ferry sails.\n");
    archive.write("secret/b.txt", "The secret lighthouse.\n");
    let link =
        |to: &str, name: &str| std::os::unix::fs::symlink(archive.here().join(to), archive.here().join(name)).unwrap();
    link("secret", "files/folder");
    link("secret/b.txt", "files/file.txt");
    link("files", "files/again");
    link("nothing", "files/dangling");
    archive.run(&["index", "files"]).exits(0).prints("1 added");
    assert_eq!(archive.ids("lighthouse").len(), 0);
    archive.run(&["skipped"]).exits(0).prints("a symbolic link, which is not followed");
}

/// Members are read in memory and never written: their names are names and nothing else.
#[test]
fn names_in_archives_lead_nowhere() {
    let archive = Archive::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["../../outside.txt", "/tmp/absolute.txt", "..\\..\\windows.txt", "a/../../b.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, b"The ferry sails out of the archive.\n").unwrap();
    }
    let archive = archive.file("packed.zip", zip.finish().unwrap().into_inner());
    archive.run(&["index", "files"]).exits(0).prints("4 added");
    for hit in archive.run(&["search", "ferry", "--format", "jsonl"]).exits(0).jsonl() {
        assert!(hit["file"].as_str().unwrap().ends_with("files/packed.zip"), "{hit}");
    }
    let mut left: Vec<_> = std::fs::read_dir(archive.here()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["files", "index"]);
    assert!(!std::path::Path::new("/tmp/absolute.txt").exists());
}
