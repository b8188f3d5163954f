//! Suggestions for a word that the index lacks or hardly has: near spellings, and the same name in other letters.

use std::collections::{BTreeMap, HashMap};

use super::expand::written;
use super::vocabulary::{Vocabulary, WordCounts};
use crate::backend::clause::TextField;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::text::{
    FORM_SEPARATOR, Likeness, NameKeys, distance_up_to, has_no_capitals, is_cyrillic, is_of_many_letters,
    is_transliterated, likeness,
};

/// A name in more documents than this is known as it was typed, and needs no variants.
pub(crate) const RARE: u64 = 2;
/// The most variants that are searched too, the most frequent ones.
const MOST_VARIANTS: usize = 5;
/// The most spellings that are shown.
const MOST_SPELLINGS: usize = 3;

/// Words of the index that may be meant, the likeliest first. Only words with the same first letter are looked at, which
/// is seldom wrong.
pub(crate) fn spellings<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<Vec<String>> {
    let letters: Vec<char> = folded.chars().collect();
    let Some(first) = letters.first().filter(|_| letters.len() > 2) else { return Ok(Vec::new()) };
    let most: u8 = if letters.len() > 5 { 2 } else { 1 };
    let mut near: HashMap<String, (usize, u64)> = HashMap::new();
    vocabulary.backend().terms_near(TextField::Words, folded, most, &mut |word, documents| {
        let distance = distance_up_to(&letters, word, most.into()).filter(|_| word.starts_with(*first));
        if let Some(distance) = distance.filter(|distance| *distance > 0) {
            let entry = near.entry(word.to_string()).or_insert((distance, 0));
            entry.1 += documents;
        }
    })?;
    let mut near: Vec<(String, (usize, u64))> = near.into_iter().collect();
    if vocabulary.backend().walks_removed() {
        vocabulary.expect(TextField::Words, near.iter().map(|(word, _)| word))?;
        for (word, (_, documents)) in &mut near {
            *documents = vocabulary.exact_frequency(word)?;
        }
        near.retain(|(_, (_, documents))| *documents > 0);
    }
    // One letter closer is worth ten times the documents.
    let worth = |(distance, documents): (usize, u64)| documents * if distance == 1 { 10 } else { 1 };
    near.sort_by(|a, b| worth(b.1).cmp(&worth(a.1)).then_with(|| a.0.cmp(&b.0)));
    Ok(near.into_iter().take(MOST_SPELLINGS).map(|(word, _)| word).collect())
}

/// The same name in other letters, each with its number of documents, the most frequent first. `marked` is set for a word
/// typed with marks, `is_rare` for one that hardly any document has in any form.
///
/// A word that hardly any document has may be anything that sounds like it and is commoner. A word that many have is
/// known as typed: what is searched along with it is a name too, by its capitals, and one of both is spelled as only
/// transliterations are.
pub(crate) fn variants<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    folded: &str,
    marked: bool,
    is_rare: bool,
) -> Result<WordCounts> {
    let key = (folded.to_owned(), marked);
    if let Some(known) = vocabulary.known_variants.borrow().get(&key) {
        return Ok(known.clone());
    }
    let variants = find_variants(vocabulary, folded, marked, is_rare)?;
    vocabulary.known_variants.borrow_mut().insert(key, variants.clone());
    Ok(variants)
}

fn find_variants<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    folded: &str,
    marked: bool,
    is_rare: bool,
) -> Result<WordCounts> {
    let Some(keys) = NameKeys::of(folded) else { return Ok(Vec::new()) };
    let own = vocabulary.exact_frequency(folded)?;
    let looks = Looks::of(vocabulary, folded)?;
    if !is_rare && !looks.is_name(own) {
        return Ok(Vec::new());
    }
    let own_sign = looks.has_marks || is_transliterated(folded);
    let many_letters = looks.has_marks || is_of_many_letters(folded);
    let mut found: BTreeMap<String, Likeness> = BTreeMap::new();
    vocabulary.backend().terms_sounding(TextField::Words, &keys, &mut |word, _| {
        if let Some(likeness) = likeness(&keys, word).filter(|_| word != folded) {
            found.insert(word.to_string(), likeness);
        }
    })?;
    vocabulary.expect(TextField::Words, found.keys())?;
    let mut variants = Vec::new();
    for (word, likeness) in found {
        let documents = vocabulary.exact_frequency(&word)?;
        if documents == 0 || is_rare && documents <= own {
            continue;
        }
        let looks = Looks::of(vocabulary, &word)?;
        let letters = marked || is_cyrillic(folded) || is_cyrillic(&word) || looks.has_marks;
        let is_same = match likeness {
            Likeness::Strict if is_rare => true,
            Likeness::Loose if is_rare && letters => true,
            _ if !looks.is_name(documents) => false,
            Likeness::Strict => own_sign || letters || is_transliterated(&word),
            Likeness::Loose | Likeness::Broad => letters || many_letters || is_of_many_letters(&word),
        };
        if is_same {
            variants.push((word, documents));
        }
    }
    variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    variants.truncate(MOST_VARIANTS);
    Ok(variants)
}

/// How a word is written in the index.
struct Looks {
    /// The documents that write it with a capital.
    with_capital: u64,
    /// Set for a script in which nothing tells a name.
    always: bool,
    /// Set if it is written with letters beyond the English ones anywhere.
    has_marks: bool,
}

impl Looks {
    fn of<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<Looks> {
        let mut looks = Looks { with_capital: 0, always: has_no_capitals(folded), has_marks: false };
        let written = written(vocabulary, folded)?;
        vocabulary.expect(TextField::Forms, &written)?;
        for term in written {
            let form = term.rsplit(FORM_SEPARATOR).next().unwrap_or_default();
            let documents = vocabulary.backend().frequency(TextField::Forms, &term)?;
            looks.with_capital += if form.starts_with(char::is_uppercase) { documents } else { 0 };
            looks.has_marks |= documents > 0 && !form.is_ascii() && folded.is_ascii();
        }
        Ok(looks)
    }

    /// Whether most of the documents that have the word write it as a name, as far as its script can tell.
    fn is_name(&self, documents: u64) -> bool {
        self.always || self.with_capital * 2 > documents
    }
}
