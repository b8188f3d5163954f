//! The engine query for one stem.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{BoostQuery, EnableScoring, Query as EngineQuery, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};

use crate::backend::clause;
use crate::index::record::schema::Fields;
use crate::index::snapshot::view::View;

/// A term's postings in the index, looked up once.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    /// The postings by segment.
    pub(crate) infos: Arc<[Option<TermInfo>]>,
}

impl Posted {
    /// Looks up a term of the field of stems, with the number of its living documents.
    pub(crate) fn look_up(view: &View, term: &Term) -> tantivy::Result<(Posted, u64)> {
        let segments = view.searcher.segment_readers().len();
        let mut infos = Vec::with_capacity(segments);
        for segment in (0..).take(segments) {
            infos.push(view.stems(segment)?.inverted.get_term_info(term)?);
        }
        Ok((Posted { infos: infos.into() }, view.statistics.with_term(term)?))
    }
}

/// Finds the documents with a stem and scores them by BM25 times `boost`. The engine's own query hides what it is made
/// of, and questions of stems alone are answered without it (see [`super::conjunction`]).
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
        // The engine prunes by a term's best blocks only if it sees the term query itself.
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
