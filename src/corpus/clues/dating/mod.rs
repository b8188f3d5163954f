//! The publication date of a document: every clue to it, weighed.
//!
//! Each module finds the clues of one kind as [`candidate`]s: [`metadata`] (with [`declared`]) what a document
//! declares, [`url`] its address, [`file_name`] (with [`name`]) its file, [`page`] what a web page shows its readers,
//! [`text`] (with [`dateline`] and [`mod@line`]) its head and foot.
//!
//! Clues are ranked by [`DateRule`], within a rule by what their name says (published, a date, created), then by their
//! place in the file. A date of change ranks below all that may be the day of publication, and a date that is called
//! nothing ranks below that. If the best date is a month or a year, a more precise one within it
//! is chosen, of the same rule or of the next one present but the file's time; the month is then the first rival.
//!
//! The invariant: every clue is kept, in its order, with the words it was taken from. No day after the day of reading
//! is taken for a publication date.

mod after_date;
mod candidate;
mod dateline;
mod day_month_order;
mod declared;
mod file_name;
mod line;
mod metadata;
mod name;
mod outvote;
mod page;
mod text;
mod url;

use candidate::{Candidate, Tier};
use day_month_order::order_of;
use outvote::outvote;

use crate::corpus::clues::head_and_foot::HeadAndFoot;
use crate::corpus::raw::{Order, Origin, RawDocument};
use crate::document::{DateRule, Dated, YearlessClue};
use crate::time::{Date, Precision};

/// The most days between a dateline without a year and the clue that gives it its year.
const NEAR: i32 = 31;

/// What is known of a document besides what it says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    /// Where it lies below the archive's root, its parts set apart by `/`; empty if nowhere.
    pub(crate) relative_path: &'a str,
    /// The language of its text (ISO 639-1), whose names of months go before those of others.
    pub(crate) language: Option<&'a str>,
    /// The day the file was last changed, and only if it may count.
    pub(crate) modified: Option<Date>,
    /// A date after this day is refused.
    pub(crate) today: Date,
}

/// The publication date of a document, from what it says of itself.
pub(crate) fn date_document(raw: &RawDocument, ends: &HeadAndFoot<'_>, surroundings: &Surroundings<'_>) -> Dated {
    let Surroundings { relative_path, language, modified, today } = *surroundings;
    let mut candidates = Vec::new();
    metadata::clues(raw, language, &mut candidates);
    candidates.extend(url::clue(raw));
    file_name::clues(relative_path, &mut candidates);
    let dateline = metadata::dateline(raw, language, &mut candidates);
    let told = candidates.len();
    let sheet = text::is_sheet_of_days(raw, language);
    let yearless = dateline.or(if sheet { None } else { text::clues(ends, language, &mut candidates) });
    if raw.declared.iter().any(|declared| declared.origin == Origin::Mail) {
        // Lines of a mail's body that look like a header are quoted from elsewhere.
        let quoted = candidates.iter_mut().skip(told).filter(|candidate| candidate.clue.rule == DateRule::Header);
        quoted.for_each(|candidate| candidate.clue.rule = DateRule::HeadLine);
    }
    let mut refused = Vec::new();
    candidates.retain_mut(|candidate| {
        let past = is_past(candidate, today);
        if !past {
            refused.push(candidate.clone().into_clue());
        }
        past
    });
    settle_exchangeable(&mut candidates, order_of(raw, language));
    candidates.sort_by_key(Candidate::weakness);
    settle_universal(&mut candidates);
    outvote(&mut candidates);
    let dateline = yearless.as_ref().and_then(|yearless| with_year(yearless, &candidates, today));
    let yearless = yearless.filter(|_| dateline.is_none());
    if let Some(dateline) = dateline {
        candidates.push(dateline);
        candidates.sort_by_key(Candidate::weakness);
    }
    if let Some(date) = modified {
        let candidate = Candidate::new(date, DateRule::FileTime, "file time".into(), &date.to_string());
        if date.first_day() <= today.last_day() {
            candidates.push(candidate);
        } else {
            refused.push(candidate.clue);
        }
    }
    refine(&mut candidates);
    let mut clues = candidates.into_iter().map(Candidate::into_clue);
    Dated { chosen: clues.next(), rivals: clues.collect(), refused, yearless }
}

/// Returns whether the date has begun. If only its other reading has, that one is taken.
fn is_past(candidate: &mut Candidate, today: Date) -> bool {
    let past = |date: Date| date.first_day() <= today.last_day();
    if let Some(before) = candidate.century_before.filter(|_| !past(candidate.clue.date)) {
        // `11.05.68` was written in 1968.
        candidate.clue.date = before;
        candidate.other = None;
    }
    if let Some(other) = candidate.other {
        if !past(candidate.clue.date) {
            candidate.clue.date = other;
            candidate.other = None;
        } else if !past(other) {
            candidate.other = None;
        }
    }
    past(candidate.clue.date)
}

/// Decides whether `03/04/2023` has the day or the month first: by another clue that knows, else by what is known of the
/// order. Where nothing is, the day comes first, and the clue is uncertain.
fn settle_exchangeable(candidates: &mut [Candidate], order: Option<Order>) {
    let sure: Vec<Date> = candidates.iter().filter(|c| c.other.is_none()).map(|c| c.clue.date).collect();
    for candidate in candidates {
        let Some(other) = candidate.other else { continue };
        let backed = |date: Date| sure.iter().any(|known| known.range().contains(date));
        let (first, exchanged) = (backed(candidate.clue.date), backed(other));
        if !first && (exchanged || order == Some(Order::MonthFirst)) {
            candidate.clue.date = other;
        }
        candidate.clue.uncertain |= order.is_none() && first == exchanged;
    }
}

/// Moves a date in universal time to the day before or after, if the document says that day elsewhere: a page published
/// in Vienna on the 27th at one in the morning declares the 26th, 23:00 UTC. The first clue of each other rule is
/// asked, except the dateline, which often has the day before. None of them may support the day as declared.
fn settle_universal(candidates: &mut [Candidate]) {
    let mut told: Vec<(DateRule, Date)> = Vec::new();
    for candidate in candidates.iter() {
        let dateline = candidate.clue.rule == DateRule::Dateline;
        let local =
            !dateline && candidate.local.is_none() && candidate.other.is_none() && candidate.weakness().0 == Tier::Date;
        let again = told.iter().any(|(rule, _)| *rule == candidate.clue.rule);
        if local && !again && candidate.clue.date.precision() == Precision::Day {
            told.push((candidate.clue.rule, candidate.clue.date));
        }
    }
    let says = |date: Date| told.iter().any(|(_, told)| *told == date);
    for candidate in candidates {
        if let Some(local) = candidate.local.filter(|local| says(*local) && !says(candidate.clue.date)) {
            candidate.clue.date = local;
        }
    }
}

/// Gives a dateline the year that brings it nearest to the strongest other clue.
fn with_year(yearless: &YearlessClue, candidates: &[Candidate], today: Date) -> Option<Candidate> {
    let near = candidates.first()?.clue.date;
    let away = |date: Date| (near.first_day() - date.first_day()).max(date.first_day() - near.last_day());
    let date = (near.year() - 1..=near.year() + 1)
        .filter_map(|year| yearless.date.in_year(year))
        .filter(|date| date.first_day() <= today.last_day() && away(*date) <= NEAR)
        .min_by_key(|date| away(*date))?;
    Some(Candidate::new(date, DateRule::Dateline, yearless.place.clone(), &yearless.written))
}

fn refine(candidates: &mut [Candidate]) {
    let Some(first) = candidates.first() else { return };
    let (rule, date) = (first.clue.rule, first.clue.date);
    if date.precision() == Precision::Day {
        return;
    }
    let Some(next) = candidates.iter().find(|c| c.clue.rule != rule).map(|c| c.clue.rule) else { return };
    let finer = candidates.iter().position(|candidate| {
        (candidate.clue.rule == rule || candidate.clue.rule == next)
            && (candidate.weakness().0 == Tier::Modified) == (first.weakness().0 == Tier::Modified)
            && next != DateRule::FileTime
            && candidate.clue.date.precision() > date.precision()
            && date.range().contains(candidate.clue.date)
    });
    if let Some(head) = finer.and_then(|finer| candidates.get_mut(..=finer)) {
        head.rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::corpus::raw::Declared;
    use proptest::prelude::*;

    fn declared(origin: Origin, name: &str, value: &str) -> Declared {
        Declared { origin, name: name.into(), value: value.into(), place: "there".into() }
    }

    fn at<'a>(relative_path: &'a str, modified: Option<&str>) -> Surroundings<'a> {
        let modified = modified.map(|day| day.parse().unwrap());
        Surroundings { relative_path, language: None, modified, today: "2024-05-22".parse().unwrap() }
    }

    fn shown(raw: &RawDocument, path: &str) -> String {
        let dated = date_document(raw, &HeadAndFoot::of(raw), &at(path, None));
        dated.chosen.map_or("none".into(), |clue| format!("{:?} {} at {}", clue.rule, clue.date, clue.place))
    }

    fn text(text: &str) -> RawDocument {
        RawDocument { text: text.into(), ..RawDocument::default() }
    }

    #[test]
    fn texts_are_dated_by_their_own_words() {
        let long = "The walk was long and the day was fine. ".repeat(60);
        for (words, expected) in [
            (
                " date 2023-02-26 BAKU, Azerbaijan, February 26. The town met.".to_string(),
                "Header 2023-02-26 at line 1",
            ),
            ("Title: Walk\nDate: 26.02.2023\n\nOn 1 May 1968 we met.".into(), "Header 2023-02-26 at line 2"),
            ("The walk\nBy Ann Example\nPublished: 26 February 2023\n\nText".into(), "Header 2023-02-26 at line 3"),
            ("The walk\n\n26 February 2023\n\nOn 1 May 1968 we met.".into(), "HeadLine 2023-02-26 at line 3"),
            ("The walk\n(26 février 2023)\nLe texte.".into(), "HeadLine 2023-02-26 at line 2"),
            ("**Posted on 26 Feb 2023**\n\nText.".into(), "HeadLine 2023-02-26 at line 1"),
            ("The walk      26 February 2023      Contact us".into(), "HeadLine 2023-02-26 at line 1"),
            ("PARIS, 26 fév. 2023 (AFP) - Le texte.".into(), "Dateline 2023-02-26 at line 1"),
            ("The walk\nMOSCOW, February 26, 2023. /TASS/. Text".into(), "Dateline 2023-02-26 at line 2"),
            ("26 February 2023 – The town met.".into(), "Dateline 2023-02-26 at line 1"),
            (format!("{long}\n\n**Walking Club\nBrussels\n26 February 2023**"), "FootLine 2023-02-26 at line 5"),
            ("One.\nTwo.\nThree.\nFour.\n26 February 2023".into(), "FootLine 2023-02-26 at line 5"),
            (format!("{long}\nUpdated: 26 February 2023"), "FootLine 2023-02-26 at line 2"),
            (format!("{long}\n\nOslo, 26 February 2023"), "FootLine 2023-02-26 at line 3"),
            (
                "Dear neighbours, the walk was long and the day was fine, and we shall go again.\n\nOslo, 26 February 2023".into(),
                "FootLine 2023-02-26 at line 3",
            ),
            ("Berlin, 26. Februar 2023 (dpa) - Der Text.".into(), "Dateline 2023-02-26 at line 1"),
        ] {
            assert_eq!(shown(&text(&words), ""), expected, "{words}");
        }
    }

    #[test]
    fn a_mail_is_dated_by_its_own_header_and_not_by_one_it_quotes() {
        let mut raw = text("Ann wrote:\nPublished: 26 February 2022\n\nThe mill turns.");
        raw.declared = vec![declared(Origin::Mail, "date", "Sun, 26 Feb 2023 10:00:00 +0000")];
        assert_eq!(shown(&raw, ""), "Mail 2023-02-26 at there");
    }

    #[test]
    fn dates_of_the_story_leave_a_text_undated() {
        let long = "The walk was long and the day was fine. ".repeat(60);
        for words in [
            "On 26 February 1992 the town was taken.".to_string(),
            "On February 26, 2023, the town remembers.".into(),
            "The 33rd anniversary of 26 February 1992 was marked.".into(),
            "26 February 1992 was a cold day.".into(),
            "February 26, 1992, will be remembered.".into(),
            "BAKU, Azerbaijan, February 26. The town met.".into(),
            "© 2023 Walking Club".into(),
            "Copyright 26 February 2023".into(),
            "Meeting\n\n26 February 2031\n\nCome along.".into(),
            format!("{long} It ended on 26 February 2023."),
            format!("{long}\n26 February 2023\n{long}"),
            format!("{}\n\nOslo, 26 February 2023", long.repeat(10)),
            String::new(),
        ] {
            assert_eq!(shown(&text(&words), ""), "none", "{words}");
        }
    }

    #[test]
    fn stronger_clues_win_and_the_rest_are_rivals() {
        let mut raw = text("PARIS, 3 March 2023 (AFP) - Text.");
        raw.url = Some("https://example.org/2023/03/02/x".into());
        raw.declared = vec![
            declared(Origin::Meta, "article:modified_time", "2024-01-01"),
            declared(Origin::Meta, "date", "2023-03-05"),
            declared(Origin::Meta, "article:published_time", "2023-03-04T10:00:00Z"),
        ];
        let dated = date_document(&raw, &HeadAndFoot::of(&raw), &at("2023/03/x.html", Some("2024-05-01")));
        let rules: Vec<_> = dated.rivals.iter().map(|clue| format!("{:?} {}", clue.rule, clue.date)).collect();
        assert_eq!(dated.date().unwrap().to_string(), "2023-03-04");
        assert_eq!(
            rules,
            [
                "Meta 2023-03-05",
                "Url 2023-03-02",
                "Dateline 2023-03-03",
                "FolderName 2023-03",
                "Meta 2024-01-01",
                "FileTime 2024-05-01"
            ]
        );
    }

    #[test]
    fn a_dateline_takes_its_year_from_a_clue_nearby() {
        let raw = text("BAKU, December 31. The town met.");
        assert_eq!(shown(&raw, "2023-01.txt"), "Dateline 2022-12-31 at line 1");
        assert_eq!(shown(&raw, "2022/x.txt"), "Dateline 2022-12-31 at line 1");
        assert_eq!(shown(&raw, "2023-06-15.txt"), "FileName 2023-06-15 at file name 2023-06-15.txt");
    }

    #[test]
    fn a_month_is_refined_only_by_the_next_rule_and_from_within() {
        let mut raw = text("Text");
        raw.url = Some("https://example.org/1968/05/x".into());
        assert_eq!(shown(&raw, "x-19680511.txt"), "FileName 1968-05-11 at file name x-19680511.txt");
        assert_eq!(shown(&raw, "x-19680611.txt"), "Url 1968-05 at address");
        raw.text = "The walk\n\n1 June 1968\n\nText".into();
        assert_eq!(shown(&raw, "x-19680511.txt"), "Url 1968-05 at address");
    }

    #[test]
    fn exchangeable_figures_are_settled_by_what_else_is_known() {
        let mut raw = text("Text");
        raw.declared = vec![declared(Origin::Field, "date", "03/04/2023")];
        assert_eq!(shown(&raw, ""), "Field 2023-04-03 at there");
        assert_eq!(shown(&raw, "2023-03/x"), "Field 2023-03-04 at there");
        raw.language = Some("en-US".into());
        assert_eq!(shown(&raw, ""), "Field 2023-03-04 at there");
        assert_eq!(shown(&raw, "2023-04/x"), "Field 2023-04-03 at there");
        raw.declared = vec![declared(Origin::Field, "date", "03/06/2024")];
        raw.language = None;
        assert_eq!(shown(&raw, ""), "Field 2024-03-06 at there");
    }

    #[test]
    fn universal_time_gives_way_to_the_day_that_the_page_shows() {
        let mut raw = text("Text");
        let at = |time: &str| declared(Origin::JsonLd, "datePublished", time);
        raw.declared = vec![at("2023-02-26T23:04:00Z"), declared(Origin::PageHead, "class.date", "27.02.2023")];
        assert_eq!(shown(&raw, ""), "JsonLd 2023-02-27 at there");
        raw.declared = vec![at("2023-02-26T23:04:00+01:00"), declared(Origin::PageHead, "class.date", "27.02.2023")];
        assert_eq!(shown(&raw, ""), "JsonLd 2023-02-26 at there");
        raw.declared = vec![at("2023-02-26T23:04:00Z"), declared(Origin::PageText, "class.date", "27.02.2023")];
        assert_eq!(shown(&raw, ""), "JsonLd 2023-02-26 at there");
        raw.declared = vec![at("2023-02-26T01:04:00Z")];
        raw.url = Some("https://example.org/2023/02/25/town".into());
        assert_eq!(shown(&raw, ""), "JsonLd 2023-02-25 at there");
    }

    #[test]
    fn two_voices_that_agree_outvote_one() {
        let mut raw = text("Text");
        let structured = declared(Origin::JsonLd, "datePublished", "2021-07-01");
        let shown_date = declared(Origin::PageHead, "class.date", "4 March 2019");
        raw.declared = vec![structured.clone(), shown_date.clone()];
        assert_eq!(shown(&raw, ""), "JsonLd 2021-07-01 at there");
        raw.url = Some("https://example.org/2019/03/04/town".into());
        assert_eq!(shown(&raw, ""), "PageHead 2019-03-04 at there");
        raw.declared.push(declared(Origin::Meta, "article:published_time", "2021-07-01"));
        assert_eq!(shown(&raw, ""), "JsonLd 2021-07-01 at there");
    }

    #[test]
    fn published_goes_before_updated_in_the_names_of_classes_too() {
        for (updated, published) in [
            ("time.updated", "time.entry-date published"),
            ("time.modified-date", "time.post-date"),
            ("class.date-updated", "class.date-published"),
            ("class.date-modified", "class.date-created"),
            ("class.lastUpdate", "class.meta-date"),
        ] {
            let mut raw = text("Text");
            raw.declared = vec![
                declared(Origin::PageHead, updated, "1 January 2022"),
                declared(Origin::PageHead, published, "4 March 2019"),
            ];
            assert_eq!(shown(&raw, ""), "PageHead 2019-03-04 at there", "{updated}");
        }
    }

    #[test]
    fn a_clue_that_leaves_its_date_open_is_uncertain() {
        let uncertain = |origin, value: &str, language: Option<&str>| {
            let raw = RawDocument {
                declared: vec![declared(origin, "date", value)],
                language: language.map(str::to_owned),
                ..text("Text")
            };
            let chosen = date_document(&raw, &HeadAndFoot::of(&raw), &at("", None)).chosen.unwrap();
            (chosen.date.to_string(), chosen.uncertain)
        };
        for (value, language, expected) in [
            ("03/04/2019", None, ("2019-04-03", true)),
            ("03/04/2019", Some("en"), ("2019-04-03", true)),
            ("03/04/2019", Some("en-US"), ("2019-03-04", false)),
            ("03/04/2019", Some("fr"), ("2019-04-03", false)),
            ("Monday, 03/04/2019", Some("en"), ("2019-03-04", false)),
            ("c. 1723", None, ("1723", true)),
            ("2004-06-XX", None, ("2004-06", true)),
            ("4 March 2019", None, ("2019-03-04", false)),
        ] {
            let (date, open) = uncertain(Origin::Field, value, language);
            assert_eq!((date.as_str(), open), expected, "{value} {language:?}");
        }
    }

    #[test]
    fn other_calendars_are_told_with_the_place() {
        for (value, language, place) in [
            ("۱۳ اسفند ۱۳۹۷", "fa", "Field 2019-03-04 at there, Solar Hijri calendar"),
            ("4 มีนาคม 2562", "th", "Field 2019-03-04 at there, Buddhist year"),
            ("平成31年3月4日", "ja", "Field 2019-03-04 at there, year of an era"),
        ] {
            let raw = RawDocument { declared: vec![declared(Origin::Field, "date", value)], ..text("Text") };
            let dated =
                date_document(&raw, &HeadAndFoot::of(&raw), &Surroundings { language: Some(language), ..at("", None) });
            let clue = dated.chosen.unwrap();
            assert_eq!(format!("{:?} {} at {}", clue.rule, clue.date, clue.place), place);
        }
    }

    #[test]
    fn a_year_of_two_digits_that_would_be_to_come_is_of_the_century_before() {
        let mut raw = text("Text");
        raw.declared = vec![declared(Origin::Field, "date", "11 May 68")];
        assert_eq!(shown(&raw, ""), "Field 1968-05-11 at there");
        raw.declared = vec![declared(Origin::Field, "date", "17 Jul 99")];
        assert_eq!(shown(&raw, ""), "Field 1999-07-17 at there");
    }

    #[test]
    fn what_a_page_shows_goes_before_a_bare_date_in_its_head() {
        let mut raw = text("Text");
        let bare = declared(Origin::Meta, "date", "2023-02-28");
        raw.declared = vec![bare.clone(), declared(Origin::PageHead, "class.date", "27.02.2023")];
        assert_eq!(shown(&raw, ""), "PageHead 2023-02-27 at there");
        raw.declared = vec![bare.clone(), declared(Origin::TimeElement, "time", "2023-02-27")];
        assert_eq!(shown(&raw, ""), "Meta 2023-02-28 at there");
        raw.declared = vec![bare, declared(Origin::PageHead, "class.date", "Updated on Monday, 27.02.2023")];
        assert_eq!(shown(&raw, ""), "Meta 2023-02-28 at there");
    }

    #[test]
    fn what_is_said_without_a_year_or_of_the_future_is_kept() {
        let mut raw = text("BAKU, February 26. The town met.");
        raw.declared = vec![declared(Origin::Meta, "date", "2031-02-28")];
        let dated = date_document(&raw, &HeadAndFoot::of(&raw), &at("", None));
        assert_eq!((dated.date(), dated.refused.len()), (None, 1));
        assert_eq!(dated.yearless.unwrap().date.to_string(), "XXXX-02-26");
        let dated = date_document(&raw, &HeadAndFoot::of(&raw), &at("1987/x.txt", None));
        assert_eq!((dated.date().unwrap().to_string().as_str(), dated.yearless), ("1987-02-26", None));
    }

    proptest! {
        #[test]
        fn any_text_is_dated_or_not_and_never_after_today(
            text in "([0-9]{1,4}|[ .,/:()|*–-]|\n|   |Feb|mai|февраля|Date|BAKU|th|é|Published){0,60}",
            path in "([0-9]{1,4}|[-_/.]|feb|x){0,12}",
        ) {
            let today: Date = "2024-05-22".parse().unwrap();
            let raw = RawDocument { text, ..RawDocument::default() };
            let dated = date_document(&raw, &HeadAndFoot::of(&raw), &at(&path, None));
            for clue in dated.chosen.iter().chain(&dated.rivals) {
                prop_assert!(clue.date.first_day() <= today.first_day() && !clue.written.is_empty());
            }
            prop_assert!(dated.chosen.is_some() || dated.rivals.is_empty());
        }
    }
}
