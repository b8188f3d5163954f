//! An archive in an OpenSearch cluster, as a third engine behind the seam: [`state`] is one state of it as `search` asks for it,
//! [`writer`] is what `indexer` writes to.
//!
//! The cluster keeps and finds; what a question means stays here. Documents are analysed by us and sent as streams of our tokens
//! ([`record`], [`mapping`]); clauses and filters become queries of terms, phrases and ranges ([`clause`]); what the cluster cannot decide
//! as we do, and every score, is decided on the documents themselves ([`question`], [`view`], [`calibration`]). [`ledger`] is the last commit with its
//! catalog and its list of [`copies`], [`build`] says which indices are read, and [`rebuild`] makes them anew; [`open`] is the handle,
//! [`client`] speaks HTTP, with [`credentials`] and to nodes that are vouched for (`trust`, by the feature `cluster-tls`);
//! [`address`] names nodes and archive.
//!
//! The invariant: an answer is whole, and the same as that of an index on the disk. Every document carries the numbers of the commits
//! with which it came and went, and a state asks for those of its own commit; a part of the cluster that does not answer is an
//! error.

pub(crate) mod address;
mod build;
mod bulk;
mod calibration;
mod clause;
mod client;
mod copies;
mod credentials;
#[cfg(test)]
mod fake;
mod find_copies;
mod lease;
mod ledger;
mod mapping;
pub(crate) mod open;
mod question;
pub(crate) mod rebuild;
mod record;
pub(crate) mod roles;
pub(crate) mod state;
#[cfg(feature = "cluster-tls")]
mod trust;
mod view;
mod vocabulary;
pub(crate) mod writer;

#[cfg(test)]
mod tests;

/// The format of the documents in a cluster.
pub(crate) fn format() -> u32 {
    mapping::FORMAT
}
