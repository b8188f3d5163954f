//! Fixed work, for counting instructions: `.ci/instructions` runs it under callgrind and compares.
//!
//! ```sh
//! cargo run --profile dist --example work -- index FOLDER       # the sample archive many times
//! cargo run --profile dist --example work -- words FOLDER       # or one of the other kinds of question, over and over
//! ```

mod archive;

use std::error::Error;
use std::hint::black_box;

use dateline::{DateRange, Index, Matching, Query, Search, Unit};

/// About two thousand documents.
const COPIES: usize = 40;
/// So often is a question asked: enough that starting the program does not count.
const TIMES: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (kind, folder) = (words.next().ok_or("what work?")?, words.next().ok_or("in which folder?")?);
    if kind == "index" {
        let index = Index::create(folder)?;
        let mut writer = index.writer()?;
        for document in archive::documents(COPIES) {
            writer.add(document)?;
        }
        writer.commit()?;
        return Ok(());
    }
    let index = Index::open(folder)?;
    let search = |words: &str, matching| -> Result<Search, Box<dyn Error>> {
        Ok(index.search(Query::parse(words, "2026-01-01".parse()?)).matching(matching))
    };
    let best = "harbour fire ferry bread lighthouse";
    for _ in 0..TIMES {
        match kind.as_str() {
            "ids" => drop(black_box(search("harbour fire", Matching::All)?.ids()?)),
            "words" => drop(black_box(search("harbour fire", Matching::All)?.run()?)),
            "best" => drop(black_box(search(best, Matching::Best)?.run()?)),
            "phrase" => drop(black_box(search("\"net lofts\"", Matching::All)?.run()?)),
            "dates" => {
                let range = DateRange::new(Some("1993-01-01".parse()?), Some("1993-06-30".parse()?));
                black_box(search(best, Matching::Best)?.dates(range).run()?);
            }
            "timeline" => drop(black_box(search("harbour", Matching::All)?.timeline(Unit::Month)?)),
            kind => return Err(format!("no work is called {kind}").into()),
        }
    }
    Ok(())
}
