//! Header recognition: which rows of a sheet are a table's header, and what each column means.
//!
//! * **H1**, **H3**, **H7**, **H8**, **H12**, **H13** say how a heading fits the template's words (see
//!   [`super::lexicon`]).
//! * **H2** A column's heading is its lowest header cell; where that says nothing, the headings above it
//!   joined with it, from above or from below (`目標` over `5ヵ年`). A merged cell stands in every cell that it covers; but it heads a column by itself only if
//!   it stands above no column further left.
//! * **H4** The best matches are made first; a column whose field is taken by a better one goes to the next
//!   field that it fits, but to no group by a mere hint if it fits as well as the one taken. Left over, it is an unknown
//!   column, or ambiguous if it fits as well as the one taken.
//! * **H5** A header begins with a row that names two fields, and names the indicator and two columns more in
//!   all, or four others; or names the indicator, where what stands below it tells four columns more.
//!   Up to three rows are joined if that names more columns, or the same ones better, but not
//!   if the rows without the first do as well; a row that has an indicator with a value is data.
//! * **H6** Columns headed by words of the vocabulary are marks (`○`) if there are at least two.
//! * **H9** A column headed by a word for times alone (`年度`) belongs to the value left of it.
//! * **H16** A column headed 単位 alone is for all values of its row; of several, each belongs to the value left of it.
//! * **H10** A heading that fits a group and a value equally (`目標`) is the group's if the entries below it are
//!   numbered labels; if they do not tell, it is the group's if another column fits the value. It is the value's if
//!   another column is better at the group, and none fits the value.
//! * **H14** A row that has an entry of the table above it is data, whatever its labels are: a figure in a value's
//!   column, or a word of the vocabulary in the disposition's.
//! * **H19** The columns below a merged heading are its first one's unit, its time, or the cells of options; else unknown.
//!   Where nothing is merged, columns without a heading right of a field of choices are its options if nothing but options
//!   and signs stands in them.
//! * **H17** A row right below a header that holds nothing but units and times of its columns belongs to it.
//! * **H11** A row below a header that counts its columns (`(1)`, `(2)`, …; `A`, `B`, …) belongs to it.

use super::ages::tell_targets_apart;
use super::fit::{Fit, Manner};
pub(super) use super::heading_cells::{columns, headings, path};
use super::heading_text::times;
use super::heading_units::is_known;
use super::kinds::is_time;
pub(super) use super::lexicon::Lexicon;
use super::options;
use super::{evidence, group_columns, tell};
use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, is_no_value, is_space, leading_number};
pub(super) use crate::model::Slot;
use crate::model::{Eras, Field, RawCell, RawRow, RawSheet, Role};
use crate::template::Template;
use crate::transform::value::{is_known_unit, is_unit_sign};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Rows that a header may have.
pub(super) const HEADER_ROWS: u32 = 3;
/// Characters of the longest heading.
pub(super) const LONGEST_HEADING: usize = 60;
/// Columns beyond this are not looked at: no form is that wide.
pub(super) const WIDEST: u32 = 1024;
/// Rows below a header that are looked at.
pub(super) const ENTRIES: usize = 12;

/// Columns that make a header of one that names the indicator alone, if what stands below tells them.
const TOLD: usize = 5;

/// Row and column of a cell.
type Cell = (u32, u32);
/// How well a column fits a slot.
pub(super) type Claim = (Fit, u32, Slot);

/// A recognised header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Header {
    /// First row.
    pub(super) top: u32,
    /// First row below it.
    pub(super) end: u32,
    /// First row below its headings: a row that counts the columns has none.
    pub(super) named_end: u32,
    /// Column of each slot.
    pub(super) columns: BTreeMap<Slot, u32>,
    /// Columns that are known and left out on purpose.
    pub(super) ignored: Vec<u32>,
    /// Columns with a heading that means nothing to the template.
    pub(super) unknown: Vec<u32>,
    /// Slots whose columns, which the template names, are not on the sheet.
    pub(super) outside: Vec<Slot>,
    /// Slots that two columns claim equally.
    pub(super) ambiguous: Vec<(Slot, u32, u32)>,
    /// Of a field of choices that has a cell for each option, the last column.
    pub(super) options: BTreeMap<Slot, u32>,
    /// How many columns have a heading that equals a word, ornaments aside.
    pub(super) exact: usize,
    /// Columns whose heading is no more than a hint at what they hold (H13).
    pub(super) inferred: Vec<u32>,
    /// The template says what its columns hold.
    pub(super) is_kept: bool,
}

/// The header that begins at a row, if one does.
pub(super) fn recognise(sheet: &RawSheet, row: &RawRow, words: &Lexicon) -> Option<Header> {
    // Cheap first: most rows are data and name no field at all.
    let names = |row: &RawRow| {
        let short = row.cells.iter().filter(|cell| cell.text.chars().count() <= LONGEST_HEADING);
        short.filter(|cell| words.names_field(&cell.text)).count()
    };
    // Of a header that is merged over rows, each names some.
    let is_tall = || row.cells.iter().any(|cell| sheet.end_of(row.index, cell.col).0 > row.index);
    let below = || sheet.row(row.index + 1).filter(|_| is_tall()).map_or(0, names);
    let own = names(row);
    if own == 0 || (own == 1 && below() == 0 && !names_alone(row, words)) || !words.may_try() {
        return None;
    }
    let (mut quality, mut header) = read(sheet, row.index, row.index + 1, words);
    for end in row.index + 2..=row.index + HEADER_ROWS {
        if is_data(sheet, end - 1, &header, words) {
            break;
        }
        let (joined, longer) = read(sheet, row.index, end, words);
        if joined > quality {
            (quality, header) = (joined, longer);
        }
    }
    if header.end > row.index + 1 && read(sheet, row.index + 1, header.end, words).0 >= quality {
        return None; // H5: it begins further down
    }
    let is_named = header.columns.contains_key(&words.name());
    if sheet.row(header.end).is_some_and(|row| header.is_detailed_by(row, words)) {
        (header.end, header.named_end) = (header.end + 1, header.named_end + 1); // H17
    }
    if sheet.row(header.end).is_some_and(counts_columns) {
        header.end += 1; // H11
    }
    let known = header.columns.len();
    if known < 4 && !is_named {
        return None; // H5
    }
    header.tell(sheet, words);
    header.is_enough(known).then_some(header) // H5
}

/// Whether a row has the heading of the name, and nothing beside it that is like an entry: what stands below may tell the
/// other columns.
fn names_alone(row: &RawRow, words: &Lexicon) -> bool {
    let is_name = |cell: &RawCell| words.heading(&cell.text).fits.contains_key(&words.name());
    let is_heading = |cell: &RawCell| {
        let is_short = cell.text.chars().count() <= LONGEST_HEADING;
        is_short && !evidence::is_value(&cell.text, words) && !words.is_option(&cell.text)
    };
    row.cells.len() >= 3 && row.cells.iter().any(is_name) && row.cells.iter().all(is_heading)
}

/// H11: whether the cells of a row count from 1 or A, with gaps at most where columns are hidden.
pub(super) fn counts_columns(row: &RawRow) -> bool {
    let count = |cell: &RawCell| {
        let folded = fold(&cell.text);
        match folded.trim_start_matches('(').trim_end_matches(')').as_bytes() {
            [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a') + 1),
            digits => std::str::from_utf8(digits).ok()?.parse().ok(),
        }
    };
    // What stands right of the counts is beside the table.
    let counts: Vec<Option<usize>> = row.cells.iter().map(count).collect();
    let last = counts.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    let counts: Option<Vec<usize>> = counts[..last].iter().copied().collect();
    counts.is_some_and(|counts| {
        counts.len() >= 3
            && counts[0] == 1
            && row.cells.len() <= counts.len() + 2
            && counts.is_sorted_by(|a, b| a < b)
            && counts.last().is_some_and(|last| *last <= counts.len() * 2)
    })
}

/// Whether a row below a header is no more header: an indicator's, with a value or a disposition, or a numbered
/// heading alone.
fn is_data(sheet: &RawSheet, row: u32, header: &Header, words: &Lexicon) -> bool {
    if let Some([only]) = sheet.row(row).map(|row| row.cells.as_slice())
        && leading_number(&only.text).is_some()
    {
        return true;
    }
    let is_filled = |col: &u32| sheet.text(row, *col).is_some();
    let says = |&(slot, col): &(&Slot, &u32)| {
        let is_value = words.is_value(*slot) && !words.has_role(*slot, Role::NewTarget);
        (is_value || words.is_choice(*slot)) && is_filled(col)
    };
    header.columns.get(&words.name()).is_some_and(is_filled) && header.columns.iter().any(|it| says(&it))
}

/// Reads rows as a header. Also how good a header they are: the number of fields, and how well they fit.
pub(super) fn read(sheet: &RawSheet, top: u32, end: u32, words: &Lexicon) -> ((usize, usize), Header) {
    let mut claims: Vec<Claim> = Vec::new();
    let mut header = Header { top, end, named_end: end, ..Header::default() };
    let mut seen: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut times: Vec<(u32, u32)> = Vec::new();
    let mut units: Vec<(u32, u32)> = Vec::new();
    let mut spans: Vec<(u32, u32)> = Vec::new();
    let mut value = None;
    let mut last: Option<(Cell, u32)> = None;
    for col in columns(sheet, top, end) {
        let path = path(sheet, top, end, col);
        let Some(&(source, leaf)) = path.last() else { continue };
        if seen.contains(&source) {
            spans.extend(last.filter(|(leaf, _)| *leaf == source).map(|(_, first)| (first, col)));
            continue; // H2
        }
        last = Some((source, col));
        seen.extend(path.iter().map(|(source, _)| *source));
        let mut heading = words.heading(leaf); // H2
        if let (Some(left), true) = (value, heading.is_time) {
            times.push((left, col));
        } else if heading.is_unit {
            units.push((value.unwrap_or(col), col));
        } else {
            value = Some(col);
        }
        header.unknown.push(col);
        if path.len() > 1 {
            let from_above: String = path.iter().map(|(_, text)| *text).collect();
            let from_below: String = path.iter().rev().map(|(_, text)| *text).collect();
            let fits = &mut Rc::make_mut(&mut heading).fits;
            for joined in [from_above, from_below] {
                for (&slot, &fit) in &words.heading(&joined).fits {
                    fits.entry(slot).and_modify(|leaf| *leaf = fit.max(*leaf)).or_insert(fit);
                }
            }
        }
        claims.extend(heading.fits.iter().map(|(&slot, &fit)| (fit, col, slot)));
    }
    let has_figures = |col: u32| entries(sheet, end, col).any(has_digit);
    claims.retain(|&(fit, col, slot)| !fit.is_hint() || !words.is_value(slot) || has_figures(col)); // H13
    group_columns::prefer_one(&mut claims, sheet, end, words); // H10, H13
    let marked: BTreeSet<u32> =
        claims.iter().filter(|c| matches!(c.2, Slot::Mark(..))).map(|(_, col, _)| *col).collect();
    claims.retain(|(_, _, slot)| marked.len() >= 2 || !matches!(slot, Slot::Mark(..))); // H6
    claims.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let quality = header.assign(&claims);
    header.assign_beside(&times, words, Slot::Time); // H9
    header.assign_units(&units, words);
    header.assign_spans(&spans, sheet, words);
    header.take_options(sheet, words);
    ((header.columns.len(), quality), header)
}

/// The first texts of a column below a header.
pub(super) fn entries(sheet: &RawSheet, end: u32, col: u32) -> impl Iterator<Item = &str> {
    let from = sheet.rows.partition_point(|row| row.index < end);
    sheet.rows[from..].iter().take(ENTRIES).filter_map(move |row| row.text(col))
}

/// Whether a text has a digit of either width.
pub(super) fn has_digit(text: &str) -> bool {
    text.contains(|c: char| half_width(c).is_ascii_digit())
}

/// Whether a text is a time, in brackets or without; a unit's sign (`m2`) is none.
pub(super) fn is_time_alone(text: &str, eras: &Eras) -> bool {
    let inner = text.trim_matches(|c: char| is_space(c) || ['（', '）', '(', ')'].contains(&c));
    !is_unit_sign(inner) && is_time(inner, eras)
}

pub(super) fn is_group(slot: Slot) -> bool {
    matches!(slot, Slot::Field(Field::Group(_)))
}

impl Header {
    /// What the cells of a field's options say together in a row, with the first filled one's column.
    pub(super) fn options_of(&self, row: &RawRow, slot: Slot, words: &Lexicon) -> Option<(u32, String)> {
        let (&first, &last) = (self.columns.get(&slot)?, self.options.get(&slot)?);
        let own = row.cells.iter().filter(|cell| (first..=last).contains(&cell.col));
        let own: Vec<(u32, &str)> = own.map(|cell| (cell.col, cell.text.as_str())).collect();
        Some((own.first()?.0, options::of_cells(&own, first, |text| words.is_option(text))))
    }

    /// Tells the columns that headings alone do not.
    pub(super) fn tell(&mut self, sheet: &RawSheet, words: &Lexicon) {
        tell_targets_apart(sheet, self, words);
        tell::tell(self, sheet, words);
    }

    /// Whether so many columns that were known by their headings, and those that were told, make a header that has the name.
    pub(super) fn is_enough(&self, known: usize) -> bool {
        known >= 3 || self.columns.len() >= TOLD
    }

    /// Whether this is a header below another: a repetition of it, headings that mostly equal the words, or those of
    /// nearly as many columns, and no row of data. Texts of indicators begin with the same words.
    pub(super) fn may_follow(&self, known: &Self, sheet: &RawSheet, words: &Lexicon) -> bool {
        let columns = self.columns.len();
        let is_alike = known.columns == self.columns
            || self.exact * 2 > columns
            || (columns >= 5 && columns + 1 >= known.columns.len());
        is_alike && !self.has_entry_of(known, sheet, words)
    }

    /// H17
    fn is_detailed_by(&self, row: &RawRow, words: &Lexicon) -> bool {
        const BRACKETS: [char; 6] = ['（', '）', '(', ')', '［', '］'];
        let is_detail = |cell: &RawCell| {
            let inner = cell.text.trim_matches(|c: char| is_space(c) || BRACKETS.contains(&c));
            let of_value = self.columns.iter().any(|(slot, col)| *col == cell.col && words.is_value(*slot));
            of_value && (is_known(inner) || parse_time(inner, words.eras()).is_some())
        };
        row.cells.iter().all(is_detail)
    }

    /// H14: whether one of this header's rows has an entry of another one's table.
    fn has_entry_of(&self, known: &Self, sheet: &RawSheet, words: &Lexicon) -> bool {
        // Where a field has cells for its options, their words in further rows are entries.
        let has_marks = self.columns.keys().any(|slot| matches!(slot, Slot::Mark(..)));
        let is_marked = has_marks && known.options.is_empty();
        let is_entry = |(slot, text): (Slot, &str)| {
            if words.is_choice(slot) {
                return !is_marked && words.is_of_vocabulary(text);
            }
            let begins_with_time =
                || times(text, words.eras()).first().is_some_and(|time| time.range.start == 0);
            words.is_value(slot)
                && text.starts_with(|c| half_width(c).is_ascii_digit())
                && !begins_with_time()
                && words.heading(text).fits.is_empty()
        };
        let cells = |row: &RawRow| {
            let texts = known.columns.iter().filter_map(|(slot, col)| Some((*slot, row.text(*col)?)));
            texts.filter(|(_, text)| text.chars().count() <= LONGEST_HEADING).any(&is_entry)
        };
        (self.top..self.end).filter_map(|row| sheet.row(row)).any(cells)
    }

    /// Required fields without a column. Marks stand for the disposition's column, rows of headings for those of
    /// the groups' levels that they state.
    pub(super) fn missing(&self, template: &Template, stated: &BTreeSet<usize>) -> Vec<Field> {
        let marked =
            |field| self.columns.keys().any(|slot| matches!(slot, Slot::Mark(of, _) if *of == field));
        let present = |field: Field| {
            self.columns.contains_key(&Slot::Field(field))
                || marked(field)
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

    /// Gives columns to the values left of them, which are given first.
    fn assign_beside(&mut self, pairs: &[(u32, u32)], words: &Lexicon, slot: fn(Field) -> Slot) {
        for &(left, col) in pairs.iter().filter(|(_, col)| self.unknown.contains(col)).collect::<Vec<_>>() {
            let value = self.columns.iter().find(|(slot, at)| **at == left && words.is_value(**slot));
            let Some((&Slot::Field(field), _)) = value else { continue };
            if let Entry::Vacant(free) = self.columns.entry(slot(field)) {
                free.insert(col);
                self.unknown.retain(|&unknown| unknown != col);
            }
        }
    }

    /// H16
    fn assign_units(&mut self, units: &[(u32, u32)], words: &Lexicon) {
        match units.iter().filter(|(_, col)| self.unknown.contains(col)).collect::<Vec<_>>()[..] {
            [&(_, col)] => {
                self.columns.insert(Slot::Unit(None), col);
                self.unknown.retain(|&unknown| unknown != col);
            }
            _ => self.assign_beside(units, words, |field| Slot::Unit(Some(field))),
        }
    }

    /// H19: what the columns below a merged heading hold besides the first of them.
    fn assign_spans(&mut self, spans: &[(u32, u32)], sheet: &RawSheet, words: &Lexicon) {
        for &(first, col) in spans {
            let texts: Vec<&str> = entries(sheet, self.end, col).filter(|text| !is_no_value(text)).collect();
            let slot = self.columns.iter().find(|(_, at)| **at == first).map(|(slot, _)| *slot);
            if texts.is_empty() {
                continue;
            }
            match slot {
                Some(slot) if words.is_choice(slot) => {
                    self.options.insert(slot, col);
                    self.ignored.push(col);
                }
                Some(Slot::Field(field)) if words.is_value(Slot::Field(field)) => {
                    let is_time = texts.iter().all(|text| is_time_alone(text, words.eras()));
                    let is_unit = texts.iter().all(|text| is_known_unit(text));
                    let piece = if is_time && !is_unit { Slot::Time(field) } else { Slot::Unit(Some(field)) };
                    match self.columns.entry(piece) {
                        Entry::Vacant(free) if is_time || is_unit => {
                            free.insert(col);
                        }
                        _ => self.unknown.push(col),
                    }
                }
                _ => self.unknown.push(col),
            }
        }
    }

    /// H19, where nothing is merged.
    fn take_options(&mut self, sheet: &RawSheet, words: &Lexicon) {
        let headed = columns(sheet, self.top, self.end);
        let is_sign = |text: &&str| words.is_option(text) || options::sign(text).is_some();
        let fields: Vec<(Slot, u32)> = self.columns.iter().map(|(slot, col)| (*slot, *col)).collect();
        for (slot, col) in fields.into_iter().filter(|(slot, _)| words.is_choice(*slot)) {
            let next = headed.iter().copied().find(|it| *it > col).unwrap_or(WIDEST);
            let from = sheet.rows.partition_point(|row| row.index < self.end);
            let rows = || sheet.rows[from..].iter().take(ENTRIES);
            let beside =
                || rows().flat_map(|row| row.cells.iter().filter(|it| (col + 1..next).contains(&it.col)));
            let is_options = beside().all(|cell| is_sign(&cell.text.as_str()));
            let has_word = beside().any(|cell| words.is_option(&cell.text));
            if let Some(last) = beside().map(|cell| cell.col).max().filter(|_| is_options && has_word) {
                self.options.insert(slot, last);
                self.ignored.extend(col + 1..=last);
            }
        }
    }

    /// H4: gives columns to slots, the best claims first. Returns the sum of the manners.
    fn assign(&mut self, claims: &[Claim]) -> usize {
        let mut held: BTreeMap<Slot, (Fit, u32)> = BTreeMap::new();
        let mut rivals: Vec<(Slot, u32, u32)> = Vec::new();
        for &(fit, col, slot) in claims {
            if !self.unknown.contains(&col) {
                continue; // it has found a better slot
            }
            if fit.is_hint() && is_group(slot) && rivals.iter().any(|rival| rival.2 == col) {
                continue;
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
        self.exact = held.values().filter(|(fit, _)| fit.manner >= Manner::Names).count();
        self.inferred = held.values().filter(|(fit, _)| fit.is_hint()).map(|(_, col)| *col).collect();
        self.inferred.sort_unstable();
        held.values().map(|(fit, _)| fit.manner as usize + 1).sum()
    }
}
