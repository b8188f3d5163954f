//! The budget of work for the patterns of one question.
//!
//! A pattern costs the number of times its words occur in documents that have everything else beside which it must
//! stand; an occurrence whose positions are read costs as much as about thirty documents. A question has a fixed budget
//! for its patterns. Where a pattern would exceed it, its rarer words are left out, and a note says so. So no question
//! takes long, and the same question always finds the same documents.

use crate::passages::intervals::Place;
use crate::passages::slot::Expansion;

/// The budget for all patterns of a question. It takes less than a second.
const BUDGET: u64 = 128_000_000;
/// The cost of a document whose positions are read, in documents that are only found.
const POSITIONS: u64 = 32;

/// So many parts near each other are told apart whatever it takes.
const FREE: usize = 3;

/// The budget that is left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    left: u64,
}

impl Default for Work {
    fn default() -> Work {
        Work { left: BUDGET }
    }
}

/// The cost of reading the words of a slot.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    /// The pattern as typed. None for a slot that is no pattern: its words are never left out.
    pattern: Option<String>,
    /// The number of documents with each word, the most frequent word first.
    documents: Vec<u64>,
}

impl Cost {
    pub(crate) fn word(documents: u64) -> Cost {
        Cost { pattern: None, documents: vec![documents] }
    }

    pub(crate) fn pattern(typed: String, expansion: &Expansion) -> Cost {
        Cost::words(typed, expansion.words.iter().map(|(_, documents)| *documents).collect())
    }

    /// The cost of several words that stand for what was typed, by their documents, the most frequent word first.
    pub(crate) fn words(typed: String, documents: Vec<u64>) -> Cost {
        Cost { pattern: Some(typed), documents }
    }

    /// The note that only this many words were read.
    pub(crate) fn cut_to(&self, most: usize) -> String {
        let typed = self.pattern.as_deref().unwrap_or_default();
        let words = if most == 1 { "most frequent word".to_string() } else { format!("{most} most frequent words") };
        format!("{typed} stands in too many places: only its {words} were searched")
    }
}

impl Work {
    /// The patterns whose words cannot all be read, each with the number of words that can. One place takes at most
    /// half of what is left, so that some is left for the next.
    pub(crate) fn afford(&mut self, place: &Place, costs: &[Cost], in_title: bool) -> Vec<(usize, usize)> {
        let patterns = costs.iter().filter(|cost| cost.pattern.is_some()).count() as u64;
        let only_found = matches!(place, Place::Slot(_)) && !in_title;
        let each = if only_found { 1 } else { POSITIONS };
        let share = self.left / 2 / patterns.max(1);
        let mut bounds = vec![0; costs.len()];
        bound(place, u64::MAX, costs, &mut bounds);
        let mut cut = Vec::new();
        for (slot, (cost, bound)) in
            costs.iter().zip(bounds).enumerate().filter(|(_, (cost, _))| cost.pattern.is_some())
        {
            let (mut spent, mut words) = (0, 0);
            for documents in &cost.documents {
                let more = spent + documents.min(&bound) * each;
                if more > share && words > 0 {
                    cut.push((slot, words));
                    break;
                }
                (spent, words) = (more, words + 1);
            }
            self.left = self.left.saturating_sub(spent);
        }
        cut
    }

    /// Leaves out parts of what is near each other, and words of loose phrases, where telling their places apart is more
    /// work than there is left, the last first; `tangled` if a word may stand for two of them. Returns the number that stay,
    /// if not all: never fewer than [`FREE`], which are always told apart.
    pub(crate) fn thin(&mut self, place: &mut Place, costs: &[Cost], tangled: bool) -> Option<usize> {
        let found_in = documents(place, costs);
        match place {
            // Words that stand each at its own distance are looked up and not told apart.
            Place::Slot(_) | Place::Sequence { moves: 0, .. } => None,
            Place::Sequence { slots, .. } => {
                let cut = self.told_apart(slots.len(), found_in, tangled);
                slots.truncate(cut.unwrap_or(slots.len()));
                cut
            }
            Place::AnyOf(parts) => parts.iter_mut().filter_map(|part| self.thin(part, costs, tangled)).min(),
            Place::Near(parts, _) => {
                let within = parts.iter_mut().filter_map(|part| self.thin(part, costs, tangled)).min();
                let cut = self.told_apart(parts.len(), found_in, tangled);
                parts.truncate(cut.unwrap_or(parts.len()));
                within.into_iter().chain(cut).min()
            }
        }
    }

    /// Of this many parts in this many documents, the number whose places there is work left to tell apart; none if that is
    /// all of them.
    fn told_apart(&mut self, parts: usize, documents: u64, tangled: bool) -> Option<usize> {
        let each = documents.saturating_mul(POSITIONS);
        // Each place is weighed against those of each other part, and where a word may stand for two of them, all that has
        // been given before may be given anew.
        let power = if tangled { 4 } else { 2 };
        let work = |parts: usize| each.saturating_mul((parts as u64).saturating_pow(power));
        let stay = (FREE..=parts).rev().find(|stay| *stay == FREE || work(*stay) <= self.left / 2);
        let stay = stay.unwrap_or(parts);
        if stay > FREE {
            self.left -= work(stay);
        }
        (stay < parts).then_some(stay)
    }

    /// Returns whether more than a tenth of the budget is used.
    pub(crate) fn is_heavy(&self) -> bool {
        self.left < BUDGET / 10 * 9
    }
}

/// The most documents in which a place can hold.
fn documents(place: &Place, costs: &[Cost]) -> u64 {
    let slot = |slot: usize| costs.get(slot).map_or(0, |cost| cost.documents.iter().sum());
    match place {
        Place::Slot(at) => slot(*at),
        Place::Sequence { slots, .. } => slots.iter().map(|(at, _)| slot(*at)).min().unwrap_or(0),
        Place::AnyOf(parts) => parts.iter().map(|part| documents(part, costs)).sum(),
        Place::Near(parts, _) => parts.iter().map(|part| documents(part, costs)).min().unwrap_or(0),
    }
}

/// The number of documents in which each slot is looked up, if the place is looked for in at most `most` documents.
fn bound(place: &Place, most: u64, costs: &[Cost], bounds: &mut [u64]) {
    let most = most.min(documents(place, costs));
    let mut set = |slot: usize| bounds.get_mut(slot).into_iter().for_each(|bound| *bound = most);
    match place {
        Place::Slot(slot) => set(*slot),
        Place::Sequence { slots, .. } => slots.iter().for_each(|(slot, _)| set(*slot)),
        Place::AnyOf(parts) | Place::Near(parts, _) => parts.iter().for_each(|part| bound(part, most, costs, bounds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Reach;

    fn pattern(documents: &[u64]) -> Cost {
        let words = (0..).zip(documents).map(|(at, documents)| (format!("word{at}"), *documents)).collect();
        Cost::pattern("w*".into(), &Expansion { words, left_out: 0 })
    }

    fn phrase(slots: u32) -> Place {
        Place::Sequence { slots: (0..slots).map(|slot| (slot as usize, slot)).collect(), moves: 0 }
    }

    /// This many documents with positions are half the budget.
    const HALF: u64 = BUDGET / 2 / POSITIONS;

    #[test]
    fn words_beyond_the_budget_are_left_out_the_rarest_first() {
        let costs = [pattern(&[HALF / 2, HALF / 2, 1]), Cost::word(HALF)];
        assert_eq!(Work::default().afford(&phrase(2), &costs, false), [(0, 2)]);
        assert_eq!(Work::default().afford(&Place::Slot(0), &costs[..1], false), [], "found alone they cost less");
        assert_eq!(Work::default().afford(&Place::Slot(0), &costs[..1], true), [(0, 2)], "but not in a title");
        assert_eq!(
            Work::default().afford(&phrase(1), &[pattern(&[HALF * 9, 1])], false),
            [(0, 1)],
            "one is always read"
        );
    }

    #[test]
    fn of_many_parts_near_each_other_those_are_told_apart_that_there_is_work_for() {
        let near = |parts: usize| Place::Near((0..parts).map(Place::Slot).collect(), Reach::Words(5));
        let costs = |documents: u64| vec![Cost::word(documents); 16];
        for (documents, parts, stay) in [
            (1_000, 16, None),
            (u64::MAX, 3, None),
            (1_000_000, 3, None),
            (1_000_000, 16, Some(3)),
            (HALF / 25, 16, Some(5)),
            (HALF / 25, 5, None),
        ] {
            let mut place = near(parts);
            assert_eq!(Work::default().thin(&mut place, &costs(documents), false), stay, "{documents} {parts}");
            assert_eq!(place, near(stay.unwrap_or(parts)));
        }
        let mut work = Work::default();
        assert_eq!(work.thin(&mut near(5), &costs(HALF / 25), false), None);
        assert_eq!(Work::default().thin(&mut near(5), &costs(HALF / 25), true), Some(3), "tangled they are more");
        assert_eq!(work.thin(&mut near(5), &costs(HALF / 25), false), Some(3), "for the next there is half as much");
        let mut within = Place::AnyOf(vec![Place::Slot(0), near(16)]);
        assert_eq!(Work::default().thin(&mut within, &costs(1_000_000), false), Some(3));
    }

    #[test]
    fn of_a_loose_phrase_as_many_words_are_told_apart_and_of_an_exact_one_all() {
        let loose = |words: u32, moves: u32| match phrase(words) {
            Place::Sequence { slots, .. } => Place::Sequence { slots, moves },
            other => other,
        };
        let costs = vec![Cost::word(HALF / 25); 32];
        for (words, moves, stay) in [(32, 100, Some(5)), (3, 100, None), (5, 100, None), (32, 0, None)] {
            let mut place = loose(words, moves);
            assert_eq!(Work::default().thin(&mut place, &costs, false), stay, "{words} {moves}");
            assert_eq!(place, loose(stay.map_or(words, |stay| stay as u32), moves));
        }
        let mut either = Place::AnyOf(vec![Place::Slot(0), loose(32, 2)]);
        assert_eq!(Work::default().thin(&mut either, &costs, false), Some(5));
    }

    #[test]
    fn what_stands_beside_a_pattern_says_how_much_of_it_is_read() {
        let costs = [pattern(&vec![HALF; 1_000]), Cost::word(10)];
        let mut work = Work::default();
        assert_eq!(work.afford(&phrase(2), &costs, false), []);
        assert!(!work.is_heavy());
        let either = Place::AnyOf(vec![Place::Slot(0), Place::Slot(1)]);
        assert_eq!(work.afford(&either, &costs, false), [(0, 1)], "but not what may be there instead");
        assert!(work.is_heavy());
    }

    #[test]
    fn patterns_side_by_side_have_equal_shares_and_later_ones_less() {
        let costs = [pattern(&[HALF / 4; 9]), pattern(&[HALF / 4; 9])];
        let mut work = Work::default();
        assert_eq!(work.afford(&phrase(2), &costs, false), [(0, 2), (1, 2)]);
        assert_eq!(work.afford(&phrase(2), &costs, false), [(0, 1), (1, 1)]);
    }
}
