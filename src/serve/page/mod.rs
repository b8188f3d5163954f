//! The page: an archive in a browser.
//!
//! [`render`] makes the page of an address, whole and by itself: the address holds everything that it shows, as it was
//! typed, and nothing is kept between visits. [`asset`] are the style sheet and the script, with the hash of their
//! content in their names. [`problem`] is the page of what went wrong.
//!
//! * `parts` are what pages are put together from, `views` are the pages.
//! * Every page is whole without a script. The script fills in the same fields and follows the same links.
//! * No page has a script, a style or a style attribute of its own, and none names anything elsewhere but as a link.
//!
//! Templates are written in maud: they are Rust, so the compiler checks what they name, a template is a function that
//! takes values and can be tested like one, and nothing is read or built besides. Everything put into one is escaped
//! unless it is markup, in text and in attributes alike. askama's templates are files in a language of their own, which
//! would put every small part behind a struct and a file.
//!
//! The invariant: a document's text, title, source, path and address are only ever text.

#[cfg(test)]
mod judge;
mod parts;
#[cfg(test)]
mod tests;
mod views;

use crate::Index;
use crate::serve::context::PageContext;
use crate::serve::parameters::Parameters;
use crate::serve::percent::decoded;
use crate::serve::problem::Problem;
pub(crate) use parts::assets::Asset;
use parts::visit::Visit;
use parts::{assets, frame};
use views::view::View;
use views::{about, compare, copies, dates, diff, figures, first, reader, search, start};

/// A page: its status and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) html: String,
}

/// The page of a path. It is called on a thread made for searching.
pub(crate) fn render(path: &str, parameters: &Parameters, index: &Index, context: &PageContext) -> Page {
    let visit = Visit::new(path, parameters, context);
    match view(&visit, index) {
        Ok(view) => Page { status: 200, html: frame::page(&visit, &view.title, &view.main) },
        Err(told) => problem_at(&visit, &told),
    }
}

/// The page of a problem.
pub(crate) fn problem(told: &Problem, parameters: &Parameters, context: &PageContext) -> Page {
    problem_at(&Visit::new("/search", parameters, context), told)
}

fn problem_at(visit: &Visit<'_>, told: &Problem) -> Page {
    let view = views::problem::problem(visit, told);
    Page { status: told.status, html: frame::page(visit, &view.title, &view.main) }
}

/// The file at a path below `/assets/`.
pub(crate) fn asset(path: &str) -> Option<Asset> {
    assets::at(path)
}

fn view(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let segments: Vec<String> = visit.path.split('/').skip(1).map(decoded).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        [""] => start::start(visit, index),
        ["search"] => search::search(visit, index),
        ["timeline"] => search::timeline_page(visit, index),
        ["sources"] => about::sources(visit, index),
        ["first"] => first::first(visit, index),
        ["figures"] => figures::figures(visit, index),
        ["compare"] => compare::compare(visit, index),
        ["copies"] => copies::copies(visit, index),
        ["copies", id] => copies::of_one(visit, index, id),
        ["doc", id] => reader::reader(visit, index, id),
        ["diff", old, new] => diff::diff(visit, index, old, new),
        ["dates"] => dates::dates(visit, index),
        ["skipped"] => about::skipped(visit, index),
        ["about"] => about::about(visit, index),
        _ => Err(Problem::new("no-such-page", "there is no page at this address")),
    }
}
