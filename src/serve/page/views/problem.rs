//! What went wrong, in words, with what to do. The question stays in its field.

use maud::{Markup, html};

use super::view::View;
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;
use crate::serve::problem::Problem;

pub(in super::super) fn problem(visit: &Visit<'_>, told: &Problem) -> View {
    let from_start = visit.here();
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
                @if told.kind == "index-changed" { (anew(visit)) }
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

/// The command that makes an index of another format anew, ready to be copied: the server itself writes nothing.
fn anew(visit: &Visit<'_>) -> Markup {
    let folder = visit.context.folder.as_deref().map(|folder| word_of_a_command(&folder.display().to_string()));
    let command = format!("dateline verify --repair --index {}", folder.unwrap_or_else(|| "DIR".to_owned()));
    html! {
        p { (visit.say(Word::MadeAnewBy)) }
        pre #anew dir="ltr" tabindex="0" { (harmless(&command)) }
        p { button type="button" hidden data-copy="#anew" { (visit.say(Word::Copy)) } }
        p.note { (visit.say(Word::MadeAnewThen)) }
    }
}

/// A path as one word of a command.
fn word_of_a_command(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:\\".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::context::PageContext;
    use crate::serve::parameters::Parameters;

    #[test]
    fn an_index_of_another_format_is_told_with_the_command_that_makes_it_anew() {
        let told = |folder: &str| {
            let context = PageContext { folder: Some(folder.into()), ..PageContext::default() };
            let parameters = Parameters::parse("q=fire");
            let visit = Visit::new("/search", &parameters, &context);
            problem(&visit, &Problem::new("index-changed", "it has format 99")).main.into_string()
        };
        assert!(told("/srv/index").contains(">dateline verify --repair --index /srv/index</pre>"));
        assert!(
            told("/srv/my <index>'s").contains(">dateline verify --repair --index '/srv/my &lt;index&gt;'\\''s'</pre>")
        );
    }
}
