//! How much of a question the shown text shows.
//!
//! Asks each question (`--queries`: JSON lines with `class` and `terms`) as a best match and looks at the ten best
//! documents: what share of the inverse document frequency that the best possible passage of a document covers is
//! covered by the passage shown, and by the sentences shown of it where room is short. A question's word counts as
//! covered where a highlight stands on it or on a word with the same beginning.
//!
//! ```sh
//! cargo run --profile dist --example snippets -- --index index --queries queries.jsonl --n 1000
//! ```

mod options;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;

use dateline::{Excerpt, Index, Matching, Node, Query};
use serde::Deserialize;

use options::Options;

type Failed = Box<dyn Error>;

#[derive(Deserialize)]
struct Question {
    class: String,
    terms: Vec<String>,
}

/// Sums over the documents of a class.
#[derive(Default)]
struct Covered {
    documents: usize,
    passage: f64,
    shown: f64,
    bytes: usize,
}

fn main() -> Result<(), Failed> {
    let options = Options::read()?;
    let most: usize = options.number("n", 1000)?;

    let index = Index::open(options.required("index")?)?;
    let documents = index.info()?.documents as f64;
    let mut known = HashMap::new();
    let mut classes: BTreeMap<String, Covered> = BTreeMap::new();
    for line in BufReader::new(File::open(options.required("queries")?)?).lines().take(most) {
        let question: Question = serde_json::from_str(&line?)?;
        let mut weighed: Vec<(String, f64)> = Vec::new();
        for term in &question.terms {
            let word = term.to_lowercase();
            if weighed.iter().all(|(other, _)| *other != word) {
                let weight = match known.get(&word) {
                    Some(weight) => *weight,
                    None => weight(&index, &word, documents)?,
                };
                known.insert(word.clone(), weight);
                weighed.push((word, weight));
            }
        }
        let nodes = weighed.iter().map(|(word, _)| Node::Word(word.clone())).collect();
        let query = Query::from_node(Node::Free(nodes));
        let results = index.search(query).matching(Matching::Best).limit(10).passages(1_000).run()?;
        let sums = classes.entry(question.class).or_default();
        for hit in results.hits {
            let whole = |excerpt: &Excerpt| mass(excerpt, &[Range { start: 0, end: excerpt.text.len() }], &weighed);
            let best = hit.passages.iter().map(whole).fold(0.0, f64::max);
            let Some(first) = hit.passages.first().filter(|_| best > 0.0) else { continue };
            let shown: Vec<Range<usize>> = std::iter::once(&first.best).chain(&first.also).cloned().collect();
            sums.documents += 1;
            sums.passage += whole(first) / best;
            sums.shown += mass(first, &shown, &weighed) / best;
            sums.bytes += shown.iter().map(Range::len).sum::<usize>();
        }
    }
    println!("{:20} {:>9} {:>9} {:>9} {:>9}", "class", "documents", "passage", "shown", "bytes");
    let mut all = Covered::default();
    for (class, sums) in &classes {
        print(class, sums);
        all.documents += sums.documents;
        all.passage += sums.passage;
        all.shown += sums.shown;
        all.bytes += sums.bytes;
    }
    print("all", &all);
    Ok(())
}

fn print(class: &str, sums: &Covered) {
    let each = sums.documents.max(1) as f64;
    let (passage, shown) = (sums.passage / each, sums.shown / each);
    println!("{class:20} {:9} {passage:9.4} {shown:9.4} {:9}", sums.documents, sums.bytes / sums.documents.max(1));
}

/// What a word tells: its inverse document frequency, as BM25 has it.
fn weight(index: &Index, word: &str, documents: f64) -> Result<f64, Failed> {
    let query = Query::from_node(Node::Word(word.to_string()));
    let with = index.search(query).limit(0).run()?.total as f64;
    Ok((1.0 + (documents - with + 0.5) / (with + 0.5)).ln())
}

/// What the highlights within some ranges of a passage cover.
fn mass(excerpt: &Excerpt, ranges: &[Range<usize>], weighed: &[(String, f64)]) -> f64 {
    let mut covered = vec![false; weighed.len()];
    for highlight in &excerpt.highlights {
        let inside = |range: &Range<usize>| range.start <= highlight.bytes.start && highlight.bytes.end <= range.end;
        if let Some(marked) = excerpt.text.get(highlight.bytes.clone()).filter(|_| ranges.iter().any(inside)) {
            let marked = marked.to_lowercase();
            for ((word, _), covered) in weighed.iter().zip(&mut covered) {
                *covered |= same_beginning(word, &marked);
            }
        }
    }
    weighed.iter().zip(covered).filter(|(_, covered)| *covered).map(|((_, weight), _)| weight).sum()
}

/// Whether two words differ at most in their last letters.
fn same_beginning(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    a == b || same >= 3 && same + 3 >= a.len().min(b.len())
}
