//! Level 1, the shape: format, tables, headings, records.

use super::table::{Column, Table, texts};
use super::text::{Number, number, time};
use super::verdict::{Faults, Verdict};
use super::{File, only_for_text};
use crate::finding::{Code, Message, message};
use crate::ingest::InputFormat;
use crate::model::{Origin, RawRow};

/// L1-01
pub(super) fn format(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let survey = &file.subject.survey;
    let place = Origin::of_file(&file.subject.file).place;
    let old = |ja: &str, en: &str| message(format!("{ja}です"), format!("this is {en}"));
    match survey.format {
        Some(InputFormat::Xlsx) if survey.macros => {
            faults.of(&place, old("マクロつきのブック", "a workbook with macros"));
        }
        Some(InputFormat::Xlsx | InputFormat::Ods | InputFormat::Csv) | None => {}
        Some(InputFormat::Xls) => faults.of(&place, old("Excel 97–2003形式（xls）", "Excel 97–2003 (xls)")),
        Some(InputFormat::Xlsb) => faults.of(&place, old("バイナリ形式（xlsb）", "binary (xlsb)")),
        Some(InputFormat::Encrypted) => {
            faults.of(&place, old("パスワードつきのファイル", "an encrypted file"));
        }
    }
    if file.tables.is_empty() {
        for finding in &file.subject.findings {
            faults.of(&finding.origin.place, finding.said());
        }
    }
    faults.verdict()
}

/// The rows of a sheet in runs without an empty row between.
fn blocks<'a>(table: &Table<'a>) -> Vec<Vec<&'a RawRow>> {
    let mut blocks: Vec<Vec<&RawRow>> = Vec::new();
    for row in table.sheet.rows.iter().filter(|row| texts(row).next().is_some()) {
        match blocks.last_mut() {
            Some(block) if block.last().is_some_and(|last| last.index + 1 == row.index) => block.push(row),
            _ => blocks.push(vec![row]),
        }
    }
    blocks
}

/// A row of at least two texts, none of which is a number or a time.
fn could_head(row: &RawRow) -> bool {
    texts(row).count() >= 2
        && texts(row).all(|cell| number(&cell.text).is_none() && time(&cell.text).is_none())
}

/// Whether the records below a row are of another table: it could head them, and they hold numbers under it.
fn heads_a_table(block: &[&RawRow]) -> bool {
    let Some((first, rest)) = block.split_first() else { return false };
    let numbers = |row: &&&RawRow| texts(row).any(|cell| number(&cell.text).is_some());
    could_head(first) && rest.iter().any(|row| numbers(&row))
}

/// L1-02
pub(super) fn one_table(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        for row in &table.repeated {
            let cell = texts(row).next().map_or(0, |cell| cell.col);
            let fault = message("見出しの行が繰り返されている", "the header is repeated");
            faults.at(table.place(), (row.index, cell), table.sheet.text(row.index, cell), fault);
        }
        for block in blocks(table) {
            let below = block.first().is_some_and(|row| row.index >= table.header.end);
            if below
                && heads_a_table(&block)
                && !table.repeated.iter().any(|row| row.index == block[0].index)
                && table.records.len() > block.len()
            {
                let cell = texts(block[0]).next().map_or(0, |cell| cell.col);
                let fault = message("空行の下で別の表が始まる", "another table begins below an empty row");
                faults.at(
                    table.place(),
                    (block[0].index, cell),
                    table.sheet.text(block[0].index, cell),
                    fault,
                );
            }
        }
        for (_, right) in gaps(table).into_iter().filter(|&(left, right)| is_beside(table, left, right)) {
            let fault = message("空列の右に別の表がある", "another table stands behind an empty column");
            let cell = table.heading_cell(right);
            faults.at(table.place(), cell, table.sheet.text(cell.0, cell.1), fault);
        }
    }
    faults.verdict()
}

/// Neighbouring columns of the table that are not neighbours on the sheet: an empty column is between them.
fn gaps(table: &Table<'_>) -> Vec<(u32, u32)> {
    let is_merged = |left: u32, right: u32| {
        // A merged heading or a merged record has no text in its other columns.
        let spans = |area: &&crate::model::Area| area.left <= left && area.right + 1 >= right;
        table.sheet.merges.iter().any(|area| spans(&area))
    };
    let pairs = table.columns.windows(2).map(|pair| (pair[0].col, pair[1].col));
    pairs.filter(|&(left, right)| right > left + 1 && !is_merged(left, right)).collect()
}

/// Whether what stands to the right of a gap is a table by itself: it names its first column as the left one does,
/// or is as wide.
fn is_beside(table: &Table<'_>, left: u32, right: u32) -> bool {
    let names = table.names();
    let at = table.columns.iter().position(|column| column.col == right).unwrap_or(0);
    let (before, after) = names.split_at(at);
    left < right
        && before.len() >= 2
        && after.len() >= 2
        && !after[0].is_empty()
        && before.contains(&after[0])
}

/// L1-03
pub(super) fn not_split(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        for pair in table.records.windows(2) {
            let mut no_records = table.others.iter().chain(&table.repeated);
            let between = no_records.any(|row| (pair[0].index..pair[1].index).contains(&row.index));
            if pair[1].index > pair[0].index + 1 && !between {
                let fault = message("レコードの間に空行がある", "empty rows between records");
                faults.at(
                    table.place(),
                    (pair[0].index + 1, table.columns.first().map_or(0, |c| c.col)),
                    None,
                    fault,
                );
            }
        }
        for (left, _) in gaps(table).into_iter().filter(|&(left, right)| !is_beside(table, left, right)) {
            let fault = message("列の間に空列がある", "empty columns between columns");
            faults.at(table.place(), (table.header.start, left + 1), None, fault);
        }
    }
    for (at, table) in file.tables.iter().enumerate() {
        let names = table.names();
        let same = |other: &Table<'_>| other.names() == names && !other.records.is_empty();
        if names.len() >= 2 && !table.records.is_empty() && file.tables[..at].iter().any(same) {
            faults.of(
                table.place(),
                message("前のシートと同じ見出しの表", "a table with the header of an earlier sheet"),
            );
        }
    }
    faults.verdict()
}

/// L1-04
pub(super) fn nothing_else(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        let last = table.records.last().map_or(table.header.end, |row| row.index);
        for row in &table.others {
            let Some(cell) = texts(row).next() else { continue };
            let fault = if row.index < table.header.start {
                message("見出しより上にある", "stands above the header")
            } else if is_note(&cell.text) {
                message("注・出典の行", "a note or a source")
            } else if row.index > last {
                message("表の下にある", "stands below the table")
            } else {
                // A heading within the table is a matter of records.
                continue;
            };
            faults.at(table.place(), (row.index, cell.col), Some(&cell.text), fault);
        }
        for row in &table.records {
            let note = texts(row).next().filter(|cell| is_note(&cell.text) && cell.text.chars().count() > 4);
            if let Some(cell) = note {
                faults.at(
                    table.place(),
                    (row.index, cell.col),
                    Some(&cell.text),
                    message("注・出典の行", "a note or a source"),
                );
            }
        }
    }
    faults.verdict()
}

fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(['　', ' ']);
    [
        "※",
        "（注",
        "(注",
        "注）",
        "注)",
        "注：",
        "注:",
        "＊",
        "資料：",
        "資料:",
        "出典",
        "備考：",
        "（備考",
        "（資料",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// L1-05
pub(super) fn column_names(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        for column in table.filled() {
            let at = table.heading_cell(column.col);
            if column.heading.is_empty() {
                faults.at(table.place(), at, None, message("項目名がない", "no name"));
            } else if number(&column.heading).is_some_and(|n| n == Number::Plain)
                && time(&column.heading).is_none()
            {
                faults.at(
                    table.place(),
                    at,
                    Some(&column.heading),
                    message("項目名が数値", "the name is a number"),
                );
            }
        }
        let is_described = |column: &Column<'_>| file.package.names(table.place(), &column.heading);
        if table.records.is_empty() && !table.columns.iter().all(is_described) {
            faults.of(
                table.place(),
                message("見出しとデータの区別がつかない", "no header can be told from data"),
            );
        }
    }
    faults.verdict()
}

/// L1-14
pub(super) fn one_record_a_line(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        let first = table.columns.first().map_or(0, |column| column.col);
        for area in table.sheet.merges.iter().filter(|a| a.top >= table.header.end && a.bottom > a.top) {
            let fault = message("行にまたがって結合されたデータ", "data merged over rows");
            faults.at(table.place(), (area.top, area.left), table.sheet.text(area.top, area.left), fault);
        }
        let (begin, end) = (table.header.end, table.records.last().map_or(0, |row| row.index));
        for row in table.others.iter().filter(|row| row.index >= begin && row.index < end) {
            let Some(cell) = texts(row).next().filter(|cell| !is_note(&cell.text)) else { continue };
            let fault = message("表の中の、レコードでない行", "a row within the table that is no record");
            faults.at(table.place(), (row.index, cell.col), Some(&cell.text), fault);
        }
        let Some(facts) = &file.subject.survey.text else { continue };
        for &row in &facts.broken {
            let fault = message("レコードが複数の行にまたがる", "the record goes over several lines");
            faults.at(table.place(), (row, first), None, fault);
        }
        for &(row, width) in &facts.ragged {
            let fault = Message {
                ja: format!("項目数が見出し（{}）と違う", facts.width),
                en: format!("not as many fields as the header ({})", facts.width),
            };
            faults.at(table.place(), (row, width - 1), None, fault);
        }
    }
    faults.verdict()
}

/// L1-15
pub(super) fn quoting(file: &File<'_>) -> Verdict {
    let Some(facts) = &file.subject.survey.text else { return only_for_text() };
    let mut faults = Faults::default();
    for table in &file.tables {
        for &(row, col) in &facts.misquoted {
            let fault = message("引用符の使い方が正しくない", "the quotes are wrong");
            faults.at(table.place(), (row, col), table.sheet.text(row, col), fault);
        }
    }
    for finding in file.subject.findings.iter().filter(|d| d.code() == Code::TextUndecodable) {
        faults.of(&finding.origin.place, finding.said());
    }
    faults.verdict()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_known_by_how_they_begin() {
        for (text, expected) in
            [("※ 速報値", true), ("　資料：税務課", true), ("注文数", false), ("備考", false)]
        {
            assert_eq!(is_note(text), expected, "{text}");
        }
    }
}
