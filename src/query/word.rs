//! Reads one word of a question: it is an operator, a form, or a word as it stands.

use super::ast::{Form, Node};
use super::chars::{is_hyphen, is_plus, is_searchable};
use super::field;
use super::form;
use super::form::Reading;
use super::limits::MAX_FORMS;
use super::near;
use super::notes::shortened;
use super::other_syntax;
use super::token::Kind;
use crate::note::NoteKind;
use crate::text::Pattern;

/// A word as it was read.
pub(crate) struct Read {
    /// None for a word that is left out.
    pub(crate) kind: Option<Kind>,
    pub(crate) notes: Vec<(NoteKind, String)>,
}

impl Read {
    fn new(kind: Kind) -> Read {
        Read { kind: Some(kind), notes: Vec::new() }
    }

    fn node(node: Node) -> Read {
        Read::new(Kind::Item(node))
    }

    /// Says what was read otherwise than typed.
    fn note(mut self, message: String) -> Read {
        self.notes.push((NoteKind::ReadAs, message));
        self
    }
}

/// Reads a word without white space, brackets and quotation marks. Behind a sign (`attached`), an operator is a word.
/// Without `more_forms`, a form is read as the words in it.
pub(crate) fn read(typed: &str, attached: bool, more_forms: bool) -> Read {
    let operator = match typed {
        "AND" => Some(Kind::And),
        "OR" => Some(Kind::Or),
        "NOT" => Some(Kind::Not),
        _ => None,
    };
    match operator {
        // A sign before an operator makes it a word; when it is written back, quotation marks do.
        Some(_) if attached => return Read::node(Node::Phrase(typed.to_owned())),
        Some(kind) => return Read::new(kind),
        None => {}
    }
    if let Some((reach, note)) = near::operator(typed) {
        if attached {
            return Read::node(Node::Phrase(typed.to_owned()));
        }
        let read = Read::new(Kind::Near(reach));
        return match note {
            Some(here) => read.note(format!("{typed} is read as {here}")),
            None => read,
        };
    }
    if !is_searchable(typed) {
        let typed = shortened(typed);
        return Read { kind: None, notes: Vec::new() }.note(match typed.as_str() {
            "&&" | "&" => format!("{typed} is no operator: left out; write AND"),
            "||" | "|" => format!("{typed} is no operator: left out; write OR"),
            _ => format!("{typed} has no word in it: left out"),
        });
    }
    if typed.contains("://") {
        return Read::node(Node::Word(typed.to_owned()));
    }
    if form::regex_at(typed).is_some() {
        // The text right behind it keeps it from being an expression; when it is written back, quotation marks do.
        return Read::node(Node::Phrase(typed.to_owned()));
    }
    match field::unknown(typed) {
        Some((name, value)) => own_field(name, value),
        None => value(typed, more_forms),
    }
}

/// Reads a name that is no field of the language, and the value behind its colon: one of the documents' own fields.
pub(crate) fn own_field(name: &str, value: &str) -> Read {
    let own = format!("{name}={value}");
    let typed = if value.contains(char::is_whitespace) { format!("\"{own}\"") } else { own.clone() };
    let note = match field::misspelt(name) {
        Some(meant) => format!("unknown field {name}: did you mean {meant}:? read as field:{typed}"),
        None => format!("{name}: is read as one of the documents' own fields, field:{typed}"),
    };
    Read::node(Node::Own(own)).note(note)
}

/// Reads a word, or the value right behind `title:`.
pub(crate) fn value(typed: &str, more_forms: bool) -> Read {
    if let Some(Reading { form, note }) = form::read(typed) {
        if !more_forms {
            return too_many(&form);
        }
        let read = Read::node(Node::Form(form));
        return match note {
            Some(note) => read.note(note),
            None => read,
        };
    }
    let as_typed = Read::node(Node::Word(typed.to_owned()));
    let Some((mark, word)) = other_syntax::mark(typed) else { return as_typed };
    if !is_plain(word) {
        return as_typed.note(format!("'{mark}' means nothing here: searched as the words in {}", shortened(typed)));
    }
    let read = Read::node(Node::Word(word.to_owned()));
    let word = shortened(word);
    read.note(match mark {
        "!" => format!("'!' excludes nothing: searched as the word {word}; write -{word}"),
        _ => format!("'{mark}' means nothing here: searched as the word {word}"),
    })
}

/// Reads a regular expression between its slashes.
pub(crate) fn regex(expression: &str, more_forms: bool) -> Read {
    let form = Form::Regex(expression.to_owned());
    if !more_forms {
        return too_many(&form);
    }
    match Pattern::regex(expression) {
        Ok(_) => Read::node(Node::Form(form)),
        Err(why) => {
            let message = format!("/{}/ {why}: searched as the words in it", shortened(expression));
            Read { kind: words(&form), notes: vec![(NoteKind::ReadAs, message)] }
        }
    }
}

fn too_many(form: &Form) -> Read {
    let message = format!("only the first {MAX_FORMS} patterns are read: searched as the words in it");
    Read { kind: words(form), notes: vec![(NoteKind::Limit, message)] }
}

/// The words in a form, for a form that is not read as one.
fn words(form: &Form) -> Option<Kind> {
    let text: String = form::words(form).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    is_searchable(&text).then_some(Kind::Item(Node::Phrase(text)))
}

/// Returns whether the text is certainly read as one word.
pub(crate) fn is_plain(text: &str) -> bool {
    is_searchable(text)
        && !text.starts_with(|c| is_hyphen(c) || is_plus(c))
        && !matches!(text, "AND" | "OR" | "NOT")
        && !field::is_named(text)
        && near::operator(text).is_none()
        && form::regex_at(text).is_none()
        && form::read(text).is_none()
        && other_syntax::mark(text).is_none()
}
