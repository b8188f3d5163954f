//! The properties of an old Office file, which stand in a stream of their own (MS-OLEPS).

use std::io::ErrorKind;

use super::biff::{u16_at, u32_at};
use super::container::stream;
use crate::corpus::encoding::code_page;
use crate::corpus::format::compound::filetime::filetime;
use crate::corpus::format::compound::kind::MAGIC;
use crate::corpus::format::shared::properties::{declare, real_title};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// The most bytes of properties, and the most of them.
const LONGEST: usize = 1 << 20;
const MOST: u32 = 1_024;

/// Adds what a container says of its file: title, author, days. `program` names the program for a person. Returns what
/// is damaged of it.
pub(super) fn properties(raw: &mut RawDocument, bytes: &[u8], program: &str) -> Option<Problem> {
    let told = |damage: String| Problem::failed(format!("what the file says of itself: {damage}"));
    match stream(bytes, &["/\u{5}SummaryInformation"]) {
        Ok(stream) if stream.len() > LONGEST => Some(told(format!("it is longer than {} MB", LONGEST >> 20))),
        Ok(stream) => add(raw, &stream, program).is_none().then(|| told("it is cut off".to_owned())),
        // Workbooks once had no container, and so no properties.
        Err(error) if error.kind() == ErrorKind::NotFound || !bytes.starts_with(MAGIC) => None,
        Err(error) => Some(told(error.to_string())),
    }
}

fn add(raw: &mut RawDocument, stream: &[u8], program: &str) -> Option<()> {
    let begin = usize::try_from(u32_at(stream, 44)?).ok()?;
    let set = stream.get(begin..)?;
    let entries: Vec<(u32, usize)> = (0..u32_at(set, 4)?.min(MOST))
        .filter_map(|number| {
            let at = 8 + 8 * number as usize;
            Some((u32_at(set, at)?, usize::try_from(u32_at(set, at + 4)?).ok()?))
        })
        .collect();
    let page = entries.iter().find(|(id, _)| *id == 1).and_then(|(_, at)| u16_at(set, at + 4)).unwrap_or(1252);
    for (id, at) in entries {
        let Some(value) = value(set, at, page) else { continue };
        match id {
            2 => raw.title = real_title(&value).or(raw.title.take()),
            4 => declare(raw, "author", &value, &format!("{program} author")),
            12 => declare(raw, "created", &value, &format!("{program} created")),
            13 => declare(raw, "modified", &value, &format!("{program} last saved")),
            18 => declare(raw, "program", &value, &format!("{program} program")),
            3 => drop(raw.metadata.insert("subject".to_owned(), value)),
            5 => drop(raw.metadata.insert("keywords".to_owned(), value)),
            6 => drop(raw.metadata.insert("description".to_owned(), value)),
            _ => {}
        }
    }
    Some(())
}

/// A text or a time.
fn value(set: &[u8], at: usize, page: u16) -> Option<String> {
    let length = usize::try_from(u32_at(set, at + 4)?).ok()?;
    let value = match u16_at(set, at)? {
        0x1e => {
            let bytes = set.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
            let encoding = match page {
                // Here such a text has two bytes a character (MS-OLEPS, 2.5).
                1200 => encoding_rs::UTF_16LE,
                page => code_page(page.into()).unwrap_or(encoding_rs::WINDOWS_1252),
            };
            encoding.decode(bytes).0.into_owned()
        }
        0x1f => {
            let bytes = set.get(at + 8..at.checked_add(8)?.checked_add(length.checked_mul(2)?)?)?;
            encoding_rs::UTF_16LE.decode(bytes).0.into_owned()
        }
        0x40 => filetime(u64::from(u32_at(set, at + 4)?) | u64::from(u32_at(set, at + 8)?) << 32)?,
        _ => return None,
    };
    Some(value.trim_matches(|c: char| c == '\0' || c.is_whitespace()).to_owned()).filter(|value| !value.is_empty())
}
