//! The words of time, language by language, made ready to be looked up in running text.
//!
//! Each language is one file: a table of words with their [senses](super::sense), and the habits of the language, such
//! as whether a month may follow its day. [`table`] looks words up in running text; [`letters`] takes letter case and
//! diacritics away quickly. In a language that has no file, only days written whole are found.
//!
//! The invariant: a lexicon holds data and no rules. A new word is a row here and a row in `mention/examples.rs`.

mod arabic;
mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod letters;
mod polish;
mod portuguese;
mod russian;
mod spanish;
mod table;
mod turkish;

use std::sync::LazyLock;

pub(super) use letters::continues_word;
pub(super) use table::Lexicon;

use super::sense::Habits;

/// The languages that have a lexicon, by their ISO 639-1 codes.
static LEXICONS: [(&str, LazyLock<Lexicon>); 11] = [
    ("ar", LazyLock::new(|| Lexicon::new("ar", arabic::WORDS, arabic::HABITS))),
    ("de", LazyLock::new(|| Lexicon::new("de", german::WORDS, german::HABITS))),
    ("en", LazyLock::new(|| Lexicon::new("en", english::WORDS, english::HABITS))),
    ("es", LazyLock::new(|| Lexicon::new("es", spanish::WORDS, spanish::HABITS))),
    ("fr", LazyLock::new(|| Lexicon::new("fr", french::WORDS, french::HABITS))),
    ("it", LazyLock::new(|| Lexicon::new("it", italian::WORDS, italian::HABITS))),
    ("nl", LazyLock::new(|| Lexicon::new("nl", dutch::WORDS, dutch::HABITS))),
    ("pl", LazyLock::new(|| Lexicon::new("pl", polish::WORDS, polish::HABITS))),
    ("pt", LazyLock::new(|| Lexicon::new("pt", portuguese::WORDS, portuguese::HABITS))),
    ("ru", LazyLock::new(|| Lexicon::new("ru", russian::WORDS, russian::HABITS))),
    ("tr", LazyLock::new(|| Lexicon::new("tr", turkish::WORDS, turkish::HABITS))),
];

/// The lexicon of all other languages. Dates are found by their figures and the names of months.
static NO_WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new("", &[], Habits::default()));

/// The lexicon of a language. A text of unknown language is read as English.
pub(super) fn lexicon(language: Option<&str>) -> &'static Lexicon {
    let language = language.unwrap_or("en");
    match LEXICONS.iter().find(|(code, _)| *code == language) {
        Some((_, lexicon)) => lexicon,
        None => &NO_WORDS,
    }
}
