//! What is gathered of the facts that a page states about itself.

use crate::corpus::raw::Declared;

/// The facts that a page states about itself.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) declared: Vec<Declared>,
    pub(super) language: Option<String>,
    /// The address the page was published at.
    pub(super) address: Option<String>,
    /// When a program saved the page, as written.
    pub(super) saved: Option<String>,
    /// The text of the article in the page's structured data.
    pub(super) body: Option<String>,
    /// The content of `<title>`.
    pub(super) title: Option<String>,
    /// The first `<h1>` that has a text.
    pub(super) heading: Option<String>,
    /// The number of letters and signs on the page, wherever they stand.
    pub(super) letters: usize,
    /// The number of pictures with an alternative text, and of elements with one that is not shown as text.
    pub(super) pictures: usize,
    pub(super) hidden: usize,
}

impl Facts {
    /// The first value declared under one of these names, the first name first.
    pub(super) fn value(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.declared.iter().find(|declared| declared.name.eq_ignore_ascii_case(name)).map(|d| d.value.as_str())
        })
    }
}
