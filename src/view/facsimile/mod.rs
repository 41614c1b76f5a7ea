//! A file as a facsimile: its sheets as they look, each cell with what it was read as and what is said of it.

mod grid;
mod words;

use crate::finding::{Finding, Lang, Severity};
use crate::model::{
    Area, CellMark, CellRef, Dataset, FileFacsimile, RawSheet, Record, Remark, Role, SheetAccount,
    SheetFacsimile,
};
use crate::template::Template;
use crate::transform;
use grid::Grid;
use std::collections::BTreeMap;
use words::Words;

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
