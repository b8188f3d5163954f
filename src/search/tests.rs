//! The same questions to both engines, and the same answers.
//!
//! A random archive goes into an index on the disk, in several segments, and into the oracle. Random questions of every
//! kind are asked of both. Answers must be equal, passages and notes included. Both engines add scores up in different
//! orders, so scores may differ by rounding, and documents with scores that close may change places.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::index::Index;
use super::request::{Request, Sort};
use super::timeline::timeline;
use super::{answer, compare, copy_report, figures, first};
use crate::answer::search::Results;
use crate::answer::timeline::Unit;
use crate::backend::reader::Backend;
use crate::document::{Document, SourceClue, SourceRule};
use crate::index::state::State;
use crate::oracle::engine::Oracle;
use crate::query::{Matching, Query, Synonyms};
use crate::text::Analyzer;
use crate::time::Date;

/// The number of questions, unless the variable sets another.
const QUESTIONS: usize = 250;
const VARIABLE: &str = "DATELINE_QUESTIONS";
const DOCUMENTS: usize = 84;
/// The share by which equal scores may differ.
const ROUNDED: f64 = 1e-4;

/// Pseudo-random numbers that are the same in every run.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

const WORDS: [&str; 44] = [
    "harbour",
    "harbours",
    "fire",
    "fires",
    "Ferry",
    "ferries",
    "boat",
    "boats",
    "mayor",
    "council",
    "night",
    "storm",
    "bread",
    "light",
    "lighthouse",
    "Réunion",
    "reunion",
    "Polish",
    "polish",
    "83",
    "71",
    "sea-wall",
    "O'Brien",
    "geese",
    "Hafen",
    "Feuer",
    "Boote",
    "Nacht",
    "incendie",
    "bateau",
    "bateaux",
    "port",
    "Zürich",
    "wall",
    "Xocalı",
    "Khojaly",
    "港口火灾",
    "港口",
    "เรือ",
    "어부들은",
    "어부",
    "năm",
    "nam",
    "Hafenfeuer",
];
const DAYS: [&str; 9] =
    ["1992-02-26", "1992-02-27", "1992-02", "1992", "1993-06-01", "2001-09", "2014-12-06", "1968-05-11", ""];
/// None of them is in very many documents, nor has a word of five characters in a script without spaces: the index would
/// take it for boilerplate when it has met it often enough, which the oracle does not.
const SPOKEN: [&str; 12] = [
    "",
    "",
    "",
    "",
    "On 26 February 1992 it was cold.",
    "Ice broke the pier on 26.02.1992, they say.",
    "In May 1968 nobody slept.",
    "Strikes of May 1968 closed every quay.",
    "Last week it rained.",
    "Rain fell last week on every roof.",
    "In 2001, again.",
    "From 28 February to 2 March 1992 and in the 1990s nothing sailed.",
];
const SOURCES: [&str; 5] = ["Courier", "Radio Skerry", "Senate/Akaka", "Senate/Byrd", ""];

pub(crate) fn document(number: usize, chance: &mut Chance) -> Document {
    let mut text = String::new();
    for paragraph in 0..1 + chance.below(4) {
        if paragraph > 0 {
            text.push_str("\n\n");
        }
        for _ in 0..1 + chance.below(4) {
            let words: Vec<&str> = (0..3 + chance.below(9)).map(|_| *chance.of(&WORDS)).collect();
            text.push_str(&words.join(" "));
            text.push_str(". ");
        }
    }
    let spoken: &str = chance.of::<&str>(&SPOKEN);
    text.push_str(spoken);
    let mut document = Document::new(format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)), text);
    if !chance.one_in(3) {
        document = document.title([*chance.of(&WORDS), *chance.of(&WORDS)].join(" "));
    }
    if !chance.one_in(9) {
        document = document.language(chance.of(&["en", "en", "en", "de", "fr"]).parse().unwrap());
    }
    if let Ok(date) = chance.of(&DAYS).parse::<Date>() {
        document = document.date(date);
    }
    let source = *chance.of(&SOURCES);
    if !source.is_empty() {
        document = document.source(source);
    }
    if chance.one_in(4) {
        let name = format!("{} {}", chance.of(&WORDS), chance.of(&["Byrd", "Aalto"]));
        document.attribution.byline = Some(SourceClue { name, rule: SourceRule::Byline, place: String::new() });
    }
    document
}

/// A copy of a document under another id, cut short or with another figure.
pub(crate) fn copy_of(original: &Document, number: usize, chance: &mut Chance) -> Document {
    let mut copy = document(number, chance);
    copy.text = match chance.below(3) {
        0 => original.text.clone(),
        1 => original.text.replace("83", "71"),
        _ => original.text.split_inclusive(". ").skip(1).collect(),
    };
    copy.language = original.language;
    copy
}

/// A change of an archive.
pub(crate) enum Change {
    Add(Box<Document>),
    Remove(String),
}

/// Some changes to the documents that there are, after which they are those of `after`.
pub(crate) fn changes(after: &mut BTreeMap<usize, Document>, chance: &mut Chance) -> Vec<Change> {
    let mut changes = Vec::new();
    for _ in 0..1 + chance.below(25) {
        let number = chance.below(60);
        if chance.one_in(3) {
            changes.extend(after.remove(&number).map(|gone| Change::Remove(gone.id)));
            continue;
        }
        let original = after.values().nth(chance.below(after.len())).filter(|_| chance.one_in(4)).cloned();
        let document = match original {
            Some(original) => copy_of(&original, number, chance),
            None => document(number, chance),
        };
        changes.push(Change::Add(Box::new(document.clone())));
        after.insert(number, document);
    }
    changes
}

/// A part of a question.
fn part(chance: &mut Chance, depth: usize) -> String {
    let word = |chance: &mut Chance| chance.of(&WORDS).to_string();
    match chance.below(if depth == 0 { 14 } else { 19 }) {
        0..=4 => word(chance),
        5 => format!("\"{} {}\"", word(chance), word(chance)),
        6 => format!("\"{} {}\"~2", word(chance), word(chance)),
        7 => format!("{}*", word(chance).chars().take(3).collect::<String>()),
        8 => format!("{}~1", word(chance)),
        9 => format!("={}", word(chance)),
        10 => format!("title:{}", word(chance)),
        11 => format!("date:{}", chance.of(&["1992", "1992-02", "1968..1993", "2001..", "1992-02-26"])),
        12 => format!("source:{}", chance.of(&["Courier", "Senate", "Byrd", "Nowhere"])),
        13 => format!("about:{}", chance.of(&["1992-02-26", "1968-05", "2001", "1992"])),
        14 => format!("({} OR {})", part(chance, depth - 1), part(chance, depth - 1)),
        15 => format!("-{}", word(chance)),
        16 => format!("{} NEAR/4 {}", word(chance), word(chance)),
        17 => format!("lang:{}", chance.of(&["en", "de", "fr"])),
        _ => format!("NOT ({} {})", word(chance), word(chance)),
    }
}

pub(crate) fn request(chance: &mut Chance) -> Request {
    let question: Vec<String> = (0..1 + chance.below(4)).map(|_| part(chance, 1)).collect();
    let today = "2026-01-01".parse().unwrap();
    let mut request = Request::of(Query::parse(&question.join(" "), today));
    request.matching = *chance.of(&[Matching::Auto, Matching::Auto, Matching::All, Matching::Best]);
    request.sort = *chance.of(&[Sort::Best, Sort::Best, Sort::Newest, Sort::Oldest]);
    request.limit = *chance.of(&[0, 1, 5, 10, 60]);
    request.offset = *chance.of(&[0, 0, 0, 3, 20]);
    request.passages = chance.below(3);
    request.context = chance.below(2);
    request.certain = chance.one_in(5);
    request.by_source = chance.one_in(2);
    request.why_empty = chance.one_in(2);
    request.explain = chance.one_in(4);
    if chance.one_in(6) {
        request.synonyms = Synonyms::parse("harbour = port\nboat = vessel = bateau\n");
    }
    request
}

/// An answer without its scores, and those.
pub(crate) fn apart(results: &Results) -> (Value, Vec<(String, f64)>) {
    let mut whole = serde_json::to_value(results).unwrap();
    let mut scores = Vec::new();
    for hit in whole["hits"].as_array_mut().unwrap() {
        scores.push((hit["id"].as_str().unwrap().to_string(), hit["score"].as_f64().unwrap()));
        for key in ["score", "scores", "rank"] {
            hit.as_object_mut().unwrap().remove(key);
        }
        for passage in hit["passages"].as_array_mut().unwrap() {
            passage.as_object_mut().unwrap().remove("score");
        }
    }
    // It holds a score.
    whole.as_object_mut().unwrap().remove("next");
    (whole, scores)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDED * a.abs().max(b.abs()).max(1.0)
}

/// Asserts that two answers are the same. Their order may differ only where scores are equal.
pub(crate) fn assert_same(disk: &Results, oracle: &Results, context: &str) {
    let ((mut disk, disk_scores), (mut oracle, oracle_scores)) = (apart(disk), apart(oracle));
    assert_eq!(disk_scores.len(), oracle_scores.len(), "{context}");
    for (a, b) in disk_scores.iter().zip(&oracle_scores) {
        assert!(close(a.1, b.1), "{context}: scores {disk_scores:?} {oracle_scores:?}");
    }
    // Any of the documents that tie with the last one may be shown.
    let last = disk_scores.last().map_or(0.0, |(_, score)| *score);
    let sure: BTreeSet<&String> =
        disk_scores.iter().filter(|(_, score)| !close(*score, last)).map(|(id, _)| id).collect();
    let by_id = |whole: &mut Value| {
        let hits: Vec<Value> = std::mem::take(whole["hits"].as_array_mut().unwrap());
        let mut hits: Vec<Value> =
            hits.into_iter().filter(|hit| sure.contains(&hit["id"].as_str().unwrap().to_string())).collect();
        hits.sort_by_key(|hit| hit["id"].to_string());
        hits
    };
    assert_eq!(by_id(&mut disk), by_id(&mut oracle), "{context}");
    assert_eq!(disk, oracle, "{context}");
}

/// The first place in which two values differ, with what stands there.
fn difference(one: &Value, other: &Value) -> Option<String> {
    let below = |name: String, one: Option<&Value>, other: Option<&Value>| match (one, other) {
        (Some(one), Some(other)) => difference(one, other).map(|rest| format!("/{name}{rest}")),
        (one, other) => (one != other).then(|| format!("/{name}: {one:?}\n{other:?}")),
    };
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            a.keys().chain(b.keys()).find_map(|key| below(key.clone(), a.get(key), b.get(key)))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            (0..a.len()).find_map(|at| below(at.to_string(), a.get(at), b.get(at)))
        }
        (one, other) => (one != other).then(|| format!(": {one}\n{other}")),
    }
}

/// Asserts that two engines give the same answers of every kind.
pub(crate) fn assert_same_others<A: Backend, B: Backend>(request: &Request, one: &A, other: &B, context: &str) {
    let queries = [Query::from("boats"), Query::from("fire")];
    let differs = difference(&other_answers(request, one, &queries), &other_answers(request, other, &queries));
    assert_eq!(differs, None, "{context}");
}

/// The answers of an engine to one request, of every kind.
pub(crate) fn other_answers<B: Backend>(request: &Request, backend: &B, queries: &[Query]) -> Value {
    let analyzer = &mut Analyzer::for_questions();
    let unit = [Unit::Year, Unit::Month, Unit::Week, Unit::Day][request.limit % 4];
    let split = Request { split: Some(request.limit % 4), shares: request.offset == 0, ..request.clone() };
    let timeline = timeline(&split, backend, analyzer, unit, true).unwrap();
    let dates = answer::date_report(request, backend, analyzer).unwrap();
    let unranked = Request { passages: 0, ..request.clone() };
    let first = first::first(&unranked, backend, analyzer).unwrap();
    let compared = compare::compare(&unranked, backend, analyzer, queries).unwrap();
    // These read many texts, so they are asked for now and then.
    let reports = request.explain.then(|| {
        let collapsed = Request { collapse: true, copies: usize::MAX, ..request.clone() };
        let copies = copy_report::copy_report(&collapsed, backend, analyzer).unwrap();
        let figures = figures::figures(&collapsed, backend, analyzer).map_err(|error| error.to_string());
        json!({ "copies": copies, "figures": figures })
    });
    let mut ids = answer::ids(&Request { sort: Sort::Oldest, ..request.clone() }, backend, analyzer).unwrap();
    ids.sort();
    json!({ "timeline": timeline, "dates": dates, "first": first, "compared": compared, "reports": reports, "ids": ids })
}

#[test]
fn the_index_on_the_disk_and_the_oracle_give_the_same_answers() {
    let questions = std::env::var(VARIABLE).ok().and_then(|count| count.parse().ok()).unwrap_or(QUESTIONS);
    let chance = &mut Chance(2022);
    let mut documents: Vec<Document> = Vec::new();
    for number in 0..DOCUMENTS {
        let original = documents.get(chance.below(number)).filter(|_| chance.one_in(3));
        let document = match original {
            Some(original) => copy_of(original, number, chance),
            None => document(number, chance),
        };
        documents.push(document);
    }
    let index = Index::in_memory().unwrap();
    for some in documents.chunks(DOCUMENTS / 3) {
        let mut writer = index.writer().unwrap();
        some.iter().for_each(|document| writer.add(document.clone()).unwrap());
        writer.commit().unwrap();
    }
    index.reload().unwrap();
    let disk = State::of(index.engine.disk("").unwrap()).unwrap();
    let oracle = Oracle::of(documents);
    let (mut found, mut empty) = (0, 0);
    for number in 0..questions {
        let request = Request { collapse: chance.one_in(2), ..request(chance) };
        let context = format!("question {number}: {} {:?}", request.query, request.sort);
        let run = |backend: &dyn Fn(&mut Analyzer) -> Results| backend(&mut Analyzer::for_questions());
        let by_disk = run(&|analyzer| answer::run(&request, &disk, analyzer).unwrap());
        let by_oracle = run(&|analyzer| answer::run(&request, &oracle, analyzer).unwrap());
        assert_same(&by_disk, &by_oracle, &context);
        assert_same_others(&request, &disk, &oracle, &context);
        if by_disk.total == 0 { empty += 1 } else { found += 1 }
    }
    assert!(found > questions / 3 && empty > questions / 50, "questions find something, and nothing: {found} {empty}");
}

#[test]
fn a_loose_phrase_of_many_words_is_bounded_alike_and_says_so() {
    let text = "harbour ".repeat(80);
    let documents = || (0..2).map(|number| Document::new(format!("d{number}"), format!("{text}harbours.")));
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    documents().for_each(|document| writer.add(document).unwrap());
    writer.commit().unwrap();
    index.reload().unwrap();
    let (disk, oracle) = (State::of(index.engine.disk("").unwrap()).unwrap(), Oracle::of(documents()));
    // A pattern whose words are those of others too makes it work to tell which has which.
    let phrase = |words: usize| format!("\"{}harbou*\"~9", "harbour ".repeat(words - 1));
    let today = "2026-01-01".parse().unwrap();
    for (words, is_cut) in [(3, false), (12, false), (32, true)] {
        let request = Request::of(Query::parse(&phrase(words), today));
        let by_disk = answer::run(&request, &disk, &mut Analyzer::for_questions()).unwrap();
        let by_oracle = answer::run(&request, &oracle, &mut Analyzer::for_questions()).unwrap();
        assert_same(&by_disk, &by_oracle, &format!("{words} words"));
        assert_eq!(by_disk.total, 2);
        let says_so = by_disk.notes.iter().any(|note| note.message.contains("only the first"));
        assert_eq!(says_so, is_cut, "{words}: {:?}", by_disk.notes);
    }
}

#[test]
fn words_are_offered_by_the_documents_that_are_still_there() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, text) in [("a", "fern fern"), ("b", "fern ferry"), ("c", "fern ferret"), ("d", "ferry"), ("e", "ferrule")]
    {
        writer.add(Document::new(id, text)).unwrap();
    }
    writer.commit().unwrap();
    assert_eq!(index.words_from("fer", 2).unwrap(), ["fern", "ferry"]);
    ["a", "b", "c"].into_iter().for_each(|id| writer.remove(id));
    writer.commit().unwrap();
    assert_eq!(index.words_from("fer", 5).unwrap(), ["ferrule", "ferry"]);
}
