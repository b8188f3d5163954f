//! From folded words to their Snowball stems.
//!
//! A stem is made of the *folded* word, because a question shows nothing more: people type with and without accents.
//! Stemmers expect accents, so some are put back first: in Turkish, whose suffixes follow the vowels, the dots that
//! vowel harmony requires, and in a few other languages the accents of the commonest endings. This is a guess, and the
//! same one for index and question.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::arabic::BROKEN_PLURALS;
use super::fold::{fold, fold_into};
use super::korean;
use super::language::Language;

/// The stemmer and its version, as the manifest of an index names them. Another version may make other stems.
pub(crate) const STEMMER: &str = "frostem 1.20260821.8";

/// Entries of the stem cache: a power of two. At 64 bytes each, the cache fits a core's second-level cache.
const CACHE_ENTRIES: usize = 1 << 14;
/// Entries of the cache for questions. A question and the few texts it shows have fewer words, and should not wait for
/// a larger allocation.
const FEW_ENTRIES: usize = 1 << 12;
const ENTRY_BYTES: usize = 60;

/// Makes stems and owns a bounded cache of them. Each thread needs its own.
pub(crate) struct Analyzer {
    cache: Vec<Entry>,
    stem: String,
}

/// A word and its stem, one after the other, in one cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Entry {
    bytes: [u8; ENTRY_BYTES],
    /// The language, counted from 1; 0 for an entry never used.
    language: u8,
    word: u8,
    stem: u8,
}

impl Entry {
    const EMPTY: Entry = Entry { bytes: [0; ENTRY_BYTES], language: 0, word: 0, stem: 0 };

    fn new(word: &str, stem: &str, language: u8) -> Option<Entry> {
        let mut entry = Entry { language, ..Entry::EMPTY };
        let (start, end) = (word.len(), word.len() + stem.len());
        entry.bytes.get_mut(..start)?.copy_from_slice(word.as_bytes());
        entry.bytes.get_mut(start..end)?.copy_from_slice(stem.as_bytes());
        entry.word = u8::try_from(word.len()).ok()?;
        entry.stem = u8::try_from(stem.len()).ok()?;
        Some(entry)
    }

    #[inline]
    fn is_for(&self, word: &str, language: u8) -> bool {
        self.language == language && self.bytes.get(..usize::from(self.word)) == Some(word.as_bytes())
    }

    #[inline]
    fn stem(&self) -> &str {
        let start = usize::from(self.word);
        let bytes = self.bytes.get(start..start + usize::from(self.stem)).unwrap_or_default();
        str::from_utf8(bytes).unwrap_or_default()
    }
}

impl Analyzer {
    /// An analyzer with an empty cache, about a megabyte.
    pub(crate) fn new() -> Analyzer {
        Analyzer { cache: vec![Entry::EMPTY; CACHE_ENTRIES], stem: String::new() }
    }

    /// An analyzer for questions, with a cache of a quarter of that.
    pub(crate) fn for_questions() -> Analyzer {
        Analyzer { cache: vec![Entry::EMPTY; FEW_ENTRIES], stem: String::new() }
    }

    /// The stem of a folded word, or the word itself in a language that has no stemmer. Without a language, the English
    /// stemmer is used: texts too short to tell their language are most often English, and its rules do little to words
    /// of other languages.
    pub(crate) fn stem<'a>(&'a mut self, folded: &'a str, language: Option<Language>) -> &'a str {
        if let Some(stem) = korean::stem(folded) {
            return stem;
        }
        match stemmer(language) {
            Some(stemmer) => self.cached(folded, &stemmer),
            None => folded,
        }
    }

    /// The stem of a word with its marks (see [`marked_form`](super::marked_form)), as the word has them: what tells
    /// `năm` from `nam`. None where the stem has none of them.
    pub(crate) fn marked_stem(&mut self, marked: &str, language: Option<Language>) -> Option<String> {
        let folded = fold(marked);
        let stem = self.stem(&folded, language);
        let ends = marked.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut beginnings = ends.filter_map(|end| marked.get(..end));
        beginnings.find(|beginning| fold(beginning) == stem).filter(|found| *found != stem).map(str::to_owned)
    }

    #[inline]
    fn cached<'a>(&'a mut self, folded: &'a str, stemmer: &LanguageStemmer) -> &'a str {
        // Figures have no stem and would only push words out of the cache.
        if folded.starts_with(|c: char| c.is_ascii_digit()) {
            return folded;
        }
        let hash = xxh3_64_with_seed(folded.as_bytes(), u64::from(stemmer.key));
        let slot = usize::try_from(hash).unwrap_or_default() & (self.cache.len() - 1);
        if !self.cache[slot].is_for(folded, stemmer.key) {
            stemmer.stem_into(folded, &mut self.stem);
            match Entry::new(folded, &self.stem, stemmer.key) {
                Some(entry) => self.cache[slot] = entry,
                None => return &self.stem,
            }
        }
        self.cache[slot].stem()
    }
}

/// Returns whether words of this language, or of texts in none, can have stems other than themselves.
pub(crate) fn is_stemmed(language: Option<Language>) -> bool {
    stemmer(language).is_some() || language.is_some_and(|language| language.code() == "ko")
}

struct LanguageStemmer {
    algorithm: Algorithm,
    stemmer: Stemmer,
    key: u8,
}

impl LanguageStemmer {
    fn stem_into(&self, folded: &str, out: &mut String) {
        out.clear();
        let input = restore(folded, self.algorithm);
        let stem = self.stemmer.stem(&input);
        fold_into(&stem, out);
        if self.algorithm == Algorithm::Arabic
            && let Some(singular) = singulars().get(out.as_str())
        {
            out.clear();
            out.push_str(singular);
        }
        // A stem of one or two letters would join unrelated words: Turkish deniz would become de. Scripts that leave
        // vowels out have words of two.
        let fewest = if self.algorithm == Algorithm::Persian { 2 } else { 3 };
        if out.chars().count() < fewest {
            out.clear();
            out.push_str(folded);
        }
    }
}

/// The Snowball stemmer of a language, if it has one.
fn stemmer(language: Option<Language>) -> Option<LanguageStemmer> {
    let algorithm = match language.unwrap_or(Language::ENGLISH).code() {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fa" => Algorithm::Persian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    };
    let key = u8::try_from(Algorithm::all().iter().position(|known| *known == algorithm)?).ok()?.checked_add(1)?;
    Some(LanguageStemmer { algorithm, stemmer: Stemmer::new(algorithm), key })
}

/// The stems of Arabic broken plurals, each with that of its singular.
fn singulars() -> &'static HashMap<String, String> {
    static SINGULARS: OnceLock<HashMap<String, String>> = OnceLock::new();
    SINGULARS.get_or_init(|| {
        let stemmer = Stemmer::new(Algorithm::Arabic);
        let stem = |word: &str| fold(&stemmer.stem(&restore(&fold(word), Algorithm::Arabic)));
        let pairs = BROKEN_PLURALS.iter().map(|(plural, singular)| (stem(plural), stem(singular)));
        pairs.filter(|(plural, singular)| plural != singular).collect()
    })
}

/// Puts back the accents that folding took and that the stemmer of the language needs.
fn restore(folded: &str, algorithm: Algorithm) -> Cow<'_, str> {
    match algorithm {
        Algorithm::Turkish => restore_turkish(folded),
        Algorithm::French => restore_french(folded),
        Algorithm::Portuguese => {
            restore_ending(folded, &[("coes", "ção"), ("oes", "ão"), ("cao", "ção"), ("ao", "ão")])
        }
        Algorithm::Polish => restore_ending(folded, &[("ow", "ów")]),
        Algorithm::Arabic => restore_ending(without_and(folded), &[("\u{647}", "\u{629}")]),
        Algorithm::Persian => Cow::Owned(folded.replace('\u{64A}', "\u{6CC}").replace('\u{643}', "\u{6A9}")),
        _ => Cow::Borrowed(folded),
    }
}

fn restore_ending<'a>(folded: &'a str, endings: &[(&str, &str)]) -> Cow<'a, str> {
    endings
        .iter()
        .find_map(|(plain, written)| folded.strip_suffix(plain).map(|root| Cow::Owned(format!("{root}{written}"))))
        .unwrap_or(Cow::Borrowed(folded))
}

/// An Arabic word with its article, without the `and` or `so` that is written onto it.
fn without_and(folded: &str) -> &str {
    let rest = folded.strip_prefix(['و', 'ف']).filter(|rest| rest.starts_with("ال") && rest.chars().count() > 4);
    rest.unwrap_or(folded)
}

fn restore_french(folded: &str) -> Cow<'_, str> {
    match folded.strip_suffix("es").or_else(|| folded.strip_suffix('e')).and_then(|rest| rest.strip_suffix('e')) {
        Some(root) if root.len() > 2 => Cow::Owned(format!("{root}é{}", &folded[root.len() + 1..])),
        _ => Cow::Borrowed(folded),
    }
}

/// Vowel harmony: `i` after a back vowel is `ı`; `u` and `o` before `e` are `ü` and `ö`.
fn restore_turkish(folded: &str) -> Cow<'_, str> {
    if !folded.contains(['i', 'u', 'o']) {
        return Cow::Borrowed(folded);
    }
    let mut out = String::with_capacity(folded.len() + 4);
    let mut back = false;
    for (at, c) in folded.char_indices() {
        let next = || folded.get(at + 1..).and_then(|rest| rest.chars().find(|c| "aeiou".contains(*c)));
        match c {
            'a' => back = true,
            'e' => back = false,
            'i' if back && next() != Some('e') => {
                out.push('ı');
                continue;
            }
            'u' | 'o' => {
                back = next() != Some('e');
                if !back {
                    out.push(if c == 'u' { 'ü' } else { 'ö' });
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn stem(word: &str, code: &str) -> String {
        Analyzer::new().stem(&fold(word), Some(code.parse().unwrap())).to_owned()
    }

    #[test]
    fn the_stemmer_named_in_indexes_is_the_one_that_is_built_in() {
        let (name, version) = STEMMER.split_once(' ').unwrap();
        let manifest = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        assert!(
            manifest.contains(&format!("\n{name} = \"={version}\"\n")),
            "Cargo.toml has another version than {STEMMER}"
        );
    }

    #[test]
    fn inflections_meet() {
        let groups: &[(&str, &[&str])] = &[
            ("en", &["election", "elections"]),
            ("en", &["attack", "attacked", "attacking", "attacks"]),
            ("fr", &["élection", "élections"]),
            ("fr", &["publiée", "publiées", "publier"]),
            ("fr", &["étudiant", "étudiants", "étudiante", "étudiantes"]),
            ("de", &["Haus", "Häuser", "Hauses"]),
            ("de", &["Wahl", "Wahlen"]),
            ("es", &["elección", "elecciones"]),
            ("tr", &["kitap", "kitaplar"]),
            ("tr", &["seçimler", "seçimleri"]),
            ("tr", &["gün", "günler", "günlerde"]),
            ("tr", &["kadınlar", "kadınları", "kadınlarda"]),
            ("ru", &["выборы", "выборов", "выборам"]),
            ("ru", &["ребёнок", "ребенок"]),
            ("it", &["elezione", "elezioni"]),
            ("pt", &["eleição", "eleições"]),
            ("pl", &["wybory", "wyborów"]),
            ("ar", &["مدينة", "المدينة", "والمدينة", "مدينه", "مدن", "المدن", "بالمدينة", "للمدينة"]),
            ("ar", &["سفينة", "سفن", "والسفن"]),
            ("ar", &["مكتب", "مكاتب", "المكاتب"]),
            ("fa", &["کتاب", "کتاب\u{200C}ها", "کتابها", "كتاب", "کتاب\u{200C}های"]),
            ("ko", &["어부", "어부들은", "어부가"]),
        ];
        let mut apart = Vec::new();
        for (code, words) in groups {
            let stems: Vec<String> = words.iter().map(|word| stem(word, code)).collect();
            if stems.iter().any(|one| *one != stems[0]) {
                apart.push(format!("{code}: {words:?} -> {stems:?}"));
            }
        }
        assert_eq!(apart, Vec::<String>::new());
    }

    #[test]
    fn accents_typed_or_not_give_one_stem() {
        for (with, without, code) in
            [("élections", "elections", "fr"), ("kadınları", "kadinlari", "tr"), ("Häuser", "hauser", "de")]
        {
            assert_eq!(stem(with, code), stem(without, code), "{with}");
        }
    }

    #[test]
    fn without_a_stemmer_the_stem_is_the_word_and_without_a_language_it_is_english() {
        let mut analyzer = Analyzer::new();
        assert_eq!(analyzer.stem("elections", None), "elect", "as in English");
        assert_eq!(analyzer.stem("seckiler", Some("az".parse().unwrap())), "seckiler");
        assert_eq!(analyzer.stem("1990s", Some(Language::ENGLISH)), "1990s");
    }

    proptest! {
        #[test]
        fn the_cache_changes_nothing_and_no_stem_is_empty(words in prop::collection::vec("[a-zа-яı]{1,40}", 1..30), codes in prop::sample::subsequence(vec!["en", "fr", "tr", "ru", "de"], 2)) {
            let mut warm = Analyzer::new();
            for _ in 0..2 {
                for word in &words {
                    for code in &codes {
                        let fresh = stem(word, code);
                        prop_assert!(!fresh.is_empty());
                        let folded = fold(word);
                        prop_assert_eq!(warm.stem(&folded, Some(code.parse().unwrap())), fresh);
                    }
                }
            }
        }

        #[test]
        fn any_word_has_a_stem_in_any_language(word in "\\PC{1,40}", code in prop::sample::select(vec!["en", "ar", "tr", "fr", "hi", "el", "ta", "yi", "pl", "cs"])) {
            let folded = fold(&word);
            prop_assert_eq!(folded.is_empty(), stem(&word, code).is_empty(), "{}", word);
        }
    }
}
