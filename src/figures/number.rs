//! The value of a number, in digits or in words.

use super::lexicon::{Atom, Class, Lexicon};
use super::scan::{Kind, Token};
use crate::text::fold;

/// The most digits of a number that is read. Longer runs are codes.
const MAX_DIGITS: usize = 15;

/// A number and the token after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) end: usize,
    /// The power of ten of the words behind digits: 6 in `5 million`.
    pub(super) power: u32,
    /// Set for a number in words.
    pub(super) spelled: bool,
}

/// Reads the number that begins with a token.
pub(super) fn number(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<Number> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Digits => {
            let digits = decimal(token.text, lexicon.comma_is_decimal())?;
            let mut end = at + 1;
            let mut zeros = 0;
            // `1.2 million`, `5 hundred thousand`, `$5m`.
            while let Some(power) = tokens.get(end).and_then(|next| multiplier(next, lexicon)) {
                zeros += power;
                end += 1;
            }
            let value = format!("{digits}e{zeros}").parse().ok()?;
            Some(Number { value, end, power: zeros, spelled: false })
        }
        Kind::Word => spelled(tokens, at, lexicon),
        Kind::Owner | Kind::Sign(_) => None,
    }
}

/// The power of ten of a word for thousands and more after digits.
fn multiplier(token: &Token<'_>, lexicon: &Lexicon) -> Option<u32> {
    if token.apart || !token.is_word() {
        return None;
    }
    if token.glued {
        match token.text {
            "k" | "K" => return Some(3),
            "m" | "M" => return Some(6),
            "bn" => return Some(9),
            _ => {}
        }
    }
    match lexicon.atom(&token.folded)? {
        Atom::Times(value) => Some(value.ilog10()).filter(|power| 10u64.pow(*power) == value),
        Atom::Unit(_) => None,
    }
}

/// The digits of a number in ASCII, with a decimal point where it has one. None for what is no number: versions, dates.
fn decimal(text: &str, comma_is_decimal: bool) -> Option<String> {
    let mut groups: Vec<String> = vec![String::new()];
    let mut signs: Vec<char> = Vec::new();
    for c in text.chars() {
        if crate::time::is_digit(c) {
            groups.last_mut()?.push_str(&fold(c.encode_utf8(&mut [0; 4])));
        } else {
            signs.push(match c {
                '٬' => ',',
                '٫' => '.',
                c => c,
            });
            groups.push(String::new());
        }
    }
    let digits: usize = groups.iter().map(String::len).sum();
    let is_code = digits > MAX_DIGITS || groups.first()?.len() > 1 && groups.first()?.starts_with('0');
    if is_code || groups.iter().any(|group| !group.bytes().all(|b| b.is_ascii_digit()) || group.is_empty()) {
        return None;
    }
    let thousands = |groups: &[String]| {
        groups.first().is_some_and(|first| first.len() <= 3 && first != "0")
            && groups.iter().skip(1).all(|group| group.len() == 3)
    };
    let indian = |groups: &[String]| {
        let last = groups.len() - 1;
        groups.len() > 2
            && groups.iter().enumerate().all(|(at, group)| match at {
                0 => group.len() <= 2,
                at if at == last => group.len() == 3,
                _ => group.len() == 2,
            })
    };
    let Some(last) = signs.last() else { return groups.pop() };
    let alike = signs.iter().all(|sign| sign == last);
    let groups_by = |sign: char| match sign {
        '.' => comma_is_decimal,
        ',' => !comma_is_decimal,
        _ => true,
    };
    if alike && thousands(&groups) && (signs.len() > 1 || groups_by(*last)) || alike && *last == ',' && indian(&groups)
    {
        return Some(groups.concat());
    }
    let fraction = groups.pop()?;
    let before = signs.split_last()?.1;
    let whole = before.is_empty() || before.iter().all(|sign| sign != last && sign == &before[0]) && thousands(&groups);
    (whole && matches!(last, '.' | ',')).then(|| format!("{}.{fraction}", groups.concat()))
}

/// A number in words, as far as it has been read.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Thousands and more that are complete.
    total: u64,
    current: u64,
    /// The last word for thousands and more.
    times: Option<u64>,
    any: bool,
}

impl Sum {
    fn value(self) -> u64 {
        self.total.saturating_add(self.current)
    }

    /// The number with one more word. None if the word does not continue it. `joined` says that an "and" stands before.
    fn with(self, atom: Atom, joined: bool) -> Option<Sum> {
        let mut sum = Sum { any: true, ..self };
        match atom {
            Atom::Unit(value) => sum.current = added(self.current, value, joined)?,
            Atom::Times(100) => {
                if self.current > 99 {
                    return None;
                }
                sum.current = self.current.max(1) * 100;
            }
            Atom::Times(value) => {
                if self.times.is_some_and(|before| before <= value) {
                    return None;
                }
                sum.total = self.total.checked_add(self.current.max(1).checked_mul(value)?)?;
                (sum.current, sum.times) = (0, Some(value));
            }
        }
        Some(sum)
    }
}

/// Adds a number below a hundred, or hundreds in one word, to what stands before it.
fn added(current: u64, value: u64, joined: bool) -> Option<u64> {
    let (tens, ones) = (current % 100, value);
    if current == 0 {
        return Some(value);
    }
    // `quatre-vingt`, `soixante-quinze`, `quatre-vingt-treize`
    if tens == 4 && ones == 20 && !joined {
        return Some(current - 4 + 80);
    }
    if matches!(tens, 60 | 80) && (10..20).contains(&ones) {
        return Some(current + value);
    }
    // `drei und achtzig`
    if (1..10).contains(&tens) && joined && (20..100).contains(&ones) && ones % 10 == 0 {
        return Some(current + value);
    }
    let mut place = 1;
    while current.is_multiple_of(place * 10) {
        place *= 10;
    }
    (value < place).then_some(current + value)
}

fn spelled(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<Number> {
    let mut sum = Sum::default();
    let mut end = at;
    while let Some(token) = tokens.get(end).filter(|token| token.is_word() && (end == at || !token.apart)) {
        // `three hundred and six`, `eighty-three`
        let is_sign = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Sign('-') && token.glued);
        let joins = sum.any && lexicon.is(Class::Join, &token.folded);
        let word_at = if joins { end + 1 } else { end };
        let Some(word) = tokens.get(word_at).filter(|word| word.kind == Kind::Word) else { break };
        let Some(next) = read_word(sum, word, joins, lexicon) else { break };
        sum = next;
        end = word_at + 1;
        let hyphenated = is_sign(end) && tokens.get(end + 1).is_some_and(|next| next.glued);
        let continued = |at: usize| {
            let next = tokens.get(at).filter(|next| next.is_word())?;
            let joins = lexicon.is(Class::Join, &next.folded);
            joins.then_some(()).or_else(|| read_word(sum, next, false, lexicon).map(|_| ()))
        };
        if hyphenated && continued(end + 1).is_some() {
            end += 1;
        }
    }
    let value = sum.value();
    (sum.any && value > 0).then_some(Number { value: value as f64, end, power: 0, spelled: true })
}

/// The number with one more word, which may be several in one: `dreiundachtzig`.
fn read_word(sum: Sum, word: &Token<'_>, joined: bool, lexicon: &Lexicon) -> Option<Sum> {
    // `ثلاثة عشر` is thirteen.
    if matches!(word.text, "عشر" | "عشرة") && (1..10).contains(&(sum.current % 100)) {
        return Some(Sum { current: sum.current + 10, ..sum });
    }
    if let Some(atom) = lexicon.atom(&word.folded) {
        return sum.with(atom, joined);
    }
    // Arabic writes its "and" onto the word.
    if let Some(atom) = word.folded.strip_prefix('و').and_then(|rest| lexicon.atom(rest)).filter(|_| sum.any) {
        return sum.with(atom, true);
    }
    if lexicon.joins_words() { glued(sum, &word.folded, joined, lexicon) } else { None }
}

/// A number whose words are written as one, read from left to right with every split tried.
fn glued(sum: Sum, rest: &str, joined: bool, lexicon: &Lexicon) -> Option<Sum> {
    /// The longest such word.
    const LONGEST: usize = 64;
    if rest.is_empty() {
        return Some(sum);
    }
    if rest.len() > LONGEST {
        return None;
    }
    let ends = (1..=rest.len()).rev().filter(|end| rest.is_char_boundary(*end));
    for end in ends {
        let (part, behind) = rest.split_at(end);
        if sum.any
            && !joined
            && lexicon.is(Class::Join, part)
            && !behind.is_empty()
            && let Some(sum) = glued(sum, behind, true, lexicon)
        {
            return Some(sum);
        }
        let atom = lexicon.atom(part).or_else(|| lexicon.bound_atom(part).filter(|_| !behind.is_empty()));
        if let Some(next) = atom.and_then(|atom| sum.with(atom, joined))
            && let Some(sum) = glued(next, behind, false, lexicon)
        {
            return Some(sum);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::scan::scan;

    fn read(text: &str, language: &str) -> Option<f64> {
        let lexicon = Lexicon::of(Some(language));
        let tokens = scan(text, lexicon.blanks_group());
        let number = number(&tokens, 0, lexicon)?;
        (number.end == tokens.len()).then_some(number.value)
    }

    #[test]
    fn numbers_in_words_are_read_in_every_language_with_number_words() {
        for (language, text, value) in [
            ("en", "eighty-three", 83),
            ("en", "six hundred and thirteen", 613),
            ("en", "one thousand two hundred seventy-five", 1275),
            ("en", "two million", 2_000_000),
            ("en", "fifteen hundred", 1500),
            ("de", "dreiundachtzig", 83),
            ("de", "sechshundertdreizehn", 613),
            ("de", "eintausendzweihundertfünfundsiebzig", 1275),
            ("fr", "quatre-vingt-trois", 83),
            ("fr", "quatre-vingt-treize", 93),
            ("fr", "soixante et onze", 71),
            ("fr", "six cent treize", 613),
            ("fr", "mille deux cent soixante-quinze", 1275),
            ("es", "ochenta y tres", 83),
            ("es", "seiscientos trece", 613),
            ("es", "mil doscientos setenta y cinco", 1275),
            ("it", "ottantatré", 83),
            ("it", "seicentotredici", 613),
            ("it", "ottantuno", 81),
            ("pt", "oitenta e três", 83),
            ("pt", "seiscentos e treze", 613),
            ("nl", "drieëntachtig", 83),
            ("nl", "zeshonderddertien", 613),
            ("ru", "восемьдесят три", 83),
            ("ru", "шестьсот тринадцать", 613),
            ("ru", "тысяча двести семьдесят пять", 1275),
            ("pl", "osiemdziesiąt trzy", 83),
            ("pl", "sześćset trzynaście", 613),
            ("tr", "seksen üç", 83),
            ("tr", "altı yüz on üç", 613),
            ("tr", "bin iki yüz yetmiş beş", 1275),
            ("az", "səksən üç", 83),
            ("ar", "ثلاثة وثمانون", 83),
            ("ar", "ستمائة وثلاثة عشر", 613),
        ] {
            assert_eq!(read(text, language), Some(f64::from(value)), "{text}");
        }
    }

    #[test]
    fn digits_are_read_by_the_habits_of_the_language() {
        for (language, text, value) in [
            ("en", "1,275", 1275.0),
            ("en", "1.275", 1.275),
            ("de", "1.275", 1275.0),
            ("de", "2,5", 2.5),
            ("fr", "1 275", 1275.0),
            ("ru", "1\u{a0}275", 1275.0),
            ("en", "12,345,678.9", 12_345_678.9),
            ("de", "12.345.678,9", 12_345_678.9),
            ("en", "1,00,000", 100_000.0),
            ("en", "1.2 million", 1_200_000.0),
            ("en", "5 mln", 5_000_000.0),
            ("ar", "١٬٢٧٥", 1275.0),
        ] {
            assert_eq!(read(text, language), Some(value), "{text}");
        }
        for text in ["1.2.3", "26.02.1992", "007", "1,2,3", "12345678901234567"] {
            assert_eq!(read(text, "en"), None, "{text}");
        }
    }

    #[test]
    fn two_numbers_side_by_side_are_not_one() {
        for (text, value, tokens) in [("twenty thirty", 20.0, 1), ("three six", 3.0, 1), ("five and children", 5.0, 1)]
        {
            let lexicon = Lexicon::of(Some("en"));
            let number = number(&scan(text, false), 0, lexicon);
            assert_eq!(number, Some(Number { value, end: tokens, power: 0, spelled: true }), "{text}");
        }
    }
}
