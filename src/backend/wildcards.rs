//! Patterns of names and values, where `*` stands for any characters and `?` for one.

use regex::{Regex, RegexBuilder};

/// Returns whether a text is a pattern.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The expression of a pattern that begins with `before` and matches up to the end of a text. The parts between
/// wildcards are written by `literal`. None where it would take more than a megabyte, which is longer than what it could
/// match.
pub(crate) fn expression(before: &str, pattern: &str, literal: impl Fn(&str) -> String) -> Option<Regex> {
    let mut expression = before.to_owned();
    let mut rest = pattern;
    while let Some(at) = rest.find(['*', '?']) {
        let (part, behind) = rest.split_at(at);
        expression.push_str(&regex::escape(&literal(part)));
        expression.push_str(if behind.starts_with('*') { ".*" } else { "." });
        rest = behind.get(1..).unwrap_or_default();
    }
    expression.push_str(&regex::escape(&literal(rest)));
    expression.push('$');
    RegexBuilder::new(&expression).case_insensitive(true).dot_matches_new_line(true).size_limit(1 << 20).build().ok()
}
