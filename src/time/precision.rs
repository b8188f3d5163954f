//! The precision of a date, and its name in JSON.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The precision of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// The year and the month.
    Month,
    /// The very day.
    Day,
}

impl Precision {
    /// `day`, `month` or `year`.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        }
    }
}

/// Writes a precision as its name, and none as `unknown`.
pub(crate) fn serialize<S: Serializer>(precision: &Option<Precision>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(precision.map_or("unknown", Precision::name))
}

/// Reads what [`serialize`] wrote.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Precision>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let known = [Precision::Year, Precision::Month, Precision::Day].into_iter().find(|known| known.name() == name);
    match known {
        None if name != "unknown" => Err(serde::de::Error::custom(format!("\"{name}\" is no precision"))),
        known => Ok(known),
    }
}
