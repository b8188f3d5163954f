//! The times that texts speak of, as the command prints them, and in texts that are not part of the project.

use std::path::PathBuf;

use dateline::{Corpus, DateRange, MentionContext, mentions};

use crate::support::{Archive, home, today};

/// Where those texts lie: a folder named by the environment, or beside the project.
fn texts() -> Option<PathBuf> {
    let folder =
        std::env::var_os("DATELINE_MENTION_TEXTS").map_or_else(|| home().join("../shared/data/seeds"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[test]
fn every_mention_in_five_texts_is_right() {
    let Some(folder) = texts() else {
        eprintln!("skipped: the texts are not here; DATELINE_MENTION_TEXTS names their folder");
        return;
    };
    let mut found = Vec::new();
    for document in Corpus::open(&folder).unwrap().today(today()).into_iter().filter_map(Result::ok) {
        let context = MentionContext {
            published: document.dated.date(),
            language: document.language.map(|language| language.code()),
        };
        let path = document.place.path.as_ref().unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for mention in mentions(&document.text, &context) {
            let day = |date: Option<_>| date.map_or_else(|| "-".to_owned(), |date: dateline::Date| date.to_string());
            let (first, last) = (mention.days.and_then(DateRange::first), mention.days.and_then(DateRange::last));
            let (start, end) = (mention.bytes.start, mention.bytes.end);
            let kind = mention.kind.name();
            let certainty = mention.certainty.name();
            found.push(format!(
                "{file}\t{start}\t{end}\t{kind}\t{}\t{}\t{}\t{certainty}",
                mention.value,
                day(first),
                day(last)
            ));
        }
    }
    found.sort();
    let mut gold: Vec<&str> =
        include_str!("../fixtures/mentions.tsv").lines().filter(|line| !line.starts_with('#')).collect();
    gold.sort_unstable();
    assert_eq!(found, gold);
}

#[test]
fn inspect_prints_the_times_a_text_speaks_of() {
    let archive = Archive::new();
    archive.write(
        "texts/one.jsonl",
        r#"{"doc": "fire-33", "dct": "2025-02-26", "text": "“Déjà” was said. The fire of 25-26 February 1992 is remembered; the 33rd anniversary came on Tuesday."}"#,
    );
    let line = &archive.run(&["inspect", "texts", "--format", "jsonl"]).exits(0).jsonl()[0];
    assert_eq!((line["doc"].as_str(), line["date"].as_str()), (Some("fire-33"), Some("2025-02-26")));
    let text: Vec<char> =
        "“Déjà” was said. The fire of 25-26 February 1992 is remembered; the 33rd anniversary came on Tuesday."
            .chars()
            .collect();
    let timexes = line["timexes"].as_array().unwrap();
    let shown: Vec<_> = timexes
        .iter()
        .map(|timex| {
            let at = |name: &str| usize::try_from(timex[name].as_u64().unwrap()).unwrap();
            assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), timex["text"].as_str().unwrap());
            ["type", "value", "first", "last", "certainty", "rule"]
                .map(|name| timex[name].as_str().unwrap().to_owned())
                .join(" ")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "DATE 1992-02-25 1992-02-25 1992-02-26 certain range",
            "DATE 1992-02-26 1992-02-25 1992-02-26 certain range",
            "DATE 1992-02-25 1992-02-25 1992-02-26 derived anniversary",
            "DATE 2025-02-25 2025-02-25 2025-02-25 relative weekday",
        ]
    );
}

#[test]
fn times_are_placed_in_the_text_as_it_was_handed_in() {
    let archive = Archive::new();
    let text = "\n\u{2003}\n\nThe “mill” burned on 3 May 1921, and again in June 1922.\n";
    archive.write("texts/one.jsonl", format!("{}\n", serde_json::json!({ "text": text })));
    archive.write("texts/two.txt", text);
    let headed = "date 2025-02-26 BAKU, February 26. The mill burned on 3 May 1921, and again in June 1922.";
    archive.write("texts/three.txt", headed);
    for line in archive.run(&["inspect", "texts", "--format", "jsonl"]).exits(0).jsonl() {
        let given = if line["file"].as_str().unwrap().ends_with("three.txt") { headed } else { text };
        let given: Vec<char> = given.chars().collect();
        let timexes = line["timexes"].as_array().unwrap();
        assert!(timexes.len() >= 2, "{line}");
        for timex in timexes {
            let at = |name: &str| usize::try_from(timex[name].as_u64().unwrap()).unwrap();
            assert_eq!(given[at("start")..at("end")].iter().collect::<String>(), timex["text"].as_str().unwrap());
        }
    }
}
