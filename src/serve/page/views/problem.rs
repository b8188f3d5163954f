//! What went wrong, in words, with what to do. The question stays in its field.

use maud::html;

use super::view::View;
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;
use crate::serve::problem::Problem;

pub(in super::super) fn problem(visit: &Visit<'_>, told: &Problem) -> View {
    let from_start = visit.parameters.without("after", None);
    let main = html! {
        section.read.row {
            p.lead.soft { (told.status) }
            div.wide {
                h1 tabindex="-1" { (visit.say(Word::ProblemTitle)) }
                p.as { (engine(told.title)) }
                p { (engine(&told.detail)) }
                @if told.errors.iter().all(|wrong| wrong.hint.is_none()) && !told.hint().is_empty() { p.note { (engine(told.hint())) } }
                @for wrong in &told.errors {
                    @if let Some(hint) = &wrong.hint { p.note { @if let Some(name) = &wrong.parameter { code { (harmless(name)) } ": " } (engine(hint)) } }
                }
                @if !told.candidates.is_empty() {
                    ul.why { @for id in &told.candidates { li { a href=(visit.document(id, None, &visit.conditions())) { code dir="ltr" { (harmless(id)) } } } } }
                }
                p.links {
                    @if visit.parameters.has("after") { a href=(visit.href("/search", &from_start)) { (visit.say(Word::GoOnFromStart)) } " · " }
                    a href=(visit.href("/", &visit.bare())) { (visit.say(Word::StartOver)) }
                }
            }
        }
    };
    View { title: visit.say(Word::ProblemTitle).to_owned(), main }
}
