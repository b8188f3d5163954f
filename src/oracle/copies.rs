//! Copies by their definition: every document is compared with every other.
//!
//! The index finds pairs by the hashes that documents have in common, keeps them in a list that grows from update to
//! update, and forms anew only stories that changed. Here all pairs are looked at, and all stories formed, each time.
//! Hashes that very many documents have (boilerplate) are passed over by the index; archives of tests have none.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::answer::copies::COPY;
use crate::backend::clause::TextField;
use crate::backend::copies::{Member, Sharing, Story};
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::known_copies::KnownCopies;
use crate::backend::definition::statistics::stored_length;
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

/// The copies among all documents. A document's number is its place.
pub(crate) fn copies(documents: &[Analysed], key: impl Fn(usize) -> u64) -> KnownCopies {
    let compared = Compared { documents, prints: documents.iter().map(Analysed::fingerprint).collect() };
    let (mut pairs, mut stories) = (Vec::new(), Vec::new());
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    for second in 0..documents.len() {
        for first in 0..second {
            let Some(shares) = compared.pair(first, second) else { continue };
            let (of_first, of_second) = shares;
            pairs.push(Sharing { first: first as u64, second: second as u64, of_first, of_second });
            if is_one_story(shares) {
                let (linked, mut rest): (Vec<_>, Vec<_>) =
                    groups.into_iter().partition(|group| group.contains(&first) || group.contains(&second));
                rest.push(linked.into_iter().flatten().chain([first, second]).collect());
                groups = rest;
            }
        }
    }
    for group in groups {
        let mut group: Vec<usize> = group.into_iter().collect();
        group.sort_by_key(|number| {
            let document = &documents[*number];
            let length = stored_length(document.length(TextField::Words));
            (document.columns.days.unwrap_or((i64::MAX, i64::MAX)), Reverse(length), key(*number))
        });
        stories.extend(told(&group, &compared));
    }
    KnownCopies::of(pairs, stories)
}

/// Makes stories of linked documents, which stand in their order.
fn told(group: &[usize], compared: &Compared<'_>) -> Vec<Story> {
    // Each with its documents that others can repeat, besides the lead.
    let mut told: Vec<(Story, Vec<usize>)> = Vec::new();
    for &number in group {
        let latest = told.len().saturating_sub(STORIES);
        let of_lead = |story: &Story| compared.shares(number, story.lead as usize).unwrap_or_default();
        let Some((story, versions)) = told[latest..].iter_mut().find(|(story, _)| is_one_story(of_lead(story))) else {
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
        let figures = compared.figures(under, number);
        let (folds, under) = (repeated.is_some(), under as u64);
        if repeated.is_none() {
            versions.push(number);
        }
        story.members.push(Member { number: number as u64, under, folds, of_it, of_other, figures });
    }
    told.into_iter().map(|(story, _)| story).filter(|story| !story.members.is_empty()).collect()
}
