//! Sheets to the list, one step a file. It never fails: trouble becomes a diagnostic at a cell.

mod assemble;
mod by_hand;
mod checks;
mod columns;
mod disposition;
pub mod era;
mod guess;
mod header_notes;
mod headings;
mod kinds;
mod marks;
mod order;
mod rows;
mod tally;
pub mod text;
pub mod value;

pub use guess::guess;

use crate::diagnostic::{Code, Diagnostic, Noted, message};
use crate::model::{KpiList, Origin, RawSheet};
use crate::template::Template;
use by_hand::Stated;
use columns::Words;
use headings::Headings;
use std::collections::BTreeSet;

/// Makes the list of a document from the sheets of its departments, which come in the order of their files.
pub fn transform(mut sheets: Vec<RawSheet>, template: &Template) -> Noted<KpiList> {
    let mut notes = Vec::new();
    let words = Words::new(template);
    let headings = Headings::new(template);
    let mut list_rows = Vec::new();
    let mut accounts = Vec::new();
    let mut without_table: Vec<&RawSheet> = Vec::new();
    let mut with_table: Vec<&str> = Vec::new();
    let mut mapped = BTreeSet::new();
    for sheet in &mut sheets {
        let left_out = marks::leave_out(sheet, template.takes_in_hidden, &mut notes);
        let entries = by_hand::entries(&sheet.place, template);
        mapped.extend(entries.iter().copied());
        let headers = match by_hand::headers(sheet, &entries, template, &mut notes) {
            Stated::Skipped => {
                accounts.push(by_hand::skipped(sheet, left_out));
                continue;
            }
            Stated::Nothing => None,
            Stated::Tables(headers) => Some(headers),
        };
        let mut reading = rows::read(sheet, template, (&words, &headings, headers), &mut notes);
        reading.account.add(left_out);
        accounts.push(reading.account);
        match reading.drafts {
            Some(drafts) => {
                with_table.push(&sheet.place.file);
                list_rows
                    .extend(drafts.into_iter().map(|draft| assemble::assemble(draft, template, &mut notes)));
            }
            None => without_table.push(sheet),
        }
    }
    if !accounts.is_empty() {
        notes.extend(by_hand::unused(&mapped, template));
    }
    notes.extend(no_tables(&without_table, &with_table));
    order::arrange(&mut list_rows, template, &mut notes);
    checks::run(&list_rows, template, &mut notes);
    let list = tally::count(list_rows, accounts, template);
    Noted { value: list, diagnostics: notes }
}

/// A sheet without a table is reported; a file without any is an error, once.
fn no_tables(without: &[&RawSheet], with_table: &[&str]) -> Vec<Diagnostic> {
    let mut files: Vec<&str> = with_table.to_vec();
    let mut notes = Vec::new();
    for sheet in without {
        let file = sheet.place.file.as_str();
        if with_table.contains(&file) {
            if !sheet.rows.is_empty() {
                notes.push(no_table(Code::SheetWithoutTable, Origin::of_place(&sheet.place)));
            }
        } else if !files.contains(&file) {
            files.push(file);
            notes.push(no_table(Code::FileWithoutTable, Origin::of_file(file)));
        }
    }
    notes
}

fn no_table(code: Code, origin: Origin) -> Diagnostic {
    Diagnostic::new(
        code,
        origin,
        message("KPIの表の見出しが見つかりません", "no header of a KPI table was found"),
        message(
            "表があるなら、見出しに指標名・目標値・取扱などの語があるか確かめるか、テンプレートの words に加えてください",
            "if there is a table, check its headings, or add them to the template's words",
        ),
    )
}
