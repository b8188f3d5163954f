//! The tests above unit level: the real command, whole archives, and the library as a program that embeds it sees it.

#![allow(clippy::unwrap_used)]

mod about;
mod bad_input;
mod cli;
mod copies;
mod corpus;
mod dates;
mod doubts;
mod embedding;
mod evidence;
mod figures;
mod json;
mod language;
#[cfg(feature = "mcp")]
mod mcp;
mod mentions;
mod quotes;
#[cfg(feature = "newspapers")]
mod scans;
mod search;
mod support;
mod updates;
mod widths;
