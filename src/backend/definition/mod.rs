//! What a clause and a filter mean for one document, by definition and without any shortcut.
//!
//! [`Analysed`](analysed::Analysed) is a document in plain lists: its terms with their positions, and its [`Columns`](columns::Columns), on
//! which conditions are decided. [`evaluate`] scores and filters it with the [`Statistics`](statistics::Statistics) of the
//! archive. [`tally`] counts it, and
//! [`KnownCopies`](known_copies::KnownCopies) is a list of copies. An engine that cannot decide a question itself asks its storage for all documents that may match, and
//! decides here.

pub(crate) mod analysed;
pub(crate) mod columns;
pub(crate) mod evaluate;
pub(crate) mod known_copies;
pub(crate) mod statistics;
pub(crate) mod tally;
