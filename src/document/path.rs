//! Paths as text, and back again.

use std::path::{Path, PathBuf};

/// A path as text. Bytes that are no UTF-8 are written `\xNN`, and where a name has such an escape itself its backslash
/// is written `\x5c`, so that two files never share a text.
pub(crate) fn path_text(path: &Path) -> String {
    part_name(path.as_os_str().as_encoded_bytes())
}

/// The path that [`path_text`] wrote.
pub(crate) fn path_of(text: &str) -> PathBuf {
    #[cfg(unix)]
    if text.contains("\\x") {
        use std::os::unix::ffi::OsStringExt;
        return std::ffi::OsString::from_vec(with_bytes(text)).into();
    }
    PathBuf::from(text)
}

/// A text with the bytes again that it writes `\xNN`.
#[cfg(unix)]
fn with_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        let (before, from) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let length = match escape(from) {
            Some(byte) => {
                bytes.push(byte);
                ESCAPE
            }
            None => {
                bytes.extend_from_slice(b"\\x");
                2
            }
        };
        rest = from.get(length..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// How long an escape is.
const ESCAPE: usize = 4;

/// The byte that a text begins with as an escape: of those that are written so, none but the backslash is ASCII.
fn escape(text: &str) -> Option<u8> {
    let figures = text.strip_prefix("\\x")?.get(..ESCAPE - 2)?;
    u8::from_str_radix(figures, 16).ok().filter(|byte| !byte.is_ascii() || *byte == b'\\')
}

/// One part of a path as text, its bytes written as [`path_text`] writes them.
pub(crate) fn part_name(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        for (at, c) in valid.char_indices() {
            // Where a backslash parts folders, names have none.
            let reads_as_escape = c == '\\' && cfg!(unix) && valid.get(at..).and_then(escape).is_some();
            name.push_str(if reads_as_escape { "\\x5c" } else { valid.get(at..at + c.len_utf8()).unwrap_or_default() });
        }
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02x}"));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        assert_eq!(part_name(b"a\xff"), "a\\xff");
        assert_ne!(part_name(b"a\xff"), part_name(b"a\xfe"));
        #[cfg(unix)]
        assert_eq!(part_name(b"a\\xff"), "a\\x5cxff", "a name that looks like an escape is not that of the byte");
        assert_eq!(part_name("été".as_bytes()), "été");
        #[cfg(unix)]
        for name in [
            &b"/a/caf\xe9.txt"[..],
            b"\xff\xfe/b",
            "/été".as_bytes(),
            b"/a\\x",
            b"/a\\x41b",
            b"/a\\xzz\\x",
            b"/a/\\xff.txt",
            b"/a/\\xFF.txt",
            b"/a/\\x5c.txt",
            b"/a/\\x5cxff",
            b"/\\\\xff",
            b"/\\x\xff",
            b"/\\xf\xc3\xa9",
        ] {
            use std::os::unix::ffi::OsStrExt;
            let path = Path::new(std::ffi::OsStr::from_bytes(name));
            assert_eq!(path_of(&path_text(path)), path);
        }
    }
}
