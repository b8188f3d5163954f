//! Walks the terms of a field: those with a prefix, or those near a word.

use tantivy::Searcher;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};

use crate::error::Result;
use crate::index::storage::error::Doing;

/// Calls `each` with every term of a field that begins with a prefix, and its number of documents, once for each
/// segment.
pub(crate) fn terms_from(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    each: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    // The end of the range is behind all terms with the prefix. No text has a byte of 255, so the last byte plus one is
    // a byte.
    let end = prefix.as_bytes().split_last().map(|(last, before)| [before, &[last + 1]].concat());
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).doing("cannot read the index")?;
        let mut terms = inverted.terms().range().ge(prefix);
        if let Some(end) = &end {
            terms = terms.lt(end);
        }
        let mut terms = terms.into_stream().doing("cannot read the index")?;
        while terms.advance() {
            if let Ok(term) = str::from_utf8(terms.key()) {
                each(term, u64::from(terms.value().doc_freq));
            }
        }
    }
    Ok(())
}

/// As [`terms_from`], for the terms at most `distance` letters away from a word. The engine's automaton visits no other
/// terms, and swapped letters are one step to it.
pub(crate) fn terms_near(
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
    each: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
    let automaton = query.automaton().doing("cannot read the index")?;
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).doing("cannot read the index")?;
        let mut terms = inverted.terms().search(&automaton).into_stream().doing("cannot read the index")?;
        while terms.advance() {
            if let Ok(term) = str::from_utf8(terms.key()) {
                each(term, u64::from(terms.value().doc_freq));
            }
        }
    }
    Ok(())
}
