//! Clues in the text itself: in its head and its foot, and nowhere between.

use super::candidate::{Candidate, Meaning};
use super::dateline::is_dateline;
use super::line::{Role, role};
use super::metadata;
use crate::corpus::clues::head_and_foot::{HeadAndFoot, Segment, segments};
use crate::corpus::raw::RawDocument;
use crate::document::{DateRule, YearlessClue};
use crate::time::{Precision, Written, find_dates_and_partial, find_dates_in, folded, is_digit, weekday_in};

/// The segments, from the first, among which a labelled date stands.
const LABELLED: usize = 12;

/// The segments, from the first or the last, among which a date stands alone.
const ALONE_HEAD: usize = 12;
const ALONE_FOOT: usize = 4;

/// The bytes of a text up to which a date at its foot counts. In a longer one, such as a scanned paper, it is that of
/// the last letter or notice.
const LONGEST_LETTER: usize = 20_000;

/// The bytes of a sheet in which days are looked for.
const SHEET: usize = 20_000;

/// The segments, from the first, that a date may open.
const OPENING: usize = 4;

/// The bytes of the text within which a dateline begins.
const DATELINE: usize = 900;

/// Adds the clues of head and foot. Returns the dateline without a year, if there is one.
pub(super) fn clues(
    ends: &HeadAndFoot<'_>,
    language: Option<&str>,
    candidates: &mut Vec<Candidate>,
) -> Option<YearlessClue> {
    if let Some(header) = &ends.header {
        let declared = RawDocument { declared: header.declared.clone(), ..RawDocument::default() };
        metadata::clues(&declared, language, candidates);
    }
    let yearless = has_digit(ends.text, &ends.head).then(|| in_head(ends, language, candidates)).flatten();
    if has_digit(ends.text, &below_head(ends)) {
        in_foot(ends, language, candidates);
    }
    yearless
}

/// Returns whether a text is a sheet with several days among its cells, so that none of them is that of publication.
pub(super) fn is_sheet_of_days(raw: &RawDocument, language: Option<&str>) -> bool {
    if raw.place.spots.first().is_none_or(|spot| spot.cell.is_none()) {
        return false;
    }
    let end = (0..=SHEET.min(raw.text.len())).rev().find(|end| raw.text.is_char_boundary(*end)).unwrap_or_default();
    let found = find_dates_in(raw.text.get(..end).unwrap_or_default(), language);
    found.iter().any(|one| found.first().is_some_and(|first| first.date != one.date))
}

/// The part of the foot that is not in the head already.
fn below_head(ends: &HeadAndFoot<'_>) -> std::ops::Range<usize> {
    ends.foot.start.max(ends.head.end)..ends.foot.end
}

fn has_digit(text: &str, part: &std::ops::Range<usize>) -> bool {
    let figure = |byte: &u8| byte.is_ascii_digit() || *byte >= 0xd9;
    let part = text.get(part.clone()).unwrap_or("");
    part.bytes().any(|byte| figure(&byte)) && part.chars().any(|c| is_digit(c) || c == '年')
}

/// The text before and after a range within its segment.
fn sides<'a>(segment: &Segment<'a>, range: &std::ops::Range<usize>) -> Option<(&'a str, &'a str)> {
    let before = segment.text.get(..range.start.checked_sub(segment.start)?)?;
    Some((before, segment.text.get(range.end.checked_sub(segment.start)?..)?))
}

/// Returns whether a segment is a sentence or more. The first such segment ends the head.
fn is_prose(segment: &Segment) -> bool {
    let length = segment.text.len();
    length >= 240 || length >= 60 && segment.text.ends_with(['.', ':', '!', '?', '"', '”', ']'])
}

/// Returns whether a date stands out from cells of tables. These look like months or short years alone (`Mar 1263`,
/// `04/09/87`), so such dates need more to count.
fn stands_out(segment: &Segment, written: &Written) -> bool {
    let month = written.date.precision() != Precision::Day;
    let recent = written.date.year() >= 1600;
    if month {
        segment.whole_line && recent && written.range.len() > 8
    } else {
        segment.whole_line || written.range.len() > 8
    }
}

/// Returns whether the line before continues in this one, so that a date here is only the end of a sentence.
fn runs_on(text: &str, before: Option<&Segment>, segment: &Segment, after: &str) -> bool {
    let Some(before) = before else { return false };
    let gap = text.get(before.range().end..segment.start).unwrap_or("");
    if gap.matches('\n').count() > 1 {
        return before.text.ends_with(':');
    }
    let last = before.text.rsplit(char::is_whitespace).next().unwrap_or("");
    before.text.ends_with([',', ':']) || before.text.len() >= 40 && after.trim() == "." || is_link(last)
}

/// Returns whether a line that ends with this word continues.
fn is_link(word: &str) -> bool {
    matches!(
        folded(word).as_str(),
        "in" | "on"
            | "of"
            | "at"
            | "by"
            | "due"
            | "since"
            | "from"
            | "until"
            | "till"
            | "to"
            | "and"
            | "or"
            | "the"
            | "for"
            | "ended"
            | "ending"
            | "before"
            | "after"
            | "between"
            | "is"
            | "was"
            | "le"
            | "la"
            | "du"
            | "de"
            | "des"
            | "en"
            | "et"
            | "au"
            | "depuis"
            | "am"
            | "im"
            | "vom"
            | "seit"
            | "bis"
            | "und"
            | "der"
            | "den"
            | "el"
            | "del"
            | "desde"
            | "y"
            | "il"
            | "dal"
            | "в"
            | "с"
            | "от"
            | "до"
            | "по"
            | "и"
            | "на"
            | "к"
    )
}

/// Returns whether a line announces a meeting: its day is no day of publication.
fn names_a_meeting(segment: &Segment) -> bool {
    let text = segment.text;
    let name =
        text.split_once(':').map(|(name, _)| name).or_else(|| (!text.contains(char::is_lowercase)).then_some(text));
    name.is_some_and(|name| {
        name.len() <= 20
            && matches!(
                folded(name.trim()).as_str(),
                "time"
                    | "location"
                    | "where"
                    | "venue"
                    | "place"
                    | "when"
                    | "who"
                    | "ort"
                    | "uhrzeit"
                    | "lieu"
                    | "heure"
                    | "lugar"
                    | "hora"
                    | "место"
                    | "время"
                    | "yer"
                    | "saat"
            )
    })
}

fn opens_a_letter(segment: &Segment) -> bool {
    let words = segment.text;
    ["Dear ", "The Honorable ", "The Hon", "To ", "Mr. ", "Ms. ", "Mrs. ", "Sehr geehrte", "Cher", "Estimad", "Уважаем"]
        .iter()
        .any(|opening| words.starts_with(opening))
}

fn in_head(ends: &HeadAndFoot<'_>, language: Option<&str>, candidates: &mut Vec<Candidate>) -> Option<YearlessClue> {
    let HeadAndFoot { text, head, foot, .. } = ends;
    let excerpt = text.get(head.clone())?;
    let (dates, partial) = find_dates_and_partial(excerpt, language);
    if dates.is_empty() && partial.is_empty() {
        return None;
    }
    let segments = ends.head_segments();
    let count = segments.len();
    let whole = head.end >= foot.end;
    let body = segments.iter().position(is_prose).unwrap_or(count);
    let meeting = segments.iter().any(names_a_meeting);
    let shift = |range: &std::ops::Range<usize>| range.start + head.start..range.end + head.start;
    let first = candidates.len();
    let mut at = 0;
    for written in dates {
        let written = Written { range: shift(&written.range), ..written };
        while segments.get(at).is_some_and(|segment| segment.range().end < written.range.end) {
            at += 1;
        }
        let Some(segment) = segments.get(at) else { break };
        let Some((before, after)) = sides(segment, &written.range) else { continue };
        let day = written.date.precision() == Precision::Day;
        let roomy = stands_out(segment, &written);
        let near = written.range.start - head.start <= DATELINE;
        let above = at.checked_sub(1).and_then(|above| segments.get(above));
        // `WHEN   26 February 2023` is a meeting's day, and the day above `Dear Sir` is that of a letter in the text.
        let beside = above.is_some_and(names_a_meeting)
            || candidates.len() > first && segments.get(at + 1).is_some_and(opens_a_letter);
        let role = role(before, after, language).filter(|_| !beside && !runs_on(text, above, segment, after));
        let found = match role {
            Some(Role::Labelled(meaning)) if at < LABELLED && !(meeting && meaning == Meaning::Plain) => {
                Some((DateRule::Header, meaning))
            }
            // In a short text the head reaches down to the foot.
            Some(Role::Alone(meaning))
                if roomy
                    && whole
                    && at >= count.div_ceil(2)
                    && at + ALONE_FOOT >= count
                    // A letter may be a single paragraph and its date.
                    && (at > 1 || at == 1 && body == 0) =>
            {
                Some((DateRule::FootLine, meaning))
            }
            Some(Role::Alone(meaning)) if roomy && at < ALONE_HEAD && (at <= body || meaning != Meaning::Plain) => {
                Some((DateRule::HeadLine, meaning))
            }
            Some(Role::Opening) if at < ALONE_HEAD && at <= body && day => Some((DateRule::HeadLine, Meaning::Plain)),
            Some(Role::Leading) if at <= body && body <= OPENING && day => Some((DateRule::Dateline, Meaning::Plain)),
            _ if near && day && at <= body && is_dateline(before, after) => Some((DateRule::Dateline, Meaning::Plain)),
            _ => None,
        };
        if let Some((rule, meaning)) = found {
            let candidate = Candidate::written(&written, text, rule, ends.place(written.range.start));
            candidates.push(Candidate { meaning, ..candidate });
        }
    }
    // The current day that a page shows stands at its very top, and that of the story right above the story.
    if let Some(found) = candidates.get_mut(first..) {
        found.reverse();
    }
    partial.into_iter().find_map(|partial| {
        let range = shift(&partial.range);
        let at = segments.iter().position(|segment| segment.range().end >= range.end)?;
        let (before, after) = sides(segments.get(at)?, &range)?;
        let fits = range.start - head.start <= DATELINE && at <= body && is_dateline(before, after);
        fits.then(|| YearlessClue {
            date: partial.date,
            place: ends.place(range.start),
            written: text.get(range.clone()).unwrap_or("").to_string(),
        })
    })
}

fn in_foot(ends: &HeadAndFoot<'_>, language: Option<&str>, candidates: &mut Vec<Candidate>) {
    let (text, foot) = (ends.text, below_head(ends));
    if find_dates_in(text.get(foot.clone()).unwrap_or(""), language).is_empty() {
        return;
    }
    let cut;
    let segments = if foot == ends.foot {
        ends.foot_segments()
    } else {
        cut = segments(text, foot);
        &cut
    };
    if segments.iter().any(names_a_meeting) {
        return;
    }
    // A date nearer to the end is more likely.
    for (at, segment) in segments.iter().enumerate().rev().take(ALONE_FOOT) {
        let above = at.checked_sub(1).and_then(|above| segments.get(above));
        for written in find_dates_in(segment.text, language) {
            let range = written.range.start + segment.start..written.range.end + segment.start;
            let Some((before, after)) = sides(segment, &range).filter(|_| stands_out(segment, &written)) else {
                continue;
            };
            // A signature has no weekday, but an invitation does.
            let weekday = before.split(|c: char| !c.is_alphabetic()).any(|word| weekday_in(word, language).is_some());
            let meaning = match role(before, after, language).filter(|_| !weekday) {
                Some(Role::Alone(Meaning::Plain)) if text.len() > LONGEST_LETTER => continue,
                Some(Role::Alone(meaning) | Role::Labelled(meaning)) if !runs_on(text, above, segment, after) => {
                    meaning
                }
                _ => continue,
            };
            let at = ends.place(range.start);
            let candidate = Candidate::written(&Written { range, ..written }, text, DateRule::FootLine, at);
            candidates.push(Candidate { meaning, ..candidate });
        }
    }
}
