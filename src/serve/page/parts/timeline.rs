//! The timeline as pages have it: picture and controls in one figure, and the same as a table.

use maud::{Markup, html};

use super::chart::{beside, chart, published_link, share_text, spoken_link, within};
use super::days;
use super::steps::{Drawing, Steps, UNITS};
use super::visit::Visit;
use super::words::Word;
use crate::{Date, DateRange, Unit};

/// The page of the timeline alone, with its table.
const TIMELINE: &str = "/timeline";

/// The figure. `left_out` is the number of undated documents that days asked for leave out.
pub(in super::super) fn figure(visit: &Visit<'_>, steps: &Steps, drawing: Drawing, left_out: u64) -> Markup {
    let timeline = &steps.timeline;
    html! {
        figure #when .time .row aria-labelledby="tl-h" {
            figcaption.wide { (controls(visit, steps, drawing)) }
            @if let Some((unit, number)) = steps.refused { (too_fine(visit, unit, number, timeline.unit)) }
            @for (before, after) in &steps.gaps {
                @let (before, after) = (days::date(visit.locale, *before), days::date(visit.locale, *after));
                p.note.wide { (visit.fill(Word::Gap, &[("before", &before), ("after", &after)])) }
            }
            div.strip.wide {
                @if steps.bars.is_empty() { div {} } @else { (chart(visit, steps, drawing, &label(visit, steps))) }
                (beside(visit, steps, left_out))
            }
            div.picked.wide hidden data-one=(visit.say(Word::PickedOne)) data-many=(visit.say(Word::PickedMany)) data-range=(visit.say(Word::Days)) {
                p role="status" {}
                button.go type="button" { (visit.say(Word::Apply)) }
                button type="button" { (visit.say(Word::Leave)) }
            }
            // Every page has it but the one that shows the table: the table of a hundred bars weighs more than ten hits.
            @if visit.path != TIMELINE && !steps.bars.is_empty() {
                p.table-link.wide { a href=(visit.href(TIMELINE, &visit.view())) { (visit.say(Word::AsTable)) } }
            }
        }
    }
}

/// What the picture shows, for those who do not see it.
fn label(visit: &Visit<'_>, steps: &Steps) -> String {
    let word = match steps.timeline.unit {
        Unit::Year => Word::ByYear,
        Unit::Month => Word::ByMonth,
        Unit::Week => Word::ByWeek,
        Unit::Day => Word::ByDay,
    };
    let ends = steps.bars.first().zip(steps.bars.last());
    let range = ends.map(|(first, last)| DateRange::new(Some(first.first), Some(last.last)));
    let told = range.and_then(|range| days::range(visit.locale, range)).unwrap_or_default();
    visit.fill(word, &[("days", &told)])
}

fn too_fine(visit: &Visit<'_>, unit: Unit, number: usize, drawn: Unit) -> Markup {
    let name = |unit: Unit| UNITS.iter().find(|known| known.0 == unit).map_or("", |known| visit.say(known.2));
    let number = visit.locale.number(number as u64);
    let words = [("unit", name(unit)), ("other", name(drawn)), ("n", number.as_str())];
    html! { p.note.wide { (visit.fill(Word::TooFine, &words)) } }
}

fn controls(visit: &Visit<'_>, steps: &Steps, drawing: Drawing) -> Markup {
    let parameters = visit.here();
    let here = |parameters| visit.href(visit.path, &parameters);
    let unit = steps.timeline.unit;
    html! {
        h2 #tl-h { (visit.say(Word::When)) }
        @if drawing.spoken { span.key { (visit.say(Word::TimelineKey)) } }
        span #units .units role="group" aria-label=(visit.say(Word::Steps)) {
            @for (known, name, word) in UNITS {
                a href=(here(parameters.with("by", name))) aria-current=[(known == unit).then_some("true")] { (visit.say(word)) } " "
            }
        }
        span.units role="group" aria-label=(visit.say(Word::Height)) {
            a href=(here(parameters.without("share", None))) aria-current=[(!drawing.share).then_some("true")] { (visit.say(Word::Number)) } " "
            a href=(here(parameters.with("share", "1"))) aria-current=[drawing.share.then_some("true")] { (visit.say(Word::Share)) }
        }
        span.units role="group" aria-label=(visit.say(Word::Spoken)) {
            @if drawing.spoken {
                a href=(here(parameters.with("mentions", "0"))) { (visit.say(Word::WithoutSpoken)) }
            } @else {
                a href=(here(parameters.without("mentions", None))) { (visit.say(Word::WithSpoken)) }
            }
        }
        span #brush-help .key hidden { (visit.say(Word::BrushHelp)) }
        (window(visit))
    }
}

/// Links that move the days asked for by their own length.
fn window(visit: &Visit<'_>) -> Markup {
    let moved = visit.dates().and_then(|range| Some((shifted(range, -1)?, shifted(range, 1)?)));
    let link = |(from, to): (String, String)| visit.href(visit.path, &within(&visit.here(), &from, &to));
    html! {
        @if let Some((earlier, later)) = moved {
            span.units.push role="group" aria-label=(visit.say(Word::DaysAsked)) {
                a #earlier href=(link(earlier)) { (visit.say(Word::Earlier)) } " "
                a #later href=(link(later)) { (visit.say(Word::Later)) }
            }
        }
    }
}

/// Days moved by their own length, as they can be typed. Whole months stay whole. None of an open range, or where the
/// calendar ends.
fn shifted(range: DateRange, by: i32) -> Option<(String, String)> {
    let (first, last) = (range.first()?, range.last()?);
    let after = last.plus_days(1);
    let months = (after.year() - first.year()) * 12 + after.month()? as i32 - first.month()? as i32;
    let (from, to) = if first.day() == Some(1) && after.day() == Some(1) && months > 0 {
        let from = first.plus_months(by * months);
        (from, from.plus_months(months).plus_days(-1))
    } else {
        let days = range.last_number() - range.first_number() + 1;
        (first.plus_days(by * days), last.plus_days(by * days))
    };
    let is_inside = from > Date::MIN && to < Date::MAX && (from != first);
    let range = DateRange::new(Some(from), Some(to));
    let whole = days::whole(range, from).map(|whole| whole.to_string());
    let typed = |date: Date| whole.clone().unwrap_or_else(|| date.to_string());
    is_inside.then(|| (typed(from), typed(to)))
}

/// The same as a table: one row for each step that has something.
pub(in super::super) fn table(visit: &Visit<'_>, steps: &Steps, drawing: Drawing) -> Markup {
    let unit = steps.timeline.unit;
    let number = |number: u64| visit.locale.number(number);
    let spoken = |bar: &super::steps::Bar| bar.spoken.unwrap_or_default();
    html! {
        table.steps {
            thead { tr {
                th scope="col" { (visit.say(Word::When)) }
                th.num scope="col" { (visit.say(Word::Published)) }
                @if drawing.share { th.num scope="col" { (visit.say(Word::All)) } th.num scope="col" { (visit.say(Word::Share)) } }
                @if drawing.spoken { th.num scope="col" { (visit.say(Word::Spoken)) } }
            } }
            tbody {
                @for bar in steps.bars.iter().filter(|bar| bar.documents > 0 || spoken(bar) > 0) {
                    tr {
                        th scope="row" { (bar.name(visit.locale, unit)) }
                        td.num { @if bar.documents > 0 { a href=(published_link(visit, bar)) { (number(bar.documents)) } } @else { "0" } }
                        @if drawing.share { td.num { (number(bar.all.unwrap_or_default())) } td.num { (share_text(bar)) } }
                        @if drawing.spoken {
                            td.num { @if spoken(bar) > 0 { a href=(spoken_link(visit, bar)) { (number(spoken(bar))) } } @else { "0" } }
                        }
                    }
                }
                (apart_row(visit, steps.timeline.coarse, Word::CoarseBar, drawing))
                (apart_row(visit, steps.timeline.undated, Word::UndatedBar, drawing))
            }
        }
    }
}

fn apart_row(visit: &Visit<'_>, documents: u64, word: Word, drawing: Drawing) -> Markup {
    html! {
        @if documents > 0 {
            tr {
                th scope="row" { (visit.say(word)) }
                td.num { (visit.locale.number(documents)) }
                @if drawing.share { td {} td {} }
                @if drawing.spoken { td {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_are_moved_by_their_own_length() {
        for (from, to, earlier, later) in [
            ("1992-02", "1992-02", ("1992-01", "1992-01"), ("1992-03", "1992-03")),
            ("1992-02", "1992-04", ("1991-11-01", "1992-01-31"), ("1992-05-01", "1992-07-31")),
            ("1992", "1992", ("1991", "1991"), ("1993", "1993")),
            ("1992-02-24", "1992-03-01", ("1992-02-17", "1992-02-23"), ("1992-03-02", "1992-03-08")),
            ("1992-02-26", "1992-02-26", ("1992-02-25", "1992-02-25"), ("1992-02-27", "1992-02-27")),
        ] {
            let range = DateRange::new(from.parse().ok(), to.parse().ok());
            let own = |pair: (&str, &str)| Some((pair.0.to_owned(), pair.1.to_owned()));
            assert_eq!((shifted(range, -1), shifted(range, 1)), (own(earlier), own(later)), "{from} {to}");
        }
        assert_eq!(shifted(DateRange::new("1992".parse().ok(), None), 1), None);
        assert_eq!(shifted(DateRange::new("9999".parse().ok(), "9999".parse().ok()), 1), None);
    }
}
