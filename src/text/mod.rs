//! Words: languages, sentences, tokens, terms and passages. Knows no file and no index.

mod abbreviation;
mod alike;
mod analyzer;
mod boundary;
mod fold;
mod interner;
mod language;
mod layout;
mod passage;
mod pattern;
mod segment;
mod sentence;
mod similar;
mod stop;
mod token;
mod translit;
mod written;

pub(crate) use alike::alike;
pub(crate) use analyzer::{Analyzer, is_stemmed};
pub(crate) use boundary::floor;
pub(crate) use fold::{fold, fold_into};
pub(crate) use interner::Interner;
pub use language::Language;
pub use passage::{Passage, Splitter};
pub(crate) use pattern::{Pattern, PatternWord, distance_up_to, has_wildcards, pattern_words};
pub(crate) use sentence::sentences;
pub(crate) use similar::nearest;
pub(crate) use stop::{is_remnant, is_stop_word};
pub(crate) use token::{for_each_raw_word, for_each_word, for_each_written_word, tokens};
pub(crate) use translit::{first_letters, is_cyrillic, name_key, sound_mask};
pub(crate) use written::{FORM_SEPARATOR, written_form};
