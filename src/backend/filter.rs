//! Filters: conditions on a document's columns, such as its days, source and language.
//!
//! A filter is asked about each candidate document and never adds to its score.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::copies::Collapsed;
use super::own_field::{OwnPattern, folded};
use super::wildcards::{expression, is_pattern};
use crate::document::{DateRule, Doubts};
use crate::passages::about::About;
use crate::time::DateRange;

/// One condition. The documents of a [`Filter`] meet all of its conditions.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// Published on a day of the range: possibly, or certainly if `certain`. Undated documents never meet it.
    Days { range: DateRange, certain: bool },
    /// Speaks of one of these days.
    About(Arc<About>),
    /// Dated by one of these kinds of clues.
    Rules(Arc<[DateRule]>),
    /// Has a date that is doubtful for one of these reasons.
    Doubted(Doubts),
    /// Filed under one of these sources, or citing one as its agency. Each is folded, with `/` between its parts.
    Sources(Arc<[String]>),
    /// In one of these languages, by code.
    Languages(Arc<[String]>),
    /// From a file with a matching path.
    File(PathPattern),
    /// Has one of its own fields with a value that is wanted.
    Own(Arc<OwnPattern>),
    /// Not collapsed: none of these documents, which others stand for.
    NotCollapsed(Collapsed),
}

/// A pattern of file paths.
#[derive(Clone, Debug)]
pub(crate) struct PathPattern(Arc<str>);

impl PathPattern {
    /// Letter case does not count, nor whether accents are composed: some systems take names apart. With `*` or `?` in it,
    /// the path ends so from some folder on, and `*` may stand for folders too; without, it has this somewhere.
    pub(crate) fn new(typed: &str) -> PathPattern {
        PathPattern(composed(typed).to_lowercase().into())
    }

    /// A function that returns whether a path matches.
    pub(crate) fn test(&self) -> Box<dyn Fn(&str) -> bool + '_> {
        if !is_pattern(&self.0) {
            return Box::new(|path| composed(path).to_lowercase().contains(&*self.0));
        }
        match expression("(?:^|/)", self.0.trim_start_matches('/'), str::to_owned) {
            Some(regex) => Box::new(move |path| regex.is_match(&composed(path))),
            // The pattern is too long to be the end of any path.
            None => Box::new(|_| false),
        }
    }
}

/// Conditions that must all hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) conditions: Vec<Condition>,
}

impl Filter {
    /// Returns whether days are asked about, so that documents differ by how well they speak of them.
    pub(crate) fn asks_about_days(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition, Condition::About(_)))
    }
}

/// A text with each letter and its accents as one character, where there is one.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Folded form of a source, for comparison: letter case and diacritics, composed or not, and white space do not count.
pub(crate) fn folded_source(name: &str) -> String {
    name.split('/').map(folded).collect::<Vec<_>>().join("/")
}

/// Returns whether a source is the one asked for or lies below it. `wanted` may name any run of its parts.
pub(crate) fn source_matches(source: &str, wanted: &str) -> bool {
    let source = folded_source(source);
    // Only whole parts match, anywhere on the path.
    source.match_indices(wanted).any(|(start, _)| {
        let end = start + wanted.len();
        (start == 0 || source.as_bytes()[start - 1] == b'/') && (end == source.len() || source.as_bytes()[end] == b'/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_what_was_typed_or_ends_as_the_pattern_says() {
        for (path, wanted, matches) in [
            ("/a/Courier/1992/fire.md", "courier", true),
            ("/a/Courier/1992/fire.md", "courier/1992", true),
            ("/a/Courier/1992/fire.md", "1992/*.md", true),
            ("/a/Courier/1992/fire.md", "*.txt", false),
            ("/a/Courier/1992/fire.md", "92/*.md", false),
            ("/a/E\u{301}te\u{301}/1.md", "été", true),
            ("/a/Été/1.md", "e\u{301}te\u{301}", true),
            ("/a/E\u{301}te\u{301}/1.md", "?té/*", true),
            ("/a/Courier/1992/fire.md", "courier/*.md", true),
            ("/a/Courier/1992/fire.md", "f?re.md", true),
            ("/a/x.zip/b.html", "x.zip", true),
        ] {
            assert_eq!(PathPattern::new(wanted).test()(path), matches, "{path} {wanted}");
        }
    }

    #[test]
    fn a_source_matches_itself_and_what_lies_below_in_whole_parts() {
        for (source, wanted, matches) in [
            ("Trend", "trend", true),
            ("Le Phare", "le phare", true),
            ("Senate/Akaka", "senate", true),
            ("Senate/Akaka", "akaka", true),
            ("Senate/Akaka", "senate/akaka", true),
            ("Senate/Akaka", "sen", false),
            ("Trends", "trend", false),
            ("Évidence", "evidence", true),
            ("E\u{301}vidence Press", "evidence press", true),
            ("E\u{301}vidence Press", "evidencepress", false),
            ("Évidence  Press", "evidence press", true),
        ] {
            assert_eq!(source_matches(source, wanted), matches, "{source} {wanted}");
        }
    }
}
