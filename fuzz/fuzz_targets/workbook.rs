//! Runs `kaitei_fuzz::workbook` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kaitei_fuzz::watch_panics(), |data: &[u8]| kaitei_fuzz::workbook(data));
