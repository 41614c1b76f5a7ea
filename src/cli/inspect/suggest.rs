//! The `[[sheets]]` of a template as a file's sheets were understood, ready to be pasted and corrected.

use super::words::in_lang;
use crate::batch::Inspection;
use crate::diagnostic::Lang;
use crate::model::{CellRef, Field, Meaning, RawSheet, SheetAccount, Slot, TableAccount};
use crate::template::Template;
use crate::transform;
use std::fmt::Write as _;
use toml::Value;

/// The entries for all sheets of a file that are not hidden or empty.
pub(super) fn render(inspection: &Inspection, lang: Lang) -> String {
    let mut text = String::new();
    for (sheet, account) in &inspection.sheets {
        let is_hidden = sheet.hidden && !inspection.template.takes_in_hidden;
        if !is_hidden && !sheet.rows.is_empty() {
            text.push_str(&entries(sheet, account, &inspection.template, lang));
        }
    }
    text
}

fn entries(sheet: &RawSheet, account: &SheetAccount, template: &Template, lang: Lang) -> String {
    if !account.tables.is_empty() {
        return account.tables.iter().map(|table| begin(sheet) + &mapping(table, template, lang)).collect();
    }
    let is_skipped = account.rows.iter().any(|(_, kind)| *kind == crate::model::RowKind::Skipped);
    match transform::guess(sheet, template).filter(|_| !is_skipped) {
        Some(guess) => {
            let said = in_lang(
                lang,
                "# 表の見出しが見つからないので、最も近い行による推測です。直してください",
                "# no header was found; this is a guess by the likeliest row, to be corrected",
            );
            format!("{said}\n{}{}", begin(sheet), mapping(&guess, template, lang))
        }
        None => begin(sheet) + "skip = true\n\n",
    }
}

fn begin(sheet: &RawSheet) -> String {
    let mut text = format!("[[sheets]]\nfile = {}\n", quoted(&sheet.place.file));
    if let Some(name) = &sheet.place.sheet {
        writeln!(text, "sheet = {}", quoted(name)).expect("writing to a string does not fail");
    }
    text
}

fn mapping(table: &TableAccount, template: &Template, lang: Lang) -> String {
    let rows: Vec<String> = (table.top + 1..=table.end).map(|row| row.to_string()).collect();
    let key = |field: Field| template.field(field).key.as_str();
    let mut fields = Vec::new();
    let mut times = Vec::new();
    let mut marks = Vec::new();
    for column in &table.columns {
        let letters = CellRef::column_letters(column.col);
        let heading: String = column.headings.join(" / ").split_whitespace().collect::<Vec<_>>().join(" ");
        let heading: String = heading.chars().filter(|c| !c.is_control()).collect();
        let line = |key: &str| format!("{key} = \"{letters}\" # {heading}");
        match column.meaning {
            Meaning::Holds(Slot::Field(field)) => fields.push(line(key(field))),
            Meaning::Holds(Slot::Time(field)) => times.push(line(key(field))),
            Meaning::Holds(Slot::Mark(id)) => marks.push(line(&quoted(&template.disposition(id).code))),
            Meaning::Holds(Slot::Ignored) | Meaning::Rival(_) | Meaning::Unknown => {
                fields.push(format!("# {}", line("?")));
            }
        }
    }
    let held = |slot: Slot| table.columns.iter().any(|column| column.meaning == Meaning::Holds(slot));
    for field in template.all_fields() {
        let marked = field == Field::Disposition && !marks.is_empty();
        if template.field(field).required && !held(Slot::Field(field)) && !marked {
            let said = in_lang(lang, "この項目の列を書いてください", "fill in the column of this field");
            fields.push(format!("# {} = \"\" # {said}", key(field)));
        }
    }
    let tables = [("columns", fields), ("time_columns", times), ("mark_columns", marks)];
    let tables = tables.iter().filter(|(_, lines)| !lines.is_empty());
    let tables: String =
        tables.map(|(name, lines)| format!("[sheets.{name}]\n{}\n", lines.join("\n"))).collect();
    format!("header_rows = [{}]\n{tables}\n", rows.join(", "))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
