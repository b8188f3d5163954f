//! Reasons to check a date before relying on it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// One reason to doubt a document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// No clue gives a date.
    Undated,
    /// Another clue of comparable strength to the publication says a day more than one day away. A date of
    /// creation or of change is no such clue, and a month is not at odds with a day in it.
    Conflicting,
    /// A clue of comparable strength was refused because it lies after the day on which the document was read.
    Future,
    /// The date is only a month or a year, or was taken from the name of a file or a folder, from what a program noted
    /// in the file, from a date that stands by itself on a web page, or from the time the file was last changed.
    Weak,
    /// The clue itself leaves the date open: whoever wrote it was not sure (`c. 1723`, `1920?`, `[1920]`, `1731/32`),
    /// nothing tells which of two figures is the month, or a scanner took a figure for a letter.
    Uncertain,
}

impl Doubt {
    /// All reasons, in the order in which they are listed.
    pub const ALL: [Doubt; 5] = [Doubt::Undated, Doubt::Conflicting, Doubt::Future, Doubt::Weak, Doubt::Uncertain];

    /// `undated`, `conflicting`, `future`, `weak` or `uncertain`.
    pub fn name(self) -> &'static str {
        match self {
            Doubt::Undated => "undated",
            Doubt::Conflicting => "conflicting",
            Doubt::Future => "future",
            Doubt::Weak => "weak",
            Doubt::Uncertain => "uncertain",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Doubt {
    type Err = Error;

    /// Reads the [name](Doubt::name).
    fn from_str(name: &str) -> Result<Doubt, Error> {
        Doubt::ALL.into_iter().find(|doubt| doubt.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Doubt::ALL.iter().map(|doubt| doubt.name()).collect();
            Error::new(ErrorKind::Argument, format!("\"{name}\" is no reason for doubt"))
                .hint(format!("they are {}", names.join(", ")))
        })
    }
}

impl Serialize for Doubt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Doubt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Doubt, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The reasons to doubt one date; none for a date that can be trusted.
///
/// ```
/// use dateline::{Date, Document, Doubt};
///
/// let undated = Document::new("a", "The ferry ran all night.");
/// assert!(undated.dated.doubts().contains(Doubt::Undated));
/// assert!(undated.date("1992-02-26".parse::<Date>()?).dated.doubts().is_empty());
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Doubts(u8);

impl Doubts {
    /// Returns whether there is no reason for doubt.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether this is one of the reasons.
    pub fn contains(self, doubt: Doubt) -> bool {
        self.0 & doubt.bit() != 0
    }

    /// The reasons, in the order of [`Doubt::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Doubt> {
        Doubt::ALL.into_iter().filter(move |doubt| self.contains(*doubt))
    }

    /// The reasons as bits, for columns.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn from_bits(bits: u8) -> Doubts {
        Doubts(bits)
    }
}

impl FromIterator<Doubt> for Doubts {
    fn from_iter<I: IntoIterator<Item = Doubt>>(doubts: I) -> Doubts {
        Doubts(doubts.into_iter().fold(0, |bits, doubt| bits | doubt.bit()))
    }
}

impl fmt::Display for Doubts {
    /// The names, with commas between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Doubt::name).collect();
        f.pad(&names.join(", "))
    }
}

impl Serialize for Doubts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Doubts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Doubts, D::Error> {
        Ok(Vec::<Doubt>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn doubts_are_read_by_their_names_and_kept_as_bits() {
        for doubt in Doubt::ALL {
            assert_eq!(doubt.name().parse::<Doubt>().unwrap(), doubt);
        }
        assert!("strange".parse::<Doubt>().is_err());
        let both: Doubts = [Doubt::Weak, Doubt::Undated].into_iter().collect();
        assert_eq!(Doubts::from_bits(both.bits()), both);
        assert_eq!(serde_json::to_string(&both).unwrap(), r#"["undated","weak"]"#);
    }
}
