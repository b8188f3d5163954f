//! Declared dates: the meaning of their names, and the date of their values.

use super::candidate::{Candidate, Meaning};
use crate::corpus::clues::date_labels::{Label, label_of_phrase};
use crate::document::DateRule;
use crate::time::{Calendar, Date, Precision, catalogue_date, find_dates_in, folded};

/// The bytes within which a declared date is written.
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
    "datepublish",
    "publishedtimestamp",
    "publishtimestamp",
    "publicationdatetime",
    "datetimepublished",
    "pubdatetime",
    "articlepublicationdate",
    "articlepublishtime",
    "articlepubdate",
    "ogarticlepublished",
    "ogpublished",
    "vrpublishedtime",
    "twtpublishedat",
    "dcsextarticlefirstpublished",
    "mediatorpublishedtime",
    "shareaholicarticlepublishedtime",
    "bepresscitationdate",
    "bepresscitationonlinedate",
    "cxenseparsepublishtime",
    "articleoriginalpublicationdate",
    "dateoriginal",
    "originaldate",
    "livedate",
    "contentpublisheddate",
    "onlinedate",
    "dateonline",
    "rbpubdate",
    "dcdatepublished",
    "dctermspublished",
    "articledateoriginal",
    "publicationtimestamp",
    "newspublisheddate",
    "articlefirstpublished",
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
    "contentdate",
    "parselydate",
    "articledatetime",
    "analyticsattributesarticledate",
    "dctermsdatetime",
    "pagedate",
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
    "creationdatetime",
    "articlecreated",
    "articlecreatedtime",
    "dccreateddate",
    "datecreation",
    "createdtimestamp",
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
    "articleupdated",
    "articleupdatedtime",
    "articlemodifieddate",
    "ogarticlemodifiedtime",
    "datelastmodified",
    "lastupdate",
    "lastupdatedate",
    "revisiondate",
    "moddate",
    "dateupdate",
    "datemodify",
    "updatetime",
    "updatedate",
    "modificationdate",
    "modifydate",
    "pagelastmod",
    "modifiedon",
    "lastmodifieddate",
];

/// The meaning of dates with this name. None if it is no name of a date.
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

/// The meaning of the words before a date, in any language: `Gesendet`, `Data publikacji`.
pub(super) fn label_meaning(label: &str) -> Option<Meaning> {
    label_of_phrase(label).map(of_label)
}

/// The meaning of a label.
pub(super) fn of_label(label: Label) -> Meaning {
    match label {
        Label::Published | Label::Sent => Meaning::Published,
        Label::Modified => Meaning::Modified,
        Label::Date | Label::Particle => Meaning::Plain,
    }
}

/// The meaning of a class or id for the date in its element: `time.entry-date published`, `class.date-modified`. If it
/// names both, the date is that of publication, and nothing changed since.
pub(super) fn class_meaning(name: &str) -> Option<Meaning> {
    let (_, classes) = name.split_once('.')?;
    let mut said: Option<Meaning> = None;
    for word in class_words(classes) {
        let meaning = match word.as_str() {
            "published" | "publish" | "publishdate" | "publication" | "pubdate" | "pubtime" | "posted" | "postdate"
            | "datepublished" | "issued" | "released" | "dtpublished" | "publishing" | "erscheinungsdatum"
            | "publie" => Meaning::Published,
            "updated" | "update" | "upd" | "modified" | "modification" | "mod" | "edited" | "edit" | "revised"
            | "changed" | "lastmod" | "lastmodified" | "datemodified" | "dateupdated" | "lastupdated"
            | "aktualisiert" | "actualizado" => Meaning::Modified,
            "created" | "datecreated" => Meaning::Created,
            _ => continue,
        };
        said = Some(said.map_or(meaning, |before| before.min(meaning)));
    }
    said
}

/// The words of classes in lower case: `postDate` and `post-date` have two.
fn class_words(classes: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in classes.chars() {
        if !c.is_alphanumeric() || small && c.is_uppercase() {
            words.push(String::new());
        }
        small = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// The date of a declared value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) date: Date,
    /// Set if its writer was not sure.
    pub(super) uncertain: bool,
    pub(super) calendar: Calendar,
    /// The date a hundred years earlier, if the year has two digits.
    pub(super) century_before: Option<Date>,
    /// The date with day and month swapped, if the figures allow both readings.
    pub(super) other: Option<Date>,
    /// For a time in universal time, the day before or after that it may have been where it was written.
    pub(super) local: Option<Date>,
}

impl Value {
    fn of(date: Date) -> Value {
        let calendar = Calendar::Gregorian;
        Value { date, uncertain: false, calendar, century_before: None, other: None, local: None }
    }

    /// A clue with this date. Its place names the calendar that the date was written in.
    pub(super) fn candidate(&self, rule: DateRule, place: &str, written: &str) -> Candidate {
        let place = match self.calendar.name() {
            Some(calendar) => format!("{place}, {calendar}"),
            None => place.to_owned(),
        };
        let mut candidate = Candidate::new(self.date, rule, place, written);
        candidate.clue.uncertain = self.uncertain;
        let Value { other, local, century_before, .. } = *self;
        Candidate { other, local, century_before, ..candidate }
    }
}

/// Reads a declared value as a date: written in any way of its language, or as seconds or milliseconds since 1970.
pub(super) fn value_date(value: &str, language: Option<&str>) -> Option<Value> {
    if value.len() > LONGEST {
        return None;
    }
    if let Ok(date) = value.parse::<Date>() {
        let whole = date.precision() != Precision::Year && date.year() >= 100;
        return Some(Value::of(date)).filter(|_| whole || date.year() >= 1000);
    }
    if let Some(told) = catalogue_date(value) {
        return Some(Value { uncertain: told.uncertain, ..Value::of(told.date) });
    }
    if let Some((begin, end)) = ends_of(value) {
        // A range is no day: it says what its ends share.
        return shared(begin, end).map(Value::of);
    }
    let whole = value.split('.').next().unwrap_or(value);
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let shortest = if digits.len() < whole.len() { 7 } else { 9 };
    if digits.len() >= shortest && digits.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = whole.parse().ok()?;
        let seconds = if digits.len() >= 12 { number / 1000 } else { number };
        let date = Date::from_day_number(i32::try_from(seconds.div_euclid(86_400)).ok()?);
        let local = beside(date, seconds.rem_euclid(86_400) / 3600);
        return Some(Value { local, ..Value::of(date) }).filter(|_| (1900..2200).contains(&date.year()));
    }
    let found = find_dates_in(value, language).into_iter().next()?;
    let local = value.get(found.range.end..).and_then(universal_hour).and_then(|hour| beside(found.date, hour));
    let (other, calendar, century_before) = (found.other, found.calendar, found.century_before);
    Some(Value { uncertain: found.misread, calendar, century_before, other, local, ..Value::of(found.date) })
}

/// The two ends of a range: `1896-04-01/1896-04-07`, `1896-1897`, `1896-04 – 1896-06`.
fn ends_of(value: &str) -> Option<(Date, Date)> {
    let end = |text: &str| text.trim().parse::<Date>().ok().filter(|date| date.year() >= 1000);
    let parted = ["/", "--", "–", "—", " - ", "-"].into_iter().find_map(|sign| {
        let (begin, rest) = value.split_once(sign)?;
        Some((end(begin)?, end(rest)?))
    });
    parted.filter(|(begin, end)| begin.first_day() < end.first_day())
}

/// The month or the year in which two days, months or years lie. None where they share none.
fn shared(begin: Date, end: Date) -> Option<Date> {
    let year = Some(begin.year()).filter(|year| *year == end.year())?;
    let is_year = |date: Date| date.precision() == Precision::Year;
    match (begin.month(), end.month()) {
        (Some(month), Some(other)) if month == other && !is_year(begin) => Date::from_ym(year, month).ok(),
        _ => Date::from_year(year).ok(),
    }
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
            ("0800-12-25", "0800-12-25"),
            ("[1920]", "1920"),
            ("c. 1723", "1723"),
            ("2004-06-XX", "2004-06"),
            ("17 Jul 99 08:00 GMT", "1999-07-17"),
            ("1896-04-01/1896-04-07", "1896-04"),
            ("1896-04-01--1896-06-07", "1896"),
            ("1896-04 – 1896-06", "1896"),
            ("1896/97", "1896"),
        ] {
            assert_eq!(value_date(value, None).unwrap().date.to_string(), date, "{value}");
        }
        for value in ["", "soon", "0", "12", "99999999999999999999", "2 hours ago", "0099"] {
            assert_eq!(value_date(value, None), None, "{value}");
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
            let found = value_date(value, None).unwrap().local.map(|date| date.to_string());
            assert_eq!(found.as_deref(), local, "{value}");
        }
    }

    #[test]
    fn classes_say_what_their_date_is_of() {
        for (name, expected) in [
            ("time.updated", Some(Meaning::Modified)),
            ("time.entry-date published", Some(Meaning::Published)),
            ("time.entry-date published updated", Some(Meaning::Published)),
            ("time.modified-date", Some(Meaning::Modified)),
            ("class.date-updated", Some(Meaning::Modified)),
            ("class.lastUpdated", Some(Meaning::Modified)),
            ("id.dateModified", Some(Meaning::Modified)),
            ("class.date-created", Some(Meaning::Created)),
            ("time.post-date", None),
            ("time.candidate", None),
            ("time", None),
        ] {
            assert_eq!(class_meaning(name), expected, "{name}");
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
