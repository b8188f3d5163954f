//! Finding and scoring documents over the postings: queries, filters, scorers and collectors.
//!
//! [`prepared`] makes an engine query of a clause, and [`execute`] walks the documents it finds, whichever way is least
//! work. [`filter`] is the main idea. A condition (days, source, language, file, a copy that another document stands
//! for) is no clause of the engine's query, because a range clause turns off the pruning of hopeless candidates. A
//! filter is asked before a document is scored, or from the engine's pruning callback. The invariant: it never adds to
//! a score. It may lower one (days spoken of), which leaves all the engine's upper bounds true.
//!
//! * [`conjunction`] and [`conjunction_scorer`] answer questions of words alone from the postings themselves. They ask
//!   the filter before they score, and count on the way.
//! * [`intervals_scorer`] scores words with positions: near each other, in a loose phrase, in one exact form, in the
//!   title. The engine's sloppy phrases, fuzzy and regex queries score 1.0 each and mark nothing, and it has no NEAR.
//! * [`disjunction`] walks the documents that have any of many words, as a pattern's words are. [`stem_query`] is a
//!   stem as an engine query that shows what it is made of; [`slot_terms`] the terms that stand for one word with a
//!   position.
//! * [`top_docs`] keeps the best documents and counts all that match, in one walk. [`collectors`] walk all matches:
//!   newest, oldest, counts by day and by source; [`date_tally`], [`mention_tally`], [`own_tally`], [`sightings`] and
//!   [`earliest`] count or collect other things in the same way.
//!
//! The engine could keep segments sorted by day. That costs a twelfth of the indexing time and half as much memory
//! again, and asking for a document's day before scoring it makes questions under dates as fast as they have to be. The
//! engine's BM25 has fixed `k1` and `b`; scores that are computed outside of it use the same values
//! (`crate::backend::bm25`).

pub(crate) mod collectors;
pub(crate) mod conjunction;
pub(crate) mod conjunction_scorer;
pub(crate) mod date_tally;
pub(crate) mod disjunction;
pub(crate) mod earliest;
pub(crate) mod excluded;
pub(crate) mod execute;
pub(crate) mod filter;
pub(crate) mod intervals_scorer;
pub(crate) mod mention_tally;
pub(crate) mod own_tally;
pub(crate) mod prepared;
pub(crate) mod sightings;
pub(crate) mod slot_terms;
pub(crate) mod stem_query;
pub(crate) mod term_scores;
pub(crate) mod terms;
pub(crate) mod top_docs;
