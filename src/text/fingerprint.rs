//! Fingerprints: few enough numbers to keep for every text, and enough to tell how much of one stands in another.
//!
//! A text is the set of its runs of three folded words, numbers included, each run as a hash; in scripts without spaces
//! between words, of five characters. Longer runs do not survive that every third word is written anew, and shorter ones
//! are in any text. The smallest hashes are kept: an eighth of them, and at least 64 (Broder, "On the resemblance and containment of documents", 1997). Two
//! texts are compared by the hashes that both would have kept, and by *containment*, the share of one that is in the
//! other: a copy may be cut short or stand inside another text, where resemblance would be small.

use xxhash_rust::xxh3::xxh3_64;

/// The words of a run.
const RUN_WORDS: usize = 3;
/// The characters of a run, where words are not set apart.
const RUN_CHARACTERS: usize = 5;
/// The bits of a hash: enough that unrelated texts share none, and few enough to be kept.
const HASH_BITS: u32 = 30;
/// One hash of this number is kept.
const ONE_IN: usize = 8;
/// The fewest hashes that are kept of a text that has them.
const MIN_HASHES: usize = 64;

/// The hash of a folded word. Callers that meet a word often keep it.
pub(crate) fn word_hash(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

/// Takes in the words of a text and gives its fingerprint. One value serves any number of texts, one after the other.
#[derive(Default)]
pub(crate) struct Fingerprinter {
    /// The hashes of the last words, the oldest at `words % RUN_CHARACTERS`.
    last: [u64; RUN_CHARACTERS],
    words: usize,
    hashes: Vec<u32>,
}

impl Fingerprinter {
    /// Takes in the next word by its hash; `is_character` if it is one of a script without spaces between words.
    #[inline]
    pub(crate) fn word(&mut self, hash: u64, is_character: bool) {
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        self.last[self.words % RUN_CHARACTERS] = hash;
        self.words += 1;
        let length = if is_character { RUN_CHARACTERS } else { RUN_WORDS };
        if self.words >= length {
            let run = (self.words - length..self.words)
                .fold(0u64, |run, word| (run.rotate_left(23) ^ self.last[word % RUN_CHARACTERS]).wrapping_mul(FACTOR));
            self.hashes.push((run >> (u64::BITS - HASH_BITS)) as u32);
        }
    }

    /// The fingerprint of the words so far, in rising order; empty for fewer than a run. The next word begins a
    /// new text.
    pub(crate) fn finish(&mut self) -> Vec<u32> {
        self.words = 0;
        let keep = |runs: usize| (runs / ONE_IN).max(MIN_HASHES);
        let mut hashes = std::mem::take(&mut self.hashes);
        let runs = hashes.len();
        let mut kept = smallest(&hashes, keep(runs));
        if kept.len() < keep(runs) && kept.len() < runs {
            // A text may repeat itself. A repeated run counts once, which leaves room for more of the others.
            hashes.sort_unstable();
            hashes.dedup();
            kept = smallest(&hashes, keep(hashes.len()));
        }
        hashes.clear();
        self.hashes = hashes;
        kept
    }
}

/// The `most` smallest of some numbers, rising, each once.
fn smallest(numbers: &[u32], most: usize) -> Vec<u32> {
    let mut numbers = numbers.to_vec();
    if numbers.len() > most {
        numbers.select_nth_unstable(most - 1);
        numbers.truncate(most);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers.shrink_to_fit();
    numbers
}

/// The largest hash up to which a fingerprint holds every hash of its text.
pub(crate) fn complete_to(fingerprint: &[u32]) -> u32 {
    match fingerprint.last() {
        Some(last) if fingerprint.len() >= MIN_HASHES => *last,
        _ => u32::MAX,
    }
}

/// How much two texts have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overlap {
    /// Hashes in both.
    pub(crate) shared: u32,
    /// Hashes of the first that could have been in both.
    pub(crate) first: u32,
    /// Hashes of the second that could have been in both.
    pub(crate) second: u32,
    /// About how many runs of words are in both texts, whether their hashes were kept or not.
    pub(crate) runs: u32,
}

impl Overlap {
    /// Compares two fingerprints up to a hash to which both are complete.
    pub(crate) fn up_to(limit: u32, first: &[u32], second: &[u32]) -> Overlap {
        let within = |hashes: &[u32]| hashes.partition_point(|hash| *hash <= limit);
        let (first, second) = (&first[..within(first)], &second[..within(second)]);
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(one), Some(other)) = (first.get(a), second.get(b)) {
            shared += u32::from(one == other);
            a += usize::from(one <= other);
            b += usize::from(other <= one);
        }
        let kept = (u64::from(limit) + 1).min(1 << HASH_BITS);
        let runs = ((u64::from(shared) << HASH_BITS) / kept).min(u64::from(u32::MAX)) as u32;
        Overlap { shared, first: first.len() as u32, second: second.len() as u32, runs }
    }

    /// The share of the first text that is in the second, in percent.
    pub(crate) fn of_first(self) -> u8 {
        hundredths(self.shared, self.first)
    }

    /// The share of the second text that is in the first, in percent.
    pub(crate) fn of_second(self) -> u8 {
        hundredths(self.shared, self.second)
    }
}

fn hundredths(part: u32, whole: u32) -> u8 {
    (u64::from(part) * 100 / u64::from(whole.max(1))).min(100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::for_each_word;
    use crate::text::grams::Spaceless;

    fn fingerprint(text: &str) -> Vec<u32> {
        let mut fingerprinter = Fingerprinter::default();
        for_each_word(text, |_, word| fingerprinter.word(word_hash(word), Spaceless::of(word).is_some()));
        fingerprinter.finish()
    }

    fn overlap(first: &str, second: &str) -> Overlap {
        let (first, second) = (fingerprint(first), fingerprint(second));
        Overlap::up_to(complete_to(&first).min(complete_to(&second)), &first, &second)
    }

    /// A text whose words are all different.
    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("w{n} ")).collect()
    }

    #[test]
    fn a_part_is_wholly_in_its_whole_whatever_their_lengths() {
        for (from, to) in [(0, 100), (100, 300), (1000, 3000), (0, 20_000)] {
            let overlap = overlap(&words(from, to), &words(0, 20_000));
            assert_eq!(overlap.of_first(), 100, "{from}..{to}: {overlap:?}");
            let share = (to - from) as i32 / 200;
            assert!((i32::from(overlap.of_second()) - share).abs() <= 5, "{from}..{to}: {overlap:?}");
            let runs = f64::from(overlap.runs) / (to - from) as f64;
            // An estimate from n hashes is off by one in the root of n, seldom by twice that.
            let off = 2.0 / f64::from(overlap.shared).sqrt();
            assert!((runs - 1.0).abs() <= off.min(0.5), "{from}..{to}: {overlap:?}");
        }
    }

    #[test]
    fn case_and_marks_do_not_count_but_numbers_do() {
        let text = "In the night, 83 boats burnt down.";
        assert_eq!(overlap(text, "in the night 83 boats burnt — DOWN").of_first(), 100);
        let other = overlap(text, "In the night, 63 boats burnt down.");
        assert_eq!((other.shared, other.first), (2, 5), "in the night, boats burnt down");
    }

    #[test]
    fn half_of_a_text_is_left_where_every_fifth_word_is_another() {
        let edited: String = (0..2000).map(|n| if n % 5 == 0 { format!("x{n} ") } else { format!("w{n} ") }).collect();
        let share = overlap(&words(0, 2000), &edited).of_first();
        assert!((30..50).contains(&share), "{share}");
    }

    #[test]
    fn characters_of_scripts_without_spaces_make_longer_runs() {
        assert_eq!(fingerprint("港口昨夜").len(), 0);
        assert_eq!(fingerprint("港口昨夜起火").len(), 2);
    }

    #[test]
    fn unrelated_texts_share_nothing() {
        assert_eq!(overlap(&words(0, 20_000), &words(20_000, 40_000)).shared, 0);
    }

    #[test]
    fn repetition_counts_once_and_too_few_words_have_no_fingerprint() {
        let line = "one two three four five six seven ";
        assert_eq!(fingerprint(&line.repeat(10_000)), fingerprint(&line.repeat(2)));
        assert!(fingerprint("one two").is_empty());
        assert!(fingerprint("").is_empty());
        let repeated = format!("{}{}", words(0, 2000), line.repeat(50_000));
        assert_eq!(overlap(&words(0, 2000), &repeated).of_first(), 100);
    }
}
