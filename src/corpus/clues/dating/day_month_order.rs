//! Decides whether day or month comes first where both are figures: `03/04/2023`.

use crate::corpus::clues::url::original;
use crate::corpus::raw::{Order, Origin, RawDocument};
use crate::time::find_dates_in;

/// The bytes of a text that are searched for a date which shows the order.
const LONGEST: usize = 8_000;

/// The order in a document: that of the other records of its file, of a date in it with only one reading, of its
/// country, of its language. English is written in both orders, so it tells nothing, and the result is none.
pub(super) fn order_of(raw: &RawDocument, language: Option<&str>) -> Option<Order> {
    raw.order
        .or_else(|| country(raw).and_then(of_country))
        .or_else(|| in_text(raw, language))
        .or_else(|| of_language(language.or(raw.language.as_deref())))
}

/// The order of the dates in the text, if they agree.
fn in_text(raw: &RawDocument, language: Option<&str>) -> Option<Order> {
    let mut end = raw.text.len().min(LONGEST);
    while !raw.text.is_char_boundary(end) {
        end -= 1;
    }
    let text = raw.text.get(..end)?;
    // Only figures with strokes or hyphens are written in both orders.
    text.contains(['/', '-']).then_some(())?;
    let values = raw.declared.iter().filter(|said| said.value.len() <= 100).map(|said| said.value.as_str());
    Order::of_dates(std::iter::once(text).chain(values).flat_map(|text| {
        let found = find_dates_in(text, language);
        found.into_iter().filter_map(move |found| text.get(found.range))
    }))
}

/// The country that a page names, or that its address has, in small letters.
fn country(raw: &RawDocument) -> Option<String> {
    let of_locale = |locale: &str| {
        let (_, country) = locale.trim().split_once(['-', '_'])?;
        let country = country.rsplit(['-', '_']).next()?.to_ascii_lowercase();
        (country.len() == 2).then_some(country)
    };
    let declared = |names: [&str; 3]| {
        raw.declared
            .iter()
            .filter(|said| said.origin == Origin::Meta && names.iter().any(|name| said.name.eq_ignore_ascii_case(name)))
            .find_map(|said| of_locale(&said.value))
    };
    let host = || {
        let url = original(raw.url.as_deref()?);
        let host = url.split_once("://")?.1.split(['/', '?', ':']).next()?;
        let last = host.rsplit('.').next()?.to_ascii_lowercase();
        (last.len() == 2 || matches!(last.as_str(), "gov" | "mil" | "edu")).then_some(last)
    };
    raw.language
        .as_deref()
        .and_then(of_locale)
        .or_else(|| declared(["og:locale", "content-language", "language"]))
        .or_else(host)
}

/// The order of a country. None if people write both there, and for endings of addresses that are sold to everybody.
fn of_country(country: String) -> Option<Order> {
    match country.as_str() {
        "us" | "gov" | "mil" | "edu" | "ph" | "fm" | "pw" => Some(Order::MonthFirst),
        "ca" | "io" | "co" | "tv" | "me" | "ai" | "eu" | "cc" | "ws" | "to" => None,
        _ => Some(Order::DayFirst),
    }
}

/// The order of a language, by its code. English has both.
fn of_language(language: Option<&str>) -> Option<Order> {
    let code = language?.split(['-', '_']).next()?;
    (code.len() == 2 && !code.eq_ignore_ascii_case("en") && !code.eq_ignore_ascii_case("tl")).then_some(Order::DayFirst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_other_dates_of_the_country_and_of_the_language() {
        for (language, url, text, expected) in [
            (Some("en-US"), None, "", Some(Order::MonthFirst)),
            (Some("en-GB"), None, "", Some(Order::DayFirst)),
            (Some("en"), None, "", None),
            (None, None, "", None),
            (Some("de"), None, "", Some(Order::DayFirst)),
            (Some("en"), Some("https://example.gov/x"), "", Some(Order::MonthFirst)),
            (Some("en"), Some("https://example.co.uk/x"), "", Some(Order::DayFirst)),
            (Some("en"), Some("https://example.com/x"), "", None),
            (Some("en"), None, "It opened on 12/25/2018.", Some(Order::MonthFirst)),
            (Some("en"), None, "It opened on 25/12/2018.", Some(Order::DayFirst)),
            (Some("en"), None, "From 25/12/2018 to 12/25/2018.", None),
        ] {
            let raw = RawDocument {
                language: language.map(str::to_owned),
                url: url.map(str::to_owned),
                text: text.to_owned(),
                ..RawDocument::default()
            };
            assert_eq!(order_of(&raw, None), expected, "{language:?} {url:?} {text}");
        }
    }
}
