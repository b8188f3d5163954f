//! The title of a document that declares none.

/// The longest title, in characters.
const LONGEST: usize = 160;

/// The lines without a title after which the search is given up.
const LINES: usize = 8;

/// A declared title with tidy white space. None if nothing is left. A very long one is cut at a word.
pub(crate) fn tidy_title(declared: &str) -> Option<String> {
    let title = one_line(declared);
    (!title.is_empty()).then(|| cut_at_word(&title, 4 * LONGEST))
}

/// The first line of the text that can be its title, or the first sentence of that line, or its first words; at most
/// 160 characters.
///
/// Lines that only say when, by whom or what kind of text it is (`26 February 2023`, `By Jane Roe`, `Press release`)
/// are skipped.
pub(crate) fn guess_title(text: &str) -> Option<String> {
    let lines = || text.lines().map(|line| line.trim_start_matches(['#', '*', '=', '-', ' ']).trim());
    let first =
        lines().filter(|line| line.chars().any(char::is_alphanumeric)).take(LINES).find(|line| !is_label(line))?;
    // A line may be very long, so its white space is tidied only as far as the title can reach.
    let line: String = first.chars().take(8 * LONGEST).collect();
    let line = one_line(&line);
    if line.chars().count() <= LONGEST {
        return Some(line);
    }
    Some(first_sentence(&line).map_or_else(|| cut_at_word(&line, LONGEST), str::to_owned))
}

/// The words with one space between them. Control characters, as old wire services have them, separate words too, and
/// characters where a word was cut are dropped.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").replace(['\u{ad}', '\u{2060}'], "")
}

/// Returns whether a line only says when, by whom or what kind of text follows.
fn is_label(line: &str) -> bool {
    const KINDS: [&str; 12] = [
        "press release",
        "news release",
        "media release",
        "press statement",
        "for immediate release",
        "communiqué de presse",
        "pressemitteilung",
        "basın bülteni",
        "basın açıklaması",
        "пресс-релиз",
        "comunicado de prensa",
        "comunicato stampa",
    ];
    if line.len() > 80 {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_end_matches([':', '.', ' ']);
    if KINDS.contains(&bare) {
        return true;
    }
    let words = line.split_whitespace().count();
    if words <= 6
        && ["by ", "von ", "par ", "por "].iter().any(|by| lower.starts_with(by))
        && !line.ends_with(['.', '!', '?'])
    {
        // `By the river` is a title, and `By Jane Roe` is not.
        return line.split_whitespace().skip(1).all(|word| word.starts_with(char::is_uppercase));
    }
    let (mut numbers, mut names) = (0, 0);
    for part in line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            numbers += 1;
        } else {
            names += 1;
        }
    }
    names == 0 || (numbers >= 2 && names <= 3)
}

/// The first sentence, if it is no longer than a title.
fn first_sentence(line: &str) -> Option<&str> {
    let mut word = 0;
    let mut letters = line.char_indices().take(LONGEST).peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        match letter {
            '.' | '!' | '?' | '…' if next == Some(' ') => {
                // `Gen. `, `J. ` and `No. ` end in short words.
                let upper = line.get(at..)?.chars().nth(2).is_some_and(|c| c.is_uppercase() || c == '"' || c == '“');
                if at >= 20 && upper && word > 3 {
                    return line.get(..at + letter.len_utf8());
                }
            }
            '。' | '！' | '？' => return line.get(..at + letter.len_utf8()),
            _ => {}
        }
        word = if letter.is_alphabetic() { word + 1 } else { 0 };
    }
    None
}

/// The first words, at most `longest` characters including a `…`.
fn cut_at_word(line: &str, longest: usize) -> String {
    let Some((end, _)) = line.char_indices().nth(longest) else { return line.to_owned() };
    let room = line.char_indices().nth(longest.saturating_sub(1)).map_or(end, |(at, _)| at);
    let head = line.get(..room).unwrap_or(line);
    // A word longer than the title is cut at the limit.
    let cut = head.rfind(' ').filter(|at| *at > room / 2).unwrap_or(room);
    let head = head.get(..cut).unwrap_or(head).trim_end_matches([' ', ',', ';', ':', '-', '–', '—']);
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_line_that_says_something_is_the_title() {
        let cases = [
            ("# A bridge opens\n\nWords.", "A bridge opens"),
            ("\n\n  Two   spaces \nmore", "Two spaces"),
            ("By Jane Roe\n\nHarbour closed", "Harbour closed"),
            ("By the river\n\nIt rained.", "By the river"),
            ("Press release\n\nBrussels, 26 February 2023\n\nTalks resume", "Talks resume"),
            ("2023-02-26\nTalks resume", "Talks resume"),
            ("\u{1}Wire\u{1f}one\ntwo", "Wire one"),
            ("Elections 2024\n\nMany voted.", "Elections 2024"),
            ("----\n====\nUnderlined", "Underlined"),
        ];
        for (text, expected) in cases {
            assert_eq!(guess_title(text).as_deref(), Some(expected), "{text:?}");
        }
        assert_eq!(guess_title(" \n--\n"), None);
        assert_eq!(guess_title(""), None);
    }

    #[test]
    fn a_long_paragraph_gives_its_first_sentence_or_first_words() {
        let tail = "and so on ".repeat(30);
        let text = format!("The meeting led by Gen. Brown ended late on Monday. Then {tail}");
        assert_eq!(guess_title(&text).unwrap(), "The meeting led by Gen. Brown ended late on Monday.");
        let title = guess_title(&format!("Not a sentence {tail}")).unwrap();
        assert!(title.ends_with(" and so on…") || title.ends_with(" and so…") || title.ends_with(" and…"), "{title}");
        assert!(title.chars().count() <= LONGEST);
    }

    proptest! {
        #[test]
        fn titles_are_short_and_on_one_line(text in "\\PC{0,400}|[a-zé。.! \\n]{0,400}") {
            if let Some(title) = guess_title(&text) {
                prop_assert!(title.chars().count() <= LONGEST);
                prop_assert!(!title.contains('\n') && !title.is_empty());
            }
        }
    }
}
