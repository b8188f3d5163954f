//! A stem as a query of the engine.

use tantivy::query::{BoostQuery, EnableScoring, Query as EngineQuery, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};

/// Finds the documents with a stem, and weighs them by BM25 times something. The engine's own query for this hides what
/// it is made of, and questions of nothing but stems are answered without it (see [`super::flat`]).
#[derive(Clone, Debug)]
pub(super) struct Stem {
    pub(super) term: Term,
    pub(super) boost: f32,
}

impl EngineQuery for Stem {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let query = TermQuery::new(self.term.clone(), IndexRecordOption::WithFreqs);
        // The engine prunes by a term's best blocks only where it sees the term itself.
        if self.boost == 1.0 {
            query.weight(scoring)
        } else {
            BoostQuery::new(Box::new(query), self.boost).weight(scoring)
        }
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        visitor(&self.term, false);
    }
}
