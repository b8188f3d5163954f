//! The copies in an archive, as they were found when it was loaded.
//!
//! Documents are named by their keys, so the list holds for every commit in which they are there.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::backend::copies::{Copies, Figures, Member, Row, Sharing, Story};
use crate::backend::found::Doc;
use crate::error::Result;
use crate::text::FigureChange;

/// A document of a story as it is written down: its number, that of the document it was compared with, whether it only repeats
/// that, the share of each in the other, and the figures in which they differ.
type Told = (u64, u64, bool, u8, u8, Vec<FigureChange>);

/// The list as the cluster keeps it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Filed {
    /// Documents that share text, with the share of each in the other.
    pub(crate) pairs: Vec<(u64, u64, u8, u8)>,
    /// The lead of each story with its members.
    pub(crate) stories: Vec<(u64, Vec<Told>)>,
}

impl Filed {
    pub(crate) fn of(pairs: impl Iterator<Item = Sharing>, stories: Vec<Story>) -> Filed {
        let told =
            |member: Member| (member.number, member.under, member.folds, member.of_it, member.of_other, member.figures);
        let stories = stories.into_iter();
        Filed {
            pairs: pairs.map(|pair| (pair.first, pair.second, pair.of_first, pair.of_second)).collect(),
            stories: stories.map(|story| (story.lead, story.members.into_iter().map(told).collect())).collect(),
        }
    }
}

/// The copies in one state of an archive.
#[derive(Debug, Default)]
pub(crate) struct KnownCopies {
    /// The documents that share text with another, rising.
    keys: Vec<u64>,
    pairs: Vec<Sharing>,
    stories: Vec<Story<Figures>>,
    /// The place of each document's story, and its place in it.
    rows: HashMap<u64, (u64, u32)>,
    figures: Vec<FigureChange>,
}

impl From<Filed> for KnownCopies {
    fn from(filed: Filed) -> KnownCopies {
        let mut copies = KnownCopies::default();
        for (first, second, of_first, of_second) in filed.pairs {
            copies.keys.extend([first, second]);
            copies.pairs.push(Sharing { first, second, of_first, of_second });
        }
        copies.keys.sort_unstable();
        copies.keys.dedup();
        for (at, (lead, members)) in (0..).zip(filed.stories) {
            copies.rows.insert(lead, (at, 0));
            let mut story = Story { lead, members: Vec::new() };
            for (place, (number, under, folds, of_it, of_other, figures)) in (1..).zip(members) {
                copies.rows.insert(number, (at, place));
                let from = copies.figures.len();
                copies.figures.extend(figures);
                let figures = from..copies.figures.len();
                story.members.push(Member { number, under, folds, of_it, of_other, figures });
            }
            copies.stories.push(story);
        }
        copies
    }
}

impl KnownCopies {
    /// The documents that share text with another, rising.
    pub(crate) fn keys(&self) -> &[u64] {
        &self.keys
    }

    pub(crate) fn begins_story(&self, doc: Doc) -> bool {
        self.rows.get(&doc.0).is_some_and(|(_, place)| *place == 0)
    }
}

impl Copies for KnownCopies {
    fn known(&self, doc: Doc) -> Option<u32> {
        self.by_number(doc.0)
    }

    fn doc(&self, known: u32) -> Doc {
        Doc(self.keys.get(known as usize).copied().unwrap_or(u64::MAX))
    }

    fn by_number(&self, number: u64) -> Option<u32> {
        self.keys.binary_search(&number).ok().map(|place| place as u32)
    }

    fn row(&self, known: u32) -> Option<Row> {
        let number = *self.keys.get(known as usize)?;
        let (story, place) = *self.rows.get(&number)?;
        let (version, whole) = match place.checked_sub(1) {
            None => (number, u8::MAX),
            Some(member) => self.stories.get(story as usize)?.members.get(member as usize)?.version(),
        };
        Some(Row { story, place, version, whole })
    }

    fn story(&self, row: Row) -> Result<Story<Figures>> {
        Ok(self.stories[row.story as usize].clone())
    }

    fn stories(&self) -> Result<Vec<Story<Figures>>> {
        Ok(self.stories.clone())
    }

    fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        Ok(self.figures[figures.clone()].to_vec())
    }

    fn parts(&self) -> Result<Vec<(u32, u32, Sharing)>> {
        let story = |known: u32| self.row(known).map(|row| row.story);
        let apart = self.pairs.iter().filter_map(|pair| {
            let (first, second) = self.by_number(pair.first).zip(self.by_number(pair.second))?;
            (story(first).is_none() || story(first) != story(second)).then_some((first, second, *pair))
        });
        Ok(apart.collect())
    }
}
