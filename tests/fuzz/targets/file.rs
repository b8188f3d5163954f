//! The fuzzer's door to: files of every format.
#![no_main]

#[path = "../../hostile/targets.rs"]
#[allow(dead_code)]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::file(data));
