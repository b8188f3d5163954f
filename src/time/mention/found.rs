//! Mentions: stretches of text that speak of time, and what they mean.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::time::{Date, DateRange};

/// A place where a text speaks of time, as [`mentions`](crate::mentions) finds them.
///
/// Kinds and values are those of TimeML's TIMEX3 (ISO 24617-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its place in the text, in bytes; the end is not included.
    pub bytes: Range<usize>,
    /// The kind of time it names.
    pub kind: MentionKind,
    /// The value of TIMEX3: `1992-02-26`, `1992-02`, `1992-W08`, `199` (a decade), `1992-02-25TNI`, `P3D`, `PAST_REF`.
    /// Unknown parts are an X: `XXXX-05` where no year is known.
    pub value: String,
    /// The days it speaks of: the seven days of a week, the ten years of a decade, and for an end of a range (`from May
    /// to July 1994`) the whole range. None if it names no days of the calendar, like a duration, or if nothing tells
    /// which.
    pub days: Option<DateRange>,
    /// The certainty of the days.
    pub certainty: MentionCertainty,
    /// The rule that recognised it.
    pub rule: MentionRule,
}

/// The kinds of mentions: the types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MentionKind {
    /// A day or something longer on the calendar: `26 February`, `last week`, `the 1990s`, `now`.
    Date,
    /// A time of a day: `Friday night`, `8:30 p.m.`
    Time,
    /// A length of time: `three days`.
    Duration,
    /// Times that come again: `every Friday`.
    Set,
}

impl MentionKind {
    /// `DATE`, `TIME`, `DURATION` or `SET`, as TIMEX3 writes them.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Date => "DATE",
            MentionKind::Time => "TIME",
            MentionKind::Duration => "DURATION",
            MentionKind::Set => "SET",
        }
    }
}

/// The certainty of the days of a [`Mention`], the most certain first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionCertainty {
    /// The text names them whole: `26 February 1992`.
    Certain,
    /// They are counted from the document's date, or from another date in the text: `last Friday`, `three days later`.
    Relative,
    /// They are computed from something that does not name them: `the 33rd anniversary of`.
    Derived,
}

impl MentionCertainty {
    /// `certain`, `relative` or `derived`.
    pub fn name(self) -> &'static str {
        match self {
            MentionCertainty::Certain => "certain",
            MentionCertainty::Relative => "relative",
            MentionCertainty::Derived => "derived",
        }
    }
}

/// The rules that recognise mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MentionRule {
    /// A day, month or year by its number or name: `26.02.1992`, `February 26`, `in May`, `1992`.
    Date,
    /// An end of a range, both ends of which the text names: `25-26 February`, `1957-58`.
    Range,
    /// A longer stretch that has a name: `the third quarter`, `summer 1968`, `the nineties`, `the 20th century`.
    Period,
    /// A day of the week: `on Friday`.
    Weekday,
    /// Words that point from the day of writing: `yesterday`, `last week`, `this year`.
    Pointing,
    /// A number of units before or after: `33 years ago`, `three days later`.
    Counted,
    /// An anniversary: `the 33rd anniversary of`, `33 years since`.
    Anniversary,
    /// A time of day: `8:30 p.m.`, `at noon`.
    Clock,
    /// A length of time: `three days`, `the past two years`.
    Duration,
    /// Something that comes again: `every Friday`, `annually`.
    Set,
    /// Past, present or future, and nothing more: `now`, `in the past`.
    Vague,
}

impl MentionRule {
    /// The name of the rule in JSON: `date`, `range`, `period` and so on.
    pub fn name(self) -> &'static str {
        match self {
            MentionRule::Date => "date",
            MentionRule::Range => "range",
            MentionRule::Period => "period",
            MentionRule::Weekday => "weekday",
            MentionRule::Pointing => "pointing",
            MentionRule::Counted => "counted",
            MentionRule::Anniversary => "anniversary",
            MentionRule::Clock => "clock",
            MentionRule::Duration => "duration",
            MentionRule::Set => "set",
            MentionRule::Vague => "vague",
        }
    }
}

/// The facts known about the text in which mentions are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MentionContext<'a> {
    /// The date of publication, from which `last week` is counted. Without it such mentions have no days.
    pub published: Option<Date>,
    /// The language of the text, by its ISO 639-1 code. Dates written whole are found in any language; the rest in
    /// Arabic, Dutch, English, French, German, Italian, Polish, Portuguese, Russian, Spanish and Turkish. A text of unknown
    /// language is read as English.
    pub language: Option<&'a str>,
}
