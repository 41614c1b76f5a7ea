//! Forms, written as text: what becomes of their rows.

use super::lists::check_list;
use kaitei::model::{Area, Place, RawCell, RawRow, RawSheet, Surroundings};
use std::sync::Arc;

/// More text than any finding needs.
const LONGEST: usize = 1 << 14;

/// Sheets as text: a line is a row, and a tab goes to the next column. In front of a row `#` hides it. In front of
/// a cell's text `~` strikes it through, `@` makes it a comment, `^` merges the cell with the one above, `<` with
/// the one to the left, and `!` hides its column. `\` is a line break in a cell, and a line `%` begins a sheet,
/// `%#` a hidden one.
pub fn header(data: &[u8]) {
    if data.len() > LONGEST {
        return;
    }
    let text = String::from_utf8_lossy(data);
    let mut sheets = vec![sheet(0, false)];
    let mut row = 0;
    for line in text.lines() {
        if line == "%" || line == "%#" {
            sheets.push(sheet(sheets.len(), line == "%#"));
            row = 0;
        } else {
            put_row(sheets.last_mut().expect("the first sheet is there from the beginning"), row, line);
            row += 1;
        }
    }
    sheets.iter_mut().for_each(tidy);
    check_list(&sheets);
}

fn sheet(number: usize, hidden: bool) -> RawSheet {
    let place = Place { file: format!("{}.xlsx", number / 2), sheet: Some(number.to_string()) };
    RawSheet {
        place: Arc::new(place),
        hidden,
        rows: Vec::new(),
        hidden_columns: Vec::new(),
        merges: Vec::new(),
        surroundings: Surroundings::default(),
        widths: kaitei::model::ColumnWidths::default(),
        ..RawSheet::default()
    }
}

fn put_row(sheet: &mut RawSheet, index: u32, line: &str) {
    let (hidden, line) = line.strip_prefix('#').map_or((false, line), |line| (true, line));
    let mut row = RawRow { index, hidden, cells: Vec::new() };
    for (col, cell) in (0..).zip(line.split('\t')) {
        let text = cell.trim_start_matches(['~', '@', '^', '<', '!']);
        let marks = &cell[..cell.len() - text.len()];
        if marks.contains('!') {
            sheet.hidden_columns.push((col, col));
        }
        if marks.contains('^') {
            merge(sheet, col, index);
        }
        if marks.contains('<') && col > 0 {
            sheet.merges.push(Area { top: index, left: col - 1, bottom: index, right: col });
        }
        if text.trim().is_empty() {
            continue;
        }
        let text = text.replace('\\', "\n");
        let empty = RawCell { col, ..RawCell::default() };
        row.cells.push(match (marks.contains('~'), marks.contains('@')) {
            (true, _) => RawCell { struck: Some(text.into()), ..empty },
            (false, true) => RawCell { note: Some(text.into()), ..empty },
            (false, false) => RawCell { text, ..empty },
        });
    }
    if !row.cells.is_empty() {
        sheet.rows.push(row);
    }
}

/// Merges a cell with the one above, or with the area that ends there.
fn merge(sheet: &mut RawSheet, col: u32, row: u32) {
    let above = sheet.merges.iter_mut().find(|area| area.left == col && area.bottom + 1 == row);
    match (above, row.checked_sub(1)) {
        (Some(area), _) => area.bottom = row,
        (None, Some(top)) => sheet.merges.push(Area { top, left: col, bottom: row, right: col }),
        (None, None) => {}
    }
}

fn tidy(sheet: &mut RawSheet) {
    sheet.hidden_columns.sort_unstable();
    sheet.hidden_columns.dedup();
    sheet.merges.sort_unstable();
}
