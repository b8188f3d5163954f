//! What may stand behind a date that is alone in its line: a time of day, a weekday, the word for year.

use crate::time::{folded, is_digit, weekday_in};

/// Blanks, brackets and marks around a date.
pub(super) fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '*' | '_'
                | '#'
                | '>'
                | '<'
                | '('
                | ')'
                | '['
                | ']'
                | '"'
                | '“'
                | '”'
                | '='
                | '~'
                | '（'
                | '）'
                | '\u{200e}'
                | '\u{200f}'
        )
}

/// Commas of all scripts.
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '،' | '、' | '，')
}

/// Returns whether nothing follows the date but a time of day, a weekday or the word for year.
pub(super) fn after_date(after: &str, language: Option<&str>) -> bool {
    if after.trim().len() > 60 {
        return false;
    }
    after
        .split(|c: char| {
            is_ornament(c)
                || is_comma(c)
                || matches!(c, '.' | ':' | '：' | ';' | '-' | '–' | '+' | '@' | '\'' | '’' | '/' | '。')
        })
        .filter(|word| !word.is_empty())
        .all(|word| {
            let zone = word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase());
            zone || is_clock(word) || weekday_in(word, language).is_some() || is_time_word(word)
        })
}

/// `10`, `30pm`, `10h30`, `10時30分`, `10시`: a number of two digits, and what a clock has beside it.
fn is_clock(word: &str) -> bool {
    let digits = word.chars().take_while(|c| is_digit(*c)).count();
    let mark = |c: char| {
        is_digit(c)
            || matches!(
                c,
                'h' | 'H'
                    | 'a'
                    | 'A'
                    | 'p'
                    | 'P'
                    | 'm'
                    | 'M'
                    | 'u'
                    | '時'
                    | '时'
                    | '分'
                    | '点'
                    | '點'
                    | '秒'
                    | '시'
                    | '분'
                    | '초'
                    | 'น'
            )
    };
    (1..=2).contains(&digits) && word.chars().count() <= 6 && word.chars().all(mark)
}

fn is_time_word(word: &str) -> bool {
    matches!(
        folded(word).as_str(),
        "am" | "pm"
            | "a"
            | "p"
            | "m"
            | "h"
            | "at"
            | "um"
            | "uhr"
            | "hrs"
            | "hours"
            | "г"
            | "год"
            | "года"
            | "р"
            | "року"
            | "il"
            | "ili"
            | "yil"
            | "kl"
            | "klo"
            | "las"
            | "les"
            | "alle"
            | "ore"
            | "ora"
            | "om"
            | "uur"
            | "hs"
            | "r"
            | "rok"
            | "roku"
            | "godz"
            | "hod"
            | "v"
            | "u"
            | "o"
            | "cu"
            | "ci"
            | "ti"
            | "te"
            | "de"
            | "da"
            | "ta"
            | "d"
            | "в"
            | "о"
            | "у"
            | "час"
            | "saat"
            | "god"
            | "godine"
            | "године"
            | "год."
            | "ж"
            | "жылы"
            | "an"
            | "en"
            | "s"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "μμ"
            | "πμ"
            | "στις"
            | "ωρα"
            | "م"
            | "ص"
            | "ميلادي"
            | "الساعة"
            | "ساعت"
            | "બજે"
            | "बजे"
            | "น"
            | "เวลา"
            | "luc"
            | "pukul"
            | "wib"
            | "as"
            | "ны"
            | "ний"
            | "өдөр"
            | "오전"
            | "오후"
            | "上午"
            | "下午"
            | "午前"
            | "午後"
            | "ရက်"
            | "წ"
            | "თ"
            | "ին"
            | "թ"
    )
}
