//! Operators of nearness: `NEAR/5`, and what other languages write for it.

use super::ast::Reach;

/// The distance of `NEAR` without a number, in words.
const DEFAULT_WORDS: u32 = 10;
/// The largest distance, in words. Anything farther is as good as anywhere.
const MAX_WORDS: u32 = 999;

/// An operator of nearness, with its name in this language if it was written in another.
pub(crate) fn operator(typed: &str) -> Option<(Reach, Option<String>)> {
    let reach = reach(typed)?;
    let here = name(reach);
    let usual = typed == here || typed == "NEAR";
    Some((reach, (!usual).then_some(here)))
}

/// The operator as this language writes it.
pub(crate) fn name(reach: Reach) -> String {
    match reach {
        Reach::Words(words) => format!("NEAR/{words}"),
        Reach::Behind(words) => format!("PRE/{words}"),
        Reach::Sentence => "NEAR/s".to_owned(),
        Reach::Paragraph => "NEAR/p".to_owned(),
    }
}

fn reach(typed: &str) -> Option<Reach> {
    match typed {
        "NEAR" => return Some(Reach::Words(DEFAULT_WORDS)),
        // Factiva writes `SAME`.
        "SAME" => return Some(Reach::Paragraph),
        _ => {}
    }
    let lower = typed.to_ascii_lowercase();
    let (operator, value) = match lower.split_once('/') {
        Some(parts) => parts,
        None => {
            // Factiva writes `near5` and `adj5`.
            let operator = lower.trim_end_matches(|c: char| c.is_ascii_digit());
            (operator, lower.get(operator.len()..).filter(|value| !value.is_empty() && operator.len() > 2)?)
        }
    };
    let words = || -> Option<u32> {
        let digits = (1..=9).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| value.parse::<u32>().ok().map(|words| words.clamp(1, MAX_WORDS)))?
    };
    match operator {
        "near" | "w" | "n" | "" => match value {
            "s" => Some(Reach::Sentence),
            "p" => Some(Reach::Paragraph),
            _ => words().map(Reach::Words),
        },
        "pre" | "onear" | "adj" => words().map(Reach::Behind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_of_other_archives_are_known_and_words_are_not() {
        for (typed, name) in [
            ("NEAR", Some("NEAR/10")),
            ("NEAR/5", Some("NEAR/5")),
            ("near/5", Some("NEAR/5")),
            ("NEAR5", Some("NEAR/5")),
            ("near5", Some("NEAR/5")),
            ("w/5", Some("NEAR/5")),
            ("W/0", Some("NEAR/1")),
            ("/5", Some("NEAR/5")),
            ("n/5000", Some("NEAR/999")),
            ("w/s", Some("NEAR/s")),
            ("/p", Some("NEAR/p")),
            ("SAME", Some("NEAR/p")),
            ("PRE/3", Some("PRE/3")),
            ("adj3", Some("PRE/3")),
            ("near", None),
            ("same", None),
            ("w/o", None),
            ("w5", None),
            ("n5", None),
            ("km/5", None),
            ("/", None),
            ("pre/s", None),
            ("w/12345678901", None),
            ("5", None),
        ] {
            let read = operator(typed);
            assert_eq!(read.map(|(reach, _)| super::name(reach)).as_deref(), name, "{typed}");
        }
        assert_eq!(operator("NEAR/5").map(|(_, note)| note), Some(None));
        assert_eq!(operator("w/5").map(|(_, note)| note), Some(Some("NEAR/5".to_owned())));
    }
}
