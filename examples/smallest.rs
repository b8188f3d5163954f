//! The smallest use: a folder becomes an index, a question becomes passages.
//!
//! ```sh
//! cargo run --example smallest
//! ```

use dateline::{Corpus, Index, Result};

fn main() -> Result<()> {
    // An index is a folder. It is a cache of the archive: it can be thrown away and made again at any time.
    let index = Index::open_or_create(std::env::temp_dir().join("dateline-smallest"))?;

    // Bringing it up to date reads what is new or has changed since the last time, and forgets what is gone.
    // The second time you run this, nothing is read.
    let archive = Corpus::open("corpus")?;
    let report = index.update().run(&[archive])?;
    println!("{} added, {} unchanged, {} skipped\n", report.added, report.unchanged, report.skipped);

    // A question is text as a person types it; nobody has to escape anything.
    let results = index.search("harbour fire").limit(3).run()?;
    println!("{} documents: {}\n", results.total, results.read_as);

    for hit in &results.hits {
        // A date may be a day, a month, a year or unknown. Each displays as what it is.
        let date = hit.date.map_or("undated".to_string(), |date| date.to_string());
        println!("{date}  {}", hit.title.as_deref().unwrap_or("(no title)"));

        // A document is found as a whole and read by its passages: whole sentences, with the matching words in them.
        for passage in &hit.passages {
            // `best` are the sentences of it that say most, where room is short; without it, the whole passage.
            let text = passage.marked(Some(passage.best.clone()), "*", "*", str::to_string);
            println!("{}\n  {}\n", text.replace('\n', " "), passage.id);
        }
    }
    Ok(())
}
