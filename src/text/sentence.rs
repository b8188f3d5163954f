//! Sentence boundaries that survive `Gen.`, `U.S.` and closing quotes.
//!
//! This scanner is our own: the sentences of Unicode Standard Annex 29 end after every abbreviation before a capital,
//! and take ten times as long. It looks closely only at bytes that can end a sentence or a line; what follows them
//! decides (`layout`, `abbreviation`). A judgement looks at a bounded stretch and the white space it skips, so the time
//! is linear in the text.

use std::ops::Range;

use super::abbreviation::{is_abbreviation, stop_ends_sentence};
use super::boundary;
use super::layout::{Layout, LineEnd, PAGE, is_heading};

/// How many bytes a judgement looks back for the words before a stop.
const LOOK_BACK: usize = 96;

/// A sentence, a heading or a line that stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its bytes, with the white space that follows. The sentences of a text cover it without gap or overlap.
    pub(crate) range: Range<usize>,
    /// Set if a paragraph, or the text, ends with it.
    pub(crate) ends_paragraph: bool,
    /// Set for a title, a byline or a header line, which belongs to what follows.
    pub(crate) heading: bool,
}

/// The sentences of a text, in order. Together they are the text.
pub(crate) fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, start: 0, layout: Layout::default() }
}

/// The iterator of [`sentences`].
pub(crate) struct Sentences<'a> {
    text: &'a str,
    start: usize,
    layout: Layout,
}

/// Bytes that may end a sentence or a line, or begin a character that does.
const CANDIDATES: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = *b".!?\n\x0c\xE2\xE3\xEF\xD8\xDB\xD6\xE0\xE1";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

/// The decision at a candidate.
enum Verdict {
    /// The sentence does not end here; continue from this byte.
    Go(usize),
    /// The sentence's last mark ends at this byte.
    End { mark: usize, paragraph: bool, heading: bool },
}

impl Iterator for Sentences<'_> {
    type Item = Sentence;

    fn next(&mut self) -> Option<Sentence> {
        let (text, start) = (self.text, self.start);
        if start >= text.len() {
            return None;
        }
        // Only the first sentence can begin with white space.
        let mut place = self.skip_space(start);
        let (mut end, mut ends_paragraph, mut heading) = (text.len(), true, false);
        while let Some(candidate) = next_candidate(text, place) {
            match self.judge(candidate) {
                Verdict::Go(next) => place = next.max(candidate + 1),
                Verdict::End { mark, paragraph, heading: head } => {
                    end = self.skip_space(mark);
                    ends_paragraph = paragraph || end == text.len();
                    heading = head && end < text.len();
                    break;
                }
            }
        }
        self.start = end;
        Some(Sentence { range: start..end, ends_paragraph, heading })
    }
}

impl Sentences<'_> {
    fn judge(&mut self, place: usize) -> Verdict {
        let Some(c) = char_at(self.text, place) else { return Verdict::Go(place + 1) };
        let after = place + c.len_utf8();
        match c {
            '\n' | PAGE => self.judge_line(place),
            '\u{2029}' => Verdict::End { mark: after, paragraph: true, heading: self.is_heading(place) },
            '.' | '!' | '?' | '…' => self.judge_stop(place),
            c if is_wide_stop(c) || is_other_stop(c) => self.judge_stop(place),
            _ => Verdict::Go(after),
        }
    }

    /// Judges a line break before which no mark, or none that ends a sentence, stands.
    fn judge_line(&mut self, place: usize) -> Verdict {
        let (line, next) = next_line(self.text, place);
        if next == self.text.len() {
            return Verdict::Go(next);
        }
        if is_line_end(self.text, next) {
            return Verdict::End { mark: place, paragraph: true, heading: self.is_heading(place) };
        }
        match self.layout.judge(self.text, place, line, false) {
            LineEnd::Wrapped | LineEnd::Short => {
                self.skip_space(place);
                Verdict::Go(next)
            }
            LineEnd::Heading => Verdict::End { mark: place, paragraph: true, heading: true },
            LineEnd::Paragraph => Verdict::End { mark: place, paragraph: true, heading: self.is_heading(place) },
        }
    }

    /// Judges one or more marks that may end a sentence, with the closing quotes and brackets after them.
    fn judge_stop(&mut self, place: usize) -> Verdict {
        let text = self.text;
        let (mut mark, mut stops, mut dots, mut wide) = (place, 0, 0, false);
        while let Some(c) = char_at(text, mark) {
            if matches!(c, '.' | '!' | '?' | '…') || is_wide_stop(c) || is_other_stop(c) {
                stops += 1;
                dots += usize::from(c == '.');
                wide |= is_wide_stop(c);
            } else if !is_closer(c) {
                break;
            }
            mark += c.len_utf8();
        }
        mark = skip_note(text, skip_spaced_quote(text, mark));
        let space = skip_blanks(text, mark);
        if space == text.len() {
            return Verdict::Go(space);
        }
        let single = stops == 1 && dots == 1;
        if space == mark && !is_line_end(text, mark) {
            let ends = wide || single && lacks_space(text, self.start, place, mark);
            return if ends { Verdict::End { mark, paragraph: false, heading: false } } else { Verdict::Go(mark) };
        }
        let (mut begins, mut line_end) = (space, LineEnd::Wrapped);
        if is_line_end(text, space) {
            let (line, below) = next_line(text, space);
            if below == text.len() || is_line_end(text, below) || char_at(text, space) == Some('\u{2029}') {
                return Verdict::End { mark, paragraph: true, heading: false };
            }
            begins = below;
            line_end = self.layout.judge(text, space, line, true);
        }
        let Some(letter) = first_significant(text, begins) else { return Verdict::Go(mark) };
        let ends = !single
            || line_end == LineEnd::Paragraph
            || stop_ends_sentence(self.before(place), text.get(letter..).unwrap_or_default());
        let paragraph = matches!(line_end, LineEnd::Paragraph | LineEnd::Short);
        if ends { Verdict::End { mark, paragraph, heading: false } } else { Verdict::Go(mark) }
    }

    /// The end of the current sentence before a byte.
    fn before(&self, place: usize) -> &str {
        let from = boundary::ceil(self.text, self.start.max(place.saturating_sub(LOOK_BACK)));
        self.text.get(from..place).unwrap_or_default()
    }

    fn is_heading(&self, end: usize) -> bool {
        // The length is checked before anything is copied or trimmed: a sentence may be very long.
        self.text.get(self.start..end).is_some_and(is_heading)
    }

    /// Steps over the white space after a sentence and notes the lines.
    fn skip_space(&mut self, mut place: usize) -> usize {
        while let Some(c) = char_at(self.text, place).filter(|c| c.is_whitespace()) {
            if matches!(c, '\n' | PAGE) {
                self.layout.cross(self.text, place);
            }
            place += c.len_utf8();
        }
        place
    }
}

#[inline]
fn next_candidate(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    rest.iter().position(|b| CANDIDATES[usize::from(*b)]).map(|at| from + at)
}

#[inline]
fn char_at(text: &str, place: usize) -> Option<char> {
    text.get(place..)?.chars().next()
}

/// White space within a line; a carriage return counts as such, so that CR LF is one line break.
fn skip_blanks(text: &str, mut place: usize) -> usize {
    while let Some(c) = char_at(text, place).filter(|c| c.is_whitespace() && !matches!(*c, '\n' | '\u{2029}' | PAGE)) {
        place += c.len_utf8();
    }
    place
}

/// Steps over the line break at `place` with the form feeds beside it. Returns where the next line begins, and where
/// its first word or the next line break stands.
fn next_line(text: &str, place: usize) -> (usize, usize) {
    let (mut at, mut line, mut newline) = (place, place + 1, false);
    while let Some(c) = char_at(text, at).filter(|c| c.is_whitespace() && *c != '\u{2029}') {
        if c == '\n' && std::mem::replace(&mut newline, true) {
            break;
        }
        at += c.len_utf8();
        if matches!(c, '\n' | PAGE) {
            line = at;
        }
    }
    // A separator that is no white space is stepped over alone.
    if at == place { (place + 1, skip_blanks(text, place + 1)) } else { (line, at) }
}

fn is_line_end(text: &str, place: usize) -> bool {
    matches!(char_at(text, place), Some('\n' | '\u{2029}' | PAGE))
}

/// Marks after which no space is needed.
fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．')
}

/// Arabic, Urdu, Armenian, Indian, Ethiopian, Burmese and Khmer marks.
fn is_other_stop(c: char) -> bool {
    matches!(c, '؟' | '۔' | '։' | '।' | '॥' | '።' | '፧' | '။' | '។' | '‼' | '⁇' | '⁈' | '⁉')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '’' | '”' | '“' | '»' | '›' | '«' | '‹' | ')' | ']' | '}' | '*' | '_')
        || matches!(c, '」' | '』' | '】' | '）' | '》' | '〉')
}

/// The closing quote of French, which stands apart: `fini. »`.
fn skip_spaced_quote(text: &str, place: usize) -> usize {
    let quote = skip_blanks(text, place);
    let after = quote + '»'.len_utf8();
    let closes = char_at(text, quote) == Some('»') && char_at(text, after).is_none_or(char::is_whitespace);
    if closes { after } else { place }
}

/// A note such as `[12]` right after the stop.
fn skip_note(text: &str, place: usize) -> usize {
    let Some(rest) = text.get(place..).and_then(|rest| rest.strip_prefix('[')) else { return place };
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if digits > 0 && rest.as_bytes().get(digits) == Some(&b']') { place + digits + 2 } else { place }
}

/// The byte of the first letter or digit behind quotes, brackets and dashes, if a sentence can begin with it.
fn first_significant(text: &str, from: usize) -> Option<usize> {
    let mut place = from;
    for c in text.get(from..)?.chars().take(6) {
        if c.is_alphanumeric() {
            return (!c.is_lowercase()).then_some(place);
        }
        if matches!(c, ',' | ';' | ':' | ')' | ']' | '}' | '.' | '!' | '?' | '%' | '/' | '&' | '=' | '…') {
            return None;
        }
        place += c.len_utf8();
    }
    Some(place)
}

/// Recognises `resolution.The committee`: a lower-case word or a year, a stop, a capitalised word. Addresses and file
/// names are none.
fn lacks_space(text: &str, start: usize, place: usize, mark: usize) -> bool {
    let Some(rest) = text.get(mark..) else { return false };
    let mut letters = rest.chars();
    let opens = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    if !opens {
        return false;
    }
    let from = boundary::ceil(text, start.max(place.saturating_sub(LOOK_BACK)));
    let before = text.get(from..place).unwrap_or_default();
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '/' | '@' | '_' | '\\' | ':')).next();
    let word = word.unwrap_or_default();
    let year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let spoken =
        word.chars().nth(1).is_some() && word.ends_with(char::is_lowercase) && word.chars().all(char::is_alphabetic);
    let next_end = rest.char_indices().take(40).find(|(_, c)| !c.is_alphanumeric()).map_or(rest.len(), |(at, _)| at);
    let next = rest.get(..next_end).unwrap_or_default().to_lowercase();
    // A word that continues without a space is an address too.
    let goes_on = rest.get(next_end..).is_some_and(|rest| {
        let mut chars = rest.chars();
        matches!(chars.next(), Some('.' | '/' | '@' | '_' | '\\'))
            && chars.next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
    });
    (year || spoken) && !is_abbreviation(word) && !goes_on && !DOMAINS.contains(&next.as_str())
}

/// Ends of addresses, in case one is written with a capital.
const DOMAINS: [&str; 22] = [
    "com", "net", "org", "gov", "edu", "info", "biz", "az", "ru", "de", "fr", "tr", "uk", "us", "eu", "ua", "io", "tv",
    "js", "pdf", "html", "txt",
];

#[cfg(test)]
mod tests;
