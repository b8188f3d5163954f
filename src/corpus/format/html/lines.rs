//! The lines of a page as a reader sees them, and where its headings stand: what is needed to find the date beside the
//! headline when no markup says that it is one.

use super::zone::Zone;

/// No line that says when a page was published is longer than this, in bytes.
const LONGEST: usize = 400;

/// A short line before another may be its label: `Published` above `26 May 2024`.
const LABEL: usize = 40;

/// How many lines and headings are kept.
const MANY: usize = 300;

/// After the headline, a date may be so many bytes of text away.
const AFTER: usize = 1200;

/// Before it, so many.
const BEFORE: usize = 300;

/// A place in the text of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// Bytes of text before it.
    at: usize,
    /// Headings before it.
    headings: usize,
}

/// A line with figures in it.
pub(super) struct Line {
    pub(super) text: String,
    /// The short line before it.
    pub(super) label: String,
    pub(super) spot: Spot,
    pub(super) zone: Zone,
}

struct Heading {
    text: String,
    main: bool,
    begin: usize,
    end: usize,
}

/// Text in the order of the page, cut into lines.
#[derive(Default)]
pub(super) struct Lines {
    line: String,
    /// Whether the line goes on beyond what is kept of it.
    long: bool,
    label: String,
    seen: usize,
    lines: Vec<Line>,
    headings: Vec<Heading>,
    heading: Option<bool>,
}

impl Lines {
    /// Adds text of the line at hand.
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

    /// Sets inline elements apart, which style sheets often show as columns.
    pub(super) fn gap(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// Ends the line at hand.
    pub(super) fn end(&mut self, zone: Zone) {
        let text = self.line.trim_ascii_end();
        if let (Some(main), false) = (self.heading, text.is_empty() || self.long) {
            if self.headings.len() < MANY {
                let (begin, end) = (self.seen.saturating_sub(text.len()), self.seen);
                self.headings.push(Heading { text: text.to_owned(), main, begin, end });
            }
        } else if !self.long && text.bytes().filter(u8::is_ascii_digit).count() >= 3 && self.lines.len() < MANY {
            let spot = self.spot();
            self.lines.push(Line { text: text.to_owned(), label: self.label.clone(), spot, zone });
        }
        if !text.is_empty() {
            self.label.clear();
            if text.len() <= LABEL && !self.long {
                self.label.push_str(text);
            }
        }
        self.line.clear();
        self.long = false;
    }

    /// Begins or ends a heading; `main` for those that may be the page's own.
    pub(super) fn heading(&mut self, heading: Option<bool>, zone: Zone) {
        self.end(zone);
        self.heading = heading;
    }

    /// The place reached.
    pub(super) fn spot(&self) -> Spot {
        Spot { at: self.seen, headings: self.headings.len() }
    }

    /// The lines with figures in them, and the headline among the headings.
    pub(super) fn finish(self, titles: &[&str]) -> (Vec<Line>, Headline) {
        let titles: Vec<String> = titles.iter().map(|title| squashed(title)).collect();
        let named = |heading: &Heading| {
            let text = squashed(&heading.text);
            text.chars().count() >= 6 && titles.iter().any(|title| title.contains(&text) || text == *title)
        };
        let headings = &self.headings;
        let found = headings.iter().position(|heading| named(heading));
        let mains = headings.iter().filter(|heading| heading.main).count();
        // Where one heading is of the first order, it is the headline; where many are, each opens another story.
        let found = found.or_else(|| headings.iter().position(|heading| heading.main).filter(|_| mains == 1));
        let spot = found.and_then(|at| Some((at, headings.get(at)?)));
        (self.lines, spot.map_or(Headline(None), |(at, heading)| Headline(Some((at, heading.begin, heading.end)))))
    }
}

/// Where the headline stands, if the page has one: its number among the headings, its first and last byte.
pub(super) struct Headline(Option<(usize, usize, usize)>);

impl Headline {
    /// Whether the place is beside the headline, with no other heading between.
    pub(super) fn is_near(&self, spot: Spot) -> bool {
        self.0.is_some_and(|(number, begin, end)| {
            let after = spot.headings == number + 1 && spot.at <= end + AFTER;
            let before = spot.headings == number && spot.at + BEFORE >= begin;
            after || before
        })
    }
}

/// Letters and figures alone, in lower case.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
