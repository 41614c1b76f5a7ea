//! How large an input may be: far above any form that a department fills in, below what harms the machine.

/// Bytes of one file.
pub const FILE_BYTES: usize = 64 << 20;
/// Bytes of one Excel 97–2003 file, which is read into memory as a whole grid.
pub const XLS_BYTES: usize = 16 << 20;
/// Bytes of all members of a workbook's archive, unpacked.
pub const UNPACKED_BYTES: u64 = 512 << 20;
/// Cells with text in one file.
pub const CELLS: usize = 2_000_000;
/// Characters of one cell, as in Excel.
pub const CELL_CHARS: usize = 32_767;
/// Bytes of text of all cells of one file: a shared text of 32,767 characters can be shown by every cell.
pub const TEXT_BYTES: usize = 256 << 20;
/// Cells of the grids that a format without a streaming reader spans, empty ones included.
pub const GRID_CELLS: u64 = 20_000_000;
/// Merged areas of one sheet; a real book has 40,300.
pub const MERGES: usize = 200_000;
/// Shared texts that a workbook may announce.
pub const SHARED_TEXTS: u64 = 10_000_000;
/// Error values reported one by one on one sheet.
pub const ERRORS_PER_SHEET: usize = 100;
