//! From a question to the engine's query: the only place that knows both.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as EngineQuery,
    TermQuery,
};
use tantivy::schema::{IndexRecordOption, Term};

use super::filter::{Condition, Filter, PathPattern, folded_source};
use super::placing::{Placer, Words};
use super::results::Matched;
use super::schema::Fields;
use super::spelling::RARE;
use super::vocabulary::{Vocabulary, WordTerms, idf};
use super::wanted::{Wanted, WantedPhrase, WantedWord};
use crate::error::Result;
use crate::query::{Matching, Node, Synonyms};
use crate::text::{Analyzer, Language, has_wildcards, tokens};

/// A question made ready for one state of the index.
pub(super) struct Plan {
    /// Finds and scores documents.
    pub(super) query: Box<dyn EngineQuery>,
    /// Conditions on top of the query.
    pub(super) filter: Filter,
    /// What to look for in the texts of the documents found.
    pub(super) wanted: Wanted,
    /// Folded words whose exact form lifts a document.
    pub(super) exact: Vec<String>,
    /// How free words were matched.
    pub(super) matched: Matched,
    /// Whether there is anything to score by; conditions alone give no order.
    pub(super) scored: bool,
    /// Whether matching the best would find more than matching all.
    pub(super) can_relax: bool,
    /// Folded words that no document has.
    pub(super) missing: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// What questions are asked of.
pub(super) struct Asking<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) synonyms: &'a Synonyms,
    /// Whether dates that only may be of the days asked for are not enough.
    pub(super) certain: bool,
}

/// Rare words that are looked up in other letters, for one question.
const MOST_LOOKED_UP: usize = 8;

struct Compiler<'a> {
    fields: Fields,
    vocabulary: &'a Vocabulary<'a>,
    synonyms: &'a Synonyms,
    analyzer: &'a mut Analyzer,
    matching: Matching,
    relaxed: bool,
    certain: bool,
    wanted: Wanted,
    exact: Vec<String>,
    notes: Vec<String>,
    matched: Matched,
    can_relax: bool,
    missing: Vec<String>,
    /// How many negations enclose the node at hand: what stands under one is never marked.
    negations: usize,
    /// How many rare words have been looked up in other letters.
    looked_up: usize,
    placer: Placer,
}

/// Turns a question into a plan. `relaxed` lets any free word do where all would be asked for; phrases and what is
/// joined by AND are still required, unless the best match was asked for in so many words. If it is asked for certain, a date that
/// only overlaps the days asked for is not among them.
pub(super) fn compile(
    root: &Node,
    matching: Matching,
    relaxed: bool,
    asking: &Asking<'_>,
    analyzer: &mut Analyzer,
) -> Result<Plan> {
    let vocabulary = asking.vocabulary;
    let mut compiler = Compiler {
        fields: vocabulary.fields(),
        vocabulary,
        synonyms: asking.synonyms,
        analyzer,
        matching,
        relaxed,
        certain: asking.certain,
        wanted: Wanted::default(),
        exact: Vec::new(),
        notes: Vec::new(),
        matched: Matched::All,
        can_relax: false,
        missing: Vec::new(),
        negations: 0,
        looked_up: 0,
        placer: Placer::default(),
    };
    let mut filter = Filter::default();
    let mut rest = Vec::new();
    match root {
        Node::And(nodes) => {
            for node in nodes {
                match compiler.condition(node) {
                    Some(condition) => filter.conditions.push(condition),
                    None => rest.push(node),
                }
            }
        }
        node => match compiler.condition(node) {
            Some(condition) => filter.conditions.push(condition),
            None => rest.push(node),
        },
    }
    let query = match rest.as_slice() {
        [] => everything(),
        nodes if compiler.matching == Matching::Best => compiler.loose(nodes.iter().copied())?,
        [node] => compiler.node(node)?,
        nodes => compiler.and(nodes.iter().copied())?,
    };
    compiler.notes.append(&mut compiler.placer.notes);
    Ok(Plan {
        query,
        filter,
        scored: !compiler.wanted.is_empty(),
        wanted: compiler.wanted,
        exact: compiler.exact,
        matched: compiler.matched,
        can_relax: compiler.can_relax,
        missing: compiler.missing,
        notes: compiler.notes,
    })
}

/// Every document, with nothing to tell them apart.
fn everything() -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

fn any_of(mut clauses: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match clauses.len() {
        0 => Box::new(EmptyQuery),
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect())),
    }
}

impl Compiler<'_> {
    fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>> {
        Ok(match node {
            Node::All => everything(),
            Node::Free(nodes) => self.free(nodes)?,
            Node::Word(word) => self.words(query_words(word))?,
            Node::Phrase(text) if !has_wildcards(text) => self.phrase(text)?,
            Node::Phrase(_) | Node::Loose(..) | Node::Form(_) | Node::Near(..) => self.placed(node, false)?,
            Node::Title(inner) => self.placed(inner, true)?,
            Node::Author(name) => {
                let mut words = Words { vocabulary: self.vocabulary, analyzer: self.analyzer };
                self.placer.author(&mut words, name)?
            }
            Node::And(nodes) => self.and(nodes.iter())?,
            Node::Or(nodes) => any_of(nodes.iter().map(|node| self.node(node)).collect::<Result<_>>()?),
            Node::Not(_) => self.and([node].into_iter())?,
            Node::Date(_) | Node::Source(_) | Node::Language(_) | Node::File(_) => match self.condition(node) {
                Some(condition) => Box::new(ConstScoreQuery::new(condition.into_query(), 0.0)),
                None => Box::new(EmptyQuery),
            },
        })
    }

    /// A node that is a condition on columns.
    fn condition(&mut self, node: &Node) -> Option<Condition> {
        match node {
            Node::Date(range) => {
                // What is certainly not of some days is what cannot be of them.
                let certain = self.certain && self.negations.is_multiple_of(2);
                Some(Condition::Days { range: *range, certain })
            }
            Node::Source(name) => Some(Condition::Sources([folded_source(name)].into())),
            Node::Language(name) => {
                let code = match name.parse::<Language>() {
                    Ok(language) => language.code().to_string(),
                    Err(_) => {
                        self.notes.push(format!("\"{name}\" is no language known here, so no document is in it"));
                        name.clone()
                    }
                };
                Some(Condition::Languages([code].into()))
            }
            Node::File(path) => Some(Condition::File(PathPattern::new(path))),
            // Several sources or languages side by side are one condition.
            Node::Or(nodes) => {
                let mut sources = Vec::new();
                let mut languages = Vec::new();
                for node in nodes {
                    match node {
                        Node::Source(name) => sources.push(folded_source(name)),
                        Node::Language(name) => languages.push(
                            name.parse::<Language>().map_or_else(|_| name.clone(), |language| language.code().into()),
                        ),
                        _ => return None,
                    }
                }
                match (sources.is_empty(), languages.is_empty()) {
                    (false, true) => Some(Condition::Sources(sources.into())),
                    (true, false) => Some(Condition::Languages(languages.into())),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn and<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) -> Result<Box<dyn EngineQuery>> {
        let mut clauses = Vec::new();
        for node in nodes {
            match node {
                Node::Not(inner) => {
                    self.negations += 1;
                    let clause = self.node(inner);
                    self.negations -= 1;
                    clauses.push((Occur::MustNot, clause?));
                }
                node => clauses.push((Occur::Must, self.node(node)?)),
            }
        }
        // The engine finds nothing for exclusions alone.
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, everything()));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Free words: all of them, or the best.
    fn free(&mut self, nodes: &[Node]) -> Result<Box<dyn EngineQuery>> {
        let typed: Vec<Vec<String>> = nodes
            .iter()
            .map(|node| match node {
                Node::Word(word) => query_words(word),
                _ => Vec::new(),
            })
            .collect();
        // Only single words can be stop words: a hyphenated one is not ours to take apart.
        let single: Vec<&str> =
            typed.iter().map(|words| if let [word] = words.as_slice() { word.as_str() } else { "" }).collect();
        let stop = self.vocabulary.stop_words(&single);
        let kept: Vec<&Vec<String>> = typed
            .iter()
            .zip(&stop)
            .filter(|(words, stop)| !**stop && !words.is_empty())
            .map(|(words, _)| words)
            .collect();
        if self.relaxed || !self.matching.wants_all(kept.len()) {
            return self.bag(typed.concat());
        }
        self.say_left_out(single.iter().zip(&stop).filter(|(_, stop)| **stop).map(|(word, _)| *word));
        if self.negations == 0 {
            self.can_relax |= kept.len() > 1;
        }
        // A flat conjunction of single terms is what the engine can prune.
        let mut clauses = Vec::new();
        for words in kept {
            clauses.push((Occur::Must, self.words(words.clone())?));
        }
        Ok(match clauses.len() {
            0 => everything(),
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        })
    }

    /// Folded words of which any will do: a flat union, which the engine can prune too, so the terms of each word stand
    /// side by side with those of the others.
    fn bag(&mut self, words: Vec<String>) -> Result<Box<dyn EngineQuery>> {
        let flat: Vec<&str> = words.iter().map(String::as_str).collect();
        let stop = self.vocabulary.stop_words(&flat);
        self.say_left_out(flat.iter().zip(&stop).filter(|(_, stop)| **stop).map(|(word, _)| *word));
        if self.negations == 0 {
            self.matched = Matched::Best;
        }
        let mut clauses = Vec::new();
        for (word, _) in words.iter().zip(&stop).filter(|(_, stop)| !**stop) {
            clauses.append(&mut self.synonyms(std::slice::from_ref(word))?);
            self.word_clauses(word, &mut clauses)?;
        }
        Ok(any_of(clauses))
    }

    /// Everything side by side as one bag of words, quoted or bracketed or not; exclusions hold.
    fn loose<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) -> Result<Box<dyn EngineQuery>> {
        let (mut words, mut clauses) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Not(_) => clauses.push((Occur::Must, self.and([node].into_iter())?)),
                Node::Title(_) | Node::Author(_) => clauses.push((Occur::Must, self.node(node)?)),
                Node::Free(_) | Node::Word(_) | Node::Phrase(_) => gather(node, &mut words),
                Node::All => {}
                node => {
                    self.matched = Matched::Best;
                    clauses.push((Occur::Should, self.node(node)?));
                }
            }
        }
        if words.is_empty() && clauses.is_empty() {
            return Ok(everything());
        }
        let bag = self.bag(words)?;
        if clauses.is_empty() {
            return Ok(bag);
        }
        clauses.push((Occur::Should, bag));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn say_left_out<'w>(&mut self, words: impl Iterator<Item = &'w str>) {
        if self.negations > 0 {
            return;
        }
        let mut names: Vec<&str> = Vec::new();
        for word in words {
            if !names.contains(&word) {
                names.push(word);
            }
        }
        if !names.is_empty() {
            self.notes.push(format!("words too common to tell anything were left out: {}", names.join(" ")));
        }
    }

    /// A typed word, as its one word or, where it is several, as a phrase.
    fn words(&mut self, mut words: Vec<String>) -> Result<Box<dyn EngineQuery>> {
        let mut clauses = self.synonyms(&words)?;
        if words.len() > 1 {
            clauses.push(self.phrase_of(words)?);
        } else if let Some(word) = words.pop() {
            self.word_clauses(&word, &mut clauses)?;
        }
        Ok(any_of(clauses))
    }

    /// What the user holds to be the same as these folded words.
    fn synonyms(&mut self, words: &[String]) -> Result<Vec<Box<dyn EngineQuery>>> {
        let mut clauses = Vec::new();
        for other in self.synonyms.others(words) {
            match other.as_slice() {
                [word] => self.word_clauses(word, &mut clauses)?,
                _ => clauses.push(self.phrase_of(other.clone())?),
            }
        }
        if !clauses.is_empty() {
            let others: Vec<String> = self.synonyms.others(words).map(|words| words.join(" ")).collect();
            self.notes.push(format!("{} is also {}, by the list of synonyms", words.join(" "), others.join(", ")));
        }
        Ok(clauses)
    }

    /// The same name in other letters, where it is hardly known as typed.
    fn variants(&mut self, terms: &WordTerms, clauses: &mut Vec<Box<dyn EngineQuery>>) -> Result<()> {
        let documents: u64 = terms.stems.iter().map(|stem| stem.documents).sum();
        if documents > RARE || self.negations > 0 || self.looked_up >= MOST_LOOKED_UP {
            return Ok(());
        }
        self.looked_up += 1;
        let variants = self.vocabulary.variants(&terms.folded)?;
        if documents == 0 && variants.is_empty() {
            self.missing.push(terms.folded.clone());
        }
        if variants.is_empty() {
            return Ok(());
        }
        let together = variants.iter().map(|(_, documents)| documents).sum();
        for (variant, documents) in &variants {
            let term = Term::from_field_text(self.fields.words, variant);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            let (all, own) = (self.vocabulary.documents(), *documents);
            let share = idf(all, together) / idf(all, own).max(f32::MIN_POSITIVE);
            clauses.push(Box::new(BoostQuery::new(query, share)));
            if self.wanted.words.iter().all(|word| word.folded != *variant) {
                self.wanted.words.push(WantedWord { folded: variant.clone(), weight: idf(all, together) });
            }
        }
        let names: Vec<&str> = variants.iter().map(|(variant, _)| variant.as_str()).collect();
        self.notes.push(format!(
            "{} is in {}: {} searched along, the same name in other letters; ={0} finds it only as typed",
            terms.folded,
            match documents {
                0 => "no document".to_string(),
                1 => "1 document".to_string(),
                documents => format!("{documents} documents"),
            },
            names.join(", "),
        ));
        Ok(())
    }

    /// A folded word as clauses of which any one finds it.
    fn word_clauses(&mut self, folded: &str, clauses: &mut Vec<Box<dyn EngineQuery>>) -> Result<()> {
        let terms = self.vocabulary.word(self.analyzer, folded)?;
        self.want(&terms);
        let documents = self.vocabulary.documents();
        for stem in &terms.stems {
            let term = Term::from_field_text(self.fields.stems, &stem.text);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            // All terms of a word weigh what the word weighs: a form that is rare only because its language is rare in
            // this archive would otherwise come first.
            let own = idf(documents, stem.documents);
            if terms.stems.len() == 1 || own <= 0.0 {
                clauses.push(query);
            } else {
                clauses.push(Box::new(BoostQuery::new(query, terms.idf / own)));
            }
        }
        self.variants(&terms, clauses)
    }

    /// Words with a place.
    fn placed(&mut self, node: &Node, in_title: bool) -> Result<Box<dyn EngineQuery>> {
        let mut words = Words { vocabulary: self.vocabulary, analyzer: self.analyzer };
        let Some(placement) = self.placer.placement(&mut words, node)? else { return Ok(everything()) };
        if self.negations == 0 {
            let wanted = placement.wanted(in_title);
            if !self.wanted.places.contains(&wanted) {
                self.wanted.places.push(wanted);
                self.wanted.languages = self.vocabulary.bit_codes();
            }
        }
        placement.query(&words, self.fields.words, in_title)
    }

    fn want(&mut self, terms: &WordTerms) {
        if self.negations == 0 && self.wanted.words.iter().all(|word| word.folded != terms.folded) {
            self.wanted.words.push(WantedWord { folded: terms.folded.clone(), weight: terms.idf });
            self.exact.push(terms.folded.clone());
        }
    }

    fn phrase(&mut self, text: &str) -> Result<Box<dyn EngineQuery>> {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        let mut clauses = self.synonyms(&words)?;
        clauses.push(self.phrase_of(words)?);
        Ok(any_of(clauses))
    }

    fn phrase_of(&mut self, words: Vec<String>) -> Result<Box<dyn EngineQuery>> {
        let mut weight = 0.0;
        for word in &words {
            weight += idf(self.vocabulary.documents(), self.vocabulary.exact_frequency(word)?);
        }
        let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(self.fields.words, word)).collect();
        if self.negations == 0 && !words.is_empty() {
            let phrase = WantedPhrase { words, weight };
            if !self.wanted.phrases.contains(&phrase) {
                self.wanted.phrases.push(phrase);
            }
        }
        Ok(match terms.as_slice() {
            [] => everything(),
            [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        })
    }
}

/// The folded words of words and phrases.
fn gather(node: &Node, words: &mut Vec<String>) {
    match node {
        Node::Free(nodes) => nodes.iter().for_each(|node| gather(node, words)),
        Node::Word(word) => words.extend(query_words(word)),
        Node::Phrase(text) => words.extend(tokens(text).into_iter().map(|token| token.text)),
        _ => {}
    }
}

/// The folded words of a typed word. An article elided before an apostrophe goes: who types `l'armée` looks for the
/// army, `d'armée` included.
pub(super) fn query_words(word: &str) -> Vec<String> {
    const ELIDED: [&str; 11] = ["l", "d", "j", "m", "t", "s", "c", "n", "qu", "dell", "all"];
    let mut words: Vec<String> = tokens(word).into_iter().map(|token| token.text).collect();
    let elided = words.len() > 1 && ELIDED.contains(&words[0].as_str());
    if elided && word.get(words[0].len()..).is_some_and(|rest| rest.starts_with(['\'', '’', 'ʼ', '‘'])) {
        words.remove(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elided_articles_go_and_other_parts_of_a_word_stay() {
        assert_eq!(query_words("l'armée"), ["armee"]);
        assert_eq!(query_words("L’Armée"), ["armee"]);
        assert_eq!(query_words("O'Brien"), ["o", "brien"]);
        assert_eq!(query_words("Nagorno\u{2011}Karabakh"), ["nagorno", "karabakh"]);
        assert_eq!(query_words("..."), Vec::<String>::new());
    }
}
