//! The header that a plain text opens with: ` date 2025-02-26 BAKU, …`, or a block of `Name: value` lines.

use std::ops::Range;

use super::date_labels::label_of_phrase;
use crate::corpus::raw::{Declared, Origin};
use crate::time::{Date, catalogue_date, find_dates, folded};

/// The longest line of a header, in bytes.
const LONGEST_LINE: usize = 300;

/// The most lines of a header.
const MOST_LINES: usize = 20;

/// The length, in bytes, from which the rest of a line after `Date: 2025-02-26` is the text itself.
const BODY: usize = 60;

/// Names that may open a header.
const NAMES: &[&str] = &[
    "source",
    "from",
    "author",
    "authors",
    "by",
    "byline",
    "title",
    "headline",
    "subject",
    "url",
    "link",
    "lang",
    "language",
    "publisher",
    "publication",
    "auteur",
    "titre",
    "langue",
    "lien",
    "objet",
    "de",
    "quelle",
    "autor",
    "verfasser",
    "titel",
    "sprache",
    "betreff",
    "von",
    "fuente",
    "titulo",
    "idioma",
    "enlace",
    "asunto",
    "источник",
    "автор",
    "заголовок",
    "название",
    "язык",
    "ссылка",
    "тема",
    "от",
    "kaynak",
    "yazar",
    "baslik",
    "dil",
    "baglanti",
    "konu",
    // These are lines that mail programs write above a text they keep: sender and subject in other languages.
    "van",
    "fra",
    "fran",
    "od",
    "kimden",
    "gonderen",
    "lahettaja",
    "felado",
    "de la",
    "da",
    "mittente",
    "oggetto",
    "assunto",
    "onderwerp",
    "amne",
    "emne",
    "aihe",
    "temat",
    "predmet",
    "targy",
    "subiect",
    "θεμα",
    "απο",
    "від",
    "відправник",
    "отправитель",
    "件名",
    "差出人",
    "发件人",
    "主题",
    "寄件者",
    "主旨",
    "보낸 사람",
    "제목",
    "من",
    "الموضوع",
    "از",
    "موضوع",
    "מאת",
    "נושא",
    "tu",
    "chu đe",
    "dari",
    "perihal",
];

/// Names that belong to a header that another name has opened.
const MORE: &[&str] = &[
    "to",
    "cc",
    "reply-to",
    "id",
    "message-id",
    "category",
    "section",
    "tags",
    "keywords",
    "place",
    "location",
    "time",
    "an",
    "kopie",
    "a",
    "para",
    "kopia",
    "kopi",
    "aan",
    "till",
    "til",
    "vastaanottaja",
    "kopio",
    "do",
    "komu",
    "kopija",
    "za",
    "prima",
    "кому",
    "копия",
    "копія",
    "kime",
    "bilgi",
    "cimzett",
    "masolatot kap",
    "catre",
    "προς",
    "κοιν",
    "宛先",
    "收件人",
    "抄送",
    "副本",
    "收件者",
    "받는 사람",
    "참조",
    "الى",
    "به",
    "אל",
    "đen",
    "kepada",
];

/// A header at the very top of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeadingHeader {
    /// The bytes of the header with the white space around it. The text itself begins at its end.
    pub(crate) range: Range<usize>,
    /// The lines as declared values. Their places are `line N`, counted from the first line given.
    pub(crate) declared: Vec<Declared>,
}

/// The header that a text opens with, if any.
///
/// `first_line` is the number of the text's first line. Only names of a closed list count, so that `Note: the town …`
/// stays text. A name of a date must be followed by a date.
pub(crate) fn leading_header(text: &str, first_line: usize) -> Option<LeadingHeader> {
    let body = text.trim_start_matches(is_blank);
    let start = text.len() - body.len();
    let first_line = first_line + text.get(..start).map_or(0, |blank| blank.matches('\n').count());
    date_prefix(body, first_line)
        .or_else(|| block(body, first_line))
        .or_else(|| below_masthead(body, first_line))
        .map(|(length, declared)| LeadingHeader { range: 0..start + length, declared })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn declare(name: &str, value: &str, line: usize) -> Declared {
    Declared {
        origin: Origin::Header,
        name: name.trim().to_lowercase(),
        value: value.trim().to_string(),
        place: format!("line {line}"),
    }
}

/// Reads `date 2025-02-26 BAKU, Azerbaijan`: the word, a date in figures that begins with the year, and the text on the
/// same line.
fn date_prefix(body: &str, line: usize) -> Option<(usize, Vec<Declared>)> {
    let end_of_word = body.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = body.split_at_checked(end_of_word)?;
    if word.len() > 24 || label_of_phrase(word).is_none() {
        return None;
    }
    let value = rest.strip_prefix(':').unwrap_or(rest).trim_start_matches([' ', '\t', '\u{a0}']);
    let colon = rest.starts_with(':');
    if value.len() == rest.len() {
        return None;
    }
    let length = value.bytes().take(10).take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.')).count();
    let (date, after) = value.split_at_checked(length)?;
    if !(date.len() == 10 && find_dates(date).len() == 1 || date.parse::<Date>().is_ok() && length >= 7) {
        return None;
    }
    let line_left = after.split('\n').next().unwrap_or("").trim();
    // `Date: 2025-02-26` alone is the first line of a block, which may have more lines.
    if !after.starts_with(is_blank) && !after.is_empty() || colon && line_left.len() < BODY {
        return None;
    }
    let after = after.trim_start_matches(is_blank);
    Some((body.len() - after.len(), vec![declare(word, date, line)]))
}

/// Reads lines of `Name: value`, up to the first line that is none.
fn block(body: &str, first_line: usize) -> Option<(usize, Vec<Declared>)> {
    let mut declared = Vec::new();
    let mut length = 0;
    for (line, number) in body.split_inclusive('\n').take(MOST_LINES).zip(first_line..) {
        let Some((name, value)) = name_and_value(line, declared.is_empty()) else { break };
        length += line.len();
        if !value.is_empty() {
            declared.push(declare(name, value, number));
        }
    }
    let (_, rest) = body.split_at_checked(length).filter(|_| !declared.is_empty())?;
    Some((body.len() - rest.trim_start_matches(is_blank).len(), declared))
}

/// Reads a header below a line with a value that the header repeats, as a paper prints its name above `Source: …`. That
/// line belongs to the header.
fn below_masthead(body: &str, first_line: usize) -> Option<(usize, Vec<Declared>)> {
    let (line, rest) = body.split_once('\n').filter(|(line, _)| line.len() <= LONGEST_LINE)?;
    let (length, declared) = block(rest, first_line + 1)?;
    let said = declared.iter().any(|declared| declared.value == line.trim());
    said.then_some((line.len() + 1 + length, declared))
}

fn name_and_value(line: &str, first: bool) -> Option<(&str, &str)> {
    let line = line.trim();
    let (name, value) =
        line.split_once([':', '：']).filter(|(name, _)| name.len() <= 40 && line.len() <= LONGEST_LINE)?;
    // `**Date:** 26 February 2023`
    let mark = |c: char| c == '*' || c == '_' || c.is_whitespace();
    let plain = |part: &'_ str| part.trim_matches(mark).len();
    let name = name.trim_start_matches(|c: char| c == '#' || mark(c)).trim_end_matches(mark);
    let value = value.trim_matches(mark);
    let known = folded(name);
    let known = known.as_str();
    let taken = if label_of_phrase(name).is_some() {
        is_date(value)
    } else {
        NAMES.contains(&known) || !first && MORE.contains(&known)
    };
    // A name without a value heads a list or a paragraph, unless it stands inside a header.
    (taken && (!first || plain(value) > 0)).then_some((name, value))
}

/// Returns whether a value is a date, of any precision.
fn is_date(value: &str) -> bool {
    !find_dates(value).is_empty() || value.parse::<Date>().is_ok() || catalogue_date(value).is_some()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    type Line = (String, String, String);

    fn read(text: &str) -> Option<(&str, Vec<Line>)> {
        let header = leading_header(text, 1)?;
        assert_eq!(header.range.start, 0);
        let declared = header.declared.into_iter().map(|d| (d.name, d.value, d.place)).collect();
        Some((&text[header.range.end..], declared))
    }

    fn line(name: &str, value: &str, line: u32) -> Line {
        (name.into(), value.into(), format!("line {line}"))
    }

    #[test]
    fn a_date_before_the_text_is_taken_off_it() {
        for (text, body, date) in [
            (" date 2025-02-26 BAKU, Azerbaijan", "BAKU, Azerbaijan", line("date", "2025-02-26", 1)),
            ("\n\n Date 2025-02 By A. Writer\n\nText", "By A. Writer\n\nText", line("date", "2025-02", 3)),
            ("date 2025-02-26\n\nText", "Text", line("date", "2025-02-26", 1)),
            ("\u{feff}дата 2025-02-26 Текст", "Текст", line("дата", "2025-02-26", 1)),
        ] {
            assert_eq!(read(text), Some((body, vec![date])), "{text}");
        }
    }

    #[test]
    fn a_block_of_names_and_values_is_taken_off_the_text() {
        let text = "Title: A walk: part one\nDate: 26 Feb 2023\nBy: Ann Example\nTags:\n\nThe walk began.";
        let lines =
            vec![line("title", "A walk: part one", 1), line("date", "26 Feb 2023", 2), line("by", "Ann Example", 3)];
        assert_eq!(read(text), Some(("The walk began.", lines)));
        let text = "**Источник:** Пример\n**Дата:** 26.02.2023\nТекст: продолжение";
        let lines = vec![line("источник", "Пример", 1), line("дата", "26.02.2023", 2)];
        assert_eq!(read(text), Some(("Текст: продолжение", lines)));
        let long = format!("Date: 2023-02-26 {}", "The text goes on and on. ".repeat(4));
        assert!(read(&long).unwrap().0.starts_with("The text"));
    }

    #[test]
    fn a_line_that_the_header_below_it_repeats_goes_with_it() {
        let text = "The Example\nDate: 26 Feb 2023\nSource: The Example\n\nThe walk began.";
        let lines = vec![line("date", "26 Feb 2023", 2), line("source", "The Example", 3)];
        assert_eq!(read(text), Some(("The walk began.", lines)));
        assert_eq!(read("A walk\nDate: 26 Feb 2023\nSource: The Example\n\nThe walk began."), None);
    }

    #[test]
    fn a_space_that_does_not_break_may_stand_before_the_colon() {
        let text = "Date\u{a0}: 28 février 1992\nSource\u{a0}:\u{a0}L’Exemple\n\nTexte";
        let lines = vec![line("date", "28 février 1992", 1), line("source", "L’Exemple", 2)];
        assert_eq!(read(text), Some(("Texte", lines)));
    }

    #[test]
    fn what_only_looks_like_a_header_stays_text() {
        for text in [
            "",
            "Note: the town was quiet.",
            "Date palms grow here.",
            "date 26",
            "date 2025-02-261",
            "Posted: guards at every door.",
            "Source:",
            "To: the people of the town",
            "The date 2025-02-26 was set.",
            "dates 2025-02-26 x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_header_ends_on_a_character(text in "([Dd]ate|Title|[ :\n]|2025-02-26|é|\\PC){0,20}") {
            if let Some(header) = leading_header(&text, 1) {
                prop_assert!(text.get(header.range).is_some());
            }
        }
    }
}
