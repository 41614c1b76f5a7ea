//! Two editions side by side (新旧対照表): what changes of each record, the words that differ underlined on both sides.

use super::{Cells, Comparer};
use crate::compare::{Changed, Pair, Regrouped, Reworded};
use crate::model::{Align, Content, Document, HeaderCell, Mark, Table, TableCell, TableColumn, TableRow};
use crate::template::{Column, ShownRows, Sides};

/// Width of the column that says what changes, in thousandths of a full-width character.
const NOTE: i32 = 7_000;

/// The document.
pub(super) fn sides(comparer: &Comparer<'_>) -> Document {
    let spec = &comparer.template.compare;
    let amendment = spec
        .amendment
        .replace("{title}", &comparer.new.template.document.title)
        .replace("{old}", &comparer.old.template.document.title);
    let mut document = comparer.document(comparer.table(), &spec.words.foot);
    document.subtitle.extend(Some(amendment).filter(|text| !text.is_empty()));
    document
}

impl Comparer<'_> {
    fn table(&self) -> Table {
        let (header, columns) = (self.header(), self.table_columns());
        Table { columns, header_rows: 2, header, rows: self.rows(), tally: None }
    }

    fn has_note(&self) -> bool {
        !self.template.compare.headings.note.is_empty()
    }

    fn is_new_left(&self) -> bool {
        self.template.compare.sides == Sides::NewLeft
    }

    fn header(&self) -> Vec<HeaderCell> {
        let headings = &self.template.compare.headings;
        let count = self.columns.len();
        let cell = |row, col, row_span, col_span, text: &str| HeaderCell {
            row,
            col,
            row_span,
            col_span,
            content: Content::of(text),
        };
        let sides =
            if self.is_new_left() { [&headings.new, &headings.old] } else { [&headings.old, &headings.new] };
        let mut header: Vec<HeaderCell> =
            sides.iter().enumerate().map(|(at, text)| cell(0, at * count, 1, count, text)).collect();
        if self.has_note() {
            header.push(cell(0, 2 * count, 2, 1, &headings.note));
        }
        let new = self.columns.iter().map(|column| column.title.as_str());
        let old = self.before.iter().map(|column| column.title.as_str());
        let titles: Vec<&str> =
            if self.is_new_left() { new.chain(old).collect() } else { old.chain(new).collect() };
        header.extend(titles.iter().enumerate().map(|(col, title)| cell(1, col, 1, 1, title)));
        header
    }

    fn table_columns(&self) -> Vec<TableColumn> {
        let name = self.template.name();
        let side = self.columns.iter().map(|column| TableColumn {
            is_row_header: column.fields.contains(&name),
            ..TableColumn::of(column.width, column.align)
        });
        let note = self.has_note().then(|| TableColumn::of(NOTE, Align::Left));
        side.clone().chain(side).chain(note).collect()
    }

    fn rows(&self) -> Vec<TableRow> {
        let same = &self.template.compare.words.same;
        let all_same = || vec![Content::of(same); self.columns.len()];
        let shows_all = self.template.compare.rows == ShownRows::All;
        let mut rows: Vec<TableRow> =
            self.comparison.reworded.iter().map(|group| self.reworded(group)).collect();
        let mut is_same_above = false;
        for changed in self.comparison.in_order() {
            let is_same = matches!(changed, Changed::Pair(pair) if pair.changes.is_empty());
            if is_same && shows_all && !is_same_above {
                rows.push(self.row(all_same(), all_same(), ""));
            }
            is_same_above = is_same;
            match changed {
                Changed::Pair(pair) if !is_same => rows.push(self.pair(pair)),
                Changed::Pair(_) => {}
                Changed::Regrouped(regrouped) => rows.extend(self.regrouped(regrouped)),
                Changed::Added(at) => {
                    let kinds = &self.template.compare.kinds;
                    let word = self.in_place(&self.template.compare.words.added);
                    rows.push(self.row(self.new_cells(at, Some(Mark::Inserted)), word, &kinds.added));
                }
                Changed::Removed(at) => {
                    let kinds = &self.template.compare.kinds;
                    let word = self.in_place(&self.template.compare.words.removed);
                    rows.push(self.row(word, self.old_cells(at, Some(Mark::Replaced)), &kinds.removed));
                }
            }
        }
        if rows.is_empty() {
            rows.push(self.row(all_same(), all_same(), ""));
        }
        rows
    }

    fn row(&self, new: Cells, old: Cells, note: &str) -> TableRow {
        let (left, right) = if self.is_new_left() { (new, old) } else { (old, new) };
        let cells = left.into_iter().chain(right).map(TableCell::from);
        TableRow::of(cells.chain(self.has_note().then(|| TableCell::of(note))).collect())
    }

    /// A word where the name stands.
    fn in_place(&self, word: &str) -> Cells {
        let name = self.template.name();
        let at = self.columns.iter().position(|column| column.fields.contains(&name)).unwrap_or(0);
        let mut cells = vec![Content::default(); self.columns.len()];
        cells[at] = Content::of(word);
        cells
    }

    fn pair(&self, pair: &Pair) -> TableRow {
        let (new, old) = self.pair_cells(pair);
        let mut kinds: Vec<&str> = pair.changes.iter().map(|it| it.kind.word(self.template)).collect();
        kinds.dedup();
        self.row(new, old, &kinds.join("、"))
    }

    fn regrouped(&self, Regrouped { old, new }: &Regrouped) -> Vec<TableRow> {
        let kinds = &self.template.compare.kinds;
        let kind = if new.len() > old.len() { &kinds.split } else { &kinds.merged };
        let none = || vec![Content::default(); self.columns.len()];
        (0..old.len().max(new.len()))
            .map(|at| {
                let new = new.get(at).map_or_else(none, |&at| self.new_cells(at, Some(Mark::Inserted)));
                let old = old.get(at).map_or_else(none, |&at| self.old_cells(at, Some(Mark::Replaced)));
                self.row(new, old, kind)
            })
            .collect()
    }

    /// A group that goes on under another label.
    fn reworded(&self, reworded: &Reworded) -> TableRow {
        let of_field = |column: &&Column| column.fields.contains(&reworded.field.new);
        let at = self.columns.iter().position(of_field).unwrap_or(0);
        let [old, new] = self.reworded_labels(reworded).map(|label| {
            let mut cells = vec![Content::default(); self.columns.len()];
            cells[at] = label;
            cells
        });
        self.row(new, old, &self.template.compare.kinds.renamed)
    }
}
