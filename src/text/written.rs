//! Words as they are written, letter case and diacritics included: the words that `=Word` asks for.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::boundary;
use super::fold::MAX_TERM_BYTES;

/// Separates the folded from the written form in a term. No word contains it.
pub(crate) const FORM_SEPARATOR: char = '\u{1e}';

/// The written form of a word, composed (NFC) and cut like its folded form. None where it equals the folded form, as
/// for most words of most languages.
#[inline]
pub(crate) fn written_form<'a>(written: &'a str, folded: &str) -> Option<Cow<'a, str>> {
    if written == folded {
        return None;
    }
    let written = &written[..boundary::floor(written, MAX_TERM_BYTES)];
    if written.is_ascii() || is_nfc_quick(written.chars()) == IsNormalized::Yes {
        return (written != folded).then_some(Cow::Borrowed(written));
    }
    let composed: String = written.nfc().collect();
    (composed != folded).then_some(Cow::Owned(composed))
}

/// The term for a word that is not written as it is folded.
pub(crate) fn form_term(folded: &str, written: &str) -> String {
    format!("{folded}{FORM_SEPARATOR}{}", short(folded, written))
}

/// Names the two commonest ways of writing by one letter, so that their terms share their ends in the dictionary: `T`
/// with a capital letter, `U` all in capitals. No other word is written as one of these letters.
fn short<'a>(folded: &str, written: &'a str) -> &'a str {
    let (folded, bytes) = (folded.as_bytes(), written.as_bytes());
    if !written.is_ascii() || folded.len() != bytes.len() {
        return written;
    }
    let capital = |at: usize| bytes[at] == folded[at].to_ascii_uppercase();
    if !bytes.is_empty() && capital(0) && bytes[1..] == folded[1..] {
        "T"
    } else if (0..bytes.len()).all(capital) {
        "U"
    } else {
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn only_words_with_capitals_or_diacritics_have_a_form_of_their_own() {
        for (written, form) in [
            ("polish", None),
            ("Polish", Some("Polish")),
            ("POLISH", Some("POLISH")),
            ("élan", Some("élan")),
            ("1992", None),
            ("пожар", None),
            ("Пожар", Some("Пожар")),
            ("港", None),
        ] {
            let decomposed: String = written.nfd().collect();
            for written in [written, &decomposed] {
                assert_eq!(written_form(written, &fold(written)).as_deref(), form, "{written}");
            }
        }
    }
}
