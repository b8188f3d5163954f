//! One state of an index on the disk, which implements [`Backend`].

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Query as EngineQuery, RegexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::copies::by_document::CopiesByDocument;
use super::record::address::{address, doc_at};
use super::record::own_column;
use super::scoring::collectors::{ByDay, Tally};
use super::scoring::date_tally::DateTally;
use super::scoring::earliest::Earliest;
use super::scoring::execute::execute;
use super::scoring::filter::SegmentFilter;
use super::scoring::mention_tally::MentionTally;
use super::scoring::own_tally::OwnTally;
use super::scoring::prepared::Prepared;
use super::scoring::sightings::Sightings;
use super::scoring::stem_query::Posted;
use super::scoring::term_scores::term_scores;
use super::scoring::terms::{terms_from, terms_near, terms_sounding};
use super::snapshot::shared::Inner;
use super::snapshot::view::View;
use super::storage::error::Doing;
use crate::answer::timeline::Unit;
use crate::backend::clause::{Clause, TextField};
use crate::backend::copies::Collapsed;
use crate::backend::counts::{Counting, Counts, DateCounts, MentionCounts, SightingsBySource};
use crate::backend::earliest::{EarliestDocs, EarliestRequest};
use crate::backend::filter::Filter;
use crate::backend::found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};
use crate::backend::own_field::OwnCounts;
use crate::backend::reader::Backend;
use crate::document::Document;
use crate::error::Result;
use crate::text::{Language, NameKeys};

const READING: &str = "cannot read the index";
const SEARCHING: &str = "cannot search the index";

/// One state of an index on the disk or in memory.
#[derive(Clone)]
pub(crate) struct State {
    inner: Arc<Inner>,
    pub(crate) view: Arc<View>,
}

impl State {
    /// The state of the index that is visible now.
    pub(crate) fn of(inner: &Arc<Inner>) -> Result<State> {
        Ok(State { view: inner.view()?, inner: Arc::clone(inner) })
    }

    /// The segments and what was removed from them, as 16 hexadecimal digits.
    pub(crate) fn revision(&self) -> String {
        let mut told = String::new();
        for (segment, removed) in self.view.searcher.generation().segments() {
            told.push_str(&format!("{} {removed:?} ", segment.uuid_string()));
        }
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(told.as_bytes()))
    }

    /// A path as answers tell it.
    pub(crate) fn told(&self, path: &Path) -> Result<PathBuf> {
        Ok(self.inner.paths(&self.view)?.map_or_else(|| path.to_path_buf(), |paths| paths.told(path)))
    }

    /// The file that answers tell by this path; none where it is not there to be read.
    pub(crate) fn file(&self, told: &Path) -> Result<Option<PathBuf>> {
        Ok(self.inner.paths(&self.view)?.map_or_else(|| Some(told.to_path_buf()), |paths| paths.file(told)))
    }

    fn field(&self, field: TextField) -> Field {
        self.view.fields.of(field)
    }

    /// The score a query gives one document; none where it does not match. The engine's own explanations ask scorers for
    /// documents that lie behind them, which in a debug build is a fault.
    fn score_of(&self, query: &dyn EngineQuery, doc: Doc) -> tantivy::Result<Option<f32>> {
        let at = address(doc);
        let weight = query.weight(self.view.scoring())?;
        let mut scorer = weight.scorer(self.view.searcher.segment_reader(at.segment_ord), 1.0)?;
        let next = if scorer.doc() < at.doc_id { scorer.seek(at.doc_id) } else { scorer.doc() };
        Ok((next == at.doc_id).then(|| scorer.score()))
    }

    fn matching(&self, query: &dyn EngineQuery, limit: usize) -> Result<Vec<Doc>> {
        let best = tantivy::collector::TopDocs::with_limit(limit.max(1)).order_by_score();
        let found = self.view.searcher.search(query, &best).doing(SEARCHING)?;
        Ok(found.into_iter().map(|(_, address)| doc_at(address.segment_ord, address.doc_id)).collect())
    }
}

impl Backend for State {
    type Posted = Posted;
    type Query = Prepared;
    type Copies = CopiesByDocument;

    fn documents(&self) -> u64 {
        self.view.searcher.num_docs()
    }

    fn languages(&self) -> &[(Language, u64)] {
        &self.view.languages
    }

    fn stem(&self, stem: &str) -> Result<(Posted, u64)> {
        Posted::look_up(&self.view, &Term::from_field_text(self.view.fields.stems, stem)).doing(READING)
    }

    fn frequency(&self, field: TextField, term: &str) -> Result<u64> {
        self.view.statistics.with_term(&Term::from_field_text(self.field(field), term)).doing(READING)
    }

    fn walks_removed(&self) -> bool {
        self.view.statistics.has_removed()
    }

    /// By the postings alone, which are a fraction of what columns are read in.
    fn living(&self, word: &str, language: Language) -> Result<u64> {
        let term = |field, text: &str| -> Box<dyn EngineQuery> {
            Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
        };
        let (word, language) = (term(self.view.fields.words, word), term(self.view.fields.language, language.code()));
        let query = BooleanQuery::intersection(vec![language, word]);
        Ok(self.view.searcher.search(&query, &Count).doing(SEARCHING)? as u64)
    }

    fn average_length(&self, field: TextField) -> Result<f32> {
        self.view.statistics.average_length(self.field(field)).doing(READING)
    }

    fn terms_from(&self, field: TextField, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        terms_from(&self.view.searcher, self.field(field), prefix, each)
    }

    fn terms_near(&self, field: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        terms_near(&self.view.searcher, self.field(field), word, distance, each)
    }

    fn terms_sounding(&self, field: TextField, name: &NameKeys, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        terms_sounding(&self.view.searcher, self.field(field), name, each)
    }

    fn prepare(&self, clause: &Clause<Posted>) -> Prepared {
        Prepared::of(clause, &self.view.fields)
    }

    fn top_docs(
        &self,
        query: &Prepared,
        filter: &Filter,
        request: TopDocsRequest,
    ) -> Result<(Matches, Vec<Candidate>)> {
        execute(&self.view, query, filter, request)
    }

    fn by_day(&self, query: &Prepared, filter: &Filter, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>> {
        if request.limit == 0 {
            return Ok(Vec::new());
        }
        self.view.searcher.search(&*query.query, &ByDay { filter, request }).doing(SEARCHING)
    }

    fn count(&self, query: &Prepared, filter: &Filter, counting: Counting<CopiesByDocument>) -> Result<Counts> {
        let Counting { sources, days, split, copies } = counting;
        self.view.searcher.search(&*query.query, &Tally { filter, sources, days, split, copies }).doing(SEARCHING)
    }

    fn count_mentions(&self, query: &Prepared, filter: &Filter, unit: Unit, certain: bool) -> Result<MentionCounts> {
        self.view.searcher.search(&*query.query, &MentionTally { filter, unit, certain }).doing(SEARCHING)
    }

    fn count_dates(&self, query: &Prepared, filter: &Filter) -> Result<DateCounts> {
        self.view.searcher.search(&*query.query, &DateTally { filter }).doing(SEARCHING)
    }

    fn count_own(&self, query: &Prepared, filter: &Filter, name: &str) -> Result<OwnCounts> {
        self.view.searcher.search(&*query.query, &OwnTally { filter, name }).doing(SEARCHING)
    }

    fn own_fields(&self) -> Result<Vec<String>> {
        let mut all = BTreeSet::new();
        for segment in self.view.searcher.segment_readers() {
            all.extend(own_column::names(segment).doing(READING)?);
        }
        Ok(all.into_iter().collect())
    }

    fn sightings(&self, query: &Prepared, filter: &Filter) -> Result<SightingsBySource> {
        self.view.searcher.search(&*query.query, &Sightings { filter }).doing(SEARCHING)
    }

    fn earliest(
        &self,
        query: &Prepared,
        filter: &Filter,
        request: EarliestRequest,
        collapsed: Option<(Arc<CopiesByDocument>, Collapsed)>,
    ) -> Result<EarliestDocs> {
        self.view.searcher.search(&*query.query, &Earliest { filter, request, collapsed }).doing(SEARCHING)
    }

    fn score(&self, query: &Prepared, doc: Doc) -> Result<f32> {
        Ok(self.score_of(&*query.query, doc).doing(SEARCHING)?.unwrap_or(0.0))
    }

    fn share(&self, filter: &Filter, doc: Doc) -> Result<Option<f32>> {
        if !filter.asks_about_days() {
            return Ok(None);
        }
        let at = address(doc);
        let reader = self.view.searcher.segment_reader(at.segment_ord);
        Ok(Some(SegmentFilter::of(filter, at.segment_ord, reader).doing(READING)?.share(at.doc_id)))
    }

    fn term_scores(&self, field: TextField, terms: &[(&str, f32)], candidates: &mut [Candidate]) -> Result<Vec<f32>> {
        term_scores(&self.view, self.field(field), terms, candidates)
    }

    fn document(&self, doc: Doc) -> Result<Document> {
        let mut document = self.view.document(address(doc))?;
        if let Some(path) = &mut document.place.path {
            *path = self.told(path)?;
        }
        Ok(document)
    }

    fn id(&self, doc: Doc) -> Result<String> {
        self.view.id(address(doc))
    }

    fn days(&self, doc: Doc) -> Result<Option<(i64, i64)>> {
        let at = address(doc);
        Ok(self.view.days(at.segment_ord).doing(READING)?.both(at.doc_id))
    }

    fn key(&self, doc: Doc) -> Result<u64> {
        let at = address(doc);
        Ok(self.view.ids(at.segment_ord).doing(READING)?.key(at.doc_id))
    }

    fn with_id(&self, id: &str, limit: usize) -> Result<Vec<Doc>> {
        for field in [self.view.fields.id, self.view.fields.other_ids] {
            let query = TermQuery::new(Term::from_field_text(field, id), IndexRecordOption::Basic);
            let found = self.matching(&query, limit)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn with_id_from(&self, beginning: &str, limit: usize) -> Result<Vec<Doc>> {
        if !beginning.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(Vec::new());
        }
        match RegexQuery::from_pattern(&format!("{beginning}.*"), self.view.fields.id) {
            Ok(query) => self.matching(&query, limit),
            Err(_) => Ok(Vec::new()),
        }
    }

    fn copies(&self) -> Result<Arc<CopiesByDocument>> {
        self.inner.copies(&self.view)
    }
}
