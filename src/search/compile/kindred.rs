//! Words of the index that a typed word means too: compounds that end with it, and its other spelling without umlauts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::expand::written;
use super::vocabulary::{Compound, Vocabulary};
use crate::backend::clause::TextField;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::passages::slot::Languages;
use crate::text::{Analyzer, FORM_SEPARATOR, Language, fold};

/// The most compounds of a word, the most frequent ones.
const MOST_COMPOUNDS: usize = 50;
/// The fewest letters of a word that ends compounds, and of what stands before it: shorter ones end other words too.
const FEWEST_LETTERS: usize = 5;
const FEWEST_BEFORE: usize = 3;
/// Compounds are found by a walk through all words of the index, so they are not looked for in a larger archive.
const MOST_DOCUMENTS: u64 = 50_000;
/// They are looked for where at least one document in so many is in a language that writes them as one word.
const ONE_IN: u64 = 50;
/// What stands before a word and makes no compound of it.
const PREFIXES: [&str; 38] = [
    "ver", "zer", "ent", "emp", "miss", "ueber", "uber", "unter", "wider", "wieder", "auf", "aus", "ein", "vor", "bei",
    "nach", "mit", "her", "hin", "gegen", "durch", "be", "ge", "er", "un", "ur", "ab", "an", "zu", "um", "ont", "over",
    "onder", "for", "fra", "til", "med", "fore",
];

/// Languages that write compounds as one word.
fn is_compounding(language: Language) -> bool {
    matches!(language.code(), "de" | "nl" | "sv" | "da" | "no" | "is" | "fi" | "hu" | "et")
}

/// The compounds of the index that end with a word, the most frequent first. Empty where they are not looked for.
pub(crate) fn compounds<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    analyzer: &mut Analyzer,
    folded: &str,
) -> Result<Vec<Compound>> {
    if let Some(known) = vocabulary.known_compounds.borrow().get(folded) {
        return Ok(known.clone());
    }
    let compounds = find_compounds(vocabulary, analyzer, folded)?;
    vocabulary.known_compounds.borrow_mut().insert(folded.to_owned(), compounds.clone());
    Ok(compounds)
}

fn find_compounds<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    analyzer: &mut Analyzer,
    folded: &str,
) -> Result<Vec<Compound>> {
    let told = vocabulary.backend().languages();
    let compounding: u64 =
        told.iter().filter(|(language, _)| is_compounding(*language)).map(|(_, documents)| documents).sum();
    let documents = vocabulary.documents();
    let is_word = folded.len() >= FEWEST_LETTERS && folded.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_word || compounding == 0 || compounding * ONE_IN < documents || documents > MOST_DOCUMENTS {
        return Ok(Vec::new());
    }
    // A word that other languages have, and these do not, is none of theirs: `boats` ends no compound of a German text.
    let unheard = vocabulary.exact_frequency(folded)? == 0;
    let mut heads: Vec<(Language, String, Languages)> = Vec::new();
    for (language, bit) in vocabulary.bits() {
        let Some(language) = language.filter(|language| is_compounding(*language)) else { continue };
        let stem = analyzer.stem(folded, Some(language)).to_string();
        if stem.len() >= FEWEST_LETTERS - 1 && (unheard || vocabulary.living(folded, language)? > 0) {
            heads.push((language, stem, bit));
        }
    }
    if heads.is_empty() {
        return Ok(Vec::new());
    }
    // A word comes once for each segment, with its documents there: together a bound, since some were removed or are in
    // another language.
    let mut found: BTreeMap<String, (u64, Languages)> = BTreeMap::new();
    let parts: Vec<&str> = heads.iter().map(|(_, stem, _)| stem.as_str()).collect();
    vocabulary.backend().terms_holding(TextField::Words, &parts, &mut |word, documents| {
        if let Some((bound, _)) = found.get_mut(word) {
            *bound += documents;
            return;
        }
        let is_head = |stem: &str| word.get(FEWEST_BEFORE..).is_some_and(|rest| rest.contains(stem));
        if !heads.iter().any(|(_, stem, _)| is_head(stem)) {
            return;
        }
        let in_language = |(language, head, bit): &(Language, String, Languages)| {
            let stem = analyzer.stem(word, Some(*language));
            let before = stem.strip_suffix(head.as_str()).filter(|before| before.len() >= FEWEST_BEFORE)?;
            (!PREFIXES.contains(&before)).then_some(*bit)
        };
        let languages = heads.iter().filter_map(in_language).fold(0, |all, bit| all | bit);
        if languages != 0 {
            found.insert(word.to_owned(), (documents, languages));
        }
    })?;
    if vocabulary.backend().walks_removed() {
        vocabulary.expect(TextField::Words, found.keys())?;
        for (word, (bound, _)) in &mut found {
            *bound = vocabulary.exact_frequency(word)?;
        }
    }
    let mut likely: Vec<(u64, String, Languages)> =
        found.into_iter().map(|(word, (bound, languages))| (bound, word, languages)).collect();
    likely.sort_by_key(|(bound, _, _)| Reverse(*bound));
    let mut compounds: Vec<Compound> = Vec::new();
    for (bound, word, languages) in likely {
        if compounds.len() == MOST_COMPOUNDS && compounds.last().is_some_and(|last| last.documents > bound) {
            break;
        }
        let mut documents = 0;
        for (language, _, _) in &heads {
            documents += vocabulary.living(&word, *language)?;
        }
        if documents > 0 {
            let compound = Compound { word, languages, documents };
            let at = compounds.partition_point(|known| known.rank() < compound.rank());
            compounds.insert(at, compound);
            compounds.truncate(MOST_COMPOUNDS);
        }
    }
    Ok(compounds)
}

/// The spelling with two letters of a word that was typed with umlauts, or the word with umlauts of one typed with two
/// letters, folded, if a document has it: Müller and Mueller, Ålesund and Aalesund.
pub(crate) fn umlauts<B: Backend>(
    vocabulary: &Vocabulary<'_, B>,
    folded: &str,
    marked: Option<&str>,
) -> Result<Option<String>> {
    const PAIRS: [(&str, &str, &str); 5] =
        [("ä", "ae", "a"), ("ö", "oe", "o"), ("ü", "ue", "u"), ("å", "aa", "a"), ("ø", "oe", "o")];
    if let Some(marked) = marked {
        let spelled = PAIRS.iter().fold(marked.to_string(), |word, (mark, two, _)| word.replace(mark, two));
        let spelled = fold(&spelled);
        let is_other = spelled != folded && vocabulary.exact_frequency(&spelled)? > 0;
        return Ok(is_other.then_some(spelled));
    }
    if !PAIRS.iter().any(|(_, two, _)| folded.contains(two)) {
        return Ok(None);
    }
    let plain = PAIRS.iter().fold(folded.to_string(), |word, (_, two, one)| word.replace(two, one));
    for term in written(vocabulary, &plain)? {
        let form = term.rsplit(FORM_SEPARATOR).next().unwrap_or_default().to_lowercase();
        let spelled = PAIRS.iter().fold(form, |word, (mark, two, _)| word.replace(mark, two));
        if fold(&spelled) == folded && vocabulary.backend().frequency(TextField::Forms, &term)? > 0 {
            return Ok(Some(plain));
        }
    }
    Ok(None)
}
