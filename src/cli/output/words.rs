//! Texts, numbers and paths in the form in which they are printed.

use std::path::Path;

use dateline::Source;

/// The text of a document on one line, with tidy white space and without control characters, which could command a
/// terminal.
pub(in super::super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || c == '\u{feff}' {
            space = true;
        } else if commands(c) || is_filler(c) {
            continue;
        } else {
            if space {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    if space {
        out.push(' ');
    }
    out
}

/// Whether a character only stands where a word was cut: some terminals show it as a hyphen.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{2060}')
}

/// A title, or that there is none.
pub(super) fn titled(title: Option<&str>) -> String {
    title.map_or("(no title)".to_owned(), harmless)
}

/// The source, or a word for its absence.
pub(super) fn sourced(source: Option<&Source>) -> String {
    source.map_or("no source".to_owned(), |source| harmless(source.as_str()))
}

/// Returns whether a character could command a terminal, or make a line read differently from what it contains.
fn commands(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text of a document with its lines but without control characters, for a cell of a table.
pub(in super::super) fn tame(text: &str) -> String {
    text.chars().filter(|c| !commands(*c) || matches!(c, '\n' | '\r' | '\t')).collect()
}

/// JSON in which characters that could command a terminal are escaped. They occur in strings only.
pub(super) fn escaped(json: String) -> String {
    if !json.contains(|c: char| commands(c) && c != '\n') {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if commands(c) && c != '\n' {
            out.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            out.push(c);
        }
    }
    out
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
    harmless(&short.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_cannot_command_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{7}\r\n  c\u{202e}d"), "a[2Jb cd");
    }

    #[test]
    fn tables_and_json_keep_what_is_no_command() {
        assert_eq!(tame("a\u{9b}2J\n\tb\u{7f}\u{2066}"), "a2J\n\tb");
        let json = escaped(serde_json::to_string("a\u{9b}\u{7f}\u{202e}\u{1b}é").unwrap_or_default());
        assert_eq!(json, "\"a\\u009b\\u007f\\u202e\\u001bé\"");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some("a\u{9b}\u{7f}\u{202e}\u{1b}é"));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 72_644, 1_000_000].map(counted), ["0", "999", "1,000", "72,644", "1,000,000"]);
        assert_eq!(counted(u64::MAX), "18,446,744,073,709,551,615");
    }
}
