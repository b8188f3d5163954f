//! Who took over what: the texts of an answer that stand in several documents, and all copies of one document.

use maud::{Markup, html};

use super::view::{View, head};
use crate::serve::page::parts::hits::{copies_path, diff_path, differing, other, standing, titled, when_who};
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::parameters::MOST;
use crate::serve::problem::Problem;
use crate::{Copied, CopyReport, Index, Story};

/// The copies that are named under one text.
const NAMED: usize = 12;
/// The figures that are named with one of them.
const FIGURES: usize = 4;

pub(in super::super) fn copies(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, said) = visit.parameters.conditions(index, visit.question())?;
    let limit = visit.parameters.number("limit")?.unwrap_or(10);
    let report = search.limit(limit).copies(NAMED).copy_report()?;
    let title = visit.say(Word::CopiesTitle);
    let below = html! { (summary(visit, &report)) };
    let main = html! {
        (head(visit, (&report.read_as, &said, &report.notes), title, &below))
        @for story in &report.listed { (self::story(visit, story)) }
        @if (report.listed.len() as u64) < report.stories && limit < MOST {
            @let more = visit.here().with("limit", &(limit + 20).min(MOST).to_string());
            p.more.row { span.lead {} a.button href=(visit.href("/copies", &more)) { (visit.say(Word::More)) } }
        }
    };
    Ok(View { title: title.to_owned(), main })
}

fn summary(visit: &Visit<'_>, report: &CopyReport) -> String {
    match report.stories {
        0 => visit.say(Word::NoCopies).to_owned(),
        stories => format!("{}, {}", visit.count(Word::Documents, report.total), visit.count(Word::Stories, stories)),
    }
}

fn story(visit: &Visit<'_>, story: &Story) -> Markup {
    let lead = &story.lead;
    let more = story.copied.saturating_sub(story.copies.len() as u64);
    html! {
        article.hit.row {
            div.lead { (when_who(visit, &lead.dated, lead.source.as_ref())) }
            div {
                h2.title dir="auto" { a href=(visit.document(&lead.id, None, &visit.conditions())) { (titled(visit, lead.title.as_deref())) } }
                p.soft { (visit.say(Word::EarliestOfStory)) }
                ul.apparatus {
                    @for copied in &story.copies { (row(visit, &lead.id, copied)) }
                    @if more > 0 { li { span {} span { a href=(visit.href(&copies_path(&lead.id), &visit.conditions())) { (visit.fill(Word::AndMore, &[("n", &visit.locale.number(more))])) } } } }
                }
            }
        }
    }
}

fn row(visit: &Visit<'_>, lead: &str, copied: &Copied) -> Markup {
    let sign = if copied.figures.is_empty() { "=" } else { "≠" };
    html! {
        li {
            span.sign aria-hidden="true" { (sign) }
            span {
                (other(visit, copied)) " · " (visit.fill(Word::ShareOfIt, &[("n", &copied.share.to_string())]))
                @if !copied.figures.is_empty() {
                    " · " (visit.say(Word::FiguresDiffer)) " "
                    (differing(&copied.figures, FIGURES))
                }
                " · " a href=(visit.href(&diff_path(lead, &copied.id), &visit.conditions())) { (visit.say(Word::EachChange)) }
            }
        }
    }
}

/// All documents that share a document's text.
pub(in super::super) fn of_one(visit: &Visit<'_>, index: &Index, id: &str) -> Result<View, Problem> {
    let document = crate::serve::named::document(index, id)?;
    let (search, _) = visit.parameters.conditions(index, visit.question())?;
    let found = search.collapse_copies(true).copies(usize::MAX).read(&document.id)?;
    let others: Vec<Copied> = found.map(|hit| hit.copies.into_iter().chain(hit.versions).collect()).unwrap_or_default();
    let title = visit.say(Word::CopiesOfOne);
    let link = visit.document(&document.id, None, &visit.conditions());
    let main = html! {
        section.read.row {
            div.lead { (when_who(visit, &document.dated, document.attribution.source().as_ref())) }
            div.wide {
                h1 tabindex="-1" { (title) }
                p.note { a href=(link) dir="auto" { (titled(visit, document.title.as_deref())) } }
                @if others.is_empty() { p.note { (visit.say(Word::NoCopies)) } }
            }
        }
        @if !others.is_empty() {
            div.row { div.wide.scroll tabindex="0" role="group" aria-label=(title) { table {
                thead { tr {
                    th scope="col" { (visit.say(Word::Document)) } th scope="col" { (visit.say(Word::Relation)) }
                    th scope="col" { (visit.say(Word::DiffFigures)) } th scope="col" { (visit.say(Word::DiffTitle)) }
                } }
                tbody { @for copied in &others { (table_row(visit, &document.id, copied)) } }
            } } }
        }
    };
    Ok(View { title: title.to_owned(), main })
}

fn table_row(visit: &Visit<'_>, id: &str, copied: &Copied) -> Markup {
    html! {
        tr {
            th scope="row" { (other(visit, copied)) br; span.soft dir="auto" { (titled(visit, copied.title.as_deref())) } }
            td { (visit.say(standing(copied.relation))) (visit.comma()) (visit.fill(Word::ShareOfIt, &[("n", &copied.share.to_string())])) }
            td { (differing(&copied.figures, usize::MAX)) }
            td { a href=(visit.href(&diff_path(id, &copied.id), &visit.conditions())) { (visit.say(Word::EachChange)) } }
        }
    }
}
