//! The pieces of a label's value: a figure, its unit and its time, or options with their signs, in cells of their own.

use super::fold::Cell;
use super::side::CardReader;
use crate::japanese::fold;
use crate::model::{Eras, Field, Slot};
use crate::transform::columns::is_time_alone;
use crate::transform::options;
use crate::transform::value::is_known_unit;

impl CardReader<'_> {
    /// S7: of the cells beside or below a label, from a column on, those that are its value.
    pub(super) fn pieces(&self, label: Cell, first: u32, cells: &[Cell]) -> Vec<Cell> {
        let best = self.slot(label);
        let text = |cell: Cell| self.text(cell).unwrap_or_default();
        let of_row = |cells: &[Cell]| -> usize {
            let texts: Vec<&str> = cells.iter().map(|cell| text(*cell)).collect();
            match best {
                Some(slot) if self.words.is_choice(slot) => {
                    let is_option =
                        |text: &&&str| options::sign(text).is_some() || self.words.is_of_vocabulary(text);
                    texts.iter().take_while(is_option).count().max(1)
                }
                Some(slot) if self.words.is_value(slot) => value_pieces(&texts, self.words.eras()),
                Some(Slot::Field(Field::Group(_))) if is_number(texts[0]) => texts.len().min(2),
                _ => 1,
            }
        };
        let is_near = |row: &&[Cell]| row[0].1 == first || row[0].0 == label.0;
        let rows = cells.chunk_by(|a, b| a.0 == b.0).filter(|row| is_near(row) || self.is_below);
        rows.flat_map(|row| row[..of_row(row)].iter().copied()).collect()
    }

    /// What the pieces of a label's value say together.
    pub(super) fn joined(&self, label: Cell, cells: &[Cell]) -> String {
        let text = |cell: Cell| self.text(cell).unwrap_or_default();
        let slot = self.slot(label);
        if slot.is_some_and(|slot| self.words.is_choice(slot)) && cells.len() > 1 {
            let first = if self.is_below { label.1 } else { self.sheet.end_of(label.0, label.1).1 + 1 };
            let cells: Vec<(u32, &str)> = cells.iter().map(|&cell| (cell.1, text(cell))).collect();
            return options::of_cells(&cells, first, |text| self.words.is_option(text));
        }
        let mut joined = String::new();
        for (at, &cell) in cells.iter().enumerate() {
            let piece = text(cell);
            if at > 0 && cells[at - 1].0 != cell.0 {
                joined.push('\n');
            } else if at > 0 && matches!(slot, Some(Slot::Field(Field::Group(_)))) {
                joined.push('　');
            }
            if at > 0 && !piece.starts_with(['（', '(']) && is_time_alone(piece, self.words.eras()) {
                joined.extend(["（", piece, "）"]);
            } else {
                joined.push_str(piece);
            }
        }
        joined
    }
}

/// How many of the cells of a row are one value: a figure, its unit, its time. A figure with its unit may have a time behind
/// it.
fn value_pieces(texts: &[&str], eras: &Eras) -> usize {
    let is_time = |text: &&str| is_time_alone(text, eras) && !is_number(text);
    let mut count = 1;
    if is_number(texts[0]) {
        count += usize::from(texts.get(count).is_some_and(|text| is_known_unit(text)));
    }
    count + usize::from(texts.get(count).is_some_and(is_time))
}

/// Whether a text is a number and nothing else.
fn is_number(text: &str) -> bool {
    let folded = fold(text);
    folded.contains(|c: char| c.is_ascii_digit())
        && folded.chars().all(|c| c.is_ascii_digit() || ",.-△▲".contains(c))
}
