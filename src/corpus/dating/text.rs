//! Clues in the text itself: its head and its foot, nothing between.

use super::candidate::{Candidate, Meaning};
use super::dateline::is_dateline;
use super::line::{Role, role};
use super::metadata;
use crate::corpus::document::DateRule;
use crate::corpus::excerpt::{self, Segment};
use crate::corpus::header::leading_header;
use crate::corpus::raw::{Origin, RawDocument};
use crate::time::{Partial, Precision, Written, find_dates, find_partial};

/// A labelled date stands among the first so many segments.
const LABELLED: usize = 12;

/// A date alone stands among the first so many segments, or the last.
const ALONE_HEAD: usize = 8;
const ALONE_FOOT: usize = 5;

/// A date that opens a segment counts among the first so many.
const OPENING: usize = 4;

/// A dateline begins within so many bytes of the text.
const DATELINE: usize = 900;

/// A dateline that leaves its year to be known from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Yearless {
    pub(super) date: Partial,
    pub(super) place: String,
    pub(super) written: String,
}

/// Adds the clues of head and foot, and returns the dateline that lacks its year, if there is one.
pub(super) fn clues(raw: &RawDocument, candidates: &mut Vec<Candidate>) -> Option<Yearless> {
    let text = raw.text.as_str();
    let mut from = 0;
    if !raw.declared.iter().any(|declared| declared.origin == Origin::Header) {
        if let Some(header) = leading_header(text, first_line(raw)) {
            from = header.range.end;
            let declared = RawDocument { declared: header.declared, ..RawDocument::default() };
            metadata::clues(&declared, candidates);
        }
    }
    let head = excerpt::head(text, from);
    let foot = excerpt::foot(text);
    let yearless = has_digit(text, &head).then(|| in_head(raw, head.clone(), &foot, candidates)).flatten();
    let foot = foot.start.max(head.end)..foot.end;
    if has_digit(text, &foot) {
        in_foot(raw, foot, candidates);
    }
    yearless
}

fn has_digit(text: &str, part: &std::ops::Range<usize>) -> bool {
    text.as_bytes().get(part.clone()).is_some_and(|bytes| bytes.iter().any(u8::is_ascii_digit))
}

/// Where a byte of the text stands, for a person.
fn place(raw: &RawDocument, at: usize) -> String {
    let above = raw.text.as_bytes().get(..at).map_or(0, |above| above.iter().filter(|b| **b == b'\n').count());
    format!("line {}", first_line(raw) + above)
}

/// The number of the text's first line in its file, or 1.
fn first_line(raw: &RawDocument) -> usize {
    raw.place.line.filter(|_| raw.place.lines).unwrap_or(1) as usize
}

/// What stands before and after a range within its segment.
fn sides<'a>(segment: &Segment<'a>, range: &std::ops::Range<usize>) -> Option<(&'a str, &'a str)> {
    let before = segment.text.get(..range.start.checked_sub(segment.start)?)?;
    Some((before, segment.text.get(range.end.checked_sub(segment.start)?..)?))
}

fn in_head(
    raw: &RawDocument,
    head: std::ops::Range<usize>,
    foot: &std::ops::Range<usize>,
    candidates: &mut Vec<Candidate>,
) -> Option<Yearless> {
    let text = raw.text.as_str();
    let excerpt = text.get(head.clone())?;
    let segments = excerpt::segments(text, head.clone());
    let count = segments.len();
    let whole = head.end >= foot.end;
    let shift = |range: &std::ops::Range<usize>| range.start + head.start..range.end + head.start;
    let mut at = 0;
    for written in find_dates(excerpt) {
        let written = Written { range: shift(&written.range), ..written };
        while segments.get(at).is_some_and(|segment| segment.range().end < written.range.end) {
            at += 1;
        }
        let Some((before, after)) = segments.get(at).and_then(|segment| sides(segment, &written.range)) else {
            continue;
        };
        let day = written.date.precision() == Precision::Day;
        let near = written.range.start - head.start <= DATELINE;
        let found = match role(before, after) {
            Some(Role::Labelled(meaning)) if at < LABELLED => Some((DateRule::Header, meaning)),
            // In a short text the head reaches down to the foot.
            Some(Role::Alone(meaning)) if whole && at >= count.div_ceil(2) && at + ALONE_FOOT >= count && at > 1 => {
                Some((DateRule::FootLine, meaning))
            }
            Some(Role::Alone(meaning)) if at < ALONE_HEAD => Some((DateRule::HeadLine, meaning)),
            Some(Role::Opening) if at < OPENING && day => Some((DateRule::HeadLine, Meaning::Plain)),
            Some(Role::Leading) if at < OPENING && day => Some((DateRule::Dateline, Meaning::Plain)),
            _ if near && day && is_dateline(before, after) => Some((DateRule::Dateline, Meaning::Plain)),
            _ => None,
        };
        if let Some((rule, meaning)) = found {
            let candidate = Candidate::written(&written, text, rule, place(raw, written.range.start));
            candidates.push(Candidate { meaning, ..candidate });
        }
    }
    find_partial(excerpt).into_iter().find_map(|partial| {
        let range = shift(&partial.range);
        let segment = segments.iter().find(|segment| segment.range().end >= range.end)?;
        let (before, after) = sides(segment, &range)?;
        let fits = range.start - head.start <= DATELINE && is_dateline(before, after);
        fits.then(|| Yearless {
            date: partial,
            place: place(raw, range.start),
            written: text.get(range.clone()).unwrap_or("").to_string(),
        })
    })
}

fn in_foot(raw: &RawDocument, foot: std::ops::Range<usize>, candidates: &mut Vec<Candidate>) {
    let text = raw.text.as_str();
    let segments = excerpt::segments(text, foot);
    let last = segments.get(segments.len().saturating_sub(ALONE_FOOT)..).unwrap_or(&[]);
    // The nearer to the end, the likelier.
    for segment in last.iter().rev() {
        for written in find_dates(segment.text) {
            let range = written.range.start + segment.start..written.range.end + segment.start;
            let Some((before, after)) = sides(segment, &range) else { continue };
            let meaning = match role(before, after) {
                Some(Role::Alone(meaning) | Role::Labelled(meaning)) => meaning,
                _ => continue,
            };
            let at = place(raw, range.start);
            let candidate = Candidate::written(&Written { range, ..written }, text, DateRule::FootLine, at);
            candidates.push(Candidate { meaning, ..candidate });
        }
    }
}
