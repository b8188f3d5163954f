//! One typed word: its folded words, and the meaning of the signs in it.

use std::ops::Range;

use crate::query::is_hyphen;
use crate::text::{Piece, Token, marked_form, pieces, readers_words, tokens};

/// A run of letters and signs between white space.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TypedWord {
    /// Its folded words: several for `O'Brien`, none for signs alone.
    pub(crate) words: Vec<String>,
    /// Set if it contains an apostrophe. Only then can a `t` or a `won` be the remainder of another word.
    pub(crate) apostrophe: bool,
    /// The same name as others write it.
    pub(crate) other: Option<OtherForm>,
    /// What is looked for where any word will do.
    pub(crate) pieces: Vec<Piece>,
    /// Its folded words that were typed with marks, each as typed in lower case.
    pub(crate) marked: Vec<(String, String)>,
    /// About how many words it is to its reader: more than one for a sentence of a script without spaces.
    pub(crate) length: usize,
}

/// A name that some write with a hyphen and others as one word.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum OtherForm {
    /// Letters followed by figures, typed with a hyphen: `F-16`, which is also `F16`.
    Joined(String),
    /// Letters followed by figures, typed as one word.
    Apart([String; 2]),
    /// Two words typed with a hyphen. They may be `co-operation`, which is also `cooperation`, or `re-signed`, which is
    /// not `resigned`. So this form only helps where any word will do.
    Compound(String),
}

impl TypedWord {
    /// Reads a typed word. An article elided before an apostrophe is dropped: `l'armée` asks for the army, `d'armée`
    /// included.
    pub(crate) fn new(typed: &str) -> TypedWord {
        const ELIDED: [&str; 11] = ["l", "d", "j", "m", "t", "s", "c", "n", "qu", "dell", "all"];
        let mut found = tokens(typed);
        let mark = match found.as_slice() {
            [first, second, ..] => typed.get(first.range.end..second.range.start).unwrap_or_default(),
            _ => "",
        };
        // This excludes `v2.0`, whose folded form has lost its stop.
        let whole = |range: Range<usize>| typed.get(range).is_some_and(|part| part.chars().all(char::is_alphanumeric));
        let plain = found.iter().all(|token| whole(token.range.clone()));
        let marks = |token: &Token| {
            let written = typed.get(token.range.clone()).unwrap_or_default();
            marked_form(written, &token.text).map(|marked| (token.text.clone(), marked))
        };
        let marked = found.iter().filter_map(marks).collect();
        let ends = words_before_ending(&found, typed);
        found.truncate(ends);
        let elides = mark.starts_with(is_apostrophe) && ELIDED.contains(&found[0].text.as_str());
        let kept = found.get(usize::from(elides)..).unwrap_or_default();
        let (pieces, length) = (pieces(kept), readers_words(kept));
        let mut words: Vec<String> = found.into_iter().map(|token| token.text).collect();
        let other = match words.as_slice() {
            _ if !plain => None,
            [word] => apart(word).or_else(|| persian_apart(word)).map(OtherForm::Apart),
            [first, second] if mark == PERSIAN_JOIN => Some(OtherForm::Joined(format!("{first}{second}"))),
            [first, second] if mark.chars().all(is_hyphen) && mark.chars().count() == 1 => {
                let joined = format!("{first}{second}");
                if apart(&joined).is_some_and(|[letters, _]| letters == *first) {
                    Some(OtherForm::Joined(joined))
                } else {
                    joined.chars().all(char::is_alphabetic).then_some(OtherForm::Compound(joined))
                }
            }
            _ => None,
        };
        if elides {
            words.remove(0);
        }
        TypedWord { words, apostrophe: typed.contains(is_apostrophe), other, pieces, marked, length }
    }
}

/// What Persian sets between a word and its ending.
const PERSIAN_JOIN: &str = "\u{200C}";

/// How many words are left without a Persian ending that was typed with a sign of its own: `کتاب‌های` asks for `کتاب`.
fn words_before_ending(found: &[Token], typed: &str) -> usize {
    const ENDINGS: [&str; 16] =
        ["ها", "هاي", "هايي", "هايم", "هايت", "هايش", "اي", "ام", "ات", "اش", "تر", "ترين", "اند", "ايم", "ايد", "مان"];
    let [.., word, ending] = found else { return found.len() };
    let joined = typed.get(word.range.end..ending.range.start) == Some(PERSIAN_JOIN);
    found.len() - usize::from(joined && ENDINGS.contains(&ending.text.as_str()))
}

/// A Persian verb without its prefix, which others write apart.
fn persian_apart(word: &str) -> Option<[String; 2]> {
    let prefix = ["نمي", "مي"].into_iter().find(|prefix| word.starts_with(prefix))?;
    let rest = word.strip_prefix(prefix).filter(|rest| rest.chars().count() > 2)?;
    Some([prefix.to_string(), rest.to_string()])
}

/// Splits letters from the figures behind them: `covid19`, `su27s`.
fn apart(word: &str) -> Option<[String; 2]> {
    let (letters, figures) = word.split_at(word.find(|c: char| c.is_ascii_digit())?);
    let letters_only = !letters.is_empty() && letters.chars().all(char::is_alphabetic);
    (letters_only && figures.chars().all(char::is_alphanumeric)).then(|| [letters.to_string(), figures.to_string()])
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '＇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elided_articles_go_and_other_parts_of_a_word_stay() {
        let words = |typed| TypedWord::new(typed).words;
        assert_eq!(words("l'armée"), ["armee"]);
        assert_eq!(words("L’Armée"), ["armee"]);
        assert_eq!(words("O'Brien"), ["o", "brien"]);
        assert_eq!(words("l-armee"), ["l", "armee"]);
        assert_eq!(words("Nagorno\u{2011}Karabakh"), ["nagorno", "karabakh"]);
        assert_eq!(words("کتاب\u{200C}های"), ["كتاب"]);
        assert_eq!(words("می\u{200C}رود"), ["مي", "رود"]);
        assert_eq!(words("..."), Vec::<String>::new());
    }

    #[test]
    fn letters_with_figures_behind_them_are_also_written_the_other_way() {
        let other = |typed| match TypedWord::new(typed).other {
            Some(OtherForm::Joined(joined)) => joined,
            Some(OtherForm::Compound(joined)) => format!("perhaps {joined}"),
            Some(OtherForm::Apart(parts)) => parts.join(" "),
            None => String::new(),
        };
        let cases = [
            ("F-16", "f16"),
            ("F\u{2011}16", "f16"),
            ("F16", "f 16"),
            ("COVID-19", "covid19"),
            ("Su27s", "su 27s"),
            ("С-300", "с300"),
            ("9-11", ""),
            ("1990s", ""),
            ("3rd", ""),
            ("co-operation", "perhaps cooperation"),
            ("B-2-x", ""),
            ("v2.0", ""),
            ("l'11", ""),
            ("12:30", ""),
        ];
        for (typed, expected) in cases {
            assert_eq!(other(typed), expected, "{typed}");
        }
    }

    #[test]
    fn only_apostrophes_leave_something_of_a_word() {
        assert!(TypedWord::new("don’t").apostrophe);
        assert!(!TypedWord::new("D").apostrophe);
    }
}
