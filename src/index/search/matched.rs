//! A question read against one state of the index: how it is understood, what it matches, what there is to say.

use std::sync::Arc;

use super::collapse::Folding;
use super::execute::{Wish, find};
use super::facets::unknown_sources;
use super::request::{Request, Sort};
use super::rerank::RANKED;
use super::why_empty::{absent, emptied};
use crate::answer::search::Matched;
use crate::error::Result;
use crate::index::compile::compiler::{Plan, compile};
use crate::index::compile::vocabulary::Vocabulary;
use crate::index::scoring::collectors::{ByDay, Counts, Tally};
use crate::index::scoring::filter::Condition;
use crate::index::scoring::top_docs::Candidate;
use crate::index::snapshot::shared::Inner;
use crate::index::snapshot::view::View;
use crate::index::storage::error::Doing;
use crate::query::Matching;
use crate::text::Analyzer;

/// Words in no document are looked for in other spellings where a question has no more words.
const FEW_WORDS: usize = 12;

/// What is counted beside the documents themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    Documents,
    Sources,
    Days,
}

/// The `limit` newest or oldest documents that a plan finds, each with what it is ordered by.
pub(crate) fn by_day(
    view: &View,
    plan: &Plan,
    limit: usize,
    sort: Sort,
    after: Option<(i64, u64)>,
) -> Result<Vec<(i64, Candidate)>> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let collector = ByDay { limit, filter: &plan.filter, newest: sort != Sort::Oldest, after };
    view.searcher.search(&*plan.query, &collector).doing("cannot search the index")
}

/// A question read against one state of the index, and everything counted that it matches.
pub(crate) struct Asked {
    pub(crate) plan: Plan,
    pub(crate) counts: Counts,
    /// Where copies are folded.
    pub(crate) folding: Option<Folding>,
    /// The best by score, as many as were asked for.
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) notes: Vec<String>,
    pub(crate) read_as: String,
}

impl Asked {
    pub(crate) fn new(
        request: &Request,
        index: &Inner,
        vocabulary: &Vocabulary,
        analyzer: &mut Analyzer,
        counting: Counting,
        candidates: usize,
    ) -> Result<Asked> {
        let (query, view) = (&request.query, vocabulary.view());
        let matching = request.matching;
        let asking = request.asking(vocabulary);
        let mut make = |relaxed| -> Result<Plan> {
            let mut plan = compile(query.node(), matching, relaxed, &asking, analyzer)?;
            plan.filter.conditions.extend(request.conditions());
            Ok(plan)
        };
        let folds = if request.fold { Some(index.folds(view)?) } else { None };
        let find = |plan: &mut Plan| -> Result<(Counts, Option<Folding>, Vec<Candidate>)> {
            let wish = Wish {
                limit: if plan.scored { candidates } else { 0 },
                after: request.after_score(),
                // A page that ends past the top is gone on from by score.
                exact: request.end() >= RANKED,
                counting: counting == Counting::Documents && folds.is_none(),
            };
            if wish.counting {
                let (matches, found) = find(view, plan, wish)?;
                return Ok((matches.into(), None, found));
            }
            let (sources, days) = (counting == Counting::Sources, counting == Counting::Days);
            let tally = Tally { filter: &plan.filter, sources, days, folds: folds.clone() };
            let counts = view.searcher.search(&*plan.query, &tally).doing("cannot search the index")?;
            // What another stands for is found no more from here on.
            let earliest = request.sort == Sort::Oldest;
            let fold = |folds| Folding::new(folds, &counts.sharing, earliest, view);
            let folding = folds.clone().map(fold).transpose()?;
            if let Some(folding) = folding.as_ref().filter(|folding| folding.folded.documents > 0) {
                plan.filter.conditions.push(Condition::Unfolded(Arc::clone(&folding.folded)));
            }
            let found = if wish.limit > 0 { find(view, plan, wish)?.1 } else { Vec::new() };
            Ok((counts, folding, found))
        };
        let mut plan = make(false)?;
        let (mut counts, mut folding, mut found) = find(&mut plan)?;
        let mut notes: Vec<String> = query.notes().iter().map(|note| note.message.clone()).collect();
        let mut matching = request.matching;
        if counts.total == 0 && plan.can_relax && request.matching == Matching::Auto {
            let mut relaxed = make(true)?;
            let (more, folded, others) = find(&mut relaxed)?;
            if more.total > 0 {
                let apart = if counts.undated_left_out > 0 { "no dated document" } else { "no document" };
                notes.push(format!("{apart} has all of these words: showing those with some of them, best first"));
                (plan, counts, folding, found, matching) = (relaxed, more, folded, others, Matching::Best);
            }
        }
        notes.append(&mut plan.notes);
        let empty = view.searcher.num_docs() == 0;
        if empty {
            notes.push("the index holds no document yet".to_string());
        }
        let few = plan.wanted.words.len() <= FEW_WORDS;
        if !empty && (counts.total == 0 || request.matching == Matching::Auto && few) {
            notes.extend(absent(&plan.missing, vocabulary)?);
        }
        if !empty && counts.total == 0 {
            notes.extend(unknown_sources(query, &view.searcher)?);
            if request.why_empty && !plan.is_heavy {
                let conditions: Vec<Condition> = request.conditions().collect();
                notes.extend(emptied(query.node(), &plan.missing, &asking, &conditions, &view.searcher, analyzer)?);
            }
        }
        let matching = match (matching, plan.matched) {
            (Matching::Auto, Matched::All) => Matching::All,
            (Matching::Auto, Matched::Best) => Matching::Best,
            (matching, _) => matching,
        };
        let mut read_as = query.describe(matching);
        if request.certain {
            read_as.push_str(" · certainly");
        }
        if request.about_certain {
            read_as.push_str(" · days worked out left out");
        }
        Ok(Asked { plan, counts, folding, candidates: found, notes, read_as })
    }

    /// How many documents match that no other stands for.
    pub(crate) fn distinct(&self) -> u64 {
        self.counts.total - self.folding.as_ref().map_or(0, |folding| folding.folded.documents)
    }
}
