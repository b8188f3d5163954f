//! Folding: a word without letter case, diacritics and typographic variants.
//!
//! A word is folded the same way in an index and in a question, in composed (NFC) and decomposed (NFD) form. Marks that
//! make another letter of their script stay: vowel signs of India, the dot of Japanese が, the breve of Russian й. Ideographs
//! have one form (`han`), and so have the letters of Arabic that are typed for each other.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::boundary;
use super::han::simplified;

/// The longest folded word, in bytes. A longer one is cut, in index and question alike, so that it can still be found.
pub(crate) const MAX_TERM_BYTES: usize = 256;

/// The most bytes of a word that are looked at: the folded form of the rest could only be cut off again.
const MAX_INPUT_BYTES: usize = 2_048;

/// Appends the folded form of one word, which may be empty.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    let word = &word[..boundary::floor(word, MAX_INPUT_BYTES)];
    let start = out.len();
    if word.is_ascii() {
        out.push_str(word);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else if !fold_by_table(word, out) {
        out.truncate(start);
        fold_slowly(word, out);
    }
    if out.len() - start > MAX_TERM_BYTES {
        let end = boundary::floor(out, start + MAX_TERM_BYTES);
        out.truncate(end);
    }
}

/// The folded form of one word.
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::new();
    fold_into(word, &mut out);
    out
}

/// Folds character by character. Returns false if a character needs its neighbours or is not in the table.
fn fold_by_table(word: &str, out: &mut String) -> bool {
    for c in word.chars() {
        match u32::from(c) {
            0..0x80 => out.push(c.to_ascii_lowercase()),
            // Han and Hangul have neither case nor accents, and stand composed unless a jamo is near.
            0x4E00..=0x9FFF => out.push(simplified(c)),
            0xAC00..=0xD7A3 => out.push(c),
            code => match folded(code) {
                Some(folded) => out.push_str(folded.as_str()),
                None => return false,
            },
        }
    }
    true
}

/// Folds a whole word: compatibility decomposition, lower case, letters of this module, marks dropped, recomposed.
fn fold_slowly(word: &str, out: &mut String) {
    let mut letters = String::with_capacity(word.len());
    let mut last = '\0';
    for c in word.nfkd().flat_map(char::to_lowercase) {
        // Compatibility forms of single marks bring a space along.
        if c.is_whitespace() || is_dropped(c) && !distinguishes(last, c) {
            continue;
        }
        match letter(c) {
            Some(plain) => letters.push_str(plain),
            None => letters.push(digit(c).unwrap_or_else(|| simplified(c))),
        }
        last = c;
    }
    for c in letters.nfc() {
        if out.len() > MAX_INPUT_BYTES * 4 {
            break;
        }
        out.push(c);
    }
}

/// Marks and format characters that never make another word.
fn is_dropped(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x00B7 // soft hyphen, the Catalan middle dot
        | 0x02B0..=0x02FF // modifier letters: the Hawaiian ʻ, the Arabic ʿ ʾ, a lone ʼ
        | 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F // accents
        | 0x0483..=0x0489 | 0x2DE0..=0x2DFF | 0xA66F..=0xA67D // Church Slavonic
        | 0x0591..=0x05BD | 0x05BF | 0x05C1 | 0x05C2 | 0x05C4 | 0x05C5 | 0x05C7 | 0x05F3 | 0x05F4 // Hebrew points
        | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 // Arabic tatweel and harakat, hamza and madda
        | 0x06D6..=0x06DC | 0x06DF..=0x06E8 | 0x06EA..=0x06ED | 0x08D3..=0x08FF
        | 0x061C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2027 | 0x2060..=0x2064 | 0x2066..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0100..=0xE01EF // joiners, direction marks, variation selectors
    )
}

/// Marks that make another letter of the Cyrillic alphabet: й ў, ї, ѓ ќ. The diaeresis of ё does not count.
fn distinguishes(base: char, mark: char) -> bool {
    matches!((base, mark), ('и' | 'у', '\u{306}') | ('і', '\u{308}') | ('г' | 'к', '\u{301}'))
}

/// Letters that do not decompose but are read and typed as others.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' | 'ǽ' => "ae",
        'œ' => "oe",
        'ø' | 'ɵ' | 'ɔ' => "o",
        'ł' | 'ƚ' | 'ɫ' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'þ' => "th",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ĸ' | 'ƙ' => "k",
        'ə' | 'ǝ' | 'ɛ' => "e",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ħ' => "h",
        'ŧ' | 'ƭ' | 'ʈ' => "t",
        'ƀ' | 'ɓ' => "b",
        'ƒ' => "f",
        'ǥ' | 'ɠ' => "g",
        'ƥ' => "p",
        'ƴ' => "y",
        'ƶ' | 'ʒ' => "z",
        'ʋ' | 'ʊ' => "u",
        'ς' => "σ",
        'ґ' => "г",
        '\u{671}' => "\u{627}",
        // Arabic is written with either at the end of a word, and Persian and Urdu type their own letters for them.
        '\u{629}' | '\u{6C1}' | '\u{6BE}' | '\u{6C3}' => "\u{647}",
        '\u{649}' | '\u{6CC}' => "\u{64A}",
        '\u{6A9}' => "\u{643}",
        _ => return None,
    })
}

/// Decimal digits of other scripts.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 12] =
        [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50];
    let code = u32::from(c);
    if !(0x0660..0x0E60).contains(&code) {
        return None;
    }
    ZEROS.iter().find_map(|zero| code.checked_sub(*zero).and_then(|value| char::from_digit(value, 10)))
}

/// Up to a few letters, stored in place so that the table is one block of memory.
#[derive(Clone, Copy)]
struct Folded {
    bytes: [u8; 7],
    len: u8,
}

impl Folded {
    fn new(text: &str) -> Option<Folded> {
        let mut bytes = [0; 7];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Folded { bytes, len: u8::try_from(text.len()).ok()? })
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..usize::from(self.len)).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Characters in a page of the table.
const PAGE: u32 = 128;

/// The folded forms of one page of characters. A page is made when one of its characters is first met: a question needs
/// none, or those of one alphabet.
type Page = Vec<Option<Folded>>;

/// Pages of Latin to Arabic, then of Latin additional and Greek extended.
static TABLE: [OnceLock<Page>; 17] = [const { OnceLock::new() }; 17];

fn folded(code: u32) -> Option<&'static Folded> {
    let place = match code {
        0x80..0x700 => code - 0x80,
        0x1E00..0x2000 => code - 0x1E00 + 0x680,
        _ => return None,
    };
    let first = code - code % PAGE;
    let page = TABLE.get((place / PAGE) as usize)?.get_or_init(|| (first..first + PAGE).map(fold_one).collect());
    page.get((code % PAGE) as usize)?.as_ref()
}

/// The folded form of a single character, or none if it depends on its neighbours.
fn fold_one(code: u32) -> Option<Folded> {
    let c = char::from_u32(code)?;
    // These marks depend on the letter before them.
    if matches!(c, '\u{300}'..='\u{36F}') {
        return None;
    }
    let mut out = String::new();
    fold_slowly(c.encode_utf8(&mut [0; 4]), &mut out);
    Folded::new(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_what_readers_take_for_the_same_word() {
        let cases = [
            ("Élysée", "elysee"),
            ("ŁÓDŹ", "lodz"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Ærø", "aero"),
            ("Œuvre", "oeuvre"),
            ("Đặng", "dang"),
            ("Þingvellir", "thingvellir"),
            ("Ħal", "hal"),
            ("İstanbul", "istanbul"),
            ("ISPARTA", "isparta"),
            ("Diyarbakır", "diyarbakir"),
            ("Xocalı", "xocali"),
            ("Ağdərə", "agdere"),
            ("ＦＵＬＬ１２", "full12"),
            ("ﬁne", "fine"),
            ("Ёлка", "елка"),
            ("Чайковский", "чайковский"),
            ("Київ", "київ"),
            ("за\u{301}мок", "замок"),
            ("ΟΔΟΣ", "οδοσ"),
            ("ὁδός", "οδοσ"),
            ("مُحَمَّد", "محمد"),
            ("كتـــاب", "كتاب"),
            ("مدينة", "مدينه"),
            ("مستشفى", "مستشفي"),
            ("کتابی", "كتابي"),
            ("戰爭", "战争"),
            ("أحمد", "احمد"),
            ("שָׁלוֹם", "שלום"),
            ("हिन्दी", "हिन्दी"),
            ("がっこう", "がっこう"),
            ("ｶﾞ", "ガ"),
            ("한국", "한국"),
            ("col·lecció", "colleccio"),
            ("Hawaiʻi", "hawaii"),
            ("govern\u{AD}ment", "government"),
            ("١٩٩٢", "1992"),
            ("\u{301}", ""),
            ("ـ", ""),
        ];
        for (word, folded) in cases {
            assert_eq!(fold(word), folded, "{word}");
            assert_eq!(fold(&word.nfd().collect::<String>()), folded, "{word} decomposed");
            assert_eq!(fold(&word.nfc().collect::<String>()), folded, "{word} composed");
        }
    }

    #[test]
    fn cuts_long_words_at_a_character() {
        assert_eq!(fold(&"a".repeat(9_999)).len(), MAX_TERM_BYTES);
        assert_eq!(fold(&"ы".repeat(9_999)).len(), MAX_TERM_BYTES);
        let cut = fold(&format!("a{}", "ы".repeat(9_999)));
        assert_eq!(cut.len(), MAX_TERM_BYTES - 1);
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_fold_alike_and_folding_twice_changes_nothing(word in "[\\PC&&\\S]{1,12}|[a-zà-žа-я\u{300}-\u{320}]{1,12}") {
            let once = fold(&word);
            prop_assert_eq!(&fold(&word.nfd().collect::<String>()), &once);
            prop_assert_eq!(&fold(&word.nfc().collect::<String>()), &once);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_table_says_what_the_rules_say(word in "[!-~\u{80}-\u{2ff}\u{370}-\u{6ff}\u{1e00}-\u{1fff}一-龥가-힣]{0,12}") {
            let (mut fast, mut slow) = (String::new(), String::new());
            prop_assert!(fold_by_table(&word, &mut fast));
            fold_slowly(&word, &mut slow);
            prop_assert_eq!(fast, slow);
        }
    }
}
