//! Dates of library and archive catalogues, with their doubts: `c. 1723`, `[1920]`, `1920?`, `2004-06-XX`, `1731/32`,
//! and years before 1000. The signs are those of the Extended Date/Time Format (ISO 8601-2) and of cataloguing rules.

use super::date::Date;
use super::expression::find_dates;
use super::names::folded;
use super::precision::Precision;

/// The longest such date, in bytes.
const LONGEST: usize = 60;

/// A date of a catalogue, which may be uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Uncertain {
    pub(crate) date: Date,
    /// Set if its author leaves it open.
    pub(crate) uncertain: bool,
}

/// The date of a value with signs or words of catalogues, or of a year before 1000. `None` for any other value.
pub(crate) fn catalogue_date(value: &str) -> Option<Uncertain> {
    if value.len() > LONGEST {
        return None;
    }
    let mut told = Told { rest: value.trim().to_string(), uncertain: false, marked: false };
    // In `1723 [i.e. 1732]` the second year is right.
    if let Some((_, right)) = value.split_once("i.e.") {
        told.rest = right.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')')).to_string();
        told.uncertain = true;
    }
    told.take_signs();
    told.take_words()?;
    let date = core(&told.rest, &mut told.uncertain)?;
    (told.uncertain || told.marked || date.year() < 1000).then_some(Uncertain { date, uncertain: told.uncertain })
}

/// The rest of a value from which signs are taken away, and their meanings.
struct Told {
    rest: String,
    uncertain: bool,
    /// Set if something else marks it as a year: `A.D.`
    marked: bool,
}

impl Told {
    /// Takes away brackets, question marks and similar signs.
    fn take_signs(&mut self) {
        let plain = self.rest.replace("(?)", "?");
        let bare: String = plain.chars().filter(|c| !matches!(c, '?' | '~' | '%' | '[' | ']' | '≈')).collect();
        // Other signs, such as `{1667,1668}`, mean more than one date.
        self.uncertain |= bare.len() < self.rest.len();
        self.rest = bare.trim().trim_end_matches('.').trim().to_string();
    }

    /// Takes away words for "about" and for the era. `None` for years before Christ, and for "before" and "after".
    fn take_words(&mut self) -> Option<()> {
        const ABOUT: [&str; 28] = [
            "c",
            "ca",
            "circa",
            "cca",
            "about",
            "around",
            "approx",
            "approximately",
            "probably",
            "um",
            "etwa",
            "ungefahr",
            "wohl",
            "vers",
            "env",
            "environ",
            "hacia",
            "verso",
            "около",
            "ок",
            "okolo",
            "ok",
            "omkring",
            "omstreeks",
            "noin",
            "yaklasik",
            "anno ca",
            "possibly",
        ];
        const ERA: [&str; 9] = ["ad", "a.d", "ce", "anno", "anno domini", "n. chr", "apr. j.-c", "d.c", "н.э"];
        const BEFORE: [&str; 12] =
            ["bc", "b.c", "bce", "v. chr", "av. j.-c", "a.c", "до н.э", "before", "after", "not", "vor", "nach"];
        let lower = folded(&self.rest);
        let word = |word: &str| {
            lower.trim_end_matches('.').ends_with(&format!(" {word}")) || lower.starts_with(&format!("{word} "))
        };
        if BEFORE.iter().any(|before| word(before)) {
            return None;
        }
        let first = lower.find(|c: char| c.is_ascii_digit())?;
        let head = lower.get(..first)?.trim().trim_end_matches('.').trim();
        if ABOUT.contains(&head) || head == "©" || head == "p" {
            (self.rest, self.uncertain) = (lower.get(first..)?.to_string(), true);
        } else if ERA.contains(&head) {
            (self.rest, self.marked) = (lower.get(first..)?.to_string(), true);
        } else if let Some(era) = ERA.iter().find(|era| lower.ends_with(&format!(" {era}"))) {
            let year = lower.strip_suffix(era)?.trim_end();
            (self.rest, self.marked) = (year.to_string(), true);
        }
        Some(())
    }
}

/// The date itself.
fn core(text: &str, uncertain: &mut bool) -> Option<Date> {
    if let Some(date) = unspecified(text) {
        *uncertain = true;
        return Some(date);
    }
    if let Ok(date) = text.parse::<Date>() {
        return Some(date).filter(|date| date.year() >= 100);
    }
    if let Some(date) = two_years(text) {
        *uncertain = true;
        return Some(date);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (3..=4).contains(&text.len()) {
        return Date::from_year(text.parse().ok()?).ok().filter(|date| date.year() >= 100);
    }
    let found = find_dates(text).into_iter().next()?;
    (found.range == (0..text.len()) && found.other.is_none()).then_some(found.date)
}

/// Reads `2004-06-XX`, `1984-uu-uu`, and a season, `2001-21`: the parts that are known.
fn unspecified(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let open = |part: &&str| part.len() == 2 && part.chars().all(|c| matches!(c, 'X' | 'x' | 'u' | '?'));
    let year = |year: &str| (year.len() == 4).then(|| Date::from_year(year.parse().ok()?).ok())?;
    match parts.as_slice() {
        [y, m] if open(m) => year(y),
        [y, season] if season.len() == 2 && (21..=41).contains(&season.parse::<u32>().ok()?) => year(y),
        [y, m, d] if open(m) && open(d) => year(y),
        [y, m, d] if open(d) => format!("{y}-{m}").parse().ok(),
        _ => None,
    }
}

/// Reads `1731/32`: a year that two calendars count differently, or that is not certain. For a day between January and
/// March it is the later one.
fn two_years(text: &str) -> Option<Date> {
    let (first, second) = text.rsplit_once('/')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(second) || !matches!(second.len(), 1 | 2 | 4) {
        return None;
    }
    let year = |date: Date| date.year();
    let next = |year: i32| (year + 1).to_string().ends_with(second);
    if digits(first) && first.len() == 4 {
        return Date::from_year(first.parse().ok()?).ok().filter(|date| next(year(*date)));
    }
    let found = find_dates(first).into_iter().next().filter(|found| found.range.end == first.len())?;
    let date = found.date;
    if !next(date.year()) || date.precision() == Precision::Year {
        return None;
    }
    let later = date.year() + i32::from(date.month()? <= 3);
    Date::day_of_calendar(later, date.month()?, date.day()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catalogue_dates_are_read_with_their_doubt() {
        for (value, expected) in [
            ("c. 1723", "1723 uncertain"),
            ("ca 1723", "1723 uncertain"),
            ("c1723", "1723 uncertain"),
            ("circa 1723", "1723 uncertain"),
            ("um 1723", "1723 uncertain"),
            ("vers 1723", "1723 uncertain"),
            ("около 1723", "1723 uncertain"),
            ("[ca. 1723]", "1723 uncertain"),
            ("[1920]", "1920 uncertain"),
            ("1920?", "1920 uncertain"),
            ("1920~", "1920 uncertain"),
            ("1920%", "1920 uncertain"),
            ("[1920?]", "1920 uncertain"),
            ("1920 (?)", "1920 uncertain"),
            ("2004-06-11?", "2004-06-11 uncertain"),
            ("2004-06~", "2004-06 uncertain"),
            ("?2004-06-~11", "2004-06-11 uncertain"),
            ("2004-06-XX", "2004-06 uncertain"),
            ("2004-XX-XX", "2004 uncertain"),
            ("2004-XX", "2004 uncertain"),
            ("2004-uu-uu", "2004 uncertain"),
            ("2001-21", "2001 uncertain"),
            ("1731/32", "1731 uncertain"),
            ("1731/2", "1731 uncertain"),
            ("1731/1732", "1731 uncertain"),
            ("11 February 1731/32", "1732-02-11 uncertain"),
            ("11 May 1731?", "1731-05-11 uncertain"),
            ("1723 [i.e. 1732]", "1732 uncertain"),
            ("0800-12-25", "0800-12-25"),
            ("0800", "0800"),
            ("A.D. 987", "0987"),
            ("987 AD", "0987"),
            ("1066 CE", "1066"),
        ] {
            let read = catalogue_date(value).map_or_else(String::new, |read| {
                format!("{}{}", read.date, if read.uncertain { " uncertain" } else { "" })
            });
            assert_eq!(read, expected, "{value}");
        }
    }

    #[test]
    fn other_values_are_left_to_others() {
        for value in [
            "1920",
            "2004-06-11",
            "26 February 2023",
            "500 BC",
            "before 1723",
            "198X",
            "19XX",
            "1964/2008",
            "0099",
            "",
            "?",
            "18th century",
            "c. 12",
            "{1667,1668}",
            "03/04/2019",
            "s.d.",
            "not before 1920",
        ] {
            assert_eq!(catalogue_date(value), None, "{value}");
        }
    }
}
