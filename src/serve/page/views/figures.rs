//! The numbers that are given for a thing, each with who gives it and when.

use maud::{Markup, html};

use super::view::{View, head};
use crate::serve::page::parts::hits::{ranges, source_or_none};
use crate::serve::page::parts::marks::{harmless, marked};
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::page::parts::{days, place};
use crate::serve::problem::Problem;
use crate::{DateRange, FigureGroup, FigurePassage, FigureSource, FiguresReport, Index};

/// The numbers and the sentences for each that are listed.
const LISTED: usize = 40;

pub(in super::super) fn figures(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let title = visit.say(Word::FiguresTitle);
    if visit.question().trim().is_empty() {
        let main = html! { section.read.row { div.wide { h1 tabindex="-1" { (title) } p.note { (visit.say(Word::NeedWords)) } } } };
        return Ok(View { title: title.to_owned(), main });
    }
    let (search, said) = visit.parameters.conditions(index, visit.question())?;
    let limit = visit.parameters.number("limit")?.unwrap_or(LISTED);
    let report = search.limit(limit).passages(2).figures()?;
    let below = html! {
        @if report.figures.is_empty() { (visit.say(Word::NoFigures)) } @else { (visit.say(Word::FiguresIntro)) " " (side_by_side(visit, &report)) }
    };
    let main = html! {
        (head(visit, (&report.read_as, &said, &report.notes), title, &below))
        @for group in &report.figures { (self::group(visit, group)) }
        @if report.figures_left_out > 0 { div.row { p.note { (visit.count(Word::MoreFigures, report.figures_left_out)) } } }
    };
    Ok(View { title: title.to_owned(), main })
}

/// The most given numbers as terms of a comparison.
fn side_by_side(visit: &Visit<'_>, report: &FiguresReport) -> Markup {
    let start = visit.conditions().without("q", None);
    let told = report.figures.iter().take(4).filter_map(|group| group.passages.first());
    let terms =
        told.fold(start, |terms, passage| terms.plus("q", &format!("\"{}\"", passage.written.replace('"', " "))));
    html! {
        @if report.figures.len() > 1 {
            a.do href=(visit.href("/compare", &terms.with("near", visit.question()))) { (visit.say(Word::SideBySide)) }
        }
    }
}

fn group(visit: &Visit<'_>, group: &FigureGroup) -> Markup {
    html! {
        section.figure.row {
            h2.lead.number { bdi lang="en" { (harmless(&group.text)) } }
            div {
                p.soft { (visit.count(Word::Documents, group.documents)) (visit.comma()) (visit.say(Word::GivenBy)) ": "
                    @for (at, source) in group.sources.iter().enumerate() { @if at > 0 { "; " } (self::source(visit, source)) }
                }
                @for passage in &group.passages { (self::passage(visit, passage)) }
            }
        }
    }
}

fn source(visit: &Visit<'_>, source: &FigureSource) -> Markup {
    let range = DateRange::new(source.first, source.last);
    let name = source_or_none(visit, source.source.as_ref());
    html! {
        bdi { (name) }
        @match days::range(visit.locale, range) { Some(days) => { (visit.comma()) (days) } None => { (visit.comma()) (visit.say(Word::Undated)) } }
    }
}

fn passage(visit: &Visit<'_>, passage: &FigurePassage) -> Markup {
    let (id, number) = match passage.id.rsplit_once('#') {
        Some((id, number)) => (id, number.parse().ok()),
        None => (passage.id.as_str(), None),
    };
    let source = passage.source.as_ref().map(|source| harmless(source.as_str()));
    let line = passage.line.map(|line| visit.fill(Word::LineAt, &[("n", &line.to_string())]));
    html! {
        p.passage dir="auto" { (marked(&passage.text, 0..passage.text.len(), ranges(&passage.highlights).iter())) }
        p.foot {
            span.place {
                a href=(visit.document(id, number, &visit.conditions())) { @if let Some(source) = source { bdi { (source) } (visit.comma()) } (days::date_or_none(visit.locale, passage.date)) }
                @if let Some(locator) = passage.locator() { " · " (place::file(&locator)) }
                @if let Some(line) = line { (visit.comma()) (line) }
            }
        }
    }
}
