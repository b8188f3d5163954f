//! Finding quotes in a text, by the quotation marks of the languages that are read.
//!
//! A mark that opens names the marks that may close it. Inside a quote other marks are its own words, so a quote within
//! a quote is a part of it. A quote may go on over paragraphs, if each begins with a mark again. Work is bounded: what
//! was looked through in vain is counted, and past a budget the rest of the text is said to be unread.

use std::ops::Range;

/// The longest quote that is looked for, in bytes.
const LONGEST: usize = 60_000;
/// Bytes looked through in vain, as a multiple of the text's length.
const VAIN: usize = 4;

/// A quote in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// The bytes between its marks.
    pub(crate) bytes: Range<usize>,
    /// Its words, without marks that only say that it goes on.
    pub(crate) text: String,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FoundMarks {
    pub(crate) quotes: Vec<Marked>,
    /// The bytes at which a quote begins that never ends.
    pub(crate) unclosed: Vec<usize>,
    /// The byte from which on the text was not read any more, since too much was looked through in vain.
    pub(crate) unread_from: Option<usize>,
}

/// What may close a quote that a mark opens.
struct Pair {
    open: &'static str,
    close: &'static [&'static str],
    /// Set if the mark opens wherever it stands; otherwise only before a word.
    always: bool,
    /// Set if the mark is more often something else, so that one without an end is no fault.
    doubtful: bool,
}

const PAIRS: &[Pair] = &[
    Pair { open: "„", close: &["“", "”", "‟", "\""], always: true, doubtful: false },
    Pair { open: "“", close: &["”"], always: true, doubtful: false },
    Pair { open: "‟", close: &["”"], always: true, doubtful: false },
    Pair { open: "«", close: &["»"], always: true, doubtful: false },
    Pair { open: "‹", close: &["›"], always: true, doubtful: false },
    Pair { open: "「", close: &["」"], always: true, doubtful: false },
    Pair { open: "『", close: &["』"], always: true, doubtful: false },
    Pair { open: "｢", close: &["｣"], always: true, doubtful: false },
    Pair { open: "〝", close: &["〞", "〟"], always: true, doubtful: false },
    Pair { open: "❝", close: &["❞"], always: true, doubtful: false },
    Pair { open: "‚", close: &["‘", "’"], always: false, doubtful: true },
    Pair { open: "»", close: &["«", "»"], always: false, doubtful: false },
    Pair { open: "›", close: &["‹", "›"], always: false, doubtful: true },
    Pair { open: "”", close: &["”"], always: false, doubtful: false },
    Pair { open: "\"", close: &["\""], always: false, doubtful: false },
    Pair { open: "＂", close: &["＂"], always: false, doubtful: false },
    Pair { open: "``", close: &["''", "\""], always: true, doubtful: true },
    Pair { open: "‘", close: &["’"], always: false, doubtful: true },
    Pair { open: "'", close: &["'", "’"], always: false, doubtful: true },
];

/// The quotes of a text, in order and without overlap.
pub(crate) fn find(text: &str) -> FoundMarks {
    let mut found = FoundMarks::default();
    let mut vain = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.chars().next().map_or(1, char::len_utf8);
        let Some(pair) = PAIRS.iter().find(|pair| rest.starts_with(pair.open) && opens(text, at, pair)) else {
            at += length;
            continue;
        };
        if vain > text.len().saturating_mul(VAIN).max(LONGEST * 4) {
            found.unread_from = Some(at);
            return found;
        }
        match Reader::new(text, at, pair).read() {
            Ok((marked, end)) => {
                if !marked.text.trim().is_empty() {
                    found.quotes.push(marked);
                }
                at = end;
            }
            Err(looked) => {
                vain += looked;
                if !pair.doubtful {
                    found.unclosed.push(at);
                }
                at += pair.open.len();
            }
        }
    }
    found
}

/// Returns whether a mark opens a quote where it stands.
fn opens(text: &str, at: usize, pair: &Pair) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + pair.open.len()..).and_then(|after| after.chars().next());
    if pair.always {
        return after.is_some();
    }
    let apart = before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '(' | '[' | '{' | '—' | '–' | '/' | '>' | '*' | '_' | '…' | ':' | '¿' | '¡' | '=')
            || is_opening(c)
            || is_ideograph(c)
    });
    let narrow = |c: char| matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}');
    let guillemet = pair.open == "»";
    let before_word = after.is_some_and(|c| !c.is_whitespace() || guillemet && narrow(c));
    // 'tis, '90s
    let short_year = pair.open == "'" && after.is_some_and(|c| c.is_numeric());
    apart && before_word && !short_year
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '„' | '«' | '‘' | '‚' | '‹' | '「' | '『' | '"')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Reads one quote from its opening mark.
struct Reader<'a> {
    text: &'a str,
    start: usize,
    pair: &'a Pair,
    kept: String,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, at: usize, pair: &'a Pair) -> Reader<'a> {
        Reader { text, start: at + pair.open.len(), pair, kept: String::new(), depth: 0 }
    }

    /// The quote and the byte behind its closing mark; or how many bytes were looked through in vain.
    fn read(mut self) -> Result<(Marked, usize), usize> {
        let mut at = self.start;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            if at - self.start > LONGEST {
                return Err(at - self.start);
            }
            if let Some(blank) = paragraph_end(rest) {
                // Only a mark at the head of the next paragraph makes the quote go on.
                let next = at + blank;
                let mark = self.text.get(next..).and_then(|rest| self.goes_on(rest));
                let Some(mark) = mark else { return Err(at - self.start) };
                self.kept.push_str("\n\n");
                at = next + mark;
                continue;
            }
            if let Some(mark) = self.pair.close.iter().find(|mark| rest.starts_with(**mark)) {
                if self.closes(at, mark) {
                    if self.depth == 0 {
                        let bytes = self.start..at;
                        return Ok((Marked { bytes, text: self.kept.trim().to_string() }, at + mark.len()));
                    }
                    self.depth -= 1;
                }
            } else if self.pair.always && rest.starts_with(self.pair.open) {
                self.depth += 1;
            }
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.kept.push_str(rest.get(..length).unwrap_or_default());
            at += length;
        }
        Err(at - self.start)
    }

    /// The length of the mark, and of the space around it, by which a paragraph says that the quote goes on.
    fn goes_on(&self, rest: &str) -> Option<usize> {
        let trimmed = rest.trim_start_matches([' ', '\t', '\u{3000}']);
        let space = rest.len() - trimmed.len();
        let marks = [self.pair.open].into_iter().chain(matches!(self.pair.open, "«" | "»").then_some("»"));
        let mark = marks.into_iter().find(|mark| trimmed.starts_with(*mark))?;
        // French sets a space behind the mark.
        let behind = trimmed.get(mark.len()..).unwrap_or_default();
        let blank = behind.len() - behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        Some(space + mark.len() + blank)
    }

    /// Returns whether a mark that may close does.
    fn closes(&self, at: usize, mark: &str) -> bool {
        let before = self.text.get(..at).and_then(|before| before.chars().next_back());
        let after = self.text.get(at + mark.len()..).and_then(|after| after.chars().next());
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if at == self.start {
            return false;
        }
        match mark {
            // An apostrophe, unless no word goes on behind it. That of a plural's possessive is told by what follows.
            "’" | "'" | "‘" => {
                let spaced = before.is_some_and(char::is_whitespace);
                !spaced && !word(after) && !self.is_possessive(at, before, after)
            }
            "\"" | "＂" => !(before.is_some_and(char::is_whitespace) && word(after)),
            "»" | "«" | "”" if self.pair.open == mark => !(before.is_some_and(char::is_whitespace) && word(after)),
            _ => true,
        }
    }

    /// `the boys’ boat’`: a mark after an s, before a small letter, where another mark closes the quote later on.
    fn is_possessive(&self, at: usize, before: Option<char>, after: Option<char>) -> bool {
        if !before.is_some_and(|c| matches!(c, 's' | 'S' | 'z' | 'x')) || after != Some(' ') {
            return false;
        }
        let own = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let rest = self.text.get(at + own..).unwrap_or_default();
        let line = rest.split("\n\n").next().unwrap_or_default();
        let line: String = line.chars().take(400).collect();
        if !line.trim_start().starts_with(char::is_lowercase) {
            return false;
        }
        let ends = line.char_indices().filter(|(_, c)| matches!(c, '’' | '\'')).map(|(place, c)| {
            let before = line.get(..place).and_then(|before| before.chars().next_back());
            let after = line.get(place + c.len_utf8()..).and_then(|after| after.chars().next());
            (before, after)
        });
        let opens = line.find(['‘', '“']).unwrap_or(usize::MAX);
        let closing = |(before, after): &(Option<char>, Option<char>)| {
            !before.is_some_and(char::is_whitespace) && !after.is_some_and(char::is_alphanumeric)
        };
        line.find(['’', '\'']).is_some_and(|place| place < opens) && ends.into_iter().any(|end| closing(&end))
    }
}

/// The length of the blank line at the beginning of a text, with both of its line breaks. None if there is none.
fn paragraph_end(rest: &str) -> Option<usize> {
    if !rest.starts_with(['\n', '\r', '\u{2029}', '\u{c}']) {
        return None;
    }
    if rest.starts_with(['\u{2029}', '\u{c}']) {
        return rest.chars().next().map(char::len_utf8);
    }
    let (mut breaks, mut end) = (0, 0);
    for (at, c) in rest.char_indices() {
        match c {
            '\n' => {
                breaks += 1;
                end = at + 1;
            }
            '\r' | ' ' | '\t' | '\u{A0}' => {}
            _ => break,
        }
    }
    (breaks >= 2).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        find(text).quotes.into_iter().map(|quote| quote.text).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn quotes_are_found_by_the_marks_of_many_languages() {
        for (text, expected) in [
            ("She said “we sailed” and “we came”.", "we sailed | we came"),
            ("She said \"we sailed\" and \"we came\".", "we sailed | we came"),
            ("Sie sagte: „Wir fahren.“ Dann: »Wir kommen.«", "Wir fahren. | Wir kommen."),
            ("Elle a dit : « Nous partons », puis «\u{A0}nous venons\u{A0}».", "Nous partons | nous venons"),
            ("Hon sade: ”Vi seglar”, och »vi kommer».", "Vi seglar | vi kommer"),
            ("Powiedziała: „Płyniemy”.", "Płyniemy"),
            ("彼女は「出航した」と言った。『海』", "出航した | 海"),
            ("She said ‘we don’t sail’ today.", "we don’t sail"),
            ("She said ‘the boys’ boat sank’ today.", "the boys’ boat sank"),
            ("She said 'we don't sail' today.", "we don't sail"),
            ("It's the keeper's boat of the '90s.", ""),
            ("He is 6'2\" tall and said \"we go\".", "we go"),
            ("“He told me ‘no’ and “never” again,” she said.", "He told me ‘no’ and “never” again,"),
            ("Он сказал: «Мы „идём“ домой».", "Мы „идём“ домой"),
            ("``We sail,'' she wrote.", "We sail,"),
            ("“One paragraph.\n\n“Another one.” End.", "One paragraph.\n\nAnother one."),
            ("« Un.\n\n» Deux. » Fin.", "Un.\n\nDeux."),
            ("(\"in brackets\")", "in brackets"),
            ("“wrapped\nover lines”", "wrapped\nover lines"),
            ("No quote at all.", ""),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quote_without_an_end_is_told_and_hides_no_other() {
        let found = find("“It never ends. She said “we sailed” too.\n\nNext.");
        assert_eq!(found.unclosed, [0]);
        assert_eq!(found.quotes.len(), 1);
        assert_eq!(found.quotes[0].text, "we sailed");
    }

    #[test]
    fn marks_without_end_take_no_longer_than_the_budget() {
        let found = find(&"“a ".repeat(200_000));
        assert!(found.unread_from.is_some() && found.quotes.is_empty());
    }
}
