//! A position for each part of a phrase, none used for two.

/// A part of a phrase: where its word stands, in order, and how far it belongs from the beginning of the phrase.
pub(crate) struct Part<'a> {
    pub(crate) positions: &'a [u32],
    pub(crate) offset: u32,
}

/// The different positions of all parts, in order.
pub(crate) fn all_positions(parts: &[Part<'_>]) -> Vec<i64> {
    let mut positions: Vec<i64> = parts.iter().flat_map(|part| part.positions).map(|at| i64::from(*at)).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// The latest position for each part of a phrase that begins at `begin` or up to `moves` later, none used twice by parts
/// with the same positions: of these each may stand from its own place on, so the last takes its latest first.
///
/// None where there is none; nothing inside where parts with other positions want the same one.
pub(crate) fn latest_of_each(parts: &[Part<'_>], begin: i64, moves: u32) -> Option<Option<Vec<i64>>> {
    let mut chosen: Vec<i64> = Vec::with_capacity(parts.len());
    let mut next: Vec<(&[u32], i64)> = Vec::new();
    for Part { positions, offset } in parts.iter().rev() {
        let own = next.iter().position(|(known, _)| known == positions).unwrap_or_else(|| {
            next.push((positions, i64::MAX));
            next.len() - 1
        });
        let (from, to) = (begin + i64::from(*offset), begin + i64::from(*offset) + i64::from(moves));
        let before = to.min(next[own].1 - 1);
        let at = positions.partition_point(|at| i64::from(*at) <= before).checked_sub(1)?;
        let latest = i64::from(*positions.get(at)?);
        if latest < from {
            return None;
        }
        next[own].1 = latest;
        chosen.push(latest);
    }
    let mut different = chosen.clone();
    different.sort_unstable();
    different.dedup();
    Some((different.len() == chosen.len()).then_some(chosen))
}

/// One position for each part, none twice; parts choose the latest they can.
pub(crate) fn distinct(parts: usize, choices: impl Iterator<Item = (usize, i64)>) -> Option<Vec<i64>> {
    let mut lists = vec![Vec::new(); parts];
    for (part, position) in choices {
        lists[part].push(position);
    }
    let mut taken: Vec<(i64, usize)> = Vec::new();
    for part in 0..parts {
        if !take(part, &lists, &mut taken, &mut Vec::new()) {
            return None;
        }
    }
    Some(taken.into_iter().map(|(position, _)| position).collect())
}

/// Finds a position for a part, moving others to other positions where that helps (Kuhn's augmenting paths).
fn take(part: usize, lists: &[Vec<i64>], taken: &mut Vec<(i64, usize)>, seen: &mut Vec<i64>) -> bool {
    for &position in lists[part].iter().rev() {
        if seen.contains(&position) {
            continue;
        }
        seen.push(position);
        match taken.iter().position(|(other, _)| *other == position) {
            None => {
                taken.push((position, part));
                return true;
            }
            Some(at) => {
                let owner = taken[at].1;
                if take(owner, lists, taken, seen) {
                    // The owner has found another place, so its old one is free.
                    taken.retain(|entry| *entry != (position, owner));
                    taken.push((position, part));
                    return true;
                }
            }
        }
    }
    false
}
