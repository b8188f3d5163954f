//! The tree of a question: plain data that says what to find and under which conditions.

use crate::time::DateRange;

/// One node of a question. Conditions are about whole documents.
///
/// In a [`Query`](crate::Query) the tree has one shape for one meaning, so a search can rely on this:
/// * [`And`](Node::And) and [`Or`](Node::Or) have at least two children and never a child of their own kind;
/// * [`Free`](Node::Free) has at least two children, all of them [words](Node::Word): one free word is a `Word`;
/// * [`Not`](Node::Not) stands only directly in an `And`, behind at least one node that is not a `Not`;
/// * [`All`](Node::All) is the whole question, or stands in front of an `And` that otherwise only excludes;
/// * [`Near`](Node::Near) has at least two children, all of them words, phrases, forms, `Or` of these, or `Near` again;
/// * the dates side by side in an `And` are one [`Date`](Node::Date), unless no day is in all of them;
/// * `And` and `Or` are nested at most 64 deep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Node {
    /// Every document.
    All,
    /// Free words side by side; documents with all of them are best. The search decides how many must be there.
    Free(Vec<Node>),
    /// A word as typed. It is folded and stemmed later, and may turn out to be several words (`Nagorno-Karabakh`).
    Word(String),
    /// Words in this order with nothing between them. Letter case and diacritics do not count, endings do.
    Phrase(String),
    /// The words of a phrase, which may be moved by this many places in all. A word that stands between counts one
    /// move; two neighbours in the other order count two.
    Loose(String, u32),
    /// A word that stands for several words, or for one way to write it.
    Form(Form),
    /// These parts near each other.
    Near(Vec<Node>, Reach),
    /// In the title: a word, a phrase or a form.
    Title(Box<Node>),
    /// By an author whose name has these words side by side.
    Author(String),
    /// From a file whose path contains this. With `*` or `?` in it, the path must end so from some folder on.
    File(String),
    /// Published on one of these days, or possibly so.
    Date(DateRange),
    /// Speaks of one of these days, whenever it was published.
    About(DateRange),
    /// From this source, or one below it.
    Source(String),
    /// With one of the document's own fields: `NAME=VALUE`, where `*` and `?` are wildcards, or `NAME` for any value.
    Own(String),
    /// In this language: its code or its English name, as typed.
    Language(String),
    /// All of these.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

impl Node {
    /// Calls `each` with every part of the question that has no parts of its own.
    pub(crate) fn leaves<'a>(&'a self, each: &mut dyn FnMut(&'a Node)) {
        match self {
            Node::And(nodes) | Node::Or(nodes) | Node::Free(nodes) | Node::Near(nodes, _) => {
                nodes.iter().for_each(|node| node.leaves(each));
            }
            Node::Not(node) | Node::Title(node) => node.leaves(each),
            leaf => each(leaf),
        }
    }
}

/// A word that stands for several words, or for one way to write it. A text of several words asks for them side by
/// side.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Letters with wildcards: `*` for any letters or none, `?` for one letter.
    Wild(String),
    /// Words at most this many letters away (one or two). A letter may be added, left out, changed, or swapped with its
    /// neighbour.
    Fuzzy(String, u8),
    /// Written exactly like this: letter case, diacritics and ending count.
    Exact(String),
    /// Folded words that a regular expression matches whole.
    Regex(String),
}

/// The distance that counts as near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reach {
    /// At most this many words from the next part, in any order. 1 is side by side.
    Words(u32),
    /// At most this many words behind the part before, in this order.
    Behind(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// The share of a question's free words that a document must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Matching {
    /// All of them for up to four words, with a visible fall-back to the best match if no document has all. The best
    /// match for more words.
    #[default]
    Auto,
    /// All of them, however many there are.
    All,
    /// Any of them. Documents with more of them, and with rarer ones, come first. Quotation marks and brackets are
    /// ignored, as in a pasted sentence; conditions and exclusions hold.
    Best,
}

impl Matching {
    /// Returns whether a document must have all of this many free words.
    ///
    /// Words that carry no meaning ("the", "of") should not be counted. A question knows no languages, so the index
    /// leaves them out before it asks.
    pub fn wants_all(self, words: usize) -> bool {
        match self {
            Matching::Auto => words <= 4,
            Matching::All => true,
            Matching::Best => false,
        }
    }
}
