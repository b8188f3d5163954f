//! One visit to a page: its address, the archive that answers, and the language it is written in.

use super::locale::Locale;
use super::words::Word;
use crate::serve::context::PageContext;
use crate::serve::parameters::{CONDITIONS, Parameters};
use crate::{Date, DateRange};

/// What every page understands besides the conditions of a question: its language, and whether copies are listed.
const EVERYWHERE: [&str; 2] = ["hl", "no-collapse"];
/// How hits are ordered and cut.
const LISTED: [&str; 5] = ["sort", "limit", "passages", "context", "flat"];
/// How the timeline is drawn.
const DRAWN: [&str; 3] = ["by", "share", "mentions"];
/// Where in an answer a page stands. No link that changes the question has them.
const PLACE: [&str; 4] = ["after", "part", "rank", "cite"];
/// The parameters of each page besides these conditions, by the first part of its path. What one page means by a name
/// is no other page's, but for hits and their timeline: those go with the reader from page to page.
const PAGES: [(&str, &[&[&str]]); 10] = [
    ("", &[&LISTED, &DRAWN]),
    ("search", &[&LISTED, &DRAWN, &["after"]]),
    ("timeline", &[&LISTED, &DRAWN]),
    ("doc", &[&LISTED, &DRAWN, &["part", "rank", "cite"]]),
    ("sources", &[&["order"]]),
    ("first", &[&["limit"]]),
    ("figures", &[&["limit"]]),
    ("copies", &[&["limit"]]),
    ("compare", &[&["near", "within", "limit"]]),
    ("dates", &[&["doubtful", "limit"]]),
];

/// One visit to a page.
#[derive(Clone, Copy)]
pub(in super::super) struct Visit<'a> {
    pub(in super::super) path: &'a str,
    pub(in super::super) parameters: &'a Parameters,
    pub(in super::super) context: &'a PageContext,
    pub(in super::super) locale: Locale,
}

impl<'a> Visit<'a> {
    pub(in super::super) fn new(path: &'a str, parameters: &'a Parameters, context: &'a PageContext) -> Visit<'a> {
        let wanted = parameters.get("hl").and_then(Locale::of_code);
        let locale = wanted.unwrap_or_else(|| Locale::preferred(&context.languages));
        Visit { path, parameters, context, locale }
    }

    pub(in super::super) fn say(&self, word: Word) -> &'static str {
        self.locale.say(word)
    }

    pub(in super::super) fn fill(&self, word: Word, places: &[(&str, &str)]) -> String {
        self.locale.fill(word, places)
    }

    pub(in super::super) fn comma(&self) -> &'static str {
        self.locale.comma()
    }

    pub(in super::super) fn put(&self, word: Word, places: &[(&str, maud::Markup)]) -> maud::Markup {
        self.locale.put(word, places)
    }

    pub(in super::super) fn count(&self, word: Word, number: u64) -> String {
        self.locale.count(word, number)
    }

    /// The question as typed; empty for every document.
    pub(in super::super) fn question(&self) -> &'a str {
        self.parameters.get("q").unwrap_or_default()
    }

    /// The day that relative days count from.
    pub(in super::super) fn today(&self) -> Date {
        self.parameters.today().unwrap_or_else(|_| Date::today())
    }

    /// The conditions of the question: what every other page understands.
    pub(in super::super) fn conditions(&self) -> Parameters {
        self.kept(CONDITIONS.into_iter().chain(EVERYWHERE))
    }

    /// The names of the conditions, and of how hits are listed and drawn where this page knows of that.
    pub(in super::super) fn view_names(&self) -> impl Iterator<Item = &'static str> {
        let own = self.own().filter(|name| !PLACE.contains(name));
        let goes_along = self.own().any(|name| name == DRAWN[0]);
        CONDITIONS.into_iter().chain(EVERYWHERE).chain(own.filter(move |_| goes_along))
    }

    /// The conditions, and how hits are listed and drawn: what a page of hits is asked with, from wherever.
    pub(in super::super) fn view(&self) -> Parameters {
        self.kept(self.view_names())
    }

    /// The conditions alone, as programs take them.
    pub(in super::super) fn asked(&self) -> Parameters {
        self.kept(CONDITIONS)
    }

    /// What a program or a table is told of the same list.
    pub(in super::super) fn listing(&self) -> Parameters {
        self.kept(CONDITIONS.into_iter().chain(["no-collapse"]).chain(LISTED))
    }

    /// Everything that this page understands: what a link has to the same page in another language or another state.
    pub(in super::super) fn same(&self) -> Parameters {
        self.kept(self.known())
    }

    /// Everything that this page understands, but not where in its answer it stands: what a link has that changes one
    /// thing about it.
    pub(in super::super) fn here(&self) -> Parameters {
        self.kept(self.known().filter(|name| !PLACE.contains(name)))
    }

    /// The parameters that mean something on this page.
    pub(in super::super) fn known(&self) -> impl Iterator<Item = &'static str> {
        CONDITIONS.into_iter().chain(EVERYWHERE).chain(self.own())
    }

    /// The parameters of this page alone.
    fn own(&self) -> impl Iterator<Item = &'static str> + use<> {
        let first = self.path.split('/').nth(1).unwrap_or_default();
        let groups = PAGES.iter().find(|(page, _)| *page == first).map_or(&[][..], |(_, groups)| groups);
        groups.iter().flat_map(|names| names.iter().copied())
    }

    /// Only the language of the page.
    pub(in super::super) fn bare(&self) -> Parameters {
        self.kept(["hl"])
    }

    fn kept<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Parameters {
        let empty = Parameters::parse("").on_day(self.today());
        names
            .into_iter()
            .fold(empty, |kept, name| self.parameters.all(name).fold(kept, |kept, value| kept.plus(name, value)))
    }

    /// The days of publication that are asked for; none where all are, or where they cannot be read.
    pub(in super::super) fn dates(&self) -> Option<DateRange> {
        self.parameters.days(self.today(), &mut Vec::new()).ok()?
    }

    /// An address of ours with these parameters.
    pub(in super::super) fn href(&self, path: &str, parameters: &Parameters) -> String {
        let path = own(path);
        match parameters.to_query() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    /// The address of a document of the archive, of its passage if one is named. `parameters` say what to mark in it.
    pub(in super::super) fn document(&self, id: &str, passage: Option<u32>, parameters: &Parameters) -> String {
        let path = format!("/doc/{}", crate::serve::percent::encoded(id));
        let part = passage.map_or(0, |number| number.saturating_sub(1) / PART);
        let parameters = if part > 0 { parameters.with("part", &(part + 1).to_string()) } else { parameters.clone() };
        let fragment = passage.map_or(String::new(), |number| format!("#p{number}"));
        format!("{}{fragment}", self.href(&path, &parameters))
    }
}

/// A path of ours. Two slashes at its beginning would name another host, and some browsers take a backslash for a slash.
fn own(path: &str) -> String {
    let path = path.trim_start_matches(['/', '\\']);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~%".contains(c);
    let encoded =
        path.chars().map(|c| if is_plain(c) { c.to_string() } else { crate::serve::percent::encoded(&c.to_string()) });
    format!("/{}", encoded.collect::<String>())
}

/// The passages of a document that stand on one page.
pub(in super::super) const PART: u32 = 150;

/// A paragraph that keeps a text of the engine, which is English, in its own direction.
pub(in super::super) fn engine(text: &str) -> maud::Markup {
    maud::html! { bdi lang="en" dir="ltr" { (super::marks::harmless(text)) } }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn a_path_names_no_other_host() {
        for (path, kept) in [
            ("/search", "/search"),
            ("/doc/a%2Fb", "/doc/a%2Fb"),
            ("//evil.example/", "/evil.example/"),
            ("/\\evil.example", "/evil.example"),
            ("\\\\evil.example", "/evil.example"),
            ("javascript:alert(1)", "/javascript%3Aalert%281%29"),
            ("/a\"b<c", "/a%22b%3Cc"),
            ("", "/"),
        ] {
            assert_eq!(own(path), kept);
        }
    }
}
