//! Names of months and weekdays in the languages papers are written in.
//!
//! The names are those of Unicode's CLDR, in `tables.in`, which `tables.py` writes. Letter case and diacritics do not
//! count, so `FÉVRIER`, `fevrier` and `février` are one name. A name with different meanings in two languages has that
//! of the text's language: `listopada` is October in Croatian and November in Polish.

mod tables;

use tables::Row;
use unicode_normalization::UnicodeNormalization;

/// The longest name of a month or weekday, in bytes.
pub(super) const LONGEST: usize = 64;

/// Languages whose abbreviations are known in texts of any language. Those of other languages are words elsewhere.
const ABBREVIATED_ANYWHERE: [&str; 19] =
    ["en", "de", "fr", "es", "pt", "it", "ru", "tr", "pl", "nl", "uk", "id", "ro", "hu", "az", "th", "ja", "ko", "zh"];

/// The number, 1 to 12, of the month with this name or abbreviation; a full stop after it is allowed.
pub(crate) fn month(word: &str) -> Option<u32> {
    month_in(word, None)
}

/// The same in a text of this language (ISO 639-1), which decides where languages differ.
pub(crate) fn month_in(word: &str, language: Option<&str>) -> Option<u32> {
    look_up(tables::MONTHS, tables::SHORT_MONTHS, word, language)
}

/// The number of the weekday with this name or abbreviation, Monday 1 to Sunday 7.
pub(crate) fn weekday(word: &str) -> Option<u32> {
    weekday_in(word, None)
}

/// The same in a text of this language.
pub(crate) fn weekday_in(word: &str, language: Option<&str>) -> Option<u32> {
    look_up(tables::WEEKDAYS, tables::SHORT_WEEKDAYS, word, language)
}

/// The number of a month of the Solar Hijri calendar of Iran and Afghanistan.
pub(super) fn solar_hijri_month(word: &str) -> Option<u32> {
    if word.is_ascii() || word.len() > LONGEST {
        return None;
    }
    row(tables::SOLAR_HIJRI, &folded(word))?.first().map(|(number, _)| u32::from(*number))
}

/// Returns whether the name of some month has two words and begins with this one.
pub(super) fn opens_a_name(word: &str) -> bool {
    const LONGEST_FIRST: usize = 24;
    if word.len() < 2 || word.len() > LONGEST_FIRST || word.is_ascii() && !matches!(word.len(), 2..=9) {
        return false;
    }
    let first = folded(word);
    let at = tables::MONTHS.partition_point(|(name, _)| *name <= first.as_str());
    let follows = |name: &&str| name.strip_prefix(first.as_str()).is_some_and(|rest| rest.starts_with(' '));
    tables::MONTHS.get(at).is_some_and(|(name, _)| follows(name))
}

/// The names of months in a language (by its ISO 639-1 code) that are one word, and their abbreviations, each with its
/// number.
pub(super) fn months_in(language: &str) -> impl Iterator<Item = (&'static str, u8)> {
    names_in(tables::MONTHS, language).chain(names_in(tables::SHORT_MONTHS, language))
}

/// The same for weekdays. Abbreviations are those of English alone, since others are often words.
pub(super) fn weekdays_in(language: &str) -> impl Iterator<Item = (&'static str, u8)> {
    let short = if language == "en" { tables::SHORT_WEEKDAYS } else { &[] };
    names_in(tables::WEEKDAYS, language).chain(names_in(short, language))
}

/// Every full name of a month with its number and language.
#[cfg(test)]
pub(super) fn every_month() -> impl Iterator<Item = (&'static str, u8, &'static str)> {
    tables::MONTHS.iter().flat_map(|(name, means)| {
        means.iter().flat_map(move |(number, languages)| languages.split(' ').map(move |code| (*name, *number, code)))
    })
}

fn names_in(table: &'static [Row], language: &str) -> impl Iterator<Item = (&'static str, u8)> {
    table
        .iter()
        .filter(|(name, _)| name.chars().all(char::is_alphabetic))
        .filter_map(move |(name, means)| means_in(means, language).map(|number| (*name, number)))
}

/// The meaning of a name in a language.
fn means_in(means: &[(u8, &str)], language: &str) -> Option<u8> {
    means.iter().find(|(_, languages)| languages.split(' ').any(|code| code == language)).map(|(number, _)| *number)
}

/// Returns whether a month's name is an ordinary word too, so that a number beside it proves little: "they may 2000".
pub(crate) fn is_ordinary_word(word: &str) -> bool {
    const ORDINARY: [&str; 30] = [
        "mac",
        "mee",
        "maja",
        "medi",
        "sat",
        "liepa",
        "adar",
        "fai",
        "may",
        "march",
        "mar",
        "out",
        "set",
        "ago",
        "ara",
        "mars",
        "mei",
        "mag",
        "lug",
        "gen",
        "lis",
        "sen",
        "mart",
        "noi",
        "sie",
        "cze",
        "lut",
        "tem",
        "август",
        "лист",
    ];
    let word = word.trim_end_matches('.');
    word.len() <= LONGEST && ORDINARY.contains(&folded(word).as_str())
}

/// Lower case without diacritics; letters that have no plain form stay.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            // The vowels of Indian scripts and Thai are marks too, but no diacritics.
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' => None,
            // These are joiners, and the stroke that lengthens an Arabic word.
            '\u{200c}' | '\u{200d}' | '\u{640}' => None,
            'ı' => Some('i'),
            'ł' => Some('l'),
            'ø' => Some('o'),
            'ə' => Some('e'),
            'đ' => Some('d'),
            'ς' => Some('σ'),
            'ی' => Some('ي'),
            'ک' => Some('ك'),
            '’' | 'ʼ' | '‘' | 'ʻ' => Some('\''),
            c => Some(c),
        })
        .collect()
}

fn row(table: &'static [Row], name: &str) -> Option<&'static [(u8, &'static str)]> {
    let at = table.binary_search_by(|(other, _)| (*other).cmp(name)).ok()?;
    table.get(at).map(|(_, means)| *means)
}

fn look_up(whole: &'static [Row], short: &'static [Row], word: &str, language: Option<&str>) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() < 2 || word.len() > LONGEST {
        return None;
    }
    let mut buffer = [0u8; LONGEST];
    let number = match (word.is_ascii(), buffer.get_mut(..word.len())) {
        (true, Some(lower)) => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            find(whole, short, std::str::from_utf8(lower).ok()?, language)
        }
        _ => find(whole, short, &folded(word), language),
    };
    number.map(u32::from)
}

/// The meaning of a folded name, first in the text's language and then in others. Abbreviations, which are ordinary
/// words somewhere, count in few other languages, and those of two Latin letters in none.
fn find(whole: &'static [Row], short: &'static [Row], name: &str, language: Option<&str>) -> Option<u8> {
    if let Some(means) = row(whole, name) {
        let own = language.and_then(|language| means_in(means, language));
        // A name of two letters is a word in other languages: `می` is May, and also the commonest prefix of Persian
        // verbs.
        let elsewhere = language.is_none() || name.chars().nth(2).is_some();
        return own.or_else(|| means.first().map(|(number, _)| *number).filter(|_| elsewhere));
    }
    let means = row(short, name)?;
    language.and_then(|language| means_in(means, language)).or_else(|| {
        let known = ABBREVIATED_ANYWHERE.iter().find_map(|language| means_in(means, language));
        known.filter(|_| name.chars().nth(2).is_some() || !name.is_ascii())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&[Row]; 5] =
        [tables::MONTHS, tables::SHORT_MONTHS, tables::SOLAR_HIJRI, tables::WEEKDAYS, tables::SHORT_WEEKDAYS];

    #[test]
    fn names_are_folded_in_order_and_short_enough() {
        for table in ALL {
            for (name, _) in table {
                assert_eq!(&folded(name), name);
                assert!(name.len() <= LONGEST, "{name}");
            }
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }

    #[test]
    fn every_language_names_all_its_months_and_days() {
        for language in tables::LANGUAGES.split(' ') {
            for (table, count) in [(tables::MONTHS, 12), (tables::WEEKDAYS, 7)] {
                let known = (1..=count)
                    .filter(|number| table.iter().any(|(_, means)| means_in(means, language) == Some(*number)));
                // Languages that number their months have no names for them.
                let named = !matches!(language, "zh" | "ja" | "ko" | "vi" | "mn");
                assert!(known.count() == usize::from(count) || !named, "{language}");
            }
        }
    }

    #[test]
    fn every_whole_name_means_its_month_in_its_language() {
        for (name, means) in tables::MONTHS {
            for (number, languages) in *means {
                for language in languages.split(' ') {
                    assert_eq!(month_in(name, Some(language)), Some(u32::from(*number)), "{name} in {language}");
                }
            }
        }
    }

    #[test]
    fn a_name_of_two_months_means_that_of_the_language() {
        let read = |language| (month_in("listopada", language), month_in("Srpnja", language));
        assert_eq!(read(Some("hr")), (Some(10), Some(7)));
        assert_eq!(read(Some("pl")), (Some(11), Some(7)));
        assert_eq!(read(None), (Some(11), Some(7)));
        assert_eq!((month_in("lip", Some("hr")), month_in("lip.", None)), (Some(6), Some(7)));
    }

    #[test]
    fn letter_case_diacritics_and_a_full_stop_do_not_count() {
        for (word, number) in [
            ("February", 2),
            ("FEB.", 2),
            ("février", 2),
            ("FEVRIER", 2),
            ("Februar", 2),
            ("febrero", 2),
            ("Şubat", 2),
            ("ŞUBAT", 2),
            ("февраля", 2),
            ("лютого", 2),
            ("HAZİRAN", 6),
            ("kasım", 11),
            ("KASIM", 11),
            ("août", 8),
            ("Sept", 9),
            ("Mayıs", 5),
            ("май", 5),
            ("MÄRZ", 3),
            ("sentyabr", 9),
            ("października", 10),
            ("كانون الثاني", 1),
            ("ม.ค.", 1),
            ("มี.ค.", 3),
            ("जनवरी", 1),
            ("ژانویهٔ", 1),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        assert_eq!((weekday("Thursday"), weekday("ÇARŞAMBA"), weekday("среда")), (Some(4), Some(3), Some(3)));
    }

    #[test]
    fn other_words_are_no_months() {
        let long = "f".repeat(10_000);
        for word in ["", "fe", "Februar1", "marching", "..", "feb..", "so", long.as_str()] {
            assert_eq!((month(word), weekday(word)), (None, None), "{word}");
        }
    }
}
