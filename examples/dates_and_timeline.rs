//! When did an archive speak of something? A timeline, and a look at its highest bar.
//!
//! ```sh
//! cargo run --example dates_and_timeline
//! cargo run --example dates_and_timeline -- lighthouse
//! ```

use dateline::{Corpus, DateRange, Index, Precision, Result, Sort, Unit, parse_dates};

fn main() -> Result<()> {
    let question = std::env::args().nth(1).unwrap_or("harbour fire".to_string());

    // The sample archive is small, so it is indexed anew each time.
    let index = Index::in_memory()?;
    index.update().run(&[Corpus::open("corpus")?])?;

    // A timeline counts all matching documents, not only the best of them. Empty years between the first and the last
    // are there too: a silence is something to see.
    let timeline = index.search(question.as_str()).timeline(Unit::Year)?;
    for year in &timeline.buckets {
        println!("{} {:>3}{}", year.label, year.documents, " #".repeat(year.documents as usize));
    }
    // Some documents can be in no bar. They are counted, so that the bars and these add up to the total.
    println!("{} documents, {} undated, {} dated too coarsely\n", timeline.total, timeline.undated, timeline.coarse);

    // The highest bar, as a range of days. The ends of a range are included, and a year is as long as it is.
    let Some(highest) = timeline.buckets.iter().max_by_key(|year| year.documents) else { return Ok(()) };
    let Some(day) = highest.start.range().first() else { return Ok(()) };
    let year = DateRange::new(Some(day), Some(day.plus_months(12).plus_days(-1)));

    // A document whose date is known only by its month or year is in a range if it may be: it is not lost at the
    // edges. Undated ones are in no range; the answer says how many were left out for that reason.
    let results = index.search(question.as_str()).dates(year).sort(Sort::Oldest).limit(5).run()?;
    println!("{year}: {} documents, {} undated left out", results.total, results.undated_left_out);
    for hit in &results.hits {
        let date = hit.date.map_or(String::new(), |date| date.to_string());
        println!(
            "  {date:<10}  {}  ({})",
            hit.title.as_deref().unwrap_or("(no title)"),
            hit.date_precision.map_or("unknown", Precision::name)
        );
    }

    // Dates that people type are read by one function, with the day it is for words like "last month". Whatever it had
    // to decide, it says.
    let today = "2024-05-11".parse()?;
    for typed in ["feb 1992", "since 1996", "25.2.1992..5.3.1992", "last month"] {
        println!("{typed:>20}  →  {}", parse_dates(typed, today)?.range);
    }
    Ok(())
}
