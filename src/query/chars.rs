//! Characters that have a meaning in a question, in all the forms that keyboards and word processors give them.

/// The text as it can stand between quotation marks: without any inside, and with single spaces.
pub(crate) fn quotable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        plain.push(if quotes(before, c, chars.peek().copied()) { ' ' } else { c });
        before = Some(c);
    }
    single_spaced(&plain, usize::MAX)
}

/// Returns whether the text contains anything to search for.
pub(crate) fn is_searchable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The first words of a text, at most `most`, with one space between them.
pub(crate) fn single_spaced(text: &str, most: usize) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace().take(most) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// Returns whether the character opens a bracket.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '(' | '（')
}

/// Returns whether the character closes a bracket.
pub(crate) fn closes(c: char) -> bool {
    matches!(c, ')' | '）')
}

/// Returns whether the character is a plus sign.
pub(crate) fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋')
}

/// Returns whether the character is one that people or their word processors write for a hyphen or a minus.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// Returns whether a character between these two is a quotation mark. Between Hebrew letters it marks an abbreviation.
pub(crate) fn quotes(before: Option<char>, c: char, after: Option<char>) -> bool {
    let hebrew = |c: Option<char>| c.is_some_and(|c| ('\u{05D0}'..='\u{05EA}').contains(&c));
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' | '〟')
        && !(hebrew(before) && hebrew(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_inside_a_quotation_become_spaces_but_hebrew_abbreviations_stay() {
        assert_eq!(quotable("he said “no”  twice"), "he said no twice");
        assert_eq!(quotable("צה\"ל"), "צה\"ל");
        assert_eq!(quotable("\"\""), "");
    }

    #[test]
    fn letters_and_digits_of_any_script_are_searchable() {
        for (text, is) in [("a", true), ("٣", true), ("港", true), ("***", false), ("…", false), ("", false)] {
            assert_eq!(is_searchable(text), is, "{text}");
        }
    }
}
