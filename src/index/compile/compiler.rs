//! From a question to the engine's query: the only place that knows both.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query as EngineQuery};

use super::intervals::{Placer, Words};
use super::typed_word::TypedWord;
use super::vocabulary::Vocabulary;
use crate::answer::search::Matched;
use crate::error::Result;
use crate::index::record::schema::Fields;
use crate::index::scoring::conjunction::Flat;
use crate::index::scoring::filter::{Condition, Filter, PathPattern, folded_source};
use crate::passages::about::About;
use crate::passages::query_terms::Wanted;
use crate::query::{Matching, Node, Synonyms};
use crate::text::{Analyzer, Language, has_wildcards};
use crate::time::DateRange;

/// So many different words are looked for where any will do. A page pasted whole has more, but the rarest of them tell
/// what it is about, and each costs time in every document that has it.
const MOST_WORDS: usize = 128;

/// A question made ready for one state of the index.
pub(crate) struct Plan {
    /// Finds and scores documents.
    pub(crate) query: Box<dyn EngineQuery>,
    /// The query as words, where it is nothing else.
    pub(crate) flat: Option<Flat>,
    /// Conditions on top of the query.
    pub(crate) filter: Filter,
    /// What to look for in the texts of the documents found.
    pub(crate) wanted: Wanted,
    /// Folded words whose exact form lifts a document.
    pub(crate) exact: Vec<String>,
    /// How free words were matched.
    pub(crate) matched: Matched,
    /// Whether there is anything to score by; conditions alone give no order.
    pub(crate) scored: bool,
    /// Whether matching the best would find more than matching all.
    pub(crate) can_relax: bool,
    /// Folded words that no document has.
    pub(crate) missing: Vec<String>,
    /// Whether patterns make it so much work that it is not asked again in parts.
    pub(crate) is_heavy: bool,
    pub(crate) notes: Vec<String>,
}

/// What questions are asked of.
pub(crate) struct Asking<'a> {
    pub(crate) vocabulary: &'a Vocabulary<'a>,
    pub(crate) synonyms: &'a Synonyms,
    /// Whether dates that only may be of the days asked for are not enough.
    pub(crate) certain: bool,
    /// Whether days spoken of that were worked out, and not named, are not enough.
    pub(crate) about_certain: bool,
}

pub(crate) struct Compiler<'a> {
    pub(crate) fields: Fields,
    pub(crate) vocabulary: &'a Vocabulary<'a>,
    pub(crate) synonyms: &'a Synonyms,
    pub(crate) analyzer: &'a mut Analyzer,
    pub(crate) matching: Matching,
    pub(crate) relaxed: bool,
    pub(crate) certain: bool,
    pub(crate) about_certain: bool,
    pub(crate) wanted: Wanted,
    pub(crate) exact: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) matched: Matched,
    pub(crate) can_relax: bool,
    pub(crate) missing: Vec<String>,
    /// How many negations enclose the node at hand: what stands under one is never marked.
    pub(crate) negations: usize,
    /// How many rare words have been looked up in other letters.
    pub(crate) looked_up: usize,
    pub(crate) placer: Placer,
}

/// Turns a question into a plan. `relaxed` lets any free word do where all would be asked for; phrases and what is
/// joined by AND are still required, unless the best match was asked for in so many words. If it is asked for certain, a date that
/// only overlaps the days asked for is not among them.
pub(crate) fn compile(
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
        about_certain: asking.about_certain,
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
    let mut query = match rest.as_slice() {
        [] => everything(),
        nodes if compiler.matching == Matching::Best => compiler.loose(nodes.iter().copied())?,
        [node] => compiler.node(node)?,
        nodes => compiler.and(nodes.iter().copied())?,
    };
    let has_words = compiler.wanted.has_words();
    if !has_words && filter.asks_about_days() {
        // Something for the days to take their share of.
        query = Box::new(ConstScoreQuery::new(query, 1.0));
    }
    compiler.notes.append(&mut compiler.placer.notes());
    compiler.missing.append(&mut compiler.placer.missing);
    Ok(Plan {
        flat: Flat::of(&*query, compiler.fields.stems),
        query,
        scored: has_words || filter.asks_about_days(),
        filter,
        wanted: compiler.wanted,
        exact: compiler.exact,
        matched: compiler.matched,
        can_relax: compiler.can_relax,
        missing: compiler.missing,
        is_heavy: compiler.placer.is_heavy(),
        notes: compiler.notes,
    })
}

/// Every document, with nothing to tell them apart.
pub(crate) fn everything() -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

pub(crate) fn any_of(mut clauses: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
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
            Node::Word(word) => self.words(TypedWord::new(word))?,
            Node::Phrase(text) if !has_wildcards(text) => self.phrase(text)?,
            Node::Phrase(_) | Node::Loose(..) | Node::Form(_) | Node::Near(..) => self.placed(node, false)?,
            Node::Title(inner) => self.placed(inner, true)?,
            Node::Author(name) => {
                let mut words = Words { vocabulary: self.vocabulary, analyzer: self.analyzer, synonyms: self.synonyms };
                self.placer.author(&mut words, name)?
            }
            Node::And(nodes) => self.and(nodes.iter())?,
            Node::Or(nodes) => {
                any_of(distinct(nodes.iter()).into_iter().map(|node| self.node(node)).collect::<Result<_>>()?)
            }
            Node::Not(_) => self.and([node].into_iter())?,
            Node::Date(_) | Node::About(_) | Node::Source(_) | Node::Language(_) | Node::File(_) => {
                match self.condition(node) {
                    Some(condition) => Box::new(ConstScoreQuery::new(condition.into_query(), 0.0)),
                    None => Box::new(EmptyQuery),
                }
            }
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
            Node::About(range) => Some(self.about(vec![*range])),
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
            // Several sources, languages or days side by side are one condition.
            Node::Or(nodes) => {
                let days = nodes.iter().map(|node| if let Node::About(range) = node { Some(*range) } else { None });
                if let Some(days) = days.collect() {
                    return Some(self.about(days));
                }
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

    /// Days to be spoken of, any of these; unless they are not to be, also to be looked for in texts.
    fn about(&mut self, ranges: Vec<DateRange>) -> Condition {
        // What certainly speaks of no such day is what has not even one that was worked out.
        let certain = self.about_certain && self.negations.is_multiple_of(2);
        let about = Arc::new(About { ranges, certain });
        if self.negations == 0 {
            self.wanted.days.push(Arc::clone(&about));
        }
        Condition::About(about)
    }

    fn and<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) -> Result<Box<dyn EngineQuery>> {
        let mut clauses = Vec::new();
        for node in distinct(nodes) {
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
        let typed: Vec<TypedWord> = nodes
            .iter()
            .map(|node| match node {
                Node::Word(word) => TypedWord::new(word),
                _ => TypedWord::default(),
            })
            .collect();
        // Only single words can be stop words: a hyphenated one is not ours to take apart.
        let single: Vec<(&str, bool)> = typed
            .iter()
            .map(
                |typed| {
                    if let [word] = typed.words.as_slice() { (word.as_str(), typed.apostrophe) } else { ("", false) }
                },
            )
            .collect();
        let stop = self.vocabulary.stop_words(&single);
        let left_out: Vec<String> =
            single.iter().zip(&stop).filter(|(_, stop)| **stop).map(|((word, _), _)| word.to_string()).collect();
        let kept = |(typed, stop): &(&TypedWord, &bool)| !**stop && !typed.words.is_empty();
        let number = typed.iter().zip(&stop).filter(kept).count();
        if self.relaxed || !self.matching.wants_all(number) {
            return self.bag(typed);
        }
        self.say_left_out(left_out.iter().map(String::as_str));
        let kept: Vec<TypedWord> = typed
            .into_iter()
            .zip(stop)
            .filter(|(typed, stop)| !stop && !typed.words.is_empty())
            .map(|(typed, _)| typed)
            .collect();
        if self.negations == 0 {
            self.can_relax |= kept.len() > 1;
        }
        // A flat conjunction of single terms is what the engine can prune.
        let mut clauses = Vec::new();
        for words in kept {
            clauses.push((Occur::Must, self.words(words)?));
        }
        Ok(match clauses.len() {
            0 => everything(),
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        })
    }

    /// Words of which any will do: a flat union, which the engine can prune too, so the terms of each word stand side by
    /// side with those of the others. A word typed several times is one clause that weighs as much more.
    fn bag(&mut self, typed: Vec<TypedWord>) -> Result<Box<dyn EngineQuery>> {
        let flat: Vec<(&str, bool)> =
            typed.iter().flat_map(|typed| typed.words.iter().map(|word| (word.as_str(), typed.apostrophe))).collect();
        let stop = self.vocabulary.stop_words(&flat);
        self.say_left_out(flat.iter().zip(&stop).filter(|(_, stop)| **stop).map(|((word, _), _)| *word));
        if self.negations == 0 {
            self.matched = Matched::Best;
        }
        let mut clauses = Vec::new();
        let kept = flat.iter().zip(&stop).filter(|(_, stop)| !**stop).map(|((word, _), _)| *word);
        for (word, times) in self.most_telling(counted(kept))? {
            let from = clauses.len();
            clauses.append(&mut self.synonyms(&[word.to_string()])?);
            self.word_clauses(word, &mut clauses)?;
            if times > 1 {
                let again = clauses.split_off(from).into_iter();
                clauses.extend(
                    again.map(|clause| -> Box<dyn EngineQuery> { Box::new(BoostQuery::new(clause, times as f32)) }),
                );
            }
        }
        for other in typed.iter().filter_map(|typed| typed.other.as_ref()).take(MOST_WORDS) {
            self.other_form(other, &mut clauses)?;
        }
        Ok(any_of(clauses))
    }

    /// The words of a bag that are worth looking for, in their order: of very many those that tell most.
    fn most_telling<'w>(&mut self, words: Vec<(&'w str, usize)>) -> Result<Vec<(&'w str, usize)>> {
        if words.len() <= MOST_WORDS {
            return Ok(words);
        }
        let mut weighed = Vec::new();
        for (at, (word, times)) in words.iter().enumerate() {
            weighed.push((self.vocabulary.word(self.analyzer, word)?.idf * *times as f32, at));
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut chosen: Vec<usize> = weighed.into_iter().take(MOST_WORDS).map(|(_, at)| at).collect();
        chosen.sort_unstable();
        if self.negations == 0 {
            self.notes
                .push(format!("of {} different words, the {MOST_WORDS} that tell most were searched", words.len()));
        }
        Ok(chosen.into_iter().filter_map(|at| words.get(at).copied()).collect())
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
}

/// Different words in the order of their first use, with how often each is used.
fn counted<'w>(words: impl Iterator<Item = &'w str>) -> Vec<(&'w str, usize)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for word in words {
        let place = *places.entry(word).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => counted.push((word, 1)),
        }
    }
    counted
}

/// Nodes without those that stand there already: whoever repeats a thing asks for nothing more.
fn distinct<'n>(nodes: impl Iterator<Item = &'n Node>) -> Vec<&'n Node> {
    let mut seen = HashSet::new();
    nodes.filter(|node| seen.insert(format!("{node:?}"))).collect()
}

/// The words of words and phrases.
fn gather(node: &Node, words: &mut Vec<TypedWord>) {
    match node {
        Node::Free(nodes) => nodes.iter().for_each(|node| gather(node, words)),
        Node::Word(word) => words.push(TypedWord::new(word)),
        Node::Phrase(text) => words.extend(text.split_whitespace().map(TypedWord::new)),
        _ => {}
    }
}
