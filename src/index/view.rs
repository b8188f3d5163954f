//! One state of the index, and what is worth keeping of it from one search to the next.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, Searcher, SegmentOrdinal, TantivyDocument};

use super::days::Days;
use super::failure::Doing;
use super::folding::Folds;
use super::ids::Ids;
use super::rank::{B, K1};
use super::record::decode;
use super::schema::Fields;
use super::vocabulary::counted_terms;
use crate::error::Result;
use crate::text::Language;

/// BM25's part that depends on the length of a document alone, by the byte that the engine keeps of the length.
pub(super) type Lengths = [f32; 256];

/// What searches share until the index is read anew. Columns are opened when they are first asked for: a program that
/// asks once should not open what it does not need.
pub(super) struct View {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    /// Languages present, with their documents, commonest first.
    pub(super) languages: Vec<(Language, u64)>,
    lengths: OnceLock<Box<Lengths>>,
    folds: Mutex<Option<Arc<Folds>>>,
    segments: Vec<SegmentView>,
}

#[derive(Default)]
struct SegmentView {
    days: OnceLock<Days>,
    ids: OnceLock<Ids>,
}

impl View {
    pub(super) fn new(searcher: Searcher, fields: Fields) -> Result<View> {
        let mut languages: Vec<(Language, u64)> = Vec::new();
        for (code, documents) in counted_terms(&searcher, fields.language)? {
            if let Ok(language) = code.parse() {
                languages.push((language, documents));
            }
        }
        languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let segments = searcher.segment_readers().iter().map(|_| SegmentView::default()).collect();
        Ok(View { searcher, fields, languages, lengths: OnceLock::new(), folds: Mutex::default(), segments })
    }

    /// What is known of copies, which `read` reads when it is first asked for.
    pub(super) fn folds(&self, read: impl FnOnce(&Searcher) -> Result<Folds>) -> Result<Arc<Folds>> {
        let mut kept = self.folds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folds) = &*kept {
            return Ok(Arc::clone(folds));
        }
        let folds = Arc::new(read(&self.searcher)?);
        *kept = Some(Arc::clone(&folds));
        Ok(folds)
    }

    /// The days of a segment's documents.
    pub(super) fn days(&self, segment: SegmentOrdinal) -> tantivy::Result<Days> {
        let kept = &self.segments[segment as usize].days;
        if let Some(days) = kept.get() {
            return Ok(days.clone());
        }
        let days = Days::of(self.searcher.segment_reader(segment))?;
        let _ = kept.set(days.clone());
        Ok(days)
    }

    /// The ids of a segment's documents.
    pub(super) fn ids(&self, segment: SegmentOrdinal) -> tantivy::Result<Ids> {
        let kept = &self.segments[segment as usize].ids;
        if let Some(ids) = kept.get() {
            return Ok(ids.clone());
        }
        let ids = Ids::of(self.searcher.segment_reader(segment))?;
        let _ = kept.set(ids.clone());
        Ok(ids)
    }

    /// The id of a document, without reading its record where the id is a number.
    pub(super) fn id(&self, address: DocAddress) -> Result<String> {
        if let Some(id) = self.ids(address.segment_ord).doing("cannot read the index")?.id(address.doc_id) {
            return Ok(id);
        }
        let record: TantivyDocument = self.searcher.doc(address).doing("cannot read a document from the index")?;
        Ok(decode(&self.fields, &record)?.id)
    }

    /// How long the texts of all documents are, as BM25 wants it; as the engine does, it counts deleted documents too.
    pub(super) fn lengths(&self) -> tantivy::Result<&Lengths> {
        if self.lengths.get().is_none() {
            let mut tokens = 0;
            for segment in self.searcher.segment_readers() {
                tokens += segment.inverted_index(self.fields.stems)?.total_num_tokens();
            }
            let average = tokens as f32 / self.all_documents().max(1) as f32;
            let mut lengths = Box::new([0.0; 256]);
            for (byte, length) in (0..=u8::MAX).zip(lengths.iter_mut()) {
                let words = FieldNormReader::id_to_fieldnorm(byte) as f32;
                *length = K1 * (1.0 - B + B * words / average.max(1.0));
            }
            let _ = self.lengths.set(lengths);
        }
        const NONE: &Lengths = &[0.0; 256];
        Ok(self.lengths.get().map_or(NONE, |lengths| lengths))
    }

    /// Documents as the engine's scores count them: those deleted but not yet merged away too.
    pub(super) fn all_documents(&self) -> u64 {
        self.searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum()
    }
}
