//! What is tried out with arbitrary input, and what must hold for it: one function a target, shared by the
//! fuzzers (`fuzz_targets/`) and by the test that replays what they have found (`tests/fuzzed.rs`).

mod books;
mod lists;
mod packages;
mod sheets;
mod texts;

pub use books::{csv, ods_xml, sheet_xml, workbook, xls};
pub use sheets::header;
pub use texts::{era, text, value};

use std::cell::Cell;
use std::panic::{set_hook, take_hook};

/// What takes an input and panics if something does not hold.
pub type Target = fn(&[u8]);

/// Every target with the name of its folders of inputs.
pub const TARGETS: [(&str, Target); 9] = [
    ("text", text),
    ("value", value),
    ("era", era),
    ("header", header),
    ("csv", csv),
    ("workbook", workbook),
    ("sheet_xml", sheet_xml),
    ("ods_xml", ods_xml),
    ("xls", xls),
];

thread_local! {
    static HAS_PANICKED: Cell<bool> = const { Cell::new(false) };
}

/// Makes panics while a file is read findings, although reading catches them, unless they are the library's that
/// reads workbooks. To be called once, before any target.
pub fn watch_panics() {
    let report = take_hook();
    set_hook(Box::new(move |info| {
        let is_librarys = info.location().is_some_and(|place| place.file().contains("calamine-"));
        if !is_librarys {
            HAS_PANICKED.set(true);
            report(info);
        }
    }));
}

/// Whether this thread has panicked outside of the library that reads workbooks.
fn has_panicked() -> bool {
    HAS_PANICKED.replace(false)
}
