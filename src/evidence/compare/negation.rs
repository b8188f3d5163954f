//! Words and parts of words that negate, by language.
//!
//! A list holds what makes a sentence say the opposite: particles, pronouns and adverbs of negation, "without". Some
//! languages negate inside the word: by an ending (`don't`, `-siz`), a beginning (`un-`, `ne-`) or a syllable between
//! stem and ending (Turkish `gel-me-di`). A word that differs from another by such a part alone is its negation, even
//! where usage has made it a word of its own: a quote that turns `usual` into `unusual` never passes.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::word::{Word, key};
use crate::text::Language;

/// A language and what negates in it.
#[derive(Debug)]
struct Row {
    code: &'static str,
    /// Whole words, as [`key`] writes them.
    words: &'static str,
    /// Beginnings before an apostrophe or of a word: `n'`.
    elided: &'static [&'static str],
    /// Beginnings that turn a word into its opposite.
    prefixes: &'static [&'static str],
    /// Endings that do.
    suffixes: &'static [&'static str],
}

const fn row(
    code: &'static str,
    words: &'static str,
    elided: &'static [&'static str],
    prefixes: &'static [&'static str],
    suffixes: &'static [&'static str],
) -> Row {
    Row { code, words, elided, prefixes, suffixes }
}

const TABLE: &[Row] = &[
    row(
        "ar",
        "لا لم لن ليس ليست ليسوا لست لسنا ليسا ما غير بدون دون عدم كلا بلا ولا فلا ولم فلم ولن فلن وليس فليس وليست وما فما ألا اللا",
        &[],
        &["لا", "اللا"],
        &[],
    ),
    row(
        "az",
        "deyil deyildi deyilik yox yoxdur yoxdu heç heçnə nə",
        &[],
        &["qeyri", "na", "bi"],
        &["siz", "sız", "suz", "süz"],
    ),
    row(
        "cs",
        "ne není nejsou nebyl nebyla nebylo nebyli nikdy nikdo nikoho nic nikde nijak žádný žádná žádné žádného bez ani nikoli nikoliv nelze",
        &[],
        &["ne"],
        &[],
    ),
    row("da", "ikke ej nej ingen intet ingenting aldrig hverken uden næppe", &[], &["u", "mis"], &["løs", "løse"]),
    row(
        "de",
        "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo kein keine keinen keinem keiner keines keinerlei keineswegs keinesfalls ohne weder nein kaum mitnichten",
        &[],
        &["un", "in", "miss", "nicht"],
        &["los", "lose", "losen", "loser", "loses", "losem"],
    ),
    row(
        "el",
        "δεν δε μη μην ούτε όχι ποτέ κανείς κανένας καμία κανένα τίποτα τίποτε χωρίς δίχως μήτε",
        &[],
        &["α", "αν", "μη"],
        &[],
    ),
    row(
        "en",
        "not no never none nobody nothing nowhere neither nor without cannot hardly scarcely barely nay nope noone ain't aint didnt doesnt dont isnt wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt arent cant",
        &[],
        &["un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "a"],
        &["less"],
    ),
    row(
        "es",
        "no ni nunca jamás jamas nadie nada ningún ningun ninguno ninguna ningunos ningunas sin tampoco apenas",
        &[],
        &["in", "im", "des", "no", "anti"],
        &[],
    ),
    row(
        "fi",
        "ei en et emme ette eivät eikä enkä etkä emmekä ettekä eivätkä älä älköön älkää älkäämme ilman tuskin eipä",
        &[],
        &["epä", "ei"],
        &["ton", "tön", "ttoman", "ttömän", "matta", "mättä", "maton", "mätön"],
    ),
    row(
        "fr",
        "ne pas non jamais rien aucun aucune aucuns aucunes ni sans guère nul nulle nullement aucunement",
        &["n'"],
        &["in", "im", "il", "ir", "dé", "dés", "mal", "non", "a"],
        &[],
    ),
    row("he", "לא אין בלי אל אינו אינה אינם ללא מבלי מעולם איש ולא ואין שלא שאין בל אף", &[], &["אי"], &[]),
    row("hi", "नहीं न मत बिना ना नही बगैर", &[], &["अ", "अन"], &[]),
    row(
        "hu",
        "nem ne sem se nincs nincsen nincsenek sincs soha sosem senki senkit semmi semmit sehol nélkül",
        &[],
        &[],
        &["tlan", "tlen", "talan", "telen", "atlan", "etlen"],
    ),
    row("id", "tidak bukan tak belum jangan tanpa tiada tidaklah bukanlah", &[], &["non"], &[]),
    row(
        "it",
        "non né no mai niente nulla nessun nessuno nessuna senza neanche nemmeno neppure mica",
        &["nessun'"],
        &["in", "im", "il", "ir", "dis", "s", "non"],
        &[],
    ),
    row("ja", "", &[], &[], &[]),
    row(
        "nl",
        "niet geen nooit niemand niets noch zonder nergens nee niks nimmer",
        &[],
        &["on", "in", "mis", "niet"],
        &["loos", "loze"],
    ),
    row(
        "no",
        "ikke ikkje ei ingen intet inga ingenting aldri verken uten nei knapt",
        &[],
        &["u", "mis"],
        &["løs", "løse"],
    ),
    row(
        "fa",
        "نه نیست نبود نمی نشد بدون هیچ بی هرگز نباید نيست نمي بي هيچ نبايد",
        &[],
        &["ن", "نمی", "نمي", "نا", "بی", "بي"],
        &[],
    ),
    row(
        "pl",
        "nie ani nigdy nikt nikogo nic niczego nigdzie żaden żadna żadne żadnego żadnej bez brak bynajmniej",
        &[],
        &["nie", "bez"],
        &[],
    ),
    row(
        "pt",
        "não nao nem nunca jamais ninguém ninguem nada nenhum nenhuma nenhuns nenhumas sem tampouco",
        &[],
        &["in", "im", "des", "não", "nao", "anti"],
        &[],
    ),
    row("ro", "nu n-a nici niciodată nimeni nimic fără niciun nicio nicăieri", &["n'"], &["ne", "in", "im"], &[]),
    row(
        "ru",
        "не ни нет нельзя без безо никогда никто никого никому никем ничто ничего ничему нигде никуда никак никакой никакая никакие никаких никакого ничей некого нечего отнюдь едва вряд",
        &[],
        &["не", "без", "бес", "анти"],
        &[],
    ),
    row(
        "sr",
        "не ни није нису нема без никад никада нико ништа ne ni nije nisu nisam nismo nema bez nikad nikada niko ništa",
        &[],
        &["не", "без", "ne", "bez"],
        &[],
    ),
    row(
        "sv",
        "inte ej icke ingen inget inga ingenting aldrig varken utan nej knappast",
        &[],
        &["o", "miss", "icke"],
        &["lös", "löst", "lösa"],
    ),
    row(
        "tr",
        "değil değildi değildir değiliz değilim degil degildir yok yoktu yoktur hiç hiçbir hiçbiri asla ne hayır",
        &[],
        &["na", "gayri", "gayrı"],
        &["siz", "sız", "suz", "süz"],
    ),
    row("uk", "не ні немає нема без ніколи ніхто ніщо нічого ніде ніяк ніякий неможна", &[], &["не", "без"], &[]),
    row("zh", "不 没 沒 未 无 無 非 别 別 勿 毋 莫 否 未 休", &[], &[], &[]),
    row("ko", "안 못 아니 아닌 없 않", &[], &["비", "불", "무", "미", "부"], &[]),
];

/// The words of each row, as words are compared.
static WORDS: LazyLock<HashMap<&str, HashSet<String>>> = LazyLock::new(|| {
    let words = |row: &Row| row.words.split(' ').filter(|word| !word.is_empty()).map(key).collect();
    TABLE.iter().map(|row| (row.code, words(row))).collect()
});

/// Japanese negates at the end of the verb: these characters, one after another.
const JAPANESE: [&[&str]; 12] = [
    &["な", "い"],
    &["な", "か", "っ"],
    &["な", "く"],
    &["ま", "せ", "ん"],
    &["ず"],
    &["ぬ"],
    &["無"],
    &["不"],
    &["非"],
    &["未"],
    &["否"],
    &["な", "し"],
];

/// Korean syllables that negate wherever they stand in a word.
const KOREAN: [&str; 5] = ["않", "없", "아니", "못하", "말"];

/// The languages in which words may negate: those of the documents and the quote.
#[derive(Clone, Debug)]
pub(crate) struct Negations {
    rows: Vec<&'static Row>,
}

impl Negations {
    /// The rows of these languages. A language without a row, or no language at all, makes every row count: a false
    /// alarm is better than a swallowed "not".
    pub(crate) fn of(languages: &[Option<Language>]) -> Negations {
        let mut rows: Vec<&Row> = Vec::new();
        for language in languages {
            match language.and_then(|language| TABLE.iter().find(|row| row.code == language.code())) {
                Some(row) if !rows.iter().any(|known| known.code == row.code) => rows.push(row),
                Some(_) => {}
                None => return Negations { rows: TABLE.iter().collect() },
            }
        }
        if rows.is_empty() { Negations { rows: TABLE.iter().collect() } } else { Negations { rows } }
    }

    /// How many words of a stretch negate.
    pub(crate) fn count(&self, words: &[Word]) -> usize {
        let alone = words.iter().filter(|word| self.negates(&word.key)).count();
        alone + self.at_verbs(words)
    }

    /// Returns whether a word negates by itself.
    pub(crate) fn negates(&self, key: &str) -> bool {
        self.rows.iter().any(|row| {
            WORDS.get(row.code).is_some_and(|words| words.contains(key))
                || row.elided.iter().any(|elided| key.starts_with(elided))
                || row.code == "en" && key.ends_with("n't")
                || row.code == "ko" && KOREAN.iter().any(|syllable| key.contains(syllable))
        })
    }

    fn at_verbs(&self, words: &[Word]) -> usize {
        if !self.rows.iter().any(|row| row.code == "ja") {
            return 0;
        }
        let ends = |window: &[Word]| {
            JAPANESE.iter().any(|pattern| {
                window.len() >= pattern.len() && pattern.iter().zip(window).all(|(kana, word)| word.key == *kana)
            })
        };
        (0..words.len()).filter(|at| words.get(*at..).is_some_and(ends)).count()
    }

    /// Returns whether one of two words is the other with a part that negates: `usual` and `unusual`, `geldi` and
    /// `gelmedi`, `careful` and `careless`.
    pub(crate) fn opposes(&self, a: &str, b: &str) -> bool {
        self.rows.iter().any(|row| {
            row.prefixes.iter().any(|prefix| is_prefixed(a, prefix, b) || is_prefixed(b, prefix, a))
                || row.suffixes.iter().any(|suffix| is_suffixed(a, suffix, b) || is_suffixed(b, suffix, a))
                || matches!(row.code, "tr" | "az") && (is_infixed(a, b) || is_infixed(b, a))
        })
    }
}

/// Letters that must be left of a word without its beginning.
const SHORTEST_ROOT: usize = 3;

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// The letters that two words have in common at their beginnings, in bytes.
fn common(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

/// `unhappy` has the beginning of `un` and then that of `happy`; endings may differ, as those of other cases do.
fn is_prefixed(long: &str, prefix: &str, short: &str) -> bool {
    let Some(rest) = long.strip_prefix(prefix) else { return false };
    let shared = rest.get(..common(rest, short)).map_or(0, chars);
    let (rest, short) = (chars(rest), chars(short));
    shared >= SHORTEST_ROOT.min(short) && shared >= 2 && (rest.max(short) - shared) * 2 <= shared
}

/// `careless` and `careful`, `evsiz` and `evli`: the root is the same, and one has the ending that negates.
fn is_suffixed(negated: &str, suffix: &str, other: &str) -> bool {
    let Some(root) = negated.strip_suffix(suffix).filter(|root| chars(root) >= 2) else { return false };
    other.starts_with(root) && !other.ends_with(suffix) && chars(other) <= chars(root) + 4
}

/// Turkish and Azerbaijani put `me` or `ma` between stem and ending: `geldi`, `gelmedi`; `yapıyor`, `yapmıyor`.
fn is_infixed(negated: &str, other: &str) -> bool {
    let at = common(negated, other);
    let (Some(rest), Some(ending)) = (negated.get(at..), other.get(at..)) else { return false };
    let Some(after) = rest.strip_prefix('m') else { return false };
    let vowel = |text: &str| text.chars().next().is_some_and(|c| "aeıiuüəöo".contains(c));
    let stem = negated.get(..at).map_or(0, chars);
    // `gelme` and `gelmek` are both verbal nouns, and no ending begins so in the word that is not negated.
    let bare = ending.strip_prefix('m').is_some_and(vowel);
    stem >= 2 && vowel(after) && !bare && !ending.is_empty() && chars(rest) >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::compare::word::words;

    fn of(code: &str) -> Negations {
        Negations::of(&[Some(code.parse().expect("a language"))])
    }

    #[test]
    fn words_of_negation_are_known_in_each_language() {
        for (code, text, expected) in [
            ("en", "He did not and couldn't, without a word", 3),
            ("de", "Er hat nicht gesagt, dass kein Boot ohne Lampe fährt", 3),
            ("fr", "Il n'a pas dit cela, ni rien d'autre", 4),
            ("es", "No lo dijo nadie, ni nunca", 4),
            ("it", "Non lo ha detto nessuno, né mai", 4),
            ("pt", "Não disse nada nem nunca", 4),
            ("nl", "Hij heeft niet gezegd dat geen boot zonder lamp vaart", 3),
            ("sv", "Han har inte sagt att ingen båt går utan lampa", 3),
            ("ru", "Он не сказал, что нет лодки без фонаря", 3),
            ("tr", "Bu doğru değil, hiç tekne yok", 3),
            ("ar", "لا يعمل ولم يعمل ولن يعمل", 3),
            ("fi", "Hän ei sanonut eikä tullut", 2),
            ("ja", "開いていない。開きません", 2),
            ("zh", "港口没有开放", 1),
        ] {
            assert_eq!(of(code).count(&words(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_word_and_its_negation_oppose_each_other() {
        for (code, a, b) in [
            ("en", "usual", "unusual"),
            ("en", "legal", "illegal"),
            ("en", "careful", "careless"),
            ("de", "schuldig", "unschuldig"),
            ("de", "sinnlos", "sinnvoll"),
            ("ru", "возможно", "невозможно"),
            ("ru", "опасный", "безопасный"),
            ("tr", "geldi", "gelmedi"),
            ("tr", "yapıyor", "yapmıyor"),
            ("tr", "gelecek", "gelmeyecek"),
            ("tr", "olur", "olmaz"),
            ("tr", "evli", "evsiz"),
            ("cs", "byl", "nebyl"),
            ("fi", "varma", "epävarma"),
        ] {
            assert!(of(code).opposes(a, b), "{code}: {a} {b}");
            assert!(of(code).opposes(b, a), "{code}: {b} {a}");
        }
        for (code, a, b) in [
            ("en", "boat", "boats"),
            ("tr", "gelmek", "gelme"),
            ("de", "Haus", "Maus"),
            ("en", "underline", "derelict"),
        ] {
            assert!(!of(code).opposes(a, b), "{code}: {a} {b}");
        }
    }

    #[test]
    fn a_text_in_no_known_language_may_negate_in_any() {
        assert!(Negations::of(&[None]).negates("nicht") && Negations::of(&[None]).negates("не"));
        assert!(!of("en").negates("pas"));
    }
}
