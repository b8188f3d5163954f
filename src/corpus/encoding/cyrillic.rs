//! Old Cyrillic encodings that the detector for web encodings does not know, or confuses.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_U, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

/// The bytes that are looked at, from the first that is not ASCII.
const SAMPLE: usize = 8 * 1024;

/// The fewest letters that prove anything.
const FEWEST: i64 = 24;

/// The points a hundred letters from which a reading is accepted. Good text has about 220.
const BELIEVED: i64 = 150;

/// The points a hundred letters by which a reading must be better than another.
const BETTER: i64 = 30;

/// The upper half of code page 855 (IBM, "Cyrillic PC").
const CODE_PAGE_855: &str = "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤\
                             лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u{ad}ыЫзЗшШэЭщЩчЧ§■\u{a0}";

/// An encoding of one byte a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Standard(&'static Encoding),
    CodePage855,
}

impl Reading {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Reading::Standard(encoding) => encoding.name(),
            Reading::CodePage855 => "IBM855",
        }
    }
}

/// Reads code page 855.
pub(crate) fn decode_855(bytes: &[u8]) -> String {
    let upper: Vec<char> = CODE_PAGE_855.chars().collect();
    let read = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
    };
    bytes.iter().map(read).collect()
}

/// The best reading of a text that the detector took for `guess`. It is another one only if the letters make sense by
/// it alone.
pub(crate) fn better(bytes: &[u8], guess: &'static Encoding) -> Reading {
    let latin = [WINDOWS_1252, WINDOWS_1250].contains(&guess);
    let cyrillic = [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5, X_MAC_CYRILLIC];
    let first = bytes.iter().position(|&byte| byte >= 0x80);
    let Some(sample) = first.and_then(|first| bytes.get(first..)).filter(|_| latin || cyrillic.contains(&guess)) else {
        return Reading::Standard(guess);
    };
    let sample = sample.get(..SAMPLE).unwrap_or(sample);
    let own = if latin { 0 } else { points(&guess.decode_without_bom_handling(sample).0) };
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(sample).0;
    let others = cyrillic.into_iter().filter(|encoding| *encoding != guess);
    let others = others.map(|encoding| (points(&read(encoding)), Reading::Standard(encoding)));
    let best = others.chain([(points(&decode_855(sample)), Reading::CodePage855)]).max_by_key(|(points, _)| *points);
    match best {
        Some((points, reading)) if points >= BELIEVED && points >= own + BETTER => reading,
        _ => Reading::Standard(guess),
    }
}

/// How much this looks like Cyrillic words, in points a hundred letters that are not ASCII. Frequent letters add
/// points, and letters that cannot stand in a word subtract them.
fn points(text: &str) -> i64 {
    let (mut points, mut letters) = (0, 0);
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            letters += 1;
            points += match c {
                'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' | 'в' | 'л' | 'к' => 3,
                'м' | 'д' | 'п' | 'у' | 'я' | 'ы' | 'ь' | 'г' | 'з' | 'б' | 'ч' | 'й' | 'х' | 'і' | 'ъ' => {
                    1
                }
                'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | 'ї' | 'є' | 'ў' | '«' | '»' | '—' | '–' | '№' | '\u{a0}' => {
                    0
                }
                _ => -3,
            };
            // Either a capital stands within a word, or a letter of another script.
            let odd = before.is_lowercase() && c.is_uppercase() || before.is_ascii_alphabetic() && c.is_alphabetic();
            points -= if odd { 3 } else { 0 };
        }
        before = c;
    }
    if letters < FEWEST { 0 } else { points * 100 / letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Сегодня в городе прошло торжественное открытие нового моста через реку. \
        На церемонии выступил мэр, который поблагодарил строителей за работу.\n";

    fn in_855(text: &str) -> Vec<u8> {
        let upper: Vec<char> = CODE_PAGE_855.chars().collect();
        let byte = |c: char| upper.iter().position(|other| *other == c).map_or(c as u8, |at| at as u8 + 0x80);
        text.chars().map(byte).collect()
    }

    #[test]
    fn cyrillic_is_told_apart_by_the_letters_that_are_frequent() {
        for encoding in [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5, X_MAC_CYRILLIC] {
            let (bytes, ..) = encoding.encode(RUSSIAN);
            // The library reads x-mac-cyrillic and cannot write it: its capitals and one letter have other codes.
            for guess in [WINDOWS_1251, KOI8_U, IBM866, WINDOWS_1252] {
                if encoding != X_MAC_CYRILLIC {
                    assert_eq!(
                        better(&bytes, guess),
                        Reading::Standard(encoding),
                        "{} as {}",
                        encoding.name(),
                        guess.name()
                    );
                }
            }
        }
        let bytes = in_855(RUSSIAN);
        assert_eq!(better(&bytes, WINDOWS_1251), Reading::CodePage855);
        assert_eq!(decode_855(&bytes), RUSSIAN);
    }

    #[test]
    fn other_texts_are_left_to_the_detector() {
        let french = "Le maire a déclaré à l'assemblée que la fête du pain aurait lieu à côté de la forêt, où l'été a été \
                      très sec, malgré les orages répétés, et que les élèves iraient à pied jusqu'à l'église rénovée.";
        let (bytes, ..) = WINDOWS_1252.encode(french);
        assert_eq!(better(&bytes, WINDOWS_1252), Reading::Standard(WINDOWS_1252));
        assert_eq!(better(b"plain", WINDOWS_1252), Reading::Standard(WINDOWS_1252));
        assert_eq!(CODE_PAGE_855.chars().count(), 128);
    }
}
