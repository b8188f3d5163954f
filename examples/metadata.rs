//! Documents with facts of your own: a box and a shelf, a licence, a number in your database.
//!
//! ```sh
//! cargo run --example metadata
//! ```

use std::collections::BTreeMap;

use dateline::{Date, Document, Index, Result};

/// A row as a database might give it.
struct Row {
    number: u32,
    text: &'static str,
    day: Option<&'static str>,
    section: &'static str,
    shelf: &'static str,
}

const ROWS: [Row; 3] = [
    Row {
        number: 11,
        text: "The lighthouse was lit again.",
        day: Some("1993-04-02"),
        section: "Harbour",
        shelf: "A 1",
    },
    Row { number: 12, text: "The lighthouse keeper retired.", day: Some("1994"), section: "People", shelf: "A 2" },
    Row { number: 13, text: "Paint for the lighthouse, six tins.", day: None, section: "Harbour", shelf: "C 7" },
];

fn main() -> Result<()> {
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for row in &ROWS {
        // What the index can filter and sort by has fields of its own: date, source, language, title, author. A path of
        // sources is a good place for sections, since a question can ask for any part of it.
        let mut document = Document::new(format!("row-{}", row.number), row.text)
            .source(format!("Chronicle/{}", row.section))
            // Everything else is metadata: kept with the document, and given back with it. It is not searched.
            .metadata("shelf", row.shelf)
            .metadata("row", row.number.to_string());
        if let Some(day) = row.day {
            document = document.date(day.parse::<Date>()?);
        }
        writer.add(document)?;
    }
    writer.commit()?;

    // A hit has what an answer shows. Metadata comes with the document, which is read by its id.
    let results = index.search("lighthouse").source("Chronicle/Harbour").run()?;
    let mut by_shelf = BTreeMap::new();
    for hit in &results.hits {
        if let Some(document) = index.document(&hit.id)? {
            by_shelf.insert(document.metadata.get("shelf").cloned().unwrap_or_default(), document);
        }
    }
    for (shelf, document) in &by_shelf {
        let date = document.dated.date().map_or("undated".to_string(), |date| date.to_string());
        println!("shelf {shelf}: {date}, {}", document.text);
    }
    Ok(())
}
