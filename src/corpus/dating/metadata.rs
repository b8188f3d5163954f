//! Dates that a document declares of itself: headers, front matter, fields, JSON-LD, meta tags, `<time>` elements.

use super::candidate::{Candidate, Meaning};
use super::page;
use crate::corpus::document::{DateRule, YearlessClue};
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::time::{Date, Precision, find_dates, find_dates_and_partial, folded};

/// A declared date is written within so many bytes.
const LONGEST: usize = 120;

/// No more declared dates than this are weighed: nobody says it more often in earnest.
const MOST: usize = 64;

// Names are compared without letter case, diacritics and signs: `article:published_time` is `articlepublishedtime`.

const PUBLISHED: &[&str] = &[
    "published",
    "publishedtime",
    "publishedat",
    "publishedon",
    "publisheddate",
    "publishdate",
    "publishtime",
    "pubdate",
    "pubtime",
    "publicationdate",
    "publicationtime",
    "dateofpublication",
    "datepublished",
    "datepublication",
    "datepub",
    "articlepublishedtime",
    "articlepublished",
    "articlepublisheddate",
    "articledatepublished",
    "ogpublishedtime",
    "ogarticlepublishedtime",
    "ogpubdate",
    "firstpublished",
    "firstpublishedat",
    "firstpublicationdate",
    "originalpublicationdate",
    "posted",
    "postedat",
    "postedon",
    "posteddate",
    "dateposted",
    "postdate",
    "issued",
    "issuedate",
    "dateissued",
    "dcissued",
    "dctermsissued",
    "dcdateissued",
    "released",
    "releasedate",
    "displaydate",
    "sailthrudate",
    "parselypubdate",
    "cxenseparserecspublishtime",
    "btpubdate",
    "citationpublicationdate",
    "citationonlinedate",
    "citationdate",
    "prismpublicationdate",
    "rnewsdatepublished",
    "eprintsdate",
    "sent",
    "senton",
    "itempropdatepublished",
    "publiele",
    "publie",
    "datedepublication",
    "veroffentlicht",
    "veroffentlichtam",
    "erscheinungsdatum",
    "publicado",
    "publicadoel",
    "fechadepublicacion",
    "pubblicato",
    "datapubblicazione",
    "datadepublicacao",
    "опубликовано",
    "датапубликации",
    "yayintarihi",
    "yayimlanmatarihi",
];

const PLAIN: &[&str] = &[
    "date",
    "dated",
    "datetime",
    "dcdate",
    "dctermsdate",
    "day",
    "timestamp",
    "time",
    "ts",
    "articledate",
    "newsdate",
    "storydate",
    "docdate",
    "documentdate",
    "dct",
    "ogdate",
    "pdate",
    "available",
    "dctermsavailable",
    "datum",
    "fecha",
    "data",
    "дата",
    "tarih",
    "tarix",
];

const CREATED: &[&str] = &[
    "created",
    "createdat",
    "createdon",
    "createdtime",
    "createdutc",
    "createddate",
    "datecreated",
    "creationdate",
    "dccreated",
    "dctermscreated",
    "dcdatecreated",
];

const MODIFIED: &[&str] = &[
    "modified",
    "modifiedat",
    "modifieddate",
    "modifiedtime",
    "datemodified",
    "updated",
    "updatedat",
    "updatedon",
    "updatedtime",
    "dateupdated",
    "lastupdated",
    "lastmod",
    "lastmodified",
    "revised",
    "articlemodifiedtime",
    "articlemodified",
    "ogupdatedtime",
    "ogmodifiedtime",
    "dcmodified",
    "dctermsmodified",
    "dcdatemodified",
    "misajour",
    "aktualisiert",
    "actualizado",
    "обновлено",
    "guncelleme",
];

/// What dates of this name mean, if it names a date at all.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    if name.len() > 80 {
        return None;
    }
    let mut squashed = folded(name);
    squashed.retain(char::is_alphanumeric);
    let name = squashed.as_str();
    [
        (PUBLISHED, Meaning::Published),
        (PLAIN, Meaning::Plain),
        (CREATED, Meaning::Created),
        (MODIFIED, Meaning::Modified),
    ]
    .into_iter()
    .find_map(|(names, meaning)| names.contains(&name).then_some(meaning))
}

/// The dateline that a record keeps in a field of its own; if it leaves the year to be known, it is returned.
pub(super) fn dateline(raw: &RawDocument, candidates: &mut Vec<Candidate>) -> Option<YearlessClue> {
    let said = raw.declared.iter().find(|said| said.name.eq_ignore_ascii_case("dateline"))?;
    let value = said.value.get(..LONGEST).unwrap_or(&said.value);
    let (dates, mut partial) = find_dates_and_partial(value);
    if dates.is_empty() && partial.is_empty() {
        // `Bogota, march 4`: only where a dateline is sure to stand is a small word surely the month.
        partial = find_dates_and_partial(&value.to_ascii_uppercase()).1;
    }
    if let Some(found) = dates.first() {
        candidates.push(Candidate::written(found, value, DateRule::Dateline, said.place.clone()));
        return None;
    }
    let found = partial.first()?;
    let written = value.get(found.range.clone()).unwrap_or("").to_string();
    Some(YearlessClue { date: found.date, place: said.place.clone(), written })
}

/// All dates declared, in the order of the file.
pub(super) fn clues(raw: &RawDocument, candidates: &mut Vec<Candidate>) {
    // What pages show comes last, and in numbers that must not crowd out what they declare.
    let shown = |declared: &&Declared| {
        matches!(declared.origin, Origin::TimeElement | Origin::PageHead | Origin::PageLine | Origin::PageText)
    };
    candidates.extend(raw.declared.iter().filter(|declared| !shown(declared)).filter_map(clue).take(MOST));
    candidates.extend(raw.declared.iter().filter(shown).filter_map(clue).take(MOST));
}

fn clue(declared: &Declared) -> Option<Candidate> {
    let rule = match declared.origin {
        Origin::Header => DateRule::Header,
        Origin::FrontMatter => DateRule::FrontMatter,
        Origin::Field => DateRule::Field,
        Origin::Mail => DateRule::Mail,
        Origin::JsonLd => DateRule::JsonLd,
        Origin::Meta => DateRule::Meta,
        Origin::Properties => DateRule::Properties,
        Origin::TimeElement | Origin::PageHead | Origin::PageLine | Origin::PageText => return page::clue(declared),
    };
    let meaning = meaning(&declared.name)?;
    let value = declared.value.trim();
    let Value { date, other, local } = value_date(value)?;
    let shown: String = value.chars().take(60).collect();
    Some(Candidate { meaning, other, local, ..Candidate::new(date, rule, declared.place.clone(), &shown) })
}

/// What a declared value says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) date: Date,
    /// With day and month exchanged, where figures allow both.
    pub(super) other: Option<Date>,
    /// The day before or after, where the time is universal time and it may have been that day where it was written.
    pub(super) local: Option<Date>,
}

/// A declared value as a date: written in any way, or as seconds or milliseconds since 1970.
pub(super) fn value_date(value: &str) -> Option<Value> {
    if value.len() > LONGEST {
        return None;
    }
    if let Ok(date) = value.parse::<Date>() {
        return Some(Value { date, other: None, local: None }).filter(|value| value.date.year() >= 1000);
    }
    let whole = value.split('.').next().unwrap_or(value);
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let shortest = if digits.len() < whole.len() { 7 } else { 9 };
    if digits.len() >= shortest && digits.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = whole.parse().ok()?;
        let seconds = if digits.len() >= 12 { number / 1000 } else { number };
        let date = Date::from_day_number(i32::try_from(seconds.div_euclid(86_400)).ok()?);
        let local = beside(date, seconds.rem_euclid(86_400) / 3600);
        return Some(Value { date, other: None, local }).filter(|_| (1900..2200).contains(&date.year()));
    }
    let found = find_dates(value).into_iter().next()?;
    let local = value.get(found.range.end..).and_then(universal_hour).and_then(|hour| beside(found.date, hour));
    Some(Value { date: found.date, other: found.other, local })
}

/// The hour of a time in universal time that follows a date: `T22:04:00Z`, ` 22:04 +0000`.
fn universal_hour(after: &str) -> Option<i64> {
    let time = after.strip_prefix(['T', 't', ' '])?.trim();
    let zone = ["Z", "z", "+00:00", "+0000", "+00", "GMT", "UTC"].iter().any(|zone| time.ends_with(zone));
    let (hour, rest) = time.split_at_checked(2).filter(|_| zone)?;
    rest.starts_with(':').then(|| hour.parse().ok())?
}

/// The neighbouring day that it may be elsewhere at this hour of universal time, in zones from -8 to +10 hours.
fn beside(date: Date, hour: i64) -> Option<Date> {
    if date.precision() != Precision::Day {
        return None;
    }
    match hour {
        0..=7 => Some(Date::from_day_number(date.first_day() - 1)),
        14..=23 => Some(Date::from_day_number(date.first_day() + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn values_are_read_in_every_form() {
        for (value, date) in [
            ("2023-02-26", "2023-02-26"),
            ("2023-02-26T23:30:00+04:00", "2023-02-26"),
            ("2023-02-26 10:00:00", "2023-02-26"),
            ("Sun, 26 Feb 2023 10:00:00 +0000", "2023-02-26"),
            ("Sunday, February 26, 2023 - 10:30", "2023-02-26"),
            ("26. Februar 2023", "2023-02-26"),
            ("1677405600", "2023-02-26"),
            ("1677405600000", "2023-02-26"),
            ("1677405600.5", "2023-02-26"),
            ("-51926400", "1968-05-10"),
            ("20230226", "2023-02-26"),
            ("1968-05", "1968-05"),
            ("1968", "1968"),
            ("May 1968", "1968-05"),
        ] {
            assert_eq!(value_date(value).unwrap().date.to_string(), date, "{value}");
        }
        for value in ["", "soon", "0", "12", "99999999999999999999", "2 hours ago", "0099"] {
            assert_eq!(value_date(value), None, "{value}");
        }
    }

    #[test]
    fn a_field_may_hold_the_dateline() {
        for (value, date, written) in [
            ("OSLO, March 3 -", "XXXX-03-03", "March 3"),
            ("Bogota, march 4 -", "XXXX-03-04", "march 4"),
            ("OSLO, Oct 20 - Eight months to August 31 -", "XXXX-10-20", "Oct 20"),
        ] {
            let said = Declared {
                origin: Origin::Field,
                name: "dateline".into(),
                value: value.into(),
                place: "field dateline".into(),
            };
            let raw = RawDocument { declared: vec![said], ..RawDocument::default() };
            let found = dateline(&raw, &mut Vec::new()).unwrap();
            assert_eq!((found.date.to_string().as_str(), found.written.as_str()), (date, written), "{value}");
        }
    }

    #[test]
    fn universal_time_allows_for_the_day_beside() {
        for (value, local) in [
            ("2023-02-26T22:04:00Z", Some("2023-02-27")),
            ("2023-02-26T22:04Z", Some("2023-02-27")),
            ("2023-02-26 03:00:00 +0000", Some("2023-02-25")),
            ("Sun, 26 Feb 2023 23:00:00 GMT", Some("2023-02-27")),
            ("1677452400", Some("2023-02-27")),
            ("2023-02-26T12:00:00Z", None),
            ("2023-02-26T23:00:00+01:00", None),
            ("2023-02-26T23:00:00", None),
            ("2023-02-26", None),
        ] {
            let found = value_date(value).unwrap().local.map(|date| date.to_string());
            assert_eq!(found.as_deref(), local, "{value}");
        }
    }

    #[test]
    fn names_are_known_however_they_are_spelt() {
        for (name, expected) in [
            ("article:published_time", Some(Meaning::Published)),
            ("datePublished", Some(Meaning::Published)),
            ("DCTERMS.issued", Some(Meaning::Published)),
            ("Veröffentlicht", Some(Meaning::Published)),
            ("DC.date", Some(Meaning::Plain)),
            ("created_at", Some(Meaning::Created)),
            ("og:updated_time", Some(Meaning::Modified)),
            ("birthDate", None),
            ("dates", None),
        ] {
            assert_eq!(meaning(name), expected, "{name}");
        }
    }
}
