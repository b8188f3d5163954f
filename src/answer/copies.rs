//! Copies of documents, as plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::dates::DatedDocument;
use crate::document::{Document, Source, locator};
use crate::note::Note;
use crate::text::FigureChange;
use crate::time::Date;

/// The share of a document, in percent, that must be in another for it to be a copy.
pub(crate) const COPY: u8 = 80;

/// The relation between the texts of two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Relation {
    /// At least four fifths of each text are in the other.
    Copy,
    /// A larger share of it is in the other than of the other in it: it is a shortened version, or stands in the other.
    Part,
    /// A larger share of the other is in it: it adds to the other, or contains it.
    Contains,
}

impl Relation {
    /// The relation of a text whose `share`, in percent, is in another, and which contains `share_of_other` of that
    /// one.
    pub(crate) fn of(share: u8, share_of_other: u8) -> Relation {
        match (share, share_of_other) {
            (COPY.., COPY..) => Relation::Copy,
            _ if share >= share_of_other => Relation::Part,
            _ => Relation::Contains,
        }
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Copy => "copy",
            Relation::Part => "part",
            Relation::Contains => "contains",
        }
    }
}

/// A document that has text in common with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Copied {
    /// The id of the document.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// The source it is filed under.
    pub source: Option<Source>,
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, if the file holds many documents.
    pub member: Option<String>,
    /// Its relation to the other document.
    pub relation: Relation,
    /// The share of it that is in the other, in percent, estimated from samples of both.
    pub share: u8,
    /// The share of the other that is in it, in percent.
    pub share_of_other: u8,
    /// Figures and dates that differ between the two; the other's comes first.
    pub figures: Vec<FigureChange>,
}

impl Copied {
    pub(crate) fn new(document: Document, share: u8, share_of_other: u8, figures: Vec<FigureChange>) -> Copied {
        Copied {
            date: document.dated.date(),
            source: document.attribution.source(),
            id: document.id,
            record_id: document.record_id,
            title: document.title,
            path: document.place.path,
            member: document.place.member,
            relation: Relation::of(share, share_of_other),
            share,
            share_of_other,
            figures,
        }
    }

    /// The file and the way inside it, in words for a person: see [`Hit::locator`](crate::Hit::locator).
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

/// The texts of an archive that were taken over, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CopyReport {
    /// The question as it was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of matching documents without those that only repeat others.
    pub distinct: u64,
    /// The number of stories that contain a matching document.
    pub stories: u64,
    /// The stories from `offset` on; the one with the most documents comes first.
    pub listed: Vec<Story>,
}

/// A document and the documents that have much of its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Story {
    /// The earliest document; of several of the same day, the longest.
    pub lead: DatedDocument,
    /// The number of other documents of the story, whether they match or not.
    pub copied: u64,
    /// The first of the other documents, in the order of their days, each with its relation to the lead.
    pub copies: Vec<Copied>,
}
