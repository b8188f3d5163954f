//! The only writers to standard output.

pub(super) mod batch;
pub(super) mod chart;
pub(super) mod compare;
pub(super) mod copies;
pub(super) mod dates;
mod days;
pub(super) mod earliest;
pub(super) mod json;
pub(super) mod rows;
mod screen;
pub(super) mod text;
mod words;

pub(super) use screen::Screen;
pub(super) use words::{counted, harmless, megabytes, quantity, quoted, shown_path, tame};
