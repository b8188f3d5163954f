//! The copies in an archive, in memory.

use std::collections::HashMap;

use crate::backend::copies::{Copies, Figures, Member, Row, Sharing, Story};
use crate::backend::found::Doc;
use crate::error::Result;
use crate::text::FigureChange;

/// The copies in one state of an archive. A document is known by the number that its engine names it by.
#[derive(Debug, Default)]
pub(crate) struct KnownCopies {
    /// The documents that share text with another, rising.
    numbers: Vec<u64>,
    pairs: Vec<Sharing>,
    stories: Vec<Story<Figures>>,
    /// The place of each document's story, and its place in it.
    rows: HashMap<u64, (u64, u32)>,
    figures: Vec<FigureChange>,
}

impl KnownCopies {
    pub(crate) fn of(pairs: Vec<Sharing>, stories: Vec<Story>) -> KnownCopies {
        let mut copies = KnownCopies { pairs, ..KnownCopies::default() };
        copies.numbers = copies.pairs.iter().flat_map(|pair| [pair.first, pair.second]).collect();
        copies.numbers.sort_unstable();
        copies.numbers.dedup();
        for (at, Story { lead, members }) in (0..).zip(stories) {
            copies.rows.insert(lead, (at, 0));
            let mut story = Story { lead, members: Vec::new() };
            for (place, Member { number, under, folds, of_it, of_other, figures }) in (1..).zip(members) {
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

    /// The documents that share text with another, rising.
    #[cfg(feature = "cluster")]
    pub(crate) fn numbers(&self) -> &[u64] {
        &self.numbers
    }
}

impl Copies for KnownCopies {
    fn known(&self, doc: Doc) -> Option<u32> {
        self.by_number(doc.0)
    }

    fn doc(&self, known: u32) -> Doc {
        Doc(self.numbers.get(known as usize).copied().unwrap_or(u64::MAX))
    }

    fn by_number(&self, number: u64) -> Option<u32> {
        self.numbers.binary_search(&number).ok().map(|place| place as u32)
    }

    fn row(&self, known: u32) -> Option<Row> {
        let number = *self.numbers.get(known as usize)?;
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
