//! Whether a PDF may be read by a reader that calls itself for each level of nesting, and that writes out every table of
//! characters whole.

use std::io::Read;

/// No honest object nests deeper; a reader's stack holds some ten times as many levels.
pub(super) const DEEPEST: usize = 500;

/// The longest string that is passed over as one, in bytes.
const STRING: usize = 64 * 1024;

/// As much of a packed stream of objects is looked at, in bytes unpacked.
const UNPACKED: u64 = 64 << 20;

/// The most characters that a range in a font's table may span: all there are in a font of two bytes, four times over.
const RANGE: u64 = 1 << 18;

/// The longest packed stream that is taken for a font's table, in bytes.
const TABLE: usize = 64 * 1024;

/// Whether arrays and dictionaries nest deeper than [`DEEPEST`], in the file or in its packed streams of objects, or the
/// table of a font has a range beyond all fonts.
///
/// Streams packed otherwise than by deflate are not looked into, nor encrypted ones.
pub(super) fn is_hostile(file: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut at = 0;
    // Where one string does not end within reach, those that open in it are not followed either.
    let mut strings_from = 0;
    while let Some(&byte) = file.get(at) {
        let next = file.get(at + 1).copied().unwrap_or(0);
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'<' if next == b'<' => {
                depth += 1;
                at += 1;
            }
            b'>' if next == b'>' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b'(' if at >= strings_from => match string_end(file, at) {
                Some(end) => at = end,
                None => strings_from = at + STRING,
            },
            b'%' => at = memchr::memchr2(b'\n', b'\r', rest(file, at)).map_or(file.len(), |end| at + end),
            b's' if begins_stream(file, at) => {
                let Some(length) = memchr::memmem::find(rest(file, at), b"endstream") else { return false };
                if has_hostile_stream(file, at, at + length) {
                    return true;
                }
                depth = 0;
                at += length + 8;
            }
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
        at += 1;
    }
    false
}

fn rest(file: &[u8], at: usize) -> &[u8] {
    file.get(at..).unwrap_or_default()
}

/// The byte that closes the string opened at `at`, within reach.
fn string_end(file: &[u8], at: usize) -> Option<usize> {
    let (mut open, mut escaped) = (0_usize, false);
    for (offset, &byte) in rest(file, at).iter().take(STRING).enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 1 => return Some(at + offset),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// The keyword stands alone: a reader that meets it within an array gives up on the array.
fn begins_stream(file: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| file.get(at)).copied().unwrap_or(b' ');
    let rest = rest(file, at);
    (before.is_ascii_whitespace() || before == b'>')
        && rest.starts_with(b"stream")
        && matches!(rest.get(6), Some(b'\r' | b'\n'))
}

/// Looks into the stream between two bytes, if the words before it say that objects are packed in it, or nothing.
fn has_hostile_stream(file: &[u8], begin: usize, end: usize) -> bool {
    let head = file.get(begin.saturating_sub(512)..begin).unwrap_or_default();
    let head = memchr::memmem::rfind(head, b"endobj").and_then(|at| head.get(at..)).unwrap_or(head);
    let says = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    let data = file.get(begin + 6..end).unwrap_or_default();
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    let objects = says(b"ObjStm");
    if !objects && (data.len() > TABLE || says(b"/Subtype") || says(b"/Length1")) {
        return false;
    }
    if !says(b"Filter") {
        return objects && nests_too_deep(data) || has_endless_range(data);
    }
    let mut unpacked = Vec::new();
    let limit = if objects { UNPACKED } else { 16 * TABLE as u64 };
    // What could be unpacked before an error is what a patient reader would see.
    let _ = flate2::read::ZlibDecoder::new(data).take(limit).read_to_end(&mut unpacked);
    objects && nests_too_deep(&unpacked) || has_endless_range(&unpacked)
}

/// Whether a table of characters (`begincmap`) has a range `<0000> <ffffffff>` beyond [`RANGE`].
fn has_endless_range(data: &[u8]) -> bool {
    if memchr::memmem::find(data, b"begincmap").is_none() {
        return false;
    }
    // Ranges are listed in triples, of which the third says what the first stands for: a code, a number or a list.
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

/// The same question for bytes without streams in them.
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
    use std::io::Write;

    #[test]
    fn depth_is_seen_wherever_objects_lie() {
        let deep = "[".repeat(DEEPEST + 1);
        assert!(is_hostile(deep.as_bytes()));
        assert!(is_hostile("<</A".repeat(DEEPEST + 1).as_bytes()));
        assert!(is_hostile(format!("/stream {deep}").as_bytes()));
        assert!(is_hostile(format!("% stream\n{deep}\nendstream").as_bytes()));
        assert!(!is_hostile("[]".repeat(5_000).as_bytes()));
        assert!(!is_hostile(format!("({deep})").as_bytes()));
        assert!(!is_hostile(format!("<</Length 9>>\nstream\n{deep}\nendstream").as_bytes()));
        assert!(is_hostile(format!("<</Type/ObjStm>>\nstream\n{deep}\nendstream").as_bytes()));
    }

    #[test]
    fn endless_ranges_are_seen() {
        let table = |range: &str| {
            format!(
                "<<>>\nstream\nbegincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange {range} endcmap\nendstream"
            )
        };
        for (range, hostile) in [
            ("1 beginbfrange <0000> <ffffffff> <0041> endbfrange", true),
            ("2 beginbfrange <01> <02> <0041> <0000> <ffffffff> <0041> endbfrange", true),
            ("1 begincidrange <00000000> <ffffffff> 0 endcidrange", true),
            ("2 beginbfrange <0001> <0002> [<0041> <D83DDE00>] <0003> <0004> <D83DDE00> endbfrange", false),
            ("1 beginbfrange <01> <02> [<0041>] endbfrange 2 beginbfchar <0001> <D83DDE00> endbfchar", false),
            ("1 beginbfrange <0000> <ffff> <0000> endbfrange", false),
        ] {
            assert_eq!(is_hostile(table(range).as_bytes()), hostile, "{range}");
        }
    }

    #[test]
    fn packed_objects_are_unpacked() {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        assert!(packer.write_all("[".repeat(DEEPEST + 1).as_bytes()).is_ok());
        let mut file = b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\n".to_vec();
        file.extend(packer.finish().unwrap_or_default());
        file.extend(b"\nendstream");
        assert!(is_hostile(&file));
    }

    #[test]
    fn strings_that_never_end_hide_nothing_and_take_linear_time() {
        assert!(!is_hostile("(".repeat(4_000_000).as_bytes()));
        assert!(is_hostile(format!("({}", "[".repeat(DEEPEST + 1)).as_bytes()));
    }
}
