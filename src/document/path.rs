//! Paths as text, and back again.

#[cfg(unix)]
use std::fs;
use std::path::{Path, PathBuf};

/// A path as text. Bytes that are not UTF-8 are written `\xNN`, so that two files hardly ever share one text.
pub(crate) fn path_text(path: &Path) -> String {
    part_name(path.as_os_str().as_encoded_bytes())
}

/// The path that [`path_text`] wrote.
pub(crate) fn path_of(text: &str) -> PathBuf {
    let path = PathBuf::from(text);
    #[cfg(unix)]
    if text.contains("\\x") && fs::symlink_metadata(&path).is_err() {
        use std::os::unix::ffi::OsStringExt;
        return std::ffi::OsString::from_vec(with_bytes(text)).into();
    }
    path
}

/// The bytes of a text in which [`path_text`] wrote some as `\xNN`: those that no ASCII character has.
#[cfg(unix)]
fn with_bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        let figures = part.get(..2).and_then(|figures| u8::from_str_radix(figures, 16).ok());
        match figures.filter(|byte| !byte.is_ascii()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => bytes.extend_from_slice(format!("\\x{part}").as_bytes()),
        }
    }
    bytes
}

/// One part of a path as text, with its bytes written as [`path_text`] writes them.
pub(crate) fn part_name(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        name.push_str(chunk.valid());
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
        assert_eq!(part_name("été".as_bytes()), "été");
        #[cfg(unix)]
        for name in [&b"/a/caf\xe9.txt"[..], b"\xff\xfe/b", "/été".as_bytes(), b"/a\\x", b"/a\\x41b", b"/a\\xzz\\x"] {
            use std::os::unix::ffi::OsStrExt;
            let path = Path::new(std::ffi::OsStr::from_bytes(name));
            assert_eq!(path_of(&path_text(path)), path);
        }
    }
}
