//! Languages: their codes and names, and detection.
//!
//! A language is a row here. It may also have a stemmer ([`analyzer`](super::analyzer)), stop words
//! ([`stop`](super::stop)), abbreviations ([`abbreviation`](super::abbreviation)), its code in `time/names/tables.py`
//! (run again for its months and weekdays), words before a date in `corpus/clues/date_labels.rs`, words of time and of
//! numbers in the lexicons of `time/mention` and `figures`, and a row in `evidence/compare/negation.rs`.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use whatlang::Lang;

use super::boundary;
use crate::error::{Error, ErrorKind};

/// The bytes of a text that are looked at: enough to be sure, few enough to be quick.
const SAMPLE: usize = 1_200;

/// A language, by its ISO 639-1 code (or 639-3 where it has none). Ordered by code; written in JSON as its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

/// A script that several languages with stems share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Greek,
    Hebrew,
    /// One of the scripts of one language.
    Other,
}

impl Script {
    /// The script of a folded word.
    pub(crate) fn of(folded: &str) -> Script {
        match folded.chars().find(|c| c.is_alphabetic()).map_or(0, u32::from) {
            0..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
            0x370..=0x3FF => Script::Greek,
            0x400..=0x52F => Script::Cyrillic,
            0x590..=0x5FF => Script::Hebrew,
            0x600..=0x6FF => Script::Arabic,
            0x900..=0x97F => Script::Devanagari,
            _ => Script::Other,
        }
    }
}

struct Row {
    code: &'static str,
    /// ISO 639-2 and 639-3 codes, withdrawn codes and other English names, in lower case.
    aliases: &'static [&'static str],
    name: &'static str,
    detected: Option<Lang>,
}

const fn row(code: &'static str, aliases: &'static [&'static str], name: &'static str, detected: Option<Lang>) -> Row {
    Row { code, aliases, name, detected }
}

/// Sorted by code. Besides the languages that can be detected, it has those that have a stemmer, stop words, or a press
/// worth naming.
const TABLE: &[Row] = &[
    row("af", &["afr"], "Afrikaans", Some(Lang::Afr)),
    row("ak", &["aka"], "Akan", Some(Lang::Aka)),
    row("am", &["amh"], "Amharic", Some(Lang::Amh)),
    row("ar", &["ara", "arb"], "Arabic", Some(Lang::Ara)),
    row("az", &["aze", "azj", "azeri"], "Azerbaijani", Some(Lang::Aze)),
    row("be", &["bel", "belarusan"], "Belarusian", Some(Lang::Bel)),
    row("bg", &["bul"], "Bulgarian", Some(Lang::Bul)),
    row("bn", &["ben", "bangla"], "Bengali", Some(Lang::Ben)),
    row("bs", &["bos"], "Bosnian", None),
    row("ca", &["cat", "valencian"], "Catalan", Some(Lang::Cat)),
    row("cs", &["ces", "cze"], "Czech", Some(Lang::Ces)),
    row("cy", &["cym", "wel"], "Welsh", Some(Lang::Cym)),
    row("da", &["dan"], "Danish", Some(Lang::Dan)),
    row("de", &["deu", "ger"], "German", Some(Lang::Deu)),
    row("el", &["ell", "gre"], "Greek", Some(Lang::Ell)),
    row("en", &["eng"], "English", Some(Lang::Eng)),
    row("eo", &["epo"], "Esperanto", Some(Lang::Epo)),
    row("es", &["spa", "castilian"], "Spanish", Some(Lang::Spa)),
    row("et", &["est", "ekk"], "Estonian", Some(Lang::Est)),
    row("eu", &["eus", "baq"], "Basque", None),
    row("fa", &["fas", "per", "pes", "farsi"], "Persian", Some(Lang::Pes)),
    row("fi", &["fin"], "Finnish", Some(Lang::Fin)),
    row("fr", &["fra", "fre"], "French", Some(Lang::Fra)),
    row("ga", &["gle"], "Irish", None),
    row("gl", &["glg"], "Galician", None),
    row("gu", &["guj"], "Gujarati", Some(Lang::Guj)),
    row("he", &["heb", "iw"], "Hebrew", Some(Lang::Heb)),
    row("hi", &["hin"], "Hindi", Some(Lang::Hin)),
    row("hr", &["hrv", "scr"], "Croatian", Some(Lang::Hrv)),
    row("hu", &["hun"], "Hungarian", Some(Lang::Hun)),
    row("hy", &["hye", "arm"], "Armenian", Some(Lang::Hye)),
    row("id", &["ind", "in"], "Indonesian", Some(Lang::Ind)),
    row("is", &["isl", "ice"], "Icelandic", None),
    row("it", &["ita"], "Italian", Some(Lang::Ita)),
    row("ja", &["jpn"], "Japanese", Some(Lang::Jpn)),
    row("jv", &["jav", "jw"], "Javanese", Some(Lang::Jav)),
    row("ka", &["kat", "geo"], "Georgian", Some(Lang::Kat)),
    row("kk", &["kaz"], "Kazakh", None),
    row("km", &["khm"], "Khmer", Some(Lang::Khm)),
    row("kn", &["kan"], "Kannada", Some(Lang::Kan)),
    row("ko", &["kor"], "Korean", Some(Lang::Kor)),
    row("ku", &["kur", "kmr"], "Kurdish", None),
    row("ky", &["kir"], "Kyrgyz", None),
    row("la", &["lat"], "Latin", Some(Lang::Lat)),
    row("lt", &["lit"], "Lithuanian", Some(Lang::Lit)),
    row("lv", &["lav", "lvs"], "Latvian", Some(Lang::Lav)),
    row("mk", &["mkd", "mac"], "Macedonian", Some(Lang::Mkd)),
    row("ml", &["mal"], "Malayalam", Some(Lang::Mal)),
    row("mn", &["mon"], "Mongolian", None),
    row("mr", &["mar"], "Marathi", Some(Lang::Mar)),
    row("ms", &["msa", "may"], "Malay", None),
    row("mt", &["mlt"], "Maltese", None),
    row("my", &["mya", "bur", "myanmar"], "Burmese", Some(Lang::Mya)),
    row("ne", &["nep", "npi"], "Nepali", Some(Lang::Nep)),
    row("nl", &["nld", "dut", "flemish"], "Dutch", Some(Lang::Nld)),
    row("no", &["nor", "nb", "nob", "nn", "nno", "bokmal"], "Norwegian", Some(Lang::Nob)),
    row("or", &["ori", "ory", "oriya"], "Odia", Some(Lang::Ori)),
    row("pa", &["pan", "panjabi"], "Punjabi", Some(Lang::Pan)),
    row("pl", &["pol"], "Polish", Some(Lang::Pol)),
    row("ps", &["pus", "pushto"], "Pashto", None),
    row("pt", &["por"], "Portuguese", Some(Lang::Por)),
    row("ro", &["ron", "rum", "mo", "moldovan"], "Romanian", Some(Lang::Ron)),
    row("ru", &["rus"], "Russian", Some(Lang::Rus)),
    row("si", &["sin", "sinhala"], "Sinhalese", Some(Lang::Sin)),
    row("sk", &["slk", "slo"], "Slovak", Some(Lang::Slk)),
    row("sl", &["slv", "slovenian"], "Slovene", Some(Lang::Slv)),
    row("sn", &["sna"], "Shona", Some(Lang::Sna)),
    row("so", &["som"], "Somali", None),
    row("sq", &["sqi", "alb"], "Albanian", None),
    row("sr", &["srp", "scc"], "Serbian", Some(Lang::Srp)),
    row("sv", &["swe"], "Swedish", Some(Lang::Swe)),
    row("sw", &["swa", "swh"], "Swahili", None),
    row("ta", &["tam"], "Tamil", Some(Lang::Tam)),
    row("te", &["tel"], "Telugu", Some(Lang::Tel)),
    row("tg", &["tgk"], "Tajik", None),
    row("th", &["tha"], "Thai", Some(Lang::Tha)),
    row("tk", &["tuk"], "Turkmen", Some(Lang::Tuk)),
    row("tl", &["tgl", "fil", "filipino"], "Tagalog", Some(Lang::Tgl)),
    row("tr", &["tur"], "Turkish", Some(Lang::Tur)),
    row("uk", &["ukr"], "Ukrainian", Some(Lang::Ukr)),
    row("ur", &["urd"], "Urdu", Some(Lang::Urd)),
    row("uz", &["uzb"], "Uzbek", Some(Lang::Uzb)),
    row("vi", &["vie"], "Vietnamese", Some(Lang::Vie)),
    row("yi", &["yid", "ji"], "Yiddish", Some(Lang::Yid)),
    row("zh", &["zho", "chi", "cmn", "mandarin"], "Chinese", Some(Lang::Cmn)),
    row("zu", &["zul"], "Zulu", Some(Lang::Zul)),
];

impl Language {
    /// English.
    pub const ENGLISH: Language = Language(position(b"en"));

    /// The language of a text, judged by a sample of about a thousand bytes near its head. `None` if the text is too
    /// short, too mixed, or in no known language.
    pub fn detect(text: &str) -> Option<Language> {
        let sample = sample(text);
        if let Some(language) = by_function_words(sample) {
            return Some(language);
        }
        let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
        let Some(info) = info else { return by_letters(sample) };
        TABLE
            .iter()
            .position(|row| row.detected == Some(info.lang()))
            .and_then(|at| u8::try_from(at).ok())
            .map(Language)
    }

    /// Its ISO 639-1 code, such as `en`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns whether the stemmer of the language only takes endings off. Those of Arabic, Dutch, Indonesian and
    /// others take beginnings off too.
    pub(crate) fn keeps_beginnings(self) -> bool {
        matches!(self.code(), "de" | "en" | "es" | "fr" | "it" | "pt" | "ru" | "sv" | "tr")
    }

    /// The script that it is mostly written in.
    pub(crate) fn script(self) -> Script {
        match self.code() {
            "be" | "bg" | "kk" | "ky" | "mk" | "mn" | "ru" | "sr" | "tg" | "uk" => Script::Cyrillic,
            "ar" | "fa" | "ps" | "ur" => Script::Arabic,
            "hi" | "mr" | "ne" => Script::Devanagari,
            "el" => Script::Greek,
            "he" | "yi" => Script::Hebrew,
            "am" | "bn" | "gu" | "hy" | "ja" | "ka" | "km" | "kn" | "ko" | "ml" | "my" | "or" | "pa" | "si" | "ta"
            | "te" | "th" | "zh" => Script::Other,
            _ => Script::Latin,
        }
    }

    fn row(self) -> &'static Row {
        // Only positions of the table are ever wrapped.
        &TABLE[usize::from(self.0)]
    }
}

/// The commonest words of the languages most archives are in. They settle most texts forty times faster than trigrams
/// do; trigrams judge the texts that they do not settle clearly.
const FUNCTION_WORDS: &[(Language, &[&str])] = &[
    (
        Language(position(b"az")),
        &["və", "bu", "ilə", "bir", "üçün", "ki", "da", "də", "olan", "edib", "olub", "kimi", "ən"],
    ),
    (
        Language(position(b"de")),
        &[
            "der", "die", "und", "das", "den", "von", "zu", "mit", "ist", "nicht", "ein", "eine", "dem", "auf", "für",
            "im",
        ],
    ),
    (
        Language(position(b"en")),
        &["the", "of", "and", "to", "in", "a", "that", "for", "is", "on", "was", "with", "it", "by", "said", "be"],
    ),
    (
        Language(position(b"es")),
        &["el", "la", "los", "las", "y", "en", "del", "por", "con", "una", "para", "que", "de", "su"],
    ),
    (
        Language(position(b"fr")),
        &["le", "la", "les", "des", "et", "du", "dans", "est", "une", "que", "pour", "sur", "de", "au", "qui"],
    ),
    (
        Language(position(b"it")),
        &["il", "di", "che", "della", "per", "è", "una", "del", "con", "nel", "gli", "alla", "e", "la"],
    ),
    (
        Language(position(b"nl")),
        &["de", "het", "een", "van", "en", "dat", "zijn", "met", "voor", "niet", "op", "te", "aan"],
    ),
    (
        Language(position(b"pt")),
        &["o", "os", "do", "da", "não", "uma", "com", "para", "em", "no", "na", "ao", "que", "de", "e"],
    ),
    (
        Language(position(b"ru")),
        &["и", "в", "не", "на", "что", "с", "по", "как", "это", "из", "к", "для", "от", "был", "его"],
    ),
    (
        Language(position(b"tr")),
        &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "olan", "daha", "çok", "gibi", "en"],
    ),
];

/// The longest function word in bytes. Longer words, half of a text's, are not looked up.
const LONGEST_FUNCTION_WORD: usize = {
    let (mut longest, mut language) = (0, 0);
    while language < FUNCTION_WORDS.len() {
        let mut at = 0;
        while at < FUNCTION_WORDS[language].1.len() {
            let length = FUNCTION_WORDS[language].1[at].len();
            longest = if length > longest { length } else { longest };
            at += 1;
        }
        language += 1;
    }
    longest
};

/// The language with the most function words in a text, if no other language comes near.
fn by_function_words(sample: &str) -> Option<Language> {
    static KNOWN: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut known = HashMap::<&str, Vec<usize>>::new();
        for (at, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
            words.iter().for_each(|word| known.entry(*word).or_default().push(at));
        }
        known
    });
    let lower = sample.to_lowercase();
    let mut total = 0;
    let mut found = [0; FUNCTION_WORDS.len()];
    for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        total += 1;
        if word.len() <= LONGEST_FUNCTION_WORD {
            for at in KNOWN.get(word).into_iter().flatten() {
                found[*at] += 1;
            }
        }
    }
    let (best, most) = found.iter().copied().enumerate().max_by_key(|(_, count)| *count)?;
    let rival = found.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max()?;
    let clear = total >= 30 && most * 6 >= total && rival * 3 <= most;
    FUNCTION_WORDS.get(best).filter(|_| clear).map(|(language, _)| *language)
}

/// Letters that only one of the languages of its script has, for texts too short for anything else to tell.
const OWN_LETTERS: &[(Language, &str)] = &[
    (Language(position(b"az")), "əƏ"),
    (Language(position(b"be")), "ўЎ"),
    (Language(position(b"cs")), "řŘěĚů"),
    (Language(position(b"de")), "ß"),
    (Language(position(b"eo")), "ĉĝĥĵŝŭ"),
    (Language(position(b"es")), "ñÑ¿¡"),
    (Language(position(b"fa")), "پچژگ"),
    (Language(position(b"hu")), "őŐűŰ"),
    (Language(position(b"is")), "þÞðÐ"),
    (Language(position(b"kk")), "ңұҢҰ"),
    (Language(position(b"lv")), "ķļņģ"),
    (Language(position(b"mk")), "ѓќѕ"),
    (Language(position(b"pl")), "łŁńśź"),
    (Language(position(b"ps")), "ښځڅډړ"),
    (Language(position(b"pt")), "õãÕÃ"),
    (Language(position(b"ro")), "șțȘȚţŢ"),
    (Language(position(b"sr")), "ђћЂЋ"),
    (Language(position(b"tr")), "ğĞ"),
    (Language(position(b"uk")), "їєґЇЄҐ"),
    (Language(position(b"ur")), "ٹڈڑےں"),
    (Language(position(b"vi")), "ươạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửữựỳỵỷỹ"),
];

/// The language whose own letters a text has, and no other's. Urdu and Pashto have those of Persian too, and Azerbaijani
/// those of Turkish.
fn by_letters(sample: &str) -> Option<Language> {
    let has = |letters: &str| sample.contains(|c| letters.contains(c));
    let mut found: Vec<&str> =
        OWN_LETTERS.iter().filter(|(_, letters)| has(letters)).map(|(language, _)| language.code()).collect();
    for (wider, narrower) in [("ur", "fa"), ("ps", "fa"), ("az", "tr")] {
        if found.contains(&wider) {
            found.retain(|code| *code != narrower);
        }
    }
    if let [code] = found.as_slice() { code.parse().ok() } else { None }
}

const fn position(code: &[u8; 2]) -> u8 {
    let mut at = 0;
    loop {
        let here = TABLE[at].code.as_bytes();
        if here[0] == code[0] && here[1] == code[1] {
            return at as u8;
        }
        at += 1;
    }
}

/// A stretch of running text. It begins at the first long line, because titles, bylines and headers are full of names
/// and capitals that belong to no language.
fn sample(text: &str) -> &str {
    let head = &text[..boundary::floor(text, SAMPLE * 4)];
    let mut start = 0;
    for line in head.split_inclusive('\n') {
        if line.len() > 60 && line.contains(|c: char| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase()) {
            break;
        }
        start += line.len();
    }
    // No line is long: this is a short text, or a list, and all of it is better than its last lines.
    if head.len() - start < SAMPLE.min(head.len() / 2) {
        start = 0;
    }
    &head[start..boundary::floor(head, start + SAMPLE)]
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

impl FromStr for Language {
    type Err = Error;

    /// Reads `en`, `eng`, `en-GB`, `en_US.UTF-8`, `English` or the language's own name, in any case.
    fn from_str(given: &str) -> Result<Language, Error> {
        let lower = given.trim().to_lowercase();
        let code = lower.split(['-', '_', '.', '@']).next().unwrap_or_default();
        let found = TABLE.iter().position(|row| {
            row.code == code
                || row.aliases.contains(&code)
                || row.name.eq_ignore_ascii_case(&lower)
                || row.detected.is_some_and(|lang| lang.name().to_lowercase() == lower)
        });
        found.and_then(|at| u8::try_from(at).ok()).map(Language).ok_or_else(|| {
            Error::new(ErrorKind::Argument, format!("there is no language {:?} here", given.trim()))
                .hint("give a two-letter code such as en, fr or az")
        })
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        given.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_is_sorted_and_every_name_reads_back_as_itself() {
        assert!(TABLE.is_sorted_by(|a, b| a.code < b.code));
        for (at, row) in TABLE.iter().enumerate() {
            let language = Language(u8::try_from(at).unwrap());
            for name in row.aliases.iter().chain([&row.code, &row.name]) {
                assert_eq!(name.parse::<Language>().unwrap(), language, "{name}");
            }
            let json = serde_json::to_string(&language).unwrap();
            assert_eq!(json, format!("\"{}\"", row.code));
            assert_eq!(serde_json::from_str::<Language>(&json).unwrap(), language);
        }
    }

    #[test]
    fn every_language_that_can_be_detected_has_a_row() {
        for lang in Lang::all() {
            assert!(TABLE.iter().any(|row| row.detected == Some(*lang)), "{lang:?}");
            assert!(lang.code().parse::<Language>().is_ok(), "{lang:?}");
        }
    }

    #[test]
    fn reads_codes_regions_and_names_in_any_case() {
        for given in ["en", "EN", "eng", "en-GB", "en_US", "en_US.UTF-8", "English", "ENGLISH", " en "] {
            assert_eq!(given.parse::<Language>().unwrap(), Language::ENGLISH, "{given}");
        }
        for (given, code) in
            [("zh-Hant-TW", "zh"), ("nb-NO", "no"), ("Deutsch", "de"), ("français", "fr"), ("ger", "de")]
        {
            assert_eq!(given.parse::<Language>().unwrap().code(), code, "{given}");
        }
        for given in ["", "xx", "Klingon", "e", "-", "english language"] {
            assert_eq!(given.parse::<Language>().unwrap_err().kind(), ErrorKind::Argument, "{given}");
        }
    }

    #[test]
    fn detects_running_text_and_stays_silent_when_in_doubt() {
        let cases = [
            ("The council of the harbour town voted on Tuesday to rebuild the old bridge before winter comes.", "en"),
            ("Der Rat der Hafenstadt hat am Dienstag beschlossen, die alte Brücke vor dem Winter zu erneuern.", "de"),
            ("Le conseil de la ville portuaire a décidé mardi de reconstruire le vieux pont avant l'hiver.", "fr"),
            ("Городской совет решил во вторник восстановить старый мост до наступления зимы.", "ru"),
            ("Liman şəhərinin şurası çərşənbə axşamı köhnə körpünü qışdan əvvəl bərpa etmək qərarına gəlib.", "az"),
            ("Belediye meclisi salı günü eski köprünün kış gelmeden önce yenilenmesine karar verdi.", "tr"),
        ];
        for (text, code) in cases {
            assert_eq!(Language::detect(text).map(Language::code), Some(code), "{text}");
        }
        for (text, code) in
            [("گل و چای", "fa"), ("کتاب اچھی ہے، لڑکے", "ur"), ("Mặt hồ", "vi"), ("Gəmi", "az"), ("Fușor", "ro")]
        {
            assert_eq!(Language::detect(text).map(Language::code), Some(code), "{text}");
        }
        for text in ["", "12 345", "OK", "\u{0}\u{0}", "— … —"] {
            assert_eq!(Language::detect(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_head_of_names_does_not_mislead() {
        let head = "MERIDA CIVIC PRESS\nPUERTO ALEGRE\nPor Juana de la Cruz\n\n";
        let body = "The council of the harbour town voted on Tuesday to rebuild the old bridge before winter comes, \
                    and asked the engineers to say what it would cost and how long the work would take.\n";
        assert_eq!(Language::detect(&format!("{head}{body}")), Some(Language::ENGLISH));
    }

    proptest! {
        #[test]
        fn never_fails_on_any_text(text in "\\PC{0,400}|[\\n .a-zà-ÿа-я]{0,6000}") {
            let _ = Language::detect(&text);
            let _ = text.parse::<Language>();
        }
    }
}
