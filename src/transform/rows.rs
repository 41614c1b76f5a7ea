//! The rows below a header: which are indicators, which are something else, and their groups.

use super::columns::{Header, Slot, Words, recognise};
use super::text::{fold, is_no_value, leading_number};
use crate::diagnostic::{Code, Diagnostic, message};
use crate::model::{CellRef, DispositionId, Field, Origin, RawRow, RawSheet};
use crate::template::Template;
use std::collections::BTreeMap;

/// A row of a form before its texts are understood.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Each filled cell of a recognised column, groups apart.
    pub(super) cells: BTreeMap<Slot, (String, Origin)>,
    /// One label per level; empty where the form states none.
    pub(super) groups: Vec<(String, Origin)>,
    /// The form has a column for reasons; otherwise value and reason share a cell.
    pub(super) has_reason_column: bool,
    /// The row's first cell.
    pub(super) origin: Origin,
    /// Where a disposition is or should be.
    pub(super) disposition_origin: Origin,
}

/// Reads the rows of every table on a sheet.
pub(super) fn read(
    sheet: &RawSheet,
    template: &Template,
    words: &Words,
    notes: &mut Vec<Diagnostic>,
) -> Option<Vec<Draft>> {
    let mut reader = Reader { sheet, template, header: None, groups: Vec::new(), drafts: Vec::new() };
    let mut skip_to = 0;
    for row in &sheet.rows {
        if row.index < skip_to {
            continue;
        }
        if let Some(header) = recognise(sheet, row, words) {
            skip_to = header.end;
            reader.begin(header, notes);
        } else if reader.header.is_some() {
            reader.row(row, notes);
        }
    }
    reader.header.map(|_| reader.drafts)
}

struct Reader<'a> {
    sheet: &'a RawSheet,
    template: &'a Template,
    header: Option<Header>,
    /// The labels in force, outermost first.
    groups: Vec<Option<(String, Origin)>>,
    drafts: Vec<Draft>,
}

impl Reader<'_> {
    fn begin(&mut self, header: Header, notes: &mut Vec<Diagnostic>) {
        // A header that is repeated at a printed page's top is the same header.
        if self.header.as_ref().is_none_or(|known| known.columns != header.columns) {
            self.report_columns(&header, notes);
            self.groups = vec![None; self.template.groups.len()];
        }
        self.header = Some(header);
    }

    fn report_columns(&self, header: &Header, notes: &mut Vec<Diagnostic>) {
        let heading = |col| self.sheet.text(header.end - 1, col).or_else(|| self.sheet.text(header.top, col));
        for &col in &header.unknown {
            let Some(text) = heading(col) else { continue };
            let text = text.split_whitespace().collect::<String>();
            notes.push(Diagnostic::new(
                Code::ColumnUnknown,
                self.sheet.origin(header.top, col),
                message(
                    format!("列「{text}」はテンプレートにないので読みません"),
                    format!("column `{text}` is not in the template and is not read"),
                ),
                message(
                    "不要な列ならテンプレートの input.ignore_columns に、必要な列なら項目の words に加えてください",
                    "add its heading to input.ignore_columns, or to the words of the field it belongs to",
                ),
            ));
        }
        for &(slot, first, second) in &header.ambiguous {
            let name = self.slot_name(slot);
            notes.push(Diagnostic::new(
                Code::ColumnAmbiguous,
                self.sheet.origin(header.top, second),
                message(
                    format!(
                        "「{name}」の列が{}列と{}列の二つあります",
                        CellRef::column_letters(first),
                        CellRef::column_letters(second)
                    ),
                    format!(
                        "two columns, {} and {}, claim `{name}`",
                        CellRef::column_letters(first),
                        CellRef::column_letters(second)
                    ),
                ),
                message("どちらかの見出しを変えてください", "change the heading of one of them"),
            ));
        }
        for field in self.missing(header) {
            let spec = self.template.field(field);
            let words = spec.words.iter().take(3).cloned().collect::<Vec<_>>().join("」「");
            notes.push(Diagnostic::new(
                Code::ColumnMissing,
                self.sheet.origin(header.top, header.columns.values().min().copied().unwrap_or(0)),
                message(
                    format!("「{}」の列がありません", spec.words.first().unwrap_or(&spec.key)),
                    format!("no column for `{}`", spec.key),
                ),
                message(
                    format!("見出しに「{words}」などの語を使うか、テンプレートの words に見出しの語を加えてください"),
                    format!("use a heading such as 「{words}」, or add the form's heading to the field's words"),
                ),
            ));
        }
    }

    /// Required fields without a column. Marks stand for the disposition's column.
    fn missing(&self, header: &Header) -> Vec<Field> {
        let marked = header.columns.keys().any(|slot| matches!(slot, Slot::Mark(_)));
        let present = |field: Field| {
            header.columns.contains_key(&Slot::Field(field)) || (field == Field::Disposition && marked)
        };
        let required = |field: &Field| self.template.field(*field).required;
        self.template.all_fields().into_iter().filter(required).filter(|&field| !present(field)).collect()
    }

    fn slot_name(&self, slot: Slot) -> String {
        match slot {
            Slot::Field(field) => self.template.field(field).key.clone(),
            Slot::Time(field) => format!("{}_at", self.template.field(field).key),
            Slot::Mark(DispositionId(id)) => self.template.dispositions[id].label.clone(),
            Slot::Ignored => String::new(),
        }
    }

    /// The text of a slot's cell in a row, the text of a merged cell standing in all its rows only for
    /// groups.
    fn cell(&self, row: &RawRow, slot: Slot) -> Option<(String, Origin)> {
        let col = *self.header.as_ref()?.columns.get(&slot)?;
        let text = row.text(col)?;
        Some((text.to_owned(), self.sheet.origin(row.index, col)))
    }

    fn row(&mut self, row: &RawRow, notes: &mut Vec<Diagnostic>) {
        let Some(header) = &self.header else { return };
        let slots: Vec<Slot> = header.columns.keys().copied().filter(|slot| *slot != Slot::Ignored).collect();
        let mut cells: BTreeMap<Slot, (String, Origin)> =
            slots.iter().filter_map(|&slot| Some((slot, self.cell(row, slot)?))).collect();
        let labels: Vec<Option<(String, Origin)>> = (0..self.template.groups.len())
            .map(|level| cells.remove(&Slot::Field(Field::Group(level))))
            .collect();
        match kind(row, &cells, &labels) {
            Kind::Kpi => self.carry_groups(labels),
            Kind::Heading => return self.carry_groups(labels),
            Kind::Explained => return,
            Kind::Unknown(text, origin) => return notes.push(row_not_understood(&text, origin)),
        }
        let first = row.cells.first().map_or(0, |cell| cell.col);
        let column = |slot| header_column(self.header.as_ref(), slot).unwrap_or(first);
        let mark = slots.iter().find(|slot| matches!(slot, Slot::Mark(_)));
        let disposition = column(*mark.unwrap_or(&Slot::Field(Field::Disposition)));
        let nowhere = self.sheet.origin(row.index, first);
        self.drafts.push(Draft {
            cells,
            groups: self
                .groups
                .iter()
                .map(|group| group.clone().unwrap_or_else(|| (String::new(), nowhere.clone())))
                .collect(),
            has_reason_column: slots.contains(&Slot::Field(Field::Reason)),
            origin: nowhere,
            disposition_origin: self.sheet.origin(row.index, disposition),
        });
    }

    /// A label given anew opens its group and closes those inside it; none, or a ditto mark, carries the
    /// one above on.
    fn carry_groups(&mut self, labels: Vec<Option<(String, Origin)>>) {
        for (level, label) in labels.into_iter().enumerate() {
            let Some(label) = label.filter(|(text, _)| !is_ditto(text)) else { continue };
            let same = self.groups[level].as_ref().is_some_and(|(held, _)| fold(held) == fold(&label.0));
            if !same {
                self.groups[level] = Some(label);
                self.groups[level + 1..].fill(None);
            }
        }
    }
}

/// What a row is.
enum Kind {
    Kpi,
    /// Group labels alone: they hold for the rows below.
    Heading,
    /// A note, a sum, a blank row of the form.
    Explained,
    /// Something that no indicator goes with: its text and cell.
    Unknown(String, Origin),
}

fn kind(row: &RawRow, cells: &BTreeMap<Slot, (String, Origin)>, labels: &[Option<(String, Origin)>]) -> Kind {
    // A sum may stand in the indicator's column, but nobody decides what becomes of it.
    let decided = |slot: &Slot| matches!(slot, Slot::Mark(_) | Slot::Field(Field::Disposition));
    let is_sum = |text: &str| ["小計", "合計", "総計", "計"].contains(&fold(text).as_str());
    if row.cells.iter().any(|cell| is_sum(&cell.text)) && !cells.keys().any(decided) {
        return Kind::Explained;
    }
    if cells.contains_key(&Slot::Field(Field::Indicator)) {
        return Kind::Kpi;
    }
    let first = row.cells.first().map(|cell| fold(&cell.text)).unwrap_or_default();
    if ["※", "注)", "(注", "注:", "注1", "備考"].iter().any(|mark| first.starts_with(mark)) {
        return Kind::Explained;
    }
    let mut stated = labels.iter().flatten().filter(|(text, _)| !is_ditto(text)).peekable();
    match cells.values().find(|(text, _)| !is_no_value(text)) {
        Some((text, origin)) => Kind::Unknown(text.clone(), origin.clone()),
        None if stated.peek().is_none() => Kind::Explained,
        None => match stated.find(|(text, _)| leading_number(text).is_none()) {
            Some((text, origin)) => Kind::Unknown(text.clone(), origin.clone()),
            None => Kind::Heading,
        },
    }
}

fn header_column(header: Option<&Header>, slot: Slot) -> Option<u32> {
    header?.columns.get(&slot).copied()
}

fn is_ditto(text: &str) -> bool {
    matches!(fold(text).as_str(), "〃" | "同上" | "々" | "\"" | "''" | "”")
}

fn row_not_understood(text: &str, origin: Origin) -> Diagnostic {
    let text: String = text.chars().take(20).collect();
    Diagnostic::new(
        Code::RowNotUnderstood,
        origin,
        message(
            format!("指標名のない行に「{text}」とあります。どの指標のものか分かりません"),
            format!("a row without an indicator says `{text}`; it is not clear what it belongs to"),
        ),
        message(
            "指標名を記入するか、注なら行頭に「※」を付け、不要なら消してください",
            "fill in the indicator, begin a note with ※, or delete the row",
        ),
    )
}
