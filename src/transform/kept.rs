//! Forms that the template knows by their labels (`[[forms]]`), and how they are read.
//!
//! * **L1** A table is known by the headings of its columns: all of them, from left to right, without one between. It is read as
//!   the template says; further columns beside it are as unknown as ever.
//! * **L2** A form of another shape is known by its labels, each of which is on the sheet. They count as the template's own
//!   words; what is folded by them is read as the template says, of labels that are alike the first as the first.
//! * **L3** The first entry that fits decides; of those of other shapes than tables, the first of those with the most labels.
//!   `[[sheets]]` goes before.

use super::columns::{self, Header, Lexicon};
use super::heading_cells::{BETWEEN, in_one_line};
use super::marks;
use crate::finding::{Collector, Finding, Nearest, Problem};
use crate::japanese::fold;
use crate::model::{ColumnAccount, Meaning, Origin, RawRow, RawSheet, TableAccount};
use crate::template::{FormLabel, FormShape, FormSpec, Held, Template};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Rows of a kept header at most.
const HEADER_ROWS: u32 = 6;
/// Rows of a sheet in which a header may begin.
const ROWS: usize = 2_000;

/// The entries that fitted some sheet.
pub(super) type Used = BTreeSet<usize>;

/// The labels of some rows: each column that has headings, and what they say.
fn labels(sheet: &RawSheet, top: u32, end: u32) -> Vec<(u32, String)> {
    let label = |col: u32| (col, in_one_line(sheet, top, end, col));
    columns::columns(sheet, top, end).into_iter().map(label).collect()
}

/// The headers of a sheet, if the template knows one of its tables: of the others, those that were looked for.
pub(super) fn headers(
    sheet: &RawSheet,
    template: &Template,
    used: &mut Used,
    sought: impl FnOnce() -> Vec<Header>,
) -> Vec<Header> {
    let mut headers = known(sheet, template, used);
    if !headers.is_empty() {
        let is_other =
            |found: &Header| headers.iter().all(|kept| found.end <= kept.top || kept.end <= found.top);
        let others: Vec<Header> = sought().into_iter().filter(is_other).collect();
        headers.extend(others);
        headers.sort_by_key(|header| header.top);
    }
    headers
}

/// The headers of the tables on a sheet that the template knows (L1).
fn known(sheet: &RawSheet, template: &Template, used: &mut Used) -> Vec<Header> {
    let is_table = |(_, form): &(usize, &FormSpec)| form.shape == FormShape::Table;
    let forms: Vec<(usize, &FormSpec)> = template.forms.iter().enumerate().filter(is_table).collect();
    let mut found: Vec<Header> = Vec::new();
    if forms.is_empty() {
        return found;
    }
    let known: Vec<Vec<String>> =
        forms.iter().map(|(_, form)| form.labels.iter().map(|label| fold(&label.text)).collect()).collect();
    let may_begin = |row: &RawRow| {
        let texts: Vec<String> = row.cells.iter().map(|cell| fold(&cell.text)).collect();
        known.iter().any(|labels| labels.iter().any(|label| texts.iter().any(|text| label.starts_with(text))))
    };
    for row in sheet.rows.iter().take(ROWS).filter(|row| may_begin(row)) {
        let top = row.index;
        if found.last().is_some_and(|above| top < above.end) {
            continue;
        }
        let header = (1..=HEADER_ROWS).find_map(|height| {
            let seen = labels(sheet, top, top + height);
            let texts: Vec<String> = seen.iter().map(|(_, label)| fold(label)).collect();
            known.iter().zip(&forms).find_map(|(labels, (at, form))| {
                let first = texts.windows(labels.len()).position(|run| run == labels)?;
                used.insert(*at);
                let columns = seen.iter().map(|(col, _)| *col).enumerate();
                let (own, others): (Vec<_>, Vec<_>) =
                    columns.partition(|(at, _)| (first..first + labels.len()).contains(at));
                let own = own.into_iter().map(|(_, col)| col).zip(&form.labels);
                let mut header =
                    Header { top, end: top + height, named_end: top + height, ..Header::default() };
                header.unknown = others.into_iter().map(|(_, col)| col).collect();
                header.keep(own);
                Some(header)
            })
        });
        found.extend(header);
    }
    found
}

impl Header {
    /// Takes what the template says of columns.
    fn keep<'l>(&mut self, columns: impl Iterator<Item = (u32, &'l FormLabel)>) {
        self.is_kept = true;
        for (col, label) in columns {
            self.columns.retain(|_, held| *held != col);
            self.unknown.retain(|unknown| *unknown != col);
            self.inferred.retain(|inferred| *inferred != col);
            self.ignored.retain(|ignored| *ignored != col);
            self.ambiguous.retain(|(_, one, other)| *one != col && *other != col);
            match label.holds {
                Some(Held::Slot(slot)) => {
                    // Who held it by a guess holds it no more.
                    self.unknown.extend(self.columns.insert(slot, col));
                    self.ambiguous.retain(|(of, ..)| *of != slot);
                }
                Some(Held::Option(slot)) => {
                    self.options.insert(slot, col);
                    self.ignored.push(col);
                }
                None => self.ignored.push(col),
            }
        }
        self.unknown.sort_unstable();
        self.exact = self.columns.len();
    }
}

/// The form of another shape than a table that a sheet is (L2), and all entries that fit.
pub(super) fn form_of_labels<'t>(
    sheet: &RawSheet,
    template: &'t Template,
) -> Option<(Vec<usize>, &'t FormSpec)> {
    let is_other = |(_, form): &(usize, &FormSpec)| form.shape == FormShape::Labels;
    let mut forms = template.forms.iter().enumerate().filter(is_other).peekable();
    forms.peek()?;
    let texts = texts(sheet);
    let (fitting, forms): (Vec<usize>, Vec<&FormSpec>) =
        forms.filter(|(_, form)| lacks(form, &texts).is_empty()).unzip();
    let more = |best: &'t FormSpec, next: &'t FormSpec| {
        if next.labels.len() > best.labels.len() { next } else { best }
    };
    Some((fitting, forms.into_iter().reduce(more)?))
}

/// What the cells of a sheet say, folded.
fn texts(sheet: &RawSheet) -> BTreeSet<String> {
    let cells = sheet.rows.iter().take(ROWS).flat_map(|row| &row.cells);
    cells.map(|cell| fold(&cell.text)).collect()
}

/// The labels that are not among texts; of those of a table, the headings.
fn lacks<'f>(form: &'f FormSpec, texts: &BTreeSet<String>) -> Vec<&'f str> {
    let is_missing = |label: &&FormLabel| {
        let is_there = |heading: &str| texts.contains(&fold(heading));
        let is_whole = || label.text.split(BETWEEN).all(is_there);
        let is_found = is_there(&label.text) || (form.shape == FormShape::Table && is_whole());
        !is_found
    };
    form.labels.iter().filter(is_missing).map(|label| label.text.as_str()).collect()
}

/// The words with which a form is read (L2).
pub(super) fn words(form: &FormSpec, template: &Template, known: &Lexicon) -> Lexicon {
    let mut own = Lexicon::new(&form.worded(template));
    own.texts = known.texts.clone();
    own
}

/// Reads the columns of a folded form as the template says (L2).
pub(super) fn settle(header: &mut Header, table: &RawSheet, form: &FormSpec) {
    let mut kept: BTreeMap<String, VecDeque<&FormLabel>> = BTreeMap::new();
    for label in &form.labels {
        kept.entry(fold(&label.text)).or_default().push_back(label);
    }
    let mut own: Vec<(u32, &FormLabel)> = Vec::new();
    for col in columns::columns(table, header.top, header.end) {
        let label = columns::headings(table, header.top, header.end, col).pop().map(fold);
        let next = label.and_then(|label| kept.get_mut(&label)?.pop_front());
        own.extend(next.map(|label| (col, label)));
    }
    header.keep(own.into_iter());
}

/// What the template could say of a table or form: its shape, and its labels with what they were taken for.
pub fn form_of(
    sheet: &RawSheet,
    table: &TableAccount,
    template: &Template,
) -> (FormShape, Vec<(String, Option<ColumnAccount>)>) {
    if !table.labels().is_empty() {
        let label = |column: &ColumnAccount| Some((column.headings.last()?.clone(), Some(column.clone())));
        return (FormShape::Labels, table.columns.iter().filter_map(label).collect());
    }
    let mut sheet = sheet.clone();
    marks::leave_out(&mut sheet, marks::TakeIn::of(template), &mut Collector::default());
    let account = |col: u32| table.columns.iter().find(|column| column.col == col).cloned();
    let known = |col: u32| account(col).is_some_and(|column| column.meaning != Meaning::Unknown);
    let mut labels = labels(&sheet, table.top, table.end);
    // What stands beside the table, behind an empty column, is none of its columns.
    let last = labels.iter().rposition(|(col, _)| known(*col)).unwrap_or(0);
    let beside = labels.get(last..).unwrap_or_default().windows(2);
    let own = beside.take_while(|pair| pair[1].0 == pair[0].0 + 1).count();
    labels.truncate(last + own + 1);
    (FormShape::Table, labels.into_iter().map(|(col, label)| (label, account(col))).collect())
}

/// A warning for each entry that fits no sheet, at the sheet that comes nearest.
pub(super) fn unfit(used: &Used, sheets: &[RawSheet], template: &Template) -> Vec<Finding> {
    let unused: Vec<(usize, &FormSpec)> =
        template.forms.iter().enumerate().filter(|(at, _)| !used.contains(at)).collect();
    if unused.is_empty() {
        return Vec::new();
    }
    let texts: Vec<BTreeSet<String>> = sheets.iter().map(texts).collect();
    let note = |(at, form): (usize, &FormSpec)| {
        let near = texts.iter().zip(sheets).map(|(texts, sheet)| (lacks(form, texts), sheet));
        let near = near
            .min_by_key(|(lacks, _)| lacks.len())
            .filter(|(lacks, _)| lacks.len() * 2 < form.labels.len());
        let first = form.labels.first().map_or("", |label| &label.text);
        let (nearest, missing, origin) = match near {
            None => (Nearest::None, Vec::new(), template.origin()),
            Some((lacks, sheet)) if lacks.is_empty() => {
                (Nearest::Order, lacks, Origin::of_place(&sheet.place))
            }
            Some((lacks, sheet)) => (Nearest::Labels, lacks, Origin::of_place(&sheet.place)),
        };
        let missing = missing.into_iter().collect();
        Finding::new(Problem::FormUnfit { nearest, entry: at + 1, first: first.into(), missing }, origin)
    };
    unused.into_iter().map(note).collect()
}
