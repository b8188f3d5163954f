//! Texts, numbers and paths in the form in which they are printed.

use std::path::Path;

pub(in super::super) use dateline::text::{harmless, tame};
use dateline::{Place, Source};

/// A title, or that there is none.
pub(super) fn titled(title: Option<&str>) -> String {
    title.map_or("(no title)".to_owned(), harmless)
}

/// The source, or a word for its absence.
pub(super) fn sourced(source: Option<&Source>) -> String {
    source.map_or("no source".to_owned(), |source| harmless(source.as_str()))
}

/// A number with its thousands separated: `72,644`.
pub(in super::super) fn counted(number: u64) -> String {
    indicatif::HumanCount(number).to_string()
}

/// `1 document`, `2 documents`.
pub(in super::super) fn quantity(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", counted(number), if number == 1 { "" } else { "s" })
}

/// A text as one word of a shell command.
pub(in super::super) fn quoted(text: &str) -> String {
    format!("'{}'", harmless(text).replace('\'', "'\\''"))
}

/// A size for people.
pub(in super::super) fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.0} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A path in its shortest form: relative, if it lies below the working folder.
pub(in super::super) fn shown_path(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    harmless(&path_text(short))
}

/// A path as every answer names it: bytes that are no UTF-8 are written `\xNN`.
pub(in super::super) fn path_text(path: &Path) -> String {
    Place { path: Some(path.to_path_buf()), ..Place::default() }.locator().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 72_644, 1_000_000].map(counted), ["0", "999", "1,000", "72,644", "1,000,000"]);
        assert_eq!(counted(u64::MAX), "18,446,744,073,709,551,615");
    }
}
