//! Positions of words: loose phrases, words near each other, words in one sentence.
//!
//! This module works on positions alone, so an engine's postings and the words of a text are judged by the same rules:
//! what is found is what is marked.

use super::assignment::{Part, all_positions, distinct, latest_of_each};
pub(crate) use super::position_spans::Span;
use super::position_spans::{Group, behind, chained, order, together};
use crate::query::Reach;

/// The way slots must stand to each other. A slot is a word with its own list of positions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// Anywhere.
    Slot(usize),
    /// In this order, each at its distance from the first. All of them together may be moved by `moves` places.
    Sequence {
        slots: Vec<(usize, u32)>,
        moves: u32,
    },
    Near(Vec<Place>, Reach),
    AnyOf(Vec<Place>),
}

/// The positions that one text has.
#[derive(Debug, Default)]
pub(crate) struct Occurrences {
    /// The positions of each slot, in order.
    pub(crate) slots: Vec<Vec<u32>>,
    /// The positions at which sentences begin, in order.
    pub(crate) sentences: Vec<u32>,
    /// The positions at which paragraphs begin, in order.
    pub(crate) paragraphs: Vec<u32>,
}

impl Place {
    /// Returns whether the beginnings of sentences, and those of paragraphs, have to be known.
    pub(crate) fn needs(&self) -> (bool, bool) {
        match self {
            Place::Slot(_) | Place::Sequence { .. } => (false, false),
            Place::Near(parts, reach) => parts
                .iter()
                .map(Place::needs)
                .fold((*reach == Reach::Sentence, *reach == Reach::Paragraph), |(a, b), (c, d)| (a || c, b || d)),
            Place::AnyOf(parts) => {
                parts.iter().map(Place::needs).fold((false, false), |(a, b), (c, d)| (a || c, b || d))
            }
        }
    }

    /// The slots whose words it asks for.
    pub(crate) fn slots(&self) -> Vec<usize> {
        match self {
            Place::Slot(slot) => vec![*slot],
            Place::Sequence { slots, .. } => slots.iter().map(|(slot, _)| *slot).collect(),
            Place::Near(parts, _) | Place::AnyOf(parts) => parts.iter().flat_map(Place::slots).collect(),
        }
    }

    /// The stretches in which it holds, in the order of their beginnings. For nearness, the shortest stretches.
    pub(crate) fn spans(&self, found: &Occurrences) -> Vec<Span> {
        match self {
            Place::Slot(slot) => found.of(*slot).iter().map(|&at| at..at + 1).collect(),
            Place::Sequence { slots, moves: 0 } => side_by_side(slots, found),
            Place::Sequence { slots, moves } => moved(slots, *moves, found),
            Place::AnyOf(parts) => {
                let mut spans: Vec<Span> = parts.iter().flat_map(|part| part.spans(found)).collect();
                order(&mut spans);
                spans
            }
            Place::Near(parts, reach) => {
                let lists: Vec<Vec<Span>> = parts.iter().map(|part| part.spans(found)).collect();
                if lists.iter().any(Vec::is_empty) {
                    return Vec::new();
                }
                match reach {
                    Reach::Words(words) => chained(&Group::of(lists), *words),
                    Reach::Behind(words) => behind(lists, *words),
                    Reach::Sentence => together(&Group::of(lists), &found.sentences),
                    Reach::Paragraph => together(&Group::of(lists), &found.paragraphs),
                }
            }
        }
    }

    /// The stretches to mark: a phrase as a whole; for nearness, each word or phrase in it.
    pub(crate) fn marks(&self, found: &Occurrences) -> Vec<Span> {
        let spans = self.spans(found);
        let Place::Near(parts, _) = self else { return spans };
        let mut marks: Vec<Span> = parts.iter().flat_map(|part| part.marks(found)).collect();
        order(&mut marks);
        // Both lists are in the order of their beginnings. So the span to ask is the last that begins at or before a
        // mark, or an earlier one that reaches farther.
        let mut reach = Vec::with_capacity(spans.len());
        let mut farthest = 0;
        for span in &spans {
            farthest = farthest.max(span.end);
            reach.push(farthest);
        }
        marks.retain(|mark| {
            let before = spans.partition_point(|span| span.start <= mark.start);
            before > 0 && reach.get(before - 1).is_some_and(|end| mark.end <= *end)
        });
        marks
    }
}

impl Occurrences {
    fn of(&self, slot: usize) -> &[u32] {
        self.slots.get(slot).map_or(&[], Vec::as_slice)
    }
}

/// Each slot at its distance from the first.
fn side_by_side(slots: &[(usize, u32)], found: &Occurrences) -> Vec<Span> {
    let Some(&(first, _)) = slots.first() else { return Vec::new() };
    let last = slots.last().map_or(0, |(_, offset)| *offset);
    let stands =
        |at: u32| slots.iter().skip(1).all(|(slot, offset)| found.of(*slot).binary_search(&(at + offset)).is_ok());
    found.of(first).iter().filter(|&&at| stands(at)).map(|&at| at..at + last + 1).collect()
}

/// Lucene's measure: take each word's distance from its own place in the phrase; these distances may differ by at most
/// `moves`. No word is used twice.
fn moved(slots: &[(usize, u32)], moves: u32, found: &Occurrences) -> Vec<Span> {
    // An event is the beginning that the phrase would have if this word stood in its own place.
    let mut events: Vec<(i64, usize)> = Vec::new();
    for (part, (slot, offset)) in slots.iter().enumerate() {
        events.extend(found.of(*slot).iter().map(|&at| (i64::from(at) - i64::from(*offset), part)));
    }
    events.sort_unstable();
    let position = |(begin, part): (i64, usize)| begin + i64::from(slots[part].1);
    let mut spans: Vec<Span> = Vec::new();
    let mut counts = vec![0usize; slots.len()];
    let (mut have, mut from) = (0, 0);
    let parts: Vec<Part<'_>> =
        slots.iter().map(|(slot, offset)| Part { positions: found.of(*slot), offset: *offset }).collect();
    // Where one place may be that of two parts, there must be enough of them.
    let places = all_positions(&parts);
    let shared = places.len() < events.len();
    let offset = |slot: Option<&(usize, u32)>| slot.map_or(0, |(_, offset)| i64::from(*offset));
    let (first_offset, last_offset) = (offset(slots.first()), offset(slots.last()));
    for to in 0..events.len() {
        counts[events[to].1] += 1;
        have += usize::from(counts[events[to].1] == 1);
        while events[to].0 - events[from].0 > i64::from(moves) || counts[events[from].1] > 1 && have == slots.len() {
            counts[events[from].1] -= 1;
            have -= usize::from(counts[events[from].1] == 0);
            from += 1;
        }
        if have < slots.len() {
            continue;
        }
        // The window may be shorter than allowed by now. Words used twice need all of it.
        let begin = events[to].0 - i64::from(moves);
        if shared {
            let (first, last) = (begin + first_offset, begin + i64::from(moves) + last_offset);
            let between = places.partition_point(|at| *at <= last) - places.partition_point(|at| *at < first);
            if between < slots.len() {
                continue;
            }
        }
        let window = &events[events.partition_point(|event| event.0 < begin)..=to];
        let mut latest = vec![None; slots.len()];
        window.iter().for_each(|&event| latest[event.1] = Some(position(event)));
        let mut chosen: Vec<i64> = latest.into_iter().flatten().collect();
        chosen.sort_unstable();
        let repeated = chosen.windows(2).any(|pair| pair[0] == pair[1]);
        if repeated {
            let others = latest_of_each(&parts, begin, moves).map(|latest| {
                latest.or_else(|| distinct(slots.len(), window.iter().map(|&event| (event.1, position(event)))))
            });
            match others.flatten() {
                Some(others) => chosen = others,
                None => continue,
            }
        }
        let (low, high) = (chosen.iter().min(), chosen.iter().max());
        if let (Some(&low), Some(&high)) = (low, high) {
            spans.push(low as u32..high as u32 + 1);
        }
        // A word that stands for two parts makes every stretch expensive to judge, so one stretch is enough.
        if repeated {
            break;
        }
    }
    order(&mut spans);
    spans
}

#[cfg(test)]
mod tests {
    #![allow(clippy::single_range_in_vec_init)]
    use super::*;
    use proptest::prelude::*;

    /// Reads single letters as words, a full stop as the end of a sentence, a bar as the end of a paragraph. Slot 0 is
    /// `a`, 1 is `b` and so on.
    fn text(text: &str) -> Occurrences {
        let mut found = Occurrences { slots: vec![Vec::new(); 4], sentences: vec![0], paragraphs: vec![0] };
        let mut at = 0;
        for c in text.chars().filter(|c| *c != ' ') {
            match c {
                '.' => found.sentences.push(at),
                '|' => {
                    found.sentences.push(at);
                    found.paragraphs.push(at);
                }
                c => {
                    if let Some(slot) = "abcd".find(c) {
                        found.slots[slot].push(at);
                    }
                    at += 1;
                }
            }
        }
        found
    }

    fn phrase(slots: &[usize], moves: u32) -> Place {
        Place::Sequence { slots: slots.iter().copied().zip(0..).collect(), moves }
    }

    fn near(slots: &[usize], reach: Reach) -> Place {
        Place::Near(slots.iter().copied().map(Place::Slot).collect(), reach)
    }

    #[test]
    fn a_phrase_holds_in_order_or_within_its_moves() {
        for (words, place, spans) in [
            ("a b a b", phrase(&[0, 1], 0), vec![0..2, 2..4]),
            ("a x b", phrase(&[0, 1], 0), vec![]),
            ("a x b", phrase(&[0, 1], 1), vec![0..3]),
            ("b a", phrase(&[0, 1], 1), vec![]),
            ("b a", phrase(&[0, 1], 2), vec![0..2]),
            ("a x b x c", phrase(&[0, 1, 2], 1), vec![]),
            ("a x b x c", phrase(&[0, 1, 2], 2), vec![0..5]),
            ("a", phrase(&[0, 0], 2), vec![]),
            ("a x a", phrase(&[0, 0], 2), vec![0..3]),
            ("a x b", Place::Sequence { slots: vec![(0, 0), (1, 2)], moves: 0 }, vec![0..3]),
        ] {
            assert_eq!(place.spans(&text(words)), spans, "{words} {place:?}");
        }
    }

    #[test]
    fn words_are_near_in_any_order_or_behind_each_other() {
        for (words, place, spans) in [
            ("a b", near(&[0, 1], Reach::Words(1)), vec![0..2]),
            ("b a", near(&[0, 1], Reach::Words(1)), vec![0..2]),
            ("a x b", near(&[0, 1], Reach::Words(1)), vec![]),
            ("a x b", near(&[0, 1], Reach::Words(2)), vec![0..3]),
            ("a a x b", near(&[0, 1], Reach::Words(2)), vec![1..4]),
            ("a", near(&[0, 0], Reach::Words(5)), vec![]),
            ("a x a", near(&[0, 0], Reach::Words(2)), vec![0..3]),
            ("c x a x b", near(&[0, 1, 2], Reach::Words(2)), vec![0..5]),
            ("c x x a x b", near(&[0, 1, 2], Reach::Words(2)), vec![]),
            ("b a", near(&[0, 1], Reach::Behind(3)), vec![]),
            ("a x b", near(&[0, 1], Reach::Behind(2)), vec![0..3]),
            ("a x b c", near(&[0, 1, 2], Reach::Behind(2)), vec![0..4]),
            ("a x b a", near(&[0, 1, 0], Reach::Behind(2)), vec![0..4]),
        ] {
            assert_eq!(place.spans(&text(words)), spans, "{words} {place:?}");
        }
    }

    #[test]
    fn sentences_and_paragraphs_keep_words_apart() {
        let sentence = |words| near(&[0, 1], Reach::Sentence).spans(&text(words));
        assert_eq!(sentence("a x x b. x"), [0..4]);
        assert_eq!(sentence("a x. x b"), []);
        let paragraph = |words| near(&[0, 1], Reach::Paragraph).spans(&text(words));
        assert_eq!(paragraph("a x. x b"), [0..4]);
        assert_eq!(paragraph("a x | x b"), []);
        assert_eq!(near(&[0, 0], Reach::Sentence).spans(&text("a. a")), []);
        assert_eq!(near(&[0, 0], Reach::Sentence).spans(&text("a a")), [0..2]);
    }

    #[test]
    fn what_is_near_is_marked_word_by_word_and_only_where_it_is_near() {
        let place = Place::Near(vec![phrase(&[0, 1], 0), Place::Slot(2)], Reach::Words(2));
        assert_eq!(place.marks(&text("a b x c x x x a b")), [0..2, 3..4]);
        let either = Place::AnyOf(vec![Place::Slot(0), Place::Slot(1)]);
        assert_eq!(either.marks(&text("a x b")), [0..1, 2..3]);
    }

    /// Returns whether any choice of positions satisfies the measure, by trying all choices.
    fn brute(slots: &[usize], found: &Occurrences, holds: &dyn Fn(&[i64]) -> bool, chosen: &mut Vec<i64>) -> bool {
        if chosen.len() == slots.len() {
            return holds(chosen);
        }
        for &at in &found.slots[slots[chosen.len()]] {
            if chosen.contains(&i64::from(at)) {
                continue;
            }
            chosen.push(i64::from(at));
            if brute(slots, found, holds, chosen) {
                return true;
            }
            chosen.pop();
        }
        false
    }

    proptest! {
        #[test]
        fn a_phrase_with_moves_is_found_when_any_choice_of_words_is_within_them(
            words in "[abcx]{0,9}", slots in proptest::collection::vec(0usize..3, 2..6), moves in 1u32..6
        ) {
            let found = text(&words);
            let within = |chosen: &[i64]| {
                let shifts = chosen.iter().zip(0..).map(|(at, offset)| at - offset);
                shifts.clone().max().unwrap_or(0) - shifts.min().unwrap_or(0) <= i64::from(moves)
            };
            let any = brute(&slots, &found, &within, &mut Vec::new());
            prop_assert_eq!(!phrase(&slots, moves).spans(&found).is_empty(), any, "{} {:?}", words, slots);
        }

        #[test]
        fn two_words_are_near_when_any_two_places_are(
            words in "[abx]{0,12}", slots in proptest::collection::vec(0usize..2, 2), reach in 1u32..5
        ) {
            let found = text(&words);
            let within = |chosen: &[i64]| (chosen[0] - chosen[1]).abs() <= i64::from(reach);
            let any = brute(&slots, &found, &within, &mut Vec::new());
            prop_assert_eq!(!near(&slots, Reach::Words(reach)).spans(&found).is_empty(), any);
            let ordered = |chosen: &[i64]| (1..=i64::from(reach)).contains(&(chosen[1] - chosen[0]));
            let any = brute(&slots, &found, &ordered, &mut Vec::new());
            prop_assert_eq!(!near(&slots, Reach::Behind(reach)).spans(&found).is_empty(), any);
        }

        #[test]
        fn words_asked_for_several_times_are_near_when_each_has_a_place_of_its_own(
            words in "[abx]{0,12}", slots in proptest::collection::vec(0usize..2, 2..5), reach in 1u32..4
        ) {
            let found = text(&words);
            let mut all: Vec<u32> = slots.iter().flat_map(|slot| found.slots[*slot].clone()).collect();
            all.sort_unstable();
            all.dedup();
            let any = all.chunk_by(|a, b| b - a <= reach).any(|run| {
                let within = |chosen: &[i64]| chosen.iter().all(|at| run.iter().any(|here| i64::from(*here) == *at));
                brute(&slots, &found, &within, &mut Vec::new())
            });
            prop_assert_eq!(!near(&slots, Reach::Words(reach)).spans(&found).is_empty(), any, "{} {:?}", words, slots);
        }
    }

    #[test]
    fn one_word_asked_for_very_often_costs_no_more_than_its_places() {
        let places: Vec<u32> = (0..200_000).filter(|at| at % 5 != 0 || at % 3 == 0).collect();
        let found = Occurrences { slots: vec![places; 16], ..Occurrences::default() };
        let parts: Vec<usize> = (0..16).collect();
        // Told apart, the places of sixteen parts would be some billion steps.
        assert!(!near(&parts, Reach::Words(999)).spans(&found).is_empty());
        let sparse = Occurrences { slots: vec![(0..200_000).step_by(9).collect(); 16], ..Occurrences::default() };
        assert!(phrase(&parts, 100).spans(&sparse).is_empty());
    }
}
