//! A document: its text, its date and source with the reasons for them, and where it lies.
//!
//! The main type is [`Document`], plain data that is read from a file or built by hand. A date or a source is never a
//! bare value: [`Dated`] and [`Attribution`] keep every clue with the words it was taken from, the strongest first, so
//! the choice can be shown, doubted ([`Doubt`]) and corrected. [`Place`] is where the document lies: file, path inside
//! an archive, line, page.
//!
//! The invariant: nothing is made up. A document without a clue has no date, one that names a month has a month, and a
//! clue that lost against a stronger one stays in the list.

/// The name, in the metadata, of what recognised words on pictures.
pub(crate) const RECOGNISED_BY: &str = "recognised_by";

mod attribution;
mod certainty;
mod dated;
pub(crate) mod doubt;
mod location;
pub(crate) mod path;
mod source;
mod spot;

use std::collections::BTreeMap;

pub use attribution::{Attribution, SourceClue, SourceRule};
pub use certainty::Certainty;
pub use dated::{DateClue, DateEvent, DateRule, Dated, YearlessClue};
pub use doubt::{Doubt, Doubts};
pub use location::Place;
pub(crate) use location::{join, locator};
pub use source::Source;
pub use spot::Spot;
#[cfg(feature = "office")]
pub(crate) use spot::column_number;
pub(crate) use spot::{begin_at, locate};

use crate::text::{Language, Passage, Splitter};
use crate::time::Date;

/// One document of an archive, read from a file or built by hand.
///
/// ```
/// use dateline::{Date, Document};
///
/// let tract = Document::new("tract-17", "Soyez réalistes, demandez l'impossible.")
///     .title("Tract 17")
///     .source("Sorbonne")
///     .date("1968-05".parse::<Date>()?);
/// assert_eq!(tract.dated.date().map(|d| d.to_string()).as_deref(), Some("1968-05"));
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// The name of the document in an index. Adding another document with the same id replaces it.
    ///
    /// The id of a document from a file is 16 hexadecimal digits, made of the file's path below the folder it was found
    /// in and of the record's place in the file. The same archive gives the same ids wherever it is kept.
    pub id: String,
    /// The id that the record gives itself, as in JSON Lines.
    pub record_id: Option<String>,
    /// Ids that the document had while its file lay elsewhere, the latest first. It is found by them too.
    pub former_ids: Vec<String>,
    /// The text that is searched, split into passages and shown.
    pub text: String,
    /// The title.
    pub title: Option<String>,
    /// The date of publication, and how it is known.
    pub dated: Dated,
    /// Who published it, whom it cites, who wrote it.
    pub attribution: Attribution,
    /// The language of the text.
    pub language: Option<Language>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The place of the document in an archive.
    pub place: Place,
    /// The character encoding its bytes were read in. None for a document built by hand.
    pub encoding: Option<String>,
    /// The evidence for the encoding. None where the format settles it.
    pub certainty: Option<Certainty>,
    /// The number of characters of the text (U+FFFD) that stand for bytes that mean nothing in the encoding.
    pub unreadable: u64,
    /// Other facts that the document states about itself, by name.
    pub metadata: BTreeMap<String, String>,
}

impl Document {
    /// A document built by hand, without date and source until they are set. Its language is recognised when it is
    /// added to an index, unless it is set.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Document {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// All ids that name the document: its own, that of its record, and those it had before its file was moved.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &String> {
        [&self.id].into_iter().chain(&self.record_id).chain(&self.former_ids)
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the publication date.
    #[must_use]
    pub fn date(mut self, date: Date) -> Self {
        self.dated = Dated::from(date);
        self
    }

    /// Sets the publisher. Parts separated by `/` make a path of sources.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.attribution.publisher =
            Some(SourceClue { name: source.into(), rule: SourceRule::Given, place: String::new() });
        self
    }

    /// Sets the language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Sets the address it was published at.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The passages of its text, as an index numbers them.
    pub fn passages(&self) -> Vec<Passage> {
        Splitter::default().split(&self.text)
    }

    /// Adds a fact to its metadata.
    #[must_use]
    pub fn metadata(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(name.into(), value.into());
        self
    }
}
