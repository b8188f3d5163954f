//! A compiled query as a query of the engine, and which walk through the postings it allows.

use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur as EngineOccur, PhraseQuery,
    Query as EngineQuery, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Term};

use super::conjunction::Conjunction;
use super::excluded::Excluded;
use super::filter::condition_query;
use super::intervals_scorer::IntervalsQuery;
use super::slot_terms::SlotTerms;
use super::stem_query::{Posted, StemQuery};
use crate::backend::clause::{Clause, Intervals, Occur};
use crate::index::record::schema::Fields;

/// A query of the engine.
pub(crate) struct Prepared {
    pub(crate) query: Box<dyn EngineQuery>,
    pub(crate) walk: Walk,
}

/// How the documents of a query are found.
pub(crate) enum Walk {
    /// By the engine's own scorers.
    Scorers,
    /// Over the postings themselves: the query is stems, and nothing else.
    Conjunction(Conjunction),
    /// By counts: the query is one word that many terms stand for, wherever it stands.
    OneWord(IntervalsQuery),
}

impl Prepared {
    pub(crate) fn of(clause: &Clause<Posted>, fields: &Fields) -> Prepared {
        let walk = match clause {
            Clause::Intervals(intervals) => {
                let query = intervals_query(intervals, fields);
                if query.one_word().is_some() { Walk::OneWord(query) } else { Walk::Scorers }
            }
            clause => Conjunction::of(clause, fields).map_or(Walk::Scorers, Walk::Conjunction),
        };
        Prepared { query: engine_query(clause, fields), walk }
    }
}

fn engine_query(clause: &Clause<Posted>, fields: &Fields) -> Box<dyn EngineQuery> {
    match clause {
        Clause::Nothing => Box::new(EmptyQuery),
        Clause::Everything => Box::new(AllQuery),
        Clause::Stem(stem) => Box::new(StemQuery::of(stem, fields)),
        Clause::Word(word, boost) => {
            let term = Term::from_field_text(fields.words, word);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            if *boost == 1.0 { Box::new(query) } else { Box::new(BoostQuery::new(Box::new(query), *boost)) }
        }
        Clause::Phrase(words) => {
            Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(fields.words, word)).collect()))
        }
        Clause::Intervals(intervals) => Box::new(intervals_query(intervals, fields)),
        Clause::Condition(condition) => condition_query(condition.clone()),
        Clause::Constant(clause, score) => Box::new(ConstScoreQuery::new(engine_query(clause, fields), *score)),
        Clause::Boost(clause, times) => Box::new(BoostQuery::new(engine_query(clause, fields), *times)),
        Clause::All(clauses) => {
            let one = |(occur, clause): &(Occur, Clause<Posted>)| {
                let query = engine_query(clause, fields);
                match occur {
                    Occur::MustNot => (engine_occur(*occur), Box::new(Excluded(query)) as Box<dyn EngineQuery>),
                    _ => (engine_occur(*occur), query),
                }
            };
            Box::new(BooleanQuery::new(clauses.iter().map(one).collect()))
        }
    }
}

fn intervals_query(intervals: &Intervals, fields: &Fields) -> IntervalsQuery {
    let Intervals { place, slots, field, in_title, languages, idf, average } = intervals;
    IntervalsQuery {
        slots: slots.iter().map(|slot| SlotTerms::of(slot, fields)).collect(),
        place: Arc::clone(place),
        field: fields.of(*field),
        forms: fields.forms,
        in_title: *in_title,
        languages: Arc::clone(languages),
        idf: *idf,
        average: *average,
    }
}

fn engine_occur(occur: Occur) -> EngineOccur {
    match occur {
        Occur::Must => EngineOccur::Must,
        Occur::Should => EngineOccur::Should,
        Occur::MustNot => EngineOccur::MustNot,
    }
}
