//! The times a text speaks of: found, and told in days.

mod found;

pub use found::{Mention, MentionCertainty, MentionContext, MentionKind, MentionRule};

use super::expression::find_dates;

/// The times that a text speaks of, in its order and without overlaps.
///
/// ```
/// use dateline::{MentionContext, mentions};
///
/// let found = mentions("It began on 26 February 1992.", &MentionContext::default());
/// assert_eq!(found[0].value, "1992-02-26");
/// ```
pub fn mentions(text: &str, _context: &MentionContext<'_>) -> Vec<Mention> {
    find_dates(text)
        .into_iter()
        .map(|written| Mention {
            bytes: written.range,
            kind: MentionKind::Date,
            value: written.date.to_string(),
            days: Some(written.date.range()),
            certainty: MentionCertainty::Certain,
            rule: MentionRule::Date,
        })
        .collect()
}
