//! Office and Outlook files from before 2007: the kind of a container (MS-CFB), told by the names of its parts.

use crate::corpus::input::problem::LOCKED;

/// The bytes that begin such a container.
pub(crate) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The kind of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OleKind {
    Word,
    Excel,
    PowerPoint,
    /// An Outlook message.
    Message,
    /// One whose content has a password.
    Locked,
    Visio,
    Publisher,
    Unknown,
}

impl OleKind {
    /// The reason why a build that cannot read it does not.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            OleKind::Word => "a Word 97-2003 document (doc), which this build does not read (feature office)",
            OleKind::Excel => "an Excel 97-2003 workbook (xls), which this build does not read (feature office)",
            OleKind::PowerPoint => {
                "a PowerPoint 97-2003 presentation (ppt), which this build does not read (feature office)"
            }
            OleKind::Message => "an Outlook message (msg), which this build does not read (feature mail)",
            OleKind::Locked => LOCKED,
            OleKind::Visio => "a Visio drawing, which is not read",
            OleKind::Publisher => "a Publisher document, which is not read",
            OleKind::Unknown => "an old Office file of an unknown kind, which is not read",
        }
    }
}

/// The kind of a container, given as many of its bytes as there are. The names of its parts are looked for in its
/// directory, if that is within them, or else anywhere.
pub(crate) fn ole_kind(bytes: &[u8]) -> OleKind {
    if !bytes.starts_with(MAGIC) {
        // Workbooks once had no container around them.
        return OleKind::Excel;
    }
    let directory = directory(bytes).unwrap_or(bytes).to_ascii_lowercase();
    // The first name that is there decides: an encrypted document also has the names of what it was before, and a
    // message or a presentation those of the files that it carries.
    let kinds: [(&str, OleKind); 9] = [
        ("EncryptedPackage", OleKind::Locked),
        ("__properties_version1.0", OleKind::Message),
        ("__substg1.0_", OleKind::Message),
        ("PowerPoint Document", OleKind::PowerPoint),
        ("WordDocument", OleKind::Word),
        ("Workbook", OleKind::Excel),
        ("Book", OleKind::Excel),
        ("VisioDocument", OleKind::Visio),
        ("Quill", OleKind::Publisher),
    ];
    let kind =
        kinds.into_iter().find(|(name, _)| has_name(&directory, name)).map_or(OleKind::Unknown, |(_, kind)| kind);
    if kind == OleKind::Word && is_locked_word(bytes) { OleKind::Locked } else { kind }
}

/// Returns whether a Word document says that it is encrypted (MS-DOC, 2.5.2: `fEncrypted`). Its stream mostly comes
/// first.
fn is_locked_word(bytes: &[u8]) -> bool {
    let Some(block) = bytes.get(512..524) else { return false };
    block.starts_with(b"\xec\xa5") && block.get(11).is_some_and(|flags| flags & 1 == 1)
}

/// The first block of the directory and what follows it: names of parts, 128 bytes each.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let shift = number(30, 2).filter(|shift| (7..=16).contains(shift))?;
    let block = number(48, 4)?;
    let begin = block.checked_add(1)?.checked_mul(1 << shift)?;
    // Blocks of a directory mostly follow each other. Its first names, which are the ones that count, are in the first
    // few.
    bytes.get(begin..).filter(|rest| rest.len() >= 128).map(|rest| rest.get(..8 << shift).unwrap_or(rest))
}

/// Names are in UTF-16, little endian, and the same in small letters and in capitals. `directory` is in small ones.
fn has_name(directory: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.to_ascii_lowercase().encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(directory, &wide).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A container with a directory of these names in its second block.
    fn container(names: &[&str]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.resize(512, 0);
        bytes[30] = 9;
        for name in names {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry.resize(128, 0);
            bytes.extend(entry);
        }
        bytes
    }

    #[test]
    fn kinds_are_told_by_the_names_of_parts() {
        for (names, begin) in [
            (vec!["Root Entry", "1Table", "WordDocument"], OleKind::Word),
            (vec!["Root Entry", "EncryptionInfo", "EncryptedPackage"], OleKind::Locked),
            (vec!["Root Entry", "__nameid_version1.0", "__substg1.0_0037001F"], OleKind::Message),
            (vec!["Root Entry", "Workbook"], OleKind::Excel),
            (vec!["Root Entry", "BOOK"], OleKind::Excel),
            (vec!["Root Entry", "WORDDOCUMENT"], OleKind::Word),
            (vec!["Root Entry", "Else"], OleKind::Unknown),
        ] {
            assert_eq!(ole_kind(&container(&names)), begin, "{names:?}");
        }
        let mut locked = container(&["Root Entry", "WordDocument"]);
        let mut block = b"\xec\xa5\xc1\0\0\0\0\0\0\0\0\x01".to_vec();
        block.resize(512, 0);
        locked.splice(512..512, block);
        if let Some(first) = locked.get_mut(48) {
            *first = 1;
        }
        assert_eq!(ole_kind(&locked), OleKind::Locked);
        for length in 0..600 {
            let bytes = container(&["WordDocument"]);
            let _ = ole_kind(bytes.get(..length).unwrap_or_default());
        }
    }
}
