//! From a question to a compiled query.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::intervals::Words;
use super::terms::WordCompiler;
use super::typed_word::TypedWord;
use super::vocabulary::Vocabulary;
use crate::answer::search::Matched;
use crate::backend::clause::{Clause, Occur};
use crate::backend::filter::{Condition, Filter, PathPattern, folded_source};
use crate::backend::own_field::OwnPattern;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::passages::about::About;
use crate::passages::query_terms::QueryTerms;
use crate::query::{Matching, Node, Synonyms};
use crate::text::{Analyzer, Language, Piece, has_wildcards, is_remnant};
use crate::time::DateRange;

/// So many different words are looked for where any will do. A page pasted whole has more, but the rarest of them tell
/// what it is about, and each costs time in every document that has it.
const MOST_WORDS: usize = 128;

/// A question made ready for one state of the index.
pub(crate) struct CompiledQuery<B: Backend> {
    /// Finds and scores documents.
    pub(crate) query: B::Query,
    /// Conditions on top of the query.
    pub(crate) filter: Filter,
    /// What to look for in the texts of the documents found.
    pub(crate) wanted: QueryTerms,
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
    pub(crate) notes: Vec<Note>,
}

/// What questions are asked of.
pub(crate) struct Asking<'a, B> {
    pub(crate) vocabulary: &'a Vocabulary<'a, B>,
    pub(crate) synonyms: &'a Synonyms,
    /// Whether dates that only may be of the days asked for are not enough.
    pub(crate) certain: bool,
    /// Whether days spoken of that were worked out, and not named, are not enough.
    pub(crate) about_certain: bool,
    /// Days within which a time has to lie that is spoken of, one for each of these.
    pub(crate) about_within: &'a [DateRange],
}

/// Compiles the nodes of one question.
struct Compiler<'a, B> {
    words: WordCompiler<'a, B>,
    matching: Matching,
    relaxed: bool,
    certain: bool,
    about_certain: bool,
    matched: Matched,
    can_relax: bool,
}

/// Compiles a question. `relaxed` lets any free word do where all would be asked for; phrases and what is
/// joined by AND are still required, unless the best match was asked for in so many words. If it is asked for certain, a date that
/// only overlaps the days asked for is not among them.
pub(crate) fn compile<B: Backend>(
    root: &Node,
    matching: Matching,
    relaxed: bool,
    asking: &Asking<'_, B>,
    analyzer: &mut Analyzer,
) -> Result<CompiledQuery<B>> {
    let vocabulary = asking.vocabulary;
    let mut compiler = Compiler {
        words: WordCompiler::new(vocabulary, asking.synonyms, analyzer),
        matching,
        relaxed,
        certain: asking.certain,
        about_certain: asking.about_certain,
        matched: Matched::All,
        can_relax: false,
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
    for range in asking.about_within {
        filter.conditions.push(compiler.about(vec![*range], true));
    }
    let mut clause = match rest.as_slice() {
        [] => Clause::unscored_everything(),
        nodes if compiler.matching == Matching::Best => compiler.loose(nodes.iter().copied())?,
        // A sentence of a script without spaces is typed as one word, and is several to its reader.
        [node @ Node::Word(word)] if TypedWord::new(word).length > 1 => compiler.free(std::slice::from_ref(*node))?,
        [node] => compiler.node(node)?,
        nodes => compiler.and(nodes.iter().copied())?,
    };
    let Compiler { words, matched, can_relax, .. } = compiler;
    let WordCompiler { wanted, exact, mut missing, mut notes, mut placer, .. } = words;
    let has_words = wanted.has_words();
    if !has_words && filter.asks_about_days() {
        // Something for the days to take their share of.
        clause = Clause::Constant(Box::new(clause), 1.0);
    }
    notes.append(&mut placer.notes());
    missing.append(&mut placer.missing);
    Ok(CompiledQuery {
        query: vocabulary.backend().prepare(&clause),
        scored: has_words || filter.asks_about_days(),
        filter,
        wanted,
        exact,
        matched,
        can_relax,
        missing,
        is_heavy: placer.is_heavy(),
        notes,
    })
}

impl<B: Backend> Compiler<'_, B> {
    fn node(&mut self, node: &Node) -> Result<Clause<B::Posted>> {
        Ok(match node {
            Node::All => Clause::unscored_everything(),
            Node::Free(nodes) => self.free(nodes)?,
            Node::Word(word) => self.words.words(TypedWord::new(word))?,
            Node::Phrase(text) if !has_wildcards(text) => self.words.phrase(text)?,
            Node::Phrase(_) | Node::Loose(..) | Node::Form(_) | Node::Near(..) => self.words.placed(node, false)?,
            Node::Title(inner) => self.words.placed(inner, true)?,
            Node::Author(name) => {
                let WordCompiler { vocabulary, analyzer, synonyms, placer, .. } = &mut self.words;
                placer.author(&mut Words { vocabulary, analyzer, synonyms }, name)?
            }
            Node::And(nodes) => self.and(nodes.iter())?,
            Node::Or(nodes) => {
                Clause::any_of(distinct(nodes.iter()).into_iter().map(|node| self.node(node)).collect::<Result<_>>()?)
            }
            Node::Not(_) => self.and([node].into_iter())?,
            Node::Date(_) | Node::About(_) | Node::Source(_) | Node::Language(_) | Node::File(_) | Node::Own(_) => {
                match self.condition(node) {
                    Some(condition) => Clause::Constant(Box::new(Clause::Condition(condition)), 0.0),
                    None => Clause::Nothing,
                }
            }
        })
    }

    /// A node that is a condition on columns.
    fn condition(&mut self, node: &Node) -> Option<Condition> {
        match node {
            Node::Date(range) => {
                // What is certainly not of some days is what cannot be of them.
                let certain = self.certain && self.words.negations.is_multiple_of(2);
                Some(Condition::Days { range: *range, certain })
            }
            Node::About(range) => Some(self.about(vec![*range], false)),
            Node::Source(name) => Some(Condition::Sources([folded_source(name)].into())),
            Node::Language(name) => {
                let code = match name.parse::<Language>() {
                    Ok(language) => language.code().to_string(),
                    Err(_) => {
                        let message = format!("\"{name}\" is no language known here, so no document is in it");
                        self.words.notes.push(Note::new(NoteKind::UnknownLanguage, message));
                        name.clone()
                    }
                };
                Some(Condition::Languages([code].into()))
            }
            Node::File(path) => Some(Condition::File(PathPattern::new(path))),
            Node::Own(field) => Some(Condition::Own(Arc::new(OwnPattern::new(field)))),
            // Several sources, languages or days side by side are one condition.
            Node::Or(nodes) => {
                let days = nodes.iter().map(|node| if let Node::About(range) = node { Some(*range) } else { None });
                if let Some(days) = days.collect() {
                    return Some(self.about(days, false));
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
    fn about(&mut self, ranges: Vec<DateRange>, within: bool) -> Condition {
        // What certainly speaks of no such day is what has not even one that was worked out.
        let certain = self.about_certain && self.words.negations.is_multiple_of(2);
        let about = Arc::new(About { ranges, certain, within });
        if self.words.negations == 0 {
            self.words.wanted.days.push(Arc::clone(&about));
        }
        Condition::About(about)
    }

    fn and<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) -> Result<Clause<B::Posted>> {
        let mut clauses = Vec::new();
        for node in distinct(nodes) {
            match node {
                Node::Not(inner) => {
                    self.words.negations += 1;
                    let clause = self.node(inner);
                    self.words.negations -= 1;
                    clauses.push((Occur::MustNot, clause?));
                }
                node => clauses.push((Occur::Must, self.node(node)?)),
            }
        }
        // The engine finds nothing for exclusions alone.
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Clause::unscored_everything()));
        }
        Ok(Clause::All(clauses))
    }

    /// Free words: all of them, or the best.
    fn free(&mut self, nodes: &[Node]) -> Result<Clause<B::Posted>> {
        let typed: Vec<TypedWord> = nodes
            .iter()
            .map(|node| match node {
                Node::Word(word) => TypedWord::new(word),
                _ => TypedWord::default(),
            })
            .collect();
        let number = typed.iter().map(|typed| typed.length).sum();
        if self.relaxed || !self.matching.wants_all(number) {
            return self.bag(typed);
        }
        if self.words.negations == 0 {
            self.can_relax |= number > 1;
        }
        // A flat conjunction of single terms is what the engine can prune.
        let mut clauses = Vec::new();
        for words in typed.into_iter().filter(|typed| !typed.words.is_empty()) {
            clauses.push((Occur::Must, self.words.words(words)?));
        }
        Ok(match clauses.len() {
            0 => Clause::unscored_everything(),
            1 => clauses.remove(0).1,
            _ => Clause::All(clauses),
        })
    }

    /// Words of which any will do: a flat union, which the engine can prune too, so the terms of each word stand side by
    /// side with those of the others. A word typed several times is one clause that weighs as much more.
    fn bag(&mut self, typed: Vec<TypedWord>) -> Result<Clause<B::Posted>> {
        if self.words.negations == 0 {
            self.matched = Matched::Best;
        }
        let mut clauses = Vec::new();
        typed.iter().for_each(|typed| self.words.note_marks(typed));
        let pieces = typed.iter().flat_map(|typed| typed.pieces.iter().map(move |piece| (piece, typed)));
        let kept = pieces.filter_map(|(piece, typed)| match piece {
            Piece::Word(word) => (!self.is_left_over(word, typed)).then_some((word.as_str(), false)),
            Piece::Gram(gram) => Some((gram.as_str(), true)),
            Piece::Run(_) => None,
        });
        let words = counted(kept);
        for ((word, is_gram), times) in self.most_telling(words)? {
            let from = clauses.len();
            if is_gram {
                self.words.stem_clauses(word, &mut clauses)?;
            } else {
                clauses.append(&mut self.words.synonyms(&[word.to_string()])?);
                self.words.word_clauses(word, &mut clauses)?;
            }
            if times > 1 {
                let again = clauses.split_off(from).into_iter();
                clauses.extend(again.map(|clause| Clause::Boost(Box::new(clause), times as f32)));
            }
        }
        for piece in typed.iter().flat_map(|typed| &typed.pieces).take(MOST_WORDS) {
            if let Piece::Run(run) = piece {
                clauses.push(self.words.phrase_of(run.clone())?);
            }
        }
        for other in typed.iter().filter_map(|typed| typed.other.as_ref()).take(MOST_WORDS) {
            self.words.other_form(other, &mut clauses)?;
        }
        Ok(Clause::any_of(clauses))
    }

    /// The words of a bag that are worth looking for, in their order: of very many those that tell most.
    fn most_telling<'w>(&mut self, words: Vec<BagWord<'w>>) -> Result<Vec<BagWord<'w>>> {
        if words.len() <= MOST_WORDS {
            return Ok(words);
        }
        let mut weighed = Vec::new();
        for (at, ((word, _), times)) in words.iter().enumerate() {
            weighed.push((self.words.vocabulary.word(self.words.analyzer, word)?.idf * *times as f32, at));
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut chosen: Vec<usize> = weighed.into_iter().take(MOST_WORDS).map(|(_, at)| at).collect();
        chosen.sort_unstable();
        if self.words.negations == 0 {
            let message = format!("of {} different words, the {MOST_WORDS} that tell most were searched", words.len());
            self.words.notes.push(Note::new(NoteKind::Limit, message));
        }
        Ok(chosen.into_iter().filter_map(|at| words.get(at).copied()).collect())
    }

    /// Everything side by side as one bag of words, quoted or bracketed or not; exclusions hold.
    fn loose<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) -> Result<Clause<B::Posted>> {
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
            return Ok(Clause::unscored_everything());
        }
        let bag = self.bag(words)?;
        if clauses.is_empty() {
            return Ok(bag);
        }
        clauses.push((Occur::Should, bag));
        Ok(Clause::All(clauses))
    }

    /// Whether a part of a word is only what an apostrophe leaves of another: the `s` of `mayor's`.
    fn is_left_over(&self, part: &str, typed: &TypedWord) -> bool {
        typed.apostrophe
            && typed.words.len() > 1
            && self.words.vocabulary.backend().languages().iter().any(|(language, _)| is_remnant(part, *language))
    }
}

/// A word of a bag, whether it is a gram, and how often it was typed.
type BagWord<'w> = ((&'w str, bool), usize);

/// Different words in the order of their first use, with how often each is used.
fn counted<'w>(words: impl Iterator<Item = (&'w str, bool)>) -> Vec<BagWord<'w>> {
    let mut places: HashMap<(&str, bool), usize> = HashMap::new();
    let mut counted: Vec<BagWord<'_>> = Vec::new();
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
