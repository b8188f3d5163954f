//! The fuzzer's door to: the times a text speaks of.
#![no_main]

#[path = "../../hostile/targets.rs"]
#[allow(dead_code)]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::mentions_of(data));
