//! Walks the index's own words: those that a pattern means, those of one stem, and the written forms of one word.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::vocabulary::{Vocabulary, WordCounts};
use crate::backend::clause::TextField;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::passages::slot::{ANY_LANGUAGE, Expansion, Languages};
use crate::text::{Analyzer, FORM_SEPARATOR, Language, Pattern, is_stemmed};

/// The most words that a pattern stands for, the most frequent ones.
pub(crate) const MOST_WORDS: usize = 1_000;

/// The most words of the index that are looked at for the patterns of one question. A pattern that begins with a
/// wildcard looks at all words, once for each segment. The first pattern is always looked up.
pub(crate) const MOST_LOOKED_AT: usize = 4_000_000;

/// The most words of one stem that are looked for in documents of no recognised language.
const MOST_UNTOLD: usize = 50;

/// The largest distance between words for which the engine has automata.
const MOST_DISTANT: u8 = 2;

/// The words of a field that a pattern means, at most [`MOST_WORDS`]. None if the patterns before it have looked at as
/// many words as one question may. `typed` identifies the pattern.
pub(crate) fn expand<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    field: TextField,
    typed: &str,
    pattern: &Pattern,
) -> Result<Option<Arc<Expansion>>> {
    let key = (field, typed.to_string());
    if let Some(known) = vocabulary.known_patterns.borrow().get(&key) {
        return Ok(Some(Arc::clone(known)));
    }
    if vocabulary.looked_at.get() >= MOST_LOOKED_AT {
        return Ok(None);
    }
    let mut found: HashMap<String, u64> = HashMap::new();
    let mut looked_at = vocabulary.looked_at.get();
    walk_likely(vocabulary.backend(), field, pattern, &mut |word, documents| {
        looked_at += 1;
        if pattern.matches(word) {
            match found.get_mut(word) {
                Some(count) => *count += documents,
                None => {
                    found.insert(word.to_string(), documents);
                }
            }
        }
    })?;
    let mut words: Vec<(String, u64)> = found.into_iter().collect();
    if vocabulary.backend().walks_removed() {
        vocabulary.expect(field, words.iter().map(|(word, _)| word))?;
        for (word, documents) in &mut words {
            *documents = vocabulary.backend().frequency(field, word)?;
        }
        words.retain(|(_, documents)| *documents > 0);
    }
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let left_out = words.len().saturating_sub(MOST_WORDS);
    words.truncate(MOST_WORDS);
    let expansion = Arc::new(Expansion { words, left_out });
    vocabulary.looked_at.set(looked_at);
    vocabulary.known_patterns.borrow_mut().insert(key, Arc::clone(&expansion));
    Ok(Some(expansion))
}

/// The words with the stem of this one, each with the languages in which it has that stem.
pub(crate) fn same_stem<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    analyzer: &mut Analyzer,
    folded: &str,
) -> Result<Vec<(String, Languages)>> {
    let stemmed = vocabulary.bits().filter(|(language, _)| is_stemmed(*language));
    let stems: Vec<Sought> = stemmed.map(|(language, bit)| Sought::new(analyzer, folded, language, bit)).collect();
    let mut prefixes: Vec<&str> = stems.iter().map(|stem| stem.prefix.as_str()).collect();
    prefixes.sort_unstable();
    // A prefix that begins with another is walked with it.
    prefixes.dedup_by(|longer, shorter| longer.starts_with(&**shorter));
    let mut found: HashMap<String, Languages> = HashMap::from([(folded.to_string(), ANY_LANGUAGE)]);
    let parts: Vec<&str> = stems.iter().map(|stem| stem.core.as_str()).collect();
    for prefix in prefixes {
        let mut each = |word: &str, _| {
            let languages = stems.iter().filter(|stem| stem.is_of(analyzer, word)).fold(0, |all, stem| all | stem.bit);
            if languages != 0 && word != folded {
                found.insert(word.to_string(), languages);
            }
        };
        match prefix {
            "" => vocabulary.backend().terms_holding(TextField::Words, &parts, &mut each)?,
            prefix => vocabulary.backend().terms_from(TextField::Words, prefix, &mut each)?,
        }
    }
    let mut words: Vec<(String, Languages)> = found.into_iter().collect();
    words.sort_unstable();
    Ok(words)
}

/// The words with the stem of this one in a language, but for those that have it in English too; the most frequent ones,
/// with the numbers of their documents. None are looked for once the question has looked at as many words as it may.
pub(crate) fn same_stem_in<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    analyzer: &mut Analyzer,
    folded: &str,
    language: Language,
) -> Result<WordCounts> {
    if let Some(known) = vocabulary.known_untold.borrow().get(folded) {
        return Ok(known.clone());
    }
    let mut looked_at = vocabulary.looked_at.get();
    if looked_at >= MOST_LOOKED_AT {
        return Ok(Vec::new());
    }
    let sought = Sought::new(analyzer, folded, Some(language), ANY_LANGUAGE);
    let english = analyzer.stem(folded, None).to_string();
    let mut found = BTreeSet::new();
    vocabulary.backend().terms_from(TextField::Words, &sought.prefix, &mut |word, _| {
        looked_at += 1;
        if sought.is_of(analyzer, word) && analyzer.stem(word, None) != english {
            found.insert(word.to_owned());
        }
    })?;
    vocabulary.looked_at.set(looked_at);
    vocabulary.expect(TextField::Words, &found)?;
    let mut words = WordCounts::new();
    for word in found {
        let documents = vocabulary.exact_frequency(&word)?;
        words.push((word, documents));
    }
    words.retain(|(_, documents)| *documents > 0);
    // The order of the words stays where several are equally frequent.
    words.sort_by_key(|(_, documents)| Reverse(*documents));
    words.truncate(MOST_UNTOLD);
    vocabulary.known_untold.borrow_mut().insert(folded.to_owned(), words.clone());
    Ok(words)
}

/// All written forms of a word other than the folded one.
pub(crate) fn written<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<Vec<String>> {
    let mut forms = Vec::new();
    vocabulary.backend().terms_from(TextField::Forms, &format!("{folded}{FORM_SEPARATOR}"), &mut |term, _| {
        if forms.iter().all(|form| form != term) {
            forms.push(term.to_string());
        }
    })?;
    Ok(forms)
}

/// Calls `each` with every word of a field that a pattern may mean.
fn walk_likely<B: Backend>(
    backend: &B,
    field: TextField,
    pattern: &Pattern,
    each: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    match pattern.near().filter(|(_, distance)| (1..=MOST_DISTANT).contains(distance)) {
        Some((word, distance)) => backend.terms_near(field, &word, distance, each),
        None => match (pattern.prefix(), pattern.part()) {
            (prefix, part) if prefix.is_empty() && !part.is_empty() => backend.terms_holding(field, &[&part], each),
            (prefix, _) => backend.terms_from(field, &prefix, each),
        },
    }
}

/// A stem looked for in one language.
struct Sought {
    stem: String,
    language: Option<Language>,
    bit: Languages,
    /// The beginning of the words of that stem.
    prefix: String,
    /// Letters that the words contain, where they may begin with something else.
    core: String,
}

impl Sought {
    fn new(analyzer: &mut Analyzer, folded: &str, language: Option<Language>, bit: Languages) -> Sought {
        let stem = analyzer.stem(folded, language).to_string();
        // Stemmers change at most the last letters: happy and happi, die and dying.
        let letters = stem.chars().count().saturating_sub(2).max(1);
        let core: String = stem.chars().take(letters).collect();
        let keeps = language.unwrap_or(Language::ENGLISH).keeps_beginnings();
        Sought { prefix: if keeps { core.clone() } else { String::new() }, core, stem, language, bit }
    }

    fn is_of(&self, analyzer: &mut Analyzer, word: &str) -> bool {
        word.contains(&self.core) && analyzer.stem(word, self.language) == self.stem
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use super::*;
    use crate::document::Document;
    use crate::index::snapshot::shared::Inner;
    use crate::index::state::State;
    use crate::index::writing::index_writer::IndexWriter;
    use crate::text::{PatternWord, pattern_words};

    fn pattern(text: &str) -> Pattern {
        match pattern_words(text).pop() {
            Some(PatternWord::Pattern(pattern)) => pattern,
            other => panic!("{text} is {other:?}"),
        }
    }

    #[test]
    fn patterns_look_at_what_they_begin_with_and_at_no_more_than_one_question_may() {
        let inner = Arc::new(Inner::in_memory().unwrap());
        let mut writer = IndexWriter::new(Arc::clone(&inner)).unwrap();
        let words: Vec<String> = (0..50).map(|n| format!("harbour{n} fire{n} ﬀ{n}")).collect();
        writer.add(Document::new("one", words.join(" "))).unwrap();
        writer.commit().unwrap();
        inner.reader.reload().unwrap();
        let state = State::of(&inner).unwrap();
        let vocabulary = Vocabulary::new(&state);
        let expand = |typed: &str| super::expand(&vocabulary, TextField::Words, typed, &pattern(typed)).unwrap();
        assert_eq!(expand("fire*").unwrap().words.len(), 50);
        assert_eq!(vocabulary.looked_at.get(), 50, "none but those that begin so");
        assert_eq!(expand("*9").unwrap().words.len(), 15);
        assert_eq!(vocabulary.looked_at.get(), 200);
        expand("*9").unwrap();
        assert_eq!(vocabulary.looked_at.get(), 200, "what is known is not looked up again");
        vocabulary.looked_at.set(MOST_LOOKED_AT);
        assert!(expand("*8").is_none() && expand("*9").is_some());
    }
}
