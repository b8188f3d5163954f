//! Words of documents made harmless for whoever reads them: nothing in them is hidden, and nothing commands a screen.

use std::ops::Range;

use serde_json::Value;

/// Fields whose values name something and are handed back in another call, so they stay as they are.
const NAMES: [&str; 3] = ["id", "next", "how"];

/// A text without hidden characters, and which bytes of the original were left out.
pub(super) struct Clean {
    pub(super) text: String,
    left_out: Vec<Range<usize>>,
}

impl Clean {
    /// Leaves out control characters, marks of writing direction, characters that show nothing, and tags.
    pub(super) fn of(text: &str) -> Clean {
        let mut clean = Clean { text: String::with_capacity(text.len()), left_out: Vec::new() };
        let mut former = None;
        for (at, c) in text.char_indices() {
            let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            if is_hidden(c) && !is_joiner_in_place(former, c, next) {
                clean.left_out.push(at..at + c.len_utf8());
            } else {
                clean.text.push(c);
                former = Some(c);
            }
        }
        clean
    }

    /// Where a range of the original stands in the clean text, in bytes.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.offset(range.start)..self.offset(range.end)
    }

    fn offset(&self, at: usize) -> usize {
        let before = self.left_out.iter().take_while(|hidden| hidden.start < at);
        at - before.map(|hidden| hidden.end.min(at) - hidden.start).sum::<usize>()
    }
}

/// A text without hidden characters.
pub(super) fn clean(text: &str) -> String {
    Clean::of(text).text
}

/// A text without hidden characters, on one line and of at most this many characters.
pub(super) fn clean_line(text: &str, chars: usize) -> String {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// Makes every string of an answer harmless, but for names that are handed back.
pub(super) fn clean_all(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().any(is_hidden) => *text = clean(text),
        Value::Array(values) => values.iter_mut().for_each(clean_all),
        Value::Object(fields) => {
            let values = fields.iter_mut().filter(|(name, _)| !NAMES.contains(&name.as_str()));
            values.for_each(|(_, value)| clean_all(value));
        }
        _ => {}
    }
}

/// Whether a character shows nothing, or makes others show otherwise than they stand. Line breaks and tabs do not.
fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a joiner does its work: between letters of a script that is written with joiners, or between two pictures.
fn is_joiner_in_place(former: Option<char>, c: char, next: Option<char>) -> bool {
    let joins = |c: char| {
        matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{2600}'..='\u{27bf}'
            | '\u{1f000}'..='\u{1faff}')
    };
    matches!(c, '\u{200c}' | '\u{200d}') && former.is_some_and(joins) && next.is_some_and(joins)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_hidden_is_left_and_everything_shown_stays() {
        for (text, shown) in [
            ("a\u{1b}[2Jb\u{7}", "a[2Jb"),
            ("pay \u{202e}evil\u{202c} now\u{200b}\u{feff}", "pay evil now"),
            ("so\u{ad}ft \u{e0049}\u{e0067}\u{e006e}", "soft "),
            ("line\r\nnext\tcell\u{2028}", "line\nnext\tcell"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("ig\u{200c}nore", "ignore"),
            ("👩\u{200d}🚒 é 消防", "👩\u{200d}🚒 é 消防"),
        ] {
            assert_eq!(clean(text), shown);
        }
        assert_eq!(clean_line("  a\n\n b \u{200b} c", 100), "a b c");
        assert_eq!(clean_line("abcdef", 3), "abc…");
    }

    #[test]
    fn places_move_with_the_characters_before_them() {
        let text = "\u{200b}Fire\u{202e} swept";
        let clean = Clean::of(text);
        let at = text.find("swept").map(|at| at..at + 5).unwrap_or_default();
        assert_eq!(clean.text.get(clean.place(&at)), Some("swept"));
        assert_eq!(clean.text.get(clean.place(&(0..7))), Some("Fire"));
    }

    #[test]
    fn every_string_of_an_answer_is_cleaned_but_for_names() {
        let mut value = json!({"id": "a\u{200b}", "hits": [{"title": "b\u{1b}", "n": 1}], "next": null});
        clean_all(&mut value);
        assert_eq!(value, json!({"id": "a\u{200b}", "hits": [{"title": "b", "n": 1}], "next": null}));
    }
}
