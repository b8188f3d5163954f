//! Answers as plain data, which serialize and know no engine.
//!
//! `search` has the results of a question: hits, passages, highlights, counts and timelines. `comparison` is what
//! several questions find in each source, `copies` who took over what, `first` which documents came first,
//! `figures` which numbers are given for a thing, `dates` how documents are dated, `fields` the values of their own
//! fields. `cursor` is where a page of an answer ends, so that the next one can begin
//! there.
//!
//! The invariant: an answer is whole in itself. It holds no handle, borrows nothing, and can be kept, sent or written
//! as JSON after the index is closed.

pub(crate) mod comparison;
pub(crate) mod copies;
pub mod csv;
pub(crate) mod cursor;
pub(crate) mod dates;
pub(crate) mod evidence;
pub(crate) mod fields;
pub(crate) mod figures;
pub(crate) mod first;
pub(crate) mod health;
pub mod json;
pub(crate) mod quotes;
pub(crate) mod search;
pub(crate) mod steps;
pub(crate) mod timeline;
mod toml;
pub(crate) mod update;

pub use comparison::{ComparedCell, ComparedQuery, ComparedSource, Comparison, Sighting, Switch};
pub use copies::{Copied, CopyReport, Relation, Story};
pub use cursor::Cursor;
pub use dates::{DateReport, DatedDocument, DoubtCount, RuleCount};
pub use evidence::{CheckedEvidence, Evidence, EvidenceReport, EvidenceStatus, FileManifest, ManifestFile};
pub use fields::{FieldReport, ValueCount};
pub use figures::{FigureGroup, FigurePassage, FigureSource, FiguresReport};
pub use first::{CopyOf, FirstDocument, FirstReport};
pub use health::{Diagnostics, Fault, Info, LanguageCount, Repair, SegmentDiagnostics, Space, SpacePart, Verification};
pub use quotes::{CheckedQuote, Difference, DifferenceClass, QuoteGap, QuotePlace, QuoteReport, QuoteStatus};
pub use search::{AlikeSources, DayMention, Excerpt, FacetCount, Highlight, Hit, Matched, PartScore, Results, Scores};
pub use timeline::{Bucket, Share, SourceStep, SourceSteps, Timeline, TimelineMentions, Unit};
pub use update::{CommitReport, ReasonCount, Skipped, UpdateReport};
