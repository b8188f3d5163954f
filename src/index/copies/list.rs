//! The list of copies as a file beside a commit.
//!
//! It names documents by their numbers, which no other document ever gets. So it may be older than the index: a
//! document that it names may be gone, and one that it does not name has not been compared yet.
//!
//! A question needs to know of every matching document whether it belongs to a story, but it needs the stories only of
//! documents that are shown. So documents come first, in rows of one width, and the rest is read where a row points.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::HasLen;
use tantivy::directory::{Directory, FileSlice, OwnedBytes};

use crate::backend::copies::{Figures, Member, Row, Sharing, Story};
use crate::catalog::codec::Bytes;
use crate::error::{Error, Result};
use crate::index::storage::commit::Payload;
use crate::index::storage::error;
use crate::index::storage::error::Doing;
use crate::text::FigureChange;

/// The list in its file. Only what is asked for is read.
pub(crate) struct CopyList {
    /// All documents with smaller numbers have been compared.
    pub(crate) compared: u64,
    /// The numbers of documents that share text, rising, 8 bytes each.
    numbers: OwnedBytes,
    /// The rows of these documents, in the same order.
    rows: OwnedBytes,
    pub(crate) stories: FileSlice,
    pairs: FileSlice,
    file: FileSlice,
}

/// The bytes before the documents: the number up to which documents were compared, how many there are, the length of
/// the stories.
const HEAD: usize = 3 * 8;
const NUMBER: usize = 8;
const ROW: usize = 8 + 4 + 8 + 1;
const READING: &str = "cannot read the index's list of copies";
/// Stands in place of a story if a document belongs to none.
pub(crate) const NO_STORY: u64 = u64::MAX;

/// A name for the list that a commit with this stamp names first. No other list ever has this name. That matters
/// because stamps begin anew with an index, and a process that holds the map of a file is given that map for the name.
pub(crate) fn file_of(stamp: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    format!("copies-{stamp}-{now:x}.bin")
}

/// Returns whether a list was first named by the commit with this stamp.
pub(crate) fn is_of(file: &str, stamp: u64) -> bool {
    file.strip_prefix("copies-").and_then(|rest| rest.split_once('-')).is_some_and(|(of, _)| of == stamp.to_string())
}

/// A row as it lies in the file.
pub(crate) fn encode_row(row: Row) -> [u8; ROW] {
    let mut bytes = [0; ROW];
    bytes[..8].copy_from_slice(&row.story.to_le_bytes());
    bytes[8..12].copy_from_slice(&row.place.to_le_bytes());
    bytes[12..20].copy_from_slice(&row.version.to_le_bytes());
    bytes[20] = row.whole;
    bytes
}

/// Reads a row. None if the document belongs to no story.
fn decode_row(mut bytes: Bytes<'_>) -> Option<Row> {
    let (story, place) = (u64::from_le_bytes(bytes.take()?), u32::from_le_bytes(bytes.take()?));
    let (version, [whole]) = (u64::from_le_bytes(bytes.take()?), bytes.take()?);
    (story != NO_STORY).then_some(Row { story, place, version, whole })
}

impl CopyList {
    /// The list of copies of a commit.
    pub(crate) fn of_commit(directory: &dyn Directory, payload: &Payload) -> Result<CopyList> {
        match &payload.copies {
            Some(file) => CopyList::open(directory.open_read(Path::new(file)).doing(READING)?),
            None => Ok(CopyList::default()),
        }
    }

    /// Reads the whole list. Fails if it changed since it was written.
    pub(crate) fn check(&self) -> Result<()> {
        self.blocks().try_for_each(|block| block.map(drop)).doing(READING)
    }

    /// All blocks of the file, a few at a time.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = io::Result<OwnedBytes>> {
        const BLOCK: usize = 1 << 20;
        let end = self.file.len();
        (0..end).step_by(BLOCK).map(move |start| self.file.read_bytes_slice(start..end.min(start + BLOCK)))
    }

    fn open(file: FileSlice) -> Result<CopyList> {
        let head = read(&file, 0..HEAD.min(file.len()))?;
        let (compared, documents, stories) = read_head(Bytes(&head)).ok_or_else(damaged)?;
        let ends = || {
            let numbers = documents.checked_mul(NUMBER)?.checked_add(HEAD)?;
            let rows = documents.checked_mul(ROW)?.checked_add(numbers)?;
            let stories = stories.checked_add(rows)?;
            (stories <= file.len()).then_some((numbers, rows, stories))
        };
        let (numbers, rows, stories) = ends().ok_or_else(damaged)?;
        Ok(CopyList {
            compared,
            numbers: read(&file, HEAD..numbers)?,
            rows: read(&file, numbers..rows)?,
            stories: file.slice(rows..stories),
            pairs: file.slice_from(stories),
            file,
        })
    }

    /// The number of documents that share text with others.
    pub(crate) fn documents(&self) -> usize {
        self.numbers.len() / NUMBER
    }

    /// The number of a document, by its place among those that share text.
    #[inline]
    pub(crate) fn number(&self, document: usize) -> Option<u64> {
        let bytes = self.numbers.get(document * NUMBER..)?.first_chunk()?;
        Some(u64::from_le_bytes(*bytes))
    }

    /// The place of the first document with this or a greater number, among those that share text. The search begins at
    /// `near`, so a caller that asks for one after the other is answered quickly.
    #[inline]
    pub(crate) fn place(&self, number: u64, near: usize) -> usize {
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

    /// The row of a document, by its place. None if it belongs to no story.
    #[inline]
    pub(crate) fn row(&self, document: usize) -> Option<Row> {
        decode_row(Bytes(self.rows.get(document * ROW..)?))
    }

    /// The row of a document, by its number. None if it belongs to no story.
    pub(crate) fn row_of(&self, number: u64) -> Option<Row> {
        let place = self.place(number, 0);
        self.row(place).filter(|_| self.number(place) == Some(number))
    }

    /// The story at a place that a row names.
    pub(crate) fn story(&self, at: u64) -> Result<Story<Figures>> {
        Ok(self.story_at(at)?.0)
    }

    /// All stories.
    pub(crate) fn stories(&self) -> Result<Vec<Story<Figures>>> {
        let (mut stories, mut at) = (Vec::new(), 0);
        while at < self.stories.len() {
            let (story, bytes) = self.story_at(at as u64)?;
            stories.push(story);
            at = bytes.end;
        }
        Ok(stories)
    }

    /// A story and the range of its bytes.
    pub(crate) fn story_at(&self, at: u64) -> Result<(Story<Figures>, Range<usize>)> {
        let from = usize::try_from(at).ok().and_then(|at| at.checked_add(8));
        let from = from.filter(|from| *from <= self.stories.len()).ok_or_else(damaged)?;
        let length = u64::from_le_bytes(Bytes(&read(&self.stories, from - 8..from)?).take().ok_or_else(damaged)?);
        let end = usize::try_from(length).ok().and_then(|length| from.checked_add(length));
        let end = end.filter(|end| *end <= self.stories.len()).ok_or_else(damaged)?;
        let bytes = read(&self.stories, from..end)?;
        let mut bytes = Bytes(&bytes);
        let story = read_story(&mut bytes, |bytes| skip_figures(bytes, end)).filter(|_| bytes.0.is_empty());
        Ok((story.ok_or_else(damaged)?, from..end))
    }

    /// Passes on all pairs of documents that have text in common.
    pub(crate) fn sharing(&self, mut each: impl FnMut(Sharing)) -> Result<()> {
        let bytes = read(&self.pairs, 0..self.pairs.len())?;
        let mut bytes = Bytes(&bytes);
        let mut all = || {
            for _ in 0..bytes.number()? {
                let (first, second, [of_first, of_second]) = (bytes.number()?, bytes.number()?, bytes.take()?);
                each(Sharing { first, second, of_first, of_second });
            }
            bytes.0.is_empty().then_some(())
        };
        all().ok_or_else(damaged)
    }

    /// The figures in which a document differs from another.
    pub(crate) fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        if figures.end > self.stories.len() || figures.start > figures.end {
            return Err(damaged());
        }
        let bytes = read(&self.stories, figures.clone())?;
        read_figures(&mut Bytes(&bytes)).ok_or_else(damaged)
    }
}

impl Default for CopyList {
    /// An empty list.
    fn default() -> CopyList {
        let (numbers, rows) = (OwnedBytes::empty(), OwnedBytes::empty());
        let (stories, file) = (FileSlice::empty(), FileSlice::empty());
        // A list without entries is written as the number 0.
        let pairs = FileSlice::from(vec![0]);
        CopyList { compared: 0, numbers, rows, stories, pairs, file }
    }
}

/// Reads up to which number documents were compared, how many share text, and how long the stories are.
fn read_head(mut bytes: Bytes<'_>) -> Option<(u64, usize, usize)> {
    let [compared, documents, stories] = [bytes.take()?, bytes.take()?, bytes.take()?].map(u64::from_le_bytes);
    Some((compared, documents.try_into().ok()?, stories.try_into().ok()?))
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

fn read_figures(bytes: &mut Bytes<'_>) -> Option<Vec<FigureChange>> {
    bytes.list(|bytes| Some(FigureChange { old: bytes.text()?.to_owned(), new: bytes.text()?.to_owned() }))
}

/// The range of figures, if the remaining bytes end at this place of the file.
fn skip_figures(bytes: &mut Bytes<'_>, end: usize) -> Option<Figures> {
    let from = end - bytes.0.len();
    for _ in 0..bytes.number()? {
        bytes.text()?;
        bytes.text()?;
    }
    Some(from..end - bytes.0.len())
}

pub(crate) fn read(file: &FileSlice, range: Range<usize>) -> Result<OwnedBytes> {
    file.read_bytes_slice(range).doing(READING)
}

fn damaged() -> Error {
    error::damaged("its list of copies is not as it was written")
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use tantivy::directory::RamDirectory;

    use super::*;
    use crate::index::copies::list_writer::Filing;

    pub(in crate::index) fn stories() -> [Story; 2] {
        let figures = vec![FigureChange { old: "83".into(), new: "шесть".into() }];
        let of = |number, under, folds, figures| Member { number, under, folds, of_it: 70, of_other: 60, figures };
        [
            Story { lead: 5, members: vec![of(300, 5, true, Vec::new())] },
            Story { lead: 3, members: vec![of(9, 3, false, figures), of(11, 9, true, Vec::new())] },
        ]
    }

    pub(in crate::index) fn sharing() -> Vec<Sharing> {
        let pair = |first, second| Sharing { first, second, of_first: 60, of_second: 70 };
        vec![pair(3, 9), pair(3, 11), pair(3, 7), pair(5, 300)]
    }

    fn bytes(stories: &[Story], sharing: Vec<Sharing>) -> Vec<u8> {
        let (directory, mut written) = (RamDirectory::create(), Filing::default());
        stories.iter().for_each(|story| written.add(story));
        let file = written.write(&directory, 7, 12, sharing.into_iter()).unwrap();
        assert!(is_of(&file, 7) && !is_of(&file, 70) && !is_of("copies-7.bin", 7), "{file}");
        directory.open_read(Path::new(&file)).unwrap().read_bytes().unwrap().to_vec()
    }

    fn open(bytes: &[u8]) -> Result<CopyList> {
        CopyList::open(FileSlice::from(bytes.to_vec()))
    }

    type Whole = (u64, Vec<Sharing>, Vec<(u64, Vec<(Member<()>, Vec<FigureChange>)>)>);

    fn whole(bytes: &[u8]) -> Result<Whole> {
        let (filed, mut sharing) = (open(bytes)?, Vec::new());
        filed.sharing(|pair| sharing.push(pair))?;
        let member = |member: Member<Figures>| {
            let figures = filed.figures(&member.figures)?;
            let Member { number, under, folds, of_it, of_other, .. } = member;
            Ok((Member { number, under, folds, of_it, of_other, figures: () }, figures))
        };
        let story = |story: Story<Figures>| {
            Ok((story.lead, story.members.into_iter().map(member).collect::<Result<Vec<_>>>()?))
        };
        Ok((filed.compared, sharing, filed.stories()?.into_iter().map(story).collect::<Result<Vec<_>>>()?))
    }

    #[test]
    fn the_file_comes_back_and_a_damaged_one_does_not() {
        let bytes = bytes(&stories(), sharing());
        let (compared, pairs, read) = whole(&bytes).unwrap();
        assert_eq!((compared, pairs), (12, sharing()));
        for ((lead, members), story) in read.iter().zip(stories()) {
            assert_eq!((*lead, members.len()), (story.lead, story.members.len()));
            for ((read, figures), member) in members.iter().zip(story.members) {
                assert_eq!((read.number, read.under, read.folds), (member.number, member.under, member.folds));
                assert_eq!((read.of_it, read.of_other, figures), (member.of_it, member.of_other, &member.figures));
            }
        }
        assert_eq!(read.len(), 2);
        for cut in 0..bytes.len() {
            assert!(whole(&bytes[..cut]).is_err(), "cut to {cut} bytes");
        }
        assert!(whole(&[255; 64]).is_err());
    }

    #[test]
    fn a_document_has_a_row_that_says_what_its_story_says() {
        let filed = open(&bytes(&stories(), sharing())).unwrap();
        let numbers: Vec<_> = (0..filed.documents()).map_while(|place| filed.number(place)).collect();
        assert_eq!(numbers, [3, 5, 7, 9, 11, 300]);
        assert_eq!((filed.row_of(7), filed.row_of(4)), (None, None), "one that only shares a part is of no story");
        for story in &stories() {
            let lead = filed.row_of(story.lead).unwrap();
            assert_eq!((lead.place, lead.version, lead.whole), (0, story.lead, u8::MAX));
            for (place, member) in (1..).zip(&story.members) {
                let row = filed.row_of(member.number).unwrap();
                assert_eq!((row.story, row.place), (lead.story, place));
                let under = if member.folds { (member.under, 60) } else { (member.number, u8::MAX) };
                assert_eq!((row.version, row.whole), under);
            }
            assert_eq!(filed.story(lead.story).unwrap().members.len(), story.members.len());
        }
        assert!(filed.story(1).is_err() && filed.story(u64::MAX).is_err() && filed.row(600).is_none());
        assert!(filed.figures(&(0..9_999)).is_err());
    }

    proptest! {
        #[test]
        fn a_number_is_found_from_wherever_it_is_looked_for(
            numbers in proptest::collection::btree_set(0_u64..60, 2..30), sought in 0_u64..61, near in 0_usize..40,
        ) {
            let numbers: Vec<u64> = numbers.into_iter().collect();
            let pair = |two: &[u64]| Sharing { first: two[0], second: two[1], of_first: 40, of_second: 40 };
            let filed = open(&bytes(&[], numbers.windows(2).map(pair).collect())).unwrap();
            let expected = numbers.partition_point(|number| *number < sought);
            prop_assert_eq!(filed.place(sought, near.min(numbers.len())), expected);
        }
    }
}
