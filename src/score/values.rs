//! Level 2, the values: numbers, omissions, names, choices, formulas.

use super::File;
use super::table::{Column, Kind, Table, is_of_code};
use super::text::{Number, fold, is_ditto, is_symbol, number};
use super::verdict::{Faults, Verdict, untold};
use crate::finding::{Message, message};
use std::collections::{BTreeMap, BTreeSet};

/// Longest text, in characters, that can be one of a set of choices.
const CHOICE: usize = 20;

/// L2-01
pub(super) fn numbers(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_numbers = false;
    for table in &file.tables {
        for column in table.of_kind(Kind::Number).filter(|column| !file.is_verbatim(table, column)) {
            has_numbers = true;
            for &(row, text) in &column.cells {
                if let Some(fault) = no_number(table, row, column.col, text) {
                    faults.at(table.place(), (row, column.col), Some(text), fault);
                }
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_numbers => no_columns_of_numbers(),
        verdict => verdict,
    }
}

/// What a cell of a column of numbers is instead.
fn no_number(table: &Table<'_>, row: u32, col: u32, text: &str) -> Option<Message> {
    // What a stored number shows, its format says.
    if table.facts.is_some_and(|facts| facts.cell(row, col).number) || is_symbol(text) {
        return None;
    }
    match number(text) {
        Some(Number::Plain) if table.facts.is_some() => {
            Some(message("文字として保存された数値", "a number stored as text"))
        }
        Some(Number::Plain) => None,
        Some(Number::Dressed) => Some(message(
            "桁区切り・単位・全角などを含む数値",
            "a number with commas, a unit or full-width digits",
        )),
        None => Some(message("数値の列に文字", "words in a column of numbers")),
    }
}

pub(super) fn no_columns_of_numbers() -> Verdict {
    Verdict::NotApplicable(message("数値の列がありません", "there are no columns of numbers"))
}

/// L2-02
pub(super) fn nothing_omitted(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        for column in &table.columns {
            for (row, text) in column.cells.iter().filter(|(_, text)| is_ditto(text)) {
                let fault = message("上や左と同じという印", "a ditto mark");
                faults.at(table.place(), (*row, column.col), Some(text), fault);
            }
        }
        let Some(first) = table.filled().next() else { continue };
        let filled: BTreeSet<u32> = first.cells.iter().map(|(row, _)| *row).collect();
        // Each name stands for the rows below it, so most blanks follow a name, and names differ from their neighbours.
        let is_sparse = first.kind == Kind::Text && filled.len() >= 2 && filled.len() < table.records.len();
        let names = first.cells.windows(2).all(|pair| pair[0].1 != pair[1].1);
        let begins = table.records.first().is_some_and(|row| filled.contains(&row.index));
        if is_sparse && names && begins {
            for row in table.records.iter().filter(|row| !filled.contains(&row.index)) {
                let fault = message("上の行と同じ値の省略", "left out because it is as above");
                faults.at(table.place(), (row.index, first.col), None, fault);
            }
        }
    }
    faults.verdict()
}

/// L2-03
pub(super) fn unique_names(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        let mut seen = BTreeSet::new();
        for column in table.columns.iter().filter(|column| !column.heading.is_empty()) {
            if !seen.insert(fold(&column.heading)) {
                let fault = message("同じ項目名がほかの列にもある", "another column has this name");
                faults.at(table.place(), table.heading_cell(column.col), Some(&column.heading), fault);
            }
        }
    }
    faults.verdict()
}

/// A column whose values are choices: short texts, each of which occurs three times on average.
pub(super) fn is_of_choices(column: &Column<'_>) -> bool {
    let distinct: BTreeSet<&str> = column.cells.iter().map(|(_, text)| *text).collect();
    let short = distinct.iter().all(|text| text.chars().count() <= CHOICE);
    column.kind == Kind::Text && short && column.cells.len() >= 6 && distinct.len() * 3 <= column.cells.len()
}

/// L2-04
pub(super) fn standard_choices(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_choices = false;
    for table in &file.tables {
        for column in table.filled() {
            let stated = file.package.field(table.place(), &column.heading).map(|field| &field.choices);
            if let Some(choices) = stated.filter(|choices| !choices.is_empty()) {
                has_choices = true;
                for (row, text) in column.cells.iter().filter(|(_, text)| !choices.contains(*text)) {
                    let fault = message("選択肢の一覧にない", "not among the stated choices");
                    faults.at(table.place(), (*row, column.col), Some(text), fault);
                }
            } else if is_of_choices(column) {
                has_choices = true;
                variants(table, column, &mut faults);
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_choices => {
            Verdict::NotApplicable(message("選択肢の列がありません", "there are no columns of choices"))
        }
        verdict => verdict,
    }
}

/// The rarer spellings of what is one word when folded.
fn variants(table: &Table<'_>, column: &Column<'_>, faults: &mut Faults) {
    let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for (_, text) in &column.cells {
        *spellings.entry(fold(text)).or_default().entry(text).or_default() += 1;
    }
    for spellings in spellings.values().filter(|spellings| spellings.len() > 1) {
        let usual = spellings.iter().max_by_key(|(_, count)| **count).map_or("", |(text, _)| text);
        for (row, text) in
            column.cells.iter().filter(|(_, text)| *text != usual && spellings.contains_key(text))
        {
            let fault = message(format!("「{usual}」と表記が違う"), format!("spelt unlike `{usual}`"));
            faults.at(table.place(), (*row, column.col), Some(text), fault);
        }
    }
}

/// L2-05
pub(super) fn other_apart(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_other = false;
    for table in &file.tables {
        for column in table.of_kind(Kind::Text) {
            for (row, text) in &column.cells {
                let Some(rest) = fold(text).strip_prefix("その他").map(str::to_owned) else { continue };
                let is_mixed =
                    rest.starts_with(['(', ':', '・', '-', '[', '「', ',', '、']) && rest.chars().count() > 1;
                has_other |= is_mixed || rest.is_empty();
                if is_mixed {
                    let fault =
                        message("「その他」と内容が1つのセルにある", "“other” and what it is in one cell");
                    faults.at(table.place(), (*row, column.col), Some(text), fault);
                }
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_other => {
            Verdict::NotApplicable(message("「その他」の値がありません", "no value is “other” (その他)"))
        }
        verdict => verdict,
    }
}

/// L2-06
pub(super) fn no_formulas(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let fault = || message("数式", "a formula");
    if file.is_text() {
        for table in &file.tables {
            for (cell, text) in table.cells().filter(|(_, text)| text.len() > 1 && text.starts_with('=')) {
                faults.at(table.place(), cell, Some(text), fault());
            }
        }
        return faults.verdict();
    }
    let Some(sheets) = &file.subject.survey.sheets else { return untold(&file.subject.survey) };
    for sheet in &file.subject.sheets {
        let facts = sheet.place.sheet.as_ref().and_then(|name| sheets.get(name));
        let cells = facts.into_iter().flat_map(|facts| &facts.cells);
        for (&(row, col), _) in cells.filter(|(_, cell)| cell.formula) {
            faults.at(&sheet.place, (row, col), sheet.text(row, col), fault());
        }
    }
    faults.verdict()
}

/// Whether a folded heading is that of a code or a class with names to look up, not of a running number.
pub(super) fn is_of_listed_code(heading: &str) -> bool {
    let name = heading.split(['(', '[']).next().unwrap_or(heading);
    let is_code = name.ends_with("コード")
        || name.split(|c: char| !c.is_ascii_alphanumeric()).next_back() == Some("code");
    let other = [
        "郵便",
        "団体",
        "自治体",
        "市区町村",
        "都道府県",
        "地方公共団体",
        "地域",
        "文字コード",
        "postal",
        "area",
        "municipality",
        "法人番号",
    ];
    is_code && is_of_code(heading) && !other.iter().any(|word| heading.contains(word))
}
