//! Texts, numbers and paths as they are put on a screen.

use std::path::Path;

/// Text of a document on one line: white space tidied, and control characters, which could command a terminal, gone.
pub(in super::super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        // Marks of direction could make a line read otherwise than it stands.
        let command = c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_whitespace() || c == '\u{feff}' {
            space = true;
        } else if command {
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

/// A number with its thousands set apart: `72,644`.
pub(in super::super) fn counted(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 document`, `2 documents`.
pub(in super::super) fn quantity(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", counted(number), if number == 1 { "" } else { "s" })
}

/// A size for people.
pub(in super::super) fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.0} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A path as short as it can be: below the working folder, from there.
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
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 72_644, 1_000_000].map(counted), ["0", "999", "1,000", "72,644", "1,000,000"]);
    }
}
