//! Properties that programs note in the files they write: title, author, times. They are weak clues, and often only
//! defaults.

use crate::corpus::raw::{Declared, Origin, RawDocument};

/// The longest title or name, in bytes.
const LONGEST: usize = 500;

/// The first year that counts. Programs that did not know the time wrote the zero of their clock: 1601, 1899, 1904,
/// 1970, 1980.
const FIRST_YEAR: i32 = 1981;

/// Ends of file names that programs put where a title should be.
const FILE_NAMES: [&str; 20] = [
    ".doc", ".docx", ".dot", ".odt", ".rtf", ".txt", ".pdf", ".ps", ".eps", ".tex", ".dvi", ".indd", ".qxd", ".qxp",
    ".pmd", ".ppt", ".pptx", ".xls", ".htm", ".html",
];

/// A declared title, if it is one. A file name is none, and neither is what a program writes without a title.
pub(crate) fn real_title(value: &str) -> Option<String> {
    let title = tidy(value)?;
    let title = title
        .strip_prefix("Microsoft Word - ")
        .or_else(|| title.strip_prefix("Microsoft PowerPoint - "))
        .unwrap_or(&title);
    let small = title.to_lowercase();
    let file = FILE_NAMES.iter().any(|end| small.ends_with(end)) || small.contains('\\') || small.starts_with("file:");
    let default =
        small.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '(' | ')' | '_' | '-'));
    let default = matches!(
        default,
        "" | "untitled"
            | "untitled document"
            | "no title"
            | "title"
            | "titel"
            | "unknown"
            | "none"
            | "document"
            | "dokument"
            | "documento"
            | "документ"
            | "presentation"
            | "powerpoint presentation"
            | "slide"
            | "layout"
            | "print"
            | "full page photo"
            | "page"
            | "microsoft word"
            | "unbenannt"
            | "sans titre"
            | "sin título"
    );
    let words = title.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    (!file && !default && words).then(|| title.to_owned())
}

/// A declared author, if it is a name. What a computer calls its user is none.
fn real_author(value: &str) -> Option<String> {
    let author = tidy(value)?;
    let small = author.to_lowercase();
    let default = matches!(
        small.as_str(),
        "admin"
            | "administrator"
            | "user"
            | "owner"
            | "unknown"
            | "author"
            | "anonymous"
            | "default"
            | "guest"
            | "microsoft office user"
            | "microsoft"
            | "pc"
            | "test"
            | "windows user"
            | "root"
            | "none"
    );
    let words = author.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    (!default && words).then_some(author)
}

/// One line without control characters. None if nothing is left.
fn tidy(value: &str) -> Option<String> {
    if value.len() > LONGEST {
        return None;
    }
    let words: Vec<&str> =
        value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Adds a property under `name`; `place` says where it stands, in words for a person. Values without meaning are left
/// out.
pub(crate) fn declare(raw: &mut RawDocument, name: &str, value: &str, place: &str) {
    let value = match name {
        "author" => real_author(value),
        "created" | "modified" => tidy(value).filter(|value| !is_before_clocks(value)),
        _ => tidy(value),
    };
    let known = |value: &String| raw.declared.iter().any(|told| told.name == name && told.value == *value);
    if let Some(value) = value.filter(|value| !known(value)) {
        let origin = Origin::Properties;
        raw.declared.push(Declared { origin, name: name.to_owned(), value, place: place.to_owned() });
    }
}

/// Returns whether a date, which begins with its year, is too old to have been noted by a program.
fn is_before_clocks(value: &str) -> bool {
    let year = value.get(..4).and_then(|year| year.parse::<i32>().ok());
    year.is_some_and(|year| year < FIRST_YEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_programs_made_up_are_none() {
        for (value, expected) in [
            ("The harbour froze", Some("The harbour froze")),
            (" The  harbour\u{0}\n froze ", Some("The harbour froze")),
            ("Microsoft Word - The harbour froze", Some("The harbour froze")),
            ("1984", None),
            ("Microsoft Word - draft3.doc", None),
            ("Untitled", None),
            ("Document1", None),
            ("Presentation 2", None),
            ("report_final.PDF", None),
            ("C:\\texts\\a", None),
            ("", None),
            ("12-345", None),
        ] {
            assert_eq!(real_title(value).as_deref(), expected, "{value}");
        }
        assert_eq!(real_title(&"word ".repeat(200)), None);
    }

    #[test]
    fn what_says_nothing_is_not_declared() {
        let mut raw = RawDocument::default();
        for (name, value) in [
            ("author", "Administrator"),
            ("author", "Anna Example"),
            ("created", "1601-01-01T00:00:00Z"),
            ("created", "2003-05-06T07:08:09Z"),
            ("modified", ""),
        ] {
            declare(&mut raw, name, value, "properties");
        }
        let values: Vec<&str> = raw.declared.iter().map(|declared| declared.value.as_str()).collect();
        assert_eq!(values, ["Anna Example", "2003-05-06T07:08:09Z"]);
    }
}
