//! What is to be said of a header: columns that are unknown, ambiguous or missing.

use super::columns::{Header, Slot};
use crate::diagnostic::{Code, Diagnostic, message};
use crate::model::{CellRef, DispositionId, Field, RawSheet};
use crate::template::Template;

/// Reports unknown, ambiguous and missing columns of a header.
pub(super) fn report(sheet: &RawSheet, template: &Template, header: &Header, notes: &mut Vec<Diagnostic>) {
    let heading = |col| sheet.text(header.end - 1, col).or_else(|| sheet.text(header.top, col));
    for &col in &header.unknown {
        let Some(text) = heading(col) else { continue };
        let text = text.split_whitespace().collect::<String>();
        notes.push(Diagnostic::new(
                Code::ColumnUnknown,
                sheet.origin(header.top, col),
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
        let name = slot_name(slot, template);
        notes.push(Diagnostic::new(
            Code::ColumnAmbiguous,
            sheet.origin(header.top, second),
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
    for field in missing(header, template) {
        let spec = template.field(field);
        let words = spec.words.iter().take(3).cloned().collect::<Vec<_>>().join("」「");
        notes.push(Diagnostic::new(
            Code::ColumnMissing,
            sheet.origin(header.top, header.columns.values().min().copied().unwrap_or(0)),
            message(
                format!("「{}」の列がありません", spec.words.first().unwrap_or(&spec.key)),
                format!("no column for `{}`", spec.key),
            ),
            message(
                format!(
                    "見出しに「{words}」などの語を使うか、テンプレートの words に見出しの語を加えてください"
                ),
                format!("use a heading such as 「{words}」, or add the form's heading to the field's words"),
            ),
        ));
    }
}

/// Required fields without a column. Marks stand for the disposition's column.
fn missing(header: &Header, template: &Template) -> Vec<Field> {
    let marked = header.columns.keys().any(|slot| matches!(slot, Slot::Mark(_)));
    let present = |field: Field| {
        header.columns.contains_key(&Slot::Field(field)) || (field == Field::Disposition && marked)
    };
    let required = |field: &Field| template.field(*field).required;
    template.all_fields().into_iter().filter(required).filter(|&field| !present(field)).collect()
}

fn slot_name(slot: Slot, template: &Template) -> String {
    match slot {
        Slot::Field(field) => template.field(field).key.clone(),
        Slot::Time(field) => format!("{}_at", template.field(field).key),
        Slot::Mark(DispositionId(id)) => template.dispositions[id].label.clone(),
        Slot::Ignored => String::new(),
    }
}
