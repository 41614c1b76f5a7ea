//! Files that are damaged, and files that only look so: no damage goes unsaid, and nothing good is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/compound.rs"]
mod compound;
mod csv;
mod flips;
mod good;
mod other;
mod package;
mod packed;

use kaitei::finding::Noted;
use kaitei::ingest;
use kaitei::model::{Eras, Limits, RawSheet};

/// Reads a file as it is.
fn read(bytes: &[u8], name: &str) -> Noted<Vec<RawSheet>> {
    ingest::read(bytes, name, &Limits::default(), Eras::reiwa())
}

/// The texts of all cells, in their order.
fn texts(noted: &Noted<Vec<RawSheet>>) -> Vec<&str> {
    let cells = noted.value.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    cells.map(|cell| cell.text.as_str()).collect()
}
