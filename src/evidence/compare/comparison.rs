//! A quote and a text, word by word: what is the same, what differs, what was left out.

use std::ops::Range;

use super::align::{Alignment, Step, align};
use super::classify::{BothDates, Stretch, classify, is_name, negates, rewritten};
use super::context::Context;
use super::dates::Dates;
use super::merge::DATE;
use super::pools::Pools;
use super::quoted::{Joint, Quoted};
use super::segment::{Segment, segments};
use super::table::Table;
use super::word::{Word, ends_sentence};
use crate::answer::quotes::DifferenceClass;
use crate::time::{month_number, weekday_number};

/// The characters of the source that an ellipsis may stand for.
const MAX_GAP_CHARS: usize = 600;
/// The words of the source that brackets may stand for.
const MAX_PUT_IN_WORDS: usize = 15;
/// The words before a quote that its first mark may stand for.
const NEAR_WORDS: usize = 8;
/// The bytes around a place in which its dates are read.
const AROUND: usize = 60;

/// A text to compare with, and its words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Word],
}

/// A difference, in bytes of the quote's own text and of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) class: DifferenceClass,
    pub(crate) accepted: bool,
    pub(crate) quoted: Range<usize>,
    pub(crate) source: Range<usize>,
}

/// Words left out or put in with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) source: Range<usize>,
    pub(crate) put_in: Option<String>,
    pub(crate) across_sentences: bool,
}

/// A quote compared with a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Compared {
    pub(crate) differences: Vec<Found>,
    pub(crate) gaps: Vec<Gap>,
    /// The bytes of the source from the first word to the last.
    pub(crate) bytes: Range<usize>,
    /// The share of the quote's words that the text has in this place, and of those that tell something.
    pub(crate) share: f64,
    pub(crate) telling: f64,
}

impl Compared {
    /// Returns whether nothing differs but how it is written.
    pub(crate) fn passes(&self) -> bool {
        self.differences.iter().all(|difference| difference.accepted)
    }

    /// Orders comparisons: the fewer words differ, the better.
    pub(crate) fn rank(&self) -> (bool, i64, i64) {
        let open = self.differences.iter().filter(|difference| !difference.accepted).count();
        (self.passes(), (self.share * 1_000.0) as i64, -(open as i64))
    }
}

/// Compares a quote with the words of a source within a window. None if there is nothing to compare, or too much.
pub(crate) fn compare(
    quoted: &Quoted,
    source: Source<'_>,
    window: Range<usize>,
    context: &Context<'_>,
) -> Option<Compared> {
    let words = source.words.get(window.clone())?;
    let table = Table::new(quoted, words, context);
    let alignment = align(&table)?;
    let mut work =
        Work { quoted, source, words, context, differences: Vec::new(), gaps: Vec::new(), moved: 0, dates: None };
    let segments = segments(&alignment, quoted);
    work.explain(&segments, &alignment);
    let bytes = work.bytes_of(&alignment.words);
    work.ends(&alignment);
    work.punctuation(&segments);
    let Work { differences, gaps, moved, .. } = work;
    let (share, telling) = shares(quoted, &alignment, &differences, moved, context);
    Some(Compared { differences, gaps, bytes, share, telling })
}

/// A comparison under way.
struct Work<'a> {
    quoted: &'a Quoted,
    source: Source<'a>,
    /// The words of the window.
    words: &'a [Word],
    context: &'a Context<'a>,
    differences: Vec<Found>,
    gaps: Vec<Gap>,
    /// The words that stand elsewhere in the source.
    moved: usize,
    dates: Option<BothDates>,
}

impl<'a> Work<'a> {
    fn left(&self, range: &Range<usize>) -> &'a [Word] {
        self.quoted.words.get(range.clone()).unwrap_or_default()
    }

    fn right(&self, range: &Range<usize>) -> &'a [Word] {
        self.words.get(range.clone()).unwrap_or_default()
    }

    /// The bytes of words of the window; of none, the place between two.
    fn bytes_of(&self, range: &Range<usize>) -> Range<usize> {
        span(self.words, range)
    }

    fn explain(&mut self, segments: &[Segment], alignment: &Alignment) {
        let pools = Pools::of(segments, self.quoted, self.words, alignment);
        for (at, segment) in segments.iter().enumerate() {
            match segment {
                Segment::Same(quoted, source) => self.same(*quoted, *source),
                Segment::Joint(quoted, source) => self.joint(*quoted, source),
                Segment::Differs(quoted, source) => self.differs(at, quoted, source, &pools, alignment),
            }
        }
    }

    /// Equal words may differ in capitals.
    fn same(&mut self, quoted: usize, source: usize) {
        let (Some(a), Some(b)) = (self.quoted.words.get(quoted), self.words.get(source)) else { return };
        let (left, right) = (self.quoted.text.get(a.range.clone()), self.source.text.get(b.range.clone()));
        if a.key.contains(|c: char| c.is_ascii_digit()) && left != right {
            let class = if a.key.starts_with(DATE) { DifferenceClass::Date } else { DifferenceClass::Figure };
            let (quoted, source) = (a.range.clone(), b.range.clone());
            return self.differences.push(Found { class, accepted: true, quoted, source });
        }
        if (a.capital, a.capitals) == (b.capital, b.capitals) || self.quoted.patch(a).is_some() {
            return;
        }
        let joint = self.quoted.joints.get(quoted).is_some_and(Option::is_some);
        let opens = quoted == 0 || joint || a.starts || b.starts;
        let shouted = |words: &[Word], at: usize| {
            let beside = [at.checked_sub(1), at.checked_add(1)];
            beside.into_iter().flatten().filter_map(|at| words.get(at)).any(|word| word.capitals)
        };
        let headline = a.capitals && shouted(&self.quoted.words, quoted) || b.capitals && shouted(self.words, source);
        let accepted = opens && !a.capitals && !b.capitals || headline || a.key.chars().nth(1).is_none() && opens;
        if !accepted {
            let (quoted, source) = (a.range.clone(), b.range.clone());
            self.differences.push(Found { class: DifferenceClass::Spelling, accepted: false, quoted, source });
        }
    }

    /// The words that a mark stands for.
    fn joint(&mut self, quoted: usize, source: &Range<usize>) {
        let Some(Some(joint)) = self.quoted.joints.get(quoted) else { return };
        let passed = self.right(source);
        let bytes = self.bytes_of(source);
        let text = self.source.text.get(bytes.clone()).unwrap_or_default();
        let before =
            source.start.checked_sub(1).and_then(|at| self.words.get(at)).map_or(bytes.start, |word| word.range.end);
        let after = self.words.get(source.end).map_or(bytes.end, |word| word.range.start);
        let across = !passed.is_empty() && ends_sentence(self.source.text.get(before..after).unwrap_or_default());
        let place = self.between(quoted);
        if let Some(class) = self.marked(joint, passed) {
            self.differences.push(Found { class, accepted: false, quoted: place.clone(), source: bytes.clone() });
        }
        let too_long = text.chars().count() > MAX_GAP_CHARS || !joint.ellipsis && passed.len() > MAX_PUT_IN_WORDS;
        if too_long {
            self.differences.push(Found {
                class: DifferenceClass::Gap,
                accepted: false,
                quoted: place,
                source: bytes.clone(),
            });
        }
        self.gaps.push(Gap { source: bytes, put_in: joint.put_in.clone(), across_sentences: across });
    }

    /// What a mark changes in what is said: it swallows or puts in a negation, puts in another figure, date or name.
    fn marked(&self, joint: &Joint, passed: &[Word]) -> Option<DifferenceClass> {
        if negates(&joint.words, passed, self.context) {
            return Some(DifferenceClass::Negation);
        }
        let numbers = |words: &[Word]| self.context.numerals.figures(words).firm().collect::<Vec<_>>();
        let (put_in, stood) = (numbers(&joint.words), numbers(passed));
        if put_in.iter().any(|number| !stood.contains(number)) {
            return Some(DifferenceClass::Figure);
        }
        let days = |words: &[Word]| -> Vec<(Option<u32>, Option<u32>)> {
            let day = |word: &Word| (month_number(&word.key), weekday_number(&word.key));
            words
                .iter()
                .filter(|word| word.capital || !word.key.is_ascii())
                .map(day)
                .filter(|day| *day != (None, None))
                .collect()
        };
        let (put_in, stood) = (days(&joint.words), days(passed));
        if !put_in.is_empty() && !stood.is_empty() && put_in != stood {
            return Some(DifferenceClass::Date);
        }
        let names = |words: &[Word]| -> Vec<String> {
            words
                .iter()
                .filter(|word| word.capital && !self.context.is_common(&word.key))
                .filter(|word| is_name(&Word { starts: false, ..(*word).clone() }, self.context))
                .map(|word| word.key.clone())
                .collect()
        };
        let stood: Vec<String> =
            passed.iter().filter(|word| is_name(word, self.context)).map(|word| word.key.clone()).collect();
        let put_in = names(&joint.words);
        (!put_in.is_empty() && !stood.is_empty() && !put_in.iter().any(|name| stood.contains(name)))
            .then_some(DifferenceClass::Name)
    }

    /// The bytes of the quote's text between a word and the one before.
    fn between(&self, quoted: usize) -> Range<usize> {
        let start = quoted.checked_sub(1).and_then(|at| self.quoted.words.get(at)).map_or(0, |word| word.range.end);
        let end = self.quoted.words.get(quoted).map_or(self.quoted.text.len(), |word| word.range.start);
        start..end.max(start)
    }

    fn differs(
        &mut self,
        at: usize,
        quoted: &Range<usize>,
        source: &Range<usize>,
        pools: &Pools<'a>,
        alignment: &Alignment,
    ) {
        let dates = self.dates(alignment);
        let whole = self.stretch(quoted, source);
        if let Some((class, accepted)) = rewritten(&whole, &dates, self.context) {
            return self.found(class, accepted, quoted, source);
        }
        let in_moved = |word: &usize| pools.moved.get(*word).copied().unwrap_or_default();
        if quoted.clone().any(|word| in_moved(&word)) || self.is_moved(at, quoted, source, pools) {
            self.moved += quoted.len();
            return self.found(DifferenceClass::Order, false, quoted, source);
        }
        if quoted.len() != source.len() {
            let class = classify(&whole, &dates, self.context);
            let class = if class.is_grave() { class } else { self.beyond(quoted, pools).unwrap_or(class) };
            return self.found(class, false, quoted, source);
        }
        for (left, right) in quoted.clone().zip(source.clone()) {
            let (left, right) = (left..left + 1, right..right + 1);
            let pair = self.stretch(&left, &right);
            let (class, accepted) = rewritten(&pair, &dates, self.context)
                .unwrap_or_else(|| (classify(&pair, &dates, self.context), false));
            self.found(class, accepted, &left, &right);
        }
    }

    fn stretch(&self, quoted: &Range<usize>, source: &Range<usize>) -> Stretch<'a> {
        let (quoted_bytes, source_bytes) = (span(&self.quoted.words, quoted), self.bytes_of(source));
        let (left, right) = (&self.quoted.text, self.source.text);
        Stretch {
            quoted: self.left(quoted),
            source: self.right(source),
            quoted_text: left.get(quoted_bytes.clone()).unwrap_or_default(),
            source_text: right.get(source_bytes.clone()).unwrap_or_default(),
            quoted_bytes,
            source_bytes,
        }
    }

    fn found(&mut self, class: DifferenceClass, accepted: bool, quoted: &Range<usize>, source: &Range<usize>) {
        let (quoted, source) = (span(&self.quoted.words, quoted), self.bytes_of(source));
        self.differences.push(Found { class, accepted, quoted, source });
    }

    /// Returns whether the words of a stretch stand elsewhere in the source. Names and figures that changed places are
    /// told as what they are.
    fn is_moved(&self, at: usize, quoted: &Range<usize>, source: &Range<usize>, pools: &Pools<'a>) -> bool {
        let (left, right) = (self.left(quoted), self.right(source));
        let named = |words: &[Word]| {
            words.iter().any(|word| is_name(word, self.context) || self.context.numerals.is_figure(word))
        };
        if left.len() <= 3 && left.len() == right.len() && (named(left) || named(right)) {
            return false;
        }
        let telling = |words: &'a [Word]| -> Vec<&'a str> {
            let all = words.iter().map(|word| word.key.as_str());
            let telling: Vec<&str> = all.clone().filter(|key| !self.context.is_common(key)).collect();
            if telling.is_empty() && words.len() > 1 { all.collect() } else { telling }
        };
        let (put_in, left_out) = (telling(left), telling(right));
        let here = |words: &[&str], pool: &[(usize, String)]| {
            !words.is_empty() && words.iter().all(|word| pool.iter().any(|(other, key)| *other != at && key == word))
        };
        here(&put_in, &pools.left_out) || left.is_empty() && here(&left_out, &pools.put_in)
    }

    /// Returns whether the words at an end of the quote stand farther on in the source, in the same direction.
    fn is_beyond(&self, quoted: &Range<usize>, telling: &[&str], pools: &Pools<'a>) -> bool {
        let has = |words: &[Word]| telling.iter().all(|key| words.iter().any(|word| word.key == *key));
        let after = quoted.end == self.quoted.words.len() && has(pools.after);
        !telling.is_empty() && (after || quoted.start == 0 && has(pools.before))
    }

    /// What words at an end of the quote are about that stand farther on in the source: what was left out between may
    /// negate.
    fn beyond(&self, quoted: &Range<usize>, pools: &Pools<'a>) -> Option<DifferenceClass> {
        let words = self.left(quoted);
        let telling: Vec<&str> =
            words.iter().map(|word| word.key.as_str()).filter(|key| !self.context.is_common(key)).collect();
        if !self.is_beyond(quoted, &telling, pools) {
            return None;
        }
        let first = |pool: &'a [Word]| pool.iter().position(|word| telling.contains(&word.key.as_str()));
        let after = quoted.end == self.quoted.words.len();
        let skipped = if after {
            pools.after.get(..first(pools.after)?)
        } else {
            let last = pools.before.iter().rposition(|word| telling.contains(&word.key.as_str()))?;
            pools.before.get(last + 1..)
        };
        let skipped = skipped.unwrap_or_default();
        let swallowed = self.context.negations.count(skipped) > 0;
        Some(if swallowed { DifferenceClass::Negation } else { DifferenceClass::Gap })
    }

    /// The dates of the quote, and of the source around this place.
    fn dates(&mut self, alignment: &Alignment) -> BothDates {
        if let Some(dates) = &self.dates {
            return dates.clone();
        }
        let place = self.bytes_of(&alignment.words);
        let text = self.source.text;
        let start = crate::text::floor(text, place.start.saturating_sub(AROUND));
        let end = crate::text::floor(text, place.end.saturating_add(AROUND));
        let language = self.context.language;
        let quoted = &self.quoted.text;
        let dates = BothDates {
            quoted: Dates::of(quoted, 0..quoted.len(), language),
            source: Dates::of(text, start..end, language),
        };
        self.dates.insert(dates).clone()
    }

    /// Marks at the beginning and the end of a quote stand for what is beside it in the source.
    fn ends(&mut self, alignment: &Alignment) {
        let (first, last) = (alignment.words.start, alignment.words.end);
        let before = self.words.get(first.saturating_sub(NEAR_WORDS)..first).unwrap_or_default();
        let sentence = before.iter().rposition(|word| word.starts).unwrap_or_default();
        let opens = self.words.get(first).is_some_and(|word| word.starts);
        let before = if opens { &[] } else { before.get(sentence..).unwrap_or_default() };
        let after = self.words.get(last..(last + NEAR_WORDS).min(self.words.len())).unwrap_or_default();
        let after = after.get(..after.iter().position(|word| word.starts).unwrap_or(after.len())).unwrap_or_default();
        let quoted = self.quoted;
        let ends = [(0, before), (quoted.words.len(), after)];
        for (place, beside) in ends {
            let Some(Some(joint)) = quoted.joints.get(place) else { continue };
            let start = place == 0;
            let beside = if start && joint.put_in.is_none() {
                beside.get(beside.len().saturating_sub(2)..).unwrap_or_default()
            } else {
                beside
            };
            let swallowed = start && self.context.negations.count(beside) > self.context.negations.count(&joint.words);
            let invented = joint.put_in.as_ref().and_then(|_| self.put_in(joint, beside));
            let class = if swallowed { Some(DifferenceClass::Negation) } else { invented };
            let bytes = match (beside.first(), beside.last()) {
                (Some(first), Some(last)) => first.range.start..last.range.end,
                _ => self.bytes_of(&(if start { first..first } else { last..last })),
            };
            if let Some(class) = class {
                self.differences.push(Found { class, accepted: false, quoted: self.between(place), source: bytes });
            }
            if let Some(put_in) = &joint.put_in {
                let at = self.bytes_of(&(if start { first..first } else { last..last }));
                self.gaps.push(Gap { source: at, put_in: Some(put_in.clone()), across_sentences: false });
            }
        }
    }

    /// What brackets beside the quote put in that does not stand there in the source.
    fn put_in(&self, joint: &Joint, beside: &[Word]) -> Option<DifferenceClass> {
        if self.context.negations.count(&joint.words) > self.context.negations.count(beside) {
            return Some(DifferenceClass::Negation);
        }
        let numbers = |words: &[Word]| self.context.numerals.figures(words).firm().collect::<Vec<_>>();
        let stood = numbers(beside);
        numbers(&joint.words).iter().any(|number| !stood.contains(number)).then_some(DifferenceClass::Figure)
    }

    /// Marks between words that are the same, and at the end.
    fn punctuation(&mut self, segments: &[Segment]) {
        for pair in segments.windows(2) {
            let [Segment::Same(a, b), Segment::Same(c, d)] = pair else { continue };
            if *c != a + 1 || *d != b + 1 || self.quoted.joints.get(*c).is_some_and(Option::is_some) {
                continue;
            }
            let quoted = self.between(*c);
            let source = self.bytes_of(&(*b..*d + 1));
            let (Some(first), Some(second)) = (self.words.get(*b), self.words.get(*d)) else { continue };
            let source = first.range.end.max(source.start)..second.range.start;
            self.marks(quoted, source, false);
        }
        let Some(Segment::Same(a, b)) = segments.last() else { return };
        if a + 1 == self.quoted.words.len() && self.quoted.joints.last().is_none_or(Option::is_none) {
            let quoted = self.between(a + 1);
            let Some(word) = self.words.get(*b) else { return };
            let end = self.words.get(b + 1).map_or(self.source.text.len(), |next| next.range.start);
            self.marks(quoted, word.range.end..end, true);
        }
    }

    fn marks(&mut self, quoted: Range<usize>, source: Range<usize>, at_end: bool) {
        let marks = |text: &str| -> String {
            let marks = text.chars().filter_map(mark);
            if at_end { marks.take(1).collect() } else { marks.collect() }
        };
        let a = marks(self.quoted.text.get(quoted.clone()).unwrap_or_default());
        let b = marks(self.source.text.get(source.clone()).unwrap_or_default());
        if a == b {
            return;
        }
        let asks = |marks: &str| marks.contains('?');
        // A quote may leave out the mark at its end, or put the comma of its own sentence there.
        let turned = asks(&a) != asks(&b) && !(at_end && (a.is_empty() || a == ","));
        if turned || !at_end {
            let class = DifferenceClass::Punctuation;
            self.differences.push(Found { class, accepted: !turned, quoted, source });
        }
    }
}

/// A mark that parts sentences or their parts, in one script.
fn mark(c: char) -> Option<char> {
    match c {
        '.' | '。' | '।' | '．' => Some('.'),
        ',' | '،' | '、' | '，' => Some(','),
        ';' | '؛' | '；' => Some(';'),
        ':' | '：' => Some(':'),
        '!' | '！' => Some('!'),
        '?' | '？' | '؟' | '\u{37E}' => Some('?'),
        _ => None,
    }
}

/// The bytes of some of these words; of none, the place between two.
fn span(words: &[Word], range: &Range<usize>) -> Range<usize> {
    match (words.get(range.start), range.end.checked_sub(1).and_then(|last| words.get(last))) {
        (Some(first), Some(last)) if range.start < range.end => first.range.start..last.range.end,
        _ => {
            let at = range.start.checked_sub(1).and_then(|before| words.get(before)).map_or(0, |word| word.range.end);
            at..at
        }
    }
}

/// The share of the quote's words that the source has, and of those that tell something.
fn shares(quoted: &Quoted, alignment: &Alignment, found: &[Found], moved: usize, context: &Context<'_>) -> (f64, f64) {
    let accepted = |word: &&Word| {
        found
            .iter()
            .any(|found| found.accepted && found.quoted.start <= word.range.start && word.range.end <= found.quoted.end)
    };
    let telling = |word: &&Word| !context.is_common(&word.key);
    let same = alignment.steps.iter().filter_map(|step| match step {
        Step::Same(word, _) => quoted.words.get(*word),
        _ => None,
    });
    let all = quoted.words.len().max(1) as f64;
    let rewritten = quoted.words.iter().filter(accepted).count();
    let share = (alignment.same + rewritten + moved) as f64 / all;
    let told = quoted.words.iter().filter(telling).count();
    if told == 0 {
        return (share.min(1.0), share.min(1.0));
    }
    let rewritten = quoted.words.iter().filter(telling).filter(accepted).count();
    let kept = same.filter(telling).count() + rewritten + moved;
    (share.min(1.0), (kept as f64 / told as f64).min(1.0))
}
