//! The lines of a page as a reader sees them, and the places of its headings. They are needed to find the date beside
//! the headline of a page without markup for it.

use super::zone::Zone;

/// The longest line that says when a page was published, in bytes.
const LONGEST: usize = 400;

/// The longest label, a short line before another: `Published` above `26 May 2024`.
const LABEL: usize = 24;

/// The longest heading with figures that may be a date.
const DATE: usize = 36;

/// The most lines and headings that are kept.
const MANY: usize = 300;

/// The bytes of text after the headline within which its date may stand.
const AFTER: usize = 1200;

/// The bytes of text before the headline within which its date may stand.
const BEFORE: usize = 300;

/// A place in the text of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// The bytes of text before it.
    at: usize,
    /// The headings before it.
    headings: usize,
}

/// A line that contains figures.
pub(super) struct Line {
    pub(super) text: String,
    /// The short line before it.
    pub(super) label: String,
    pub(super) spot: Spot,
    pub(super) zone: Zone,
}

struct Heading {
    text: String,
    /// 1 to 4, and 4 for those below.
    level: u8,
    begin: usize,
    end: usize,
}

/// Text in the order of the page, cut into lines.
#[derive(Default)]
pub(super) struct Lines {
    line: String,
    /// Set if the line is longer than what is kept of it.
    long: bool,
    label: String,
    seen: usize,
    lines: Vec<Line>,
    headings: Vec<Heading>,
    heading: Option<u8>,
}

impl Lines {
    /// Adds text to the current line.
    pub(super) fn words(&mut self, text: &str) {
        self.seen += text.trim_ascii().len();
        if self.long {
            return;
        }
        if !self.line.is_empty() && text.starts_with(|c: char| c.is_ascii_whitespace()) && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
        for (at, word) in text.split_ascii_whitespace().enumerate() {
            if self.line.len() + word.len() > LONGEST {
                self.long = true;
                return;
            }
            if at > 0 {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if text.ends_with(|c: char| c.is_ascii_whitespace()) && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// Separates inline elements, which style sheets often show as columns.
    pub(super) fn gap(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// Ends the current line.
    pub(super) fn end(&mut self, zone: Zone) {
        let text = self.line.trim_ascii_end();
        let figures = text.bytes().filter(u8::is_ascii_digit).count() >= 3;
        // Some pages make the date a heading of its own.
        let heading = self.heading.filter(|_| !(text.is_empty() || self.long || figures && text.len() <= DATE));
        if let Some(level) = heading {
            if self.headings.len() < MANY {
                let (begin, end) = (self.seen.saturating_sub(text.len()), self.seen);
                self.headings.push(Heading { text: text.to_owned(), level, begin, end });
            }
            // Text after a line break in a heading is not part of it.
            self.heading = None;
        } else if !self.long && figures && self.lines.len() < MANY {
            let spot = self.spot();
            self.lines.push(Line { text: text.to_owned(), label: self.label.clone(), spot, zone });
        }
        if !text.is_empty() {
            self.label.clear();
            if text.len() <= LABEL && !self.long && heading.is_none() {
                self.label.push_str(text);
            }
        }
        self.line.clear();
        self.long = false;
    }

    /// Begins or ends a heading; `level` is its order, from 1.
    pub(super) fn heading(&mut self, level: Option<u8>, zone: Zone) {
        self.end(zone);
        self.heading = level;
    }

    /// Returns whether a heading has been seen.
    pub(super) fn has_heading(&self) -> bool {
        !self.headings.is_empty()
    }

    /// The place that was reached.
    pub(super) fn spot(&self) -> Spot {
        Spot { at: self.seen, headings: self.headings.len() }
    }

    /// The lines with figures in them, and the headline among the headings.
    pub(super) fn finish(self, titles: &[&str]) -> (Vec<Line>, Headline) {
        let titles: Vec<String> = titles.iter().map(|title| squashed(title)).collect();
        let named = |heading: &Heading| {
            let text = squashed(&heading.text);
            let known = titles.iter().any(|title| title.contains(&text) || text.contains(title) && title.len() >= 10);
            if known && text.len() >= 6 { text.len() } else { 0 }
        };
        let headings = &self.headings;
        // The name of the site may be a heading and stand in the title too, but it is shorter. A teaser may have the
        // same words, but in a lesser heading.
        let best = |(at, heading): (usize, &Heading)| {
            let length = named(heading);
            (length > 0).then_some((length, std::cmp::Reverse(heading.level), std::cmp::Reverse(at)))
        };
        let found = headings.iter().enumerate().filter_map(best).max().map(|(_, _, at)| at.0);
        let mains = headings.iter().filter(|heading| heading.level == 1).count();
        // If one heading is of the first order, it is the headline. If several are, each opens another story.
        let found = found.or_else(|| headings.iter().position(|heading| heading.level == 1).filter(|_| mains == 1));
        let spot = found.and_then(|at| Some((at, headings.get(at)?)));
        (self.lines, spot.map_or(Headline(None), |(at, heading)| Headline(Some((at, heading.begin, heading.end)))))
    }
}

/// The headline, if the page has one: its number among the headings, its first and last byte.
pub(super) struct Headline(Option<(usize, usize, usize)>);

impl Headline {
    /// The distance of a place from the headline, if no other heading stands between. Dates stand after the headline
    /// more often than before it, where the current day may stand too.
    pub(super) fn distance(&self, spot: Spot, zone: Zone) -> Option<usize> {
        let (number, begin, end) = self.0?;
        if spot.headings > number {
            let distance = spot.at.saturating_sub(end);
            (spot.headings == number + 1 && distance <= AFTER).then_some(distance)
        } else {
            let distance = begin.saturating_sub(spot.at);
            (spot.headings == number && distance <= BEFORE && zone == Zone::Main).then_some(distance * AFTER / BEFORE)
        }
    }
}

/// The letters and figures of a text, in lower case.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parts: &[(&str, &str)], title: &str) -> Vec<(String, Option<usize>)> {
        let mut lines = Lines::default();
        for (kind, text) in parts {
            match *kind {
                "h1" | "h2" => lines.heading(Some(if *kind == "h1" { 1 } else { 2 }), Zone::Main),
                _ => lines.end(Zone::Main),
            }
            for part in text.split('|') {
                lines.words(part);
                lines.end(Zone::Main);
            }
            lines.heading(None, Zone::Main);
        }
        let (lines, headline) = lines.finish(&[title]);
        lines.into_iter().map(|line| (line.text, headline.distance(line.spot, line.zone))).collect()
    }

    #[test]
    fn lines_beside_the_headline_are_known_by_the_headings_between() {
        let found = |parts: &[(&str, &str)]| {
            read(parts, "Ships sail at noon | The Post").into_iter().map(|(_, near)| near.is_some()).collect::<Vec<_>>()
        };
        let date = ("p", "26 May 2024");
        let far = "word ".repeat(400);
        assert_eq!(found(&[date, ("h2", "Ships sail at noon"), date, ("h2", "More"), date]), [true, true, false]);
        assert_eq!(found(&[("h1", "The Post"), date, ("h2", "Ships sail at noon"), date]), [true, true]);
        assert_eq!(found(&[("h1", "Ships sail at noon"), ("p", &far), date]), [false]);
        assert_eq!(found(&[("h1", "Other words"), date]), [true]);
        assert_eq!(found(&[("h1", "Other words"), date, ("h1", "And more"), date]), [false, false]);
        assert_eq!(found(&[date]), [false]);
        // The date is in the heading, or is a heading.
        assert_eq!(found(&[("h1", "Ships sail at noon|26.05.2024")]), [true]);
        assert_eq!(found(&[("h2", "26 May 2024"), ("h1", "Ships sail at noon")]), [true]);
    }

    #[test]
    fn a_short_line_labels_the_next() {
        let mut lines = Lines::default();
        for text in ["Published", "26 May 2024", "A line that is too long to be a label of anything", "27 May 2024"] {
            lines.words(text);
            lines.end(Zone::Main);
        }
        let labels: Vec<_> = lines.finish(&[]).0.into_iter().map(|line| line.label).collect();
        assert_eq!(labels, ["Published", ""]);
    }
}
