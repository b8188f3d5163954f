//! Syntax of other query languages that this one does not read. It is searched as words, and a note says so.

use super::chars::is_searchable;

/// The foreign mark in a word and its meaning, and the word without it.
pub(crate) fn mark(typed: &str) -> Option<(&'static str, &str)> {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    if let Some(word) = typed.strip_prefix('!').filter(|word| word.starts_with(char::is_alphanumeric)) {
        return Some(("!", word));
    }
    let (word, _) = typed.rsplit_once('^').filter(|(_, weight)| weight.chars().all(digits))?;
    is_searchable(word).then_some(("^", word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_others_are_found_and_ordinary_punctuation_is_not() {
        for (typed, found) in [
            ("fire^2", Some(("^", "fire"))),
            ("fire^", Some(("^", "fire"))),
            ("!fire", Some(("!", "fire"))),
            ("fire!", None),
            ("^2", None),
            ("a^b", None),
            ("!", None),
        ] {
            assert_eq!(mark(typed), found, "{typed}");
        }
    }
}
