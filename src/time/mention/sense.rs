//! The senses of words, numbers and signs for the rules of time.

use super::feast::Feast;
use crate::time::unit::Unit;

/// A unit of time, of the clock or of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Second,
    Minute,
    Hour,
    Weekend,
    Whole(Unit),
}

/// A season of the north, by the meteorologists' calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) fn first_month(self) -> u32 {
        self as u32 * 3 + 3
    }

    /// The season, and the year it is named after, in which a month lies.
    pub(super) fn of(year: i32, month: u32) -> (Season, i32) {
        match month {
            3..=5 => (Season::Spring, year),
            6..=8 => (Season::Summer, year),
            9..=11 => (Season::Autumn, year),
            12 => (Season::Winter, year),
            _ => (Season::Winter, year - 1),
        }
    }
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

/// Tells which of several weeks, months or Fridays is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The one before the day of writing: `last week`.
    Last,
    /// The stretch that ends with the day of writing: `the past week`.
    Past,
    /// The current one: `this week`.
    This,
    /// The one after the day of writing: `next week`.
    Next,
    /// The stretch that begins with the day of writing: `the coming week`.
    Coming,
    /// The one before the time last mentioned: `the previous week`.
    Previous,
    /// The one after the time last mentioned: `the following week`.
    Following,
    /// The one last mentioned: `that week`, `the same week`.
    Same,
    /// The one that is reported on: `the latest quarter`.
    Latest,
    /// An unknown one: `recent weeks`, `in the first three weeks`.
    Some,
}

/// A part of something longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Early,
    Middle,
    Late,
}

/// The tense of a word, which tells whether the day after it is over or yet to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Up to then, from the past or into the future: `by February`.
    Due,
}

/// A sense of a word, a number or a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Nothing to do with time.
    Other,
    /// The end of a sentence.
    Stop,
    /// Any other sign, by its ASCII look-alike: dashes are `-`, apostrophes `'`.
    Sign(u8),

    /// A number in figures, and how many figures it has; 0 if it contains commas.
    Figures(u32, u8),
    /// A number in Roman letters: `XX`, `XIXe`.
    Roman(u8),
    /// A number with decimals.
    Decimal,
    /// A date with a month in it, as the calendar room reads it anywhere.
    Dated {
        year: Option<i16>,
        month: u8,
        day: Option<u8>,
    },

    /// `three`; also `a`, which means 1 as well.
    Cardinal(u32),
    An,
    /// `hundred`, `thousand`.
    Times(u32),
    /// `third`; also an ending that makes an ordinal of figures: `rd`.
    Ordinal(u32),
    OrdinalEnding,
    /// `several`, `a few`: an unknown number.
    Several,
    /// `half`.
    Half,
    /// A word that may stand between a number and its unit: `two more years`.
    Filler,
    /// `about`, `more than`, before a number.
    About,

    /// A month by its name; `short` where abbreviated.
    Month {
        number: u8,
        short: bool,
    },
    Weekday {
        number: u8,
        short: bool,
    },
    /// `Fridays`: each of them.
    Weekdays(u8),
    Season(Season),
    DayPart(DayPart),
    /// A unit of time; `many` if the word is a plural.
    Unit {
        measure: Measure,
        many: bool,
    },
    /// The day that many days from the day of writing.
    Day(i8),
    /// A part of a day near the day of writing: `tonight`.
    DayPartOf(i8, DayPart),
    /// The name of a feast, and of one that is a day only where a year follows: `Easter 1916`, but not `Easter Island`.
    Feast(Feast),
    FeastOfYear(Feast),

    /// `nineties`; also the `s` of `1990s`, which makes a decade of figures.
    Decade(u8),
    DecadeEnding,
    /// A plural of "year" that stands before the number of a decade: `années 90`.
    DecadeYears,
    /// `fiscal`, before a year.
    Fiscal,
    /// The `Q` of `Q3`.
    QuarterSign,

    Which(Which),
    Edge(Edge),
    /// `end of`, `beginning of`.
    EdgeOf(Edge),
    /// Before or after the quantity: `three days ago`, `il y a trois jours`.
    Ago,
    AgoBefore,
    /// `from now`, after the quantity, and `через`, before it.
    Hence,
    HenceBefore,
    /// `earlier`, `later`: counted from the time last mentioned.
    Earlier,
    Later,
    /// `before`, `après`: prepositions too.
    Before,
    After,
    Article,
    Of,
    /// A preposition that stands before times.
    At,
    From,
    Between,
    To,
    /// `until`, which may mean the future too, like `by`.
    Until,
    By,
    And,
    Or,
    Since,
    Every,
    Per,
    /// `once`, `times`, before `a week`.
    Often,
    /// `daily`, by what it repeats.
    Repeated(Measure),
    /// `old`, which makes an age of the length before it.
    Old,
    /// `long`, which belongs to the length before it: `week-long`.
    Long,
    Anniversary,
    /// `centenary`: an anniversary that contains its number.
    Jubilee(u16),
    /// `a.m.`, `p.m.`; and `o'clock`.
    HalfDay {
        afternoon: bool,
    },
    Clock,

    /// `now`, `recently`, `soon`.
    Now,
    Recently,
    Soon,
    /// `future`, after an article.
    Future,
    Tense(Tense),
    /// A word for things that are counted, so that a number before it is no year: `people`, `miles`.
    Counted,
    /// A word for things that have numbers, so that a number after it is no year: `page`, `resolution`.
    Numbered,
}

impl Sense {
    /// Returns whether an expression may begin with it; `next` is the sense that follows. It rules most words out.
    pub(super) fn may_begin(self, next: Sense) -> bool {
        use Sense::*;
        match self {
            Dated { .. } | Figures(..) | Month { .. } | Weekday { .. } | Weekdays(_) | Feast(_) | Day(_) | DayPartOf(..)
            | DayPart(_) | Season(_) | Unit { .. } | Decade(_) | Jubilee(_) | Repeated(_) | Now | Recently | Soon
            // A decade may begin with an apostrophe: `'90s`.
            | Sign(b'\'') => true,
            Article | An | Which(_) | Cardinal(_) | Times(_) | Ordinal(_) | Decimal | Several | Half | About | Every | From
            | Between | Edge(_) | EdgeOf(_) | Earlier | Later | AgoBefore | HenceBefore | Fiscal | QuarterSign | DecadeYears
            | Roman(_) | FeastOfYear(_) => !matches!(next, Other | Stop),
            _ => false,
        }
    }
}

/// `GMT`, `EST`, `UTC`.
pub(super) fn is_zone(word: &str) -> bool {
    const ZONES: [&str; 18] = [
        "GMT", "UTC", "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "CET", "CEST",
        "BST", "MSK",
    ];
    ZONES.contains(&word)
}

/// The habits of a language with the names of months and weekdays.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    /// A full stop after figures makes an ordinal of them: `33. Jahrestag`.
    pub(super) dots_ordinals: bool,
    /// The names begin with a capital.
    pub(super) capitals: bool,
    /// A month or weekday that stands alone must have a unit after it (`mart ayında`), or it may be another word.
    pub(super) with_unit: bool,
    /// A weekday must have a preposition before it (`в среду`), or it may be another word.
    pub(super) after_preposition: bool,
    /// The word that tells which week stands behind the week: `la semaine dernière`.
    pub(super) which_behind: bool,
}
