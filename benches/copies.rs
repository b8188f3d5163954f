//! How many copies are found, and how many that are none.
//!
//! Takes `--count` documents (2,500 unless set) of a file of JSON Lines with `id`, `date` and `text`, and makes copies
//! of a third of them, as far apart from their originals as copies in the press are: cut to 30 %, embedded in the text
//! of a document that is not in the archive, or with 20 % of their words edited. Prints recall and precision over pairs
//! of an original and its copy. Pairs of documents that have a text in common by nature count for neither. With
//! `--show 1` it names what was missed, and what is wrong.
//!
//! ```sh
//! cargo run --profile dist --example copies -- --docs senate.jsonl
//! ```

mod options;
#[path = "archive/random.rs"]
mod random;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use dateline::{Date, Document, Index};

use options::Options;
use random::Random;

/// Originals and strangers share no more of their runs of five words than this, in hundredths.
const NATURAL: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read()?;
    let docs = options.required("docs")?;
    let count: usize = options.number("count", 2500)?;
    let mut random = Random::new(options.number("seed", 1)?);

    let mut all: Vec<(Date, String)> = Vec::new();
    for line in BufReader::new(File::open(docs)?).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        let date = record["date"].as_str().and_then(|date| date.parse().ok());
        if let Some(date) = date.filter(|_| text.split_whitespace().count() >= 100) {
            all.push((date, text.to_string()));
        }
    }
    random.shuffle(&mut all);
    let (archive, strangers) = all.split_at(count.min(all.len() / 2));

    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for (number, (date, text)) in archive.iter().enumerate() {
        writer.add(Document::new(format!("{number}"), text).date(*date))?;
    }
    let kinds: [(&str, Edit); 3] = [("cut to 30 %", cut), ("embedded", embedded), ("20 % of words edited", edited)];
    let mut copies: BTreeMap<usize, &str> = BTreeMap::new();
    for (number, (date, text)) in archive.iter().enumerate().take(count / 3) {
        let (name, edit) = kinds[number % kinds.len()];
        let copy = edit(text, &strangers[number].1, &mut random);
        writer.add(Document::new(format!("{number}c"), copy).date(date.plus_days(1 + random.below(20) as i32)))?;
        copies.insert(number, name);
    }
    let start = Instant::now();
    writer.commit()?;
    eprintln!("committed in {:.2} s", start.elapsed().as_secs_f64());

    // A copy may also share what the original, or the text around it, shares with others by nature.
    let texts: Vec<&str> = archive.iter().chain(&strangers[..copies.len()]).map(|(_, text)| text.as_str()).collect();
    let natural = natural(&texts);
    let of_nature = |one: &str, other: &str| {
        let texts = |id: &str| match id.strip_suffix('c').map(|number| (number, number.parse::<usize>())) {
            Some((number, Ok(at))) => vec![number.parse().unwrap_or_default(), archive.len() + at],
            _ => vec![id.parse::<usize>().unwrap_or_default()],
        };
        let (ours, theirs) = (texts(one), texts(other));
        ours.iter().any(|one| theirs.iter().any(|other| natural.contains(&(*one.min(other), *one.max(other)))))
    };
    let mut found: HashMap<&str, usize> = HashMap::new();
    let (mut right, mut wrong) = (0, 0);
    let report = index.search("").limit(usize::MAX).copies(usize::MAX).copy_report()?;
    let mut told: HashSet<usize> = HashSet::new();
    for story in &report.listed {
        let ids: Vec<&str> = std::iter::once(&story.lead.id)
            .chain(story.copies.iter().map(|copy| &copy.id))
            .map(String::as_str)
            .collect();
        for copy in ids.iter().filter_map(|id| id.strip_suffix('c')) {
            let number: usize = copy.parse()?;
            if ids.contains(&copy) && told.insert(number) {
                right += 1;
                *found.entry(copies[&number]).or_default() += 1;
            }
        }
        for copy in &ids[1..] {
            let same = ids[0].trim_end_matches('c') == copy.trim_end_matches('c');
            if !same && !of_nature(ids[0], copy) {
                wrong += 1;
                if options.get("show").is_some() {
                    println!("wrong: {} {copy}", ids[0]);
                }
            }
        }
    }
    if options.get("show").is_some() {
        for (number, kind) in copies.iter().filter(|(number, _)| !told.contains(number)) {
            println!("missed: {number}, {kind}, {} words", archive[*number].1.split_whitespace().count());
        }
    }
    for (name, _) in kinds {
        let all = copies.values().filter(|kind| **kind == name).count();
        println!("{name:<22} {:>4} of {all}", found.get(name).copied().unwrap_or_default());
    }
    println!("recall                 {:.3}", right as f64 / copies.len() as f64);
    println!("precision              {:.3}", right as f64 / (right + wrong).max(1) as f64);
    Ok(())
}

type Edit = fn(&str, &str, &mut Random) -> String;

fn cut(text: &str, _: &str, _: &mut Random) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words[..words.len() * 3 / 10].join(" ")
}

fn embedded(text: &str, stranger: &str, random: &mut Random) -> String {
    let words: Vec<&str> = stranger.split_whitespace().collect();
    let at = random.below(words.len());
    format!("{}\n\n{text}\n\n{}", words[..at].join(" "), words[at..].join(" "))
}

fn edited(text: &str, stranger: &str, random: &mut Random) -> String {
    let others: Vec<&str> = stranger.split_whitespace().collect();
    let edit = |word: &str, random: &mut Random| {
        let other = random.of(&others);
        match random.below(15) {
            // A word put in, left out or replaced: one in five, each as often as the others.
            0 => format!("{word} {other}"),
            1 => String::new(),
            2 => other.to_string(),
            _ => word.to_string(),
        }
    };
    text.split_whitespace().map(|word| edit(word, random)).collect::<Vec<_>>().join(" ")
}

/// Pairs of texts that share some before any of them is copied, told by all runs of five words.
fn natural(texts: &[&str]) -> HashSet<(usize, usize)> {
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    let mut runs = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let own: BTreeSet<String> = words.windows(5).map(|run| run.join(" ")).collect();
        runs.push(own.len());
        own.into_iter().for_each(|run| holders.entry(run).or_default().push(number));
    }
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for documents in holders.values() {
        for (at, one) in documents.iter().enumerate() {
            for other in &documents[at + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let much = |&((one, other), shared): &((usize, usize), usize)| shared * 100 >= NATURAL * runs[one].min(runs[other]);
    shared.into_iter().filter(much).map(|(pair, _)| pair).collect()
}
