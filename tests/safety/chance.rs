//! What is drawn by lot, the same in every run, and how often and how long.

#[path = "../../benches/archive/random.rs"]
mod random;

use std::env;
use std::time::Duration;

pub(crate) use random::Random;

/// A moment before `end`, and a little after it now and then.
pub(crate) fn moment(random: &mut Random, end: Duration) -> Duration {
    end.mul_f64(random.below(1_150) as f64 / 1_000.0)
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
