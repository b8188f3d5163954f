//! Names of members, which old programs wrote in the code page of their country without saying so.
//!
//! One name is too short to tell the page. So all names of an archive are judged together, and the page is the one by
//! which all their letters are those of one language.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254};
use yore::code_pages::{CP437, CP737, CP850, CP852, CP857};

/// More bytes than this are not looked at.
const SAMPLE: usize = 64 * 1024;

/// The points by which a page must exceed one before it.
const CLEARLY: i64 = 1;

/// The encoding of names that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamePage {
    Cp437,
    Cp850,
    Cp852,
    Cp857,
    Cp737,
    Web(&'static Encoding),
}

use NamePage::*;

/// The pages with the languages written in them. Where letters are the same, the likelier page comes first.
const PAGES: [(NamePage, &[&str]); 11] = [
    (Cp437, &[GERMAN, FRENCH, SPANISH, ITALIAN, SWEDISH, DANISH_437, DUTCH, PORTUGUESE_437]),
    (Cp850, &[GERMAN, FRENCH, SPANISH, ITALIAN, SWEDISH, DANISH, DUTCH, PORTUGUESE, ICELANDIC]),
    (Cp852, &[POLISH, CZECH, SLOVAK, HUNGARIAN, ROMANIAN, CROATIAN, GERMAN]),
    (Cp857, &[TURKISH]),
    (Cp737, &[GREEK]),
    (Web(IBM866), &[CYRILLIC]),
    (Web(WINDOWS_1252), &[GERMAN, FRENCH, SPANISH, ITALIAN, SWEDISH, DANISH, DUTCH, PORTUGUESE, ICELANDIC]),
    (Web(WINDOWS_1250), &[POLISH, CZECH, SLOVAK, HUNGARIAN, ROMANIAN, CROATIAN]),
    (Web(WINDOWS_1254), &[TURKISH]),
    (Web(WINDOWS_1253), &[GREEK]),
    (Web(WINDOWS_1251), &[CYRILLIC]),
];

// These are the letters of languages beyond ASCII. Rare ones stand behind a bar.
const GERMAN: &str = "äöüßÄÖÜ";
const FRENCH: &str = "éèêàâçôÉÈÊÀÇ|ëîïûùœæÂÎÔŒ";
const SPANISH: &str = "áéíóúñüÁÉÍÓÚÑÜ";
const ITALIAN: &str = "àèéìòùÀÈÉÌÒÙ";
const SWEDISH: &str = "åäöéÅÄÖÉ";
const DANISH: &str = "æøåéÆØÅÉ";
// The page has no ø, so its users wrote it otherwise.
const DANISH_437: &str = "æåéÆÅÉ";
const DUTCH: &str = "éë|ïèöüó";
const PORTUGUESE: &str = "ãõáéíóúâêôçàÃÕÁÉÍÓÚÂÊÔÇÀ";
const PORTUGUESE_437: &str = "áéíóúâêôçàÉÇ";
const ICELANDIC: &str = "áéíóúýþæöðÁÉÍÓÚÝÞÆÖÐ";
const POLISH: &str = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ";
const CZECH: &str = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ";
const SLOVAK: &str = "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ";
const HUNGARIAN: &str = "áéíóöőúüűÁÉÍÓÖŐÚÜŰ";
const ROMANIAN: &str = "ăâîşţĂÂÎŞŢ";
const CROATIAN: &str = "čćđšžČĆĐŠŽ";
const TURKISH: &str = "çğıöşüâîûÇĞİÖŞÜ";
const GREEK: &str = "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ";
const CYRILLIC: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЄІЇҐ";

/// The page of an archive's names that are not UTF-8.
pub(super) fn page_of<'a>(names: impl Iterator<Item = &'a [u8]>) -> NamePage {
    let mut sample = Vec::new();
    for name in names.filter(|name| std::str::from_utf8(name).is_err()) {
        sample.extend_from_slice(name);
        sample.push(b'\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    if sample.is_empty() {
        return Cp437;
    }
    let judged = PAGES.iter().map(|(page, languages)| {
        let text = page.decode(&sample);
        (languages.iter().map(|letters| points(&text, letters)).max().unwrap_or_default(), *page)
    });
    // Of equals the first counts; the others must be clearly better.
    let best = judged.reduce(|best, other| if other.0 > best.0 + CLEARLY { other } else { best }).unwrap_or((0, Cp437));
    let guess = guessed(&sample);
    let ideographs = if guess.is_single_byte() { 0 } else { points_of_ideographs(&Web(guess).decode(&sample)) };
    if ideographs > best.0 {
        return Web(guess);
    }
    // If no language fits, the standard says which page it is.
    if best.0 > 0 { best.1 } else { Cp437 }
}

fn guessed(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

impl NamePage {
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Cp437 => CP437.decode(bytes).into_owned(),
            Cp850 => CP850.decode(bytes).into_owned(),
            Cp852 => CP852.decode(bytes).into_owned(),
            Cp857 => CP857.decode_lossy(bytes).into_owned(),
            Cp737 => CP737.decode(bytes).into_owned(),
            Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

/// The points of names for a language: two for each of its letters and one for a rare one; minus six for each sign that
/// is none of them, or stands where such a letter cannot.
fn points(text: &str, letters: &str) -> i64 {
    let (common, rare) = letters.split_once('|').unwrap_or((letters, ""));
    let mut points = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            let after = chars.peek().copied().unwrap_or(' ');
            let of_script = |other: char| !other.is_ascii_alphabetic() || is_latin(c);
            let small_before = before.is_lowercase() && c.is_uppercase();
            let fits = of_script(before) && of_script(after) && !small_before;
            points += match (fits && common.contains(c), fits && rare.contains(c)) {
                (true, _) => 2,
                (_, true) => 1,
                _ => -6,
            };
        }
        before = c;
    }
    points
}

/// The points for scripts of ideographs and syllables, whose letters are worth the two bytes they take.
fn points_of_ideographs(text: &str) -> i64 {
    let mut points = 0;
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            let wide =
                matches!(c, '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
            points += if wide && !before.is_ascii_lowercase() { 4 } else { -12 };
        } else if c.is_ascii_lowercase() && before as u32 >= 0x3000 {
            points -= 12;
        }
        before = c;
    }
    points
}

fn is_latin(c: char) -> bool {
    (c as u32) < 0x250
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&[u8]]) -> Vec<String> {
        let page = page_of(names.iter().copied());
        names.iter().map(|name| page.decode(name)).collect()
    }

    #[test]
    fn names_are_read_by_the_page_that_fits_all_of_them() {
        let cases: [(&[&[u8]], &[&str]); 16] = [
            (&[b"M\x81ller.txt"], &["Müller.txt"]),
            (&[b"Gr\x94\xe1e.txt"], &["Größe.txt"]),
            (&[b"\x99sterreich.txt", b"\x8erger.txt"], &["Österreich.txt", "Ärger.txt"]),
            (&[b"R\x82sum\x82 fran\x87ais.txt"], &["Résumé français.txt"]),
            (&[b"ni\xa4o/se\xa4or.txt"], &["niño/señor.txt"]),
            (&[b"Sm\x9brbr\x9bd.txt", b"\x91ble.txt"], &["Smørbrød.txt", "æble.txt"]),
            (&[b"S\xc6o Tom\x82.txt", b"a\x87\xe4es.txt"], &["São Tomé.txt", "ações.txt"]),
            (&[b"\x9d\xa2d\xab \xbe\xa2\x88w.txt"], &["Łódź żółw.txt"]),
            (&[b"P\xfd\xa1li\xe7 \xa7lu\x9cou\x9fk\xec.txt"], &["Příliš žluťoučký.txt"]),
            (&[b"Gy\x8br \x8bszi.txt"], &["Győr őszi.txt"]),
            (&[b"\x9eehir \x8d\x9f\x8d\xa7\x8d.txt", b"\x87i\x87ek.txt"], &["Şehir ışığı.txt", "çiçek.txt"]),
            (&[b"\x80\x9f\xe3\xa4\x98.txt"], &["Αθήνα.txt"]),
            (&[b"\x8f\xa8\xe1\xec\xac\xae.txt"], &["Письмо.txt"]),
            (&[b"M\xfcller Stra\xdfe.txt"], &["Müller Straße.txt"]),
            (&[b"\xaf\xf3\xb3\xe6.txt"], &["Żółć.txt"]),
            (&[b"\xce\xf2\xf7\xb8\xf2 \xe7\xe0 \xec\xe0\xe9.txt"], &["Отчёт за май.txt"]),
        ];
        for (names, expected) in cases {
            assert_eq!(read(names), expected);
        }
        let (japanese, ..) = encoding_rs::SHIFT_JIS.encode("会議の記録.txt");
        assert_eq!(read(&[&japanese]), ["会議の記録.txt"]);
        let (chinese, ..) = encoding_rs::GBK.encode("会议记录 二月.txt");
        assert_eq!(read(&[&chinese]), ["会议记录 二月.txt"]);
    }

    #[test]
    fn a_name_that_proves_nothing_is_read_as_its_neighbours_are() {
        // Ó alone is in every page, and elsewhere in some.
        assert_eq!(read(&[b"w\xa2z.txt", b"\xbe\xa2\x88w.txt"]), ["wóz.txt", "żółw.txt"]);
        assert_eq!(read(&[b"\xe0.txt", b"\x9d\xa2d\xab.txt"]), ["Ó.txt", "Łódź.txt"]);
    }
}
