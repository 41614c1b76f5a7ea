//! Level 3, the axes: where the header is, times, areas, and whether times run down or across.

use super::File;
use super::table::{Column, Kind, Table};
use super::text::{Time, fold, time};
use super::verdict::{Faults, Verdict};
use crate::finding::message;
use crate::model::area_check_digit;
use std::collections::BTreeMap;

/// L3-01
pub(super) fn header_first(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        let at = (table.header.start, table.columns.first().map_or(0, |column| column.col));
        let text = table.sheet.text(at.0, at.1);
        if table.header.start > 0 {
            faults.at(table.place(), at, text, message("見出しが1行目でない", "the header is not in row 1"));
        } else if table.header.len() > 1 {
            faults.at(table.place(), at, text, message("見出しが2行以上ある", "the header has several rows"));
        } else if at.1 > 0 {
            faults.at(
                table.place(),
                at,
                text,
                message("表がA列から始まらない", "the table does not begin in column A"),
            );
        }
    }
    faults.verdict()
}

/// L3-05
pub(super) fn time_axis(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_times = false;
    for table in &file.tables {
        for column in &table.columns {
            if let Some(form) = time_in_heading(&column.heading) {
                has_times = true;
                if form >= Time::Era {
                    let fault = message(
                        "見出しの時間が和暦だけか2桁の年",
                        "a time in the heading without its full Western year",
                    );
                    faults.at(table.place(), table.heading_cell(column.col), Some(&column.heading), fault);
                }
            }
            if column.kind == Kind::Time && !file.is_verbatim(table, column) {
                has_times = true;
                forms(table, column, &mut faults);
            }
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_times => {
            Verdict::NotApplicable(message("時間の列がありません", "there are no columns of times"))
        }
        verdict => verdict,
    }
}

/// A time that a heading states by itself, or before or behind other words.
fn time_in_heading(heading: &str) -> Option<Time> {
    let parts = || heading.split(['\n', ' ', '　', '（', '）', '(', ')']).filter(|part| !part.is_empty());
    let all: Vec<Time> = time(heading).into_iter().chain(parts().filter_map(time)).collect();
    all.into_iter().min()
}

fn forms(table: &Table<'_>, column: &Column<'_>, faults: &mut Faults) {
    let mut counts: BTreeMap<Time, usize> = BTreeMap::new();
    let stored = |row| table.facts.is_some_and(|facts| facts.cell(row, column.col).number);
    // A date that is stored as one is shown in whatever way.
    let told = |row: u32, text: &str| {
        time(text).map(|form| if stored(row) && form != Time::Year { Time::Iso } else { form })
    };
    for &(row, text) in &column.cells {
        *counts.entry(told(row, text).unwrap_or(Time::Unclear)).or_default() += 1;
    }
    let usual = counts.iter().max_by_key(|(_, count)| **count).map(|(form, _)| *form);
    for &(row, text) in column.cells.iter().filter(|(_, text)| !super::text::is_symbol(text)) {
        let fault = match told(row, text) {
            Some(Time::Era) => message("和暦だけの時間", "a time of an era alone"),
            Some(Time::Unclear) => {
                message("年が4桁の西暦でない、または月日が先の時間", "a time without a full year in front")
            }
            None => message("時間の列に、時間でない文字", "words in a column of times"),
            form if form != usual => {
                message("列のほかと形式が違う時間", "a time in another form than the rest")
            }
            Some(_) => continue,
        };
        faults.at(table.place(), (row, column.col), Some(text), fault);
    }
}

/// L3-06
pub(super) fn area_codes(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut has_areas = false;
    for table in &file.tables {
        let Some(areas) = table.filled().find(|column| is_of_areas(column)) else { continue };
        has_areas = true;
        let at = table.heading_cell(areas.col);
        let Some(codes) = table.filled().find(|column| is_of_area_codes(column)) else {
            let fault = message("地域コードの列がない", "no column of area codes");
            faults.at(table.place(), at, Some(&areas.heading), fault);
            continue;
        };
        let has_six = codes.cells.iter().any(|(_, text)| text.len() == 6 && is_area_code(text));
        for (row, text) in &codes.cells {
            let fault = if !is_area_code(text) {
                message("全国地方公共団体コードでない", "no code of a local government")
            } else if has_six && text.len() == 5 {
                message("6桁のコードの中に5桁のもの", "a code of five digits among those of six")
            } else {
                continue;
            };
            faults.at(table.place(), (*row, codes.col), Some(text), fault);
        }
    }
    match faults.verdict() {
        Verdict::Pass if !has_areas => {
            Verdict::NotApplicable(message("地域の名前の列がありません", "there are no columns of areas"))
        }
        verdict => verdict,
    }
}

/// A column of names of prefectures or municipalities.
fn is_of_areas(column: &Column<'_>) -> bool {
    let heading = fold(&column.heading);
    let names =
        ["都道府県", "市区町村", "市町村", "自治体", "団体名", "地方公共団体", "municipality", "prefecture"];
    let ends = |text: &str| text.trim().ends_with(['都', '道', '府', '県', '市', '区', '町', '村']);
    let areas = column.cells.iter().filter(|(_, text)| ends(text) && text.chars().count() <= 14).count();
    column.kind == Kind::Text
        && names.iter().any(|name| heading.contains(name))
        && areas * 2 > column.cells.len()
}

fn is_of_area_codes(column: &Column<'_>) -> bool {
    let heading = fold(&column.heading);
    let is_code = heading.contains("コード") || heading.contains("code");
    let of_area = [
        "団体",
        "自治体",
        "市区町村",
        "市町村",
        "都道府県",
        "地域",
        "地方公共団体",
        "area",
        "municipality",
        "prefecture",
        "lg",
    ];
    is_code && of_area.iter().any(|word| heading.contains(word))
}

/// Two, five or six digits, of which the first two are a prefecture; the sixth checks the others.
fn is_area_code(text: &str) -> bool {
    let Some(digits) = text.chars().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let of_prefecture = |ten: u32, one: u32| (1..=47).contains(&(ten * 10 + one));
    match digits[..] {
        [ten, one] | [ten, one, _, _, _] => of_prefecture(ten, one),
        [ten, one, .., check] if digits.len() == 6 => {
            of_prefecture(ten, one) && area_check_digit(&digits) == check
        }
        _ => false,
    }
}

/// L3-09
pub(super) fn long_form(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        let mut alike: BTreeMap<(bool, String), Vec<&Column<'_>>> = BTreeMap::new();
        for column in &table.columns {
            if let Some(key) = key(&column.heading) {
                alike.entry(key).or_default().push(column);
            }
        }
        for ((is_time, _), columns) in &alike {
            if columns.len() < if *is_time { 2 } else { 3 } {
                continue;
            }
            for column in columns {
                let fault = if *is_time {
                    message("時間だけが違う列が並ぶ", "columns that differ only in their time")
                } else {
                    message("番号だけが違う列が並ぶ", "columns that differ only in a number")
                };
                faults.at(table.place(), table.heading_cell(column.col), Some(&column.heading), fault);
            }
        }
    }
    faults.verdict()
}

/// A heading without its time, and without its number: whether it is the time that was taken out, and what is left.
fn key(heading: &str) -> Option<(bool, String)> {
    let folded = fold(heading);
    let blank: String = folded.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    if !blank.contains('#') && !blank.contains("元年") {
        return None;
    }
    let mut shape = blank.replace("元年", "#年");
    while shape.contains("##") {
        shape = shape.replace("##", "#");
    }
    let eras = ["令和", "平成", "昭和"].iter().any(|era| folded.contains(era));
    for era in ["令和", "平成", "昭和"] {
        shape = shape.replace(era, "");
    }
    let is_time = eras || shape.contains("#年") || shape.contains("#月") || time(heading).is_some() || {
        let letters = shape.trim_start_matches(['r', 'h', 's']);
        letters == "#" && letters.len() < shape.len()
    };
    // The letters of eras come off with the eras.
    let shape = if is_time { shape.trim_start_matches(['r', 'h', 's']).to_owned() } else { shape };
    Some((is_time, shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_codes_check_themselves() {
        for (code, expected) in [
            ("131105", true),
            ("011002", true),
            ("131106", false),
            ("11002", true),
            ("13", true),
            ("48", false),
            ("480002", false),
            ("1100", false),
            ("市名", false),
        ] {
            assert_eq!(is_area_code(code), expected, "{code}");
        }
    }

    #[test]
    fn headings_that_differ_only_in_time_or_number_are_alike() {
        for (one, other, alike) in [
            ("令和2年度", "平成30年度", true),
            ("2020年", "2021年", true),
            ("2020年 男", "2020年 女", false),
            ("連絡先1", "連絡先2", true),
            ("目標値", "現状値", false),
            ("R2", "H30", true),
        ] {
            assert_eq!(key(one).is_some() && key(one) == key(other), alike, "{one} {other}");
        }
    }
}
