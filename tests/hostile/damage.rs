//! Inputs damaged in the ways that break readers: cut, torn, doubled, spliced, bits turned, numbers made large.

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
pub(crate) struct Damage(u64);

impl Damage {
    pub(crate) fn new(seed: u64) -> Damage {
        Damage(seed)
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// One of the seeds, damaged up to eight times over.
    pub(crate) fn of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(8) {
            self.once(&mut bytes, seeds);
        }
        bytes
    }

    fn once(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(bytes.len() + 1);
        let end = (at + self.below(64)).min(bytes.len());
        match self.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let twice = bytes[at..end].to_vec();
                let times = 1 + self.below(20);
                bytes.splice(at..at, twice.repeat(times));
            }
            3 => {
                let other = &seeds[self.below(seeds.len())];
                let from = self.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            4 | 5 => {
                let piece = PIECES[self.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            6 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << self.below(8);
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = [0, 0xff, 0x7f, 0x80][self.below(4)];
                }
            }
        }
    }
}
