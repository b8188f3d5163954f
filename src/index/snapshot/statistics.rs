//! The statistics that scores are made of: those of living documents.
//!
//! The engine counts a removed document until its segment is merged, so its own statistics would give an archive other
//! scores after another history. Here the same documents give the same numbers, however they came into the index:
//! postings of segments with removed documents are counted without these, and the average length is taken of lengths as
//! they are kept with each document, in one byte. Each number is worked out once for a snapshot.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{Searcher, SegmentReader};

/// The most frequencies that are kept: a snapshot may live as long as a server.
const MOST_KNOWN: usize = 100_000;

/// Statistics of the living documents of a snapshot.
pub(crate) struct Statistics {
    searcher: Searcher,
    has_removed: bool,
    tokens: Mutex<HashMap<Field, u64>>,
    frequencies: Mutex<HashMap<Term, u64>>,
}

impl Statistics {
    pub(crate) fn new(searcher: &Searcher) -> Statistics {
        let has_removed = searcher.segment_readers().iter().any(SegmentReader::has_deletes);
        Statistics { searcher: searcher.clone(), has_removed, tokens: Mutex::default(), frequencies: Mutex::default() }
    }

    /// Returns whether a segment has documents that were removed.
    pub(crate) fn has_removed(&self) -> bool {
        self.has_removed
    }

    /// The living documents.
    pub(crate) fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The average number of terms of a field in a living document.
    pub(crate) fn average_length(&self, field: Field) -> tantivy::Result<f32> {
        Ok(self.total_num_tokens(field)? as f32 / self.documents().max(1) as f32)
    }

    /// The living documents with a term.
    pub(crate) fn with_term(&self, term: &Term) -> tantivy::Result<u64> {
        if !self.has_removed {
            return self.searcher.doc_freq(term);
        }
        let known = || self.frequencies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(documents) = known().get(term) {
            return Ok(*documents);
        }
        let mut documents = 0;
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(term.field())?;
            let Some(info) = inverted.get_term_info(term)? else { continue };
            documents += u64::from(match segment.alive_bitset() {
                None => info.doc_freq,
                Some(alive) => {
                    inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?.doc_freq_given_deletes(alive)
                }
            });
        }
        let mut known = known();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(term.clone(), documents);
        Ok(documents)
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let known = || self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tokens) = known().get(&field) {
            return Ok(*tokens);
        }
        let mut counts = [0_u64; 256];
        for segment in self.searcher.segment_readers() {
            let lengths = segment.get_fieldnorms_reader(field)?;
            let mut count = |doc| counts[usize::from(lengths.fieldnorm_id(doc))] += 1;
            match segment.alive_bitset() {
                None => (0..segment.max_doc()).for_each(&mut count),
                Some(alive) => alive.iter_alive().for_each(&mut count),
            }
        }
        let lengths = (0..=u8::MAX).map(|byte| u64::from(FieldNormReader::id_to_fieldnorm(byte)));
        let tokens = counts.iter().zip(lengths).map(|(documents, length)| documents * length).sum();
        known().insert(field, tokens);
        Ok(tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents().max(1))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.with_term(term)
    }
}
