//! A document's own fields: what its file says of it beside title, date, source and text (`desk`, `section`, `tags`).
//!
//! Each engine keeps them by the same rule, so that a condition on a field and the counts of its values mean the same
//! everywhere. Names and values are compared without letter case, diacritics and wide white space.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::wildcards::{expression, is_pattern};
use crate::document::Document;
use crate::text::fold;

/// The longest name of a field that can be asked for, in bytes.
const LONGEST_NAME: usize = 64;
/// The longest value of a field that can be asked for, in bytes. A longer one is a text, and is only shown.
const LONGEST_VALUE: usize = 200;
/// The most fields of one document that can be asked for, in the order of their names.
const MOST_FIELDS: usize = 64;

/// The fields of a document that can be asked for: their folded names, and their values as written. Each stands once.
pub(crate) fn own_fields(document: &Document) -> BTreeSet<(String, &str)> {
    let metadata: &BTreeMap<String, String> = &document.metadata;
    let askable = |(name, value): &(&String, &String)| {
        let value = value.trim();
        name.len() <= LONGEST_NAME && !value.is_empty() && value.len() <= LONGEST_VALUE && !value.contains('\0')
    };
    let fields = metadata.iter().filter(askable).map(|(name, value)| (folded(name), value.trim()));
    fields.filter(|(name, _)| !name.is_empty()).take(MOST_FIELDS).collect()
}

/// The form in which names and values are compared.
pub(crate) fn folded(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\0')
        .filter(|word| !word.is_empty())
        .map(fold)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The name in a condition on one field, `NAME=VALUE` or `NAME`.
pub(crate) fn own_name(typed: &str) -> &str {
    typed.split('=').next().unwrap_or(typed)
}

/// A condition on one field: its name, and which of its values are wanted.
#[derive(Clone, Debug)]
pub(crate) struct OwnPattern {
    name: String,
    value: Wanted,
}

#[derive(Clone, Debug)]
enum Wanted {
    /// Any value: the document has the field.
    Any,
    /// This folded value.
    One(String),
    /// A folded value that this matches whole.
    Like(Regex),
    /// No value: the pattern is longer than any.
    Nothing,
}

impl OwnPattern {
    /// Reads `NAME=VALUE`, where `*` in the value stands for any characters and `?` for one, or `NAME` alone for any
    /// value.
    pub(crate) fn new(typed: &str) -> OwnPattern {
        let name = own_name(typed);
        let value = typed.get(name.len() + 1..).unwrap_or_default();
        OwnPattern { name: folded(name), value: wanted(value) }
    }

    /// The folded name of the field.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether a value of this field is wanted.
    pub(crate) fn is_met(&self, value: &str) -> bool {
        match &self.value {
            Wanted::Any => true,
            Wanted::One(wanted) => folded(value) == *wanted,
            Wanted::Like(pattern) => pattern.is_match(&folded(value)),
            Wanted::Nothing => false,
        }
    }
}

fn wanted(value: &str) -> Wanted {
    if is_pattern(value) {
        return expression("^", value, edges_kept).map_or(Wanted::Nothing, Wanted::Like);
    }
    let value = folded(value);
    if value.is_empty() { Wanted::Any } else { Wanted::One(value) }
}

/// Folds a part of a pattern, whose white space at the edges separates it from what a wildcard stands for.
fn edges_kept(part: &str) -> String {
    let edge = |at: bool| if at { " " } else { "" };
    let folded = folded(part);
    if folded.is_empty() {
        return edge(!part.is_empty()).to_owned();
    }
    format!("{}{folded}{}", edge(part.starts_with(char::is_whitespace)), edge(part.ends_with(char::is_whitespace)))
}

/// Documents by the value of one field.
#[derive(Debug, Default)]
pub(crate) struct OwnCounts {
    /// The numbers of documents by value as written.
    pub(crate) values: BTreeMap<String, u64>,
    /// The number of documents with the field.
    pub(crate) documents: u64,
}

impl OwnCounts {
    /// Adds what another value has counted.
    pub(crate) fn add(&mut self, other: OwnCounts) {
        self.documents += other.documents;
        for (value, documents) in other.values {
            *self.values.entry(value).or_default() += documents;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_wanted_whatever_its_letter_case_and_accents() {
        for (typed, value, wanted) in [
            ("desk=foreign", "Foreign", true),
            ("Desk=foreign  desk", "Foreign Desk", true),
            ("desk=etranger", "Étranger", true),
            ("desk=foreign", "foreign desk", false),
            ("desk=foreign*", "foreign desk", true),
            ("desk=*desk", "Foreign Desk", true),
            ("desk=for?ign", "foreign", true),
            ("desk=a.c", "abc", false),
            ("desk=* desk", "foreigndesk", false),
            ("desk", "anything", true),
            ("desk=", "anything", true),
            ("desk=a=b", "A=B", true),
        ] {
            assert_eq!(OwnPattern::new(typed).is_met(value), wanted, "{typed} {value}");
        }
        assert_eq!(OwnPattern::new("Press  Désk=x").name(), "press desk");
    }

    #[test]
    fn what_is_too_long_cannot_be_asked_for() {
        let document = Document::new("a", "x")
            .metadata("Desk", " Foreign ")
            .metadata("note", "x".repeat(LONGEST_VALUE + 1))
            .metadata("n".repeat(LONGEST_NAME + 1), "x")
            .metadata("empty", " ");
        let fields: Vec<_> = own_fields(&document).into_iter().collect();
        assert_eq!(fields, [("desk".to_owned(), "Foreign")]);
    }
}
