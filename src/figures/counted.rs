//! The words that a number counts, by the grammar of its language.

use std::ops::Range;

use super::lexicon::{Class, Lexicon, Order};
use super::number::number;
use super::read::Found;
use super::scan::{Kind, Token};

/// The most words of the phrase behind a number.
const PHRASE: usize = 5;
/// The most words that are said of what is counted.
const SAID: usize = 4;
/// The tokens behind a phrase within which a clause set in between ends.
const INSERTED: usize = 24;
/// The tokens before a number within which the thing that it is said of is looked for.
const BEFORE: usize = 16;
/// Words that may stand between a number and its noun, in any language.
const FILLERS: [&str; 24] = [
    "more",
    "other",
    "others",
    "further",
    "additional",
    "such",
    "not",
    "still",
    "already",
    "yet",
    "all",
    "weitere",
    "weiteren",
    "andere",
    "anderen",
    "autres",
    "otros",
    "otras",
    "altri",
    "altre",
    "outros",
    "других",
    "daha",
    "diger",
];
/// Nouns that are counted as they are, unless another noun follows: `83 dead`, `83 injured children`.
const STATES: [&str; 10] =
    ["dead", "wounded", "injured", "missing", "elderly", "poor", "sick", "homeless", "unemployed", "youth"];
/// Characters of Chinese and Japanese that end what a number counts.
const PARTICLES: [&str; 24] = [
    "的", "和", "及", "与", "在", "于", "是", "了", "被", "の", "は", "が", "を", "に", "で", "と", "从", "向", "对",
    "将", "把", "但", "而", "中",
];

/// A sentence that is read number by number.
pub(super) struct Sentence<'t> {
    tokens: &'t [Token<'t>],
    lexicon: &'t Lexicon,
    /// The tokens that belong to a number read before.
    passed: Vec<bool>,
    /// The tokens that a number read before counts.
    taken: Vec<bool>,
}

impl<'t> Sentence<'t> {
    pub(super) fn new(tokens: &'t [Token<'t>], lexicon: &'t Lexicon) -> Sentence<'t> {
        Sentence { tokens, lexicon, passed: vec![false; tokens.len()], taken: vec![false; tokens.len()] }
    }

    /// Notes that these tokens were read.
    pub(super) fn pass(&mut self, tokens: Range<usize>) {
        tokens.for_each(|at| self.passed[at] = true);
    }

    fn token(&self, at: usize) -> Option<&'t Token<'t>> {
        self.tokens.get(at)
    }

    fn is(&self, class: Class, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_word() && self.lexicon.is(class, &token.folded))
    }

    fn sign(&self, at: usize) -> Option<char> {
        match self.token(at)?.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn is_filler(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| FILLERS.contains(&token.folded.as_str()))
    }

    fn is_number(&self, at: usize) -> bool {
        // A single small word may be an article.
        let counts = |at| number(self.tokens, at, self.lexicon).is_some_and(|number| number.value != 1.0);
        self.token(at).is_some_and(|token| token.kind == Kind::Digits) || counts(at)
    }

    /// A word that says something: neither a number nor a word of grammar.
    fn is_content(&self, at: usize) -> bool {
        let word = self.token(at).filter(|token| token.is_word());
        word.is_some_and(|token| {
            !self.lexicon.is_stop(&token.folded) && !PARTICLES.contains(&token.text) && !self.is_number(at)
        })
    }

    /// A form that looks like a verb of the past, or is one.
    fn is_verb(&self, at: usize) -> bool {
        let past = self.token(at).is_some_and(|token| token.is_word() && self.lexicon.is_past(&token.folded));
        past || self.is(Class::Verb, at) || self.is(Class::Participle, at)
    }

    /// A plural of English.
    fn is_plural(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == Kind::Word) else { return false };
        let word = token.folded.as_str();
        let ends = word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        ends || self.is(Class::Plural, at)
    }

    /// The token after determiners and fillers.
    fn past_determiners(&self, mut at: usize) -> usize {
        while self.is(Class::Determiner, at) || self.is_filler(at) || self.sign(at) == Some('\'') {
            at += 1;
        }
        at
    }

    fn past_fillers(&self, mut at: usize) -> usize {
        while self.is_filler(at) {
            at += 1;
        }
        at
    }
}

/// The tokens that a number counts, in their order. They are taken from then on.
pub(super) fn counted(sentence: &mut Sentence<'_>, found: &Found) -> Vec<usize> {
    let mut words = if found.quantity.unit.is_some() { measured(sentence, found) } else { behind(sentence, found) };
    let heads_measure = words.first().is_some_and(|at| sentence.is(Class::Measure, *at));
    if words.is_empty() || found.quantity.unit.is_some() || heads_measure {
        words.extend(before(sentence, found.first));
    } else {
        words.extend(verb_before(sentence, found.first));
        words.extend(whole_before(sentence, found.first));
    }
    words.sort_unstable();
    words.dedup();
    words.iter().for_each(|at| sentence.taken[*at] = true);
    words
}

/// What money or a share is of: `$5 million in aid`, `40 per cent of the children`, `$5m aid package`.
fn measured(sentence: &Sentence<'_>, found: &Found) -> Vec<usize> {
    let at = found.end;
    if sentence.is(Class::Of, at) || sentence.is(Class::For, at) {
        let past = if sentence.is(Class::For, at + 1) { at + 2 } else { at + 1 };
        return phrase(sentence, sentence.past_determiners(past), found).0;
    }
    phrase(sentence, at, found).0
}

/// What stands behind a number: its noun, what it is a part of, what is said of it.
fn behind(sentence: &Sentence<'_>, found: &Found) -> Vec<usize> {
    let at = sentence.past_fillers(found.end);
    if sentence.is(Class::Of, at) {
        return part_of(sentence, at, found);
    }
    if sentence.is(Class::Be, at) || sentence.is(Class::Relative, at) {
        return said(sentence, at);
    }
    let (mut words, mut end) = phrase(sentence, at, found);
    let Some(&head) = words.first() else { return words };
    if words.len() == 1 && sentence.is(Class::Time, head) {
        return words;
    }
    let is_measure = words.iter().any(|at| sentence.is(Class::Measure, *at));
    if is_measure && sentence.is(Class::Of, end) {
        let (more, past) = phrase(sentence, sentence.past_determiners(end + 1), found);
        words.extend(more);
        end = past;
    }
    if let Some((more, past)) = and(sentence, end, found) {
        words.extend(more);
        end = past;
    }
    words.extend(said(sentence, end));
    words.extend(said(sentence, past_insertion(sentence, end)));
    words
}

/// `83 of the children`, `83 of them children`, `63 of the 83 children`, `dozens of children`.
fn part_of(sentence: &Sentence<'_>, of: usize, found: &Found) -> Vec<usize> {
    if found.spelled && found.quantity.value == 1.0 {
        return Vec::new();
    }
    let at = sentence.past_determiners(of + 1);
    let anaphor = |at: usize| sentence.is(Class::Anaphor, at) && !sentence.is_content(at + 1) || is_them(sentence, at);
    if let Some(at) = (of + 1..=at).find(|at| anaphor(*at)) {
        let next = at + 1;
        if sentence.is(Class::Be, next) || sentence.is(Class::Relative, next) {
            return said(sentence, next);
        }
        return phrase(sentence, sentence.past_determiners(next), found).0;
    }
    let at = match number(sentence.tokens, at, sentence.lexicon) {
        Some(number) if number.value != 1.0 => number.end,
        _ => at,
    };
    let (mut words, mut end) = phrase(sentence, at, found);
    if let Some((more, past)) = and(sentence, end, found) {
        words.extend(more);
        end = past;
    }
    words.extend(said(sentence, end));
    words
}

/// `them`, `whom`: a word that stands for what was named before, and never for "these" before a noun.
fn is_them(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.is(Class::Anaphor, at) && !sentence.is(Class::Determiner, at)
}

/// The noun behind a number with its adjectives and the one word after it, and the token after them.
fn phrase(sentence: &Sentence<'_>, from: usize, found: &Found) -> (Vec<usize>, usize) {
    if sentence.token(from).is_some_and(Token::is_ideograph) {
        return ideographs(sentence, from);
    }
    let run = run(sentence, from);
    let mut kept = match sentence.lexicon.order() {
        Order::English => english(sentence, &run, found.quantity.value),
        Order::Capitals => capitals(sentence, &run),
        Order::VerbLast => verb_last(sentence, &run),
        Order::Endings => endings(sentence, &run),
        Order::Free => run.len().min(4),
    };
    // A length of time counts nothing else.
    if let Some(time) = run.iter().take(kept).position(|at| sentence.is(Class::Time, *at)) {
        kept = kept.min(time + 1);
    }
    let end = run.get(kept.wrapping_sub(1)).map_or(from, |last| last + 1);
    let end = if sentence.sign(end) == Some('\'') && sentence.token(end + 1).is_some_and(|next| next.glued) {
        end + 2
    } else {
        end
    };
    let words = run.into_iter().take(kept);
    // An owner is not what is counted: `two children's hospitals`.
    let is_owner =
        |at: usize| sentence.token(at).is_some_and(|token| token.kind == Kind::Owner) && sentence.is_content(at + 1);
    (words.filter(|at| !is_owner(*at)).collect(), end)
}

/// The words in a row from a token on, without signs and words of grammar between them.
fn run(sentence: &Sentence<'_>, from: usize) -> Vec<usize> {
    let mut run = Vec::new();
    let mut at = from;
    while run.len() < PHRASE + SAID {
        let Some(token) = sentence.token(at) else { break };
        if token.apart {
            break;
        }
        let tied = matches!(token.kind, Kind::Sign('-' | '\'')) && token.glued;
        if tied && !run.is_empty() && sentence.token(at + 1).is_some_and(|next| next.glued && next.is_word()) {
            // An ending behind an apostrophe belongs to its word, a part behind a hyphen is another word.
            at += if matches!(token.kind, Kind::Sign('\'')) { 2 } else { 1 };
            continue;
        }
        if !sentence.is_content(at) {
            break;
        }
        run.push(at);
        at += 1;
    }
    run
}

fn ideographs(sentence: &Sentence<'_>, from: usize) -> (Vec<usize>, usize) {
    /// A measure word and a noun.
    const LONGEST: usize = 6;
    let is_part = |at: &usize| sentence.token(*at).is_some_and(Token::is_ideograph) && sentence.is_content(*at);
    let words: Vec<usize> = (from..).take_while(is_part).take(LONGEST).collect();
    let mut end = words.last().map_or(from, |last| last + 1);
    let mut words = words;
    // What was done to them: `被扣为人质`.
    if sentence.token(end).is_some_and(|token| token.text == "被") {
        words.extend((end + 1..).take_while(is_part).take(LONGEST));
        end = words.last().map_or(end, |last| last + 1);
    }
    (words, end)
}

/// The words of an English run: up to the first plural, and the verb or participle behind it, never an object.
fn english(sentence: &Sentence<'_>, run: &[usize], value: f64) -> usize {
    let is_state = |at: usize| sentence.token(at).is_some_and(|token| STATES.contains(&token.folded.as_str()));
    let plural = |at: &usize| sentence.is_plural(*at);
    let strong = run.iter().take(PHRASE).position(|at| plural(at) && !is_state(*at));
    let head = strong.or_else(|| run.iter().take(PHRASE).position(|at| is_state(*at) || plural(at)));
    let Some(mut head) = head.filter(|_| value != 1.0) else {
        // Without a plural, the noun ends where a verb begins.
        let verb = run.iter().skip(1).position(|at| sentence.is_verb(*at)).map(|at| at + 1);
        return tail(sentence, run, verb.unwrap_or(run.len()).min(3));
    };
    // `200 sports clubs`
    while run.get(head + 1).is_some_and(|at| sentence.is_plural(*at) && !is_state(*at) && !sentence.is_verb(*at)) {
        head += 1;
    }
    tail(sentence, run, head + 1)
}

/// The end of a phrase with what follows its noun: one word, and one more behind a participle: `taken hostage`.
fn tail(sentence: &Sentence<'_>, run: &[usize], end: usize) -> usize {
    match run.get(end) {
        None => end.min(run.len()),
        Some(at) if sentence.is(Class::Participle, *at) => (end + 2).min(run.len()),
        Some(_) => end + 1,
    }
}

/// The words of a German run: adjectives, the first noun, and up to two words in lower case.
fn capitals(sentence: &Sentence<'_>, run: &[usize]) -> usize {
    let is_capital = |at: &usize| sentence.token(*at).is_some_and(Token::is_capitalised);
    let Some(mut head) = run.iter().take(PHRASE).position(&is_capital) else { return run.len().min(2) };
    if sentence.is(Class::Measure, run[head]) && run.get(head + 1).is_some_and(&is_capital) {
        head += 1;
    }
    let lower = run.iter().skip(head + 1).take(2).take_while(|at| !is_capital(at)).count();
    head + 1 + lower
}

/// The words of a run in a language whose verb closes the clause: no object of an active verb.
fn verb_last(sentence: &Sentence<'_>, run: &[usize]) -> usize {
    /// The endings of a direct object.
    const OBJECT: [char; 4] = ['i', 'u', 'ı', 'ü'];
    let folded = |at: usize| sentence.token(at).map_or("", |token| token.folded.as_str());
    let is_passive = |word: &str| {
        ["ildi", "indi", "uldu", "undu", "nildi", "ilmis", "inmis", "ulmus", "unmus"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    let last = run.last().map_or("", |at| folded(*at));
    let active = sentence.lexicon.is_past(last) && !is_passive(last);
    let object = run.iter().skip(1).position(|at| active && folded(*at).ends_with(OBJECT) && folded(*at) != last);
    match object {
        Some(at) if at > 0 || !is_adjective(folded(run[0])) => at + 1,
        _ => run.len().min(SAID),
    }
}

/// Common adjectives of Turkish and Azerbaijani before the noun that is counted.
fn is_adjective(folded: &str) -> bool {
    const ADJECTIVES: [&str; 14] = [
        "kucuk",
        "genc",
        "yasli",
        "buyuk",
        "yeni",
        "masum",
        "sivil",
        "olu",
        "yarali",
        "azerbaycanli",
        "ermeni",
        "silahsiz",
        "mulki",
        "kicik",
    ];
    ADJECTIVES.contains(&folded)
}

/// The words of a run in a language whose objects have no article: up to a verb.
fn endings(sentence: &Sentence<'_>, run: &[usize]) -> usize {
    let verb = run.iter().skip(1).position(|at| sentence.is_verb(*at)).map(|at| at + 2);
    verb.unwrap_or(run.len()).min(SAID)
}

/// `83 women and children`: a second noun that the same number counts, and the token after it.
fn and(sentence: &Sentence<'_>, at: usize, found: &Found) -> Option<(Vec<usize>, usize)> {
    let next = at + 1;
    if !sentence.is(Class::Join, at) || !sentence.is_content(next) || sentence.is_verb(next) {
        return None;
    }
    let (words, end) = phrase(sentence, next, found);
    // `killed 83 children and wounded 20`: the word before a number is a verb.
    (!sentence.is_number(end) && !words.is_empty()).then_some((words, end))
}

/// What a sentence says of a number of things: `were brutally murdered`, `who were taken hostage`, `were children`.
fn said(sentence: &Sentence<'_>, from: usize) -> Vec<usize> {
    let mut at = from;
    if sentence.is(Class::Relative, at) {
        at += 1;
        if sentence.is_content(at) {
            return vec![at];
        }
    }
    if !sentence.is(Class::Be, at) {
        return closing_verb(sentence, from);
    }
    while sentence.is(Class::Be, at) || sentence.is_filler(at) {
        at += 1;
    }
    let mut words = Vec::new();
    while words.len() < 2 * SAID {
        let next = at + 1;
        let idiom = sentence.is(Class::As, at)
            && sentence.is_content(next)
            && sentence.token(next).is_some_and(|token| !token.is_capitalised() || is_german(sentence));
        if sentence.is_content(at) {
            words.push(at);
            at += 1;
        } else if idiom && (words.is_empty() || sentence.is_verb(at - 1) || sentence.lexicon.order() != Order::Endings)
        {
            words.push(next);
            at += 2;
        } else if sentence.is(Class::Join, at) && sentence.is_content(next) && sentence.is_verb(next) {
            at += 1;
        } else {
            break;
        }
    }
    words.extend(closing_verb(sentence, at));
    words
}

fn is_german(sentence: &Sentence<'_>) -> bool {
    sentence.lexicon.order() == Order::Capitals
}

/// The verb that closes the clause, in languages that have it there.
fn closing_verb(sentence: &Sentence<'_>, from: usize) -> Vec<usize> {
    if !matches!(sentence.lexicon.order(), Order::Capitals | Order::VerbLast) {
        return Vec::new();
    }
    let is_end = |at: &usize| match sentence.token(*at) {
        None => true,
        Some(token) => {
            let tied = token.glued && matches!(token.kind, Kind::Sign('-' | '\''));
            matches!(token.kind, Kind::Sign(_)) && !tied || sentence.is(Class::Join, *at) || sentence.is_number(*at)
        }
    };
    let Some(end) = (from..from + BEFORE).find(is_end) else { return Vec::new() };
    // A number before the end begins another clause.
    let last = end.checked_sub(1).filter(|last| *last >= from && !sentence.is_number(end));
    last.filter(|last| sentence.is_content(*last) && sentence.token(*last).is_some_and(|token| !token.is_capitalised()))
        .into_iter()
        .collect()
}

/// The token after a clause set between commas or brackets behind a noun, where the sentence goes on with what is said
/// of it: `613 people, including children, were murdered`.
fn past_insertion(sentence: &Sentence<'_>, from: usize) -> usize {
    if !matches!(sentence.sign(from), Some(',' | '(' | '-')) {
        return sentence.tokens.len();
    }
    let ends = (from + 1..from + INSERTED).take_while(|at| !sentence.is_number(*at));
    let mut ends = ends.filter(|at| matches!(sentence.sign(*at), Some(',' | ')' | '-')));
    ends.find(|at| sentence.is(Class::Be, at + 1)).map_or(sentence.tokens.len(), |at| at + 1)
}

/// The verb right before a number: `killed 613 civilians`, `погибло 83 ребёнка`.
fn verb_before(sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    let at = first.checked_sub(1)?;
    let token = sentence.token(at).filter(|_| sentence.is_content(at) && !sentence.taken[at])?;
    if token.is_capitalised() && at > 0 {
        return None;
    }
    let word = token.folded.as_str();
    let is_verb = match sentence.lexicon.order() {
        Order::English => sentence.is_verb(at) || word.ends_with("ing"),
        Order::Endings => sentence.lexicon.is_past(word),
        Order::VerbLast => ["en", "an", "mis", "mus"].iter().any(|end| word.ends_with(end)),
        Order::Capitals | Order::Free => true,
    };
    is_verb.then_some(at)
}

/// `Of the children, 83 died`.
fn whole_before(sentence: &Sentence<'_>, first: usize) -> Vec<usize> {
    /// Words that set a whole before its part, besides "of".
    const AMONG: [&str; 8] = ["among", "unter", "parmi", "entre", "среди", "tra", "fra", "wsrod"];
    let comma = first.checked_sub(1).filter(|at| sentence.sign(*at) == Some(','));
    let Some(comma) = comma else { return Vec::new() };
    let start = clause_start(sentence, comma);
    let opens = sentence.is(Class::Of, start)
        || sentence.token(start).is_some_and(|token| AMONG.contains(&token.folded.as_str()));
    let at = sentence.past_determiners(start + 1);
    if opens && !sentence.is_number(at) {
        (at..comma).take_while(|at| sentence.is_content(*at)).collect()
    } else {
        Vec::new()
    }
}

/// The first token of the clause that ends before a token.
fn clause_start(sentence: &Sentence<'_>, end: usize) -> usize {
    let ends_clause = |at: &usize| {
        let tied = sentence.token(*at).is_some_and(|token| {
            token.glued && matches!(token.kind, Kind::Sign('-' | '\'')) || matches!(token.kind, Kind::Sign('\''))
        });
        sentence.sign(*at).is_some() && !tied
    };
    (0..end).rev().take(BEFORE).find(ends_clause).map_or(end.saturating_sub(BEFORE), |at| at + 1)
}

/// What stands before a number that counts nothing behind it: a label, or the subject of a verb of amount.
fn before(sentence: &Sentence<'_>, first: usize) -> Vec<usize> {
    let Some(at) = first.checked_sub(1) else { return Vec::new() };
    let is_cell = sentence.token(first).is_some_and(|token| token.apart);
    match sentence.sign(at) {
        Some(':' | '=' | '|') => label(sentence, at),
        Some('(') => label(sentence, at),
        Some('-') if !sentence.token(first).is_some_and(|token| token.glued) => label(sentence, at),
        _ if is_cell => label(sentence, first),
        _ => subject(sentence, first),
    }
}

/// The words of a label that ends before a token: `children killed: 83`, `Children | 83`, `children (83)`.
fn label(sentence: &Sentence<'_>, end: usize) -> Vec<usize> {
    let mut at = end;
    let opens = sentence.sign(end) == Some('(');
    // The cells of a row before this one.
    while let Some(before) = at.checked_sub(1) {
        let is_cell = sentence.sign(before) == Some('|') || sentence.is_number(before) && is_apart(sentence, before);
        if !is_cell {
            break;
        }
        at = before;
    }
    let mut words = Vec::new();
    while let Some(before) = at.checked_sub(1) {
        let Some(token) = sentence.token(before) else { break };
        let tied = token.glued && matches!(token.kind, Kind::Sign('-' | '\''));
        if sentence.is_number(before) || sentence.sign(before).is_some() && !tied || words.len() >= PHRASE {
            break;
        }
        if sentence.is_content(before) && !(opens && sentence.taken[before]) {
            words.push(before);
        }
        at = before;
        if token.apart {
            break;
        }
    }
    words
}

fn is_apart(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.token(at).is_some_and(|token| token.apart)
        || at.checked_sub(1).is_some_and(|at| sentence.sign(at) == Some('|'))
}

/// The subject of the verb that leads to a number: `the number of children killed in the town rose to 83`.
fn subject(sentence: &Sentence<'_>, first: usize) -> Vec<usize> {
    let mut at = first;
    let mut linked = false;
    while let Some(before) = at.checked_sub(1) {
        let is_link = sentence.is(Class::Link, before) || sentence.is(Class::Be, before);
        linked |= is_link;
        if !is_link && !sentence.is_filler(before) && !sentence.is(Class::For, before) && !sentence.passed[before] {
            break;
        }
        at = before;
    }
    if !linked {
        return Vec::new();
    }
    let start = (0..at).rev().take(BEFORE).find(|at| sentence.is_number(*at)).map_or(0, |at| at + 1);
    let start = start.max(clause_start(sentence, at));
    let is_bound = |at: usize| {
        sentence.token(at).is_some_and(|token| sentence.lexicon.is_stop(&token.folded))
            && ![Class::Of, Class::Determiner, Class::Join].iter().any(|class| sentence.is(*class, at))
    };
    // A clause that begins with a preposition has its subject behind the next determiner: `In the town the number …`.
    let begins = if is_bound(start) {
        (start + 2..at).find(|at| sentence.is(Class::Determiner, *at)).unwrap_or(start + 1)
    } else {
        start
    };
    (begins..at).take_while(|at| !is_bound(*at)).filter(|at| sentence.is_content(*at)).take(PHRASE + SAID).collect()
}
