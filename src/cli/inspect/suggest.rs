//! The `[[sheets]]` of a template as a file's sheets were understood, ready to be pasted and corrected.

use crate::batch::Inspection;
use crate::finding::{Lang, harmless};
use crate::model::{CellRef, Field, Meaning, RawSheet, RowKind, SheetAccount, Slot, TableAccount};
use crate::template::{OF_ROW, Template};
use crate::transform;
use std::fmt::Write as _;
use toml::Value;

/// Characters of a heading that a comment repeats.
const HEADING: usize = 40;

/// What stands above the entries.
pub(super) fn explanation(lang: Lang) -> &'static str {
    lang.pick((
        "# テンプレートの末尾に貼り付け、列の文字を直して使います。「# ?」の列は読みません\n\n",
        "# To be pasted at the end of the template and corrected; columns with `# ?` are not read\n\n",
    ))
}

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
    if account.tables.iter().any(|table| !table.labels().is_empty()) {
        let said = lang.pick((
            "# 表の形をしていない調査票です。そのまま読み取れるので、[[sheets]] は要りません",
            "# a form that is no table is understood as it is and needs no [[sheets]]",
        ));
        let name = sheet.place.sheet.as_deref().unwrap_or(&sheet.place.file);
        return format!("{said}: {}\n\n", name.chars().map(harmless).collect::<String>());
    }
    if !account.tables.is_empty() {
        return account.tables.iter().map(|table| begin(sheet) + &mapping(table, template, lang)).collect();
    }
    let is_skipped = account.rows.iter().any(|(_, kind)| *kind == RowKind::Skipped);
    match transform::guess(sheet, template).filter(|_| !is_skipped) {
        Some(guess) => {
            let said = lang.pick((
                "# 表の見出しが見つからないため、最も近い行から推測しました。直してください",
                "# no header was found; this is a guess by the likeliest row, to be corrected",
            ));
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

/// An entry's rows and columns; what is not read, and what is missing, as comments.
fn mapping(table: &TableAccount, template: &Template, lang: Lang) -> String {
    let key = |field: Field| template.field(field).key.as_str();
    let (mut fields, mut times, mut units, mut marks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for column in &table.columns {
        let heading = column.headings.join(" / ");
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let heading: String = heading.chars().map(harmless).take(HEADING).collect();
        let letters = CellRef::column_letters(column.col);
        let line = |key: &str| format!("{key} = \"{letters}\" # {heading}");
        match column.meaning {
            Meaning::Holds(Slot::Field(field)) => fields.push(line(key(field))),
            Meaning::Holds(Slot::Time(field)) => times.push(line(key(field))),
            Meaning::Holds(Slot::Unit(of)) => units.push(line(of.map_or(OF_ROW, key))),
            Meaning::Holds(Slot::Mark(at, id)) => marks.push(line(&quoted(&template.mark_name(at, id)))),
            Meaning::Holds(Slot::Words(_) | Slot::Ignored)
            | Meaning::Option(_)
            | Meaning::Rival(_)
            | Meaning::Unknown => {
                fields.push(format!("# {}", line("?")));
            }
        }
    }
    let said = lang.pick(("この項目の列を書いてください", "fill in the column of this field"));
    fields.extend(missing(table, template).iter().map(|&field| format!("# {} = \"\" # {said}", key(field))));
    let rows: Vec<String> = (table.top + 1..=table.end).map(|row| row.to_string()).collect();
    let mut text = format!("header_rows = [{}]\n", rows.join(", "));
    for (name, lines) in
        [("columns", fields), ("time_columns", times), ("unit_columns", units), ("mark_columns", marks)]
    {
        if !lines.is_empty() {
            writeln!(text, "[sheets.{name}]\n{}", lines.join("\n"))
                .expect("writing to a string does not fail");
        }
    }
    text + "\n"
}

/// Required fields without a column.
fn missing(table: &TableAccount, template: &Template) -> Vec<Field> {
    let slots = || {
        table.columns.iter().filter_map(|column| match column.meaning {
            Meaning::Holds(slot) => Some(slot),
            Meaning::Option(_) | Meaning::Rival(_) | Meaning::Unknown => None,
        })
    };
    let marked = |field| slots().any(|slot| matches!(slot, Slot::Mark(of, _) if of == field));
    let is_missing = |&field: &Field| {
        template.field(field).required && !slots().any(|slot| slot == Slot::Field(field)) && !marked(field)
    };
    template.all_fields().into_iter().filter(is_missing).collect()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
