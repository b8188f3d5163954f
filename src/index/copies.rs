//! Which documents of an index are copies of which: found after a commit, kept in a file beside it.
//!
//! The file is a cache of what the columns of [`super::prints`] tell. It names documents by their numbers, which no
//! other document ever gets, so it may be older than the index: a document it names may be gone, and one it does not
//! name has not been compared yet.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::ops::Range;
use std::path::Path;

use tantivy::directory::Directory;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Value;
use tantivy::store::StoreReader;
use tantivy::{SegmentReader, TantivyDocument, TantivyError};

use super::bytes::{Bytes, Written};
use super::days::Days;
use super::failure::Doing;
use super::handle::Inner;
use super::ids::Ids;
use super::pairs::{Pair, Prints};
use super::payload::Payload;
use super::stories::{Compare, Member, Place, Story, linked, stories};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{FigureChange, Words};

/// So many texts are kept in memory while documents are compared,
const TEXTS: usize = 16;
/// so many blocks of texts as they are stored, of each part,
const STORED: usize = 2;
/// and the fingerprints of so many documents.
const DESK: usize = 50_000;

/// What is known of copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Copies<F = Vec<FigureChange>> {
    /// Documents of smaller numbers have been compared.
    pub(super) compared: u64,
    /// Documents that have a text in common.
    pub(super) pairs: Vec<Pair>,
    /// Those that have most of it in common.
    pub(super) stories: Vec<Story<F>>,
}

/// The same as it lies in its file: figures are most of it, and are only read of what is shown.
#[derive(Default)]
pub(super) struct Filed {
    pub(super) copies: Copies<Figures>,
    bytes: Vec<u8>,
}

/// Where in the file the figures of a document are.
pub(super) type Figures = Range<usize>;

/// Whether the last commit is the one that names its copies, and their list is whole.
pub(super) fn are_found(index: &Inner) -> Result<bool> {
    let metas = index.engine.load_metas().doing("cannot read the index")?;
    let payload = Payload::read(metas.payload.as_deref())?;
    let named = payload.copies.filter(|file| *file == file_of(metas.opstamp));
    Ok(named.is_some_and(|file| index.directory.atomic_read(Path::new(&file)).is_ok()))
}

/// The name of the list that a commit with this stamp names first.
fn file_of(stamp: u64) -> String {
    format!("copies-{stamp}.bin")
}

/// The copies among the documents of the last commit, which are in these parts; none where nothing changed since they
/// were found.
pub(super) fn find(index: &Inner, parts: &[SegmentReader], payload: &Payload) -> Result<Option<Copies>> {
    if payload.next == 0 {
        return Ok(None);
    }
    // A list that cannot be read is made anew.
    let old = Copies::of_commit(index, payload).unwrap_or_default();
    let prints = Prints::of(parts)?;
    let lost: BTreeSet<u64> = old.numbers().filter(|number| prints.address(*number).is_none()).collect();
    if old.compared == payload.next && lost.is_empty() {
        return Ok(None);
    }
    let is_lost = |pair: &Pair| lost.contains(&pair.first) || lost.contains(&pair.second);
    let mut pairs = prints.pairs_from(old.compared)?;
    // What lost one of its documents, or got one, is formed anew; all other stories stay as they are.
    let mut touched: Vec<u64> = pairs
        .iter()
        .chain(old.pairs.iter().filter(|pair| is_lost(pair)))
        .flat_map(|pair| [pair.first, pair.second])
        .collect();
    touched.sort_unstable();
    touched.dedup();
    pairs.extend(old.pairs.iter().filter(|pair| !is_lost(pair)));
    pairs.sort_unstable_by_key(|pair| (pair.first, pair.second));

    let known: HashMap<u64, &Story> = old.stories.iter().map(|story| (story.lead, story)).collect();
    let mut desk = Desk::new(index, parts, &prints, &old, &pairs)?;
    let mut formed = Vec::new();
    let (anew, same): (Vec<_>, Vec<_>) =
        linked(&pairs).into_iter().partition(|group| group.iter().any(|number| touched.binary_search(number).is_ok()));
    formed.extend(same.iter().flatten().filter_map(|number| known.get(number).copied().cloned()));
    let mut rest = anew.as_slice();
    while !rest.is_empty() {
        let mut documents = 0;
        let fits = |group: &&Vec<u64>| {
            documents += group.len();
            documents <= DESK
        };
        let (together, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        desk.clear(together.concat());
        for group in together {
            let places = group.iter().filter_map(|number| desk.place(*number)).collect();
            formed.append(&mut stories(places, &mut desk)?);
        }
        rest = later;
    }
    formed.sort_by_key(|story| story.lead);
    Ok(Some(Copies { compared: payload.next, pairs, stories: formed }))
}

impl Copies {
    /// What a commit knows of copies.
    fn of_commit(index: &Inner, payload: &Payload) -> Result<Copies> {
        let Some(bytes) = read(index, payload)? else { return Ok(Copies::default()) };
        Copies::decode(&mut Bytes(&bytes), read_figures).ok_or_else(damaged)
    }

    /// Writes the file for the commit of this stamp, and gives its name.
    pub(super) fn write(&self, directory: &dyn Directory, stamp: u64) -> Result<String> {
        let file = file_of(stamp);
        directory
            .atomic_write(Path::new(&file), &self.encode())
            .map_err(|error| Error::new(ErrorKind::Io, "cannot write the index's list of copies").because(error))?;
        Ok(file)
    }

    /// All documents named, some more than once.
    fn numbers(&self) -> impl Iterator<Item = u64> {
        self.pairs.iter().flat_map(|pair| [pair.first, pair.second])
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Written::default();
        out.number(self.compared);
        out.list(self.pairs.iter(), |out, pair| {
            out.number(pair.first);
            out.number(pair.second);
            out.bytes(&[pair.of_first, pair.of_second]);
        });
        out.list(self.stories.iter(), |out, story| {
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
        });
        out.0
    }
}

impl<F> Copies<F> {
    fn decode<'b>(bytes: &mut Bytes<'b>, mut figures: impl FnMut(&mut Bytes<'b>) -> Option<F>) -> Option<Copies<F>> {
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
                let figures = figures(bytes)?;
                Some(Member { number, under, folds: folds == 1, of_it, of_other, figures })
            })?;
            Some(Story { lead, members })
        })?;
        bytes.0.is_empty().then_some(Copies { compared, pairs, stories })
    }
}

impl Filed {
    /// What a commit knows of copies.
    pub(super) fn of_commit(index: &Inner, payload: &Payload) -> Result<Filed> {
        let Some(bytes) = read(index, payload)? else { return Ok(Filed::default()) };
        Filed::of(bytes).ok_or_else(damaged)
    }

    fn of(bytes: Vec<u8>) -> Option<Filed> {
        let whole = bytes.len();
        let copies = Copies::decode(&mut Bytes(&bytes), |bytes| {
            let from = whole - bytes.0.len();
            for _ in 0..bytes.number()? {
                bytes.text()?;
                bytes.text()?;
            }
            Some(from..whole - bytes.0.len())
        })?;
        Some(Filed { copies, bytes })
    }

    /// Figures of a document that another has otherwise.
    pub(super) fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        let mut bytes = Bytes(self.bytes.get(figures.clone()).unwrap_or_default());
        read_figures(&mut bytes).ok_or_else(damaged)
    }
}

fn read_figures(bytes: &mut Bytes<'_>) -> Option<Vec<FigureChange>> {
    bytes.list(|bytes| Some(FigureChange { old: bytes.text()?.to_owned(), new: bytes.text()?.to_owned() }))
}

fn read(index: &Inner, payload: &Payload) -> Result<Option<Vec<u8>>> {
    let Some(file) = &payload.copies else { return Ok(None) };
    let read = index.directory.atomic_read(Path::new(file));
    read.map(Some).map_err(|error| damaged().because(error))
}

fn damaged() -> Error {
    Error::new(ErrorKind::Corrupt, "the index's list of copies is damaged")
        .hint("rebuild it from the files: dateline index --rebuild")
}

/// Documents of the index side by side.
struct Desk<'a> {
    index: &'a Inner,
    prints: &'a Prints<'a>,
    days: Vec<Days>,
    ids: Vec<Ids>,
    lengths: Vec<FieldNormReader>,
    stores: Vec<StoreReader>,
    /// What is known of a document and the one it was compared with.
    figures: HashMap<(u64, u64), &'a [FigureChange]>,
    /// What pairs have of each other, boilerplate aside; by both numbers.
    pairs: &'a [Pair],
    /// The documents under way,
    numbers: Vec<u64>,
    /// and their fingerprints, once two are compared that are no pair.
    fingerprints: Option<HashMap<u64, Vec<u32>>>,
    /// Texts read last, the latest at the end.
    texts: Vec<(u64, Words)>,
}

impl<'a> Desk<'a> {
    fn new(
        index: &'a Inner,
        parts: &[SegmentReader],
        prints: &'a Prints<'a>,
        old: &'a Copies,
        pairs: &'a [Pair],
    ) -> Result<Desk<'a>> {
        let members = old.stories.iter().flat_map(|story| &story.members);
        let figures = members.map(|member| ((member.under, member.number), member.figures.as_slice())).collect();
        let days = parts.iter().map(Days::of).collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        let ids = parts.iter().map(Ids::of).collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        let lengths = parts.iter().map(|part| part.get_fieldnorms_reader(index.fields.words));
        let lengths = lengths.collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        let stores = parts.iter().map(|part| part.get_store_reader(STORED));
        let stores = stores.collect::<io::Result<_>>().map_err(TantivyError::from).doing("cannot read the index")?;
        let (numbers, fingerprints, texts) = (Vec::new(), None, Vec::new());
        Ok(Desk { index, prints, days, ids, lengths, stores, figures, pairs, numbers, fingerprints, texts })
    }

    /// Makes room for other documents.
    fn clear(&mut self, numbers: Vec<u64>) {
        self.numbers = numbers;
        self.fingerprints = None;
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
                let store = &self.stores[address.segment_ord as usize];
                let record: TantivyDocument = store.get(address.doc_id).doing("cannot read the index")?;
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

    /// What a pair has of each other, by the numbers of the first and the second.
    fn pair(&self, first: u64, second: u64) -> Option<(u8, u8)> {
        let at = self.pairs.binary_search_by_key(&(first, second), |pair| (pair.first, pair.second)).ok()?;
        Some((self.pairs[at].of_first, self.pairs[at].of_second))
    }
}

impl Compare for Desk<'_> {
    type Error = Error;

    fn shares(&mut self, first: u64, second: u64) -> Result<(u8, u8)> {
        if let Some(shares) = self.pair(first, second) {
            return Ok(shares);
        }
        if let Some((of_second, of_first)) = self.pair(second, first) {
            return Ok((of_first, of_second));
        }
        if self.fingerprints.is_none() {
            self.fingerprints = Some(self.prints.of_documents(&self.numbers)?);
        }
        let fingerprint = |number| self.fingerprints.as_ref()?.get(&number);
        let both = fingerprint(first).zip(fingerprint(second));
        Ok(both.map_or((0, 0), |(first, second)| Prints::shares(first, second)))
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
    #![allow(clippy::unwrap_used)]
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
        let decode = |bytes: &[u8]| Copies::decode(&mut Bytes(bytes), read_figures);
        assert_eq!(decode(&bytes), Some(copies()));
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]), None, "cut to {cut} bytes");
            assert!(Filed::of(bytes[..cut].to_vec()).is_none(), "cut to {cut} bytes");
        }
        assert_eq!(decode(&[255; 64]), None);
    }

    #[test]
    fn figures_left_in_the_file_are_those_read_with_it() {
        let filed = Filed::of(copies().encode()).unwrap();
        let (read, left) = (&copies().stories[0].members[0], &filed.copies.stories[0].members[0]);
        assert_eq!(filed.figures(&left.figures).unwrap(), read.figures);
        assert_eq!((left.number, left.under, left.of_it), (read.number, read.under, read.of_it));
    }
}
