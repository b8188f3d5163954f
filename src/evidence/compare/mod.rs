//! Comparing a quote with a text: text and question alone, no engine and no score.
//!
//! [`word`] tells what is compared, [`quoted`] the words of a quote and its writer's marks. [`align`](mod@align) lays one against
//! the other, after [`merge`] made one word of each figure and date. [`segment`] makes stretches of the steps,
//! and [`comparison`] explains those that differ, and [`classify`] says what each is about:
//! [`negation`], [`figures`], [`dates`], names, order, and below them modal words, tenses ([`forms`]) and [`spelling`].
//!
//! The invariant: what passes is what is left when every difference was explained. No share of equal letters decides,
//! and a difference that fits no class is a word that differs.

pub(crate) mod align;
pub(crate) mod classify;
pub(crate) mod comparison;
pub(crate) mod context;
pub(crate) mod dates;
pub(crate) mod figures;
pub(crate) mod forms;
pub(crate) mod merge;
pub(crate) mod negation;
pub(crate) mod pools;
pub(crate) mod quoted;
pub(crate) mod segment;
pub(crate) mod spelling;
pub(crate) mod table;
pub(crate) mod word;
