//! A question: a tree of parts, and notes on how it was read.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::ast::{Matching, Node, Reach};
use super::normal::{all_of, cut, near_each_other, tidy};
use super::parse::parse;
use super::print;
use crate::note::{Note, NoteKind};
use crate::time::Date;

#[doc = include_str!("QUERY.md")]
///
/// # In a program
///
/// A `Query` is plain data: a tree of [`Node`]s, and [`Note`]s about what was read otherwise than typed.
/// Displayed, it is a text that parses to the same tree again.
///
/// ```
/// use dateline::{Matching, Node, Query};
///
/// let query = Query::parse("harbour fire -insurance before:1993", "2024-05-11".parse()?);
/// assert_eq!(query.describe(Matching::Auto), "all of [harbour fire] · not [insurance] · ..1992-12-31");
/// assert_eq!(query.to_string(), "harbour fire date:..1992-12-31 -insurance");
///
/// let query = query.and(Node::Source("Harbour Gazette".into()));
/// assert_eq!(query.to_string(), "harbour fire date:..1992-12-31 source:\"Harbour Gazette\" -insurance");
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(crate) root: Node,
    pub(crate) notes: Vec<Note>,
}

impl Query {
    /// The page on the query language, in Markdown.
    pub const SYNTAX: &'static str = include_str!("QUERY.md");

    /// The question as a tree.
    pub fn node(&self) -> &Node {
        &self.root
    }

    /// Remarks on how the text was read, in the order of the text; a remark about the whole text comes last. There are
    /// at most two dozen for each text that was read.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Reads a question. Every text is one: what cannot be read as typed is read as words, with a [note](Self::notes).
    ///
    /// `today` is the day from which `date:yesterday` and its like are counted. The time is proportional to the text;
    /// brackets are followed 64 deep and 4,096 words are read.
    pub fn parse(text: &str, today: Date) -> Query {
        let (root, notes) = parse(text, today);
        Query { root, notes }
    }

    /// Makes a question from a tree of any shape and brings it into the shape that [`Node`] describes.
    ///
    /// A [`Node::Word`] that would be read as something else when typed (two words, `-word`, `AND`) becomes a phrase.
    /// Quotation marks inside a text become spaces. A node without a word in it is dropped.
    pub fn from_node(root: Node) -> Query {
        Query { root: cut(tidy(root)).0, notes: Vec::new() }
    }

    /// This question and that one near each other; where either is more than words, phrases, forms and alternatives of
    /// them, both of them in one document, and a note says so.
    ///
    /// ```
    /// use dateline::{Query, Reach};
    ///
    /// let query = Query::from("83").near(&Query::from("boats lost"), Reach::Sentence);
    /// assert_eq!(query.to_string(), "83 NEAR/s boats NEAR/s lost");
    /// ```
    #[must_use]
    pub fn near(self, other: &Query, reach: Reach) -> Query {
        let (root, note) = near_each_other(&self.root, &other.root, reach);
        let notes = self.notes.into_iter().chain(other.notes.iter().cloned()).chain(note);
        Query::joined(root, notes.collect())
    }

    /// Asks for this question and another question or condition too. The notes of both are kept.
    #[must_use]
    pub fn and(self, other: impl Into<Query>) -> Query {
        let Query { root, notes } = other.into();
        Query::joined(all_of(vec![self.root, root]), [self.notes, notes].concat())
    }

    /// The question as it was read, part by part: one a line, indented by what they belong to.
    ///
    /// ```
    /// use dateline::Query;
    ///
    /// let query = Query::parse("harbour (fire OR smoke) -ash", "2024-05-11".parse()?);
    /// assert_eq!(query.tree(), "all of\n  harbour\n  any of\n    fire\n    smoke\n  not\n    ash\n");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn tree(&self) -> String {
        print::tree(&self.root)
    }

    /// The question in words for people: the line a search prints first.
    ///
    /// `matching` says how free words count. Words without meaning of their own are not counted by a search that
    /// knows the language of the archive, so it may want all of six words where this says `best of`; see
    /// [`Matching::wants_all`].
    ///
    /// ```
    /// use dateline::{Matching, Query};
    ///
    /// let query = Query::parse(r#"harbour fire "left open" -insurance source:Gazette"#, "2024-05-11".parse()?);
    /// let read = query.describe(Matching::Auto);
    /// assert_eq!(read, r#"all of [harbour fire] · "left open" · not [insurance] · source Gazette"#);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn describe(&self, matching: Matching) -> String {
        print::description(&self.root, matching)
    }

    /// Joins notes: one of two questions may have had nothing to search for while the other does.
    fn joined(root: Node, mut notes: Vec<Note>) -> Query {
        notes.retain(|note| root == Node::All || note.kind != NoteKind::NoWord);
        Query { root: cut(root).0, notes }
    }
}

impl fmt::Display for Query {
    /// Writes a text that parses to the same tree, whatever day it is. The question for every document is the empty
    /// text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&print::typed(&self.root))
    }
}

impl FromStr for Query {
    type Err = Infallible;

    /// As [`Query::parse`], with the current day in UTC as today. Use [`Query::parse`] where that day matters and in
    /// tests.
    fn from_str(text: &str) -> Result<Query, Infallible> {
        Ok(Query::parse(text, Date::today()))
    }
}

impl From<&str> for Query {
    /// As [`Query::parse`], with the current day in UTC as today.
    fn from(text: &str) -> Query {
        let Ok(query) = text.parse::<Query>();
        query
    }
}

impl From<&Query> for Query {
    fn from(query: &Query) -> Query {
        query.clone()
    }
}

impl From<Node> for Query {
    /// See [`Query::from_node`].
    fn from(node: Node) -> Query {
        Query::from_node(node)
    }
}
