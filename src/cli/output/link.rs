//! Addresses of files, for terminals that make links of them.
//!
//! They are written as the proposal "Hyperlinks in Terminal Emulators" (OSC 8) has them, with the name of the machine, so
//! that a terminal on another one does not open its own file of that name. A terminal that knows no links shows the text.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What stands in an address as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text that leads to a file of a machine, and to a line of it for programs that can go there.
pub(super) fn linked(text: &str, machine: &str, file: &Path, line: Option<u32>) -> String {
    let Ok(path) = std::path::absolute(file) else { return text.to_owned() };
    let line = line.map_or(String::new(), |line| format!("#{line}"));
    let slash = if cfg!(windows) { "/" } else { "" };
    let address = format!("file://{machine}{slash}{}{line}", percent_encode(&bytes(&path), ENCODED));
    format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

#[cfg(unix)]
fn bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

/// The name of this machine as it stands in an address, where it can be read, which it is on Linux. No name is this machine
/// too.
pub(super) fn machine() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    percent_encode(name.trim().as_bytes(), ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn an_address_has_no_blank_and_nothing_that_ends_it() {
        let text = linked("a b:12", "desk", Path::new("/in/a b\u{1b}\\é?#%.txt"), Some(12));
        let (address, rest) = text.split_once("\u{1b}\\").unwrap_or_default();
        assert!(address.ends_with("file://desk/in/a%20b%1B%5C%C3%A9%3F%23%25.txt#12"), "{address}");
        assert_eq!(rest, "a b:12\u{1b}]8;;\u{1b}\\");
        assert_eq!(textwrap::core::display_width(&text), 6);
    }
}
