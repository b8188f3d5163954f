//! Dates that a document declares of itself: headers, front matter, fields, JSON-LD, meta tags, `<time>` elements.

use super::candidate::{Candidate, Meaning};
use super::page;
use crate::corpus::document::DateRule;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::time::{Date, find_dates, folded};

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

/// All dates declared, in the order of the file.
pub(super) fn clues(raw: &RawDocument, candidates: &mut Vec<Candidate>) {
    let shown = |declared: &&Declared| matches!(declared.origin, Origin::PageLine | Origin::PageText);
    candidates.extend(raw.declared.iter().filter(|declared| !shown(declared)).filter_map(clue).take(MOST));
    candidates.extend(raw.declared.iter().filter(shown).filter_map(page::clue).take(MOST));
}

fn clue(declared: &Declared) -> Option<Candidate> {
    let rule = match declared.origin {
        Origin::Header => DateRule::Header,
        Origin::FrontMatter => DateRule::FrontMatter,
        Origin::Field => DateRule::Field,
        Origin::Mail => DateRule::Mail,
        Origin::JsonLd => DateRule::JsonLd,
        Origin::Meta => DateRule::Meta,
        Origin::TimeElement => DateRule::TimeElement,
        Origin::PageLine => DateRule::PageLine,
        Origin::PageText => DateRule::PageText,
        Origin::Properties => DateRule::Properties,
    };
    let meaning = match meaning(&declared.name) {
        Some(meaning) => meaning,
        // Such an element is about a date, whatever the format reader calls it.
        None if declared.origin == Origin::TimeElement => Meaning::Plain,
        None => return None,
    };
    let value = declared.value.trim();
    if declared.origin == Origin::TimeElement && page::is_about_something_else(value) {
        return None;
    }
    let (date, other) = value_date(value)?;
    let shown: String = value.chars().take(60).collect();
    Some(Candidate { meaning, other, ..Candidate::new(date, rule, declared.place.clone(), &shown) })
}

/// A declared value as a date: written in any way, or as seconds or milliseconds since 1970.
fn value_date(value: &str) -> Option<(Date, Option<Date>)> {
    if value.len() > LONGEST {
        return None;
    }
    if let Ok(date) = value.parse::<Date>() {
        return Some((date, None)).filter(|(date, _)| date.year() >= 1000);
    }
    let whole = value.split('.').next().unwrap_or(value);
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let shortest = if digits.len() < whole.len() { 7 } else { 9 };
    if digits.len() >= shortest && digits.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = whole.parse().ok()?;
        let seconds = if digits.len() >= 12 { number / 1000 } else { number };
        let day = i32::try_from(seconds.div_euclid(86_400)).ok()?;
        return Some((Date::from_day_number(day), None)).filter(|(date, _)| (1900..2200).contains(&date.year()));
    }
    find_dates(value).into_iter().next().map(|found| (found.date, found.other))
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
            assert_eq!(value_date(value).unwrap().0.to_string(), date, "{value}");
        }
        for value in ["", "soon", "0", "12", "99999999999999999999", "2 hours ago", "0099"] {
            assert_eq!(value_date(value), None, "{value}");
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
