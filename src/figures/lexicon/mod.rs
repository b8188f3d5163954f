//! The words by which a language counts: number words, words for how closely a number is meant, and the small words
//! that join a number to what it counts.
//!
//! Each language is one file: a [`Table`] of words, no rules. In a language that has no file, numbers in digits are
//! found, and the words right behind them are what they count.
//!
//! The invariant: a table holds data alone. Words are folded when a table is read, so it may write them as the language
//! does.

mod arabic;
mod azerbaijani;
mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod polish;
mod portuguese;
mod russian;
mod spanish;
mod table;
mod turkish;
mod units;

use std::collections::HashMap;
use std::sync::LazyLock;

use table::Table;
pub(super) use table::{Class, Order};
pub(super) use units::{currency_sign, unit};

use super::quantity::Bound;
use crate::text::{Language, fold, is_stop_word};

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    /// A number below a hundred, or hundreds in one word.
    Unit(u64),
    /// A hundred, a thousand and more, and a dozen.
    Times(u64),
}

/// The words of one language, ready to be looked up.
pub(super) struct Lexicon {
    language: Option<Language>,
    table: &'static Table,
    atoms: HashMap<String, Atom>,
    bound_atoms: HashMap<String, Atom>,
    vague: HashMap<String, f64>,
    rounds: HashMap<String, f64>,
    before: Vec<(Vec<String>, Bound)>,
    after: Vec<(Vec<String>, Bound)>,
    /// The classes of a word as bits.
    classes: HashMap<String, u32>,
}

static LEXICONS: LazyLock<Vec<(&str, Lexicon)>> = LazyLock::new(|| {
    let tables: [(&str, &'static Table); 13] = [
        ("ar", &arabic::TABLE),
        ("az", &azerbaijani::TABLE),
        ("de", &german::TABLE),
        ("en", &english::TABLE),
        ("es", &spanish::TABLE),
        ("fr", &french::TABLE),
        ("it", &italian::TABLE),
        ("nl", &dutch::TABLE),
        ("pl", &polish::TABLE),
        ("pt", &portuguese::TABLE),
        ("ru", &russian::TABLE),
        ("tr", &turkish::TABLE),
        ("", &table::NO_WORDS),
    ];
    tables.into_iter().map(|(code, table)| (code, Lexicon::new(code, table))).collect()
});

/// Languages whose decimal sign is a point, besides English.
const DECIMAL_POINT: [&str; 12] = ["zh", "ja", "ko", "th", "he", "hi", "ur", "bn", "ta", "te", "ms", "ar"];

impl Lexicon {
    /// The lexicon of a language. A text of unknown language is read as English.
    pub(super) fn of(language: Option<&str>) -> &'static Lexicon {
        let language = language.unwrap_or("en");
        let known = LEXICONS.iter().find(|(code, _)| *code == language);
        &known.unwrap_or(&LEXICONS[LEXICONS.len() - 1]).1
    }

    fn new(code: &str, table: &'static Table) -> Lexicon {
        let atoms = |words: &str| -> HashMap<String, Atom> {
            values(words)
                .map(|(word, value)| {
                    let whole = value as u64;
                    let is_times = whole == 12 && table.dozen.split(' ').any(|dozen| fold(dozen) == word)
                        || whole >= 100 && table.times.split_whitespace().any(|times| fold(times) == word);
                    (word, if is_times { Atom::Times(whole) } else { Atom::Unit(whole) })
                })
                .collect()
        };
        let phrases = |bounds: &[(Bound, &str)]| -> Vec<(Vec<String>, Bound)> {
            let phrase = |words: &str| words.split(' ').map(fold).collect::<Vec<String>>();
            let mut all: Vec<_> = bounds
                .iter()
                .flat_map(|(bound, words)| words.split('|').map(move |words| (phrase(words), *bound)))
                .collect();
            // The longest phrase is tried first.
            all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            all
        };
        let mut classes: HashMap<String, u32> = HashMap::new();
        for (class, words) in table.classes {
            words.split_whitespace().for_each(|word| *classes.entry(fold(word)).or_default() |= class.bit());
        }
        Lexicon {
            language: code.parse().ok(),
            table,
            atoms: atoms(table.numbers),
            bound_atoms: atoms(table.bound),
            vague: values(table.vague).collect(),
            rounds: values(table.rounds).collect(),
            before: phrases(table.before),
            after: phrases(table.after),
            classes,
        }
    }

    pub(super) fn order(&self) -> Order {
        self.table.order
    }

    /// A word of a number.
    pub(super) fn atom(&self, folded: &str) -> Option<Atom> {
        self.atoms.get(folded).copied()
    }

    /// A form that only stands before another part of the same word: `ottant` in `ottantuno`.
    pub(super) fn bound_atom(&self, folded: &str) -> Option<Atom> {
        self.bound_atoms.get(folded).copied()
    }

    /// The least that a vague number says: 12 for `dozens`.
    pub(super) fn vague(&self, folded: &str) -> Option<f64> {
        self.vague.get(folded).copied()
    }

    /// The number near which a word is: 100 for `centaine`.
    pub(super) fn round(&self, folded: &str) -> Option<f64> {
        self.rounds.get(folded).copied()
    }

    /// The words before a number that say how closely it is meant, the longest first.
    pub(super) fn before(&self) -> &[(Vec<String>, Bound)] {
        &self.before
    }

    /// The same behind a number: `or more`.
    pub(super) fn after(&self) -> &[(Vec<String>, Bound)] {
        &self.after
    }

    pub(super) fn is(&self, class: Class, folded: &str) -> bool {
        self.classes.get(folded).is_some_and(|classes| classes & class.bit() != 0)
    }

    /// Returns whether a word ends the words that a number counts.
    pub(super) fn is_stop(&self, folded: &str) -> bool {
        const LISTS: [Class; 7] =
            [Class::Stop, Class::Of, Class::Be, Class::To, Class::Join, Class::Determiner, Class::Relative];
        self.language.is_some_and(|language| is_stop_word(folded, language))
            || LISTS.iter().any(|class| self.is(*class, folded))
    }

    /// Returns whether a comma parts the decimals. It does in most languages.
    pub(super) fn comma_is_decimal(&self) -> bool {
        self.language.is_some_and(|language| language != Language::ENGLISH && !DECIMAL_POINT.contains(&language.code()))
    }

    /// Returns whether blanks set thousands apart.
    pub(super) fn blanks_group(&self) -> bool {
        const BLANKS: [&str; 6] = ["fr", "ru", "pl", "es", "pt", "az"];
        self.language.is_some_and(|language| BLANKS.contains(&language.code()))
    }

    /// Returns whether the words of a number are written as one.
    pub(super) fn joins_words(&self) -> bool {
        const JOINED: [&str; 4] = ["de", "nl", "it", "tr"];
        self.language.is_some_and(|language| JOINED.contains(&language.code()))
    }

    /// Returns whether digits with a full stop are an ordinal: `33. Jahrestag`.
    pub(super) fn dots_ordinals(&self) -> bool {
        const DOTS: [&str; 3] = ["de", "tr", "pl"];
        self.language.is_some_and(|language| DOTS.contains(&language.code()))
    }

    /// Returns whether grammatical endings are tied to digits: `83'ü`, `600-dən`.
    pub(super) fn ties_endings(&self) -> bool {
        const TIED: [&str; 6] = ["tr", "az", "fi", "hu", "kk", "uz"];
        self.language.is_some_and(|language| TIED.contains(&language.code()))
    }

    /// Returns whether a word ends like a verb of the past.
    pub(super) fn is_past(&self, folded: &str) -> bool {
        self.table.past.split_whitespace().any(|ending| folded.len() > ending.len() + 2 && folded.ends_with(ending))
    }
}

/// `83 word other; 90 third`: words with their values.
fn values(words: &str) -> impl Iterator<Item = (String, f64)> + '_ {
    words.split(';').flat_map(|row| {
        let mut parts = row.split_whitespace();
        let value = parts.next().and_then(|value| value.parse::<f64>().ok());
        value.into_iter().flat_map(move |value| parts.clone().map(move |word| (fold(word), value)))
    })
}
