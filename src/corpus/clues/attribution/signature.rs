//! The office that signs a release: the lines right above the date at its foot.

use crate::corpus::clues::head_and_foot::Segment;
use crate::time::{find_dates, folded};

/// Words that the name of nearly every signing office has one of.
const OFFICES: &[&str] = &[
    "embassy",
    "consulate",
    "ministry",
    "mission",
    "delegation",
    "office",
    "department",
    "secretariat",
    "committee",
    "commission",
    "council",
    "parliament",
    "government",
    "agency",
    "service",
    "bureau",
    "union",
    "federation",
    "association",
    "foundation",
    "institute",
    "university",
    "society",
    "club",
    "party",
    "centre",
    "center",
    "organization",
    "organisation",
    "board",
    "chamber",
    "company",
    "ambassade",
    "consulat",
    "ministere",
    "bureau",
    "comite",
    "conseil",
    "syndicat",
    "botschaft",
    "konsulat",
    "ministerium",
    "amt",
    "ausschuss",
    "verein",
    "verband",
    "embajada",
    "consulado",
    "ministerio",
    "oficina",
    "comite",
    "consejo",
    "ambasciata",
    "ministero",
    "посольство",
    "консульство",
    "министерство",
    "комитет",
    "совет",
    "пресс-служба",
    "союз",
    "міністерство",
    "buyukelciligi",
    "bakanligi",
    "sefirliyi",
    "nazirliyi",
    "ambasada",
];

/// The signing office, and the byte of its name.
pub(super) fn find<'a>(segments: &[Segment<'a>], text: &str) -> Option<(&'a str, usize)> {
    let last = segments.len().saturating_sub(3);
    let at = (last..segments.len()).rev().find(|at| segments.get(*at).is_some_and(is_date))?;
    let mut below = segments.get(at)?;
    let mut office = None;
    for segment in segments.get(..at)?.iter().rev().take(4) {
        let gap = text.get(segment.range().end..below.start).unwrap_or("");
        let plain = segment.text.trim_matches(['*', '_', '#', '>', '-', '–', '—', ' ']).trim();
        if gap.matches('\n').count() != 1 || plain.len() > 80 || plain.ends_with(['.', '!', '?', ':', ';', ',']) {
            break;
        }
        if is_office(plain) {
            office = Some((plain, segment.start + segment.text.find(plain).unwrap_or(0)));
        }
        below = segment;
    }
    office
}

/// Returns whether the line is a date with hardly anything else.
fn is_date(segment: &Segment) -> bool {
    segment.text.len() <= 80
        && !segment.text.ends_with('.')
        && find_dates(segment.text).first().is_some_and(|found| segment.text.len() - found.range.len() <= 24)
}

/// Returns whether the line is the name of an office. A name has capitals in all words but those that link names, and
/// one of its words is an office's.
fn is_office(line: &str) -> bool {
    const LINKS: [&str; 24] = [
        "of", "the", "for", "and", "in", "to", "on", "de", "la", "le", "les", "du", "des", "del", "y", "et", "der",
        "des", "von", "für", "und", "по", "и", "в",
    ];
    let mut words = line.split_whitespace();
    let capital = |word: &str| word.trim_start_matches(['(', '"', '“', '«']).starts_with(char::is_uppercase);
    let named = words.next().is_some_and(capital) && words.all(|word| capital(word) || LINKS.contains(&word));
    let folded = folded(line);
    named && folded.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| OFFICES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::clues::head_and_foot;

    #[test]
    fn the_office_above_the_foot_date_signs() {
        for (text, name) in [
            ("The town met.\n\n**Embassy of Example\nBrussels\n26 February 2023**", Some("Embassy of Example")),
            ("The town met.\n\nWalking Club\nOslo, 26 February 2023", Some("Walking Club")),
            ("Ende.\n\nBotschaft von Beispiel\n26. Februar 2023", Some("Botschaft von Beispiel")),
            ("The town met.\n\nAnn Example\n26 February 2023", None),
            ("The Embassy of Example, which met,\n26 February 2023", None),
            ("The embassy met in the office.\n26 February 2023", None),
            ("Embassy of Example\n\n26 February 2023", None),
            ("Embassy of Example\nBrussels", None),
        ] {
            let segments = head_and_foot::segments(text, 0..text.len());
            assert_eq!(find(&segments, text).map(|(name, _)| name), name, "{text}");
        }
    }
}
