//! Numbers that look as if drawn by lot and are the same in every run.

use std::env;
use std::time::Duration;

/// Marsaglia's xorshift ("Xorshift RNGs", 2003).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub(crate) fn of<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }

    /// A moment before `end`, and a little after it now and then.
    pub(crate) fn moment(&mut self, end: Duration) -> Duration {
        end.mul_f64(self.below(1_150) as f64 / 1_000.0)
    }
}

/// How many rounds there are: few, unless the long run is asked for.
pub(crate) fn rounds(few: usize) -> usize {
    number("DATELINE_ROUNDS").map_or(few, |rounds| rounds as usize)
}

/// How long what takes as long as it is given takes.
pub(crate) fn seconds(few: u64) -> Duration {
    Duration::from_secs(number("DATELINE_SECONDS").unwrap_or(few))
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|number| number.parse().ok())
}
