//! The words of facsimiles: what was counted and found on a sheet, and what its cells were read as.

use crate::finding::Lang;
use crate::model::{
    CellMark, CellRef, CellRole, ColumnAccount, MarkKind, Meaning, RawSheet, Region, RegionColumn, RowKind,
    SheetAccount, TableAccount,
};
use crate::template::Template;
use crate::view::understood::{self, Use};
use std::collections::BTreeMap;

/// What is said in words.
pub(super) struct Words<'a> {
    pub(super) template: &'a Template,
    /// What the records of the sheet are known as, by their cells.
    pub(super) records: BTreeMap<CellRef, String>,
    pub(super) lang: Lang,
}

impl Words<'_> {
    pub(super) fn sheet(&self, sheet: &RawSheet) -> String {
        let name = match &sheet.place.sheet {
            Some(name) => self.lang.pick((format!("シート「{name}」"), format!("Sheet `{name}`"))),
            None => self.lang.pick(("表（CSV）", "Table (CSV)")).to_owned(),
        };
        let hidden = if sheet.hidden { self.lang.pick(("（非表示）", " (hidden)")) } else { "" };
        name + hidden
    }

    pub(super) fn facts(&self, sheet: &RawSheet, account: &SheetAccount) -> Vec<String> {
        let lang = self.lang;
        let counted = RowKind::ALL.iter().map(|&kind| (kind, account.count(kind)));
        let counted: Vec<String> = counted
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| format!("{} {count}", understood::kind(kind, lang)))
            .collect();
        let (rows, sum) = (account.rows.len(), counted.join(lang.pick(("、", ", "))));
        let mut facts =
            vec![lang.pick((format!("記入のある行 {rows}（{sum}）"), format!("Rows: {rows} ({sum})")))];
        let hidden: Vec<String> = if self.template.takes_in_hidden {
            Vec::new()
        } else {
            sheet.hidden_columns_in_use().into_iter().map(CellRef::column_letters).collect()
        };
        if !hidden.is_empty() {
            let columns = hidden.join(lang.pick(("・", ", ")));
            facts.push(lang.pick((
                format!("非表示のため読まない列 {columns}"),
                format!("Hidden columns, not read: {columns}"),
            )));
        }
        if account.tables.is_empty() && account.count(RowKind::Above) > 0 {
            facts
                .push(lang.pick(("表の見出しは見つかりません", "No header of a table was found")).to_owned());
        }
        facts
    }

    pub(super) fn region(&self, table: &TableAccount, number: usize) -> Region {
        let lang = self.lang;
        let is_form = !table.labels().is_empty();
        let title = match (is_form, table.end.saturating_sub(table.top)) {
            (true, _) => lang.pick((
                format!("調査票{number}（項目名のセル）"),
                format!("Form {number} (cells of labels)"),
            )),
            (false, 0) => lang
                .pick((format!("表{number}（見出しの行なし）"), format!("Table {number} (no header rows)"))),
            (false, 1) => {
                let row = table.end;
                lang.pick((
                    format!("表{number}（見出しの行 {row}）"),
                    format!("Table {number} (header row {row})"),
                ))
            }
            (false, _) => {
                let (first, last) = (table.top + 1, table.end);
                lang.pick((
                    format!("表{number}（見出しの行 {first}～{last}）"),
                    format!("Table {number} (header rows {first} to {last})"),
                ))
            }
        };
        let column = |column: &ColumnAccount| self.column(column, table);
        Region { title, evidence: self.evidence(table), columns: table.columns.iter().map(column).collect() }
    }

    /// What speaks for a reading and against it, as far as the account says.
    fn evidence(&self, table: &TableAccount) -> Vec<String> {
        let lang = self.lang;
        if table.by_hand {
            let said = (
                "テンプレートの [[sheets]] か [[forms]] のとおりに読みました",
                "Read as the template's [[sheets]] or [[forms]] says",
            );
            return vec![lang.pick(said).to_owned()];
        }
        let count =
            |is: &dyn Fn(&ColumnAccount) -> bool| table.columns.iter().filter(|column| is(column)).count();
        let by_words = count(&|column| {
            matches!(column.meaning, Meaning::Holds(_) | Meaning::Option(_)) && !column.is_inferred
        });
        let inferred = count(&|column| column.is_inferred);
        let rivals = count(&|column| matches!(column.meaning, Meaning::Rival(_)));
        let unknown = count(&|column| column.meaning == Meaning::Unknown);
        let lines = [
            (by_words, "見出しの語で決まった列・項目", "told by the words of their headings"),
            (
                inferred,
                "見出しの一部の語や記入から判断した列・項目",
                "told by a part of their headings, or by their entries",
            ),
            (rivals, "ほかの列と重なり、読まない列", "that claim what another column holds, not read"),
            (unknown, "分からないため、読まない列・項目", "that nothing tells, not read"),
        ];
        let lines = lines.into_iter().filter(|(count, ..)| *count > 0);
        lines
            .map(|(count, ja, en)| {
                lang.pick((format!("{ja}：{count}"), format!("Columns or labels {en}: {count}")))
            })
            .collect()
    }

    fn column(&self, column: &ColumnAccount, table: &TableAccount) -> RegionColumn {
        let (used, meaning) = understood::meaning(column, table.by_hand, self.template, self.lang);
        let inferred = if column.is_inferred { self.lang.pick(("（推定）", " (inferred)")) } else { "" };
        let letters = CellRef::column_letters(column.col);
        RegionColumn {
            place: column.label.map_or(letters, |label| label.to_string()),
            cell: column.label,
            heading: column.headings.join(" / "),
            meaning: meaning + inferred,
            is_read: used == Use::Read,
        }
    }

    pub(super) fn mark(&self, role: Option<CellRole>) -> CellMark {
        let lang = self.lang;
        let (kind, words) = match role {
            Some(CellRole::Entry { record, slot }) => {
                let field = understood::slot(slot, self.template, lang);
                let repeated = || lang.pick(("重複のため除外", "counted elsewhere"));
                let known = self.records.get(&record);
                let kind = if known.is_some() { MarkKind::Entry } else { MarkKind::Left };
                (kind, format!("{field} {}", known.map_or_else(repeated, String::as_str)))
            }
            Some(CellRole::Label(meaning)) => match meaning {
                Meaning::Holds(slot) | Meaning::Option(slot) => {
                    (MarkKind::Label, understood::slot(slot, self.template, lang))
                }
                Meaning::Rival(_) | Meaning::Unknown => {
                    (MarkKind::Label, lang.pick(("項目が不明", "of no known field")).to_owned())
                }
            },
            Some(CellRole::Heading) => {
                (MarkKind::Heading, understood::kind(RowKind::Heading, lang).to_owned())
            }
            Some(CellRole::Row(kind)) => (of_row(kind), understood::kind(kind, lang).to_owned()),
            Some(CellRole::Beside(meaning)) => {
                let why = match meaning {
                    None => ("見出しのない列", "column without a heading"),
                    Some(Meaning::Rival(_)) => ("ほかの列と重なる列", "column that rivals another"),
                    Some(Meaning::Unknown) => ("不明な列", "unknown column"),
                    Some(Meaning::Holds(_) | Meaning::Option(_)) => ("読まない列", "column left out"),
                };
                (MarkKind::Left, lang.pick(why).to_owned())
            }
            None => (MarkKind::Left, lang.pick(("記録なし", "no account")).to_owned()),
        };
        CellMark { kind, words }
    }
}

/// What the cells of a row are that is no record's.
fn of_row(kind: RowKind) -> MarkKind {
    match kind {
        RowKind::Header => MarkKind::Label,
        RowKind::Indicator | RowKind::Continuation => MarkKind::Entry,
        RowKind::Heading => MarkKind::Heading,
        RowKind::Above | RowKind::Sum | RowKind::Note | RowKind::Tally | RowKind::Blank => MarkKind::Around,
        RowKind::Duplicate
        | RowKind::Hidden
        | RowKind::Struck
        | RowKind::Unknown
        | RowKind::Unread
        | RowKind::Skipped => MarkKind::Left,
    }
}
