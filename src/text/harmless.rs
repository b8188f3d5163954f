//! Text of a document made safe for a terminal: no character of it commands one.

/// Returns whether a character could command a terminal, or make a line read differently from what it contains.
pub(crate) fn commands(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character only stands where a word was cut: some terminals show it as a hyphen.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{2060}')
}

/// The text on one line: each run of white space becomes one space, and control characters and marks of writing
/// direction, which could command a terminal, are left out, and so are soft hyphens.
///
/// ```
/// assert_eq!(dateline::text::harmless("a\u{1b}[2Jb\r\n  c"), "a[2Jb c");
/// ```
pub fn harmless(text: &str) -> String {
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

/// The text as it is, with its lines and tabs, without the other characters that could command a terminal: for a cell
/// of a table.
///
/// ```
/// assert_eq!(dateline::text::tame("a\u{9b}2J\n\tb"), "a2J\n\tb");
/// ```
pub fn tame(text: &str) -> String {
    text.chars().filter(|c| !commands(*c) || matches!(c, '\n' | '\r' | '\t')).collect()
}

/// The most characters of somebody's words that are repeated.
#[cfg(any(feature = "mcp", feature = "serve"))]
const REPEATED: usize = 80;

/// Words of a request as they are repeated in an answer: on one line, harmless, in quotation marks, and cut where they
/// are long.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(crate) fn repeated(words: &str) -> String {
    let shown: String = harmless(words).chars().take(REPEATED).collect();
    let dots = if words.chars().count() > REPEATED { "…" } else { "" };
    format!("\"{shown}{dots}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_cannot_command_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{7}\r\n  c\u{202e}d"), "a[2Jb cd");
    }

    #[test]
    fn tables_keep_what_is_no_command() {
        assert_eq!(tame("a\u{9b}2J\n\tb\u{7f}\u{2066}"), "a2J\n\tb");
    }
}
