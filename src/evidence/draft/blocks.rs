//! Blocks of a text: those that quote, and those that are code.

use std::ops::Range;

/// A stretch of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its bytes in the text.
    pub(crate) bytes: Range<usize>,
    /// The words of a block that quotes; none of code.
    pub(crate) quoted: Option<String>,
}

/// The blocks of a text that quote, and those of code, in order.
pub(crate) fn find(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = Lines { text, at: 0 };
    while let Some(line) = lines.next() {
        let start = line.start;
        let words = text.get(line.clone()).unwrap_or_default();
        if let Some(fence) = fence(words) {
            let mut end = line.end;
            for line in lines.by_ref() {
                end = line.end;
                if text.get(line).is_some_and(|line| {
                    line.trim().starts_with(fence)
                        && line.trim().trim_start_matches(fence.chars().next().unwrap_or('`')).is_empty()
                }) {
                    break;
                }
            }
            blocks.push(Block { bytes: start..end, quoted: None });
        } else if unquoted(words).is_some() {
            let mut end = line.end;
            let mut inside = vec![unquoted(words).unwrap_or_default()];
            while let Some(line) =
                lines.peek().filter(|line| text.get(line.clone()).is_some_and(|line| unquoted(line).is_some()))
            {
                inside.push(unquoted(text.get(line.clone()).unwrap_or_default()).unwrap_or_default());
                end = line.end;
                lines.next();
            }
            let quoted = words_of(&inside);
            blocks.push(Block { bytes: start..end, quoted: Some(quoted).filter(|quoted| !quoted.is_empty()) });
        }
    }
    blocks
}

/// The lines of a text as bytes, without their line breaks.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Lines<'_> {
    fn peek(&self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.find('\n').unwrap_or(rest.len());
        Some(self.at..self.at + end)
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let line = self.peek()?;
        self.at = line.end + 1;
        Some(line)
    }
}

/// What opens and closes a block of code.
fn fence(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))
}

/// A line of a block that quotes, without its signs.
fn unquoted(line: &str) -> Option<&str> {
    let mut rest = line.strip_prefix("   ").or(line.strip_prefix("  ")).or(line.strip_prefix(' ')).unwrap_or(line);
    rest = rest.strip_prefix('>')?;
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        rest = inner;
    }
    Some(rest.trim())
}

/// The words of a block, without the line that says whose they are, and without marks around the whole.
fn words_of(lines: &[&str]) -> String {
    let mut lines: Vec<&str> = lines.to_vec();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    if lines.len() > 1 && lines.last().is_some_and(|line| line.starts_with(['—', '–']) || line.starts_with("-- ")) {
        lines.pop();
    }
    // "[!NOTE]" heads a remark of the writer's own.
    if lines.first().is_some_and(|line| line.starts_with("[!")) {
        return String::new();
    }
    let text = lines.join("\n");
    let text = text.trim();
    let pairs = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('»', '«'), ('‘', '’'), ('「', '」')];
    let inner = pairs.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains(*open) && !inner.contains(*close)).then_some(inner)
    });
    inner.unwrap_or(text).trim().to_string()
}

/// A text without the signs of Markdown: emphasis, links, code, notes, escapes.
pub(crate) fn without_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((words, length)) = link(rest) {
            out.push_str(&without_markdown(words));
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        let next = rest.chars().nth(1);
        let before = out.chars().next_back();
        let at_edge = !before.is_some_and(char::is_alphanumeric) || !next.is_some_and(char::is_alphanumeric);
        match c {
            '\\' if next.is_some_and(|c| c.is_ascii_punctuation()) => {
                out.extend(next);
                rest = rest.get(2..).unwrap_or_default();
                continue;
            }
            '*' | '`' => {}
            '_' if at_edge => {}
            c => out.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// The words of a link or a note at the beginning of a text, and its length.
fn link(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(['[', ']', '\n']).filter(|end| inner.get(*end..).is_some_and(|rest| rest.starts_with(']')))?;
    let words = inner.get(..end)?;
    let after = inner.get(end + 1..)?;
    if words.starts_with('^') {
        return Some(("", end + 2));
    }
    let target = after.strip_prefix('(')?;
    let close =
        target.find([')', '\n']).filter(|close| target.get(*close..).is_some_and(|rest| rest.starts_with(')')))?;
    Some((words, end + 2 + close + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_quote_are_told_from_code() {
        let text = "Before.\n\n> We sailed\n> at dawn.\n>\n> — Edda Marsh\n\n```\n> code\n\"also code\"\n```\n\n> [!NOTE]\n> A remark.\n";
        let found = find(text);
        let quoted: Vec<Option<&str>> = found.iter().map(|block| block.quoted.as_deref()).collect();
        assert_eq!(quoted, [Some("We sailed\nat dawn."), None, None]);
        assert_eq!(find("> “We sailed.”\n")[0].quoted.as_deref(), Some("We sailed."));
    }

    #[test]
    fn the_signs_of_markdown_are_no_words() {
        for (text, expected) in [
            ("We *really* **sailed** with snake_case and _all_", "We really sailed with snake_case and all"),
            ("We [sailed](https://a.example/x) home[^1]", "We sailed home"),
            ("We [they] sailed", "We [they] sailed"),
            ("5 \\* 3", "5 * 3"),
        ] {
            assert_eq!(without_markdown(text), expected, "{text}");
        }
    }
}
