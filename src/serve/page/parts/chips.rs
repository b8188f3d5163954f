//! The conditions of a question as chips: each is a link that takes itself away.

use maud::{Markup, html};

use super::days;
use super::marks::harmless;
use super::visit::Visit;
use super::words::Word;
use crate::serve::parameters::Parameters;
use crate::{DateRange, Language, parse_dates, parse_ends};

/// The conditions of an address, the days of publication among them.
pub(in super::super) fn chips(visit: &Visit<'_>) -> Markup {
    let chips = all(visit);
    html! {
        @if !chips.is_empty() {
            ul.chips aria-label=(visit.say(Word::Conditions)) {
                @for (words, without) in chips {
                    li { a href=(visit.href(visit.path, &without)) {
                        span { span.sr { (visit.say(Word::Remove)) " " } (words) }
                    } }
                }
            }
        }
        (fix(visit))
    }
}

/// Each condition in words, with the address that does without it.
fn all(visit: &Visit<'_>) -> Vec<(Markup, Parameters)> {
    let parameters = visit.here();
    let mut chips = Vec::new();
    let is_set = |name: &str| visit.parameters.flag(name).unwrap_or(false);
    if let Some(words) = published(visit) {
        let without = ["from", "to", "on"].into_iter().fold(parameters.clone(), |kept, name| kept.without(name, None));
        chips.push((words, without));
    }
    for (name, word) in [("about", Word::ChipAbout), ("about-within", Word::ChipAboutWithin)] {
        for typed in visit.parameters.all(name) {
            let read = parse_dates(typed, visit.today()).ok();
            let told = read.and_then(|read| days::range(visit.locale, read.range)).unwrap_or_else(|| harmless(typed));
            chips.push((visit.put(word, &[("days", html! { (told) })]), parameters.without(name, Some(typed))));
        }
    }
    for source in visit.parameters.all("source") {
        let name = html! { (harmless(source)) };
        chips.push((visit.put(Word::ChipSource, &[("name", name)]), parameters.without("source", Some(source))));
    }
    for typed in visit.parameters.all("lang") {
        let name =
            typed.trim().parse().map_or_else(|_| harmless(typed), |language: Language| language.name().to_owned());
        let name = html! { (name) };
        chips.push((visit.put(Word::ChipLanguage, &[("name", name)]), parameters.without("lang", Some(typed))));
    }
    for (name, word) in
        [("certain", Word::ChipCertain), ("about-certain", Word::ChipAboutCertain), ("no-collapse", Word::ChipCopies)]
    {
        if is_set(name) {
            chips.push((html! { (visit.say(word)) }, parameters.without(name, None)));
        }
    }
    for name in ["match", "today"] {
        if let Some(value) = visit.parameters.get(name) {
            let places = [("name", html! { (name) }), ("value", html! { (harmless(value)) })];
            chips.push((visit.put(Word::ChipOther, &places), parameters.without(name, None)));
        }
    }
    chips
}

/// The days of publication asked for, in words; as typed where they cannot be read.
fn published(visit: &Visit<'_>) -> Option<Markup> {
    let typed: Vec<String> =
        ["from", "to", "on"].iter().filter_map(|name| visit.parameters.get(name)).map(harmless).collect();
    if typed.is_empty() {
        return None;
    }
    let told = visit.dates().and_then(|range| days::range(visit.locale, range)).unwrap_or_else(|| typed.join(" – "));
    Some(visit.put(Word::ChipPublished, &[("days", html! { (told) })]))
}

/// A link that writes relative days as civil ones, where an address has such days.
fn fix(visit: &Visit<'_>) -> Markup {
    let fixed = fixed(visit);
    html! {
        @if let Some(parameters) = fixed {
            p.note { (visit.say(Word::FixDaysWhy)) " " a.do href=(visit.href(visit.path, &parameters)) { (visit.say(Word::FixDays)) } }
        }
    }
}

/// The address with civil days in it. None where its days are such already: days that mean the same whenever they are
/// read.
fn fixed(visit: &Visit<'_>) -> Option<Parameters> {
    let today = visit.today();
    let another = today.plus_days(400);
    let (from, to) = (visit.parameters.get("from"), visit.parameters.get("to"));
    let ends = parse_ends(from, to, today).ok()?.range;
    let mut parameters = visit.here();
    let mut is_relative = false;
    if parse_ends(from, to, another).ok()?.range != ends {
        is_relative = true;
        parameters = parameters.without("from", None).without("to", None);
        for (name, day) in [("from", ends.first()), ("to", ends.last())] {
            if let Some(day) = day {
                parameters = parameters.with(name, &day.to_string());
            }
        }
    }
    let read = |typed: &str, day| parse_dates(typed, day).map(|read| read.range).ok();
    for name in ["on", "about", "about-within"] {
        for typed in visit.parameters.all(name) {
            let range = read(typed, today)?;
            if read(typed, another)? != range {
                is_relative = true;
                parameters = parameters.without(name, Some(typed)).plus(name, &typed_range(range)?);
            }
        }
    }
    is_relative.then_some(parameters)
}

fn typed_range(range: DateRange) -> Option<String> {
    let (first, last) = (range.first()?, range.last()?);
    Some(if first == last { first.to_string() } else { format!("{first}..{last}") })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::serve::context::PageContext;

    fn told(path: &str, query: &str) -> Vec<(String, String)> {
        let parameters = Parameters::parse(query).on_day("2024-05-15".parse().unwrap());
        let context = PageContext::default();
        let words = |words: Markup| words.into_string().replace("<bdi>", "").replace("</bdi>", "");
        all(&Visit::new(path, &parameters, &context))
            .into_iter()
            .map(|(told, without)| (words(told), without.to_query()))
            .collect()
    }

    #[test]
    fn every_condition_is_a_chip_that_takes_itself_away() {
        let chips = told(
            "/search",
            "q=fire&from=feb+1992&to=april+1992&about=1992-02-26&source=A/B&source=C&lang=en&certain=1&by=day",
        );
        let words: Vec<&str> = chips.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(
            words,
            [
                "published 1 February to 30 April 1992",
                "speaks of 26 February 1992",
                "source A/B",
                "source C",
                "in English",
                "days certain"
            ]
        );
        assert!(!chips[0].1.contains("from") && chips[0].1.contains("by=day"), "{}", chips[0].1);
        assert!(chips[2].1.contains("source=C") && !chips[2].1.contains("A%2FB"), "{}", chips[2].1);
        assert!(!chips.iter().any(|(_, without)| without.is_empty()));
    }

    #[test]
    fn what_else_a_page_was_asked_for_stays_when_a_condition_goes_and_its_place_does_not() {
        for (path, kept, dropped) in [
            ("/search", "sort=oldest&limit=5&passages=2&by=day&share=1&no-collapse=1", "after=t.10~x"),
            ("/dates", "doubtful=conflicting&limit=40", "rank=3"),
            ("/sources", "order=name&hl=ar", "part=2"),
            ("/compare", "q=71&near=boats&within=paragraph", "cite=1"),
            ("/doc/a", "sort=oldest", "rank=3"),
        ] {
            let chips = told(path, &format!("q=83&source=A&{kept}&{dropped}"));
            let without = &chips[0].1;
            assert!(kept.split('&').all(|pair| without.contains(pair)), "{path}: {without}");
            assert!(!without.contains(dropped) && !without.contains("source"), "{path}: {without}");
        }
    }

    #[test]
    fn days_that_change_with_the_day_can_be_fixed() {
        let fixed = |query: &str| {
            let parameters = Parameters::parse(query).on_day("2024-05-15".parse().unwrap());
            let context = PageContext::default();
            super::fixed(&Visit::new("/search", &parameters, &context)).map(|fixed| fixed.to_query())
        };
        assert_eq!(fixed("q=a&from=yesterday").as_deref(), Some("q=a&from=2024-05-14"));
        assert_eq!(fixed("q=a&about=last+month").as_deref(), Some("q=a&about=2024-04-01..2024-04-30"));
        assert_eq!(fixed("q=a&from=feb+1992&to=1993&about=1992"), None);
        assert_eq!(fixed("q=a"), None);
    }
}
