//! Words: languages, sentences, tokens, stems and passages. This room knows no file and no index.
//!
//! * From text to words: `segment` finds word boundaries, `token` the words that are searched, `fold` takes
//!   away letter case and diacritics, `written` keeps the exact form, `analyzer` makes stems, `translit` and
//!   `alike` join spellings of one name, `sounds` walks to them, `pattern` matches wildcards. `grams` serves scripts
//!   without spaces, and `korean` takes particles off.
//! * From text to sentences: `layout` tells what a line break means, `abbreviation` what a full stop means,
//!   `sentence` cuts, `passage` makes passages of two to five sentences.
//! * Comparing texts: `fingerprint` estimates how much of one stands in another, `diff` shows what changed,
//!   `figure` which words are numbers, `furniture` which of them only date the text.
//!
//! The invariant: every function accepts any text. All offsets are bytes of the text as given and lie on character
//! boundaries (`boundary`), and the same word is folded the same way in an index and in a question.
//!
//! Three parts are our own although a library does their work, because speed or answers would change:
//!
//! * `segment`: `unicode-segmentation` alone finds the same words with 1.3 times the instructions in English, 2 times in
//!   Russian and 5.6 times in Turkish, before it tells their shapes.
//! * The function words of `language`: `whatlang` alone takes 3.6 times the instructions, half a million more for each
//!   text, and names another language for one in 290 of the texts that function words settle.
//! * The alignment of `diff`: `imara-diff` takes 1.2 times the instructions, and aligns one pair of texts in six otherwise,
//!   with as many equal words. So changes would be told otherwise.

mod abbreviation;
mod alike;
mod analyzer;
mod analyzers;
mod arabic;
mod boundary;
mod diff;
mod figure;
mod fingerprint;
mod fold;
mod furniture;
mod grams;
mod han;
mod harmless;
mod interner;
mod korean;
mod language;
mod layout;
mod passage;
mod pattern;
mod segment;
mod sentence;
mod similar;
mod sounds;
mod stop;
mod token;
mod translit;
mod written;

pub(crate) use alike::alike;
pub(crate) use analyzer::{Analyzer, STEMMER, is_stemmed};
pub(crate) use analyzers::Analyzers;
pub(crate) use boundary::floor;
pub(crate) use diff::Words;
pub use diff::{Change, FigureChange, TextDiff};
pub(crate) use fingerprint::{Fingerprinter, Overlap, complete_to, word_hash};
pub(crate) use fold::{fold, fold_into};
pub(crate) use grams::{Grams, Piece, Spaceless, pieces, readers_words, stretch};
pub(crate) use harmless::commands;
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(crate) use harmless::repeated;
pub use harmless::{harmless, tame};
pub(crate) use interner::Interner;
pub use language::Language;
pub(crate) use language::Script;
pub use passage::{Passage, Splitter};
pub(crate) use pattern::{Pattern, PatternWord, distance_up_to, has_wildcards, pattern_words};
pub(crate) use sentence::sentences;
pub(crate) use similar::nearest;
pub(crate) use sounds::{Sounds, Walked};
pub(crate) use stop::{is_remnant, is_stop_word};
pub(crate) use token::{Token, for_each_raw_word, for_each_word, for_each_written_word, tokens};
pub(crate) use translit::{
    Likeness, NameKeys, has_no_capitals, is_cyrillic, is_of_many_letters, is_transliterated, likeness,
};
pub(crate) use written::{FORM_SEPARATOR, form_term, marked_form, written_form};
