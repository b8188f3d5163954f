//! The list of copies as a file beside a commit.
//!
//! It names documents by their numbers, which no other document ever gets, so it may be older than the index: a document
//! it names may be gone, and one it does not name has not been compared yet.

use std::ops::Range;
use std::path::Path;

use tantivy::directory::Directory;

use super::bytes::{Bytes, Written};
use super::pairs::Pair;
use super::payload::Payload;
use super::stories::{Member, Story};
use crate::error::{Error, ErrorKind, Result};
use crate::text::FigureChange;

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

/// The name of the list that a commit with this stamp names first.
pub(super) fn file_of(stamp: u64) -> String {
    format!("copies-{stamp}.bin")
}

impl Copies {
    /// What a commit knows of copies.
    pub(super) fn of_commit(directory: &dyn Directory, payload: &Payload) -> Result<Copies> {
        let Some(bytes) = read(directory, payload)? else { return Ok(Copies::default()) };
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
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> {
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
    pub(super) fn of_commit(directory: &dyn Directory, payload: &Payload) -> Result<Filed> {
        let Some(bytes) = read(directory, payload)? else { return Ok(Filed::default()) };
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

fn read(directory: &dyn Directory, payload: &Payload) -> Result<Option<Vec<u8>>> {
    let Some(file) = &payload.copies else { return Ok(None) };
    let read = directory.atomic_read(Path::new(file));
    read.map(Some).map_err(|error| damaged().because(error))
}

fn damaged() -> Error {
    Error::new(ErrorKind::Corrupt, "the index's list of copies is damaged")
        .hint("rebuild it from the files: dateline index --rebuild")
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
