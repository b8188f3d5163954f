//! Fields: the names before a colon, and the conditions they make of the text behind it.

use super::ast::Node;
use crate::note::Note;
use crate::time::{Date, DateRange, parse_dates};

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// `date:` and `on:`, the days named.
    On,
    /// `since:` and `from:`, the first day named and all after it.
    Since,
    /// `until:` and `to:`, the last day named and all before it.
    Until,
    /// `before:`, the days before the first one named.
    Before,
    /// `after:`, the days after the last one named.
    After,
    /// `about:`, the days that a text speaks of.
    About,
    /// `source:`.
    Source,
    /// `lang:`.
    Language,
    /// `title:`.
    Title,
    /// `author:`.
    Author,
    /// `file:`.
    File,
    /// `field:`, one of the documents' own fields.
    Own,
}

const NAMES: [(&str, Field); 16] = [
    ("date", Field::On),
    ("on", Field::On),
    ("since", Field::Since),
    ("from", Field::Since),
    ("until", Field::Until),
    ("to", Field::Until),
    ("before", Field::Before),
    ("after", Field::After),
    ("about", Field::About),
    ("source", Field::Source),
    ("lang", Field::Language),
    ("language", Field::Language),
    ("title", Field::Title),
    ("author", Field::Author),
    ("file", Field::File),
    ("field", Field::Own),
];

/// The condition that a field and its value make.
pub(crate) struct Condition {
    pub(crate) node: Node,
    /// Remarks on what was read otherwise than typed.
    pub(crate) notes: Vec<Note>,
}

impl Field {
    /// The field with this name, in any letter case.
    pub(crate) fn named(name: &str) -> Option<Field> {
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, field)| field)
    }

    /// A value to show where one is missing.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Field::Source => "Gazette",
            Field::Language => "en",
            Field::Title => "fire",
            Field::Author => "Hale",
            Field::File => "courier",
            Field::Own => "desk=foreign",
            _ => "1992-02",
        }
    }

    /// The condition, or, if the value names no date, a sentence that says so.
    pub(crate) fn condition(self, name: &str, value: &str, today: Date) -> Result<Condition, String> {
        let named = |make: fn(String) -> Node| Ok(Condition { node: make(value.to_owned()), notes: Vec::new() });
        match self {
            Field::Source => named(Node::Source),
            Field::Language => named(Node::Language),
            Field::Author => named(Node::Author),
            Field::File => named(Node::File),
            Field::Own => named(Node::Own),
            Field::Title => named(|text| Node::Title(Box::new(Node::Phrase(text)))),
            Field::On | Field::Since | Field::Until | Field::Before | Field::After | Field::About => {
                let read = parse_dates(value, today).map_err(|error| error.message().to_owned())?;
                let range = self
                    .days(read.range)
                    .ok_or_else(|| format!("{}: has no day to count from in {value}", name.to_ascii_lowercase()))?;
                let node = if self == Field::About { Node::About(range) } else { Node::Date(range) };
                Ok(Condition { node, notes: read.notes })
            }
        }
    }

    /// The days that the field asks for, given the days named. None if the end that counts is open, or if the calendar
    /// ends there.
    fn days(self, named: DateRange) -> Option<DateRange> {
        let range = match self {
            Field::Since => DateRange::new(Some(named.first()?), None),
            Field::Until => DateRange::new(None, Some(named.last()?)),
            Field::Before => {
                let first = named.first()?;
                (first != Date::MIN)
                    .then(|| DateRange::new(None, Some(Date::from_day_number(first.first_day() - 1))))?
            }
            Field::After => {
                let last = named.last()?;
                (last != Date::MAX).then(|| DateRange::new(Some(Date::from_day_number(last.last_day() + 1)), None))?
            }
            _ => named,
        };
        (!range.is_all() && !range.is_empty()).then_some(range)
    }
}

/// Returns whether the text begins with the name of a field, or nearly one.
pub(crate) fn is_named(text: &str) -> bool {
    let known = |name| Field::named(name).is_some() || misspelt(name).is_some();
    text.split_once(':').is_some_and(|(name, _)| known(name)) || unknown(text).is_some()
}

/// The name and the value of what looks like a field and is none of the language: `desk:foreign`. Not `10:30`, `c:x` or
/// an address.
pub(crate) fn unknown(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(':')?;
    let value = value.trim_end_matches([',', ';']);
    let is_value = value.starts_with(char::is_alphanumeric) && !value.contains(':');
    (is_value && is_unknown(name)).then_some((name, value))
}

/// Returns whether this is the name of no field of the language, and may be that of one of the documents' own.
pub(crate) fn is_unknown(name: &str) -> bool {
    (2..=24).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && Field::named(name).is_none()
}

/// Lucene's `[1992 TO 1993]` as a range of this language. Brackets say in Lucene whether the ends count; here they
/// always do.
pub(crate) fn lucene_range(value: &str) -> Option<String> {
    let inside = value.strip_prefix(['[', '{'])?.strip_suffix([']', '}'])?;
    let (from, to) = inside.split_once(" TO ")?;
    let end = |typed: &str| typed.trim_matches(|c: char| c.is_whitespace() || c == '*').to_owned();
    Some(format!("{}..{}", end(from), end(to)))
}

/// The field that somebody most likely meant by a misspelt name. Short names (`on`, `to`) are never guessed, because
/// too many words are close to them.
pub(crate) fn misspelt(name: &str) -> Option<&'static str> {
    if !(3..=10).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let typed = name.to_ascii_lowercase();
    NAMES
        .iter()
        .filter(|(known, _)| known.len() > 3)
        .map(|&(known, _)| (strsim::osa_distance(&typed, known), known))
        .filter(|&(distance, known)| distance <= if known.len() > 4 { 2 } else { 1 })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_are_known_in_any_case_and_slips_are_guessed() {
        assert_eq!(Field::named("SiNcE"), Some(Field::Since));
        assert_eq!(Field::named("sinc"), None);
        let guesses = [
            ("sorce", Some("source")),
            ("soruce", Some("source")),
            ("sources", Some("source")),
            ("form", Some("from")),
            ("dat", Some("date")),
            ("befor", Some("before")),
            ("untill", Some("until")),
            ("abuot", Some("about")),
            ("laguage", Some("language")),
            ("http", None),
            ("Re", None),
            ("x", None),
            ("minister", None),
            ("Date2", None),
        ];
        for (typed, meant) in guesses {
            assert_eq!(misspelt(typed), meant, "{typed}");
        }
    }

    #[test]
    fn before_and_after_leave_the_named_days_out_and_the_others_keep_them() {
        let today = Date::from_ymd(2024, 5, 11).unwrap();
        let read = |name: &str, value: &str| {
            let condition = Field::named(name).unwrap().condition(name, value, today);
            condition.map(|condition| match condition.node {
                Node::Date(range) => range.to_string(),
                other => format!("{other:?}"),
            })
        };
        for (name, value, days) in [
            ("date", "1992-02", "1992-02-01..1992-02-29"),
            ("on", "1992-02-26", "1992-02-26"),
            ("since", "1992-02", "1992-02-01.."),
            ("from", "1992", "1992-01-01.."),
            ("until", "1992-02", "..1992-02-29"),
            ("to", "1992", "..1992-12-31"),
            ("before", "1992-03", "..1992-02-29"),
            ("after", "1992-02", "1992-03-01.."),
            ("before", "1992..1994", "..1991-12-31"),
            ("after", "1992..1994", "1995-01-01.."),
        ] {
            assert_eq!(read(name, value).as_deref(), Ok(days), "{name}:{value}");
        }
        for (name, value) in [("before", "..1992"), ("after", "1992.."), ("before", "0001"), ("after", "9999")] {
            assert!(read(name, value).unwrap_err().contains("no day to count from"), "{name}:{value}");
        }
    }
}
