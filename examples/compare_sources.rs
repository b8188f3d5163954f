//! What does each source say, and when did it change its mind? Two figures for the same thing, side by side.
//!
//! ```sh
//! cargo run --example compare_sources
//! ```

use dateline::{Corpus, Index, Query, Reach, Result};

fn main() -> Result<()> {
    let index = Index::in_memory()?;
    index.update().run(&[Corpus::open("corpus")?])?;

    // A figure alone stands in many texts, so each question says what it is of: "83" in one sentence with "boats".
    let boats = Query::from("boats");
    let figures = ["83", "71", "68"];
    let questions = figures.map(|figure| Query::from(figure).near(&boats, Reach::Sentence));

    // The words and conditions of the search hold for all of them.
    let comparison = index.search("fire").limit(5).compare(questions)?;
    for (figure, query) in figures.iter().zip(&comparison.queries) {
        println!("{figure}: {} documents, read as {}", query.total, query.read_as);
        for note in &query.notes {
            println!("  note: {note}");
        }
    }

    for source in &comparison.sources {
        println!("\n{}", source.source.as_ref().map_or("(no source)", |source| source.as_str()));
        for (figure, cell) in figures.iter().zip(&source.cells) {
            // The first and the last document with it, as far as they are dated, each with its best passage.
            if let (Some(first), Some(last)) = (&cell.first, &cell.last) {
                let day =
                    |sighting: &dateline::Sighting| sighting.date.map_or("?".to_string(), |date| date.to_string());
                println!("  {figure}: {} documents, {} to {}", cell.documents, day(first), day(last));
            }
        }
        // The day that best parts the documents with the one from those with the other.
        for switch in &source.switches {
            println!("  from {} to {} on {}", figures[switch.from], figures[switch.to], switch.date);
        }
    }
    Ok(())
}
