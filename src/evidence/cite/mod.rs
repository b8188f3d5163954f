//! Citations: where words stand, in the forms that readers and programs expect.
//!
//! A [`Citation`](citation::Citation) is made of a document or a hit, and written in a
//! [`CitationStyle`](style::CitationStyle). Its facts are a [`record`]; [`when`] tells the date as each style writes it,
//! [`kind`] what sort of publication it is, [`name`] its authors. [`prose`] writes for readers, [`ris`], [`bibtex`] and
//! [`csl`] for programs. [`fragment`] makes links that lead to the words. [`comparison`] cites
//! the documents of a comparison.
//!
//! The invariant: nothing is made up. A date is written as precisely as it is known, an unknown one as the style writes
//! an unknown one, and the clue and its doubt are told in a note.

mod bibtex;
pub(crate) mod citation;
pub(crate) mod comparison;
mod csl;
pub(crate) mod fragment;
mod kind;
mod name;
mod prose;
mod record;
mod ris;
pub(crate) mod style;
mod when;

#[cfg(test)]
mod tests;
