//! A long list, page by page: each page begins where the one before ended.
//!
//! ```sh
//! cargo run --example paging_by_cursor
//! ```

use std::collections::HashSet;

use dateline::{Corpus, Cursor, Index, Result, Sort};

/// One page, and the cursor of the next as it might travel in a link: as text.
fn page(index: &Index, after: Option<&str>) -> Result<(Vec<String>, Option<String>)> {
    let mut search = index.search("harbour").sort(Sort::Newest).limit(7).passages(0);
    if let Some(text) = after {
        // Text that is no cursor is an error that says so, with its kind and a hint.
        search = search.after(text.parse::<Cursor>()?);
    }
    let results = search.run()?;
    let ids = results.hits.into_iter().map(|hit| hit.id).collect();
    Ok((ids, results.next.map(|next| next.to_string())))
}

fn main() -> Result<()> {
    let index = Index::in_memory()?;
    index.update().run(&[Corpus::open("corpus")?])?;

    let mut seen = HashSet::new();
    let mut after: Option<String> = None;
    for number in 1.. {
        let (ids, next) = page(&index, after.as_deref())?;
        println!("page {number}: {}", ids.join(" "));
        // However many documents have the same day or the same score, none comes twice and none is left out.
        for id in ids {
            assert!(seen.insert(id), "a document came twice");
        }
        // The last page has no next one.
        let Some(next) = next else { break };
        after = Some(next);
    }

    // A far page costs no more than a near one. `offset` can do the same, and costs more the further it goes.
    let total = index.search("harbour").limit(0).run()?.total;
    println!("{} of {total} documents seen", seen.len());

    let error = page(&index, Some("page 2")).expect_err("this is no cursor");
    println!("{}: {error}; {}", error.kind().name(), error.advice().unwrap_or_default());
    Ok(())
}
