//! Figures in digits and in words: `83`, `eighty-three`, `3 million`, `vingt-deux`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::word::{Word, key};
use crate::text::Language;

/// A figure of a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) number: f64,
    /// Set for a word that is as often an article: `one`, `un`.
    pub(crate) weak: bool,
}

/// The figures of a stretch, and the words that are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) values: Vec<Value>,
    /// The places of the other words in the stretch.
    pub(crate) others: Vec<usize>,
}

impl Figures {
    /// The figures that say a number beyond doubt.
    pub(crate) fn firm(&self) -> impl Iterator<Item = f64> {
        self.values.iter().filter(|value| !value.weak).map(|value| value.number)
    }

    /// Returns whether both name the same numbers in the same order. An article that may be a number counts only where
    /// the other side needs it.
    pub(crate) fn same(&self, other: &Figures) -> bool {
        let all = |figures: &Figures| figures.values.iter().map(|value| value.number).collect::<Vec<_>>();
        let firm = |figures: &Figures| figures.firm().collect::<Vec<_>>();
        let equal = |a: &[f64], b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(*a, *b));
        equal(&all(self), &all(other))
            || equal(&firm(self), &firm(other)) && !firm(self).is_empty()
            || equal(&all(self), &firm(other)) && !all(self).is_empty()
            || equal(&firm(self), &all(other)) && !all(other).is_empty()
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// The numerals of a language. `units` are 0 to 20, `tens` 30 to 90; `more` are pairs of a word and its value, of which
/// 10, 100 and above multiply what stands before them.
#[derive(Debug)]
struct Row {
    code: &'static str,
    units: &'static str,
    tens: &'static str,
    more: &'static str,
    /// Words between the parts of one number.
    joiners: &'static [&'static str],
    /// Set where numbers are written as one word: `dreiundachtzig`.
    compounds: bool,
}

const TABLE: &[Row] = &[
    Row {
        code: "en",
        units: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
        tens: "thirty forty fifty sixty seventy eighty ninety",
        more: "hundred:100 thousand:1e3 million:1e6 millions:1e6 billion:1e9 billions:1e9 trillion:1e12 dozen:12",
        joiners: &["and"],
        compounds: false,
    },
    Row {
        code: "de",
        units: "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
        tens: "dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
        more: "ein:1 eine:1 einen:1 hundert:100 tausend:1e3 million:1e6 millionen:1e6 milliarde:1e9 milliarden:1e9 billion:1e12 dutzend:12",
        joiners: &["und"],
        compounds: true,
    },
    Row {
        code: "fr",
        units: "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize _ _ _ vingt",
        tens: "trente quarante cinquante soixante septante huitante nonante",
        more: "une:1 vingts:20 octante:80 cent:100 cents:100 mille:1e3 million:1e6 millions:1e6 milliard:1e9 milliards:1e9 douzaine:12",
        joiners: &["et"],
        compounds: false,
    },
    Row {
        code: "es",
        units: "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
        tens: "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        more: "un:1 una:1 veintiuno:21 veintiún:21 veintidós:22 veintitrés:23 veinticuatro:24 veinticinco:25 veintiséis:26 veintisiete:27 veintiocho:28 veintinueve:29 cien:100 ciento:100 doscientos:200+ doscientas:200+ trescientos:300+ trescientas:300+ cuatrocientos:400+ quinientos:500+ seiscientos:600+ setecientos:700+ ochocientos:800+ novecientos:900+ mil:1e3 millón:1e6 millones:1e6 docena:12",
        joiners: &["y"],
        compounds: false,
    },
    Row {
        code: "it",
        units: "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti",
        tens: "trenta quaranta cinquanta sessanta settanta ottanta novanta",
        more: "un:1 una:1 vent:20 trent:30 quarant:40 cinquant:50 sessant:60 settant:70 ottant:80 novant:90 tré:3 cento:100 mille:1e3 mila:1e3 milione:1e6 milioni:1e6 miliardo:1e9 miliardi:1e9 dozzina:12",
        joiners: &["e"],
        compounds: true,
    },
    Row {
        code: "pt",
        units: "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove vinte",
        tens: "trinta quarenta cinquenta sessenta setenta oitenta noventa",
        more: "uma:1 duas:2 quatorze:14 dezasseis:16 dezassete:17 dezanove:19 cem:100 cento:100 duzentos:200+ duzentas:200+ trezentos:300+ quatrocentos:400+ quinhentos:500+ seiscentos:600+ setecentos:700+ oitocentos:800+ novecentos:900+ mil:1e3 milhão:1e6 milhões:1e6 dúzia:12",
        joiners: &["e"],
        compounds: false,
    },
    Row {
        code: "nl",
        units: "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig",
        tens: "dertig veertig vijftig zestig zeventig tachtig negentig",
        more: "een:1 honderd:100 duizend:1e3 miljoen:1e6 miljard:1e9 dozijn:12",
        joiners: &["en", "ën"],
        compounds: true,
    },
    Row {
        code: "sv",
        units: "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo",
        tens: "trettio fyrtio femtio sextio sjuttio åttio nittio",
        more: "en:1 hundra:100 tusen:1e3 miljon:1e6 miljoner:1e6 miljard:1e9 miljarder:1e9 dussin:12",
        joiners: &["och"],
        compounds: true,
    },
    Row {
        code: "da",
        units: "nul et to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve",
        tens: "tredive fyrre halvtreds tres halvfjerds firs halvfems",
        more: "en:1 hundrede:100 tusind:1e3 million:1e6 millioner:1e6 milliard:1e9 dusin:12",
        joiners: &["og"],
        compounds: true,
    },
    Row {
        code: "no",
        units: "null ett to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue",
        tens: "tretti førti femti seksti sytti åtti nitti",
        more: "en:1 hundre:100 tusen:1e3 million:1e6 millioner:1e6 milliard:1e9 dusin:12",
        joiners: &["og"],
        compounds: true,
    },
    Row {
        code: "fi",
        units: "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista kolmetoista neljätoista viisitoista kuusitoista seitsemäntoista kahdeksantoista yhdeksäntoista _",
        tens: "",
        more: "kymmentä:10 sata:100 sataa:100 tuhat:1e3 tuhatta:1e3 miljoona:1e6 miljoonaa:1e6 miljardi:1e9 miljardia:1e9 tusina:12",
        joiners: &["ja"],
        compounds: true,
    },
    Row {
        code: "ru",
        units: "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
        tens: "тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        more: "одна:1 одно:1 одного:1 две:2 двух:2 двум:2 двумя:2 двое:2 трех:3 трем:3 тремя:3 трое:3 четырех:4 четырем:4 пяти:5 шести:6 семи:7 восьми:8 девяти:9 десяти:10. двадцати:20 тридцати:30 сорока:40 пятидесяти:50 шестидесяти:60 сто:100+ ста:100+ двести:200+ триста:300+ четыреста:400+ пятьсот:500+ шестьсот:600+ семьсот:700+ восемьсот:800+ девятьсот:900+ тысяча:1e3 тысячи:1e3 тысяч:1e3 миллион:1e6 миллиона:1e6 миллионов:1e6 миллиард:1e9 миллиарда:1e9 миллиардов:1e9 дюжина:12",
        joiners: &["и"],
        compounds: false,
    },
    Row {
        code: "uk",
        units: "нуль один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять двадцять",
        tens: "тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
        more: "одна:1 дві:2 двох:2 трьох:3 сто:100+ двісті:200+ триста:300+ тисяча:1e3 тисячі:1e3 тисяч:1e3 мільйон:1e6 мільйони:1e6 мільйонів:1e6 мільярд:1e9",
        joiners: &["і", "та"],
        compounds: false,
    },
    Row {
        code: "pl",
        units: "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia",
        tens: "trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
        more: "jedna:1 jedno:1 dwie:2 dwóch:2 trzech:3 czterech:4 pięciu:5 sześciu:6 siedmiu:7 ośmiu:8 sto:100+ dwieście:200+ trzysta:300+ czterysta:400+ pięćset:500+ tysiąc:1e3 tysiące:1e3 tysięcy:1e3 milion:1e6 miliony:1e6 milionów:1e6 miliard:1e9",
        joiners: &["i"],
        compounds: false,
    },
    Row {
        code: "tr",
        units: "sıfır bir iki üç dört beş altı yedi sekiz dokuz on _ _ _ _ _ _ _ _ _ yirmi",
        tens: "otuz kırk elli altmış yetmiş seksen doksan",
        more: "yüz:100 bin:1e3 milyon:1e6 milyar:1e9 düzine:12",
        joiners: &[],
        compounds: false,
    },
    Row {
        code: "az",
        units: "sıfır bir iki üç dörd beş altı yeddi səkkiz doqquz on _ _ _ _ _ _ _ _ _ iyirmi",
        tens: "otuz qırx əlli altmış yetmiş səksən doxsan",
        more: "yüz:100 min:1e3 milyon:1e6 milyard:1e9",
        joiners: &[],
        compounds: false,
    },
    Row {
        code: "ar",
        units: "صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة _ _ _ _ _ _ _ _ _ عشرون",
        tens: "ثلاثون اربعون خمسون ستون سبعون ثمانون تسعون",
        more: "اثنين:2 ثلاث:3 اربع:4 خمس:5 ست:6 سبع:7 ثماني:8 تسع:9 عشر:10. عشرين:20 ثلاثين:30 وثلاثين:30 وثلاثون:30 اربعين:40 خمسين:50 ستين:60 سبعين:70 ثمانين:80 تسعين:90 مئة:100 مائة:100 الف:1e3 آلاف:1e3 الاف:1e3 مليون:1e6 مليار:1e9",
        joiners: &["و"],
        compounds: false,
    },
    Row {
        code: "zh",
        units: "零 一 二 三 四 五 六 七 八 九 _ _ _ _ _ _ _ _ _ _ _",
        tens: "",
        more: "〇:0 两:2 兩:2 十:10 百:100 千:1e3 万:1e4 萬:1e4 亿:1e8 億:1e8",
        joiners: &[],
        compounds: false,
    },
];

/// What a word contributes to a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// Added to what stands before.
    Add(f64),
    /// Multiplies what stands before.
    Times(f64),
}

/// The numerals of the languages of a comparison.
#[derive(Clone, Debug)]
pub(crate) struct Numerals {
    rows: Vec<&'static Row>,
    /// Set where a comma parts the whole of a number from its fraction.
    comma: bool,
}

impl Numerals {
    /// The numerals of these languages; of a language without a row, or none, only digits count as figures, and English.
    pub(crate) fn of(languages: &[Option<Language>]) -> Numerals {
        let codes: Vec<&str> = languages.iter().flatten().map(|language| language.code()).collect();
        let code = |code: &&str| if matches!(*code, "ja") { "zh" } else { *code }.to_string();
        let codes: Vec<String> = codes.iter().map(code).collect();
        let mut rows: Vec<&Row> = TABLE.iter().filter(|row| codes.iter().any(|code| code == row.code)).collect();
        if rows.is_empty() {
            rows.extend(TABLE.first());
        }
        let point = ["en", "zh", "ko", "ar", "he", "hi", "th"];
        let comma = codes.first().is_some_and(|code| !point.contains(&code.as_str()));
        Numerals { rows, comma }
    }

    /// The figures of a stretch of words.
    pub(crate) fn figures(&self, words: &[Word]) -> Figures {
        let mut found = Figures::default();
        let mut at = 0;
        while at < words.len() {
            match self.number(&words[at..]) {
                Some((value, taken)) => {
                    found.values.push(value);
                    at += taken;
                }
                None => {
                    found.others.push(at);
                    at += 1;
                }
            }
        }
        found
    }

    /// Returns whether a word is a figure or a part of one.
    pub(crate) fn is_figure(&self, word: &Word) -> bool {
        word.key.contains(|c: char| c.is_ascii_digit()) || self.rows.iter().any(|row| part_of(row, &word.key).is_some())
    }

    /// The number at the beginning of a stretch, and how many words it takes.
    pub(crate) fn number(&self, words: &[Word]) -> Option<(Value, usize)> {
        let first = words.first()?;
        if first.key.contains(|c: char| c.is_ascii_digit()) {
            let number = digits(&first.key, self.comma)?;
            // "83 thousand", "2.5 million".
            let multiplier = words.get(1).and_then(|word| self.multiplier(&word.key));
            let (number, taken) = multiplier.map_or((number, 1), |times| (number * times, 2));
            return Some((Value { number, weak: false }, taken));
        }
        self.rows.iter().find_map(|row| spelled(row, words))
    }

    fn multiplier(&self, key: &str) -> Option<f64> {
        self.rows.iter().find_map(|row| match part_of(row, key) {
            Some(Part::Times(times)) if times >= 100.0 => Some(times),
            _ => None,
        })
    }
}

/// Ordinals of the languages in which they are most quoted.
const ORDINALS: [&str; 6] = [
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo",
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый",
];

/// The number of an ordinal, in words or in digits with an ending: `third`, `3rd`, `3e`.
pub(crate) fn ordinal(key: &str) -> Option<usize> {
    let digits = key.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, 'º' | 'ª' | '.'));
    if digits.len() < key.len() && !digits.is_empty() && key.len() - digits.len() <= 4 {
        return digits.parse().ok();
    }
    ORDINALS.iter().find_map(|row| row.split(' ').position(|word| word == key)).map(|at| at + 1)
}

/// The numerals of each language, by word.
static PARTS: LazyLock<HashMap<&str, HashMap<String, Part>>> =
    LazyLock::new(|| TABLE.iter().map(|row| (row.code, parts(row))).collect());

/// The numerals of a row, each as words are compared.
fn parts(row: &Row) -> HashMap<String, Part> {
    let units = row.units.split(' ').zip(0_u32..);
    let tens = row.tens.split(' ').zip((30_u32..).step_by(10));
    let plain = units.chain(tens).map(|(word, value)| (key(word), Part::Add(f64::from(value))));
    let more = row.more.split(' ').filter_map(|pair| {
        let (word, value) = pair.split_once(':')?;
        // A plus or a stop says that the word does not multiply.
        let number = value.trim_end_matches(['+', '.']);
        let whole = number.len() == value.len();
        let number: f64 = number.parse().ok()?;
        let times = whole && (number >= 100.0 || number == 10.0);
        Some((key(word), if times { Part::Times(number) } else { Part::Add(number) }))
    });
    let mut parts: HashMap<String, Part> = plain.chain(more).collect();
    parts.remove("_");
    parts.remove("");
    parts
}

/// The value of a numeral.
fn part_of(row: &Row, key: &str) -> Option<Part> {
    PARTS.get(row.code)?.get(key).copied()
}

/// A number in words at the beginning of a stretch.
fn spelled(row: &Row, words: &[Word]) -> Option<(Value, usize)> {
    let mut sum = Sum::default();
    let (mut taken, mut parts) = (0, 0);
    let mut joined = false;
    for (at, word) in words.iter().enumerate() {
        if at > 0 && taken == at && row.joiners.contains(&word.key.as_str()) {
            joined = true;
            continue;
        }
        let found = parts_of(row, &word.key);
        let Some(found) = found.filter(|found| sum.takes(found, joined || word.glued)) else { break };
        for part in found {
            sum.add(part);
            parts += 1;
        }
        taken = at + 1;
        joined = false;
    }
    let weak = taken == 1 && parts == 1 && sum.total() == 1.0;
    // "Millions" by itself names no number.
    let vague = taken == 1
        && parts == 1
        && sum.total() > 1_000.0
        && words.first().is_some_and(|word| word.key.chars().count() > 1);
    (taken > 0 && !vague).then(|| (Value { number: sum.total(), weak }, taken))
}

/// The parts of a numeral, which some languages write as one word.
fn parts_of(row: &Row, key: &str) -> Option<Vec<Part>> {
    if let Some(part) = part_of(row, key) {
        return Some(vec![part]);
    }
    if !row.compounds || key.len() < 6 || key.len() > 80 {
        return None;
    }
    split(row, key, 0).filter(|parts| parts.len() > 1)
}

fn split(row: &Row, key: &str, depth: usize) -> Option<Vec<Part>> {
    if key.is_empty() {
        return Some(Vec::new());
    }
    if depth > 12 {
        return None;
    }
    let ends = key.char_indices().map(|(at, c)| at + c.len_utf8());
    // The longest first, so that "achtzig" is not "acht" and a rest.
    for end in ends.collect::<Vec<_>>().into_iter().rev() {
        let (head, rest) = key.split_at_checked(end)?;
        if depth > 0
            && row.joiners.contains(&head)
            && let Some(parts) = split(row, rest, depth + 1).filter(|parts| !parts.is_empty())
        {
            return Some(parts);
        }
        if let Some(part) = part_of(row, head)
            && let Some(mut parts) = split(row, rest, depth + 1)
        {
            parts.insert(0, part);
            return Some(parts);
        }
    }
    None
}

/// A number as its words add up.
#[derive(Clone, Debug, Default)]
struct Sum {
    total: f64,
    current: f64,
    any: bool,
}

impl Sum {
    fn total(&self) -> f64 {
        self.total + self.current
    }

    /// Returns whether these parts can go on the number: "twenty three" is one, "two three" are two.
    fn takes(&self, parts: &[Part], joined: bool) -> bool {
        if !self.any {
            return true;
        }
        match parts.first() {
            None => false,
            Some(Part::Times(_)) => true,
            Some(Part::Add(value)) => {
                let low = self.current % 100.0;
                let fits = low == 0.0 || low >= 20.0 && low % 10.0 == 0.0 && *value < 20.0;
                // "quatre-vingt", "vier und achtzig".
                fits || joined && low < 10.0 && *value >= 20.0
            }
        }
    }

    fn add(&mut self, part: Part) {
        self.any = true;
        match part {
            Part::Add(20.0) if self.current % 100.0 == 4.0 => self.current += 76.0,
            Part::Add(value) => self.current += value,
            Part::Times(times) if times <= 100.0 => {
                let low = self.current % times;
                self.current = self.current - low + low.max(if low == 0.0 { 1.0 } else { 0.0 }) * times;
            }
            Part::Times(times) => {
                self.total += if self.current == 0.0 { 1.0 } else { self.current } * times;
                self.current = 0.0;
            }
        }
    }
}

/// The number that a word with digits says: `1,275`, `3.5`, `26th`, `F16`.
fn digits(key: &str, comma: bool) -> Option<f64> {
    let start = key.find(|c: char| c.is_ascii_digit())?;
    let negative = key
        .get(..start)
        .is_some_and(|before| before.chars().all(|c| matches!(c, '-' | '−' | '–')) && !before.is_empty());
    let rest = key.get(start..)?;
    let end = rest.find(|c: char| c.is_alphabetic()).unwrap_or(rest.len());
    let number = rest.get(..end)?;
    let marks: Vec<char> = number.chars().filter(|c| !c.is_ascii_digit()).collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [mark] => Some(*mark).filter(|mark| is_decimal(number, *mark, comma)),
        [many @ .., last] => Some(*last).filter(|last| !many.contains(last)),
    };
    let mut plain = String::new();
    for c in number.chars() {
        if c.is_ascii_digit() {
            plain.push(c);
        } else if Some(c) == decimal {
            plain.push('.');
        }
    }
    let value: f64 = plain.parse().ok()?;
    Some(if negative { -value } else { value })
}

/// Returns whether the only mark of a number parts off a fraction: it does unless three digits follow, and then where
/// the language uses this mark so.
fn is_decimal(number: &str, mark: char, comma: bool) -> bool {
    let after = number.rsplit(mark).next().map_or(0, str::len);
    match mark {
        '.' => after != 3 || !comma || number.starts_with('0'),
        ',' => after != 3 || comma || number.starts_with('0'),
        '٫' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::compare::word::words;

    #[test]
    fn numbers_in_words_and_digits_are_the_same_figures() {
        for (code, text, expected) in [
            ("en", "eighty-three boats", "83"),
            ("en", "two hundred and forty men", "240"),
            ("en", "3 million and 2,500,000", "3000000 2500000"),
            ("en", "1,275 of 2.5 million", "1275 2500000"),
            ("en", "two three", "2 3"),
            ("en", "one thousand two hundred", "1200"),
            ("en", "the 26th at -5", "26 -5"),
            ("de", "dreiundachtzig Boote", "83"),
            ("de", "zweihundertvierzig und 1.275", "240 1275"),
            ("de", "3,5 Millionen", "3500000"),
            ("fr", "quatre-vingt-trois bateaux", "83"),
            ("fr", "soixante-dix-sept", "77"),
            ("fr", "deux cents", "200"),
            ("es", "ochenta y tres", "83"),
            ("it", "ottantatré barche", "83"),
            ("nl", "drieëntachtig boten", "83"),
            ("sv", "åttiotre båtar", "83"),
            ("ru", "восемьдесят три лодки", "83"),
            ("ru", "двести сорок", "240"),
            ("tr", "seksen üç tekne", "83"),
            ("fi", "kahdeksankymmentäkolme venettä", "83"),
            ("zh", "八十三艘船", "83"),
        ] {
            let numerals = Numerals::of(&[Some(code.parse().expect("a language"))]);
            let values: Vec<String> = numerals.figures(&words(text)).firm().map(|value| value.to_string()).collect();
            assert_eq!(values.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn an_article_is_no_figure_by_itself() {
        let numerals = Numerals::of(&[Some(Language::ENGLISH)]);
        assert!(numerals.figures(&words("one boat")).values[0].weak);
        let same = |a: &str, b: &str| numerals.figures(&words(a)).same(&numerals.figures(&words(b)));
        assert!(same("one", "1") && same("a hundred", "100") && !same("one", "2") && !same("30", "80"));
    }
}
