//! From the engine's score to the order shown.
//!
//! Four scores are mixed: BM25 over stems, which found the documents; BM25 over exact words, added at a quarter, which
//! prefers what was typed; in questions of several words of which any will do, BM25 over the words that the best
//! documents share (see [`super::feedback`]), added at an eighth; and the score of the best passage, which prefers
//! documents that say it in one place. The weights were chosen on four judged collections.
//!
//! The following was tried and left out because it gained nothing on these collections: more candidates than 48, other
//! values of `k1` and `b`, scores smoothed over similar documents (Diaz, "Regularizing ad hoc retrieval scores", 2005),
//! titles counted once.

use crate::backend::clause::TextField;
use crate::backend::found::Candidate;
use crate::backend::reader::Backend;
use crate::error::Result;

/// The weight of a word's exact form beside its stem.
const EXACT: f32 = 0.25;
/// The weight of the best documents' words beside those of the question.
const FEEDBACK: f32 = 0.125;
/// The weight of the best passage beside the whole document, for a long document.
const PASSAGE: f32 = 0.2;
/// The documents of a block. Passages reorder documents within blocks, so that the order does not depend on how many
/// are asked for.
pub(crate) const BLOCK: usize = 16;
/// The best candidates that get scores of exact words and passages. The others stay as they were found. The number is
/// fixed, so that the order of a page does not depend on which page is asked for.
pub(crate) const RANKED: usize = 48;

/// Adds the scores of exact words to candidates found by stems, and puts them in order.
pub(crate) fn add_exact<B: Backend>(backend: &B, words: &[String], candidates: &mut [Candidate]) -> Result<()> {
    if words.is_empty() || candidates.len() < 2 {
        return Ok(());
    }
    let terms: Vec<(&str, f32)> = words.iter().map(|word| (word.as_str(), EXACT)).collect();
    let scores = backend.term_scores(TextField::Words, &terms, candidates)?;
    for (candidate, score) in candidates.iter_mut().zip(scores) {
        candidate.score += score;
    }
    candidates.sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}

/// Adds the scores of stems that the best `read` candidates have in common, and sorts all candidates again.
///
/// These scores are scaled to those of the question: the documents read have the same mean in both.
pub(crate) fn add_feedback<B: Backend>(
    backend: &B,
    terms: &[(String, f32)],
    read: usize,
    candidates: &mut [Candidate],
) -> Result<()> {
    let Some(last) = candidates.get(read.saturating_sub(1)).copied().filter(|_| !terms.is_empty()) else {
        return Ok(());
    };
    let terms: Vec<(&str, f32)> = terms.iter().map(|(stem, weight)| (stem.as_str(), *weight)).collect();
    let scores = backend.term_scores(TextField::Stems, &terms, candidates)?;
    let (mut by_question, mut by_feedback) = (0.0, 0.0);
    for (candidate, score) in candidates.iter().zip(&scores).filter(|(candidate, _)| **candidate >= last) {
        by_question += candidate.score;
        by_feedback += score;
    }
    if by_feedback > 0.0 {
        let scale = FEEDBACK * by_question / by_feedback;
        for (candidate, score) in candidates.iter_mut().zip(scores) {
            candidate.score = (1.0 - FEEDBACK) * candidate.score + scale * score;
        }
    }
    candidates.sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}

/// A document and its best passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mixed {
    pub(crate) document: f32,
    pub(crate) passage: f32,
    /// The number of passages in the document.
    pub(crate) passages: usize,
}

/// The scores that order a block: those of document and best passage, scaled by the best of each in the block.
///
/// If a document has one passage, its passage says nothing more than the document. The more passages a document has,
/// the more it means that one of them has everything that was asked for.
pub(crate) fn mix(block: &[Mixed]) -> Vec<f32> {
    let most = |score: fn(&Mixed) -> f32| block.iter().map(score).fold(0.0, f32::max);
    let (best_document, best_passage) = (most(|mixed| mixed.document), most(|mixed| mixed.passage));
    let scale = if best_passage > 0.0 { best_document / best_passage } else { 0.0 };
    block
        .iter()
        .map(|mixed| {
            let share = if scale > 0.0 { PASSAGE * (1.0 - 1.0 / mixed.passages.max(1) as f32) } else { 0.0 };
            (1.0 - share) * mixed.document + share * scale * mixed.passage
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_much_better_passage_lifts_a_slightly_worse_document() {
        let block = |second: f32, passages| {
            mix(&[Mixed { document: 10.0, passage: 2.0, passages }, Mixed { document: second, passage: 4.0, passages }])
        };
        let mixed = block(9.5, 9);
        assert!(mixed[1] > mixed[0], "{mixed:?}");
        let mixed = block(5.0, 9);
        assert!(mixed[0] > mixed[1], "{mixed:?}");
        assert_eq!(block(9.5, 1), [10.0, 9.5], "a document of one passage is that passage");
    }

    #[test]
    fn without_passages_the_documents_keep_their_scores() {
        let none = |document| Mixed { document, passage: 0.0, passages: 0 };
        assert_eq!(mix(&[none(2.0), none(1.0)]), [2.0, 1.0]);
    }
}
