//! Cursors: the end of one page of an answer, at which the next page begins.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Result};

/// The end of a page. [`Results::next`](crate::Results::next) gives it, and [`Search::after`](crate::Search::after)
/// takes it. As text it is one word, to be kept and handed back unchanged.
///
/// As long as the index does not change, pages that follow each other hold every document once, however many have the
/// same score or day. If the index changes, the next page continues from the same place in the new order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// The number of documents on this page and those before it.
    pub(crate) rank: u64,
    pub(crate) place: Place,
}

/// The place of the last document in the order, with the key that orders equal documents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// Among the first documents, which are re-ranked as a whole.
    Top,
    /// Behind those, by the score it was found with.
    Score(f32, u64),
    /// In an order by day. A smaller number comes earlier.
    Day(i64, u64),
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Top => write!(f, "t.{}", self.rank),
            Place::Score(score, key) => write!(f, "s.{}.{:x}.{key:x}", self.rank, score.to_bits()),
            Place::Day(day, key) => write!(f, "d.{}.{day}.{key:x}", self.rank),
        }
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Cursor> {
        let read = || -> Option<Cursor> {
            let parts: Vec<&str> = text.split('.').collect();
            let key = |digits| u64::from_str_radix(digits, 16).ok();
            let (rank, place) = match *parts.as_slice() {
                ["t", rank] => (rank, Place::Top),
                ["s", rank, bits, last] => {
                    (rank, Place::Score(f32::from_bits(u32::from_str_radix(bits, 16).ok()?), key(last)?))
                }
                ["d", rank, day, last] => (rank, Place::Day(day.parse().ok()?, key(last)?)),
                _ => return None,
            };
            Some(Cursor { rank: rank.parse().ok()?, place })
        };
        read().ok_or_else(|| {
            Error::new(ErrorKind::Argument, format!("\"{text}\" is not the end of a page"))
                .hint("give what an answer had as its `next`, for the same question in the same order")
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Cursor, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cursors_come_back_from_text_as_they_were_and_nothing_else_is_one() {
        for place in [Place::Top, Place::Score(7.25, 1), Place::Day(-12_345, 0), Place::Day(i64::MAX, u64::MAX)] {
            let cursor = Cursor { rank: 40, place };
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
        for text in ["", "t", "t.1.2", "t.1.2.3", "s.1.2", "s.1.zz.3", "d.1.x.3", "x.1.2.3", "t.-1.2", "s.1.2.3.4"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
