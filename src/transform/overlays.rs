//! What lies over the cells: marks that choose a word of a vocabulary, and what is to be said of all else.
//!
//! * **O1** A ring, a tick or a checked box in one cell of a column of marks is a mark; a box that is not checked is
//!   none. It is in a cell if most of it is.
//! * **O2** Boxes with captions in a cell of choices choose the words of those that are checked. Boxes without
//!   captions belong to the options that the cell prints, one to one, in their order.
//! * **O3** A ring around one of the options that a cell prints chooses it, if the place of the text can be told and no
//!   other option is as near.
//! * **O4** What is left is said at its cell. A box that is not checked says nothing, nor does a line over blank cells.

use super::choices::named;
use super::columns::{Header, Slot};
use super::kinds::Cells;
use super::option_places::under;
use super::options::{self, Printed, Sign};
use crate::finding::{Finding, Object, Problem};
use crate::japanese::is_no_value;
use crate::model::{CellRef, ChoiceId, Overlay, OverlayKind, RawSheet, RowKind};
use crate::template::{Choice, FieldKind, Template};
use std::collections::{BTreeMap, BTreeSet};

/// Rows under one thing that are looked at.
const ROWS: usize = 200;
/// Cells under conditional formats that are looked at.
const CELLS: usize = 1_000_000;
/// Of a mark, the hundredths that are in its cell at the least.
const MOST_OF: i64 = 60;

/// What lies over a sheet.
pub(super) struct Overlays<'s> {
    all: &'s [Overlay],
    by_cell: BTreeMap<(u32, u32), Vec<usize>>,
    /// Those that were understood.
    taken: BTreeSet<usize>,
}

impl<'s> Overlays<'s> {
    pub(super) fn of(sheet: &'s RawSheet) -> Self {
        let all = &sheet.surroundings.overlays[..];
        let mut by_cell: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
        for (at, overlay) in all.iter().enumerate() {
            by_cell.entry((overlay.cell.row, overlay.cell.col)).or_default().push(at);
        }
        Self { all, by_cell, taken: BTreeSet::new() }
    }

    /// Lets what lies over an indicator's row choose its disposition or grade.
    pub(super) fn take_marks(
        &mut self,
        sheet: &RawSheet,
        row: u32,
        header: &Header,
        cells: &mut Cells,
        template: &Template,
    ) {
        if self.all.is_empty() {
            return;
        }
        let mut has_mark = false;
        let marks = header.columns.iter().filter(|(slot, _)| matches!(slot, Slot::Mark(..)));
        for (&slot, &col) in marks.clone() {
            has_mark |= self.take_mark((row, col), slot, sheet, cells);
        }
        if has_mark {
            // The options are printed in their own columns: those that are not marked are not chosen.
            let says = |field, text: &str| named(text, &template.field(field).choices);
            cells.retain(
                |slot, (text, _)| !matches!(slot, Slot::Mark(field, id) if says(*field, text) == [*id]),
            );
        }
        for field in template.fields_of(FieldKind::Choice) {
            if let Some(&col) = header.columns.get(&Slot::Field(field)) {
                self.take_option(
                    (row, col),
                    Slot::Field(field),
                    (sheet, &template.field(field).choices),
                    cells,
                );
            }
        }
    }

    /// Whether a control writes into a cell.
    pub(super) fn is_linked(&self, row: u32, col: u32) -> bool {
        self.all.iter().any(|overlay| overlay.linked == Some(CellRef { row, col }))
    }

    /// O1: whether a mark lies in a cell of a column of marks.
    fn take_mark(&mut self, at: (u32, u32), slot: Slot, sheet: &RawSheet, cells: &mut Cells) -> bool {
        let mut has_mark = false;
        for &index in self.by_cell.get(&at).into_iter().flatten() {
            let overlay = &self.all[index];
            let says = mark(overlay).filter(|_| is_in_cell(overlay));
            let written = cells.get(&slot).and_then(|(text, _)| options::sign(text));
            match (says, written) {
                (Some(false), _) | (Some(true), Some(Sign::Yes)) => {}
                (Some(true), None) => {
                    cells.insert(slot, ("○".to_owned(), sheet.origin(at.0, at.1)));
                    has_mark = true;
                }
                // A box that contradicts its cell is for people to see.
                (Some(true), Some(Sign::No | Sign::Cross)) | (None, _) => continue,
            }
            self.taken.insert(index);
        }
        has_mark
    }

    /// O2, O3: the option that is chosen in a cell of choices becomes what the cell says.
    fn take_option(
        &mut self,
        at: (u32, u32),
        slot: Slot,
        (sheet, choices): (&RawSheet, &[Choice]),
        cells: &mut Cells,
    ) {
        let Some(here) = self.by_cell.get(&at) else { return };
        let text = cells.get(&slot).map_or("", |(text, _)| text.as_str());
        let chars: Vec<char> = text.chars().collect();
        let options = options::printed(&chars, choices).unwrap_or_default();
        let boxes: Vec<(usize, bool)> = here
            .iter()
            .filter_map(|&index| match self.all[index].kind {
                OverlayKind::CheckBox(Some(on)) | OverlayKind::OptionButton(Some(on)) => Some((index, on)),
                _ => None,
            })
            .collect();
        let rings: Vec<usize> = here
            .iter()
            .copied()
            .filter(|&index| matches!(self.all[index].kind, OverlayKind::Ring | OverlayKind::Frame))
            .collect();
        let by_boxes = self.by_captions(&boxes, choices).or_else(|| self.by_order(&boxes, &options));
        let is_open = is_no_value(text) || !options.is_empty();
        let says = named(text, choices);
        if let Some(chosen) = by_boxes.filter(|chosen| is_open || *chosen == says) {
            self.taken.extend(boxes.iter().map(|(index, _)| *index));
            if is_open {
                choose(&chosen, slot, (sheet, at), cells, choices);
            }
        } else if !rings.is_empty() && !options.is_empty() {
            let found: Option<Vec<ChoiceId>> =
                rings.iter().map(|&index| Some(under(&self.all[index], &chars, &options)?.id)).collect();
            if let Some(found) = found {
                self.taken.extend(rings);
                choose(&found, slot, (sheet, at), cells, choices);
            }
        } else if !rings.is_empty() && says.len() == 1 {
            self.taken.extend(rings); // around the one word that the cell says
        }
    }

    /// The words of the boxes that are checked, if every box has a word.
    fn by_captions(&self, boxes: &[(usize, bool)], choices: &[Choice]) -> Option<Vec<ChoiceId>> {
        let caption = |&(index, on): &(usize, bool)| match named(&self.all[index].text, choices)[..] {
            [id] => Some((id, on)),
            _ => None,
        };
        let captions: Option<Vec<(ChoiceId, bool)>> = boxes.iter().map(caption).collect();
        let captions = captions.filter(|captions| !captions.is_empty())?;
        Some(captions.into_iter().filter(|(_, on)| *on).map(|(id, _)| id).collect())
    }

    /// The options of the boxes that are checked, if there are as many boxes, without captions, in a row or a column.
    fn by_order(&self, boxes: &[(usize, bool)], options: &[Printed]) -> Option<Vec<ChoiceId>> {
        let is_bare = boxes.iter().all(|&(index, _)| self.all[index].text.is_empty());
        if boxes.is_empty() || boxes.len() != options.len() || !is_bare {
            return None;
        }
        let edges = |&(index, _): &(usize, bool)| self.all[index].edges;
        let mut sorted = boxes.to_vec();
        sorted.sort_by_key(|found| (edges(found).left, edges(found).top));
        let is_row = sorted.is_sorted_by(|a, b| edges(a).right <= edges(b).left);
        if !is_row {
            sorted.sort_by_key(|found| edges(found).top);
            if !sorted.is_sorted_by(|a, b| edges(a).bottom <= edges(b).top) {
                return None;
            }
        }
        Some(sorted.iter().zip(options).filter(|((_, on), _)| *on).map(|(_, option)| option.id).collect())
    }
}

/// Writes what is chosen into the cell of choices.
fn choose(
    chosen: &[ChoiceId],
    slot: Slot,
    (sheet, (row, col)): (&RawSheet, (u32, u32)),
    cells: &mut Cells,
    choices: &[Choice],
) {
    let words: Vec<&str> = chosen.iter().map(|id| choices[id.0].label.as_str()).collect();
    let origin = cells.remove(&slot).map_or_else(|| sheet.origin(row, col), |(_, origin)| origin);
    if !words.is_empty() {
        cells.insert(slot, (words.join("・"), origin));
    }
}

/// Whether a thing says that its cell is chosen; `None` if it is no mark.
fn mark(overlay: &Overlay) -> Option<bool> {
    match overlay.kind {
        OverlayKind::Ring | OverlayKind::Disc => Some(true),
        OverlayKind::CheckBox(state) | OverlayKind::OptionButton(state) => state,
        OverlayKind::TextBox => (options::sign(&overlay.text) == Some(Sign::Yes)).then_some(true),
        _ => None,
    }
}

/// Whether most of a thing lies in its cell.
fn is_in_cell(overlay: &Overlay) -> bool {
    let most = |from: i64, to: i64, size: i64| {
        let inside = to.min(size) - from.max(0);
        inside.saturating_mul(100) >= (to - from).saturating_mul(MOST_OF)
    };
    let (edges, (width, height)) = (overlay.edges, overlay.size);
    most(edges.left, edges.right, width) && most(edges.top, edges.bottom, height)
}

/// O4, and what else is to be said of a sheet's surroundings. `rows` say what each row is.
pub(super) fn report(overlays: &Overlays<'_>, sheet: &RawSheet, rows: &[(u32, RowKind)]) -> Vec<Finding> {
    let indicators: BTreeSet<u32> = rows
        .iter()
        .filter(|(_, kind)| matches!(kind, RowKind::Indicator | RowKind::Continuation))
        .map(|(row, _)| *row)
        .collect();
    let left = overlays.all.iter().enumerate().filter(|(index, _)| !overlays.taken.contains(index));
    let mut found: Vec<Finding> =
        left.filter_map(|(_, overlay)| finding(overlay, sheet, &indicators)).collect();
    found.extend(conditional(sheet, &indicators));
    found.extend(outside_print_areas(sheet, &indicators));
    found
}

fn finding(overlay: &Overlay, sheet: &RawSheet, indicators: &BTreeSet<u32>) -> Option<Finding> {
    let object = match overlay.kind {
        OverlayKind::CheckBox(Some(false)) | OverlayKind::OptionButton(Some(false)) => return None,
        OverlayKind::CheckBox(_) => Object::CheckBox,
        OverlayKind::OptionButton(_) => Object::OptionButton,
        OverlayKind::Ring | OverlayKind::Disc | OverlayKind::Frame => Object::Mark,
        OverlayKind::TextBox if options::sign(&overlay.text) == Some(Sign::Yes) => Object::Mark,
        OverlayKind::TextBox => Object::Text,
        OverlayKind::Line => Object::Line,
        OverlayKind::Picture => Object::Picture,
        OverlayKind::Chart => Object::Chart,
        OverlayKind::Control => Object::Control,
        OverlayKind::Shape => Object::Shape,
        OverlayKind::Damaged => Object::Damaged,
    };
    let CellRef { row, col } = overlay.cell;
    let is_over = overlay.area.top <= overlay.area.bottom
        && indicators.range(overlay.area.top..=overlay.area.bottom).next().is_some();
    let text = || overlay.text.as_str().into();
    Some(match object {
        Object::Line => {
            let (at, below) = text_below(overlay, sheet)?;
            let problem = if indicators.contains(&at.row) {
                Problem::CellCrossedOut { text: below.into() }
            } else {
                Problem::ObjectLeftOut { object, text: "".into() }
            };
            Finding::new(problem, sheet.origin(at.row, at.col))
        }
        Object::Text if is_over => {
            Finding::new(Problem::TextOverCell { text: text() }, sheet.origin(row, col))
        }
        _ => Finding::new(Problem::ObjectLeftOut { object, text: text() }, sheet.origin(row, col)),
    })
}

/// The first text under a thing.
fn text_below<'s>(overlay: &Overlay, sheet: &'s RawSheet) -> Option<(CellRef, &'s str)> {
    let area = overlay.area;
    let from = sheet.rows.partition_point(|row| row.index < area.top);
    let rows = sheet.rows[from..].iter().take_while(|row| row.index <= area.bottom).take(ROWS);
    rows.flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)))
        .find(|(_, cell)| (area.left..=area.right).contains(&cell.col) && !cell.text.is_empty())
        .map(|(row, cell)| (CellRef { row, col: cell.col }, cell.text.as_str()))
}

/// The texts of indicators that a conditional format may hide.
fn conditional(sheet: &RawSheet, indicators: &BTreeSet<u32>) -> Option<Finding> {
    let cells = sheet.surroundings.conditional.iter().flat_map(|area| {
        let from = sheet.rows.partition_point(|row| row.index < area.top);
        let rows = sheet.rows[from..].iter().take_while(|row| row.index <= area.bottom);
        let cells = rows.flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
        cells.map(move |(row, cell)| (row, cell.col, area.contains(row, cell.col)))
    });
    let cells = cells.take(CELLS).filter(|(row, _, is_inside)| *is_inside && indicators.contains(row));
    let cells: BTreeSet<(u32, u32)> = cells.map(|(row, col, _)| (row, col)).collect();
    let &(row, col) = cells.first()?;
    let which = cells.iter().map(|&(row, col)| CellRef { row, col }.to_string()).collect();
    Some(Finding::new(Problem::TextConditional { which }, sheet.origin(row, col)))
}

fn outside_print_areas(sheet: &RawSheet, indicators: &BTreeSet<u32>) -> Option<Finding> {
    let areas = &sheet.surroundings.print_areas;
    let is_outside = |row: &&u32| !areas.iter().any(|area| (area.top..=area.bottom).contains(row));
    let outside: Vec<u32> = indicators.iter().filter(is_outside).copied().collect();
    let &first = outside.first().filter(|_| !areas.is_empty())?;
    let which = outside.iter().map(|row| (row + 1).to_string()).collect();
    Some(Finding::new(Problem::OutsidePrintArea { which }, sheet.origin(first, 0)))
}
