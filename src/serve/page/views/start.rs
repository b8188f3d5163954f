//! The first page: what the archive is, when it is from, who is in it.

use maud::{Markup, html};

use super::search::further;
use super::view::{View, unknown};
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::steps::{Drawing, counted};
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::page::parts::{days, timeline, tree};
use crate::serve::problem::Problem;
use crate::{DateRange, Index, Results};

pub(in super::super) fn start(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, _) = visit.parameters.search(index)?;
    let drawing = Drawing::of(visit.parameters)?;
    let counts = search.clone().limit(0).run()?;
    let steps = counted(visit, &search, counts.first.zip(counts.last), drawing)?;
    let archive = harmless(&visit.context.archive);
    let main = html! {
        section.front.row {
            div.wide {
                h1 { bdi { (archive) } }
                p.span {
                    @if counts.total == 0 { (visit.say(Word::StartEmpty)) } @else { (span(visit, &counts)) }
                }
                (unknown(visit))
            }
        }
        @if counts.total > 0 {
            (timeline::figure(visit, &steps, drawing, 0))
            div.row { div.wide.start {
                section.block {
                    h2 { (visit.say(Word::HowToAsk)) }
                    (examples(visit))
                }
                section.block #sources { h2 { (visit.say(Word::Sources)) } (tree::beside(visit, &counts.sources)) }
                section.block { h2 { (visit.say(Word::AskFurther)) } (further(visit)) }
            } }
        }
    };
    Ok(View { title: visit.say(Word::TheArchive).to_owned(), main })
}

/// How much there is, from whom, of which days.
fn span(visit: &Visit<'_>, counts: &Results) -> Markup {
    let range = DateRange::new(counts.first, counts.last);
    let told = days::range(visit.locale, range).unwrap_or_else(|| visit.say(Word::Undated).to_owned());
    let documents = visit.count(Word::Documents, counts.total);
    let sources = visit.count(Word::FromSources, counts.sources.len() as u64);
    let places = [("documents", documents.as_str()), ("sources", sources.as_str()), ("days", told.as_str())];
    html! {
        (visit.fill(Word::StartSpan, &places))
        @if counts.undated > 0 { " " (visit.count(Word::StartUndated, counts.undated)) }
    }
}

/// The language of questions by example. None of them is a link, since nobody knows which words an archive has.
pub(super) fn examples(visit: &Visit<'_>) -> Markup {
    let rows = [
        ("\"harbour fire\"", Word::AskPhrase),
        ("fire OR flood", Word::AskOr),
        ("fire -insurance", Word::AskNot),
        ("firefight*", Word::AskPrefix),
        ("boats NEAR/5 lost", Word::AskNear),
        ("title:fire", Word::AskTitle),
        ("source:courier", Word::AskSource),
        ("date:1992-02..1992-04", Word::AskDays),
        ("about:1992-02-26", Word::AskAbout),
    ];
    html! {
        p { (visit.say(Word::AskExamples)) }
        dl.asking {
            @for (typed, word) in rows { dt { code dir="ltr" { (typed) } } dd { (visit.say(word)) } }
        }
    }
}
