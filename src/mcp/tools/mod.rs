//! The tools, one a file: what a client is told of each, and what answers it.
//!
//! A tool reads its arguments, asks the index as the command of the same name does, and returns something
//! [`Sizable`](super::budget::Sizable): an answer that can be shown in less room. What is shown has the keys of the JSON
//! contract, all of them where `detail` is full, and where it is concise those that a shape names.
//!
//! The invariant: a tool only reads, and its answer meets its schema exactly. [`ALL`] is the order in which clients are
//! told of them, which never varies.

mod about;
mod compare;
mod copies;
mod figures;
mod first;
mod read;
mod search;
mod sources;
mod timeline;
mod verify_quote;

use super::tool::Tool;

/// All tools.
pub(super) static ALL: [&Tool; 10] = [
    &about::TOOL,
    &search::TOOL,
    &read::TOOL,
    &timeline::TOOL,
    &sources::TOOL,
    &first::TOOL,
    &compare::TOOL,
    &figures::TOOL,
    &copies::TOOL,
    &verify_quote::TOOL,
];
