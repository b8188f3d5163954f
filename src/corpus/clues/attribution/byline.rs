//! The `By …` line.

use crate::corpus::clues::head_and_foot::Segment;
use crate::time::folded;

/// The segments, from the first, among which a byline stands.
const MAX_SEGMENTS: usize = 6;

/// The author, and the byte of the name.
pub(super) fn find<'a>(segments: &[Segment<'a>]) -> Option<(&'a str, usize)> {
    segments.iter().take(MAX_SEGMENTS).find_map(|segment| {
        let words = segment.text.trim_start_matches(['*', '_', '#', ' ']).trim_end_matches(['*', '_', ' ']);
        let (lead, rest) = words.split_once(' ')?;
        let name = rest.trim();
        // A longer phrase, such as `By Popular Demand The Walk Is Back`, is a headline.
        let known = matches!(
            lead.trim_end_matches(':'),
            "By" | "BY" | "Par" | "PAR" | "Von" | "VON" | "Por" | "POR" | "Di" | "Автор"
        );
        let end = name.find([',', ';']).unwrap_or(name.len());
        let name = name.get(..end)?.trim();
        (known && is_person(name)).then(|| (name, segment.start + segment.text.find(name).unwrap_or(0)))
    })
}

/// Returns whether the words are two to four names with capitals, or several such names joined by `and`.
fn is_person(words: &str) -> bool {
    const NO_NAMES: &[&str] = &["the", "a", "an", "our", "numbers", "popular", "order", "unanimous", "law", "staff"];
    if words.len() > 90
        || words.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | '?' | '!') && words.ends_with(c))
    {
        return false;
    }
    let joined = words.replace(" & ", " and ");
    [" and ", " et ", " und ", " y ", " и "]
        .iter()
        .fold(vec![joined.as_str()], |parts, and| parts.into_iter().flat_map(|part| part.split(and)).collect())
        .into_iter()
        .all(|person| {
            let names: Vec<&str> = person.split_whitespace().collect();
            (2..=4).contains(&names.len())
                && names.iter().all(|name| {
                    let own = ["d'", "d’", "l'", "l’"].iter().find_map(|of| name.strip_prefix(of)).unwrap_or(name);
                    let capital = own.chars().next().is_some_and(char::is_uppercase);
                    let particle = matches!(
                        *name,
                        "de" | "van" | "von" | "al" | "el" | "bin" | "der" | "den" | "la" | "du" | "da"
                    );
                    (capital || particle) && !NO_NAMES.contains(&folded(name).as_str())
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::clues::head_and_foot;

    #[test]
    fn lines_that_name_the_writer_are_bylines() {
        for (text, name) in [
            ("By Ann Example\n\nThe town met.", Some("Ann Example")),
            ("The town\n**By ANN M. EXAMPLE, Staff Writer**\n", Some("ANN M. EXAMPLE")),
            ("Par Jean d'Exemple", Some("Jean d'Exemple")),
            ("By Ann Example and Bo van Sample", Some("Ann Example and Bo van Sample")),
            ("Автор: Анна Пример", Some("Анна Пример")),
            ("By Ann Example, the town met.", Some("Ann Example")),
            ("By the river the town met.", None),
            ("By The Numbers", None),
            ("By Tuesday", None),
            ("By 26 February", None),
            ("The town was built by Ann Example", None),
        ] {
            let segments = head_and_foot::segments(text, 0..text.len());
            assert_eq!(find(&segments).map(|(name, _)| name), name, "{text}");
        }
    }
}
