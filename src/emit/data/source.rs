//! The columns that name the cell from which a record comes.

use super::table::{Column, Datum, Kind};
use crate::model::Origin;

/// File, sheet and cell.
pub(super) fn columns() -> [Column; 3] {
    let column = |name, label, definition| Column::new(name, label, Kind::Text, definition);
    [
        column("source_file", "調査票のファイル", "元の調査票のファイル名（原文のまま）")
            .filled()
            .as_written(),
        column("source_sheet", "調査票のシート", "元の調査票のシート名（原文のまま）")
            .blank("シートのない形式（CSV）")
            .as_written(),
        column("source_cell", "調査票のセル", "元の調査票のセルの番地").blank("一つのセルではない"),
    ]
}

/// The file of an origin.
pub(super) fn file(origin: &Origin) -> Datum<'_> {
    Datum::text(Some(&origin.place.file))
}

/// The sheet of an origin.
pub(super) fn sheet(origin: &Origin) -> Datum<'_> {
    Datum::text(origin.place.sheet.as_deref())
}

/// The cell of an origin.
pub(super) fn cell<'a>(origin: &Origin) -> Datum<'a> {
    origin.cell.map_or(Datum::Blank, |cell| Datum::made(cell.to_string()))
}
