//! Dates that a document declares of itself: headers, front matter, fields, JSON-LD, meta tags, `<time>` elements.

use super::candidate::Candidate;
use super::declared::{LONGEST, label_meaning, meaning, value_date};
use super::page;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::{DateRule, YearlessClue};
use crate::time::find_dates_and_partial;

/// The most declared dates that are weighed. No serious document has more.
const MOST: usize = 64;

/// The dateline that a record keeps in a field of its own. If it has no year, it is returned instead of added.
pub(super) fn dateline(
    raw: &RawDocument,
    language: Option<&str>,
    candidates: &mut Vec<Candidate>,
) -> Option<YearlessClue> {
    let said = raw.declared.iter().find(|said| said.name.eq_ignore_ascii_case("dateline"))?;
    let value = said.value.get(..LONGEST).unwrap_or(&said.value);
    let (dates, mut partial) = find_dates_and_partial(value, language);
    if dates.is_empty() && partial.is_empty() {
        // In `Bogota, march 4`, a small word is certainly the month only because this field certainly is a dateline.
        partial = find_dates_and_partial(&value.to_ascii_uppercase(), language).1;
    }
    if let Some(found) = dates.first() {
        candidates.push(Candidate::written(found, value, DateRule::Dateline, said.place.clone()));
        return None;
    }
    let found = partial.first()?;
    let written = value.get(found.range.clone()).unwrap_or("").to_string();
    Some(YearlessClue { date: found.date, place: said.place.clone(), written })
}

/// Adds all declared dates, in the order of the file.
pub(super) fn clues(raw: &RawDocument, language: Option<&str>, candidates: &mut Vec<Candidate>) {
    let clue = |declared: &Declared| clue(declared, language);
    // Dates that pages show come last, and in numbers that must not crowd out declared ones.
    let shown = |declared: &&Declared| {
        matches!(declared.origin, Origin::TimeElement | Origin::PageHead | Origin::PageLine | Origin::PageText)
    };
    candidates.extend(raw.declared.iter().filter(|declared| !shown(declared)).filter_map(clue).take(MOST));
    candidates.extend(raw.declared.iter().filter(shown).filter_map(clue).take(MOST));
}

fn clue(declared: &Declared, language: Option<&str>) -> Option<Candidate> {
    let rule = match declared.origin {
        Origin::Sidecar => DateRule::Sidecar,
        Origin::Header => DateRule::Header,
        Origin::FrontMatter => DateRule::FrontMatter,
        Origin::Field => DateRule::Field,
        Origin::Mail => DateRule::Mail,
        Origin::JsonLd => DateRule::JsonLd,
        Origin::Meta => DateRule::Meta,
        Origin::Properties => DateRule::Properties,
        Origin::TimeElement | Origin::PageHead | Origin::PageLine | Origin::PageText => {
            return page::clue(declared, language);
        }
    };
    let labelled = || if declared.origin == Origin::Header { label_meaning(&declared.name) } else { None };
    let meaning = meaning(&declared.name).or_else(labelled)?;
    let value = declared.value.trim();
    let said = value_date(value, language)?;
    let shown: String = value.chars().take(60).collect();
    Some(Candidate { meaning, ..said.candidate(rule, &declared.place, &shown) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
            let found = dateline(&raw, None, &mut Vec::new()).unwrap();
            assert_eq!((found.date.to_string().as_str(), found.written.as_str()), (date, written), "{value}");
        }
    }
}
