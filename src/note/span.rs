//! Ranges in JSON: a pair of numbers, the end excluded.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a range as `[from, to]`.
pub(crate) fn serialize<S: Serializer>(range: &Range<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    (range.start, range.end).serialize(serializer)
}

/// Reads a range written as `[from, to]`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Range<usize>, D::Error> {
    <(usize, usize)>::deserialize(deserializer).map(|(start, end)| start..end)
}

/// The same for a range that may be missing.
pub(crate) mod or_null {
    use std::ops::Range;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(range: &Option<Range<usize>>, serializer: S) -> Result<S::Ok, S::Error> {
        range.as_ref().map(|range| (range.start, range.end)).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Range<usize>>, D::Error> {
        Ok(Option::<(usize, usize)>::deserialize(deserializer)?.map(|(start, end)| start..end))
    }
}
