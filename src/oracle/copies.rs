//! Copies by their definition: every document is compared with every other.
//!
//! The index finds pairs by the hashes that documents have in common, keeps them in a list that grows from update to
//! update, and forms anew only stories that changed. Here all pairs are looked at, and all stories formed, each time.
//! Hashes that very many documents have (boilerplate) are passed over by the index; archives of tests have none.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::answer::copies::COPY;
use crate::backend::clause::TextField;
use crate::backend::copies::{Copies, Figures, Member, Row, Sharing, Story};
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::statistics::stored_length;
use crate::backend::found::Doc;
use crate::error::Result;
use crate::text::{FigureChange, Overlap, Words, complete_to};

/// The fewest hashes that both of two documents have, so that they are compared at all, that they are alike, and that one is
/// an edited form of the other.
const FEWEST_COMPARED: usize = 4;
const FEWEST: u32 = 3;
const FEWEST_OF_EDITED: u32 = 8;
/// The fewest runs, told from the hashes, that are common text where neither is a copy.
const RUNS: u32 = 16;
/// The shares of text, in percent: of one that is edited, of one that is plainly in another, and of both in one story.
const EDITED: u8 = 15;
const PLAIN: u8 = 50;
const BOTH: u8 = 30;
/// The stories that one more document may belong to, and the versions that it may repeat, the latest of each.
const STORIES: usize = 12;
const VERSIONS: usize = 4;

/// The copies among all documents. A document's number is its place.
#[derive(Default)]
pub(crate) struct AllCopies {
    /// The documents that share text with another, in order.
    known: Vec<u64>,
    pairs: Vec<Sharing>,
    stories: Vec<Story<Figures>>,
    figures: Vec<FigureChange>,
}

/// The documents with what they are compared by.
struct Compared<'o> {
    documents: &'o [Analysed],
    prints: Vec<Vec<u32>>,
}

impl Compared<'_> {
    /// The share of each of two documents in the other, in percent. None if they have no text in common.
    fn shares(&self, one: usize, other: usize) -> Option<(u8, u8)> {
        let (one, other) = (&self.prints[one], &self.prints[other]);
        let overlap = Overlap::up_to(complete_to(one).min(complete_to(other)), one, other);
        let (of_one, of_other) = (overlap.of_first(), overlap.of_second());
        let (less, more) = (of_one.min(of_other), of_one.max(of_other));
        let is_edited = more >= EDITED && overlap.shared >= FEWEST_OF_EDITED;
        let is_part = (more >= PLAIN || is_edited) && overlap.runs >= RUNS;
        (overlap.shared >= FEWEST && (less >= COPY || is_part)).then_some((of_one, of_other))
    }

    /// The shares of a pair that is compared whatever stories there are.
    fn pair(&self, one: usize, other: usize) -> Option<(u8, u8)> {
        let common = self.prints[one].iter().filter(|hash| self.prints[other].contains(hash)).count();
        self.shares(one, other).filter(|_| common >= FEWEST_COMPARED)
    }

    fn figures(&self, old: usize, new: usize) -> Vec<FigureChange> {
        Words::of(&self.documents[old].document.text).figures(&Words::of(&self.documents[new].document.text))
    }
}

fn is_one_story((of_one, of_other): (u8, u8)) -> bool {
    of_one.max(of_other) >= PLAIN && of_one.min(of_other) >= BOTH
}

impl AllCopies {
    pub(crate) fn of(documents: &[Analysed], key: impl Fn(usize) -> u64) -> AllCopies {
        let compared = Compared { documents, prints: documents.iter().map(Analysed::fingerprint).collect() };
        let mut copies = AllCopies::default();
        let mut groups: Vec<BTreeSet<usize>> = Vec::new();
        for second in 0..documents.len() {
            for first in 0..second {
                let Some(shares) = compared.pair(first, second) else { continue };
                let (of_first, of_second) = shares;
                copies.pairs.push(Sharing { first: first as u64, second: second as u64, of_first, of_second });
                if is_one_story(shares) {
                    let (linked, mut rest): (Vec<_>, Vec<_>) =
                        groups.into_iter().partition(|group| group.contains(&first) || group.contains(&second));
                    rest.push(linked.into_iter().flatten().chain([first, second]).collect());
                    groups = rest;
                }
            }
        }
        let known: BTreeSet<u64> = copies.pairs.iter().flat_map(|pair| [pair.first, pair.second]).collect();
        copies.known = known.into_iter().collect();
        for group in groups {
            let mut group: Vec<usize> = group.into_iter().collect();
            group.sort_by_key(|number| {
                let document = &documents[*number];
                let length = stored_length(document.length(TextField::Words));
                (document.columns.days.unwrap_or((i64::MAX, i64::MAX)), Reverse(length), key(*number))
            });
            copies.tell(&group, &compared);
        }
        copies
    }

    pub(crate) fn begins_story(&self, doc: Doc) -> bool {
        self.stories.iter().any(|story| story.lead == doc.0)
    }

    /// Makes stories of linked documents, which stand in their order.
    fn tell(&mut self, group: &[usize], compared: &Compared<'_>) {
        // Each with its documents that others can repeat, besides the lead.
        let mut told: Vec<(Story<Figures>, Vec<usize>)> = Vec::new();
        for &number in group {
            let latest = told.len().saturating_sub(STORIES);
            let of_lead = |story: &Story<Figures>| compared.shares(number, story.lead as usize).unwrap_or_default();
            let Some((story, versions)) = told[latest..].iter_mut().find(|(story, _)| is_one_story(of_lead(story)))
            else {
                told.push((Story { lead: number as u64, members: Vec::new() }, Vec::new()));
                continue;
            };
            let lead = story.lead as usize;
            let repeats = |under: &usize| {
                let (of_it, of_other) = compared.shares(number, *under).unwrap_or_default();
                of_it >= COPY && of_other >= BOTH && compared.figures(*under, number).is_empty()
            };
            let repeated = std::iter::once(lead).chain(versions.iter().rev().take(VERSIONS).copied()).find(repeats);
            let under = repeated.unwrap_or(lead);
            let (of_it, of_other) = compared.shares(number, under).unwrap_or_default();
            let from = self.figures.len();
            self.figures.extend(compared.figures(under, number));
            let (number, figures) = (number as u64, from..self.figures.len());
            let member = Member { number, under: under as u64, folds: repeated.is_some(), of_it, of_other, figures };
            if repeated.is_none() {
                versions.push(number as usize);
            }
            story.members.push(member);
        }
        self.stories.extend(told.into_iter().map(|(story, _)| story).filter(|story| !story.members.is_empty()));
    }
}

impl Copies for AllCopies {
    fn known(&self, doc: Doc) -> Option<u32> {
        self.by_number(doc.0)
    }

    fn doc(&self, known: u32) -> Doc {
        Doc(self.known.get(known as usize).copied().unwrap_or(u64::MAX))
    }

    fn by_number(&self, number: u64) -> Option<u32> {
        self.known.binary_search(&number).ok().map(|place| place as u32)
    }

    fn row(&self, known: u32) -> Option<Row> {
        let number = *self.known.get(known as usize)?;
        (0..).zip(&self.stories).find_map(|(at, story)| {
            if story.lead == number {
                return Some(Row { story: at, place: 0, version: number, whole: u8::MAX });
            }
            let place = story.members.iter().position(|member| member.number == number)?;
            let (version, whole) = story.members[place].version();
            Some(Row { story: at, place: place as u32 + 1, version, whole })
        })
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
