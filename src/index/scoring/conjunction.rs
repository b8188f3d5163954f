//! Questions of nothing but words, answered from the postings themselves.
//!
//! The engine scores a document before anybody may refuse it, so under a filter it scores ten to find one, and every
//! count is a walk of its own. Here the filter is asked first wherever that spares work, and documents are counted on
//! the way. Scores are the engine's, up to rounding.

use tantivy::query::{BooleanQuery, Occur, Query as EngineQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentOrdinal};

use super::conjunction_scorer::{Posting, Segment};
use super::filter::Filter;
use super::stem_query::Stem;
use super::top_docs::{Best, Matches, walk_best};
use crate::index::snapshot::bm25::{K1, idf};
use crate::index::snapshot::view::View;

/// Fewer documents than this are looked at one by one more cheaply than whole blocks of them can be ruled out.
pub(crate) const FEW: u64 = 2_000;
/// A document that is looked at apart from the others costs as much as so many of those.
const APART: u64 = 16;

/// Words that a document has to have, each as the stems of which any will do.
#[derive(Clone, Debug)]
pub(crate) struct Flat {
    words: Vec<Vec<Stem>>,
}

impl Flat {
    /// A query as words, if it is nothing else and all its stems are of one field.
    pub(crate) fn of(query: &dyn EngineQuery, field: Field) -> Option<Flat> {
        let words = words(query)?;
        let of_field = words.iter().flatten().all(|stem| stem.term.field() == field);
        (of_field && words.iter().all(|word| !word.is_empty())).then_some(Flat { words })
    }

    /// The only stem, if there is but one.
    pub(crate) fn only(&self) -> Option<&Stem> {
        match self.words.as_slice() {
            [word] if word.len() == 1 => word.first(),
            _ => None,
        }
    }

    /// The documents that have the rarest of the words, deleted ones included.
    pub(crate) fn rarest(&self) -> u64 {
        let documents = |word: &Vec<Stem>| word.iter().map(|stem| stem.posted.documents).sum();
        self.words.iter().map(documents).min().unwrap_or(0)
    }

    /// Whether there are documents enough for whole blocks of them to be ruled out, and nearly all of them have the
    /// commonest stem of each word, as where most documents are in one language.
    pub(crate) fn prunes(&self) -> bool {
        let apart: u64 = self.words.iter().flat_map(|word| minors(word)).map(|stem| stem.posted.documents).sum();
        self.rarest() >= FEW && apart * APART <= self.rarest()
    }

    /// Whether there is but one word.
    pub(crate) fn is_one(&self) -> bool {
        self.words.len() == 1
    }

    /// Walks the documents that have the words. Unless all are to be counted, those of which it is clear that they
    /// cannot be among the best are passed over.
    pub(crate) fn walk(
        &self,
        view: &View,
        filter: &Filter,
        counting: bool,
        best: &mut Best,
    ) -> tantivy::Result<Matches> {
        let mut matches = Matches::default();
        let mut sums = Vec::new();
        let are_few = self.rarest() < FEW;
        for segment in (0..).take(view.searcher.segment_readers().len()) {
            let Some(words) = self.postings(view, segment) else { continue };
            let mut there = Segment::open(view, segment, filter, counting)?;
            match words.as_slice() {
                [word] if are_few => there.few(word, best)?,
                [word] if word.len() > 1 => there.any(word, best, &mut sums)?,
                words => there.all(words, best)?,
            }
            matches.add(there.matches);
        }
        Ok(matches)
    }

    /// Walks only those documents that can be among the best, by the engine's bounds of what a block of them can score.
    /// For questions that [prune](Self::prunes).
    pub(crate) fn walk_pruned(&self, view: &View, filter: &Filter, best: &mut Best) -> tantivy::Result<()> {
        let apart = self.walk_apart(view, filter, best)?;
        if let [word] = self.words.as_slice()
            && let Some(stem) = major(word)
        {
            for (segment, apart) in (0..).zip(&apart) {
                let Some(stem) = posting(view, stem, segment) else { continue };
                Segment::open(view, segment, filter, false)?.one(&stem, apart, view, best)?;
            }
            return Ok(());
        }
        let majors = self.words.iter().filter_map(|word| major(word)).cloned();
        let clauses = majors.map(|stem| (Occur::Must, Box::new(stem) as Box<dyn EngineQuery>)).collect();
        walk_best(view, &BooleanQuery::new(clauses), filter, &apart, best)
    }

    /// Walks those documents only that have a stem which is not the commonest of its word, and returns them: by segment,
    /// in order.
    fn walk_apart(&self, view: &View, filter: &Filter, best: &mut Best) -> tantivy::Result<Vec<Vec<DocId>>> {
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
                Segment::open(view, segment as u32, filter, false)?.each(&docs, &words, best)?;
            }
            apart.push(docs);
        }
        Ok(apart)
    }

    /// The postings of each word in a segment, if it has all words.
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
fn posting<'s>(view: &View, stem: &'s Stem, segment: SegmentOrdinal) -> Option<Posting<'s>> {
    let info = stem.posted.infos.get(segment as usize)?.as_ref()?;
    let weight = idf(view.all_documents(), stem.posted.documents) * (1.0 + K1) * stem.boost;
    Some(Posting { info, weight })
}

fn major(word: &[Stem]) -> Option<&Stem> {
    word.iter().max_by_key(|stem| stem.posted.documents)
}

fn minors(word: &[Stem]) -> impl Iterator<Item = &Stem> {
    let major = major(word);
    word.iter().filter(move |stem| major.is_none_or(|major| !std::ptr::eq(major, *stem)))
}

fn words(query: &dyn EngineQuery) -> Option<Vec<Vec<Stem>>> {
    if let Some(word) = stems(query) {
        return Some(vec![word]);
    }
    let clauses = query.downcast_ref::<BooleanQuery>()?.clauses();
    let mut all = Vec::new();
    for (occur, clause) in clauses {
        if *occur != Occur::Must {
            return None;
        }
        all.append(&mut words(&**clause)?);
    }
    Some(all)
}

/// A query as stems of which any will do.
fn stems(query: &dyn EngineQuery) -> Option<Vec<Stem>> {
    if let Some(stem) = query.downcast_ref::<Stem>() {
        return Some(vec![stem.clone()]);
    }
    let clauses = query.downcast_ref::<BooleanQuery>()?.clauses();
    let mut all = Vec::new();
    for (occur, clause) in clauses {
        if *occur != Occur::Should {
            return None;
        }
        all.append(&mut stems(&**clause)?);
    }
    Some(all)
}
