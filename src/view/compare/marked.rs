//! Two editions in one list (見え消し): what goes is struck through, what comes is underlined, in the same cell.
//!
//! * **S1** Without what is struck through, every cell says what the new edition says, and every row that remains is
//!   one of its records, in its order.
//! * **S2** What goes stands before what comes in its place; a record that goes stands where it stood.
//! * **S3** A label of a group that goes on is not marked, whatever becomes of its records. Above records that go it is
//!   struck through where no neighbour shows the same label: a row that goes leaves nothing behind.

use super::{Cells, Comparer, time_bytes};
use crate::compare::words::{Replacement, replacements};
use crate::compare::{Changed, FieldChange, Pair};
use crate::japanese::label_key;
use crate::model::{Content, Document, Field, Mark, Marked, Record, Table, TableCell, TableColumn, TableRow};
use crate::template::Column;
use crate::view::list::header;
use std::collections::BTreeMap;

/// The labels of a record down to a level, as keys.
type Path = Vec<String>;

/// The level of the labels that a column of an edition shows.
type Levels<'a> = &'a dyn Fn(usize) -> Option<usize>;

/// A row that is being made.
struct Row {
    cells: Cells,
    /// Its record in the edition that it is shown of.
    of: Of,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// It goes.
    Old(usize),
    /// It comes, or goes on.
    New(usize),
}

/// What the labels of groups say in which a record stays.
#[derive(Default)]
struct Groups {
    old: BTreeMap<Path, Content>,
    new: BTreeMap<Path, Content>,
}

/// The document.
pub(super) fn marked(comparer: &Comparer<'_>) -> Document {
    let columns: Vec<Column> = comparer.columns.iter().map(|&column| column.clone()).collect();
    let (header_rows, header) = header(&columns);
    let name = comparer.template.name();
    let column = |column: &Column| TableColumn {
        level: column.level(),
        is_row_header: column.level().is_some() || column.fields.contains(&name),
        ..TableColumn::of(column.width, column.align)
    };
    let table = Table {
        columns: columns.iter().map(column).collect(),
        header_rows,
        header,
        rows: comparer.marked_rows(),
        tally: None,
    };
    comparer.document(table, &comparer.template.compare.words.marked_foot)
}

impl Comparer<'_> {
    fn marked_rows(&self) -> Vec<TableRow> {
        let mut rows = self.rows_of_both();
        self.strike_lone_labels(&mut rows);
        let begins: Vec<Option<usize>> = (0..rows.len()).map(|at| self.begins(&rows, at)).collect();
        let row = |(row, begins): (Row, Option<usize>)| TableRow {
            begins,
            id: match row.of {
                Of::New(at) => self.new.list.rows[at].id,
                Of::Old(_) => None,
            },
            ..TableRow::of(row.cells.into_iter().map(TableCell::from).collect())
        };
        rows.into_iter().zip(begins).map(row).collect()
    }

    fn rows_of_both(&self) -> Vec<Row> {
        let groups = self.groups();
        // A label that goes on is as it is where a record stays.
        let within =
            |mut cells: Cells, record: &Record, groups: &BTreeMap<Path, Content>, levels: Levels<'_>| {
                for (col, level) in self.labels().filter_map(|col| Some((col, levels(col)?))) {
                    if let Some(label) = groups.get(&path(record, level)) {
                        cells[col] = label.clone();
                    }
                }
                cells
            };
        let comes = |at: usize| {
            let (cells, record) = (self.new_cells(at, Some(Mark::Inserted)), &self.new.list.rows[at]);
            let cells = within(cells, record, &groups.new, &|col| self.columns[col].level());
            Row { cells, of: Of::New(at) }
        };
        let goes = |at: usize| {
            let (cells, record) = (self.old_cells(at, Some(Mark::Struck)), &self.old.list.rows[at]);
            let cells = within(cells, record, &groups.old, &|col| self.before[col].level());
            Row { cells, of: Of::Old(at) }
        };
        let mut rows: Vec<Row> = Vec::new();
        for changed in self.comparison.in_order() {
            match changed {
                Changed::Pair(pair) => rows.push(Row { cells: self.merged(pair), of: Of::New(pair.new) }),
                Changed::Regrouped(regrouped) => {
                    rows.extend(regrouped.old.iter().map(|&at| goes(at)));
                    rows.extend(regrouped.new.iter().map(|&at| comes(at)));
                }
                Changed::Added(at) => rows.push(comes(at)),
                Changed::Removed(at) => rows.push(goes(at)),
            }
        }
        rows
    }

    /// The columns of labels, the outermost first.
    fn labels(&self) -> impl Iterator<Item = usize> {
        let mut labels: Vec<usize> = (0..self.columns.len()).collect();
        labels.retain(|&col| self.columns[col].level().is_some());
        labels.sort_by_key(|&col| self.columns[col].level());
        labels.into_iter()
    }

    fn groups(&self) -> Groups {
        let mut groups = Groups::default();
        for pair in &self.comparison.pairs {
            let cells = self.merged(pair);
            for col in self.labels() {
                let (Some(new), Some(old)) = (self.columns[col].level(), self.before[col].level()) else {
                    continue;
                };
                if pair.changes.iter().all(|change| change.field.new != Field::Group(new)) {
                    groups.new.insert(path(&self.new.list.rows[pair.new], new), cells[col].clone());
                    groups.old.insert(path(&self.old.list.rows[pair.old], old), cells[col].clone());
                }
            }
        }
        groups
    }

    /// The outermost level whose label is not that of the row above.
    fn begins(&self, rows: &[Row], at: usize) -> Option<usize> {
        let Some(above) = at.checked_sub(1) else { return Some(0) };
        let other = self.labels().nth(self.shared(&rows[above], &rows[at]))?;
        self.columns[other].level()
    }

    /// How many labels of two rows are the same, from the outermost on.
    fn shared(&self, one: &Row, other: &Row) -> usize {
        self.labels().take_while(|&col| one.cells[col] == other.cells[col]).count()
    }

    /// Strikes the labels of rows that go where no row beside them that stays shows the same (S3).
    fn strike_lone_labels(&self, rows: &mut [Row]) {
        let mut kept: Vec<usize> = rows
            .iter()
            .map(|row| if matches!(row.of, Of::New(_)) { self.labels().count() } else { 0 })
            .collect();
        let downwards = (1..rows.len()).map(|at| (at - 1, at));
        let upwards = (1..rows.len()).rev().map(|at| (at, at - 1));
        for (from, to) in downwards.chain(upwards) {
            kept[to] = kept[to].max(self.shared(&rows[from], &rows[to]).min(kept[from]));
        }
        for (row, kept) in rows.iter_mut().zip(kept) {
            let Of::Old(at) = row.of else { continue };
            let mut struck = self.old_cells(at, Some(Mark::Struck));
            for col in self.labels().skip(kept) {
                row.cells[col] = std::mem::take(&mut struck[col]);
            }
        }
    }

    /// A record that goes on: in each cell that changes, the words that go and those that come.
    fn merged(&self, pair: &Pair) -> Cells {
        let (old, new) = (self.old_cells(pair.old, None), self.new_cells(pair.new, None));
        let cells = old.into_iter().zip(new).zip(&self.columns);
        cells
            .map(|((old, new), column)| {
                let of_column = |change: &&FieldChange| column.fields.contains(&change.field.new);
                let changes: Vec<&FieldChange> = pair.changes.iter().filter(of_column).collect();
                let key = |label: &Content| label_key(&label.paragraphs.concat());
                let is_reworded = column.level().is_some() && key(&old) != key(&new);
                if changes.is_empty() && !is_reworded {
                    return new;
                }
                let ([change], [_]) = (&changes[..], &column.fields[..]) else {
                    return self.within(&old, &new, |_| [true; 2]);
                };
                let (before, after) = (&self.old.list.rows[pair.old], &self.new.list.rows[pair.new]);
                let times = [
                    time_bytes(&old, before, change.field.old, column.time),
                    time_bytes(&new, after, change.field.new, column.time),
                ];
                self.within(&old, &new, |Replacement { old, new }| {
                    let sides = [(old, &times[0]), (new, &times[1])];
                    sides.map(|(bytes, time)| {
                        let mut differing = vec![bytes.clone()];
                        change.keep_what_changes(&mut differing, time.clone());
                        !differing.is_empty()
                    })
                })
            })
            .collect()
    }

    /// Two contents in one: paragraph by paragraph where they have as many, else in the paragraphs of the new one.
    /// `changes` says of which sides a replacement, as bytes of all paragraphs, is a change.
    fn within(&self, old: &Content, new: &Content, changes: impl Fn(&Replacement) -> [bool; 2]) -> Content {
        let mut merger = Merger { both: Content::default(), breaks: Vec::new() };
        let (mut before, mut after) = (0, 0);
        let is_apart = old.paragraphs.len() == new.paragraphs.len();
        let texts: Vec<(String, String)> = if is_apart {
            old.paragraphs.iter().cloned().zip(new.paragraphs.iter().cloned()).collect()
        } else {
            merger.breaks =
                new.paragraphs.iter().scan(0, |at, it| Some(std::mem::replace(at, *at + it.len()))).collect();
            vec![(old.paragraphs.concat(), new.paragraphs.concat())]
        };
        for (old, new) in &texts {
            merger.both.paragraphs.push(String::new());
            let mut done = 0;
            for replaced in replacements(old, new, &self.words) {
                let shifted = Replacement {
                    old: before + replaced.old.start..before + replaced.old.end,
                    new: after + replaced.new.start..after + replaced.new.end,
                };
                let [goes, comes] = changes(&shifted);
                merger.push_new(&new[done..replaced.new.start], done, None);
                if goes {
                    merger.push(&old[replaced.old], Some(Mark::Struck));
                }
                done = replaced.new.end;
                merger.push_new(
                    &new[replaced.new.clone()],
                    replaced.new.start,
                    Some(Mark::Inserted).filter(|_| comes),
                );
            }
            merger.push_new(&new[done..], done, None);
            (before, after) = (before + old.len(), after + new.len());
        }
        let both = Content { join_last: new.join_last && is_apart, ..merger.both };
        if both.is_empty() { Content::default() } else { both }
    }
}

/// A content that is being put together.
struct Merger {
    both: Content,
    /// Where paragraphs of the new content begin, as bytes of it.
    breaks: Vec<usize>,
}

impl Merger {
    /// A part of the new content, which begins at a byte of it.
    fn push_new(&mut self, text: &str, at: usize, mark: Option<Mark>) {
        let mut done = 0;
        let inner =
            self.breaks.iter().filter_map(|begin| begin.checked_sub(at)).filter(|&begin| begin < text.len());
        for begin in inner.collect::<Vec<_>>() {
            self.push(&text[done..begin], mark);
            if at + begin > 0 {
                self.both.paragraphs.push(String::new());
            }
            done = begin;
        }
        self.push(&text[done..], mark);
    }

    fn push(&mut self, text: &str, mark: Option<Mark>) {
        let at = self.both.len();
        self.both.paragraphs.last_mut().expect("a paragraph is open").push_str(text);
        let bytes = at..at + text.len();
        self.both.marks.extend(mark.filter(|_| !text.is_empty()).map(|mark| Marked { bytes, mark }));
    }
}

fn path(record: &Record, level: usize) -> Path {
    record.groups[..=level].iter().map(|group| label_key(&group.text)).collect()
}
