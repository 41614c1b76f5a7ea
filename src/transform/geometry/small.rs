//! A small table under each record's name: a line with the name, a row of headings, a row of values.
//!
//! * **M1** A row of headings names two fields of values and more, and not the name; the row below it has entries in its
//!   columns that are like theirs.
//! * **M2** The name is the single cell right above it, or above a blank row. What all names of a sheet begin with, if a
//!   number follows (`数値目標①　…`), is the word for them and none of the name.
//! * **M3** Each small table has a header of its own: the same column may be another year's in the next.

use super::fold::{Cell, Fold};
use crate::japanese::{is_space, leading_number};
use crate::model::{RawRow, RawSheet};
use crate::template::Template;
use crate::transform::apart::Evidence;
use crate::transform::columns::{self, Header, Lexicon};
use crate::transform::headings::Headings;

/// Rows that are looked at: it takes time, and no form has as many.
const ROWS: usize = 5_000;

/// A small table: its name's cell, the row of its headings, the row of its values.
struct Small {
    name: Cell,
    headings: u32,
    values: u32,
}

/// Folds the small tables of a sheet into one with a header for each: the table, its headers, and the sheet without them.
pub(super) fn fold_small(
    sheet: &RawSheet,
    words: &Lexicon,
    headings: &Headings,
    template: &Template,
) -> Option<(RawSheet, Vec<Header>, RawSheet)> {
    let rows = sheet.rows.iter().take(ROWS);
    let found: Vec<Small> =
        rows.filter_map(|row| Small::at(sheet, row, (words, headings), template)).collect();
    let text = |small: &Small| sheet.text(small.name.0, small.name.1).unwrap_or_default();
    let prefix = common_word(&found.iter().map(text).collect::<Vec<_>>());
    let mut table = Fold::of(sheet);
    let mut lines: Vec<u32> = Vec::new();
    let (mut next, mut below) = (0, 0);
    for small in &found {
        next = table.put_headings(next, sheet.rows_in(below..small.name.0), headings);
        below = small.values + 1;
        let name = text(small).get(prefix..).unwrap_or_default();
        table.put_text((next + 1, 0), small.name, name.trim_start_matches(is_space).to_owned());
        for (line, row) in [(next, small.headings), (next + 1, small.values)] {
            for cell in sheet.row(row).iter().flat_map(|row| &row.cells) {
                table.put((line, cell.col + 1), (row, cell.col));
            }
        }
        lines.push(next);
        next += 2;
    }
    let (table, rest) = table.finish();
    let header = |line: &u32| {
        let (_, mut header) = columns::read(&table, *line, line + 1, words);
        header.columns.insert(words.name(), 0);
        header
    };
    let headers: Vec<Header> = lines.iter().map(header).collect();
    (!headers.is_empty()).then_some((table, headers, rest))
}

impl Small {
    /// The small table whose headings stand in a row (M1, M2).
    fn at(
        sheet: &RawSheet,
        row: &RawRow,
        (words, headings): (&Lexicon, &Headings),
        template: &Template,
    ) -> Option<Self> {
        let is_short = row.cells.iter().all(|cell| cell.text.chars().count() <= columns::LONGEST_HEADING);
        if row.cells.len() < 2 || !is_short {
            return None;
        }
        let values = sheet.row(row.index + 1)?;
        let (_, header) = columns::read(sheet, row.index, row.index + 1, words);
        let fields = header.columns.keys().filter(|slot| words.is_value(**slot)).count();
        let evidence = Evidence::of(std::iter::once(values), &header, words, template);
        let is_like = !evidence.is_none() && evidence.is_for();
        if fields < 2 || header.columns.contains_key(&words.name()) || !is_like {
            return None;
        }
        let above = |rows: u32| sheet.row(row.index.checked_sub(rows)?);
        let title = above(1).or_else(|| above(2))?;
        let [name] = &title.cells[..] else { return None };
        headings.read(sheet, title).is_none().then_some(Self {
            name: (title.index, name.col),
            headings: row.index,
            values: row.index + 1,
        })
    }
}

/// M2: the bytes of the word that all texts begin with, if there are several and a number follows it in each.
fn common_word(texts: &[&str]) -> usize {
    let Some((first, rest)) = texts.split_first().filter(|(_, rest)| !rest.is_empty()) else { return 0 };
    let is_word = |end: &usize| {
        let word = &first[..*end];
        let has_number = |text: &&str| {
            text.strip_prefix(word)
                .is_some_and(|rest| leading_number(rest).is_some_and(|(_, label)| !label.is_empty()))
        };
        !columns::has_digit(word) && has_number(first) && rest.iter().all(has_number)
    };
    first.char_indices().map(|(at, _)| at).find(is_word).unwrap_or_default()
}
