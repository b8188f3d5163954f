//! Counts drawn in a terminal.

use std::io;

use dateline::{FacetCount, Timeline, Unit};

use super::screen::Screen;
use super::words::{counted, harmless};

/// Columns of the longest bar.
const LONGEST: u64 = 48;

/// A bar in eighths of a column, at least a sliver for anything that is not nothing.
fn bar(count: u64, most: u64) -> String {
    let eighths = (u128::from(count) * u128::from(LONGEST) * 8).div_ceil(u128::from(most.max(1))) as usize;
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

/// One line a step, empty ones too.
pub(in super::super) fn bars(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    let most = timeline.buckets.iter().map(|bucket| bucket.documents).max().unwrap_or(0);
    let width = counted(most).len();
    let longest = match timeline.unit {
        Unit::Year => 366,
        Unit::Month => 31,
        Unit::Week => 7,
        Unit::Day => 1,
    };
    let mut before: Option<i32> = None;
    for bucket in &timeline.buckets {
        let start = bucket.start.first_day();
        if before.replace(start).is_some_and(|before| start - before > longest) {
            screen.line("…")?;
        }
        let line =
            format!("{:<10} {:>width$} {}", bucket.label, counted(bucket.documents), bar(bucket.documents, most));
        screen.line(line.trim_end())?;
    }
    Ok(())
}

/// One line a source.
pub(in super::super) fn sources(screen: &mut Screen, sources: &[FacetCount]) -> io::Result<()> {
    let width = sources.iter().map(|source| counted(source.documents).len()).max().unwrap_or(1);
    let longest = sources.iter().map(|source| source.value.as_str().chars().count()).max().unwrap_or(0).min(48);
    for source in sources {
        let days = match (source.first, source.last) {
            (Some(first), Some(last)) if first == last => format!("{first}"),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "undated".to_string(),
        };
        let name = harmless(source.value.as_str());
        let gap = " ".repeat(longest.saturating_sub(name.chars().count()));
        let days = screen.dim(&days);
        screen.line(&format!("{:>width$}  {name}{gap}  {days}", counted(source.documents)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        assert_eq!(bar(0, 1000), "");
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(24, 48).chars().count(), 24);
        assert_eq!(bar(7, 7).chars().count(), 48);
    }
}
