//! A body that is there as RTF alone, packed in a way of its own (MS-OXRTFCP).

use crate::corpus::format::rtf;

/// The words that every packed body may refer to.
const KNOWN: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
    \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
    \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The size of the window in which repeated words are found.
const WINDOW: usize = 4096;

/// The longest body, in bytes unpacked.
const LONGEST: usize = 64 << 20;

/// A body as it is unpacked.
struct Unpacked {
    rtf: Vec<u8>,
    whole: bool,
}

/// The text of a packed body, if it has any, and whether the body is whole.
pub(super) fn text_of(bytes: &[u8]) -> (Option<String>, bool) {
    let Some(Unpacked { rtf, whole }) = unpacked(bytes) else { return (None, bytes.is_empty()) };
    let raw = rtf::read(rtf, false).into_iter().next().and_then(Result::ok);
    (raw.map(|raw| raw.text).filter(|text| !text.trim().is_empty()), whole)
}

fn unpacked(bytes: &[u8]) -> Option<Unpacked> {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let content = bytes.get(16..)?;
    match number(8)? {
        // It says MELA: not packed.
        0x414c_454d => return Some(Unpacked { rtf: content.to_vec(), whole: true }),
        0x7546_5a4c => {}
        _ => return None,
    }
    let mut window = KNOWN.to_vec();
    let mut at = window.len();
    window.resize(WINDOW, b' ');
    let mut out = Vec::new();
    let mut rest = content.iter().copied();
    let mut put = |byte: u8, at: &mut usize, window: &mut Vec<u8>| {
        if let Some(slot) = window.get_mut(*at) {
            *slot = byte;
        }
        *at = (*at + 1) % WINDOW;
        out.push(byte);
        out.len() < LONGEST
    };
    'all: while let Some(control) = rest.next() {
        for bit in 0..8 {
            if control >> bit & 1 == 0 {
                let Some(byte) = rest.next() else { break 'all };
                if !put(byte, &mut at, &mut window) {
                    break 'all;
                }
                continue;
            }
            let Some((high, low)) = rest.next().zip(rest.next()) else { break 'all };
            let pair = usize::from(high) << 8 | usize::from(low);
            let from = pair >> 4;
            if from == at {
                break 'all;
            }
            for step in 0..(pair & 15) + 2 {
                let byte = window.get((from + step) % WINDOW).copied().unwrap_or_default();
                if !put(byte, &mut at, &mut window) {
                    break 'all;
                }
            }
        }
    }
    // What is cut off is shorter than its head says.
    let whole = number(4).and_then(|length| usize::try_from(length).ok()).is_none_or(|length| out.len() >= length);
    Some(Unpacked { rtf: out, whole })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_example_of_the_format_is_unpacked() {
        // MS-OXRTFCP, 4.1.1.
        let packed = [
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 3, 0, 0x0a, 0, 0x72, 0x63,
            0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77, 5,
            0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        let expected: &[u8] = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";
        assert_eq!(unpacked(&packed).unwrap().rtf, expected);
        let (text, whole) = text_of(&packed);
        assert_eq!((text.unwrap().trim(), whole), ("hello world", true));
        for end in 1..packed.len() - 3 {
            assert!(!text_of(&packed[..end]).1, "{end}");
        }
    }
}
