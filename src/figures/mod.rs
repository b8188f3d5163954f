//! The numbers that a text gives, each with what it counts. This room knows text and calendar alone, and no index.
//!
//! A sentence becomes a row of tokens ([`scan`]). A number in digits or in words is read ([`number`]) with the words
//! that say how closely it is meant and with its unit ([`read`]); dates, times, ages, ordinals and the numbers of
//! sections and telephones are told from numbers of things ([`named`]). Then the grammar of the language ([`lexicon`])
//! tells what the number counts ([`counted`]):
//!
//! * the noun behind it with its adjectives, and what is said of it: `1,275 people were taken hostage`;
//! * what it is a part of, or turns out to be: `83 of the children`, `83 of them children`, `of whom 83 were children`;
//! * the words before it where it counts nothing behind it: `children: 83`, `the number of children rose to 83`.
//!
//! The main type is [`Figure`]. The invariant: a number belongs to the words of its own phrase, and never to all words
//! of its sentence: `613 civilians, including 83 children` gives one number of civilians and one of children.

mod counted;
mod lexicon;
mod named;
mod number;
mod quantity;
mod read;
mod reader;
mod scan;

pub use quantity::{Bound, Quantity};
pub(crate) use reader::{Figure, figures};
