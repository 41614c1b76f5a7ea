//! Level 1, the cells: layout by spaces, several data in one, characters, blank and zero.

use super::File;
use super::table::{Column, Kind, Table};
use super::text::{fold, is_dash, is_symbol, number, time};
use super::verdict::{Faults, Verdict};
use crate::finding::message;
use crate::ingest::SheetFacts;
use crate::model::is_platform_dependent;
use std::collections::BTreeSet;

/// Longest text, in characters, that is a list of data and no prose.
const LIST: usize = 40;

/// L1-06
pub(super) fn no_layout(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        for (cell, text) in table.cells() {
            let fault = if text.contains('\n') || text.to_ascii_lowercase().contains("<br") {
                message("セルの中の改行", "a line break within the cell")
            } else if text.starts_with(is_blank) || text.ends_with(is_blank) {
                message("前後の空白", "spaces at the edge")
            } else if is_spaced_out(text) {
                message("字間の空白", "spaces between the letters of a word")
            } else if text.chars().zip(text.chars().skip(1)).any(|(a, b)| is_blank(a) && is_blank(b)) {
                message("続く空白", "several spaces in a row")
            } else {
                continue;
            };
            faults.at(table.place(), cell, Some(text), fault);
        }
    }
    faults.verdict()
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t' | '\u{A0}')
}

/// `合　計`: nothing but single letters apart.
fn is_spaced_out(text: &str) -> bool {
    let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    let is_letter = |word: &&str| {
        word.chars().count() == 1 && word.chars().all(|c| u32::from(c) >= 0x3041 && c.is_alphabetic())
    };
    words.len() >= 2 && words.iter().all(is_letter)
}

/// L1-07
pub(super) fn one_datum(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        for column in
            table.filled().filter(|column| !file.is_verbatim(table, column) && column.kind != Kind::Code)
        {
            for &(row, text) in &column.cells {
                let fault = if is_list(text) {
                    message("数値が2つ以上ある", "two or more quantities")
                } else if has_second_in_brackets(text) {
                    message("値に別の値・時点がかっこ書きされている", "another value or its time in brackets")
                } else {
                    continue;
                };
                faults.at(table.place(), (row, column.col), Some(text), fault);
            }
        }
    }
    faults.verdict()
}

/// `1件、2件`, `園児 3人⏎職員 2人`, `10施設・定員32名`: pieces that each end in a quantity of their own.
fn is_list(text: &str) -> bool {
    let joints: [&[char]; 2] = [&['、', '\n', '；', ';', '／', '/'], &['・']];
    text.chars().count() <= LIST && joints.iter().any(|joints| are_quantities(text, joints))
}

fn are_quantities(text: &str, joints: &[char]) -> bool {
    let pieces: Vec<&str> = text.split(joints).map(str::trim).filter(|p| !p.is_empty()).collect();
    let has_units = pieces.iter().any(|piece| fold(piece).contains(|c: char| c.is_alphabetic() || c == '%'));
    pieces.len() >= 2 && has_units && time(text).is_none() && pieces.iter().all(|piece| is_quantity(piece))
}

/// A number with a unit, perhaps behind a few letters that say of what, or behind a colon: `～19時15分：4園`.
fn is_quantity(piece: &str) -> bool {
    let folded = fold(piece);
    let said = folded.rsplit(':').next().unwrap_or(&folded);
    let at = said.find(|c: char| c.is_ascii_digit()).unwrap_or(said.len());
    let (label, rest) = said.split_at(at);
    let is_label = label.chars().count() <= 10 && !label.contains(|c: char| c.is_ascii_alphabetic());
    // A particle makes it a sentence, and `第1回` is a name.
    let is_said = label.contains(['が', 'は', 'を', 'に', 'で', '第']);
    is_label && !is_said && number(rest).is_some()
}

/// `31（27年度）`, `100（95.0%）`, `10施設・定員32名（27年度）`.
fn has_second_in_brackets(text: &str) -> bool {
    let folded = fold(text);
    let Some((value, rest)) = folded.split_once('(') else { return false };
    let is_value = number(value).is_some() || text.split(['（', '(']).next().is_some_and(is_list);
    let Some((inside, after)) = rest.split_once(')') else { return false };
    let is_year =
        |word: &str| time(word.trim_end_matches(['末', '度', '現', '在'])).is_some() || time(word).is_some();
    let is_prose = folded.chars().count() > LIST || after.chars().count() > 4;
    !is_prose && is_value && (number(inside).is_some() || is_year(inside) || inside.ends_with("年度"))
}

/// L1-08
pub(super) fn plain_characters(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    for table in &file.tables {
        let verbatim: BTreeSet<u32> = table
            .filled()
            .filter(|column| file.is_verbatim(table, column))
            .map(|column| column.col)
            .collect();
        for ((row, col), text) in table.cells() {
            let as_written = row >= table.header.end && verbatim.contains(&col);
            let dependent: BTreeSet<char> =
                text.chars().filter(|&c| is_broken(c) || (is_platform_dependent(c) && !as_written)).collect();
            for c in dependent {
                let shown = if is_broken(c) { format!("U+{:04X}", u32::from(c)) } else { c.to_string() };
                let fault = message(format!("機種依存文字「{shown}」"), format!("the character `{shown}`"));
                faults.at(table.place(), (row, col), Some(text), fault);
            }
        }
    }
    faults.verdict()
}

/// Means nothing anywhere else: private use, what could not be decoded, control characters.
fn is_broken(c: char) -> bool {
    let private = matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}');
    private || c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// L1-09
pub(super) fn blank_is_not_zero(file: &File<'_>) -> Verdict {
    let mut faults = Faults::default();
    let mut unclear = None;
    let mut has_numbers = false;
    for table in &file.tables {
        if let Some(facts) = table.facts {
            invisible_zeros(table, facts, &mut faults);
        }
        for column in table.of_kind(Kind::Number) {
            has_numbers = true;
            let dashes: Vec<&(u32, &str)> = column.cells.iter().filter(|(_, text)| is_dash(text)).collect();
            let Some((_, dash)) = dashes.first() else { continue };
            if has_blanks(table, column) {
                for (row, text) in &dashes {
                    let fault = message(
                        "数値の列に空白とダッシュが混在する",
                        "blanks and dashes in a column of numbers",
                    );
                    faults.at(table.place(), (*row, column.col), Some(text), fault);
                }
            } else if !file.defined.contains(dash.trim()) {
                unclear = unclear.or(Some(dash.to_string()));
            }
        }
    }
    match (faults.verdict(), unclear) {
        (Verdict::Pass, Some(dash)) => Verdict::CannotTell(message(
            format!("「{dash}」が0か、値がないのか、どこにも書かれていません"),
            format!("nothing says whether `{dash}` is zero or no value"),
        )),
        (Verdict::Pass, None) if !has_numbers => {
            Verdict::NotApplicable(message("数値の列がありません", "there are no columns of numbers"))
        }
        (verdict, _) => verdict,
    }
}

/// Whether a record lacks a value in the column.
fn has_blanks(table: &Table<'_>, column: &Column<'_>) -> bool {
    column.cells.len() < table.records.len()
}

/// Numbers that show no digit are zeros in disguise.
fn invisible_zeros(table: &Table<'_>, facts: &SheetFacts, faults: &mut Faults) {
    for (&(row, col), _) in facts.cells.iter().filter(|(_, cell)| cell.number) {
        let text = table.sheet.text(row, col);
        let shows_digit =
            text.is_some_and(|text| text.contains(|c: char| c.is_numeric()) || !is_symbol(text));
        let is_struck =
            table.sheet.row(row).and_then(|row| row.cell(col)).is_some_and(|cell| cell.struck.is_some());
        if !shows_digit && !is_struck && row >= table.header.end {
            let fault = message("書式が数値を見せない", "the format does not show the number");
            faults.at(table.place(), (row, col), text, fault);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_data_are_told_from_one() {
        for (text, expected) in [
            ("1件、2件", true),
            ("園児3人／職員2人", true),
            ("10施設・定員32名", true),
            ("10施設・定員32名\n（27年度）", true),
            ("～19時15分：4園\n～20時15分：8園", true),
            ("1・2年生", false),
            ("第1・2回", false),
            ("10:30、12:00", false),
            ("31（27年度）", true),
            ("100人（95.0%）", true),
            ("5,498.48㎡（令和元年度）", true),
            ("1,073", false),
            ("2020/4/1", false),
            ("1/2", false),
            ("本町1-2、3番", false),
            ("（100）", false),
            ("3か所（予定）", false),
            ("10～20件", false),
            ("保育園を3園、学童を2か所整備し、令和2年度までに待機児童を0人にする", false),
        ] {
            assert_eq!(is_list(text) || has_second_in_brackets(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_spaced_out_and_names_are_not() {
        for (text, expected) in
            [("合　計", true), ("氏 名", true), ("山田　太郎", false), ("A B", false), ("計", false)]
        {
            assert_eq!(is_spaced_out(text), expected, "{text}");
        }
    }
}
