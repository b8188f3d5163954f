//! Questions of nothing but words, answered from the postings themselves.
//!
//! The engine scores a document before anybody may refuse it, so under a filter it scores ten to find one, and every
//! count is a walk of its own. Here the filter is asked first wherever that spares work, and documents are counted on
//! the way. Scores are the engine's, up to rounding.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::query::{BooleanQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, InvertedIndexReader, SegmentOrdinal, TERMINATED};

use super::best::{Best, Gate, Matches};
use super::filter::{Filter, Verdict};
use super::ids::Ids;
use super::rank::K1;
use super::stem::Stem;
use super::view::{Lengths, View};
use super::vocabulary::idf;

/// Documents are added up in windows of so many, which stay in the processor's nearest cache.
const WINDOW: usize = 4096;
/// Sums are looked through so many at a time.
const STRIDE: usize = 16;

/// Words that a document has to have, each as the stems of which any will do.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    words: Vec<Vec<Stem>>,
}

/// A stem in one segment.
struct Posting<'a> {
    info: &'a TermInfo,
    weight: f32,
}

impl Flat {
    /// A query as words, if it is nothing else and all its stems are of one field.
    pub(super) fn of(query: &dyn EngineQuery, field: Field) -> Option<Flat> {
        let words = words(query)?;
        let of_field = words.iter().flatten().all(|stem| stem.term.field() == field);
        (of_field && words.iter().all(|word| !word.is_empty())).then_some(Flat { words })
    }

    /// The only stem, if there is but one.
    pub(super) fn only(&self) -> Option<&Stem> {
        match self.words.as_slice() {
            [word] if word.len() == 1 => word.first(),
            _ => None,
        }
    }

    /// The documents that have the rarest of the words, deleted ones included.
    pub(super) fn rarest(&self) -> u64 {
        let documents = |word: &Vec<Stem>| word.iter().map(|stem| stem.posted.documents).sum();
        self.words.iter().map(documents).min().unwrap_or(0)
    }

    /// How many documents have a stem that is not the commonest of its word: few, where most documents are in one
    /// language.
    pub(super) fn apart(&self) -> u64 {
        self.words.iter().flat_map(|word| minors(word)).map(|stem| stem.posted.documents).sum()
    }

    /// The words by their commonest stems alone, as a query that the engine can prune, and what its scores are to be
    /// multiplied by: a stem that stands alone it prunes only as it is.
    pub(super) fn majors(&self) -> (Box<dyn EngineQuery>, f32) {
        let majors: Vec<Stem> = self.words.iter().filter_map(|word| major(word).cloned()).collect();
        if let [stem] = majors.as_slice() {
            return (Box::new(TermQuery::new(stem.term.clone(), IndexRecordOption::WithFreqs)), stem.boost);
        }
        let clauses = majors.into_iter().map(|stem| (Occur::Must, Box::new(stem) as Box<dyn EngineQuery>)).collect();
        (Box::new(BooleanQuery::new(clauses)), 1.0)
    }

    /// Walks the documents that have the words. Unless all are to be counted, those of which it is clear that they
    /// cannot be among the best are passed over.
    pub(super) fn walk(
        &self,
        view: &View,
        filter: &Filter,
        counting: bool,
        best: &mut Best,
    ) -> tantivy::Result<Matches> {
        let mut matches = Matches::default();
        let mut sums = Vec::new();
        for segment in (0..).take(view.searcher.segment_readers().len()) {
            let Some(words) = self.postings(view, segment) else { continue };
            let mut there = Segment::open(view, segment, filter, counting)?;
            match words.as_slice() {
                [word] if word.len() > 1 => there.any(word, best, &mut sums)?,
                words => there.all(words, best)?,
            }
            matches.add(there.matches);
        }
        Ok(matches)
    }

    /// Walks those documents only that have a stem which is not the commonest of its word, and returns them: by segment,
    /// in order.
    pub(super) fn walk_apart(&self, view: &View, filter: &Filter, best: &mut Best) -> tantivy::Result<Vec<Vec<DocId>>> {
        let mut apart = Vec::new();
        for segment in 0..view.searcher.segment_readers().len() {
            let mut docs = Vec::new();
            let infos = self
                .words
                .iter()
                .flat_map(|word| minors(word))
                .filter_map(|stem| stem.posted.infos.get(segment)?.as_ref());
            for info in infos {
                let inverted = view.searcher.segment_reader(segment as u32).inverted_index(view.fields.stems)?;
                let mut blocks = inverted.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
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
        let documents = view.all_documents();
        let mut words = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let posting = |stem| -> Option<Posting<'_>> {
                let Stem { boost, posted, .. }: &Stem = stem;
                let info = posted.infos.get(segment as usize)?.as_ref()?;
                Some(Posting { info, weight: idf(documents, posted.documents) * (1.0 + K1) * boost })
            };
            words.push(word.iter().filter_map(posting).collect());
        }
        words.iter().all(|word: &Vec<_>| !word.is_empty()).then_some(words)
    }
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

/// One segment while it is walked.
struct Segment<'a> {
    ordinal: SegmentOrdinal,
    inverted: Arc<InvertedIndexReader>,
    gate: Gate<'a>,
    ids: Ids,
    norms: Norms<'a>,
    matches: Matches,
}

/// How long the texts of a segment are.
struct Norms<'a> {
    of_documents: FieldNormReader,
    lengths: &'a Lengths,
}

impl Norms<'_> {
    /// BM25's share of a word that stands so often in a document.
    #[inline]
    fn share(&self, doc: DocId, times: u32) -> f32 {
        let times = times as f32;
        times / (times + self.lengths[usize::from(self.of_documents.fieldnorm_id(doc))])
    }
}

impl<'a> Segment<'a> {
    fn open(view: &'a View, ordinal: SegmentOrdinal, filter: &Filter, counting: bool) -> tantivy::Result<Segment<'a>> {
        let reader = view.searcher.segment_reader(ordinal);
        Ok(Segment {
            ordinal,
            inverted: reader.inverted_index(view.fields.stems)?,
            gate: Gate::new(view, ordinal, filter, counting)?,
            ids: view.ids(ordinal)?,
            norms: Norms { of_documents: reader.get_fieldnorms_reader(view.fields.stems)?, lengths: view.lengths()? },
            matches: Matches::default(),
        })
    }

    /// Documents that have all words: those of the rarest one are asked for the others, once the filter has let them
    /// pass.
    fn all(&mut self, words: &[Vec<Posting<'_>>], best: &mut Best) -> tantivy::Result<()> {
        let mut groups = self.groups(words)?;
        let mut doc = groups[0].doc();
        'documents: while doc != TERMINATED {
            let verdict = self.gate.verdict(doc);
            if verdict == Verdict::Out {
                doc = groups[0].advance();
                continue;
            }
            for at in 1..groups.len() {
                let next = groups[at].seek(doc);
                if next != doc {
                    if next == TERMINATED {
                        return Ok(());
                    }
                    doc = groups[0].seek(next);
                    continue 'documents;
                }
            }
            self.gate.count(doc, verdict, &mut self.matches);
            if verdict == Verdict::In {
                let score: f32 = groups.iter().map(|group| group.score(doc, &self.norms)).sum();
                best.offer(self.gate.weigh(doc, score, best), DocAddress::new(self.ordinal, doc), &self.ids);
            }
            doc = groups[0].advance();
        }
        Ok(())
    }

    /// Those of some documents that have all words.
    fn each(&mut self, docs: &[DocId], words: &[Vec<Posting<'_>>], best: &mut Best) -> tantivy::Result<()> {
        let mut groups = self.groups(words)?;
        for &doc in docs {
            if self.gate.verdict(doc) == Verdict::In && groups.iter_mut().all(|group| group.seek(doc) == doc) {
                let score: f32 = groups.iter().map(|group| group.score(doc, &self.norms)).sum();
                best.offer(self.gate.weigh(doc, score, best), DocAddress::new(self.ordinal, doc), &self.ids);
            }
        }
        Ok(())
    }

    /// The documents of each word, the rarest first.
    fn groups(&self, words: &[Vec<Posting<'_>>]) -> std::io::Result<Vec<Group>> {
        let mut words: Vec<&Vec<Posting<'_>>> = words.iter().collect();
        words.sort_by_key(|word| word.iter().map(|stem| stem.info.doc_freq).sum::<u32>());
        words.into_iter().map(|word| Group::open(word, &self.inverted)).collect()
    }

    /// Documents that have any of the stems, a window of documents at a time: a stem after the other is added up, and
    /// the sums are looked through. Stems that together cannot bring a document among the best any more are only looked
    /// up for those that others brought near: MaxScore (Turtle and Flood, "Query evaluation: strategies and
    /// optimizations", 1995), as Lucene does it.
    fn any(&mut self, stems: &[Posting<'_>], best: &mut Best, sums: &mut Vec<f32>) -> tantivy::Result<()> {
        let mut lists: Vec<List> =
            stems.iter().map(|stem| List::open(stem, &self.inverted)).collect::<Result<_, _>>()?;
        lists.sort_by(|a, b| a.weight.total_cmp(&b.weight));
        // What a document can get from a list and those before it; a little more, because sums are rounded.
        let mut bounds: Vec<f32> = Vec::with_capacity(lists.len());
        for list in &lists {
            bounds.push((bounds.last().copied().unwrap_or(0.0) + list.weight) * 1.000_001);
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
                        best.offer(self.gate.weigh(doc, sum, best), DocAddress::new(self.ordinal, doc), &self.ids);
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
    fn open(stem: &Posting<'_>, inverted: &InvertedIndexReader) -> std::io::Result<List> {
        let blocks = inverted.read_block_postings_from_terminfo(stem.info, IndexRecordOption::WithFreqs)?;
        Ok(List { blocks, at: 0, weight: stem.weight })
    }

    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Adds what the documents from `start` on get, as many as there is room for, and goes past them.
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

    /// What a document gets; documents must be asked for in order.
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
    fn open(word: &[Posting<'_>], inverted: &InvertedIndexReader) -> std::io::Result<Group> {
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
