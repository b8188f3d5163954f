//! About the archive and these pages, what could not be read, and all sources.

use maud::{Markup, html};

use super::start::examples;
use super::view::{View, notes, unknown};
use crate::serve::page::parts::chips::chips;
use crate::serve::page::parts::days;
use crate::serve::page::parts::frame::key_list;
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::place;
use crate::serve::page::parts::tree;
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;
use crate::serve::problem::Problem;
use crate::{DateRange, Index, Info};

/// The files passed over that one page lists.
const LISTED: usize = 500;

pub(in super::super) fn about(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let info = index.info()?;
    let title = visit.say(Word::AboutTitle);
    let main = html! {
        section.read.row {
            p.lead.soft { (visit.say(Word::NavAbout)) }
            div.wide { h1 tabindex="-1" { (title) } p.note { (visit.say(Word::AboutPage)) } (unknown(visit)) }
        }
        div.row {
            section.wide.block { h2 { (visit.say(Word::Holds)) } (holds(visit, &info)) }
            section.wide.block #ask-how tabindex="-1" { h2 { (visit.say(Word::HowToAsk)) } (examples(visit)) }
            section.wide.block #keys-list { h2 { (visit.say(Word::Keys)) } p { (visit.say(Word::KeysList)) } (key_list(visit)) }
        }
    };
    Ok(View { title: title.to_owned(), main })
}

fn holds(visit: &Visit<'_>, info: &Info) -> Markup {
    let number = |number: u64| visit.locale.number(number);
    let span = days::range(visit.locale, DateRange::new(info.first, info.last));
    html! {
        dl.facts {
            dt { (visit.say(Word::Document)) } dd { (number(info.documents)) }
            dt { (visit.say(Word::Undated)) } dd { a href=(visit.href("/dates", &visit.bare().with("doubtful", "undated"))) { (number(info.undated)) } }
            dt { (visit.say(Word::Sources)) } dd { a href=(visit.href("/sources", &visit.bare())) { (number(info.sources)) } }
            dt { (visit.say(Word::Files)) } dd { (number(info.files)) }
            dt { (visit.say(Word::NotRead)) } dd { a href=(visit.href("/skipped", &visit.bare())) { (number(info.skipped)) } }
            @if let Some(span) = span { dt { (visit.say(Word::Span)) } dd { (span) } }
            dt { (visit.say(Word::Languages)) } dd {
                @for (at, language) in info.languages.iter().enumerate() { @if at > 0 { (visit.comma()) } (engine(&language.language)) " " span.count { (number(language.documents)) } }
            }
            dt { (visit.say(Word::IndexFormat)) } dd { (info.format) }
        }
    }
}

pub(in super::super) fn skipped(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let skipped = index.skipped()?;
    let title = visit.say(Word::SkippedTitle);
    let count = skipped.len();
    let main = html! {
        section.read.row {
            p.lead.soft { (visit.say(Word::NotRead)) }
            div.wide {
                h1 tabindex="-1" { (title) }
                p.note { @if count == 0 { (visit.say(Word::SkippedNone)) } @else { (visit.count(Word::SkippedCount, count as u64)) "." } }
                @if count > LISTED {
                    p.note { (visit.fill(Word::ListedOf, &[("a", &visit.locale.number(LISTED as u64)), ("n", &visit.locale.number(count as u64))])) " "
                        a.do href="/api/v1/skipped" { (visit.say(Word::ForPrograms)) } }
                }
                (unknown(visit))
            }
        }
        @if count > 0 {
            div.row { div.wide.scroll tabindex="0" role="group" aria-label=(title) { table {
                thead { tr { th scope="col" { (visit.say(Word::Place)) } th scope="col" { (visit.say(Word::Reason)) } } }
                tbody { @for skipped in skipped.iter().take(LISTED) {
                    tr {
                        th scope="row" {
                            (place::file(&skipped.locator()))
                            @if let Some(line) = skipped.line { (visit.comma()) (visit.fill(Word::LineAt, &[("n", &line.to_string())])) }
                        }
                        td { (engine(&skipped.reason)) }
                    }
                } }
            } } }
        }
    };
    Ok(View { title: title.to_owned(), main })
}

pub(in super::super) fn sources(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, said) = visit.parameters.conditions(index, visit.question())?;
    let report = search.source_report()?;
    let by_name = visit.parameters.choice("order", &["count", "name"])? == Some(1);
    let title = visit.say(Word::Sources);
    let conditions = visit.conditions();
    let main = html! {
        section.read.row aria-label=(title) {
            p.lead.soft { (visit.say(Word::ReadAs)) }
            div.wide {
                p.as { (engine(&report.read_as)) }
                (unknown(visit)) (notes(&said, &report.notes))
                h1 tabindex="-1" { (visit.count(Word::Documents, report.total)) (visit.comma()) (visit.count(Word::FromSources, report.sources.len() as u64)) }
                (chips(visit))
                p.units role="group" aria-label=(visit.say(Word::Order)) {
                    a href=(visit.href("/sources", &conditions)) aria-current=[(!by_name).then_some("true")] { (visit.say(Word::ByCount)) } " "
                    a href=(visit.href("/sources", &conditions.with("order", "name"))) aria-current=[by_name.then_some("true")] { (visit.say(Word::ByName)) }
                }
            }
        }
        div.row { div.all-sources { (tree::all(visit, &report.sources, by_name)) } }
        @if !report.alike.is_empty() {
            div.row { section.block #alike {
                h2 { (visit.say(Word::LookAlike)) }
                p.note { (visit.say(Word::LookAlikeHow)) }
                @for group in &report.alike { pre dir="ltr" tabindex="0" { (harmless(&group.to_alias())) } }
            } }
        }
    };
    Ok(View { title: title.to_owned(), main })
}
