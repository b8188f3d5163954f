//! Words as quotes are compared by: their letters, without what only printing adds.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word, a figure or a sign of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the text, end excluded.
    pub(crate) range: Range<usize>,
    /// What it is compared by: lower case, ligatures resolved, one apostrophe, no soft hyphens and no vowel points.
    pub(crate) key: String,
    /// Set if it begins with a capital letter.
    pub(crate) capital: bool,
    /// Set if it has several letters, all capital.
    pub(crate) capitals: bool,
    /// Set if it may begin a sentence, so that its capital says nothing.
    pub(crate) starts: bool,
    /// Set if only hyphens, with or without a line break after them, part it from the word before.
    pub(crate) glued: bool,
    /// Set if a line breaks after the hyphen: the hyphen then is the printer's.
    pub(crate) wrapped: bool,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut scan = Scan { text, at: 0 };
    let mut end = 0;
    while let Some(range) = scan.next() {
        let written = text.get(range.clone()).unwrap_or_default();
        let between = text.get(end..range.start).unwrap_or_default();
        let capital = written.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        found.push(Word {
            key: key(written),
            capital,
            capitals: capital && letters.clone().nth(1).is_some() && letters.all(char::is_uppercase),
            starts: found.is_empty() || ends_sentence(between),
            glued: !found.is_empty() && is_hyphenation(between),
            wrapped: between.contains('\n') && is_hyphenation(between),
            range: range.clone(),
        });
        end = range.end;
    }
    found
}

/// The form of a word that is compared.
pub(crate) fn key(written: &str) -> String {
    if written.is_ascii() {
        return written.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(written.len());
    for c in written.nfkc().flat_map(char::to_lowercase) {
        match c {
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            'ß' => key.push_str("ss"),
            'ſ' => key.push('s'),
            'ё' => key.push('е'),
            'أ' | 'إ' | 'آ' | 'ٱ' => key.push('ا'),
            'ى' | 'ی' => key.push('ي'),
            'ک' => key.push('ك'),
            '\u{307}' => {}
            c if is_apostrophe(c) => key.push('\''),
            c if is_ignored(c) => {}
            c => match digit(c) {
                Some(digit) => key.push(digit),
                None => key.push(c),
            },
        }
    }
    key
}

/// A digit of another script as one of ours.
fn digit(c: char) -> Option<char> {
    let zeros = ['\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{E50}'];
    let zero = zeros.into_iter().find(|zero| (u32::from(*zero)..u32::from(*zero) + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// Finds words from left to right.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let c = rest.chars().next()?;
            let start = self.at;
            self.at += c.len_utf8();
            if c.is_alphanumeric() && !is_superscript(c) {
                if !stands_alone(c) {
                    self.run(c);
                } else {
                    self.marks();
                }
                return Some(start..self.at);
            }
            if is_sign(c) || is_minus(c) && self.begins_number(start) {
                if is_minus(c) {
                    self.run('0');
                }
                return Some(start..self.at);
            }
        }
    }

    /// Goes on to the end of a word that `last` belongs to.
    fn run(&mut self, mut last: char) {
        while let Some(c) = self.peek(0) {
            let goes_on = if c.is_alphanumeric() {
                !stands_alone(c) && !is_superscript(c)
            } else if is_combining_mark(c) || is_ignored(c) {
                true
            } else {
                let next = self.peek(1);
                let letter = |c: char| c.is_alphabetic() && !stands_alone(c);
                let digit = |c: char| c.is_numeric() && !is_superscript(c);
                let joins = is_apostrophe(c) && letter(last) && next.is_some_and(letter);
                let groups = is_number_mark(c) && digit(last) && next.is_some_and(digit);
                joins || groups
            };
            if !goes_on {
                return;
            }
            self.at += c.len_utf8();
            if !is_combining_mark(c) && !is_ignored(c) {
                last = c;
            }
        }
    }

    /// Takes the marks that belong to a letter.
    fn marks(&mut self) {
        while let Some(c) = self.peek(0).filter(|c| is_combining_mark(*c)) {
            self.at += c.len_utf8();
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at..)?.chars().nth(ahead)
    }

    /// A minus belongs to the number after it where nothing before it can be subtracted from or ranged over.
    fn begins_number(&self, start: usize) -> bool {
        let before = self.text.get(..start).and_then(|before| before.chars().next_back());
        let apart = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '«' | '„'));
        apart && self.peek(0).is_some_and(char::is_numeric)
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '`' | '´' | '′' | '\u{201B}')
}

/// Marks inside numbers: `1,275`, `3.5`, `1'275`, `1 275` with a narrow or fixed space.
fn is_number_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٬' | '٫' | '\u{202F}' | '\u{A0}' | '\u{2009}')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '\u{2011}')
}

/// Signs that mean something by themselves.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '%' | '‰'
            | '٪'
            | '$'
            | '€'
            | '£'
            | '¥'
            | '₽'
            | '₺'
            | '₴'
            | '₼'
            | '₹'
            | '¢'
            | '°'
            | '§'
            | '&'
            | '+'
            | '='
    )
}

fn is_superscript(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}')
}

/// Characters that a printed word may have and its letters do not: soft hyphens, joiners, vowel points, stretching.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{640}')
        || matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}')
}

/// Letters of scripts without spaces between words: each is compared by itself.
pub(crate) fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
        && !digit(c).is_some_and(|c| c.is_ascii_digit())
}

/// Returns whether what stands between two words can end a sentence, or open direct speech.
pub(crate) fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', '…', ':', '。', '！', '？', '؟', '।', '\u{37E}', '“', '„', '«', '"', '\n'])
}

/// Returns whether only hyphens stand between two words, perhaps with a line break.
fn is_hyphenation(between: &str) -> bool {
    let kept = between.trim();
    !kept.is_empty()
        && kept.chars().all(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' | '¬' | '⸗'))
        && !between.starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_by_their_letters() {
        for (text, expected) in [
            ("The Mayor’s dog, don't!", "the mayor's dog don't"),
            ("ﬁre in the ﬂat", "fire in the flat"),
            ("govern\u{AD}ment Straße Cœur", "government strasse coeur"),
            ("1,275 men at −5 °C, 3.5 %", "1,275 men at −5 ° c 3.5 %"),
            ("1990-1995 re-form", "1990 1995 re form"),
            ("l’armée d'Elbe", "l'armée d'elbe"),
            ("漢字の本", "漢 字 の 本"),
            ("١٩٩٢ قَالَ", "1992 قال"),
            ("İstanbul ёлка", "istanbul елка"),
            ("note¹ next", "note next"),
            ("'quoted' words", "quoted words"),
        ] {
            let keys: Vec<String> = words(text).into_iter().map(|word| word.key).collect();
            assert_eq!(keys.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn hyphens_glue_words_and_stops_begin_sentences() {
        let told =
            |text: &str| -> Vec<(bool, bool)> { words(text).iter().map(|word| (word.starts, word.glued)).collect() };
        assert_eq!(told("The govern-\nment. It"), [(true, false), (false, false), (true, true), (true, false)]);
        assert_eq!(told("a - b"), [(true, false), (false, false)]);
    }
}
