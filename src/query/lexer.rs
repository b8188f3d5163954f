//! Cuts a question into tokens, and decides what a hyphen, a quotation mark, a bracket or a colon means where it
//! stands.
//!
//! This is one pass that looks at each character a bounded number of times, whatever was typed.

use super::ast::{Form, Node};
use super::capitals;
use super::chars::{closes, is_hyphen, is_plus, is_searchable, opens, quotable, quotes, single_spaced};
use super::field;
use super::field::Field;
use super::form;
use super::limits::{MAX_FORMS, MAX_MOVED, MAX_MOVES, MAX_WORDS};
use super::notes::{Notes, shortened};
use super::token::{Kind, Token};
use super::word;
use super::word::Read;
use crate::note::NoteKind;
use crate::text::has_wildcards;
use crate::time::Date;

/// The most tokens of a question, read or left out: as many as [`print`](super::print) writes around that many words.
const MAX_PIECES: usize = 8 * MAX_WORDS;

/// The tokens of a text. Remarks on it are added to `notes`.
pub(crate) fn tokens(text: &str, today: Date, notes: &mut Notes) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        today,
        notes,
        at: 0,
        words: 0,
        forms: 0,
        pieces: 0,
        sentence: capitals::is_sentence(text),
        told_sentence: false,
        attached: false,
        tokens: Vec::new(),
    };
    lexer.run();
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    today: Date,
    notes: &'a mut Notes,
    at: usize,
    words: usize,
    forms: usize,
    pieces: usize,
    /// Set if the text is a sentence in capitals. Its operators are words.
    sentence: bool,
    told_sentence: bool,
    /// Set if a sign stands right before. An operator behind a sign is a word.
    attached: bool,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        while let Some(c) = self.char_at(self.at) {
            if c.is_whitespace() {
                self.at += c.len_utf8();
                continue;
            }
            self.pieces += 1;
            if self.pieces > MAX_PIECES || (self.words >= MAX_WORDS && !closes(c)) {
                return self.stop();
            }
            let attached = std::mem::take(&mut self.attached);
            let start = self.at;
            if opens(c) || closes(c) {
                self.at += c.len_utf8();
                self.push(if opens(c) { Kind::Open } else { Kind::Close }, start);
            } else if self.quotes_at(start, c) {
                self.quotation(c);
            } else if is_hyphen(c) || is_plus(c) {
                self.sign(c);
            } else {
                self.word(attached);
            }
        }
    }

    /// Leaves out the rest of the text, and closes the brackets that the rest would have closed.
    fn stop(&mut self) {
        let rest = self.at..self.text.len();
        self.notes.add(NoteKind::Limit, rest, || match self.words {
            MAX_WORDS.. => format!("only the first {MAX_WORDS} words are read: the rest is left out"),
            _ => "the question is too long: the rest is left out".to_owned(),
        });
        let depth = self.tokens.iter().fold(0usize, |depth, token| match token.kind {
            Kind::Open => depth + 1,
            Kind::Close => depth.saturating_sub(1),
            _ => depth,
        });
        let close = Token { kind: Kind::Close, span: self.at..self.at };
        self.tokens.resize(self.tokens.len() + depth, close);
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn quotes_at(&self, at: usize, c: char) -> bool {
        quotes(self.char_before(at), c, self.char_at(at + c.len_utf8()))
    }

    /// The first place from `from` on where `stop` holds, and the character there; the end if there is none.
    fn find(&self, from: usize, stop: impl Fn(&Self, usize, char) -> bool) -> (usize, Option<char>) {
        let rest = self.text.get(from..).unwrap_or_default();
        match rest.char_indices().map(|(at, c)| (from + at, c)).find(|&(at, c)| stop(self, at, c)) {
            Some((at, c)) => (at, Some(c)),
            None => (self.text.len(), None),
        }
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, span: start..self.at });
    }

    fn item(&mut self, node: Node, start: usize) {
        self.words += words_in(&node);
        self.forms += usize::from(has_form(&node));
        self.push(Kind::Item(node), start);
    }

    /// Leaves out the text from `start` to here, with a note.
    fn skip(&mut self, start: usize, message: impl FnOnce(&str) -> String) {
        let typed = self.text.get(start..self.at).unwrap_or_default();
        self.notes.add(NoteKind::LeftOut, start..self.at, || message(&shortened(typed)));
        if matches!(self.tokens.last(), Some(Token { kind: Kind::Plus | Kind::Minus | Kind::Not, .. })) {
            self.push(Kind::Nothing, start);
        }
    }

    /// Reads a sign. It counts where a word could begin, right before a word, a phrase, a condition or a bracket.
    fn sign(&mut self, c: char) {
        let start = self.at;
        let behind = self.char_before(start).is_none_or(|c| c.is_whitespace() || opens(c) || closes(c));
        let (end, next) = self.find(start, |_, _, c| !is_hyphen(c) && !is_plus(c));
        self.at = end;
        if next.is_none_or(|c| c.is_whitespace() || closes(c)) {
            self.skip(start, |typed| format!("{typed} stands alone: left out"));
            return;
        }
        self.attached = true;
        if behind && end == start + c.len_utf8() {
            self.push(if is_plus(c) { Kind::Plus } else { Kind::Minus }, start);
        } else {
            let typed = self.text.get(start..end).unwrap_or_default();
            self.notes.add(NoteKind::LeftOut, start..end, || {
                format!("{} means nothing at this place: left out", shortened(typed))
            });
        }
    }

    fn quotation(&mut self, mark: char) {
        let start = self.at;
        match self.quoted(start, mark) {
            None => {
                self.at += mark.len_utf8();
                let message = "a quotation mark without its partner: what follows is read as words";
                self.notes.add(NoteKind::ReadAs, start..self.at, || message.to_owned());
            }
            Some(phrase) if is_searchable(&phrase) => {
                let node = self.moves(phrase);
                self.item(node, start);
            }
            Some(_) => {
                let _ = self.tilde();
                self.skip(start, |typed| format!("{typed} has no word in it: left out"));
            }
        }
    }

    /// Makes a phrase, with the `~3` behind it if there is one.
    fn moves(&mut self, phrase: String) -> Node {
        let start = self.at;
        let Some(typed) = self.tilde() else { return Node::Phrase(phrase) };
        let span = start..self.at;
        let read: u32 = typed.parse().unwrap_or(u32::MAX);
        if !phrase.contains(' ') {
            self.notes.add(NoteKind::LeftOut, span, || {
                format!("~{typed} means nothing behind one word in quotation marks: left out")
            });
            return Node::Phrase(phrase);
        }
        if phrase.split(' ').nth(MAX_MOVED).is_some() {
            let message =
                || format!("~{} is left out: only phrases of up to {MAX_MOVED} words are moved", shortened(typed));
            self.notes.add(NoteKind::Limit, span, message);
            return Node::Phrase(phrase);
        }
        if read > MAX_MOVES {
            self.notes.add(NoteKind::Limit, span, || format!("~{} is read as ~{MAX_MOVES}", shortened(typed)));
        }
        match read.min(MAX_MOVES) {
            0 => Node::Phrase(phrase),
            moves => Node::Loose(phrase, moves),
        }
    }

    /// Reads the digits of a `~3` right here and moves behind it.
    fn tilde(&mut self) -> Option<&'a str> {
        if self.char_at(self.at) != Some('~') {
            return None;
        }
        let start = self.at + 1;
        let (end, next) = self.find(start, |_, _, c| !c.is_ascii_digit());
        if end == start || next.is_some_and(|c| !c.is_whitespace() && !closes(c)) {
            return None;
        }
        self.at = end;
        self.text.get(start..end)
    }

    /// Reads the text between the mark here and its partner, and moves behind that. None if the mark has no partner.
    fn quoted(&mut self, open: usize, mark: char) -> Option<String> {
        let inside = open + mark.len_utf8();
        let (end, partner) = self.find(inside, Lexer::quotes_at);
        self.at = end + partner?.len_utf8();
        let text = self.text.get(inside..end).unwrap_or_default();
        let room = MAX_WORDS - self.words;
        let quoted = single_spaced(text, room);
        if text.split_whitespace().nth(room).is_some() {
            let message = || format!("only the first {MAX_WORDS} words are read: the rest is left out");
            self.notes.add(NoteKind::Limit, open..self.at, message);
        }
        Some(quoted)
    }

    /// Reads a word: everything up to the next white space, bracket or quotation mark.
    fn word(&mut self, attached: bool) {
        let start = self.at;
        let more_forms = self.forms < MAX_FORMS;
        if let Some((expression, length)) = self.text.get(start..).and_then(form::regex_at) {
            self.at = start + length;
            return self.take(word::regex(expression, more_forms), start);
        }
        let stop = |lexer: &Self, at, c: char| c.is_whitespace() || opens(c) || closes(c) || lexer.quotes_at(at, c);
        let (end, next) = self.find(start, stop);
        self.at = end;
        let typed = self.text.get(start..end).unwrap_or_default();
        if typed == "="
            && let Some(mark) = next.filter(|&c| self.quotes_at(end, c))
            && let Some(exact) = self.quoted(end, mark).filter(|exact| is_searchable(exact))
        {
            if more_forms {
                return self.item(Node::Form(Form::Exact(exact)), start);
            }
            self.at = end;
        }
        if is_searchable(typed)
            && let Some((name, value)) = typed.split_once(':')
            && let Some(field) = Field::named(name)
        {
            return self.field(field, name, value, next);
        }
        if let Some(name) = typed.strip_suffix(':').filter(|name| field::is_unknown(name))
            && let Some(mark) = next.filter(|&c| self.quotes_at(end, c))
            && let Some(value) = self.quoted(end, mark)
        {
            if is_searchable(&value) {
                return self.take(word::own_field(name, &value), start);
            }
            self.at = end;
        }
        if self.sentence && capitals::is_operator(typed) {
            return self.operator_as_word(typed, start);
        }
        self.take(word::read(typed, attached, more_forms), start);
    }

    /// In small letters it stays a word wherever the question is written again.
    fn operator_as_word(&mut self, typed: &str, start: usize) {
        if !std::mem::replace(&mut self.told_sentence, true) {
            let message = "a question in capitals throughout is a sentence: its AND, OR and NOT are words; \
                           brackets make operators of them";
            self.notes.add(NoteKind::ReadAs, start..self.at, || message.to_owned());
        }
        self.item(Node::Word(typed.to_lowercase()), start);
    }

    /// Takes a word as it was read.
    fn take(&mut self, read: Read, start: usize) {
        let Read { kind, mut notes } = read;
        match kind {
            Some(kind) => {
                for (note, message) in notes {
                    self.notes.add(note, start..self.at, || message);
                }
                match kind {
                    Kind::Item(node) => self.item(node, start),
                    kind => self.push(kind, start),
                }
            }
            None => self.skip(start, |_| notes.pop().map(|(_, message)| message).unwrap_or_default()),
        }
    }

    /// Reads the value of a field. A known name and its colon were read; `value` stands right behind them, and `next`
    /// behind that.
    fn field(&mut self, field: Field, name: &'a str, value: &'a str, next: Option<char>) {
        let start = self.at - value.len() - 1 - name.len();
        // `field:desk="foreign affairs"` has its quotation marks behind the equals sign.
        let opens = value.is_empty() || field == Field::Own && value.ends_with('=');
        let mark = next.filter(|&c| opens && self.quotes_at(self.at, c));
        let quoted = mark.and_then(|mark| self.quoted(self.at, mark)).map(|quoted| format!("{value}{quoted}"));
        if let (Field::Title, Some(phrase)) = (field, quoted.as_ref().filter(|phrase| is_searchable(phrase))) {
            let node = self.moves(phrase.clone());
            return self.item(Node::Title(Box::new(node)), start);
        }
        let is_quoted = quoted.is_some();
        let value = quoted
            .or_else(|| self.lucene_range(value))
            .unwrap_or_else(|| value.trim_end_matches([',', ';']).to_owned());
        let typed = self.text.get(start..self.at).unwrap_or_default();
        let span = start..self.at;
        if !is_searchable(&value) {
            if is_quoted {
                return self.skip(start, |typed| format!("{typed} has no word in it: left out"));
            }
            let example = field.example();
            let message = || format!("{name}: wants its value right behind the colon, as in {name}:{example}");
            self.notes.add(NoteKind::ReadAs, span, message);
            // Behind an open bracket, the words that follow could be taken for a range when the question is written
            // back.
            let node = if value.starts_with(['[', '{']) { Node::Phrase } else { Node::Word };
            return self.item(node(typed.to_owned()), start);
        }
        if field == Field::Title {
            let Read { kind, notes } = word::value(&value, self.forms < MAX_FORMS);
            for (note, message) in notes {
                self.notes.add(note, span.clone(), || message);
            }
            let Some(Kind::Item(node)) = kind else { return };
            return self.item(Node::Title(Box::new(node)), start);
        }
        match field.condition(name, &value, self.today) {
            Ok(condition) => {
                for note in condition.notes {
                    self.notes.add(note.kind, span.clone(), || note.message);
                }
                self.item(condition.node, start);
            }
            // A misread condition must not make the answer wider, so its words are required exactly as they stand.
            Err(message) => {
                self.notes.add(NoteKind::ReadAs, span, || format!("{message}: searched as a phrase"));
                self.item(Node::Phrase(value), start);
            }
        }
    }

    /// Reads Lucene's `[1992 TO 1993]` right here; `value` is its first word.
    fn lucene_range(&mut self, value: &str) -> Option<String> {
        // The limit counts words, because a question is written back with different white space between them.
        const MOST_WORDS: usize = 8;
        let start = self.at - value.len();
        if !value.starts_with(['[', '{']) {
            return None;
        }
        let rest = self.text.get(start..)?;
        let mut words = 0;
        let mut before = ' ';
        let is_past = |(_, c): &(usize, char)| {
            words += usize::from(before.is_whitespace() && !c.is_whitespace());
            before = *c;
            words > MOST_WORDS || matches!(c, ']' | '}')
        };
        let (end, _) = rest.char_indices().find(is_past).filter(|(_, c)| matches!(c, ']' | '}'))?;
        let end = end + 1;
        let range = field::lucene_range(&quotable(rest.get(..end)?))?;
        self.at = start + end;
        self.notes.add(NoteKind::ReadAs, start..self.at, || format!("read as {range}, both ends included"));
        Some(range)
    }
}

/// The number of words a token counts for.
fn words_in(node: &Node) -> usize {
    match node {
        Node::Phrase(text) | Node::Loose(text, _) => text.split_whitespace().count(),
        Node::Source(text) | Node::Language(text) | Node::Author(text) | Node::File(text) | Node::Own(text) => {
            text.split_whitespace().count()
        }
        Node::Form(form) => form::words(form).split_whitespace().count(),
        Node::Title(node) => words_in(node),
        _ => 1,
    }
}

fn has_form(node: &Node) -> bool {
    match node {
        Node::Form(_) => true,
        Node::Phrase(text) | Node::Loose(text, _) => has_wildcards(text),
        Node::Title(node) => has_form(node),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        let tokens = tokens(text, Date::MIN, &mut Notes::default());
        for token in &tokens {
            assert!(text.get(token.span.clone()).is_some_and(|typed| !typed.is_empty()), "{token:?} of {text}");
        }
        tokens.into_iter().map(|token| token.kind).collect()
    }

    fn word(text: &str) -> Kind {
        Kind::Item(Node::Word(text.to_owned()))
    }

    #[test]
    fn every_hyphen_excludes_before_a_word_and_none_inside_one() {
        for hyphen in ['-', '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '－'] {
            assert_eq!(kinds(&format!("a {hyphen}b")), [word("a"), Kind::Minus, word("b")]);
            assert_eq!(kinds(&format!("({hyphen}b)")), [Kind::Open, Kind::Minus, word("b"), Kind::Close]);
            let joined = format!("a{hyphen}b");
            assert_eq!(kinds(&joined), [word(&joined)]);
            assert_eq!(kinds(&format!("a {hyphen} b")), [word("a"), word("b")]);
        }
    }

    #[test]
    fn any_quotation_mark_closes_any_other_but_apostrophes_never_quote() {
        for (open, close) in [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('»', '«'), ('”', '”'), ('"', '”')]
        {
            let phrase = Kind::Item(Node::Phrase("left open".to_owned()));
            assert_eq!(kinds(&format!("{open} left  open{close}")), [phrase]);
        }
        for text in ["don't", "O’Brien", "l'armée", "'tis", "‘left", "צה\"ל"] {
            assert_eq!(kinds(text), [word(text)]);
        }
    }

    #[test]
    fn what_is_left_out_does_not_hand_its_sign_on() {
        assert_eq!(kinds("-*** b"), [Kind::Minus, Kind::Nothing, word("b")]);
        assert_eq!(kinds("NOT \"\" b"), [Kind::Not, Kind::Nothing, word("b")]);
    }

    #[test]
    fn spans_are_bytes_of_the_text() {
        let text = "é (ß -\"œ\")";
        let spans: Vec<&str> = tokens(text, Date::MIN, &mut Notes::default())
            .into_iter()
            .filter_map(|token| text.get(token.span))
            .collect();
        assert_eq!(spans, ["é", "(", "ß", "-", "\"œ\"", ")"]);
    }

    #[test]
    fn plain_words_give_no_notes() {
        for text in ["kill", "U.S.", "12:30", "http://x.org/a?b", "Re:", "C++", "#tag", "who?", "x:y", "naïve,"] {
            let mut notes = Notes::default();
            assert_eq!(tokens(text, Date::MIN, &mut notes).len(), 1, "{text}");
            assert!(notes.is_empty(), "{text}");
        }
    }
}
