//! Where a text may be cut: after a sentence, else between words, and never inside a figure.

use crate::Splitter;

/// Characters that write numbers where digits do not.
const NUMERALS: &str = "〇一二三四五六七八九十百千万亿億兆";

/// The byte at which a text is cut so that at most `chars` characters are left: the text's end if it is short enough,
/// else the end of its last whole sentence, else a place between words. 0 if nothing can be left.
pub(super) fn cut(text: &str, chars: usize) -> usize {
    let Some((limit, _)) = text.char_indices().nth(chars) else { return text.len() };
    let sentences = Splitter::default().words(0..=0).sentences(1..=1).maximum(usize::MAX);
    // A sentence that crosses the limit is looked at as far as the limit alone: a text may be very long.
    let head = text.get(..limit).unwrap_or_default();
    let mut ends = sentences.split(head).into_iter().map(|sentence| sentence.range().end);
    match ends.rfind(|end| *end < limit && ends_sentence(head, *end)) {
        Some(end) if end * 3 >= limit => end,
        _ => between_words(text, limit),
    }
}

/// Whether a piece of the splitter ends with a sentence, and not because it would be too long.
fn ends_sentence(text: &str, end: usize) -> bool {
    let piece = text.get(..end).unwrap_or_default();
    let last = piece.trim_end().trim_end_matches(['"', '\'', '”', '»', '’', ')', '」']).chars().last();
    piece.ends_with('\n')
        || last.is_some_and(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '۔' | '؟'))
}

/// The last place before `limit` at which no figure stands on either side: between words, or in a script without spaces
/// between two characters.
fn between_words(text: &str, limit: usize) -> usize {
    let head = text.get(..limit).unwrap_or_default();
    let after = text.get(limit..).and_then(|rest| rest.chars().next()).map(|c| (limit, c));
    let places = after.into_iter().chain(head.char_indices().rev());
    let spaces = places.filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).take(50);
    let mut places = spaces.filter(|at| !is_by_figure(text, *at));
    places.next().unwrap_or_else(|| {
        let places = head.char_indices().rev().map(|(at, _)| at).take(200);
        let mut apart = places.filter(|at| !is_in_figure(text, *at));
        apart.next().unwrap_or(0)
    })
}

/// Whether a word beside this space has a figure: `83 boats` and `1 275 000` stay whole.
fn is_by_figure(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let word = |words: Option<&str>| words.is_some_and(|word| word.contains(is_figure));
    word(before.split_whitespace().next_back()) || word(after.split_whitespace().next())
}

/// Whether this place lies between two characters of a figure, or of a figure and its point or comma.
fn is_in_figure(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let of_figure = |c: char| is_figure(c) || matches!(c, '.' | ',' | '\'' | '’' | '%' | '\u{a0}' | '\u{202f}');
    before.chars().next_back().is_some_and(of_figure) && after.chars().next().is_some_and(of_figure)
}

fn is_figure(c: char) -> bool {
    c.is_numeric() || NUMERALS.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, chars: usize) -> &str {
        text[..cut(text, chars)].trim_end()
    }

    #[test]
    fn a_text_is_cut_after_its_last_whole_sentence() {
        let text = "Fire swept the harbour. Gen. Hale saw 83 boats burn. Nobody slept.";
        assert_eq!(left(text, 1_000), text);
        assert_eq!(left(text, 60), "Fire swept the harbour. Gen. Hale saw 83 boats burn.");
        assert_eq!(left(text, 40), "Fire swept the harbour.");
    }

    #[test]
    fn a_sentence_that_is_too_long_is_cut_between_words_and_never_beside_a_figure() {
        let text = "The fire took 1 275 000 crowns and 83 boats of the fleet in one night of wind";
        for chars in 1..text.len() {
            let left = left(text, chars);
            assert!(text[left.len()..].is_empty() || !left.ends_with(char::is_numeric), "{left}");
            assert!(!text[left.len()..].trim_start().starts_with(char::is_numeric), "{left}|{}", &text[left.len()..]);
        }
        assert_eq!(left(text, 29), "The fire");
        assert_eq!(left(text, 46), "The fire took 1 275 000 crowns and 83 boats of"[..].trim_end());
    }

    #[test]
    fn texts_without_spaces_are_cut_between_characters_and_not_in_a_figure() {
        let text = "火災で漁船１２７５隻が焼けた港の夜に風が吹いた";
        for chars in 1..text.chars().count() {
            let left = left(text, chars);
            let rest = &text[left.len()..];
            assert!(!(left.ends_with(char::is_numeric) && rest.starts_with(char::is_numeric)), "{left}|{rest}");
        }
        let digits = "7".repeat(500);
        assert_eq!(cut(&digits, 100), 0);
    }
}
