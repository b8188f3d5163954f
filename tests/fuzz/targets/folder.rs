//! The fuzzer's door to: files among others that they may name.
#![no_main]

#[path = "../../hostile/targets.rs"]
#[allow(dead_code)]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::folder(data));
