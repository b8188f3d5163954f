//! Two documents word by word.

use maud::{Markup, html};

use super::view::View;
use crate::serve::page::parts::hits::{diff_path, titled, when_who};
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::problem::Problem;
use crate::{Change, Document, Index, TextDiff};

/// The words of an unchanged stretch that are shown at its ends; what stands between is folded away.
const AROUND: usize = 300;

pub(in super::super) fn diff(visit: &Visit<'_>, index: &Index, old: &str, new: &str) -> Result<View, Problem> {
    let (old, new) = (crate::serve::named::document(index, old)?, crate::serve::named::document(index, new)?);
    let diff = TextDiff::of(&old.text, &new.text);
    let is_same = diff.changes.iter().all(|change| change.same);
    let main = html! {
        section.read.row {
            p.lead { a #back href=(visit.document(&new.id, None, &visit.conditions())) { (visit.say(Word::BackToDocument)) } }
            div.wide {
                h1 tabindex="-1" { (visit.say(Word::DiffTitle)) }
                p.note {
                    @if is_same { (visit.say(Word::DiffSame)) } @else { (visit.say(Word::DiffKey)) } " "
                    a.do href=(visit.href(&diff_path(&new.id, &old.id), &visit.conditions())) { (visit.say(Word::SwapThem)) }
                }
            }
        }
        (side(visit, &old, Word::DiffOld)) (side(visit, &new, Word::DiffNew))
        @if !diff.figures.is_empty() {
            div.row { section.block.wide {
                h2 { (visit.say(Word::DiffFigures)) }
                ul.figures { @for figure in &diff.figures {
                    li { del { bdi { (harmless(&figure.old)) } } " → " ins { bdi { (harmless(&figure.new)) } } }
                } }
            } }
        }
        div.row { div.text.diff dir="auto" lang=[new.language.map(crate::Language::code)] {
            @for change in &diff.changes { (stretch(change, &old, &new)) }
        } }
    };
    Ok(View { title: visit.say(Word::DiffTitle).to_owned(), main })
}

fn side(visit: &Visit<'_>, document: &Document, word: Word) -> Markup {
    html! {
        div.hit.row {
            div.lead { (when_who(visit, &document.dated, document.attribution.source().as_ref())) }
            div {
                p.soft { (visit.say(word)) }
                h2.title dir="auto" { a href=(visit.document(&document.id, None, &visit.conditions())) { (titled(visit, document.title.as_deref())) } }
            }
        }
    }
}

fn stretch(change: &Change, old: &Document, new: &Document) -> Markup {
    let text = |document: &Document, range: &std::ops::Range<usize>| {
        harmless(document.text.get(range.clone()).unwrap_or_default())
    };
    let (before, after) = (text(old, &change.old), text(new, &change.new));
    html! {
        @if change.same { (same(&after)) } @else {
            @if !before.trim().is_empty() { del { (before) } " " }
            @if !after.trim().is_empty() { ins { (after) } " " }
        }
    }
}

/// A stretch that is the same in both; the middle of a long one is folded away.
fn same(text: &str) -> Markup {
    let ends = (text.len() > 3 * AROUND).then(|| {
        let head = (0..=AROUND).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let tail = (text.len() - AROUND..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        (head, tail)
    });
    html! {
        @match ends {
            None => (text),
            Some((head, tail)) => {
                (&text[..head])
                details.same { summary { "…" } (&text[head..tail]) }
                (&text[tail..])
            }
        }
    }
}
