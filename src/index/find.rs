//! How the documents a plan finds are walked: whichever way is least work.

use tantivy::SegmentOrdinal;

use super::best::{After, Best, Candidate, Gate, Matches, walk_all, walk_best};
use super::compile::Plan;
use super::failure::Doing;
use super::filter::{Filter, Verdict};
use super::view::View;
use crate::error::Result;

/// Fewer documents than this are looked at one by one more cheaply than whole blocks of them can be ruled out.
const FEW: u64 = 2_000;
/// So many documents are asked how much a filter lets pass.
const SAMPLES: u32 = 64;

/// The best `limit` documents, those after a given one if there is one, and, if asked for, how many match in all.
pub(super) fn find(
    view: &View,
    plan: &Plan,
    limit: usize,
    after: Option<After>,
    counting: bool,
) -> Result<(Matches, Vec<Candidate>)> {
    let mut best = Best::new(limit, after);
    let matches = walk(view, plan, &mut best, counting, after.is_none()).doing("cannot search the index")?;
    Ok((matches, best.into_vec()))
}

fn walk(view: &View, plan: &Plan, best: &mut Best, counting: bool, may_prune: bool) -> tantivy::Result<Matches> {
    let Some(flat) = &plan.flat else { return walk_all(view, &*plan.query, &plan.filter, counting, best) };
    let found = flat.look_up(view)?;
    // The documents of one word are as many as the index says.
    let known = match found.only {
        Some(total) if counting && counts_all(view, &plan.filter)? => Some(Matches { total, ..Matches::default() }),
        _ => None,
    };
    let counting = counting && known.is_none();
    // The engine adds scores up in an order of its own, and equal documents must be equal on every page.
    let prunes = may_prune && !counting && !flat.is_union() && found.rarest >= FEW;
    if prunes && found.rarest * passing(view, &plan.filter)? >= FEW * u64::from(SAMPLES) {
        walk_best(view, &*plan.query, &plan.filter, best)?;
        return Ok(known.unwrap_or_default());
    }
    let counted = flat.walk(view, found, &plan.filter, counting, best)?;
    Ok(known.unwrap_or(counted))
}

/// Whether every document found counts alike: none deleted, none refused, none undated.
fn counts_all(view: &View, filter: &Filter) -> tantivy::Result<bool> {
    if !filter.conditions.is_empty() {
        return Ok(false);
    }
    for (segment, reader) in (0..).zip(view.searcher.segment_readers()) {
        if reader.has_deletes() || !view.days(segment)?.all_dated {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Of [`SAMPLES`] documents, how many a filter lets pass.
fn passing(view: &View, filter: &Filter) -> tantivy::Result<u64> {
    if filter.conditions.is_empty() {
        return Ok(u64::from(SAMPLES));
    }
    let mut passing = 0;
    let step = (view.all_documents() / u64::from(SAMPLES)).max(1);
    let mut before: u64 = 0;
    for (segment, reader) in (0 as SegmentOrdinal..).zip(view.searcher.segment_readers()) {
        let gate = Gate::new(view, segment, filter, false)?;
        let documents = u64::from(reader.max_doc());
        let first = before.next_multiple_of(step);
        for doc in (first..before + documents).step_by(step as usize) {
            passing += u64::from(gate.verdict((doc - before) as u32) == Verdict::In);
        }
        before += documents;
    }
    Ok(passing)
}
