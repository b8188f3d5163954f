//! The answer to a question: how it was read, the timeline, the hits, their sources.

use maud::{Markup, html};

use super::view::{View, notes, shown_notes, unknown};
use crate::serve::page::parts::chips::chips;
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::steps::{Drawing, counted};
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;
use crate::serve::page::parts::{hits, timeline, tree};
use crate::serve::problem::Problem;
use crate::{Index, Note, NoteKind, Results};

/// The words that the box offers.
const OFFERED: usize = 8;

pub(in super::super) fn search(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, mut said) = visit.parameters.search(index)?;
    let drawing = Drawing::of(visit.parameters)?;
    let results = search.clone().run()?;
    let steps = counted(visit, &search, results.first.zip(results.last), drawing)?;
    let next = match results.next {
        Some(next) => Some(visit.here().with("after", &visit.parameters.cursor_text(index, next)?)),
        None => None,
    };
    let more = next.map(|parameters| visit.href("/search", &parameters));
    said.extend(results.notes.iter().cloned());
    let count = sentence(visit, &results);
    let title = match visit.question() {
        "" => count.clone(),
        question => format!("{}: {count}", harmless(question)),
    };
    let main = html! {
        (further_words(visit, index)?)
        section #read .read .row aria-label=(visit.say(Word::TheAnswer)) {
            p.lead.soft { (visit.say(Word::ReadAs)) }
            div.wide {
                p.as { (engine(&results.read_as)) }
                (unknown(visit))
                @let (why, beside): (Vec<Note>, Vec<Note>) = said.into_iter().partition(|note| note.kind == NoteKind::WhyEmpty);
                (shown_notes(&beside))
                (heading(visit, &results, &count))
                @if !why.is_empty() {
                    h2 { (visit.say(Word::WhyNothing)) }
                    ul.why { @for note in &why { li { (engine(&note.message)) } } }
                }
                (left_out(visit, &results))
                (chips(visit))
            }
        }
        @if steps.timeline.total > 0 { (timeline::figure(visit, &steps, drawing, results.undated_left_out)) }
        @if results.total > 0 { (found(visit, &results, more.as_deref())) }
    };
    Ok(View { title, main })
}

/// What the last word of the question may become, as the box offers it: the whole question each time. Where there is
/// none the list is there all the same, because the box names it.
fn further_words(visit: &Visit<'_>, index: &Index) -> Result<Markup, Problem> {
    let question = visit.question();
    let last: usize = question.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let (before, last) = question.split_at(question.len() - last);
    let words = index.words_from(last, OFFERED + 1)?;
    Ok(html! {
        datalist #words {
            @for word in words.iter().filter(|word| *word != last).take(OFFERED) {
                option value=(format!("{before}{word}")) {}
            }
        }
    })
}

/// `11 documents, 9 of them distinct, from 7 sources`.
fn sentence(visit: &Visit<'_>, results: &Results) -> String {
    if results.total == 0 {
        return visit.say(Word::NothingFound).to_owned();
    }
    let mut parts = vec![visit.count(Word::Documents, results.total)];
    if results.distinct < results.total {
        parts.push(visit.fill(Word::Distinct, &[("n", &visit.locale.number(results.distinct))]));
    }
    if !results.sources.is_empty() {
        parts.push(visit.count(Word::FromSources, results.sources.len() as u64));
    }
    parts.join(visit.comma())
}

fn heading(visit: &Visit<'_>, results: &Results, count: &str) -> Markup {
    html! {
        h1 #answer tabindex="-1" {
            (count)
            @if results.sources.len() > 1 { " " a.skip.sr href="#sources" { (visit.say(Word::SkipToSources)) } }
            @if results.total > 0 { " " a.skip.sr href="#results" { (visit.say(Word::SkipToResults)) } }
        }
    }
}

/// That documents without a date were left out, and how to have them.
fn left_out(visit: &Visit<'_>, results: &Results) -> Markup {
    let without = ["from", "to", "on"].into_iter().fold(visit.view(), |kept, name| kept.without(name, None));
    html! {
        @if results.undated_left_out > 0 {
            p.note {
                (visit.count(Word::UndatedLeftOut, results.undated_left_out)) " "
                a.do href=(visit.href("/search", &without)) { (visit.say(Word::WithoutDays)) }
            }
        }
    }
}

/// The hits and what stands beside them.
fn found(visit: &Visit<'_>, results: &Results, more: Option<&str>) -> Markup {
    html! {
        div.results {
            (bar(visit, results))
            div.cols {
                div {
                    (hits::list(visit, &results.hits))
                    @if let Some(more) = more { p.more.row { span.lead {} a.button href=(more) rel="next" { (visit.say(Word::More)) } } }
                }
                aside #sources .side tabindex="-1" aria-label=(visit.say(Word::Sources)) { (side(visit, results)) }
            }
        }
    }
}

fn bar(visit: &Visit<'_>, results: &Results) -> Markup {
    let parameters = visit.view();
    let sort = visit.parameters.get("sort").unwrap_or("best");
    let (first, last) = (results.hits.first().map_or(0, |hit| hit.rank), results.hits.last().map_or(0, |hit| hit.rank));
    let number = |number: u64| visit.locale.number(number);
    let shown = [("a", number(first)), ("b", number(last)), ("n", number(results.distinct))];
    let shown: Vec<(&str, &str)> = shown.iter().map(|(name, text)| (*name, text.as_str())).collect();
    html! {
        div.bar {
            h2 #results tabindex="-1" { span.sr { (visit.say(Word::Results)) ": " } (visit.fill(Word::Shown, &shown)) }
            span.units role="group" aria-label=(visit.say(Word::Order)) {
                @for (name, word) in [("best", Word::BestFirst), ("oldest", Word::OldestFirst), ("newest", Word::NewestFirst)] {
                    @let href = visit.href("/search", &if name == "best" { parameters.without("sort", None) } else { parameters.with("sort", name) });
                    a href=(href) aria-current=[(name == sort).then_some("true")] { (visit.say(word)) } " "
                }
            }
        }
    }
}

fn side(visit: &Visit<'_>, results: &Results) -> Markup {
    let conditions = visit.conditions();
    let alike = results.alike_sources();
    html! {
        section {
            h2 { (visit.say(Word::Sources)) }
            (tree::beside(visit, &results.sources))
            @if let Some(group) = alike.first() {
                p.note {
                    (visit.say(Word::LookAlike)) " "
                    bdi { (harmless(group.name.as_str())) }
                    @for other in &group.others { (visit.comma()) bdi { (harmless(other.as_str())) } }
                    ". " a.do href={ (visit.href("/sources", &conditions)) "#alike" } { (visit.say(Word::CorrectIt)) }
                }
            }
        }
        section {
            h2 { (visit.say(Word::AskFurther)) }
            (further(visit))
        }
        section {
            h2 { (visit.say(Word::TakeAlong)) }
            ul.links {
                li { a href=(visit.href("/api/v1/search.csv", &visit.listing())) { (visit.say(Word::ForTables)) } }
                li { a href=(visit.href("/api/v1/search", &visit.listing())) { (visit.say(Word::ForPrograms)) } }
                @if !visit.parameters.flag("no-collapse").unwrap_or(false) && results.distinct < results.total {
                    li { a href=(visit.href("/search", &visit.view().with("no-collapse", "1"))) { (visit.say(Word::ShowCopies)) } }
                }
            }
        }
    }
}

/// Other questions about the same documents.
pub(in super::super) fn further(visit: &Visit<'_>) -> Markup {
    let conditions = visit.conditions();
    let has_words = !visit.question().trim().is_empty();
    html! {
        ul.links {
            @if has_words { li { a href=(visit.href("/first", &conditions)) { (visit.say(Word::WhoFirst)) } } }
            li { a href=(visit.href("/copies", &conditions)) { (visit.say(Word::WhoCopied)) } }
            @if has_words { li { a href=(visit.href("/figures", &conditions)) { (visit.say(Word::WhichFigures)) } } }
            li { a href=(visit.href("/dates", &conditions.with("doubtful", "1"))) { (visit.say(Word::WhichDates)) } }
        }
    }
}

/// The timeline on a page of its own, with its table.
pub(in super::super) fn timeline_page(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, said) = visit.parameters.search(index)?;
    let drawing = Drawing::of(visit.parameters)?;
    let counts = search.clone().limit(0).run()?;
    let steps = counted(visit, &search, counts.first.zip(counts.last), drawing)?;
    let count = sentence(visit, &counts);
    // The figure tells of its own gaps, in the language of the page.
    let told: Vec<Note> = steps.timeline.notes.iter().filter(|note| note.kind != NoteKind::Gap).cloned().collect();
    let main = html! {
        section.read.row aria-label=(visit.say(Word::TheAnswer)) {
            p.lead.soft { (visit.say(Word::ReadAs)) }
            div.wide {
                p.as { (engine(&counts.read_as)) }
                (unknown(visit)) (notes(&said, &told))
                h1 { a href=(visit.href("/search", &visit.view())) { (count) } }
                (left_out(visit, &counts))
                (chips(visit))
            }
        }
        @if steps.timeline.total > 0 {
            (timeline::figure(visit, &steps, drawing, counts.undated_left_out))
            div.row { section.wide.block { h2 { (visit.say(Word::AsTable)) } (timeline::table(visit, &steps, drawing)) } }
        }
    };
    Ok(View { title: visit.say(Word::NavTimeline).to_owned(), main })
}
