//! Level 3, the meaning: codes, symbols, units, differences between years, definitions.

use super::File;
use super::table::{Column, Kind, Table, is_of_code, is_of_time};
use super::text::{Time, fold, is_symbol, time};
use super::values::{is_of_listed_code, no_columns_of_numbers};
use super::verdict::{Faults, Verdict};
use crate::finding::message;
use crate::model::Origin;
use std::collections::{BTreeMap, BTreeSet};

/// L3-02
pub(super) fn code_table(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_codes = false;
    for table in &file.tables {
        for column in table.filled().filter(|column| is_of_listed_code(&fold(&column.heading))) {
            let values: BTreeSet<&str> = column.cells.iter().map(|(_, text)| *text).collect();
            if values.len() > 1 && table.filled().count() <= 6 && is_key(table, column) {
                continue;
            }
            has_codes = true;
            let stated = file.package.field(table.place(), &column.heading).map(|field| &field.choices);
            let has_choices =
                stated.is_some_and(|choices| values.iter().all(|value| choices.contains(*value)));
            if !has_choices && !file.package.lists(table, &values) {
                let fault = message("コードの一覧が見つからない", "no list has all these codes");
                faults.at(table.place(), table.heading_cell(column.col), Some(&column.heading), fault);
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_codes => {
            Verdict::NotApplicable(message("コードの列がありません", "there are no columns of codes"))
        }
        verdict => verdict,
    }
}

/// Whether codes are the key of their table, which then is the list itself: each stands there once, or once under each
/// name of a list in the first column.
fn is_key(table: &Table<'_>, codes: &Column<'_>) -> bool {
    let each: BTreeSet<&str> = codes.cells.iter().map(|(_, text)| *text).collect();
    if each.len() == codes.cells.len() {
        return true;
    }
    let Some(lists) = table.filled().next().filter(|first| first.col != codes.col) else { return false };
    let names: BTreeMap<u32, &str> = lists.cells.iter().copied().collect();
    let distinct: BTreeSet<&str> = names.values().copied().collect();
    let pairs: BTreeSet<_> = codes.cells.iter().map(|(row, text)| (names.get(row), *text)).collect();
    // A name that stands once is a key itself, and what stands beside it says something of it.
    pairs.len() == codes.cells.len() && distinct.len() * 2 <= names.len()
}

/// L3-03
pub(super) fn symbols_defined(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_symbols = false;
    for table in &file.tables {
        for column in table.filled().filter(|column| !file.is_verbatim(table, column)) {
            for (row, text) in column.cells.iter().filter(|(_, text)| is_symbol(text)) {
                has_symbols = true;
                let symbol = text.trim();
                if !file.defined.contains(symbol) {
                    let fault = message(
                        format!("「{symbol}」の意味が書かれていない"),
                        format!("`{symbol}` is not explained"),
                    );
                    faults.at(table.place(), (*row, column.col), Some(text), fault);
                }
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_symbols => {
            Verdict::NotApplicable(message("記号だけのセルがありません", "no cell is a lone symbol"))
        }
        verdict => verdict,
    }
}

/// L3-04
pub(super) fn units(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_numbers = false;
    for table in &file.tables {
        let around =
            table.others.iter().flat_map(|row| &row.cells).any(|cell| fold(&cell.text).contains("単位"));
        let has_column = table.columns.iter().any(|column| is_of_units(&column.heading));
        for column in table.of_kind(Kind::Number).filter(|column| needs_unit(column)) {
            has_numbers = true;
            let field = file.package.field(table.place(), &column.heading);
            let stated = field.is_some_and(|field| !field.unit.is_empty());
            if !(around || has_column || stated || names_unit(&column.heading) || all_dressed(column)) {
                let fault = message("単位が分からない", "its unit is not stated");
                faults.at(table.place(), table.heading_cell(column.col), Some(&column.heading), fault);
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_numbers => no_columns_of_numbers(),
        verdict => verdict,
    }
}

fn is_of_units(heading: &str) -> bool {
    let heading = fold(heading);
    heading.contains("単位") || heading.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "unit")
}

/// Years, codes, running numbers and coordinates have no unit.
fn needs_unit(column: &Column<'_>) -> bool {
    let heading = fold(&column.heading);
    let free = [
        "緯度",
        "経度",
        "順位",
        "指数",
        "番号",
        "連番",
        "通番",
        "latitude",
        "longitude",
        "rank",
        "index",
        "lat",
        "lon",
        "lng",
        "order",
    ];
    // A heading that states a time stands over values: `令和2年度`, not `年度`.
    let states_time = heading.contains(|c: char| c.is_ascii_digit()) || heading.contains("元年");
    !heading.is_empty()
        && (states_time || !is_of_time(&heading))
        && !is_of_code(&heading)
        && !free.iter().any(|word| heading.contains(word))
}

/// `人口（人）`, `件数`, `visitor_count`, `rate_percent`, and `自然増減数` over `人`.
fn names_unit(heading: &str) -> bool {
    let folded = fold(heading);
    let brackets = folded.split_once(['(', '[']).is_some_and(|(_, rest)| !rest.starts_with([')', ']']));
    let counted = [
        "件数",
        "人数",
        "回数",
        "戸数",
        "台数",
        "枚数",
        "冊数",
        "社数",
        "店数",
        "校数",
        "園数",
        "棟数",
        "世帯数",
        "日数",
        "年数",
        "箇所数",
        "か所数",
        "点数",
        "者数",
        "員数",
        "口数",
        "団体数",
        "人口",
        "年齢",
        "金額",
        "定員",
        "%",
    ];
    let below =
        ["人", "世帯", "件", "円", "千円", "百万円", "億円", "戸", "台", "ha", "m2", "km", "km2", "t"];
    let (_, last) = heading.rsplit_once(' ').unwrap_or_default();
    let words = [
        "count",
        "number",
        "percent",
        "yen",
        "jpy",
        "days",
        "years",
        "hours",
        "minutes",
        "age",
        "population",
    ];
    let is_word = |word: &&str| folded.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == *word);
    brackets
        || below.contains(&fold(last).as_str())
        || counted.iter().any(|word| folded.contains(word))
        || words.iter().any(is_word)
}

/// Every value brings its unit: that is the matter of another rule.
fn all_dressed(column: &Column<'_>) -> bool {
    let bare = |text: &str| !fold(text).contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '¥' | '°'));
    column.cells.iter().all(|(_, text)| is_symbol(text) || !bare(text))
}

/// L3-07
pub(super) fn years_compared(file: &File<'_>) -> Verdict {
    let years: BTreeSet<String> = file.tables.iter().flat_map(years_of).collect();
    if years.len() < 2 {
        return Verdict::NotApplicable(message(
            "複数の年のデータではありません",
            "the data is not of several years",
        ));
    }
    if file.package.has_history {
        return Verdict::Pass;
    }
    Verdict::CannotTell(message(
        "年による定義や区分の違いについて、添えられた説明がありません",
        "nothing that comes along says how definitions differ between years",
    ))
}

/// The years that a table has data of, as far as it says so.
fn years_of(table: &Table<'_>) -> BTreeSet<String> {
    let year = |text: &str| {
        time(text)
            .map(|form| if form < Time::Era { fold(text).chars().take(4).collect() } else { fold(text) })
    };
    let headings = table.columns.iter().filter_map(|column| year(&column.heading));
    let cells =
        table.of_kind(Kind::Time).flat_map(|column| column.cells.iter().filter_map(|(_, text)| year(text)));
    headings.chain(cells).collect()
}

/// L3-08
pub(super) fn definitions(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    // A lone column is a list or prose, and says what it is.
    for table in file.tables.iter().filter(|table| table.columns.len() > 1) {
        for column in table.filled().filter(|column| !column.heading.is_empty()) {
            let field = file.package.field(table.place(), &column.heading);
            if field.is_none_or(|field| field.description.is_empty()) {
                let fault = message("項目の説明がない", "the column is not explained");
                faults.at(table.place(), table.heading_cell(column.col), Some(&column.heading), fault);
            }
        }
    }
    let place = Origin::of_file(&file.subject.file).place;
    if !file.package.has_date {
        faults.of(&place, message("作成・更新の日付や版が書かれていない", "no date or version is stated"));
    }
    if file.is_text() && !file.package.states_encoding(&file.subject.file) {
        faults.of(&place, message("文字コードが書かれていない", "the encoding is not stated"));
    }
    faults.verdict()
}
