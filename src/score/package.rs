//! What comes along with a file and explains it: the description of a data package, a dictionary of columns, lists
//! of codes. They are known by their content, so that any city's package can be judged:
//!
//! K1 `datapackage.json` is a Frictionless data package: its resources name files, their encoding, their fields;
//! K2 a table with a column of names (項目名, column, field …) and a column of descriptions (説明, 定義,
//!    description …) is a dictionary; it may have units, types and the names of files;
//! K3 a table with a column of codes (コード, code, value …) and another of at least two columns is a list of codes.

use super::table::{Column, Kind, Table};
use super::text::fold;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// All that comes along.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// By the folded names of a file (or nothing) and of a column.
    fields: BTreeMap<(String, String), Described>,
    /// Columns of lists of codes, with where they stand.
    codes: Vec<CodeList>,
    /// Everything that is said in words.
    said: Vec<String>,
    /// Encodings by the folded names of files.
    encodings: BTreeSet<String>,
    missing_values: BTreeSet<String>,
    pub(super) has_date: bool,
    pub(super) has_history: bool,
}

/// What is said of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Described {
    pub(super) description: String,
    pub(super) unit: String,
    /// Its choices, if it is said which there are.
    pub(super) choices: BTreeSet<String>,
}

/// A column of a table that lists codes.
#[derive(Debug)]
struct CodeList {
    file: String,
    sheet: Option<String>,
    values: BTreeSet<String>,
}

const NAMES: [&str; 9] = ["項目名", "列名", "項目", "カラム", "column", "field", "name", "物理名", "変数名"];
const DESCRIPTIONS: [&str; 6] = ["説明", "定義", "内容", "description", "definition", "意味"];
const CODES: [&str; 6] = ["コード", "code", "value", "値", "記号", "符号"];
const DATES: [&str; 8] =
    ["created", "updated", "modified", "version", "作成日", "更新日", "公開日", "改訂日"];
const HISTORY: [&str; 6] = ["history", "changes", "changelog", "履歴", "変更", "改定"];

impl Package {
    /// Adds a JSON file, if it describes a package (K1).
    pub(super) fn add_json(&mut self, bytes: &[u8]) {
        let Ok(Value::Object(package)) =
            serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        else {
            return;
        };
        let Some(Value::Array(resources)) = package.get("resources") else { return };
        for (key, value) in &package {
            self.note_key(key, value);
        }
        for resource in resources {
            let file = fold(base(resource["path"].as_str().unwrap_or_default()));
            if resource["encoding"].is_string() {
                self.encodings.insert(file.clone());
            }
            for (key, value) in resource.as_object().into_iter().flatten() {
                self.note_key(key, value);
            }
            let schema = &resource["schema"];
            let stated = [&resource["missingValues"], &schema["missingValues"]];
            let missing = stated.into_iter().filter_map(Value::as_array).flatten();
            self.missing_values.extend(
                missing.filter_map(|m| m.as_str().or_else(|| m["value"].as_str())).map(str::to_owned),
            );
            for field in schema["fields"].as_array().into_iter().flatten() {
                self.add_field(&file, field);
            }
        }
        collect_texts(&Value::Object(package), &mut self.said);
    }

    fn note_key(&mut self, key: &str, value: &Value) {
        let is_said = !matches!(value, Value::Null) && value.as_str().is_none_or(|text| !text.is_empty());
        let key = fold(key);
        self.has_date |= is_said && DATES.iter().any(|word| key.contains(word));
        self.has_history |= is_said && HISTORY.iter().any(|word| key.contains(word));
    }

    fn add_field(&mut self, file: &str, field: &Value) {
        let text = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
        let unit = field.as_object().into_iter().flatten().find(|(key, _)| fold(key).contains("unit"));
        let choices = [&field["constraints"]["enum"], &field["categories"]];
        let choices = choices.into_iter().filter_map(Value::as_array).flatten();
        let described = Described {
            description: text("description"),
            unit: unit.and_then(|(_, unit)| unit.as_str()).unwrap_or_default().to_owned(),
            choices: choices
                .filter_map(|c| c.as_str().or_else(|| c["value"].as_str()))
                .map(str::to_owned)
                .collect(),
        };
        for name in [text("name"), text("title")].iter().filter(|name| !name.is_empty()) {
            self.fields.insert((file.to_owned(), fold(name)), described.clone());
        }
    }

    /// Adds a table, if it is a dictionary (K2) or a list of codes (K3); of the file itself, what its notes say.
    pub(super) fn add_table(&mut self, table: &Table<'_>, is_own: bool) {
        let find = |words: &[&str], not: Option<u32>| {
            let candidates = || table.columns.iter().filter(move |column| Some(column.col) != not);
            let is = |column: &&Column<'_>, word: &str| fold(&column.heading) == word;
            let exact = words.iter().find_map(|word| candidates().find(|column| is(column, word)));
            exact.or_else(|| {
                candidates().find(|column| words.iter().any(|word| fold(&column.heading).contains(word)))
            })
        };
        let mut explains = is_own;
        if let Some(descriptions) = find(&DESCRIPTIONS, None)
            && let Some(names) = find(&NAMES, Some(descriptions.col))
        {
            explains = true;
            let other = |words: &[&str]| find(words, Some(names.col)).map(|column| column.col);
            let columns = [
                Some(descriptions.col),
                other(&["単位", "unit"]),
                other(&["ファイル", "file", "resource", "path", "表名"]),
            ];
            for &(row, name) in &names.cells {
                let [description, unit, file] =
                    columns.map(|col| col.and_then(|col| table.sheet.text(row, col)).unwrap_or_default());
                let described = Described {
                    description: description.to_owned(),
                    unit: unit.to_owned(),
                    ..Described::default()
                };
                let file = fold(base(file));
                self.fields.entry((String::new(), fold(name))).or_insert_with(|| described.clone());
                self.fields.entry((file, fold(name))).or_insert(described);
            }
            self.has_history |= find(&HISTORY, None).is_some_and(|column| !column.cells.is_empty());
            // Labels of the same columns in another notation.
            for titles in table.columns.iter().filter(|c| {
                ["title", "label", "論理名", "日本語名", "表示名"]
                    .iter()
                    .any(|word| fold(&c.heading).contains(word))
            }) {
                for &(row, title) in &titles.cells {
                    let description = table.sheet.text(row, descriptions.col).unwrap_or_default().to_owned();
                    let described = Described { description, ..Described::default() };
                    self.fields.entry((String::new(), fold(title))).or_insert(described);
                }
            }
        }
        let is_of_codes = |column: &Column<'_>| CODES.iter().any(|word| fold(&column.heading).contains(word));
        let has_amounts = table.of_kind(Kind::Number).any(|column| !is_of_codes(column));
        let is_codes =
            (2..=8).contains(&table.columns.len()) && table.columns.iter().any(is_of_codes) && !has_amounts;
        if is_codes {
            explains = true;
            let place = table.place();
            self.codes.extend(table.columns.iter().map(|column| CodeList {
                file: place.file.clone(),
                sheet: place.sheet.clone(),
                values: column.cells.iter().map(|(_, text)| (*text).to_owned()).collect(),
            }));
        }
        if explains {
            let words = || table.cells().map(|(_, text)| text);
            let is_date = |text: &str| {
                text.chars().count() < 30 && DATES.iter().any(|word| fold(text).starts_with(word))
            };
            self.has_date |= words().any(is_date);
            self.said.extend(words().map(str::to_owned));
        }
    }

    /// What is said of a column of a file.
    pub(super) fn field(&self, file: &str, heading: &str) -> Option<&Described> {
        let heading = fold(heading);
        let file = fold(base(file));
        self.fields.get(&(file, heading.clone())).or_else(|| self.fields.get(&(String::new(), heading)))
    }

    /// Whether the column is said to hold texts exactly as their source has them.
    pub(super) fn is_verbatim(&self, file: &str, heading: &str) -> bool {
        let words = ["原文", "原表記", "元の表記", "verbatim", "aswritten", "asprinted", "rawtext"];
        self.field(file, heading).is_some_and(|field| {
            let description = fold(&field.description);
            words.iter().any(|word| description.contains(word))
        })
    }

    /// Whether every value is in one list of codes elsewhere than on the sheet itself.
    pub(super) fn lists(&self, table: &Table<'_>, values: &BTreeSet<&str>) -> bool {
        let place = table.place();
        let elsewhere = |list: &&CodeList| list.file != place.file || list.sheet != place.sheet;
        let has_all = |list: &CodeList| values.iter().all(|value| list.values.contains(*value));
        self.codes.iter().filter(elsewhere).any(has_all)
    }

    /// Whether a sign is explained.
    pub(super) fn defines(&self, symbol: &str) -> bool {
        self.missing_values.contains(symbol) || self.said.iter().any(|text| explains(text, symbol))
    }

    /// Whether the file's encoding is stated.
    pub(super) fn states_encoding(&self, file: &str) -> bool {
        let by_name = |text: &String| {
            let text = fold(text);
            ["utf-8", "utf8", "shift_jis", "cp932", "文字コード"].iter().any(|word| text.contains(word))
        };
        self.encodings.contains(&fold(base(file))) || self.said.iter().any(by_name)
    }
}

/// Whether a text says what a sign means: the sign in quotes, or before a colon or the like.
pub(super) fn explains(text: &str, symbol: &str) -> bool {
    let is_longer = text.chars().count() >= symbol.chars().count() + 3;
    let quotes = [("「", "」"), ("『", "』"), ("“", "”"), ("\"", "\""), ("`", "`"), ("'", "'"), ("（", "）")];
    let quoted = quotes.iter().any(|(open, close)| text.contains(&format!("{open}{symbol}{close}")));
    let rest = text.trim_start_matches(['※', ' ', '　', '注', '）']).strip_prefix(symbol);
    let joints = ["：", ":", "は", "＝", "=", " ", "　", "…"];
    let leads = rest.is_some_and(|rest| joints.iter().any(|joint| rest.starts_with(joint)));
    is_longer && (quoted || leads)
}

fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(values) => values.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}
