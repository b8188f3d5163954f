//! From documents to a commit.

pub(crate) mod file_job;
pub(crate) mod find_copies;
pub(crate) mod id_order;
pub(crate) mod memory_budget;
pub(crate) mod merge_policy;
pub(crate) mod plan;
pub(crate) mod update;
pub(crate) mod withdrawn;
pub(crate) mod writer;
