//! Compares several questions under the same conditions, source by source.

use std::collections::{BTreeMap, HashMap};

use super::answer::hits;
use super::compile::compiler::compile;
use super::compile::vocabulary::Vocabulary;
use super::matched::{Beside, MatchedDocs};
use super::request::Request;
use crate::answer::comparison::{
    ComparedCell, ComparedQuery, ComparedSource, Comparison, Found, Sighting, ends, switches,
};
use crate::answer::search::Hit;
use crate::backend::counts::Stored;
use crate::backend::found::Doc;
use crate::backend::reader::Backend;
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Matching, Query};
use crate::text::Analyzer;

/// The most questions that can be compared: each has a bit.
const MOST: usize = u32::BITS as usize;
/// The weight of a question's own words beside those that all questions share, where a passage is chosen.
const OWN: f32 = 4.0;

/// Asks each of the questions under the conditions of a request.
pub(crate) fn compare<B: Backend>(
    request: &Request,
    backend: &B,
    analyzer: &mut Analyzer,
    queries: &[Query],
) -> Result<Comparison> {
    if queries.len() > MOST {
        let error = Error::new(ErrorKind::Argument, format!("{} questions are too many to compare", queries.len()));
        return Err(error.hint(format!("compare {MOST} at most")));
    }
    let requests: Vec<Request> = queries.iter().map(|query| with(request, query)).collect();
    let mut matched = Vec::new();
    let mut sources: BTreeMap<String, HashMap<Stored, Found>> = BTreeMap::new();
    for (number, (request, query)) in requests.iter().zip(queries).enumerate() {
        let answer = matches(request, query, backend, analyzer)?;
        for (source, documents) in backend.sightings(&answer.compiled.query, &answer.compiled.filter)? {
            let known = sources.entry(source).or_default();
            for (stored, days) in documents {
                known.entry(stored).or_insert(Found { days, queries: 0 }).queries |= 1 << number;
            }
        }
        matched.push(answer);
    }
    let mut rows: Vec<Row> = sources.into_iter().map(|(source, found)| Row::new(source, found)).collect();
    // The sort is stable, so sources that begin on the same day stay in the order of their names.
    rows.sort_by_cached_key(|row| row.begins(queries.len()));
    let sources_left_out = rows.len().saturating_sub(request.limit) as u64;
    rows.truncate(request.limit);
    let mut sources = Vec::new();
    for row in rows {
        let mut cells = Vec::new();
        for (number, (request, matched)) in requests.iter().zip(&matched).enumerate() {
            cells.push(row.cell(number, |found| hits(request, backend, analyzer, matched, found))?);
        }
        sources.push(ComparedSource {
            source: (!row.source.is_empty()).then(|| Source::new(&row.source)),
            cells,
            switches: switches(&row.found, queries.len()),
        });
    }
    let queries = queries.iter().zip(matched).map(|(query, matched)| ComparedQuery {
        query: query.to_string(),
        read_as: matched.read_as,
        notes: matched.notes,
        total: matched.counts.total,
        undated_left_out: matched.counts.undated_left_out,
    });
    Ok(Comparison { queries: queries.collect(), sources, sources_left_out })
}

/// The documents that one of the questions matches. The passage shown must have what the question itself asks for,
/// besides words that all questions share.
fn matches<B: Backend>(
    request: &Request,
    query: &Query,
    backend: &B,
    analyzer: &mut Analyzer,
) -> Result<MatchedDocs<B>> {
    let vocabulary = Vocabulary::new(backend);
    let mut matched = MatchedDocs::of(request, &vocabulary, analyzer, Beside::Nothing, 0)?;
    let own = compile(query.node(), request.matching, false, &request.asking(&vocabulary), analyzer)?;
    matched.compiled.wanted.raise(&own.wanted, OWN);
    Ok(matched)
}

/// A request with the conditions of this one for another question. All its words must match: a near miss has no place
/// in a comparison.
fn with(request: &Request, query: &Query) -> Request {
    let matching = if request.matching == Matching::Auto { Matching::All } else { request.matching };
    let passages = request.passages.min(1);
    let query = query.clone().and(request.query.clone());
    Request { query, matching, passages, why_empty: false, explain: false, ..request.clone() }
}

/// The documents of one source, in a fixed order.
struct Row {
    source: String,
    docs: Vec<Doc>,
    found: Vec<Found>,
}

impl Row {
    fn new(source: String, found: HashMap<Stored, Found>) -> Row {
        let mut documents: Vec<(Stored, Found)> = found.into_iter().collect();
        documents.sort_unstable_by_key(|(stored, _)| *stored);
        let (docs, found) = documents.into_iter().map(|((_, doc), found)| (doc, found)).unzip();
        Row { source, docs, found }
    }

    /// The first day of any question, by which sources are ordered.
    fn begins(&self, queries: usize) -> i64 {
        let first = |query| ends(&self.found, query).and_then(|(first, _)| self.found[first].days);
        (0..queries).filter_map(first).map(|(first, _)| first).min().unwrap_or(i64::MAX)
    }

    fn cell(&self, query: usize, read: impl FnOnce(Vec<Doc>) -> Result<Vec<Hit>>) -> Result<ComparedCell> {
        let found = || self.found.iter().filter(|found| found.has(query));
        let mut cell = ComparedCell {
            documents: found().count() as u64,
            coarse: found().filter(|found| found.days.is_some_and(|(first, last)| first != last)).count() as u64,
            undated: found().filter(|found| found.days.is_none()).count() as u64,
            ..ComparedCell::default()
        };
        if let Some((first, last)) = ends(&self.found, query) {
            let mut wanted = vec![self.docs[first], self.docs[last]];
            wanted.dedup();
            let mut sightings = read(wanted)?.into_iter().map(Sighting::from);
            cell.first = sightings.next();
            cell.last = sightings.next().or_else(|| cell.first.clone());
        }
        Ok(cell)
    }
}
