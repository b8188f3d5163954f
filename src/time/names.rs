//! Names of months and weekdays in the languages archives are written in.
//!
//! Looked up whatever their letter case and diacritics, so `FÉVRIER`, `fevrier` and `février` are one name.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No name of a month or weekday is longer than this many bytes.
const LONGEST: usize = 32;

/// Codes of the languages (ISO 639-1), and what they call the months or weekdays.
type Names = (&'static str, &'static str);

/// January to December, set apart by `|`; the ways to write one month by spaces.
const MONTHS: &[Names] = &[
    (
        "en",
        "january jan|february feb febr|march mar|april apr|may|june jun|july jul|august aug|september sept sep|\
     october oct|november nov|december dec",
    ),
    (
        "de",
        "januar jänner jan|februar feber feb|märz mär mrz|april apr|mai|juni jun|juli jul|august aug|september sept sep|\
     oktober okt|november nov|dezember dez",
    ),
    (
        "fr",
        "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre sept|octobre|novembre|\
     décembre déc",
    ),
    (
        "es",
        "enero ene|febrero feb|marzo mar|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre sept set|octubre|\
     noviembre|diciembre dic",
    ),
    (
        "it",
        "gennaio gen genn|febbraio febbr|marzo|aprile|maggio mag magg|giugno giu|luglio lug|agosto|settembre sett|\
     ottobre ott|novembre|dicembre",
    ),
    ("pt", "janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro dez"),
    ("ca", "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre"),
    (
        "ro",
        "ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie noi|decembrie",
    ),
    ("nl", "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december"),
    (
        "sv da no",
        "januari januar|februari februar|mars marts|april|maj mai|juni|juli|augusti august|september|oktober|november|\
     december desember",
    ),
    (
        "fi",
        "tammikuu tammikuuta|helmikuu helmikuuta|maaliskuu maaliskuuta|huhtikuu huhtikuuta|toukokuu toukokuuta|\
     kesäkuu kesäkuuta|heinäkuu heinäkuuta|elokuu elokuuta|syyskuu syyskuuta|lokakuu lokakuuta|\
     marraskuu marraskuuta|joulukuu joulukuuta",
    ),
    (
        "ru",
        "январь января январе янв|февраль февраля феврале фев февр|март марта марте мар|апрель апреля апреле апр|\
     май мая мае|июнь июня июне июн|июль июля июле июл|август августа августе авг|\
     сентябрь сентября сентябре сен сент|октябрь октября октябре окт|ноябрь ноября ноябре ноя нояб|\
     декабрь декабря декабре дек",
    ),
    (
        "uk",
        "січень січня січні січ|лютий лютого лютому лют|березень березня березні бер|квітень квітня квітні квіт|\
     травень травня травні трав|червень червня червні черв|липень липня липні лип|серпень серпня серпні серп|\
     вересень вересня вересні вер|жовтень жовтня жовтні жовт|листопад листопада листопаді лист|\
     грудень грудня грудні груд",
    ),
    (
        "bg sr",
        "януари јануар|февруари фебруар|март|април|май мај|юни јун|юли јул|август|септември септембар|\
     октомври октобар|ноември новембар|декември децембар",
    ),
    (
        "tr",
        "ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|\
     aralık ara",
    ),
    (
        "az uz",
        "yanvar yan|fevral fev|mart|aprel|may|iyun|iyul|avqust avgust avq|sentyabr sentabr sen|oktyabr oktabr okt|\
     noyabr noy|dekabr dek",
    ),
    (
        "pl",
        "styczeń stycznia sty|luty lutego lut|marzec marca|kwiecień kwietnia kwi|maj maja|czerwiec czerwca cze|\
     lipiec lipca lip|sierpień sierpnia sie|wrzesień września wrz|październik października paź|\
     listopad listopada lis|grudzień grudnia gru",
    ),
    (
        "cs",
        "leden ledna|únor února|březen března|duben dubna|květen května|červen června|červenec července|srpen srpna|\
     září|říjen října|listopad listopadu|prosinec prosince",
    ),
    (
        "sk",
        "január januára|február februára|marec marca|apríl apríla|máj mája|jún júna|júl júla|august augusta|\
     september septembra|október októbra|november novembra|december decembra",
    ),
    (
        "hu",
        "január|február|március márc|április ápr|május máj|június|július|augusztus|szeptember szept|október|november|\
     december",
    ),
    (
        "el",
        "ιανουάριος ιανουαρίου|φεβρουάριος φεβρουαρίου|μάρτιος μαρτίου|απρίλιος απριλίου|μάιος μαΐου|ιούνιος ιουνίου|\
     ιούλιος ιουλίου|αύγουστος αυγούστου|σεπτέμβριος σεπτεμβρίου|οκτώβριος οκτωβρίου|νοέμβριος νοεμβρίου|\
     δεκέμβριος δεκεμβρίου",
    ),
    ("ka", "იანვარი|თებერვალი|მარტი|აპრილი|მაისი|ივნისი|ივლისი|აგვისტო|სექტემბერი|ოქტომბერი|ნოემბერი|დეკემბერი"),
    (
        "hy",
        "հունվար հունվարի|փետրվար փետրվարի|մարտ մարտի|ապրիլ ապրիլի|մայիս մայիսի|հունիս հունիսի|հուլիս հուլիսի|\
     օգոստոս օգոստոսի|սեպտեմբեր սեպտեմբերի|հոկտեմբեր հոկտեմբերի|նոյեմբեր նոյեմբերի|դեկտեմբեր դեկտեմբերի",
    ),
    (
        "ar",
        "يناير|فبراير شباط|مارس آذار|أبريل نيسان|مايو أيار|يونيو حزيران|يوليو تموز|أغسطس آب|سبتمبر أيلول|أكتوبر|نوفمبر|ديسمبر",
    ),
    ("he", "ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר"),
    ("id", "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"),
];

/// Monday to Sunday, in the same way.
const WEEKDAYS: &[Names] = &[
    ("en", "monday mon|tuesday tue tues|wednesday wed weds|thursday thu thur thurs|friday fri|saturday sat|sunday sun"),
    ("de", "montag|dienstag|mittwoch|donnerstag|freitag|samstag sonnabend|sonntag"),
    ("fr", "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"),
    ("es", "lunes|martes|miércoles|jueves|viernes|sábado|domingo"),
    ("it", "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"),
    ("pt", "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo"),
    ("ro", "luni|marți|miercuri|joi|vineri|sâmbătă|duminică"),
    ("nl", "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"),
    ("sv da no", "måndag mandag|tisdag tirsdag|onsdag|torsdag|fredag|lördag lørdag|söndag søndag"),
    ("fi", "maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai"),
    ("ru", "понедельник|вторник|среда среду|четверг|пятница пятницу|суббота субботу|воскресенье"),
    ("uk", "понеділок|вівторок|середа середу|четвер|п'ятниця пятниця|субота суботу|неділя неділю"),
    ("tr", "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar"),
    ("pl", "poniedziałek|wtorek|środa środę|czwartek|piątek|sobota sobotę|niedziela niedzielę"),
    ("cs", "pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle"),
];

static MONTH_NUMBERS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| numbered(MONTHS));
static WEEKDAY_NUMBERS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| numbered(WEEKDAYS));

/// The number, 1 to 12, of the month with this name or abbreviation; a full stop after it is allowed.
pub(crate) fn month(word: &str) -> Option<u32> {
    look_up(&MONTH_NUMBERS, word)
}

/// The number of the weekday with this name or abbreviation, Monday 1 to Sunday 7.
pub(crate) fn weekday(word: &str) -> Option<u32> {
    look_up(&WEEKDAY_NUMBERS, word)
}

/// What a language (by its ISO 639-1 code) calls the months and how they are abbreviated, each with its number.
pub(super) fn months_in(language: &str) -> impl Iterator<Item = (&'static str, u8)> {
    names_in(MONTHS, language)
}

/// The same for its weekdays.
pub(super) fn weekdays_in(language: &str) -> impl Iterator<Item = (&'static str, u8)> {
    names_in(WEEKDAYS, language)
}

fn names_in(languages: &'static [Names], language: &str) -> impl Iterator<Item = (&'static str, u8)> {
    languages
        .iter()
        .filter(move |(codes, _)| codes.split(' ').any(|code| code == language))
        .flat_map(|(_, names)| names.split('|').zip(1..))
        .flat_map(|(names, number)| names.split_whitespace().map(move |name| (name, number)))
}

/// Whether a name of a month is an ordinary word too, so that a number beside it proves little: "they may 2000".
pub(crate) fn is_ordinary_word(word: &str) -> bool {
    const ORDINARY: [&str; 22] = [
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
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            'ı' => Some('i'),
            'ł' => Some('l'),
            'ø' => Some('o'),
            'ə' => Some('e'),
            'đ' => Some('d'),
            '’' | 'ʼ' | '‘' => Some('\''),
            // A capital I with a dot becomes an i and a combining dot when lowered.
            c if is_combining_mark(c) => None,
            c => Some(c),
        })
        .collect()
}

fn numbered(languages: &[Names]) -> HashMap<String, u8> {
    let mut numbers = HashMap::new();
    for (_, language) in languages {
        for (names, number) in language.split('|').zip(1..) {
            for name in names.split_whitespace() {
                // The first language to claim a name keeps it.
                numbers.entry(folded(name)).or_insert(number);
            }
        }
    }
    numbers
}

fn look_up(numbers: &HashMap<String, u8>, word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() < 3 || word.len() > LONGEST {
        return None;
    }
    let mut buffer = [0u8; LONGEST];
    let found = match (word.is_ascii(), buffer.get_mut(..word.len())) {
        (true, Some(lower)) => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            std::str::from_utf8(lower).ok().and_then(|lower| numbers.get(lower))
        }
        _ => numbers.get(folded(word).as_str()),
    };
    found.map(|&number| u32::from(number))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_language_names_all_its_months_and_days() {
        for (_, language) in MONTHS {
            assert_eq!(language.split('|').count(), 12, "{language}");
        }
        for (_, language) in WEEKDAYS {
            assert_eq!(language.split('|').count(), 7, "{language}");
        }
    }

    #[test]
    fn no_name_means_two_months() {
        for (lists, numbers) in [(MONTHS, &MONTH_NUMBERS), (WEEKDAYS, &WEEKDAY_NUMBERS)] {
            for (_, language) in lists {
                for (names, number) in language.split('|').zip(1..) {
                    for name in names.split_whitespace() {
                        assert_eq!(numbers.get(&folded(name)), Some(&number), "{name} in {language}");
                    }
                }
            }
        }
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
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        assert_eq!((weekday("Thursday"), weekday("ÇARŞAMBA"), weekday("среда")), (Some(4), Some(3), Some(3)));
    }

    #[test]
    fn other_words_are_no_months() {
        let long = "f".repeat(10_000);
        for word in ["", "fe", "Februar1", "marching", "..", "feb..", long.as_str()] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
