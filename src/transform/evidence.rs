//! Columns whose headings nobody knows, told by what stands below them. That it was told so is said.
//!
//! * **E1** The column of a field of choices is the one of whose entries nine in ten are words of its vocabulary.
//! * **E2** The column of values is the one of whose entries four in five are figures with a unit or a time; of fewer than
//!   three rows, if its heading has two kanji in a row in common with the field's words.
//! * **E3** The column of the name is the one that says a text of its own in four rows of five, and never the same twice.
//! * **E4** It is told only if one field is without a column and one column may be its own: of two, nobody can tell which.
//!   A column of other signs (`○△×`) is no field's. Where there are few rows, only words of a vocabulary tell.
//! * **E5** Of two columns of figures with times, the one whose times are earlier is the baseline's and the other the target's,
//!   if neither has a column and every row agrees.
//! * **E6** The column that is filled in for some choices and never for others is the new target's, if figures with times
//!   stand there, or the reason's, if sentences do.
//! * **E7** The column of numbers is the one of codes whose heading has two kanji in a row in common with the field's words.

use super::columns::{self, Header, Lexicon, Slot, has_digit};
use super::heading_text::times;
use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, is_no_value};
use crate::model::{CivilDate, Field, RawRow, RawSheet, Role};
use std::collections::BTreeSet;

/// Rows that are looked at.
const ROWS: usize = 200;
/// Entries from which figures and texts tell anything.
const FEW: usize = 3;
/// Characters of the shortest sentence, on average.
const SENTENCE: usize = 10;
/// Characters of the shortest name and the longest.
const NAME: std::ops::RangeInclusive<usize> = 3..=80;

/// Gives columns to the fields that have none, where what stands below tells it.
pub(super) fn tell(header: &mut Header, sheet: &RawSheet, words: &Lexicon) {
    if header.unknown.is_empty() {
        return;
    }
    let from = sheet.rows.partition_point(|row| row.index < header.end);
    let is_entry =
        |row: &&RawRow| header.columns.values().filter(|&&col| row.text(col).is_some()).count() >= 2;
    let rows: Vec<&RawRow> = sheet.rows[from..].iter().take(ROWS).filter(is_entry).collect();
    let below = |col: u32| -> Vec<&str> { said(&rows, col).collect() };
    // E1
    for field in words.choice_fields() {
        let is_marked = header.columns.keys().any(|slot| matches!(slot, Slot::Mark(of, _) if *of == field));
        let fits = |text: &&&str| words.is_of_vocabulary_of(field, text);
        if is_open(header, field) && !is_marked {
            let is_word = |text: &&str| text.contains(char::is_alphabetic);
            let most = |texts: &[&str]| {
                texts.iter().all(is_word) && share(texts.iter().filter(fits).count(), texts.len(), 90)
            };
            give(header, field, |col| most(&below(col)));
        }
    }
    tell_by_times(header, &rows, words);
    tell_by_choice(header, &rows, words);
    // E2
    let values: Vec<Field> = words.stated_values().filter(|field| is_open(header, *field)).collect();
    if let [field] = values[..] {
        let like = like(header, sheet, words, field);
        give(header, field, |col| {
            let is_like = || like.contains(&col) && said(&rows, col).all(|text| is_value(text, words));
            (rows.len() >= FEW || is_like()) && has_figures(&rows, col)
        });
    }
    // E7
    if let Some(number) = open(header, words, Role::Number) {
        let like = like(header, sheet, words, number);
        let is_code = |text: &&&str| fold(text).chars().all(|c| c.is_ascii_digit() || "-,、・".contains(c));
        give(header, number, |col| {
            let texts = below(col);
            like.contains(&col) && share(texts.iter().filter(is_code).count(), texts.len(), 90)
        });
    }
    if rows.len() < FEW {
        return;
    }
    // E3
    if let Slot::Field(name) = words.name()
        && is_open(header, name)
    {
        give(header, name, |col| {
            let mut texts = below(col);
            let is_name = |text: &&&str| NAME.contains(&text.chars().count()) && !is_figure(text);
            let names = texts.iter().filter(is_name).count();
            let all = share(names, rows.len(), 80) && names == texts.len();
            texts.sort_unstable();
            all && texts.windows(2).all(|pair| pair[0] != pair[1])
        });
    }
}

/// The lowest heading of a column.
fn heading_of<'s>(header: &Header, sheet: &'s RawSheet, col: u32) -> &'s str {
    columns::headings(sheet, header.top, header.named_end, col).pop().unwrap_or_default()
}

/// The columns that nobody knows whose headings may be meant for a field.
fn like(header: &Header, sheet: &RawSheet, words: &Lexicon, field: Field) -> Vec<u32> {
    let may_head = |col: &u32| words.may_head(field, heading_of(header, sheet, *col));
    header.unknown.iter().copied().filter(may_head).collect()
}

/// Whether a field has no column.
fn is_open(header: &Header, field: Field) -> bool {
    !header.columns.contains_key(&Slot::Field(field))
}

/// The field that has a role, if it has no column.
fn open(header: &Header, words: &Lexicon, role: Role) -> Option<Field> {
    words.role(role).filter(|field| is_open(header, *field))
}

/// What some rows say in a column.
fn said<'r>(rows: &[&'r RawRow], col: u32) -> impl Iterator<Item = &'r str> {
    rows.iter().filter_map(move |row| row.text(col)).filter(|text| !is_no_value(text))
}

/// Whether four in five of the rows say something in a column, and four in five of that are figures.
fn has_figures(rows: &[&RawRow], col: u32) -> bool {
    let count = said(rows, col).count();
    share(said(rows, col).filter(|text| is_figure(text)).count(), count, 80) && share(count, rows.len(), 80)
}

/// E5.
fn tell_by_times(header: &mut Header, rows: &[&RawRow], words: &Lexicon) {
    let fields = open(header, words, Role::Baseline).zip(open(header, words, Role::Target));
    let Some((baseline, target)) = fields else { return };
    let columns: Vec<u32> = header.unknown.iter().copied().filter(|&col| has_figures(rows, col)).collect();
    let [one, other] = columns[..] else { return };
    let last_day = |row: &RawRow, col: u32| Some(times(row.text(col)?, words.eras()).last()?.time.days().1);
    let pairs: Vec<(CivilDate, CivilDate)> =
        rows.iter().filter_map(|row| Some((last_day(row, one)?, last_day(row, other)?))).collect();
    if pairs.is_empty() {
        return;
    }
    let earlier = if pairs.iter().all(|(a, b)| a < b) {
        one
    } else if pairs.iter().all(|(a, b)| a > b) {
        other
    } else {
        return;
    };
    give(header, baseline, |col| col == earlier);
    give(header, target, |col| col == one || col == other);
}

/// E6.
fn tell_by_choice(header: &mut Header, rows: &[&RawRow], words: &Lexicon) {
    let choice = words.role(Role::Disposition).and_then(|field| header.columns.get(&Slot::Field(field)));
    let Some(&choice) = choice else { return };
    let is_filled = |row: &RawRow, col: u32| row.text(col).is_some_and(|text| !is_no_value(text));
    let chosen = |col: u32, filled: bool| -> BTreeSet<&str> {
        rows.iter().filter(|row| is_filled(row, col) == filled).filter_map(|row| row.text(choice)).collect()
    };
    let is_told = |col: u32| {
        let (with, without) = (chosen(col, true), chosen(col, false));
        !with.is_empty() && !without.is_empty() && with.is_disjoint(&without)
    };
    let has_timed =
        |col: u32| said(rows, col).all(|text| is_figure(text) && !times(text, words.eras()).is_empty());
    let length = |col: u32| {
        let lengths: Vec<usize> = said(rows, col).map(|text| text.chars().count()).collect();
        lengths.iter().sum::<usize>() / lengths.len().max(1)
    };
    for (role, figures) in [(Role::NewTarget, true), (Role::Reason, false)] {
        if let Some(field) = open(header, words, role) {
            let fits = |col: u32| has_timed(col) == figures && (figures || length(col) >= SENTENCE);
            give(header, field, |col| is_told(col) && fits(col));
        }
    }
}

/// Columns of which it cannot be told what they hold, though something of the records stands there, with the first such row:
/// units and times of no value, and entries like those of a field that has no column.
pub(super) fn unsettled(
    header: &Header,
    sheet: &RawSheet,
    words: &Lexicon,
) -> Vec<(u32, u32, Option<Field>)> {
    let from = sheet.rows.partition_point(|row| row.index < header.end);
    let rows = || sheet.rows[from..].iter().take(ROWS);
    let values: Vec<Field> = words.all_values().filter(|field| is_open(header, *field)).collect();
    let reason = open(header, words, Role::Reason);
    let reason = reason.filter(|_| words.role(Role::Disposition).is_some());
    let settle = |&col: &u32| {
        let filled = rows().filter(|row| row.text(col).is_some_and(|text| !is_no_value(text)));
        let filled: Vec<&RawRow> = filled.collect();
        let first = filled.first()?.index;
        let text = heading_of(header, sheet, col);
        let heading = words.heading(text);
        if heading.is_unit || heading.is_time {
            return Some((col, first, None));
        }
        let is_value = |row: &&&RawRow| row.text(col).is_some_and(|text| is_value(text, words));
        let is_like = share(filled.iter().filter(is_value).count(), filled.len(), 50);
        let field = values.iter().copied().find(|&field| words.may_head(field, text));
        let length: usize =
            filled.iter().filter_map(|row| row.text(col)).map(|text| text.chars().count()).sum();
        let is_sentence = length >= SENTENCE * filled.len() && !is_like;
        let reason = reason.filter(|_| is_sentence);
        reason.or(field.filter(|_| is_like)).map(|field| (col, first, Some(field)))
    };
    header.unknown.iter().filter_map(settle).collect()
}

/// E4.
fn give(header: &mut Header, field: Field, may_hold: impl Fn(u32) -> bool) {
    let mut columns = header.unknown.iter().copied().filter(|&col| may_hold(col));
    if let (Some(col), None) = (columns.next(), columns.next()) {
        header.unknown.retain(|&unknown| unknown != col);
        header.columns.insert(Slot::Field(field), col);
        header.inferred.push(col);
        header.inferred.sort_unstable();
    }
}

/// Whether a part is so many hundredths of the whole.
fn share(part: usize, whole: usize, hundredths: usize) -> bool {
    part * 100 >= whole * hundredths && whole > 0
}

/// Whether a text has a figure, and more than figures: a unit, a time.
fn is_figure(text: &str) -> bool {
    has_digit(text)
        && text.contains(|c: char| c.is_alphabetic() || "％%㎡".contains(c))
        && text.chars().count() <= *NAME.end()
}

/// Whether a text begins as a value does, with a figure, and is no time.
pub(super) fn is_value(text: &str, words: &Lexicon) -> bool {
    let begins = text.starts_with(|c: char| half_width(c).is_ascii_digit() || "△▲約".contains(c));
    begins && text.chars().count() <= *NAME.end() && parse_time(text, words.eras()).is_none()
}
