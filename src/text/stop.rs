//! Stop words: words so frequent that a bag of words is better off without them.
//!
//! The lists are NLTK's, folded as words are. They include what the rule for apostrophes makes of `don't` or `qu'il`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::language::Language;
use super::token::for_each_word;

/// Returns whether a folded word is a stop word of a language; false if the language has no list.
pub(crate) fn is_stop_word(folded: &str, language: Language) -> bool {
    LISTS
        .binary_search_by(|(known, _)| known.cmp(&language))
        .ok()
        .and_then(|at| LISTS.get(at))
        .is_some_and(|(_, list)| list.contains(folded))
}

/// Returns whether a folded word is on the list only as what an apostrophe leaves: the `t` of `don't`, and not that of
/// `T cell`; the `d` of `qu'il d'abord`, and not that of `vitamine D`.
pub(crate) fn is_remnant(folded: &str, language: Language) -> bool {
    REMNANTS.iter().any(|(code, remnants)| *code == language.code() && remnants.contains(&folded))
}

/// Words that are in the lists by mistake, or that carry meaning in a newspaper: numbers, seasons, states. A language,
/// and words.
const NOT_STOP_WORDS: &[(&str, &str)] = &[
    ("az", "altı altmış beş bəy dəqiqə doqquz doqsan dörd əlli faiz iki iyirmi on otuz qırx saat saniyə səkkiz səksən"),
    ("az", "üç xan xanım yeddi yetmiş yox yüz"),
    ("de", "weg"),
    ("es", "estada estadas estado estados sentida sentidas sentido sentidos"),
    ("fr", "été"),
    ("id", "bapak bulan ibu jawaban jumlah kasus masalah pertanyaan tempat"),
    ("ro", "doi două patru trei"),
    ("ru", "два жизнь лучше три человек"),
    ("zh", "严重"),
];

/// Elided articles and pronouns, and the remains of contractions.
const REMNANTS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "s", "t", "d", "m", "ll", "re", "ve", "o", "ain", "aren", "couldn", "didn", "doesn", "don", "hadn", "hasn",
            "haven", "isn", "ma", "mightn", "mustn", "needn", "shan", "shouldn", "wasn", "weren", "won", "wouldn",
        ],
    ),
    ("fr", &["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "aujourd", "hui"]),
    (
        "it",
        &[
            "l", "d", "un", "c", "s", "m", "t", "v", "n", "dell", "dall", "all", "sull", "nell", "coll", "quell",
            "quest",
        ],
    ),
    ("ca", &["l", "d", "s", "n", "m", "t"]),
    ("ga", &["d", "b"]),
    ("pt", &["d", "n"]),
    ("ro", &["l", "n", "s", "i", "m", "v", "d"]),
    ("nl", &["s", "t", "n", "k"]),
    ("de", &["s"]),
];

/// Words that a list lacks. The Turkish list has only fifty.
const MISSING: &[(&str, &[&str])] = &[
    ("en", &["would", "could", "cannot"]),
    (
        "tr",
        &["bir", "olan", "olarak", "oldu", "oldugu", "kadar", "sonra", "ben", "sen", "bunu", "bunun", "onun", "var"],
    ),
];

/// A language's list, made when it is first asked for. Making all lists would take longer than a search.
type List = LazyLock<HashSet<String>, Box<dyn FnOnce() -> HashSet<String> + Send>>;

static LISTS: LazyLock<Vec<(Language, List)>> = LazyLock::new(|| {
    let mut lists = Vec::new();
    for code in stop_words::available_languages() {
        if let Ok(language) = code.parse::<Language>() {
            lists.push((language, List::new(Box::new(move || list(code)))));
        }
    }
    lists.sort_by_key(|(language, _)| *language);
    lists
});

fn list(code: &str) -> HashSet<String> {
    let mut list = HashSet::new();
    for word in stop_words::lookup(code).unwrap_or_default() {
        let mut parts = Vec::new();
        for_each_word(word, |_, folded| parts.push(folded.to_owned()));
        // A phrase, or a Chinese word of two characters, does not make its parts stop words.
        if parts.len() == 1 || word.contains(['\'', '’']) {
            list.extend(parts);
        }
    }
    for (_, words) in REMNANTS.iter().chain(MISSING).filter(|(given, _)| *given == code) {
        list.extend(words.iter().map(|word| (*word).to_owned()));
    }
    for (_, words) in NOT_STOP_WORDS.iter().filter(|(given, _)| *given == code) {
        for_each_word(words, |_, folded| {
            list.remove(folded);
        });
    }
    list
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search() {
        assert!(LISTS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(LISTS.len() > 25);
    }

    #[test]
    fn knows_grammar_from_content() {
        let cases = [
            ("en", "the and of isn doesn s t ll ve", "election mayor minister"),
            ("fr", "le la l d qu etait meme jusqu", "election armee president ete"),
            ("de", "der die das fur uber s", "wahl regierung weg"),
            ("ru", "и не еще все него", "выборы война человек"),
            ("tr", "ve bir icin cok", "secim savas"),
            ("az", "ve ucun cox", "secki xan faiz yuz uc dord"),
            ("es", "el la mas esta", "eleccion estado estados"),
            ("it", "il dell sull", "elezione"),
        ];
        for (code, stop, content) in cases {
            let language = code.parse::<Language>().unwrap();
            for word in stop.split(' ') {
                assert!(is_stop_word(word, language), "{code} {word}");
            }
            for word in content.split(' ') {
                assert!(!is_stop_word(word, language), "{code} {word}");
            }
        }
        assert!(!is_stop_word("the", "ja".parse().unwrap()));
    }

    #[test]
    fn tells_what_an_apostrophe_leaves_from_words() {
        let french = "fr".parse().unwrap();
        assert!(is_remnant("t", Language::ENGLISH) && is_remnant("won", Language::ENGLISH) && is_remnant("d", french));
        assert!(!is_remnant("the", Language::ENGLISH) && !is_remnant("would", Language::ENGLISH));
        assert!(!is_remnant("a", french));
    }
}
