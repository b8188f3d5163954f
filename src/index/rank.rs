//! From the engine's score to the order shown.
//!
//! Three scores are mixed: BM25 over stems, which found the documents; BM25 over exact words, added at three tenths,
//! which prefers what was typed; and the score of the best passage, which prefers documents that say it in one place.
//! The weights were measured on seven judged collections before this was written.

use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, Searcher};

use super::collect::Candidate;
use super::failure::Doing;
use super::schema::Fields;
use super::vocabulary::idf;
use crate::error::Result;

/// What the exact form of a word is worth beside its stem.
const EXACT: f32 = 0.3;
/// What the best passage is worth beside the whole document.
const PASSAGE: f32 = 0.3;
/// BM25's parameters as tantivy has them, so that both fields are scored alike.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Documents are reordered by their passages within blocks of this many, so that the order does not depend on how
/// many are asked for.
pub(super) const BLOCK: usize = 16;
/// This many of the best candidates get the scores of exact words and passages; those beyond stay as they were found.
/// A fixed number, so that the order of a page does not depend on which page is asked for.
pub(super) const RANKED: usize = 48;

/// BM25's share of a word that stands so often in a text of this length, to be multiplied by the word's idf.
pub(super) fn bm25(times: f32, length: f32, average: f32) -> f32 {
    (1.0 + K1) * times / (times + K1 * (1.0 - B + B * length / average.max(1.0)))
}

/// Adds the scores of exact words to candidates found by stems, and puts them in order.
pub(super) fn add_exact(
    searcher: &Searcher,
    fields: &Fields,
    words: &[String],
    candidates: &mut [Candidate],
) -> Result<()> {
    if words.is_empty() || candidates.len() < 2 {
        return Ok(());
    }
    // Postings can only be walked forwards.
    candidates.sort_unstable_by_key(|candidate| candidate.address);
    let documents = searcher.num_docs();
    let mut tokens = 0;
    for segment in searcher.segment_readers() {
        tokens += segment.inverted_index(fields.words).doing("cannot read the index")?.total_num_tokens();
    }
    let average = tokens as f32 / documents.max(1) as f32;
    for word in words {
        let term = Term::from_field_text(fields.words, word);
        let weight = EXACT * idf(documents, searcher.doc_freq(&term).doing("cannot read the index")?);
        let mut rest = &mut *candidates;
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let here = rest.partition_point(|candidate| candidate.address.segment_ord as usize == ordinal);
            let (now, later) = rest.split_at_mut(here);
            rest = later;
            if now.is_empty() {
                continue;
            }
            let inverted = segment.inverted_index(fields.words).doing("cannot read the index")?;
            let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqs);
            let Some(mut postings) = postings.doing("cannot read the index")? else { continue };
            let lengths = segment.get_fieldnorms_reader(fields.words).doing("cannot read the index")?;
            for candidate in now {
                let doc = candidate.address.doc_id;
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    let frequency = postings.term_freq() as f32;
                    let length = lengths.fieldnorm(doc) as f32;
                    candidate.score += weight * bm25(frequency, length, average);
                }
            }
        }
    }
    candidates.sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}

/// The score that orders a block: document and best passage, each as a share of the best in the block, so that two
/// scales can be added; times the block's best document score, so that blocks stay in order.
pub(super) fn mix(documents: &[f32], passages: &[f32]) -> Vec<f32> {
    let most = |scores: &[f32]| scores.iter().copied().fold(0.0, f32::max);
    let (best_document, best_passage) = (most(documents), most(passages));
    if best_document <= 0.0 || best_passage <= 0.0 {
        return documents.to_vec();
    }
    documents
        .iter()
        .zip(passages)
        .map(|(document, passage)| {
            best_document * ((1.0 - PASSAGE) * document / best_document + PASSAGE * passage / best_passage)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_much_better_passage_lifts_a_slightly_worse_document() {
        let mixed = mix(&[10.0, 9.5], &[1.0, 4.0]);
        assert!(mixed[1] > mixed[0], "{mixed:?}");
        let mixed = mix(&[10.0, 5.0], &[3.0, 4.0]);
        assert!(mixed[0] > mixed[1], "{mixed:?}");
    }

    #[test]
    fn without_passages_the_documents_keep_their_scores() {
        assert_eq!(mix(&[2.0, 1.0], &[0.0, 0.0]), [2.0, 1.0]);
    }
}
