//! Counts drawn in a terminal.

use std::io;

use dateline::{Bucket, FacetCount, SourceStep, SourceSteps, Timeline, Unit, ValueCount};

use super::screen::{Screen, display_width, padded};
use super::words::{counted, harmless, quantity, sourced};

/// The columns of the longest bar.
const LONGEST: u64 = 48;
/// The columns of the longest bar where two stand side by side.
const HALF: u64 = 24;
/// The columns of a step's name.
const LABEL: usize = 10;
/// The columns of a share.
const SHARE: usize = 5;
/// The height of a bar of all documents, where shares are drawn.
const WHOLE: f64 = 1e9;
/// The most empty steps that are drawn in a row.
const EMPTY: usize = 2;

/// A bar in eighths of a column. Anything above zero has at least a sliver.
fn bar(count: u64, most: u64, longest: u64) -> String {
    let eighths = (u128::from(count) * u128::from(longest) * 8).div_ceil(u128::from(most.max(1))) as usize;
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

/// Draws one line a step, including empty ones.
pub(in super::super) fn timeline(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    match &timeline.sources {
        Some(sources) => by_source(screen, timeline, sources),
        None if timeline.mentions.is_some() => two_bars(screen, timeline),
        None => bars(screen, timeline),
    }
}

/// How high a step is drawn: its share, if that was asked for, or its documents.
fn tall(bucket: &Bucket) -> u64 {
    match bucket.share() {
        Some(share) => share.fraction().map_or(0, |share| (share * WHOLE).ceil() as u64),
        None => bucket.documents,
    }
}

/// The documents of steps with their shares, if those were asked for, all equally long.
fn numbers(buckets: &[Bucket]) -> Vec<String> {
    let most = buckets.iter().map(|bucket| counted(bucket.documents).len()).max().unwrap_or(0);
    let number = |bucket: &Bucket| {
        let documents = format!("{:>most$}", counted(bucket.documents));
        bucket.share().map_or(documents.clone(), |share| format!("{documents} {share:>SHARE$}"))
    };
    buckets.iter().map(number).collect()
}

fn bars(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    let most = timeline.buckets.iter().map(tall).max().unwrap_or(0);
    let numbers = numbers(&timeline.buckets);
    let width = numbers.first().map_or(0, |number| display_width(number));
    let beside = LABEL as u64 + 2 + width as u64;
    let longest = screen.width().map_or(LONGEST, |columns| LONGEST.min((columns as u64).saturating_sub(beside)).max(8));
    let mut before: Option<&Bucket> = None;
    for (bucket, number) in timeline.buckets.iter().zip(numbers) {
        if before.replace(bucket).is_some_and(|before| is_gap(before, bucket, timeline.unit)) {
            screen.line("…")?;
        }
        let line = format!("{:<LABEL$} {number} {}", bucket.label, bar(tall(bucket), most, longest));
        screen.line(line.trim_end())?;
    }
    Ok(())
}

/// Prints one line a source, and below them a column for each: as many side by side as the terminal is wide.
fn by_source(screen: &mut Screen, timeline: &Timeline, sources: &[SourceSteps]) -> io::Result<()> {
    let heads: Vec<String> = (1..)
        .zip(sources)
        .map(|(number, source)| match (&source.source, source.other_sources) {
            (Some(_), _) => number.to_string(),
            (None, Some(_)) => "other".to_owned(),
            (None, None) => "none".to_owned(),
        })
        .collect();
    let width = sources.iter().map(|source| counted(source.documents).len()).max().unwrap_or(1);
    for (head, source) in heads.iter().zip(sources) {
        let name = match source.other_sources {
            Some(others) => quantity(others, "other source"),
            None => sourced(source.source.as_ref()),
        };
        let apart = [(source.undated, "undated"), (source.coarse, "dated too coarsely to be drawn")];
        let apart = apart.iter().filter(|(documents, _)| *documents > 0);
        let apart: String = apart.map(|(documents, word)| format!(" · {} {word}", counted(*documents))).collect();
        let share = source.share().map_or_else(String::new, |share| format!("{share:>SHARE$}  "));
        let head = format!("{head:>5} {:>width$}  {share}", counted(source.documents));
        screen.entry(&head, &format!("{name}{apart}"))?;
    }
    let cell = |step: &SourceStep| step.share().map_or_else(|| counted(step.documents), |share| share.to_string());
    let columns: Vec<(&String, &SourceSteps, usize)> = heads
        .iter()
        .zip(sources)
        .map(|(head, source)| {
            let widest = source.steps.iter().map(|step| display_width(&cell(step))).max().unwrap_or(0);
            (head, source, widest.max(head.len()) + 2)
        })
        .collect();
    let room = screen.width().map_or(usize::MAX, |columns| columns.saturating_sub(LABEL));
    let mut rest = &columns[..];
    while !rest.is_empty() {
        let mut taken = 0;
        let fits = rest.iter().take_while(|column| {
            taken += column.2;
            taken <= room
        });
        let (here, further) = rest.split_at(fits.count().max(1));
        rest = further;
        let line = |cells: Vec<String>| {
            let cells = cells.iter().zip(here).map(|(cell, column)| format!("{cell:>width$}", width = column.2));
            cells.collect::<String>()
        };
        screen.line("")?;
        let head = format!("{:<LABEL$}{}", "", line(here.iter().map(|column| column.0.clone()).collect()));
        let head = screen.dim(&head);
        screen.line(&head)?;
        let mut before: Option<&Bucket> = None;
        for (at, bucket) in timeline.buckets.iter().enumerate() {
            if before.replace(bucket).is_some_and(|before| is_gap(before, bucket, timeline.unit)) {
                screen.line("…")?;
            }
            let cells = here.iter().map(|column| column.1.steps.get(at).map_or_else(String::new, cell)).collect();
            screen.line(&format!("{:<LABEL$}{}", bucket.label, line(cells)))?;
        }
    }
    Ok(())
}

/// Returns whether steps were left out between two.
fn is_gap(before: &Bucket, bucket: &Bucket, unit: Unit) -> bool {
    let longest = match unit {
        Unit::Year => 366,
        Unit::Month => 31,
        Unit::Week => 7,
        Unit::Day => 1,
    };
    bucket.start.first_day() - before.start.first_day() > longest
}

/// Draws one line a step, with the documents published in it and those that speak of it. Archives speak of times long
/// before they begin, so longer runs of empty steps are only counted.
fn two_bars(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    let buckets = &timeline.buckets;
    let mentioned = |bucket: &Bucket| bucket.mentioned.unwrap_or(0);
    let most_written = buckets.iter().map(tall).max().unwrap_or(0);
    let most_mentioned = buckets.iter().map(mentioned).max().unwrap_or(0);
    let numbers = numbers(buckets);
    let widths = [numbers.first().map_or(0, |number| display_width(number)), counted(most_mentioned).len()];
    let beside = (LABEL + 5 + widths[0] + widths[1]) as u64;
    let half = screen.width().map_or(HALF, |columns| HALF.min((columns as u64).saturating_sub(beside) / 2).max(4));
    let [written, spoken_of] = widths.map(|width| (half as usize + width + 1).max("published".len()));
    let head = format!("{:<10} {:<written$}  {:<spoken_of$}", "", "published", "spoken of");
    let head = screen.dim(head.trim_end());
    screen.line(&head)?;
    let mut before: Option<&Bucket> = None;
    let is_empty = |bucket: &Bucket| bucket.documents == 0 && mentioned(bucket) == 0;
    let mut numbers = numbers.into_iter();
    for run in buckets.chunk_by(|a, b| is_empty(a) && is_empty(b)) {
        if run.len() > EMPTY && run.iter().all(is_empty) {
            let line = screen.dim(&format!("… {} empty", counted(run.len() as u64)));
            screen.line(&line)?;
            before = run.last();
            numbers.by_ref().take(run.len()).for_each(drop);
            continue;
        }
        for (bucket, left_count) in run.iter().zip(numbers.by_ref()) {
            if before.replace(bucket).is_some_and(|before| is_gap(before, bucket, timeline.unit)) {
                screen.line("…")?;
            }
            let right_count = counted(mentioned(bucket));
            let (left, right) = (bar(tall(bucket), most_written, half), bar(mentioned(bucket), most_mentioned, half));
            let (half, right_width) = (half as usize, widths[1]);
            let line =
                format!("{:<LABEL$} {left_count} {left:<half$}  {right_count:>right_width$} {right}", bucket.label);
            screen.line(line.trim_end())?;
        }
    }
    Ok(())
}

/// Prints one line a source.
pub(in super::super) fn sources(screen: &mut Screen, sources: &[FacetCount]) -> io::Result<()> {
    let width = sources.iter().map(|source| counted(source.documents).len()).max().unwrap_or(1);
    let longest = sources.iter().map(|source| display_width(source.value.as_str())).max().unwrap_or(0).min(48);
    for source in sources {
        let days = match (source.first, source.last) {
            (Some(first), Some(last)) if first == last => format!("{first}"),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "undated".to_string(),
        };
        let name = harmless(source.value.as_str());
        let name = padded(&name, longest);
        let folder = match source.from_folder {
            0 => String::new(),
            all if all == source.documents => " · a folder's name, said by no document".to_owned(),
            some => format!(" · {} by a folder's name alone", counted(some)),
        };
        let days = screen.dim(&format!("{days}{folder}"));
        let indent = " ".repeat(width + 2);
        screen.hanging(&format!("{:>width$}  {name}  {days}", counted(source.documents)), &indent)?;
    }
    Ok(())
}

/// Prints one line a value of a field.
pub(in super::super) fn values(screen: &mut Screen, values: &[ValueCount]) -> io::Result<()> {
    let width = values.iter().map(|count| counted(count.documents).len()).max().unwrap_or(1);
    for count in values {
        screen.line(&format!("{:>width$}  {}", counted(count.documents), harmless(&count.value)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        assert_eq!(bar(0, 1000, LONGEST), "");
        assert_eq!(bar(1, 1_000_000, LONGEST), "▏");
        assert_eq!(bar(24, 48, LONGEST).chars().count(), 24);
        assert_eq!(bar(7, 7, LONGEST).chars().count(), 48);
    }
}
