//! Per-cent and currencies, in the languages of the tables.

use crate::figures::scan::{Kind, Token};

/// Words for per cent, in one token or two.
const PERCENT: [&[&str]; 22] = [
    &["percent"],
    &["pct"],
    &["per", "cent"],
    &["prozent"],
    &["pour", "cent"],
    &["por", "ciento"],
    &["por", "cento"],
    &["per", "cento"],
    &["procent"],
    &["procenta"],
    &["процент"],
    &["процента"],
    &["процентов"],
    &["faiz"],
    &["faizi"],
    &["في", "المئة"],
    &["في", "المائة"],
    &["بالمئة"],
    &["بالمائة"],
    &["vH"],
    &["percentage", "points"],
    &["percentage", "point"],
];

/// Currencies: their sign, and the words for them in any language.
const CURRENCIES: [(&str, &[&str]); 14] = [
    ("$", &["dollar", "dollars", "dlr", "dlrs", "usd", "dolar", "dolari", "dolares", "dollari", "доллар", "доллара"]),
    ("$", &["долларов", "dolarow", "dolary", "دولار"]),
    ("€", &["euro", "euros", "eur", "евро", "avro", "يورو"]),
    ("£", &["sterling", "stg", "gbp"]),
    ("¥", &["yen", "иен", "иены"]),
    ("₽", &["rouble", "roubles", "ruble", "rubles", "rub", "рубль", "рубля", "рублей", "rubel"]),
    ("₺", &["lira", "liras", "lirasi", "tl"]),
    ("₼", &["manat", "manats", "manati", "манат", "маната", "манатов"]),
    ("₴", &["hryvnia", "hryvnias", "гривна", "гривны", "гривен"]),
    ("₹", &["rupee", "rupees"]),
    ("yuan", &["yuan", "renminbi", "юаней"]),
    ("francs", &["franc", "francs", "franken", "franco", "francos", "франков"]),
    ("marks", &["mark", "marks", "marka"]),
    ("zł", &["zloty", "zlotych", "pln"]),
];

/// The unit that begins with a token, and the token after it.
pub(in super::super) fn unit(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, usize)> {
    let token = tokens.get(at)?;
    if token.apart {
        return None;
    }
    if let Kind::Sign(sign) = token.kind {
        return if sign == '%' { Some(("%", at + 1)) } else { Some((currency_sign(sign)?, at + 1)) };
    }
    let folded = |at: usize| tokens.get(at).map_or("", |token| token.folded.as_str());
    let percent = PERCENT.iter().find(|words| (at..).zip(words.iter()).all(|(at, word)| folded(at) == *word));
    if let Some(words) = percent {
        return Some(("%", at + words.len()));
    }
    let (sign, _) = CURRENCIES.iter().find(|(_, words)| words.contains(&token.folded.as_str()))?;
    Some((sign, at + 1))
}

/// The currency of a sign, which stands before its number or behind it.
pub(in super::super) fn currency_sign(sign: char) -> Option<&'static str> {
    const SIGNS: [(char, &str); 8] =
        [('$', "$"), ('€', "€"), ('£', "£"), ('¥', "¥"), ('₽', "₽"), ('₺', "₺"), ('₼', "₼"), ('₹', "₹")];
    SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, unit)| *unit)
}
