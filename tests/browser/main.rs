//! The page in a real browser: what a reader does with mouse, keys and fingers, with a script and without.
//!
//! It needs chromium and chromedriver, which `.ci/setup` installs, and is asked for by `DATELINE_BROWSER=1`, as
//! `.ci/run` does. Unless it is asked for, each test says so and does nothing.
#![allow(clippy::unwrap_used)]

mod axe;
mod driver;
mod hands;
mod hostile;
mod looks;
mod support;
