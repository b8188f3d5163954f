//! How much of the index the patterns of one question may read.
//!
//! What a pattern costs is how often its words stand in documents that have everything else beside which it must
//! stand; where positions are read too, each costs about as much as thirty documents. A question has so much work for
//! its patterns, and what would be more is not begun: of a pattern's words the rarer ones are left out, which is said.
//! So no question takes long, and the same one always finds the same.

use crate::passages::intervals::Place;
use crate::passages::slot::Expansion;

/// What all patterns of a question may cost; less than a second.
const BUDGET: u64 = 128_000_000;
/// What a document costs whose positions are read, beside one that is only found.
const POSITIONS: u64 = 32;

/// What there is left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    left: u64,
}

impl Default for Work {
    fn default() -> Work {
        Work { left: BUDGET }
    }
}

/// What reading the words of a slot costs.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    /// As it was typed, if it is a pattern: others are never left out.
    pattern: Option<String>,
    /// By word, the most frequent first, the documents that have it.
    documents: Vec<u64>,
}

impl Cost {
    pub(crate) fn word(documents: u64) -> Cost {
        Cost { pattern: None, documents: vec![documents] }
    }

    pub(crate) fn pattern(typed: String, expansion: &Expansion) -> Cost {
        let documents = expansion.words.iter().map(|(_, documents)| *documents).collect();
        Cost { pattern: Some(typed), documents }
    }

    /// That only so many words were read.
    pub(crate) fn cut_to(&self, most: usize) -> String {
        let typed = self.pattern.as_deref().unwrap_or_default();
        let words = if most == 1 { "most frequent word".to_string() } else { format!("{most} most frequent words") };
        format!("{typed} stands in too many places: only its {words} were searched")
    }
}

impl Work {
    /// The patterns whose words cannot all be read, each with how many can. At most half of what is left goes to one
    /// place, so that there is some for the next.
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

    /// Whether more than a tenth has been taken.
    pub(crate) fn is_heavy(&self) -> bool {
        self.left < BUDGET / 10 * 9
    }
}

/// In how many documents a place can hold at the most.
fn documents(place: &Place, costs: &[Cost]) -> u64 {
    let slot = |slot: usize| costs.get(slot).map_or(0, |cost| cost.documents.iter().sum());
    match place {
        Place::Slot(at) => slot(*at),
        Place::Sequence { slots, .. } => slots.iter().map(|(at, _)| slot(*at)).min().unwrap_or(0),
        Place::AnyOf(parts) => parts.iter().map(|part| documents(part, costs)).sum(),
        Place::Near(parts, _) => parts.iter().map(|part| documents(part, costs)).min().unwrap_or(0),
    }
}

/// In how many documents each slot is looked up, where the place is looked for in at most so many.
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

    fn pattern(documents: &[u64]) -> Cost {
        let words = (0..).zip(documents).map(|(at, documents)| (format!("word{at}"), *documents)).collect();
        Cost::pattern("w*".into(), &Expansion { words, left_out: 0 })
    }

    fn phrase(slots: u32) -> Place {
        Place::Sequence { slots: (0..slots).map(|slot| (slot as usize, slot)).collect(), moves: 0 }
    }

    /// So many documents with positions are half of everything.
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
