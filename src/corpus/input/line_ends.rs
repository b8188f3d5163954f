//! Line ends of a single carriage return, as the Macintosh wrote them, are replaced by line feeds byte for byte.
//!
//! Every place in a file stays true, because one byte replaces one. A carriage return before a line feed is left alone,
//! and so is one before both: teleprinters ended their lines with `\r\r
//! `.

use std::io::{self, Read};

use super::hashed_file::{Bytes, fill};

/// Returns whether most lines of some bytes end with a single carriage return.
///
/// It is not meant for UTF-16 and UTF-32, where a byte is no character.
pub(crate) fn has_bare_returns(bytes: &[u8]) -> bool {
    if memchr::memchr(b'\r', bytes).is_none() {
        return false;
    }
    let bare = memchr::memchr_iter(b'\r', bytes).filter(|&at| is_bare(bytes.get(at + 1..).unwrap_or_default())).count();
    bare > memchr::memchr_iter(b'\n', bytes).count()
}

/// Replaces single carriage returns by line feeds.
pub(crate) fn with_line_feeds(bytes: &mut [u8]) {
    convert(bytes, bytes.len());
}

/// Replaces single carriage returns by line feeds in the first `length` bytes. The bytes behind only tell what those
/// are.
fn convert(bytes: &mut [u8], length: usize) {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\r', bytes.get(from..length).unwrap_or_default()).map(|at| from + at) {
        let bare = is_bare(bytes.get(at + 1..).unwrap_or_default());
        if let Some(byte) = bytes.get_mut(at).filter(|_| bare) {
            *byte = b'\n';
        }
        from = at + 1;
    }
}

/// Replaces single carriage returns in a text by line feeds, if most of its lines end with them.
pub(crate) fn in_text(text: String) -> String {
    if !has_bare_returns(text.as_bytes()) {
        return text;
    }
    let mut bytes = text.into_bytes();
    with_line_feeds(&mut bytes);
    // No byte of another character has this value.
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The stream with single carriage returns replaced by line feeds.
pub(crate) fn line_feeds(bytes: Bytes) -> Bytes {
    Box::new(LineFeeds { bytes, ahead: Vec::new() })
}

fn is_bare(after: &[u8]) -> bool {
    !(after.starts_with(b"\n") || after.starts_with(b"\r\n"))
}

struct LineFeeds {
    bytes: Bytes,
    /// Bytes that were read already, because a carriage return before them could not be judged without them.
    ahead: Vec<u8>,
}

impl Read for LineFeeds {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut block = std::mem::take(&mut self.ahead);
        let known = block.len();
        block.resize(buffer.len().max(known), 0);
        let read = self.bytes.read(block.get_mut(known..).unwrap_or_default())?;
        block.truncate(known + read);
        let length = block.len().min(buffer.len());
        // Two bytes behind a carriage return tell what it is.
        fill(&mut self.bytes, &mut block, length + 2)?;
        let length = length.min(block.len());
        convert(&mut block, length);
        self.ahead = block.split_off(length);
        let given = block.len();
        if let Some(buffer) = buffer.get_mut(..given) {
            buffer.copy_from_slice(&block);
        }
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn returns_that_stand_alone_are_line_ends() {
        for (bytes, bare, expected) in [
            ("a\rb\rc", true, "a\nb\nc"),
            ("a\r\rb\r", true, "a\n\nb\n"),
            ("a\r\nb\r\n", false, "a\r\nb\r\n"),
            ("a\r\r\nb\r\r\n", false, "a\r\r\nb\r\r\n"),
            ("a\nb\rc\n", false, "a\nb\nc\n"),
            ("a\r\nb\rc\rd\r", true, "a\r\nb\nc\nd\n"),
            ("", false, ""),
        ] {
            assert_eq!(has_bare_returns(bytes.as_bytes()), bare, "{bytes:?}");
            let mut changed = bytes.as_bytes().to_vec();
            with_line_feeds(&mut changed);
            assert_eq!(String::from_utf8(changed).unwrap(), expected, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn a_stream_is_read_as_a_whole_is(text in "(a|\r|\n|\r\n|bc){0,40}", step in 1usize..7) {
            let mut whole = text.clone().into_bytes();
            with_line_feeds(&mut whole);
            let mut stream = line_feeds(Box::new(io::Cursor::new(text.into_bytes())));
            let (mut read, mut buffer) = (Vec::new(), vec![0; step]);
            loop {
                let length = stream.read(&mut buffer).unwrap();
                read.extend_from_slice(&buffer[..length]);
                if length == 0 {
                    break;
                }
            }
            prop_assert_eq!(read, whole);
        }
    }
}
