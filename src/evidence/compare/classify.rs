//! What a difference is about.

use std::ops::Range;

use super::context::Context;
use super::dates::Dates;
use super::figures::{Figures, ordinal};
use super::forms::{is_auxiliary, is_modal, is_same_verb};
use super::spelling::{is_misread, is_near, looks_misread};
use super::word::{Word, key, stands_alone};
use crate::answer::quotes::DifferenceClass;
use crate::text::fold;

/// Words of a quote and the words of the source in their place; one of the two may be empty.
#[derive(Clone, Debug)]
pub(crate) struct Stretch<'a> {
    pub(crate) quoted: &'a [Word],
    pub(crate) source: &'a [Word],
    /// Their bytes in the text of the quote; where there are none, the place between words.
    pub(crate) quoted_bytes: Range<usize>,
    /// Their bytes in the source.
    pub(crate) source_bytes: Range<usize>,
    /// The same words as written.
    pub(crate) quoted_text: &'a str,
    pub(crate) source_text: &'a str,
}

/// The dates of both sides.
#[derive(Clone, Debug, Default)]
pub(crate) struct BothDates {
    pub(crate) quoted: Dates,
    pub(crate) source: Dates,
}

/// A class, and whether the difference is only how the same thing is written.
pub(crate) type Verdict = (DifferenceClass, bool);

/// Returns whether a stretch says the same thing, written otherwise. None if it may not.
pub(crate) fn rewritten(stretch: &Stretch<'_>, dates: &BothDates, context: &Context<'_>) -> Option<Verdict> {
    let (quoted, source) = (stretch.quoted, stretch.source);
    if bears_misreading(stretch) || is_wrapped(quoted, source) {
        return Some((DifferenceClass::Spelling, true));
    }
    if context.negations.count(quoted) != context.negations.count(source) {
        return None;
    }
    if !quoted.is_empty() && !source.is_empty() && joined(quoted) == joined(source) {
        return Some((DifferenceClass::Spelling, is_split(quoted, context) || is_split(source, context)));
    }
    let in_dates = dates.quoted.has(&stretch.quoted_bytes) || dates.source.has(&stretch.source_bytes);
    let same_date = || dates.quoted.same(&stretch.quoted_bytes, &dates.source, &stretch.source_bytes) == Some(true);
    if in_dates && all_in(quoted, &dates.quoted) && all_in(source, &dates.source) && same_date() {
        return Some((DifferenceClass::Date, true));
    }
    if is_clock(stretch.quoted_text, stretch.source_text) {
        return Some((DifferenceClass::Figure, true));
    }
    let (in_quote, in_source) = (context.numerals.figures(quoted), context.numerals.figures(source));
    if in_quote.same(&in_source) && others(quoted, &in_quote, context) == others(source, &in_source, context) {
        return Some((DifferenceClass::Figure, true));
    }
    match (quoted, source) {
        ([quoted], [source]) if ordinal(&quoted.key).is_some() && ordinal(&quoted.key) == ordinal(&source.key) => {
            Some((DifferenceClass::Figure, true))
        }
        ([quoted], [source]) if misread(quoted, source, context) => Some((DifferenceClass::Spelling, true)),
        _ => None,
    }
}

/// Returns whether the letters are the same but for digits that a scanner saw among them: no word is written so.
fn bears_misreading(stretch: &Stretch<'_>) -> bool {
    let letters = |text: &str| key(&text.split_whitespace().collect::<String>());
    let (quoted, source) = (letters(stretch.quoted_text), letters(stretch.source_text));
    let marked = |words: &[Word]| words.iter().any(|word| looks_misread(&word.key));
    (marked(stretch.quoted) || marked(stretch.source)) && is_misread(&quoted, &source)
}

/// Returns whether two times of day differ in their mark alone: `1:17` and `1.17`.
fn is_clock(quoted: &str, source: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    (quoted.contains(':') || source.contains(':'))
        && digits(quoted)
        && digits(source)
        && quoted.replace(':', ".") == source.replace(':', ".")
}

/// Returns whether the letters are the same, parted by a hyphen at the end of a line.
fn is_wrapped(quoted: &[Word], source: &[Word]) -> bool {
    let broken = |words: &[Word]| words.len() > 1 && words.iter().skip(1).all(|word| word.wrapped);
    (broken(quoted) || broken(source)) && joined(quoted) == joined(source)
}

/// Returns whether every word is a part of a date, or stands between parts of one.
fn all_in(words: &[Word], dates: &Dates) -> bool {
    words.iter().all(|word| dates.has(&word.range) || word.key == "of" || word.key == "the")
}

/// The letters of a stretch without what parts its words.
fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.key.as_str()).collect()
}

/// Returns whether words are parted by hyphens, or by a space that a scanner saw in a word.
fn is_split(words: &[Word], context: &Context<'_>) -> bool {
    let parts = words.get(1..).unwrap_or_default();
    !parts.is_empty()
        && (parts.iter().all(|word| word.glued) || words.iter().any(|word| context.lexicon.documents(&word.key) <= 1))
}

/// The words of a stretch that are no figures, without articles and what joins numbers.
fn others(words: &[Word], figures: &Figures, context: &Context<'_>) -> Vec<String> {
    let kept = figures.others.iter().filter_map(|at| words.get(*at)).map(|word| word.key.clone());
    kept.filter(|key| {
        !matches!(key.as_str(), "a" | "and" | "und" | "et" | "y" | "e" | "и" | "-") || !context.is_common(key)
    })
    .collect()
}

/// Returns whether a scanner misread one word for the other: one of them bears its mark, or the archive does not know it.
fn misread(quoted: &Word, source: &Word, context: &Context<'_>) -> bool {
    let known = |key: &str| context.lexicon.documents(key);
    is_misread(&quoted.key, &source.key)
        && (looks_misread(&quoted.key)
            || looks_misread(&source.key)
            || context.numerals.is_figure(quoted)
            || context.numerals.is_figure(source)
            || known(&quoted.key) == 0
            || known(&source.key) <= 1 && known(&quoted.key) > 1)
}

/// What a stretch that differs is about: the gravest thing that is in it.
pub(crate) fn classify(stretch: &Stretch<'_>, dates: &BothDates, context: &Context<'_>) -> DifferenceClass {
    let (quoted, source) = (stretch.quoted, stretch.source);
    if negates(quoted, source, context) {
        return DifferenceClass::Negation;
    }
    if let Some(class) = figure_or_date(stretch, dates, context) {
        return class;
    }
    if let ([a], [b]) = (quoted, source) {
        if fold(&a.key) == fold(&b.key) {
            return DifferenceClass::Spelling;
        }
        if is_form(&a.key, &b.key, context) {
            return if is_modal(&a.key) || is_modal(&b.key) { DifferenceClass::Modal } else { DifferenceClass::Tense };
        }
    }
    if names(quoted, context) != names(source, context) {
        return DifferenceClass::Name;
    }
    if let Some(class) = modal_or_tense(quoted, source, context) {
        return class;
    }
    match (quoted, source) {
        ([a], [b]) if is_near(&a.key, &b.key) && !both_known(a, b, context) => DifferenceClass::Spelling,
        _ => DifferenceClass::Word,
    }
}

fn both_known(quoted: &Word, source: &Word, context: &Context<'_>) -> bool {
    context.lexicon.documents(&quoted.key) > 0 && context.lexicon.documents(&source.key) > 1
}

/// Returns whether one side denies what the other does not.
pub(crate) fn negates(quoted: &[Word], source: &[Word], context: &Context<'_>) -> bool {
    let opposed = |a: &Word| source.iter().any(|b| a.key != b.key && context.negations.opposes(&a.key, &b.key));
    context.negations.count(quoted) != context.negations.count(source) || quoted.iter().any(opposed)
}

fn figure_or_date(stretch: &Stretch<'_>, dates: &BothDates, context: &Context<'_>) -> Option<DifferenceClass> {
    let (quoted, source) = (&stretch.quoted_bytes, &stretch.source_bytes);
    if dates.quoted.has(quoted) || dates.source.has(source) {
        let touched = dates.quoted.same(quoted, &dates.source, source);
        let alone = stretch.quoted.is_empty() || stretch.source.is_empty();
        if touched == Some(false) || touched.is_none() && (alone || has_figure(stretch, context)) {
            return Some(DifferenceClass::Date);
        }
    }
    let (in_quote, in_source) = (context.numerals.figures(stretch.quoted), context.numerals.figures(stretch.source));
    let any = in_quote.firm().next().is_some() || in_source.firm().next().is_some();
    (any && !in_quote.same(&in_source) || has_sign(stretch)).then_some(DifferenceClass::Figure)
}

fn has_figure(stretch: &Stretch<'_>, context: &Context<'_>) -> bool {
    stretch.quoted.iter().chain(stretch.source).any(|word| context.numerals.is_figure(word))
}

/// Returns whether a sign of money, of a share or of degrees was put in, left out or exchanged.
fn has_sign(stretch: &Stretch<'_>) -> bool {
    let signs = |words: &[Word]| -> Vec<String> {
        words.iter().filter(|word| !word.key.contains(char::is_alphanumeric)).map(|word| word.key.clone()).collect()
    };
    signs(stretch.quoted) != signs(stretch.source)
}

/// The names of a stretch, each by its letters.
fn names(words: &[Word], context: &Context<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        words.iter().filter(|word| is_name(word, context)).map(|word| name_key(&word.key)).collect();
    names.sort_unstable();
    names
}

/// A name without the ending of a possessive.
fn name_key(key: &str) -> String {
    key.trim_end_matches("'s").trim_end_matches('\'').to_string()
}

/// Returns whether a word is a name: it has a capital within a sentence, or the archive writes it so.
pub(crate) fn is_name(word: &Word, context: &Context<'_>) -> bool {
    let pronoun = word.key == "i" || word.key.starts_with("i'");
    if pronoun || word.key.starts_with(stands_alone) || word.key.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let told = word.capital && !word.starts && !word.capitals;
    let acronym = word.capitals && !word.starts && word.key.chars().count() <= 5;
    told || acronym || word.capital && !context.is_common(&word.key) && context.lexicon.is_capitalised(&word.key)
}

/// Returns whether two words are forms of one.
fn is_form(a: &str, b: &str, context: &Context<'_>) -> bool {
    a != b && (is_same_verb(a, b) || is_auxiliary(a) && is_auxiliary(b) || context.same_stem(a, b))
}

fn modal_or_tense(quoted: &[Word], source: &[Word], context: &Context<'_>) -> Option<DifferenceClass> {
    let helps = |word: &&Word| is_auxiliary(&word.key) || is_modal(&word.key) || context.negations.negates(&word.key);
    let modal = quoted.iter().chain(source).any(|word| is_modal(&word.key));
    let bare = |words: &[Word]| -> Vec<String> {
        words
            .iter()
            .filter(|word| !helps(word) && !matches!(word.key.as_str(), "to" | "zu" | "te"))
            .map(|word| word.key.clone())
            .collect()
    };
    let (a, b) = (bare(quoted), bare(source));
    let helped = quoted.iter().chain(source).any(|word| helps(&word));
    let same = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || is_form(a, b, context));
    let class = if modal { DifferenceClass::Modal } else { DifferenceClass::Tense };
    (same && (helped || !a.is_empty())).then_some(class)
}
