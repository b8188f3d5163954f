//! The engine's query for words with positions. It finds the documents in which a [`Place`] holds, and scores them as
//! one word or phrase by BM25.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::columnar::ColumnValues;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::disjunction::{Counts, Union};
use super::filter::Verdict;
use super::slot_terms::SlotTerms;
use super::top_docs::{SegmentGate, TopDocs};
use crate::backend::bm25::{B, K1, bm25};
use crate::backend::filter::Filter;
use crate::backend::found::Matches;
use crate::index::record::schema::{LANGUAGE, TITLE_WORDS};
use crate::index::record::surface_forms::{PARAGRAPH, SENTENCE};
use crate::index::snapshot::view::View;
use crate::passages::intervals::{Occurrences, Place};
use crate::passages::slot::{ANY_LANGUAGE, Languages, last_bit};

/// A query for documents in which a place holds.
#[derive(Clone, Debug)]
pub(crate) struct IntervalsQuery {
    pub(crate) slots: Arc<[SlotTerms]>,
    pub(crate) place: Arc<Place>,
    /// The field whose lengths count for the score.
    pub(crate) field: Field,
    /// The field of written forms and of the beginnings of sentences.
    pub(crate) forms: Field,
    /// Set to find words of the title only.
    pub(crate) in_title: bool,
    /// The codes of the languages, by bit. Documents in other languages, or none, have the last bit.
    pub(crate) languages: Arc<[String]>,
    pub(crate) idf: f32,
    /// The average number of words of a document.
    pub(crate) average: f32,
}

impl Query for IntervalsQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for IntervalsQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scoring = self.scoring(reader, boost)?;
        if let Some(terms) = self.one_word() {
            return Ok(Box::new(UnionScorer { union: Union::of(reader, terms)?, scoring }));
        }
        let languages = self.language_bits(reader)?;
        let mut slots = Vec::with_capacity(self.slots.len());
        for terms in self.slots.iter() {
            slots.push(SlotPostings::open(reader, terms, languages.clone())?);
        }
        let (sentences, paragraphs) = self.place.needs();
        // A paragraph begins with a sentence.
        let starts = |needed: bool, term: &str| match needed {
            true => postings(reader, &Term::from_field_text(self.forms, term)),
            false => Ok(None),
        };
        let title = match self.in_title {
            true => Some(reader.fast_fields().u64(TITLE_WORDS)?.values),
            false => None,
        };
        let mut scorer = IntervalsScorer {
            slots,
            place: Arc::clone(&self.place),
            sentences: starts(sentences, SENTENCE)?,
            paragraphs: starts(sentences || paragraphs, PARAGRAPH)?,
            title,
            found: Occurrences { slots: vec![Vec::new(); self.slots.len()], ..Occurrences::default() },
            doc: 0,
            times: 0,
            scoring,
        };
        scorer.find(0);
        if scorer.doc == TERMINATED { Ok(Box::new(EmptyScorer)) } else { Ok(Box::new(scorer)) }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("words with a place", scorer.score()))
    }
}

impl IntervalsQuery {
    /// The terms of the only slot, if there is only one and it may stand anywhere.
    pub(crate) fn one_word(&self) -> Option<&SlotTerms> {
        let Place::Slot(slot) = &*self.place else { return None };
        let in_any = |terms: &&SlotTerms| terms.terms.iter().all(|(_, languages)| *languages == ANY_LANGUAGE);
        self.slots.get(*slot).filter(in_any).filter(|_| !self.in_title)
    }

    fn scoring(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Scoring> {
        let lengths = reader.get_fieldnorms_reader(self.field)?;
        Ok(Scoring { lengths, weight: self.idf * boost, average: self.average })
    }

    /// Walks the documents with the terms of [one word](Self::one_word). Unless all are to be counted, documents with
    /// too low a frequency to be among the best are skipped.
    pub(crate) fn walk(
        &self,
        view: &View,
        filter: &Filter,
        counting: bool,
        best: &mut TopDocs,
    ) -> tantivy::Result<Matches> {
        let mut matches = Matches::default();
        let Some(word) = self.one_word() else { return Ok(matches) };
        for (segment, reader) in (0..).zip(view.searcher.segment_readers()) {
            let gate = SegmentGate::new(view, segment, filter, counting)?;
            let (ids, scoring) = (view.ids(segment)?, self.scoring(reader, 1.0)?);
            let least = |score| if counting { 1 } else { scoring.least(score) };
            let mut threshold = best.threshold();
            let mut enough = least(threshold);
            Counts::of(reader, word)?.each(enough, |doc, times| {
                let score = scoring.score(doc, times);
                if counting || score > threshold {
                    let verdict = gate.verdict(doc);
                    gate.count(doc, verdict, &mut matches);
                    if verdict == Verdict::In {
                        best.offer(gate.weigh(doc, score, best), segment, doc, ids);
                        threshold = best.threshold();
                        enough = least(threshold);
                    }
                }
                enough
            });
        }
        Ok(matches)
    }

    /// The language of each document of a segment, as a bit. None where languages do not matter.
    fn language_bits(&self, reader: &SegmentReader) -> tantivy::Result<Option<Arc<LanguageBits>>> {
        if self.slots.iter().flat_map(|slot| &slot.terms).all(|(_, languages)| *languages == ANY_LANGUAGE) {
            return Ok(None);
        }
        let Some(column) = reader.fast_fields().str(LANGUAGE)? else { return Ok(None) };
        let mut bits = vec![last_bit(); column.num_terms()];
        let mut code = String::new();
        for (ordinal, bit) in bits.iter_mut().enumerate() {
            code.clear();
            column.ord_to_str(ordinal as u64, &mut code)?;
            if let Some(at) = self.languages.iter().position(|known| *known == code) {
                *bit = 1 << at;
            }
        }
        Ok(Some(Arc::new(LanguageBits { ordinals: column.ords().clone(), bits })))
    }
}

struct LanguageBits {
    ordinals: tantivy::columnar::Column<u64>,
    bits: Vec<Languages>,
}

impl LanguageBits {
    fn of(&self, doc: DocId) -> Languages {
        let ordinal = self.ordinals.first(doc);
        ordinal.and_then(|ordinal| self.bits.get(ordinal as usize).copied()).unwrap_or(last_bit())
    }
}

fn postings(reader: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
    let inverted = reader.inverted_index(term.field())?;
    Ok(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?)
}

/// Moves a posting list to a document, or past it.
fn go_to(postings: &mut SegmentPostings, doc: DocId) -> DocId {
    if postings.doc() < doc { postings.seek(doc) } else { postings.doc() }
}

/// The documents and positions of one slot.
struct SlotPostings {
    members: Vec<(SegmentPostings, Languages)>,
    /// The slot's posting lists, ordered by their current documents.
    next: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Places in the heap that remain to be looked at.
    there: Vec<usize>,
    but: Vec<SegmentPostings>,
    languages: Option<Arc<LanguageBits>>,
}

impl SlotPostings {
    fn open(reader: &SegmentReader, slot: &SlotTerms, languages: Option<Arc<LanguageBits>>) -> tantivy::Result<Self> {
        let mut members = Vec::with_capacity(slot.terms.len());
        for (term, in_languages) in &slot.terms {
            if let Some(postings) = postings(reader, term)? {
                members.push((postings, *in_languages));
            }
        }
        let mut but = Vec::new();
        for term in &slot.but {
            but.extend(postings(reader, term)?);
        }
        let next = members.iter().enumerate().map(|(at, (postings, _))| Reverse((postings.doc(), at))).collect();
        Ok(SlotPostings { members, next, there: Vec::new(), but, languages })
    }

    /// The first document from `target` on that has the word.
    fn seek(&mut self, mut target: DocId) -> DocId {
        loop {
            while let Some(mut top) = self.next.peek_mut().filter(|top| top.0.0 < target) {
                let at = top.0.1;
                let doc = self.members.get_mut(at).map_or(TERMINATED, |(postings, _)| go_to(postings, target));
                // The entry is put back in its order when it goes out of scope.
                top.0.0 = doc;
            }
            let doc = self.next.peek().map_or(TERMINATED, |top| top.0.0);
            if doc == TERMINATED || self.counts(doc) {
                return doc;
            }
            target = doc + 1;
        }
    }

    /// Returns whether a word at this document is one in the document's language.
    fn counts(&self, doc: DocId) -> bool {
        let Some(languages) = &self.languages else { return true };
        let bit = languages.of(doc);
        self.members.iter().any(|(postings, languages)| languages & bit != 0 && postings.doc() == doc)
    }

    fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let bit = self.languages.as_ref().map_or(ANY_LANGUAGE, |languages| languages.of(doc));
        let mut lists = 0;
        // The lists at the current document stand together at the top of the heap; most of a thousand lists do not.
        self.there.clear();
        self.there.push(0);
        while let Some(node) = self.there.pop() {
            let Some(Reverse((_, at))) = self.next.as_slice().get(node).filter(|next| next.0.0 <= doc) else {
                continue;
            };
            self.there.extend([2 * node + 1, 2 * node + 2]);
            if let Some((postings, languages)) = self.members.get_mut(*at)
                && *languages & bit != 0
                && postings.doc() == doc
            {
                postings.append_positions_with_offset(0, out);
                lists += 1;
            }
        }
        if lists > 1 {
            out.sort_unstable();
            out.dedup();
        }
        let mut without = Vec::new();
        for postings in &mut self.but {
            if go_to(postings, doc) == doc {
                postings.append_positions_with_offset(0, &mut without);
            }
        }
        if !without.is_empty() {
            without.sort_unstable();
            out.retain(|position| without.binary_search(position).is_err());
        }
    }
}

/// The parts of a score besides the frequency.
struct Scoring {
    lengths: FieldNormReader,
    weight: f32,
    average: f32,
}

impl Scoring {
    fn score(&self, doc: DocId, times: u32) -> Score {
        self.weight * bm25(times as f32, self.lengths.fieldnorm(doc) as f32, self.average)
    }

    /// The lowest frequency with which a document, however short, can score more than this.
    fn least(&self, score: Score) -> u32 {
        let (most, half) = ((1.0 + K1) * self.weight, K1 * (1.0 - B));
        if score >= most {
            return u32::MAX;
        }
        // Scores are rounded, so the result is a little lower.
        (0.999 * score * half / (most - score)).max(1.0) as u32
    }
}

struct IntervalsScorer {
    slots: Vec<SlotPostings>,
    place: Arc<Place>,
    sentences: Option<SegmentPostings>,
    paragraphs: Option<SegmentPostings>,
    title: Option<Arc<dyn ColumnValues<u64>>>,
    found: Occurrences,
    doc: DocId,
    times: u32,
    scoring: Scoring,
}

impl IntervalsScorer {
    /// Moves to the first document from `target` on in which the place holds.
    fn find(&mut self, mut target: DocId) -> DocId {
        loop {
            self.doc = if target >= TERMINATED { TERMINATED } else { candidate(&self.place, &mut self.slots, target) };
            if self.doc == TERMINATED || self.holds() {
                return self.doc;
            }
            target = self.doc + 1;
        }
    }

    fn holds(&mut self) -> bool {
        for (slot, positions) in self.slots.iter_mut().zip(&mut self.found.slots) {
            slot.positions(self.doc, positions);
            if let Some(title) = &self.title {
                let words = title.get_val(self.doc);
                positions.truncate(positions.partition_point(|position| u64::from(*position) < words));
            }
        }
        for (postings, starts) in
            [(&mut self.sentences, &mut self.found.sentences), (&mut self.paragraphs, &mut self.found.paragraphs)]
        {
            starts.clear();
            if let Some(postings) = postings
                && go_to(postings, self.doc) == self.doc
            {
                postings.append_positions_with_offset(0, starts);
            }
        }
        if self.sentences.is_some() || self.paragraphs.is_some() {
            self.found.sentences.extend_from_slice(&self.found.paragraphs);
            self.found.sentences.sort_unstable();
        }
        self.times = self.place.spans(&self.found).len() as u32;
        self.times > 0
    }
}

/// The first document from `target` on that has all words that a place needs.
fn candidate(place: &Place, slots: &mut [SlotPostings], target: DocId) -> DocId {
    let one =
        |slot: usize, slots: &mut [SlotPostings], target| slots.get_mut(slot).map_or(TERMINATED, |s| s.seek(target));
    match place {
        Place::Slot(slot) => one(*slot, slots, target),
        Place::AnyOf(parts) => parts.iter().map(|part| candidate(part, slots, target)).min().unwrap_or(TERMINATED),
        Place::Sequence { slots: words, .. } => {
            all(words.len(), target, |part, target| one(words[part].0, slots, target))
        }
        Place::Near(parts, _) => all(parts.len(), target, |part, target| candidate(&parts[part], slots, target)),
    }
}

/// The first document from `target` on that all parts have.
fn all(parts: usize, target: DocId, mut seek: impl FnMut(usize, DocId) -> DocId) -> DocId {
    let (mut doc, mut agreed, mut part) = (target, 0, 0);
    while agreed < parts {
        let next = seek(part, doc);
        if next == TERMINATED {
            return TERMINATED;
        }
        agreed = if next == doc { agreed + 1 } else { 1 };
        doc = next;
        part = (part + 1) % parts;
    }
    if parts == 0 { TERMINATED } else { doc }
}

impl DocSet for IntervalsScorer {
    fn advance(&mut self) -> DocId {
        self.find(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target { self.find(target) } else { self.doc }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let most = |slot: &SlotPostings| slot.members.iter().map(|(postings, _)| postings.size_hint()).max();
        self.slots.iter().filter_map(most).min().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        // Reading positions is far more work than reading documents.
        u64::from(self.size_hint()) * 20
    }
}

impl Scorer for IntervalsScorer {
    fn score(&mut self) -> Score {
        self.scoring.score(self.doc, self.times)
    }
}

/// A scorer for one word that stands for many, anywhere in a text.
struct UnionScorer {
    union: Union,
    scoring: Scoring,
}

impl DocSet for UnionScorer {
    fn advance(&mut self) -> DocId {
        self.union.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.union.seek(target)
    }

    fn doc(&self) -> DocId {
        self.union.doc()
    }

    fn size_hint(&self) -> u32 {
        self.union.len()
    }
}

impl Scorer for UnionScorer {
    fn score(&mut self) -> Score {
        self.scoring.score(self.union.doc(), self.union.times())
    }
}
