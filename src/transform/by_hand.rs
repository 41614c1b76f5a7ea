//! Sheets of which the template says by hand what they hold (`[[sheets]]`).
//!
//! * **B1** The first entry whose patterns fit decides; names are compared folded.
//! * **B2** Entries with the same patterns as that one are further tables of the sheet, from top to bottom.
//! * **B3** What an entry does not name is not read, and that is no trouble.
//! * **B4** A row below the header that says the same as one of the header's rows is the header, repeated.
//! * **B5** Without an entry, a table that stands beside the list in kaitei's own data format is no form, nor is a sheet
//!   that kaitei made from the list of the same workbook, which is said.

use super::columns::{Header, headings};
use super::headers::Headers;
use super::marks::LeftOut;
use crate::finding::{Collector, Finding, Listed, Outside, Problem};
use crate::japanese::fold;
use crate::model::{CellRef, Origin, Place, RawRow, RawSheet, RowKind, SheetAccount};
use crate::template::{BESIDE_THE_LIST, SheetForm, SheetSpec, Template};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The entries that hold for a sheet, by their indices in the template (B1, B2); none if its headings tell.
pub(super) fn entries(place: &Place, template: &Template) -> Vec<usize> {
    let (file, sheet) = (fold(&place.file), fold(place.sheet.as_deref().unwrap_or_default()));
    let fits = |spec: &&SheetSpec| is_like(&fold(&spec.file), &file) && is_like(&fold(&spec.sheet), &sheet);
    let Some(first) = template.sheets.iter().find(fits) else { return Vec::new() };
    let same = |spec: &SheetSpec| (&spec.file, &spec.sheet) == (&first.file, &first.sheet);
    let all = template.sheets.iter().enumerate();
    all.filter(|(_, spec)| same(spec)).map(|(at, _)| at).collect()
}

/// Whether a text is what a pattern describes, `*` being any text.
pub(super) fn is_like(pattern: &str, text: &str) -> bool {
    let Some((begin, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(begin) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(end)
}

/// Where the headers of a sheet come from, as its entries have it; none if they say that it is no form. Rows and columns that the sheet does not have are reported, and such columns left out.
pub(super) fn headers(
    sheet: &RawSheet,
    entries: &[usize],
    template: &Template,
    findings: &mut Collector,
) -> Option<Headers> {
    if entries.is_empty() {
        if sheet.surroundings.repeats_list {
            findings.push(Finding::new(Problem::SheetRepeatsList {}, Origin::of_place(&sheet.place)));
            return None;
        }
        return (!is_beside_the_list(sheet)).then(|| Headers::Sought(Vec::new()));
    }
    let mut headers: Vec<Header> = Vec::new();
    for &entry in entries {
        match &template.sheets[entry].form {
            SheetForm::Skipped => return None,
            SheetForm::Table { top, end, columns } => {
                let (top, end) = (*top, *end);
                headers.push(Header {
                    top,
                    end,
                    named_end: end,
                    columns: columns.clone(),
                    ..Header::default()
                });
            }
        }
    }
    headers.sort_by_key(|header| header.top);
    let filled: BTreeSet<u32> =
        sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.col)).collect();
    let bounds = filled.last().zip(sheet.rows.last());
    if let Some((&widest, last)) = bounds {
        for header in &mut headers {
            findings.extend(outside(sheet, header, widest, last.index));
            header.outside =
                header.columns.extract_if(.., |_, col| *col > widest).map(|(slot, _)| slot).collect();
            let held: Vec<u32> = header.columns.values().copied().collect();
            header.ignored = filled.iter().copied().filter(|col| !held.contains(col)).collect(); // B3
        }
    }
    Some(Headers::ByHand(headers))
}

/// B5: whether the first row begins as such a table's header.
fn is_beside_the_list(sheet: &RawSheet) -> bool {
    let begins =
        |[first, second]: &[&str; 2]| sheet.text(0, 0) == Some(*first) && sheet.text(0, 1) == Some(*second);
    BESIDE_THE_LIST.iter().any(begins)
}

/// The account of a sheet that is skipped, with the rows that are left out anyway.
pub(super) fn skipped(sheet: &RawSheet, left_out: LeftOut) -> SheetAccount {
    let rows = sheet.rows.iter().map(|row| (row.index, RowKind::Skipped)).collect();
    let place = Arc::clone(&sheet.place);
    let mut account =
        SheetAccount { place, tables: Vec::new(), rows, cells: Vec::new(), notes: left_out.comments };
    account.add(left_out.rows);
    account
}

/// B4: at least two cells, and each says what stands above it in the header.
pub(super) fn is_repeated(sheet: &RawSheet, row: &RawRow, header: &Header) -> bool {
    let said: Vec<(u32, &str)> =
        header.columns.values().filter_map(|&col| Some((col, row.text(col)?))).collect();
    let above = |&(col, text): &(u32, &str)| {
        let mut headings = headings(sheet, header.top, header.end, col).into_iter();
        headings.any(|heading| fold(heading) == fold(text))
    };
    said.len() >= 2 && said.iter().all(above)
}

/// The rows and columns of a header that lie outside what the sheet has.
fn outside(sheet: &RawSheet, header: &Header, widest: u32, last: u32) -> Option<Finding> {
    let columns = header.columns.values().filter(|col| **col > widest);
    let columns: Vec<String> = columns.map(|&col| CellRef::column_letters(col)).collect();
    let (outside, which): (Outside, Listed) = match (header.end > last + 1, columns.is_empty()) {
        (true, _) => (Outside::Row, [header.end.to_string()].into_iter().collect()),
        (false, false) => (Outside::Columns, columns.into_iter().collect()),
        (false, true) => return None,
    };
    Some(Finding::new(Problem::MappingUnfit { outside, which }, Origin::of_place(&sheet.place)))
}

/// A warning for each entry that held for no sheet.
pub(super) fn unused(used: &BTreeSet<usize>, template: &Template) -> Vec<Finding> {
    let unused = template.sheets.iter().enumerate().filter(|(at, _)| !used.contains(at));
    let note = |(at, spec): (usize, &SheetSpec)| {
        let (file, sheet) = ((&spec.file).into(), (&spec.sheet).into());
        let problem = Problem::MappingUnused { entry: at + 1, file, sheet };
        Finding::new(problem, template.origin())
    };
    unused.map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("05_*.xlsx", "05_財政課.xlsx", true),
            ("05_*.xlsx", "15_財政課.xlsx", false),
            ("05_*.xlsx", "05_財政課.xls", false),
            ("*課*票", "財政課の票の票", true),
            ("*票", "票の課", false),
            ("票*票", "票", false),
            ("票", "票2", false),
            ("", "票", false),
        ] {
            assert_eq!(is_like(pattern, text), fits, "{pattern} {text}");
        }
    }
}
