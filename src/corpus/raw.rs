//! A raw document: what a file says of itself, before anything is guessed.

use std::collections::BTreeMap;

use crate::document::Certainty;
use crate::document::Place;

/// The origin of a declared value. Formats fill it in, and dating and attribution weigh it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(not(all(feature = "html", feature = "markdown")), allow(dead_code))]
pub(crate) enum Origin {
    /// A list of references beside the file.
    #[cfg_attr(not(feature = "bibliography"), allow(dead_code))]
    Sidecar,
    /// A `Name: value` line at the head of the text.
    Header,
    /// YAML or TOML front matter.
    FrontMatter,
    /// A field of a record.
    Field,
    /// A header of an e-mail.
    #[cfg_attr(not(feature = "mail"), allow(dead_code))]
    Mail,
    /// JSON-LD in a web page.
    JsonLd,
    /// A meta tag.
    Meta,
    /// A `<time>` element, or one whose class speaks of a date.
    TimeElement,
    /// An element about a date, or a line with figures, beside the headline of a web page. The name of a line is the
    /// short line before it.
    PageHead,
    /// A line with figures elsewhere in the main part of a web page.
    PageLine,
    /// A line or element of a web page, beside or under what it is about. The name of a line is the line before it.
    PageText,
    /// A note by the program that made the file, as PDF and Office documents have it.
    Properties,
}

/// The order of day and month in a date of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The order of those dates in figures that have only one reading, such as `25/12/2018`. None if they differ.
    pub(crate) fn of_dates<'a>(dates: impl Iterator<Item = &'a str>) -> Option<Order> {
        let mut seen = None;
        for order in dates.filter_map(Order::of_date) {
            match seen {
                Some(before) if before != order => return None,
                _ => seen = Some(order),
            }
        }
        seen
    }

    fn of_date(date: &str) -> Option<Order> {
        let mut parts = date.split(['/', '-']);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let small = |part: &str| if part.len() <= 2 { part.parse::<u32>().ok() } else { None };
        (year.len() >= 2).then_some(())?;
        match (small(first)?, small(second)?) {
            (13..=31, 1..=12) => Some(Order::DayFirst),
            (1..=12, 13..=31) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// A name and a value that a document declares about itself. They are kept in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) origin: Origin,
    /// The name as the file has it: `date`, `article:published_time`, `datePublished`, `og:site_name`,
    /// `publisher.name`.
    pub(crate) name: String,
    pub(crate) value: String,
    /// Its place, in words for a person: `line 1`, `meta article:published_time`, `json-ld datePublished`.
    pub(crate) place: String,
}

/// The facts that a container, or the mail around an attachment, states about a file in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// The address it was published at.
    pub(crate) url: Option<String>,
    /// The character set that the server named.
    pub(crate) charset: Option<String>,
    pub(crate) declared: Vec<Declared>,
    pub(crate) metadata: Vec<(String, String)>,
}

/// A document as a format gives it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawDocument {
    /// The text to be searched and shown.
    pub(crate) text: String,
    /// The key that tells the records of one file apart. Empty for a file that is one document.
    pub(crate) key: String,
    pub(crate) record_id: Option<String>,
    pub(crate) title: Option<String>,
    /// The declared language, as written: `en`, `en-GB`, `English`.
    pub(crate) language: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) declared: Vec<Declared>,
    pub(crate) metadata: BTreeMap<String, String>,
    /// The kinds of parts that rules left out of the text on purpose, with their numbers.
    pub(crate) left_out: BTreeMap<&'static str, usize>,
    /// The order of day and month in the other records of its file.
    pub(crate) order: Option<Order>,
    /// Line and byte, and whether the lines are the file's own. The path is filled in by whoever opened the file.
    pub(crate) place: Place,
    pub(crate) encoding: Option<String>,
    /// The evidence for the encoding. None where the format settles it.
    pub(crate) certainty: Option<Certainty>,
}

impl RawDocument {
    /// Notes how many parts of a kind a rule left out of the text on purpose.
    pub(crate) fn leave_out(&mut self, what: &'static str, count: usize) {
        if count > 0 {
            *self.left_out.entry(what).or_default() += count;
        }
    }

    /// The number of the text's first line in its file, if its lines are the file's own; otherwise 1.
    pub(crate) fn first_line(&self) -> usize {
        self.place.line.filter(|_| self.place.lines).unwrap_or(1) as usize
    }
}
