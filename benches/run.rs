//! Answers to a whole set of topics, as scoring programs want them.
//!
//! Reads topics (`--topics`: a number, a tab, the question) and writes a TREC run of `--k` documents each to `--out`.
//! Every topic is asked as a best match, ordered as a person would see it: the first 48 by their passages too.
//!
//! ```sh
//! cargo run --profile dist --example run -- --index index --topics topics.tsv --k 1000 --out run.txt
//! ```

mod options;

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use dateline::{Index, Matching, Node, Query};

use options::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read()?;
    let most: usize = options.number("k", 1000)?;

    let index = Index::open(options.required("index")?)?;
    let mut out = BufWriter::new(File::create(options.required("out")?)?);
    for line in BufReader::new(File::open(options.required("topics")?)?).lines() {
        let line = line?;
        let Some((topic, question)) = line.split_once('\t') else { continue };
        let query = Query::from_node(Node::Free(words_of(question)));
        let results = index.search(query).matching(Matching::Best).limit(most).run()?;
        for hit in results.hits {
            let id = hit.record_id.unwrap_or(hit.id);
            // Scoring programs sort by score and break ties as they like; ranks are what counts.
            let score = most as u64 + 1 - hit.rank;
            writeln!(out, "{topic} Q0 {id} {} {score} dateline", hit.rank)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Topics are prose: a hyphen, a colon or a capital OR in them means nothing, so only plain words are kept.
fn words_of(question: &str) -> Vec<Node> {
    question
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| Node::Word(word.to_lowercase()))
        .collect()
}
