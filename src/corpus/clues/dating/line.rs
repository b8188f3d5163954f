//! A line at the head or foot that is about the date and nothing else: `Published: 26 February 2023`, `(26.02.2023)`.

use super::after_date::{after_date, is_comma, is_ornament};
use super::candidate::Meaning;
use super::declared;
use crate::corpus::clues::date_labels::{Label, label_of_phrase, label_of_word};
use crate::time::{folded, is_digit, weekday_in};

/// The role of a date in its segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A name and a colon label it: `Date: …`.
    Labelled(Meaning),
    /// It stands alone, or with a weekday, a time of day, a place or a word such as `posted`.
    Alone(Meaning),
    /// It opens the segment, and a new phrase follows.
    Opening,
    /// It opens the segment, and a dash leads on to the story.
    Leading,
}

/// The role of a date between these two pieces of a segment. None if it is part of a sentence.
pub(super) fn role(before: &str, after: &str, language: Option<&str>) -> Option<Role> {
    let opening = before_date(before, language)?;
    if after_date(after, language) {
        return Some(opening);
    }
    if !before.trim_matches(is_ornament).is_empty() && !is_weekday(before, language) {
        return None;
    }
    let rest = after.trim_start();
    if rest.starts_with(['–', '—']) || rest.starts_with('-') && rest.len() < after.len() {
        return Some(Role::Leading);
    }
    // A comma or a small letter continues a sentence that the date begins.
    let next = rest.chars().next()?;
    let new_phrase = rest.len() < after.len() && next.is_uppercase();
    new_phrase.then_some(Role::Opening)
}

fn is_weekday(words: &str, language: Option<&str>) -> bool {
    weekday_in(words.trim_matches(|c: char| is_ornament(c) || is_comma(c)), language).is_some()
}

fn before_date(before: &str, language: Option<&str>) -> Option<Role> {
    let before = before.trim_matches(is_ornament);
    if before.is_empty() {
        return Some(Role::Alone(Meaning::Plain));
    }
    if before.len() > 120 {
        return None;
    }
    if let Some((label, rest)) = before.split_once([':', '：']) {
        return after_label(label, rest, language);
    }
    let words = Words::of(before, language)?;
    words.lead_up(before, language).then_some(Role::Alone(words.meaning))
}

/// A name and a colon before the date.
fn after_label(label: &str, rest: &str, language: Option<&str>) -> Option<Role> {
    let label = label.trim_matches(is_ornament);
    let rest = rest.trim_matches(|c: char| is_ornament(c) || is_comma(c));
    if let Some(meaning) = declared::meaning(label) {
        return (rest.is_empty() || is_weekday(rest, language)).then_some(Role::Labelled(meaning));
    }
    let said = label_of_phrase(label)?;
    if !rest.is_empty() && !is_weekday(rest, language) && !leads_with_particles(rest, language) {
        return None;
    }
    // `FOR IMMEDIATE RELEASE: …` announces, and does not name the date.
    let release = said == Label::Date && !is_word_for_date(label);
    Some(if release { Role::Alone(Meaning::Plain) } else { Role::Labelled(declared::of_label(said)) })
}

fn leads_with_particles(rest: &str, language: Option<&str>) -> bool {
    let mut words = split(rest);
    words.all(|word| label_of_word(word) == Some(Label::Particle) || is_weekday(word, language))
}

/// Returns whether a label is the word for date, and not one for a press release.
fn is_word_for_date(label: &str) -> bool {
    declared::meaning(label) == Some(Meaning::Plain)
        || split(label).count() == 1 && !label.to_lowercase().contains("press")
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    let dash = |c: char| matches!(c, '-' | '–' | '—');
    text.split(|c: char| is_ornament(c) || is_comma(c)).filter(move |word| !word.trim_matches(dash).is_empty())
}

/// The words before a date that stands alone, counted by what they are.
#[derive(Debug)]
struct Words {
    meaning: Meaning,
    labels: usize,
    places: usize,
    weekdays: usize,
    /// A preposition that may stand before a place opens them: `V Praze dne`.
    before_place: bool,
    /// The last particle, if the last word but a weekday is one.
    last: Option<String>,
}

impl Words {
    /// `None` where a word is none of a label, a particle, a weekday, a number of a release and a place before all these.
    fn of(before: &str, language: Option<&str>) -> Option<Words> {
        let mut words =
            Words { meaning: Meaning::Plain, labels: 0, places: 0, weekdays: 0, before_place: false, last: None };
        let mut numbered = false;
        for (at, word) in split(before).enumerate() {
            let lower = folded(word.trim_matches('.'));
            let number = word.chars().any(is_digit);
            if std::mem::take(&mut numbered) && number {
                continue;
            }
            numbered = matches!(
                lower.as_str(),
                "n" | "nr" | "no" | "n°" | "nº" | "№" | "num" | "number" | "sayi" | "c" | "broj" | "št"
            );
            if is_before_place(&lower) && (at == 0 || at == 1 && words.before_place) {
                words.before_place = true;
            } else if at == 0
                && word.starts_with(char::is_uppercase)
                && opens_a_place(&lower)
                && before.contains(is_comma)
            {
                // `Den Haag, `, `Le Mans, `
                words.places += 1;
            } else if word.eq_ignore_ascii_case("thứ") || word == "Thứ" {
                // `Thứ Hai`: Vietnamese numbers the weekdays.
                words.weekdays += 1;
            } else if weekday_in(word.trim_end_matches("ที่"), language).is_some() && label_of_word(word).is_none()
            {
                words.weekdays += 1;
            } else if let Some(label) = label_of_word(word)
                .filter(|label| words.places == 0 || *label == Label::Particle || before.contains(is_comma))
            {
                match label {
                    Label::Particle => words.last = Some(lower),
                    Label::Date => words.labels += 1,
                    Label::Published | Label::Sent | Label::Modified => {
                        words.labels += 1;
                        words.meaning = declared::of_label(label);
                    }
                }
            } else if words.labels == 0 && words.last.is_none() && is_name(word) {
                words.places += 1;
            } else if !numbered {
                return None;
            }
        }
        Some(words)
    }

    /// Returns whether words lead up to a date: `Brussels, `, `Posted on `, `Pressemitteilung vom `, but not `On ` nor
    /// `May Day `.
    fn lead_up(&self, before: &str, language: Option<&str>) -> bool {
        let last = self.last.as_deref().unwrap_or("");
        if self.labels > 0 {
            return self.places == 0 || self.places <= 3 && before.contains(is_comma);
        }
        if self.places == 0 {
            let bare = self.last.is_none();
            return if bare {
                !self.before_place || self.weekdays > 0
            } else {
                is_day_particle(last) || self.weekdays > 0
            };
        }
        let comma = before.trim_end().ends_with(is_comma);
        // `Paris, le`, `New York, Sunday,`, `Praha, dne`
        let set_off = comma || before.contains(is_comma) && (is_day_particle(last) || self.weekdays > 0);
        let unspaced = before
            .chars()
            .next()
            .is_some_and(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'));
        // `Stockholm den`, but not `Född den`
        let nordic = matches!(language, Some("sv" | "da" | "no") | None) && last == "den" && self.places == 1;
        let dead_or_born =
            matches!(folded(before).split(' ').next(), Some("fodd" | "født" | "dod" | "død" | "fodt" | "doda"));
        let czech = self.before_place && self.last.is_none() && matches!(before.split(' ').next(), Some("V" | "Ve"));
        let arabic = last == "في" && !before.contains(char::is_lowercase);
        let inflected = self.places == 1
            && language == Some("fi")
            && ["ssa", "ssä", "lla", "llä"].iter().any(|end| before.ends_with(end));
        self.places <= 3
            && (set_off
                || unspaced
                || nordic && !dead_or_born
                || czech
                || arabic
                || inflected
                || self.before_place && is_day_particle(last))
    }
}

/// A word that a place begins: with a capital, where the script has them.
fn is_name(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    // Georgian letters count as small ones and have no capitals in prose.
    let georgian = ('\u{10d0}'..='\u{10ff}').contains(&first);
    first.is_uppercase() || first.is_alphabetic() && (!first.is_lowercase() || georgian)
}

/// Articles that the names of places begin with.
fn opens_a_place(word: &str) -> bool {
    matches!(word, "den" | "de" | "le" | "la" | "les" | "el" | "los" | "las" | "al" | "o" | "a" | "il" | "am")
}

/// Prepositions that stand before the place where a letter is written.
fn is_before_place(word: &str) -> bool {
    matches!(word, "v" | "ve" | "w" | "we" | "u" | "i" | "in" | "en" | "em" | "a" | "в" | "во" | "у" | "ב" | "fait")
}

/// Words that stand right before a day and after a place.
fn is_day_particle(word: &str) -> bool {
    matches!(
        word,
        "le" | "am"
            | "vom"
            | "den"
            | "the"
            | "el"
            | "il"
            | "op"
            | "pa"
            | "dne"
            | "dnia"
            | "dna"
            | "dana"
            | "ob"
            | "ngay"
            | "d.d"
            | "tanggal"
            | "pada"
            | "del"
            | "du"
            | "от"
            | "від"
            | "ng"
            | "a"
            | "li"
            | "em"
            | "في"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_follow_what_stands_around_the_date() {
        let alone = Some(Role::Alone(Meaning::Plain));
        for (before, after, expected) in [
            ("", "", alone),
            ("(", ")", alone),
            ("", "**", alone),
            ("# ", "", alone),
            ("Sunday, ", "", alone),
            ("Brussels, ", "", alone),
            ("Москва, ", " г.", alone),
            ("", ", 10:30", alone),
            ("", " - 10:30", alone),
            ("", " [ 10:30 ]", alone),
            ("", " Pazar", alone),
            ("", "-cü il", alone),
            ("Le ", " à 10h30", alone),
            ("Publié le ", " à 10h30", Some(Role::Alone(Meaning::Published))),
            ("Veröffentlicht am ", ", 10.30 Uhr", Some(Role::Alone(Meaning::Published))),
            ("Yayın tarihi: ", "", Some(Role::Labelled(Meaning::Published))),
            ("Дата публикации: ", "", Some(Role::Labelled(Meaning::Published))),
            ("", " года город был взят", None),
            ("", " tarihinde", None),
            ("New York, Sunday, ", "", alone),
            ("", ", 10:30 AM EDT", alone),
            ("", " г.", alone),
            ("FOR IMMEDIATE RELEASE: ", "", alone),
            ("Posted on ", "", Some(Role::Alone(Meaning::Published))),
            ("Last updated on ", " at 10:30", Some(Role::Alone(Meaning::Modified))),
            ("Published: ", "", Some(Role::Labelled(Meaning::Published))),
            ("**Date:** ", "", Some(Role::Labelled(Meaning::Plain))),
            ("Updated: Sunday, ", "", Some(Role::Labelled(Meaning::Modified))),
            ("", " – The town", Some(Role::Leading)),
            ("", "  Contact", Some(Role::Opening)),
            ("", ", the town remembers", None),
            ("", " was a day", None),
            ("On ", ", the town remembers", None),
            ("On ", "", None),
            ("the 33rd anniversary of ", "", None),
            ("Signed ", "", None),
            ("Copyright ", "", None),
            ("Born: ", "", None),
            ("Né le ", "", None),
            ("Född den ", "", None),
            ("Stockholm den ", "", alone),
            ("Wien, ", "", alone),
            ("Den Haag, ", "", alone),
            ("Madrid, a ", "", alone),
            ("Fait à Paris, le ", "", alone),
            ("Roma, lì ", "", alone),
            ("Comunicato n. 12 del ", "", alone),
            ("Enviada em: segunda-feira, ", " 20:02", Some(Role::Labelled(Meaning::Published))),
            ("Publicado em ", " às 10h02", Some(Role::Alone(Meaning::Published))),
            ("V Praze ", "", alone),
            ("القاهرة في ", "", alone),
            ("بيان صحفي - ", "", alone),
            ("กรุงเทพฯ ", "", alone),
            ("วันจันทร์ที่ ", "", alone),
            ("Thứ hai, ngày ", "", alone),
            ("თბილისი, ", "", alone),
            ("입력 ", ". 오전 10:02", Some(Role::Alone(Meaning::Published))),
            ("Narozen dne ", "", None),
            ("On the ", "", alone),
            ("Pressemitteilung vom ", "", alone),
            ("Pressemitteilung Nr. 12/2019 vom ", "", alone),
            ("Vom ", "", alone),
            ("Communiqué de presse du ", "", alone),
            ("Persbericht ", "", alone),
            ("Comunicato stampa del ", "", alone),
            ("Comunicado de prensa, ", "", alone),
            ("Пресс-релиз от ", " г.", alone),
            ("Tisková zpráva ze dne ", "", alone),
            ("V Praze dne ", "", alone),
            ("Kraków, dnia ", " r.", alone),
            ("W czwartek ", "", alone),
            ("Hà Nội, ngày ", "", alone),
            ("تهران، ", "", alone),
            ("서울, ", "", alone),
            ("東京、", "", alone),
            ("보도자료 ", "", alone),
            ("Thursday the ", "", alone),
            ("First published on Mon ", " 10.02 GMT", Some(Role::Alone(Meaning::Published))),
            ("Gepubliceerd op ", "", Some(Role::Alone(Meaning::Published))),
            ("Opublikowano: ", "", Some(Role::Labelled(Meaning::Published))),
            ("Publicerad ", " kl 10.02", Some(Role::Alone(Meaning::Published))),
            ("Mis en ligne le ", "", Some(Role::Alone(Meaning::Published))),
            ("Verzonden: maandag ", " 20:02", Some(Role::Labelled(Meaning::Published))),
            ("发布时间：", " 10:02", Some(Role::Labelled(Meaning::Published))),
            ("", "（月）10時30分", alone),
            ("Zuletzt aktualisiert am ", "", Some(Role::Alone(Meaning::Modified))),
            ("The town met on ", "", None),
        ] {
            assert_eq!(role(before, after, None), expected, "{before}…{after}");
        }
    }
}
