//! Makes stories from pairs of documents: which document was published first, and which took it over with which
//! changes.
//!
//! A story is its lead, the earliest document, and the documents that have much in common with the lead itself. So a
//! chain of documents in which each resembles the one before never becomes one story.

use std::cmp::Reverse;

use super::pairs::Pair;
use crate::answer::copies::COPY;
use crate::backend::copies::{Member, Story};
use crate::text::FigureChange;

/// The smallest larger share of two documents of one story, in percent.
const MIN_LARGER_PERCENT: u8 = 50;
/// The smallest smaller share of two documents of one story, in percent.
const MIN_SMALLER_PERCENT: u8 = 30;
/// The most stories that are tried for a document, the latest ones.
const MAX_STORIES: usize = 12;
/// The most versions of a story that a document is compared with, the latest ones, besides the first.
const MAX_VERSIONS: usize = 4;

/// The order of documents in a story: the earliest first, undated ones last; then the longest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) day: i64,
    pub(crate) last_day: i64,
    /// The length in words.
    pub(crate) length: Reverse<u32>,
    /// A key that stays with the document. Its number would not do: numbers are given in the order in which threads
    /// come to them.
    pub(crate) key: u64,
    pub(crate) number: u64,
}

/// Returns whether two documents with these shares belong to one story.
fn of_one_story(of_one: u8, of_other: u8) -> bool {
    of_one.max(of_other) >= MIN_LARGER_PERCENT && of_one.min(of_other) >= MIN_SMALLER_PERCENT
}

/// Returns whether a pair of documents belongs to one story.
pub(crate) fn is_one_story(pair: &Pair) -> bool {
    of_one_story(pair.of_first, pair.of_second)
}

/// Groups of documents that pairs of one story link, directly or through others. Stories are made of each group.
/// Rising.
pub(crate) fn linked(pairs: &[Pair]) -> Vec<Vec<u32>> {
    let stories = || pairs.iter().filter(|pair| is_one_story(pair));
    let documents = stories().map(|pair| pair.first.max(pair.second) + 1).max().unwrap_or_default();
    // For each document, by place, the place of a document it is linked to, or its own.
    let mut towards: Vec<u32> = (0..documents).collect();
    fn root(towards: &mut [u32], mut place: u32) -> u32 {
        while towards[place as usize] != place {
            towards[place as usize] = towards[towards[place as usize] as usize];
            place = towards[place as usize];
        }
        place
    }
    for pair in stories() {
        let [first, second] = [pair.first, pair.second].map(|place| root(&mut towards, place));
        towards[first.max(second) as usize] = first.min(second);
    }
    let mut by_root: Vec<(u32, u32)> = (0..documents).map(|place| (root(&mut towards, place), place)).collect();
    by_root.sort_unstable();
    let groups = by_root.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|(_, place)| *place).collect()).collect()
}

/// Compares two documents.
pub(crate) trait Compare {
    /// The error of a failed comparison.
    type Error;

    /// The share of the first document that is in the second, and of the second in the first, in percent.
    fn shares(&mut self, first: u64, second: u64) -> Result<(u8, u8), Self::Error>;

    /// The figures in which `document` differs from `other`.
    fn figures(&mut self, other: u64, document: u64) -> Result<Vec<FigureChange>, Self::Error>;
}

/// The stories of linked documents.
pub(crate) fn stories<C: Compare>(mut documents: Vec<Place>, compare: &mut C) -> Result<Vec<Story>, C::Error> {
    documents.sort_unstable();
    // Each story stands with the numbers of the members that can stand for others.
    let mut stories: Vec<(Story, Vec<u64>)> = Vec::new();
    for Place { number, .. } in documents {
        let latest = stories.len().saturating_sub(MAX_STORIES);
        let mut story = None;
        for (at, (known, _)) in stories.iter().enumerate().skip(latest) {
            let shares = compare.shares(number, known.lead)?;
            if of_one_story(shares.0, shares.1) {
                story = Some((at, shares));
                break;
            }
        }
        match story {
            Some((at, shares)) => {
                let (story, versions) = &mut stories[at];
                let member = member(story.lead, versions, number, shares, compare)?;
                if !member.folds {
                    versions.push(number);
                }
                story.members.push(member);
            }
            None => stories.push((Story { lead: number, members: Vec::new() }, Vec::new())),
        }
    }
    Ok(stories.into_iter().map(|(story, _)| story).filter(|story| !story.members.is_empty()).collect())
}

/// Makes a document a member of the story whose lead it shares this much with.
fn member<C: Compare>(
    lead: u64,
    versions: &[u64],
    number: u64,
    shares: (u8, u8),
    compare: &mut C,
) -> Result<Member, C::Error> {
    let latest = versions.iter().rev().take(MAX_VERSIONS).copied();
    let mut of_lead = None;
    for under in [lead].into_iter().chain(latest) {
        let (of_it, of_other) = if under == lead { shares } else { compare.shares(number, under)? };
        if of_it < COPY || of_other < MIN_SMALLER_PERCENT {
            continue;
        }
        let figures = compare.figures(under, number)?;
        if figures.is_empty() {
            return Ok(Member { number, under, folds: true, of_it, of_other, figures });
        }
        if under == lead {
            of_lead = Some(figures);
        }
    }
    let figures = of_lead.map_or_else(|| compare.figures(lead, number), Ok)?;
    Ok(Member { number, under: lead, folds: false, of_it: shares.0, of_other: shares.1, figures })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Documents by number: the sentences they consist of, and a figure.
    struct Texts(Vec<(&'static str, &'static str)>);

    impl Compare for Texts {
        type Error = ();

        fn shares(&mut self, first: u64, second: u64) -> Result<(u8, u8), ()> {
            let (first, second) = (self.0[first as usize].0, self.0[second as usize].0);
            let shared = first.chars().filter(|sentence| second.contains(*sentence)).count();
            Ok(((shared * 100 / first.len()) as u8, (shared * 100 / second.len()) as u8))
        }

        fn figures(&mut self, other: u64, document: u64) -> Result<Vec<FigureChange>, ()> {
            let (old, new) = (self.0[other as usize].1, self.0[document as usize].1);
            let change = FigureChange { old: old.into(), new: new.into() };
            Ok(if old == new { Vec::new() } else { vec![change] })
        }
    }

    /// `lead: collapsed-under…`, with `!` before a document that stands for itself.
    fn told(texts: Vec<(&'static str, &'static str)>) -> String {
        let place = |(number, (text, _)): (usize, &(&str, &str))| Place {
            day: number as i64,
            last_day: number as i64,
            length: Reverse(text.len() as u32),
            key: 0,
            number: number as u64,
        };
        let places = texts.iter().enumerate().map(place).collect();
        let stories = stories(places, &mut Texts(texts)).unwrap();
        let member =
            |member: &Member| format!("{}{}-{}", if member.folds { "" } else { "!" }, member.number, member.under);
        let story = |story: &Story| {
            format!("{}: {}", story.lead, story.members.iter().map(member).collect::<Vec<_>>().join(" "))
        };
        stories.iter().map(story).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn copies_fold_under_the_earliest_that_says_all_they_say() {
        let cases = [
            ("copies", vec![("abcd", "83"), ("abcd", "83"), ("abcd", "83")], "0: 1-0 2-0"),
            ("cut short", vec![("abcdef", "83"), ("abc", "83")], "0: 1-0"),
            ("other figures", vec![("abcd", "83"), ("abcd", "63"), ("abcd", "83")], "0: !1-0 2-0"),
            ("copies of the other figures", vec![("abcd", "83"), ("abcd", "63"), ("abc", "63")], "0: !1-0 2-1"),
            ("more than the first take", vec![("abc", ""), ("abcdef", ""), ("abcdef", "")], "0: !1-0 2-1"),
            ("a round-up of several", vec![("abc", ""), ("xyz", ""), ("abcxyzuvwrst", "")], ""),
            ("nothing in common", vec![("abc", ""), ("xyz", "")], ""),
        ];
        for (what, texts, expected) in cases {
            assert_eq!(told(texts), expected, "{what}");
        }
    }

    #[test]
    fn a_chain_is_not_one_story() {
        let texts = vec![("abcd", ""), ("bcde", ""), ("cdef", ""), ("defg", ""), ("efgh", ""), ("fghi", "")];
        assert_eq!(told(texts), "0: !1-0 !2-0; 3: !4-3 !5-3");
    }

    #[test]
    fn pairs_are_linked_through_others_and_weak_ones_are_not() {
        let pair = |first, second, of_first, of_second| Pair { first, second, of_first, of_second };
        let pairs = [pair(3, 1, 90, 90), pair(1, 7, 50, 30), pair(2, 4, 100, 100), pair(7, 4, 40, 40)];
        assert_eq!(linked(&pairs), [vec![1, 3, 7], vec![2, 4]]);
    }
}
