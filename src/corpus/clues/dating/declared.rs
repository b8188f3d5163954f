//! What the name of a declared date means, and what its value says.

use super::candidate::Meaning;
use crate::time::{Date, Precision, find_dates, folded};

/// A declared date is written within so many bytes.
pub(super) const LONGEST: usize = 120;

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
