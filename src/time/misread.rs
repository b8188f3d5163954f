//! Figures that a scanner took for letters: `l9 March 1894`, `1O May 1920`.

/// The bytes around a number that its date may reach.
const REACH: usize = 48;

/// A stretch of a text in which letters are figures again. It has as many bytes as before.
pub(super) struct Window {
    pub(super) text: String,
    /// The byte of the text at which it begins.
    pub(super) from: usize,
    /// The byte of the window at which the number begins, with letters that are figures now.
    pub(super) number: usize,
}

/// The corrected surroundings of the number at `at`, if letters that look like figures stand beside figures there.
pub(super) fn corrected(text: &str, at: usize) -> Option<Window> {
    let bytes = text.as_bytes();
    let beside = |at: usize| bytes.get(at).is_some_and(|byte| looks_like_a_figure(*byte));
    let digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let joined = at.checked_sub(1).is_some_and(beside) || beside(at + digits);
    // Most numbers have no such neighbour.
    let (from, to) = (floor(text, at.saturating_sub(REACH)), floor(text, (at + REACH).min(text.len())));
    let window = text.get(from..to).filter(|window| joined || has_pair(window.as_bytes()))?;
    let mended = mend(window)?;
    let number = mended.get(..at - from)?.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some(Window { text: mended, from, number })
}

fn looks_like_a_figure(byte: u8) -> bool {
    matches!(byte, b'l' | b'I' | b'O' | b'o')
}

fn has_pair(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| match pair {
        [a, b] => looks_like_a_figure(*a) && b.is_ascii_digit() || a.is_ascii_digit() && looks_like_a_figure(*b),
        _ => false,
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Writes every word of figures and similar letters in figures. `None` if there is none.
fn mend(window: &str) -> Option<String> {
    let mut mended = String::with_capacity(window.len());
    let mut changed = false;
    for word in window.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let body = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let figures = body.bytes().filter(u8::is_ascii_digit).count();
        let alike = body.bytes().filter(|byte| looks_like_a_figure(*byte)).count();
        if figures > 0 && alike > 0 && figures + alike == body.len() && body.len() <= 4 {
            changed = true;
            mended.extend(word.chars().map(|c| match c {
                'l' | 'I' => '1',
                'O' | 'o' => '0',
                c => c,
            }));
        } else {
            mended.push_str(word);
        }
    }
    changed.then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beside_figures_are_made_figures_again() {
        for (text, at, expected) in [
            ("l9 March 1894", 1, Some("19 March 1894")),
            ("19 March l894", 0, Some("19 March 1894")),
            ("1O May 192O", 0, Some("10 May 1920")),
            ("19 March 1894", 0, None),
            ("all 9 of 10lb", 4, None),
        ] {
            assert_eq!(corrected(text, at).map(|window| window.text).as_deref(), expected, "{text}");
        }
    }
}
