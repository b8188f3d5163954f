//! What every page of a question has: its head, its notes, and how it is put together.

use maud::{Markup, html};

use crate::Note;
use crate::serve::page::parts::chips::chips;
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;

/// What stands between masthead and foot, and the title of the window.
pub(in super::super) struct View {
    pub(in super::super) title: String,
    pub(in super::super) main: Markup,
}

/// Notes, each once.
pub(super) fn notes(first: &[Note], then: &[Note]) -> Markup {
    let all: Vec<Note> = first.iter().chain(then).cloned().collect();
    shown_notes(&all)
}

pub(super) fn shown_notes(notes: &[Note]) -> Markup {
    let mut told: Vec<&str> = Vec::new();
    for note in notes {
        if !told.contains(&note.message.as_str()) {
            told.push(&note.message);
        }
    }
    html! { @for message in told { p.note { (engine(message)) } } }
}

/// That parameters of the address mean nothing here, each with the nearest that does. They are told, not passed over.
pub(super) fn unknown(visit: &Visit<'_>) -> Markup {
    let known: Vec<&str> = visit.known().collect();
    html! {
        @for unknown in visit.parameters.unknown(&known) {
            p.note { bdi lang="en" {
                "the address has a parameter that means nothing here: " code { (harmless(&unknown.name)) }
                @if let Some(nearest) = &unknown.nearest { "; perhaps " code { (nearest) } " was meant" }
            } }
        }
    }
}

/// The head of an answer that is listed or counted: how the question was read and the notes on it, the title, `below` it
/// what was found, and the conditions.
pub(super) fn head(visit: &Visit<'_>, read: (&str, &[Note], &[Note]), title: &str, below: &Markup) -> Markup {
    let (read_as, said, told) = read;
    html! {
        section.read.row aria-label=(title) {
            p.lead.soft { (visit.say(Word::ReadAs)) }
            div.wide {
                p.as { (engine(read_as)) }
                (unknown(visit)) (notes(said, told))
                h1 tabindex="-1" { (title) }
                p.note { (below) }
                (chips(visit))
            }
        }
    }
}
