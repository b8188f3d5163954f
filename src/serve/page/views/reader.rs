//! One document to be read: its passages with what matched, the days it speaks of, and why it has its date.

use std::ops::Range;

use maud::{Markup, html};

use super::aside::aside;
use super::cite::cite;
use super::reading::{Reading, number_at, overlap, parameters_here};
use super::view::{View, unknown};
use crate::serve::page::parts::hits::{day, doubts, titled};
use crate::serve::page::parts::marks::{Span, harmless, marked, paragraphs};
use crate::serve::page::parts::visit::{PART, Visit};
use crate::serve::page::parts::words::Word;
use crate::serve::parameters::HITS;
use crate::serve::problem::Problem;
use crate::{Hit, Index, Passage};

pub(in super::super) fn reader(visit: &Visit<'_>, index: &Index, id: &str) -> Result<View, Problem> {
    let reading = Reading::new(visit, index, id)?;
    let title = titled(visit, reading.document.title.as_deref());
    let cited = visit.parameters.has("cite").then(|| visit.parameters.place("cite")).transpose()?;
    let trail = trail(visit, index, &reading)?;
    let main = html! {
        (trail)
        article aria-labelledby="t" {
            (head(visit, &reading))
            @if let Some(passage) = cited { (cite(visit, index, &reading, passage)?) }
            div.cols {
                div.doc {
                    (pager(visit, &reading))
                    (elsewhere(visit, &reading, false))
                    @if reading.passages.is_empty() { p.row { span.lead {} span { (visit.say(Word::NoText)) } } }
                    @for passage in &reading.passages[reading.shown.clone()] { (para(visit, &reading, passage)) }
                    (elsewhere(visit, &reading, true))
                    (pager(visit, &reading))
                }
                aside.side aria-label=(visit.say(Word::AboutDocument)) { (aside(visit, &reading)) }
            }
        }
    };
    Ok(View { title, main })
}

/// The way back to the results, and on to the next of them.
fn trail(visit: &Visit<'_>, index: &Index, reading: &Reading) -> Result<Markup, Problem> {
    let rank = visit.parameters.place("rank")?.unwrap_or_default();
    let view = visit.view();
    let mut around = Vec::new();
    let mut total = 0;
    let mut page = view.clone();
    if rank > 0 {
        // The list is asked for again, since no state but the address is kept.
        let search = view.search(index)?.0;
        let limit = view.number("limit")?.filter(|limit| *limit > 0).unwrap_or(HITS);
        let results = search.clone().offset(rank.saturating_sub(2)).limit(3).run()?;
        (total, around) = (results.distinct, results.hits);
        // The page of the list that has this hit follows the last hit of the page before.
        let before = (rank - 1) / limit * limit;
        if before > 0 && before < total as usize {
            let last = search.offset(before - 1).limit(1).run()?;
            if let Some(next) = last.next {
                page = page.with("after", &view.cursor_text(index, next)?);
            }
        }
    }
    let is_here = around.iter().any(|hit| hit.id == reading.document.id && hit.rank == rank as u64);
    let neighbour = |rank: usize| around.iter().find(|hit| is_here && hit.rank == rank as u64);
    let link = |hit: &Hit| {
        let best = hit.passages.first().map(|passage| passage.number);
        visit.document(&hit.id, best, &view.with("rank", &hit.rank.to_string()))
    };
    let number = |number: u64| visit.locale.number(number);
    Ok(html! {
        nav.trail.row aria-label=(visit.say(Word::Results)) {
            span.lead { a #back href={ (visit.href("/search", &page)) @if is_here { "#h" (rank) } } { (visit.say(Word::BackToResults)) } }
            div.wide.trail-in {
                @if is_here {
                    span {
                        (visit.fill(Word::ResultOf, &[("a", &number(rank as u64)), ("n", &number(total))]))
                        @if !visit.question().is_empty() { " " q dir="auto" { (harmless(visit.question())) } }
                    }
                    span.units {
                        @if let Some(hit) = neighbour(rank - 1) { a #previous rel="prev" href=(link(hit)) { (visit.say(Word::Previous)) } " " }
                        @if let Some(hit) = neighbour(rank + 1) { a #next rel="next" href=(link(hit)) { (visit.say(Word::Next)) } }
                    }
                }
            }
        }
    })
}

fn head(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let document = &reading.document;
    let matches = reading.marks.len() as u64;
    let first = reading.marks.first().and_then(|mark| number_at(reading, mark.start));
    let title = document.title.as_deref().unwrap_or_default();
    let marks: Vec<Range<usize>> = reading.hit.title_highlights.iter().map(|mark| mark.bytes.clone()).collect();
    let lang = document.language.map(crate::Language::code);
    html! {
        header.head.row {
            p.lead.when-who { (day(visit, document.dated.date())) (doubts(visit, &document.dated)) }
            div {
                h1 #t dir="auto" lang=[lang] tabindex="-1" {
                    @if title.trim().is_empty() { (visit.say(Word::Untitled)) } @else { (marked(title, 0..title.len(), marks.iter())) }
                }
                (kicker(visit, reading, matches, first))
                (unknown(visit))
            }
        }
    }
}

fn kicker(visit: &Visit<'_>, reading: &Reading, matches: u64, first: Option<u32>) -> Markup {
    let document = &reading.document;
    let parameters = visit.view();
    let cited = visit.parameters.get("cite").map_or_else(|| first.unwrap_or(1).to_string(), str::to_owned);
    html! {
        p.kicker {
            @if let Some(source) = document.attribution.source() {
                a href=(visit.href("/search", &parameters.with("source", source.as_str()))) { bdi { (harmless(source.as_str())) } } " "
            } @else { span.soft { (visit.say(Word::NoSource)) } " " }
            @if let Some(byline) = &document.attribution.byline { span { (visit.put(Word::By, &[("name", html! { (harmless(&byline.name)) })])) } " " }
            @if let Some(agency) = &document.attribution.agency { span { (visit.put(Word::Agency, &[("name", html! { (harmless(&agency.name)) })])) } " " }
            a.cite-link href={ (visit.document(&document.id, None, &parameters_here(visit).with("cite", &cited))) "#cite" } { (visit.say(Word::Cite)) } " "
            @if !visit.question().trim().is_empty() {
                @match first {
                    Some(number) => a href=(visit.document(&document.id, Some(number), &parameters_here(visit).without("part", None))) { (visit.count(Word::Matches, matches)) },
                    None => span.soft { (visit.say(Word::NoMatch)) },
                }
            }
        }
    }
}

fn para(visit: &Visit<'_>, reading: &Reading, passage: &Passage) -> Markup {
    let range = passage.range();
    let text = reading.document.text.get(range.clone()).unwrap_or_default();
    let number = passage.number().to_string();
    let near = |bytes: &Range<usize>| overlap(bytes, &range);
    let marks: Vec<Range<usize>> = reading.marks.iter().filter(|mark| near(mark)).cloned().collect();
    let spans: Vec<Span> = reading.spans.iter().filter(|span| near(&span.bytes)).cloned().collect();
    let cite = parameters_here(visit).with("cite", &number);
    html! {
        div.para.row #{ "p" (number) } {
            p.lead {
                a.no href=(visit.document(&reading.document.id, Some(passage.number()), &parameters_here(visit))) aria-label=(visit.fill(Word::Passage, &[("n", &number)])) { (number) }
                " " a.cite-passage href={ (visit.document(&reading.document.id, None, &cite)) "#cite" } { (visit.say(Word::Cite)) span.sr { ": " (visit.fill(Word::Passage, &[("n", &number)])) } }
            }
            div.text lang=[reading.document.language.map(crate::Language::code)] { (paragraphs(text, range.start, &marks, &spans)) }
        }
    }
}

/// A link to the nearest match before or after the part that is shown.
fn elsewhere(visit: &Visit<'_>, reading: &Reading, later: bool) -> Markup {
    let numbers = reading.marks.iter().filter_map(|mark| number_at(reading, mark.start));
    let number = match later {
        true => numbers.filter(|number| *number as usize > reading.shown.end).min(),
        false => numbers.filter(|number| *number as usize <= reading.shown.start).max(),
    };
    let (id, word) = if later { ("later-match", Word::LaterMatch) } else { ("earlier-match", Word::EarlierMatch) };
    html! {
        @if let Some(number) = number {
            p.pager.row { span.lead {} a #(id) href=(visit.document(&reading.document.id, Some(number), &parameters_here(visit))) {
                (visit.fill(word, &[("n", &visit.locale.number(number.into()))]))
            } }
        }
    }
}

/// Links to the other parts of a long document.
fn pager(visit: &Visit<'_>, reading: &Reading) -> Markup {
    let all = reading.passages.len();
    let number = |number: usize| visit.locale.number(number as u64);
    let (first, last) = (reading.shown.start, reading.shown.end);
    let link = |at: usize| visit.document(&reading.document.id, Some(at as u32 + 1), &parameters_here(visit));
    html! {
        @if all > reading.shown.len() {
            nav.pager.row aria-label=(visit.say(Word::Pages)) { span.lead {} p.units {
                @if first > 0 { a href=(link(first - PART as usize)) { (visit.say(Word::EarlierPassages)) } " " }
                span { (visit.fill(Word::PassagesShown, &[("a", &number(first + 1)), ("b", &number(last)), ("n", &number(all))])) } " "
                @if last < all { a href=(link(last)) { (visit.say(Word::LaterPassages)) } }
            } }
        }
    }
}
