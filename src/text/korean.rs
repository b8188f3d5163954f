//! Korean words without the particles and endings that are written onto them: 어부들은, 어부가 and 어부 are one.
//!
//! Particles are a closed class, and the commonest have two shapes: which one follows depends on whether the syllable
//! before it ends in a consonant. So `가을` (autumn) is no 가 with 을, because 을 stands after consonants alone.

/// A particle or ending may follow any syllable, or only one that ends in a consonant, or only one that does not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Any,
    Consonant,
    Vowel,
}

use After::{Any, Consonant, Vowel};

/// Endings of two syllables and more, the longest first. What verbs made of nouns with 하다 and 되다 add is among them.
const LONG: &[(&str, After)] = &[
    ("에서부터", Any),
    ("으로부터", Consonant),
    ("하였습니다", Any),
    ("되었습니다", Any),
    ("했습니다", Any),
    ("됐습니다", Any),
    ("입니다", Any),
    ("합니다", Any),
    ("됩니다", Any),
    ("하였다", Any),
    ("되었다", Any),
    ("이라고", Consonant),
    ("에게서", Any),
    ("으로서", Consonant),
    ("으로써", Consonant),
    ("로부터", Vowel),
    ("하면서", Any),
    ("되면서", Any),
    ("이라는", Consonant),
    ("이었다", Consonant),
    ("에서", Any),
    ("에게", Any),
    ("한테", Any),
    ("께서", Any),
    ("까지", Any),
    ("부터", Any),
    ("마다", Any),
    ("처럼", Any),
    ("보다", Any),
    ("조차", Any),
    ("마저", Any),
    ("으로", Consonant),
    ("이나", Consonant),
    ("이란", Consonant),
    ("이라", Consonant),
    ("이다", Any),
    ("였다", Vowel),
    ("라고", Vowel),
    ("라는", Vowel),
    ("로서", Any),
    ("로써", Any),
    ("하고", Any),
    ("하는", Any),
    ("하며", Any),
    ("하여", Any),
    ("해서", Any),
    ("하다", Any),
    ("하기", Any),
    ("했다", Any),
    ("했던", Any),
    ("한다", Any),
    ("되고", Any),
    ("되는", Any),
    ("되다", Any),
    ("됐다", Any),
    ("된다", Any),
    ("들이", Any),
    ("들은", Any),
    ("들을", Any),
    ("들의", Any),
    ("들과", Any),
    ("들도", Any),
];

/// Particles of one syllable that leave at least two.
const SHORT: &[(&str, After)] = &[
    ("은", Consonant),
    ("는", Vowel),
    ("이", Consonant),
    ("가", Vowel),
    ("을", Consonant),
    ("를", Vowel),
    ("과", Consonant),
    ("와", Vowel),
    ("의", Any),
    ("에", Any),
    ("도", Any),
    ("만", Any),
    ("로", Any),
    ("들", Any),
    ("한", Any),
    ("된", Any),
    ("할", Any),
    ("될", Any),
    ("해", Any),
];

/// Particles of one syllable that may leave a single one: of the others too many are the end of a word.
const CLEAR: &[(&str, After)] = &[("은", Consonant), ("는", Vowel), ("을", Consonant), ("를", Vowel), ("에", Any)];

/// The stem of a word in Hangul; none for a word in other letters.
pub(super) fn stem(folded: &str) -> Option<&str> {
    if !folded.starts_with(is_syllable) {
        return None;
    }
    let mut stem = folded;
    // A plural, a case and a topic may follow one another; more than three never do.
    for _ in 0..3 {
        match without_ending(stem) {
            Some(shorter) => stem = shorter,
            None => break,
        }
    }
    Some(stem)
}

fn without_ending(word: &str) -> Option<&str> {
    let long = strip(word, LONG, 1);
    long.or_else(|| strip(word, SHORT, 2)).or_else(|| strip(word, CLEAR, 1))
}

/// The word without the first of these endings that it has, if that leaves as many syllables.
fn strip<'w>(word: &'w str, endings: &[(&str, After)], fewest: usize) -> Option<&'w str> {
    endings.iter().find_map(|(ending, after)| {
        let rest = word.strip_suffix(ending)?;
        let last = rest.chars().next_back().filter(|c| is_syllable(*c))?;
        let fits = match after {
            Any => true,
            Consonant => ends_in_consonant(last),
            Vowel => !ends_in_consonant(last),
        };
        (fits && rest.chars().count() >= fewest).then_some(rest)
    })
}

fn is_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// A syllable is a beginning, a vowel and one of 28 ends, the first of which is none.
fn ends_in_consonant(syllable: char) -> bool {
    !(u32::from(syllable) - u32::from('가')).is_multiple_of(28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_and_what_is_written_onto_it_have_one_stem() {
        for (words, expected) in [
            ("어부 어부들은 어부가 어부를 어부의 어부들이 어부에게 어부들에게 어부와 어부도", "어부"),
            ("항구 항구에서 항구는 항구로 항구까지 항구에서는", "항구"),
            ("시장 시장은 시장이 시장을 시장과 시장으로", "시장"),
            ("발표 발표했다 발표한 발표하였다 발표하고", "발표"),
            ("물 물을 물은 물에서", "물"),
        ] {
            for word in words.split(' ') {
                assert_eq!(stem(word), Some(expected), "{word}");
            }
        }
    }

    #[test]
    fn words_that_only_end_like_that_keep_their_end() {
        for word in ["가을", "마을", "사과", "국가", "지도", "나이", "회의", "도로", "서울", "나라"]
        {
            assert_eq!(stem(word), Some(word));
        }
        assert_eq!(stem("harbour"), None);
    }
}
