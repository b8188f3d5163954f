//! A word or form typed alone: how the parser reads it, and how it is typed so that it is read as one.

use super::ast::{Form, Node};
use super::lexer::tokens;
use super::notes::Notes;
use super::token::{Kind, Token};
use crate::time::Date;

/// Returns whether the text, typed alone, is read as this word or condition.
pub(crate) fn reads_as(text: &str, node: &Node) -> bool {
    match tokens(text, Date::MIN, &mut Notes::default()).as_slice() {
        [Token { kind: Kind::Item(read), .. }] => read == node,
        _ => false,
    }
}

/// A form as it is typed.
pub(crate) fn written(form: &Form) -> String {
    match form {
        Form::Wild(text) => text.clone(),
        Form::Fuzzy(text, distance) => format!("{text}~{distance}"),
        Form::Exact(text) => {
            let bare = format!("={text}");
            let is_bare = !text.contains(char::is_whitespace) && reads_as(&bare, &Node::Form(form.clone()));
            if is_bare { bare } else { format!("=\"{text}\"") }
        }
        Form::Regex(text) => format!("/{text}/"),
    }
}
