//! Forms: words that stand for several words or for one way to write them, as typed and as written back.

use super::ast::Form;
use super::chars::{closes, is_searchable};
use crate::text::has_wildcards;

/// The longest regular expression, in bytes.
const MAX_REGEX_BYTES: usize = 256;

/// A typed word, read as a form.
pub(crate) struct Reading {
    pub(crate) form: Form,
    /// A remark on what was read otherwise than typed.
    pub(crate) note: Option<String>,
}

impl Reading {
    fn plain(form: Form) -> Option<Reading> {
        Some(Reading { form, note: None })
    }
}

/// Reads one typed word as a form. Regular expressions are read by [`regex_at`].
pub(crate) fn read(typed: &str) -> Option<Reading> {
    if let Some(word) = typed.strip_prefix('=').filter(|word| word.starts_with(char::is_alphanumeric)) {
        return Reading::plain(Form::Exact(word.to_owned()));
    }
    if let Some((word, distance)) = typed.rsplit_once('~').filter(|(word, _)| is_fuzzy_word(word)) {
        return fuzzy(word, distance);
    }
    // An address has question marks of its own.
    let is_wild = has_wildcards(typed) && !typed.contains("://") && is_searchable(typed);
    if is_wild { Reading::plain(Form::Wild(typed.to_owned())) } else { None }
}

fn is_fuzzy_word(word: &str) -> bool {
    is_searchable(word) && !word.starts_with('=') && !word.contains('~') && !has_wildcards(word)
}

fn fuzzy(word: &str, typed: &str) -> Option<Reading> {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    // Engines that choose a distance themselves use these: short words become others too easily.
    let usual = if letters > 5 { 2 } else { 1 };
    let asked = match typed {
        "" | "1" | "2" => typed.parse::<u8>().ok(),
        _ if typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => None,
        _ => return None,
    };
    let most = u8::try_from(letters / 2).unwrap_or(u8::MAX);
    if most == 0 {
        return None;
    }
    let distance = asked.unwrap_or(usual).min(most);
    let note = match asked {
        Some(asked) if asked == distance => None,
        Some(_) => Some(format!("{word} is too short for that: read as {word}~{distance}")),
        None if typed.is_empty() => None,
        None => Some(format!("one or two letters may differ: read as {word}~{distance}")),
    };
    Some(Reading { form: Form::Fuzzy(word.to_owned(), distance), note })
}

/// The regular expression at the beginning of a text, and its length with its slashes. None where the slash is only a
/// slash.
pub(crate) fn regex_at(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('/')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices().take_while(|(at, c)| *at <= MAX_REGEX_BYTES && !c.is_whitespace()) {
        match c {
            '\\' => escaped = !escaped,
            '/' if !escaped => {
                let expression = inside.get(..at).filter(|expression| is_searchable(expression))?;
                let ends = inside.get(at + 1..)?.chars().next();
                return ends.is_none_or(|c| c.is_whitespace() || closes(c)).then_some((expression, at + 2));
            }
            _ => escaped = false,
        }
    }
    None
}

/// The words in a form, for a form that is not read as one.
pub(crate) fn words(form: &Form) -> &str {
    match form {
        Form::Wild(text) | Form::Fuzzy(text, _) | Form::Exact(text) | Form::Regex(text) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_and_ordinary_punctuation_is_not() {
        for (typed, form) in [
            ("kill*", Some(Form::Wild("kill*".into()))),
            ("k*ll", Some(Form::Wild("k*ll".into()))),
            ("wom?n", Some(Form::Wild("wom?n".into()))),
            ("fire~", Some(Form::Fuzzy("fire".into(), 1))),
            ("harbour~", Some(Form::Fuzzy("harbour".into(), 2))),
            ("fire~2", Some(Form::Fuzzy("fire".into(), 2))),
            ("fire~0.8", Some(Form::Fuzzy("fire".into(), 1))),
            ("fir~2", Some(Form::Fuzzy("fir".into(), 1))),
            ("=fire", Some(Form::Exact("fire".into()))),
            ("a~", None),
            ("=", None),
            ("==a", None),
            ("~5", None),
            ("who?", None),
            ("?who", None),
            ("***", None),
            ("http://x.org/a?b", None),
        ] {
            assert_eq!(read(typed).map(|reading| reading.form), form, "{typed}");
        }
    }

    #[test]
    fn a_regular_expression_ends_at_the_next_slash_of_its_word() {
        for (text, found) in [
            ("/fi.e/", Some(("fi.e", 6))),
            ("/fi(re|sh)/) b", Some(("fi(re|sh)", 11))),
            ("/a\\/b/", Some(("a\\/b", 6))),
            ("/usr/local/", None),
            ("/fire", None),
            ("/fi re/", None),
            ("/.*/", None),
            ("//", None),
            ("1992/93", None),
        ] {
            assert_eq!(regex_at(text), found, "{text}");
        }
    }
}
