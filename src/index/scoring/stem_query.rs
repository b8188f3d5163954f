//! A stem as a query of the engine.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{BoostQuery, EnableScoring, Query as EngineQuery, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};

use crate::backend::clause;
use crate::index::record::schema::Fields;
use crate::index::snapshot::view::View;

/// Where a term stands in the index, looked up once.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    /// By segment.
    pub(crate) infos: Arc<[Option<TermInfo>]>,
}

impl Posted {
    /// A term of the field of stems, and how many documents have it, deleted ones included.
    pub(crate) fn look_up(view: &View, term: &Term) -> tantivy::Result<(Posted, u64)> {
        let segments = view.searcher.segment_readers().len();
        let mut infos = Vec::with_capacity(segments);
        for segment in (0..).take(segments) {
            infos.push(view.stems(segment)?.inverted.get_term_info(term)?);
        }
        let documents = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok((Posted { infos: infos.into() }, documents))
    }
}

/// Finds the documents with a stem, and weighs them by BM25 times something. The engine's own query for this hides what
/// it is made of, and questions of nothing but stems are answered without it (see [`super::conjunction`]).
#[derive(Clone, Debug)]
pub(crate) struct StemQuery {
    term: Term,
    pub(crate) boost: f32,
    pub(crate) documents: u64,
    pub(crate) posted: Posted,
}

impl StemQuery {
    pub(crate) fn of(stem: &clause::Stem<Posted>, fields: &Fields) -> StemQuery {
        let clause::Stem { text, boost, documents, posted } = stem;
        let term = Term::from_field_text(fields.stems, text);
        StemQuery { term, boost: *boost, documents: *documents, posted: posted.clone() }
    }
}

impl EngineQuery for StemQuery {
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
