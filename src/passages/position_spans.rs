//! Finds stretches of a text that are near each other, one of each part.

use std::ops::Range;

use super::assignment::distinct;

/// A stretch of words, by position, end excluded.
pub(crate) type Span = Range<u32>;

pub(crate) fn order(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup();
}

/// Parts that stand in the same places of a text, such as one word asked for several times: any of the places will do
/// for any of them, so they are counted and not told apart.
pub(crate) struct Group {
    spans: Vec<Span>,
    /// The number of parts, each of which needs a place of its own.
    parts: usize,
}

impl Group {
    pub(crate) fn of(lists: Vec<Vec<Span>>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for spans in lists {
            match groups.iter_mut().find(|group| group.spans == spans) {
                Some(group) => group.parts += 1,
                None => groups.push(Group { spans, parts: 1 }),
            }
        }
        groups
    }
}

/// Runs in which each stretch is at most so many words from the next, and that have one of each part.
pub(crate) fn chained(groups: &[Group], words: u32) -> Vec<Span> {
    let mut events: Vec<(Span, usize)> = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        events.extend(group.spans.iter().map(|span| (span.clone(), number)));
    }
    events.sort_unstable_by_key(|(span, group)| (span.start, span.end, *group));
    let mut out = Vec::new();
    let mut run = 0;
    let mut end = 0;
    for at in 0..=events.len() {
        let breaks = events.get(at).is_none_or(|(span, _)| at > run && span.start >= end + words);
        if breaks {
            cover(&events[run..at], groups, &mut out);
            (run, end) = (at, 0);
        }
        if let Some((span, _)) = events.get(at) {
            end = end.max(span.end);
        }
    }
    order(&mut out);
    out
}

/// The shortest stretches of a run that have one of each part, none used for two.
fn cover(run: &[(Span, usize)], groups: &[Group], out: &mut Vec<Span>) {
    let parts: usize = groups.iter().map(|group| group.parts).sum();
    let enough = |group: usize| groups[group].parts;
    let mut counts = vec![0usize; groups.len()];
    let (mut have, mut from) = (0, 0);
    for to in 0..run.len() {
        counts[run[to].1] += 1;
        have += usize::from(counts[run[to].1] == enough(run[to].1));
        // More than so many choices for one part help nobody.
        while counts[run[from].1] > parts {
            counts[run[from].1] -= 1;
            from += 1;
        }
        if have < groups.len() {
            continue;
        }
        while counts[run[from].1] > enough(run[from].1) && has_distinct(&run[from + 1..=to], groups) {
            counts[run[from].1] -= 1;
            from += 1;
        }
        let window = &run[from..=to];
        if has_distinct(window, groups) {
            let start = window.iter().map(|(span, _)| span.start).min().unwrap_or(0);
            let end = window.iter().map(|(span, _)| span.end).max().unwrap_or(0);
            out.push(start..end);
            // Where one stretch may stand for two parts, one place is enough to know.
            if parts > groups.len() || window.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                return;
            }
            // The next one is another.
            counts[run[from].1] -= 1;
            have -= usize::from(counts[run[from].1] + 1 == enough(run[from].1));
            from += 1;
        }
    }
}

/// Returns whether each part has a stretch of its own.
fn has_distinct(window: &[(Span, usize)], groups: &[Group]) -> bool {
    let mut counts = vec![0usize; groups.len()];
    window.iter().for_each(|(_, group)| counts[*group] += 1);
    if counts.iter().zip(groups).any(|(count, group)| *count < group.parts) {
        return false;
    }
    // In order, so those that are the same are neighbours.
    if window.windows(2).all(|pair| pair[0].0 != pair[1].0) {
        return true;
    }
    let mut spans: Vec<&Span> = window.iter().map(|(span, _)| span).collect();
    spans.dedup();
    let number =
        |wanted: &Span| spans.partition_point(|span| (span.start, span.end) < (wanted.start, wanted.end)) as i64;
    // The parts of a group are numbered on from those of the groups before it.
    let (mut firsts, mut parts) = (Vec::with_capacity(groups.len()), 0);
    for group in groups {
        firsts.push(parts);
        parts += group.parts;
    }
    // Few choices for each part are enough to tell them apart.
    let mut given = vec![0usize; groups.len()];
    let choices = window.iter().rev().filter(|(_, group)| {
        given[*group] += 1;
        given[*group] <= parts
    });
    let choices: Vec<(usize, i64)> = choices
        .flat_map(|(span, group)| {
            let number = number(span);
            (firsts[*group]..firsts[*group] + groups[*group].parts).map(move |part| (part, number))
        })
        .collect();
    distinct(parts, choices.into_iter()).is_some()
}

/// Each behind the one before, at most so many words.
pub(crate) fn behind(lists: Vec<Vec<Span>>, words: u32) -> Vec<Span> {
    let mut lists = lists.into_iter();
    let mut spans = lists.next().unwrap_or_default();
    for next in lists {
        let mut by_end = spans.clone();
        by_end.sort_unstable_by_key(|span| (span.end, span.start));
        let mut longer = Vec::new();
        for span in next {
            let ended = by_end.partition_point(|before| before.end <= span.start);
            if let Some(before) = ended.checked_sub(1).and_then(|at| by_end.get(at))
                && span.start < before.end + words
            {
                longer.push(before.start..span.end);
            }
        }
        spans = longer;
    }
    order(&mut spans);
    spans
}

/// Those that lie in one of the stretches that begin at `starts`.
pub(crate) fn together(groups: &[Group], starts: &[u32]) -> Vec<Span> {
    let mut events: Vec<(usize, Span, usize)> = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        for span in &group.spans {
            let unit = |at: u32| starts.partition_point(|start| *start <= at);
            let first = unit(span.start);
            if first == unit(span.end.saturating_sub(1)) {
                events.push((first, span.clone(), number));
            }
        }
    }
    events.sort_unstable_by_key(|(unit, span, group)| (*unit, span.start, span.end, *group));
    let mut out = Vec::new();
    for unit in events.chunk_by(|a, b| a.0 == b.0) {
        let run: Vec<(Span, usize)> = unit.iter().map(|(_, span, group)| (span.clone(), *group)).collect();
        cover(&run, groups, &mut out);
    }
    order(&mut out);
    out
}
