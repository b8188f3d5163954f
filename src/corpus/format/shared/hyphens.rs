//! Words cut in two by a line's end, and the hyphens that belong only to the line.
//!
//! In a text that is the file's own, bytes and lines must stay where they are. So a hyphen and the line break after it
//! become a soft hyphen, which is as long and makes no other word of the two parts. A blank beside the word becomes the
//! line break, so that the number of lines stays the same.

use std::collections::HashSet;

/// The most compounds that are remembered.
const COMPOUNDS: usize = 50_000;

/// The bytes of a word that are looked at to either side.
const WORD: usize = 80;

/// The character at which a word may be cut, invisible elsewhere: two bytes.
const SOFT_HYPHEN: &str = "\u{ad}";

/// The character between letters that belong together, always invisible: three bytes.
const WORD_JOINER: &str = "\u{2060}";

/// The signs at the end of a line where a word is cut, and whether they stand nowhere else. Readers of scanned pages
/// write `¬`, or what they took for a hyphen of broken letters.
const SIGNS: [(&str, bool); 6] =
    [("-", false), ("\u{2010}", false), ("=", false), ("\u{2e17}", false), ("\u{ac}", true), (SOFT_HYPHEN, true)];

/// The signs as one reader of scans or another writes them: those above, and the double hyphen of old print.
#[cfg(feature = "newspapers")]
const SCANNED: [char; 6] = ['-', '\u{2010}', '\u{2e17}', '\u{2e40}', '\u{ac}', '\u{ad}'];

/// The first half of a word that the end of a scanned line cuts in two, and the sign after it. None of a word that ends
/// with no such sign, or has one alone.
#[cfg(feature = "newspapers")]
pub(in crate::corpus::format) fn cut_word(word: &str) -> Option<(&str, &str)> {
    let head = word.trim_end_matches(SCANNED);
    let sign = word.get(head.len()..).filter(|sign| !sign.is_empty())?;
    head.ends_with(char::is_alphabetic).then_some((head, sign))
}

/// Returns whether a sign stands nowhere but where a word is cut.
#[cfg(feature = "newspapers")]
pub(in crate::corpus::format) fn only_cuts(sign: &str) -> bool {
    sign.ends_with(['\u{2e17}', '\u{ac}', '\u{ad}'])
}

/// Words with a hyphen that stand within lines. At a line's end, such a word keeps its hyphen.
#[derive(Debug, Default)]
pub(in crate::corpus::format) struct Compounds(HashSet<String>);

impl Compounds {
    pub(in crate::corpus::format) fn remember(&mut self, line: &str) {
        for word in line.split_whitespace().filter(|word| word.contains('-')) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if self.0.len() < COMPOUNDS && word.len() < WORD && word.contains('-') {
                self.0.insert(word.to_lowercase());
            }
        }
    }

    /// Returns whether the hyphen between two parts belongs to the word: the word is written with it elsewhere, or no
    /// syllable ends where the first part does.
    pub(in crate::corpus::format) fn keep_hyphen(&self, head: &str, rest: &str) -> bool {
        // A hyphenation never leaves a single letter behind.
        let one_letter = head.chars().nth(1).is_none();
        // `19th-century` is no cut word.
        let numbered = head.contains(|c: char| c.is_ascii_digit());
        one_letter
            || numbered
            || is_first_of_compound(head, rest)
            || self.0.contains(&format!("{head}-{rest}").to_lowercase())
    }
}

/// Words that have a hyphen of their own behind them, and remainders that only a syllable leaves.
fn is_first_of_compound(head: &str, rest: &str) -> bool {
    const FIRST: [(&str, &[&str]); 24] = [
        ("well", &["ing", "ings"]),
        ("self", &["ish", "less"]),
        ("half", &[]),
        ("long", &["itude", "ing", "er", "est", "evity"]),
        ("short", &["age", "ages", "en", "ened", "er", "est", "ly"]),
        ("high", &["er", "est", "ly", "way", "ways", "land", "lands"]),
        ("low", &["er", "ers", "est", "ered", "ering", "land"]),
        ("full", &["er", "est", "y"]),
        ("part", &["ed", "ing", "ial", "ly", "ner", "ners", "nership", "y", "ies", "isan", "isans", "icle", "icular"]),
        ("one", &[]),
        ("two", &[]),
        ("three", &[]),
        ("four", &["teen", "th"]),
        ("five", &[]),
        ("twenty", &[]),
        ("thirty", &[]),
        ("forty", &[]),
        ("fifty", &[]),
        ("sixty", &[]),
        ("seventy", &[]),
        ("eighty", &[]),
        ("ninety", &[]),
        ("north", &["ern", "erly", "ward", "wards"]),
        ("south", &["ern", "erly", "ward", "wards"]),
    ];
    // The last part but one of `up-to-date` counts.
    let last = head.rsplit('-').next().unwrap_or(head);
    last.len() < head.len() || FIRST.iter().any(|(first, rests)| *first == head && !rests.contains(&rest))
}

/// Words before which a hyphen stands for a part that both sides share: `pre- and post-war`.
pub(in crate::corpus::format) fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "to"
            | "und"
            | "oder"
            | "bis"
            | "et"
            | "ou"
            | "y"
            | "o"
            | "e"
            | "ed"
            | "en"
            | "of"
            | "och"
            | "og"
            | "ve"
            | "и"
            | "или"
    )
}

/// Joins the words of a text that line ends cut in two. The number of bytes and lines before every word stays the same.
pub(in crate::corpus::format) fn join(text: String) -> String {
    let cut = |end: &str| memchr::memmem::find(text.as_bytes(), end.as_bytes()).is_some();
    if !SIGNS.iter().any(|(sign, _)| cut(&format!("{sign}\n")) || cut(&format!("{sign}\r\n"))) {
        return text;
    }
    let mut compounds = Compounds::default();
    text.lines().for_each(|line| compounds.remember(line));
    let mut bytes = text.into_bytes();
    let breaks: Vec<usize> = memchr::memchr_iter(b'\n', &bytes).collect();
    for at in breaks {
        join_at(&mut bytes, at, &compounds);
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Joins the word around the line break at byte `at`, if a word is cut there.
fn join_at(bytes: &mut [u8], at: usize, compounds: &Compounds) -> Option<()> {
    let text = |range: std::ops::Range<usize>, bytes: &[u8]| -> Option<String> {
        std::str::from_utf8(bytes.get(range)?).ok().map(str::to_owned)
    };
    let before = bytes.get(..at)?;
    let end = before.strip_suffix(b"\r").unwrap_or(before);
    let (sign, soft) = *SIGNS.iter().find(|(sign, _)| end.ends_with(sign.as_bytes()))?;
    let cut = end.len() - sign.len();
    let indent = bytes.get(at + 1..)?.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let from = at + 1 + indent;
    let begin = word_begin(bytes, cut);
    let stop = word_end(bytes, from);
    let (head, rest) = (text(begin..cut, bytes)?, text(from..stop, bytes)?);
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let first = rest.get(..letters).filter(|letters| !letters.is_empty())?;
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !head.ends_with(char::is_alphabetic) {
        return None;
    }
    let small = head.ends_with(char::is_lowercase) && first.starts_with(char::is_lowercase);
    if !soft && (!small || is_conjunction(first) || compounds.keep_hyphen(head, first)) {
        return None;
    }
    // The line break moves to the blank after the word or before it.
    let blank = [Some(stop), begin.checked_sub(1)].into_iter().flatten().find(|&at| bytes.get(at) == Some(&b' '))?;
    fill(bytes.get_mut(cut..from)?)?;
    *bytes.get_mut(blank)? = b'\n';
    Some(())
}

/// Fills bytes with invisible characters. None if there are too few bytes to fill.
fn fill(bytes: &mut [u8]) -> Option<()> {
    let threes = if bytes.len() % 2 == 1 { 1 } else { 0 };
    let twos = bytes.len().checked_sub(threes * WORD_JOINER.len())? / SOFT_HYPHEN.len();
    let filler = format!("{}{}", SOFT_HYPHEN.repeat(twos), WORD_JOINER.repeat(threes));
    bytes.copy_from_slice(filler.get(..bytes.len())?.as_bytes());
    Some(())
}

/// The beginning of the word that ends before byte `end`.
fn word_begin(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(end.saturating_sub(WORD)..end).unwrap_or_default();
    end - before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count()
}

/// The end of the word that begins at byte `begin`, with the signs right behind it.
fn word_end(bytes: &[u8], begin: usize) -> usize {
    let after = bytes.get(begin..(begin + WORD).min(bytes.len())).unwrap_or_default();
    begin + after.iter().take_while(|byte| !byte.is_ascii_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text with its fillers shown as `~`.
    fn joined(text: &str) -> String {
        join(text.to_owned()).replace([SOFT_HYPHEN.chars().next().unwrap_or('~'), '\u{2060}'], "~")
    }

    #[test]
    fn words_cut_at_line_ends_are_whole() {
        for (text, expected) in [
            ("it is extraordi-\nnarily cold", "it is extraordi~narily\ncold"),
            ("it is extraordi-\r\nnarily cold", "it is extraordi~narily\ncold"),
            ("the under-\n   taker, who", "the under~~taker,\nwho"),
            ("the under-\ntaker\nwho", "the\nunder~taker\nwho"),
            ("a re\u{ad}\nmark here", "a re~mark\nhere"),
            ("die Über\u{2010}\nsetzung war", "die Über~~setzung\nwar"),
            ("the govern\u{ac}\nment agreed", "the govern~ment\nagreed"),
            ("the cham=\nber did", "the cham~ber\ndid"),
            ("a 19th-\ncentury man", "a 19th-\ncentury man"),
            ("x=\ny + z", "x=\ny + z"),
            ("under-\ntaker", "under-\ntaker"),
            ("a well-\nknown man", "a well-\nknown man"),
            ("an e-\nmail came", "an e-\nmail came"),
            ("an up-to-\ndate list", "an up-to-\ndate list"),
            ("low-level; of low-\nlevel work", "low-level; of low-\nlevel work"),
            ("a tug-boat, the tug-\nboat left", "a tug-boat, the tug-\nboat left"),
            ("pre-\nand post-war days", "pre-\nand post-war days"),
            ("the Anglo-\nSaxon pond", "the Anglo-\nSaxon pond"),
            ("the Anglo-\nsaxon pond", "the Anglo~saxon\npond"),
            ("in 1968-\nthe year", "in 1968-\nthe year"),
            ("- one\n- two -\nthree x", "- one\n- two -\nthree x"),
        ] {
            assert_eq!(joined(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn bytes_and_lines_stay_where_they_are(text in "(-|\n|\r\n| |\u{ad}|\u{2010}|a|ab|é|漢|B|,){0,60}") {
            let read = join(text.clone());
            prop_assert_eq!(read.len(), text.len());
            prop_assert_eq!(read.matches('\n').count(), text.matches('\n').count());
            for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                prop_assert_eq!(read.get(at..).and_then(|rest| rest.chars().next()), Some(c));
            }
        }
    }
}
