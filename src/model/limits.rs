//! How large a document's input may be: far above any form that a department fills in, below what harms the
//! machine.

use serde::{Deserialize, Serialize};

/// The limits, by the names and in the units of a template's `[input.limits]`. 1 MiB is 1,048,576 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// MiB of one file.
    pub file_mib: u64,
    /// MiB of all files of the document.
    pub total_mib: u64,
    /// MiB of everything in a workbook's archive, unpacked.
    pub unpacked_mib: u64,
    /// How many times its packed length a member of an archive may be, once it is large
    /// (real sheets stay below 1:200; DEFLATE cannot go beyond 1:1032).
    pub ratio: u64,
    /// Sheets of one workbook.
    pub sheets: u64,
    /// Cells with text in one file.
    pub cells: u64,
    /// Characters of one cell; Excel's own limit is the default and the most.
    pub cell_chars: u64,
    /// MiB of text of all cells of one file: every cell can show a shared text of 32,767 characters.
    pub text_mib: u64,
    /// Indicators of the document; the longest lists of cities have some hundreds.
    pub rows: u64,
    /// Merged areas of one sheet; a real book has 40,300.
    pub merges: u64,
    /// Cells that the merged areas of one sheet cover.
    pub merged_cells: u64,
    /// MiB of one Excel 97–2003 file.
    pub legacy_mib: u64,
    /// Cells of the rectangles that the sheets of an Excel 97–2003 file span, empty ones included: they are
    /// read as whole grids.
    pub legacy_cells: u64,
    /// Seconds of processor time for reading a file in another process.
    pub seconds: u64,
    /// MiB of memory for the same.
    pub memory_mib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_mib: 64,
            total_mib: 512,
            unpacked_mib: 256,
            ratio: 500,
            sheets: 500,
            cells: 500_000,
            cell_chars: 32_767,
            text_mib: 8,
            rows: 10_000,
            merges: 50_000,
            merged_cells: 5_000_000,
            legacy_mib: 16,
            legacy_cells: 3_000_000,
            seconds: 5,
            memory_mib: 384,
        }
    }
}

impl Limits {
    /// The first limit that makes no sense: its name, and the least and the most that it can be.
    pub fn first_unusable(&self) -> Option<(&'static str, u64, u64, u64)> {
        let ranges = [
            ("file_mib", self.file_mib, 1, 2048),
            ("total_mib", self.total_mib, 1, 65_536),
            ("unpacked_mib", self.unpacked_mib, 1, 8192),
            ("ratio", self.ratio, 10, 1032),
            ("sheets", self.sheets, 1, 10_000),
            ("cells", self.cells, 1, 100_000_000),
            ("cell_chars", self.cell_chars, 1, 32_767),
            ("text_mib", self.text_mib, 1, 8192),
            ("rows", self.rows, 1, 10_000_000),
            ("merges", self.merges, 1, 10_000_000),
            // A whole sheet.
            ("merged_cells", self.merged_cells, 1, 16_384 * 1_048_576),
            ("legacy_mib", self.legacy_mib, 1, 2048),
            ("legacy_cells", self.legacy_cells, 1, 1_000_000_000),
            ("seconds", self.seconds, 1, 3600),
            // The program itself needs some.
            ("memory_mib", self.memory_mib, 64, 65_536),
        ];
        ranges.into_iter().find(|(_, value, least, most)| !(least..=most).contains(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn the_defaults_are_usable_and_nothing_is_not() {
        assert_eq!(Limits::default().first_unusable(), None);
        let limits = Limits { merges: 0, ..Limits::default() };
        assert_eq!(limits.first_unusable(), Some(("merges", 0, 1, 10_000_000)));
    }
}
