//! Finding and scoring documents: filters, scorers and collectors over the postings.

pub(crate) mod collectors;
pub(crate) mod conjunction;
pub(crate) mod conjunction_scorer;
pub(crate) mod date_tally;
pub(crate) mod disjunction;
pub(crate) mod earliest;
pub(crate) mod execute;
pub(crate) mod filter;
pub(crate) mod intervals_scorer;
pub(crate) mod mention_tally;
pub(crate) mod prepared;
pub(crate) mod sightings;
pub(crate) mod slot_terms;
pub(crate) mod stem_query;
pub(crate) mod term_scores;
pub(crate) mod terms;
pub(crate) mod top_docs;
