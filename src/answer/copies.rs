//! Copies as plain data. Nothing here knows the engine; everything serializes.

use std::path::PathBuf;

use serde::Serialize;

use super::dates::DatedDocument;
use crate::document::{Document, Source, locator};
use crate::text::FigureChange;
use crate::time::Date;

/// A document is a copy of another if so much of it is in that one, in hundredths.
pub(crate) const COPY: u8 = 80;

/// How the text of a document is related to that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Relation {
    /// Four fifths of each, or more, are in the other.
    Copy,
    /// More of it is in the other than of the other in it: it is cut short, or stands in the other.
    Part,
    /// More of the other is in it: it adds to the other, or holds it.
    Contains,
}

impl Relation {
    /// The relation of a text of which so much is in another, of which so much is in it; in hundredths.
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

/// A document that has a text in common with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Copied {
    /// Names the document.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// What it is filed under.
    pub source: Option<Source>,
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, where it is one of many packed together.
    pub member: Option<String>,
    /// How it is related to the other.
    pub relation: Relation,
    /// How much of it is in the other, in hundredths, as far as samples of both tell.
    pub share: u8,
    /// How much of the other is in it.
    pub share_of_other: u8,
    /// Figures and dates that the other has otherwise, its own ones second.
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

    /// Where it lies, for a person: see [`Hit::locator`](crate::Hit::locator).
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

/// Which texts of an archive were taken over, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CopyReport {
    /// How the question was read, in words.
    pub read_as: String,
    /// What was read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// How many documents match, exactly.
    pub total: u64,
    /// How many of them say something that no other of them says.
    pub distinct: u64,
    /// How many stories have a document that matches.
    pub stories: u64,
    /// Those from `offset` on, the one with the most documents first.
    pub listed: Vec<Story>,
}

/// A document and those that have much of its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Story {
    /// The earliest; of several of one day the longest.
    pub lead: DatedDocument,
    /// How many others there are, whether they match or not.
    pub copied: u64,
    /// The first of them, in the order of their days; each as it relates to the lead.
    pub copies: Vec<Copied>,
}
