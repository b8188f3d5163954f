//! Walking the index's own words: those that a pattern means, those of one stem, those written in some way.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};

use super::failure::Doing;
use super::slot::{ANY_LANGUAGE, Languages};
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::text::{Analyzer, FORM_SEPARATOR, Language, Pattern, is_stemmed};

/// A pattern stands for at most so many words, the most frequent ones.
pub(super) const MOST_WORDS: usize = 1_000;

/// The engine has automata for words up to this far apart.
const MOST_DISTANT: u8 = 2;

/// The words a pattern stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Expansion {
    /// With their documents, the most frequent first.
    pub(super) words: Vec<(String, u64)>,
    /// How many more it would mean.
    pub(super) left_out: usize,
}

impl Vocabulary<'_> {
    /// The words of a field that a pattern means, at most so many.
    pub(super) fn expand(&self, field: Field, pattern: &Pattern, most: usize) -> Result<Expansion> {
        let mut found: HashMap<String, u64> = HashMap::new();
        self.walk_likely(field, pattern, &mut |word, documents| {
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
        words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let left_out = words.len().saturating_sub(most);
        words.truncate(most);
        Ok(Expansion { words, left_out })
    }

    /// The words with the stem of this one, each with the languages in which it has that stem.
    pub(super) fn same_stem(&self, analyzer: &mut Analyzer, folded: &str) -> Result<Vec<(String, Languages)>> {
        let stemmed = self.bits().filter(|(language, _)| is_stemmed(*language));
        let stems: Vec<Sought> = stemmed.map(|(language, bit)| Sought::new(analyzer, folded, language, bit)).collect();
        let mut prefixes: Vec<&str> = stems.iter().map(|stem| stem.prefix.as_str()).collect();
        prefixes.sort_unstable();
        // One that begins with another is walked with it.
        prefixes.dedup_by(|longer, shorter| longer.starts_with(&**shorter));
        let mut found: HashMap<String, Languages> = HashMap::from([(folded.to_string(), ANY_LANGUAGE)]);
        for prefix in prefixes {
            self.walk(self.fields().words, prefix, &mut |word, _| {
                let languages =
                    stems.iter().filter(|stem| stem.is_of(analyzer, word)).fold(0, |all, stem| all | stem.bit);
                if languages != 0 && word != folded {
                    found.insert(word.to_string(), languages);
                }
            })?;
        }
        let mut words: Vec<(String, Languages)> = found.into_iter().collect();
        words.sort_unstable();
        Ok(words)
    }

    /// All ways other than folded in which a word is written.
    pub(super) fn written(&self, folded: &str) -> Result<Vec<String>> {
        let mut forms = Vec::new();
        self.walk(self.fields().forms, &format!("{folded}{FORM_SEPARATOR}"), &mut |term, _| {
            if forms.iter().all(|form| form != term) {
                forms.push(term.to_string());
            }
        })?;
        Ok(forms)
    }

    /// Calls `each` with every word of a field that a pattern may mean, as [`walk`](Self::walk) does.
    fn walk_likely(&self, field: Field, pattern: &Pattern, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        let near = pattern.near().filter(|(_, distance)| (1..=MOST_DISTANT).contains(distance));
        let Some((word, distance)) = near else { return self.walk(field, &pattern.prefix(), each) };
        // The engine's automaton goes through the words of a near spelling without touching the others. Letters that
        // change places are one step to it, so it knows all that are near by any measure.
        let query = FuzzyTermQuery::new(Term::from_field_text(field, &word), distance, true);
        let automaton = query.automaton().doing("cannot read the index")?;
        for segment in self.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).doing("cannot read the index")?;
            let mut terms = inverted.terms().search(&automaton).into_stream().doing("cannot read the index")?;
            while terms.advance() {
                if let Ok(term) = str::from_utf8(terms.key()) {
                    each(term, u64::from(terms.value().doc_freq));
                }
            }
        }
        Ok(())
    }

    /// Calls `each` with every word of a field that begins so, and with its documents: once for each segment.
    pub(super) fn walk(&self, field: Field, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        for segment in self.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).doing("cannot read the index")?;
            let mut terms = inverted.terms().range().ge(prefix).into_stream().doing("cannot read the index")?;
            while terms.advance() {
                let Ok(term) = str::from_utf8(terms.key()) else { continue };
                if !term.starts_with(prefix) {
                    break;
                }
                each(term, u64::from(terms.value().doc_freq));
            }
        }
        Ok(())
    }
}

/// A stem looked for in one language.
struct Sought {
    stem: String,
    language: Option<Language>,
    bit: Languages,
    /// What words of that stem begin with.
    prefix: String,
    /// What they have in them, where they may begin with something else.
    core: String,
}

impl Sought {
    fn new(analyzer: &mut Analyzer, folded: &str, language: Option<Language>, bit: Languages) -> Sought {
        let stem = analyzer.stem(folded, language).to_string();
        // Stemmers change the last letters at the most: happy and happi, die and dying.
        let letters = stem.chars().count().saturating_sub(2).max(1);
        let core: String = stem.chars().take(letters).collect();
        let keeps = language.unwrap_or(Language::ENGLISH).keeps_beginnings();
        Sought { prefix: if keeps { core.clone() } else { String::new() }, core, stem, language, bit }
    }

    fn is_of(&self, analyzer: &mut Analyzer, word: &str) -> bool {
        word.contains(&self.core) && analyzer.stem(word, self.language) == self.stem
    }
}
