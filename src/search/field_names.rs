//! Names of the documents' own fields: which field somebody meant.

use crate::backend::own_field::{folded, own_name};
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::query::{Node, Query};
use crate::text::nearest;

/// The most names that a note lists.
const MOST_NAMED: usize = 12;

/// A note on each field asked for that no document has, with the nearest name, or all names.
pub(crate) fn unknown_fields<B: Backend>(query: &Query, backend: &B) -> Result<Vec<Note>> {
    let mut asked: Vec<&str> = Vec::new();
    query.node().leaves(&mut |leaf| {
        if let Node::Own(field) = leaf {
            asked.push(own_name(field));
        }
    });
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let known = backend.own_fields()?;
    Ok(asked.iter().filter_map(|name| unknown_field(name, &known)).collect())
}

/// A note on a field that no document has.
pub(crate) fn unknown_field(name: &str, known: &[String]) -> Option<Note> {
    let folded = folded(name);
    if known.contains(&folded) {
        return None;
    }
    let hint = match nearest(&folded, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None if known.is_empty() => "none has fields of its own".to_owned(),
        None => {
            let shown = known.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = known.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("their fields are {shown}{more}")
        }
    };
    Some(Note::new(NoteKind::UnknownField, format!("no document has a field {name}: {hint}")))
}
