//! The meaning of a text's line breaks: the end of a paragraph, of a heading, or nothing.
//!
//! Old newswire is wrapped by hand at some 70 columns, with indented paragraphs; text from the web has one line a
//! paragraph. Both are told apart by what a typist would have done: a line that ends although the next word would have
//! fitted was meant to end there.

use super::abbreviation::leaves_open;
use super::boundary;

/// The longest line that may be wrapped by hand, in characters. The end of a longer line is the end of a paragraph.
const MAX_WRAPPED: usize = 130;
/// The longest heading, in characters.
const MAX_HEADING: usize = 120;
/// The form feed, which ends a page. It counts as a line break in all other respects.
pub(crate) const PAGE: char = '\u{c}';
/// The bytes of the next line that are looked at.
const LOOK_AHEAD: usize = 512;

/// The meaning of a line's end for the sentence that runs up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// Nothing: the sentence may go on.
    Wrapped,
    /// A heading, a byline or a header line ends, or an item of a list.
    Heading,
    /// A paragraph ends, if a sentence does: the line is shorter than it had to be.
    Short,
    /// A paragraph ends.
    Paragraph,
}

/// The line being read and the width of the one before.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Layout {
    line_start: usize,
    width_before: usize,
}

impl Layout {
    /// Notes the line break or form feed at byte `at`.
    pub(crate) fn cross(&mut self, text: &str, at: usize) {
        let line = text.get(self.line_start..at).unwrap_or_default();
        self.line_start = at + 1;
        // A form feed next to a line break is part of it.
        if !(text.as_bytes().get(at) == Some(&0x0c) && line.trim().is_empty()) {
            self.width_before = width(line);
        }
    }

    /// Judges the line break or form feed at byte `at`, with no blank line after it. The line below begins at byte
    /// `next`, and `ended` says that a sentence ends here in any case.
    pub(crate) fn judge(&self, text: &str, at: usize, next: usize, ended: bool) -> LineEnd {
        let line = text.get(self.line_start..at).unwrap_or_default().trim_end();
        let below = text.get(next..boundary::floor(text, next + LOOK_AHEAD)).unwrap_or_default();
        let below = below.split(['\n', PAGE]).next().unwrap_or_default().trim_end();
        // A page ends wherever the paper does, however long the line.
        let page = text.get(at..next).is_some_and(|gap| gap.contains(PAGE));
        let (Some(next), Some(last)) = (below.trim_start().chars().next(), line.chars().next_back()) else {
            return LineEnd::Wrapped;
        };
        if next.is_lowercase() || matches!(next, ',' | ';' | ':' | '.' | ')' | ']' | '!' | '?') {
            return LineEnd::Wrapped;
        }
        let width_here = width(line);
        if width_here >= MAX_WRAPPED {
            return if page { LineEnd::Wrapped } else { LineEnd::Paragraph };
        }
        if indent(below) >= indent(line) + 2 && (ended || !matches!(last, ',' | '-')) {
            return LineEnd::Paragraph;
        }
        if is_item(below) && (ended || is_item(line) || matches!(last, ':' | ';' | ',')) {
            return LineEnd::Paragraph;
        }
        let first_word = below.split_whitespace().next().map_or(0, width);
        let widest = self.width_before.max(width(below));
        let meant = width_here + 1 + first_word + 2 <= widest;
        if ended {
            // The last line of a paragraph is shorter than it had to be.
            return if meant && !page { LineEnd::Short } else { LineEnd::Wrapped };
        }
        if line.trim_start().starts_with('#') {
            return LineEnd::Heading;
        }
        // A stop here belongs to an abbreviation: `with Gen.` goes on.
        if matches!(last, '.' | ',' | '-' | '–' | '—') || width_here > MAX_HEADING {
            return LineEnd::Wrapped;
        }
        if line.rsplit(char::is_whitespace).next().is_some_and(leaves_open) {
            return LineEnd::Wrapped;
        }
        let shouted = is_shouted(line) && !is_shouted(below);
        if meant || shouted || is_byline(line) || is_field(line) && is_field(below) {
            LineEnd::Heading
        } else {
            LineEnd::Wrapped
        }
    }
}

/// Returns whether a paragraph is a heading: one short line that does not end as sentences do.
pub(crate) fn is_heading(paragraph: &str) -> bool {
    let line = paragraph.trim();
    line.len() <= MAX_HEADING * 4
        && !line.contains(['\n', PAGE])
        && !line.ends_with(['.', '!', '?', '…', ',', ';', '"', '”', '»', '。', '！', '？', ')'])
        && width(line) <= MAX_HEADING
        && line.contains(char::is_alphabetic)
        && !is_item(line)
}

/// The width in characters, approximately: counts the bytes that begin a character.
fn width(line: &str) -> usize {
    let looked_at = line.as_bytes().iter().take(LOOK_AHEAD);
    looked_at.filter(|b| (**b & 0xC0) != 0x80 && **b != b'\r').count()
}

fn indent(line: &str) -> usize {
    line.chars().take(LOOK_AHEAD).take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// A line that begins with a bullet, a dash, or a number or letter with a stop or bracket.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['•', '·', '*', '-', '–', '—', '‣', '▪', '●', '+']) {
        return rest.starts_with([' ', '\t', '\u{A0}']);
    }
    let line = line.strip_prefix('(').unwrap_or(line);
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or_default(),
        1..=2 => line.get(digits..).unwrap_or_default(),
        _ => return false,
    };
    rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with([' ', '\t', '\u{A0}']))
}

/// At least two words or one long one, all in capitals.
fn is_shouted(line: &str) -> bool {
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 5 && !line.contains(char::is_lowercase)
}

/// `By Anna Example`, in a few languages.
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let opens = words.next().is_some_and(|word| matches!(word, "By" | "BY" | "Von" | "Par" | "Por" | "Di" | "Автор:"));
    let mut names = 0;
    for word in words {
        names += 1;
        let joins = matches!(word, "and" | "und" | "et" | "y" | "e" | "de" | "von" | "van" | "der" | "&" | "la");
        if names > 7 || !joins && !word.starts_with(char::is_uppercase) {
            return false;
        }
    }
    opens && names >= 2
}

/// `Source: Example Press`.
fn is_field(line: &str) -> bool {
    let Some((name, value)) = line.trim_start().split_once(':') else { return false };
    name.len() <= 30
        && name.split_whitespace().count() <= 2
        && name.starts_with(char::is_uppercase)
        && value.starts_with([' ', '\t'])
        && width(value) < 100
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The judgement on the line break marked by `¶`.
    fn judge(text: &str, ended: bool) -> LineEnd {
        let at = text.find('¶').unwrap_or(0);
        let text = text.replacen('¶', "", 1);
        let mut layout = Layout::default();
        for (newline, _) in text.match_indices('\n').take_while(|(newline, _)| *newline < at) {
            layout.cross(&text, newline);
        }
        layout.judge(&text, at, at + 1, ended)
    }

    #[test]
    fn hand_wrapped_lines_go_on() {
        let wrapped = "The harbour council voted on Tuesday to rebuild the old¶\n\
                       Bridge of Sighs before winter comes, and asked the engineers\n\
                       Miller and Moulin what it would cost.\n";
        assert_eq!(judge(wrapped, false), LineEnd::Wrapped);
        let narrow = "The Ministry of Bridges and¶\nHarbours will ask the council to pay for the works.\n";
        assert_eq!(judge(narrow, false), LineEnd::Wrapped);
    }

    #[test]
    fn short_lines_were_meant() {
        let body = "The harbour council voted on Tuesday to rebuild the old bridge";
        for head in ["Old bridge to rise again", "By Anna Example", "PORT EXAMPLE, Feb 26", "# Bridges"] {
            assert_eq!(judge(&format!("{head}¶\n{body}\n"), false), LineEnd::Heading, "{head}");
        }
        assert_eq!(judge(&format!("Old bridge to rise¶\nagain, {body}\n"), false), LineEnd::Wrapped);
        assert_eq!(judge(&format!("{body}¶\n    A new paragraph begins here\n"), true), LineEnd::Paragraph);
        assert_eq!(judge(&format!("It decided:¶\n- to rebuild the bridge\n{body}"), false), LineEnd::Paragraph);
    }

    #[test]
    fn very_long_lines_are_paragraphs() {
        let long = "word ".repeat(40);
        assert_eq!(judge(&format!("{long}¶\nNext\n"), false), LineEnd::Paragraph);
        assert_eq!(judge(&format!("{long}¶\nnext\n"), false), LineEnd::Wrapped);
    }

    #[test]
    fn pages_end_anywhere() {
        let long = "word ".repeat(40);
        let judge = |above: &str, below: &str| {
            let text = format!("{above}\u{c}{below}\n");
            Layout::default().judge(&text, above.len(), above.len() + 1, false)
        };
        assert_eq!(judge(&long, "Next"), LineEnd::Wrapped);
        assert_eq!(judge("the old", "bridge and its towers"), LineEnd::Wrapped);
        assert_eq!(judge("PORT EXAMPLE, Feb 26", "The council of the town met on Tuesday"), LineEnd::Heading);
    }

    #[test]
    fn headings_are_short_and_unfinished() {
        assert!(is_heading("Old bridge to rise again\n\n"));
        for other in ["It rained.", "1. First item", "12", "", "one\ntwo", "He said: \"No\""] {
            assert!(!is_heading(other), "{other}");
        }
    }
}
