//! Two documents, stretch by stretch: plain data.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::text::{Change, FigureChange, TextDiff};

/// The changes from one document to another, with the texts themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DiffReport {
    /// The document that was changed.
    pub old_id: String,
    /// The document that changed it.
    pub new_id: String,
    /// Figures, months and weekdays that were replaced by others.
    pub figures: Vec<FigureChange>,
    /// Both texts, stretch by stretch.
    pub changes: Vec<Stretch>,
}

/// A stretch of both texts that is the same, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stretch {
    /// Set if the words are the same in both.
    pub same: bool,
    /// The stretch of the old text.
    pub old: String,
    /// The stretch of the new text.
    pub new: String,
    /// Its place in the old text, in bytes, end excluded.
    pub old_bytes: (usize, usize),
    /// Its place in the new text, in bytes, end excluded.
    pub new_bytes: (usize, usize),
}

impl DiffReport {
    /// The changes that `diff` found from the old document's text to the new one's.
    pub fn new(old: &Document, new: &Document, diff: &TextDiff) -> DiffReport {
        let stretch = |change: &Change| Stretch {
            same: change.same,
            old: old.text.get(change.old.clone()).unwrap_or_default().to_owned(),
            new: new.text.get(change.new.clone()).unwrap_or_default().to_owned(),
            old_bytes: (change.old.start, change.old.end),
            new_bytes: (change.new.start, change.new.end),
        };
        DiffReport {
            old_id: old.id.clone(),
            new_id: new.id.clone(),
            figures: diff.figures.clone(),
            changes: diff.changes.iter().map(stretch).collect(),
        }
    }
}
