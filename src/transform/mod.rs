//! Sheets to the list, one step a file. It never fails: trouble becomes a diagnostic at a cell.

mod assemble;
mod checks;
mod columns;
mod disposition;
pub mod era;
mod header_notes;
mod kinds;
mod marks;
mod order;
mod rows;
mod tally;
pub mod text;
pub mod value;

use crate::diagnostic::{Code, Diagnostic, Noted, message};
use crate::model::{KpiList, Origin, RawSheet};
use crate::template::Template;
use columns::Words;

/// Makes the list of a document from the sheets of its departments, which come in the order of their files.
pub fn transform(mut sheets: Vec<RawSheet>, template: &Template) -> Noted<KpiList> {
    let mut notes = Vec::new();
    let words = Words::new(template);
    let mut list_rows = Vec::new();
    let mut accounts = Vec::new();
    let mut without_table: Vec<&RawSheet> = Vec::new();
    let mut with_table: Vec<&str> = Vec::new();
    for sheet in &mut sheets {
        let left_out = marks::leave_out(sheet, template.takes_in_hidden, &mut notes);
        let mut reading = rows::read(sheet, template, &words, &mut notes);
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
    notes.extend(without_table.into_iter().filter_map(|sheet| no_table(sheet, &with_table)));
    if list_rows.is_empty()
        && let Some(sheet) = sheets.first()
        && !crate::diagnostic::has_errors(&notes)
    {
        notes.push(list_empty(sheet));
    }
    order::arrange(&mut list_rows, template, &mut notes);
    checks::run(&list_rows, template, &mut notes);
    let list = tally::count(list_rows, accounts, template);
    Noted { value: list, diagnostics: by_template(notes, template) }
}

/// A sheet without a table beside one with a table is a memo; a file with no table at all is an error.
fn no_table(sheet: &RawSheet, with_table: &[&str]) -> Option<Diagnostic> {
    let has_other = with_table.contains(&sheet.place.file.as_str());
    if has_other && sheet.rows.is_empty() {
        return None;
    }
    let (code, origin) = if has_other {
        (Code::SheetWithoutTable, Origin::of_place(&sheet.place))
    } else {
        (Code::FileWithoutTable, Origin::of_place(&sheet.place))
    };
    Some(Diagnostic::new(
        code,
        origin,
        message("KPIの表の見出しが見つかりません", "no header of a KPI table was found"),
        message(
            "表のシートなら、見出しに指標名・目標値・取扱などの語があるか確かめるか、テンプレートの words に加えてください",
            "if it holds a table, check its headings, or add them to the template's words",
        ),
    ))
}

fn list_empty(sheet: &RawSheet) -> Diagnostic {
    Diagnostic::new(
        Code::ListEmpty,
        Origin::of_place(&sheet.place),
        message(
            "見出しはありますが、指標が一つもありません",
            "there is a header, but no indicator in any file",
        ),
        message("調査票に記入があるか確かめてください", "check that the forms are filled in"),
    )
}

/// Gives diagnostics the severities that the template sets.
fn by_template(notes: Vec<Diagnostic>, template: &Template) -> Vec<Diagnostic> {
    let set = |mut note: Diagnostic| match template.checks.get(&note.code) {
        None => Some(note),
        Some(None) => None,
        Some(Some(severity)) => {
            note.severity = *severity;
            Some(note)
        }
    };
    notes.into_iter().filter_map(set).collect()
}
