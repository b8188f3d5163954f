//! Scores the documents of one segment that have some words, from the postings themselves.

use std::io;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentOrdinal, TERMINATED};

use super::filter::Verdict;
use super::top_docs::{SegmentGate, TopDocs};
use crate::backend::filter::Filter;
use crate::backend::found::Matches;
use crate::index::record::id_column::Ids;
use crate::index::snapshot::view::{Lengths, View};

/// The documents of a window, in which scores are added up. A window stays in the processor's nearest cache.
const WINDOW: usize = 4096;
/// The scores that are looked at together.
const STRIDE: usize = 16;
/// The factor that makes a bound hold in spite of rounding.
const ROUNDED: f32 = 1.000_001;

/// The postings of a stem in one segment.
pub(crate) struct Posting<'a> {
    pub(crate) info: &'a TermInfo,
    pub(crate) weight: f32,
}

/// The walk over one segment.
pub(crate) struct ConjunctionScorer<'a> {
    ordinal: SegmentOrdinal,
    inverted: &'a InvertedIndexReader,
    gate: SegmentGate<'a>,
    ids: &'a Ids,
    norms: Norms<'a>,
    pub(crate) matches: Matches,
}

/// The lengths of a segment's texts.
struct Norms<'a> {
    of_documents: &'a FieldNormReader,
    lengths: &'a Lengths,
}

impl Norms<'_> {
    /// BM25's factor for a word that occurs this often in a document.
    #[inline]
    fn share(&self, doc: DocId, times: u32) -> f32 {
        let times = times as f32;
        times / (times + self.lengths[usize::from(self.of_documents.fieldnorm_id(doc))])
    }
}

impl<'a> ConjunctionScorer<'a> {
    pub(crate) fn open(
        view: &'a View,
        ordinal: SegmentOrdinal,
        filter: &Filter,
        counting: bool,
    ) -> tantivy::Result<ConjunctionScorer<'a>> {
        let stems = view.stems(ordinal)?;
        Ok(ConjunctionScorer {
            ordinal,
            inverted: &stems.inverted,
            gate: SegmentGate::new(view, ordinal, filter, counting)?,
            ids: view.ids(ordinal)?,
            norms: Norms { of_documents: &stems.norms, lengths: view.lengths()? },
            matches: Matches::default(),
        })
    }

    /// Scores all documents that have any of the stems, and then asks the filter. For stems of few documents.
    pub(crate) fn score_rare(&mut self, stems: &[Posting<'_>], best: &mut TopDocs) -> io::Result<()> {
        let documents = stems.iter().map(|stem| stem.info.doc_freq as usize).sum();
        let mut found: Vec<(DocId, f32)> = Vec::with_capacity(documents);
        for stem in stems {
            let mut blocks = self.blocks(stem)?;
            while !blocks.docs().is_empty() {
                let postings = blocks.docs().iter().zip(blocks.freqs());
                found.extend(postings.map(|(&doc, &times)| (doc, stem.weight * self.norms.share(doc, times))));
                blocks.advance();
            }
        }
        if stems.len() > 1 {
            found.sort_by_key(|(doc, _)| *doc);
            found.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0.0 };
                same
            });
        }
        for (doc, score) in found {
            let verdict = self.gate.verdict(doc);
            self.gate.count(doc, verdict, &mut self.matches);
            if verdict == Verdict::In {
                self.offer(doc, score, best);
            }
        }
        Ok(())
    }

    /// Walks the documents that have one stem and are not in `but`, which rises. Blocks of postings that the engine
    /// knows to be too weak are skipped, and the filter is asked only about documents that can be among the best.
    pub(crate) fn score_pruned(
        &mut self,
        stem: &Posting<'_>,
        but: &[DocId],
        view: &View,
        best: &mut TopDocs,
    ) -> tantivy::Result<()> {
        let bounds = view.bounds()?;
        let mut blocks = self.blocks(stem)?;
        let mut threshold = best.threshold();
        while !blocks.docs().is_empty() {
            if stem.weight * ROUNDED * blocks.block_max_score(self.norms.of_documents, bounds) > threshold {
                for (&doc, &times) in blocks.docs().iter().zip(blocks.freqs()) {
                    let score = stem.weight * self.norms.share(doc, times);
                    if score > threshold && but.binary_search(&doc).is_err() && self.gate.verdict(doc) == Verdict::In {
                        self.offer(doc, score, best);
                        threshold = best.threshold();
                    }
                }
            }
            blocks.advance();
        }
        Ok(())
    }

    fn blocks(&self, stem: &Posting<'_>) -> io::Result<BlockSegmentPostings> {
        self.inverted.read_block_postings_from_terminfo(stem.info, IndexRecordOption::WithFreqs)
    }

    fn offer(&self, doc: DocId, score: f32, best: &mut TopDocs) {
        best.offer(self.gate.weigh(doc, score, best), self.ordinal, doc, self.ids);
    }

    /// Walks the documents that have all words. Documents of the rarest word that pass the filter are looked up in the
    /// others; unless all are to be counted, only while the others can still bring them among the best.
    pub(crate) fn score_intersection(&mut self, words: &[Vec<Posting<'_>>], best: &mut TopDocs) -> tantivy::Result<()> {
        let mut groups = self.groups(words)?;
        let Some((first, others)) = groups.split_first_mut() else { return Ok(()) };
        let rest: f32 = others.iter().flat_map(|group| &group.lists).map(|(_, weight)| weight).sum();
        let mut threshold = best.threshold();
        let mut doc = first.doc();
        'documents: while doc != TERMINATED {
            let verdict = self.gate.verdict(doc);
            let share = if verdict == Verdict::Out { 0.0 } else { first.score(doc, &self.norms) };
            let is_hopeless = || !self.gate.counting && (share + rest) * ROUNDED <= threshold;
            if verdict == Verdict::Out || is_hopeless() {
                doc = first.advance();
                continue;
            }
            for other in others.iter_mut() {
                let next = other.seek(doc);
                if next != doc {
                    if next == TERMINATED {
                        return Ok(());
                    }
                    doc = first.seek(next);
                    continue 'documents;
                }
            }
            self.gate.count(doc, verdict, &mut self.matches);
            if verdict == Verdict::In {
                let score = others.iter().fold(share, |sum, other| sum + other.score(doc, &self.norms));
                self.offer(doc, score, best);
                threshold = best.threshold();
            }
            doc = first.advance();
        }
        Ok(())
    }

    /// Scores those of `docs` that have all words.
    pub(crate) fn each(
        &mut self,
        docs: &[DocId],
        words: &[Vec<Posting<'_>>],
        best: &mut TopDocs,
    ) -> tantivy::Result<()> {
        let mut groups = self.groups(words)?;
        for &doc in docs {
            if self.gate.verdict(doc) == Verdict::In && groups.iter_mut().all(|group| group.seek(doc) == doc) {
                let score = groups.iter().map(|group| group.score(doc, &self.norms)).sum();
                self.offer(doc, score, best);
            }
        }
        Ok(())
    }

    /// The documents of each word, the rarest word first.
    fn groups(&self, words: &[Vec<Posting<'_>>]) -> io::Result<Vec<Group>> {
        let mut words: Vec<&Vec<Posting<'_>>> = words.iter().collect();
        words.sort_by_key(|word| word.iter().map(|stem| stem.info.doc_freq).sum::<u32>());
        words.into_iter().map(|word| Group::open(word, self.inverted)).collect()
    }

    /// Walks the documents that have any of the stems, one window of documents at a time: the scores of one stem after
    /// the other are added up, and then the sums are looked through. Stems that together cannot bring a document among
    /// the best any more are only looked up for documents that others brought near. This is MaxScore (Turtle and Flood,
    /// "Query evaluation: strategies and optimizations", 1995), as Lucene does it.
    pub(crate) fn score_union(
        &mut self,
        stems: &[Posting<'_>],
        best: &mut TopDocs,
        sums: &mut Vec<f32>,
    ) -> tantivy::Result<()> {
        let mut lists: Vec<List> =
            stems.iter().map(|stem| List::open(stem, self.inverted)).collect::<Result<_, _>>()?;
        lists.sort_by(|a, b| a.weight.total_cmp(&b.weight));
        // The highest score that a list and those before it can give.
        let mut bounds: Vec<f32> = Vec::with_capacity(lists.len());
        for list in &lists {
            bounds.push((bounds.last().copied().unwrap_or(0.0) + list.weight) * ROUNDED);
        }
        let counting = self.gate.counting;
        let counts_all = counting && self.gate.is_plain();
        let judges_all = counting && !counts_all;
        sums.resize(WINDOW, 0.0);
        let mut minor = 0;
        loop {
            let mut threshold = best.threshold();
            while !counting && bounds.get(minor).is_some_and(|bound| *bound <= threshold) {
                minor += 1;
            }
            let (minors, majors) = lists.split_at_mut(minor);
            let start = majors.iter().map(List::doc).min().unwrap_or(TERMINATED);
            if start == TERMINATED {
                return Ok(());
            }
            majors.iter_mut().for_each(|list| list.add(start, sums, &self.norms));
            let spare = minor.checked_sub(1).map_or(0.0, |last| bounds[last]);
            let mut low = if judges_all { 0.0 } else { (threshold - spare).max(0.0) };
            for (at, stride) in (start..).step_by(STRIDE).zip(sums.chunks_exact_mut(STRIDE)) {
                if counts_all {
                    self.matches.total += stride.iter().filter(|sum| **sum > 0.0).count() as u64;
                }
                if stride.iter().fold(false, |any, sum| any | (*sum > low)) {
                    for (doc, &sum) in (at..).zip(stride.iter()) {
                        if sum <= low {
                            continue;
                        }
                        let verdict = self.gate.verdict(doc);
                        if judges_all {
                            self.gate.count(doc, verdict, &mut self.matches);
                        }
                        if verdict != Verdict::In || sum + spare <= threshold {
                            continue;
                        }
                        let mut sum = sum;
                        for (list, bound) in minors.iter_mut().zip(&bounds).rev() {
                            if sum + bound <= threshold {
                                break;
                            }
                            sum += list.score(doc, &self.norms);
                        }
                        self.offer(doc, sum, best);
                        threshold = best.threshold();
                        if !judges_all {
                            low = low.max(threshold - spare);
                        }
                    }
                }
                stride.fill(0.0);
            }
        }
    }
}

/// The documents with a stem, a block at a time.
struct List {
    blocks: BlockSegmentPostings,
    at: usize,
    weight: f32,
}

impl List {
    fn open(stem: &Posting<'_>, inverted: &InvertedIndexReader) -> io::Result<List> {
        let blocks = inverted.read_block_postings_from_terminfo(stem.info, IndexRecordOption::WithFreqs)?;
        Ok(List { blocks, at: 0, weight: stem.weight })
    }

    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Adds the scores of the documents from `start` on, as many as there is room for, and moves behind them.
    fn add(&mut self, start: DocId, sums: &mut [f32], norms: &Norms<'_>) {
        loop {
            let block = self.blocks.docs();
            for (&doc, &times) in block.iter().zip(self.blocks.freqs()).skip(self.at) {
                let Some(sum) = sums.get_mut((doc - start) as usize) else { return };
                *sum += self.weight * norms.share(doc, times);
                self.at += 1;
            }
            if block.is_empty() {
                return;
            }
            self.blocks.advance();
            self.at = 0;
        }
    }

    /// The score of a document. Documents must be asked for in order.
    fn score(&mut self, doc: DocId, norms: &Norms<'_>) -> f32 {
        if self.doc() < doc {
            self.at = self.blocks.seek(doc);
        }
        if self.doc() == doc { self.weight * norms.share(doc, self.blocks.freq(self.at)) } else { 0.0 }
    }
}

/// The documents with any stem of a word.
struct Group {
    lists: Vec<(SegmentPostings, f32)>,
}

impl Group {
    fn open(word: &[Posting<'_>], inverted: &InvertedIndexReader) -> io::Result<Group> {
        let mut lists = Vec::with_capacity(word.len());
        for stem in word {
            let postings = inverted.read_postings_from_terminfo(stem.info, IndexRecordOption::WithFreqs)?;
            lists.push((postings, stem.weight));
        }
        Ok(Group { lists })
    }

    #[inline]
    fn doc(&self) -> DocId {
        match self.lists.as_slice() {
            [(postings, _)] => postings.doc(),
            lists => lists.iter().map(|(postings, _)| postings.doc()).min().unwrap_or(TERMINATED),
        }
    }

    #[inline]
    fn advance(&mut self) -> DocId {
        if let [(postings, _)] = self.lists.as_mut_slice() {
            return postings.advance();
        }
        let doc = self.doc();
        for (postings, _) in self.lists.iter_mut().filter(|(postings, _)| postings.doc() == doc) {
            postings.advance();
        }
        self.doc()
    }

    #[inline]
    fn seek(&mut self, target: DocId) -> DocId {
        for (postings, _) in self.lists.iter_mut().filter(|(postings, _)| postings.doc() < target) {
            postings.seek(target);
        }
        self.doc()
    }

    fn score(&self, doc: DocId, norms: &Norms<'_>) -> f32 {
        let here = self.lists.iter().filter(|(postings, _)| postings.doc() == doc);
        here.map(|(postings, weight)| weight * norms.share(doc, postings.term_freq())).sum()
    }
}
