//! Marks that say "not this": what is hidden or cannot be seen is left out unless the template takes it in, what is
//! struck through is left out always; all of it is reported. Comments are taken out as well, and kept beside the sheet.
//!
//! A merged cell whose top row is hidden shows its text in the rows that remain, so there it goes.

use crate::finding::{Collector, Finding, Hidden, Listed, Problem};
use crate::model::{CellRef, Comment, Origin, RawCell, RawRow, RawSheet, RowKind, Unseen};
use crate::template::Template;
use std::collections::BTreeMap;

/// What is no data of a sheet.
pub(super) struct LeftOut {
    /// The rows of which nothing is left.
    pub(super) rows: Vec<(u32, RowKind)>,
    /// The comments on cells that are not left out, by their places.
    pub(super) comments: Vec<Comment>,
    /// What is hidden of it.
    pub(super) hidden: HiddenCells,
}

/// What is hidden of a sheet.
#[derive(Default)]
pub(super) struct HiddenCells {
    /// The cells of hidden columns, by row: a heading that is missed may be among them.
    pub(super) columns: Vec<(u32, RawCell)>,
    /// The hidden rows: their labels hold for the rows below them.
    pub(super) rows: Vec<RawRow>,
}

/// What the template takes in of what is not shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TakeIn {
    pub(super) hidden: bool,
    pub(super) unseen: bool,
}

impl TakeIn {
    /// As the template has it.
    pub(super) fn of(template: &Template) -> Self {
        Self { hidden: template.takes_in_hidden, unseen: template.takes_in_unseen }
    }
}

/// Takes out of a sheet what is not data, but for what the template takes in. Every cell that remains has text.
pub(super) fn leave_out(sheet: &mut RawSheet, take_in: TakeIn, findings: &mut Collector) -> LeftOut {
    let mut left = LeftOut { rows: Vec::new(), comments: Vec::new(), hidden: HiddenCells::default() };
    if sheet.hidden && !take_in.hidden {
        let which = [""; 0].into_iter().collect();
        let is_very_hidden = sheet.surroundings.is_very_hidden;
        let hidden = if is_very_hidden { Hidden::VeryHiddenSheet } else { Hidden::Sheet };
        findings.push(left_out(Origin::of_place(&sheet.place), hidden, which));
        left.rows.extend(sheet.rows.drain(..).map(|row| (row.index, RowKind::Hidden)));
        sheet.surroundings.overlays.clear();
        return left;
    }
    if !take_in.hidden {
        left.hidden.rows = hidden_rows(sheet, findings);
        left.rows.extend(left.hidden.rows.iter().map(|row| (row.index, RowKind::Hidden)));
        left.hidden.columns = hidden_columns(sheet, findings);
        left.rows.extend(emptied(sheet, RowKind::Hidden));
    }
    if take_in.unseen {
        show(sheet);
    } else {
        findings.extend(unseen(sheet));
    }
    for row in &mut sheet.rows {
        let is_struck = row.cells.iter().all(|cell| cell.text.is_empty());
        if let Some(first) = row.cells.iter().find(|cell| cell.struck.is_some()).filter(|_| is_struck) {
            // One line through a row is one thing to say.
            findings.push(struck(&row.line(), Origin::at(&sheet.place, row.index, first.col)));
        }
        for cell in &mut row.cells {
            let origin = Origin::at(&sheet.place, row.index, cell.col);
            let comment = cell.note.take().map(|text| Comment { origin: origin.clone(), text: text.into() });
            left.comments.extend(comment);
            findings.extend(cell.struck.as_ref().filter(|_| !is_struck).map(|text| struck(text, origin)));
        }
        row.cells.retain(|cell| !cell.is_empty());
    }
    left.rows.extend(emptied(sheet, RowKind::Note)); // only comments
    for row in &mut sheet.rows {
        row.cells.retain(|cell| !cell.text.is_empty() || cell.struck.is_some());
    }
    left.rows.extend(emptied(sheet, RowKind::Hidden)); // nothing of it can be seen
    for row in &mut sheet.rows {
        row.cells.retain(|cell| !cell.text.is_empty());
    }
    left.rows.extend(emptied(sheet, RowKind::Struck));
    left
}

/// Makes the text that cannot be seen like the rest.
fn show(sheet: &mut RawSheet) {
    for cell in sheet.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let Some(unseen) = cell.unseen.take() {
            cell.text = unseen.whole;
        }
    }
}

/// A finding for each column and reason.
fn unseen(sheet: &RawSheet) -> Vec<Finding> {
    let mut found: BTreeMap<(Unseen, u32), Vec<(u32, &str)>> = BTreeMap::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            let Some(unseen) = &cell.unseen else { continue };
            found.entry((unseen.why, cell.col)).or_default().push((row.index, &unseen.text));
        }
    }
    let finding = |((why, col), cells): ((Unseen, u32), Vec<(u32, &str)>)| {
        let which = cells.iter().map(|&(row, _)| CellRef { row, col }.to_string()).collect();
        let &(row, text) = cells.first()?;
        let problem = Problem::UnseenLeftOut { why, which, text: text.into() };
        Some(Finding::new(problem, Origin::at(&sheet.place, row, col)))
    };
    found.into_iter().filter_map(finding).collect()
}

/// Takes out the rows without cells, as rows of a kind.
pub(super) fn emptied(sheet: &mut RawSheet, kind: RowKind) -> Vec<(u32, RowKind)> {
    let rows = sheet.rows.iter().filter(|row| row.cells.is_empty()).map(|row| (row.index, kind)).collect();
    sheet.rows.retain(|row| !row.cells.is_empty());
    rows
}

/// Takes out the hidden rows.
fn hidden_rows(sheet: &mut RawSheet, findings: &mut Collector) -> Vec<RawRow> {
    let rows: Vec<u32> = sheet.rows.iter().filter(|row| row.hidden).map(|row| row.index).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let is_hidden = |row: u32| rows.binary_search(&row).is_ok();
    let mut moved = Vec::new();
    for at in 0..sheet.merges.len() {
        let area = sheet.merges[at];
        let Some(row) = (area.top..=area.bottom).find(|&row| !is_hidden(row)) else { continue };
        if row > area.top {
            let cell = sheet.row(area.top).and_then(|top| top.cell(area.left)).cloned();
            moved.extend(cell.map(|cell| (row, cell)));
            sheet.merges[at].top = row;
        }
    }
    sheet.merges.sort_unstable();
    let (filtered, grouped) = (&sheet.surroundings.filtered_rows, &sheet.surroundings.grouped_rows);
    let cause = |row: &u32| match (filtered.contains(row), grouped.contains(row)) {
        (true, _) => Hidden::FilteredRows,
        (false, true) => Hidden::GroupedRows,
        (false, false) => Hidden::Rows,
    };
    for hidden in [Hidden::Rows, Hidden::FilteredRows, Hidden::GroupedRows] {
        let mut of = rows.iter().filter(|row| cause(row) == hidden).peekable();
        if let Some(&&first) = of.peek() {
            let numbers = of.map(|row| (row + 1).to_string()).collect();
            findings.push(left_out(Origin::at(&sheet.place, first, 0), hidden, numbers));
        }
    }
    let hidden = sheet.rows.extract_if(.., |row| row.hidden).collect();
    put(sheet, moved);
    hidden
}

/// Puts cells where there are none, making rows if need be; of several at one place, the first.
fn put(sheet: &mut RawSheet, moved: Vec<(u32, RawCell)>) {
    let mut places: BTreeMap<u32, Vec<RawCell>> = BTreeMap::new();
    for (row, cell) in moved {
        places.entry(row).or_default().push(cell);
    }
    for row in &mut sheet.rows {
        let Some(cells) = places.remove(&row.index) else { continue };
        // What is there already comes first.
        row.cells.extend(cells);
        row.cells.sort_by_key(|cell| cell.col);
        row.cells.dedup_by_key(|cell| cell.col);
    }
    if places.is_empty() {
        return;
    }
    for (index, mut cells) in places {
        cells.sort_by_key(|cell| cell.col);
        cells.dedup_by_key(|cell| cell.col);
        sheet.rows.push(RawRow { index, hidden: false, cells });
    }
    sheet.rows.sort_by_key(|row| row.index);
}

/// Takes out the cells of hidden columns.
fn hidden_columns(sheet: &mut RawSheet, findings: &mut Collector) -> Vec<(u32, RawCell)> {
    let mut taken = Vec::new();
    if sheet.hidden_columns.is_empty() {
        return taken;
    }
    let ranges = std::mem::take(&mut sheet.hidden_columns);
    let is_hidden = |col: u32| {
        let range = ranges.get(ranges.partition_point(|(_, last)| *last < col));
        range.is_some_and(|(first, _)| *first <= col)
    };
    let mut columns: Vec<u32> = sheet
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.col)
        .filter(|&col| is_hidden(col))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let Some(&first) = columns.first() else { return taken };
    for row in &mut sheet.rows {
        let hidden = row.cells.extract_if(.., |cell| is_hidden(cell.col));
        taken.extend(hidden.map(|cell| (row.index, cell)));
    }
    let letters = columns.iter().map(|&col| CellRef::column_letters(col)).collect();
    findings.push(left_out(Origin::at(&sheet.place, 0, first), Hidden::Columns, letters));
    taken
}

fn left_out(origin: Origin, hidden: Hidden, which: Listed) -> Finding {
    Finding::new(Problem::HiddenLeftOut { hidden, which }, origin)
}

fn struck(text: &str, origin: Origin) -> Finding {
    Finding::new(Problem::StruckLeftOut { text: text.into() }, origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::model::{Area, Place, Surroundings};
    use std::sync::Arc;

    fn cell(col: u32, text: &str) -> RawCell {
        RawCell { col, text: text.to_owned(), ..RawCell::default() }
    }

    fn sheet() -> RawSheet {
        let row = |index, hidden, cells| RawRow { index, hidden, cells };
        RawSheet {
            place: Arc::new(Place { file: "a.xlsx".to_owned(), sheet: None }),
            hidden: false,
            rows: vec![
                row(0, true, vec![cell(0, "目標"), cell(1, "（旧）")]),
                row(1, false, vec![cell(1, "新"), cell(2, "非表示の列")]),
                row(2, false, vec![RawCell { struck: Some("旧".into()), ..cell(1, "") }]),
            ],
            hidden_columns: vec![(2, 3)],
            merges: vec![Area { top: 0, left: 0, bottom: 1, right: 0 }],
            widths: crate::model::ColumnWidths::default(),
            surroundings: Surroundings::default(),
            ..RawSheet::default()
        }
    }

    fn texts(sheet: &RawSheet) -> Vec<(u32, u32, &str)> {
        sheet.rows.iter().flat_map(|r| r.cells.iter().map(|c| (r.index, c.col, c.text.as_str()))).collect()
    }

    #[test]
    fn hidden_and_struck_things_go_and_merged_labels_stay() {
        let (mut sheet, mut findings) = (sheet(), Collector::default());
        assert_eq!(
            leave_out(&mut sheet, TakeIn::default(), &mut findings).rows,
            [(0, RowKind::Hidden), (2, RowKind::Struck)]
        );
        assert_eq!(texts(&sheet), [(1, 0, "目標"), (1, 1, "新")]);
        let findings = findings.finish();
        let codes: Vec<_> =
            findings.iter().map(|n| (n.code(), n.origin.cell.map(|c| c.to_string()))).collect();
        let at = |name: &str| Some(name.to_owned());
        assert_eq!(
            codes,
            [
                (Code::HiddenLeftOut, at("A1")),
                (Code::HiddenLeftOut, at("C1")),
                (Code::StruckLeftOut, at("B3"))
            ]
        );
    }

    #[test]
    fn a_template_may_take_in_what_is_hidden() {
        let (mut sheet, mut findings) = (sheet(), Collector::default());
        sheet.hidden = true;
        assert_eq!(
            leave_out(&mut sheet, TakeIn { hidden: true, unseen: false }, &mut findings).rows,
            [(2, RowKind::Struck)]
        );
        assert_eq!(texts(&sheet).len(), 4);
        assert_eq!(findings.finish().len(), 1);
    }

    #[test]
    fn a_hidden_sheet_is_left_out_whole() {
        let (mut sheet, mut findings) = (sheet(), Collector::default());
        sheet.hidden = true;
        let left_out = leave_out(&mut sheet, TakeIn::default(), &mut findings);
        assert_eq!(left_out.rows, [0, 1, 2].map(|row| (row, RowKind::Hidden)));
        assert_eq!((texts(&sheet), findings.finish().len()), (vec![], 1));
    }
}
