//! Explains the score of a document.

use super::compile::compiler::{Asking, compile};
use super::why_empty::{label, parts};
use crate::answer::search::{PartScore, Scores};
use crate::backend::found::Candidate;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::query::{Matching, Node};
use crate::text::Analyzer;

/// The most parts of a question that are scored apart. A longer question is not taken apart.
const MOST_PARTS: usize = 32;

/// The parts of a question, each as a query of its own.
pub(crate) struct Parts<Q>(Vec<(String, Q)>);

impl<Q> Parts<Q> {
    pub(crate) fn of<B: Backend<Query = Q>>(
        root: &Node,
        asking: &Asking<'_, B>,
        analyzer: &mut Analyzer,
    ) -> Result<Parts<Q>> {
        let mut queries = Vec::new();
        for part in parts(root).into_iter().take(MOST_PARTS) {
            let is_scored = !matches!(
                part,
                Node::Not(_)
                    | Node::Date(_)
                    | Node::About(_)
                    | Node::Source(_)
                    | Node::Language(_)
                    | Node::File(_)
                    | Node::Own(_)
                    | Node::Author(_)
            );
            if is_scored {
                let compiled = compile(&part, Matching::All, false, asking, analyzer)?;
                queries.push((label(&part), compiled.query));
            }
        }
        Ok(Parts(queries))
    }

    /// The score of each part for a document. `found` has the score of the whole document before its passages were
    /// read, `unfed` the score before the best documents' words counted, and `share` the share that mentioned days
    /// left, if days are asked about.
    pub(crate) fn scores<B: Backend<Query = Q>>(
        &self,
        backend: &B,
        found: Candidate,
        unfed: f32,
        passage: f32,
        share: Option<f32>,
    ) -> Result<Scores> {
        // A part that does not match scores nothing.
        let score = |query: &Q| backend.score(query, found.doc);
        let parts = self.0.iter().map(|(label, query)| Ok(PartScore { part: label.clone(), score: score(query)? }));
        let parts: Vec<PartScore> = parts.collect::<Result<_>>()?;
        // If only days are asked about, they have a share of one.
        let together = if parts.is_empty() { 1.0 } else { parts.iter().map(|part| part.score).sum() };
        let together: f32 = together * share.unwrap_or(1.0);
        let (document, exact) = (found.score, (unfed - together).max(0.0));
        Ok(Scores { document, exact, feedback: document - unfed, passage, days: share, parts })
    }
}
