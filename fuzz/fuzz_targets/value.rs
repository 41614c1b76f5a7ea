//! Runs `kaitei_fuzz::value` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kaitei_fuzz::watch_panics(), |data: &[u8]| kaitei_fuzz::value(data));
