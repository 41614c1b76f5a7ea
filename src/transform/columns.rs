//! Header recognition: which rows of a sheet are a table's header, and what each column means.
//!
//! * **H1** Texts are compared folded (width, spaces, line breaks and brackets do not matter).
//! * **H2** A column's heading is its lowest header cell; where that says nothing, the headings above it
//!   joined with it. A merged cell stands in every cell that it covers.
//! * **H3** A heading equal to a word beats one that begins with it, which beats one that contains it;
//!   among equals the longest word wins.
//! * **H4** The best matches are made first; a column whose field is taken by a better one goes to the next
//!   field that it fits. Left over, it is an unknown column, or ambiguous if it fits as well as the one taken.
//! * **H5** A header begins with a row that names two fields, and names the indicator and two columns more in
//!   all, or four others. Up to three rows are joined if that names more columns, or the same ones better; a
//!   row that has an indicator with a value is data.
//! * **H6** Columns headed by words of the vocabulary are marks (`○`) if there are at least two.

use super::text::{fold, leading_number};
pub(super) use crate::model::Slot;
use crate::model::{Area, DispositionId, Field, RawCell, RawRow, RawSheet};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that a header may have.
pub(super) const HEADER_ROWS: u32 = 3;
/// Characters of the longest heading.
const LONGEST_HEADING: usize = 60;
/// Columns beyond this are not looked at: no form is that wide.
const WIDEST: u32 = 1024;

/// A recognised header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Header {
    /// First row.
    pub(super) top: u32,
    /// First row below it.
    pub(super) end: u32,
    /// Column of each slot.
    pub(super) columns: BTreeMap<Slot, u32>,
    /// Columns that are known and left out on purpose.
    pub(super) ignored: Vec<u32>,
    /// Columns with a heading that means nothing to the template.
    pub(super) unknown: Vec<u32>,
    /// Slots that two columns claim equally.
    pub(super) ambiguous: Vec<(Slot, u32, u32)>,
    /// How many columns have a heading that equals a word.
    pub(super) exact: usize,
}

/// The template's header words, folded once.
pub(super) struct Words(Vec<(Slot, String)>);

/// How a heading fits a word; better manners are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Manner {
    Contains,
    Begins,
    Equals,
}

/// How well a heading fits a slot: by the manner, then by the length of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    manner: Manner,
    length: usize,
}

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

    /// Whether a heading equals or begins with a field's word.
    fn names_field(&self, heading: &str) -> bool {
        self.0.iter().any(|(slot, word)| matches!(slot, Slot::Field(_)) && heading.starts_with(word))
    }

    /// How well a heading fits each slot, at its best word (H3).
    fn fits(&self, heading: &str) -> BTreeMap<Slot, Fit> {
        let mut fits: BTreeMap<Slot, Fit> = BTreeMap::new();
        for (slot, word) in &self.0 {
            if let Some(manner) = manner(heading, *slot, word) {
                let fit = Fit { manner, length: word.len() };
                fits.entry(*slot).and_modify(|best| *best = fit.max(*best)).or_insert(fit);
            }
        }
        fits
    }
}

fn manner(heading: &str, slot: Slot, word: &str) -> Option<Manner> {
    if heading == word {
        Some(Manner::Equals)
    } else if matches!(slot, Slot::Mark(_)) {
        None // `1.維持の理由` is no mark
    } else if heading.starts_with(word) {
        Some(Manner::Begins)
    } else if heading.contains(word) && slot != Slot::Ignored {
        Some(Manner::Contains)
    } else {
        None
    }
}

/// The header that begins at a row, if one does.
pub(super) fn recognise(sheet: &RawSheet, row: &RawRow, words: &Words) -> Option<Header> {
    // Cheap first: most rows are data and name no field at all.
    let short = row.cells.iter().filter(|cell| cell.text.chars().count() <= LONGEST_HEADING);
    let names = |cell: &&RawCell| words.names_field(&fold(&cell.text));
    if short.filter(names).count() < 2 {
        return None;
    }
    let (mut quality, mut header) = read(sheet, row.index, row.index + 1, words);
    for end in row.index + 2..=row.index + HEADER_ROWS {
        if is_data(sheet, end - 1, &header) {
            break;
        }
        let (joined, longer) = read(sheet, row.index, end, words);
        if joined > quality {
            (quality, header) = (joined, longer);
        }
    }
    let indicator = header.columns.contains_key(&Slot::Field(Field::Indicator));
    (header.columns.len() >= if indicator { 3 } else { 4 }).then_some(header) // H5
}

/// Whether a row below a header is no more header: an indicator's, with a value or a disposition, or a numbered
/// heading alone.
fn is_data(sheet: &RawSheet, row: u32, header: &Header) -> bool {
    if let Some([only]) = sheet.row(row).map(|row| row.cells.as_slice())
        && leading_number(&only.text).is_some()
    {
        return true;
    }
    let filled = |slot: Slot| header.columns.get(&slot).is_some_and(|&col| sheet.text(row, col).is_some());
    let values = [Field::Baseline, Field::Target, Field::Disposition].map(Slot::Field);
    filled(Slot::Field(Field::Indicator)) && values.into_iter().any(filled)
}

/// Reads rows as a header. Also how good a header they are: the number of fields, and how well they fit.
pub(super) fn read(sheet: &RawSheet, top: u32, end: u32, words: &Words) -> ((usize, usize), Header) {
    let mut claims: Vec<(Fit, u32, Slot)> = Vec::new();
    let mut header = Header { top, end, ..Header::default() };
    for col in columns(sheet, top, end) {
        let path: Vec<String> = headings(sheet, top, end, col).into_iter().map(fold).collect();
        let Some(leaf) = path.last() else { continue };
        header.unknown.push(col);
        let mut fits = words.fits(&path.concat()); // H2
        for (slot, fit) in words.fits(leaf) {
            fits.entry(slot).and_modify(|joined| *joined = fit.max(*joined)).or_insert(fit);
        }
        claims.extend(fits.into_iter().map(|(slot, fit)| (fit, col, slot)));
    }
    let marked: BTreeSet<u32> =
        claims.iter().filter(|c| matches!(c.2, Slot::Mark(_))).map(|(_, col, _)| *col).collect();
    claims.retain(|(_, _, slot)| marked.len() >= 2 || !matches!(slot, Slot::Mark(_))); // H6
    claims.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let quality = header.assign(&claims);
    ((header.columns.len(), quality), header)
}

impl Header {
    /// Required fields without a column. Marks stand for the disposition's column, rows of headings for those of
    /// the groups' levels that they state.
    pub(super) fn missing(&self, template: &Template, stated: &BTreeSet<usize>) -> Vec<Field> {
        let marked = self.columns.keys().any(|slot| matches!(slot, Slot::Mark(_)));
        let present = |field: Field| {
            self.columns.contains_key(&Slot::Field(field))
                || (field == Field::Disposition && marked)
                || matches!(field, Field::Group(level) if stated.contains(&level))
        };
        let fields = template.all_fields().into_iter();
        fields.filter(|&field| template.field(field).required && !present(field)).collect()
    }

    /// Whether a column is any of the header's.
    pub(super) fn has_column(&self, col: u32) -> bool {
        self.columns.values().chain(&self.ignored).chain(&self.unknown).any(|&known| known == col)
            || self.ambiguous.iter().any(|&(_, _, known)| known == col)
    }

    /// H4: gives columns to slots, the best claims first. Returns the sum of the manners.
    fn assign(&mut self, claims: &[(Fit, u32, Slot)]) -> usize {
        let mut held: BTreeMap<Slot, (Fit, u32)> = BTreeMap::new();
        let mut rivals: Vec<(Slot, u32, u32)> = Vec::new();
        for &(fit, col, slot) in claims {
            if !self.unknown.contains(&col) {
                continue; // it has found a better slot
            }
            match held.get(&slot) {
                _ if slot == Slot::Ignored => self.ignored.push(col),
                Some(&(best, first)) => {
                    rivals.extend((best == fit).then_some((slot, first, col)));
                    continue;
                }
                None => {
                    held.insert(slot, (fit, col));
                    self.columns.insert(slot, col);
                }
            }
            self.unknown.retain(|&unknown| unknown != col);
        }
        rivals.retain(|(_, _, col)| self.unknown.contains(col));
        self.unknown.retain(|unknown| !rivals.iter().any(|(_, _, col)| col == unknown));
        self.ambiguous = rivals;
        self.exact = held.values().filter(|(fit, _)| fit.manner == Manner::Equals).count();
        held.values().map(|(fit, _)| fit.manner as usize + 1).sum()
    }
}

/// The columns that have text in the given rows, merged cells included, ascending.
pub(super) fn columns(sheet: &RawSheet, top: u32, end: u32) -> Vec<u32> {
    let mut columns: Vec<u32> = Vec::new();
    for row in (top..end).filter_map(|row| sheet.row(row)) {
        columns.extend(row.cells.iter().map(|cell| cell.col));
    }
    for area in merges(sheet, top, end) {
        if sheet.text(area.top, area.left).is_some() {
            columns.extend(area.left..=area.right.min(WIDEST));
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|&col| col < WIDEST);
    columns
}

/// The merged areas that begin in the given rows; merges are sorted by their top-left cell.
fn merges(sheet: &RawSheet, top: u32, end: u32) -> &[Area] {
    let from = sheet.merges.partition_point(|area| area.top < top);
    let to = sheet.merges.partition_point(|area| area.top < end);
    &sheet.merges[from..to]
}

/// The headings of a column from top to bottom, each merged cell once.
pub(super) fn headings(sheet: &RawSheet, top: u32, end: u32, col: u32) -> Vec<&str> {
    let mut path = Vec::new();
    let mut previous = None;
    for row in top..end {
        let merged = merges(sheet, top, end).iter().find(|area| area.contains(row, col));
        let source = merged.map_or((row, col), |area| (area.top, area.left));
        if previous == Some(source) {
            continue;
        }
        previous = Some(source);
        path.extend(sheet.text(source.0, source.1));
    }
    path
}
