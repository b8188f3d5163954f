//! One file a page: from an address and the index to what stands between masthead and foot.
//!
//! A view asks the index, and puts the answer together from `parts`. What it cannot do is a problem, which has a page
//! of its own.

pub(super) mod about;
mod aside;
mod cite;
mod clues;
pub(super) mod compare;
pub(super) mod copies;
pub(super) mod dates;
pub(super) mod diff;
pub(super) mod figures;
pub(super) mod first;
pub(super) mod problem;
pub(super) mod reader;
mod reading;
pub(super) mod search;
pub(super) mod start;
pub(super) mod view;
