//! Removes case and diacritics from letters, fast: folding every word of an archive by the Unicode tables would take
//! longer than everything else.

use std::sync::LazyLock;

use crate::time::names;

/// The end of the table. Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic letters lie below it, and so do all
/// letters of the lexicons.
const TABLED: usize = 0x700;

/// Stands for a character that folding drops.
const NOTHING: char = '\0';

static FOLDED: LazyLock<Box<[char]>> = LazyLock::new(|| {
    let fold = |code| match char::from_u32(code).filter(|c| continues_word(*c)) {
        Some(c) => names::folded(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(NOTHING),
        None => NOTHING,
    };
    (0..TABLED as u32).map(fold).collect()
});

/// Returns whether a character is a letter, or a mark that combines with one.
pub(in super::super) fn continues_word(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Writes the word in lower case without diacritics into the buffer. `None` if it does not fit.
pub(super) fn folded<'b>(word: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    if word.is_ascii() {
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return Some(lower);
    }
    let mut length = 0;
    for c in word.chars() {
        let c = FOLDED.get(c as usize).copied().unwrap_or(c);
        if c != NOTHING {
            length += c.encode_utf8(buffer.get_mut(length..length + c.len_utf8())?).len();
        }
    }
    buffer.get(..length)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_folded_as_names_are() {
        let mut buffer = [0; 64];
        for word in ["Février", "MÄRZ", "İyul", "yıl", "сентябрь", "МАЙ", "ФЕВРАЛЯ", "été", "siècle", "Mañana", "ago"]
        {
            assert_eq!(folded(word, &mut buffer).unwrap(), names::folded(word).as_bytes(), "{word}");
        }
        assert_eq!(folded(&"x".repeat(65), &mut buffer), None);
        assert_eq!(folded(&"й".repeat(65), &mut buffer), None);
    }
}
