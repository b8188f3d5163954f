//! The page: an archive in a browser.
//!
//! [`render`] makes the page of an address, whole and by itself: the address holds everything that it shows. [`asset`] are
//! the files that pages name, with the hash of their content in their name. [`problem`] is the page of what went wrong.

use maud::{DOCTYPE, Markup, html};

use crate::Index;
use crate::serve::context::PageContext;
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;

/// A page: its status and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) html: String,
}

/// A file that pages name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    pub(crate) content_type: &'static str,
    pub(crate) bytes: &'static [u8],
}

/// The page of a path. It is called on a thread made for searching.
pub(crate) fn render(path: &str, parameters: &Parameters, index: &Index, context: &PageContext) -> Page {
    let shown = match path {
        "/" | "/search" => searched(parameters, index),
        _ => Err(Problem::new("no-such-page", "there is no page at this address")),
    };
    match shown {
        Ok(markup) => Page { status: 200, html: framed(&context.archive, parameters, &markup) },
        Err(told) => problem(&told, parameters, context),
    }
}

/// The page of a problem.
pub(crate) fn problem(told: &Problem, parameters: &Parameters, context: &PageContext) -> Page {
    let shown = html! {
        h1 { (told.title) }
        p { (told.detail) }
        p { (told.hint()) }
    };
    Page { status: told.status, html: framed(&context.archive, parameters, &shown) }
}

/// The file at a path below `/assets/`.
pub(crate) fn asset(_path: &str) -> Option<Asset> {
    None
}

fn searched(parameters: &Parameters, index: &Index) -> Result<Markup, Problem> {
    let (search, notes) = parameters.search(index)?;
    let results = search.run()?;
    Ok(html! {
        p { (results.read_as) ": " (results.total) }
        @for note in notes.iter().chain(&results.notes) { p { (note) } }
        ol {
            @for hit in &results.hits {
                li { (hit.title.as_deref().unwrap_or(&hit.id)) }
            }
        }
    })
}

fn framed(archive: &str, parameters: &Parameters, shown: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (archive) } }
            body {
                form action="/search" { input name="q" value=(parameters.get("q").unwrap_or_default()); button { "Search" } }
                (shown)
            }
        }
    };
    page.into_string()
}
