//! Questions of words alone, answered from the postings themselves.
//!
//! The engine scores a document before a filter may refuse it. So under a filter it scores ten to find one, and every
//! count is a separate walk. Here the filter is asked first wherever that saves work, and documents are counted on the
//! way. Scores are the engine's, up to rounding.

use tantivy::query::{BooleanQuery, Occur, Query as EngineQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentOrdinal};

use super::conjunction_scorer::{ConjunctionScorer, Posting};
use super::stem_query::{Posted, StemQuery};
use super::top_docs::{TopDocs, walk_best};
use crate::backend::bm25::{K1, idf};
use crate::backend::clause::{self, Clause};
use crate::backend::filter::Filter;
use crate::backend::found::Matches;
use crate::index::record::schema::Fields;
use crate::index::snapshot::view::View;

/// The number of documents below which looking at each is cheaper than ruling out whole blocks.
pub(crate) const FEW: u64 = 2_000;
/// The cost of one random-access score, in documents scanned in order.
const APART: u64 = 16;

/// Words that a document must have. Each is a list of stems, any of which will do.
#[derive(Clone, Debug)]
pub(crate) struct Conjunction {
    words: Vec<Vec<StemQuery>>,
}

impl Conjunction {
    /// A clause as a conjunction of words, if it is nothing else.
    pub(crate) fn of(clause: &Clause<Posted>, fields: &Fields) -> Option<Conjunction> {
        let words = words(clause, fields)?;
        words.iter().all(|word| !word.is_empty()).then_some(Conjunction { words })
    }

    /// The only stem, if there is only one.
    pub(crate) fn only(&self) -> Option<&StemQuery> {
        match self.words.as_slice() {
            [word] if word.len() == 1 => word.first(),
            _ => None,
        }
    }

    /// The number of documents with the rarest word, deleted ones included.
    pub(crate) fn rarest(&self) -> u64 {
        let documents = |word: &Vec<StemQuery>| word.iter().map(|stem| stem.documents).sum();
        self.words.iter().map(documents).min().unwrap_or(0)
    }

    /// Returns whether whole blocks of documents can be ruled out: there are enough documents, and nearly all of them
    /// have the commonest stem of each word, as where most documents are in one language.
    pub(crate) fn prunes(&self) -> bool {
        let apart: u64 = self.words.iter().flat_map(|word| minors(word)).map(|stem| stem.documents).sum();
        self.rarest() >= FEW && apart * APART <= self.rarest()
    }

    /// Returns whether there is only one word.
    pub(crate) fn is_one(&self) -> bool {
        self.words.len() == 1
    }

    /// Walks the documents that have the words. Unless all are to be counted, documents that certainly are not among
    /// the best are skipped.
    pub(crate) fn walk(
        &self,
        view: &View,
        filter: &Filter,
        counting: bool,
        best: &mut TopDocs,
    ) -> tantivy::Result<Matches> {
        let mut matches = Matches::default();
        let mut sums = Vec::new();
        let are_few = self.rarest() < FEW;
        for segment in (0..).take(view.searcher.segment_readers().len()) {
            let Some(words) = self.postings(view, segment) else { continue };
            let mut there = ConjunctionScorer::open(view, segment, filter, counting)?;
            match words.as_slice() {
                [word] if are_few => there.score_rare(word, best)?,
                [word] if word.len() > 1 => there.score_union(word, best, &mut sums)?,
                words => there.score_intersection(words, best)?,
            }
            matches.add(there.matches);
        }
        Ok(matches)
    }

    /// Walks only the documents that can be among the best, by the engine's bounds on the scores of a block. For
    /// questions that [prune](Self::prunes).
    pub(crate) fn walk_pruned(&self, view: &View, filter: &Filter, best: &mut TopDocs) -> tantivy::Result<()> {
        let apart = self.walk_apart(view, filter, best)?;
        if let [word] = self.words.as_slice()
            && let Some(stem) = major(word)
        {
            for (segment, apart) in (0..).zip(&apart) {
                let Some(stem) = posting(view, stem, segment) else { continue };
                ConjunctionScorer::open(view, segment, filter, false)?.score_pruned(&stem, apart, view, best)?;
            }
            return Ok(());
        }
        let majors = self.words.iter().filter_map(|word| major(word)).cloned();
        let clauses = majors.map(|stem| (Occur::Must, Box::new(stem) as Box<dyn EngineQuery>)).collect();
        walk_best(view, &BooleanQuery::new(clauses), filter, &apart, best)
    }

    /// Walks only the documents that have a stem other than the commonest of its word. Returns them by segment, in
    /// order.
    fn walk_apart(&self, view: &View, filter: &Filter, best: &mut TopDocs) -> tantivy::Result<Vec<Vec<DocId>>> {
        let mut apart = Vec::new();
        for segment in 0..view.searcher.segment_readers().len() {
            let mut docs = Vec::new();
            let infos = self
                .words
                .iter()
                .flat_map(|word| minors(word))
                .filter_map(|stem| stem.posted.infos.get(segment)?.as_ref());
            for info in infos {
                let stems = view.stems(segment as SegmentOrdinal)?;
                let mut blocks = stems.inverted.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while !blocks.docs().is_empty() {
                    docs.extend_from_slice(blocks.docs());
                    blocks.advance();
                }
            }
            docs.sort_unstable();
            docs.dedup();
            if !docs.is_empty()
                && let Some(words) = self.postings(view, segment as u32)
            {
                ConjunctionScorer::open(view, segment as u32, filter, false)?.each(&docs, &words, best)?;
            }
            apart.push(docs);
        }
        Ok(apart)
    }

    /// The postings of each word in a segment. None if a word is missing there.
    fn postings(&self, view: &View, segment: SegmentOrdinal) -> Option<Vec<Vec<Posting<'_>>>> {
        let mut words = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let postings: Vec<_> = word.iter().filter_map(|stem| posting(view, stem, segment)).collect();
            if postings.is_empty() {
                return None;
            }
            words.push(postings);
        }
        Some(words)
    }
}

/// The postings of a stem in a segment.
fn posting<'s>(view: &View, stem: &'s StemQuery, segment: SegmentOrdinal) -> Option<Posting<'s>> {
    let info = stem.posted.infos.get(segment as usize)?.as_ref()?;
    let weight = idf(view.statistics.documents(), stem.documents) * (1.0 + K1) * stem.boost;
    Some(Posting { info, weight })
}

fn major(word: &[StemQuery]) -> Option<&StemQuery> {
    word.iter().max_by_key(|stem| stem.documents)
}

fn minors(word: &[StemQuery]) -> impl Iterator<Item = &StemQuery> {
    let major = major(word);
    word.iter().filter(move |stem| major.is_none_or(|major| !std::ptr::eq(major, *stem)))
}

/// A clause as words that must all be there, each as a list of stems.
fn words(clause: &Clause<Posted>, fields: &Fields) -> Option<Vec<Vec<StemQuery>>> {
    if let Some(word) = stems(clause, fields) {
        return Some(vec![word]);
    }
    let Clause::All(clauses) = clause else { return None };
    let mut all = Vec::new();
    for (occur, clause) in clauses {
        if *occur != clause::Occur::Must {
            return None;
        }
        all.append(&mut words(clause, fields)?);
    }
    Some(all)
}

/// A clause as a list of stems, any of which will do.
fn stems(clause: &Clause<Posted>, fields: &Fields) -> Option<Vec<StemQuery>> {
    match clause {
        Clause::Stem(stem) => Some(vec![StemQuery::of(stem, fields)]),
        Clause::All(clauses) => {
            let mut all = Vec::new();
            for (occur, clause) in clauses {
                if *occur != clause::Occur::Should {
                    return None;
                }
                all.append(&mut stems(clause, fields)?);
            }
            Some(all)
        }
        _ => None,
    }
}
