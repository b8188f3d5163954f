//! Texts made to break a reader of dates.
#![cfg(test)]

use proptest::prelude::*;

use super::found::MentionContext;
use super::reader::read as mentions;
use crate::time::Date;

fn context(language: &str) -> MentionContext<'_> {
    MentionContext { published: Date::from_ymd(2025, 2, 26).ok(), language: Some(language) }
}

#[test]
fn impossible_days_are_no_dates() {
    for text in [
        "in the year 0",
        "on 31 February 2010",
        "on 45 May",
        "on 2010-02-31",
        "on 00/00/0000",
        "on 0000-01-01",
        "the 0th century",
        "the 99th century",
        "at 25:61",
        "in 12345 and 10000-01-01",
        "the 0th anniversary",
    ] {
        let found = mentions(text, &context("en"));
        assert!(found.iter().all(|mention| mention.days.is_none()), "{text}: {found:?}");
    }
}

#[test]
fn times_beyond_the_calendar_have_no_days() {
    for text in [
        "5,000 years ago",
        "the 3000th anniversary",
        "9,999 years later",
        "999999999 centuries ago",
        "4000 years since",
    ] {
        let found = mentions(text, &context("en"));
        assert!(found.iter().all(|mention| mention.days.is_none()), "{text}: {found:?}");
    }
    let last = MentionContext { published: Some(Date::MAX), language: Some("en") };
    let first = MentionContext { published: Some(Date::MIN), language: Some("en") };
    for text in [
        "next year",
        "two centuries later",
        "the day after tomorrow",
        "next week",
        "last week",
        "last winter",
        "last decade",
    ] {
        mentions(text, &last);
        mentions(text, &first);
    }
}

#[test]
fn thousands_of_dates_in_one_text_are_all_found() {
    let text = "It rained on 26 February 1992 and on the 33rd anniversary. ".repeat(5_000);
    assert_eq!(mentions(&text, &context("en")).len(), 10_000);
}

/// Repetition never makes a rule look further. If the time were not linear, this would take minutes.
#[test]
fn repetition_is_read_in_linear_time() {
    for piece in [
        "about ",
        "the ",
        "1 ",
        "1,",
        "a ",
        "'",
        "twenty-",
        "hundred and ",
        "May ",
        "from ",
        "between 1 and ",
        "12:",
        "the 1st anniversary ",
        "1992-",
        "the first half of ",
        "last ",
        "every ",
        ". ",
        "night of from ",
        "x",
        "1",
        "\n",
        "é",
        "XX",
        "26 February ",
        "a\u{a0}",
    ] {
        mentions(&piece.repeat(20_000), &context("en"));
    }
}

const PIECES: &str = "(the|a|about|last|next|past|this|that|first|third|33rd|[0-9]{1,4}|Friday|Fri\\.|May|mai|Mar|мая|года|годовщина|yıl|\
    önce|years?|days|weeks?|quarter|century|XX|ago|later|before|since|from|to|between|and|of|in|on|by|night|noon|p\\.m\\.|:|'|-|–|,|\\.|/|\
    s|half|end of|early|mid|anniversary|every|il y a|vor|hace|ans|dernier|\\n\\n|é|日|\u{301}|\u{200b}|Ω|🕯| |-old){1,1}";

proptest! {
    #[test]
    fn mentions_lie_in_the_text_in_order_and_apart(
        pieces in proptest::collection::vec(PIECES, 0..40),
        language in prop::sample::select(vec!["en", "fr", "de", "ru", "tr", "es", "fi"]),
        spaced in any::<bool>(),
    ) {
        let text = pieces.join(if spaced { " " } else { "" });
        let mut end = 0;
        for mention in mentions(&text, &context(language)) {
            prop_assert!(mention.bytes.start >= end && mention.bytes.start < mention.bytes.end, "{:?} in {:?}", mention, text);
            prop_assert!(text.get(mention.bytes.clone()).is_some(), "{:?} in {:?}", mention, text);
            prop_assert!(mention.days.is_none_or(|days| !days.is_empty()), "{:?} in {:?}", mention, text);
            prop_assert!(!mention.value.is_empty());
            end = mention.bytes.end;
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,60}") {
        mentions(&text, &context("en"));
        mentions(&text, &MentionContext::default());
    }

    /// The calendar room finds the same dates outside any rule: both use one machinery.
    #[test]
    fn every_day_written_whole_is_found_in_every_language(number in -200_000i32..=40_000, language in prop::sample::select(vec!["en", "ru", "tr", "fi"])) {
        let date = Date::from_day_number(number);
        let text = format!("x {date} x");
        let found = mentions(&text, &context(language));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].days, Some(date.range()));
    }
}
