//! Header recognition: which rows of a sheet are a table's header, and what each column means.
//!
//! * **H1** Texts are compared folded (width, spaces, line breaks and brackets do not matter).
//! * **H2** A column's heading is its lowest header cell; where that says nothing, the headings above it
//!   joined with it. A merged cell stands in every cell that it covers.
//! * **H3** A heading equal to a word beats one that begins with it, which beats one that contains it;
//!   among equals the longest word wins.
//! * **H4** A field's column is the one with the best match; a weaker one is an unknown column, and two
//!   equally good ones are ambiguous.
//! * **H5** A row is a header if it names the indicator and two fields more. Up to three rows are joined
//!   if that names more fields, or the same fields better.
//! * **H6** Columns headed by words of the vocabulary are marks (`○`) if there are at least two.

use super::text::fold;
use crate::model::{DispositionId, Field, RawRow, RawSheet};
use crate::template::Template;
use std::collections::BTreeMap;

/// Rows that a header may have.
const HEADER_ROWS: u32 = 3;
/// Columns beyond this are not looked at: no form is that wide.
const WIDEST: u32 = 256;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// A field, perhaps with its time or reason in the same cell.
    Field(Field),
    /// The time of a field's value.
    Time(Field),
    /// A mark that chooses this disposition.
    Mark(DispositionId),
    /// Known and left out on purpose.
    Ignored,
}

/// A recognised header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// First row.
    pub(super) top: u32,
    /// First row below it.
    pub(super) end: u32,
    /// Column of each slot.
    pub(super) columns: BTreeMap<Slot, u32>,
    /// Columns with a heading that means nothing to the template.
    pub(super) unknown: Vec<u32>,
    /// Slots that two columns claim equally.
    pub(super) ambiguous: Vec<(Slot, u32, u32)>,
}

/// The template's header words, folded once.
pub(super) struct Words(Vec<(Slot, String)>);

/// How well a heading fits a word; better ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Contains,
    Begins,
    Equals,
}

type Match = (Fit, usize, Slot);

impl Words {
    /// Collects the words of all fields, times, dispositions and ignored columns.
    pub(super) fn new(template: &Template) -> Self {
        let mut words: Vec<(Slot, String)> = Vec::new();
        for field in template.all_fields() {
            let spec = template.field(field);
            words.extend(spec.words.iter().map(|word| (Slot::Field(field), fold(word))));
            words.extend(spec.time_words.iter().map(|word| (Slot::Time(field), fold(word))));
        }
        for (i, disposition) in template.dispositions.iter().enumerate() {
            let names = [&disposition.label, &disposition.print];
            words.extend(names.map(|name| (Slot::Mark(DispositionId(i)), fold(name))));
        }
        words.extend(template.ignored_columns.iter().map(|word| (Slot::Ignored, fold(word))));
        words.retain(|(_, word)| !word.is_empty());
        Self(words)
    }

    /// The slot whose word fits a heading best (H3).
    fn best(&self, heading: &str) -> Option<Match> {
        let fit = |slot: Slot, word: &str| {
            if heading == word {
                Some(Fit::Equals)
            } else if matches!(slot, Slot::Mark(_)) {
                None // `1.維持の理由` is no mark
            } else if heading.starts_with(word) {
                Some(Fit::Begins)
            } else if heading.contains(word) && slot != Slot::Ignored {
                Some(Fit::Contains)
            } else {
                None
            }
        };
        let matches = self.0.iter().filter_map(|(slot, word)| Some((fit(*slot, word)?, word.len(), *slot)));
        // The first of equals: words are in the template's order.
        matches.reduce(|best, next| if (next.0, next.1) > (best.0, best.1) { next } else { best })
    }
}

/// The header that begins at a row, if one does.
pub(super) fn recognise(sheet: &RawSheet, row: &RawRow, words: &Words) -> Option<Header> {
    // Cheap first: most rows are data and name no field at all.
    let named = row.cells.iter().filter(|cell| cell.text.chars().count() <= 60);
    if named.filter_map(|cell| words.best(&fold(&cell.text))).filter(|m| m.0 > Fit::Contains).count() < 2 {
        return None;
    }
    let candidates = (1..=HEADER_ROWS).map(|rows| {
        let header = read(sheet, row.index, row.index + rows, words);
        let fits: usize = header.1;
        ((header.0.columns.len(), fits), header.0)
    });
    let (_, header) = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let fields = header.columns.keys().filter(|slot| **slot != Slot::Ignored).count();
    (header.columns.contains_key(&Slot::Field(Field::Indicator)) && fields >= 3).then_some(header) // H5
}

/// Reads rows as a header; also how well they fit, for comparing.
fn read(sheet: &RawSheet, top: u32, end: u32, words: &Words) -> (Header, usize) {
    let mut claims: Vec<(u32, Option<Match>)> = Vec::new();
    for col in columns(sheet, top, end) {
        let path = path(sheet, top, end, col);
        let Some(leaf) = path.last() else { continue };
        let best = words.best(leaf).max(words.best(&path.concat())); // H2
        claims.push((col, best));
    }
    let marks = claims.iter().filter(|c| matches!(c.1, Some((_, _, Slot::Mark(_))))).count();
    let mut header =
        Header { top, end, columns: BTreeMap::new(), unknown: Vec::new(), ambiguous: Vec::new() };
    let mut best: BTreeMap<Slot, (Fit, usize)> = BTreeMap::new();
    for (col, claim) in claims {
        let Some((fit, length, slot)) = claim.filter(|c| marks >= 2 || !matches!(c.2, Slot::Mark(_))) else {
            header.unknown.push(col); // H6
            continue;
        };
        match best.get(&slot) {
            Some(_) if slot == Slot::Ignored => {}
            Some(&held) if held == (fit, length) => header.ambiguous.push((slot, header.columns[&slot], col)),
            Some(&held) if held > (fit, length) => header.unknown.push(col), // H4
            _ => {
                best.insert(slot, (fit, length));
                header.ambiguous.retain(|(claimed, _, _)| *claimed != slot);
                header.unknown.extend(header.columns.insert(slot, col));
            }
        }
    }
    header.unknown.sort_unstable();
    (header, best.values().map(|(fit, _)| *fit as usize + 1).sum())
}

/// The columns that have text in the given rows, merged cells included, ascending.
fn columns(sheet: &RawSheet, top: u32, end: u32) -> Vec<u32> {
    let mut columns: Vec<u32> = Vec::new();
    for row in (top..end).filter_map(|row| sheet.row(row)) {
        columns.extend(row.cells.iter().map(|cell| cell.col));
    }
    for area in sheet.merges.iter().filter(|area| area.top < end && area.bottom >= top) {
        if sheet.text(area.top, area.left).is_some() {
            columns.extend(area.left..=area.right.min(WIDEST));
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|&col| col < WIDEST);
    columns
}

/// The folded headings of a column from top to bottom, each merged cell once.
fn path(sheet: &RawSheet, top: u32, end: u32, col: u32) -> Vec<String> {
    let mut path = Vec::new();
    let mut previous = None;
    for row in top..end {
        let merged = sheet.merges.iter().find(|area| area.contains(row, col) && area.top >= top);
        let source = merged.map_or((row, col), |area| (area.top, area.left));
        if previous == Some(source) {
            continue;
        }
        previous = Some(source);
        path.extend(sheet.text(source.0, source.1).map(fold));
    }
    path
}
