//! A comparison of sources: what several questions find in each of them, side by side, as plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::search::{Excerpt, Hit};
use crate::document::{Source, locator};
use crate::note::Note;
use crate::time::Date;

/// The documents that several questions find, source by source, and when each source changed from one question to
/// another.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The questions, as they were given.
    pub queries: Vec<ComparedQuery>,
    /// The sources in which any question finds anything. The source with the earliest document comes first, sources
    /// without a dated document last. At most [`limit`](crate::Search::limit) of them.
    pub sources: Vec<ComparedSource>,
    /// The number of further sources.
    pub sources_left_out: u64,
}

/// One of the questions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComparedQuery {
    /// The question, as it can be typed.
    pub query: String,
    /// How it was read together with the conditions, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of undated documents that match but for the range of days.
    pub undated_left_out: u64,
}

/// The documents that the questions find in one source.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComparedSource {
    /// The source; none for documents without one.
    pub source: Option<Source>,
    /// One cell for each question, in the order of the questions.
    pub cells: Vec<ComparedCell>,
    /// The changes from one question to another, in order of time.
    pub switches: Vec<Switch>,
}

/// The documents that one question finds in one source.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComparedCell {
    /// Its documents.
    pub documents: u64,
    /// The number of those dated only to the month or the year.
    pub coarse: u64,
    /// The number of those undated.
    pub undated: u64,
    /// The earliest document that is dated to the day. Without one, the earliest of the other dated documents.
    pub first: Option<Sighting>,
    /// The latest document, chosen in the same way. It may be the first one too.
    pub last: Option<Sighting>,
}

/// A document, and the passage of it that answers best.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sighting {
    /// The date of publication.
    pub date: Option<Date>,
    /// The id of the document.
    pub id: String,
    /// The title.
    pub title: Option<String>,
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, if the file holds many documents.
    pub member: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The passage; none for a document without text.
    pub passage: Option<Excerpt>,
    /// The document as a citation, if one was asked for: see [`Citation`](crate::Citation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

impl From<Hit> for Sighting {
    fn from(mut hit: Hit) -> Sighting {
        let passage = if hit.passages.is_empty() { None } else { Some(hit.passages.swap_remove(0)) };
        let Hit { date, id, title, path, member, url, .. } = hit;
        Sighting { date, id, title, path, member, url, passage, cite: None }
    }
}

impl Sighting {
    /// The file and the way inside it, in words for a person. None for a document built by hand.
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

/// A source's change from one question (the old) to another (the new): the day that best parts the documents that match
/// the old from those that match the new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Switch {
    /// The number of the old question, from 0.
    pub from: usize,
    /// The number of the new question.
    pub to: usize,
    /// The day of the change. Before it the old question prevails, from it on the new one.
    pub date: Date,
    /// The documents that contradict the day: those that match the new question before it, or the old one alone after
    /// it.
    pub strays: u64,
}

/// A document that some of the questions find: its first and last possible day, and the questions as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) days: Option<(i64, i64)>,
    pub(crate) queries: u32,
}

impl Found {
    pub(crate) fn has(&self, query: usize) -> bool {
        self.queries >> query & 1 == 1
    }

    /// The day of the document, if it is dated to the day.
    fn day(&self) -> Option<i64> {
        self.days.filter(|(first, last)| first == last).map(|(first, _)| first)
    }
}

/// The earliest and the latest document that a question finds in one source, by their places in the list.
pub(crate) fn ends(found: &[Found], query: usize) -> Option<(usize, usize)> {
    let among = |is_exact: bool| {
        let dated = |at: &usize| {
            let found = &found[*at];
            found.has(query) && if is_exact { found.day().is_some() } else { found.days.is_some() }
        };
        let first = (0..found.len()).filter(dated).min_by_key(|at| found[*at].days)?;
        // Of several documents on the last day, the one stored first is taken.
        let last = (0..found.len()).rev().filter(dated).max_by_key(|at| found[*at].days.map(|(_, last)| last))?;
        Some((first, last))
    };
    among(true).or_else(|| among(false))
}

/// The changes of one source among `queries` questions. Only documents dated to the day count. A document that matches
/// more than two of the questions retells them all, so it counts for none. A document with two of them may correct one
/// or list both, so a source changes only where some document has the second alone.
pub(crate) fn switches(found: &[Found], queries: usize) -> Vec<Switch> {
    let mut telling: Vec<(i64, Found)> = found
        .iter()
        .filter(|found| found.queries.count_ones() <= 2)
        .filter_map(|found| Some((found.day()?, *found)))
        .collect();
    telling.sort_unstable_by_key(|(day, _)| *day);
    let start = |query: usize| telling.iter().find(|(_, found)| found.has(query)).map(|(day, _)| *day);
    let mut starts: Vec<(i64, usize)> = (0..queries).filter_map(|query| Some((start(query)?, query))).collect();
    starts.sort_unstable();
    let switch = |pair: &[(i64, usize)]| match pair {
        &[(before, from), (after, to)] if before < after => {
            let alone = |found: &&Found| found.has(to) && !found.has(from);
            let last = found.iter().filter(alone).filter_map(|found| Some(found.days?.1)).max()?;
            switch(&telling, from, to).filter(|switch| i64::from(switch.date.first_day()) <= last)
        }
        _ => None,
    };
    starts.windows(2).filter_map(switch).collect()
}

/// The day that best parts documents that match the old question, sorted by day, from those that match the new one. A
/// document that matches both states the new one and quotes the old one.
fn switch(telling: &[(i64, Found)], from: usize, to: usize) -> Option<Switch> {
    let other = |found: &Found| found.has(to);
    let one = |found: &Found| found.has(from) && !found.has(to);
    let (mut ones_left, mut others_left) = (0u64, 0u64);
    for (_, found) in telling {
        ones_left += u64::from(one(found));
        others_left += u64::from(other(found));
    }
    let (mut ones_gone, mut others_gone) = (0, 0);
    let mut best: Option<Switch> = None;
    for day in telling.chunk_by(|a, b| a.0 == b.0) {
        let ones = day.iter().filter(|(_, found)| one(found)).count() as u64;
        let others = day.iter().filter(|(_, found)| other(found)).count() as u64;
        // A document that matched the old question earlier on the same day is no stray.
        (ones_left, ones_gone) = (ones_left - ones, ones_gone + ones);
        let strays = others_gone + ones_left;
        let prevails = ones_gone > others_gone && others_left > ones_left;
        if others > 0 && prevails && best.is_none_or(|best| strays < best.strays) {
            best = Some(Switch { from, to, date: Date::from_day_number(day[0].0 as i32), strays });
        }
        (others_left, others_gone) = (others_left - others, others_gone + others);
    }
    best
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found(date: &str, queries: u32) -> Found {
        let days = date.parse::<Date>().ok().map(|date| (date.first_day().into(), date.last_day().into()));
        Found { days, queries }
    }

    /// `26a 27ab` as documents of February 1992, each with the questions it matches.
    fn told(documents: &str) -> Vec<Found> {
        let document = |text: &str| {
            let (day, questions) = text.split_at(2);
            let questions = questions.bytes().map(|question| 1 << (question - b'a')).sum();
            found(&format!("1992-02-{day}"), questions)
        };
        documents.split(' ').map(document).collect()
    }

    #[test]
    fn a_source_goes_over_on_the_day_that_parts_the_one_from_the_other() {
        for (documents, expected) in [
            ("01a 02b", "a>b 02 +0"),
            // The documents are out of order, and the correction quotes what it corrects.
            ("03b 02ab 01a", "a>b 02 +0"),
            // A list of figures is no correction, if nothing after it has the other alone.
            ("01a 02ab", ""),
            ("01a 02ab 03ab", ""),
            ("01b 02b 03ab", ""),
            // The source has both from the beginning, or only one.
            ("01ab 02a 03b", ""),
            ("01a 02a", ""),
            // On one day, first the one and then the other is found.
            ("01a 01b", ""),
            ("01a 02a 02b", "a>b 02 +0"),
            // An early slip and a late one do not move the day. Going to and fro is no change.
            ("01a 02b 03a 04a 05b 06b 07a 08b", "a>b 05 +2"),
            ("01a 02b 03a 04a", ""),
            // A document that retells all of them states none.
            ("01a 02abc", ""),
            ("01a 02b 03c", "a>b 02 +0, b>c 03 +0"),
        ] {
            let name = |query: usize| char::from(b'a' + query as u8);
            let told: Vec<String> = switches(&told(documents), 3)
                .iter()
                .map(|s| format!("{}>{} {:02} +{}", name(s.from), name(s.to), s.date.day().unwrap(), s.strays))
                .collect();
            assert_eq!(told.join(", "), expected, "{documents}");
        }
    }

    #[test]
    fn only_documents_dated_to_the_day_tell_of_a_switch() {
        assert_eq!(switches(&[found("1992", 0b01), found("1993-02", 0b10), found("", 0b10)], 2), []);
    }

    #[test]
    fn the_ends_are_of_documents_dated_to_the_day_where_there_are_any() {
        let source = [found("1992", 1), found("", 1), found("1992-03-04", 1), found("1992-02-26", 1)];
        assert_eq!(ends(&source, 0), Some((3, 2)));
        assert_eq!(ends(&source[..2], 0), Some((0, 0)));
        assert_eq!(ends(&source[1..2], 0), None);
        assert_eq!(ends(&source, 1), None);
    }
}
