//! Answering one question.

pub(crate) mod answer;
pub(crate) mod builder;
pub(crate) mod collapse;
pub(crate) mod compare;
pub(crate) mod copy_report;
pub(crate) mod date_report;
pub(crate) mod execute;
pub(crate) mod explain;
pub(crate) mod facets;
pub(crate) mod feedback;
pub(crate) mod first;
pub(crate) mod matched;
pub(crate) mod mention_timeline;
pub(crate) mod request;
pub(crate) mod rerank;
pub(crate) mod timeline;
pub(crate) mod why_empty;
