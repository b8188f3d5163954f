//! A snapshot: one state of the index, and what is worth keeping of it from one search to the next.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EnableScoring};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, InvertedIndexReader, Searcher, SegmentOrdinal, TantivyDocument};

use super::statistics::Statistics;
use crate::backend::bm25::{B, K1};
use crate::catalog::public_paths::PublicPaths;
use crate::document::Document;
use crate::error::Result;
use crate::index::copies::by_document::CopiesByDocument;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::record::schema::Fields;
use crate::index::record::stored::decode;
use crate::index::storage::error::Doing;
use crate::text::Language;

/// BM25's factor that depends only on the length of a document, by the byte in which the engine keeps the length.
pub(crate) type Lengths = [f32; 256];

/// The data that searches share until the index is reloaded. Columns are opened when they are first asked for, because
/// a program that asks once should not open what it does not need.
pub(crate) struct View {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    /// The languages present with the numbers of their documents, the commonest first.
    pub(crate) languages: Vec<(Language, u64)>,
    /// What scores are made of.
    pub(crate) statistics: Statistics,
    lengths: OnceLock<Box<Lengths>>,
    bounds: OnceLock<Bm25Weight>,
    folds: Mutex<Option<Arc<CopiesByDocument>>>,
    paths: OnceLock<PublicPaths>,
    segments: Vec<SegmentView>,
}

#[derive(Default)]
struct SegmentView {
    days: OnceLock<Days>,
    ids: OnceLock<Ids>,
    stems: OnceLock<Stems>,
}

/// The stems of a segment's documents: their postings, and how many stems a document has.
pub(crate) struct Stems {
    pub(crate) inverted: Arc<InvertedIndexReader>,
    pub(crate) norms: FieldNormReader,
}

impl View {
    pub(crate) fn new(searcher: Searcher, fields: Fields) -> Result<View> {
        let mut languages: Vec<(Language, u64)> = Vec::new();
        for (code, documents) in counted_terms(&searcher, fields.language)? {
            if let Ok(language) = code.parse() {
                languages.push((language, documents));
            }
        }
        languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let segments = searcher.segment_readers().iter().map(|_| SegmentView::default()).collect();
        let (lengths, bounds, folds, paths) = (OnceLock::new(), OnceLock::new(), Mutex::default(), OnceLock::new());
        let statistics = Statistics::new(&searcher);
        Ok(View { searcher, fields, languages, statistics, lengths, bounds, folds, paths, segments })
    }

    /// The copies among the documents. `read` is called when they are first asked for.
    pub(crate) fn folds(
        &self,
        read: impl FnOnce(&Searcher) -> Result<CopiesByDocument>,
    ) -> Result<Arc<CopiesByDocument>> {
        let mut kept = self.folds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folds) = &*kept {
            return Ok(Arc::clone(folds));
        }
        let folds = Arc::new(read(&self.searcher)?);
        *kept = Some(Arc::clone(&folds));
        Ok(folds)
    }

    /// The archives by which paths are told shortly. `read` is called when they are first asked for.
    pub(crate) fn paths(&self, read: impl FnOnce() -> Result<PublicPaths>) -> Result<&PublicPaths> {
        match self.paths.get() {
            Some(kept) => Ok(kept),
            None => read().map(|paths| self.paths.get_or_init(|| paths)),
        }
    }

    /// The days of a segment's documents.
    pub(crate) fn days(&self, segment: SegmentOrdinal) -> tantivy::Result<&Days> {
        kept(&self.segments[segment as usize].days, || Days::of(self.searcher.segment_reader(segment)))
    }

    /// The ids of a segment's documents.
    pub(crate) fn ids(&self, segment: SegmentOrdinal) -> tantivy::Result<&Ids> {
        kept(&self.segments[segment as usize].ids, || Ids::of(self.searcher.segment_reader(segment)))
    }

    /// The stems of a segment's documents.
    pub(crate) fn stems(&self, segment: SegmentOrdinal) -> tantivy::Result<&Stems> {
        kept(&self.segments[segment as usize].stems, || {
            let (reader, field) = (self.searcher.segment_reader(segment), self.fields.stems);
            Ok(Stems { inverted: reader.inverted_index(field)?, norms: reader.get_fieldnorms_reader(field)? })
        })
    }

    /// The id of a document. Its record is not read if the id is a number.
    pub(crate) fn id(&self, address: DocAddress) -> Result<String> {
        if let Some(id) = self.ids(address.segment_ord).doing("cannot read the index")?.id(address.doc_id) {
            return Ok(id);
        }
        Ok(self.document(address)?.id)
    }

    /// Reads a document from its record.
    pub(crate) fn document(&self, address: DocAddress) -> Result<Document> {
        let record: TantivyDocument = self.searcher.doc(address).doing("cannot read a document from the index")?;
        decode(&self.fields, &record)
    }

    /// The lengths of all documents' texts, as BM25 needs them.
    pub(crate) fn lengths(&self) -> tantivy::Result<&Lengths> {
        let lengths = kept(&self.lengths, || {
            let average = self.statistics.average_length(self.fields.stems)?;
            let mut lengths = Box::new([0.0; 256]);
            for (byte, length) in (0..=u8::MAX).zip(lengths.iter_mut()) {
                let words = FieldNormReader::id_to_fieldnorm(byte) as f32;
                *length = K1 * (1.0 - B + B * words / average.max(1.0));
            }
            Ok(lengths)
        })?;
        Ok(lengths)
    }

    /// The data by which the engine bounds the scores of a block of documents, for a stem of weight 1.
    pub(crate) fn bounds(&self) -> tantivy::Result<&Bm25Weight> {
        kept(&self.bounds, || {
            let documents = self.statistics.documents().max(1);
            let average = self.statistics.average_length(self.fields.stems)?;
            let any = Bm25Weight::for_one_term_without_explain(1, documents, average);
            Ok(any.boost_by(1.0 / any.max_score()))
        })
    }

    /// A query of the engine with the scores of living documents.
    pub(crate) fn scoring(&self) -> EnableScoring<'_> {
        EnableScoring::enabled_from_statistics_provider(&self.statistics, &self.searcher)
    }

    /// The number of documents including deleted ones that are not merged away yet.
    pub(crate) fn all_documents(&self) -> u64 {
        self.searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum()
    }
}

/// Opens something once and keeps it.
fn kept<T>(place: &OnceLock<T>, open: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<&T> {
    if let Some(kept) = place.get() {
        return Ok(kept);
    }
    let opened = open()?;
    Ok(place.get_or_init(|| opened))
}

/// The number of documents of the index, and of those that are undated.
pub(crate) fn count_undated(searcher: &Searcher) -> Result<(u64, u64)> {
    let (mut documents, mut undated) = (0, 0);
    for segment in searcher.segment_readers() {
        let days = Days::of(segment).doing("cannot read the index")?;
        documents += u64::from(segment.num_docs());
        if !days.all_dated {
            undated += segment.doc_ids_alive().filter(|doc| days.first(*doc).is_none()).count() as u64;
        }
    }
    Ok((documents, undated))
}

/// Every term of a field that a living document has, with the number of those, over all segments.
pub(crate) fn counted_terms(searcher: &Searcher, field: Field) -> Result<Vec<(String, u64)>> {
    let mut counts = std::collections::BTreeMap::<String, u64>::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).doing("cannot read the index")?;
        let mut terms = inverted.terms().stream().doing("cannot read the index")?;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            let documents = match segment.alive_bitset() {
                None => terms.value().doc_freq,
                Some(alive) => {
                    let postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
                    postings.doing("cannot read the index")?.doc_freq_given_deletes(alive)
                }
            };
            if documents > 0 {
                *counts.entry(term.to_string()).or_default() += u64::from(documents);
            }
        }
    }
    Ok(counts.into_iter().collect())
}
