//! Stretches of time that have names: `last month`, `1990s`, `Q3 2021`, `spring 1968`, `2 weeks ago`.

use super::date::{Date, DateRange};
use super::names;
use super::typed::Token;
use super::unit::{Unit, from_roman, months, span, years};

/// Reads a named stretch of time; `None` if the tokens are none. Notes say what had to be decided.
pub(super) fn read(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<DateRange> {
    let tokens = match tokens {
        [Token::Word(the), rest @ ..] if the == "the" => rest,
        all => all,
    };
    named_day(tokens, today)
        .or_else(|| ago(tokens, today, notes))
        .or_else(|| relative(tokens, today, notes))
        .or_else(|| iso_week(tokens))
        .or_else(|| part_of_year(tokens, today, notes))
        .or_else(|| decade_or_century(tokens, today, notes))
}

fn named_day(tokens: &[Token], today: Date) -> Option<DateRange> {
    let day = match tokens {
        [Token::Word(word)] => match word.as_str() {
            "today" | "now" | "heute" | "aujourd'hui" | "hoy" | "oggi" | "hoje" | "vandaag" | "сегодня"
            | "сьогодні" | "bugun" | "dzis" | "idag" => 0,
            "yesterday" | "gestern" | "hier" | "ayer" | "ieri" | "ontem" | "gisteren" | "вчера" | "вчора" | "dun"
            | "wczoraj" | "igar" => -1,
            "tomorrow" => 1,
            word => return weekday(word, today, false),
        },
        [Token::Word(which), Token::Word(word)] => match which.as_str() {
            "last" | "past" | "previous" => return weekday(word, today, true),
            "this" => {
                let monday = today.monday();
                let day = names::weekday(word)?;
                return Some(monday.plus_days(day as i32 - 1).range());
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(today.plus_days(day).range())
}

/// The latest such weekday, today only if `before_today` is false.
fn weekday(word: &str, today: Date, before_today: bool) -> Option<DateRange> {
    let back = (today.weekday() as i32 - names::weekday(word)? as i32).rem_euclid(7);
    let back = if back == 0 && before_today { 7 } else { back };
    Some(today.plus_days(-back).range())
}

fn unit_named(word: &str) -> Option<Unit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "centurie" | "century" => Unit::Century,
        _ => return None,
    })
}

fn count(token: &Token) -> Option<i32> {
    const WORDS: [&str; 13] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "a couple"];
    match token {
        Token::Number(value, _) => i32::try_from(*value).ok().filter(|count| *count > 0),
        Token::Word(word) if word == "a" || word == "an" => Some(1),
        Token::Word(word) => WORDS.iter().zip(1..).find(|(name, _)| *name == word).map(|(_, count)| count),
        Token::Mark(_) => None,
    }
}

fn ago(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<DateRange> {
    let [many, Token::Word(unit), Token::Word(ago)] = tokens else { return None };
    let (many, unit) = (count(many)?, unit_named(unit)?);
    if ago != "ago" {
        return None;
    }
    let range = unit.around(unit.away(today, -many))?;
    if unit != Unit::Day {
        notes.push(format!("read as {range}, the whole {}", format!("{unit:?}").to_lowercase()));
    }
    Some(range)
}

fn relative(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<DateRange> {
    let which = tokens.first()?.word()?;
    match tokens {
        [Token::Word(last), Token::Word(month)] if last == "last" && names::month(month).is_some() => {
            let month = names::month(month)?;
            let this_year = Date::from_ym(today.year(), month).ok()?;
            let over = this_year.last_day() < today.first_day();
            Some(if over { this_year } else { this_year.plus_months(-12) }.range())
        }
        [_, Token::Word(unit)] => {
            let unit = unit_named(unit)?;
            let steps = match which {
                "this" | "current" => 0,
                "last" | "previous" => -1,
                "next" => 1,
                "past" => {
                    let range = span(unit.away(today, -1).plus_days(1), today);
                    notes.push(format!("read as {range}, up to today"));
                    return Some(range);
                }
                _ => return None,
            };
            unit.around(unit.away(today, steps))
        }
        [_, many, Token::Word(unit)] if matches!(which, "last" | "past" | "previous") => {
            let (many, unit) = (count(many)?, unit_named(unit)?);
            Some(span(unit.away(today, -many).plus_days(1), today))
        }
        _ => None,
    }
}

/// `2023-W08`.
fn iso_week(tokens: &[Token]) -> Option<DateRange> {
    use Token::{Mark, Number, Word};
    let (year, week) = match tokens {
        [Number(year, 4), Mark('-'), Word(w), Number(week, 1 | 2)] if w == "w" => (*year, *week),
        [Number(year, 4), Word(w), Number(week, 2)] if w == "w" => (*year, *week),
        _ => return None,
    };
    // The fourth of January always lies in week 1.
    let year = i32::try_from(year).ok()?;
    let monday = Date::from_ymd(year, 1, 4).ok()?.monday().plus_days((week as i32 - 1) * 7);
    let thursday = monday.plus_days(3);
    (week >= 1 && thursday.year() == year).then(|| span(monday, monday.plus_days(6)))
}

/// A quarter, a half or a season, with or without its year.
fn part_of_year(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<DateRange> {
    let mut year = None;
    let mut part = None;
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        match (token, rest) {
            (Token::Number(value, 4), _) if year.is_none() => year = i32::try_from(*value).ok(),
            (Token::Word(letter), [Token::Number(number, 1), after @ ..]) if part.is_none() => {
                part = Some(numbered_part(letter, *number)?);
                rest = after;
            }
            // `1st quarter`, `2nd half`
            (Token::Number(number, 1), [Token::Word(ending), Token::Word(unit), after @ ..]) if part.is_none() => {
                matches!(ending.as_str(), "st" | "nd" | "rd" | "th").then_some(())?;
                part = Some(numbered_part(unit, *number)?);
                rest = after;
            }
            (Token::Word(ordinal), [Token::Word(unit), after @ ..])
                if part.is_none() && matches!(unit.as_str(), "quarter" | "half") =>
            {
                let number = ["first", "second", "third", "fourth"].iter().position(|name| name == ordinal)? as u32;
                part = Some(numbered_part(unit, number + 1)?);
                rest = after;
            }
            (Token::Word(word), _) => match season(word) {
                Some(found) if part.is_none() => part = Some(found),
                _ if matches!(word.as_str(), "of" | "the" | "in" | "de" | "du" | "del" | "l'") => {}
                _ => return None,
            },
            (Token::Mark('-' | ',' | '/'), _) => {}
            _ => return None,
        }
    }
    let (first, count) = part?;
    let range = |year: i32| months(year, first, count);
    let range = match year {
        Some(year) => range(year)?,
        None => range(today.year()).filter(|range| range.first() <= Some(today)).or_else(|| range(today.year() - 1))?,
    };
    if first == 12 {
        notes.push(format!("the winter was read as {range}"));
    }
    Some(range)
}

/// First month and number of months of `q3`, `quarter 3`, `h1`.
fn numbered_part(unit: &str, number: u32) -> Option<(u32, i32)> {
    match (unit, number) {
        ("q" | "quarter", 1..=4) => Some((number * 3 - 2, 3)),
        ("h" | "half", 1..=2) => Some((number * 6 - 5, 6)),
        _ => None,
    }
}

/// First month and number of months of a season, by the meteorologists' calendar of the north.
fn season(word: &str) -> Option<(u32, i32)> {
    Some(match word {
        "spring" | "printemps" | "fruhling" | "fruhjahr" | "primavera" | "весна" | "весной" | "ilkbahar" | "wiosna" => {
            (3, 3)
        }
        "summer" | "ete" | "sommer" | "verano" | "estate" | "verao" | "zomer" | "лето" | "летом" | "yaz" | "lato" => {
            (6, 3)
        }
        "autumn" | "fall" | "automne" | "herbst" | "otono" | "autunno" | "outono" | "herfst" | "осень" | "осенью"
        | "sonbahar" | "jesien" => (9, 3),
        "winter" | "hiver" | "invierno" | "inverno" | "зима" | "зимой" | "kis" | "zima" => (12, 3),
        _ => return None,
    })
}

fn decade_or_century(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<DateRange> {
    use Token::{Mark, Number, Word};
    let tokens = match tokens {
        [Mark('\''), rest @ ..] => rest,
        all => all,
    };
    match tokens {
        [Number(decade, 4), Word(s)] | [Number(decade, 4), Mark('\''), Word(s)] if s == "s" && decade % 10 == 0 => {
            years(*decade as i32, 10)
        }
        [Number(decade, 2), Word(s)] | [Number(decade, 2), Mark('\''), Word(s)] if s == "s" && decade % 10 == 0 => {
            let century = today.year() - today.year().rem_euclid(100);
            let start = century + *decade as i32;
            let start = if start <= today.year() { start } else { start - 100 };
            notes.push(format!("the decade {decade:02}s was read as {start}s"));
            years(start, 10)
        }
        [Number(century, 1 | 2), Word(ending), Word(name)]
            if matches!(ending.as_str(), "st" | "nd" | "rd" | "th" | "e" | "eme") && is_century(name) =>
        {
            years(*century as i32 * 100 - 99, 100).filter(|_| *century > 0)
        }
        [Number(century, 1 | 2), Mark('.'), Word(name)] | [Number(century, 1 | 2), Word(name)] if is_century(name) => {
            years(*century as i32 * 100 - 99, 100).filter(|_| *century > 0)
        }
        [Word(roman), Word(name)] if is_century(name) => years(from_roman(roman)? * 100 - 99, 100),
        [Word(name), Word(roman)] if is_century(name) => years(from_roman(roman)? * 100 - 99, 100),
        _ => None,
    }
}

fn is_century(word: &str) -> bool {
    matches!(
        word,
        "century"
            | "siecle"
            | "siglo"
            | "secolo"
            | "seculo"
            | "jahrhundert"
            | "eeuw"
            | "век"
            | "века"
            | "yuzyil"
            | "wiek"
    )
}
