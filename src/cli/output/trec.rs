//! Results as runs for scoring programs.

use std::io;

use dateline::{Hit, Results};

use super::screen::Screen;
use super::words::tame;

/// Writes a run as TREC's scoring programs read it: query, `Q0`, document, rank, score, name of the run.
pub(in super::super) fn run(screen: &mut Screen, results: &Results, query: &str) -> io::Result<()> {
    let name = |hit: &Hit| hit.record_id.clone().unwrap_or_else(|| hit.id.clone());
    // The format has no escape for white space.
    let word = |text: &str| tame(text).split_whitespace().collect::<Vec<_>>().join("_");
    for hit in &results.hits {
        // Scoring programs sort by score and break ties by name, so only a score made of the rank keeps the order.
        let score = 1.0 / hit.rank as f64;
        screen.line(&format!("{} Q0 {} {} {score:.8} dateline", word(query), word(&name(hit)), hit.rank))?;
    }
    Ok(())
}
