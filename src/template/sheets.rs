//! `[[sheets]]`: what a template says of a sheet by hand, where its headings would not tell.

use super::file::SheetTable;
use super::resolve::field;
use super::spec::{FieldKind, Template};
use super::suggestion;
use crate::finding::{Message, message};
use crate::model::{CellRef, ChoiceId, Field, Slot};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use std::collections::BTreeMap;

/// Rows of the largest sheet that Excel has.
const ROWS: u32 = 1_048_576;
/// Columns of the widest sheet that Excel has.
const COLUMNS: u32 = 16_384;

/// The key of the units that hold for all values of a row, beside the keys of fields.
pub const OF_ROW: &str = "all";

/// What the template says of the sheets whose file and name fit its patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSpec {
    /// Pattern of the file's path below the input folder; `*` stands for any text.
    pub file: String,
    /// Pattern of the sheet's name; `*` stands for any text.
    pub sheet: String,
    /// What is there.
    pub form: SheetForm,
}

/// What a sheet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetForm {
    /// No form; left out on purpose.
    Skipped,
    /// A table whose rows and columns the template names. Row and column indices from 0.
    Table {
        /// First row of the header.
        top: u32,
        /// First row below the header.
        end: u32,
        /// Column of each slot.
        columns: BTreeMap<Slot, u32>,
    },
}

/// A column by its letters; the index from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters(u32);

impl<'de> Deserialize<'de> for Letters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("`{text}`: no column from A to XFD"));
        column_index(&text).map(Self).ok_or_else(wrong)
    }
}

/// The index of the column with these letters, as in `AB`.
fn column_index(letters: &str) -> Option<u32> {
    let mut index = 0u32;
    for letter in letters.bytes().map(|letter| letter.to_ascii_uppercase()) {
        let digit = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        index = (index * 26 + digit <= COLUMNS).then_some(index * 26 + digit)?;
    }
    index.checked_sub(1)
}

/// Binds the names of all entries.
pub(super) fn resolve(template: &Template, tables: &[SheetTable]) -> Result<Vec<SheetSpec>, Message> {
    let mut specs = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        let pattern = |given: &Option<String>| given.clone().unwrap_or_else(|| "*".to_owned());
        let form = form(template, table).map_err(|slip| within(at + 1, &slip))?;
        specs.push(SheetSpec { file: pattern(&table.file), sheet: pattern(&table.sheet), form });
    }
    Ok(specs)
}

/// Names the entry that has the slip.
fn within(number: usize, slip: &Message) -> Message {
    message(
        format!("{number}番目の [[sheets]]: {}", slip.ja),
        format!("[[sheets]], entry {number}: {}", slip.en),
    )
}

fn form(template: &Template, table: &SheetTable) -> Result<SheetForm, Message> {
    let maps = !(table.columns.is_empty()
        && table.time_columns.is_empty()
        && table.unit_columns.is_empty()
        && table.mark_columns.is_empty());
    if table.skip && (maps || table.header_rows.is_some()) {
        return Err(message(
            "skip = true のシートは読まないので、header_rows や columns は書けません",
            "a sheet with `skip = true` is not read: `header_rows` and columns have no place there",
        ));
    }
    if table.skip {
        return Ok(SheetForm::Skipped);
    }
    let (top, end) = header_rows(table.header_rows.as_deref())?;
    Ok(SheetForm::Table { top, end, columns: columns(template, table)? })
}

/// First row and the one after the last, from 0; an empty list is a table without a header.
fn header_rows(rows: Option<&[u32]>) -> Result<(u32, u32), Message> {
    let rows = rows.ok_or_else(|| {
        message(
            "「header_rows」がありません（読まないシートなら skip = true）",
            "`header_rows` is missing (or `skip = true`, if the sheet is not to be read)",
        )
    })?;
    let follow = rows.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    if !follow || rows.iter().any(|row| !(1..=ROWS).contains(row)) {
        return Err(message(
            format!(
                "「header_rows」の {rows:?} は使えません。[4, 5] のように、続いた行の番号を書いてください"
            ),
            format!("`header_rows` = {rows:?}: give the numbers of successive rows, as in [4, 5]"),
        ));
    }
    Ok((rows.first().map_or(0, |first| first - 1), rows.last().copied().unwrap_or(0)))
}

fn columns(template: &Template, table: &SheetTable) -> Result<BTreeMap<Slot, u32>, Message> {
    let mut columns = BTreeMap::new();
    for (key, column) in &table.columns {
        columns.insert(Slot::Field(field(template, ("「columns」", "`columns`"), key)?), column.0);
    }
    for (key, column) in &table.time_columns {
        columns.insert(Slot::Time(value(template, "time_columns", key, ("年度", "time"))?), column.0);
    }
    for (key, column) in &table.unit_columns {
        let of = if key == OF_ROW {
            None
        } else {
            Some(value(template, "unit_columns", key, ("単位", "unit"))?)
        };
        columns.insert(Slot::Unit(of), column.0);
    }
    for (code, column) in &table.mark_columns {
        let (field, id) = mark(template, ("「mark_columns」", "`mark_columns`"), code)?;
        columns.insert(Slot::Mark(field, id), column.0);
    }
    each_once(&columns)?;
    complete(template, &columns)?;
    Ok(columns)
}

/// The field with this key, which must hold values; `what` is what a text has not.
pub(super) fn value(
    template: &Template,
    table: &str,
    key: &str,
    what: (&str, &str),
) -> Result<Field, Message> {
    let found = field(template, (&format!("「{table}」"), &format!("`{table}`")), key)?;
    if template.field(found).kind != FieldKind::Value {
        return Err(message(
            format!("「{table}」の「{key}」は文字の項目なので、{}の列はありません", what.0),
            format!("`{table}`: the field `{key}` holds text and has no {}", what.1),
        ));
    }
    Ok(found)
}

/// The word of a vocabulary that is marked in a column: its code, after the key of its field where two fields have it.
pub(super) fn mark(
    template: &Template,
    (ja, en): (&str, &str),
    name: &str,
) -> Result<(Field, ChoiceId), Message> {
    let known: Vec<(String, (Field, ChoiceId))> = template
        .fields_of(FieldKind::Choice)
        .flat_map(|field| {
            let ids = (0..template.field(field).choices.len()).map(ChoiceId);
            ids.map(move |id| (template.mark_name(field, id), (field, id)))
        })
        .collect();
    known.iter().find(|(known, _)| known == name).map(|(_, mark)| *mark).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let meant = suggestion(name, &names);
        message(
            format!("{ja}のコード「{name}」は、区分（choices）にありません。{}", meant.ja),
            format!("{en}: no choice has the code `{name}`; {}", meant.en),
        )
    })
}

fn each_once(columns: &BTreeMap<Slot, u32>) -> Result<(), Message> {
    let mut taken: Vec<u32> = columns.values().copied().collect();
    taken.sort_unstable();
    match taken.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(pair) => {
            let letters = CellRef::column_letters(pair[0]);
            Err(message(
                format!(
                    "{letters}列が二つの項目に使われています（値と理由が同じセルにあるなら、値の項目だけに書いてください）"
                ),
                format!(
                    "column {letters} is given to two fields (if value and reason share a cell, give it to the value's field alone)"
                ),
            ))
        }
    }
}

/// Required fields have a column; a group may stand in rows of its own, a disposition in marks.
fn complete(template: &Template, columns: &BTreeMap<Slot, u32>) -> Result<(), Message> {
    let marked = |field| columns.keys().any(|slot| matches!(slot, Slot::Mark(of, _) if *of == field));
    let present = |field: Field| {
        columns.contains_key(&Slot::Field(field)) || matches!(field, Field::Group(_)) || marked(field)
    };
    let missing = template.all_fields().into_iter().find(|&f| template.field(f).required && !present(f));
    missing.map_or(Ok(()), |field| {
        let spec = template.field(field);
        Err(message(
            format!("「columns」に「{}」がありません（{}の列）", spec.key, spec.name()),
            format!("`columns` lacks `{}`, which is required", spec.key),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }, { code = "2", label = "修正" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [{ title = "指標", fields = ["indicator"], width = 20 }]
"#;

    fn sheets(entry: &str) -> Result<Vec<SheetSpec>, Message> {
        Template::parse("t", &format!("{BASE}[[sheets]]\n{entry}")).map(|template| template.sheets)
    }

    #[test]
    fn columns_are_named_by_letters() {
        for (letters, index) in [
            ("A", Some(0)),
            ("z", Some(25)),
            ("AA", Some(26)),
            ("XFD", Some(16_383)),
            ("XFE", None),
            ("ZZZZZZZZZZ", None),
            ("3", None),
            ("Ａ", None),
            ("", None),
        ] {
            assert_eq!(column_index(letters), index, "{letters}");
        }
    }

    #[test]
    fn an_entry_names_rows_and_columns() {
        let entry = "sheet = \"調*\"\nheader_rows = [4, 5]\ncolumns = { indicator = \"B\", target = \"C\" }\n\
                     time_columns = { target = \"D\" }\nunit_columns = { all = \"G\", target = \"H\" }\n\
                     mark_columns = { \"1\" = \"E\", \"2\" = \"F\" }";
        let columns = BTreeMap::from([
            (Slot::Field(Field::Entry(0)), 1),
            (Slot::Field(Field::Entry(3)), 2),
            (Slot::Time(Field::Entry(3)), 3),
            (Slot::Unit(None), 6),
            (Slot::Unit(Some(Field::Entry(3))), 7),
            (Slot::Mark(Field::Entry(4), ChoiceId(0)), 4),
            (Slot::Mark(Field::Entry(4), ChoiceId(1)), 5),
        ]);
        let form = SheetForm::Table { top: 3, end: 5, columns };
        assert_eq!(
            sheets(entry),
            Ok(vec![SheetSpec { file: "*".to_owned(), sheet: "調*".to_owned(), form }])
        );
        assert_eq!(sheets("skip = true").map(|s| s[0].form.clone()), Ok(SheetForm::Skipped));
    }

    #[test]
    fn slips_are_named() {
        let whole = "header_rows = [1]\ncolumns = { indicator = \"B\", target = \"C\", disposition = \"D\" }";
        assert!(sheets(whole).is_ok());
        for (from, to, said) in [
            (
                "header_rows",
                "heder_rows",
                "line 13: no such key or value `heder_rows`; did you mean `header_rows`?",
            ),
            ("header_rows = [1]", "", "[[sheets]], entry 1: `header_rows` is missing"),
            ("[1]", "[0]", "give the numbers of successive rows"),
            ("[1]", "[1, 3]", "give the numbers of successive rows"),
            ("indicator", "indicater", "`columns`: no field `indicater`; did you mean `indicator`?"),
            ("\"C\"", "\"3\"", "line 14: `columns = { indicator"),
            ("\"C\"", "\"XFE\"", "`XFE`: no column from A to XFD"),
            ("\"C\"", "\"B\"", "column B is given to two fields"),
            (", disposition = \"D\"", "", "`columns` lacks `disposition`"),
            ("header_rows", "skip = true\nheader_rows", "`skip = true` is not read"),
            ("header_rows", "time_columns = { reason = \"E\" }\nheader_rows", "holds text and has no time"),
            ("header_rows", "unit_columns = { reason = \"E\" }\nheader_rows", "holds text and has no unit"),
            ("header_rows", "mark_columns = { 9 = \"E\" }\nheader_rows", "no choice has the code `9`"),
        ] {
            let entry = whole.replace(from, to);
            let error = sheets(&entry).expect_err(&entry).en;
            assert!(error.contains(said), "{to}: {error}");
        }
    }
}
