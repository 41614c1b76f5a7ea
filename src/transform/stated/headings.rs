//! The statements of a table's headings, and of the lines above it.

use super::{ColumnStatement, Line, TableStatement, Unit};
use crate::japanese::{fold, normalise};
use crate::model::{Field, Origin, Period, RawSheet, Slot, StatedBy, Status, TimeKind, TimeText};
use crate::template::{FieldKind, Template};
use crate::transform::columns::{Header, path};
use crate::transform::heading_text::{times, without_times};
use crate::transform::heading_units::{StatedUnits, after_word, in_heading};
use crate::transform::value::Context;
use std::ops::Range;

/// What may stand beside a time that is the values', folded. Longer ones first where one begins with another.
#[rustfmt::skip]
const VALUE_WORDS: &[&str] = &[
    "計画策定時", "策定時", "計画", "目標値設定", "目標設定", "目標値", "目標", "現状値", "現状", "現況値", "現況", "基準値", "基準", "実績値",
    "実績", "見込値", "見込み", "見込", "推計値", "推計", "速報値", "速報", "暫定値", "暫定", "予定", "予測", "中間", "最終", "当初", "直近", "最新",
    "参考", "数値", "実数", "値", "成果", "指標", "kpi", "累計", "決算", "調査", "結果", "年度", "年", "末", "時点", "現在", "における", "の", "新たな",
    "(", ")", "・", "/", ":", "-",
];

/// Reads the headings of a table's columns of values; the line above it holds where they state no unit.
pub(in crate::transform) fn of_table(
    sheet: &RawSheet,
    header: &Header,
    line: Option<&Line>,
    template: &Template,
) -> TableStatement {
    let context = Context { notation: template.notation, eras: &template.eras };
    let values = header.columns.iter().filter_map(|(slot, col)| match slot {
        Slot::Field(field) if template.field(*field).kind == FieldKind::Value => Some((*field, *col)),
        _ => None,
    });
    let statement = |(field, col): (Field, u32)| {
        let path = path(sheet, header.top, header.named_end, col);
        let cells: Vec<(Origin, &str)> =
            path.into_iter().map(|((row, col), text)| (sheet.origin(row, col), text)).collect();
        let mut said = ColumnStatement::default();
        let own = cells.iter().rev().map(|(origin, text)| (in_heading(text, context), origin.clone()));
        said.take_unit(own.chain(line.cloned()).find(|(unit, _)| *unit != StatedUnits::None));
        said.take_time(&cells, field, template);
        let mut texts = cells.iter().rev().map(|(_, text)| *text);
        said.status = texts.find_map(|text| status(text, template));
        (field, said)
    };
    TableStatement(values.map(statement).collect())
}

/// The unit that the lowest of some rows with few cells states.
pub(in crate::transform) fn line_above(
    sheet: &RawSheet,
    rows: Range<u32>,
    template: &Template,
) -> Option<Line> {
    /// A title, a unit and a date.
    const CELLS: usize = 3;
    let context = Context { notation: template.notation, eras: &template.eras };
    let rows = sheet.rows.iter().rev().filter(|row| rows.contains(&row.index) && row.cells.len() <= CELLS);
    let cells = rows.flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
    let mut stated = cells.map(|(row, cell)| (after_word(&cell.text, context), sheet.origin(row, cell.col)));
    stated.find(|(unit, _)| *unit != StatedUnits::None)
}

impl ColumnStatement {
    fn take_unit(&mut self, stated: Option<(StatedUnits, Origin)>) {
        match stated {
            Some((StatedUnits::One(words), origin)) => {
                self.unit = Some(Unit { words: *words, by: StatedBy::Heading, origin });
            }
            Some((StatedUnits::Unclear(words), origin)) => self.unclear = Some((words, origin)),
            Some((StatedUnits::None, _)) | None => {}
        }
    }

    /// S2: the time of the lowest heading that states one.
    fn take_time(&mut self, cells: &[(Origin, &str)], field: Field, template: &Template) {
        let eras = &template.eras;
        for (at, (origin, text)) in cells.iter().enumerate().rev() {
            let stated = times(text, eras);
            let Some(first) = stated.first() else { continue };
            if stated.iter().any(|time| time.is_limit) {
                return;
            }
            let words = normalise(&text[first.range.clone()], template.notation);
            // `H13` may be a year or a fiscal year: the field's period says which.
            let own = template.field(field).period.as_ref();
            let own =
                own.filter(|own| first.time.kind() == TimeKind::BareYear && own.time.agrees_with(first.time));
            let (words, at_time) = own.map_or((words.split_whitespace().collect(), first.time), |own| {
                (own.words.clone(), own.time)
            });
            let time = TimeText {
                text: words,
                time: Some(Period::At(at_time)),
                within: false,
                origin: origin.clone(),
            };
            let is_one = stated.iter().all(|other| other.time == first.time);
            let rest = without_times(text, eras).unwrap_or_default();
            let is_lowest = at + 1 == cells.len();
            let is_values =
                (is_lowest && is_in_brackets(text, &first.range)) || is_about_values(&rest, field, template);
            if is_one && is_values {
                self.time = Some(time);
            } else if is_lowest {
                self.other_time = Some(time);
            }
            return;
        }
    }
}

/// What a heading says its values are: a word beside a time, alone, or in brackets.
fn status(text: &str, template: &Template) -> Option<Status> {
    let rest = without_times(text, &template.eras);
    let folded = fold(rest.as_deref().unwrap_or(text));
    let mut words = folded.split(['(', ')']).map(str::trim).filter(|word| !word.is_empty());
    words.find_map(|word| {
        Status::of_word(["末", "年度末", "年末"].iter().find_map(|it| word.strip_prefix(it)).unwrap_or(word))
    })
}

/// Whether a part of a text is all that its brackets hold.
fn is_in_brackets(text: &str, range: &Range<usize>) -> bool {
    let (before, behind) = (text[..range.start].trim_end(), text[range.end..].trim_start());
    before.ends_with(['（', '(', '［', '[', '【']) && behind.starts_with(['）', ')', '］', ']', '】'])
}

/// Whether what is left of a heading is made of words for values, the field's own words and units.
fn is_about_values(rest: &str, field: Field, template: &Template) -> bool {
    let context = Context { notation: template.notation, eras: &template.eras };
    let has_unit = in_heading(rest, context) != StatedUnits::None;
    let mut rest = fold(rest);
    if has_unit && let Some(end) = rest.find('(') {
        rest.truncate(end);
    }
    let own: Vec<String> = template.field(field).words.iter().map(|word| fold(word)).collect();
    let mut rest = rest.as_str();
    while !rest.is_empty() {
        let words = own.iter().map(String::as_str).chain(VALUE_WORDS.iter().copied());
        let shorter = words.filter_map(|word| rest.strip_prefix(word)).map(str::len).min();
        let Some(shorter) = shorter.filter(|length| *length < rest.len()) else { return false };
        rest = &rest[rest.len() - shorter..];
    }
    true
}
