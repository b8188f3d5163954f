//! The fuzzer's door to: packages by their parts.
#![no_main]

#[path = "../../hostile/targets.rs"]
#[allow(dead_code)]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::package(data));
