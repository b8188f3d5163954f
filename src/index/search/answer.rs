//! Answering: find, count, rank, read.

use std::collections::HashMap;

use tantivy::DocAddress;
use tantivy::schema::Term;

use super::collapse::{Folding, Kin};
use super::date_report::DateTally;
use super::execute::{Wish, find};
use super::explain::Parts;
use super::facets::{facet_counts, span};
use super::feedback;
use super::feedback::Feedback;
use super::matched::{Asked, Counting, by_day};
use super::mention_timeline::{MentionCounts, MentionTally};
use super::request::{Request, Sort};
use super::rerank::{BLOCK, Mixed, RANKED, add_exact, add_feedback, mix};
use super::timeline::timeline;
use crate::answer::cursor::{Cursor, Place};
use crate::answer::dates::{DateReport, DatedDocument};
use crate::answer::search::{Hit, Matched, Results, Timeline, TimelineMentions, Unit};
use crate::document::Document;
use crate::error::Result;
use crate::index::compile::compiler::{Plan, compile};
use crate::index::compile::vocabulary::Vocabulary;
use crate::index::scoring::top_docs::Candidate;
use crate::index::snapshot::shared::Inner;
use crate::index::snapshot::view::View;
use crate::index::storage::error::Doing;
use crate::passages::excerpt::{Reading, line_of};
use crate::query::Matching;
use crate::text::Analyzer;

/// Documents read on the way.
type Readings = HashMap<DocAddress, (Document, Reading)>;

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

impl Request {
    pub(crate) fn run(&self, index: &Inner) -> Result<Results> {
        index.with_analyzer(|analyzer| {
            let view = index.view()?;
            let vocabulary = Vocabulary::new(&view);
            let counting = if self.by_source { Counting::Sources } else { Counting::Documents };
            let candidates = self.candidates(view.searcher.num_docs());
            let mut asked = Asked::new(self, index, &vocabulary, analyzer, counting, candidates)?;
            let by_score = self.sort == Sort::Best && asked.plan.scored;
            let parts = if self.explain && by_score {
                Some(Parts::of(self.query.node(), &self.asking(&vocabulary), analyzer)?)
            } else {
                None
            };
            let candidates = std::mem::take(&mut asked.candidates);
            let distinct = asked.distinct();
            let (plan, folding) = (&asked.plan, asked.folding.as_ref());
            let mut run = Run { request: self, view: &view, plan, folding, analyzer, parts, unfed: HashMap::new() };
            let page = if self.limit == 0 || asked.counts.total == 0 {
                Page::default()
            } else if by_score {
                run.best(candidates)?
            } else {
                run.by_day()?
            };
            let end = self.offset.saturating_add(page.hits.len()) as u64;
            let next = page.end.filter(|_| end < distinct).map(|place| Cursor { rank: end, place });
            let span = span(&asked.counts);
            Ok(Results {
                first: span.map(|(first, _)| first),
                last: span.map(|(_, last)| last),
                read_as: asked.read_as,
                matched: asked.plan.matched,
                notes: asked.notes,
                total: asked.counts.total,
                distinct,
                undated: asked.counts.undated,
                undated_left_out: asked.counts.undated_left_out,
                hits: page.hits,
                next,
                tree: self.explain.then(|| self.query.tree()),
                sources: facet_counts(&asked.counts),
            })
        })
    }

    /// The ids of the best documents, as they are found.
    pub(crate) fn ids(&self, index: &Inner) -> Result<Vec<String>> {
        index.with_analyzer(|analyzer| {
            let view = index.view()?;
            let vocabulary = Vocabulary::new(&view);
            let asking = self.asking(&vocabulary);
            let limit = self.end().min(view.searcher.num_docs() as usize);
            let mut look = |relaxed| -> Result<(bool, Vec<Candidate>)> {
                let mut plan = compile(self.query.node(), self.matching, relaxed, &asking, analyzer)?;
                plan.filter.conditions.extend(self.conditions());
                let found = if self.sort == Sort::Best && plan.scored {
                    find(&view, &plan, Wish { limit, ..Wish::default() })?.1
                } else {
                    by_day(&view, &plan, limit, self.sort, None)?.into_iter().map(|(_, found)| found).collect()
                };
                Ok((plan.can_relax, found))
            };
            let (can_relax, mut found) = look(false)?;
            if found.is_empty() && can_relax && self.matching == Matching::Auto {
                found = look(true)?.1;
            }
            found.iter().skip(self.offset).map(|candidate| view.id(candidate.address)).collect()
        })
    }

    /// Documents by step of time, and, if that is asked, by what they speak of.
    pub(crate) fn timeline(&self, index: &Inner, unit: Unit, mentions: bool) -> Result<Timeline> {
        let view = index.view()?;
        let vocabulary = Vocabulary::new(&view);
        let asked =
            index.with_analyzer(|analyzer| Asked::new(self, index, &vocabulary, analyzer, Counting::Days, 0))?;
        let mentioned = if mentions {
            let tally = MentionTally { filter: &asked.plan.filter, unit, certain: self.about_certain };
            Some(view.searcher.search(&*asked.plan.query, &tally).doing("cannot search the index")?)
        } else {
            None
        };
        let steps = mentioned.as_ref().map(|mentioned| &mentioned.steps);
        let (buckets, coarse, note) = timeline(&asked.counts.days, steps, unit);
        Ok(Timeline {
            read_as: asked.read_as,
            notes: asked.notes.into_iter().chain(note).collect(),
            unit,
            total: asked.counts.total,
            undated: asked.counts.undated,
            coarse,
            mentions: mentioned.map(|MentionCounts { coarse, silent, .. }| TimelineMentions { coarse, silent }),
            buckets,
        })
    }

    /// Documents as they are shown, in this order.
    pub(crate) fn hits(
        &self,
        index: &Inner,
        view: &View,
        asked: &Asked,
        found: impl IntoIterator<Item = DocAddress>,
    ) -> Result<Vec<Hit>> {
        index.with_analyzer(|analyzer| {
            let (plan, folding, unfed) = (&asked.plan, asked.folding.as_ref(), HashMap::new());
            let found = found.into_iter().map(|address| Candidate { score: 0.0, key: 0, address });
            Run { request: self, view, plan, folding, analyzer, parts: None, unfed }.hits(found)
        })
    }

    /// How the documents that match were dated: all of them counted, some of them listed, the oldest first.
    pub(crate) fn dates(&self, index: &Inner) -> Result<DateReport> {
        index.with_analyzer(|analyzer| {
            let view = index.view()?;
            let searcher = &view.searcher;
            let asked = Asked::new(self, index, &Vocabulary::new(&view), analyzer, Counting::Documents, 0)?;
            let tally = DateTally { filter: &asked.plan.filter };
            let counts = searcher.search(&*asked.plan.query, &tally).doing("cannot search the index")?;
            let limit = self.end().min(searcher.num_docs() as usize);
            let sort = if self.sort == Sort::Newest { Sort::Newest } else { Sort::Oldest };
            let limit = if self.limit == 0 { 0 } else { limit };
            let found = by_day(&view, &asked.plan, limit, sort, None)?;
            let mut documents = Vec::new();
            for (_, candidate) in found.into_iter().skip(self.offset) {
                documents.push(DatedDocument::from(view.document(candidate.address)?));
            }
            Ok(DateReport {
                read_as: asked.read_as,
                notes: asked.notes,
                total: asked.counts.total,
                undated_left_out: asked.counts.undated_left_out,
                rules: counts.rules(),
                doubtful: counts.doubtful,
                doubts: counts.doubts(),
                documents,
            })
        })
    }
}

/// One search under way.
struct Run<'a> {
    request: &'a Request,
    view: &'a View,
    plan: &'a Plan,
    folding: Option<&'a Folding>,
    analyzer: &'a mut Analyzer,
    /// Where an explanation is asked for.
    parts: Option<Parts>,
    /// The scores of documents before feedback, where an explanation is asked for.
    unfed: HashMap<DocAddress, f32>,
}

impl Run<'_> {
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
        add_exact(&self.view.searcher, &self.view.fields, &self.plan.exact, &mut candidates[..ranked])?;
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
        let vague = self.plan.wanted.words.len() < feedback::WORDS;
        if self.plan.matched != Matched::Best || vague || candidates.len() < feedback::ENOUGH {
            return Ok(read);
        }
        let best = candidates[0].score.max(f32::MIN_POSITIVE);
        let documents = feedback::DOCUMENTS.min(candidates.len());
        let mut feedback = Feedback::default();
        for candidate in &candidates[..documents] {
            let (document, reading) = self.read(candidate.address)?;
            feedback.read(&document, candidate.score / best, self.analyzer);
            read.insert(candidate.address, (document, reading));
        }
        let fields = &self.view.fields;
        let terms = feedback.terms(self.view.searcher.num_docs(), |stem| {
            self.view.searcher.doc_freq(&Term::from_field_text(fields.stems, stem)).doing("cannot read the index")
        })?;
        if self.parts.is_some() {
            self.unfed = candidates.iter().map(|candidate| (candidate.address, candidate.score)).collect();
        }
        add_feedback(&self.view.searcher, fields, &terms, documents, candidates)?;
        Ok(read)
    }

    /// Reads a block of documents and lets their best passages have a say in their order.
    fn reorder(&mut self, block: &[Candidate], known: &mut Readings) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        let mut mixed = Vec::new();
        for &candidate in block {
            let (document, reading) = match known.remove(&candidate.address) {
                Some(read) => read,
                None => self.read(candidate.address)?,
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
        let limit = limit.min(self.view.searcher.num_docs() as usize);
        let mut found = by_day(self.view, self.plan, limit, self.request.sort, after)?;
        found.drain(..skipped.min(found.len()));
        let end = found.last().map(|(day, candidate)| Place::Day(*day, candidate.key));
        Ok(Page { hits: self.hits(found.into_iter().map(|(_, candidate)| candidate))?, end })
    }

    fn read(&mut self, address: DocAddress) -> Result<(Document, Reading)> {
        let document = self.view.document(address)?;
        let reading = if self.request.passages == 0 {
            Reading::default()
        } else {
            Reading::new(&document, &self.plan.wanted, self.analyzer)
        };
        Ok((document, reading))
    }

    /// A document as it is shown; `rank` is counted from 0.
    fn hit(&mut self, rank: usize, found: Found) -> Result<Hit> {
        let (document, mut reading) = match found.read {
            Some(read) => read,
            None => self.read(found.candidate.address)?,
        };
        let Candidate { score: whole, address, .. } = found.candidate;
        let unfed = self.unfed.get(&address).copied().unwrap_or(whole);
        let scores = match &self.parts {
            None => None,
            Some(parts) => {
                let share = self.plan.filter.share(&self.view.searcher, address).doing("cannot read the index")?;
                Some(parts.scores(&self.view.searcher, address, unfed, whole, reading.best_score(), share))
            }
        };
        if self.request.passages > 0 {
            reading.add_days(&document, &self.plan.wanted);
        }
        let passages = reading.excerpts(&document, &self.plan.wanted, self.request.passages, self.request.context);
        let kin = match self.folding {
            Some(folding) => {
                folding.kin(address, self.request.copies_of(&document.id), |address| self.view.document(address))?
            }
            None => Kin::default(),
        };
        Ok(Hit {
            copied: kin.copied,
            copies: kin.copies,
            versions: kin.versions,
            follows: kin.follows,
            rank: rank as u64 + 1,
            date: document.dated.date(),
            date_precision: document.dated.precision().map_or("unknown", |precision| precision.name()),
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
