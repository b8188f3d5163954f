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

/// A Latin word with its marks, in lower case: `năm`, `été`, `göl`. None where it has none, since it is then its folded
/// form. Marks of other scripts are helps to reading that are mostly left out, or stay in the folded form.
pub(crate) fn marked_form(written: &str, folded: &str) -> Option<String> {
    if written.is_ascii() {
        return None;
    }
    let written = &written[..boundary::floor(written, MAX_TERM_BYTES)];
    // The dot that lower case makes of a Turkish capital is that of any i.
    let lower: String = written.nfkc().flat_map(char::to_lowercase).filter(|c| *c != '\u{307}').nfc().collect();
    (lower != folded && lower.contains(is_marked)).then_some(lower)
}

/// Returns whether this is a letter of the Latin alphabet with a mark, or one that other languages do not have.
fn is_marked(c: char) -> bool {
    matches!(c, '\u{DF}'..='\u{24F}' | '\u{250}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}') && c != '\u{F7}'
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
    fn marks_are_those_of_latin_letters_whatever_the_case() {
        for (written, marked) in [
            ("Năm", Some("năm")),
            ("NA\u{306}M", Some("năm")),
            ("ÉTÉ", Some("été")),
            ("İstanbul", None),
            ("Diyarbakır", Some("diyarbakır")),
            ("Straße", Some("straße")),
            ("nam", None),
            ("ﬁne", None),
            ("Ёлка", None),
            ("за\u{301}мок", None),
        ] {
            assert_eq!(marked_form(written, &fold(written)).as_deref(), marked, "{written}");
        }
    }

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
