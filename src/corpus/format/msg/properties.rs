//! The properties of a message, a recipient or an attachment (MS-OXMSG, 2.4).

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use crate::corpus::encoding;
use crate::corpus::format::compound::container::Container;

/// The value of a property.
pub(super) enum Value {
    Number(u32),
    /// Tenths of a microsecond since 1601.
    Time(u64),
    Text(String),
    /// Text in the code page of the message, or bytes.
    Bytes(Vec<u8>),
}

/// What a storage says of itself, by the numbers of properties.
pub(super) struct Properties {
    values: BTreeMap<u16, Value>,
    /// Those whose text is in a code page.
    narrow: Vec<u16>,
    encoding: Option<&'static Encoding>,
}

impl Properties {
    /// Reads the properties of a storage, whose list begins after `head` bytes. Those of an attachment are in the code
    /// page of the message around it.
    pub(super) fn read(file: &mut Container, storage: &str, head: usize, around: Option<&Properties>) -> Properties {
        let storage = storage.trim_end_matches('/');
        let mut told = Properties { values: BTreeMap::new(), narrow: Vec::new(), encoding: None };
        let list = file.stream(&format!("{storage}/__properties_version1.0")).unwrap_or_default();
        for entry in list.get(head..).unwrap_or_default().chunks_exact(16) {
            let number =
                |at: usize| entry.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes);
            let (tag, low, high) = (number(0), number(8), number(12));
            let value = match tag & 0xffff {
                0x40 => Value::Time(u64::from(low) | u64::from(high) << 32),
                0x02 | 0x03 | 0x0b => Value::Number(low),
                _ => continue,
            };
            told.values.insert((tag >> 16) as u16, value);
        }
        for path in file.streams(storage) {
            let Some((id, kind)) = tag_of(&path) else { continue };
            let Some(bytes) = file.stream(&path) else { continue };
            let value = match kind {
                0x1f => Value::Text(
                    encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.trim_end_matches('\0').to_owned(),
                ),
                0x1e => {
                    told.narrow.push(id);
                    Value::Bytes(bytes)
                }
                0x102 => Value::Bytes(bytes),
                _ => continue,
            };
            told.values.insert(id, value);
        }
        told.encoding = told.declared_encoding().or(around.and_then(|around| around.encoding));
        told
    }

    pub(super) fn get(&self, id: u16) -> Option<&Value> {
        self.values.get(&id)
    }

    /// A property that is text.
    pub(super) fn text(&self, id: u16) -> Option<String> {
        let text = match self.values.get(&id)? {
            Value::Text(text) => text.clone(),
            Value::Bytes(bytes) if self.narrow.contains(&id) => {
                let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                encoding::decode(bytes.get(..end).unwrap_or_default().to_vec(), self.encoding).text
            }
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The body as a web page, in UTF-8.
    pub(super) fn page(&self) -> Option<Vec<u8>> {
        if let Some(text) = self.text(0x1013) {
            return Some(text.into_bytes());
        }
        let Value::Bytes(bytes) = self.values.get(&0x1013)? else { return None };
        let declared = encoding::declared_charset(bytes).or(self.encoding);
        Some(encoding::decode(bytes.clone(), declared).text.into_bytes())
    }

    /// The encoding of texts: by the code page of the internet, of the message, or of its language.
    fn declared_encoding(&self) -> Option<&'static Encoding> {
        let number = |id| match self.values.get(&id) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let page = [0x3ffd, 0x3fde].into_iter().filter_map(number).find(|page| !matches!(page, 0 | 1200 | 1201));
        // Told by the language alone, where the page is that of Western Europe or none.
        let language = number(0x3ff1).and_then(page_of_language);
        match (page, language) {
            (None | Some(1252 | 20_127 | 28_591), Some(page)) => encoding::code_page(page),
            (Some(page), _) => encoding::code_page(page),
            (None, None) => None,
        }
    }
}

/// The number and the type of a property by the path of its stream.
fn tag_of(path: &str) -> Option<(u16, u16)> {
    let (_, name) = path.rsplit_once('/')?;
    let tag = name.strip_prefix("__substg1.0_")?.get(..8)?;
    Some((u16::from_str_radix(tag.get(..4)?, 16).ok()?, u16::from_str_radix(tag.get(4..)?, 16).ok()?))
}

/// The code page of a language by its number; none for those of Western Europe.
fn page_of_language(language: u32) -> Option<u32> {
    Some(match language & 0x3ff {
        0x19 | 0x22 | 0x23 | 0x02 | 0x2f => 1251,
        0x15 | 0x05 | 0x0e | 0x1a | 0x1b | 0x24 | 0x18 | 0x1c => 1250,
        0x08 => 1253,
        0x1f | 0x2c => 1254,
        0x0d => 1255,
        0x01 | 0x29 | 0x20 => 1256,
        0x25..=0x27 => 1257,
        0x2a => 1258,
        0x1e => 874,
        0x11 => 932,
        0x12 => 949,
        0x04 if matches!(language & 0xffff, 0x804 | 0x1004) => 936,
        0x04 => 950,
        _ => return None,
    })
}
