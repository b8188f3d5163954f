//! The times a text speaks of: found by the words of its language, and told in days.
//!
//! A stretch of text becomes a row of tokens ([`scan`]), each with its senses ([`sense`]) from the [`lexicon`] of the
//! language. [`reader`] tries the rules from left to right; every rule looks at a few tokens, so the time is linear in
//! the text. A rule names a [`point`] of the calendar, worked out from what is known at that place ([`page`]): the day
//! of writing, the day last spoken of, whether the sentence looks back or ahead.
//!
//! The rules are one file each: [`named`] (26 February 1992, Friday), [`period`] (the third quarter), [`pointing`]
//! (yesterday, that year), [`range`] (from May to July), [`single`] (early, at the end of, at night), [`clock`] (8:30
//! p.m.), [`length`] (33 years ago), [`anniversary`] (the 33rd anniversary), [`again`] (every Friday), [`feast`] (Good
//! Friday). The modules they share are [`number`], [`alone`] and the one that decides which week or year is meant.
//!
//! The main type is [`Mention`]: where it stands, its TIMEX3 value, its days, and how they are known.
//! The invariant: a mention says how certain its days are. What the text names whole, what is told from the day of
//! writing and what is only worked out are never mixed. `examples.rs` has sentences and the times they speak of, one a
//! row.

mod again;
mod alone;
mod anniversary;
mod clock;
mod examples;
mod feast;
mod found;
mod hostile;
mod length;
mod lexicon;
mod named;
mod number;
mod page;
mod period;
mod point;
mod pointing;
mod quarter;
mod range;
mod reader;
mod resolve;
mod scan;
mod sense;
mod single;

pub use found::{Mention, MentionCertainty, MentionContext, MentionKind, MentionRule};

/// The times that a text speaks of, in its order and without overlaps.
///
/// ```
/// use dateline::{Date, MentionContext, mentions};
///
/// let context = MentionContext { published: Some(Date::from_ymd(2025, 2, 26)?), language: Some("en") };
/// let found = mentions("The 33rd anniversary was marked on Tuesday in the port.", &context);
/// assert_eq!((found[0].value.as_str(), found[0].certainty.name()), ("1992-02-25", "derived"));
/// assert_eq!((found[1].value.as_str(), found[1].certainty.name()), ("2025-02-25", "relative"));
/// # Ok::<(), dateline::Error>(())
/// ```
pub fn mentions(text: &str, context: &MentionContext<'_>) -> Vec<Mention> {
    reader::read(text, context)
}
