//! What each source says of several things, side by side, and when it changed that.

use maud::{Markup, html};

use super::view::{View, notes, unknown};
use crate::serve::page::parts::chips::chips;
use crate::serve::page::parts::days;
use crate::serve::page::parts::hits::{ranges, source_or_none};
use crate::serve::page::parts::marks::{harmless, marked};
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::parameters::{CONDITIONS, Parameters};
use crate::serve::problem::Problem;
use crate::{ComparedCell, ComparedQuery, ComparedSource, Comparison, Index, Note, Query, Reach, Sighting, Switch};

/// The fields for terms that the form has, and the most terms that are compared.
const FIELDS: usize = 4;
const MOST: usize = 8;
/// The sources that are listed.
const SOURCES: usize = 40;

const WITHIN: [(&str, Word); 3] =
    [("sentence", Word::Sentence), ("paragraph", Word::Paragraph), ("document", Word::Document)];

pub(in super::super) fn compare(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let typed: Vec<&str> = visit.parameters.all("q").take(MOST).collect();
    let place = visit.parameters.choice("within", &WITHIN.map(|(name, _)| name))?.unwrap_or_default();
    let title = visit.say(Word::CompareTitle);
    let (comparison, said) = match typed.len() {
        0 | 1 => (None, Vec::new()),
        _ => compared(visit, index, &typed, place).map(|(comparison, said)| (Some(comparison), said))?,
    };
    let more = visit.parameters.all("q").count().saturating_sub(MOST);
    let main = html! {
        section.read.row aria-label=(title) {
            p.lead.soft { (visit.say(Word::NavCompare)) }
            div.wide {
                h1 tabindex="-1" { (title) }
                p.note { (visit.say(if comparison.is_some() { Word::CompareIntro } else { Word::CompareTwo })) }
                (unknown(visit))
                @if more > 0 { p.note { (visit.fill(Word::TermsLeftOut, &[("n", &visit.locale.number(MOST as u64))])) } }
                (form(visit, &typed, place))
                (chips(visit))
            }
        }
        @if let Some(comparison) = &comparison { (answer(visit, comparison, &typed, &said)) }
    };
    Ok(View { title: title.to_owned(), main })
}

/// The comparison, and notes on how its conditions were read.
fn compared(
    visit: &Visit<'_>,
    index: &Index,
    typed: &[&str],
    place: usize,
) -> Result<(Comparison, Vec<Note>), Problem> {
    let today = visit.today();
    let (search, said) = visit.parameters.conditions(index, "")?;
    let near = visit.parameters.get("near").map(|near| Query::parse(near, today));
    let asked = |typed: &&str| {
        let query = Query::parse(typed, today);
        match (&near, place) {
            (None, _) => query,
            (Some(near), 0) => query.near(near, Reach::Sentence),
            (Some(near), 1) => query.near(near, Reach::Paragraph),
            (Some(near), _) => query.and(near),
        }
    };
    let queries: Vec<Query> = typed.iter().map(asked).collect();
    let limit = visit.parameters.number("limit")?.unwrap_or(SOURCES);
    Ok((search.limit(limit).passages(1).compare(queries)?, said))
}

fn form(visit: &Visit<'_>, typed: &[&str], place: usize) -> Markup {
    let fields = FIELDS.max(typed.len());
    let kept = CONDITIONS.into_iter().filter(|name| *name != "q").chain(["hl", "no-collapse"]);
    html! {
        form.terms action="/compare" aria-label=(visit.say(Word::CompareTitle)) {
            span { (visit.say(Word::CompareWhat)) }
            @for at in 0..fields {
                input type="text" name="q" value=(typed.get(at).copied().unwrap_or_default()) aria-label=(visit.fill(Word::CompareTerm, &[("n", &(at + 1).to_string())])) dir="auto" autocomplete="off";
            }
            label { (visit.say(Word::Near)) " " input.wide-in type="text" name="near" value=(visit.parameters.get("near").unwrap_or_default()) dir="auto" autocomplete="off"; }
            label { (visit.say(Word::Within)) " " select name="within" {
                @for (at, (name, word)) in WITHIN.into_iter().enumerate() { option value=(name) selected[at == place] { (visit.say(word)) } }
            } }
            @for name in kept { @for value in visit.parameters.all(name) { input type="hidden" name=(name) value=(value); } }
            button.go { (visit.say(Word::NavCompare)) }
        }
    }
}

fn answer(visit: &Visit<'_>, comparison: &Comparison, typed: &[&str], said: &[Note]) -> Markup {
    let told: Vec<_> = comparison.queries.iter().flat_map(|query| query.notes.clone()).collect();
    html! {
        div.row { div.wide {
            (notes(said, &told))
            table.cmp {
                caption.sr { (visit.say(Word::CompareTitle)) }
                thead { tr {
                    th scope="col" { (visit.say(Word::Source)) }
                    @for (query, typed) in comparison.queries.iter().zip(typed) { (column(visit, query, typed)) }
                } }
                tbody { @for source in &comparison.sources { (row(visit, source, &comparison.queries, typed)) } }
            }
            @if comparison.sources_left_out > 0 { p.note { (visit.count(Word::SourcesLeftOut, comparison.sources_left_out)) } }
        } }
    }
}

fn column(visit: &Visit<'_>, query: &ComparedQuery, typed: &str) -> Markup {
    let read = visit.conditions().with("q", &query.query);
    html! {
        th.fig scope="col" {
            bdi { (harmless(typed)) }
            small { a href=(visit.href("/search", &read)) title=(query.read_as) { (visit.count(Word::Documents, query.total)) } }
            @if query.undated_left_out > 0 { small { (visit.count(Word::UndatedEarlier, query.undated_left_out)) } }
        }
    }
}

fn row(visit: &Visit<'_>, source: &ComparedSource, queries: &[ComparedQuery], typed: &[&str]) -> Markup {
    let name = source_or_none(visit, source.source.as_ref());
    html! {
        tr {
            th scope="row" { bdi { (name) } }
            @for ((cell, query), typed) in source.cells.iter().zip(queries).zip(typed) {
                td data-of=(harmless(typed)) { (self::cell(visit, cell, &visit.conditions().with("q", &query.query))) }
            }
        }
        @if !source.switches.is_empty() {
            tr.switch { td {} td colspan=(source.cells.len()) {
                @for switch in &source.switches { p { (self::switch(visit, *switch, typed)) } }
            } }
        }
    }
}

fn switch(visit: &Visit<'_>, switch: Switch, typed: &[&str]) -> Markup {
    let term = |at: usize| html! { (harmless(typed.get(at).copied().unwrap_or_default())) };
    let day = html! { (days::date(visit.locale, switch.date)) };
    html! {
        b aria-hidden="true" { "→ " }
        (visit.put(Word::SwitchLine, &[("from", term(switch.from)), ("to", term(switch.to)), ("day", day)]))
        @if switch.strays > 0 { "; " (visit.count(Word::Strays, switch.strays)) }
    }
}

/// What a source says of one question. `asked` is what the reader marks.
fn cell(visit: &Visit<'_>, cell: &ComparedCell, asked: &Parameters) -> Markup {
    let is_one = matches!((&cell.first, &cell.last), (Some(first), Some(last)) if first.id == last.id);
    html! {
        @if cell.documents == 0 { span.none { span.sr { (visit.say(Word::NotSaid)) } span aria-hidden="true" { "–" } } } @else {
            p { (visit.count(Word::Documents, cell.documents)) }
            @if let Some(first) = &cell.first { (sighting(visit, first, asked, (!is_one).then_some(Word::FirstSaid))) }
            @if let Some(last) = cell.last.as_ref().filter(|_| !is_one) { (sighting(visit, last, asked, Some(Word::LastSaid))) }
        }
    }
}

fn sighting(visit: &Visit<'_>, sighting: &Sighting, asked: &Parameters, word: Option<Word>) -> Markup {
    let number = sighting.passage.as_ref().map(|passage| passage.number);
    html! {
        p.sighting {
            @if let Some(word) = word { span.soft { (visit.say(word)) } " " }
            a href=(visit.document(&sighting.id, number, asked)) { (days::date_or_none(visit.locale, sighting.date)) }
            @if let Some(passage) = &sighting.passage {
                br; q.quote dir="auto" { (marked(&passage.text, passage.best.clone(), ranges(&passage.highlights).iter())) }
            }
        }
    }
}
