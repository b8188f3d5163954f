//! What pages are put together from.
//!
//! `words` is the table of all sayings, `locale` chooses from it, `days` tells dates. `visit` is an address with its
//! reader, and makes addresses from it. `marks` makes markup of texts. `frame` stands around every page; `chips`, `steps`,
//! `chart`, `timeline`, `tree` and `hits` are the parts of an answer.

pub(super) mod assets;
pub(super) mod chart;
pub(super) mod chips;
pub(super) mod days;
pub(super) mod frame;
pub(super) mod hits;
pub(super) mod locale;
pub(super) mod marks;
pub(super) mod place;
pub(super) mod spoken;
pub(super) mod steps;
pub(super) mod timeline;
pub(super) mod tree;
pub(super) mod visit;
pub(super) mod words;
