//! Quantities: a number as a text gives it, with how closely it is meant.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// How closely a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Bound {
    /// The number itself: `83`, `eighty-three`.
    Exact,
    /// Near the number: `about 600`, `nearly 600`.
    About,
    /// The number or more: `at least 600`, `600 or more`.
    AtLeast,
    /// More than the number: `more than 600`, `over 600`.
    MoreThan,
    /// The number or less: `up to 600`, `at most 600`.
    AtMost,
    /// Less than the number: `fewer than 600`.
    LessThan,
    /// Between two numbers: `60 to 70`, `between 60 and 70`.
    Range,
    /// An order of magnitude and no number: `dozens`, `several hundred`.
    Vague,
}

impl Bound {
    /// `exact`, `about`, `at-least`, `more-than`, `at-most`, `less-than`, `range` or `vague`.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::About => "about",
            Bound::AtLeast => "at-least",
            Bound::MoreThan => "more-than",
            Bound::AtMost => "at-most",
            Bound::LessThan => "less-than",
            Bound::Range => "range",
            Bound::Vague => "vague",
        }
    }
}

/// A number that a text gives, with how closely it is meant and what it is measured in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quantity {
    /// How closely the number is meant.
    pub bound: Bound,
    /// The number. The lower one of a range; for a vague one the least it says: 12 for `dozens`.
    #[serde(serialize_with = "plain")]
    pub value: f64,
    /// The upper number of a range.
    #[serde(serialize_with = "plain_or_null")]
    pub high: Option<f64>,
    /// `%`, a currency (`$`, `EUR`), or a measure as the text names it (`tonnes`). None for things counted one by one.
    pub unit: Option<String>,
}

impl Quantity {
    /// Orders quantities by their numbers, then by how closely they are meant, then by their unit.
    pub(crate) fn order(&self, other: &Quantity) -> Ordering {
        let high = |quantity: &Quantity| quantity.high.unwrap_or(quantity.value);
        self.value
            .total_cmp(&other.value)
            .then_with(|| high(self).total_cmp(&high(other)))
            .then_with(|| self.bound.cmp(&other.bound))
            .then_with(|| self.unit.cmp(&other.unit))
    }
}

/// The quantity in English, with thousands set apart: `83`, `more than 600`, `60 to 70`, `dozens`, `$ 5,000,000`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = grouped(self.value);
        let words = match (self.bound, self.high) {
            (Bound::Vague, _) => magnitude(self.value).map_or(number, str::to_string),
            (_, Some(high)) => format!("{number} to {}", grouped(high)),
            (bound, None) => format!("{}{number}", before(bound)),
        };
        match self.unit.as_deref() {
            Some(unit) => write!(f, "{words} {unit}"),
            None => f.write_str(&words),
        }
    }
}

fn before(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact | Bound::Range | Bound::Vague => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::MoreThan => "more than ",
        Bound::AtMost => "up to ",
        Bound::LessThan => "less than ",
    }
}

/// The name of a vague number by the least it says.
fn magnitude(least: f64) -> Option<&'static str> {
    const NAMES: [(f64, &str); 10] = [
        (10.0, "tens"),
        (12.0, "dozens"),
        (20.0, "scores"),
        (1e2, "hundreds"),
        (1e3, "thousands"),
        (1e4, "tens of thousands"),
        (1e5, "hundreds of thousands"),
        (1e6, "millions"),
        (1e9, "billions"),
        (1e12, "trillions"),
    ];
    NAMES.iter().find(|(value, _)| *value == least).map(|(_, name)| *name)
}

/// `1,275`, `2.5`: thousands set apart by commas.
fn grouped(value: f64) -> String {
    let written = format!("{value}");
    let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

/// Whole numbers are written without a decimal point.
fn plain<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Beyond this a double does not hold every whole number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

fn plain_or_null<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => plain(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_told_in_words_and_written_as_a_plain_number() {
        let quantity =
            |bound, value, high, unit: Option<&str>| Quantity { bound, value, high, unit: unit.map(String::from) };
        for (quantity, told, json) in [
            (
                quantity(Bound::Exact, 1275.0, None, None),
                "1,275",
                r#"{"bound":"exact","value":1275,"high":null,"unit":null}"#,
            ),
            (
                quantity(Bound::Range, 60.0, Some(70.0), None),
                "60 to 70",
                r#"{"bound":"range","value":60,"high":70,"unit":null}"#,
            ),
            (
                quantity(Bound::AtLeast, 2.5, None, Some("%")),
                "at least 2.5 %",
                r#"{"bound":"at-least","value":2.5,"high":null,"unit":"%"}"#,
            ),
            (
                quantity(Bound::Vague, 12.0, None, None),
                "dozens",
                r#"{"bound":"vague","value":12,"high":null,"unit":null}"#,
            ),
        ] {
            assert_eq!(quantity.to_string(), told);
            assert_eq!(serde_json::to_string(&quantity).unwrap_or_default(), json);
        }
    }
}
