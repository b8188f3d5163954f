//! Suggestions for a word that the index lacks or hardly has: near spellings, and the same name in other letters.

use std::collections::HashMap;

use super::expand::written;
use super::vocabulary::Vocabulary;
use crate::backend::Backend;
use crate::backend::clause::TextField;
use crate::error::Result;
use crate::text::{FORM_SEPARATOR, distance_up_to, first_letters, is_cyrillic, name_key, sound_mask};

/// A name in more documents than this is known as it was typed, and needs no variants.
pub(crate) const RARE: u64 = 2;
/// The most variants that are searched too, the most frequent ones.
const MOST_VARIANTS: usize = 5;
/// The most spellings that are shown.
const MOST_SPELLINGS: usize = 3;

/// Words of the index that may be meant, the likeliest first. Only words with the same first letter are looked at: it
/// is seldom wrong, and other words would cost a walk through the whole index.
pub(crate) fn spellings<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<Vec<String>> {
    let letters: Vec<char> = folded.chars().collect();
    let Some(first) = letters.first().filter(|_| letters.len() > 2) else { return Ok(Vec::new()) };
    let most = if letters.len() > 5 { 2 } else { 1 };
    let mut near: HashMap<String, (usize, u64)> = HashMap::new();
    vocabulary.backend().terms_from(TextField::Words, first.encode_utf8(&mut [0; 4]), &mut |word, documents| {
        if let Some(distance) = distance_up_to(&letters, word, most).filter(|distance| *distance > 0) {
            let entry = near.entry(word.to_string()).or_insert((distance, 0));
            entry.1 += documents;
        }
    })?;
    let mut near: Vec<(String, (usize, u64))> = near.into_iter().collect();
    // One letter closer is worth ten times the documents.
    let worth = |(distance, documents): (usize, u64)| documents * if distance == 1 { 10 } else { 1 };
    near.sort_by(|a, b| worth(b.1).cmp(&worth(a.1)).then_with(|| a.0.cmp(&b.0)));
    Ok(near.into_iter().take(MOST_SPELLINGS).map(|(word, _)| word).collect())
}

/// Transliterations of a name that hardly any document has as typed, each with its number of documents, the most
/// frequent first.
pub(crate) fn variants<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<Vec<(String, u64)>> {
    if let Some(known) = vocabulary.known_variants.borrow().get(folded) {
        return Ok(known.clone());
    }
    let variants = find_variants(vocabulary, folded)?;
    vocabulary.known_variants.borrow_mut().insert(folded.to_owned(), variants.clone());
    Ok(variants)
}

fn find_variants<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<Vec<(String, u64)>> {
    let (Some(strict), Some(loose)) = (name_key(folded, false), name_key(folded, true)) else {
        return Ok(Vec::new());
    };
    let own = vocabulary.exact_frequency(folded)?;
    if own > RARE {
        return Ok(Vec::new());
    }
    let own_marks = is_cyrillic(folded);
    let mask = sound_mask(folded);
    let mut found: HashMap<String, (u64, bool)> = HashMap::new();
    for first in first_letters(folded) {
        vocabulary.backend().terms_from(TextField::Words, first, &mut |word, documents| {
            if sound_mask(word) != mask || word == folded {
                return;
            }
            let is_strict = name_key(word, false).is_some_and(|key| key == strict);
            if is_strict || name_key(word, true).is_some_and(|key| key == loose) {
                let entry = found.entry(word.to_string()).or_insert((0, is_strict));
                entry.0 += documents;
            }
        })?;
    }
    let mut variants = Vec::new();
    for (word, (documents, is_strict)) in found {
        // Without a sign of other letters, a word only looks similar.
        if documents > own && (is_strict || own_marks || is_cyrillic(&word) || has_marks(vocabulary, &word)?) {
            variants.push((word, documents));
        }
    }
    variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    variants.truncate(MOST_VARIANTS);
    Ok(variants)
}

/// Returns whether the word is written with letters beyond the English ones anywhere.
fn has_marks<B: Backend>(vocabulary: &Vocabulary<'_, B>, folded: &str) -> Result<bool> {
    Ok(written(vocabulary, folded)?
        .iter()
        .any(|form| form.rsplit(FORM_SEPARATOR).next().is_some_and(|form| !form.is_ascii())))
}
