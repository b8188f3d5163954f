//! What other query languages write and this one does not read: it is searched as words, and said.

use super::chars::is_searchable;

/// Whether it is the name of a field that others have.
pub(crate) fn is_title(name: &str) -> bool {
    name.eq_ignore_ascii_case("title")
}

/// `NEAR/5`, `w/5`, `PRE/3`, `w/s`: how far apart words may be, as other archives write it.
pub(crate) fn is_nearness(typed: &str) -> bool {
    let Some((operator, reach)) = typed.split_once('/') else { return false };
    ["near", "w", "pre", "n"].iter().any(|known| known.eq_ignore_ascii_case(operator))
        && (matches!(reach, "s" | "p" | "S" | "P")
            || (!reach.is_empty() && reach.len() < 4 && reach.bytes().all(|byte| byte.is_ascii_digit())))
}

/// What means something in other query languages in this word; and the word without it, if anything is left.
pub(crate) fn mark(typed: &str) -> Option<(&'static str, &str)> {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    if typed == "NEAR" {
        return Some(("NEAR", ""));
    }
    for mark in ["=", "!"] {
        if let Some(word) = typed.strip_prefix(mark).filter(|word| word.starts_with(char::is_alphanumeric)) {
            return Some((mark, word));
        }
    }
    if let Some(pattern) = typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        return Some(("/", pattern));
    }
    for mark in ["~", "^"] {
        if let Some(word) = typed.trim_end_matches(digits).strip_suffix(mark).filter(|word| is_searchable(word)) {
            return Some((mark, word));
        }
    }
    if typed.contains('*') {
        return Some(("*", typed.trim_matches('*')));
    }
    // At the end of a word it is just the end of a question.
    let mut jokers = typed.char_indices().filter(|&(_, c)| c == '?');
    let inside =
        |(at, _): (usize, char)| typed.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    jokers.any(inside).then_some(("?", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_others_are_found_and_ordinary_punctuation_is_not() {
        for (typed, found) in [
            ("kill*", Some(("*", "kill"))),
            ("k*ll", Some(("*", "k*ll"))),
            ("wom?n", Some(("?", ""))),
            ("fire~0.8", Some(("~", "fire"))),
            ("fire^2", Some(("^", "fire"))),
            ("=fire", Some(("=", "fire"))),
            ("!fire", Some(("!", "fire"))),
            ("/fi.e/", Some(("/", "fi.e"))),
            ("NEAR", Some(("NEAR", ""))),
            ("near", None),
            ("who?", None),
            ("fire!", None),
            ("1992/93", None),
            ("~5", None),
            ("/", None),
        ] {
            assert_eq!(mark(typed), found, "{typed}");
        }
    }

    #[test]
    fn nearness_is_known_with_its_reach_only() {
        for (typed, is) in
            [("NEAR/5", true), ("w/10", true), ("W/s", true), ("w/", false), ("w/o", false), ("km/5", false)]
        {
            assert_eq!(is_nearness(typed), is, "{typed}");
        }
    }
}
