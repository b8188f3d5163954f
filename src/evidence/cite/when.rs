//! The date of a citation, as precise as it is known.

use crate::document::{DateRule, Dated, Doubt};
use crate::time::{Date, Precision};

/// The date of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Unknown,
    /// A year that the document does not name as its own.
    Inferred(i32),
    Known(Date),
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, from 1.
pub(crate) fn month_name(month: u32) -> &'static str {
    (month as usize).checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

impl When {
    /// The date, and whether it is inferred.
    pub(crate) fn of(dated: &Dated) -> When {
        let Some(clue) = &dated.chosen else { return When::Unknown };
        let weak = matches!(
            clue.rule,
            DateRule::FileName | DateRule::FolderName | DateRule::Properties | DateRule::PageText | DateRule::FileTime
        );
        match clue.date.precision() {
            Precision::Year if weak || clue.uncertain => When::Inferred(clue.date.year()),
            _ => When::Known(clue.date),
        }
    }

    /// `26 February 1992`, `February 1992`, `1992`, `[1992?]`, `n.d.`
    pub(crate) fn day_first(self) -> String {
        match self {
            When::Unknown => "n.d.".into(),
            When::Inferred(year) => format!("[{year}?]"),
            When::Known(date) => match (date.month().map(month_name), date.day()) {
                (Some(month), Some(day)) => format!("{day} {month} {}", date.year()),
                (Some(month), None) => format!("{month} {}", date.year()),
                _ => date.year().to_string(),
            },
        }
    }

    /// `February 26, 1992`, `February 1992`, `1992`, `[1992?]`, `n.d.`
    pub(crate) fn month_first(self) -> String {
        match self {
            When::Known(date) => match (date.month().map(month_name), date.day()) {
                (Some(month), Some(day)) => format!("{month} {day}, {}", date.year()),
                _ => self.day_first(),
            },
            _ => self.day_first(),
        }
    }

    /// `1992, February 26`, `1992, February`, `1992`, `ca. 1992`, `n.d.`
    pub(crate) fn year_first(self) -> String {
        match self {
            When::Inferred(year) => format!("ca. {year}"),
            When::Known(date) => match (date.month().map(month_name), date.day()) {
                (Some(month), Some(day)) => format!("{}, {month} {day}", date.year()),
                (Some(month), None) => format!("{}, {month}", date.year()),
                _ => date.year().to_string(),
            },
            When::Unknown => self.day_first(),
        }
    }

    /// The date of the Extended Date/Time Format (ISO 8601-2): `1992-02-26`, `1992?`. None if there is none.
    pub(crate) fn edtf(self) -> Option<String> {
        match self {
            When::Unknown => None,
            When::Inferred(year) => Some(format!("{year:04}?")),
            When::Known(date) => Some(date.to_string()),
        }
    }
}

/// What a note says of the date: where it was taken from, if that is not the document's own statement, and what speaks
/// against it. None if there is nothing to say.
pub(crate) fn remark(dated: &Dated) -> Option<String> {
    let doubts = dated.doubts();
    let mut told = Vec::new();
    if let Some(clue) = &dated.chosen {
        if !doubts.is_empty() {
            told.push(format!("date from {}", origin(clue.rule)));
        }
        if doubts.contains(Doubt::Uncertain) {
            told.push(format!("the date is uncertain: \"{}\"", clue.written));
        }
    } else {
        told.push("undated".into());
        if let Some(partial) = &dated.yearless {
            told.push(format!("{} without a year", partial.written));
        }
    }
    if doubts.contains(Doubt::Conflicting) {
        let chosen = dated.date();
        let rival = dated
            .rivals
            .iter()
            .find(|clue| Some(clue.date) != chosen && chosen.is_none_or(|date| !may_be(date, clue.date)));
        if let Some(rival) = rival {
            told.push(format!("{} says {}", origin(rival.rule), When::Known(rival.date).day_first()));
        }
    }
    if doubts.contains(Doubt::Future) {
        let refused = dated.refused.first().map(|clue| When::Known(clue.date).day_first());
        told.extend(refused.map(|date| format!("another clue says {date}, which is after the day it was read")));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// All days that a date in doubt may be of, in the Extended Date/Time Format: `[1992-02-26,1992-02-27]`. None if there
/// is one at most.
pub(crate) fn one_of(dated: &Dated) -> Option<String> {
    let chosen = dated.date().filter(|_| dated.doubts().contains(Doubt::Conflicting))?;
    let rivals = dated.rivals.iter().map(|clue| clue.date).filter(|date| date.precision() == Precision::Day);
    let mut days: Vec<Date> = rivals.chain([chosen]).collect();
    days.sort_by_key(|date| (date.first_day(), date.last_day()));
    days.dedup();
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    (days.len() > 1).then(|| format!("[{}]", days.join(",")))
}

fn may_be(a: Date, b: Date) -> bool {
    a.first_day() <= b.last_day() && b.first_day() <= a.last_day()
}

/// Where a clue stands, in words.
fn origin(rule: DateRule) -> &'static str {
    match rule {
        DateRule::Given => "whoever added the document",
        DateRule::Corrected => "a correction of the archive's keeper",
        DateRule::Sidecar => "a list of references beside the file",
        DateRule::Header => "the document's head",
        DateRule::FrontMatter => "the file's front matter",
        DateRule::Field => "a field of the record",
        DateRule::Mail => "the header of the message",
        DateRule::JsonLd | DateRule::Meta => "the page's metadata",
        DateRule::PageHead | DateRule::TimeElement | DateRule::PageLine | DateRule::PageText => "the page",
        DateRule::Url => "the address",
        DateRule::Dateline => "the dateline",
        DateRule::HeadLine => "the head of the text",
        DateRule::FootLine => "the foot of the text",
        DateRule::FileName => "the file's name",
        DateRule::FolderName => "the folder's name",
        DateRule::Properties => "the file's properties",
        DateRule::FileTime => "the time the file was changed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_precisely_as_it_is_known() {
        for (date, day_first, month_first, year_first) in [
            ("1992-02-26", "26 February 1992", "February 26, 1992", "1992, February 26"),
            ("1992-02", "February 1992", "February 1992", "1992, February"),
            ("1992", "1992", "1992", "1992"),
        ] {
            let when = When::Known(date.parse().expect("a date"));
            assert_eq!(
                (&*when.day_first(), &*when.month_first(), &*when.year_first()),
                (day_first, month_first, year_first)
            );
            assert_eq!(when.edtf().as_deref(), Some(date));
        }
        assert_eq!((&*When::Unknown.day_first(), When::Unknown.edtf()), ("n.d.", None));
        assert_eq!(
            (&*When::Inferred(1992).month_first(), &*When::Inferred(1992).year_first()),
            ("[1992?]", "ca. 1992")
        );
    }
}
