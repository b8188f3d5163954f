//! Asking: what a question means in an index, and the answer to it.
//!
//! Everything here is written once, over [`Backend`](crate::backend::Backend), and for any engine: a question is compiled
//! (`compile`), matched and counted (`matched`), the best documents are put in order anew (`rerank`, `feedback`), copies
//! are collapsed (`collapse`), passages are read and marked, and what there is to say is said (`why_empty`, `explain`).
//! [`Search`](builder::Search) is the builder of one question; [`Index`](index::Index) is the handle it comes from.

pub(crate) mod answer;
pub(crate) mod builder;
pub(crate) mod collapse;
pub(crate) mod compare;
pub(crate) mod compile;
pub(crate) mod copy_report;
pub(crate) mod explain;
pub(crate) mod facets;
pub(crate) mod feedback;
pub(crate) mod first;
pub(crate) mod index;
pub(crate) mod matched;
pub(crate) mod request;
pub(crate) mod rerank;
pub(crate) mod timeline;
pub(crate) mod why_empty;
