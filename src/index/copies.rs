//! Which documents of an index are copies of which: found after a commit, kept in a file beside it.
//!
//! The file is a cache of what the columns of [`super::prints`] tell. It names documents by their numbers, which no
//! other document ever gets, so it may be older than the index: a document it names may be gone, and one it does not
//! name has not been compared yet.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use tantivy::directory::Directory;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument};

use super::days::Days;
use super::failure::Doing;
use super::handle::Inner;
use super::ids::Ids;
use super::pairs::{Pair, Prints};
use super::payload::Payload;
use super::stories::{Compare, Member, Place, Story, linked, stories};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{FigureChange, Words};

/// So many texts are kept in memory while documents are compared.
const TEXTS: usize = 16;

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

/// The copies among the documents of the last commit; none where nothing changed since they were found.
pub(super) fn find(index: &Inner, payload: &Payload) -> Result<Option<Copies>> {
    if payload.next == 0 {
        return Ok(None);
    }
    let searcher = index.reader.searcher();
    // A list that cannot be read is made anew.
    let old = Copies::of_commit(index, payload).unwrap_or_default();
    let mut prints = Prints::of(&searcher)?;
    let lost: BTreeSet<u64> = old.numbers().filter(|number| prints.address(*number).is_none()).collect();
    if old.compared == payload.next && lost.is_empty() {
        return Ok(None);
    }
    let is_lost = |pair: &Pair| lost.contains(&pair.first) || lost.contains(&pair.second);
    // What lost one of its documents, or got one, is formed anew; all other stories stay as they are.
    let mut touched = BTreeSet::new();
    for pair in old.pairs.iter().filter(|pair| is_lost(pair)) {
        touched.extend([pair.first, pair.second]);
    }
    let found = prints.pairs_from(old.compared);
    touched.extend(found.iter().flat_map(|pair| [pair.first, pair.second]));
    let mut pairs: Vec<Pair> = old.pairs.iter().filter(|pair| !is_lost(pair)).copied().collect();
    pairs.extend(found);

    let mut known: HashMap<u64, Vec<&Story>> = HashMap::new();
    let mut desk = Desk::new(index, &searcher, &mut prints, &old, &pairs)?;
    let mut formed = Vec::new();
    let groups = linked(&pairs);
    let group_of: HashMap<u64, u64> =
        groups.iter().flat_map(|group| group.iter().map(|one| (*one, group[0]))).collect();
    for story in &old.stories {
        if let Some(group) = group_of.get(&story.lead) {
            known.entry(*group).or_default().push(story);
        }
    }
    for group in groups {
        if group.iter().any(|number| touched.contains(number)) {
            let places = group.iter().filter_map(|number| desk.place(*number)).collect();
            formed.append(&mut stories(places, &mut desk)?);
        } else {
            formed.extend(known.remove(&group[0]).into_iter().flatten().cloned());
        }
    }
    Ok(Some(Copies { compared: payload.next, pairs, stories: formed }))
}

impl Copies {
    /// What a commit knows of copies.
    pub(super) fn of_commit(index: &Inner, payload: &Payload) -> Result<Copies> {
        let Some(file) = &payload.copies else { return Ok(Copies::default()) };
        let damaged = || {
            Error::new(ErrorKind::Corrupt, "the index's list of copies is damaged")
                .hint("rebuild it from the files: dateline index --rebuild")
        };
        let bytes = index.directory.atomic_read(Path::new(file)).map_err(|error| damaged().because(error))?;
        Copies::decode(&mut Bytes(&bytes)).ok_or_else(damaged)
    }

    /// Writes the file for the commit of this stamp, and gives its name.
    pub(super) fn write(&self, directory: &dyn Directory, stamp: u64) -> Result<String> {
        let file = format!("copies-{stamp}.bin");
        directory
            .atomic_write(Path::new(&file), &self.encode())
            .map_err(|error| Error::new(ErrorKind::Io, "cannot write the index's list of copies").because(error))?;
        Ok(file)
    }

    /// All documents named, some more than once.
    fn numbers(&self) -> impl Iterator<Item = u64> {
        self.pairs.iter().flat_map(|pair| [pair.first, pair.second])
    }

    /// Numbers in little-endian order, texts with their lengths before them.
    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let number = |out: &mut Vec<u8>, number: u64| out.extend(number.to_le_bytes());
        let text = |out: &mut Vec<u8>, text: &str| {
            out.extend((text.len() as u32).to_le_bytes());
            out.extend(text.as_bytes());
        };
        number(&mut out, self.compared);
        number(&mut out, self.pairs.len() as u64);
        for pair in &self.pairs {
            number(&mut out, pair.first);
            number(&mut out, pair.second);
            out.extend([pair.of_first, pair.of_second]);
        }
        number(&mut out, self.stories.len() as u64);
        for story in &self.stories {
            number(&mut out, story.lead);
            number(&mut out, story.members.len() as u64);
            for member in &story.members {
                number(&mut out, member.number);
                number(&mut out, member.under);
                out.extend([u8::from(member.folds), member.of_it, member.of_other]);
                number(&mut out, member.figures.len() as u64);
                for FigureChange { old, new } in &member.figures {
                    text(&mut out, old);
                    text(&mut out, new);
                }
            }
        }
        out
    }

    fn decode(bytes: &mut Bytes) -> Option<Copies> {
        let compared = bytes.number()?;
        let pairs = bytes.list(|bytes| {
            let (first, second, [of_first, of_second]) = (bytes.number()?, bytes.number()?, bytes.take()?);
            Some(Pair { first, second, of_first, of_second })
        })?;
        let stories = bytes.list(|bytes| {
            let lead = bytes.number()?;
            let members = bytes.list(|bytes| {
                let (number, under) = (bytes.number()?, bytes.number()?);
                let [folds, of_it, of_other] = bytes.take()?;
                let figures = bytes.list(|bytes| Some(FigureChange { old: bytes.text()?, new: bytes.text()? }))?;
                Some(Member { number, under, folds: folds == 1, of_it, of_other, figures })
            })?;
            Some(Story { lead, members })
        })?;
        bytes.0.is_empty().then_some(Copies { compared, pairs, stories })
    }
}

/// The rest of a file.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take()?))
    }

    fn text(&mut self) -> Option<String> {
        let length = u32::from_le_bytes(self.take()?) as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        // No length is believed before there are so many.
        let length = self.number()?;
        (0..length).map(|_| one(self)).collect()
    }
}

/// Documents of the index side by side.
struct Desk<'a> {
    index: &'a Inner,
    searcher: &'a Searcher,
    prints: &'a mut Prints,
    days: Vec<Days>,
    ids: Vec<Ids>,
    lengths: Vec<FieldNormReader>,
    /// What is known of a document and the one it was compared with.
    figures: HashMap<(u64, u64), &'a [FigureChange]>,
    /// What pairs have of each other, boilerplate aside.
    shares: HashMap<(u64, u64), (u8, u8)>,
    /// Texts read last, the latest at the end.
    texts: Vec<(u64, Words)>,
}

impl<'a> Desk<'a> {
    fn new(
        index: &'a Inner,
        searcher: &'a Searcher,
        prints: &'a mut Prints,
        old: &'a Copies,
        pairs: &[Pair],
    ) -> Result<Desk<'a>> {
        let days = searcher.segment_readers().iter().map(Days::of).collect::<tantivy::Result<_>>();
        let members = old.stories.iter().flat_map(|story| &story.members);
        let figures = members.map(|member| ((member.under, member.number), member.figures.as_slice())).collect();
        let shares = pairs.iter().map(|pair| ((pair.first, pair.second), (pair.of_first, pair.of_second))).collect();
        let days = days.doing("cannot read the index")?;
        let ids = searcher.segment_readers().iter().map(Ids::of).collect::<tantivy::Result<_>>();
        let ids = ids.doing("cannot read the index")?;
        let lengths =
            searcher.segment_readers().iter().map(|segment| segment.get_fieldnorms_reader(index.fields.words));
        let lengths = lengths.collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        Ok(Desk { index, searcher, prints, days, ids, lengths, figures, shares, texts: Vec::new() })
    }

    fn place(&self, number: u64) -> Option<Place> {
        let address = self.prints.address(number)?;
        let (segment, doc) = (address.segment_ord as usize, address.doc_id);
        let (day, last_day) = self.days[segment].both(doc).unwrap_or((i64::MAX, i64::MAX));
        let (length, key) = (Reverse(self.lengths[segment].fieldnorm(doc)), self.ids[segment].key(doc));
        Some(Place { day, last_day, length, key, number })
    }

    /// The place on the desk of a text, which is read unless it is there.
    fn text(&mut self, number: u64) -> Result<usize> {
        if let Some(at) = self.texts.iter().position(|(known, _)| *known == number) {
            let text = self.texts.remove(at);
            self.texts.push(text);
        } else {
            let mut words = Words::of("");
            if let Some(address) = self.prints.address(number) {
                let record: TantivyDocument = self.searcher.doc(address).doing("cannot read the index")?;
                let text = record.get_first(self.index.fields.text).and_then(|text| text.as_str());
                words = Words::of(text.unwrap_or_default());
            }
            if self.texts.len() == TEXTS {
                self.texts.remove(0);
            }
            self.texts.push((number, words));
        }
        Ok(self.texts.len() - 1)
    }
}

impl Compare for Desk<'_> {
    type Error = Error;

    fn shares(&mut self, first: u64, second: u64) -> (u8, u8) {
        if let Some(shares) = self.shares.get(&(first, second)) {
            return *shares;
        }
        if let Some((of_second, of_first)) = self.shares.get(&(second, first)) {
            return (*of_first, *of_second);
        }
        let (Some(first), Some(second)) = (self.prints.address(first), self.prints.address(second)) else {
            return (0, 0);
        };
        self.prints.shares(first, second).unwrap_or_default()
    }

    fn figures(&mut self, other: u64, document: u64) -> Result<Vec<FigureChange>> {
        if let Some(known) = self.figures.get(&(other, document)) {
            return Ok(known.to_vec());
        }
        self.text(document)?;
        let other = self.text(other)?;
        // Reading the other may have moved the document.
        let at = self.texts.iter().position(|(number, _)| *number == document);
        let Some((_, document)) = at.and_then(|at| self.texts.get(at)) else { return Ok(Vec::new()) };
        Ok(self.texts[other].1.figures(document))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copies() -> Copies {
        let figures = vec![FigureChange { old: "83".into(), new: "шесть".into() }];
        let member = Member { number: 9, under: 3, folds: false, of_it: 70, of_other: 60, figures };
        Copies {
            compared: 12,
            pairs: vec![Pair { first: 3, second: 9, of_first: 60, of_second: 70 }],
            stories: vec![Story { lead: 3, members: vec![member] }],
        }
    }

    #[test]
    fn the_file_comes_back_and_a_damaged_one_does_not() {
        let bytes = copies().encode();
        assert_eq!(Copies::decode(&mut Bytes(&bytes)), Some(copies()));
        for cut in 0..bytes.len() {
            assert_eq!(Copies::decode(&mut Bytes(&bytes[..cut])), None, "cut to {cut} bytes");
        }
        assert_eq!(Copies::decode(&mut Bytes(&[255; 64])), None);
    }
}
