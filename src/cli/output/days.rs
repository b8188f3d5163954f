//! Days, for reading.

use dateline::{Date, DateRange, Dated, DayMention, MentionCertainty, Precision};

use super::words::harmless;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The most mentions of one passage that are printed. Of more, their number is.
const MOST_TOLD: usize = 3;
/// The most bytes between two mentions of the same days that are the two ends of a range.
const BETWEEN: usize = 8;

fn month(date: Date) -> &'static str {
    date.month().and_then(|month| MONTHS.get(month as usize - 1)).copied().unwrap_or_default()
}

/// A date: `26 Feb 1992`, `Feb 1992`, `1992`, `undated`.
pub(super) fn day(date: Option<Date>) -> String {
    let Some(date) = date else { return "undated".into() };
    match date.precision() {
        Precision::Day => format!("{} {} {}", date.day().unwrap_or(1), month(date), date.year()),
        Precision::Month => format!("{} {}", month(date), date.year()),
        Precision::Year => date.year().to_string(),
    }
}

/// The publication date of a document, with a question mark if the clue leaves it open: `1723?`
pub(super) fn published(dated: &Dated) -> String {
    let open = dated.chosen.as_ref().is_some_and(|clue| clue.uncertain);
    format!("{}{}", day(dated.date()), if open { "?" } else { "" })
}

/// Days in the shortest form: `25–26 Feb 1992`, `30 Dec 1991 – 2 Jan 1992`, `Feb 1992`, `1990–1999`.
pub(super) fn days(range: DateRange) -> String {
    let (Some(first), Some(last)) = (range.first(), range.last()) else { return range.to_string() };
    let year = Date::from_year(first.year()).ok();
    let whole_month = first.month().and_then(|month| Date::from_ym(first.year(), month).ok());
    let whole = [year, whole_month].into_iter().flatten().find(|date| date.range() == range);
    let years = |date: Date| Date::from_year(date.year()).map(Date::range).unwrap_or_default();
    let short = |date: Date| format!("{} {}", date.day().unwrap_or(1), month(date));
    if first == last || whole.is_some() {
        day(whole.or(Some(first)))
    } else if years(first).first() == Some(first) && years(last).last() == Some(last) {
        format!("{}–{}", first.year(), last.year())
    } else if first.year() != last.year() {
        format!("{} – {}", day(Some(first)), day(Some(last)))
    } else if first.month() != last.month() {
        format!("{} – {}", short(first), day(Some(last)))
    } else {
        format!("{}–{}", first.day().unwrap_or(1), day(Some(last)))
    }
}

/// The days a text speaks of, with its words: `~ 25 Feb 1992 “on Tuesday”`. A tilde says that the days were counted
/// from the day of publication, a double one that they were worked out. None if there are none.
pub(super) fn spoken_of(text: &str, mentions: &[DayMention]) -> Option<String> {
    let mut told: Vec<(DayMention, String)> = Vec::new();
    for mention in mentions {
        let (mut mention, mut from) = (mention.clone(), mention.bytes.start);
        let other_end = told.last().filter(|(before, _)| {
            before.days == mention.days && mention.bytes.start.saturating_sub(before.bytes.end) <= BETWEEN
        });
        if let Some((before, _)) = other_end {
            (mention.certainty, from) = (before.certainty.max(mention.certainty), before.bytes.start);
            told.pop();
        }
        mention.bytes.start = from;
        let words = text.get(mention.bytes.clone()).unwrap_or_default();
        let mark = match mention.certainty {
            MentionCertainty::Certain => "",
            MentionCertainty::Relative => "~ ",
            MentionCertainty::Derived => "≈ ",
        };
        let line = format!("{mark}{} “{}”", days(mention.days), harmless(words));
        told.push((mention, line));
    }
    let mut lines: Vec<&str> = told.iter().map(|(_, line)| line.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    lines.retain(|line| seen.insert(*line));
    let more = lines.len().saturating_sub(MOST_TOLD);
    lines.truncate(MOST_TOLD);
    let line = lines.join(" · ");
    match more {
        _ if line.is_empty() => None,
        0 => Some(line),
        more => Some(format!("{line} · and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_are_told_as_short_as_they_can_be() {
        for (from, to, told) in [
            ("1992-02-25", "1992-02-25", "25 Feb 1992"),
            ("1992-02-25", "1992-02-26", "25–26 Feb 1992"),
            ("1992-02-25", "1992-03-05", "25 Feb – 5 Mar 1992"),
            ("1991-12-30", "1992-01-02", "30 Dec 1991 – 2 Jan 1992"),
            ("1992-02", "1992-02", "Feb 1992"),
            ("1992", "1992", "1992"),
            ("1990", "1999", "1990–1999"),
            ("1992", "", "1992-01-01.."),
        ] {
            assert_eq!(days(DateRange::new(from.parse().ok(), to.parse().ok())), told);
        }
    }
}
