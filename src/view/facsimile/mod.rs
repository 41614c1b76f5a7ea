//! A file as a facsimile: its sheets as they look, each cell with what it was read as and what is said of it.

mod grid;

use super::understood::{self, Use};
use crate::finding::{Finding, Lang, Severity};
use crate::model::{
    Area, CellMark, CellRef, CellRole, ColumnAccount, Dataset, FileFacsimile, MarkKind, Meaning, RawSheet,
    Record, Region, RegionColumn, Remark, Role, RowKind, SheetAccount, SheetFacsimile, TableAccount,
};
use crate::template::Template;
use crate::transform;
use grid::Grid;
use std::collections::BTreeMap;

/// Cells of a page that are shown at most: a browser can still move about in them.
const CELLS: usize = 40_000;

/// How a file was understood, to be shown.
pub struct Inspected<'a> {
    /// What explains it.
    pub template: &'a Template,
    /// Its name.
    pub file: &'a str,
    /// Its sheets as they were read, each with its account.
    pub sheets: Vec<(&'a RawSheet, &'a SheetAccount)>,
    /// Its records.
    pub rows: Vec<&'a Record>,
    /// What is said of it.
    pub findings: Vec<&'a Finding>,
}

/// The facsimiles of files, with as many cells as one page can have.
pub fn facsimiles(files: &[Inspected<'_>], lang: Lang) -> Vec<FileFacsimile> {
    let mut room = CELLS;
    files.iter().map(|file| file.facsimile(&mut room, lang)).collect()
}

impl<'a> Inspected<'a> {
    /// One of the files of a document, by what all of them gave: their sheets, the list with an account of each, findings.
    pub fn of(
        file: &'a str,
        template: &'a Template,
        (sheets, list, findings): (&'a [RawSheet], &'a Dataset, &'a [Finding]),
    ) -> Self {
        Self {
            template,
            file,
            sheets: sheets.iter().zip(&list.accounts).filter(|(sheet, _)| sheet.place.file == file).collect(),
            rows: list.rows.iter().filter(|row| row.origin.place.file == file).collect(),
            findings: findings.iter().filter(|finding| finding.is_of_file(file)).collect(),
        }
    }

    fn facsimile(&self, room: &mut usize, lang: Lang) -> FileFacsimile {
        let (file, id) = (self.file, &self.template.id);
        let is_of_sheet =
            |finding: &&Finding| self.sheets.iter().any(|(sheet, _)| sheet.place == finding.origin.place);
        let of_file = self.findings.iter().filter(|finding| !is_of_sheet(finding));
        FileFacsimile {
            title: lang.pick((format!("{file}（文書 {id}）"), format!("{file} (document {id})"))),
            remarks: of_file.map(|finding| remark(finding, lang)).collect(),
            sheets: self
                .sheets
                .iter()
                .map(|(sheet, account)| self.sheet(sheet, account, room, lang))
                .collect(),
        }
    }

    /// What the records of a sheet are known as, by their cells: their numbers, or the how manieth they are where that tells
    /// them apart.
    fn known_as(&self, sheet: &RawSheet) -> BTreeMap<CellRef, String> {
        let records: Vec<&&Record> = self.rows.iter().filter(|row| row.origin.place == sheet.place).collect();
        let number = |row: &Record| row.text_of(Role::Number).map(|number| number.text.clone());
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for number in records.iter().filter_map(|row| number(row)) {
            *counts.entry(number).or_default() += 1;
        }
        let name = |(row, at): (&&&Record, usize)| {
            let own = number(row).filter(|number| counts[number] == 1);
            Some((
                row.name().origin.cell?,
                own.map_or_else(|| format!("#{at}"), |number| format!("№{number}")),
            ))
        };
        records.iter().zip(1..).filter_map(name).collect()
    }

    fn sheet(
        &self,
        sheet: &RawSheet,
        account: &SheetAccount,
        room: &mut usize,
        lang: Lang,
    ) -> SheetFacsimile {
        let words = Words { template: self.template, records: self.known_as(sheet), lang };
        let findings: Vec<&Finding> =
            self.findings.iter().copied().filter(|finding| finding.origin.place == sheet.place).collect();
        let mut remarks: Vec<Remark> = findings.iter().map(|finding| remark(finding, lang)).collect();
        let told = transform::cells(sheet, account, self.template).into_iter();
        let marks: BTreeMap<CellRef, CellMark> = told.map(|(cell, role)| (cell, words.mark(role))).collect();
        let mut said: BTreeMap<CellRef, Vec<usize>> = BTreeMap::new();
        for (at, finding) in findings.iter().enumerate() {
            if let Some(cell) = finding.origin.cell {
                said.entry(shown_at(sheet, cell)).or_default().push(at);
            }
        }
        let grid = Grid::of(sheet, &marks, &said, room);
        for remark in &mut remarks {
            let cell = remark.cell.map(|cell| shown_at(sheet, cell));
            remark.is_shown = cell.is_some_and(|cell| grid.shows(cell));
        }
        SheetFacsimile {
            title: words.sheet(sheet),
            facts: words.facts(sheet, account),
            regions: account
                .tables
                .iter()
                .zip(1..)
                .map(|(table, number)| words.region(table, number))
                .collect(),
            remarks,
            cut: grid.cut(lang),
            columns: grid.columns(),
            rows: grid.rows(),
        }
    }
}

/// Where a cell is shown: that of a merged area at its corner.
fn shown_at(sheet: &RawSheet, cell: CellRef) -> CellRef {
    let covers = |area: &&Area| area.contains(cell.row, cell.col);
    let area = sheet.merges.iter().find(covers);
    area.map_or(cell, |area| CellRef { row: area.top, col: area.left })
}

fn remark(finding: &Finding, lang: Lang) -> Remark {
    Remark {
        label: finding.label(lang).to_owned(),
        is_error: finding.severity == Severity::Error,
        rule: finding.code().id().to_owned(),
        cell: finding.origin.cell,
        is_shown: false,
        message: finding.message(lang),
        remedy: finding.next_step(lang),
    }
}

/// What is said in words.
struct Words<'a> {
    template: &'a Template,
    /// What the records of the sheet are known as, by their cells.
    records: BTreeMap<CellRef, String>,
    lang: Lang,
}

impl Words<'_> {
    fn sheet(&self, sheet: &RawSheet) -> String {
        let name = match &sheet.place.sheet {
            Some(name) => self.lang.pick((format!("シート「{name}」"), format!("Sheet `{name}`"))),
            None => self.lang.pick(("表（CSV）", "Table (CSV)")).to_owned(),
        };
        let hidden = if sheet.hidden { self.lang.pick(("（非表示）", " (hidden)")) } else { "" };
        name + hidden
    }

    fn facts(&self, sheet: &RawSheet, account: &SheetAccount) -> Vec<String> {
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

    fn region(&self, table: &TableAccount, number: usize) -> Region {
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
            let said =
                ("テンプレートの [[sheets]] のとおりに読みました", "Read as the template's [[sheets]] says");
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

    fn mark(&self, role: Option<CellRole>) -> CellMark {
        let lang = self.lang;
        let (kind, words) = match role {
            Some(CellRole::Entry { record, slot }) => {
                let field = understood::slot(slot, self.template, lang);
                match self.records.get(&record) {
                    Some(record) => (MarkKind::Entry, format!("{field} {record}")),
                    None => {
                        let repeated = lang.pick(("重複のため除外", "counted elsewhere"));
                        (MarkKind::Left, format!("{field} ({repeated})"))
                    }
                }
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
