//! Words that stand between the parts of a date: `of`, `de`, `gada`, `년`.

use super::names;

/// Returns whether a word may stand between the parts of a date without a meaning of its own.
pub(super) fn is_particle(word: &str) -> bool {
    word.len() <= 36 && (is_joining(names::folded(word).as_str()) || is_year_word(word))
}

fn is_joining(word: &str) -> bool {
    matches!(
        word,
        "of" | "day"
            | "de"
            | "del"
            | "di"
            | "do"
            | "da"
            | "d"
            | "den"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "er"
            | "e"
            | "a"
            | "ng"
            | "ta"
            | "na"
            | "an"
            | "го"
            | "ο"
            | "του"
            | "من"
            | "ي"
            | "dia"
            | "die"
    )
}

/// Returns whether a word is the word for "year" as languages put it beside the figures, or an abbreviation or ending
/// of it.
pub(super) fn is_year_word(word: &str) -> bool {
    word.len() <= 36
        && matches!(
            names::folded(word).as_str(),
            "ci" | "cu"
                | "m"
                | "il"
                | "ili"
                | "ilin"
                | "yil"
                | "yili"
                | "yilin"
                | "yilning"
                | "gada"
                | "gads"
                | "ko"
                | "eko"
                | "ano"
                | "anul"
                | "year"
                | "ar"
                | "nam"
                | "mwaka"
                | "tahun"
                | "taon"
                | "года"
                | "год"
                | "г"
                | "року"
                | "роки"
                | "година"
                | "годината"
                | "жылғы"
                | "жыл"
                | "жылы"
                | "жылдын"
                | "ж"
                | "соли"
                | "соль"
                | "оны"
                | "он"
                | "елнын"
                | "թ"
                | "թվականի"
                | "წელი"
                | "წლის"
                | "წ"
                | "عام"
                | "سنة"
                | "سنه"
                | "لعام"
                | "سال"
                | "พ.ศ"
                | "ค.ศ"
                | "ปี"
                | "ปีพ.ศ"
                | "ປີ"
                | "ឆ្នាំ"
                | "ခုနှစ်"
                | "ஆம்"
                | "ஆண்டு"
                | "వ"
        )
}
