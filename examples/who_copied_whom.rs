//! Who took a text over from whom, and what was changed on the way.
//!
//! ```sh
//! cargo run --example who_copied_whom
//! ```

use dateline::{Corpus, Index, Result, TextDiff};

fn main() -> Result<()> {
    // Copies are looked for whenever documents are committed, so there is nothing to prepare.
    let index = Index::in_memory()?;
    index.update().run(&[Corpus::open("corpus")?])?;

    // One document stands for those that say nothing it does not say. Unless this is asked for, each is a hit.
    let results = index.search("harbour fire").collapse_copies(true).limit(5).run()?;
    println!("{} documents, {} of them distinct", results.total, results.distinct);
    for hit in &results.hits {
        println!("  {}", hit.title.as_deref().unwrap_or(&hit.id));
        // Copies that match and are collapsed under it.
        for copy in &hit.copies {
            println!("    also {} ({} % of it)", copy.id, copy.share);
        }
        // Versions with other figures stay hits of their own, since they say something else.
        for version in &hit.versions {
            let figures: Vec<_> =
                version.figures.iter().map(|change| format!("{} for {}", change.new, change.old)).collect();
            println!("    {} {} with {}", version.relation.name(), version.id, figures.join(", "));
        }
    }

    // A report goes the other way: each story with its earliest document, and all that have its text.
    let report = index.search("").limit(3).copy_report()?;
    for story in &report.listed {
        println!("\n{} was taken over {} times", story.lead.id, story.copied);
        let Some(copy) = story.copies.first() else { continue };
        let (Some(lead), Some(copy)) = (index.document(&story.lead.id)?, index.document(&copy.id)?) else { continue };
        // Word by word: letter case, accents and punctuation are no change.
        let diff = TextDiff::of(&lead.text, &copy.text);
        for change in diff.changes.iter().filter(|change| !change.same).take(3) {
            println!("  -{:?} +{:?}", &lead.text[change.old.clone()], &copy.text[change.new.clone()]);
        }
    }
    Ok(())
}
