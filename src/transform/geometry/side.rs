//! Forms whose labels stand beside or above their values: cards, one or many on a sheet, and tables that are turned.
//!
//! * **S1** A label is a short cell that names a field, ornaments aside, or that recurs in the document with the label of the
//!   name, is like no entry and stands in no known label's place for the value. A record begins with the labels that stand
//!   before the first label of the name, and each label of the name makes one.
//! * **S2** Labels of the name in several columns are cards side by side, each with the columns up to the next. Each begins
//!   as far left of its name as the first one does, if a label stands there.
//! * **S3** A label's value stands to its right up to the next label, or below it, as most labels of the sheet have it.
//! * **S4** Where the name's row goes on to the right, and so do the rows of most other labels, each column is a record, up to
//!   the first empty one, if it has half as many entries as the fullest, or a name and three. Otherwise they are the pieces of one value, and remarks.
//! * **S5** A cell in a column of labels that names no field is a label all the same if something stands to its right;
//!   alone in its row it is the heading of the labels below it. So is one among labels whose values stand below them.
//! * **S6** A card ends with its last label, and what follows without a blank row between.
//! * **S7** The pieces of a value are a figure, its unit and its time, or options with a cell each for their signs; what else
//!   stands there is a remark.
//! * **S8** A value begins in the cell next to its label, or where most values of that column of labels begin: beside the blank
//!   place of a value stands a remark.
//! * **S9** Where fewer rows are headings of a group than there are names, or where values stand below their labels and such a
//!   row has none below it, they are no labels of cards: they hold for the cards below them.
//! * **S10** What stands behind a blank column, right of where the values begin, leaves a heading alone in its row (S5).

use super::fields;
use super::fold::{Cell, Fold};
use super::labels::{Label, labels, recurring};
use crate::japanese::fold;
use crate::model::{Area, Field, RawCell, RawRow, RawSheet, Slot};
use crate::transform::columns::{self, Header, Lexicon, is_time_alone};
use crate::transform::evidence;
use crate::transform::fit::Manner;
use crate::transform::headings::Headings;
use std::collections::{BTreeMap, BTreeSet};

/// Labels of one card at most, and different ones of all cards of a sheet.
const LABELS: usize = 500;
const COLUMNS: u32 = 1000;
/// Entries of a record that has a name, at the least.
const FEWEST: usize = 4;
/// Rows of the folded table's header: the headings of labels, and the labels.
const HEADER: u32 = 2;

/// A label with the cells of its value in each record of its card.
struct Pair {
    /// The heading above it.
    section: Option<Cell>,
    label: Cell,
    values: Vec<Vec<Cell>>,
}

/// One record, or several side by side that share their labels.
struct Card {
    pairs: Vec<Pair>,
    records: usize,
    /// First row and last.
    rows: (u32, u32),
}

/// Folds the cards of a sheet into a table: its header, and the sheet without them.
pub(super) fn fold_cards(
    sheet: &RawSheet,
    (words, headings): (&Lexicon, &Headings),
) -> Option<(RawSheet, Header, RawSheet)> {
    let reader = CardReader::new(sheet, words, headings)?;
    let cards = reader.cards()?;
    let sections = reader.sections(&cards);
    let mut fold = Fold::of(sheet);
    let mut columns: BTreeMap<Key, u32> = BTreeMap::new();
    let mut line = HEADER;
    let mut below = 0;
    for card in &cards {
        line = fold.put_headings(line, sheet.rows_in(below..card.rows.0), headings);
        below = below.max(card.rows.1 + 1);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for pair in &card.pairs {
            let text = reader.folded(pair.label);
            let again = seen.entry(text.clone()).or_default();
            let key = (text, *again);
            *again += 1;
            let next = u32::try_from(columns.len()).ok().filter(|count| *count < COLUMNS)?;
            let col = *columns.entry(key).or_insert_with(|| {
                // What stands above the labels of one card of several is its title.
                let is_shared = |cell: Cell| cards.len() == 1 || sections[&reader.folded(cell)] > 1;
                let section = pair.section.filter(|&cell| is_shared(cell));
                if let Some(cell) = section {
                    fold.put((0, next), cell);
                }
                fold.put((1, next), pair.label);
                next
            });
            pair.section.iter().for_each(|&cell| fold.take(cell));
            fold.take(pair.label);
            for (at, cells) in (line..).zip(&pair.values) {
                fold.put_joined((at, col), cells, reader.joined(pair.label, cells));
            }
        }
        line += u32::try_from(card.records).ok()?;
    }
    let (table, rest) = fold.finish();
    let (_, mut header) = columns::read(&table, 0, HEADER, words);
    let known = fields(&header);
    header.tell(&table, words);
    let is_named = header.columns.contains_key(&words.name());
    (is_named && header.is_enough(known)).then_some((table, header, rest))
}

/// By what the labels of cards are the same: the text, and which of several alike in one card.
type Key = (String, usize);

pub(super) struct CardReader<'s> {
    pub(super) sheet: &'s RawSheet,
    pub(super) words: &'s Lexicon,
    labels: BTreeMap<Cell, Label>,
    /// The values stand below their labels.
    pub(super) is_below: bool,
}

impl<'s> CardReader<'s> {
    /// `None` if nothing on the sheet is a label of the name: one that equals a word, or else one that is a hint.
    fn new(sheet: &'s RawSheet, words: &'s Lexicon, headings: &Headings) -> Option<Self> {
        let has_name = |labels: &BTreeMap<Cell, Label>| labels.values().any(|label| label.is_name);
        let mut found = [Manner::Names, Manner::Begins].into_iter().map(|least| labels(sheet, words, least));
        let labels = found.find(has_name)?;
        let mut reader = Self { sheet, words, labels, is_below: false };
        reader.is_below = reader.stand_below();
        let others = recurring(sheet, words, &reader.labels, reader.is_below);
        reader.labels.extend(others.into_iter().map(|label| (label.at, label)));
        reader.leave_headings(headings);
        Some(reader)
    }

    /// S9.
    fn leave_headings(&mut self, headings: &Headings) {
        let sheet = self.sheet;
        let mut rows: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for row in &sheet.rows {
            if let Some(heading) = headings.read(sheet, row) {
                rows.entry(heading.level).or_default().push(row.index);
            }
        }
        let count = self.labels.values().filter(|label| label.is_name).count();
        let all: BTreeSet<u32> = rows.values().flatten().copied().collect();
        let has_none_below = |row: u32| {
            let columns =
                |row: u32| sheet.row(row).iter().flat_map(|row| &row.cells).map(|cell| cell.col).collect();
            let (own, below): (Vec<u32>, Vec<u32>) = (columns(row), columns(row + 1));
            let is_label = |col: &u32| self.labels.contains_key(&(row + 1, *col));
            own != below || all.contains(&(row + 1)) || below.iter().any(is_label)
        };
        let is_outside = |(&level, of_level): (&usize, &Vec<u32>)| -> Vec<u32> {
            let slot = Slot::Field(Field::Group(level));
            let names = |label: &Label| {
                let heading = self.text(label.at).map(|text| self.words.heading(text));
                heading.is_some_and(|heading| heading.named().any(|named| named == slot))
            };
            let is_other = |label: &Label| !all.contains(&label.at.0) && names(label);
            let is_few = of_level.len() < count && !self.labels.values().any(is_other);
            let is_alone = |row: &u32| is_few || (self.is_below && has_none_below(*row));
            of_level.iter().copied().filter(is_alone).collect()
        };
        let mut outside: BTreeSet<u32> = rows.iter().flat_map(is_outside).collect();
        // A group's word without a label beside it belongs to the headings that it stands among.
        for row in sheet.rows.iter().filter(|row| row.cells.len() == 1) {
            let is_among = outside.contains(&(row.index + 1))
                || row.index.checked_sub(1).is_some_and(|it| outside.contains(&it));
            if is_among && headings.is_word(&row.cells[0].text).is_some() {
                outside.insert(row.index);
            }
        }
        self.labels.retain(|at, _| !outside.contains(&at.0));
    }

    /// S3: whether more values stand below their labels than to their right.
    fn stand_below(&self) -> bool {
        let is_value = |cell: Cell| self.text(cell).is_some() && !self.labels.contains_key(&cell);
        let is_right = |label: &&Label| self.right_of(label).is_some_and(is_value);
        let is_below = |label: &&Label| !is_right(label) && is_value((label.end.0 + 1, label.at.1));
        let labels = || self.labels.values();
        labels().filter(is_below).count() > labels().filter(is_right).count()
    }

    /// The first filled cell to the right of a label.
    fn right_of(&self, label: &Label) -> Option<Cell> {
        let cells = &self.sheet.row(label.at.0)?.cells;
        let next = cells.get(cells.partition_point(|cell| cell.col <= label.end.1))?;
        Some((label.at.0, next.col))
    }

    pub(super) fn text(&self, (row, col): Cell) -> Option<&'s str> {
        self.sheet.text(row, col)
    }

    /// The cards, by columns and rows (S1, S2); none if one has more labels than a card.
    fn cards(&self) -> Option<Vec<Card>> {
        let names = || self.labels.values().filter(|label| label.is_name);
        let of_names: BTreeSet<u32> = names().map(|label| label.at.1).collect();
        let columns: BTreeSet<u32> = self.labels.values().map(|label| label.at.1).collect();
        // A card may begin left of its name, as the first one does.
        let lead = of_names.first().zip(columns.first()).map_or(0, |(name, first)| name - first);
        let start = |name: &u32| name.checked_sub(lead).filter(|col| columns.contains(col)).unwrap_or(*name);
        let mut starts: Vec<u32> = of_names.iter().map(start).collect();
        starts[0] = 0;
        let mut cards: Vec<Card> = Vec::new();
        for (at, &first) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(columns::WIDEST);
            let in_band = |label: &&Label| (first..end).contains(&label.at.1);
            let labels: Vec<&Label> = self.labels.values().filter(in_band).collect();
            let split = self.split(&labels);
            let tops = split.iter().skip(1).map(|labels| labels[0].at.0).chain([u32::MAX]);
            for (labels, next) in split.iter().zip(tops) {
                cards.push(self.card(labels, (first, end), next)?);
            }
        }
        cards.sort_by_key(|card| card.rows);
        // Labels in one row, with values below, are a table's header.
        let is_header = |card: &Card| card.pairs.iter().all(|pair| pair.label.0 == card.pairs[0].label.0);
        (!self.is_below || !cards.iter().all(is_header)).then_some(cards)
    }

    /// S1: the labels of a band, card by card.
    fn split<'l>(&self, labels: &'l [&'l Label]) -> Vec<&'l [&'l Label]> {
        let names: Vec<usize> = (0..labels.len()).filter(|&at| labels[at].is_name).collect();
        let text = |at: usize| self.folded(labels[at].at);
        let Some(&first) = names.first() else { return Vec::new() };
        let before: BTreeSet<String> = (0..first).map(text).collect();
        let mut starts: Vec<usize> = vec![0];
        for pair in names.windows(2) {
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let own = |at: &usize| before.contains(&text(*at)) && seen.insert(text(*at));
            let lead = (pair[0] + 1..pair[1]).rev().take_while(own).count();
            starts.push(pair[1] - lead);
        }
        let ends = starts.iter().skip(1).copied().chain([labels.len()]);
        starts.iter().zip(ends).map(|(&start, end)| &labels[start..end]).collect()
    }

    /// The card of some labels, in the columns of a band, above the row in which the next one begins.
    fn card(&self, labels: &[&Label], (first, end): (u32, u32), next: u32) -> Option<Card> {
        let name = labels.iter().find(|label| label.is_name)?;
        let (top, last) = (labels.first()?.at.0, labels.iter().map(|label| label.end.0).max()?);
        let bottom = self.bottom(last).min(next.saturating_sub(1)).max(last);
        let columns: BTreeSet<u32> = labels.iter().map(|label| label.at.1).collect();
        let across = if self.is_below { Vec::new() } else { self.records(name, labels, end) };
        let records = across.len().max(1);
        let mut pairs: Vec<Pair> = Vec::new();
        let mut section = None;
        let usual = self.usual(labels, end);
        let edge = self.edge(&usual, (top, bottom)).unwrap_or(end);
        for row in self.sheet.rows_in(top..bottom + 1) {
            let mut cells = row.cells.iter().filter(|cell| (first..end).contains(&cell.col)).peekable();
            let mut count = 0;
            let of_labels =
                labels.iter().any(|label| label.at.0 == row.index) || self.is_row_of_labels(row, &pairs);
            while let Some(cell) = cells.next() {
                count += 1;
                let at = (row.index, cell.col);
                let is_taken =
                    |pair: &Pair| pair.label == at || pair.values.iter().flatten().any(|it| *it == at);
                if pairs.iter().rev().any(is_taken) {
                    continue;
                }
                let is_known = self.labels.contains_key(&at);
                let is_alone = count == 1 && cells.peek().is_none_or(|next| next.col >= edge);
                if is_alone && !is_known {
                    section = Some(at); // S5
                    continue;
                }
                let is_among = if self.is_below { of_labels } else { columns.contains(&cell.col) };
                if is_known || is_among {
                    if pairs.len() >= LABELS {
                        return None;
                    }
                    let values = self.values(at, end, (&across, &usual));
                    pairs.push(Pair { section, label: at, values });
                }
            }
        }
        Some(Card { pairs, records, rows: (top, bottom) })
    }

    /// S5: whether a row below values has as many cells as the row below it, in the same columns, and no value.
    fn is_row_of_labels(&self, row: &RawRow, pairs: &[Pair]) -> bool {
        let is_below_values = || {
            let above = pairs.iter().rev().flat_map(|pair| pair.values.iter().flatten());
            above.take(row.cells.len() * 2 + 2).any(|cell| cell.0 + 1 == row.index)
        };
        let below = self.sheet.row(row.index + 1);
        let columns = |row: &RawRow| row.cells.iter().map(|cell| cell.col).collect::<Vec<u32>>();
        let is_label =
            |cell: &RawCell| !evidence::is_value(&cell.text, self.words) && !self.words.is_option(&cell.text);
        self.is_below
            && is_below_values()
            && below.is_some_and(|below| columns(below) == columns(row))
            && row.cells.iter().all(is_label)
    }

    /// S6: the last of the filled rows that follow a row without a blank one between.
    fn bottom(&self, row: u32) -> u32 {
        self.sheet.rows_following(row).last().map_or(row, |it| it.index)
    }

    /// S4: the columns of the records.
    fn records(&self, name: &Label, labels: &[&Label], end: u32) -> Vec<u32> {
        let filled =
            |label: &Label| -> BTreeSet<u32> { self.right(label, end).iter().map(|it| it.1).collect() };
        let named = filled(name);
        let others = labels.iter().filter(|label| !label.is_name).map(|label| filled(label));
        let others: Vec<BTreeSet<u32>> = others.filter(|columns| !columns.is_empty()).collect();
        // What stands below the first name alone may be a card's value.
        let is_of_several =
            |columns: &&BTreeSet<u32>| columns.intersection(&named).any(|col| Some(col) != named.first());
        let agree = others.iter().filter(is_of_several).count();
        if named.len() < 2 || agree * 2 < others.len() {
            return Vec::new();
        }
        let mut counts: BTreeMap<u32, usize> = named.iter().map(|&col| (col, 1)).collect();
        for &col in others.iter().flatten() {
            *counts.entry(col).or_default() += 1;
        }
        let fullest = counts.values().copied().max().unwrap_or_default();
        let merged = |col: u32| self.sheet.end_of(name.at.0, col).1;
        let mut next = name.end.1 + 1;
        let mut next_to = |(col, _): &(&u32, &usize)| {
            let is_beside = **col <= next;
            next = next.max(merged(**col) + 1);
            is_beside
        };
        let records: Vec<u32> = counts
            .iter()
            .take_while(|it| next_to(it))
            .filter(|(col, count)| **count * 2 >= fullest || (named.contains(col) && **count >= FEWEST))
            .map(|(col, _)| *col)
            .collect();
        if records.len() < 2 { Vec::new() } else { records }
    }

    /// The filled cells to the right of a label up to the next one, in all rows of its merged area.
    fn right(&self, label: &Label, end: u32) -> Vec<Cell> {
        let mut found = Vec::new();
        for row in label.at.0..=label.end.0 {
            let cells = self.sheet.row(row).map_or(&[][..], |row| &row.cells);
            let behind = cells.iter().filter(|cell| cell.col > label.end.1 && cell.col < end);
            let cells = behind.map(|cell| (row, cell.col));
            found.extend(cells.take_while(|cell| !self.labels.contains_key(cell)));
        }
        found
    }

    /// The value of the label at a cell in each record. Where nothing is filled in, the cell where it would be.
    fn values(
        &self,
        at: Cell,
        end_of_band: u32,
        (across, usual): (&[u32], &BTreeSet<(u32, u32)>),
    ) -> Vec<Vec<Cell>> {
        let label = Label { at, end: self.sheet.end_of(at.0, at.1), is_name: false };
        if self.is_below {
            let row = label.end.0 + 1;
            let cells = self.sheet.row(row).map_or(&[][..], |row| &row.cells);
            // Its pieces stand below the label, or up to the next one where no cells are merged.
            let next = self.labels.range((at.0, at.1 + 1)..(at.0, end_of_band)).next().map(|(it, _)| it.1);
            let is_merged = !self.sheet.merges.is_empty();
            let end = if is_merged { label.end.1 + 1 } else { next.unwrap_or(end_of_band) };
            // The last label is as wide as the one before it: a time may stand behind the blank place of a unit.
            let before = self.labels.range((at.0, 0)..at).next_back().map(|(it, _)| at.1 - it.1);
            let own_end = next.or_else(|| before.map(|width| at.1 + width)).unwrap_or(at.1);
            let is_time = |cell: &RawCell| is_time_alone(&cell.text, self.words.eras());
            let mut free = at.1;
            let mut is_piece = |cell: &&RawCell| {
                let is_behind_blank = free > at.1 && cell.col < own_end && is_time(cell);
                let is_piece = cell.col == free || cell.col <= label.end.1 || is_behind_blank;
                free = cell.col + 1;
                is_piece
            };
            let below =
                cells.iter().filter(|cell| (at.1..end).contains(&cell.col)).take_while(|cell| is_piece(cell));
            let below: Vec<Cell> = below.map(|cell| (row, cell.col)).collect();
            let cells = if below.is_empty() { below } else { self.pieces(at, at.1, &below) };
            return vec![if cells.is_empty() { vec![(row, at.1)] } else { cells }];
        }
        if !across.is_empty() {
            return across.iter().map(|&col| vec![self.shared(at.0, col, label.end.1)]).collect();
        }
        let right = self.right(&label, end_of_band);
        // S8
        let is_option =
            |&&cell: &&Cell| self.text(cell).is_some_and(|text| self.words.is_of_vocabulary(text));
        let is_usual = right.iter().filter(is_option).count() >= 2
            || right.first().is_some_and(|it| it.1 == label.end.1 + 1 || usual.contains(&(at.1, it.1)));
        let cells = if is_usual { self.pieces(at, label.end.1 + 1, &right) } else { Vec::new() };
        vec![if cells.is_empty() { vec![(at.0, label.end.1 + 1)] } else { cells }]
    }

    /// S8: the columns in which most values begin, by the columns of their labels.
    fn usual(&self, labels: &[&Label], end: u32) -> BTreeSet<(u32, u32)> {
        let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        let firsts = labels.iter().filter_map(|label| Some((label.at.1, self.right(label, end).first()?.1)));
        for pair in firsts {
            *counts.entry(pair).or_default() += 1;
        }
        let all = |label: u32| {
            counts.iter().filter(|((of, _), _)| *of == label).map(|(_, count)| count).sum::<usize>()
        };
        counts.iter().filter(|((label, _), count)| **count * 2 > all(*label)).map(|(pair, _)| *pair).collect()
    }

    /// S10: the first column behind those in which the values of the last labels begin that is blank in the rows of a card.
    fn edge(&self, usual: &BTreeSet<(u32, u32)>, (top, bottom): (u32, u32)) -> Option<u32> {
        let &(_, first) = usual.last().filter(|_| !self.is_below)?;
        let rows = self.sheet.rows_in(top..bottom + 1);
        let cells = rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell.col)));
        let filled = cells.flat_map(|(row, col)| col..=self.sheet.end_of(row, col).1.min(columns::WIDEST));
        let filled: BTreeSet<u32> = filled.collect();
        (first..columns::WIDEST).find(|col| !filled.contains(col))
    }

    /// The slot that a label names best.
    pub(super) fn slot(&self, label: Cell) -> Option<Slot> {
        let heading = self.text(label).map(|text| self.words.heading(text))?;
        heading.fits.iter().max_by_key(|(_, fit)| **fit).map(|(slot, _)| *slot)
    }

    /// The cell that holds for a column of a row: its own, or that of the merged area that covers it.
    fn shared(&self, row: u32, col: u32, behind: u32) -> Cell {
        let from = self.sheet.merges.partition_point(|area| area.top < row);
        let of_row = self.sheet.merges[from..].iter().take_while(|area| area.top == row);
        let covers = |area: &&Area| area.contains(row, col) && area.left > behind;
        of_row.clone().find(covers).map_or((row, col), |area| (area.top, area.left))
    }

    fn folded(&self, cell: Cell) -> String {
        self.text(cell).map(fold).unwrap_or_default()
    }

    /// In how many cards each heading of labels stands.
    fn sections(&self, cards: &[Card]) -> BTreeMap<String, usize> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for card in cards {
            let sections = card.pairs.iter().filter_map(|pair| pair.section);
            for text in sections.map(|cell| self.folded(cell)).collect::<BTreeSet<String>>() {
                *counts.entry(text).or_default() += 1;
            }
        }
        counts
    }
}
