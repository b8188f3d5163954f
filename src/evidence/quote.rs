//! A quote, and what is claimed of it.

use serde::{Deserialize, Serialize};

use crate::time::DateRange;

/// Words that somebody is said to have written, and where.
///
/// ```
/// use dateline::{Date, Quote};
///
/// let day: Date = "1992-02-26".parse()?;
/// let quote = Quote::new("The ferry ran all night.").source("Courier").dates(day.range());
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// The words, without the quotation marks around them.
    pub text: String,
    /// The line of the draft at which they begin, from 1.
    pub line: Option<u32>,
    /// The source that is said to have them, or one above it.
    pub source: Option<String>,
    /// The days of which the document is said to be.
    #[serde(skip)]
    pub dates: Option<DateRange>,
    /// The id of the document that is said to have them; no other is looked at.
    pub document: Option<String>,
}

impl Quote {
    /// A quote of which nothing is claimed.
    pub fn new(text: impl Into<String>) -> Quote {
        Quote { text: text.into(), ..Quote::default() }
    }

    /// Claims a source.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Quote {
        self.source = Some(source.into());
        self
    }

    /// Claims that the document is of one of these days.
    #[must_use]
    pub fn dates(mut self, dates: impl Into<DateRange>) -> Quote {
        self.dates = Some(dates.into());
        self
    }

    /// Names the document to look in, by its id or that of its record.
    #[must_use]
    pub fn document(mut self, id: impl Into<String>) -> Quote {
        self.document = Some(id.into());
        self
    }

    /// Sets the line of the draft.
    #[must_use]
    pub fn line(mut self, line: u32) -> Quote {
        self.line = Some(line);
        self
    }

    /// Returns whether a source or a day is claimed.
    pub(crate) fn claims(&self) -> bool {
        self.source.is_some() || self.dates.is_some()
    }
}

impl From<&str> for Quote {
    fn from(text: &str) -> Quote {
        Quote::new(text)
    }
}

impl From<String> for Quote {
    fn from(text: String) -> Quote {
        Quote::new(text)
    }
}
