//! The labels of a form: cells that name a field, wherever their values stand.

use super::fold::Cell;
use crate::japanese::{is_no_value, leading_number};
use crate::model::{Field, RawCell, RawSheet, Role, Slot};
use crate::transform::columns::{self, LONGEST_HEADING, Lexicon, is_time_alone};
use crate::transform::evidence;
use crate::transform::fit::Manner;
use crate::transform::value::is_known_unit;
use std::collections::{BTreeMap, BTreeSet};

/// Cells of a sheet that are looked at: no form of cards has as many.
const CELLS: usize = 100_000;

/// Rows of the tallest label.
const TALLEST: u32 = 20;

/// A cell that names a field.
pub(super) struct Label {
    pub(super) at: Cell,
    /// Its last row and column, with its merged area.
    pub(super) end: Cell,
    pub(super) is_name: bool,
}

/// The labels of a sheet; that of the name fits at least so well.
pub(super) fn labels(sheet: &RawSheet, words: &Lexicon, least: Manner) -> BTreeMap<Cell, Label> {
    let mut labels: BTreeMap<Cell, Label> = BTreeMap::new();
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
    for (row, cell) in cells.take(CELLS) {
        let is_short = cell.text.chars().count() <= LONGEST_HEADING;
        if !is_short || cell.col >= columns::WIDEST {
            continue;
        }
        let heading = words.heading(&cell.text);
        let is_label = |slot| matches!(slot, Slot::Field(_) | Slot::Time(_) | Slot::Unit(_));
        let is_field = heading.named().any(is_label);
        let is_name = heading.fits.get(&words.name()).is_some_and(|fit| fit.manner >= least);
        // `年度` beside a label, between two, or right below one.
        let is_right_below = |label: &Label| label.at.1 == cell.col && label.end.0 + 1 == row;
        let is_beside = || {
            (heading.is_time || heading.is_unit)
                && (labels.range((row, 0)..(row, cell.col)).next().is_some()
                    || labels
                        .range((row.saturating_sub(TALLEST), 0)..(row, 0))
                        .any(|it| is_right_below(it.1)))
        };
        if is_field || is_name || is_beside() {
            let at = (row, cell.col);
            labels.insert(at, Label { at, end: sheet.end_of(row, cell.col), is_name });
        }
    }
    // A line by itself that only hints at the name is a heading (`■ 現行の指標`), if another hint has something beside it.
    let is_alone = |row: u32| sheet.row(row).is_some_and(|row| row.cells.len() == 1);
    if least < Manner::Names && labels.values().any(|label| label.is_name && !is_alone(label.at.0)) {
        labels.retain(|_, label| !label.is_name || !is_alone(label.at.0));
    }
    labels
}

/// The labels that nobody knows, where some field has no label: short texts that recur with the label of the name, other
/// than entries, and not in the place of a known label's value.
pub(super) fn recurring(
    sheet: &RawSheet,
    words: &Lexicon,
    known: &BTreeMap<Cell, Label>,
    is_below: bool,
) -> Vec<Label> {
    let named: BTreeSet<Slot> = known
        .values()
        .filter_map(|label| sheet.text(label.at.0, label.at.1))
        .flat_map(|text| words.heading(text).fits.keys().copied().collect::<Vec<_>>())
        .collect();
    let wanted = words.choice_fields().chain(words.stated_values()).chain(words.role(Role::Number));
    let groups = words.fields().iter().copied().filter(|field| matches!(field, Field::Group(_)));
    if wanted.chain(groups).all(|field| named.contains(&Slot::Field(field))) {
        return Vec::new();
    }
    let Some(name) = known.values().find(|label| label.is_name) else { return Vec::new() };
    let Some(name) = sheet.text(name.at.0, name.at.1) else { return Vec::new() };
    let is_entry = |text: &str| {
        is_no_value(text)
            || words.is_option(text)
            || evidence::is_value(text, words)
            || is_known_unit(text)
            || is_time_alone(text, words.eras())
            || leading_number(text).is_some_and(|(_, rest)| rest.chars().count() > 1)
            || text.ends_with('。')
    };
    let values: BTreeSet<Cell> = known
        .values()
        .map(|label| if is_below { (label.end.0 + 1, label.at.1) } else { (label.at.0, label.end.1 + 1) })
        .collect();
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
    let is_label = |(row, cell): &(u32, &RawCell)| {
        let at = (*row, cell.col);
        !known.contains_key(&at)
            && !values.contains(&at)
            && words.texts.recurs_with(&cell.text, name)
            && !is_entry(&cell.text)
    };
    let cells = cells.take(CELLS).filter(is_label);
    let at = cells.map(|(row, cell)| (row, cell.col));
    at.map(|at| Label { at, end: sheet.end_of(at.0, at.1), is_name: false }).collect()
}
