//! Evaluates a clause for one document, by definition and without any shortcut.

use super::analysed::Analysed;
use super::columns::Columns;
use super::statistics::{Statistics, stored_length};
use crate::backend::bm25::{bm25, idf};
use crate::backend::clause::{Clause, Intervals, Occur, SlotTerms, TextField};
use crate::backend::filter::{Condition, Filter};
use crate::passages::about::About;
use crate::passages::intervals::Occurrences;
use crate::passages::slot::last_bit;

/// The score of a clause. None if the document does not match.
pub(crate) fn score(statistics: &Statistics, clause: &Clause<()>, document: &Analysed) -> Option<f32> {
    match clause {
        Clause::Nothing => None,
        Clause::Everything => Some(1.0),
        Clause::Stem(stem) => Some(stem.boost * term_score(statistics, TextField::Stems, &stem.text, document)?),
        Clause::Word(word, boost) => Some(boost * term_score(statistics, TextField::Words, word, document)?),
        Clause::Phrase(words) => phrase_score(statistics, words, document),
        Clause::Intervals(intervals) => intervals_score(intervals, document),
        Clause::Condition(condition) => meets(condition, &document.columns).then_some(1.0),
        Clause::Constant(clause, constant) => score(statistics, clause, document).map(|_| *constant),
        Clause::Boost(clause, times) => Some(times * score(statistics, clause, document)?),
        Clause::All(clauses) => all_score(statistics, clauses, document),
    }
}

fn all_score(statistics: &Statistics, clauses: &[(Occur, Clause<()>)], document: &Analysed) -> Option<f32> {
    let (mut sum, mut has_must, mut has_any) = (0.0, false, false);
    for (occur, clause) in clauses {
        let found = score(statistics, clause, document);
        match occur {
            Occur::MustNot if found.is_some() => return None,
            Occur::Must => {
                has_must = true;
                sum += found?;
            }
            Occur::Should => {
                has_any |= found.is_some();
                sum += found.unwrap_or(0.0);
            }
            Occur::MustNot => {}
        }
    }
    (has_must || has_any).then_some(sum)
}

/// BM25 of one term. None if the document does not have it.
pub(crate) fn term_score(statistics: &Statistics, field: TextField, term: &str, document: &Analysed) -> Option<f32> {
    let times = document.places(field, term).len();
    let weight = idf(statistics.total(), statistics.with_term(field, term));
    (times > 0).then(|| weight * share(statistics, field, times as u32, document))
}

fn share(statistics: &Statistics, field: TextField, times: u32, document: &Analysed) -> f32 {
    bm25(times as f32, stored_length(document.length(field)) as f32, statistics.average(field))
}

fn phrase_score(statistics: &Statistics, words: &[String], document: &Analysed) -> Option<f32> {
    let (first, others) = words.split_first()?;
    let stands =
        |at: u32| (at + 1..).zip(others).all(|(at, word)| document.places(TextField::Words, word).contains(&at));
    let times = document.places(TextField::Words, first).iter().filter(|at| stands(**at)).count();
    let weight: f32 =
        words.iter().map(|word| idf(statistics.total(), statistics.with_term(TextField::Words, word))).sum();
    (times > 0).then(|| weight * share(statistics, TextField::Words, times as u32, document))
}

fn intervals_score(intervals: &Intervals, document: &Analysed) -> Option<f32> {
    let bit = document
        .columns
        .language
        .and_then(|language| intervals.languages.iter().position(|code| code == language.code()));
    let bit = bit.map_or(last_bit(), |at| 1 << at);
    let positions = |slot: &SlotTerms| {
        let mut places: Vec<u32> = Vec::new();
        for (term, languages) in &slot.terms {
            if languages & bit != 0 {
                places.extend(document.places(slot.field, term));
            }
        }
        let without: Vec<u32> =
            slot.but.iter().flat_map(|form| document.places(TextField::Forms, form)).copied().collect();
        places.retain(|place| !without.contains(place) && (!intervals.in_title || *place < document.title_words));
        places.sort_unstable();
        places.dedup();
        places
    };
    let found = Occurrences {
        slots: intervals.slots.iter().map(positions).collect(),
        sentences: document.sentences.clone(),
        paragraphs: document.paragraphs.clone(),
    };
    let times = intervals.place.spans(&found).len();
    let length = stored_length(document.length(intervals.field)) as f32;
    (times > 0).then(|| intervals.idf * bm25(times as f32, length, intervals.average))
}

/// The verdict of a filter on a document: it passes, or it is out, perhaps only because it is undated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passes {
    Yes,
    No,
    OnlyUndated,
}

pub(crate) fn passes(filter: &Filter, document: &Columns) -> Passes {
    let fails: Vec<&Condition> = filter.conditions.iter().filter(|condition| !meets(condition, document)).collect();
    let for_days = |condition: &&&Condition| matches!(condition, Condition::Days { .. });
    match fails.len() {
        0 => Passes::Yes,
        all if document.days.is_none() && fails.iter().filter(for_days).count() == all => Passes::OnlyUndated,
        _ => Passes::No,
    }
}

fn meets(condition: &Condition, document: &Columns) -> bool {
    match condition {
        Condition::Days { range, certain } => document.days.is_some_and(|(first, last)| {
            let (from, to) = (i64::from(range.first_number()), i64::from(range.last_number()));
            if *certain { from <= first && last <= to } else { first <= to && from <= last }
        }),
        Condition::About(about) => document.mentions.iter().any(|span| about.is_met(*span)),
        Condition::Rules(rules) => document.rule.is_some_and(|rule| rules.contains(&rule)),
        Condition::Doubted(doubts) => doubts.iter().any(|doubt| document.doubts.contains(doubt)),
        Condition::Sources(wanted) => document.is_from(wanted),
        Condition::Languages(codes) => {
            document.language.is_some_and(|language| codes.iter().any(|code| code == language.code()))
        }
        Condition::File(pattern) => document.path.as_ref().is_some_and(|path| pattern.test()(path)),
        Condition::Own(pattern) => {
            document.own.iter().any(|(name, value)| name == pattern.name() && pattern.is_met(value))
        }
        Condition::NotCollapsed(_) => true,
    }
}

/// The share of its score that a document keeps, by how well it speaks of the days asked about.
pub(crate) fn days_share(filter: &Filter, document: &Columns) -> f32 {
    let about = filter.conditions.iter().filter_map(|condition| match condition {
        Condition::About(about) => Some(about),
        _ => None,
    });
    about.fold(1.0, |share, about| {
        let closest = document.mentions.iter().map(|span| about.closeness(*span)).fold(0.0, f32::max);
        share * About::share(closest)
    })
}
