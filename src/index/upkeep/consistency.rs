//! Consistency check: re-analyses each stored text and compares it with postings and columns.
//!
//! The sum over everything that belongs to a document is made on both sides, in whatever order its parts are met. So
//! one pass over each side is enough, and a difference names the document.

use std::thread;

use tantivy::fastfield::Column;
use tantivy::postings::Postings;
use tantivy::schema::{Field, FieldType, IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::tokenizer::{FacetTokenizer, MAX_TOKEN_LEN, TextAnalyzer, Token, TokenStream};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyDocument};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::answer::health::Verification;
use crate::error::Result;
use crate::index::record::stored::{Encoder, decode};
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::Doing;

/// Compares the two sides of an index.
pub(crate) struct Agreement<'a> {
    inner: &'a Inner,
    /// The fields whose terms are made from the document itself.
    words: Vec<(Field, IndexRecordOption)>,
}

/// The columns of numbers.
enum Numbers {
    Signed(Column<i64>),
    Unsigned(Column<u64>),
}

impl<'a> Agreement<'a> {
    pub(crate) fn new(inner: &'a Inner) -> Agreement<'a> {
        let schema = inner.engine.schema();
        let option = |kind: &FieldType| match kind {
            FieldType::Str(options) => options.get_indexing_options().map(|indexing| indexing.index_option()),
            FieldType::Facet(_) => Some(IndexRecordOption::Basic),
            _ => None,
        };
        let words = schema.fields().filter_map(|(field, entry)| Some((field, option(entry.field_type())?))).collect();
        Agreement { inner, words }
    }

    /// Reads all documents and all postings of a segment.
    pub(crate) fn check(&self, segment: &SegmentReader, found: &mut Verification) -> Result<()> {
        let indexed = self.postings(segment)?;
        let numbers = self.columns(segment)?;
        let store = segment.get_store_reader(4).doing("cannot read the index")?;
        let living: Vec<DocId> = segment.doc_ids_alive().collect();
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let shares = living.chunks(living.len().div_ceil(threads).max(1));
        let checked: Vec<Verification> = thread::scope(|scope| {
            let workers: Vec<_> =
                shares.map(|share| scope.spawn(|| self.documents(share, &store, &indexed, &numbers))).collect();
            // A worker's panic is a fault of the engine, which must be reported.
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        for part in checked {
            found.absorb(part);
        }
        Ok(())
    }

    fn documents(
        &self,
        share: &[DocId],
        store: &StoreReader,
        indexed: &[u64],
        numbers: &[(Field, String, Numbers)],
    ) -> Verification {
        let mut found = Verification::default();
        let mut encoder = Encoder::new(self.inner.fields);
        let mut tokenizers = self.tokenizers();
        for doc in share {
            let read = store.get::<TantivyDocument>(*doc).doing("cannot be read");
            let document = match read.and_then(|record| decode(&self.inner.fields, &record)) {
                Ok(document) => document,
                Err(error) => {
                    found.fault(format!("document number {doc} of a part"), error.to_string());
                    continue;
                }
            };
            let id = document.id.clone();
            let record = match encoder.encode(document, None) {
                Ok(record) => record,
                Err(error) => {
                    found.fault(id, error.to_string());
                    continue;
                }
            };
            let agrees = indexed.get(*doc as usize) == Some(&sum(&record, &mut tokenizers));
            let other = numbers.iter().find(|(field, _, column)| !column.has(*doc, &record, *field));
            match (agrees, other) {
                (true, None) => found.agreeing += 1,
                (false, _) => found.fault(id, "is found by other words than its text has"),
                (_, Some((_, name, _))) => found.fault(id, format!("has another {name} than its record says")),
            }
        }
        found
    }

    /// For each document of a segment, the sum over all postings that find it.
    fn postings(&self, segment: &SegmentReader) -> Result<Vec<u64>> {
        let mut sums = vec![0u64; segment.max_doc() as usize];
        let mut positions = Vec::new();
        for (field, option) in &self.words {
            let index = segment.inverted_index(*field).doing("cannot read the index")?;
            let mut terms = index.terms().stream().doing("cannot read the index")?;
            while terms.advance() {
                let term = xxh3_64_with_seed(terms.key(), field.field_id().into());
                let read = index.read_postings_from_terminfo(terms.value(), *option);
                let mut postings = read.doing("cannot read the index")?;
                while postings.doc() != TERMINATED {
                    let Some(sum) = sums.get_mut(postings.doc() as usize) else { break };
                    match option {
                        IndexRecordOption::Basic => *sum = sum.wrapping_add(occurrence(term, 0)),
                        IndexRecordOption::WithFreqs => {
                            let often = u64::from(postings.term_freq());
                            *sum = sum.wrapping_add(occurrence(term, 0).wrapping_mul(often));
                        }
                        IndexRecordOption::WithFreqsAndPositions => {
                            postings.positions(&mut positions);
                            for position in &positions {
                                *sum = sum.wrapping_add(occurrence(term, *position));
                            }
                        }
                    }
                    postings.advance();
                }
            }
        }
        Ok(sums)
    }

    fn columns(&self, segment: &SegmentReader) -> Result<Vec<(Field, String, Numbers)>> {
        let mut numbers = Vec::new();
        for (field, entry) in self.inner.engine.schema().fields().filter(|(_, entry)| entry.is_fast()) {
            let name = entry.name();
            let columns = segment.fast_fields();
            let column = match entry.field_type() {
                FieldType::I64(_) => Numbers::Signed(columns.i64(name).doing("cannot read the index")?),
                FieldType::U64(_) => Numbers::Unsigned(columns.u64(name).doing("cannot read the index")?),
                _ => continue,
            };
            numbers.push((field, name.to_string(), column));
        }
        Ok(numbers)
    }

    fn tokenizers(&self) -> Vec<(Field, IndexRecordOption, TextAnalyzer)> {
        let of = |(field, option): &(Field, IndexRecordOption)| {
            // Only text fields have a tokenizer. A field without one is a facet.
            let own = self.inner.engine.tokenizer_for_field(*field);
            (*field, *option, own.unwrap_or_else(|_| TextAnalyzer::from(FacetTokenizer::default())))
        };
        self.words.iter().map(of).collect()
    }
}

impl Numbers {
    /// Returns whether a column has the numbers of a record. A column that no record fills is the index's own.
    fn has(&self, doc: DocId, record: &TantivyDocument, field: Field) -> bool {
        if record.get_first(field).is_none() {
            return true;
        }
        let values = record.get_all(field);
        match self {
            Numbers::Signed(column) => column.values_for_doc(doc).eq(values.filter_map(|value| value.as_i64())),
            Numbers::Unsigned(column) => column.values_for_doc(doc).eq(values.filter_map(|value| value.as_u64())),
        }
    }
}

/// The sum over all postings that should find a document, with words numbered as the engine numbers them.
fn sum(record: &TantivyDocument, tokenizers: &mut [(Field, IndexRecordOption, TextAnalyzer)]) -> u64 {
    let mut sum = 0u64;
    for (field, option, tokenizer) in tokenizers {
        let mut once = std::collections::HashSet::new();
        // Values of one field follow each other, with one position left free between them.
        let mut start = 0u32;
        for value in record.get_all(*field) {
            let Some(text) = value.as_str().or_else(|| value.as_facet()) else { continue };
            let mut end = start;
            let mut take = |token: &Token| {
                if token.text.len() > MAX_TOKEN_LEN {
                    return;
                }
                let position = start.wrapping_add(token.position as u32);
                end = end.max(position.wrapping_add(token.position_length as u32));
                let term = xxh3_64_with_seed(token.text.as_bytes(), field.field_id().into());
                let counts = match option {
                    IndexRecordOption::Basic => once.insert(term),
                    _ => true,
                };
                let position = if *option == IndexRecordOption::WithFreqsAndPositions { position } else { 0 };
                if counts {
                    sum = sum.wrapping_add(occurrence(term, position));
                }
            };
            tokenizer.token_stream(text).process(&mut take);
            start = end.wrapping_add(1);
        }
    }
    sum
}

/// A number for one term at one position, such that sums of different ones differ (Steele, Lea and Flood's finalizer of
/// SplitMix64, "Fast splittable pseudorandom number generators", 2014).
fn occurrence(term: u64, position: u32) -> u64 {
    let mut mixed = term.wrapping_add(u64::from(position).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
