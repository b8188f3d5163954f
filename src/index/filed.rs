//! The list of copies as a file beside a commit.
//!
//! It names documents by their numbers, which no other document ever gets, so it may be older than the index: a document
//! it names may be gone, and one it does not name has not been compared yet.
//!
//! Who asks a question needs to know of every document that matches whether it is of a story, but the story only of what
//! is shown. So documents come first, in rows of one width, and the rest is read where a row points to.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, FileSlice, OwnedBytes, TerminatingWrite};
use tantivy::{HasLen, TantivyError};

use super::bytes::{Bytes, Written};
use super::pairs::Pair;
use super::payload::Payload;
use super::stories::{Member, Story};
use crate::error::{Error, ErrorKind, Result};
use crate::text::FigureChange;

/// What is known of copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Copies {
    /// Documents of smaller numbers have been compared.
    pub(super) compared: u64,
    /// Documents that have a text in common.
    pub(super) pairs: Vec<Pair>,
    /// Those that have most of it in common.
    pub(super) stories: Vec<Story>,
}

/// The same as it lies in its file, of which is read what is asked for.
pub(super) struct Filed {
    compared: u64,
    /// The numbers of documents that share text, rising: 8 bytes each;
    numbers: OwnedBytes,
    /// and a row for each.
    rows: OwnedBytes,
    stories: FileSlice,
    pairs: FileSlice,
}

/// What the file says of a document that is of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Where its story is,
    pub(super) story: u64,
    /// and its place there: 0 for the lead.
    pub(super) place: u32,
    /// The number of the document that can stand for this one: its own where no other can.
    pub(super) version: u64,
    /// How much it has of that one, in hundredths; more than all of it if it is that one.
    pub(super) whole: u8,
}

/// Where in the file the figures of a document are.
pub(super) type Figures = Range<usize>;

/// Bytes before the documents: what was compared, how many documents there are, how long the stories are.
const HEAD: usize = 3 * 8;
const NUMBER: usize = 8;
const ROW: usize = 8 + 4 + 8 + 1;
/// In place of a story, where a document is of none.
const NO_STORY: u64 = u64::MAX;

/// The name of the list that a commit with this stamp names first.
pub(super) fn file_of(stamp: u64) -> String {
    format!("copies-{stamp}.bin")
}

impl Copies {
    /// What a commit knows of copies.
    pub(super) fn of_commit(directory: &dyn Directory, payload: &Payload) -> Result<Copies> {
        let filed = Filed::of_commit(directory, payload)?;
        let stories = filed.stories(read_figures)?;
        Ok(Copies { compared: filed.compared, pairs: filed.pairs()?, stories })
    }

    /// Writes the file for the commit of this stamp, and gives its name.
    pub(super) fn write(&self, directory: &dyn Directory, stamp: u64) -> Result<String> {
        let file = file_of(stamp);
        let path = Path::new(&file);
        let write = || -> io::Result<()> {
            // What has this name was left by a writer that was killed before its commit, or could not be read.
            let _ = directory.delete(path);
            let mut out = directory.open_write(path).map_err(io::Error::other)?;
            out.write_all(&self.encode())?;
            out.terminate()?;
            directory.sync_directory()
        };
        let written = write();
        written.map_err(|error| Error::new(ErrorKind::Io, "cannot write the index's list of copies").because(error))?;
        Ok(file)
    }

    /// All documents named, some more than once.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> {
        self.pairs.iter().flat_map(|pair| [pair.first, pair.second])
    }

    fn encode(&self) -> Vec<u8> {
        let (mut stories, mut rows) = (Written::default(), BTreeMap::new());
        for story in &self.stories {
            let at = stories.0.len() as u64;
            rows.insert(story.lead, Row { story: at, place: 0, version: story.lead, whole: u8::MAX });
            for (place, member) in (1..).zip(&story.members) {
                let (version, whole) = member.version();
                rows.insert(member.number, Row { story: at, place, version, whole });
            }
            let mut one = Written::default();
            write_story(&mut one, story);
            stories.bytes(&(one.0.len() as u64).to_le_bytes());
            stories.bytes(&one.0);
        }
        for number in self.numbers() {
            rows.entry(number).or_insert(Row { story: NO_STORY, place: 0, version: number, whole: u8::MAX });
        }

        let mut out = Written::default();
        for number in [self.compared, rows.len() as u64, stories.0.len() as u64] {
            out.bytes(&number.to_le_bytes());
        }
        rows.keys().for_each(|number| out.bytes(&number.to_le_bytes()));
        rows.values().for_each(|row| out.bytes(&row.encode()));
        out.bytes(&stories.0);
        out.list(self.pairs.iter(), |out, pair| {
            out.number(pair.first);
            out.number(pair.second);
            out.bytes(&[pair.of_first, pair.of_second]);
        });
        out.0
    }
}

impl Row {
    fn encode(self) -> [u8; ROW] {
        let mut bytes = [0; ROW];
        bytes[..8].copy_from_slice(&self.story.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.place.to_le_bytes());
        bytes[12..20].copy_from_slice(&self.version.to_le_bytes());
        bytes[20] = self.whole;
        bytes
    }

    /// None of a document that is of no story.
    fn decode(mut bytes: Bytes<'_>) -> Option<Row> {
        let (story, place) = (u64::from_le_bytes(bytes.take()?), u32::from_le_bytes(bytes.take()?));
        let (version, [whole]) = (u64::from_le_bytes(bytes.take()?), bytes.take()?);
        (story != NO_STORY).then_some(Row { story, place, version, whole })
    }
}

impl Filed {
    /// What a commit knows of copies.
    pub(super) fn of_commit(directory: &dyn Directory, payload: &Payload) -> Result<Filed> {
        match &payload.copies {
            Some(file) => Filed::open(&directory.open_read(Path::new(file)).map_err(unreadable)?),
            None => Filed::open(&FileSlice::from(Copies::default().encode())),
        }
    }

    fn open(file: &FileSlice) -> Result<Filed> {
        let head = read(file, 0..HEAD.min(file.len()))?;
        let (compared, documents, stories) = read_head(Bytes(&head)).ok_or_else(damaged)?;
        let ends = || {
            let numbers = documents.checked_mul(NUMBER)?.checked_add(HEAD)?;
            let rows = documents.checked_mul(ROW)?.checked_add(numbers)?;
            let stories = stories.checked_add(rows)?;
            (stories <= file.len()).then_some((numbers, rows, stories))
        };
        let (numbers, rows, stories) = ends().ok_or_else(damaged)?;
        Ok(Filed {
            compared,
            numbers: read(file, HEAD..numbers)?,
            rows: read(file, numbers..rows)?,
            stories: file.slice(rows..stories),
            pairs: file.slice_from(stories),
        })
    }

    /// How many documents share text with others.
    pub(super) fn documents(&self) -> usize {
        self.numbers.len() / NUMBER
    }

    /// The number of a document, by its place among those that share text.
    #[inline]
    pub(super) fn number(&self, document: usize) -> Option<u64> {
        let bytes = self.numbers.get(document * NUMBER..)?.first_chunk()?;
        Some(u64::from_le_bytes(*bytes))
    }

    /// The place among those that share text of the first document whose number is not smaller. It is looked for from
    /// a place on: whoever asks for one after the other finds it near by.
    #[inline]
    pub(super) fn place(&self, number: u64, near: usize) -> usize {
        let smaller = |place: usize| self.number(place).is_some_and(|known| known < number);
        let (mut from, mut to) = (0, near);
        if smaller(near) {
            let mut step = 1;
            (from, to) = (near + 1, near + 1);
            while smaller(to) {
                (from, to) = (to + 1, to + step);
                step *= 2;
            }
        } else if near == 0 || smaller(near - 1) {
            return near;
        }
        while from < to {
            let middle = from + (to - from) / 2;
            if smaller(middle) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// What is said of a document, by its place; none if it is of no story.
    #[inline]
    pub(super) fn row(&self, document: usize) -> Option<Row> {
        Row::decode(Bytes(self.rows.get(document * ROW..)?))
    }

    /// The story at a place that a row names.
    pub(super) fn story(&self, at: u64) -> Result<Story<Figures>> {
        let at = usize::try_from(at).map_err(|_| damaged())?;
        let (story, _) = self.story_at(at, skip_figures)?;
        Ok(story)
    }

    /// All stories, the one with the smallest number first.
    pub(super) fn stories<F>(&self, figures: impl Fn(&mut Bytes<'_>, usize) -> Option<F>) -> Result<Vec<Story<F>>> {
        let (mut stories, mut at) = (Vec::new(), 0);
        while at < self.stories.len() {
            let (story, end) = self.story_at(at, &figures)?;
            stories.push(story);
            at = end;
        }
        Ok(stories)
    }

    /// A story, and where it ends. What reads figures is told where the bytes end that are left.
    fn story_at<F>(
        &self,
        at: usize,
        figures: impl Fn(&mut Bytes<'_>, usize) -> Option<F>,
    ) -> Result<(Story<F>, usize)> {
        let from = at.checked_add(8).filter(|from| *from <= self.stories.len()).ok_or_else(damaged)?;
        let length = u64::from_le_bytes(Bytes(&read(&self.stories, at..from)?).take().ok_or_else(damaged)?);
        let end = usize::try_from(length).ok().and_then(|length| from.checked_add(length));
        let end = end.filter(|end| *end <= self.stories.len()).ok_or_else(damaged)?;
        let bytes = read(&self.stories, from..end)?;
        let mut bytes = Bytes(&bytes);
        let story = read_story(&mut bytes, |bytes| figures(bytes, end)).filter(|_| bytes.0.is_empty());
        Ok((story.ok_or_else(damaged)?, end))
    }

    /// All documents that have a text in common.
    pub(super) fn pairs(&self) -> Result<Vec<Pair>> {
        let bytes = read(&self.pairs, 0..self.pairs.len())?;
        let mut bytes = Bytes(&bytes);
        let pairs = bytes.list(|bytes| {
            let (first, second, [of_first, of_second]) = (bytes.number()?, bytes.number()?, bytes.take()?);
            Some(Pair { first, second, of_first, of_second })
        });
        pairs.filter(|_| bytes.0.is_empty()).ok_or_else(damaged)
    }

    /// Figures of a document that another has otherwise.
    pub(super) fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        if figures.end > self.stories.len() || figures.start > figures.end {
            return Err(damaged());
        }
        let bytes = read(&self.stories, figures.clone())?;
        read_figures(&mut Bytes(&bytes), 0).ok_or_else(damaged)
    }
}

/// Up to which number documents were compared, how many share text, and how long the stories are.
fn read_head(mut bytes: Bytes<'_>) -> Option<(u64, usize, usize)> {
    let [compared, documents, stories] = [bytes.take()?, bytes.take()?, bytes.take()?].map(u64::from_le_bytes);
    Some((compared, documents.try_into().ok()?, stories.try_into().ok()?))
}

fn write_story(out: &mut Written, story: &Story) {
    out.number(story.lead);
    out.list(story.members.iter(), |out, member| {
        out.number(member.number);
        out.number(member.under);
        out.bytes(&[u8::from(member.folds), member.of_it, member.of_other]);
        out.list(member.figures.iter(), |out, FigureChange { old, new }| {
            out.text(old);
            out.text(new);
        });
    });
}

fn read_story<F>(bytes: &mut Bytes<'_>, figures: impl Fn(&mut Bytes<'_>) -> Option<F>) -> Option<Story<F>> {
    let lead = bytes.number()?;
    let members = bytes.list(|bytes| {
        let (number, under) = (bytes.number()?, bytes.number()?);
        let [folds, of_it, of_other] = bytes.take()?;
        let figures = figures(bytes)?;
        Some(Member { number, under, folds: folds == 1, of_it, of_other, figures })
    })?;
    Some(Story { lead, members })
}

fn read_figures(bytes: &mut Bytes<'_>, _: usize) -> Option<Vec<FigureChange>> {
    bytes.list(|bytes| Some(FigureChange { old: bytes.text()?.to_owned(), new: bytes.text()?.to_owned() }))
}

/// Where figures are, if the bytes that are left end at a place of the file.
pub(super) fn skip_figures(bytes: &mut Bytes<'_>, end: usize) -> Option<Figures> {
    let from = end - bytes.0.len();
    for _ in 0..bytes.number()? {
        bytes.text()?;
        bytes.text()?;
    }
    Some(from..end - bytes.0.len())
}

fn read(file: &FileSlice, range: Range<usize>) -> Result<OwnedBytes> {
    file.read_bytes_slice(range).map_err(|error| damaged().because(error))
}

fn unreadable(error: OpenReadError) -> Error {
    damaged().because(TantivyError::from(error))
}

fn damaged() -> Error {
    Error::new(ErrorKind::Corrupt, "the index's list of copies is damaged")
        .hint("rebuild it from the files: dateline index --rebuild")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn copies() -> Copies {
        let figures = vec![FigureChange { old: "83".into(), new: "шесть".into() }];
        let of = |number, under, folds, figures| Member { number, under, folds, of_it: 70, of_other: 60, figures };
        let pair = |first, second| Pair { first, second, of_first: 60, of_second: 70 };
        Copies {
            compared: 12,
            pairs: vec![pair(3, 9), pair(3, 11), pair(3, 7), pair(5, 300)],
            stories: vec![
                Story { lead: 3, members: vec![of(9, 3, false, figures), of(11, 9, true, Vec::new())] },
                Story { lead: 5, members: vec![of(300, 5, true, Vec::new())] },
            ],
        }
    }

    fn open(bytes: &[u8]) -> Result<Filed> {
        Filed::open(&FileSlice::from(bytes.to_vec()))
    }

    fn whole(bytes: &[u8]) -> Result<Copies> {
        let filed = open(bytes)?;
        Ok(Copies { compared: filed.compared, pairs: filed.pairs()?, stories: filed.stories(read_figures)? })
    }

    #[test]
    fn the_file_comes_back_and_a_damaged_one_does_not() {
        let bytes = copies().encode();
        assert_eq!(whole(&bytes).unwrap(), copies());
        assert_eq!(whole(&Copies::default().encode()).unwrap(), Copies::default());
        for cut in 0..bytes.len() {
            assert!(whole(&bytes[..cut]).is_err(), "cut to {cut} bytes");
        }
        assert!(whole(&[255; 64]).is_err());
    }

    #[test]
    fn a_document_has_a_row_that_says_what_its_story_says() {
        let filed = open(&copies().encode()).unwrap();
        let at = |number| Some(filed.place(number, 0)).filter(|place| filed.number(*place) == Some(number));
        let row = |number| filed.row(at(number).unwrap());
        let numbers: Vec<_> = (0..filed.documents()).map_while(|place| filed.number(place)).collect();
        assert_eq!(numbers, [3, 5, 7, 9, 11, 300]);
        assert_eq!((row(7), at(4)), (None, None), "one that only shares a part is of no story");
        for story in &copies().stories {
            let lead = row(story.lead).unwrap();
            assert_eq!((lead.place, lead.version, lead.whole), (0, story.lead, u8::MAX));
            for (place, member) in (1..).zip(&story.members) {
                let row = row(member.number).unwrap();
                assert_eq!((row.story, row.place), (lead.story, place));
                let under = if member.folds { (member.under, 60) } else { (member.number, u8::MAX) };
                assert_eq!((row.version, row.whole), under);
            }
            assert_eq!(filed.story(lead.story).unwrap().members.len(), story.members.len());
        }
        assert!(filed.story(1).is_err() && filed.story(u64::MAX).is_err() && filed.row(600).is_none());
    }

    #[test]
    fn figures_left_in_the_file_are_those_read_with_it() {
        let filed = open(&copies().encode()).unwrap();
        let read = &copies().stories[0].members[0];
        let left = &filed.stories(skip_figures).unwrap()[0].members[0];
        assert_eq!(filed.figures(&left.figures).unwrap(), read.figures);
        assert_eq!((left.number, left.under, left.of_it), (read.number, read.under, read.of_it));
        assert!(filed.figures(&(0..9_999)).is_err());
    }

    proptest! {
        #[test]
        fn a_number_is_found_from_wherever_it_is_looked_for(
            numbers in proptest::collection::btree_set(0_u64..60, 2..30), sought in 0_u64..61, near in 0_usize..40,
        ) {
            let numbers: Vec<u64> = numbers.into_iter().collect();
            let pairs = numbers.windows(2).map(|two| Pair { first: two[0], second: two[1], of_first: 40, of_second: 40 });
            let filed = open(&Copies { pairs: pairs.collect(), ..Copies::default() }.encode()).unwrap();
            let expected = numbers.partition_point(|number| *number < sought);
            prop_assert_eq!(filed.place(sought, near.min(numbers.len())), expected);
        }
    }
}
