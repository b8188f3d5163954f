//! A quote as its writer set it: words, and the marks for what was left out or put in.

use std::ops::Range;

use super::word::{Word, words};

/// A mark between two words of a quote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Joint {
    /// Set if an ellipsis stands here.
    pub(crate) ellipsis: bool,
    /// The words in brackets, as written; none without brackets.
    pub(crate) put_in: Option<String>,
    /// The same as words.
    pub(crate) words: Vec<Word>,
}

/// A quote made ready for comparison.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    /// The quote without its marks. Words point into it.
    pub(crate) text: String,
    pub(crate) words: Vec<Word>,
    /// The mark before each word, and the one after the last.
    pub(crate) joints: Vec<Option<Joint>>,
    /// The bytes of `text`, within words, that stood in brackets: those of `[T]he`.
    pub(crate) patches: Vec<Range<usize>>,
    /// For each byte of `text`, its byte in the quote as written.
    origins: Vec<usize>,
}

/// Stands where a mark was taken out.
const HOLE: char = '\u{FFFC}';

/// What editors write into brackets without putting words into anybody's mouth.
const REMARKS: [&str; 12] = [
    "sic",
    "sic!",
    "emphasis added",
    "emphasis mine",
    "my emphasis",
    "emphasis in original",
    "laughter",
    "laughs",
    "applause",
    "sic.",
    "hervorhebung hinzugefügt",
    "курсив мой",
];

impl Quoted {
    /// The quote word by word, with its marks taken for the source's own.
    pub(crate) fn literal(quote: &str) -> Quoted {
        let words = words(quote);
        Quoted {
            joints: vec![None; words.len() + 1],
            words,
            patches: Vec::new(),
            origins: (0..=quote.len()).collect(),
            text: quote.to_string(),
        }
    }

    /// The quote with its ellipses and brackets taken for the writer's. None if it has none.
    pub(crate) fn marked(quote: &str) -> Option<Quoted> {
        let mut cleaner =
            Cleaner { quote, text: String::new(), origins: Vec::new(), holes: Vec::new(), patches: Vec::new() };
        cleaner.clean();
        if cleaner.holes.is_empty() && cleaner.patches.is_empty() {
            return None;
        }
        let Cleaner { text, mut origins, holes, patches, .. } = cleaner;
        origins.push(quote.len());
        let words = words(&text);
        let mut joints: Vec<Option<Joint>> = vec![None; words.len() + 1];
        for (at, hole) in holes {
            let place = words.partition_point(|word| word.range.start < at);
            let joint = joints.get_mut(place)?.get_or_insert_default();
            match hole {
                Hole::Ellipsis => joint.ellipsis = true,
                Hole::Bracket(content) => {
                    let former = joint.put_in.take();
                    let content = former.map_or(content.clone(), |former| format!("{former} {content}"));
                    joint.words = if is_remark(&content) { Vec::new() } else { self::words(&content) };
                    joint.put_in = Some(content);
                }
            }
        }
        Some(Quoted { text, words, joints, patches, origins })
    }

    /// The quote with words made one by `merge`. Words with a mark between them stay apart.
    pub(crate) fn merged(&self, merge: impl Fn(Vec<Word>) -> Vec<Word>) -> Quoted {
        let mut words: Vec<Word> = Vec::with_capacity(self.words.len());
        let mut joints: Vec<Option<Joint>> = Vec::with_capacity(self.joints.len());
        let mut start = 0;
        for at in 1..=self.words.len() {
            if at < self.words.len() && self.joints.get(at).is_none_or(Option::is_none) {
                continue;
            }
            let piece = merge(self.words.get(start..at).unwrap_or_default().to_vec());
            joints.push(self.joints.get(start).cloned().flatten());
            joints.extend(std::iter::repeat_n(None, piece.len().saturating_sub(1)));
            words.extend(piece);
            start = at;
        }
        joints.push(self.joints.last().cloned().flatten());
        Quoted { words, joints, text: self.text.clone(), patches: self.patches.clone(), origins: self.origins.clone() }
    }

    /// The bytes of the quote as written that bytes of `text` come from.
    pub(crate) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.origins.get(byte).or(self.origins.last()).copied().unwrap_or_default();
        let end =
            range.end.checked_sub(1).filter(|last| *last >= range.start).map_or(at(range.start), |last| at(last) + 1);
        at(range.start)..end
    }

    /// Returns whether a word has letters that stood in brackets.
    pub(crate) fn patch(&self, word: &Word) -> Option<&Range<usize>> {
        self.patches.iter().find(|patch| patch.start < word.range.end && patch.end > word.range.start)
    }
}

fn is_remark(content: &str) -> bool {
    let lower = content.trim().to_lowercase();
    REMARKS.contains(&lower.as_str())
}

enum Hole {
    Ellipsis,
    Bracket(String),
}

/// Takes the marks out of a quote.
struct Cleaner<'a> {
    quote: &'a str,
    text: String,
    origins: Vec<usize>,
    holes: Vec<(usize, Hole)>,
    patches: Vec<Range<usize>>,
}

impl Cleaner<'_> {
    fn clean(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.quote.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(length) = ellipsis(rest) {
                self.hole(at, Hole::Ellipsis);
                at += length;
            } else if let Some((content, length)) = bracket(rest) {
                self.bracket(at, content, length);
                at += length;
            } else {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                self.keep(at..at + length);
                at += length;
            }
        }
    }

    fn keep(&mut self, range: Range<usize>) {
        if let Some(kept) = self.quote.get(range.clone()) {
            self.text.push_str(kept);
            self.origins.extend(range);
        }
    }

    fn hole(&mut self, at: usize, hole: Hole) {
        self.holes.push((self.text.len(), hole));
        self.text.push(HOLE);
        self.origins.extend(std::iter::repeat_n(at, HOLE.len_utf8()));
    }

    /// Brackets around letters of a word keep their letters: `[T]he`, `want[ed]`.
    fn bracket(&mut self, at: usize, content: &str, length: usize) {
        let letter = |c: char| c.is_alphanumeric();
        let before = self.quote.get(..at).is_some_and(|before| before.ends_with(letter));
        let after = self.quote.get(at + length..).is_some_and(|after| after.starts_with(letter));
        let letters =
            !content.is_empty() && content.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
        if letters && (before || after) && content.parse::<f64>().is_err() {
            let start = self.text.len();
            let inner = at + 1;
            self.keep(inner..inner + content.len());
            self.patches.push(start..self.text.len());
        } else {
            self.hole(at, Hole::Bracket(content.to_string()));
        }
    }
}

/// The length of an ellipsis at the beginning of a text: three points or more, a sign of its own, with or without
/// brackets around it, spaces between.
fn ellipsis(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let open = text.chars().next()?;
    let close = match open {
        '[' => Some(']'),
        '(' => Some(')'),
        '<' => Some('>'),
        '{' => Some('}'),
        '［' => Some('］'),
        '（' => Some('）'),
        '〔' => Some('〕'),
        '.' | '…' | '⋯' | '‥' | '․' => None,
        _ => return None,
    };
    if close.is_some() {
        chars.next();
    }
    let (mut points, mut end) = (0, 0);
    while let Some((at, c)) = chars.peek().copied() {
        match c {
            '.' | '․' => points += 1,
            '…' | '⋯' => points += 3,
            '‥' => points += 2,
            c if c.is_whitespace() => {
                chars.next();
                continue;
            }
            _ => break,
        }
        end = at + c.len_utf8();
        chars.next();
    }
    match close {
        Some(close) => match chars.peek() {
            Some((at, c)) if points >= 2 && *c == close => Some(at + c.len_utf8()),
            _ => None,
        },
        None => (points >= 3).then_some(end),
    }
}

/// The longest content of brackets that a writer puts in, in bytes.
const LONGEST_PUT_IN: usize = 300;

/// The content of square brackets at the beginning of a text, and the length with them.
fn bracket(text: &str) -> Option<(&str, usize)> {
    let (open, close) =
        [('[', ']'), ('［', '］'), ('〔', '〕')].into_iter().find(|(open, _)| text.starts_with(*open))?;
    let inner = text.get(open.len_utf8()..)?;
    let end = inner.find([close, open]).filter(|end| *end <= LONGEST_PUT_IN)?;
    let content = inner.get(..end).filter(|_| inner.get(end..).is_some_and(|rest| rest.starts_with(close)))?;
    Some((content, open.len_utf8() + end + close.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(quote: &str) -> String {
        let Some(quoted) = Quoted::marked(quote) else { return "unmarked".into() };
        let mut out = String::new();
        for (at, joint) in quoted.joints.iter().enumerate() {
            if let Some(joint) = joint {
                out.push_str(if joint.ellipsis { "… " } else { "" });
                out.push_str(&joint.put_in.as_ref().map_or(String::new(), |put| format!("[{put}] ")));
            }
            if let Some(word) = quoted.words.get(at) {
                out.push_str(&word.key);
                out.push(' ');
            }
        }
        out.trim_end().to_string()
    }

    #[test]
    fn marks_of_the_writer_are_told_from_words() {
        for (quote, expected) in [
            ("We went ... home", "we went … home"),
            ("We went […] home", "we went … home"),
            ("We went (. . .) home", "we went … home"),
            ("We went . . . home.", "we went … home"),
            ("We went [the crew] home", "we went [the crew] home"),
            ("[T]he boat want[ed] us", "the boat wanted us"),
            ("They [sic] went", "they [sic] went"),
            ("… and home [...]", "… and home …"),
            ("Nothing marked.", "unmarked"),
            ("An open [bracket", "unmarked"),
        ] {
            assert_eq!(told(quote), expected, "{quote}");
        }
    }

    #[test]
    fn words_keep_their_places_in_the_quote_as_written() {
        let quote = "[T]he boat […] sank";
        let quoted = Quoted::marked(quote).expect("marked");
        let written: Vec<&str> = quoted.words.iter().map(|word| &quote[quoted.origin(&word.range)]).collect();
        assert_eq!(written, ["T]he", "boat", "sank"]);
    }
}
