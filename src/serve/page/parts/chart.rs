//! The timeline as a picture: bars on a line of dates, made by the server as SVG.
//!
//! Places along the line are in percent and heights in pixels, so the picture stretches with the page and needs neither
//! a script nor a style attribute. Published documents stand above the line, days spoken of hang below it, on one
//! scale. Right to left, the places are mirrored here.

use maud::{Markup, html};

use super::steps::{Bar, Drawing, Steps, coarser, name_of};
use super::visit::Visit;
use super::words::Word;
use crate::serve::parameters::Parameters;
use crate::{Date, Share, Unit};

/// The height of the highest bar above the line, and below it.
const ABOVE: f64 = 64.0;
const BELOW: f64 = 42.0;
/// The room above the highest bar for its number, and the place of the line.
const TOP: f64 = 15.0;
const LINE: f64 = TOP + ABOVE;
/// The least height of a bar that stands for something.
const LEAST: f64 = 1.5;
/// A line is drawn as if it had at least this many bars, so that one bar is no wall.
const FEWEST: usize = 16;
/// Bars are all labelled where there are so few of them.
const LABELLED: usize = 20;
/// The most labels of the axis.
const TICKS: usize = 8;

/// Where bars stand.
struct Axis {
    bars: usize,
    is_rtl: bool,
}

impl Axis {
    /// The left end and the width of a stretch of bars, in percent.
    fn place(&self, at: usize, bars: f64) -> (f64, f64) {
        let step = 100.0 / self.bars.max(FEWEST) as f64;
        let (from, width) = (at as f64 * step, bars * step);
        (if self.is_rtl { 100.0 - from - width } else { from }, width)
    }
}

/// A number as SVG takes it.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn percent(value: f64) -> String {
    format!("{}%", number(value))
}

/// The bars of the timeline, each a link, on their line of dates.
pub(in super::super) fn chart(visit: &Visit<'_>, steps: &Steps, drawing: Drawing, label: &str) -> Markup {
    let axis = Axis { bars: steps.bars.len(), is_rtl: visit.locale.is_rtl() };
    let unit = steps.timeline.unit;
    let bottom = if drawing.spoken { LINE + BELOW + 14.0 } else { LINE };
    let height = number(bottom + 18.0);
    let scale = Scale::of(&steps.bars, drawing.share);
    let joined = |text: fn(&Bar) -> String| steps.bars.iter().map(text).collect::<Vec<_>>().join(" ");
    html! {
        svg.axis.crowded[axis.bars > FEWEST] height=(height) role="group" aria-label=(label) aria-describedby="brush-help" data-slots=(axis.bars.max(FEWEST))
            data-from=(joined(|bar| bar.ends().0)) data-to=(joined(|bar| bar.ends().1)) data-counts=(joined(|bar| bar.documents.to_string())) {
            // What is pressed of a bar: all the height that there is.
            @let width = percent(axis.place(0, 1.0).1);
            defs {
                rect #up width=(width) height=(number(LINE)) {}
                rect #down y=(number(LINE)) width=(width) height=(number(BELOW + 12.0)) {}
            }
            @for (at, text, is_second) in ticks(visit, steps, unit) {
                @let (x, width) = axis.place(at, 1.0);
                @let x = percent(if axis.is_rtl { x + width } else { x });
                g class=[is_second.then_some("t2")] {
                    line.tick x1=(x) x2=(x) y1=(number(LINE)) y2=(number(bottom + 6.0)) {}
                    text x=(x) y=(number(bottom + 16.0)) dx=(if axis.is_rtl { "-3" } else { "3" }) text-anchor=(if axis.is_rtl { "end" } else { "start" }) { (text) }
                }
            }
            @for (at, bar) in steps.bars.iter().enumerate() {
                @if bar.documents > 0 { (above(visit, &axis, &scale, (at, bar), unit)) }
                @if drawing.spoken && bar.spoken.is_some_and(|spoken| spoken > 0) { (below(visit, &axis, &scale, (at, bar), unit)) }
            }
            @let (end, width) = axis.place(0, axis.bars as f64);
            line.line x1=(percent(end)) x2=(percent(end + width)) y1=(number(LINE)) y2=(number(LINE)) {}
        }
    }
}

/// How high bars are, and which of them bear their number.
struct Scale {
    most: f64,
    highest: u64,
    most_spoken: u64,
    share: bool,
    labels_all: bool,
}

impl Scale {
    fn of(bars: &[Bar], share: bool) -> Scale {
        let highest = bars.iter().map(|bar| bar.documents).max().unwrap_or_default();
        let most_spoken = bars.iter().filter_map(|bar| bar.spoken).max().unwrap_or_default();
        let most = if share { bars.iter().map(share_of).fold(0.0, f64::max) } else { highest as f64 };
        let filled = bars.iter().filter(|bar| bar.documents > 0).count();
        let room = if share { LABELLED / 2 } else { LABELLED };
        Scale { most, highest, most_spoken, share, labels_all: filled <= room && bars.len() <= 2 * room }
    }

    fn above(&self, bar: &Bar) -> f64 {
        let value = if self.share { share_of(bar) } else { bar.documents as f64 };
        height(value, self.most, ABOVE)
    }

    /// Days spoken of are on the scale of the documents, unless that would not fit.
    fn below(&self, spoken: u64) -> f64 {
        let most = if self.share { self.most_spoken } else { self.most_spoken.max(self.highest * 2 / 3) };
        height(spoken as f64, most as f64, BELOW)
    }

    fn bears_label(&self, bar: &Bar) -> bool {
        self.labels_all || !self.share && bar.documents == self.highest
    }
}

fn height(value: f64, most: f64, room: f64) -> f64 {
    if most > 0.0 { (value / most * room).clamp(LEAST, room) } else { LEAST }
}

/// The share of a step's documents that match; at most all of them.
fn share_of(bar: &Bar) -> f64 {
    bar.share().and_then(Share::fraction).unwrap_or(0.0)
}

/// A share in percent.
pub(in super::super) fn share_text(bar: &Bar) -> String {
    bar.share().map(|share| share.to_string()).unwrap_or_default()
}

fn above(visit: &Visit<'_>, axis: &Axis, scale: &Scale, (at, bar): (usize, &Bar), unit: Unit) -> Markup {
    let (x, width) = axis.place(at, 1.0);
    let tall = scale.above(bar);
    let label = if scale.share { share_text(bar) } else { visit.locale.number(bar.documents) };
    html! {
        a href=(published_link(visit, bar)) {
            title { (told(visit, bar, unit)) }
            use href="#up" x=(percent(x)) {}
            rect.pub x=(percent(x + width * 0.1)) y=(number(LINE - tall)) width=(percent(width * 0.8)) height=(number(tall)) {}
            @if scale.bears_label(bar) {
                text.n.n2[scale.share || bar.documents < scale.highest] x=(percent(x + width / 2.0)) y=(number(LINE - tall - 4.0)) aria-hidden="true" { (label) }
            }
        }
    }
}

fn below(visit: &Visit<'_>, axis: &Axis, scale: &Scale, (at, bar): (usize, &Bar), unit: Unit) -> Markup {
    let spoken = bar.spoken.unwrap_or_default();
    let (x, width) = axis.place(at, 1.0);
    let tall = scale.below(spoken);
    let words = visit.fill(
        Word::BarSpoken,
        &[("when", &bar.name(visit.locale, unit)), ("documents", &visit.count(Word::Documents, spoken))],
    );
    html! {
        a href=(spoken_link(visit, bar)) {
            title { (words) }
            use href="#down" x=(percent(x)) {}
            rect.say x=(percent(x + width * 0.1)) y=(number(LINE + 1.0)) width=(percent(width * 0.8)) height=(number(tall)) {}
            @if scale.labels_all || spoken == scale.most_spoken {
                text.n.n2[spoken < scale.most_spoken] x=(percent(x + width / 2.0)) y=(number(LINE + tall + 12.0)) aria-hidden="true" { (visit.locale.number(spoken)) }
            }
        }
    }
}

/// What a bar says.
pub(in super::super) fn told(visit: &Visit<'_>, bar: &Bar, unit: Unit) -> String {
    let (when, documents) = (bar.name(visit.locale, unit), visit.count(Word::Documents, bar.documents));
    match bar.all {
        None => visit.fill(Word::Bar, &[("when", &when), ("documents", &documents)]),
        Some(all) => visit.fill(
            Word::BarShare,
            &[
                ("when", &when),
                ("documents", &documents),
                ("percent", &share_text(bar)),
                ("all", &visit.locale.number(all)),
            ],
        ),
    }
}

/// The address of the documents of a bar: the same question, certainly of these days.
pub(in super::super) fn published_link(visit: &Visit<'_>, bar: &Bar) -> String {
    let (from, to) = bar.ends();
    visit.href("/search", &within(&visit.view(), &from, &to).with("certain", "1"))
}

/// These parameters with other days of publication, in the unit that fits them.
pub(in super::super) fn within(parameters: &Parameters, from: &str, to: &str) -> Parameters {
    parameters.without("by", None).without("on", None).with("from", from).with("to", to)
}

/// The address of the documents that speak of the days of a bar: the same question and one condition more. Those that
/// only speak of a longer time around them are not counted, and not found.
pub(in super::super) fn spoken_link(visit: &Visit<'_>, bar: &Bar) -> String {
    let (from, to) = bar.ends();
    let days = if from == to { from } else { format!("{from}..{to}") };
    visit.href("/search", &visit.view().plus("about-within", &days))
}

/// The bars that bear a label on the axis, with its words; the second of each two gives way where room is short.
fn ticks(visit: &Visit<'_>, steps: &Steps, unit: Unit) -> Vec<(usize, String, bool)> {
    let bars = &steps.bars;
    let places: Vec<usize> = (0..bars.len()).filter(|at| is_tick(&bars[*at], unit, bars.len())).collect();
    let stride = places.len().div_ceil(TICKS).max(1);
    let mut places: Vec<usize> = places.into_iter().step_by(stride).collect();
    // A bar behind a gap says where the line goes on, and the first one where it begins, unless the next label is too near.
    let near = bars.len().max(FEWEST) / 10;
    for after in steps.gaps.iter().filter_map(|(_, after)| bars.iter().position(|bar| bar.first == *after)) {
        places.retain(|place| place.abs_diff(after) > near);
        places.push(after);
    }
    places.sort_unstable();
    if places.first().is_none_or(|first| *first > near) && !bars.is_empty() {
        places.insert(0, 0);
    }
    let mut year = None;
    let mut out = Vec::new();
    for (number, at) in places.into_iter().enumerate() {
        let first = bars[at].first;
        let text = tick_text(visit, first, unit, year != Some(first.year()));
        year = Some(first.year());
        out.push((at, text, number % 2 == 1));
    }
    out
}

/// Whether a step begins something: a round year, a year, a month, a week.
fn is_tick(bar: &Bar, unit: Unit, bars: usize) -> bool {
    let (year, month, day) = (bar.first.year(), bar.first.month().unwrap_or(1), bar.first.day().unwrap_or(1));
    match unit {
        Unit::Year => {
            year % [1, 2, 5, 10, 20, 25, 50, 100]
                .into_iter()
                .find(|step| bars as i32 / step <= TICKS as i32)
                .unwrap_or(100)
                == 0
        }
        Unit::Month if bars > 24 => month == 1,
        Unit::Month => bars <= TICKS || month % 3 == 1,
        Unit::Week => bars <= TICKS || day <= 7,
        Unit::Day if bars > 62 => day == 1,
        Unit::Day => bars <= TICKS || day == 1 || bar.first.weekday() == 1 && (5..28).contains(&day),
    }
}

fn tick_text(visit: &Visit<'_>, first: Date, unit: Unit, with_year: bool) -> String {
    let month = || visit.locale.short_month(first.month().unwrap_or(1));
    let day = first.day().unwrap_or(1);
    match (unit, with_year) {
        (Unit::Year, _) => first.year().to_string(),
        (Unit::Month, true) => format!("{} {}", month(), first.year()),
        (Unit::Month, false) => month().to_owned(),
        (_, true) => format!("{day} {} {}", month(), first.year()),
        (_, false) => format!("{day} {}", month()),
    }
}

/// The bars beside the line, for dates that are no step of it: too coarse, or none at all.
pub(in super::super) fn beside(visit: &Visit<'_>, steps: &Steps, left_out: u64) -> Markup {
    let timeline = &steps.timeline;
    let highest = steps.bars.iter().map(|bar| bar.documents).max().unwrap_or_default() as f64;
    let most = highest.max(timeline.coarse as f64).max(timeline.undated as f64);
    let coarse_word = if timeline.unit == Unit::Month { Word::CoarseYear } else { Word::CoarseBar };
    let by = visit.here().with("by", name_of(coarser(timeline.unit)));
    let undated =
        visit.conditions().with("doubtful", "undated").without("from", None).without("to", None).without("on", None);
    html! {
        @if timeline.coarse > 0 || timeline.undated > 0 || left_out > 0 {
            div.beside {
                @if timeline.coarse > 0 {
                    (apart(visit, (timeline.coarse, most), "vague", coarse_word, &visit.href(visit.path, &by)))
                }
                @if timeline.undated > 0 {
                    (apart(visit, (timeline.undated, most), "out", Word::UndatedBar, &visit.href("/dates", &undated)))
                } @else if left_out > 0 {
                    (apart(visit, (left_out, most.max(left_out as f64)), "out", Word::UndatedBar, &visit.href("/dates", &undated)))
                }
            }
        }
    }
}

fn apart(visit: &Visit<'_>, (documents, most): (u64, f64), class: &str, word: Word, href: &str) -> Markup {
    let tall = height(documents as f64, most, ABOVE);
    html! {
        a href=(href) {
            svg width="20" height=(number(LINE)) aria-hidden="true" {
                rect class=(class) x="1" y=(number(LINE - tall)) width="18" height=(number(tall)) {}
                line.line x1="0" x2="20" y1=(number(LINE)) y2=(number(LINE)) {}
            }
            b { (visit.locale.number(documents)) } " " (visit.say(word))
        }
    }
}
