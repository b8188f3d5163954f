//! Which dates are not to be trusted: listed with the reason, put right in `dateline.toml`.

use dateline::{Doubt, Index};

use crate::support::{Archive, sample};

fn doubtful() -> Archive {
    Archive::new()
        .file("good.txt", "Date: 26 February 1992\n\nThe first ferry.\n")
        .file("1993/month.txt", "The second ferry.\n")
        .file("undated.txt", "The third ferry.\n")
        .file("future.txt", "The fourth ferry\n\n26 February 2131\n\nIt sails on.\n")
        .file(
            "conflict.html",
            "<html><head><meta name=date content=1994-05-01><meta name=pubdate content=1994-07-01>\
             <meta name=last-modified content=1999-01-01></head><body><p>The fifth ferry.</p></body></html>",
        )
}

#[test]
fn doubtful_dates_are_counted_and_listed_with_the_reason() {
    let archive = doubtful().indexed();
    archive
        .run(&["dates"])
        .exits(0)
        .prints("header                  1          1")
        .prints("folder-name             1                                1")
        .prints("conflicting             1")
        .says("5 documents · 2 undated · 4 doubtful")
        .says("dateline dates --doubtful");
    let listed = archive.run(&["dates", "--doubtful"]).exits(0).says("4 documents");
    let listed = listed.prints("conflict.html").prints("doubtful  conflicting").prints("doubtful  undated, future");
    assert!(!listed.out.contains("good.txt"), "{listed:#?}");
    let files = |args: &[&str]| -> Vec<String> {
        let args = [&["dates", "--format", "jsonl"], args].concat();
        let mut files = archive.run(&args).column("file");
        files.iter_mut().for_each(|file| *file = file.rsplit('/').next().unwrap().to_owned());
        files.sort();
        files
    };
    assert_eq!(files(&["--doubtful=conflicting"]), ["conflict.html"]);
    assert_eq!(files(&["--doubtful=weak,future"]), ["future.txt", "month.txt"]);
    assert_eq!(files(&["--undated"]), ["future.txt", "undated.txt"]);
    assert_eq!(files(&["--rule", "header", "--rule", "folder-name"]), ["good.txt", "month.txt"]);
    assert_eq!(files(&["second"]), ["month.txt"]);
    assert_eq!(files(&["--limit", "2"]).len(), 2);
    archive.run(&["dates", "lighthouse"]).exits(1);
    archive.run(&["dates", "first", "--doubtful"]).exits(1);
    archive.run(&["dates", "--doubtful=strange"]).exits(2);
}

#[test]
fn the_library_counts_what_the_command_counts() {
    let archive = doubtful().indexed();
    let report = Index::open(archive.index()).unwrap().search("").doubted(Doubt::Weak).date_report().unwrap();
    assert_eq!((report.total, report.doubtful), (1, 1));
    assert_eq!(report.documents[0].date.unwrap().to_string(), "1993");
    let printed = archive.run(&["dates", "--format", "json"]).json();
    assert_eq!((&printed["total"], &printed["doubtful"]), (&5.into(), &4.into()));
    let all: u64 = printed["rules"].as_array().unwrap().iter().map(|rule| rule["documents"].as_u64().unwrap()).sum();
    assert_eq!(all, 5);
}

#[test]
fn rows_have_a_name_for_each_column() {
    for args in [&["dates", "--format", "csv"][..], &["dates", "--doubtful", "--format", "csv"]] {
        let run = sample(args).exits(0);
        let mut reader = csv::Reader::from_reader(run.out.as_bytes());
        assert!(reader.records().all(|row| row.is_ok()) && reader.headers().unwrap().len() >= 5, "{run:#?}");
    }
}

#[test]
fn certain_dates_lie_within_the_days_as_a_whole() {
    let archive = Archive::new()
        .file("day.txt", "Date: 14 October 1066\n\nThe first ferry.\n")
        .file("1066/month.txt", "Date: October 1066\n\nThe second ferry.\n")
        .file("year.txt", "Date: 1066\n\nThe third ferry.\n")
        .indexed();
    let count = |args: &[&str]| archive.run(&[&["search", "--format", "json", "-q"], args].concat()).json();
    for (dates, overlap, certain) in
        [("1066-10-14", 3, 1), ("1066-10", 3, 2), ("1066", 3, 3), ("1066-10-14..1067", 3, 1), ("1067", 0, 0)]
    {
        assert_eq!(count(&["ferry", "--on", dates])["total"], overlap, "{dates}");
        assert_eq!(count(&["ferry", "--on", dates, "--certain"])["total"], certain, "{dates}");
    }
    archive.run(&["timeline", "ferry", "--on", "1066-10", "--certain"]).exits(0).says("2 documents").says("certainly");
    // What is certainly not of October is neither of it nor of a year that has it.
    let without = |words: &str| count(&[words, "--certain"])["total"].clone();
    assert_eq!((without("NOT date:1066-10-14"), without("NOT date:1067")), (0.into(), 3.into()));
}

/// The date of each file's document with the clue's place, from the index.
fn dated(archive: &Archive) -> Vec<String> {
    let report = Index::open(archive.index()).unwrap().search("").limit(100).date_report().unwrap();
    let mut lines: Vec<String> = report
        .documents
        .iter()
        .map(|document| {
            let name = document.path.as_ref().unwrap().file_name().unwrap().to_string_lossy().into_owned();
            let date = document.date.map_or("none".into(), |date| date.to_string());
            let source = document.source.as_ref().map_or("none".into(), |source| source.to_string());
            format!("{name} {date} {source}")
        })
        .collect();
    lines.sort();
    lines
}

fn ferries() -> Archive {
    Archive::new()
        .file("a/1.txt", "Date: 26 February 1992\nSource: Courier\n\nThe first ferry.\n")
        .file("a/2.txt", "Source: COURIER\n\nThe second ferry.\n")
        .file("log.jsonl", "{\"id\": \"log-1\", \"text\": \"Fog.\"}\n{\"id\": \"log-2\", \"text\": \"No fog.\"}\n")
}

#[test]
fn corrections_hold_and_are_honoured_when_they_change() {
    let archive = ferries();
    let update = |sidecar: &str| {
        match sidecar {
            "" => archive.remove("files/dateline.toml"),
            sidecar => archive.write("files/dateline.toml", sidecar),
        }
        archive.update(&["files"])
    };
    let report = update("[[correct]]\nfiles = 'a/*.txt'\ndate = 'march 1992'\nlanguage = 'fr'\n");
    assert_eq!((report.added, report.skipped, report.notes.len()), (4, 0, 0), "{report:?}");
    assert_eq!(
        dated(&archive),
        ["1.txt 1992-03 Courier", "2.txt 1992-03 COURIER", "log.jsonl none none", "log.jsonl none none"]
    );
    let document = Index::open(archive.index()).unwrap().search("first").date_report().unwrap();
    assert_eq!(document.documents[0].dated.rivals[0].date.to_string(), "1992-02-26");

    // Only what something else is said of is read again.
    let report = update("[[correct]]\nfiles = 'a/2.txt'\ndate = 1993\n[[correct]]\nid = 'log-2'\ndate = 1994-05-06\n");
    assert_eq!((report.changed, report.unchanged, report.notes.len()), (4, 0, 0), "{report:?}");
    let after = ["1.txt 1992-02-26 Courier", "2.txt 1993 COURIER", "log.jsonl 1994-05-06 none", "log.jsonl none none"];
    assert_eq!(dated(&archive), after);
    let report = archive.update(&["files"]);
    assert_eq!((report.changed, report.unchanged, report.notes.len()), (0, 4, 0), "{report:?}");
    // The same words elsewhere in the file change nothing.
    let report =
        update("# kept\n\n[[correct]]\nid = 'log-2'\ndate = 1994-05-06\n[[correct]]\npath = 'a/2.txt'\ndate = 1993\n");
    assert_eq!((report.changed, report.unchanged), (0, 4), "{report:?}");
    assert_eq!(dated(&archive), after);

    let report = update("[aliases]\n'The Courier' = ['Courier']\n");
    assert_eq!(report.changed, 4, "{report:?}");
    let after =
        ["1.txt 1992-02-26 The Courier", "2.txt none The Courier", "log.jsonl none none", "log.jsonl none none"];
    assert_eq!(dated(&archive), after);
    let report = update("");
    assert_eq!(report.changed, 4, "{report:?}");
    assert!(dated(&archive).contains(&"2.txt none COURIER".to_string()));
}

#[test]
fn wrong_corrections_are_told_with_their_line_and_stop_nothing() {
    let archive = ferries();
    archive.write(
        "files/dateline.toml",
        "[[correct]]\nfiles = 'b/*'\ndate = 1992\n[[correct]]\nid = 'log-7'\nsorce = 'x'\nsource = 'X'\n\
         [[correct]]\npath = 'a/2.txt'\ndate = 'soon'\nsource = 'Gazette'\n",
    );
    let run = archive.run(&["index", "files"]).exits(0).prints("4 added");
    let run =
        run.says("dateline.toml: line 1: nothing matches \"b/*\"").says("line 4: no document has the id \"log-7\"");
    run.says("line 6: \"sorce\" means nothing here: did you mean source?").says("line 10: \"soon\" names no day");
    assert!(dated(&archive).contains(&"2.txt none Gazette".to_string()), "{:?}", dated(&archive));
    archive.run(&["inspect", "files"]).exits(0).prints("Gazette").prints("dateline.toml line 8, instead of");

    // What is no TOML at all would be half of the corrections: nothing is changed.
    archive.write("files/dateline.toml", "[[correct]]\nfiles = 'a/*'\ndate = 26 February\n");
    archive.run(&["index", "files"]).exits(2).complains_in_one_line("dateline.toml: line 3: ");
    archive.run(&["index", "files", "--rebuild"]).exits(2);
    assert!(dated(&archive).contains(&"2.txt none Gazette".to_string()));
    archive.run(&["inspect", "files"]).exits(1).says("dateline.toml: line 3: ");
}

#[test]
fn the_beginning_of_corrections_is_read_back() {
    let archive = doubtful().indexed();
    let stub = archive.run(&["dates", "--doubtful", "--as-corrections"]).exits(0).out;
    archive.write("files/dateline.toml", &stub);
    let report = archive.update(&["files"]);
    assert_eq!((report.unchanged, report.notes.len()), (5, 0), "{stub}");
    // As a person would fill it in.
    let (before, after) = stub.split_once("# date = \"1994-05-01\"").unwrap();
    archive.write("files/dateline.toml", format!("{before}date = \"1994-05-01\"{after}"));
    assert_eq!(archive.update(&["files"]).changed, 1);
    archive.run(&["dates", "--doubtful"]).exits(0).says("3 documents");
    archive.run(&["dates", "--rule", "corrected"]).exits(0).prints("dateline.toml line").prints("conflict.html");
}

#[test]
fn sources_that_look_alike_are_shown_as_aliases_to_be_pasted() {
    let line = |source: &str| format!("{{\"source\": \"{source}\", \"text\": \"The ferry of {source}.\"}}\n");
    let names = ["Le Monde", "Le Monde", "LE MONDE", "lemonde.fr", "TNA", "Tidewater News Agency", "Courier"];
    let archive = Archive::new().file("a.jsonl", names.map(line).concat()).indexed();
    let shown = archive.run(&["sources"]).exits(0);
    let shown = shown.prints("\"Le Monde\" = [\"LE MONDE\", \"lemonde.fr\"]");
    let (_, section) = shown.out.split_once("[aliases]").unwrap();
    archive.write("files/dateline.toml", format!("[aliases]{section}"));
    archive.run(&["index", "files"]).exits(0).prints("7 changed");
    let merged = archive.run(&["sources", "--format", "json"]).json();
    assert_eq!((merged["sources"].as_array().unwrap().len(), &merged["alike"]), (3, &serde_json::json!([])));
    assert_eq!((&merged["sources"][0]["value"], &merged["sources"][0]["documents"]), (&"Le Monde".into(), &4.into()));
}

#[test]
fn the_encoding_is_told_with_how_it_is_known() {
    let russian = b"\xd1\xe5\xe3\xee\xe4\xed\xff \xe2 \xe3\xee\xf0\xee\xe4\xe5 \xee\xf2\xea\xf0\xfb\xeb\xe8 \xec\xee\xf1\xf2 \xf7\xe5\xf0\xe5\xe7 \xf0\xe5\xea\xf3.";
    let archive = Archive::new()
        .file("a.txt", russian)
        .file("b.txt", b"na\xc3\xafve caf\xc3\xa9s, d\xc3\xa9j\xc3\xa0 \xe2\x80\x93 \xe2\x80\x93 \xff");
    archive
        .run(&["inspect", "files"])
        .exits(0)
        .prints("windows-1251 (guessed)")
        .prints("UTF-8 (guessed), 1 character unreadable");
    let lines = archive.run(&["inspect", "files", "--format", "jsonl"]).exits(0).jsonl();
    assert_eq!((&lines[0]["encoding_certainty"], &lines[0]["unreadable"]), (&"guessed".into(), &0.into()));
    assert_eq!(&lines[1]["unreadable"], &1);
}

#[test]
fn what_a_rule_leaves_out_is_counted_and_can_be_seen() {
    let mail = "From: Clerk <clerk@mill.example>\nDate: Tue, 17 Jul 2012 12:00:00 +0000\nSubject: Ducks\nMIME-Version: 1.0\n\
        Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease use a reader that shows HTML.\n\
        --b\nContent-Type: text/html\n\n<p>The ducks of the pond were counted twice by the clerk and by the verger.</p>\n--b--\n";
    let archive = Archive::new().file("a.eml", mail.as_bytes()).indexed();
    archive.run(&["search", "verger"]).exits(0).prints("counted twice");
    archive.run(&["inspect", "files"]).exits(0).prints("left out").prints("other form of the text 1");
    archive.run(&["inspect", "files", "--left-out"]).exits(0).prints("Please use a reader that shows HTML.");
    let lines = archive.run(&["inspect", "files", "--format", "jsonl"]).exits(0).jsonl();
    assert_eq!(&lines[0]["metadata"]["left_out"], "other form of the text 1");
}

#[test]
fn a_records_own_fields_are_shown() {
    let rows = "Titel;Datum;Text;Ressort\nDucks;2014-03-04;The ducks of the pond were counted twice.;Village\n";
    let archive = Archive::new().file("rows.csv", rows.as_bytes()).indexed();
    archive.run(&["search", "ducks"]).exits(0).prints("4 Mar 2014");
    archive.run(&["inspect", "files"]).exits(0).prints("Ressort: Village");
}
