//! The forms that programs read: fields, types and the ranges that point into texts.

use dateline::json;
use serde_json::Value;

use crate::support::{home, sample};

#[track_caller]
fn has_fields(value: &Value, names: &[&str]) {
    for name in names {
        assert!(value.get(name).is_some(), "no {name} in {value:#}");
    }
}

fn pair(value: &Value) -> std::ops::Range<usize> {
    value[0].as_u64().unwrap() as usize..value[1].as_u64().unwrap() as usize
}

#[test]
fn an_answer_has_its_version_how_it_was_read_and_exact_counts() {
    let answer = sample(&["search", "glass museum", "--format", "json"]).exits(0).json();
    has_fields(&answer, &["version", "read_as", "matched", "notes", "total", "undated", "undated_left_out"]);
    assert_eq!((&answer["version"], &answer["total"], &answer["undated"]), (&2.into(), &3.into(), &1.into()));
    assert_eq!(answer["read_as"], "all of [glass museum]");
    let by_source: u64 =
        answer["sources"].as_array().unwrap().iter().map(|source| source["documents"].as_u64().unwrap()).sum();
    assert_eq!(by_source, 3);
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    for (hit, rank) in hits.iter().zip(1..) {
        assert_eq!(hit["rank"], rank);
        has_fields(
            hit,
            &[
                "id",
                "title",
                "date",
                "date_precision",
                "date_provenance",
                "date_candidates",
                "source",
                "source_provenance",
                "publisher",
                "agency",
                "byline",
                "lang",
                "file",
            ],
        );
    }
    // The same documents, one a line.
    let lines = sample(&["search", "glass museum", "--format", "jsonl"]).exits(0).jsonl();
    assert_eq!(&lines, hits);
}

#[test]
fn ranges_point_at_what_they_say_in_bytes_and_in_characters() {
    for query in ["museum", "digue", "пожар", "liman", "hafen", "\"sea wall\""] {
        let answer = sample(&["search", query, "--format", "json", "--passages", "3", "-n", "20"]).exits(0).json();
        let mut marks = 0;
        for passage in answer["hits"].as_array().unwrap().iter().flat_map(|hit| hit["passages"].as_array().unwrap()) {
            let text = passage["text"].as_str().unwrap();
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(pair(&passage["bytes"]).len(), text.len());
            assert_eq!(pair(&passage["chars"]).len(), chars.len());
            assert!(text.get(pair(&passage["best"])).is_some());
            for mark in passage["highlights"].as_array().unwrap() {
                let by_chars: String = chars[pair(&mark["chars"])].iter().collect();
                assert_eq!(text[pair(&mark["bytes"])], by_chars);
                marks += 1;
            }
        }
        assert!(marks > 0, "{query}");
    }
}

#[test]
fn a_passage_of_a_plain_file_is_found_in_the_file_at_its_byte_and_line() {
    let answer = sample(&["search", "melted bottle", "--format", "json", "--passages", "5"]).exits(0).json();
    let mut checked = 0;
    for hit in answer["hits"].as_array().unwrap() {
        let path = hit["file"].as_str().unwrap();
        for passage in hit["passages"].as_array().unwrap() {
            let Some(byte) = passage["file_byte"].as_u64() else { continue };
            let file = std::fs::read(path).unwrap();
            let text = passage["text"].as_str().unwrap();
            assert!(file[byte as usize..].starts_with(text.as_bytes()), "{path}");
            let line = 1 + file[..byte as usize].iter().filter(|byte| **byte == b'\n').count();
            assert_eq!(passage["line"], line, "{path}");
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn rows_have_one_line_of_names_and_one_row_a_passage() {
    let run = sample(&["search", "harbour fire", "--format", "csv", "--passages", "2", "-n", "5"]).exits(0);
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let wanted = [
        "rank",
        "date",
        "date_precision",
        "source",
        "title",
        "path",
        "member",
        "line",
        "page",
        "id",
        "passage",
        "score",
        "text",
        "url",
    ];
    assert_eq!(names, wanted);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 5 && rows.len() <= 10);
    for row in &rows {
        assert!(row[10].starts_with(&format!("{}#", &row[9])));
        assert!(!row[12].is_empty());
    }
    assert_eq!(&rows.last().unwrap()[0], "5");
}

#[test]
fn a_trec_run_has_six_columns_and_falling_scores() {
    for extra in [&[][..], &["--sort", "newest"], &["-n", "500"]] {
        let args = [&["search", "harbour", "--format", "trec", "--query-id", "q 7"][..], extra].concat();
        let run = sample(&args).exits(0);
        let mut last = f64::MAX;
        for (line, rank) in run.out.lines().zip(1..) {
            let columns: Vec<&str> = line.split(' ').collect();
            assert_eq!((columns.len(), columns[0], columns[1], columns[5]), (6, "q_7", "Q0", "dateline"), "{line}");
            assert_eq!(columns[3], rank.to_string());
            let score: f64 = columns[4].parse().unwrap();
            assert!(score <= last, "{run:#?}");
            last = score;
        }
    }
    sample(&["search", "harbour", "--format", "trec", "-n", "50"]).exits(0).prints(" tna-7790 ");
}

#[test]
fn inspecting_prints_the_fields_that_others_build_on() {
    let documents = sample(&["inspect", "corpus", "--format", "jsonl"]).exits(0).says("61 documents read").jsonl();
    assert_eq!(documents.len(), 61);
    let names = [
        "file",
        "id",
        "title",
        "date",
        "date_precision",
        "date_provenance",
        "date_candidates",
        "source",
        "source_provenance",
        "lang",
        "passages",
    ];
    for document in &documents {
        has_fields(document, &names);
        let file = document["file"].as_str().unwrap();
        assert!(home().join(file).is_file(), "{file}");
        let precision = document["date_precision"].as_str().unwrap();
        match document["date"].as_str() {
            None => assert_eq!((precision, document["date_provenance"].is_null()), ("unknown", true)),
            Some(date) => {
                let wanted = match date.len() {
                    4 => "year",
                    7 => "month",
                    _ => "day",
                };
                assert_eq!(precision, wanted, "{date}");
                has_fields(&document["date_provenance"], &["date", "rule", "place", "written"]);
            }
        }
        let mut end = 0;
        for passage in document["passages"].as_array().unwrap() {
            assert_eq!(pair(&passage["bytes"]).start, end);
            end = pair(&passage["bytes"]).end;
        }
    }
}

#[test]
fn inspecting_and_indexing_agree() {
    let inspected = sample(&["inspect", "corpus/cuttings/cuttings.jsonl", "--format", "jsonl"]).exits(0).jsonl();
    let piano = inspected.iter().find(|document| document["record_id"] == "rs-2003-44").unwrap();
    let shown = sample(&["show", "rs-2003-44", "--format", "json"]).exits(0).json();
    for field in ["title", "date", "date_provenance", "source", "source_provenance", "lang", "metadata", "line"] {
        assert_eq!(piano[field], shown[field], "{field}");
    }
    assert_eq!(shown["metadata"]["programme"], "Evening");
}

/// Writes an answer, reads it back and writes it again: the bytes are the same.
#[track_caller]
fn comes_back<T: json::Answer + serde::de::DeserializeOwned>(answer: &T) {
    let written = json::to_string(answer).unwrap();
    let read: T = json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(json::to_string(&read).unwrap(), written);
}

#[test]
fn every_answer_comes_back_from_its_json_as_it_was() {
    let index = dateline::Index::in_memory().unwrap();
    comes_back(&index.update().run(&[dateline::Corpus::open("corpus").unwrap()]).unwrap());
    for question in ["harbour fire", "\"sea wall\" )", "about:1992-02 fire", "zebra source:nobody", "incend* OR fog"] {
        let search = index.search(question).explain(true).why_empty(true).count_sources(true).passages(3).context(1);
        let results = search.clone().collapse_copies(true).limit(20).run().unwrap();
        comes_back(&results);
        comes_back(&search.clone().source_report().unwrap());
        comes_back(&search.clone().mentions_timeline(dateline::Unit::Month).unwrap());
        comes_back(&search.clone().timeline(dateline::Unit::Year).unwrap());
        comes_back(&search.clone().limit(100).date_report().unwrap());
        comes_back(&search.clone().copy_report().unwrap());
        comes_back(&search.clone().first().unwrap());
        let figures = ["83", "71"].map(dateline::Query::from);
        comes_back(&search.clone().compare(figures).unwrap());
        for hit in &results.hits {
            let document = index.document(&hit.id).unwrap().unwrap();
            comes_back(&json::DocumentReport::shown(&document, &document.passages()));
            comes_back(&json::DocumentReport::inspected(&document));
        }
    }
    let mut info = index.info().unwrap();
    info.space = Some(index.space().unwrap());
    comes_back(&info);
    let document = |id: &str| index.document(id).unwrap().unwrap();
    let (old, new) = (document("si-0112"), document("tna-7731"));
    comes_back(&json::DiffReport::new(&old, &new, &dateline::TextDiff::of(&old.text, &new.text)));
    let error = "2024-02-31".parse::<dateline::Date>().unwrap_err();
    comes_back(&json::Failure::from(&error));
    comes_back(&json::VerificationReport::default());
}

#[test]
fn an_answer_of_another_version_is_not_read() {
    let results = dateline::Index::in_memory().unwrap().search("fire").run().unwrap();
    let written = json::to_string(&results).unwrap();
    let later = written.replacen(&json::VERSION.to_string(), "99", 1);
    let error = json::from_str::<dateline::Results>(&later).unwrap_err();
    assert!(error.message().contains("version 99"), "{error}");
    assert!(json::from_str::<dateline::Results>("{}").is_err());
    assert!(json::from_str::<dateline::Timeline>(&written).is_err());
}

#[test]
fn the_library_makes_the_bytes_that_the_command_prints() {
    let printed = sample(&["search", "harbour fire", "--format", "json"]).exits(0).out;
    let results: dateline::Results = json::from_str(&printed).unwrap();
    assert_eq!(json::to_string_pretty(&results).unwrap(), printed.trim_end());
    let lines = sample(&["search", "harbour fire", "--format", "jsonl"]).exits(0).out;
    for (hit, line) in results.hits.iter().zip(lines.lines()) {
        assert_eq!(json::to_line(hit).unwrap(), line);
    }
}

#[test]
fn notes_have_a_kind_a_sentence_and_a_place_in_the_question() {
    let answer = sample(&["search", "zebra )", "--format", "json"]).exits(1).json();
    let notes = answer["notes"].as_array().unwrap();
    assert_eq!(notes[0]["kind"], "left-out");
    assert_eq!(notes[0]["message"], "a bracket that was never opened: ignored");
    assert_eq!(pair(&notes[0]["span"]), 6..7);
    let missing = notes.iter().find(|note| note["kind"] == "missing-word").unwrap();
    assert!(missing["span"].is_null() && missing["message"].as_str().unwrap().contains("zebra"));
}

#[test]
fn a_figure_points_at_its_number_and_at_what_it_counts() {
    let answer = sample(&["figures", "boats", "--format", "json"]).exits(0).json();
    has_fields(
        &answer,
        &["version", "read_as", "notes", "total", "distinct", "documents", "figures", "figures_left_out"],
    );
    for figure in answer["figures"].as_array().unwrap() {
        has_fields(figure, &["value", "high", "bound", "unit", "text", "documents", "sources", "first", "last"]);
        for passage in figure["passages"].as_array().unwrap() {
            let text = passage["text"].as_str().unwrap();
            let marked: Vec<&str> =
                passage["highlights"].as_array().unwrap().iter().map(|mark| &text[pair(&mark["bytes"])]).collect();
            assert!(marked.iter().any(|mark| mark.contains(passage["written"].as_str().unwrap())), "{passage:#}");
            assert!(marked.len() > 1, "{passage:#}");
        }
    }
}
