//! The lines of a page's blocks as text: words cut at line ends are joined, with blank lines between blocks and form
//! feeds between pages.

use unpdf::parser::TextBlock;

use super::furniture;
use super::spans::line_text;
use crate::corpus::format::shared::hyphens::{Compounds, is_conjunction};

/// The character between pages.
const PAGE: char = '\u{c}';

/// The character at which a word may be cut, invisible elsewhere.
const SOFT_HYPHEN: char = '\u{ad}';

/// The characters of a word that are looked at.
const WORD: usize = 60;

/// The lines of the pages read so far. Each has a mark of what separates it from the one before.
#[derive(Default)]
pub(super) struct Pages {
    lines: Vec<(Before, String)>,
    /// The pages since the last line.
    pages: usize,
    /// All pages.
    count: usize,
    bytes: usize,
    compounds: Compounds,
}

/// The separation of a line from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Line,
    Block,
    /// The border of a running head or foot, over which no paragraph continues.
    Apart,
    /// This many page breaks.
    Page(usize),
}

impl Pages {
    pub(super) fn push(&mut self, blocks: Vec<TextBlock>) {
        let lines = blocks.iter().map(|block| block.lines.iter().map(line_text).collect());
        self.push_lines(lines.collect());
    }

    fn push_lines(&mut self, blocks: Vec<Vec<String>>) {
        self.pages += 1;
        self.count += 1;
        let mut before = None;
        for block in blocks {
            let mut first = true;
            for line in block {
                let line = tidy(&line);
                if line.is_empty() {
                    continue;
                }
                let begins_block = std::mem::take(&mut first);
                let before = match before.replace(()) {
                    None => Before::Page(std::mem::take(&mut self.pages)),
                    Some(()) if begins_block => Before::Block,
                    Some(()) => Before::Line,
                };
                self.compounds.remember(&line);
                self.bytes += line.len() + 2;
                self.lines.push((before, line));
            }
        }
    }

    /// The number of pages read so far.
    #[cfg(feature = "newspapers")]
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The approximate length of the text, in bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes
    }

    /// Removes the running heads and feet of the pages, except one of each. Returns the number of lines removed.
    pub(super) fn drop_furniture(&mut self) -> usize {
        let begins = self.lines.iter().enumerate().filter(|(_, (before, _))| matches!(before, Before::Page(_)));
        let mut begins: Vec<usize> = begins.map(|(at, _)| at).collect();
        begins.push(self.lines.len());
        let lines: Vec<&str> = self.lines.iter().map(|(_, line)| line.as_str()).collect();
        let pages: Vec<&[&str]> =
            begins.windows(2).filter_map(|page| lines.get(*page.first()?..*page.last()?)).collect();
        let furniture = furniture::find(&pages);
        if furniture.repeated.is_empty() {
            return 0;
        }
        let (mut breaks, mut after_head) = (0, false);
        let lines = std::mem::take(&mut self.lines);
        for (at, (before, line)) in lines.into_iter().enumerate() {
            let of_page = if let Before::Page(pages) = before { pages } else { 0 };
            breaks += of_page;
            if furniture.repeated.contains(&at) {
                continue;
            }
            let before = match before {
                _ if breaks > 0 => Before::Page(std::mem::take(&mut breaks)),
                _ if after_head || furniture.feet.contains(&at) => Before::Apart,
                before => before,
            };
            after_head = furniture.heads.contains(&at);
            self.lines.push((before, line));
        }
        self.pages += breaks;
        furniture.repeated.len()
    }

    /// The text of all pages. A paragraph that continues in the next column or on the next page is not cut.
    pub(super) fn text(self) -> String {
        let Pages { lines, pages, bytes, compounds, .. } = self;
        let mut text = String::with_capacity(bytes);
        for (before, line) in lines {
            let mut line = line.as_str();
            let gap = match before {
                Before::Page(breaks) if text.is_empty() => PAGE.to_string().repeat(breaks.saturating_sub(1)),
                _ if text.is_empty() => String::new(),
                before => {
                    let open = is_open(&text) && line.starts_with(char::is_lowercase);
                    let (joint, rest) = match before {
                        Before::Apart => ("", line),
                        _ => join(&mut text, line, &compounds),
                    };
                    line = rest;
                    match before {
                        // Within a paragraph, a joined word needs only the line's own break after it.
                        Before::Line => joint.to_owned(),
                        Before::Block if open => joint.to_owned(),
                        Before::Block | Before::Apart => "\n\n".to_owned(),
                        Before::Page(breaks) if open => PAGE.to_string().repeat(breaks),
                        Before::Page(breaks) => format!("\n\n{}", PAGE.to_string().repeat(breaks)),
                    }
                }
            };
            text.push_str(&gap);
            text.push_str(line);
        }
        if !text.is_empty() {
            text.extend(std::iter::repeat_n(PAGE, pages));
        }
        text.retain(|c| c != SOFT_HYPHEN);
        text
    }
}

/// One line without control characters. Soft hyphens are kept only at its end.
fn tidy(line: &str) -> String {
    let mut tidy: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    tidy.truncate(tidy.trim_end().len());
    tidy.trim_start().to_owned()
}

/// Returns whether a paragraph continues after these words: they end in a letter, a comma or a cut word.
fn is_open(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_alphabetic() || matches!(c, ',' | '-' | SOFT_HYPHEN | '\u{2010}'))
}

/// Joins a word cut at the end of `text` with its remainder at the beginning of `line`. The remainder is moved; the
/// result is the separation of the text from the rest of the line, and that rest.
fn join<'a>(text: &mut String, line: &'a str, compounds: &Compounds) -> (&'static str, &'a str) {
    const NO_BREAK: &str = "";
    const LINE: &str = "\n";
    let Some(last) = text.chars().next_back() else { return (LINE, line) };
    if is_unspaced(last) && line.chars().next().is_some_and(is_unspaced) {
        return (NO_BREAK, line);
    }
    if !matches!(last, '-' | '\u{2010}' | SOFT_HYPHEN) {
        return (LINE, line);
    }
    let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    let (rest, after) = line.split_at(end);
    let cut = text.len() - last.len_utf8();
    let head = text.get(..cut).unwrap_or_default();
    let letters = head.chars().rev().take(WORD).take_while(|c| c.is_alphanumeric() || *c == '-');
    let head = head.get(head.len() - letters.map(char::len_utf8).sum::<usize>()..).unwrap_or_default();
    if rest.is_empty() || !head.ends_with(char::is_alphabetic) {
        return (LINE, line);
    }
    if last != SOFT_HYPHEN {
        let both_small = head.ends_with(char::is_lowercase) && rest.starts_with(char::is_lowercase);
        if !both_small || is_conjunction(rest) {
            return (LINE, line);
        }
        if compounds.keep_hyphen(head, rest) {
            text.push_str(rest);
            return finish(text, after);
        }
    }
    text.truncate(cut);
    text.push_str(rest);
    finish(text, after)
}

/// Signs right after the joined word, such as a comma, stay with it. The line breaks at the space after them.
fn finish<'a>(text: &mut String, after: &'a str) -> (&'static str, &'a str) {
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    let (close, left) = after.split_at(end);
    text.push_str(close);
    let left = left.trim_start();
    (if left.is_empty() { "" } else { "\n" }, left)
}

/// Letters of scripts that break lines anywhere and have no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages parted by `|`, blocks by `/`, lines by `;`.
    fn text(pages: &str) -> String {
        read(pages).text()
    }

    fn read(pages: &str) -> Pages {
        let mut all = Pages::default();
        for page in pages.split('|') {
            let blocks = page.split('/').map(|block| block.split(';').map(str::to_owned).collect());
            all.push_lines(blocks.collect());
        }
        all
    }

    #[test]
    fn words_cut_at_line_ends_are_joined_where_that_is_plausible() {
        for (lines, expected) in [
            ("the coun-;cil met", "the council\nmet"),
            ("the coun-;cil, it met", "the council,\nit met"),
            ("the coun-;cil", "the council"),
            ("the coun\u{ad};Cil", "the counCil"),
            ("op\u{ad}tion", "option"),
            ("pre-;and post-war", "pre-\nand post-war"),
            ("a low-level; of low-;level work", "a low-level\nof low-level\nwork"),
            ("the Anglo-;American", "the Anglo-\nAmerican"),
            ("in 1968-;the", "in 1968-\nthe"),
            ("the end -;he left", "the end -\nhe left"),
            ("a well-;known e-;mail", "a well-known\ne-mail"),
            ("Überset-;zung", "Übersetzung"),
            ("漢字;仮名", "漢字仮名"),
        ] {
            assert_eq!(text(lines), expected, "{lines}");
        }
    }

    #[test]
    fn running_heads_and_feet_stand_in_no_sentence() {
        for (pages, expected) in [
            (
                "Pond Gazette/it was a very/Page 1 of 2|Pond Gazette/cold pond./Page 2 of 2",
                "Pond Gazette\n\nit was a very\u{c}cold pond.\n\nPage 2 of 2",
            ),
            ("One./1|Two./2|Three./3", "One.\n\n\u{c}Two.\n\n\u{c}Three."),
            ("One./iii|Two./iv|Three./- v -", "One.\n\n\u{c}Two.\n\n\u{c}Three."),
            (
                "Gazette 4 May/A./x|Gazette 9 June/B./y|Gazette 1 July/C./z",
                "Gazette 4 May\n\nA.\n\nx\n\n\u{c}Gazette 9 June\n\nB.\n\ny\n\n\u{c}Gazette 1 July\n\nC.\n\nz",
            ),
            ("A song/la la/A song|B/C", "A song\nla la\n\nA song\n\n\u{c}B\n\nC"),
        ] {
            let mut all = read(pages);
            all.drop_furniture();
            assert_eq!(all.text(), expected, "{pages}");
        }
    }

    #[test]
    fn paragraphs_run_over_columns_and_pages() {
        for (pages, expected) in [
            ("One./Two.", "One.\n\nTwo."),
            ("it runs/over", "it runs\nover"),
            ("One.|Two.", "One.\n\n\u{c}Two."),
            ("it runs|over the page", "it runs\u{c}over the page"),
            ("the coun-|cil met", "the council\u{c}met"),
            ("||Third.||", "\u{c}\u{c}Third.\u{c}\u{c}"),
            ("One.||Three.", "One.\n\n\u{c}\u{c}Three."),
            ("||", ""),
        ] {
            assert_eq!(text(pages), expected, "{pages}");
        }
    }
}
