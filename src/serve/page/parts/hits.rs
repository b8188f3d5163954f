//! Documents found, as a list: the day and the source beside, the passage as the main thing.

use std::ops::Range;

use maud::{Markup, html};

use super::days;
use super::marks::{harmless, marked};
use super::place;
use super::visit::Visit;
use super::words::Word;
use crate::{Copied, Date, Dated, Doubt, Excerpt, FigureChange, Highlight, Hit, Precision, Relation, Source};

/// The most copies, versions and figures that are named with a document.
pub(in super::super) const NAMED: usize = 3;
/// The most days spoken of that are told with a passage.
const DAYS: usize = 3;
/// The longest stretch of a passage that a list shows, in bytes; the reader shows all of it.
const LONGEST: usize = 1_500;

/// The list of hits. It goes on from the number of its first one.
pub(in super::super) fn list(visit: &Visit<'_>, hits: &[Hit]) -> Markup {
    let start = hits.first().map_or(1, |hit| hit.rank);
    html! {
        ol.hits start=(start) {
            @for hit in hits { li #{ "h" (hit.rank) } { (article(visit, hit, &html! {})) } }
        }
    }
}

/// One hit. `more` stands below its passages.
pub(in super::super) fn article(visit: &Visit<'_>, hit: &Hit, more: &Markup) -> Markup {
    let parameters = visit.view().with("rank", &hit.rank.to_string());
    let best = hit.passages.first().map(|passage| passage.number);
    let link = visit.document(&hit.id, best, &parameters);
    let title = format!("t{}", hit.rank);
    let lang = hit.language.map(crate::Language::code);
    html! {
        article.hit.row aria-labelledby=(title) {
            div.lead { (when_who(visit, &hit.dated, hit.source.as_ref())) }
            div {
                h3 #(title) dir="auto" lang=[lang] { a href=(link) { (title_of(visit, hit)) } }
                @for passage in &hit.passages { (excerpt(visit, hit, passage)) }
                (apparatus(visit, hit))
                (more)
                (foot(visit, hit, best))
            }
        }
    }
}

fn title_of(visit: &Visit<'_>, hit: &Hit) -> Markup {
    match hit.title.as_deref().filter(|title| !title.trim().is_empty()) {
        Some(title) => marked(title, 0..title.len(), ranges(&hit.title_highlights).iter()),
        None => html! { (visit.say(Word::Untitled)) },
    }
}

/// A title, or that there is none.
pub(in super::super) fn titled(visit: &Visit<'_>, title: Option<&str>) -> String {
    match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => harmless(title),
        None => visit.say(Word::Untitled).to_owned(),
    }
}

/// The stretches to mark.
pub(in super::super) fn ranges(highlights: &[Highlight]) -> Vec<Range<usize>> {
    highlights.iter().map(|highlight| highlight.bytes.clone()).collect()
}

/// The day with its weekday, the doubts about it, and the source.
pub(in super::super) fn when_who(visit: &Visit<'_>, dated: &Dated, source: Option<&Source>) -> Markup {
    let parameters = visit.view();
    html! {
        p.when-who {
            (day(visit, dated.date()))
            (doubts(visit, dated))
            @if let Some(source) = source {
                " " a.who href=(visit.href("/search", &parameters.with("source", source.as_str()))) dir="auto" { (harmless(source.as_str())) }
            } @else { " " span.soft { (visit.say(Word::NoSource)) } }
        }
    }
}

/// A date as precise as it is known, for people and for programs.
pub(in super::super) fn day(visit: &Visit<'_>, date: Option<Date>) -> Markup {
    html! {
        @match date {
            Some(date) => {
                @if let Some(weekday) = days::weekday(visit.locale, date) { span.weekday { (weekday) } " " }
                time datetime=(date) { (days::date(visit.locale, date)) }
            }
            None => span.undated { (visit.say(Word::Undated)) },
        }
    }
}

/// The reasons to check a date, each with its sign and its words.
pub(in super::super) fn doubts(visit: &Visit<'_>, dated: &Dated) -> Markup {
    let precision = dated.precision();
    // That there is no date is told in its place.
    let reasons = dated.doubts().iter().filter(|doubt| *doubt != Doubt::Undated);
    html! {
        @for doubt in reasons {
            " " span.doubt { b { "?" } " " (visit.say(days::doubt(doubt, precision))) }
        }
        @if precision.is_some_and(|precision| precision != Precision::Day) && dated.doubts().is_empty() {
            " " span.doubt { b { "?" } " " (visit.say(days::doubt(Doubt::Weak, precision))) }
        }
    }
}

/// A passage as a list shows it: its best sentences, and others that have words the first ones lack.
pub(in super::super) fn excerpt(visit: &Visit<'_>, hit: &Hit, excerpt: &Excerpt) -> Markup {
    let text = &excerpt.text;
    let marks = ranges(&excerpt.highlights);
    let mut shown: Vec<Range<usize>> =
        [Some(excerpt.best.clone()), excerpt.also.clone()].into_iter().flatten().collect();
    shown.sort_by_key(|range| range.start);
    let shown: Vec<Range<usize>> = shown.into_iter().map(|range| cut(text, range, &marks)).collect();
    let (first, last) = (shown.first().map_or(0, |range| range.start), shown.last().map_or(0, |range| range.end));
    let mut end = None;
    html! {
        p.passage dir="auto" lang=[hit.language.map(crate::Language::code)] {
            @if first > 0 { span.cut { "… " } }
            @for range in &shown {
                @if end.is_some_and(|end| range.start > end) { span.cut { " … " } }
                (marked(text, range.clone(), marks.iter()))
                ({ end = Some(range.end); "" })
            }
            @if last < text.len() { span.cut { " …" } }
        }
        (spoken(visit, excerpt))
    }
}

/// A stretch cut to what a list has room for, around its first mark.
fn cut(text: &str, range: Range<usize>, marks: &[Range<usize>]) -> Range<usize> {
    if range.len() <= LONGEST {
        return range;
    }
    let mark = marks.iter().find(|mark| range.contains(&mark.start)).map_or(range.start, |mark| mark.start);
    let wanted = mark.saturating_sub(LONGEST / 3).max(range.start);
    let from = (range.start..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(range.start);
    let wanted = (from + LONGEST).min(range.end);
    let to = (from..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(range.end);
    from..to
}

/// The days asked about that a passage speaks of, with their words.
fn spoken(visit: &Visit<'_>, excerpt: &Excerpt) -> Markup {
    let mut told: Vec<(String, String)> = Vec::new();
    for mention in &excerpt.mentions {
        let words = harmless(excerpt.text.get(mention.bytes.clone()).unwrap_or_default());
        if let Some(days) =
            days::range(visit.locale, mention.days).filter(|days| !told.iter().any(|known| known.0 == *days))
        {
            told.push((days, words));
        }
    }
    html! {
        @if !told.is_empty() {
            p.said {
                @for (at, (days, words)) in told.iter().take(DAYS).enumerate() {
                    @if at > 0 { " · " }
                    (visit.fill(Word::SpokenHere, &[("days", days)])) " " q dir="auto" { (words) }
                }
            }
        }
    }
}

/// What a document has in common with others: its copies, and its other versions.
pub(in super::super) fn apparatus(visit: &Visit<'_>, hit: &Hit) -> Markup {
    let conditions = visit.conditions();
    let more = hit.copied.saturating_sub(hit.copies.len().min(NAMED) as u64);
    html! {
        @if hit.copied > 0 || !hit.versions.is_empty() {
            ul.apparatus {
                @if hit.copied > 0 {
                    li { span.sign aria-hidden="true" { "+" } span {
                        a href=(visit.href(&copies_path(&hit.id), &conditions)) { (visit.count(Word::Copies, hit.copied)) } ": "
                        @for (at, copy) in hit.copies.iter().take(NAMED).enumerate() {
                            @if at > 0 { "; " } (other(visit, copy))
                        }
                        @if more > 0 { "; " (visit.fill(Word::AndMore, &[("n", &visit.locale.number(more))])) }
                    } }
                }
                @for version in hit.versions.iter().take(NAMED) { (self::version(visit, hit, version)) }
                @if hit.versions.len() > NAMED {
                    @let more = visit.locale.number((hit.versions.len() - NAMED) as u64);
                    li { span {} span { a href=(visit.href(&copies_path(&hit.id), &conditions)) { (visit.fill(Word::AndMore, &[("n", &more)])) } } }
                }
            }
        }
    }
}

/// The address of the documents that share a document's text.
pub(in super::super) fn copies_path(id: &str) -> String {
    format!("/copies/{}", crate::serve::percent::encoded(id))
}

/// The address of two documents word by word.
pub(in super::super) fn diff_path(old: &str, new: &str) -> String {
    let encoded = crate::serve::percent::encoded;
    format!("/diff/{}/{}", encoded(old), encoded(new))
}

/// Another document by its source and day, as a link to it.
pub(in super::super) fn other(visit: &Visit<'_>, copy: &Copied) -> Markup {
    html! {
        a href=(visit.document(&copy.id, None, &visit.conditions())) { bdi { (source_or_none(visit, copy.source.as_ref())) } (visit.comma()) (days::date_or_none(visit.locale, copy.date)) }
    }
}

/// A source, or that there is none.
pub(in super::super) fn source_or_none(visit: &Visit<'_>, source: Option<&Source>) -> String {
    source.map_or_else(|| visit.say(Word::NoSource).to_owned(), |source| harmless(source.as_str()))
}

/// Figures that differ between two documents, at most so many of them.
pub(in super::super) fn differing(figures: &[FigureChange], most: usize) -> Markup {
    html! {
        @for (at, figure) in figures.iter().take(most).enumerate() {
            @if at > 0 { "; " } b { bdi { (harmless(&figure.old)) } } " / " b { bdi { (harmless(&figure.new)) } }
        }
    }
}

fn version(visit: &Visit<'_>, hit: &Hit, version: &Copied) -> Markup {
    let sign = if version.figures.is_empty() { "=" } else { "≠" };
    html! {
        li {
            span.sign aria-hidden="true" { (sign) }
            span {
                @if version.figures.is_empty() {
                    (visit.say(relation(version.relation))) " "
                } @else {
                    (visit.say(Word::FiguresDiffer)) " "
                    @for (at, figure) in version.figures.iter().take(NAMED).enumerate() {
                        @if at > 0 { "; " }
                        (pair(visit, &figure.old, &figure.new))
                    }
                    " "
                }
                (other(visit, version)) " · "
                a href=(visit.href(&diff_path(&hit.id, &version.id), &visit.conditions())) { (visit.say(Word::EachChange)) }
            }
        }
    }
}

/// `83 here, 63 in`, with the figures themselves set off.
fn pair(visit: &Visit<'_>, here: &str, there: &str) -> Markup {
    let set_off = |figure: &str| html! { b { (harmless(figure)) } };
    visit.put(Word::HereThere, &[("here", set_off(here)), ("there", set_off(there))])
}

/// The relation of another document to this one, in words that go before its name.
pub(in super::super) fn relation(relation: Relation) -> Word {
    match relation {
        Relation::Copy => Word::CopyOf,
        // It is a part of this one, so this one contains it.
        Relation::Part => Word::ContainsOf,
        Relation::Contains => Word::PartOf,
    }
}

/// The relation of another document to this one, in words that go after its name.
pub(in super::super) fn standing(relation: Relation) -> Word {
    match relation {
        Relation::Copy => Word::IsSame,
        Relation::Part => Word::IsPart,
        Relation::Contains => Word::HasMore,
    }
}

fn foot(visit: &Visit<'_>, hit: &Hit, best: Option<u32>) -> Markup {
    let number = best.unwrap_or(1).to_string();
    let cite = visit.document(&hit.id, None, &visit.view().with("cite", &number));
    let link = visit.document(&hit.id, best, &visit.bare().plus("q", visit.question()));
    let own = |letter: &str| format!("{letter}{}", hit.rank);
    // A link is named by its word and the title of the hit.
    let named = |letter: &str| format!("{0}{1} t{1}", letter, hit.rank);
    html! {
        p.foot {
            span.place {
                @match hit.passages.first() {
                    Some(passage) => (place::passage(visit, hit.locator().as_deref(), passage)),
                    None => @if let Some(locator) = hit.locator() { (place::file(&locator)) },
                }
                span.printed { " · " (harmless(&hit.id)) }
            }
            " " a.cite-link #(own("c")) href={ (cite) "#cite" } aria-labelledby=(named("c")) { (visit.say(Word::Cite)) }
            " " a.link #(own("l")) href=(link) aria-labelledby=(named("l")) { (visit.say(Word::Link)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_stretch_is_cut_around_its_first_mark_between_characters() {
        let text = "é".repeat(500_000);
        let range = cut(&text, 0..text.len(), std::slice::from_ref(&(800_000..800_002)));
        assert!(range.len() <= LONGEST && range.contains(&800_000), "{range:?}");
        assert!(text.get(range).is_some());
        assert_eq!(cut("short", 0..5, &[]), 0..5);
    }
}
