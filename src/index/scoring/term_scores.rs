//! Scores a few documents by further terms.

use tantivy::DocSet;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::backend::bm25::{bm25, idf};
use crate::backend::found::Candidate;
use crate::error::Result;
use crate::index::record::address::address;
use crate::index::snapshot::view::View;
use crate::index::storage::error::Doing;

/// BM25 of weighted terms of a field, for candidates, which are put in the order of the index: the scores are in the
/// same order.
pub(crate) fn term_scores(
    view: &View,
    field: Field,
    terms: &[(&str, f32)],
    candidates: &mut [Candidate],
) -> Result<Vec<f32>> {
    // Postings can only be walked forwards.
    candidates.sort_unstable_by_key(|candidate| candidate.doc);
    let mut scores = vec![0.0; candidates.len()];
    let documents = view.statistics.documents();
    let mut segments = Vec::new();
    let mut from = 0;
    for (ordinal, segment) in view.searcher.segment_readers().iter().enumerate() {
        let inverted = segment.inverted_index(field).doing("cannot read the index")?;
        let here =
            candidates[from..].partition_point(|candidate| address(candidate.doc).segment_ord as usize <= ordinal);
        if here > 0 {
            let lengths = segment.get_fieldnorms_reader(field).doing("cannot read the index")?;
            segments.push((inverted, lengths, from..from + here));
        }
        from += here;
    }
    let average = view.statistics.average_length(field).doing("cannot read the index")?;
    for (word, weight) in terms {
        let term = Term::from_field_text(field, word);
        let frequency = view.statistics.with_term(&term).doing("cannot read the index")?;
        let weight = weight * idf(documents, frequency);
        for (inverted, lengths, range) in &segments {
            let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqs);
            let Some(mut postings) = postings.doing("cannot read the index")? else { continue };
            for (candidate, score) in candidates[range.clone()].iter().zip(&mut scores[range.clone()]) {
                let doc = address(candidate.doc).doc_id;
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    let frequency = postings.term_freq() as f32;
                    let length = lengths.fieldnorm(doc) as f32;
                    *score += weight * bm25(frequency, length, average);
                }
            }
        }
    }
    Ok(scores)
}
