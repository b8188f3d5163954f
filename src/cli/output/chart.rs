//! Counts drawn in a terminal.

use std::io;

use dateline::{Bucket, FacetCount, Timeline, Unit, ValueCount};

use super::screen::{Screen, display_width, padded};
use super::words::{counted, harmless};

/// The columns of the longest bar.
const LONGEST: u64 = 48;
/// The columns of the longest bar where two stand side by side.
const HALF: u64 = 24;
/// The columns of a step's name.
const LABEL: usize = 10;
/// The most empty steps that are drawn in a row.
const EMPTY: usize = 2;

/// A bar in eighths of a column. Anything above zero has at least a sliver.
fn bar(count: u64, most: u64, longest: u64) -> String {
    let eighths = (u128::from(count) * u128::from(longest) * 8).div_ceil(u128::from(most.max(1))) as usize;
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

/// Draws one line a step, including empty ones.
pub(in super::super) fn bars(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    if timeline.mentions.is_some() {
        return two_bars(screen, timeline);
    }
    let most = timeline.buckets.iter().map(|bucket| bucket.documents).max().unwrap_or(0);
    let width = counted(most).len();
    let beside = LABEL as u64 + 2 + width as u64;
    let longest = screen.width().map_or(LONGEST, |columns| LONGEST.min((columns as u64).saturating_sub(beside)).max(8));
    let mut before: Option<&Bucket> = None;
    for bucket in &timeline.buckets {
        if before.replace(bucket).is_some_and(|before| is_gap(before, bucket, timeline.unit)) {
            screen.line("…")?;
        }
        let line = format!(
            "{:<10} {:>width$} {}",
            bucket.label,
            counted(bucket.documents),
            bar(bucket.documents, most, longest)
        );
        screen.line(line.trim_end())?;
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
    let most_written = buckets.iter().map(|bucket| bucket.documents).max().unwrap_or(0);
    let most_mentioned = buckets.iter().map(mentioned).max().unwrap_or(0);
    let widths = [most_written, most_mentioned].map(|most| counted(most).len());
    let beside = (LABEL + 5 + widths[0] + widths[1]) as u64;
    let half = screen.width().map_or(HALF, |columns| HALF.min((columns as u64).saturating_sub(beside) / 2).max(4));
    let [written, spoken_of] = widths.map(|width| (half as usize + width + 1).max("published".len()));
    let head = format!("{:<10} {:<written$}  {:<spoken_of$}", "", "published", "spoken of");
    let head = screen.dim(head.trim_end());
    screen.line(&head)?;
    let mut before: Option<&Bucket> = None;
    let is_empty = |bucket: &Bucket| bucket.documents == 0 && mentioned(bucket) == 0;
    for run in buckets.chunk_by(|a, b| is_empty(a) && is_empty(b)) {
        if run.len() > EMPTY && run.iter().all(is_empty) {
            let line = screen.dim(&format!("… {} empty", counted(run.len() as u64)));
            screen.line(&line)?;
            before = run.last();
            continue;
        }
        for bucket in run {
            if before.replace(bucket).is_some_and(|before| is_gap(before, bucket, timeline.unit)) {
                screen.line("…")?;
            }
            let bars = [bucket.documents, mentioned(bucket)];
            let [left, right] = [bar(bars[0], most_written, half), bar(bars[1], most_mentioned, half)];
            let [left_width, right_width] = widths;
            let half = half as usize;
            let (left_count, right_count) = (counted(bars[0]), counted(bars[1]));
            let line = format!(
                "{:<10} {left_count:>left_width$} {left:<half$}  {right_count:>right_width$} {right}",
                bucket.label
            );
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
        let days = screen.dim(&days);
        screen.line(&format!("{:>width$}  {name}  {days}", counted(source.documents)))?;
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
