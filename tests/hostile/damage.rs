//! Inputs damaged in the ways that break readers: cut, torn, doubled, spliced, bits turned, numbers made large.

use crate::archive::Random;

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    "\0",
    "\u{feff}",
    "\u{301}",
    "\u{200d}",
    "\u{202e}",
    "\x1b[31m",
    "\u{10ffff}",
    "\"",
    "(",
    ")",
    "~",
    "*",
    "-",
    ":",
    "NEAR/5 ",
    " OR ",
    " NOT ",
    "/.*/",
    "date:",
    "about:",
    "..",
    "99999999999",
    "-1",
    "0000-00-00",
    "1992-02-30",
    "<",
    "<!--",
    "&#x0;",
    "{",
    "[",
    "}",
    "]",
    "\r\n",
    "\n\n",
    "\nFrom x\n",
    "--b\r\n",
    "Content-Length: 18446744073709551615\r\n",
    "\u{1f}",
    "{\\rtf1",
    "\\bin999999999 ",
];

/// A run of damaged inputs, the same for the same seed.
pub(crate) struct Damage(Random);

impl Damage {
    pub(crate) fn new(seed: u64) -> Damage {
        Damage(Random::new(seed))
    }

    /// One of the seeds, damaged up to eight times over.
    pub(crate) fn of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.0.of(seeds).clone();
        // Formats that are led by offsets are read deeply only where nothing has moved.
        let is_in_place = self.0.below(2) == 0;
        for _ in 0..=self.0.below(8) {
            if is_in_place {
                self.in_place(&mut bytes);
            } else {
                self.once(&mut bytes, seeds);
            }
        }
        bytes
    }

    /// One of some.
    pub(crate) fn choose<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        self.0.of(some)
    }

    /// Writes over a few bytes: with a number that is small, large or negative, or with others of the file.
    fn in_place(&mut self, bytes: &mut [u8]) {
        let at = self.0.below(bytes.len());
        let number = *self.0.of(&[
            0,
            1,
            2,
            0x7f,
            0x80,
            0xff,
            0x7fff,
            0xffff,
            0x7fff_ffff,
            0x8000_0000,
            0xffff_fffe,
            0xffff_ffff,
        ]);
        let from = self.0.below(bytes.len());
        let others = bytes.get(from..(from + 1 + self.0.below(64)).min(bytes.len())).unwrap_or_default().to_vec();
        let (over, length) = match self.0.below(5) {
            0 => (vec![bytes.get(at).copied().unwrap_or_default() ^ (1 << self.0.below(8))], 1),
            1 => (u32::to_le_bytes(number).to_vec(), 1),
            2 => (u32::to_le_bytes(number).to_vec(), 2),
            3 => (u32::to_le_bytes(number).to_vec(), 4),
            _ => (others, usize::MAX),
        };
        for (byte, over) in bytes.iter_mut().skip(at).zip(over.into_iter().take(length)) {
            *byte = over;
        }
    }

    fn once(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.0.below(bytes.len() + 1);
        let end = (at + self.0.below(64)).min(bytes.len());
        match self.0.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let twice = bytes[at..end].to_vec();
                let times = 1 + self.0.below(20);
                bytes.splice(at..at, twice.repeat(times));
            }
            3 => {
                let other = self.0.of(seeds);
                let from = self.0.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            4 | 5 => {
                let piece = self.0.of(PIECES);
                bytes.splice(at..at, piece.bytes());
            }
            6 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << self.0.below(8);
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = *self.0.of(&[0, 0xff, 0x7f, 0x80]);
                }
            }
        }
    }
}
