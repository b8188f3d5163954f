//! Lines of a web page that tell its date to readers, without markup that says so: `By Ann Example | 26 May 2024`,
//! `Veröffentlicht am 26.05.2024`, `Last edited 2024-05-26 by ann`.

use super::candidate::{Candidate, Meaning};
use super::declared;
use crate::corpus::clues::date_labels::{Label, label_of_word};
use crate::corpus::raw::{Declared, Origin};
use crate::document::DateRule;
use crate::time::{Precision, Written, find_dates_in, folded};

/// The most words beside its date of a line that is about the date alone.
const WORDS: usize = 14;

/// The year of the first web page. An earlier day without a label belongs to the story.
const FIRST_PAGE: i32 = 1991;

/// The words nearest to a date that may tell what it is the date of.
const NEAREST: usize = 8;

/// The date that a line or an element of a page tells.
pub(super) fn clue(declared: &Declared, language: Option<&str>) -> Option<Candidate> {
    let rule = match declared.origin {
        Origin::TimeElement => DateRule::TimeElement,
        Origin::PageHead => DateRule::PageHead,
        Origin::PageLine => DateRule::PageLine,
        _ => DateRule::PageText,
    };
    // The name of a line is the text before it, and that of an element its own name.
    if declared.place.starts_with("line") { line(declared, rule, language) } else { element(declared, rule, language) }
}

fn element(declared: &Declared, rule: DateRule, language: Option<&str>) -> Option<Candidate> {
    let value = declared.value.trim();
    // Away from the headline, teasers and comments are marked as published too.
    let by_class =
        || declared::class_meaning(&declared.name).filter(|said| rule == DateRule::PageHead || *said > Meaning::Plain);
    let named = declared::meaning(&declared.name).or_else(by_class);
    let sentence = value.bytes().filter(u8::is_ascii_alphabetic).count() > 12;
    if sentence {
        let found = told(value, "", usize::MAX, language)?;
        let candidate = Candidate::written(&found.date, value, rule, declared.place.clone());
        return Some(Candidate { meaning: found.said.or(named).unwrap_or(Meaning::Plain), ..candidate });
    }
    let found = declared::value_date(value, language).filter(|_| !is_about_something_else(value))?;
    Some(Candidate { meaning: named.unwrap_or(Meaning::Plain), ..found.candidate(rule, &declared.place, value) })
}

fn line(declared: &Declared, rule: DateRule, language: Option<&str>) -> Option<Candidate> {
    let line = declared.value.as_str();
    let found = told(line, &declared.name, WORDS, language)?;
    // Away from the headline, a line must say what its date is.
    let told = found.said.is_some() || rule == DateRule::PageHead && found.date.date.year() >= FIRST_PAGE;
    let rule = if told { rule } else { DateRule::PageText };
    let candidate = Candidate::written(&found.date, line, rule, declared.place.clone());
    Some(Candidate { meaning: found.said.unwrap_or(Meaning::Plain), ..candidate })
}

struct Told {
    date: Written,
    /// The event that the words beside the date name.
    said: Option<Meaning>,
}

/// The date that a line is about, if it is about one. A date explicitly of publication comes first.
fn told(line: &str, label: &str, most: usize, language: Option<&str>) -> Option<Told> {
    let dates = find_dates_in(line, language);
    let count = dates.len();
    if count == 0 || count > 3 || is_about_something_else(line) || is_about_something_else(label) {
        return None;
    }
    let mut best: Option<Told> = None;
    let mut end = 0;
    for (at, date) in dates.into_iter().enumerate() {
        let before = line.get(end..date.range.start).unwrap_or("");
        end = date.range.end;
        let mut said = nearest(before).or_else(|| if at == 0 { nearest(label) } else { None });
        if said.is_none() && count == 1 {
            // `wurde am 26. Mai 2024 von Ann veröffentlicht`
            said = following(line.get(end..).unwrap_or(""));
        }
        let month = date.date.precision() != Precision::Day;
        if month || said.is_none() && !is_brief(line, date.range.len(), most) {
            continue;
        }
        let rank = |said: Option<Meaning>| said.unwrap_or(Meaning::Plain);
        if best.as_ref().is_none_or(|best| rank(said) < rank(best.said)) {
            best = Some(Told { date, said });
        }
    }
    best
}

/// Returns whether so few words stand beside the date that the line is about it.
fn is_brief(line: &str, date: usize, most: usize) -> bool {
    if most == usize::MAX {
        return true;
    }
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).count();
    let sentence = line.ends_with(['.', '!', '?', '…']) && words > 8;
    words <= most && line.len() <= date + 110 && !sentence
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn nearest(before: &str) -> Option<Meaning> {
    words(before).rev().take(NEAREST).find_map(word)
}

fn following(after: &str) -> Option<Meaning> {
    words(after).take(12).find_map(word)
}

/// The meaning of a word beside a date.
fn word(word: &str) -> Option<Meaning> {
    if word.len() > 40 {
        return None;
    }
    let label = label_of_word(word)?;
    // In a sentence, anything may be released or sent.
    matches!(label, Label::Published | Label::Modified).then(|| declared::of_label(label))
}

/// Returns whether the words say that their date is not that of the page: a copyright, the clock of a forum, since when
/// somebody is a member, by when somebody must apply.
pub(super) fn is_about_something_else(line: &str) -> bool {
    if line.contains(['©', '†']) || line.to_ascii_lowercase().contains("(c)") {
        return true;
    }
    let mut before = String::new();
    for word in words(line).take(40).filter(|word| word.len() <= 40) {
        let word = folded(word);
        let pair = |first: &str, second: &str| before == first && word == second;
        let alone = matches!(
            word.as_str(),
            "copyright"
                | "joined"
                | "registered"
                | "registriert"
                | "mitglied"
                | "member"
                | "currently"
                | "expires"
                | "deadline"
                | "einsendeschluss"
                | "bewerbungsschluss"
                | "anmeldeschluss"
                | "geboren"
                | "born"
                | "abgerufen"
                | "retrieved"
                | "accessed"
                | "crawled"
                | "зарегистрирован"
                | "inscrit"
                | "beitritt"
        );
        if alone
            || pair("aktuelle", "zeit")
            || pair("current", "time")
            || pair("aktuelles", "datum")
            || pair("heute", "ist")
            || pair("today", "is")
            || pair("dabei", "seit")
            || pair("letzter", "besuch")
            || pair("last", "visit")
            || pair("last", "visited")
        {
            return true;
        }
        before = word;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(label: &str, line: &str, place: &str) -> String {
        let origin = if place.ends_with("headline") { Origin::PageHead } else { Origin::PageLine };
        let declared = Declared { origin, name: label.into(), value: line.into(), place: place.into() };
        clue(&declared, None)
            .map_or_else(String::new, |found| format!("{:?} {:?} {}", found.clue.rule, found.meaning, found.clue.date))
    }

    #[test]
    fn lines_tell_a_date_and_what_it_is_of() {
        for (label, line, expected) in [
            ("", "By Ann Example | 26 May 2024", "PageText Plain 2024-05-26"),
            ("", "Posted on 26 May 2024 by Ann", "PageLine Published 2024-05-26"),
            ("Mise en ligne", "26 mai 2024", "PageLine Published 2024-05-26"),
            (
                "",
                "Dieser Beitrag wurde am 26. Mai 2024 um 10:30 von Ann veröffentlicht",
                "PageLine Published 2024-05-26",
            ),
            ("", "Posted 26 May 2024, updated 28 May 2024", "PageLine Published 2024-05-26"),
            ("", "Updated 28 May 2024, posted 26 May 2024", "PageLine Published 2024-05-26"),
            ("Letzte Änderung:", "26.05.2024 um 09:25", "PageLine Modified 2024-05-26"),
            ("", "Diese Seite wurde zuletzt am 26. Mai 2024 um 13:22 Uhr geändert.", "PageLine Modified 2024-05-26"),
            ("", "© 26 May 2024 Example", ""),
            ("", "Aktuelle Zeit: 26. Mai 2024, 12:18", ""),
            ("", "It is currently 26 May 2024, 12:18", ""),
            ("", "Joined: 26 May 2024", ""),
            ("", "May 2024", ""),
            ("", "In the night of 26 May 2024 the wind rose and took the roof off the old boathouse by the pier.", ""),
        ] {
            assert_eq!(of(label, line, "line of the page"), expected, "{label} {line}");
        }
        assert_eq!(of("", "Ann, 26.05.2024", "line beside the headline"), "PageHead Plain 2024-05-26");
    }
}
