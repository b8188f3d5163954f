//! A stem as a query of the engine.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{BoostQuery, EnableScoring, Query as EngineQuery, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};

use crate::index::snapshot::view::View;

/// Where a term stands in the index, looked up once.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    /// By segment.
    pub(crate) infos: Arc<[Option<TermInfo>]>,
    /// In how many documents, deleted ones included.
    pub(crate) documents: u64,
}

impl Posted {
    /// A term of the field of stems.
    pub(crate) fn look_up(view: &View, term: &Term) -> tantivy::Result<Posted> {
        let segments = view.searcher.segment_readers().len();
        let mut infos = Vec::with_capacity(segments);
        for segment in (0..).take(segments) {
            infos.push(view.stems(segment)?.inverted.get_term_info(term)?);
        }
        let documents = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok(Posted { infos: infos.into(), documents })
    }
}

/// Finds the documents with a stem, and weighs them by BM25 times something. The engine's own query for this hides what
/// it is made of, and questions of nothing but stems are answered without it (see [`super::conjunction`]).
#[derive(Clone, Debug)]
pub(crate) struct Stem {
    pub(crate) term: Term,
    pub(crate) boost: f32,
    pub(crate) posted: Posted,
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
