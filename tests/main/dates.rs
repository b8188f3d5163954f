//! Dates as people type them and as documents have them, to the last day of a range.

use dateline::{Date, Document, ErrorKind, Index, Precision, Sort, Unit, parse_dates};

use crate::support::{Archive, Run, in_memory, today};

fn dated(id: &str, date: &str) -> Document {
    let document = Document::new(id, format!("The ferry {id} sails."));
    match date {
        "" => document,
        date => document.date(date.parse().unwrap()),
    }
}

fn archive() -> Index {
    in_memory([
        dated("first", "1992-02-26"),
        dated("second", "1992-02-29"),
        dated("month", "1992-02"),
        dated("march", "1992-03-01"),
        dated("year", "1992"),
        dated("later", "1993-01-01"),
        dated("none", ""),
    ])
}

/// The ids found under these dates, oldest first.
fn on(index: &Index, dates: &str) -> String {
    let range = parse_dates(dates, today()).unwrap().range;
    let results = index.search("ferry").dates(range).sort(Sort::Oldest).run().unwrap();
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(results.undated_left_out, 1, "{dates}");
    ids.join(" ")
}

#[test]
fn both_ends_of_a_range_are_in_it_and_coarse_dates_are_found_if_they_may_be() {
    let index = archive();
    let cases = [
        ("1992-02-26", "year month first"),
        ("1992-02-27", "year month"),
        ("1992-02", "year month first second"),
        ("1992-02-29..1992-03-01", "year month second march"),
        ("..1992-02-28", "year month first"),
        ("1992-03", "year march"),
        ("since 1992-03", "year march later"),
        ("before 1993", "year month first second march"),
        ("after 1992", "later"),
        ("1993", "later"),
        ("1991", ""),
        ("1992..1993", "year month first second march later"),
    ];
    for (dates, wanted) in cases {
        let mut found: Vec<_> = on(&index, dates).split_whitespace().map(str::to_owned).collect();
        let mut wanted: Vec<_> = wanted.split_whitespace().map(str::to_owned).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{dates}");
    }
}

#[test]
fn the_same_dates_mean_the_same_in_the_question_and_beside_it() {
    let index = archive();
    for dates in ["1992-02-26", "1992-02", "1992-02-29..1992-03-01", "..1992-02-28", "1993.."] {
        let inside = index.search(format!("ferry date:{dates}").as_str()).sort(Sort::Oldest).run().unwrap();
        let inside: Vec<&str> = inside.hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(inside.join(" "), on(&index, dates), "{dates}");
    }
}

#[test]
fn what_people_type_is_a_range_of_days() {
    let cases = [
        ("1992", "1992-01-01..1992-12-31"),
        ("feb 1992", "1992-02-01..1992-02-29"),
        ("26 February 2023", "2023-02-26"),
        ("26.2.1992", "1992-02-26"),
        ("last month", "2026-10-01..2026-10-31"),
        ("yesterday", "2026-11-21"),
        ("since 2024", "2024-01-01.."),
    ];
    for (typed, wanted) in cases {
        assert_eq!(parse_dates(typed, today()).unwrap().range.to_string(), wanted, "{typed}");
    }
    for nonsense in ["", "  ", "nonsense", "2024-02-31", "1992-13", "..", "99999999999"] {
        match parse_dates(nonsense, today()) {
            Err(error) => assert_eq!(error.kind(), ErrorKind::Date, "{nonsense:?}"),
            Ok(read) => assert!(nonsense == ".." && read.range.is_all(), "{nonsense:?} is {}", read.range),
        }
    }
}

#[test]
fn days_long_before_the_epoch_filter_sort_and_count_like_any_other() {
    let index = in_memory([
        dated("hastings", "1066-10-14"),
        dated("charter", "1215-06"),
        dated("early", "0079-08-24"),
        dated("modern", "2026-01-01"),
        dated("none", ""),
    ]);
    let order = |sort| -> Vec<String> {
        index.search("ferry").sort(sort).run().unwrap().hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(order(Sort::Oldest), ["early", "hastings", "charter", "modern", "none"]);
    assert_eq!(order(Sort::Newest), ["modern", "charter", "hastings", "early", "none"]);
    assert_eq!(on_any(&index, "1066"), ["hastings"]);
    assert_eq!(on_any(&index, "..1300"), ["charter", "early", "hastings"]);
    assert_eq!(on_any(&index, "1215-06-15"), ["charter"]);
    let timeline = index.search("ferry").timeline(Unit::Year).unwrap();
    let drawn: u64 = timeline.buckets.iter().map(|bucket| bucket.documents).sum();
    assert_eq!((drawn, timeline.undated, timeline.total), (4, 1, 5));
    assert_eq!(timeline.buckets[0].label, "0079");
    assert!(timeline.buckets.iter().any(|bucket| bucket.label == "1066" && bucket.documents == 1));
    let info = index.info().unwrap();
    assert_eq!(info.first.unwrap().to_string(), "0079-08-24");
}

fn on_any(index: &Index, dates: &str) -> Vec<String> {
    let range = parse_dates(dates, today()).unwrap().range;
    crate::support::ids(&index.search("ferry").dates(range).run().unwrap())
}

#[test]
fn a_document_keeps_how_much_of_its_date_is_known() {
    let index = archive();
    let hits = index.search("ferry").run().unwrap().hits;
    let precision = |id: &str| hits.iter().find(|hit| hit.id == id).unwrap().date_precision;
    assert_eq!(
        ["first", "month", "year", "none"].map(precision),
        [Some(Precision::Day), Some(Precision::Month), Some(Precision::Year), None]
    );
    assert_eq!("1992-02".parse::<Date>().unwrap().precision(), Precision::Month);
}

fn ferries() -> Archive {
    Archive::new()
        .file("1.txt", "Date: 26 February 1992\n\nThe first ferry.\n")
        .file("2.txt", "Date: 31 December 1993\n\nThe second ferry.\n")
        .file("3.txt", "The third ferry.\n")
        .indexed()
}

#[test]
fn ends_in_the_wrong_order_are_swapped_with_all_their_days() {
    let archive = ferries();
    let note = |run: Run| run.exits(0).says("1992-01-01..1993-12-31").says("2 documents");
    note(archive.run(&["search", "ferry", "--from", "1992", "--to", "1993"])).keeps_silent_about("note:");
    note(archive.run(&["search", "ferry", "--from", "1993", "--to", "1992"])).says("note: ");
    note(archive.run(&["search", "ferry", "--on", "1993..1992"])).says("note: ");
    note(archive.run(&["search", "ferry date:1993..1992"])).says("note: ");
    archive
        .run(&["search", "ferry", "--from", "1993-12-31", "--to", "1992-02-26"])
        .exits(0)
        .says("1992-02-26..1993-12-31")
        .says("2 documents");
}

#[test]
fn undated_documents_left_out_by_dates_are_counted_in_every_answer() {
    let archive = ferries();
    archive.run(&["search", "ferry"]).exits(0).says("3 documents").says("1 undated");
    archive.run(&["search", "ferry", "--from", "1990"]).exits(0).says("2 documents").says("1 undated left out");
    archive.run(&["timeline", "ferry"]).exits(0).says("3 documents · 1 undated");
    archive.run(&["sources", "ferry"]).exits(0).says("1 undated");
}

#[test]
fn ranges_that_share_no_day_are_an_error_that_says_so() {
    ferries()
        .run(&["search", "ferry", "--on", "1992", "--from", "1993"])
        .exits(2)
        .complains_in_one_line("no day is both");
}
