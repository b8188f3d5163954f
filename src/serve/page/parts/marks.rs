//! Texts of documents as markup: escaped, cut into paragraphs, with stretches marked.
//!
//! A text is only ever text. Control characters and characters that change the direction of what follows are left out
//! ([`crate::text::tame`]), so that no title can rearrange the page around it.

use std::ops::Range;

use maud::{Markup, html};

/// The shortest line, in bytes, that can be one of a text whose lines were broken by a machine.
const BROKEN_LINE: usize = 50;

/// A stretch around which something stands: a day spoken of, or the place of a clue.
#[derive(Clone, Debug)]
pub(in super::super) struct Span {
    pub(in super::super) bytes: Range<usize>,
    /// Names of the stretch, for links to it.
    pub(in super::super) id: Option<String>,
    /// What is said of it where a pointer rests on it.
    pub(in super::super) title: Option<String>,
    /// A sign after it.
    pub(in super::super) sign: Option<&'static str>,
    pub(in super::super) class: &'static str,
}

/// A stretch of a text with the matches in it marked. `marks` are in order and without overlap, in bytes of `text`.
pub(in super::super) fn marked<'m>(
    text: &str,
    range: Range<usize>,
    marks: impl IntoIterator<Item = &'m Range<usize>>,
) -> Markup {
    let mut done = range.start;
    let mut parts: Vec<(bool, &str)> = Vec::new();
    for mark in marks {
        let (start, end) = (mark.start.max(done), mark.end.min(range.end));
        if start < end {
            parts.push((false, slice(text, done..start)));
            parts.push((true, slice(text, start..end)));
            done = end;
        }
    }
    parts.push((false, slice(text, done..range.end.max(done))));
    html! {
        @for (is_mark, part) in parts {
            @if is_mark { mark { (harmless(part)) } } @else { (harmless(part)) }
        }
    }
}

/// A stretch of a text in paragraphs, with matches and other stretches marked. `offset` is what the places of `marks`
/// and `spans` are counted from.
pub(in super::super) fn paragraphs(text: &str, offset: usize, marks: &[Range<usize>], spans: &[Span]) -> Markup {
    html! {
        @for range in paragraph_ranges(text) {
            p dir="auto" {
                @for piece in pieces(range.start + offset..range.end + offset, spans) {
                    @match piece {
                        Piece::Plain(bytes) => (broken(text, offset, bytes, marks)),
                        Piece::Spanned(bytes, span) => {
                            span class=(span.class) id=[span.id.as_deref()] title=[span.title.as_deref()] {
                                (broken(text, offset, bytes, marks))
                                @if let Some(sign) = span.sign { sup aria-hidden="true" { (sign) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A stretch in or outside of a span.
enum Piece<'s> {
    Plain(Range<usize>),
    Spanned(Range<usize>, &'s Span),
}

/// A stretch cut where spans begin and end. A span that overlaps the one before it gives way.
fn pieces(range: Range<usize>, spans: &[Span]) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut done = range.start;
    for span in spans {
        let (start, end) = (span.bytes.start.max(range.start), span.bytes.end.min(range.end));
        if start < done || start >= end {
            continue;
        }
        if start > done {
            out.push(Piece::Plain(done..start));
        }
        out.push(Piece::Spanned(start..end, span));
        done = end;
    }
    if done < range.end {
        out.push(Piece::Plain(done..range.end));
    }
    out
}

/// A stretch within a paragraph: short lines end where they end, long ones were broken by a machine and flow on.
fn broken(text: &str, offset: usize, bytes: Range<usize>, marks: &[Range<usize>]) -> Markup {
    let stretch = slice(text, bytes.start - offset..bytes.end - offset);
    let own = |mark: &Range<usize>| mark.start.saturating_sub(offset)..mark.end.saturating_sub(offset);
    let marks: Vec<Range<usize>> =
        marks.iter().filter(|mark| mark.end > bytes.start && mark.start < bytes.end).map(own).collect();
    let mut from = bytes.start - offset;
    let mut lines: Vec<(Range<usize>, bool)> = Vec::new();
    for line in stretch.split_inclusive('\n') {
        let end = from + line.len();
        let flows = !line.ends_with('\n') || line_length(text, end) >= BROKEN_LINE;
        lines.push((from..end, flows));
        from = end;
    }
    html! {
        @for (line, flows) in lines {
            (marked(text, line, &marks))
            @if !flows { br; }
        }
    }
}

/// The length of the line of the text that ends at this byte.
fn line_length(text: &str, end: usize) -> usize {
    let line = slice(text, 0..end).trim_end_matches('\n');
    line.len() - line.rfind('\n').map_or(0, |at| at + 1)
}

/// The paragraphs of a text: what stands between empty lines.
fn paragraph_ranges(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        match out.last_mut().filter(|_| is_open && !is_blank) {
            Some(last) => last.end = at + line.trim_end().len(),
            None if !is_blank => out.push(at..at + line.trim_end().len()),
            None => {}
        }
        is_open = !is_blank;
        at += line.len();
    }
    out
}

/// A stretch of a text; empty where it is none.
fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// A text without characters that would do something to the page around it.
pub(in super::super) fn harmless(text: &str) -> String {
    crate::text::tame(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_only_ever_text() {
        let text = "<script>alert(1)</script> & \"fire\" \u{202E}evil";
        let markup = marked(text, 0..text.len(), std::slice::from_ref(&(29..33))).into_string();
        assert!(
            markup.starts_with("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;<mark>fire</mark>&quot;"),
            "{markup}"
        );
        assert!(!markup.contains('\u{202E}'), "{markup}");
    }

    #[test]
    fn marks_stand_within_spans_and_spans_within_paragraphs() {
        let text = "One fire in March.\n\nTwo fires in\nApril.";
        let spans = [Span { bytes: 112..117, id: Some("d1".into()), title: None, sign: Some("~"), class: "spoken" }];
        let markup = paragraphs(text, 100, &[104..108, 114..117], &spans).into_string();
        let span = "<span class=\"spoken\" id=\"d1\">Ma<mark>rch</mark><sup aria-hidden=\"true\">~</sup></span>";
        let expected =
            format!("<p dir=\"auto\">One <mark>fire</mark> in {span}.</p><p dir=\"auto\">Two fires in\n<br>April.</p>");
        assert_eq!(markup, expected);
    }

    #[test]
    fn spans_that_overlap_give_way_and_places_beyond_the_text_are_nothing() {
        let span = |bytes| Span { bytes, id: None, title: None, sign: None, class: "x" };
        let markup = paragraphs("abcdef", 0, std::slice::from_ref(&(4..99)), &[span(0..3), span(2..5), span(90..99)])
            .into_string();
        assert_eq!(markup, "<p dir=\"auto\"><span class=\"x\">abc</span>d<mark>ef</mark></p>");
        assert_eq!(marked("é", 0..1, &[]).into_string(), "");
    }

    #[test]
    fn lines_broken_by_a_machine_flow_on() {
        let long = "x".repeat(BROKEN_LINE);
        let markup = paragraphs(&format!("{long}\nend\nnext"), 0, &[], &[]).into_string();
        assert_eq!(markup, format!("<p dir=\"auto\">{long}\nend\n<br>next</p>"));
    }
}
