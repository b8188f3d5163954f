//! How documents are dated, which dates are worth checking, and the lines that correct them.

use maud::{Markup, html};

use super::clues::standing;
use super::view::{View, head};
use crate::serve::page::parts::days;
use crate::serve::page::parts::hits::{titled, when_who};
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::place;
use crate::serve::page::parts::visit::{Visit, engine};
use crate::serve::page::parts::words::Word;
use crate::serve::parameters::MOST;
use crate::serve::problem::Problem;
use crate::{DateClue, DateReport, DatedDocument, Doubt, Index};

/// The documents that are listed at first.
const LISTED: usize = 20;

pub(in super::super) fn dates(visit: &Visit<'_>, index: &Index) -> Result<View, Problem> {
    let (search, said) = visit.parameters.conditions(index, visit.question())?;
    let limit = visit.parameters.number("limit")?.unwrap_or(LISTED);
    let asked = doubts(visit)?;
    let all = search.clone().limit(0).date_report()?;
    let search = asked.iter().fold(search, |search, doubt| search.doubted(*doubt));
    let report = search.limit(limit).date_report()?;
    let corrections = corrections(&report);
    let title = visit.say(if asked.is_empty() { Word::DatesAll } else { Word::DatesTitle });
    let below = html! {
        (visit.count(Word::Doubtful, all.doubtful)) (visit.comma()) (visit.fill(Word::OutOf, &[("n", &visit.locale.number(all.total))])) ". "
        @if asked.is_empty() { a.do href=(visit.href("/dates", &visit.conditions().with("doubtful", "1"))) { (visit.say(Word::OnlyDoubtful)) } }
        @else { a.do href=(visit.href("/dates", &visit.conditions())) { (visit.say(Word::EveryDate)) } }
    };
    let main = html! {
        (head(visit, (&all.read_as, &said, &all.notes), title, &below))
        div.cols {
            div {
                @if report.documents.is_empty() { p.row { span.lead {} span { (visit.say(Word::NoDoubt)) } } }
                @if !report.documents.is_empty() { h2.sr { (visit.say(Word::Results)) } }
                @for (document, lines) in report.documents.iter().zip(&corrections) { (case(visit, document, lines)) }
                (more(visit, &report, limit))
                (together(visit, &report, &corrections))
            }
            aside.side aria-label=(visit.say(Word::Reasons)) { (counts(visit, &all)) }
        }
    };
    Ok(View { title: title.to_owned(), main })
}

/// The reasons for doubt that are asked for: all of them for `1`.
fn doubts(visit: &Visit<'_>) -> Result<Vec<Doubt>, Problem> {
    let Some(typed) = visit.parameters.get("doubtful") else { return Ok(Vec::new()) };
    if ["1", "true", "yes", "on"].contains(&typed) {
        return Ok(Doubt::ALL.to_vec());
    }
    let read = |name: &str| name.trim().parse().map_err(|error| Problem::of_parameter("doubtful", &error));
    typed.split(',').map(read).collect()
}

fn case(visit: &Visit<'_>, document: &DatedDocument, lines: &str) -> Markup {
    let dated = &document.dated;
    let is_doubtful = !document.doubts.is_empty();
    html! {
        article.case.row {
            div.lead { (when_who(visit, dated, document.source.as_ref())) }
            div {
                h3 dir="auto" { a href=(visit.document(&document.id, None, &visit.conditions())) { (titled(visit, document.title.as_deref())) } }
                ul.clues {
                    @for (clue, word) in standing(dated) { (self::clue(visit, clue, word)) }
                    @if dated.chosen.is_none() { li.why { (visit.say(Word::NoClue)) } }
                }
                @if let Some(locator) = document.locator() { p.foot { span.place { (place::file(&locator)) } } }
                @if is_doubtful {
                    details { summary { (visit.say(Word::CorrectIt)) } pre dir="ltr" tabindex="0" { (harmless(lines)) } }
                }
            }
        }
    }
}

/// The lines of `dateline.toml` for each document that is listed.
fn corrections(report: &DateReport) -> Vec<String> {
    let whole =
        report.to_corrections(|document| document.locator().map(|path| place::short(&path)).unwrap_or_default());
    // An empty line stands before each entry, and none within one. The first stretch is the head that a file has.
    whole.split("\n\n").skip(1).map(|entry| entry.trim_end().to_owned()).collect()
}

fn clue(visit: &Visit<'_>, clue: &DateClue, word: Word) -> Markup {
    html! {
        li.believed[word == Word::Believed] {
            b { (days::date(visit.locale, clue.date)) } " "
            span.why {
                (visit.say(word)) ": "
                @if !clue.place.trim().is_empty() { (engine(&clue.place)) (visit.comma()) }
                @if !clue.written.trim().is_empty() { q dir="auto" { (harmless(&clue.written)) } }
            }
        }
    }
}

fn more(visit: &Visit<'_>, report: &DateReport, limit: usize) -> Markup {
    let shown = report.documents.len() as u64;
    let number = |number: u64| visit.locale.number(number);
    html! {
        @if shown < report.total && limit < MOST {
            p.more.row { span.lead {} span {
                (visit.fill(Word::ListedOf, &[("a", &number(shown)), ("n", &number(report.total))])) " "
                a.button href=(visit.href("/dates", &visit.here().with("limit", &(limit * 2).clamp(LISTED, MOST).to_string()))) { (visit.say(Word::More)) }
            } }
        }
    }
}

/// The lines for all that are listed.
fn together(visit: &Visit<'_>, report: &DateReport, corrections: &[String]) -> Markup {
    let doubtful = report.documents.iter().zip(corrections).filter(|(document, _)| !document.doubts.is_empty());
    let lines: Vec<&str> = doubtful.map(|(_, lines)| lines.as_str()).collect();
    html! {
        @if !lines.is_empty() {
            div.row { section.block #correct {
                h2 { (visit.say(Word::CorrectAll)) }
                p.note { (visit.say(Word::CorrectHow)) }
                details { summary { "dateline.toml" } pre dir="ltr" tabindex="0" { (harmless(&lines.join("\n\n"))) } }
            } }
        }
    }
}

fn counts(visit: &Visit<'_>, report: &DateReport) -> Markup {
    let conditions = visit.conditions();
    html! {
        section {
            h2 { (visit.say(Word::Reasons)) }
            ul.tally { @for count in report.doubts.iter().filter(|count| count.documents > 0) {
                li {
                    a href=(visit.href("/dates", &conditions.with("doubtful", count.doubt.name()))) { (visit.say(days::doubt(count.doubt, None))) }
                    span.count { (visit.locale.number(count.documents)) }
                }
            } }
        }
        section {
            h2 { (visit.say(Word::ClueKinds)) }
            ul.tally { @for count in &report.rules {
                li {
                    @match count.rule { Some(rule) => (engine(rule.name())), None => span { (visit.say(Word::Undated)) } }
                    span.count { (visit.locale.number(count.documents)) }
                }
            } }
        }
    }
}
