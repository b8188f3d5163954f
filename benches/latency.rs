//! How long answers take, for a comparison with other engines.
//!
//! Reads questions (`--queries`: JSON lines with `class`, `op`, `terms`, `from`, `to`), asks each of them once to warm
//! up and then `--reps` times, and writes the middle time of each and its ten documents to `--out`. With `--mode ids`
//! no text is read; with `--mode snippets` each document comes with its best passage and highlights. Kinds of questions
//! that dateline does not have are left out of the answer.
//!
//! ```sh
//! cargo run --profile dist --example latency -- --index index --queries queries.jsonl --mode snippets --out times.json
//! ```

mod options;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter};
use std::time::Instant;

use dateline::{Date, DateRange, Form, Index, Matching, Node, Query, Unit};
use serde::{Deserialize, Serialize};

use options::Options;

type Failed = Box<dyn Error>;

#[derive(Deserialize)]
struct Question {
    class: String,
    op: String,
    terms: Vec<String>,
    from: Option<String>,
    to: Option<String>,
}

/// What is measured of one class of questions; times are in microseconds.
#[derive(Default, Serialize)]
struct Measured {
    us: Vec<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cpu_us: Vec<f64>,
    top: Vec<Vec<String>>,
}

fn main() -> Result<(), Failed> {
    let options = Options::read()?;
    let (repetitions, seconds) = (options.number("reps", 5)?, options.number("max-s", 20.0)?);
    let mode = options.get("mode").unwrap_or("ids");
    let passages = usize::from(mode == "snippets");

    let index = Index::open(options.required("index")?)?;
    let mut classes: BTreeMap<String, Vec<Question>> = BTreeMap::new();
    for line in BufReader::new(File::open(options.required("queries")?)?).lines() {
        let question: Question = serde_json::from_str(&line?)?;
        classes.entry(question.class.clone()).or_default().push(question);
    }
    let mut measured = BTreeMap::new();
    for (class, questions) in classes {
        if let Some(result) = measure(&index, &questions, passages, repetitions, seconds)? {
            measured.insert(class, result);
        }
    }
    let report = serde_json::json!({ "peer": "dateline", "mode": mode, "classes": measured });
    serde_json::to_writer(BufWriter::new(File::create(options.required("out")?)?), &report)?;
    Ok(())
}

/// One class, warm; `None` where dateline has no such question.
fn measure(
    index: &Index,
    questions: &[Question],
    passages: usize,
    repetitions: u32,
    seconds: f64,
) -> Result<Option<Measured>, Failed> {
    let mut result = Measured::default();
    let start = Instant::now();
    for question in questions {
        let Some(ids) = answer(index, question, passages)? else { return Ok(None) };
        result.top.push(if question.op == "hist" { ids } else { own(index, ids)? });
        if start.elapsed().as_secs_f64() > seconds {
            break;
        }
    }
    let mut times = vec![(Vec::new(), Vec::new()); result.top.len()];
    let start = Instant::now();
    for repetition in 0..repetitions {
        if repetition > 0 && start.elapsed().as_secs_f64() > seconds {
            break;
        }
        for (question, (wall, processor)) in questions.iter().zip(&mut times) {
            let (before, busy) = (Instant::now(), processor_time());
            black_box(answer(index, question, passages)?);
            if let (Some(busy), Some(now)) = (busy, processor_time()) {
                processor.push(now - busy);
            }
            wall.push(before.elapsed().as_secs_f64() * 1e6);
        }
    }
    for (wall, processor) in times {
        result.us.extend(middle(wall));
        result.cpu_us.extend(middle(processor));
    }
    Ok(Some(result))
}

fn middle(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

/// The ids that records give themselves, by which other engines name them.
fn own(index: &Index, ids: Vec<String>) -> Result<Vec<String>, Failed> {
    let own = |id: String| -> Result<String, Failed> {
        Ok(index.document(&id)?.and_then(|document| document.record_id).unwrap_or(id))
    };
    ids.into_iter().map(own).collect()
}

/// From words to the ids of ten documents; for a histogram, to the number of documents counted.
fn answer(index: &Index, question: &Question, passages: usize) -> Result<Option<Vec<String>>, Failed> {
    let words = || question.terms.iter().cloned().map(Node::Word).collect();
    let (node, matching) = match question.op.as_str() {
        "term" | "and" | "hist" => (Node::Free(words()), Matching::All),
        "or" => (Node::Free(words()), Matching::Best),
        "phrase" => (Node::Phrase(question.terms.join(" ")), Matching::All),
        "prefix" => (Node::Form(Form::Wild(format!("{}*", question.terms.concat()))), Matching::All),
        "fuzzy" => (Node::Form(Form::Fuzzy(question.terms.concat(), 1)), Matching::All),
        _ => return Ok(None),
    };
    let mut search = index.search(Query::from_node(node)).matching(matching);
    // An archive with undated documents may draw an empty day for an end: such a range is none.
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    if let (Some(from), Some(to)) = (day(&question.from), day(&question.to)) {
        search = search.dates(DateRange::new(Some(from), Some(to)));
    }
    if question.op == "hist" {
        let timeline = search.timeline(Unit::Month)?;
        let counted: u64 = timeline.buckets.iter().map(|bucket| bucket.documents).sum();
        return Ok(Some(vec![counted.to_string()]));
    }
    if passages == 0 {
        return Ok(Some(search.ids()?));
    }
    let results = search.passages(passages).run()?;
    for passage in results.hits.iter().flat_map(|hit| &hit.passages) {
        black_box(passage.to_html());
    }
    Ok(Some(results.hits.into_iter().map(|hit| hit.id).collect()))
}

/// Microseconds this thread has spent on a processor, where the system tells: what a busy machine disturbs least.
#[cfg(unix)]
fn processor_time() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3)
}

#[cfg(not(unix))]
fn processor_time() -> Option<f64> {
    None
}
