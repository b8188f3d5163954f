//! Finding and scoring documents: filters, scorers and collectors over the postings.

pub(crate) mod collapsed;
pub(crate) mod collectors;
pub(crate) mod conjunction;
pub(crate) mod conjunction_scorer;
pub(crate) mod disjunction;
pub(crate) mod filter;
pub(crate) mod intervals_scorer;
pub(crate) mod slot_terms;
pub(crate) mod stem_query;
pub(crate) mod top_docs;
