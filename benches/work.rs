//! Fixed work, for counting instructions: `.ci/instructions` runs it under callgrind and compares.
//!
//! ```sh
//! cargo run --profile dist --example work -- index FOLDER       # the sample archive many times
//! cargo run --profile dist --example work -- words FOLDER       # or one of the other kinds of question, over and over
//! ```

mod archive;

use std::error::Error;
use std::hint::black_box;

use dateline::{DateRange, Document, Index, Matching, Query, Search, Unit};

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
        for document in archive::documents(COPIES).into_iter().chain(rare_words()) {
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
            "once" => drop(black_box(search("banelokimu", Matching::All)?.ids()?)),
            // Too short to end a compound, which would be looked for among all words.
            "absent" => drop(black_box(search("vimk", Matching::All)?.ids()?)),
            "fuzzy" => drop(black_box(search("harbuor~1", Matching::All)?.ids()?)),
            "timeline" => drop(black_box(search("harbour", Matching::All)?.timeline(Unit::Month)?)),
            kind => return Err(format!("no work is called {kind}").into()),
        }
    }
    Ok(())
}

/// Documents of words that no other has, as names, slips of the pen and misread scans are in a real archive.
fn rare_words() -> impl Iterator<Item = Document> {
    const SYLLABLES: [&str; 8] = ["ba", "ne", "lo", "ki", "mu", "sta", "dro", "vi"];
    let word = |number: usize| -> String { (0..5).map(|at| SYLLABLES[number >> (3 * at) & 7]).collect() };
    (0..20).map(move |document| {
        let words: Vec<String> = (document * 1_000..(document + 1) * 1_000).map(word).collect();
        Document::new(format!("rare-{document}"), words.join(" "))
    })
}
