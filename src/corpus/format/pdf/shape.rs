//! Whether the objects of a PDF may be read by a reader that calls itself for each level of nesting.

use std::io::Read;

/// No honest object nests deeper; a reader's stack holds some ten times as many levels.
pub(super) const DEEPEST: usize = 500;

/// The longest string that is passed over as one, in bytes.
const STRING: usize = 64 * 1024;

/// As much of a packed stream of objects is looked at, in bytes unpacked.
const UNPACKED: u64 = 64 << 20;

/// Whether arrays and dictionaries nest deeper than [`DEEPEST`], in the file or in its packed streams of objects.
///
/// Streams packed otherwise than by deflate, and encrypted ones, cannot be looked into.
pub(super) fn is_too_deep(file: &[u8]) -> bool {
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
                if has_deep_objects(file, at, at + length) {
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

/// Looks into the stream between two bytes, if the words before it say that objects are packed in it.
fn has_deep_objects(file: &[u8], begin: usize, end: usize) -> bool {
    let head = file.get(begin.saturating_sub(512)..begin).unwrap_or_default();
    let head = memchr::memmem::rfind(head, b"endobj").and_then(|at| head.get(at..)).unwrap_or(head);
    if memchr::memmem::find(head, b"ObjStm").is_none() {
        return false;
    }
    let data = file.get(begin + 6..end).unwrap_or_default();
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    if memchr::memmem::find(head, b"Filter").is_none() {
        return nests_too_deep(data);
    }
    let mut unpacked = Vec::new();
    // What could be unpacked before an error is what a patient reader would see.
    let _ = flate2::read::ZlibDecoder::new(data).take(UNPACKED).read_to_end(&mut unpacked);
    nests_too_deep(&unpacked)
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
        assert!(is_too_deep(deep.as_bytes()));
        assert!(is_too_deep("<</A".repeat(DEEPEST + 1).as_bytes()));
        assert!(is_too_deep(format!("/stream {deep}").as_bytes()));
        assert!(is_too_deep(format!("% stream\n{deep}\nendstream").as_bytes()));
        assert!(!is_too_deep("[]".repeat(5_000).as_bytes()));
        assert!(!is_too_deep(format!("({deep})").as_bytes()));
        assert!(!is_too_deep(format!("<</Length 9>>\nstream\n{deep}\nendstream").as_bytes()));
        assert!(is_too_deep(format!("<</Type/ObjStm>>\nstream\n{deep}\nendstream").as_bytes()));
    }

    #[test]
    fn packed_objects_are_unpacked() {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        assert!(packer.write_all("[".repeat(DEEPEST + 1).as_bytes()).is_ok());
        let mut file = b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\n".to_vec();
        file.extend(packer.finish().unwrap_or_default());
        file.extend(b"\nendstream");
        assert!(is_too_deep(&file));
    }

    #[test]
    fn strings_that_never_end_hide_nothing_and_take_linear_time() {
        assert!(!is_too_deep("(".repeat(4_000_000).as_bytes()));
        assert!(is_too_deep(format!("({}", "[".repeat(DEEPEST + 1)).as_bytes()));
    }
}
