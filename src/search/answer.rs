//! Answering: find, count, rank, read.

use std::collections::HashMap;

use super::collapse::{Collapse, Kin};
use super::compile::compiler::CompiledQuery;
use super::compile::stop_words::{CommonWords, without_stop_words};
use super::compile::vocabulary::Vocabulary;
use super::explain::Parts;
use super::facets::{facet_counts, span};
use super::feedback::{self, Feedback};
use super::matched::{Beside, MatchedDocs, by_day, compiled};
use super::request::{Request, Sort};
use super::rerank::{BLOCK, Mixed, RANKED, add_exact, add_feedback, mix};
use crate::answer::cursor::{Cursor, Place};
use crate::answer::dates::{DateReport, DatedDocument};
use crate::answer::search::{Hit, Matched, Results};
use crate::backend::clause::TextField;
use crate::backend::found::{Candidate, Doc, TopDocsRequest};
use crate::backend::reader::Backend;
use crate::document::Document;
use crate::error::Result;
use crate::passages::excerpt::{Reading, line_of};
use crate::query::Matching;
use crate::text::Analyzer;

/// Documents read on the way.
type Readings = HashMap<Doc, (Document, Reading)>;

/// A document found, perhaps read already.
struct Found {
    /// With the score of the whole document, before its passages had a say.
    candidate: Candidate,
    score: f32,
    read: Option<(Document, Reading)>,
}

/// The documents of a page.
#[derive(Default)]
struct Page {
    hits: Vec<Hit>,
    /// The place of the last one.
    end: Option<Place>,
}

/// Finds, ranks and reads.
pub(crate) fn run<B: Backend>(request: &Request, backend: &B, analyzer: &mut Analyzer) -> Result<Results> {
    let vocabulary = Vocabulary::new(backend);
    let beside = if request.by_source { Beside::Sources } else { Beside::Nothing };
    let candidates = request.candidates(backend.documents());
    let mut matched = MatchedDocs::of(request, &vocabulary, analyzer, beside, candidates)?;
    let by_score = request.sort == Sort::Best && matched.compiled.scored;
    let parts = if request.explain && by_score {
        Some(Parts::of(matched.query.node(), &request.asking(&vocabulary), analyzer)?)
    } else {
        None
    };
    let candidates = std::mem::take(&mut matched.candidates);
    let distinct = matched.distinct();
    let (compiled, collapse) = (&matched.compiled, matched.collapse.as_ref());
    let mut run = Run { request, backend, compiled, collapse, analyzer, parts, unfed: HashMap::new() };
    let page = if request.limit == 0 || matched.counts.total == 0 {
        Page::default()
    } else if by_score {
        run.best(candidates)?
    } else {
        run.by_day()?
    };
    let end = request.offset.saturating_add(page.hits.len()) as u64;
    let next = page.end.filter(|_| end < distinct).map(|place| Cursor { rank: end, place });
    let span = span(&matched.counts);
    Ok(Results {
        first: span.map(|(first, _)| first),
        last: span.map(|(_, last)| last),
        read_as: matched.read_as,
        matched: matched.compiled.matched,
        notes: matched.notes,
        total: matched.counts.total,
        distinct,
        undated: matched.counts.undated,
        undated_left_out: matched.counts.undated_left_out,
        hits: page.hits,
        next,
        tree: request.explain.then(|| matched.query.tree()),
        sources: facet_counts(&matched.counts),
    })
}

/// The ids of the best documents, as they are found.
pub(crate) fn ids<B: Backend>(request: &Request, backend: &B, analyzer: &mut Analyzer) -> Result<Vec<String>> {
    let vocabulary = Vocabulary::new(backend);
    let query = without_stop_words(&request.query, request.matching, &request.synonyms, &vocabulary)?.query;
    let request = &Request { query, ..request.clone() };
    let limit = request.end().min(backend.documents() as usize);
    let mut look = |relaxed| -> Result<(bool, Vec<Candidate>)> {
        let compiled = compiled(request, &vocabulary, analyzer, relaxed)?;
        let found = if request.sort == Sort::Best && compiled.scored {
            let top = TopDocsRequest { limit, ..TopDocsRequest::default() };
            backend.top_docs(&compiled.query, &compiled.filter, top)?.1
        } else {
            by_day(backend, &compiled, limit, request.sort, None)?.into_iter().map(|(_, found)| found).collect()
        };
        Ok((compiled.can_relax, found))
    };
    let (can_relax, mut found) = look(false)?;
    if found.is_empty() && can_relax && request.matching == Matching::Auto {
        found = look(true)?.1;
    }
    found.iter().skip(request.offset).map(|candidate| backend.id(candidate.doc)).collect()
}

/// Documents as they are shown, in this order.
pub(crate) fn hits<B: Backend>(
    request: &Request,
    backend: &B,
    analyzer: &mut Analyzer,
    matched: &MatchedDocs<B>,
    found: impl IntoIterator<Item = Doc>,
) -> Result<Vec<Hit>> {
    let (compiled, collapse, unfed) = (&matched.compiled, matched.collapse.as_ref(), HashMap::new());
    let found = found.into_iter().map(|doc| Candidate { score: 0.0, key: 0, doc });
    Run { request, backend, compiled, collapse, analyzer, parts: None, unfed }.hits(found)
}

/// The document with this id as it is shown, whether it matches or not.
pub(crate) fn read<B: Backend>(
    request: &Request,
    backend: &B,
    analyzer: &mut Analyzer,
    id: &str,
) -> Result<Option<Hit>> {
    let Some(doc) = backend.with_id(id, 1)?.first().copied() else { return Ok(None) };
    let matched = MatchedDocs::of(request, &Vocabulary::new(backend), analyzer, Beside::Nothing, 0)?;
    let hits = hits(request, backend, analyzer, &matched, [doc])?;
    Ok(hits.into_iter().next())
}

/// How the documents that match were dated: all of them counted, some of them listed, the oldest first.
pub(crate) fn date_report<B: Backend>(request: &Request, backend: &B, analyzer: &mut Analyzer) -> Result<DateReport> {
    let matched = MatchedDocs::of(request, &Vocabulary::new(backend), analyzer, Beside::Nothing, 0)?;
    let counts = backend.count_dates(&matched.compiled.query, &matched.compiled.filter)?;
    let limit = if request.limit == 0 { 0 } else { request.end().min(backend.documents() as usize) };
    let sort = if request.sort == Sort::Newest { Sort::Newest } else { Sort::Oldest };
    let found = by_day(backend, &matched.compiled, limit, sort, None)?;
    let mut documents = Vec::new();
    for (_, candidate) in found.into_iter().skip(request.offset) {
        documents.push(DatedDocument::from(backend.document(candidate.doc)?));
    }
    Ok(DateReport {
        read_as: matched.read_as,
        notes: matched.notes,
        total: matched.counts.total,
        undated_left_out: matched.counts.undated_left_out,
        rules: counts.rules(),
        doubtful: counts.doubtful,
        doubts: counts.doubts(),
        documents,
    })
}

/// One search under way.
struct Run<'a, B: Backend> {
    request: &'a Request,
    backend: &'a B,
    compiled: &'a CompiledQuery<B>,
    collapse: Option<&'a Collapse<B::Copies>>,
    analyzer: &'a mut Analyzer,
    /// Where an explanation is asked for.
    parts: Option<Parts<B::Query>>,
    /// The scores of documents before feedback, where an explanation is asked for.
    unfed: HashMap<Doc, f32>,
}

impl<B: Backend> Run<'_, B> {
    fn best(&mut self, mut candidates: Vec<Candidate>) -> Result<Page> {
        let place = |candidate: &Candidate| Place::Score(candidate.score, candidate.key);
        if self.request.after_score().is_some() {
            let end = candidates.last().map(place);
            return Ok(Page { hits: self.hits(candidates)?, end });
        }
        // Before those at the top are put in another order.
        let end = match self.request.end() {
            end if end < RANKED => Some(Place::Top),
            end => candidates.get(end - 1).map(place),
        };
        let ranked = RANKED.min(candidates.len());
        add_exact(self.backend, &self.compiled.exact, &mut candidates[..ranked])?;
        let mut read = self.feedback(&mut candidates[..ranked])?;
        let mut hits = Vec::new();
        for (number, block) in candidates.chunks(BLOCK).enumerate() {
            let from = number * BLOCK;
            if from >= self.request.end() {
                break;
            }
            if from + block.len() <= self.request.offset {
                continue;
            }
            let found = if self.request.passages > 0 && from < RANKED {
                self.reorder(block, &mut read)?
            } else {
                block.iter().map(|&candidate| Found { score: candidate.score, candidate, read: None }).collect()
            };
            for (rank, found) in (from..).zip(found) {
                if (self.request.offset..self.request.end()).contains(&rank) {
                    hits.push(self.hit(rank, found)?);
                }
            }
        }
        Ok(Page { hits, end })
    }

    /// Documents in the order they were found in, from the offset on.
    fn hits(&mut self, candidates: impl IntoIterator<Item = Candidate>) -> Result<Vec<Hit>> {
        let ranked = (self.request.offset..).zip(candidates);
        ranked
            .map(|(rank, candidate)| self.hit(rank, Found { candidate, score: candidate.score, read: None }))
            .collect()
    }

    /// Lets the words of the best candidates reorder all of them, where any word of several would do. Who asks for all
    /// of them wants the typed words to decide, and nothing else. Returns what was read on the way.
    fn feedback(&mut self, candidates: &mut [Candidate]) -> Result<Readings> {
        let mut read = Readings::new();
        let vague = self.compiled.wanted.words.len() < feedback::WORDS;
        if self.compiled.matched != Matched::Best || vague || candidates.len() < feedback::ENOUGH {
            return Ok(read);
        }
        let best = candidates[0].score.max(f32::MIN_POSITIVE);
        let documents = feedback::DOCUMENTS.min(candidates.len());
        let mut feedback = Feedback::default();
        let mut common = CommonWords::new(self.backend);
        for candidate in &candidates[..documents] {
            let (document, reading) = self.read(candidate.doc)?;
            feedback
                .read(&document, candidate.score / best, self.analyzer, |word, language| common.has(word, language));
            read.insert(candidate.doc, (document, reading));
        }
        let frequency = |stem: &str| self.backend.frequency(TextField::Stems, stem);
        let terms = feedback.terms(self.backend.documents(), frequency)?;
        if self.parts.is_some() {
            self.unfed = candidates.iter().map(|candidate| (candidate.doc, candidate.score)).collect();
        }
        add_feedback(self.backend, &terms, documents, candidates)?;
        Ok(read)
    }

    /// Reads a block of documents and lets their best passages have a say in their order.
    fn reorder(&mut self, block: &[Candidate], known: &mut Readings) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        let mut mixed = Vec::new();
        for &candidate in block {
            let (document, reading) = match known.remove(&candidate.doc) {
                Some(read) => read,
                None => self.read(candidate.doc)?,
            };
            mixed.push(Mixed { document: candidate.score, passage: reading.best_score(), passages: reading.number() });
            found.push(Found { candidate, score: candidate.score, read: Some((document, reading)) });
        }
        for (found, score) in found.iter_mut().zip(mix(&mixed)) {
            found.score = score;
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.candidate.cmp(&a.candidate)));
        Ok(found)
    }

    fn by_day(&mut self) -> Result<Page> {
        let after = self.request.after_day();
        // From a day on, those before it need not be found again.
        let (limit, skipped) =
            if after.is_some() { (self.request.limit, 0) } else { (self.request.end(), self.request.offset) };
        let limit = limit.min(self.backend.documents() as usize);
        let mut found = by_day(self.backend, self.compiled, limit, self.request.sort, after)?;
        found.drain(..skipped.min(found.len()));
        let end = found.last().map(|(day, candidate)| Place::Day(*day, candidate.key));
        Ok(Page { hits: self.hits(found.into_iter().map(|(_, candidate)| candidate))?, end })
    }

    fn read(&mut self, doc: Doc) -> Result<(Document, Reading)> {
        let document = self.backend.document(doc)?;
        let reading = if self.request.passages == 0 {
            Reading::default()
        } else {
            Reading::new(&document, &self.compiled.wanted, self.analyzer)
        };
        Ok((document, reading))
    }

    /// A document as it is shown; `rank` is counted from 0.
    fn hit(&mut self, rank: usize, found: Found) -> Result<Hit> {
        let (document, mut reading) = match found.read {
            Some(read) => read,
            None => self.read(found.candidate.doc)?,
        };
        let Candidate { score: whole, doc, .. } = found.candidate;
        let unfed = self.unfed.get(&doc).copied().unwrap_or(whole);
        let scores = match &self.parts {
            None => None,
            Some(parts) => {
                let share = self.backend.share(&self.compiled.filter, doc)?;
                Some(parts.scores(self.backend, found.candidate, unfed, reading.best_score(), share)?)
            }
        };
        if self.request.passages > 0 {
            reading.add_days(&document, &self.compiled.wanted);
        }
        let passages = reading.excerpts(&document, &self.compiled.wanted, self.request.passages, self.request.context);
        let kin = match self.collapse {
            Some(collapse) => {
                collapse.kin(doc, self.request.copies_of(&document.id), |doc| self.backend.document(doc))?
            }
            None => Kin::default(),
        };
        Ok(Hit {
            copied: kin.copied,
            copies: kin.copies,
            versions: kin.versions,
            follows: kin.follows,
            cite: None,
            rank: rank as u64 + 1,
            date: document.dated.date(),
            date_precision: document.dated.precision(),
            source: document.attribution.source(),
            source_provenance: document.attribution.chosen().cloned(),
            line: line_of(&document, 0),
            id: document.id,
            record_id: document.record_id,
            title: document.title,
            title_highlights: reading.title,
            title_mentions: reading.title_mentions,
            dated: document.dated,
            attribution: document.attribution,
            language: document.language,
            url: document.url,
            path: document.place.path,
            member: document.place.member,
            score: found.score,
            scores,
            passages,
        })
    }
}
