//! What comes along with a file and explains it: the description of a data package, a dictionary of columns, lists
//! of codes. They are known by their content, so that any city's package can be judged:
//!
//! K1 `datapackage.json` is a Frictionless data package: its resources name files, their encoding, their fields;
//! K2 a table with a column of names (項目名, column, field …) and a column of descriptions (説明, 定義,
//!    description …) is a dictionary; it may have units, types and the names of files;
//! K3 a table with a column of codes (コード, code, value …) and another of at least two columns is a list of codes.

use super::table::{Column, Kind, Table};
use super::text::fold;
use crate::model::Place;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// All that comes along.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// By the folded names of a file or table (nothing if none is stated; [`ANYWHERE`]) and of a column.
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
    /// The name for people.
    title: String,
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

/// Stands for any file.
const ANYWHERE: &str = "*";
const NAMES: [&str; 9] = ["項目名", "列名", "項目", "カラム", "column", "field", "name", "物理名", "変数名"];
const DESCRIPTIONS: [&str; 6] = ["説明", "定義", "内容", "description", "definition", "意味"];
const TITLES: [&str; 5] = ["title", "label", "論理名", "日本語名", "表示名"];
const UNITS: [&str; 2] = ["単位", "unit"];
const FILES: [&str; 5] = ["ファイル", "表名", "file", "table", "resource"];
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
            title: text("title"),
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
        let explains = [self.add_dictionary(table), self.add_codes(table), is_own].contains(&true);
        if explains {
            let words = || table.cells().map(|(_, text)| text);
            let begins = |text: &str| DATES.iter().any(|word| text.starts_with(word));
            self.has_date |= words().any(|text| text.chars().count() < 30 && begins(&fold(text)));
            self.said.extend(words().filter(|text| could_explain(text)).map(str::to_owned));
        }
    }

    fn add_dictionary(&mut self, table: &Table<'_>) -> bool {
        let Some(descriptions) = find(table, &DESCRIPTIONS, None) else { return false };
        let Some(names) = find(table, &NAMES, Some(descriptions)) else { return false };
        let columns = [Some(descriptions)]
            .into_iter()
            .chain([&TITLES[..], &UNITS, &FILES].map(|words| find(table, words, Some(names))))
            .collect::<Vec<_>>();
        for row in &table.records {
            let said = |at: usize| columns[at].and_then(|col| row.text(col)).unwrap_or_default().to_owned();
            let described =
                Described { description: said(0), title: said(1), unit: said(2), ..Described::default() };
            let file = fold(base(&said(3)));
            for name in
                [row.text(names).unwrap_or_default(), &described.title].into_iter().filter(|n| !n.is_empty())
            {
                for file in [&file, ANYWHERE] {
                    self.fields.entry((file.to_owned(), fold(name))).or_insert_with(|| described.clone());
                }
            }
        }
        self.has_history |= find(table, &HISTORY, None).is_some();
        true
    }

    fn add_codes(&mut self, table: &Table<'_>) -> bool {
        let is_of_codes = |column: &Column<'_>| CODES.iter().any(|word| fold(&column.heading).contains(word));
        let has_amounts = table.of_kind(Kind::Number).any(|column| !is_of_codes(column));
        let is_list = (2..=8).contains(&table.columns.len()) && table.columns.iter().any(is_of_codes);
        if is_list && !has_amounts {
            let place = table.place();
            self.codes.extend(table.columns.iter().map(|column| CodeList {
                file: place.file.clone(),
                sheet: place.sheet.clone(),
                values: column.cells.iter().map(|(_, text)| (*text).to_owned()).collect(),
            }));
        }
        is_list && !has_amounts
    }

    /// What is said of a column: under the name of its file, with or without the ending, or of its sheet; else
    /// of one of that name elsewhere.
    pub(super) fn field(&self, place: &Place, heading: &str) -> Option<&Described> {
        self.own_field(place, heading).or_else(|| self.fields.get(&(ANYWHERE.to_owned(), fold(heading))))
    }

    fn own_field(&self, place: &Place, heading: &str) -> Option<&Described> {
        let file = base(&place.file);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let names = [Some(file), Some(stem), place.sheet.as_deref(), Some("")];
        names.into_iter().flatten().find_map(|name| self.fields.get(&(fold(name), fold(heading))))
    }

    /// Whether it is said that this very table has such a column, and what it holds.
    pub(super) fn names(&self, place: &Place, heading: &str) -> bool {
        self.own_field(place, heading).is_some_and(|field| !field.description.is_empty())
    }

    /// Whether the column is said to hold words as their source has them: they stand beside the data that were
    /// read from them. What is said of a column of the same name elsewhere does not count.
    pub(super) fn is_verbatim(&self, place: &Place, heading: &str) -> bool {
        let words = ["原文", "原表記", "文言", "表記のまま", "verbatim", "wording", "as written"].map(fold);
        self.own_field(place, heading).is_some_and(|field| {
            let said = [fold(heading), fold(&field.title), fold(&field.description)];
            words.iter().any(|word| said.iter().any(|said| said.contains(word.as_str())))
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
        self.encodings.contains(&fold(base(file))) || self.said.iter().any(|text| is_encoding(text))
    }
}

/// The column whose heading is one of the words, or has one in it; the first word counts most.
fn find(table: &Table<'_>, words: &[&str], not: Option<u32>) -> Option<u32> {
    // The name of a table or a file is no column's.
    let is_of_files = |text: &str| FILES.iter().any(|word| text.contains(word));
    let is = |heading: &str, word: &str| heading == word;
    let has =
        |heading: &str, word: &str| heading.contains(word) && (!is_of_files(heading) || is_of_files(word));
    let first = |fits: &dyn Fn(&str, &str) -> bool| {
        let columns = || table.columns.iter().filter(|column| Some(column.col) != not);
        words.iter().find_map(|word| columns().find(|column| fits(&fold(&column.heading), word)))
    };
    first(&is).or_else(|| first(&has)).map(|column| column.col)
}

/// Whether a text is more than a value: one that explains something says it in more words than one.
fn could_explain(text: &str) -> bool {
    text.chars().count() >= 4 && text.chars().any(|c| !c.is_alphanumeric() || c == 'は') || is_encoding(text)
}

/// Whether a text names an encoding.
fn is_encoding(text: &str) -> bool {
    let text = fold(text);
    ["utf-8", "utf8", "shift_jis", "cp932", "文字コード"].iter().any(|word| text.contains(word))
}

/// Whether a text says what a sign means: the sign in quotes, or before a colon or the like.
pub(super) fn explains(text: &str, symbol: &str) -> bool {
    let is_longer = text.chars().count() >= symbol.chars().count() + 3;
    let pairs = [("「", "」"), ("『", "』"), ("“", "”"), ("\"", "\""), ("`", "`"), ("'", "'"), ("（", "）")];
    let quoted = pairs.iter().any(|(open, close)| text.contains(&format!("{open}{symbol}{close}")));
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
