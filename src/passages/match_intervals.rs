//! Finds words with positions in a text: loose phrases, words near each other.

use std::collections::HashMap;
use std::ops::Range;

use super::intervals::{Occurrences, Span};
use super::query_terms::{Match, WantedPlace};
use super::slot::{Languages, last_bit};
use crate::text::{Language, for_each_written_word, sentences, written_form};

/// The matches of places; the first of them is called `first`.
pub(crate) fn find(
    wanted: &[WantedPlace],
    languages: &[String],
    first: usize,
    text: &str,
    language: Option<Language>,
    is_title: bool,
) -> Vec<Match> {
    let bit = language_bit(languages, language);
    // The slots, with their places, that each folded word may stand for.
    let mut slots: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (place, wanted) in wanted.iter().enumerate().filter(|(_, wanted)| is_title || !wanted.in_title) {
        for (slot, words) in wanted.slots.iter().enumerate() {
            for (word, _) in words.words.iter().filter(|(_, languages)| languages & bit != 0) {
                slots.entry(word).or_default().push((place, slot));
            }
        }
    }
    let mut occurrences: Vec<Occurrences> = wanted.iter().map(|wanted| empty(wanted.slots.len())).collect();
    let mut words: Vec<Range<usize>> = Vec::new();
    for_each_written_word(text, |range, written, folded| {
        let position = words.len() as u32;
        words.push(range);
        for &(place, slot) in slots.get(folded).into_iter().flatten() {
            let form = wanted[place].slots[slot].written.as_deref();
            let is_written = form.is_none_or(|form| written_form(written, folded).as_deref().unwrap_or(folded) == form);
            if is_written {
                occurrences[place].slots[slot].push(position);
            }
        }
    });
    let (needs_sentences, needs_paragraphs) =
        wanted.iter().map(|wanted| wanted.place.needs()).fold((false, false), |(a, b), (c, d)| (a || c, b || d));
    let starts = if needs_sentences || needs_paragraphs { starts(text, &words) } else { Default::default() };
    let mut found = Vec::new();
    for (number, (wanted, mut occurrences)) in wanted.iter().zip(occurrences).enumerate() {
        occurrences.sentences.clone_from(&starts.0);
        occurrences.paragraphs.clone_from(&starts.1);
        for Span { start, end } in wanted.place.marks(&occurrences) {
            let place = words.get(start as usize).zip(words.get(end as usize - 1));
            if let Some((from, to)) = place {
                found.push(Match { range: from.start..to.end, what: first + number, worth: 1.0 });
            }
        }
    }
    found
}

fn empty(slots: usize) -> Occurrences {
    Occurrences { slots: vec![Vec::new(); slots], ..Occurrences::default() }
}

fn language_bit(languages: &[String], language: Option<Language>) -> Languages {
    let at = language.and_then(|language| languages.iter().position(|code| code == language.code()));
    at.map_or(last_bit(), |at| 1 << at)
}

/// The positions at which sentences and paragraphs begin.
fn starts(text: &str, words: &[Range<usize>]) -> (Vec<u32>, Vec<u32>) {
    let (mut at_sentences, mut at_paragraphs) = (Vec::new(), Vec::new());
    let mut begins_paragraph = true;
    for sentence in sentences(text) {
        let position = words.partition_point(|word| word.start < sentence.range.start) as u32;
        at_sentences.push(position);
        if begins_paragraph {
            at_paragraphs.push(position);
        }
        begins_paragraph = sentence.ends_paragraph;
    }
    (at_sentences, at_paragraphs)
}
