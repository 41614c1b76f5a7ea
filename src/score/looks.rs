//! Level 1, the looks: objects, formats that mean something, merges, what is hidden.

use super::table::Table;
use super::verdict::{Faults, Verdict, untold};
use super::{File, not_for_text};
use crate::finding::message;
use crate::ingest::{Look, SheetFacts};
use crate::model::{CellRef, OverlayKind};
use std::collections::BTreeMap;

/// L1-10
pub(super) fn no_objects(file: &File<'_>) -> Verdict {
    if file.is_text() {
        return not_for_text();
    }
    if file.subject.survey.sheets.is_none() {
        return untold(&file.subject.survey);
    }
    let mut faults = Faults::default();
    for sheet in &file.subject.sheets {
        for overlay in &sheet.surroundings.overlays {
            let fault = match overlay.kind {
                OverlayKind::Picture => message("画像", "a picture"),
                OverlayKind::Chart => message("グラフなど", "a chart or the like"),
                _ => message("図形・テキストボックス", "a shape or a text box"),
            };
            faults.at(&sheet.place, (overlay.area.top, overlay.area.left), None, fault);
        }
        for row in &sheet.rows {
            for cell in row.cells.iter().filter(|cell| cell.note.is_some()) {
                let fault = message("コメント", "a comment");
                faults.at(&sheet.place, (row.index, cell.col), cell.note.as_deref(), fault);
            }
        }
    }
    faults.verdict()
}

/// L1-11
pub(super) fn no_meaning(file: &File<'_>) -> Verdict {
    if file.is_text() {
        return not_for_text();
    }
    let mut faults = Faults::default();
    for sheet in &file.subject.sheets {
        for row in &sheet.rows {
            for cell in row.cells.iter().filter(|cell| cell.struck.is_some()) {
                let fault = message("取り消し線", "struck through");
                faults.at(&sheet.place, (row.index, cell.col), cell.struck.as_deref(), fault);
            }
        }
    }
    if file.subject.survey.sheets.is_none() {
        return match faults.verdict() {
            Verdict::Pass => untold(&file.subject.survey),
            verdict => verdict,
        };
    }
    for table in &file.tables {
        if let Some(facts) = table.facts {
            stand_out(table, facts, &mut faults);
        }
    }
    faults.verdict()
}

/// The cells that look unlike most of their column, unless the rows take turns.
fn stand_out(table: &Table<'_>, facts: &SheetFacts, faults: &mut Faults) {
    for column in table.filled() {
        let looks = column.cells.iter().map(|&(row, text)| (row, text, facts.look(row, column.col)));
        let looks: Vec<(u32, &str, Look)> = looks.collect();
        let Some(usual) = usual(&looks) else { continue };
        let striped = is_striped(&looks);
        for (row, text, look) in &looks {
            let cell = (*row, column.col);
            if facts.cell(*row, column.col).partly {
                faults.at(
                    table.place(),
                    cell,
                    Some(text),
                    message("一部だけ書式が違う", "a part looks different"),
                );
            }
            let fault = if look.fill != usual.fill && !striped {
                message("列のほかと違う塗り", "filled unlike the rest of the column")
            } else if look.colour != usual.colour {
                message("列のほかと違う文字色", "coloured unlike the rest of the column")
            } else if look.bold != usual.bold {
                message("列のほかと違う太字", "bold unlike the rest of the column")
            } else {
                continue;
            };
            faults.at(table.place(), cell, Some(text), fault);
        }
    }
}

/// The look that most cells have; the first of equals.
fn usual<'a>(looks: &'a [(u32, &str, Look)]) -> Option<&'a Look> {
    let mut counts: BTreeMap<&Look, usize> = BTreeMap::new();
    for (_, _, look) in looks {
        *counts.entry(look).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    looks.iter().map(|(_, _, look)| look).find(|look| counts[look] == most)
}

/// Whether two fills take turns from row to row.
fn is_striped(looks: &[(u32, &str, Look)]) -> bool {
    let fill = |parity: u32| {
        let mut fills =
            looks.iter().filter(move |(row, ..)| row % 2 == parity).map(|(_, _, look)| &look.fill);
        let first = fills.next();
        (first.is_some() && fills.all(|fill| Some(fill) == first)).then_some(first).flatten()
    };
    looks.len() >= 4 && fill(0).is_some() && fill(1).is_some()
}

/// L1-12
pub(super) fn no_merges(file: &File<'_>) -> Verdict {
    if file.is_text() {
        return not_for_text();
    }
    let mut faults = Faults::default();
    for sheet in &file.subject.sheets {
        for area in &sheet.merges {
            let fault = message("結合されたセル", "merged cells");
            faults.at(&sheet.place, (area.top, area.left), sheet.text(area.top, area.left), fault);
        }
    }
    faults.verdict()
}

/// L1-13
pub(super) fn nothing_hidden(file: &File<'_>) -> Verdict {
    if file.is_text() {
        return not_for_text();
    }
    let mut faults = Faults::default();
    for sheet in &file.subject.sheets {
        if sheet.hidden {
            faults.of(&sheet.place, message("非表示のシート", "a hidden sheet"));
        }
        for row in sheet.rows.iter().filter(|row| row.hidden) {
            let col = row.cells.first().map_or(0, |cell| cell.col);
            faults.at(
                &sheet.place,
                (row.index, col),
                Some(&row.line()),
                message("非表示の行", "a hidden row"),
            );
        }
        for col in sheet.hidden_columns_in_use() {
            let row = sheet.rows.iter().find(|row| row.cell(col).is_some()).map_or(0, |row| row.index);
            let name = CellRef::column_letters(col);
            let fault = message(format!("非表示の{name}列"), format!("the hidden column {name}"));
            faults.at(&sheet.place, (row, col), sheet.text(row, col), fault);
        }
    }
    faults.verdict()
}
