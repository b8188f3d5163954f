//! Several questions under the same conditions, compared source by source.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::matched::{Asked, Counting};
use super::request::Request;
use crate::answer::comparison::{
    ComparedCell, ComparedQuery, ComparedSource, Comparison, Found, Sighting, ends, switches,
};
use crate::answer::search::Hit;
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};
use crate::index::compile::compiler::compile;
use crate::index::compile::vocabulary::Vocabulary;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::record::schema::SOURCE;
use crate::index::scoring::filter::{Filter, SegmentFilter, Verdict, facet_path};
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::Doing;
use crate::query::{Matching, Query};

/// So many questions can be compared: each has a bit.
const MOST: usize = u32::BITS as usize;
/// How much a question's own words tell beside those that all questions share, where a passage is chosen.
const OWN: f32 = 4.0;

impl Request {
    /// Asks each of the questions under the conditions of this one.
    pub(crate) fn compare(&self, index: &Inner, queries: &[Query]) -> Result<Comparison> {
        if queries.len() > MOST {
            let error = Error::new(ErrorKind::Argument, format!("{} questions are too many to compare", queries.len()));
            return Err(error.hint(format!("compare {MOST} at most")));
        }
        let view = index.view()?;
        let requests: Vec<Request> = queries.iter().map(|query| self.with(query)).collect();
        let mut asked = Vec::new();
        let mut sources: BTreeMap<String, HashMap<Stored, Found>> = BTreeMap::new();
        for (number, (request, query)) in requests.iter().zip(queries).enumerate() {
            let answer = index.with_analyzer(|analyzer| -> Result<Asked> {
                let vocabulary = Vocabulary::new(&view);
                let mut asked = Asked::new(request, index, &vocabulary, analyzer, Counting::Documents, 0)?;
                // The passage shown has to have the figure, whatever it has of the words that all questions share.
                let own = compile(query.node(), request.matching, false, &request.asking(&vocabulary), analyzer)?;
                asked.plan.wanted.raise(&own.wanted, OWN);
                Ok(asked)
            })?;
            let collector = Sightings { filter: &answer.plan.filter };
            let matches = view.searcher.search(&*answer.plan.query, &collector).doing("cannot search the index")?;
            for (source, documents) in matches {
                let known = sources.entry(source).or_default();
                for (stored, days) in documents {
                    known.entry(stored).or_insert(Found { days, queries: 0 }).queries |= 1 << number;
                }
            }
            asked.push(answer);
        }
        let mut rows: Vec<Row> = sources.into_iter().map(|(source, found)| Row::new(source, found)).collect();
        // Stable, so that sources that begin on the same day stay in the order of their names.
        rows.sort_by_cached_key(|row| row.begins(queries.len()));
        let sources_left_out = rows.len().saturating_sub(self.limit) as u64;
        rows.truncate(self.limit);
        let mut sources = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for (number, (request, asked)) in requests.iter().zip(&asked).enumerate() {
                cells.push(row.cell(number, |found| request.hits(index, &view, asked, found))?);
            }
            sources.push(ComparedSource {
                source: (!row.source.is_empty()).then(|| Source::new(&row.source)),
                cells,
                switches: switches(&row.found, queries.len()),
            });
        }
        let queries = queries.iter().zip(asked).map(|(query, asked)| ComparedQuery {
            query: query.to_string(),
            read_as: asked.read_as,
            notes: asked.notes,
            total: asked.counts.total,
            undated_left_out: asked.counts.undated_left_out,
        });
        Ok(Comparison { queries: queries.collect(), sources, sources_left_out })
    }

    /// This question's conditions for another question. All its words must be there: a near miss has no place in a
    /// comparison.
    fn with(&self, query: &Query) -> Request {
        let matching = if self.matching == Matching::Auto { Matching::All } else { self.matching };
        let passages = self.passages.min(1);
        let query = query.clone().and(self.query.clone());
        Request { query, matching, passages, why_empty: false, explain: false, ..self.clone() }
    }
}

/// A document where it is stored, behind a number that stays with it wherever that is: of several of one day the same
/// is shown each time.
type Stored = (u64, DocAddress);

/// The documents of one source, in an order that stays.
struct Row {
    source: String,
    addresses: Vec<DocAddress>,
    found: Vec<Found>,
}

impl Row {
    fn new(source: String, found: HashMap<Stored, Found>) -> Row {
        let mut documents: Vec<(Stored, Found)> = found.into_iter().collect();
        documents.sort_unstable_by_key(|(stored, _)| *stored);
        let (addresses, found) = documents.into_iter().map(|((_, address), found)| (address, found)).unzip();
        Row { source, addresses, found }
    }

    /// The first day of any question, as sources are ordered.
    fn begins(&self, queries: usize) -> i64 {
        let first = |query| ends(&self.found, query).and_then(|(first, _)| self.found[first].days);
        (0..queries).filter_map(first).map(|(first, _)| first).min().unwrap_or(i64::MAX)
    }

    fn cell(&self, query: usize, read: impl FnOnce(Vec<DocAddress>) -> Result<Vec<Hit>>) -> Result<ComparedCell> {
        let found = || self.found.iter().filter(|found| found.has(query));
        let mut cell = ComparedCell {
            documents: found().count() as u64,
            coarse: found().filter(|found| found.days.is_some_and(|(first, last)| first != last)).count() as u64,
            undated: found().filter(|found| found.days.is_none()).count() as u64,
            ..ComparedCell::default()
        };
        if let Some((first, last)) = ends(&self.found, query) {
            let mut wanted = vec![self.addresses[first], self.addresses[last]];
            wanted.dedup();
            let mut sightings = read(wanted)?.into_iter().map(Sighting::from);
            cell.first = sightings.next();
            cell.last = sightings.next().or_else(|| cell.first.clone());
        }
        Ok(cell)
    }
}

/// The documents that pass a filter, with their days, by source.
struct Sightings<'a> {
    filter: &'a Filter,
}

/// Documents with their first and last possible day.
type Dated = Vec<(Stored, Option<(i64, i64)>)>;
type BySource = HashMap<String, Dated>;

/// The documents of one segment, by the number of their source; the last is for those without one.
struct SightingsSegment {
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    ids: Ids,
    source: Option<StrColumn>,
    found: Vec<Dated>,
}

impl Collector for Sightings<'_> {
    type Fruit = BySource;
    type Child = SightingsSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SightingsSegment> {
        let source = reader.fast_fields().str(SOURCE)?;
        let numbers = source.as_ref().map_or(0, |source| source.num_terms()) + 1;
        Ok(SightingsSegment {
            segment,
            filter: self.filter.for_segment(reader)?,
            days: Days::of(reader)?,
            ids: Ids::of(reader)?,
            source,
            found: vec![Vec::new(); numbers],
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<BySource>) -> tantivy::Result<BySource> {
        let mut all = BySource::new();
        for (source, mut documents) in fruits.into_iter().flatten() {
            all.entry(source).or_default().append(&mut documents);
        }
        Ok(all)
    }
}

impl SegmentCollector for SightingsSegment {
    type Fruit = BySource;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let number = self.source.as_ref().and_then(|source| source.ords().first(doc));
        let number = number.map_or(self.found.len() - 1, |number| number as usize);
        if let Some(found) = self.found.get_mut(number) {
            found.push(((self.ids.key(doc), DocAddress::new(self.segment, doc)), self.days.both(doc)));
        }
    }

    fn harvest(self) -> BySource {
        let mut encoded = String::new();
        let mut all = BySource::new();
        let source = &self.source;
        for (number, mut found) in self.found.into_iter().enumerate().filter(|(_, found)| !found.is_empty()) {
            encoded.clear();
            let is_named = source.as_ref().is_some_and(|source| {
                number < source.num_terms() && source.ord_to_str(number as u64, &mut encoded).unwrap_or(false)
            });
            let name = if is_named { facet_path(&encoded) } else { String::new() };
            all.entry(name).or_default().append(&mut found);
        }
        all
    }
}
