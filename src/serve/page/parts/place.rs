//! Where a passage lies, for reading.

use std::path::Path;

use maud::{Markup, html};

use super::marks::harmless;
use super::visit::Visit;
use super::words::Word;
use crate::{Excerpt, Place};

/// A file and the way inside it. A path below the folder that the program works in begins there.
pub(in super::super) fn file(locator: &str) -> Markup {
    html! { bdi.path dir="ltr" { (harmless(&short(locator))) } }
}

/// A path in its shortest form.
pub(in super::super) fn short(locator: &str) -> String {
    let here = std::env::current_dir().ok();
    let here = here.as_deref().and_then(Path::to_str).filter(|here| *here != "/");
    let rest = here.and_then(|here| locator.strip_prefix(here)?.strip_prefix(['/', '\\']));
    rest.unwrap_or(locator).to_owned()
}

/// The place of a document.
pub(in super::super) fn of(visit: &Visit<'_>, place: &Place) -> Markup {
    let line = place.line.map(|line| line.to_string());
    html! {
        @if let Some(locator) = place.locator() { (file(&locator)) }
        @if let Some(line) = line { (visit.comma()) (visit.fill(Word::LineAt, &[("n", &line)])) }
    }
}

/// The place of a passage in its file.
pub(in super::super) fn passage(visit: &Visit<'_>, locator: Option<&str>, excerpt: &Excerpt) -> Markup {
    let at = |word: Word, value: String| visit.fill(word, &[("n", &value)]);
    let place = if let Some(cell) = &excerpt.cell {
        Some(at(Word::CellAt, harmless(cell)))
    } else if let Some(slide) = excerpt.slide {
        Some(at(Word::SlideAt, slide.to_string()))
    } else if let Some(seconds) = excerpt.time {
        Some(at(Word::TimeAt, clock(seconds)))
    } else if let Some(page) = excerpt.page {
        Some(at(Word::PageAt, page.to_string()))
    } else {
        excerpt.line.map(|line| at(Word::LineAt, line.to_string()))
    };
    html! {
        @if let Some(locator) = locator { (file(locator)) }
        @if let Some(place) = place { @if locator.is_some() { (visit.comma()) } (place) }
        @if let Some(by) = &excerpt.recognised_by { (visit.comma()) (at(Word::RecognisedBy, harmless(by))) }
    }
}

/// Seconds as hours, minutes and seconds.
fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_told_by_its_clock() {
        assert_eq!([clock(0.0), clock(3725.9), clock(-1.0)], ["0:00:00", "1:02:05", "0:00:00"]);
    }
}
