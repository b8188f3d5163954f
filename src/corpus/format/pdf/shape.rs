//! Decides whether a PDF may be given to its reader, which calls itself for each level of nesting and writes out every
//! table of characters whole.

/// The deepest nesting. No honest object nests deeper, and a reader's stack holds some ten times as many levels.
pub(super) const DEEPEST: usize = 500;

/// The most characters that a range in a font's table may span: four times as many as a font of two bytes has.
const RANGE: u64 = 1 << 18;

/// The most bytes that the reader looks at for the object that begins here: it follows arrays, dictionaries and `1 0
/// obj` by calling itself. None if they nest deeper than [`DEEPEST`], or if there is a stream within one of them, which
/// could not be found and weighed.
pub(super) fn reach(data: &[u8], mut at: usize) -> Option<usize> {
    let mut open = Vec::new();
    let mut after_dictionary = false;
    while let Some(&byte) = data.get(at) {
        let rest = rest(data, at);
        let begins = |word: &[u8]| rest.starts_with(word);
        let is_space = byte.is_ascii_whitespace() || byte == 0;
        let mut ends_value = true;
        let length = match byte {
            _ if is_space => 1,
            b'%' => memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()),
            b'[' => opens(&mut open, Open::Array, 1),
            b'<' if begins(b"<<") => opens(&mut open, Open::Dictionary, 2),
            b'<' => memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1),
            b'(' => string(rest),
            b'/' => 1 + rest.iter().skip(1).take_while(|byte| !ends_name(**byte)).count(),
            b']' | b'>' => {
                let (opened, length) = if byte == b']' { (Open::Array, 1) } else { (Open::Dictionary, 2) };
                // The end of an object may be missing.
                while open.pop_if(|last| *last == Open::Object).is_some() {}
                if byte == b'>' && !begins(b">>") || open.pop() != Some(opened) {
                    return Some(at);
                }
                length
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                ends_value = false;
                rest.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')).count()
            }
            _ if begins(b"obj") => opens(&mut open, Open::Object, 3),
            _ if begins(b"endobj") && open.pop_if(|last| *last == Open::Object).is_some() => 6,
            _ if begins(b"stream") && after_dictionary => return None,
            _ if begins(b"true") || begins(b"null") => 4,
            _ if begins(b"false") => 5,
            b'R' => 1,
            _ => return Some(at),
        };
        at += length;
        if open.len() > DEEPEST {
            return None;
        }
        if is_space || byte == b'%' {
            continue;
        }
        after_dictionary = byte == b'>';
        if ends_value && !begins(b"obj") && open.iter().all(|open| *open == Open::Object) {
            return Some(at);
        }
    }
    Some(at)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Array,
    Dictionary,
    Object,
}

fn opens(open: &mut Vec<Open>, kind: Open, length: usize) -> usize {
    open.push(kind);
    length
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The length of a string in brackets, or of everything that follows if the string does not end.
fn string(data: &[u8]) -> usize {
    let (mut open, mut escaped) = (0_usize, false);
    for (at, &byte) in data.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 1 => return at + 1,
            b')' => open -= 1,
            _ => {}
        }
    }
    data.len()
}

fn rest(file: &[u8], at: usize) -> &[u8] {
    file.get(at..).unwrap_or_default()
}

/// Returns whether a table of characters has a range such as `<0000> <ffffffff>` beyond [`RANGE`].
pub(super) fn has_endless_range(data: &[u8]) -> bool {
    if ["beginbfrange", "begincidrange"].iter().all(|word| memchr::memmem::find(data, word.as_bytes()).is_none()) {
        return false;
    }
    // Ranges are triples. The third value says what the first character stands for: a code, a number or a list.
    let (mut place, mut first, mut in_list) = (3, 0, false);
    for token in data.split(|byte| matches!(byte, b'<' | b'>')).map(<[u8]>::trim_ascii) {
        if token.ends_with(b"beginbfrange") || token.ends_with(b"begincidrange") {
            (place, in_list) = (0, false);
            continue;
        }
        if token.starts_with(b"end") || token.starts_with(b"] end") {
            place = 3;
        }
        in_list = (in_list || token.starts_with(b"[")) && !token.starts_with(b"]");
        if token.is_empty() || in_list {
            continue;
        }
        let number = std::str::from_utf8(token).ok().filter(|token| token.len() <= 16);
        let number = number.and_then(|number| u64::from_str_radix(number, 16).ok());
        match (place, number) {
            (0, Some(number)) => (place, first) = (1, number),
            (1, Some(last)) if last.saturating_sub(first) > RANGE => return true,
            (1, _) => place = 2,
            (2, _) => place = 0,
            _ => {}
        }
    }
    false
}

/// Returns whether arrays and dictionaries nest deeper than [`DEEPEST`] in the content of a page.
pub(super) fn nests_too_deep(data: &[u8]) -> bool {
    let (mut depth, mut before) = (0_usize, 0);
    for &byte in data {
        match byte {
            b'[' => depth += 1,
            b'<' if before == b'<' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if before == b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
        before = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_followed_as_far_as_the_reader_follows_it() {
        let deep = DEEPEST + 1;
        for (object, expected) in [
            (
                "12 0 obj <</A [1 0 R (a\\)]) <5d> /#20[true]]>> endobj",
                Some("12 0 obj <</A [1 0 R (a\\)]) <5d> /#20[true]]>>"),
            ),
            ("1 0 obj 7 endobj 8", Some("1 0 obj 7 endobj")),
            ("<< >> stream", Some("<< >>")),
            ("<</A [1 >> ]", Some("<</A [1 ")),
            ("<</Length 5 stream", Some("<</Length 5 ")),
            ("[1 0 obj 5 ] 6", Some("[1 0 obj 5 ]")),
            ("[(", Some("[(")),
            ("[<< >> stream", None),
            (&"[".repeat(deep), None),
            (&"<</A".repeat(deep), None),
            (&"1 0 obj ".repeat(deep), None),
            (&"[1 0 obj null endobj true%\n".repeat(deep), None),
            (&format!("({0}){0}", "[".repeat(deep)), Some(&format!("({})", "[".repeat(deep)))),
        ] {
            assert_eq!(reach(object.as_bytes(), 0), expected.map(str::len), "{object}");
        }
    }

    #[test]
    fn endless_ranges_are_seen() {
        for (range, hostile) in [
            ("1 beginbfrange <0000> <ffffffff> <0041> endbfrange", true),
            ("2 beginbfrange <01> <02> <0041> <0000> <ffffffff> <0041> endbfrange", true),
            ("1 begincidrange <00000000> <ffffffff> 0 endcidrange", true),
            ("2 beginbfrange <0001> <0002> [<0041> <D83DDE00>] <0003> <0004> <D83DDE00> endbfrange", false),
            ("1 beginbfrange <01> <02> [<0041>] endbfrange 2 beginbfchar <0001> <D83DDE00> endbfchar", false),
            ("1 beginbfrange <0000> <ffff> <0000> endbfrange", false),
        ] {
            let table = format!("1 begincodespacerange <00000000> <ffffffff> endcodespacerange {range} endcmap");
            assert_eq!(has_endless_range(table.as_bytes()), hostile, "{range}");
        }
    }
}
