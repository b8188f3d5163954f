//! Patterns of folded words: `kill*`, `wom?n`, `harbor~1`, `/fi.e/`.
//!
//! A pattern is asked about one word at a time, and each answer takes bounded time, whatever the pattern.

use regex::{Regex, RegexBuilder};

use super::fold::fold;
use super::token::tokens;

/// The most bytes of a compiled expression. One that needs more would be slow as well.
const REGEX_BYTES: usize = 1 << 18;
/// The deepest nesting of brackets in an expression.
const REGEX_DEPTH: u32 = 32;
/// Letters that stand for `*` and `?` while a text is cut into words. Nobody types them, and folding leaves them alone.
const STAR: char = 'ꙮ';
const JOKER: char = 'ꙭ';

/// A set of folded words.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    /// Runs of letters between stars. `None` inside a run is any one letter.
    Wild(Vec<Vec<Option<char>>>),
    /// A word, and how many letters others may differ from it.
    Fuzzy(Vec<char>, usize),
    Regex(Box<Regex>),
}

/// One word of a text that may have wildcards in it.
#[derive(Clone, Debug)]
pub(crate) enum PatternWord {
    /// A folded word.
    Word(String),
    Pattern(Pattern),
    /// Any one word: a star alone.
    Any,
}

/// The words of a text in which `*` and `?` between letters are wildcards.
pub(crate) fn pattern_words(text: &str) -> Vec<PatternWord> {
    if !has_wildcards(text) {
        return tokens(text).into_iter().map(|token| PatternWord::Word(token.text)).collect();
    }
    let mut replaced = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            STAR | JOKER => replaced.push(' '),
            '*' => replaced.push(STAR),
            '?' if is_joker(text, at) => replaced.push(JOKER),
            c => replaced.push(c),
        }
    }
    let word = |folded: String| {
        if folded.chars().all(|c| c == STAR) {
            PatternWord::Any
        } else if folded.contains([STAR, JOKER]) {
            let letters = |run: &str| run.chars().map(|c| (c != JOKER).then_some(c)).collect();
            PatternWord::Pattern(Pattern::Wild(folded.split(STAR).map(letters).collect()))
        } else {
            PatternWord::Word(folded)
        }
    };
    tokens(&replaced).into_iter().map(|token| word(token.text)).collect()
}

/// Returns whether the text contains a `*`, or a `?` that stands for a letter.
pub(crate) fn has_wildcards(text: &str) -> bool {
    text.contains('*') || text.char_indices().any(|(at, c)| c == '?' && is_joker(text, at))
}

/// A wildcard stands between letters, digits and other wildcards; anywhere else a `?` ends a question.
fn is_joker(text: &str, at: usize) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '*' || c == '?';
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + 1..).unwrap_or_default().trim_start_matches('?');
    before.is_some_and(inside) && after.starts_with(|c: char| c.is_alphanumeric() || c == '*')
}

impl Pattern {
    /// Words at most `distance` letters away. The distance is smaller for a word so short that any other would be near.
    pub(crate) fn fuzzy(folded: &str, distance: u8) -> Pattern {
        let letters: Vec<char> = folded.chars().collect();
        let distance = usize::from(distance).min(letters.len() / 2);
        Pattern::Fuzzy(letters, distance)
    }

    /// Words that an expression matches whole, apart from letter case and diacritics. Fails with the reason if the text
    /// is no expression, or too large a one.
    pub(crate) fn regex(expression: &str) -> Result<Pattern, &'static str> {
        let compiled = RegexBuilder::new(&format!("^(?:{})$", folded_expression(expression)))
            .case_insensitive(true)
            .size_limit(REGEX_BYTES)
            .dfa_size_limit(REGEX_BYTES)
            .nest_limit(REGEX_DEPTH)
            .build();
        match compiled {
            Ok(regex) => Ok(Pattern::Regex(Box::new(regex))),
            Err(regex::Error::CompiledTooBig(_)) => Err("is too large"),
            Err(_) => Err("is no regular expression"),
        }
    }

    /// The letters that every matching word begins with.
    pub(crate) fn prefix(&self) -> String {
        match self {
            Pattern::Wild(runs) => runs.first().into_iter().flatten().map_while(|letter| *letter).collect(),
            Pattern::Fuzzy(letters, 0) => letters.iter().collect(),
            Pattern::Fuzzy(..) | Pattern::Regex(_) => String::new(),
        }
    }

    /// The most letters side by side that every matching word holds; none for a pattern that is not told by letters.
    pub(crate) fn part(&self) -> String {
        let Pattern::Wild(runs) = self else { return String::new() };
        let parts = runs.iter().flat_map(|run| run.split(Option::is_none));
        parts.max_by_key(|part| part.len()).unwrap_or_default().iter().flatten().collect()
    }

    /// For a fuzzy pattern, its word and distance; none for other patterns.
    pub(crate) fn near(&self) -> Option<(String, u8)> {
        match self {
            Pattern::Fuzzy(letters, distance) => Some((letters.iter().collect(), u8::try_from(*distance).ok()?)),
            Pattern::Wild(_) | Pattern::Regex(_) => None,
        }
    }

    /// Returns whether a folded word matches.
    pub(crate) fn matches(&self, folded: &str) -> bool {
        match self {
            Pattern::Wild(runs) => matches_wild(runs, folded),
            Pattern::Fuzzy(letters, distance) => distance_up_to(letters, folded, *distance).is_some(),
            Pattern::Regex(regex) => regex.is_match(folded),
        }
    }
}

/// Folds the letters of an expression and leaves escapes as they are.
fn folded_expression(expression: &str) -> String {
    let mut out = String::with_capacity(expression.len());
    let mut escaped = false;
    for c in expression.chars() {
        if escaped || c.is_ascii() {
            out.push(c);
        } else {
            let folded = fold(c.encode_utf8(&mut [0; 4]));
            match folded.as_str() {
                "" => out.push(c),
                folded => out.push_str(folded),
            }
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

/// Matches runs from left to right, the first at the beginning and the last at the end. The leftmost place for each
/// leaves the most room for those that follow.
fn matches_wild(runs: &[Vec<Option<char>>], folded: &str) -> bool {
    let Some((first, rest)) = runs.split_first() else { return false };
    let Some(mut left) = after(first, folded) else { return false };
    let Some((last, middle)) = rest.split_last() else { return left.is_empty() };
    // Between two stars side by side stands an empty run, which matches everywhere.
    for run in middle.iter().filter(|run| !run.is_empty()) {
        let mut places = left.char_indices().filter_map(|(at, _)| after(run, left.get(at..)?));
        match places.next() {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    let mut letters = left.chars();
    last.iter()
        .rev()
        .all(|wanted| letters.next_back().is_some_and(|letter| wanted.is_none_or(|wanted| wanted == letter)))
}

/// The rest of a text behind a run of letters, if the text begins with it.
fn after<'t>(run: &[Option<char>], text: &'t str) -> Option<&'t str> {
    let mut letters = text.chars();
    let fits = |wanted: &Option<char>| letters.next().filter(|letter| wanted.is_none_or(|wanted| wanted == *letter));
    if run.iter().map(fits).all(|letter| letter.is_some()) { Some(letters.as_str()) } else { None }
}

/// The distance of a word in letters (optimal string alignment), if it is at most `most`.
pub(crate) fn distance_up_to(letters: &[char], word: &str, most: usize) -> Option<usize> {
    // Lengths in bytes rule out most words: one letter more or less is one to four bytes.
    let length = word.len();
    if length + most < letters.len() || length > (letters.len() + most) * 4 {
        return None;
    }
    let other: Vec<char> = word.chars().collect();
    if other.len().abs_diff(letters.len()) > most {
        return None;
    }
    if letters.is_empty() || other.is_empty() {
        return Some(letters.len().max(other.len())).filter(|distance| *distance <= most);
    }
    let width = other.len() + 1;
    let mut before = vec![0usize; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0usize; width];
    for (i, &letter) in letters.iter().enumerate() {
        row[0] = i + 1;
        let mut best = row[0];
        for (j, &there) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(letter != there)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && letter == other[j - 1] && letters[i - 1] == there {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
            best = best.min(least);
        }
        if best > most {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[width - 1]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn wild(text: &str) -> Pattern {
        match pattern_words(text).as_slice() {
            [PatternWord::Pattern(pattern)] => pattern.clone(),
            other => panic!("{text} is {other:?}"),
        }
    }

    #[test]
    fn stars_stand_for_any_letters_and_question_marks_for_one() {
        for (pattern, word, is) in [
            ("kill*", "kill", true),
            ("kill*", "killed", true),
            ("kill*", "skill", false),
            ("*kill", "roadkill", true),
            ("*kill", "kills", false),
            ("k*l", "kill", true),
            ("k*l", "kl", true),
            ("k*l", "k", false),
            ("ki*il", "kil", false),
            ("wom?n", "women", true),
            ("wom?n", "womn", false),
            ("wom?n", "womaan", false),
            ("*ar?o*r*", "harbour", true),
            ("*ar?u*", "harbour", false),
            ("*ar?o*r*", "harbor", true),
            ("По?ар*", "пожаром", true),
            ("kill**", "kill", true),
            ("**kill", "kill", true),
            ("k**l", "kill", true),
            ("Élec*", "elections", true),
            ("a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            assert_eq!(wild(pattern).matches(word), is, "{pattern} {word}");
        }
        assert_eq!(wild("Kil*ed").prefix(), "kil");
        assert_eq!(wild("k?l*").prefix(), "k");
    }

    #[test]
    fn words_with_wildcards_are_cut_like_other_words() {
        let shown = |text: &str| -> Vec<String> {
            pattern_words(text)
                .into_iter()
                .map(|word| match word {
                    PatternWord::Word(word) => word,
                    PatternWord::Pattern(pattern) => format!("<{}>", pattern.prefix()),
                    PatternWord::Any => "_".into(),
                })
                .collect()
        };
        assert_eq!(shown("Nagorno-Kara*"), ["nagorno", "<kara>"]);
        assert_eq!(shown("left * open"), ["left", "_", "open"]);
        assert_eq!(shown("Who did it?"), ["who", "did", "it"]);
        assert_eq!(shown("ꙮ*"), ["_"], "the letters that stand for wildcards are none");
    }

    #[test]
    fn near_words_are_told_by_letters_not_bytes() {
        for (word, most, other, distance) in [
            ("harbor", 1, "harbour", Some(1)),
            ("harbuor", 1, "harbour", Some(1)),
            ("пожар", 1, "пожор", Some(1)),
            ("fire", 1, "wires", None),
            ("fire", 2, "wires", Some(2)),
            ("", 2, "ab", Some(2)),
        ] {
            let letters: Vec<char> = word.chars().collect();
            assert_eq!(distance_up_to(&letters, other, most), distance, "{word} {other}");
        }
        assert!(!Pattern::fuzzy("ab", 2).matches("xy"), "two letters of two would be any word");
    }

    #[test]
    fn expressions_match_whole_folded_words_and_large_ones_are_refused() {
        let regex = Pattern::regex("Él(ec|oc).+").unwrap();
        assert!(regex.matches("elections") && regex.matches("elocution") && !regex.matches("reelections"));
        assert_eq!(Pattern::regex("(").unwrap_err(), "is no regular expression");
        assert_eq!(Pattern::regex("((a{1000}){1000}){1000}").unwrap_err(), "is too large");
        assert!(Pattern::regex(&"(".repeat(250)).is_err());
    }

    proptest! {
        #[test]
        fn the_distance_is_the_usual_one(a in "[a-cж]{0,7}", b in "[a-cж]{0,7}", most in 0usize..4) {
            let letters: Vec<char> = a.chars().collect();
            let usual = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance_up_to(&letters, &b, most), (usual <= most).then_some(usual));
        }
    }

    proptest! {
        #[test]
        fn what_matches_holds_the_part_of_its_pattern(pattern in "[ab*?]{1,7}", word in "[ab]{0,6}") {
            if let [PatternWord::Pattern(pattern)] = pattern_words(&pattern).as_slice() {
                prop_assert!(!pattern.matches(&word) || word.contains(&pattern.part()));
                prop_assert!(word.is_empty() || pattern.part().len() >= pattern.prefix().len());
            }
        }
    }
}
