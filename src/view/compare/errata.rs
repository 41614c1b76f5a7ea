//! Errata (正誤表): what changes of each record, with the page and the row where either edition has it.

use super::Comparer;
use crate::compare::{Changed, FieldChange, Pair};
use crate::model::{
    Align, Content, Dataset, Document, Field, HeaderCell, Mark, Record, Table, TableCell, TableColumn,
    TableRow,
};
use crate::template::Column;

/// Widths of the columns, in thousandths of a full-width character: a page or a row, a name, a column's title, what it says.
const WIDTHS: [i32; 4] = [3_000, 14_000, 6_000, 14_000];

/// Where an edition shows a record, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The page on which it begins.
    pub page: usize,
    /// Which record it is there.
    pub row: usize,
}

/// The places of the records of two editions, by their numbers; absent of what is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// Of the old edition.
    pub old: Vec<Option<Place>>,
    /// Of the new one.
    pub new: Vec<Option<Place>>,
}

/// The document.
pub(super) fn errata(comparer: &Comparer<'_>, places: &Places) -> Document {
    let writer = Writer { comparer, places };
    let [place, name, title, said] = WIDTHS;
    let of = |width, align| TableColumn::of(width, align);
    let places = (0..4).map(|_| of(place, Align::Center));
    let name = TableColumn { is_row_header: true, ..of(name, Align::Left) };
    let others = [name, of(title, Align::Left), of(said, Align::Left), of(said, Align::Left)];
    let table = Table {
        columns: places.chain(others).collect(),
        header_rows: 2,
        header: writer.header(),
        rows: writer.rows(),
        tally: None,
    };
    comparer.document(table, &comparer.template.compare.words.errata_foot)
}

struct Writer<'a> {
    comparer: &'a Comparer<'a>,
    places: &'a Places,
}

/// A record of the old edition and one of the new, where there is one.
type Both = (Option<usize>, Option<usize>);

impl Writer<'_> {
    fn header(&self) -> Vec<HeaderCell> {
        let template = self.comparer.template;
        let headings = &template.compare.headings;
        let cell = |row, col, (row_span, col_span), text: &str| HeaderCell {
            row,
            col,
            row_span,
            col_span,
            content: Content::of(text),
        };
        let name = template.field(template.name()).name();
        let mut header = vec![cell(0, 0, (1, 2), &headings.old), cell(0, 2, (1, 2), &headings.new)];
        let whole = [&name, &headings.item, &headings.wrong, &headings.right];
        header.extend((4..).zip(whole).map(|(col, text)| cell(0, col, (2, 1), text)));
        let places = [&headings.page, &headings.row, &headings.page, &headings.row];
        header.extend(places.iter().enumerate().map(|(col, text)| cell(1, col, (1, 1), text)));
        header
    }

    fn rows(&self) -> Vec<TableRow> {
        let Comparer { comparison, template, .. } = self.comparer;
        let words = &template.compare.words;
        let mut rows = self.reworded();
        for changed in comparison.in_order() {
            match changed {
                Changed::Pair(pair) => {
                    let (new, old) = self.comparer.pair_cells(pair);
                    for ((column, new), old) in self.comparer.columns.iter().zip(new).zip(old) {
                        let is_of_column = |change: &FieldChange| column.fields.contains(&change.field.new);
                        if pair.changes.iter().any(is_of_column) {
                            rows.push(self.row((Some(pair.old), Some(pair.new)), &title(column), [old, new]));
                        }
                    }
                }
                Changed::Regrouped(regrouped) => {
                    for at in 0..regrouped.old.len().max(regrouped.new.len()) {
                        let both = (regrouped.old.get(at).copied(), regrouped.new.get(at).copied());
                        rows.push(self.whole(both, ["", ""]));
                    }
                }
                Changed::Added(at) => rows.push(self.whole((None, Some(at)), [&words.added, ""])),
                Changed::Removed(at) => rows.push(self.whole((Some(at), None), ["", &words.removed])),
            }
        }
        if rows.is_empty() {
            rows.push(self.row((None, None), "", [Content::of(&words.same), Content::of(&words.same)]));
        }
        rows
    }

    /// A record that one edition has alone, by its name; of the other, what is given.
    fn whole(&self, both: Both, [old, new]: [&str; 2]) -> TableRow {
        let Comparer { template, .. } = self.comparer;
        let title = template.field(template.name()).name();
        let [before, after] = self.names(both);
        let or = |name: Option<String>, mark, word: &str| match name {
            Some(name) => Content::of(&name).marked(mark),
            None => Content::of(word),
        };
        self.row(both, &title, [or(before, Mark::Replaced, old), or(after, Mark::Inserted, new)])
    }

    fn names(&self, (old, new): Both) -> [Option<String>; 2] {
        let name = |list: &Dataset, at: usize| list.rows[at].name().text.clone();
        let Comparer { old: before, new: after, .. } = self.comparer;
        [old.map(|at| name(before.list, at)), new.map(|at| name(after.list, at))]
    }

    fn row(&self, both: Both, title: &str, [old, new]: [Content; 2]) -> TableRow {
        let place = |places: &[Option<Place>], at: Option<usize>| {
            let place = at.and_then(|at| places.get(at).copied().flatten());
            let cell = |number: Option<usize>| match number {
                Some(number) => TableCell::count(number, None),
                None => TableCell::default(),
            };
            [cell(place.map(|it| it.page)), cell(place.map(|it| it.row))]
        };
        let [before, after] = self.names(both);
        let name = after.or(before).unwrap_or_default();
        let places = place(&self.places.old, both.0).into_iter().chain(place(&self.places.new, both.1));
        let texts = [TableCell::of(&name), TableCell::of(title), TableCell::from(old), TableCell::from(new)];
        TableRow::of(places.chain(texts).collect())
    }

    /// The groups that go on under another label, each where its first record stands.
    fn reworded(&self) -> Vec<TableRow> {
        let Comparer { comparison, old, new, columns, .. } = self.comparer;
        let label = |record: &Record, field| match field {
            Field::Group(level) => record.groups[level].text.clone(),
            Field::Entry(_) => String::new(),
        };
        let mut rows = Vec::new();
        for reworded in &comparison.reworded {
            let is_one = |pair: &&Pair| {
                label(&old.list.rows[pair.old], reworded.field.old) == reworded.old
                    && label(&new.list.rows[pair.new], reworded.field.new) == reworded.new
            };
            let column = columns.iter().position(|column| column.fields.contains(&reworded.field.new));
            let (Some(pair), Some(col)) = (comparison.pairs.iter().find(is_one), column) else { continue };
            let sides = self.comparer.reworded_labels(reworded);
            rows.push(self.row((Some(pair.old), Some(pair.new)), &title(columns[col]), sides));
        }
        rows
    }
}

/// What a column is called, in one line.
fn title(column: &Column) -> String {
    let under = column.under.iter().map(String::as_str);
    under.chain([column.title.as_str()]).collect::<Vec<_>>().join("　").replace('\n', "")
}
