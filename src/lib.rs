//! Full-text search for archives of dated documents: saved articles, press releases, speeches, minutes.
//!
//! An [`Index`] is made from folders of files, or from [`Document`]s of your own. A question to it is answered with
//! documents in order, each with its date, its source, and the passages that show why it was found.
//!
//! ```
//! use dateline::{Date, Document, Index, Precision};
//!
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.add(
//!     Document::new("tract-17", "The ferry ran all night. Bread came down from the upper town. Nobody slept.")
//!         .source("Leaflets")
//!         .date("1992-02".parse::<Date>()?),
//! )?;
//! writer.add(Document::new("log-1", "Fog since four. The ferry stays where it is."))?;
//! writer.commit()?;
//!
//! let results = index.search("ferry -fog since:1992").run()?;
//! assert_eq!(results.read_as, "[ferry] · not [fog] · 1992-01-01..");
//! assert_eq!(results.total, 1);
//!
//! let hit = &results.hits[0];
//! assert_eq!(hit.id, "tract-17");
//! assert_eq!(hit.date_precision, Some(Precision::Month));
//! assert!(hit.passages[0].to_html().contains("The <mark>ferry</mark> ran all night."));
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! From files it is as short: see [`Update`]. More is in the folder `examples`: the smallest use, documents of your
//! own and their metadata, dates and a timeline, copies, comparing sources, paging by cursor, synonyms, a JSON server,
//! progress and cancellation.
//!
//! # One decision that shapes everything
//!
//! A document is found as a whole and read by its passages. Words, phrases, exclusions, filters and counts are about
//! documents, so they are exact: `health -insurance` finds the documents that mention health somewhere and insurance
//! nowhere. A passage is two to five whole sentences with a stable number and an exact place in the document's text;
//! passages are chosen when a question is answered, from the text the index keeps.
//!
//! An index is a cache. It can be thrown away and made again from the files at any time.
//!
//! # A map
//!
//! | To | use |
//! |---|---|
//! | read files as dated documents, with no index | [`Corpus`], which gives [`Document`]s |
//! | make an index, open it, have one in memory | [`Index`] |
//! | bring it up to date with folders | [`Index::update`]: [`Update`], [`Progress`], [`UpdateReport`] |
//! | add, replace and remove documents of your own | [`Index::writer`]: [`IndexWriter`], [`CommitReport`] |
//! | ask | [`Index::search`]: [`Search`], [`Sort`], [`Matching`] |
//! | read the answer | [`Results`], [`Hit`], [`Excerpt`], [`Highlight`], [`FacetCount`] |
//! | know where a score came from | [`Search::explain`]: [`Scores`], [`PartScore`] |
//! | hold words for the same | [`Search::synonyms`]: [`Synonyms`] |
//! | answer a list of questions on all processors | [`Questions`], [`json::BatchRow`] |
//! | let one document stand for its copies | [`Search::collapse_copies`]: [`Copied`], [`Relation`] |
//! | know who took over what, and what was changed | [`Search::copy_report`]: [`CopyReport`], [`Story`]; [`TextDiff`], [`Change`], [`FigureChange`] |
//! | know where something stands first | [`Search::first`]: [`FirstReport`], [`FirstDocument`], [`CopyOf`] |
//! | know which numbers are given for a thing, by whom and when | [`Search::figures`]: [`FiguresReport`], [`FigureGroup`], [`Quantity`] |
//! | count by year, month, week or day | [`Search::timeline`]: [`Timeline`], [`Bucket`], [`Unit`] |
//! | ask about the days that texts speak of | [`Search::about`], [`DayMention`]; [`Search::mentions_timeline`] |
//! | read a question as a person types it, or build one | [`Query`], whose page tells the language; [`Node`], [`Form`], [`Reach`] |
//! | know what was read otherwise than typed, or left out | [`Note`], [`NoteKind`] |
//! | read dates as a person types them | [`parse_dates`], [`parse_ends`], which give [`ReadDates`]; [`Date::today`] |
//! | find the days a text speaks of | [`mentions`], which gives [`Mention`]s |
//! | handle dates that may be only a month or a year | [`Date`], [`DateRange`], [`Precision`] |
//! | compare what sources say of the same thing, and when they changed it | [`Search::compare`]: [`Comparison`], [`Switch`] |
//! | know why a document has its date and its source | [`Dated`], [`DateClue`], [`Attribution`], [`SourceClue`] |
//! | find the dates that are not to be trusted | [`Search::date_report`]: [`DateReport`], [`Doubt`]; [`DateReport::to_corrections`] |
//! | count by source, find names that may be one | [`Search::source_report`]: [`json::SourceReport`], [`AlikeSources`] |
//! | filter on and count by the fields that files give their documents | [`Node::Own`], [`Search::field_report`]: [`FieldReport`], [`ValueCount`] |
//! | know what an index holds, and what was passed over | [`Index::info`], [`Index::skipped`]: [`Info`], [`Skipped`] |
//! | know whether an index is whole, and mend it | [`Index::verify`], [`Index::repair`]: [`Verification`], [`Repair`], [`Fault`] |
//! | report a fault | [`Index::diagnostics`]: [`Diagnostics`] |
//! | cut a text into passages, recognise its language | [`Splitter`], [`Passage`], [`Language`] |
//! | verify quotes against the archive, find those of a draft | [`QuoteCheck`], [`Quote`], [`Draft`]: [`QuoteReport`], [`CheckedQuote`], [`QuoteStatus`], [`Difference`] |
//! | cite a document, a passage, or a comparison | [`Citation`], [`CitationStyle`], [`cite_comparison`] |
//! | cite so that it can be checked again, and check it | [`Prover`], [`Evidence`], [`read_evidence`]: [`EvidenceReport`]; [`manifest()`] |
//! | write an answer as a table for spreadsheets | [`csv`]: [`csv::to_string`] |
//! | send an answer as JSON | [`json`]: [`json::to_string`], [`json::to_line`] |
//! | let language models ask, with the feature `mcp` | `mcp::Server` |
//! | let people ask in a browser and programs over HTTP, with the feature `serve` | `serve::Server` |
//! | know what went wrong, and what to do | [`Error`], [`ErrorKind`] |
//!
//! All of these names stand here; those of one subject also stand together in a module: [`answer`], [`document`],
//! [`query`], [`text`], [`time`]. Every answer serializes and deserializes, and [`json`] writes it as the command does.
//!
//! [`Index`] is cheap to clone, and every clone may search from its own thread. There is one writer at a time, also
//! among processes; searching never waits for it. Nothing here prints, and nothing here panics on what it is given.
//!
//! # Features
//!
//! The first four are on unless you say `default-features = false`.
//!
//! | Feature | Gives |
//! |---|---|
//! | `cli` | the command `dateline`; a program that only embeds the library does not need it |
//! | `mcp` | tools for language models over the Model Context Protocol |
//! | `serve` | the archive in a browser, and over HTTP for programs |
//! | `cluster` | archives in an OpenSearch cluster, named `http://127.0.0.1:9200/NAME` where a folder is; not on by itself |
//! | `cluster-tls` | the same on other machines, by TLS: `https://search.example:9200/NAME`; brings C and assembly |
//! | `full` | all of the formats below |
//! | `light` | those of them whose libraries weigh little: all but `pdf`, `office` and `epub` |
//! | `html` | web pages, their main text and what they say of themselves |
//! | `markdown` | front matter of Markdown, in YAML or TOML |
//! | `mail` | e-mail, Outlook messages, mailboxes, and pages saved as MHTML |
//! | `xml` | feeds, newswire, TEI, and other XML that is prose |
//! | `newspapers` | digitised newspapers and other scans: METS, ALTO, PAGE-XML, hOCR; pictures by way of tesseract |
//! | `bibliography` | lists of references, which date and name the files they point to: RIS, BibTeX, CSL-JSON |
//! | `pdf` | PDF, with its pages |
//! | `office` | texts, spreadsheets and presentations of Microsoft Office, old and new, and of OpenDocument |
//! | `epub` | EPUB |
//! | `gzip`, `zstd`, `xz`, `bzip2` | compressed files, in any of the formats |
//! | `zip`, `tar`, `warc` | archives of files, and of web pages |
//!
//! Without any of them there are plain text, RTF, subtitles, JSON, JSON Lines and tables, and all of the index and its search.
//!
//! # What it cannot do
//!
//! * Other formats than these: a drawing, or a picture whose words nobody asks to have recognised ([`Ocr`]), is passed over
//!   and listed with the reason.
//! * Words by their meaning, or across languages. Stems are found, translations are not, and synonyms only from a list of yours.
//! * Days outside the years 1 to 9999 of the calendar in use today. Dates have no clock and no time zone.
//! * A document longer than 64 MB, unless [`Corpus::document_limit`] is raised. Its whole text is in memory while it is
//!   read.
//! * An index without the texts. It keeps them, so that passages can be shown when the files are elsewhere.
//! * More than one machine.

// No input is a reason to panic, and nothing but the command prints.
#![cfg_attr(not(test), warn(clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout))]

pub mod answer;
mod backend;
mod catalog;
#[cfg(feature = "cluster")]
mod cluster;
mod corpus;
pub mod document;
mod error;
mod evidence;
mod figures;
mod index;
mod indexer;
#[cfg(feature = "mcp")]
pub mod mcp;
mod note;
#[cfg(test)]
mod oracle;
mod passages;
pub mod query;
mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod text;
pub mod time;

pub use answer::csv;
pub use answer::json;
pub use answer::{
    AlikeSources, Bucket, CheckedEvidence, CheckedQuote, CommitReport, ComparedCell, ComparedQuery, ComparedSource,
    Comparison, Copied, CopyOf, CopyReport, Cursor, DateReport, DatedDocument, DayMention, Diagnostics, Difference,
    DifferenceClass, DoubtCount, Evidence, EvidenceReport, EvidenceStatus, Excerpt, FacetCount, Fault, FieldReport,
    FigureGroup, FigurePassage, FigureSource, FiguresReport, FileManifest, FirstDocument, FirstReport, Highlight, Hit,
    Info, LanguageCount, ManifestFile, Matched, PartScore, QuoteGap, QuotePlace, QuoteReport, QuoteStatus, ReasonCount,
    Relation, Repair, Results, RuleCount, Scores, SegmentDiagnostics, Share, Sighting, Skipped, SourceStep,
    SourceSteps, Space, SpacePart, Story, Switch, Timeline, TimelineMentions, Unit, UpdateReport, ValueCount,
    Verification,
};
pub use corpus::{Corpus, Documents, Ocr};
pub use document::{
    Attribution, Certainty, DateClue, DateEvent, DateRule, Dated, Document, Doubt, Doubts, Place, Source, SourceClue,
    SourceRule, Spot, YearlessClue,
};
pub use error::{Error, ErrorKind, Result};
pub use evidence::check::QuoteCheck;
pub use evidence::cite::citation::Citation;
pub use evidence::cite::comparison::cite_comparison;
pub use evidence::cite::style::CitationStyle;
pub use evidence::draft::read::Draft;
pub use evidence::manifest::manifest;
pub use evidence::proof::{Prover, read_evidence};
pub use evidence::quote::Quote;
pub use figures::{Bound, Quantity};
pub use index::writing::index_writer::IndexWriter;
pub use index::writing::update::Update;
pub use indexer::update::Progress;
pub use note::{Note, NoteKind};
pub use query::{Form, Matching, Node, Query, Question, Questions, Reach, Synonyms};
pub use search::builder::Search;
pub use search::current::CurrentIndex;
pub use search::index::Index;
pub use search::request::Sort;
pub use text::{Change, FigureChange, Language, Passage, Splitter, TextDiff};
pub use time::{
    Date, DateRange, Mention, MentionCertainty, MentionContext, MentionKind, MentionRule, MonthDay, Precision,
    ReadDates, mentions, parse_dates, parse_ends,
};

// The example of README must compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
