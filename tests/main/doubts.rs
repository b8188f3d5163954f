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
    archive.run(&["dates", "nothing of the kind"]).exits(1);
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
    let count = |args: &[&str]| archive.run(&[&["search", "ferry", "--format", "json", "-q"], args].concat()).json();
    for (dates, overlap, certain) in
        [("1066-10-14", 3, 1), ("1066-10", 3, 2), ("1066", 3, 3), ("1066-10-14..1067", 3, 1), ("1067", 0, 0)]
    {
        assert_eq!(count(&["--on", dates])["total"], overlap, "{dates}");
        assert_eq!(count(&["--on", dates, "--certain"])["total"], certain, "{dates}");
    }
    archive.run(&["timeline", "ferry", "--on", "1066-10", "--certain"]).exits(0).says("2 documents").says("certainly");
    // What is certainly not of October is neither of it nor of a year that has it.
    assert_eq!(count(&["-date:1066-10-14", "--certain"])["total"], 0);
}
