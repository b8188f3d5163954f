//! What stands beside a document: why it has its date and its source, the days it speaks of, its copies, its file.

use maud::{Markup, html};

use super::clues::{PlacedClue, clues};
use super::reading::{Reading, number_at, overlap, parameters_here};
use crate::Copied;
use crate::serve::page::parts::hits::{NAMED, copies_path, diff_path, differing, other, standing};
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;
use crate::serve::page::parts::{days, place};

/// The most days spoken of, and copies, that are listed beside a text.
const LISTED: usize = 40;

pub(super) fn aside(visit: &Visit<'_>, reading: &Reading) -> Markup {
    html! {
        section { h2 { (visit.say(Word::WhyThisDate)) } (why_date(visit, reading)) }
        section { h2 { (visit.say(Word::DaysSpoken)) } (spoken(visit, reading)) }
        @if reading.hit.copied > 0 || !reading.hit.versions.is_empty() {
            section { h2 { (visit.say(Word::SameTextElsewhere)) } (elsewhere(visit, reading)) }
        }
        section { h2 { (visit.say(Word::WhySource)) } (why_source(visit, reading)) }
        section { h2 { (visit.say(Word::TheFile)) } (file(visit, reading)) }
    }
}

fn why_date(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let clues = clues(&reading.document);
    let yearless = reading.document.dated.yearless.as_ref();
    html! {
        @if clues.is_empty() && yearless.is_none() { p.note { (visit.say(Word::NoClue)) } }
        ul.clues {
            @for clue in &clues { (self::clue(visit, reading, clue)) }
            @if let Some(clue) = yearless {
                li { span.why { (visit.say(Word::Yearless)) ": " (engine(&clue.place)) " " q dir="auto" { (harmless(&clue.written)) } } }
            }
        }
    }
}

fn clue(visit: &Visit<'_>, reading: &Reading, placed: &PlacedClue) -> Markup {
    let clue = &placed.clue;
    let date = days::date(visit.locale, clue.date);
    // The mark of a day spoken of at the same place has the name that links lead to.
    let spoken = |bytes: &std::ops::Range<usize>| {
        reading.spoken.iter().find(|spoken| overlap(&spoken.bytes, bytes)).map(|spoken| spoken.id.clone())
    };
    let link = placed.bytes.as_ref().and_then(|bytes| {
        let id = spoken(bytes).unwrap_or_else(|| placed.id.clone());
        let number = number_at(reading, bytes.start)?;
        let page = visit.document(&reading.document.id, Some(number), &parameters_here(visit));
        Some(format!("{}#{id}", page.split('#').next()?))
    });
    let is_believed = placed.standing == Word::Believed;
    html! {
        li.believed[is_believed] {
            @match link { Some(link) => a href=(link) { (date) }, None => (date) }
            @if clue.uncertain { " " b { "?" } }
            br;
            span.why {
                (visit.say(placed.standing)) ": "
                @if !clue.place.trim().is_empty() { (engine(&clue.place)) (visit.comma()) }
                @if !clue.written.trim().is_empty() { q dir="auto" { (harmless(&clue.written)) } " " }
                span.rule { (engine(clue.rule.name())) }
            }
        }
    }
}

fn spoken(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let mut signs: Vec<(&str, Word)> = reading.spoken.iter().filter_map(|spoken| spoken.sign()).collect();
    signs.sort_by_key(|(sign, _)| *sign);
    signs.dedup();
    let more = reading.spoken.len().saturating_sub(LISTED);
    html! {
        @if reading.spoken.is_empty() { p.note { (visit.say(Word::NoDays)) } }
        ul.clues {
            @for spoken in reading.spoken.iter().take(LISTED) {
                li {
                    a href={ "#" (spoken.id) } { (spoken.told(visit.locale)) }
                    @if let Some((sign, word)) = spoken.sign() { " " span.sign title=(visit.say(word)) { (sign) } }
                    br;
                    q.why dir="auto" { (harmless(reading.document.text.get(spoken.bytes.clone()).unwrap_or_default())) }
                }
            }
            @if more > 0 { li.why { (visit.fill(Word::AndMore, &[("n", &visit.locale.number(more as u64))])) } }
        }
        @for (sign, word) in signs { p.note { span.sign { (sign) } " " (visit.say(word)) } }
    }
}

fn elsewhere(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let others: Vec<&Copied> = reading.hit.copies.iter().chain(&reading.hit.versions).collect();
    let id = &reading.document.id;
    html! {
        ul.clues {
            @for copied in others.iter().take(LISTED) {
                li {
                    (other(visit, copied)) br;
                    span.why {
                        (visit.say(standing(copied.relation))) (visit.comma()) (visit.fill(Word::ShareOfIt, &[("n", &copied.share.to_string())]))
                        @if !copied.figures.is_empty() { " · " span.sign aria-hidden="true" { "≠" } " " (visit.say(Word::FiguresDiffer)) " "
                            (differing(&copied.figures, NAMED))
                        }
                        " · " a href=(visit.href(&diff_path(id, &copied.id), &visit.conditions())) { (visit.say(Word::EachChange)) }
                    }
                }
            }
        }
        p.note.do { a href=(visit.href(&copies_path(id), &visit.conditions())) { (visit.say(Word::CopiesOfOne)) } }
    }
}

fn why_source(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let attribution = &reading.document.attribution;
    let clues: Vec<_> =
        [&attribution.publisher, &attribution.agency, &attribution.byline].into_iter().flatten().collect();
    html! {
        ul.clues {
            @for clue in &clues {
                li { bdi { (harmless(&clue.name)) } br; span.why { (engine(&clue.place)) } }
            }
            @if clues.is_empty() { li.why { (visit.say(Word::NoSource)) } }
        }
    }
}

fn file(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let document = &reading.document;
    let url = document.url.as_deref();
    let original = format!("/doc/{}/original", crate::serve::percent::encoded(&document.id));
    html! {
        dl.facts {
            @if document.place.path.is_some() { dt { (visit.say(Word::Place)) } dd { (place::of(visit, &document.place)) } }
            @if let Some(url) = url { dt { (visit.say(Word::WebAddress)) } dd { (outward(visit, reading, url)) } }
            @if let Some(language) = document.language { dt { (visit.say(Word::Language)) } dd { (engine(language.name())) } }
            @if let Some(encoding) = &document.encoding { dt { (visit.say(Word::Encoding)) } dd { (engine(encoding)) } }
            dt { (visit.say(Word::Id)) } dd { code dir="ltr" { (harmless(&document.id)) } }
            @for (name, value) in &document.metadata { dt { (engine(name)) } dd dir="auto" { (harmless(value)) } }
            @if visit.context.originals && document.place.path.is_some() {
                dt { (visit.say(Word::Original)) } dd { a href=(original) download { (visit.say(Word::Download)) } }
            }
        }
    }
}

/// An address elsewhere as a link, if a browser may follow it; otherwise as text. It leads to the first match.
fn outward(visit: &Visit<'_>, reading: &Reading, url: &str) -> Markup {
    let words = reading.hit.passages.first().and_then(|passage| {
        let mark = passage.highlights.first()?;
        passage.text.get(mark.bytes.clone())
    });
    let fragment = words.filter(|_| !url.contains('#')).map(text_fragment);
    html! {
        @if is_web(url) {
            a.outward href={ (url) (fragment.unwrap_or_default()) } rel="noreferrer noopener external nofollow" title=(visit.say(Word::OpensElsewhere)) { bdi dir="ltr" { (harmless(url)) } }
        } @else { bdi dir="ltr" { (harmless(url)) } }
    }
}

/// A fragment that leads to these words. A hyphen says something of its own there, and so is encoded too.
fn text_fragment(words: &str) -> String {
    format!("#:~:text={}", crate::serve::percent::encoded(&harmless(words)).replace('-', "%2D"))
}

/// Whether an address is one of the web. Any other scheme could run something.
fn is_web(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https")) && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_has_the_words_and_nothing_that_commands() {
        assert_eq!(text_fragment("re-opened,\u{202E} 5%"), "#:~:text=re%2Dopened%2C%205%25");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (url, is_link) in [
            ("https://example.org/a?b#c", true),
            ("HTTP://EXAMPLE.ORG", true),
            ("javascript:alert(1)", false),
            ("JavaScript:alert(1)", false),
            (" javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("data:text/html,x", false),
            ("http://a\nb", false),
            ("//example.org", false),
            ("example.org", false),
            ("", false),
        ] {
            assert_eq!(is_web(url), is_link, "{url}");
        }
    }
}
