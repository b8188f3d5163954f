//! A line at the head or foot that is about the date and nothing else: `Published: 26 February 2023`, `(26.02.2023)`.

use super::candidate::Meaning;
use super::declared;
use crate::time::{folded, weekday_number};

/// How a segment speaks of the date in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A name and a colon say that it is the date: `Date: …`.
    Labelled(Meaning),
    /// It stands alone, but for a weekday, a time of day, a place or a word such as `posted`.
    Alone(Meaning),
    /// It opens the segment, and a new phrase follows.
    Opening,
    /// It opens the segment, and a dash leads on to the story.
    Leading,
}

/// The role of a date between these two pieces of a segment; none if it is part of a sentence.
pub(super) fn role(before: &str, after: &str) -> Option<Role> {
    let opening = before_date(before)?;
    if after_date(after) {
        return Some(opening);
    }
    if !before.trim_matches(is_ornament).is_empty() && !is_weekday(before) {
        return None;
    }
    let rest = after.trim_start();
    if rest.starts_with(['–', '—']) || rest.starts_with('-') && rest.len() < after.len() {
        return Some(Role::Leading);
    }
    // A comma or a small letter goes on with a sentence that the date begins.
    let next = rest.chars().next()?;
    let new_phrase = rest.len() < after.len() && next.is_uppercase();
    new_phrase.then_some(Role::Opening)
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>' | '<' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '=' | '~')
}

fn is_weekday(words: &str) -> bool {
    weekday_number(words.trim_matches(|c: char| is_ornament(c) || c == ',')).is_some()
}

fn before_date(before: &str) -> Option<Role> {
    let before = before.trim_matches(is_ornament);
    if before.is_empty() {
        return Some(Role::Alone(Meaning::Plain));
    }
    if before.len() > 80 {
        return None;
    }
    if let Some((label, rest)) = before.split_once(':') {
        let label = label.trim_matches(is_ornament);
        let rest = rest.trim_matches(|c: char| is_ornament(c) || c == ',');
        if let Some(meaning) = declared::meaning(label) {
            return (rest.is_empty() || is_weekday(rest)).then_some(Role::Labelled(meaning));
        }
        let release = folded(label);
        let announced =
            matches!(release.as_str(), "for immediate release" | "press release" | "release" | "communique");
        return announced.then_some(Role::Alone(Meaning::Plain));
    }
    let mut meaning = Meaning::Plain;
    let mut places = 0;
    let mut labels = 0;
    for word in before.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        match label_word(word) {
            Some(said) => {
                labels += 1;
                meaning = if said == Meaning::Plain { meaning } else { said };
            }
            None if weekday_number(word).is_some() => {}
            None if labels == 0 && word.chars().next().is_some_and(char::is_uppercase) => places += 1,
            None => return None,
        }
    }
    // `Brussels, 26 February 2023`, but not `On 26 February 2023` nor `May Day 26 February 2023`.
    // `Paris, le 26 février 2023`
    let bare = before
        .rsplit_once(char::is_whitespace)
        .filter(|(_, word)| is_article(word))
        .map_or(before, |(place, _)| place.trim_end());
    let placed = places == 0 || places <= 3 && bare.ends_with(',');
    let only_particles = labels > 0 && places == 0 && meaning == Meaning::Plain && !before.contains(',');
    let article = only_particles && is_article(before);
    (placed && (!only_particles || article)).then_some(Role::Alone(meaning))
}

fn is_article(word: &str) -> bool {
    matches!(folded(word).as_str(), "le" | "am" | "den" | "the" | "el" | "il")
}

/// Words that lead up to a date that stands alone, and what they say of it.
fn label_word(word: &str) -> Option<Meaning> {
    Some(match folded(word.trim_matches(is_ornament)).as_str() {
        "posted"
        | "published"
        | "released"
        | "publie"
        | "publiee"
        | "veroffentlicht"
        | "publicado"
        | "pubblicato"
        | "опубликовано"
        | "yayinlandi" => Meaning::Published,
        "updated" | "modified" | "revised" | "aktualisiert" | "actualizado" | "обновлено" => Meaning::Modified,
        "on" | "at" | "the" | "le" | "am" | "den" | "el" | "il" | "от" | "date" | "dated" | "last" | "for"
        | "immediate" | "release" => Meaning::Plain,
        _ => return None,
    })
}

/// Whether nothing follows the date but a time of day, a weekday or the word for year.
fn after_date(after: &str) -> bool {
    if after.trim().len() > 40 {
        return false;
    }
    after
        .split(|c: char| is_ornament(c) || matches!(c, ',' | '.' | ':' | ';' | '-' | '–' | '+' | '@'))
        .filter(|word| !word.is_empty())
        .all(|word| {
            let zone = word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase());
            // `10`, `30pm`, `10h30`
            let number = word.starts_with(|c: char| c.is_ascii_digit())
                && word.bytes().take_while(u8::is_ascii_digit).count() <= 2
                && word.len() <= 5
                && word
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b.to_ascii_lowercase(), b'h' | b'a' | b'p' | b'm'));
            zone || number || weekday_number(word).is_some() || is_time_word(word)
        })
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
            | "г"
            | "год"
            | "года"
            | "р"
            | "року"
            | "il"
            | "yil"
            | "kl"
            | "las"
            | "alle"
            | "ore"
            | "hs"
            | "r"
            | "cu"
            | "ci"
            | "в"
            | "saat"
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
            ("The town met on ", "", None),
        ] {
            assert_eq!(role(before, after), expected, "{before}…{after}");
        }
    }
}
