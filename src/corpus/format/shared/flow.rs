//! Builds text from formats whose line breaks mean nothing.

/// The separation of a piece of text from the one before, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::corpus::format) enum Gap {
    Space,
    Line,
    Paragraph,
}

/// Collects words. Of several gaps the widest is written, once something follows.
#[derive(Debug, Default)]
pub(in crate::corpus::format) struct Flow {
    text: String,
    gap: Option<Gap>,
}

impl Flow {
    pub(in crate::corpus::format) fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(Some(gap));
    }

    /// Adds text in which white space means a single space. A non-breaking space is kept.
    pub(in crate::corpus::format) fn words(&mut self, text: &str) {
        if text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.gap(Gap::Space);
        }
        let mut words = text.split_ascii_whitespace().peekable();
        while let Some(word) = words.next() {
            self.push(word);
            if words.peek().is_some() {
                self.gap(Gap::Space);
            }
        }
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.gap(Gap::Space);
        }
    }

    /// Adds text with its own line breaks and indents.
    #[cfg(any(feature = "html", feature = "xml"))]
    pub(in crate::corpus::format) fn verbatim(&mut self, text: &str) {
        let text = text.trim_end().trim_start_matches(['\n', '\r']);
        if !text.is_empty() {
            self.push(text);
        }
    }

    /// The bytes so far.
    #[cfg(feature = "html")]
    pub(in crate::corpus::format) fn len(&self) -> usize {
        self.text.len()
    }

    pub(in crate::corpus::format) fn finish(self) -> String {
        self.text
    }

    fn push(&mut self, text: &str) {
        let gap = self.gap.take();
        if !self.text.is_empty() {
            match gap {
                Some(Gap::Space) => self.text.push(' '),
                Some(Gap::Line) => self.text.push('\n'),
                Some(Gap::Paragraph) => self.text.push_str("\n\n"),
                None => {}
            }
        }
        self.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_gap_is_written_once_something_follows() {
        let mut flow = Flow::default();
        flow.gap(Gap::Paragraph);
        flow.words(" The\n mill ");
        flow.words("turns");
        flow.words("!");
        flow.gap(Gap::Line);
        flow.gap(Gap::Paragraph);
        flow.words("It\u{a0}grinds.");
        flow.gap(Gap::Line);
        assert_eq!(flow.finish(), "The mill turns!\n\nIt\u{a0}grinds.");
    }

    #[cfg(feature = "xml")]
    #[test]
    fn lines_of_their_own_stay() {
        let mut flow = Flow::default();
        flow.words("It grinds.");
        flow.gap(Gap::Line);
        flow.verbatim("\n  a\n  b\n");
        assert_eq!(flow.finish(), "It grinds.\n  a\n  b");
    }
}
