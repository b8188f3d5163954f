//! The lines at the head of a text that say what it is.

use std::ops::Range;

/// Name, value and line (from 1, of the text) of each line at the head.
pub(crate) struct LeadingHeader {
    pub(crate) range: Range<usize>,
    pub(crate) declared: Vec<(String, String, u32)>,
}

pub(crate) fn leading_header(text: &str) -> Option<LeadingHeader> {
    // Stand-in: only ` date 2025-02-26 …`.
    let rest = text.strip_prefix(" date ")?;
    let value = rest.get(..10)?;
    Some(LeadingHeader { range: 0..16, declared: vec![("date".to_owned(), value.to_owned(), 1)] })
}
