//! Which words of a question tell nothing, and the question without them.
//!
//! A list alone does not decide, because `war` is on the German one. A word is left out where it is on the list of the
//! question's own language, and is common in the archive's documents of that language. The language is told by the
//! conditions of the question, by its other words, and by how much of the archive is in each; where it stays open, the
//! word stays too. In questions of up to [`FEW`] words nothing is left out that another main language of the archive
//! uses, names in capitals stay, and so does whatever the user's list of synonyms has.

use std::collections::{HashMap, HashSet};

use super::typed_word::TypedWord;
use super::vocabulary::Vocabulary;
use crate::backend::clause::TextField;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::query::{Matching, Node, Query, Synonyms};
use crate::text::{Language, is_remnant, is_stop_word, tokens};

/// A question of up to so many words asks for each of them: see [`Matching::wants_all`].
const FEW: usize = 4;
/// The commonest languages of an archive; one question is weighed against no more of them.
const MOST_LANGUAGES: usize = 12;
/// A language of fewer than one in so many documents is none of the main ones.
const MAIN: u64 = 10;
/// How sure it must be that the question is in a language whose list has the word.
const SURE: f64 = 0.75;
/// A word that tells nothing stands in at least this share of the documents of its language: among few words,
const COMMON_AMONG_FEW: f64 = 0.03;
/// and among many, which are mostly a sentence: `I am looking for` is rare in what is looked for.
const COMMON: f64 = 0.003;
/// How much likelier a word of a language's list is in a question of that language than in others.
const LISTED: f64 = 15.0;
/// Words that a language uses so much more rarely than the one whose list has them are foreign to it.
const FOREIGN: f64 = 0.05;
/// So many of a question's words, the rarest, tell its language.
const MOST_TELLING: usize = 8;

/// A question with what is left of its words.
pub(crate) struct Reduced {
    /// The question without the words that tell nothing.
    pub(crate) query: Query,
    /// What there is to say about words left out, and about names that are words too.
    pub(crate) notes: Vec<Note>,
}

/// Leaves out the free words of a question that tell nothing; under [`Matching::All`] none.
pub(crate) fn without_stop_words<B: Backend>(
    query: &Query,
    matching: Matching,
    synonyms: &Synonyms,
    vocabulary: &Vocabulary<'_, B>,
) -> Result<Reduced> {
    let unchanged = || Reduced { query: query.clone(), notes: Vec::new() };
    if matching == Matching::All || !has_free_words(query.node()) {
        return Ok(unchanged());
    }
    let languages = languages(query.node(), vocabulary);
    let mut words = Vec::new();
    gather(query.node(), &mut words);
    if !words.iter().any(|word| languages.iter().any(|(language, _)| is_stop_word(word, *language))) {
        return Ok(unchanged());
    }
    let mut judge = Judge { vocabulary, synonyms, languages, words, left_out: Vec::new(), names: Vec::new() };
    let root = judge.reduce(query.node())?;
    let notes = judge.notes();
    Ok(Reduced { query: Query { root, notes: query.notes.clone() }, notes })
}

fn has_free_words(node: &Node) -> bool {
    match node {
        Node::Free(_) => true,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_free_words),
        Node::Not(node) => has_free_words(node),
        _ => false,
    }
}

/// The languages a question may be in, each with its living documents: those it is restricted to, or the archive's
/// commonest.
fn languages<B: Backend>(root: &Node, vocabulary: &Vocabulary<'_, B>) -> Vec<(Language, u64)> {
    let nodes = if let Node::And(nodes) = root { nodes.as_slice() } else { std::slice::from_ref(root) };
    let asked = nodes.iter().find_map(named);
    let known = vocabulary.backend().languages();
    match asked {
        None => known.iter().take(MOST_LANGUAGES).copied().collect(),
        Some(asked) => {
            let documents = |language: &Language| known.iter().find(|(known, _)| known == language);
            asked.iter().map(|language| documents(language).copied().unwrap_or((*language, 0))).collect()
        }
    }
}

/// The languages that a condition names, all of them known.
fn named(node: &Node) -> Option<Vec<Language>> {
    match node {
        Node::Language(name) => Some(vec![name.parse().ok()?]),
        Node::Or(nodes) => {
            let languages: Option<Vec<Vec<Language>>> = nodes.iter().map(named).collect();
            languages.map(|languages| languages.concat())
        }
        _ => None,
    }
}

/// The different folded words of what a question asks for.
pub(crate) fn gather(node: &Node, words: &mut Vec<String>) {
    match node {
        Node::Word(text) | Node::Phrase(text) | Node::Loose(text, _) => {
            for token in tokens(text) {
                if !words.contains(&token.text) {
                    words.push(token.text);
                }
            }
        }
        Node::Free(nodes) | Node::And(nodes) | Node::Or(nodes) | Node::Near(nodes, _) => {
            nodes.iter().for_each(|node| gather(node, words));
        }
        Node::Title(node) => gather(node, words),
        _ => {}
    }
}

/// A free word as far as it matters here.
struct FreeWord {
    as_typed: String,
    typed: TypedWord,
}

impl FreeWord {
    fn new(node: &Node) -> FreeWord {
        let as_typed = if let Node::Word(word) = node { word.clone() } else { String::new() };
        FreeWord { typed: TypedWord::new(&as_typed), as_typed }
    }

    /// Whether it is on the list of a language: whole, or as what an apostrophe makes of one.
    fn is_listed(&self, language: Language) -> bool {
        let listed =
            |word: &String| is_stop_word(word, language) && (self.typed.apostrophe || !is_remnant(word, language));
        let whole = self.typed.words.len() == 1 || self.typed.apostrophe;
        whole && !self.typed.words.is_empty() && self.typed.words.iter().all(listed)
    }

    /// As it was typed, without the marks around it.
    fn bare(&self) -> &str {
        self.as_typed.trim_matches(|c: char| !c.is_alphanumeric())
    }

    fn letters(&self) -> impl Iterator<Item = char> {
        self.as_typed.chars().filter(|c| c.is_alphabetic())
    }

    fn begins_small(&self) -> bool {
        self.letters().next().is_some_and(char::is_lowercase)
    }

    fn begins_large(&self) -> bool {
        self.letters().next().is_some_and(char::is_uppercase)
    }

    fn is_in_capitals(&self) -> bool {
        self.letters().next().is_some() && self.letters().all(char::is_uppercase)
    }
}

struct Judge<'a, B> {
    vocabulary: &'a Vocabulary<'a, B>,
    synonyms: &'a Synonyms,
    languages: Vec<(Language, u64)>,
    /// All words of the question, folded.
    words: Vec<String>,
    left_out: Vec<String>,
    /// Names in capitals that are words too.
    names: Vec<String>,
}

impl<B: Backend> Judge<'_, B> {
    /// A node without the free words that tell nothing.
    fn reduce(&mut self, node: &Node) -> Result<Node> {
        let mut each = |nodes: &[Node]| nodes.iter().map(|node| self.reduce(node)).collect::<Result<Vec<Node>>>();
        Ok(match node {
            Node::Free(nodes) => self.free(nodes)?,
            Node::And(nodes) => Node::And(each(nodes)?),
            Node::Or(nodes) => Node::Or(each(nodes)?),
            Node::Not(inner) => Node::Not(Box::new(self.reduce(inner)?)),
            node => node.clone(),
        })
    }

    /// Free words side by side; where none would be left, all of them stay.
    fn free(&mut self, nodes: &[Node]) -> Result<Node> {
        let words: Vec<FreeWord> = nodes.iter().map(FreeWord::new).collect();
        // To be or not to be: grammar is all there is.
        if self.languages.iter().any(|(language, _)| words.iter().all(|word| word.is_listed(*language))) {
            return Ok(Node::Free(nodes.to_vec()));
        }
        let (mut left_out, mut names) = (Vec::new(), Vec::new());
        let mut kept = Vec::new();
        for (at, (word, node)) in words.iter().zip(nodes).enumerate() {
            if !self.tells_nothing(word, words.len())? {
                kept.push(node.clone());
            } else if self.is_name(&words, at) {
                names.push(word.bare().to_string());
                kept.push(node.clone());
            } else {
                left_out.push(word.bare().to_string());
            }
        }
        if kept.is_empty() {
            return Ok(Node::Free(nodes.to_vec()));
        }
        self.left_out.append(&mut left_out);
        self.names.append(&mut names);
        Ok(if kept.len() == 1 { kept.remove(0) } else { Node::Free(kept) })
    }

    /// Whether a word tells nothing where it stands among so many.
    fn tells_nothing(&self, word: &FreeWord, among: usize) -> Result<bool> {
        let listed: Vec<bool> = self.languages.iter().map(|(language, _)| word.is_listed(*language)).collect();
        let is_few = among <= FEW;
        let folded = match word.typed.words.as_slice() {
            [folded] => folded,
            // What is left of a contraction is as common as its first word.
            [first, ..] if !is_few => first,
            _ => return Ok(false),
        };
        let is_synonym = self.synonyms.others(&word.typed.words).next().is_some();
        if is_synonym || !listed.contains(&true) {
            return Ok(false);
        }
        let likely = self.likely(word, folded, &listed)?;
        let all: f64 = likely.iter().sum();
        let own: f64 = likely.iter().zip(&listed).filter(|(_, listed)| **listed).map(|(likely, _)| likely).sum();
        if own < SURE * all {
            return Ok(false);
        }
        let best = likely.iter().zip(&listed).enumerate().filter(|(_, (_, listed))| **listed);
        let best = best.max_by(|(_, (one, _)), (_, (other, _))| one.total_cmp(other)).map_or(0, |(at, _)| at);
        let Some((language, documents)) = self.languages.get(best).copied() else { return Ok(false) };
        let with_word = self.vocabulary.living(folded, language)?;
        if !is_common(with_word, documents, if is_few { COMMON_AMONG_FEW } else { COMMON }) {
            return Ok(false);
        }
        Ok(!is_few || !self.is_content_elsewhere(folded, &listed, share(with_word, documents))?)
    }

    /// How likely the question is in each of the languages, by its words other than this one.
    fn likely(&self, word: &FreeWord, folded: &str, listed: &[bool]) -> Result<Vec<f64>> {
        if listed.iter().all(|listed| *listed) {
            return Ok(vec![1.0; listed.len()]);
        }
        let all: u64 = self.languages.iter().map(|(_, documents)| documents).sum();
        let mut weights: Vec<f64> =
            self.languages.iter().map(|(_, documents)| (*documents as f64 + 0.5).ln()).collect();
        for ((weight, (language, documents)), listed) in weights.iter_mut().zip(&self.languages).zip(listed) {
            // A language that does not have the word at all is hardly that of the question.
            if !listed && self.vocabulary.living(folded, *language)? == 0 {
                *weight -= ((documents + 1) as f64).ln();
            }
        }
        let mut telling = Vec::new();
        for other in self.words.iter().filter(|other| !word.typed.words.contains(other)) {
            if self.languages.iter().any(|(language, _)| is_stop_word(other, *language)) {
                for (weight, (language, _)) in weights.iter_mut().zip(&self.languages) {
                    *weight += if is_stop_word(other, *language) { LISTED.ln() } else { 0.0 };
                }
            } else {
                telling.push((self.vocabulary.exact_frequency(other)?, other));
            }
        }
        telling.retain(|(documents, _)| *documents > 0);
        telling.sort_unstable();
        for (with_word, other) in telling.into_iter().take(MOST_TELLING) {
            // Smoothed by what is usual in the archive, so that a language of few documents decides little.
            let usual = share(with_word, all.max(with_word));
            for (weight, (language, documents)) in weights.iter_mut().zip(&self.languages) {
                let here = self.vocabulary.living(other, *language)? as f64;
                *weight += ((here + usual) / (documents + 1) as f64).ln();
            }
        }
        let most = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Ok(weights.into_iter().map(|weight| (weight - most).exp()).collect())
    }

    /// Whether a main language whose list does not have the word uses it.
    fn is_content_elsewhere(&self, folded: &str, listed: &[bool], usual: f64) -> Result<bool> {
        let all: u64 = self.languages.iter().map(|(_, documents)| documents).sum();
        for ((language, documents), listed) in self.languages.iter().zip(listed) {
            if *listed || documents * MAIN < all {
                continue;
            }
            let with_word = self.vocabulary.living(folded, *language)?;
            if with_word > 0 && share(with_word, *documents) >= FOREIGN * usual {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a word that would tell nothing is a name by how it is written: `WHO` among words in small letters, the
    /// letter of `vitamin A`, a capital in the middle. Of many words in capitals throughout none is.
    fn is_name(&self, words: &[FreeWord], at: usize) -> bool {
        let Some(word) = words.get(at) else { return false };
        let letters = word.letters().count();
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        if letters == 1 && !word.typed.apostrophe && at + 1 == words.len() {
            return before.is_some();
        }
        if !word.is_in_capitals() {
            // A capital in the middle of what is otherwise written small: `the clerk Will Hale`.
            let is_plain = |word: &FreeWord| word.begins_small() && !self.is_listed(word);
            return before.is_some() && word.begins_large() && words.iter().any(is_plain);
        }
        // AND, OR and NOT of a question in capitals are written small: see `query::capitals`.
        let is_small = |word: &FreeWord| {
            word.letters().any(char::is_lowercase) && !matches!(&*word.as_typed, "and" | "or" | "not" | "near" | "same")
        };
        match (letters, words.iter().any(is_small)) {
            (1, true) => before.is_some_and(|before| {
                // English writes one pronoun in a capital: `how do I`, but `World War I`.
                !word.as_typed.starts_with('I') || !self.is_listed(before)
            }),
            (1, false) => false,
            (_, true) => true,
            (_, false) => words.len() <= FEW,
        }
    }

    fn is_listed(&self, word: &FreeWord) -> bool {
        self.languages.iter().any(|(language, _)| word.is_listed(*language))
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if !self.left_out.is_empty() {
            let message = format!("words too common to tell anything were left out: {}", distinct(&self.left_out));
            notes.push(Note::new(NoteKind::CommonWords, message));
        }
        // Of a lone letter, or of a name in small letters, there is nothing to tell.
        let in_capitals = |name: &&String| name.chars().count() > 1 && !name.chars().any(char::is_lowercase);
        for name in self.names.iter().filter(in_capitals) {
            let message = format!("{name} is found in small letters too; ={name} finds it only as it is written");
            notes.push(Note::new(NoteKind::ReadAs, message));
        }
        notes
    }
}

/// Whether a word of a list stands in at least this share of the documents of its language. With few documents the list
/// has the say, with many the documents.
fn is_common(with_word: u64, documents: u64, least: f64) -> bool {
    (with_word + 1) as f64 >= least * (documents + 2) as f64
}

/// Words on the list of a document's own language that are common in it: they tell nothing about the document.
pub(crate) struct CommonWords<'a, B> {
    backend: &'a B,
    known: HashMap<Language, HashMap<String, bool>>,
}

impl<'a, B: Backend> CommonWords<'a, B> {
    pub(crate) fn new(backend: &'a B) -> CommonWords<'a, B> {
        CommonWords { backend, known: HashMap::new() }
    }

    /// Whether a folded word is one of them; what cannot be looked up is taken for one.
    pub(crate) fn has(&mut self, folded: &str, language: Language) -> bool {
        if !is_stop_word(folded, language) {
            return false;
        }
        let known = self.known.entry(language).or_default();
        if let Some(common) = known.get(folded) {
            return *common;
        }
        let documents = self.backend.languages().iter().find(|(known, _)| *known == language);
        let documents = documents.map_or(0, |(_, documents)| *documents);
        let with_word = self.backend.frequency(TextField::Words, folded);
        let common = with_word.map_or(true, |with_word| is_common(with_word, documents, COMMON));
        known.insert(folded.to_string(), common);
        common
    }
}

fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Different words in the order of their first use.
fn distinct(words: &[String]) -> String {
    let mut seen = HashSet::new();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| seen.insert(word.to_lowercase())).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
