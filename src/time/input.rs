//! Days as a person types them: `feb 1992`, `1968-05..06`, `before 1993`, `last week`.

use super::date::{Date, DateRange};
use super::names::folded;
use super::period;
use super::typed;
use super::typed::{Token, Typed};
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Note, NoteKind};

/// Longer than anything that names days, in bytes.
const LONGEST: usize = 200;

const FORMS: &str =
    "write it as 1992, feb 1992, 1992-02-25, 1992-02-25..1992-03-05, since 2024, before 1993 or last month";

/// Typed words read as a range of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDates {
    /// The days; both ends are included.
    pub range: DateRange,
    /// The decisions that reading them took.
    pub notes: Vec<Note>,
}

/// Reads days as people type them; what is relative counts from `today`.
///
/// Weeks run from Monday to Sunday. Both ends of a range are included: `until 1993` ends with 31 December 1993,
/// while `before 1993` ends the day before that year. A month or a day without a year is the latest that has begun.
///
/// # Errors
///
/// [`ErrorKind::Date`] where the words name no day, or one the calendar does not have.
///
/// ```
/// use dateline::{Date, parse_dates};
///
/// let today: Date = "2024-05-20".parse()?;
/// for (typed, range) in [
///     ("feb 1992", "1992-02-01..1992-02-29"),
///     ("1968-05..06", "1968-05-01..1968-06-30"),
///     ("since 26 February 2023", "2023-02-26.."),
///     ("before 1993", "..1992-12-31"),
///     ("last week", "2024-05-13..2024-05-19"),
/// ] {
///     assert_eq!(parse_dates(typed, today)?.range.to_string(), range);
/// }
/// # Ok::<(), dateline::Error>(())
/// ```
pub fn parse_dates(text: &str, today: Date) -> Result<ReadDates> {
    let typed = text.trim();
    if typed.is_empty() || typed.len() > LONGEST {
        return Err(unreadable(typed));
    }
    let today = Date::from_day_number(today.first_day());
    let mut reader = Reader { typed, today, notes: Vec::new() };
    let words = folded(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    let range = reader.range(&words).map_err(|error| match error.advice() {
        Some(_) => error,
        None => error.hint(FORMS),
    })?;
    let notes = reader.notes.into_iter().map(|message| Note::new(NoteKind::Dates, message)).collect();
    Ok(ReadDates { range, notes })
}

/// Reads the two ends of a range, each as [`parse_dates`] reads days: the first day of the one and the last day of the
/// other. Ends in the wrong order are read the other way round, each with all its days, and a note says so.
///
/// # Errors
///
/// [`ErrorKind::Date`] where the words of either name no day.
///
/// ```
/// use dateline::{Date, parse_ends};
///
/// let today: Date = "2024-05-20".parse()?;
/// assert_eq!(parse_ends(Some("feb 1992"), None, today)?.range.to_string(), "1992-02-01..");
/// let turned = parse_ends(Some("1993"), Some("1992"), today)?;
/// assert_eq!(turned.range.to_string(), "1992-01-01..1993-12-31");
/// assert_eq!(turned.notes[0].to_string(), "the first day is later than the last: read as 1992-01-01..1993-12-31");
/// # Ok::<(), dateline::Error>(())
/// ```
pub fn parse_ends(from: Option<&str>, to: Option<&str>, today: Date) -> Result<ReadDates> {
    let mut notes = Vec::new();
    let mut read = |typed: Option<&str>| -> Result<Option<DateRange>> {
        let Some(read) = typed.map(|typed| parse_dates(typed, today)).transpose()? else { return Ok(None) };
        notes.extend(read.notes);
        Ok(Some(read.range))
    };
    let (from, to) = (read(from)?, read(to)?);
    let ends = |from: Option<DateRange>, to: Option<DateRange>| {
        (from.and_then(DateRange::first), to.and_then(DateRange::last))
    };
    let (first, last) = ends(from, to);
    if first.zip(last).is_some_and(|(first, last)| first.first_day() > last.last_day()) {
        let (first, last) = ends(to, from);
        let range = DateRange::new(first, last);
        notes.push(Note::new(NoteKind::Dates, format!("the first day is later than the last: read as {range}")));
        return Ok(ReadDates { range, notes });
    }
    Ok(ReadDates { range: DateRange::new(first, last), notes })
}

fn unreadable(typed: &str) -> Error {
    let shown: String = typed.chars().take(60).collect();
    let message = if typed.is_empty() { "no date was given".into() } else { format!("\"{shown}\" names no day") };
    Error::new(ErrorKind::Date, message).hint(FORMS)
}

/// The days that a word before a date asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Since,
    Until,
    Before,
    After,
    Between,
    On,
}

/// Words that open a range, the longer before those they begin with.
const LEADS: &[(&str, Lead)] = &[
    ("between", Lead::Between),
    ("zwischen", Lead::Between),
    ("entre", Lead::Between),
    ("not before", Lead::Since),
    ("since", Lead::Since),
    ("from", Lead::Since),
    ("starting", Lead::Since),
    ("a partir de", Lead::Since),
    ("depuis", Lead::Since),
    ("des", Lead::Since),
    ("seit", Lead::Since),
    ("ab", Lead::Since),
    ("von", Lead::Since),
    ("desde", Lead::Since),
    ("dal", Lead::Since),
    ("с", Lead::Since),
    ("з", Lead::Since),
    ("not after", Lead::Until),
    ("up to", Lead::Until),
    ("until", Lead::Until),
    ("till", Lead::Until),
    ("til", Lead::Until),
    ("through", Lead::Until),
    ("to", Lead::Until),
    ("by", Lead::Until),
    ("jusqu'en", Lead::Until),
    ("jusqu'au", Lead::Until),
    ("jusqu'a", Lead::Until),
    ("bis", Lead::Until),
    ("hasta", Lead::Until),
    ("fino al", Lead::Until),
    ("по", Lead::Until),
    ("before", Lead::Before),
    ("avant", Lead::Before),
    ("vor", Lead::Before),
    ("antes de", Lead::Before),
    ("prima del", Lead::Before),
    ("до", Lead::Before),
    ("after", Lead::After),
    ("apres", Lead::After),
    ("nach", Lead::After),
    ("despues de", Lead::After),
    ("dopo il", Lead::After),
    ("после", Lead::After),
    ("during", Lead::On),
    ("in", Lead::On),
    ("on", Lead::On),
    ("en", Lead::On),
    ("im", Lead::On),
    ("am", Lead::On),
    ("в", Lead::On),
];

/// The signs and words between the two ends of a range.
const LINKS: &[&str] = &[
    " - ",
    " – ",
    " — ",
    "–",
    "—",
    " to ",
    " until ",
    " till ",
    " through ",
    " bis ",
    " au ",
    " hasta ",
    " по ",
    " до ",
];

/// Opens the second end after `between`, `entre`, `zwischen`.
const ANDS: &[&str] = &[" and ", " et ", " und ", " y ", " e "];

/// One end of a range as read: days with parts missing, or a stretch of time with a name.
#[derive(Clone, Copy)]
enum End {
    Typed(Typed),
    Range(DateRange),
}

/// Returns whether it may be an end of an interval as ISO 8601 and EDTF write it, `1992-02-25/1992-03-05`: a year, or what begins
/// with one and a hyphen. In `1992/02/25` the slashes are of one date.
fn is_iso(end: &str) -> bool {
    let figures = end.bytes().take_while(u8::is_ascii_digit).count();
    figures == 4 && end.get(4..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

struct Reader<'a> {
    typed: &'a str,
    today: Date,
    notes: Vec<String>,
}

impl Reader<'_> {
    fn range(&mut self, words: &str) -> Result<DateRange> {
        if let Some((from, to)) = ["...", "..", "…"].iter().find_map(|dots| words.split_once(dots)) {
            return match (from.trim(), to.trim()) {
                ("", "") => Ok(DateRange::all()),
                (from, "") => Ok(since(self.single(from)?)),
                ("", to) => Ok(until(self.single(to)?)),
                (from, to) => self.ends(from, to),
            };
        }
        if let Some((from, to)) = words.split_once('/').filter(|(from, to)| is_iso(from) && is_iso(to)) {
            return self.ends(from, to);
        }
        let lead = LEADS.iter().find_map(|&(lead, kind)| Some((kind, words.strip_prefix(lead)?.strip_prefix(' ')?)));
        let Some((kind, rest)) = lead else { return self.plain(words) };
        match kind {
            Lead::Between => match ANDS.iter().chain(LINKS).find_map(|and| rest.split_once(and)) {
                Some((from, to)) => self.ends(from, to),
                None => Err(self.unreadable()),
            },
            Lead::Since => match LINKS.iter().find_map(|link| rest.split_once(link)) {
                Some((from, to)) => self.ends(from, to),
                None => Ok(since(self.single(rest)?)),
            },
            Lead::Until => Ok(until(self.single(rest)?)),
            Lead::Before => match self.single(rest)?.first() {
                Some(first) if first > Date::MIN => Ok(DateRange::new(None, Some(first.plus_days(-1)))),
                _ => Err(self.unreadable()),
            },
            Lead::After => match self.single(rest)?.last() {
                Some(last) if last < Date::MAX => Ok(DateRange::new(Some(last.plus_days(1)), None)),
                _ => Err(self.unreadable()),
            },
            Lead::On => self.plain(rest),
        }
    }

    /// A date, or two with a link between them.
    fn plain(&mut self, words: &str) -> Result<DateRange> {
        if let Some((from, to)) = LINKS.iter().find_map(|link| words.split_once(link)) {
            return self.ends(from, to);
        }
        if let Some(end) = self.end(words) {
            return self.days(end);
        }
        // `25-26 february 1992`, `1990-95`, `february-may 1968`: no date as a whole, but two halves of one.
        match words.split_once('-') {
            Some((from, to)) if !to.contains('-') => self.ends(from, to),
            _ => Err(self.unreadable()),
        }
    }

    fn single(&mut self, words: &str) -> Result<DateRange> {
        let end = self.end(words).ok_or_else(|| self.unreadable())?;
        self.days(end)
    }

    fn days(&self, end: End) -> Result<DateRange> {
        match end {
            End::Typed(typed) if typed.bare.is_some() || typed.month.is_none() && typed.day.is_some() => {
                Err(self.unreadable())
            }
            End::Typed(typed) => Ok(typed.most_recent(self.today)?.range()),
            End::Range(range) => Ok(range),
        }
    }

    fn end(&mut self, words: &str) -> Option<End> {
        let tokens = typed::tokens(words);
        let tokens = match tokens.as_slice() {
            [Token::Word(the), rest @ ..] if the == "the" => rest,
            all => all,
        };
        match typed::read(tokens, self.today, &mut self.notes) {
            Some(typed) => Some(End::Typed(typed)),
            None => period::read(tokens, self.today, &mut self.notes).map(End::Range),
        }
    }

    /// From the first day of one end to the last day of the other, each completed from the other where parts of it
    /// were left out.
    fn ends(&mut self, from: &str, to: &str) -> Result<DateRange> {
        let (from, to) = match (self.end(from), self.end(to)) {
            (Some(from), Some(to)) => (from, to),
            _ => return Err(self.unreadable()),
        };
        let (from, to) = match (from, to) {
            (End::Typed(from), End::Typed(to)) => {
                let (from, to) = self.completed(from, to)?;
                (from.range(), to.range())
            }
            (from, to) => (self.days(from)?, self.days(to)?),
        };
        if from.first_number() <= to.last_number() {
            return Ok(DateRange::new(from.first(), to.last()));
        }
        let range = DateRange::new(to.first(), from.last());
        self.notes.push(format!("the ends were in the wrong order: read as {range}"));
        Ok(range)
    }

    fn completed(&self, mut from: Typed, mut to: Typed) -> Result<(Date, Date)> {
        fn place(bare: u32, typed: &mut Typed, other: Typed) {
            typed.bare = None;
            match other {
                Typed { day: Some(_), .. } => typed.day = Some(bare),
                Typed { month: Some(_), .. } => typed.month = Some(bare),
                // `1990-95`
                Typed { year: Some(year), .. } => typed.year = Some(year - year.rem_euclid(100) + bare as i32),
                _ => typed.bare = Some(bare),
            }
        }
        if let Some(bare) = to.bare {
            place(bare, &mut to, from);
        }
        if let Some(bare) = from.bare {
            place(bare, &mut from, to);
        }
        if from.bare.is_some() || to.bare.is_some() {
            return Err(self.unreadable());
        }
        if to.day.is_some() {
            to.month = to.month.or(from.month);
        }
        if from.day.is_some() {
            from.month = from.month.or(to.month);
        }
        let no_month = |typed: &Typed| typed.day.is_some() && typed.month.is_none();
        if no_month(&from) || no_month(&to) {
            return Err(self.unreadable());
        }
        // Where only one end names its year, the other is the nearest that keeps the ends in order.
        match (from.year, to.year) {
            (Some(year), None) => {
                let from = from.date(year)?;
                let same = to.date(year)?;
                let to = if same.last_day() < from.first_day() { to.date(year + 1)? } else { same };
                Ok((from, to))
            }
            (None, year) => {
                let to = if year.is_some() { to } else { Typed::from_date(to.most_recent(self.today)?) };
                let to = to.date(self.today.year())?;
                let same = from.date(to.year())?;
                let from = if to.last_day() < same.first_day() { from.date(to.year() - 1)? } else { same };
                Ok((from, to))
            }
            (Some(_), Some(year)) => Ok((from.date(year)?, to.date(year)?)),
        }
    }

    fn unreadable(&self) -> Error {
        unreadable(self.typed)
    }
}

fn since(range: DateRange) -> DateRange {
    DateRange::new(range.first(), None)
}

fn until(range: DateRange) -> DateRange {
    DateRange::new(None, range.last())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    /// A Wednesday.
    fn today() -> Date {
        "2024-05-22".parse().unwrap()
    }

    #[test]
    fn notes_say_what_was_decided() {
        for (typed, note) in [
            ("1993..1992", "the ends were in the wrong order: read as 1992-01-01..1993-12-31"),
            ("03/04/2023", "3/4 was read as day 3 of month 4"),
            ("feb 92", "the year 92 was read as 1992"),
            ("2 weeks ago", "read as 2024-05-06..2024-05-12, the whole week"),
        ] {
            assert_eq!(parse_dates(typed, today()).unwrap().notes, [Note::new(NoteKind::Dates, note)], "{typed}");
        }
        for typed in ["1992", "26/02/2023", "03.04.2023", "1992..1993", "26-02-2023", "25-26 February 1992"] {
            assert!(parse_dates(typed, today()).unwrap().notes.is_empty(), "{typed}");
        }
    }

    #[test]
    fn impossible_days_are_named_with_the_last_day_of_their_month() {
        for typed in ["2024-02-31", "31.02.2024", "31 February 2024", "since 2024-02-31"] {
            let error = parse_dates(typed, today()).unwrap_err();
            assert_eq!(error.to_string(), "there is no day 2024-02-31", "{typed}");
            assert_eq!(error.advice(), Some("the last day of that month is 2024-02-29"));
        }
        assert_eq!(parse_dates("nonsense", today()).unwrap_err().to_string(), "\"nonsense\" names no day");
        assert!(parse_dates(&"1".repeat(100_000), today()).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = parse_dates(&text, today());
        }

        #[test]
        fn any_words_of_dates_are_read_or_refused(
            words in proptest::collection::vec(
                proptest::sample::select(vec![
                    "1992", "26", "9999", "0001", "february", "last", "week", "between", "and", "since", "..", "-", "/",
                    "monday", "ago", "century", "1990", "s", "q", "4", "'", ".", "99999999", "before", "spring", "12",
                ]),
                0..8,
            ),
            glue in proptest::sample::select(vec!["", " "]),
        ) {
            let _ = parse_dates(&words.join(glue), today());
        }

        #[test]
        fn a_printed_range_reads_as_itself(a in -719_162i32..=2_932_896, b in -719_162i32..=2_932_896) {
            let range = DateRange::new(Some(Date::from_day_number(a.min(b))), Some(Date::from_day_number(a.max(b))));
            prop_assert_eq!(parse_dates(&range.to_string(), today()).unwrap().range, range);
        }
    }
}
