//! A number with how closely it is meant: bounds, ranges, vague numbers and units.

use super::lexicon::{Atom, Class, Lexicon, currency_sign, unit};
use super::number::{Number, number};
use super::quantity::{Bound, Quantity};
use super::scan::{Kind, Token};

/// A quantity in a row of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) quantity: Quantity,
    /// The first token, with the words for how closely it is meant.
    pub(super) first: usize,
    /// The first token of the number itself.
    pub(super) at: usize,
    /// The token after the number itself.
    pub(super) number_end: usize,
    /// The token after it, with its unit and what stands behind it.
    pub(super) end: usize,
    pub(super) spelled: bool,
}

/// The core of a quantity: its numbers and where they end.
struct Core {
    bound: Option<Bound>,
    value: f64,
    high: Option<f64>,
    first: usize,
    end: usize,
    spelled: bool,
}

/// Reads the quantity whose number begins with a token.
pub(super) fn quantity(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<Found> {
    let core = vague(tokens, at, lexicon).or_else(|| counted(tokens, at, lexicon))?;
    let (mut first, mut end) = (core.first, core.end);
    let behind = suffix(tokens, end, lexicon);
    let after = after(tokens, end, lexicon);
    let mut unit_of = None;
    match after {
        Some((_, past)) => end = past,
        None => end = behind,
    }
    if let Some((sign, past)) = unit(tokens, end) {
        (unit_of, end) = (Some(sign), past);
    }
    if let Some((sign, before)) = unit_before(tokens, first) {
        (unit_of, first) = (unit_of.or(Some(sign)), before);
    }
    let before = before(tokens, first, lexicon);
    if let Some((_, at)) = before {
        first = at;
    }
    let said = before.map(|(bound, _)| bound).or(after.map(|(bound, _)| bound));
    let bound = match (core.bound, said) {
        (Some(Bound::About), Some(said)) => said,
        (Some(bound), _) => bound,
        (None, said) => said.unwrap_or(Bound::Exact),
    };
    let quantity = Quantity { bound, value: core.value, high: core.high, unit: unit_of.map(String::from) };
    Some(Found { quantity, first, at, number_end: core.end, end, spelled: core.spelled })
}

/// `dozens`, `tens of thousands`, `several hundred`, `une centaine`.
fn vague(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<Core> {
    let word = |at: usize| tokens.get(at).filter(|token| token.kind == Kind::Word).map(|token| token.folded.as_str());
    let times = |at: usize| match lexicon.atom(word(at)?)? {
        Atom::Times(value) => Some(value as f64),
        Atom::Unit(_) => None,
    };
    let is = |class: Class, at: usize| word(at).is_some_and(|word| lexicon.is(class, word));
    let core = |bound, value, end| Core { bound: Some(bound), value, high: None, first: at, end, spelled: true };
    let this = word(at)?;
    if let Some(value) = lexicon.vague(this) {
        let next = if is(Class::Of, at + 1) { at + 2 } else { at + 1 };
        let more = times(next).or_else(|| lexicon.vague(word(next)?)).filter(|more| *more >= 1000.0);
        return Some(more.map_or(core(Bound::Vague, value, at + 1), |more| core(Bound::Vague, value * more, next + 1)));
    }
    if let Some(value) = lexicon.round(this) {
        return Some(core(Bound::About, value, at + 1));
    }
    if lexicon.is(Class::Several, this) {
        let next = if is(Class::Of, at + 1) { at + 2 } else { at + 1 };
        return times(next).map(|value| core(Bound::Vague, value, next + 1));
    }
    None
}

/// One number, or the two ends of a range.
fn counted(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<Core> {
    let low = number(tokens, at, lexicon)?;
    let opened = at.checked_sub(1).filter(|before| is(tokens, *before, Class::From, lexicon));
    let alone =
        |low: Number| Core { bound: None, value: low.value, high: None, first: at, end: low.end, spelled: low.spelled };
    let Some(high) = other_end(tokens, low, opened.is_some(), lexicon) else { return Some(alone(low)) };
    // `2 to 3 million` is two million to three.
    let shared = !low.spelled && !high.spelled && high.power > 0 && low.power == 0;
    let value = if shared { low.value * 10f64.powi(high.power as i32) } else { low.value };
    if high.value <= value {
        return Some(alone(low));
    }
    Some(Core {
        bound: Some(Bound::Range),
        value,
        high: Some(high.value),
        first: opened.unwrap_or(at),
        end: high.end,
        spelled: low.spelled,
    })
}

/// The upper end of the range that a number begins.
fn other_end(tokens: &[Token<'_>], low: Number, opened: bool, lexicon: &Lexicon) -> Option<Number> {
    let between = tokens.get(low.end)?;
    let joins = match between.kind {
        Kind::Sign('-') => {
            let next = tokens.get(low.end + 1)?;
            next.kind == Kind::Digits && between.glued == next.glued
        }
        Kind::Word => {
            let is_and = lexicon.is(Class::Join, &between.folded);
            lexicon.is(Class::To, &between.folded) && (opened || !is_and)
        }
        _ => false,
    };
    if !joins || between.apart {
        return None;
    }
    // Arabic writes its "and" onto the number, and a range may have its article: `den 60 bis 70`.
    number(tokens, low.end + 1, lexicon)
}

fn is(tokens: &[Token<'_>], at: usize, class: Class, lexicon: &Lexicon) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == Kind::Word && lexicon.is(class, &token.folded))
}

/// The token after a number and the grammatical ending that an apostrophe or a hyphen ties to it: `83'ü`.
fn suffix(tokens: &[Token<'_>], end: usize, lexicon: &Lexicon) -> usize {
    /// The longest such ending, in letters.
    const LONGEST: usize = 4;
    let tied = lexicon.ties_endings()
        && tokens.get(end).is_some_and(|sign| sign.glued && matches!(sign.kind, Kind::Sign('\'' | '-')))
        && tokens.get(end + 1).is_some_and(|word| word.glued && word.is_word() && word.text.chars().count() <= LONGEST);
    if tied { end + 2 } else { end }
}

/// A phrase behind a number that says how closely it is meant, and the token after it.
fn after(tokens: &[Token<'_>], end: usize, lexicon: &Lexicon) -> Option<(Bound, usize)> {
    if tokens.get(end).is_some_and(|sign| sign.glued && sign.kind == Kind::Sign('+')) {
        return Some((Bound::AtLeast, end + 1));
    }
    // `600'den fazla`
    let tied = tokens.get(end).is_some_and(|sign| sign.glued && matches!(sign.kind, Kind::Sign('\'' | '-')));
    let from = end + usize::from(tied);
    lexicon.after().iter().find_map(|(words, bound)| {
        let stands = (from..).zip(words).all(|(at, word)| tokens.get(at).is_some_and(|token| token.folded == *word));
        stands.then_some((*bound, from + words.len()))
    })
}

/// A phrase before a number that says how closely it is meant, and its first token.
fn before(tokens: &[Token<'_>], first: usize, lexicon: &Lexicon) -> Option<(Bound, usize)> {
    // `more than a hundred`
    let article = first.checked_sub(1).filter(|at| is(tokens, *at, Class::Determiner, lexicon));
    [Some(first), article].into_iter().flatten().find_map(|first| {
        lexicon.before().iter().find_map(|(words, bound)| Some((*bound, ends_with(tokens, first, words)?)))
    })
}

/// The first token of a phrase that ends before a token. Apostrophes between its words are skipped.
fn ends_with(tokens: &[Token<'_>], end: usize, words: &[String]) -> Option<usize> {
    let mut at = end;
    for word in words.iter().rev() {
        at = at.checked_sub(1)?;
        if tokens.get(at)?.kind == Kind::Sign('\'') {
            at = at.checked_sub(1)?;
        }
        let token = tokens.get(at)?;
        let is_sign = matches!(token.kind, Kind::Sign('~')) && word == "~";
        if token.folded != *word && !is_sign {
            return None;
        }
    }
    Some(at)
}

/// A currency or a word for per cent before a number: `$5`, `USD 5`, `yüzde 40`.
fn unit_before(tokens: &[Token<'_>], first: usize) -> Option<(&'static str, usize)> {
    let at = first.checked_sub(1)?;
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Sign(sign) => {
            let unit = currency_sign(sign)?;
            // `US$5`
            let country = at.checked_sub(1).filter(|_| token.glued).and_then(|at| tokens.get(at));
            let named = country.is_some_and(|country| country.text.len() <= 3 && country.is_capitalised());
            Some((unit, at - usize::from(named)))
        }
        Kind::Word if token.folded == "yuzde" => Some(("%", at)),
        Kind::Word => {
            const CODES: [(&str, &str); 4] = [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("AZN", "₼")];
            CODES.iter().find(|(code, _)| *code == token.text).map(|(_, unit)| (*unit, at))
        }
        Kind::Owner | Kind::Digits => None,
    }
}
