//! The agency a text cites: `(Reuters) -`, `/AZERTAC/`, `Trend reports.`, `According to Report, …`

use super::newsroom::{is_name, is_newsroom};
use crate::corpus::document::SourceRule;

/// An agency's mark stands within so many bytes of the body's beginning.
const TAG: usize = 300;

/// The first three sentences or so, in bytes.
const OPENING: usize = 900;

/// Words before the name of the agency.
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

/// Words after it.
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

/// The agency named in a piece of text that begins where the body does, with the byte at which its name stands.
pub(super) fn find(body: &str) -> Option<(&str, usize, SourceRule)> {
    let tagged = tag(start(body, TAG)).map(|(name, at)| (name, at, SourceRule::AgencyTag));
    tagged.or_else(|| cited(start(body, OPENING)).map(|(name, at)| (name, at, SourceRule::Attribution)))
}

/// The first bytes of a text, never half a character.
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
        let wide = name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        if sign == "(" && led_on && !name.contains('-')
            || sign == "/" && set_off && closed && (led_on || is_shouted(name)) && wide
        {
            return Some((name.trim(), open + 1));
        }
    }
    None
}

fn is_shouted(name: &str) -> bool {
    !name.contains(char::is_lowercase) || is_newsroom(name)
}

/// The agency that comes first among all that are cited.
fn cited(text: &str) -> Option<(&str, usize)> {
    let led = LEADS.iter().filter_map(|lead| {
        let at = text.find(lead)? + lead.len();
        let rest = text.get(at..)?;
        let (at, rest) = match rest.strip_prefix("the ") {
            Some(rest) => (at + 4, rest),
            None => (at, rest),
        };
        let end = rest.find([',', '.', '\n', ':', ';', '(']).unwrap_or(rest.len());
        // `day.az` goes on after its point.
        let end = match rest.get(end..)?.strip_prefix('.') {
            Some(after) if after.starts_with(char::is_alphabetic) => {
                end + 1 + after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())
            }
            _ => end,
        };
        let name = trimmed(rest.get(..end)?);
        (is_name(name) && is_newsroom(name)).then_some((name, at))
    });
    let followed = VERBS.iter().filter_map(|verb| before_verb(text, verb));
    led.chain(followed).min_by_key(|(_, at)| *at)
}

/// Without what goes on after the name: `Report news agency`, `Trend that`.
fn trimmed(name: &str) -> &str {
    let end = name
        .split_inclusive(' ')
        .take_while(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()))
        .map(str::len)
        .sum();
    name.get(..end).unwrap_or(name).trim().trim_matches(['"', '“', '”', '«', '»'])
}

/// `…, Trend reports.`: after a comma and before a stop any single name counts, elsewhere it must be a newsroom's.
fn before_verb<'a>(text: &'a str, verb: &str) -> Option<(&'a str, usize)> {
    text.match_indices(verb).find_map(|(at, _)| {
        let before = text.get(..at)?;
        let after = text.get(at + verb.len()..)?;
        if after.starts_with(char::is_alphanumeric) {
            return None;
        }
        let from = before.rfind([',', '.', '\n', '"', '”', '»', ';', ':']).map_or(0, |sign| sign + 1);
        let from = before.char_indices().find(|(start, _)| *start >= from).map_or(at, |(start, _)| start);
        let name = before.get(from..)?.trim().trim_start_matches(['”', '»']).trim();
        let after_comma = before.get(..from)?.trim_end().ends_with([',', '”', '"', '»']);
        let stops =
            after.trim_start().is_empty() || after.starts_with(['.', ',', '\n']) || after.starts_with(" citing");
        let single = !name.contains(' ') && name.len() >= 3 && after_comma && stops;
        (is_name(name) && (single || is_newsroom(name))).then_some((name, at - name.len()))
    })
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
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
