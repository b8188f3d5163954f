//! The place and day that open a news story: `OSLO, Norway, February 26.`, `PARIS, 26 fév 2023 (AFP) -`.

use crate::time::{folded, weekday_number};

/// The longest place before the day, in bytes.
const LONGEST_PLACE: usize = 70;

/// Returns whether a day between these two pieces of a segment is that of a dateline.
pub(super) fn is_dateline(before: &str, after: &str) -> bool {
    match place(before) {
        Some(Place::Shouted) => leads_on(after).is_some(),
        Some(Place::Plain | Place::Unparted) => leads_on(after) == Some(Lead::Strong),
        None => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In capitals, as datelines are set.
    Shouted,
    Plain,
    /// In capitals, but with no sign after it: `OSLO March 3 -`.
    Unparted,
}

/// The place before the day: a few names, set off by a sign.
fn place(before: &str) -> Option<Place> {
    let before = before.trim_start_matches(['*', '_', '#', '>', '(', '[', ' ', '/']).trim_end();
    let names = before.trim_end_matches([',', '.', '-', '–', '—', ':', ' ', '/', ')', '(']);
    if names.is_empty() || before.len() > LONGEST_PLACE {
        return None;
    }
    let mut count = 0;
    let (mut shouted, mut capitals) = (false, false);
    for word in names.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')' | '-' | '–' | '—')) {
        let word = word.trim_matches(['.', '*', '_']);
        let Some(first) = word.chars().next() else { continue };
        if weekday_number(word).is_some() {
            continue;
        }
        if count < 2 && !word.chars().any(char::is_lowercase) {
            // `OSLO`, `EL PASO`
            shouted |= word.chars().count() >= 3 && (count == 0 || capitals);
            capitals = count == 0;
        }
        if count == 0 {
            // `EL PASO` is a name, and `El 26 de febrero` is none.
            let name = matches!(word, "EL" | "LE" | "IL" | "AM") && names.contains(' ');
            if opens_a_sentence(word) && !name {
                return None;
            }
        } else if !first.is_uppercase() && !is_particle(word) {
            return None;
        }
        if !first.is_alphabetic() || count == 0 && !first.is_uppercase() {
            return None;
        }
        count += 1;
    }
    let set_off = names.len() < before.len();
    match (count, shouted) {
        (1..=7, true) if set_off => Some(Place::Shouted),
        (1..=3, true) => Some(Place::Unparted),
        (1..=4, false) if set_off => Some(Place::Plain),
        _ => None,
    }
}

fn opens_a_sentence(word: &str) -> bool {
    matches!(
        folded(word).as_str(),
        "on" | "in"
            | "by"
            | "at"
            | "from"
            | "since"
            | "until"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "last"
            | "this"
            | "born"
            | "died"
            | "le"
            | "am"
            | "im"
            | "el"
            | "il"
            | "в"
            | "с"
            | "до"
            | "contact"
            | "call"
            | "copyright"
            | "updated"
            | "posted"
            | "published"
            | "date"
            | "deadline"
            | "when"
            | "dear"
            | "source"
            | "photo"
    )
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "de"
            | "la"
            | "le"
            | "les"
            | "du"
            | "des"
            | "da"
            | "do"
            | "del"
            | "am"
            | "an"
            | "der"
            | "upon"
            | "on"
            | "sur"
            | "en"
            | "и"
            | "на"
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// A dash, or an agency between strokes or brackets.
    Strong,
    /// A full stop or a colon.
    Weak,
}

/// The sign with which a dateline leads on to its story.
fn leads_on(after: &str) -> Option<Lead> {
    let after = after.trim_start_matches(['г', ' ', '\u{a0}']);
    let mut chars = after.chars();
    match chars.next()? {
        '–' | '—' | '_' => Some(Lead::Strong),
        '-' if !chars.next()?.is_alphanumeric() => Some(Lead::Strong),
        '/' | '(' => agency(after).map(|_| Lead::Strong),
        // `Baku, February 26, AZERTAC`, `MOSCOW, February 26. /TASS/`
        ',' | '.' => {
            let rest = chars.as_str().trim_start_matches(['.', ' ', '\u{a0}']);
            let marked = rest.starts_with(['/', '(', '–', '—', '-', '_']) && leads_on(rest).is_some();
            let stop = after.starts_with('.') && (rest.len() < chars.as_str().len() || rest.is_empty());
            if marked || shouted_agency(rest) { Some(Lead::Strong) } else { stop.then_some(Lead::Weak) }
        }
        ':' => Some(Lead::Weak),
        _ => None,
    }
}

/// Returns whether a name in capitals stands alone before a sign: `AZERTAC.`, `KAZINFORM -`.
fn shouted_agency(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_uppercase()).unwrap_or(rest.len());
    let signs = rest.get(end..).unwrap_or("").trim_start();
    rest.get(..end).is_some_and(|name| (3..=20).contains(&name.chars().count()))
        && (signs.is_empty() || signs.starts_with(['.', ',', '-', '–', '—', ':']))
}

/// The name between strokes or brackets at the beginning: `/AZERTAC/`, `(Reuters)`.
fn agency(text: &str) -> Option<&str> {
    let close = if text.starts_with('(') { ')' } else { '/' };
    let inner = text.get(1..)?;
    let name = inner.get(..inner.find(close)?)?.trim();
    let capital = name.chars().next()?.is_uppercase();
    // `(dpa) -`, `(dpa/lno) –`
    let small = || {
        let after = inner.get(inner.find(close)? + 1..)?.trim_start();
        let letters = name.chars().all(|c| c.is_lowercase() || c == '/');
        (letters && (2..=10).contains(&name.len()) && after.starts_with(['-', '–', '—'])).then_some(())
    };
    ((capital || small().is_some()) && name.len() <= 40 && name.split_whitespace().count() <= 4).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_signs_make_a_dateline() {
        for (before, after) in [
            ("OSLO, Norway, ", ". The town met"),
            ("LISBON, ", " - The town met"),
            ("WASHINGTON, ", " (Reuters) - The"),
            ("PARIS, ", " (AFP) -"),
            ("MOSCOW, ", ". /TASS/. The"),
            ("Baku, ", ", AZERTAC. The"),
            ("Kyiv, ", " (UNIAN) – The"),
            ("Baku, ", " /AZERTAC/ The"),
            ("МОСКВА, ", " — РИА Новости. В"),
            ("NEW YORK, Sunday, ", " -- The"),
            ("EL PASO, Texas, ", " - The"),
            ("OSLO ", " - The"),
            ("SAINT-MALO (France), ", " – Le"),
            ("**LONDON**, ", " - The"),
            ("BAKU. ", ". KAZINFORM - The"),
            ("Berlin, ", " (dpa) - Der"),
            ("Wien, ", " (apa/dpa) – Der"),
            ("Paris, ", " (afp) - Le"),
        ] {
            assert!(is_dateline(before, after), "{before}…{after}");
        }
    }

    #[test]
    fn sentences_are_no_dateline() {
        for (before, after) in [
            ("On ", ", the town remembers"),
            ("Baku, ", ". The mission"),
            ("Baku, ", ", the town"),
            ("", ". The mission"),
            ("The town was taken on ", " - by night"),
            ("Today, ", " - the town"),
            ("Contact: ", " (AFP)"),
            ("BAKU, ", " the town"),
            ("Baku, ", " (then) the town"),
            ("OSLO ", ". The town"),
            ("A ", " - The"),
            ("BAKU, which fell on ", ". The"),
            ("Press release, Baku, by the Office of the Mayor, ", " - The"),
        ] {
            assert!(!is_dateline(before, after), "{before}…{after}");
        }
    }
}
