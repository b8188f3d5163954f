//! The form of a language's table.

use crate::figures::quantity::Bound;

/// The order in which a language sets its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Order {
    /// Adjectives, noun, then verb: English.
    #[default]
    English,
    /// Nouns begin with a capital, verbs may close the clause: German.
    Capitals,
    /// The verb closes the clause: Turkish, Dutch after an auxiliary.
    VerbLast,
    /// Adjectives may follow the noun, and objects have articles: Romance languages, and all others.
    Free,
    /// Verbs are told by their ending, because objects have no articles: Russian, Polish.
    Endings,
}

/// A class of small words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum Class {
    /// `and`, inside a number and between nouns.
    Join,
    /// `of`, between a number and what it is a part of.
    Of,
    /// `them`, `whom`: stands for what was named before.
    Anaphor,
    /// `were`, `been`: joins a number to what is said of it.
    Be,
    /// `who`, `that`.
    Relative,
    /// `article`, `page`: the number behind it is a name.
    Numbered,
    /// `aged`, `under`: the number behind it is an age where it counts nothing else.
    Age,
    /// `old`, behind years: the number before them is an age.
    Old,
    /// `tonnes`, `cases`: what it is of is what is counted.
    Measure,
    /// `reached`, `to`: joins what stands before it to the number behind it.
    Link,
    /// `as`, in `taken as hostages`.
    As,
    /// `between`, `from`: opens a range.
    From,
    /// `to`, `and`, `or`: stands between the ends of a range.
    To,
    /// `the`, `these`.
    Determiner,
    /// A plural that does not look like one: `children`.
    Plural,
    /// `years`, `hours`: lengths of time.
    Time,
    /// `in`, `for`, between money and what it is spent on.
    For,
    /// A form that is a participle and nothing else: `taken`, `missing`.
    Participle,
    /// A past form that does not look like one: `sent`.
    Verb,
    /// `in`, `since`, before years.
    When,
    /// `several`, before `hundred`.
    Several,
    /// Any other word that ends what a number counts.
    Stop,
}

impl Class {
    pub(in super::super) fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The words of a language.
pub(in super::super) struct Table {
    pub(in super::super) order: Order,
    /// Number words by value: `1 one; 2 two`.
    pub(in super::super) numbers: &'static str,
    /// Those of them that multiply what stands before them.
    pub(in super::super) times: &'static str,
    /// The word for a dozen, which multiplies too.
    pub(in super::super) dozen: &'static str,
    /// Forms that only stand before another part of the same word.
    pub(in super::super) bound: &'static str,
    /// Vague numbers by the least they say.
    pub(in super::super) vague: &'static str,
    /// Words for about so many.
    pub(in super::super) rounds: &'static str,
    /// Phrases before a number.
    pub(in super::super) before: &'static [(Bound, &'static str)],
    /// Phrases behind a number.
    pub(in super::super) after: &'static [(Bound, &'static str)],
    /// Endings of verbs of the past.
    pub(in super::super) past: &'static str,
    pub(in super::super) classes: &'static [(Class, &'static str)],
}

/// A language of which no word is known.
pub(super) const NO_WORDS: Table = Table {
    order: Order::Free,
    numbers: "",
    times: "",
    dozen: "",
    bound: "",
    vague: "",
    rounds: "",
    before: &[(Bound::About, "~|ca")],
    after: &[],
    past: "",
    classes: &[],
};
