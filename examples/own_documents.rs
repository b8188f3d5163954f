//! Documents of your own, from wherever you have them, in an index in memory.
//!
//! ```sh
//! cargo run --example own_documents
//! ```

use dateline::{Date, Document, Index, Language, Result};

fn main() -> Result<()> {
    // An index in memory is gone with its last clone. `Index::create` and `Index::open` keep one in a folder; all
    // that follows is the same.
    let index = Index::in_memory()?;

    // There is one writer at a time. Whatever it does becomes visible all at once, when it commits.
    let mut writer = index.writer()?;

    // A document needs an id and a text. The rest may be left out: it is then of no source and undated, which is a
    // state and not an error. Its language is recognised.
    writer.add(Document::new("log-1", "Fog since four. The ferry stays where it is."))?;

    // A date can be as coarse as your knowledge of it: this leaflet is from some day in February 1992.
    let leaflet = Document::new("leaflet-7", "Bring bread. Bring blankets. The ferry runs all night.")
        .title("What the harbour needs")
        .source("Leaflets/Bakers' guild")
        .date("1992-02".parse::<Date>()?)
        .language(Language::ENGLISH)
        .metadata("shelf", "B 12");
    writer.add(leaflet)?;

    let report = Document::new("report-3", "The ferry pumped sea water onto the lofts until the morning.")
        .source("Harbour office")
        .date(Date::from_ymd(1992, 2, 26)?);
    writer.add(report)?;

    let report = writer.commit()?;
    println!("{} added, {} of them undated", report.added, report.undated);

    // Adding a document of an id that is there replaces it: this is how a correction is made.
    let correction = Document::new("report-3", "The ferry pumped sea water onto the lofts until noon.")
        .source("Harbour office")
        .date(Date::from_ymd(1992, 2, 27)?);
    writer.add(correction)?;
    writer.remove("log-1");
    writer.commit()?;

    // A source is a path of names, so asking for `Leaflets` finds all that is below it.
    for source in ["Leaflets", "Harbour office"] {
        let results = index.search("ferry").source(source).run()?;
        for hit in &results.hits {
            let passage = hit.passages.first().map_or(String::new(), |passage| passage.to_html());
            println!("{source}: {} {passage}", hit.id);
        }
    }

    // The index keeps the whole document, so it can be had back by its id.
    if let Some(document) = index.document("leaflet-7")? {
        println!("{} is on shelf {}", document.id, document.metadata.get("shelf").map_or("?", String::as_str));
    }
    Ok(())
}
