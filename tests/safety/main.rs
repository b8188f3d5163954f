//! What must hold whatever happens: killed processes, full and failing disks, damaged indexes, many at once.
//!
//! Every run is short here. The long ones are the same with more of everything:
//! `DATELINE_ROUNDS=1000 cargo test --release --test safety -- --nocapture`, where a round is one damage, one kill or one
//! limit; `DATELINE_SECONDS=600` is how long many read while one writes.

#![allow(clippy::unwrap_used)]

mod chance;
mod damage;
mod disk;
mod formats;
mod hostile;
mod kill;
mod locks;
mod odd;
#[path = "../main/support.rs"]
#[allow(dead_code, reason = "the other tests need more of it")]
mod support;
mod together;
