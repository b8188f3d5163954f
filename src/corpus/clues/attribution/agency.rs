//! The agency a text cites: `(Reuters) -`, `/AZERTAC/`, `Trend reports.`, `According to Report, …`

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::newsroom::{is_name, is_newsroom};
use crate::document::SourceRule;

/// The bytes from the beginning of the body in which an agency's mark stands.
const TAG: usize = 300;

/// The bytes of about the first three sentences.
const OPENING: usize = 900;

/// Words that stand before the name of an agency.
const LEADS: &[&str] = &[
    "According to ",
    "according to ",
    "citing ",
    "reported by ",
    "with reference to ",
    "reports with reference to ",
    "told ",
    "Selon ",
    "selon ",
    "Laut ",
    "laut ",
    "nach Angaben von ",
    "Según ",
    "según ",
    "Secondo ",
    "secondo ",
    "Segundo ",
    "сообщает ",
    "передает ",
    "передаёт ",
    "пишет ",
    "сообщили ",
    "ссылкой на ",
    "повідомляє ",
    "передає ",
];

/// Words that stand after it.
const VERBS: &[&str] = &[
    " reports",
    " reported",
    " informs",
    " xəbər verir",
    " məlumat verir",
    " bildirir",
    " rapporte",
    " berichtet",
    " bildirdi",
    " сообщает",
    " передает",
];

/// Signs that may stand before the name of an agency.
const SIGNS: [char; 8] = [',', '.', '\n', '"', '”', '»', ';', ':'];

static CUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let cues: Vec<String> = LEADS.iter().chain(VERBS).map(|cue| regex::escape(cue)).collect();
    Regex::new(&cues.join("|")).ok()
});

/// The agency named in a piece of text that begins where the body does, with the byte of its name.
pub(super) fn find(body: &str) -> Option<(&str, usize, SourceRule)> {
    let tagged = tag(start(body, TAG)).map(|(name, at)| (name, at, SourceRule::AgencyTag));
    tagged.or_else(|| cited(start(body, OPENING)).map(|(name, at)| (name, at, SourceRule::Attribution)))
}

/// The beginning of a text, cut between characters.
fn start(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

fn tag(text: &str) -> Option<(&str, usize)> {
    for (open, sign) in text.match_indices(['(', '/']) {
        let close = if sign == "(" { ')' } else { '/' };
        let inner = text.get(open + 1..)?;
        let Some(length) = inner.find(close).filter(|length| (2..=40).contains(length)) else { continue };
        let (Some(name), Some(after)) = (inner.get(..length), inner.get(length + 1..)) else { continue };
        let line = text.get(..open).unwrap_or("");
        let line = line.rsplit('\n').next().unwrap_or(line);
        if line.len() > 80 || !is_name(name) || name.contains(|c: char| c.is_ascii_digit()) || name.contains('/') {
            continue;
        }
        let led_on = after.trim_start().starts_with(['-', '–', '—', '_']);
        // `AND/OR/IF` is no tag; `. /TASS/. The` is.
        let set_off = line.is_empty() || line.ends_with(char::is_whitespace);
        let closed =
            after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–'));
        let placed = if sign == "(" { led_on } else { set_off && closed };
        // An agency that is not listed must look like one: a short mark in capitals after a place.
        let marked = is_mark(name) && is_place(line) && (led_on || line.trim_end().ends_with(['.', ',']));
        if placed && (is_newsroom(name) || marked) {
            return Some((name.trim(), open + 1));
        }
    }
    None
}

fn is_mark(name: &str) -> bool {
    (2..=12).contains(&name.chars().count()) && name.chars().all(char::is_uppercase)
}

/// Returns whether the text before a mark begins with a word in capitals, as datelines do.
fn is_place(line: &str) -> bool {
    let word = line.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.chars().count() >= 3 && word.chars().all(char::is_uppercase)
}

/// The agency that is cited first.
fn cited(text: &str) -> Option<(&str, usize)> {
    CUES.as_ref()?.find_iter(text).find_map(|cue| match VERBS.contains(&cue.as_str()) {
        // `сообщает ТАСС`, `reports Reuters`
        true => before_verb(text, cue.range())
            .or_else(|| after_lead(text, cue.end() + text.get(cue.end()..)?.find(|c| c != ' ')?)),
        false => after_lead(text, cue.end()),
    })
}

fn after_lead(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..)?;
    let (at, rest) = match rest.strip_prefix("the ") {
        Some(rest) => (at + 4, rest),
        None => (at, rest),
    };
    let end = rest.find([',', '.', '\n', ':', ';', '(']).unwrap_or(rest.len());
    // `day.az` continues behind its point.
    let end = match rest.get(end..)?.strip_prefix('.') {
        Some(after) if after.starts_with(char::is_alphabetic) => {
            end + 1 + after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())
        }
        _ => end,
    };
    let name = trimmed(rest.get(..end)?);
    (is_name(name) && is_newsroom(name)).then_some((name, at))
}

/// The name without the words after it: `Report news agency`, `Trend that`.
fn trimmed(name: &str) -> &str {
    let end = name
        .split_inclusive(' ')
        .take_while(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()))
        .map(str::len)
        .sum();
    name.get(..end).unwrap_or(name).trim().trim_matches(['"', '“', '”', '«', '»'])
}

/// Reads `…, Trend reports.`: between a comma and a stop any single name counts, and elsewhere only that of a newsroom.
fn before_verb(text: &str, verb: Range<usize>) -> Option<(&str, usize)> {
    let before = text.get(..verb.start)?;
    let after = text.get(verb.end..)?;
    if after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (sentence, name) = match before.char_indices().rev().find(|(_, c)| SIGNS.contains(c)) {
        Some((at, sign)) => before.split_at_checked(at + sign.len_utf8())?,
        None => ("", before),
    };
    let name = name.trim();
    let after_comma = sentence.ends_with([',', '”', '"', '»']);
    let stops = after.trim_start().is_empty() || after.starts_with(['.', ',', '\n']) || after.starts_with(" citing");
    let single =
        !name.contains(' ') && name.len() >= 3 && after_comma && stops && text.get(verb.clone()) != Some(" reported");
    (is_name(name) && (single || is_newsroom(name))).then_some((name, verb.start - name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_found_as_they_are_cited() {
        for (text, name, tagged) in [
            ("WASHINGTON, Feb 26 (Reuters) - The town met.", "Reuters", true),
            ("HONOLULU (AP) _ The town met.", "AP", true),
            ("Baku, February 26, 2023 /AZERTAC/. The town met.", "AZERTAC", true),
            ("MOSCOW, February 26. /TASS/. The town met.", "TASS", true),
            ("The town met, Trend reports.", "Trend", false),
            ("The town met, Example reports, citing the mayor.", "Example", false),
            ("The town met.\n\nAccording to Report, the event was held.", "Report", false),
            ("According to the Associated Press, the town met.", "Associated Press", false),
            ("The town met, according to the Example Gazette.", "Example Gazette", false),
            ("Kyodo reported that the town met.", "Kyodo", false),
            ("OSLO, February 26. /EXAMPLE/. The town met.", "EXAMPLE", true),
            ("The town met, day.az says, citing Interfax.", "Interfax", false),
            ("Об этом сообщает ТАСС.", "ТАСС", false),
            ("Die Stadt, laut Reuters, traf sich.", "Reuters", false),
        ] {
            let rule = if tagged { SourceRule::AgencyTag } else { SourceRule::Attribution };
            let found = find(text);
            assert_eq!(found.map(|(name, _, rule)| (name, rule)), Some((name, rule)), "{text}");
            assert!(found.is_some_and(|(name, at, _)| text.get(at..).is_some_and(|rest| rest.starts_with(name))));
        }
    }

    #[test]
    fn other_capitals_are_no_agency() {
        for text in [
            "",
            "According to Biden, the town met.",
            "According to the Ministry of Health, the town met.",
            "Police report that the town met.",
            "He reports. She reports.",
            "The town met, officials reported.",
            "The town met, John Smith reports.",
            "Senator Smith (R-VA) - the town",
            "The town (November 2) - met",
            "YES AND/OR/IF NO",
            "The committee reports.",
            "on 26/02/2023 the town",
            "(CORRECTION) - The town met.",
            "According to the Environmental Protection Agency, the town met.",
            "Prices (YEN PER KILO) - met",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
