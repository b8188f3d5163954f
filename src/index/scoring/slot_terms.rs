//! The terms that stand for one word of a question, as terms of the engine.

use tantivy::schema::Term;

use crate::backend::clause;
use crate::index::record::schema::Fields;
use crate::passages::slot::Languages;

/// Terms that stand for one word.
#[derive(Clone, Debug)]
pub(crate) struct SlotTerms {
    /// The terms, each with the languages in whose documents it counts.
    pub(crate) terms: Vec<(Term, Languages)>,
    /// Terms whose positions do not count.
    pub(crate) but: Vec<Term>,
}

impl SlotTerms {
    pub(crate) fn of(slot: &clause::SlotTerms, fields: &Fields) -> SlotTerms {
        let field = fields.of(slot.field);
        let terms = slot.terms.iter().map(|(term, languages)| (Term::from_field_text(field, term), *languages));
        let but = slot.but.iter().map(|form| Term::from_field_text(fields.forms, form));
        SlotTerms { terms: terms.collect(), but: but.collect() }
    }
}
