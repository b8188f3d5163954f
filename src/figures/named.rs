//! Numbers that count nothing: dates, times, ages, ordinals, codes, and the numbers of sections and telephones.

use super::lexicon::{Class, Lexicon};
use super::number::number;
use super::read::Found;
use super::scan::{Kind, Token};

/// Words near which a number is that of a line or a code.
const CODES: [&str; 14] = [
    "tel",
    "phone",
    "telephone",
    "fax",
    "тел",
    "телефон",
    "telefon",
    "telefono",
    "telefone",
    "isbn",
    "issn",
    "ip",
    "zip",
    "mobile",
];
/// The tokens before a number in which such a word is looked for.
const CODE_REACH: usize = 3;

/// Returns whether a number is a name, a date or an age, and so counts nothing. `dated` tells which tokens are part of a
/// date or a time.
pub(super) fn is_named(tokens: &[Token<'_>], found: &Found, dated: &[bool], lexicon: &Lexicon) -> bool {
    is_dated(tokens, found, dated, lexicon)
        || is_year(tokens, found, lexicon)
        || !found.spelled && (is_code_before(tokens, found, lexicon) || is_code_behind(tokens, found, lexicon))
        || is_age(tokens, found, lexicon)
        || is_share(tokens, found, lexicon)
        || is_article(tokens, found, lexicon)
}

fn sign(tokens: &[Token<'_>], at: usize) -> Option<char> {
    match tokens.get(at)?.kind {
        Kind::Sign(sign) => Some(sign),
        _ => None,
    }
}

fn folded<'a>(tokens: &'a [Token<'_>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.folded.as_str())
}

/// A date or a time. Four digits that look like a year are a number of things where words say how closely they are
/// meant, or where nothing stands before them that stands before years.
fn is_dated(tokens: &[Token<'_>], found: &Found, dated: &[bool], lexicon: &Lexicon) -> bool {
    let is_dated = (found.at..found.number_end).any(|at| dated.get(at).copied().unwrap_or(false));
    let Some(token) = tokens.get(found.at).filter(|_| is_dated) else { return false };
    let is_year = token.kind == Kind::Digits && token.text.len() == 4 && found.number_end == found.at + 1;
    let alone = |at: Option<usize>| at.is_none_or(|at| !dated.get(at).copied().unwrap_or(false));
    if !is_year || !alone(found.at.checked_sub(1)) || !alone(Some(found.number_end)) {
        return true;
    }
    let next = tokens.get(found.end).filter(|next| next.is_word() && !lexicon.is_stop(&next.folded));
    let Some(next) = next else { return true };
    let many = next.folded.ends_with('s') || lexicon.is(Class::Plural, &next.folded);
    let before = found.at.checked_sub(1).and_then(|at| tokens.get(at));
    let open = match before {
        None => true,
        Some(before) if before.is_word() => !before.is_capitalised() && lexicon.is_past(&before.folded),
        Some(_) => false,
    };
    !(found.first < found.at || many && open)
}

/// `in 1992`, `the 1992 fund`: four digits behind a word that stands before years.
fn is_year(tokens: &[Token<'_>], found: &Found, lexicon: &Lexicon) -> bool {
    let plain = |token: &Token<'_>| token.text.len() == 4 && token.text.bytes().all(|b| b.is_ascii_digit());
    let is_one = found.first == found.at && found.number_end == found.at + 1 && found.quantity.unit.is_none();
    let years = 1000.0..=2100.0;
    let before = found.at.checked_sub(1).and_then(|at| tokens.get(at));
    is_one
        && years.contains(&found.quantity.value)
        && tokens.get(found.at).is_some_and(plain)
        && before.is_some_and(|before| {
            before.is_word() && [Class::When, Class::Determiner].iter().any(|class| lexicon.is(*class, &before.folded))
        })
}

/// `F-16`, `Article 5`, `+994 12`, `No. 5`, `10:45`.
fn is_code_before(tokens: &[Token<'_>], found: &Found, lexicon: &Lexicon) -> bool {
    let Some(token) = tokens.get(found.at) else { return false };
    let Some(at) = found.at.checked_sub(1) else {
        // `1. First item`, `2) Second item`
        return matches!(sign(tokens, found.number_end), Some('.' | ')')) && found.number_end < tokens.len() - 1;
    };
    let Some(before) = tokens.get(at) else { return false };
    let tied = match before.kind {
        // Arabic writes its "and" onto the number.
        Kind::Word => token.glued && before.folded != "و" && !before.is_ideograph(),
        Kind::Sign('-') => token.glued && before.glued,
        Kind::Sign('.' | '/' | '_' | '@' | '=' | '\\' | '&' | '*' | '+' | '^') => token.glued,
        Kind::Sign('#' | '§' | '№') => true,
        Kind::Sign(':') => {
            token.glued && before.glued && at.checked_sub(1).is_some_and(|at| tokens[at].kind == Kind::Digits)
        }
        // `(1) First item`
        Kind::Sign('(') => at == 0 && sign(tokens, found.number_end) == Some(')'),
        // `012 492 34 34`
        Kind::Digits => !token.apart,
        Kind::Owner | Kind::Sign(_) => false,
    };
    let numbered = match before.kind {
        Kind::Word => lexicon.is(Class::Numbered, &before.folded),
        Kind::Sign('.') => at.checked_sub(1).is_some_and(|at| {
            tokens.get(at).is_some_and(|word| word.text.len() <= 4 && lexicon.is(Class::Numbered, &word.folded))
        }),
        _ => false,
    };
    let near = found.at.saturating_sub(CODE_REACH)..found.at;
    tied || numbered || tokens.get(near).is_some_and(|near| near.iter().any(|word| CODES.contains(&&*word.folded)))
}

/// `3rd`, `83-page`, `10:45`, `3/4`, `492 34 34`, `33. Jahrestag`.
fn is_code_behind(tokens: &[Token<'_>], found: &Found, lexicon: &Lexicon) -> bool {
    let end = found.number_end;
    let Some(next) = tokens.get(end) else { return false };
    if found.end > end {
        return false;
    }
    let then = tokens.get(end + 1).filter(|then| then.glued);
    let then_digits = then.is_some_and(|then| then.kind == Kind::Digits);
    match next.kind {
        Kind::Word | Kind::Owner => {
            let is_unit =
                lexicon.is(Class::Measure, &next.folded) || matches!(next.text, "km" | "kg" | "m" | "ha" | "t");
            next.glued && !next.is_ideograph() && !is_unit
        }
        Kind::Sign('-') => next.glued && then.is_some_and(|then| then_digits || then.is_word()),
        Kind::Sign(':' | '/') => next.glued && then_digits,
        Kind::Sign('°' | 'º' | 'ª' | '@' | '_' | '=') => next.glued,
        Kind::Sign('.') => {
            let word = tokens.get(end + 1).is_some_and(Token::is_word);
            lexicon.dots_ordinals() && next.glued && word
        }
        Kind::Digits => !next.apart,
        Kind::Sign(_) => false,
    }
}

/// `aged 5`, `under 18`, `5 years old`.
fn is_age(tokens: &[Token<'_>], found: &Found, lexicon: &Lexicon) -> bool {
    let counts = tokens.get(found.end).is_some_and(|next| next.is_word() && !lexicon.is_stop(&next.folded));
    let before = |first: usize| first.checked_sub(1).map(|at| folded(tokens, at)).unwrap_or_default();
    let said = [before(found.at), before(found.first)].into_iter().any(|word| lexicon.is(Class::Age, word));
    // `aged 5 to 12` has no noun of its own; `over 600 people` has.
    let is_bound = found.first < found.at || found.quantity.value > 120.0;
    if said && (!counts || !is_bound) {
        return true;
    }
    let [next, then] = [found.end, found.end + 1].map(|at| folded(tokens, at));
    // `5 yaşında` says so in one word; `70 old men` and `5 ans` do not.
    lexicon.is(Class::Time, next) && lexicon.is(Class::Old, then)
        || lexicon.ties_endings() && lexicon.is(Class::Old, next)
}

/// `one in five`, `3 out of 4`: both numbers are a share.
fn is_share(tokens: &[Token<'_>], found: &Found, lexicon: &Lexicon) -> bool {
    let out_of = |at: usize| folded(tokens, at) == "out" && folded(tokens, at + 1) == "of";
    let first = out_of(found.end) && number(tokens, found.end + 2, lexicon).is_some()
        || found.quantity.value == 1.0
            && folded(tokens, found.end) == "in"
            && number(tokens, found.end + 1, lexicon).is_some();
    let ends_at = |end: usize, one: bool| {
        (end.saturating_sub(4)..end).any(|at| {
            number(tokens, at, lexicon).is_some_and(|number| number.end == end && (!one || number.value == 1.0))
        })
    };
    let second = found.at.checked_sub(2).is_some_and(|at| out_of(at) && ends_at(at, false))
        || found.at.checked_sub(1).is_some_and(|at| folded(tokens, at) == "in" && ends_at(at, true));
    first || second
}

/// `one` that is no number: the article of most languages, or a pronoun.
fn is_article(tokens: &[Token<'_>], found: &Found, lexicon: &Lexicon) -> bool {
    if !found.spelled || found.quantity.value != 1.0 {
        return false;
    }
    let counts = tokens.get(found.end).is_some_and(|next| {
        next.is_word() && !next.is_capitalised() && !lexicon.is_stop(&next.folded) && !lexicon.is_past(&next.folded)
    });
    folded(tokens, found.at) != "one" || !counts
}
