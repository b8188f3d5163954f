//! Spellings: what a scanner takes for something else, and how far two words are apart.

use strsim::osa_distance;

/// What a scanner takes for one another, in lower case. Both sides become the second one.
const CONFUSED: [(&str, &str); 12] = [
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("ii", "u"),
    ("li", "h"),
    ("0", "o"),
    ("1", "l"),
    ("|", "l"),
    ("i", "l"),
    ("5", "s"),
    ("8", "b"),
    ("6", "b"),
];

/// A word with all that may be confused written one way.
fn sorted_out(key: &str) -> String {
    CONFUSED.iter().fold(key.to_string(), |key, (seen, meant)| key.replace(seen, meant))
}

/// Returns whether a scanner may have read one word for the other: `modem` and `modern`, `b0at` and `boat`. Two figures
/// are never the same for it: `83` and `63` differ.
pub(crate) fn is_misread(a: &str, b: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let figure = |word: &str| digits(word) * 2 > word.chars().count();
    if figure(a) && figure(b) {
        // Letters among the digits of one of them are misread digits; the digits must be the same.
        return a != b && as_digits(a).is_some_and(|a| as_digits(b) == Some(a));
    }
    a != b && sorted_out(a) == sorted_out(b)
}

/// A figure in which a scanner took digits for letters: `l9O5` is 1905.
fn as_digits(key: &str) -> Option<String> {
    key.chars()
        .map(|c| match c {
            'o' => Some('0'),
            'l' | 'i' | '|' => Some('1'),
            'z' => Some('2'),
            's' => Some('5'),
            'b' => Some('8'),
            c if c.is_ascii_digit() => Some(c),
            _ => None,
        })
        .collect()
}

/// Returns whether one word has the mark of a scanner's mistake: a digit or a bar between letters.
pub(crate) fn looks_misread(key: &str) -> bool {
    let chars: Vec<char> = key.chars().collect();
    chars.windows(2).any(|pair| pair[0].is_alphabetic() && matches!(pair[1], '0'..='9' | '|'))
        && chars.last().is_some_and(|c| c.is_alphabetic())
}

/// Returns whether two words are one word, spelled otherwise: one letter differs or two are swapped in a word of four
/// letters or more, two in one of nine or more.
pub(crate) fn is_near(a: &str, b: &str) -> bool {
    let length = a.chars().count().min(b.chars().count());
    let most = match length {
        0..4 => return false,
        4..9 => 1,
        _ => 2,
    };
    a != b && osa_distance(a, b) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scanner_misreads_is_told_from_other_words() {
        for (a, b) in [
            ("modern", "modem"),
            ("b0at", "boat"),
            ("l905", "1905"),
            ("bumed", "burned"),
            ("clock", "dock"),
            ("hill", "hi11"),
        ] {
            assert!(is_misread(a, b), "{a} {b}");
        }
        for (a, b) in [("83", "63"), ("boat", "goat"), ("15", "16"), ("1905", "1906"), ("not", "now")] {
            assert!(!is_misread(a, b), "{a} {b}");
        }
    }

    #[test]
    fn near_words_are_one_letter_apart() {
        assert!(
            is_near("recieve", "receive")
                && is_near("harbor", "harbour")
                && !is_near("boat", "ship")
                && !is_near("no", "so")
        );
    }
}
