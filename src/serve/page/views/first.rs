//! Who printed it first, as far as dates show, and who may have been earlier.

use maud::{Markup, html};

use super::view::{View, head};
use crate::serve::page::parts::hits::{article, diff_path, titled, when_who};
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::problem::Problem;
use crate::{FirstDocument, FirstReport, Index};

/// The earliest documents that are listed.
const LISTED: usize = 5;

pub(in super::super) fn first(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, said) = visit.parameters.conditions(index, visit.question())?;
    let report = search.limit(visit.parameters.number("limit")?.unwrap_or(LISTED)).passages(1).first()?;
    let title = visit.say(Word::FirstTitle);
    let below = html! {
        @if report.total == 0 { (visit.say(Word::NothingFound)) } @else {
            (visit.say(Word::FirstIntro)) " "
            a href=(visit.href("/search", &visit.conditions().with("sort", "oldest"))) { (visit.count(Word::Documents, report.total)) }
        }
    };
    let main = html! {
        (head(visit, (&report.read_as, &said, &report.notes), title, &below))
        @if !report.documents.is_empty() { h2.sr { (visit.say(Word::Results)) } }
        ol.hits { @for document in &report.documents { li { (article(visit, &document.hit, &origin(visit, document))) } } }
        (uncertain(visit, &report))
    };
    Ok(View { title: title.to_owned(), main })
}

/// Whose text it is.
fn origin(visit: &Visit<'_>, document: &FirstDocument) -> Markup {
    let encoded = |id: &str| visit.document(id, None, &visit.conditions());
    html! {
        p.said {
            @match &document.copy_of {
                None => (visit.say(Word::Independent)),
                Some(copy) => {
                    (visit.say(Word::TextFrom)) " " a href=(encoded(&copy.id)) { code dir="ltr" { (copy.id) } }
                    " (" (copy.share) "%) · "
                    a href=(visit.href(&diff_path(&copy.id, &document.hit.id), &visit.conditions())) { (visit.say(Word::EachChange)) }
                }
            }
        }
    }
}

fn uncertain(visit: &Visit<'_>, report: &FirstReport) -> Markup {
    let kinds = [
        (report.coarse, Word::CoarseEarlier),
        (report.conflicting, Word::ConflictingEarlier),
        (report.undated, Word::UndatedEarlier),
    ];
    let told: Vec<String> =
        kinds.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| visit.count(word, number)).collect();
    html! {
        @if !told.is_empty() {
            div.row { section.block.wide {
                h2 { (visit.say(Word::MayBeEarlier)) }
                ul.why { @for words in &told { li { (words) } } }
            } }
            @for document in &report.uncertain {
                div.hit.row {
                    div.lead { (when_who(visit, &document.dated, document.source.as_ref())) }
                    div { h3 dir="auto" { a href=(visit.document(&document.id, None, &visit.conditions())) { (titled(visit, document.title.as_deref())) } } }
                }
            }
        }
    }
}
