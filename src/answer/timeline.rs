//! Documents counted by time: plain data.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::Source;
use crate::note::Note;
use crate::time::Date;

/// The length of a timeline's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Calendar years.
    Year,
    /// Calendar months.
    Month,
    /// Weeks from Monday (ISO 8601).
    Week,
    /// Days.
    Day,
}

/// The number of matching documents in each year, month, week or day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Timeline {
    /// The question as it was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The length of a step.
    pub unit: Unit,
    /// Matching documents, dated or not.
    pub total: u64,
    /// Matching documents without a date. They are in no bucket.
    pub undated: u64,
    /// Matching documents whose date is too coarse for the unit, for example only a year. They are in no bucket.
    pub coarse: u64,
    /// All documents under the same conditions, dated or not, whatever their words. None unless
    /// [shares](crate::Search::shares) were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
    /// Mentions that are in no step. None unless mentions were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<TimelineMentions>,
    /// The steps from the first with a document to the last, including empty ones. Years without a document in a gap of
    /// more than a thousand steps are left out, with a note.
    pub buckets: Vec<Bucket>,
    /// The same documents by source: see [`Search::split_sources`](crate::Search::split_sources). First the sources with
    /// the most documents, then documents without a source, then all other sources together, as far as there are any.
    /// None unless they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<SourceSteps>>,
}

impl Timeline {
    /// The share of all documents that match. None unless shares were asked for.
    pub fn share(&self) -> Option<Share> {
        Share::of(self.total, self.all)
    }
}

/// One step of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// `1992`, `1992-02`, `1992-W09` or `1992-02-26`.
    pub label: String,
    /// Its first day.
    pub start: Date,
    /// Its documents.
    pub documents: u64,
    /// All documents of the step under the same conditions, whatever their words. None unless
    /// [shares](crate::Search::shares) were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
    /// Documents that speak of this step, whenever they were published. None unless mentions were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentioned: Option<u64>,
}

impl Bucket {
    /// The share of the step's documents that match. None unless shares were asked for.
    pub fn share(&self) -> Option<Share> {
        Share::of(self.documents, self.all)
    }
}

/// The documents of one source in each step of a timeline, or of several sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceSteps {
    /// The source. None for documents without one, and for several sources.
    pub source: Option<Source>,
    /// The number of sources that are counted together here, because fewer were asked for. None for a single source, and
    /// for documents without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_sources: Option<u64>,
    /// Its matching documents, dated or not.
    pub documents: u64,
    /// All of its documents under the same conditions, dated or not, whatever their words. Of several sources, those of
    /// the sources that no document matches too. None unless [shares](crate::Search::shares) were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
    /// Those without a date.
    pub undated: u64,
    /// Those whose date is too coarse for the unit.
    pub coarse: u64,
    /// Its part of each of the [`buckets`](Timeline::buckets), in their order.
    pub steps: Vec<SourceStep>,
}

impl SourceSteps {
    /// The share of the source's documents that match. None unless shares were asked for.
    pub fn share(&self) -> Option<Share> {
        Share::of(self.documents, self.all)
    }
}

/// The documents of one source in one step of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStep {
    /// Its matching documents.
    pub documents: u64,
    /// All of its documents of the step under the same conditions, whatever their words. None unless
    /// [shares](crate::Search::shares) were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
}

impl SourceStep {
    /// The share of the source's documents that match. None unless shares were asked for.
    pub fn share(&self) -> Option<Share> {
        Share::of(self.documents, self.all)
    }
}

/// Documents as a share of others. Written in percent, a small share is not told as none: `4.2%`, `<0.1%`, and `–` where
/// there is nothing to share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The documents.
    pub documents: u64,
    /// Those they are a share of.
    pub all: u64,
}

impl Share {
    fn of(documents: u64, all: Option<u64>) -> Option<Share> {
        all.map(|all| Share { documents, all })
    }

    /// The share, from 0 to 1. None of nothing.
    pub fn fraction(self) -> Option<f64> {
        (self.all > 0).then(|| (self.documents as f64 / self.all as f64).min(1.0))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match self.fraction().map(|share| share * 100.0) {
            None => "–".to_owned(),
            Some(0.0) => "0%".to_owned(),
            Some(share) if share < 0.1 => "<0.1%".to_owned(),
            Some(share) if share < 10.0 => format!("{}%", (share * 10.0).round() / 10.0),
            Some(share) => format!("{share:.0}%"),
        };
        f.pad(&told)
    }
}

/// Documents with mentions that are in none of a timeline's steps. A document may be in both counts, and in steps too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimelineMentions {
    /// Documents that speak of a time longer than a step: of a decade, where months are counted.
    pub coarse: u64,
    /// Documents that speak of no day at all.
    pub silent: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_share_is_not_told_as_none() {
        let told = [(0, 9), (1, 9000), (1, 300), (1, 10), (7, 7), (8, 7), (0, 0)];
        let told = told.map(|(documents, all)| Share { documents, all }.to_string());
        assert_eq!(told, ["0%", "<0.1%", "0.3%", "10%", "100%", "100%", "–"]);
    }
}
