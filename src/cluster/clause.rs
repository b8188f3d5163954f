//! From clauses and filters to the cluster's own queries.
//!
//! A query either finds the very documents that are meant, or, where the cluster cannot tell (words near each other, forms, patterns
//! of paths), all of those and others: then each that is found is decided on here. Only terms, phrases of our tokens, ranges
//! and combinations of them are used. Nothing that a person typed is read by the cluster as anything but a term.

use serde_json::{Value, json};

use super::mapping::{self, field};
use super::record::signed;
use crate::backend::bm25::K1;
use crate::backend::clause::{Clause, Intervals, Occur, SlotTerms, TextField};
use crate::backend::filter::{Condition, Filter};
use crate::passages::about::is_for_long;
use crate::passages::intervals::Place;
use crate::passages::slot::ANY_LANGUAGE;

/// The most values of one query for any of several.
const MOST_TERMS: usize = 50_000;

/// The most words scored as one that the cluster scores by each, and the most parts of a question that it scores: it allows
/// 1,024 clauses.
const MOST_SCORED: usize = 64;
pub(crate) const MOST_LEAVES: usize = 256;

/// A query of the cluster.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) query: Value,
    /// Whether it finds only what is meant.
    pub(crate) is_exact: bool,
}

impl Asked {
    fn exact(query: Value) -> Asked {
        Asked { query, is_exact: true }
    }

    fn wider(query: Value) -> Asked {
        Asked { query, is_exact: false }
    }
}

fn term(name: &str, value: &str, boost: f32) -> Value {
    json!({ "term": { name: { "value": value, "boost": boost } } })
}

/// Any of several terms, without a score.
fn terms(name: &str, values: &[&str]) -> Value {
    json!({ "terms": { name: values } })
}

fn any_of(queries: Vec<Value>) -> Value {
    json!({ "bool": { "should": queries, "minimum_should_match": 1 } })
}

fn nothing() -> Value {
    json!({ "match_none": {} })
}

/// The inverse document frequency of a leaf. Zero where words scored as one are not scored by each.
pub(crate) type Weights<'w> = &'w dyn Fn(&Leaf<'_>) -> f32;

/// A part of a clause that the cluster scores.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Leaf<'c> {
    Term(TextField, &'c str),
    Phrase(&'c [String]),
}

impl Leaf<'_> {
    pub(crate) fn query(&self, boost: f32) -> Value {
        match self {
            Leaf::Term(text, value) => term(mapping::name(*text), value, boost),
            Leaf::Phrase(words) => {
                let name = mapping::name(TextField::Words);
                json!({ "match_phrase": { name: { "query": words.join(" "), "boost": boost } } })
            }
        }
    }

    /// The terms whose statistics its score is made of.
    pub(crate) fn terms(&self) -> Vec<(TextField, String)> {
        match self {
            Leaf::Term(text, value) => vec![(*text, (*value).to_owned())],
            Leaf::Phrase(words) => words.iter().map(|word| (TextField::Words, word.clone())).collect(),
        }
    }
}

/// Returns whether a clause asks for no words, so that its score is told by a document's columns.
pub(crate) fn asks_for_no_words<T>(clause: &Clause<T>) -> bool {
    match clause {
        Clause::Nothing | Clause::Everything | Clause::Condition(_) => true,
        Clause::Stem(_) | Clause::Word(..) | Clause::Phrase(_) | Clause::Intervals(_) => false,
        Clause::Constant(clause, _) | Clause::Boost(clause, _) => asks_for_no_words(clause),
        Clause::All(clauses) => clauses.iter().all(|(_, clause)| asks_for_no_words(clause)),
    }
}

/// The leaves of a clause, in its order, with the words that are scored as one.
pub(crate) fn leaves<T>(clause: &Clause<T>) -> Vec<Leaf<'_>> {
    leaves_with(clause, &single_words)
}

/// The leaves of a clause without the words that are scored as one.
pub(crate) fn own_leaves<T>(clause: &Clause<T>) -> Vec<Leaf<'_>> {
    leaves_with(clause, &|_| Vec::new())
}

fn leaves_with<'c, T>(clause: &'c Clause<T>, words: &dyn Fn(&'c Intervals) -> Vec<Leaf<'c>>) -> Vec<Leaf<'c>> {
    match clause {
        Clause::Stem(stem) => vec![Leaf::Term(TextField::Stems, &stem.text)],
        Clause::Word(word, _) => vec![Leaf::Term(TextField::Words, word)],
        Clause::Phrase(words) => vec![Leaf::Phrase(words)],
        Clause::Constant(clause, _) | Clause::Boost(clause, _) => leaves_with(clause, words),
        Clause::All(clauses) => clauses.iter().flat_map(|(_, clause)| leaves_with(clause, words)).collect(),
        Clause::Intervals(intervals) => words(intervals),
        Clause::Nothing | Clause::Everything | Clause::Condition(_) => Vec::new(),
    }
}

/// The terms of words that may stand anywhere. None where some have to stand in a place, where they are too many, or for a
/// field that keeps neither how often a term is there nor how long it is.
fn single_words(intervals: &Intervals) -> Vec<Leaf<'_>> {
    let number: usize = intervals.slots.iter().map(|slot| slot.terms.len()).sum();
    let is_of_words = intervals.slots.iter().all(|slot| slot.field == TextField::Words);
    if !is_of_words || !is_single(&intervals.place) || number > MOST_SCORED {
        return Vec::new();
    }
    let terms = intervals.slots.iter().flat_map(|slot| slot.terms.iter().map(|(term, _)| (slot.field, term)));
    terms.map(|(field, term)| Leaf::Term(field, term)).collect()
}

/// A clause with scores, each of which is at least ours as far as weights and averages agree. `times` multiplies them.
pub(crate) fn asked<T>(clause: &Clause<T>, times: f32, weights: Weights<'_>) -> Asked {
    match clause {
        Clause::Nothing => Asked::exact(nothing()),
        Clause::Everything => Asked::exact(json!({ "match_all": { "boost": times } })),
        Clause::Stem(stem) => {
            let leaf = Leaf::Term(TextField::Stems, &stem.text);
            Asked::exact(leaf.query(stem.boost * times))
        }
        Clause::Word(word, boost) => {
            let leaf = Leaf::Term(TextField::Words, word);
            Asked::exact(leaf.query(boost * times))
        }
        Clause::Phrase(words) if words.is_empty() => Asked::exact(nothing()),
        Clause::Phrase(words) => {
            let leaf = Leaf::Phrase(words);
            Asked::exact(leaf.query(times))
        }
        Clause::Intervals(intervals) => {
            let (query, is_exact) = standing(intervals);
            let words = single_words(intervals);
            if !words.is_empty() && words.iter().all(|word| weights(word) > 0.0) {
                // Words that are scored as one never score more than each by itself, added up.
                let scored = |word: &Leaf<'_>| word.query(intervals.idf / weights(word) * times);
                return Asked { query: any_of(words.iter().map(scored).collect()), is_exact };
            }
            // As much as it can score at all: the cluster does not know how often the words stand as asked.
            let most = highest(intervals.idf) * times;
            Asked { query: json!({ "constant_score": { "filter": query, "boost": most } }), is_exact }
        }
        Clause::Condition(condition) => {
            let Asked { query, is_exact } = met(condition);
            Asked { query: json!({ "constant_score": { "filter": query, "boost": times } }), is_exact }
        }
        Clause::Constant(clause, constant) => {
            let Asked { query, is_exact } = asked(clause, 1.0, weights);
            Asked { query: json!({ "constant_score": { "filter": query, "boost": constant * times } }), is_exact }
        }
        Clause::Boost(clause, more) => asked(clause, times * more, weights),
        Clause::All(clauses) => all(clauses, times, weights),
    }
}

fn all<T>(clauses: &[(Occur, Clause<T>)], times: f32, weights: Weights<'_>) -> Asked {
    let (mut must, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
    let mut all_exact = true;
    for (occur, clause) in clauses {
        let Asked { query, is_exact } = asked(clause, times, weights);
        all_exact &= is_exact;
        match occur {
            Occur::Must => must.push(query),
            Occur::Should => should.push(query),
            // What finds too much would leave out too much.
            Occur::MustNot if is_exact => must_not.push(query),
            Occur::MustNot => {}
        }
    }
    if must.is_empty() && should.is_empty() {
        return Asked { query: nothing(), is_exact: true };
    }
    let least = u8::from(must.is_empty());
    let query = json!({ "bool": {
        "must": must, "should": should, "must_not": must_not, "minimum_should_match": least,
    } });
    Asked { query, is_exact: all_exact }
}

/// The highest score that words which stand as asked can have.
fn highest(idf: f32) -> f32 {
    idf * (1.0 + K1)
}

/// The documents in which words may stand as asked, and whether they are the very ones.
fn standing(intervals: &Intervals) -> (Value, bool) {
    let slot = |slot: usize| intervals.slots.get(slot).map_or_else(nothing, present);
    let query = may_hold(&intervals.place, &slot);
    // A single word needs no positions, unless only some of them count.
    let is_plain =
        |terms: &SlotTerms| terms.but.is_empty() && terms.terms.iter().all(|(_, languages)| *languages == ANY_LANGUAGE);
    (query, is_single(&intervals.place) && !intervals.in_title && intervals.slots.iter().all(is_plain))
}

fn is_single(place: &Place) -> bool {
    match place {
        Place::Slot(_) => true,
        Place::AnyOf(parts) => parts.iter().all(|part| matches!(part, Place::Slot(_))),
        Place::Sequence { .. } | Place::Near(..) => false,
    }
}

/// The documents that have one of a slot's terms.
fn present(slot: &SlotTerms) -> Value {
    let values: Vec<&str> = slot.terms.iter().map(|(term, _)| term.as_str()).collect();
    terms(mapping::name(slot.field), &values)
}

fn may_hold(place: &Place, slot: &dyn Fn(usize) -> Value) -> Value {
    match place {
        Place::Slot(at) => slot(*at),
        Place::Sequence { slots, .. } => {
            json!({ "bool": { "filter": slots.iter().map(|(at, _)| slot(*at)).collect::<Vec<_>>() } })
        }
        Place::Near(parts, _) => {
            json!({ "bool": { "filter": parts.iter().map(|part| may_hold(part, slot)).collect::<Vec<_>>() } })
        }
        Place::AnyOf(parts) if parts.is_empty() => nothing(),
        Place::AnyOf(parts) => any_of(parts.iter().map(|part| may_hold(part, slot)).collect()),
    }
}

/// The documents that meet a condition.
fn met(condition: &Condition) -> Asked {
    match condition {
        Condition::Days { range, certain } => {
            let (from, to) = (range.first_number(), range.last_number());
            let bounds = if *certain { (field::FIRST, field::LAST) } else { (field::LAST, field::FIRST) };
            Asked::exact(json!({ "bool": { "filter": [
                { "term": { field::UNDATED: false } },
                { "range": { bounds.0: { "gte": from } } },
                { "range": { bounds.1: { "lte": to } } },
            ] } }))
        }
        Condition::About(about) => {
            let mut queries = Vec::new();
            for range in &about.ranges {
                let (from, to) = (range.first_number(), range.last_number());
                let relation = if about.within { "within" } else { "intersects" };
                for (at, name) in field::MENTIONED.into_iter().enumerate() {
                    let (is_long, is_derived) = (at % 2 == 1, at >= 2);
                    let counts = (about.within || !is_long || is_for_long(range)) && !(about.certain && is_derived);
                    if from <= to && counts {
                        let days = json!({ "gte": from, "lte": to, "relation": relation });
                        queries.push(json!({ "range": { name: days } }));
                    }
                }
            }
            Asked::exact(if queries.is_empty() { nothing() } else { any_of(queries) })
        }
        Condition::Rules(rules) => {
            Asked::exact(terms(field::RULE, &rules.iter().map(|rule| rule.name()).collect::<Vec<_>>()))
        }
        Condition::Doubted(doubts) => {
            Asked::exact(terms(field::DOUBTS, &doubts.iter().map(|doubt| doubt.name()).collect::<Vec<_>>()))
        }
        Condition::Sources(wanted) => {
            Asked::exact(terms(field::SOURCES, &wanted.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Condition::Languages(codes) => {
            Asked::exact(terms(field::LANGUAGE, &codes.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Condition::File(_) => Asked::wider(json!({ "exists": { "field": field::PATH } })),
        Condition::Own(pattern) => Asked::wider(terms(field::OWN_NAMES, &[pattern.name()])),
        Condition::NotCollapsed(collapsed) => {
            use crate::backend::found::Doc;
            let keys: Vec<i64> = collapsed.within(Doc(0)..Doc(u64::MAX)).iter().map(|doc| signed(doc.0)).collect();
            let left_out: Vec<Value> =
                keys.chunks(MOST_TERMS).map(|keys| json!({ "terms": { field::KEY: keys } })).collect();
            Asked::exact(json!({ "bool": { "must_not": left_out } }))
        }
    }
}

/// The documents that pass a filter, and whether they are the very ones.
pub(crate) fn passing(filter: &Filter) -> (Vec<Value>, bool) {
    let asked: Vec<Asked> = filter.conditions.iter().map(met).collect();
    let is_exact = asked.iter().all(|asked| asked.is_exact);
    (asked.into_iter().map(|asked| asked.query).collect(), is_exact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Reach;
    use std::sync::Arc;

    fn intervals(place: Place, but: &[&str]) -> Clause<()> {
        let slot = |word: &str| SlotTerms {
            field: TextField::Words,
            terms: vec![(word.to_owned(), ANY_LANGUAGE)],
            but: but.iter().map(|form| (*form).to_owned()).collect(),
        };
        Clause::Intervals(Intervals {
            place: Arc::new(place),
            slots: vec![slot("ferry"), slot("mill")],
            field: TextField::Words,
            in_title: false,
            languages: Arc::from([]),
            idf: 1.0,
            average: 1.0,
        })
    }

    fn told(clause: &Clause<()>) -> Asked {
        asked(clause, 1.0, &|_| 0.0)
    }

    #[test]
    fn what_the_cluster_cannot_decide_is_asked_for_more_widely() {
        let near = intervals(Place::Near(vec![Place::Slot(0), Place::Slot(1)], Reach::Words(3)), &[]);
        let asked = told(&near);
        assert!(!asked.is_exact);
        assert_eq!(asked.query["constant_score"]["filter"]["bool"]["filter"][1]["terms"]["words"], json!(["mill"]));
        assert!(told(&intervals(Place::Slot(0), &[])).is_exact);
        assert!(!told(&intervals(Place::Slot(0), &["ferry Ferry"])).is_exact);
    }

    #[test]
    fn a_wider_exclusion_is_no_exclusion() {
        let word = || Clause::Word("otter".to_owned(), 1.0);
        let near = || intervals(Place::Near(vec![Place::Slot(0), Place::Slot(1)], Reach::Words(3)), &[]);
        let without = told(&Clause::All(vec![(Occur::Must, word()), (Occur::MustNot, near())]));
        assert!(!without.is_exact);
        assert_eq!(without.query["bool"]["must_not"], json!([]));
        let without = told(&Clause::All(vec![(Occur::Must, word()), (Occur::MustNot, word())]));
        assert!(without.is_exact);
        assert_eq!(without.query["bool"]["must_not"][0]["term"]["words"]["value"], "otter");
        // Excluding alone finds nothing.
        assert_eq!(told(&Clause::All(vec![(Occur::MustNot, word())])).query, nothing());
    }

    #[test]
    fn only_words_that_are_counted_and_not_too_many_are_scored_by_each() {
        let of = |field, number: usize| {
            let mut clause = intervals(Place::Slot(0), &[]);
            if let Clause::Intervals(intervals) = &mut clause {
                let terms = (0..number).map(|n| (format!("w{n}"), ANY_LANGUAGE)).collect();
                intervals.slots = vec![SlotTerms { field, terms, but: Vec::new() }];
            }
            clause
        };
        assert_eq!(leaves(&of(TextField::Words, 3)).len(), 3);
        assert_eq!(leaves(&of(TextField::Words, MOST_SCORED + 1)), []);
        // How often a form stands in a text is not kept, so its score there is no bound of ours.
        assert_eq!(leaves(&of(TextField::Forms, 3)), []);
        let scored = asked(&of(TextField::Words, 3), 1.0, &|_| 2.0);
        assert_eq!(scored.query["bool"]["should"][2]["term"]["words"]["boost"], 0.5);
        let counted = asked(&of(TextField::Forms, 3), 1.0, &|_| 2.0);
        assert!(counted.query["constant_score"]["filter"]["terms"].is_object(), "{counted:?}");
    }
}
