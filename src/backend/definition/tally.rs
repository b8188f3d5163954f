//! What one document adds to counts over all that match.

use std::collections::BTreeSet;

use super::columns::Columns;
use crate::answer::steps::step_of;
use crate::answer::timeline::Unit;
use crate::backend::counts::{DateCounts, MentionCounts, precision};
use crate::time::{MentionCertainty, Precision};

/// Adds the times that a document speaks of. `certain` leaves out days that were worked out.
pub(crate) fn mentions(counts: &mut MentionCounts, columns: &Columns, unit: Unit, certain: bool) {
    let spans = columns.mentions.iter().filter(|span| !(certain && span.certainty == MentionCertainty::Derived));
    let spans: Vec<(i32, i32)> =
        spans.map(|span| (step_of(span.first as i32, unit), step_of(span.last as i32, unit))).collect();
    counts.silent += u64::from(spans.is_empty());
    counts.coarse += u64::from(spans.iter().any(|(first, last)| first != last));
    let steps: BTreeSet<i32> = spans.iter().filter(|(first, last)| first == last).map(|span| span.0).collect();
    steps.into_iter().for_each(|step| *counts.steps.entry(step).or_default() += 1);
}

/// Adds how a document was dated.
pub(crate) fn dates(counts: &mut DateCounts, columns: &Columns) {
    let kind = match columns.days.map(precision) {
        Some(Precision::Day) => [1, 0, 0, 0],
        Some(Precision::Month) => [0, 1, 0, 0],
        Some(Precision::Year) => [0, 0, 1, 0],
        None => [0, 0, 0, 1],
    };
    counts.add_rule(columns.rule, kind);
    counts.add_doubts(columns.doubts, 1);
}
