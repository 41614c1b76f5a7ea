//! How clerks write what the list says: mixed widths, years below or beside the value, joint cells.

use crate::form::Cell;
use crate::list::Row;

/// The value with its year on the next line: `36か所` ⏎ `（27年度）`.
pub(crate) fn below(row: &Row, key: &str) -> String {
    dated(row, key, "\n")
}

/// The value with its year behind it: `36か所（27年度）`.
pub(crate) fn beside(row: &Row, key: &str) -> String {
    dated(row, key, "")
}

fn dated(row: &Row, key: &str, between: &str) -> String {
    match (row.get(key), row.get(&format!("{key}_at"))) {
        (value, "") => value.to_owned(),
        (value, at) => format!("{value}{between}（{at}）"),
    }
}

/// New target and reason in one cell: `（R2年度）3園／継続して…`.
pub(crate) fn joint(row: &Row) -> String {
    match (row.get("new_target_at"), row.get("new_target"), row.get("reason")) {
        ("", "", reason) => reason.to_owned(),
        (at, value, "") => format!("（{at}）{value}"),
        (at, value, reason) => format!("（{at}）{value}／{reason}"),
    }
}

/// `text`, or `mark` where there is none.
pub(crate) fn or_mark(text: String, mark: &str) -> String {
    if text.is_empty() { mark.to_owned() } else { text }
}

/// Digits and Latin letters as a Japanese keyboard types them: full-width.
pub(crate) fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' | 'A'..='Z' | 'a'..='z' => {
                char::from_u32(u32::from(c) + 0xFEE0).expect("full-width forms mirror ASCII")
            }
            other => other,
        })
        .collect()
}

/// Percent signs, slashes and brackets as an English keyboard types them: half-width.
pub(crate) fn half_width_signs(text: &str) -> String {
    text.replace('％', "%").replace('／', "/").replace('（', "(").replace('）', ")")
}

/// A group label with a line break that makes it fit a narrow cell: after the last `・` or `と`.
pub(crate) fn broken(label: &str) -> String {
    match label.rfind(['・', 'と']) {
        Some(at) => {
            let (head, tail) = label.split_at(at + 'と'.len_utf8());
            format!("{head}\n{tail}")
        }
        None => label.to_owned(),
    }
}

/// The project's number as a plain number.
pub(crate) fn project_number(row: &Row) -> Cell {
    let number = row.get("project_no");
    number.parse().map_or_else(|_| Cell::Text(number.to_owned()), |n| Cell::Number(n, "General".to_owned()))
}

/// A count or a share alone as a number that its format dresses (`#,##0"人"`, `0.0%`); other values as text.
pub(crate) fn number(text: &str) -> Cell {
    let digits_end = text.find(|c: char| !matches!(c, '0'..='9' | ',' | '.')).unwrap_or(text.len());
    let (digits, unit) = text.split_at(digits_end);
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let pattern = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
    let plain = digits.replace(',', "");
    match unit {
        // The exponent divides by 100 without rounding.
        "％" => format!("{plain}e-2").parse().map(|n| Cell::Number(n, format!("{pattern}%"))),
        "" => plain.parse().map(|n| Cell::Number(n, pattern)),
        "人" | "名" | "件" | "か所" => {
            plain.parse().map(|n| Cell::Number(n, format!("{pattern}\"{unit}\"")))
        }
        _ => return Cell::Text(text.to_owned()),
    }
    .unwrap_or_else(|_| Cell::Text(text.to_owned()))
}
