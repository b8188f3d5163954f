//! The best documents by score, and the number of all that match, in one walk.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::fastfield::AliveBitSet;
use tantivy::query::Query as EngineQuery;
use tantivy::{DocId, DocSet, SegmentOrdinal, TERMINATED};

use super::filter::{SegmentFilter, Verdict};
use crate::backend::filter::Filter;
use crate::backend::found::{After, Candidate, Matches};
use crate::index::record::address::doc_at;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::snapshot::view::View;

/// The best candidates so far.
pub(crate) struct TopDocs {
    limit: usize,
    after: Option<After>,
    heap: BinaryHeap<Reverse<Candidate>>,
}

impl TopDocs {
    pub(crate) fn new(limit: usize, after: Option<After>) -> TopDocs {
        TopDocs { limit, after, heap: BinaryHeap::new() }
    }

    /// A score that a document must exceed to be among the best.
    pub(crate) fn threshold(&self) -> f32 {
        if self.limit == 0 {
            f32::INFINITY
        } else if self.heap.len() < self.limit {
            f32::MIN
        } else {
            // A document of equal score may have a better key.
            self.heap.peek().map_or(f32::MIN, |Reverse(worst)| worst.score.next_down())
        }
    }

    pub(crate) fn offer(&mut self, score: f32, segment: SegmentOrdinal, doc: DocId, ids: &Ids) {
        if score <= self.threshold() || self.after.is_some_and(|(after, _)| score > after) {
            return;
        }
        let candidate = Candidate { score, key: ids.key(doc), doc: doc_at(segment, doc) };
        if self.after.is_some_and(|(after, key)| score == after && candidate.key <= key) {
            return;
        }
        if self.heap.len() < self.limit {
            self.heap.push(Reverse(candidate));
        } else if let Some(mut worst) = self.heap.peek_mut().filter(|worst| worst.0 < candidate) {
            worst.0 = candidate;
        }
    }

    /// The candidates, the best first.
    pub(crate) fn into_vec(self) -> Vec<Candidate> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(candidate)| candidate).collect()
    }
}

/// Decides on the documents of one segment before they are scored.
pub(crate) struct SegmentGate<'a> {
    alive: Option<&'a AliveBitSet>,
    filter: SegmentFilter,
    /// Set if the filter leaves some documents only a share of their scores.
    shares: bool,
    /// The days of the segment, if undated documents are to be counted and there are any.
    days: Option<&'a Days>,
    pub(crate) counting: bool,
}

impl<'a> SegmentGate<'a> {
    pub(crate) fn new(
        view: &'a View,
        segment: SegmentOrdinal,
        filter: &Filter,
        counting: bool,
    ) -> tantivy::Result<SegmentGate<'a>> {
        let reader = view.searcher.segment_reader(segment);
        let days = if counting { Some(view.days(segment)?).filter(|days| !days.all_dated) } else { None };
        let shares = filter.asks_about_days();
        let filter = SegmentFilter::over(filter, segment, reader, &|| view.days(segment).cloned())?;
        Ok(SegmentGate { alive: reader.alive_bitset(), filter, shares, days, counting })
    }

    #[inline]
    pub(crate) fn verdict(&self, doc: DocId) -> Verdict {
        if self.alive.is_some_and(|alive| !alive.is_alive(doc)) {
            return Verdict::Out;
        }
        match self.filter.verdict(doc) {
            // Without counting, the reason does not matter.
            Verdict::OutUndated if !self.counting => Verdict::Out,
            verdict => verdict,
        }
    }

    /// The score that is left to a document: see [`SegmentFilter::share`]. It is never more than `score`, so a document
    /// that is not among the best by its whole score needs no look.
    #[inline]
    pub(crate) fn weigh(&self, doc: DocId, score: f32, best: &TopDocs) -> f32 {
        if self.shares && score > best.threshold() { score * self.filter.share(doc) } else { score }
    }

    /// Returns whether every document of the segment passes.
    pub(crate) fn is_open(&self) -> bool {
        self.alive.is_none() && self.filter.lets_all_in()
    }

    /// Returns whether only the documents that pass are to be counted.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_open() && self.days.is_none()
    }

    #[inline]
    pub(crate) fn count(&self, doc: DocId, verdict: Verdict, matches: &mut Matches) {
        match verdict {
            Verdict::In => {
                matches.total += 1;
                matches.undated += u64::from(self.days.is_some_and(|days| days.first(doc).is_none()));
            }
            Verdict::OutUndated => matches.undated_left_out += 1,
            Verdict::Out => {}
        }
    }
}

/// Walks all documents that a query finds and a filter lets pass. Refused documents are not scored.
pub(crate) fn walk_all(
    view: &View,
    query: &dyn EngineQuery,
    filter: &Filter,
    counting: bool,
    best: &mut TopDocs,
) -> tantivy::Result<Matches> {
    let mut matches = Matches::default();
    let weight = query.weight(view.scoring())?;
    for (segment, reader) in (0..).zip(view.searcher.segment_readers()) {
        let gate = SegmentGate::new(view, segment, filter, counting)?;
        let ids = view.ids(segment)?;
        let mut scorer = weight.scorer(reader, 1.0)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            let verdict = gate.verdict(doc);
            gate.count(doc, verdict, &mut matches);
            if verdict == Verdict::In {
                best.offer(gate.weigh(doc, scorer.score(), best), segment, doc, ids);
            }
            doc = scorer.advance();
        }
    }
    Ok(matches)
}

/// Walks only the blocks of documents that can be among the best, by the engine's bounds on the scores of a block. The
/// filter is asked in the engine's callback: a refused document leaves the threshold unchanged. So does a document in
/// `but`, which has documents by segment, in order.
pub(crate) fn walk_best(
    view: &View,
    query: &dyn EngineQuery,
    filter: &Filter,
    but: &[Vec<DocId>],
    best: &mut TopDocs,
) -> tantivy::Result<()> {
    let weight = query.weight(view.scoring())?;
    for (segment, reader) in (0..).zip(view.searcher.segment_readers()) {
        let gate = SegmentGate::new(view, segment, filter, false)?;
        let ids = view.ids(segment)?;
        let but = but.get(segment as usize).map_or(&[] as &[DocId], Vec::as_slice);
        // Rounding must not lose a document.
        let threshold = |best: &TopDocs| best.threshold().next_down();
        weight.for_each_pruning(threshold(best), reader, &mut |doc, score| {
            if but.binary_search(&doc).is_err() && gate.verdict(doc) == Verdict::In {
                best.offer(gate.weigh(doc, score, best), segment, doc, ids);
            }
            threshold(best)
        })?;
    }
    Ok(())
}
