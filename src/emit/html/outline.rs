//! The table as the page shows it: columns of group labels become rows of headings, so that no cell spans rows.
//!
//! Merged cells are lost where a narrow screen shows rows as cards, where a filter hides the row that holds the
//! label, and where a printed page ends inside a group.

use crate::model::{Anchors, Content, Scope, Table, TableRow, anchor};
use std::ops::Range;

/// Which columns are cells of a row and which are headings.
pub(super) struct Outline<'t> {
    pub(super) table: &'t Table,
    /// Columns of cells, left to right.
    pub(super) cells: Vec<usize>,
    /// Columns of headings, by level.
    groups: Vec<usize>,
    /// In the order of rows; of one row, the outermost first.
    pub(super) headings: Vec<Heading<'t>>,
}

/// The label of a group, above its rows.
pub(super) struct Heading<'t> {
    /// The first row of the group.
    pub(super) row: usize,
    /// The outermost groups have 0.
    pub(super) depth: usize,
    pub(super) id: String,
    /// What the group is called by a filter: the same wherever the group goes on.
    pub(super) key: String,
    /// What kind of group it is: the heading of its column.
    pub(super) kind: String,
    pub(super) label: &'t Content,
}

/// Rows under the same headings.
pub(super) struct Section<'o, 't> {
    /// The headings that begin here.
    pub(super) begins: &'o [Heading<'t>],
    /// All headings above the rows, outermost first.
    pub(super) above: Vec<&'o Heading<'t>>,
    pub(super) rows: Range<usize>,
}

/// A header cell of the columns of cells.
pub(super) struct Head<'t> {
    pub(super) id: String,
    pub(super) row_span: usize,
    pub(super) col_span: usize,
    pub(super) content: &'t Content,
}

impl<'t> Outline<'t> {
    pub(super) fn of(table: &'t Table, ids: &mut Anchors) -> Self {
        let level = |col: &usize| table.columns[*col].level;
        let (mut groups, mut cells): (Vec<usize>, Vec<usize>) =
            (0..table.columns.len()).partition(|col| level(col).is_some());
        if cells.is_empty() {
            // Labels alone: a table of them.
            std::mem::swap(&mut groups, &mut cells);
        }
        groups.sort_by_key(level);
        let mut outline = Self { table, cells, groups, headings: Vec::new() };
        outline.headings = outline.find_headings(ids);
        outline
    }

    fn find_headings(&self, ids: &mut Anchors) -> Vec<Heading<'t>> {
        let mut headings = Vec::new();
        let mut path: Vec<String> = Vec::new();
        // Headings of rows stand above those of groups.
        let outer = usize::from(self.table.rows.iter().any(TableRow::is_heading));
        let mut heading = |row, depth: usize, kind, label: &'t Content| {
            path.truncate(depth);
            path.push(label.paragraphs.concat());
            let key = anchor("g", &path.iter().map(String::as_str).collect::<Vec<_>>());
            headings.push(Heading { row, depth, id: ids.unique(&key), key, kind, label });
        };
        for (row, cells) in self.table.rows.iter().enumerate().filter(|(_, row)| row.foot.is_none()) {
            if cells.is_heading() {
                heading(row, 0, String::new(), &cells.cells[0].content);
                continue;
            }
            for (depth, &col) in self.groups.iter().enumerate() {
                let level = self.table.columns[col].level.unwrap_or(0);
                if row == 0 || cells.begins_level(level) {
                    heading(row, depth + outer, self.name(col), &cells.cells[col].content);
                }
            }
        }
        headings
    }

    /// The headings that a foot sums up the rows of, of those above it.
    pub(super) fn summed<'h>(&self, foot: Scope, above: &[&'h Heading<'t>]) -> Option<&'h Heading<'t>> {
        let outer = usize::from(self.table.rows.iter().any(TableRow::is_heading));
        let depth = match foot {
            Scope::Table => return None,
            Scope::Section => 0,
            Scope::Group(level) => {
                let is_level = |&col: &usize| self.table.columns[col].level == Some(level);
                self.groups.iter().position(is_level)? + outer
            }
        };
        above.iter().find(|heading| heading.depth == depth).copied()
    }

    /// The headings above a column, in one line.
    pub(super) fn name(&self, col: usize) -> String {
        let heads = self.table.header.iter().filter(|cell| covers(cell.col, cell.col_span, col));
        let texts: Vec<String> = heads.map(|cell| cell.content.paragraphs.concat()).collect();
        texts.join("　")
    }

    /// What the column that the tally counts is called; nothing if there is none.
    pub(super) fn counted(&self) -> String {
        let col = self.table.tally.as_ref().and_then(|tally| tally.column);
        col.map(|col| self.table.heading(col)).unwrap_or_default()
    }

    /// The kinds of groups, outermost first.
    pub(super) fn kinds(&self) -> Vec<String> {
        self.groups.iter().map(|&col| self.name(col)).collect()
    }

    /// What addresses call the outermost groups, if there are groups.
    pub(super) fn outermost(&self) -> Option<&'t str> {
        self.groups.first().map(|&col| self.table.columns[col].key.as_str())
    }

    /// The header's rows, without what stood above headings alone.
    pub(super) fn head(&self) -> Vec<Vec<Head<'t>>> {
        let kept = |index: usize| {
            let cell = &self.table.header[index];
            self.cells.iter().filter(|&&col| covers(cell.col, cell.col_span, col)).count()
        };
        let in_row = |row: usize| {
            let cells = self.table.header.iter().enumerate();
            cells.filter(move |(index, cell)| cell.row == row && kept(*index) > 0)
        };
        let rows: Vec<usize> = (0..self.table.header_rows).filter(|&row| in_row(row).count() > 0).collect();
        let head = |row: &usize| {
            let cells = in_row(*row).map(|(index, cell)| Head {
                id: head_id(index),
                row_span: rows.iter().filter(|&&other| covers(cell.row, cell.row_span, other)).count(),
                col_span: kept(index),
                content: &cell.content,
            });
            cells.collect()
        };
        rows.iter().map(head).collect()
    }

    /// The identifiers of the header cells above a column.
    pub(super) fn heads_of(&self, col: usize) -> Vec<String> {
        let cells = self.table.header.iter().enumerate();
        cells
            .filter(|(_, cell)| covers(cell.col, cell.col_span, col))
            .map(|(index, _)| head_id(index))
            .collect()
    }

    /// The rows in runs under the same headings.
    pub(super) fn sections(&self) -> Vec<Section<'_, 't>> {
        // What a heading of rows has below it at once begins with it.
        let is_one = |a: &Heading<'t>, b: &Heading<'t>| {
            a.row == b.row || (a.row + 1 == b.row && self.table.rows[a.row].is_heading())
        };
        let begins: Vec<&[Heading<'t>]> = self.headings.chunk_by(is_one).collect();
        let starts = begins.iter().map(|headings| headings[0].row);
        let ends = starts.clone().skip(1).chain([self.table.rows.len()]);
        let mut above: Vec<&Heading<'t>> = Vec::new();
        let mut sections = Vec::new();
        for ((begins, start), end) in begins.iter().zip(starts).zip(ends) {
            above.truncate(begins[0].depth);
            above.extend(begins.iter());
            sections.push(Section { begins, above: above.clone(), rows: start..end });
        }
        if sections.is_empty() {
            sections.push(Section { begins: &[], above, rows: 0..self.table.rows.len() });
        }
        sections
    }
}

fn head_id(index: usize) -> String {
    format!("h{index}")
}

fn covers(start: usize, span: usize, at: usize) -> bool {
    (start..start + span).contains(&at)
}
