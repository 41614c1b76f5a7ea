//! The ids of records: those that a form states, else new ones.
//!
//! * **I1** A form states an id in a column `record_id`, as the data edition has it, or as a workbook of kaitei does, by
//!   the name of the record's row.
//! * **I2** Any other record gets one from the series of documents, its groups and its name, as they are folded, and its
//!   occurrence among those that are alike.
//! * **I3** No two records have one: of two that state the same, the first keeps it.

use crate::finding::{Collector, Elsewhere, Finding, Problem};
use crate::japanese::{fold, label_key};
use crate::model::{Origin, Place, RawSheet, Record, RecordId};
use crate::template::{ID_COLUMN, Template};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Rows of a sheet in which the heading of the ids may stand.
const HEADING_ROWS: usize = 32;

/// What the rows of sheets say of their ids.
pub(super) struct Stated(BTreeMap<(Arc<Place>, u32), (String, Option<Origin>)>);

/// What sheets say of the ids of their rows (I1).
pub(super) fn stated(sheets: &[RawSheet]) -> Stated {
    let mut ids = BTreeMap::new();
    for sheet in sheets {
        let place = &sheet.place;
        let named = &sheet.surroundings.ids;
        ids.extend(named.iter().map(|(&row, id)| ((Arc::clone(place), row), (id.clone(), None))));
        let is_heading = |text: &str| fold(text) == ID_COLUMN;
        let mut heads = sheet.rows.iter().take(HEADING_ROWS);
        let head = heads.find_map(|row| {
            row.cells.iter().find(|cell| is_heading(&cell.text)).map(|cell| (row.index, cell.col))
        });
        let Some((top, col)) = head else { continue };
        for row in sheet.rows.iter().filter(|row| row.index > top) {
            if let Some(cell) = row.cells.iter().find(|cell| cell.col == col) {
                let origin = Origin::at(place, row.index, col);
                ids.insert((Arc::clone(place), row.index), (cell.text.clone(), Some(origin)));
            }
        }
    }
    Stated(ids)
}

impl Stated {
    fn of(&self, row: &Record) -> Option<&(String, Option<Origin>)> {
        let origin = &row.name().origin;
        self.0.get(&(Arc::clone(&origin.place), origin.cell?.row))
    }
}

/// Gives every record its id.
pub(super) fn give(rows: &mut [Record], stated: &Stated, template: &Template, notes: &mut Collector) {
    let mut known: BTreeMap<RecordId, Origin> = BTreeMap::new();
    for row in &mut *rows {
        let Some((text, cell)) = stated.of(row) else { continue };
        let origin = cell.as_ref().unwrap_or(&row.name().origin).clone();
        let Some(id) = RecordId::read(text) else {
            let problem = Problem::IdUnreadable { text: text.into() };
            notes.push(Finding::new(problem, origin).about(row));
            continue;
        };
        if let Some(first) = known.get(&id) {
            let problem =
                Problem::IdDuplicate { id: (&id.to_string()).into(), first: Elsewhere::from(&origin, first) };
            notes.push(Finding::new(problem, origin).about(row));
            continue;
        }
        known.insert(id, origin);
        (row.id, row.states_id) = (Some(id), true);
    }
    make(rows, template, &[]);
}

/// Makes the ids of the records that have none (I2), none of which is one of those that are `gone`.
pub fn make(rows: &mut [Record], template: &Template, gone: &[RecordId]) {
    let mut taken: BTreeSet<RecordId> =
        rows.iter().filter_map(|row| row.id).chain(gone.iter().copied()).collect();
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for row in rows {
        let groups = row.groups.iter().map(|group| label_key(&group.text));
        let mut parts: Vec<String> = std::iter::once(template.compare.series.clone()).chain(groups).collect();
        parts.push(fold(&row.name().text));
        let count = counts.entry(parts.clone()).or_default();
        if row.id.is_some() {
            *count += 1;
            continue;
        }
        loop {
            *count += 1;
            let occurrence = count.to_string();
            let all: Vec<&str> = parts.iter().map(String::as_str).chain([occurrence.as_str()]).collect();
            let id = RecordId::of(&all);
            // Another one has it that was called so when it was made, or by chance (I3).
            if taken.insert(id) {
                row.id = Some(id);
                break;
            }
        }
    }
}
