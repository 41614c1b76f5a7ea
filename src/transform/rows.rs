//! The rows of a sheet's tables: the indicators with their groups, and an account of every row.

use super::apart::Apart;
use super::columns::{Header, Lexicon, Slot};
use super::declared::{self, DeclaredCounts};
use super::draft::{ChoicePlace, Draft};
use super::headers::Headers;
use super::headings::Headings;
use super::kinds::{Cells, RowTexts, is_ditto, is_example, is_time, take_words};
use super::marks::HiddenCells;
use super::overlays::{self, Overlays};
use super::stated::{self, Line, RowUnits, TableStatement};
use super::tall::TallMerges;
use super::{by_hand, header_findings};
use crate::finding::{Absence, Collector, Column};
use crate::japanese::{fold, is_no_value, label_key};
use crate::model::{Field, Origin, RawCell, RawRow, RawSheet, Role, RowKind, SheetAccount, TableAccount};
use crate::template::{FieldKind, Template};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a sheet says.
pub(super) struct Reading {
    /// Its indicators, in order; `None` if no header was recognised.
    pub(super) drafts: Option<Vec<Draft>>,
    /// What became of each row.
    pub(super) account: SheetAccount,
    /// The numbers of indicators that sums in the table state.
    pub(super) sums: Vec<DeclaredCounts>,
    /// What the headings of each table say of its values.
    pub(super) stated: Vec<TableStatement>,
}

/// Reads the rows of every table on a sheet.
pub(super) fn read(
    sheet: &RawSheet,
    hidden: &HiddenCells,
    template: &Template,
    (words, headings, headers): (&Lexicon, &Headings, &Headers),
    findings: &mut Collector,
) -> Reading {
    let mut stated = headings.levels(sheet);
    let bare = if headers.are_sought() { headings.bare(sheet, words, &stated) } else { None };
    stated.extend(bare.iter().map(|bare| bare.level));
    findings.extend(bare.iter().map(|bare| bare.finding(sheet, template)));
    let mut reader = Reader::new(sheet, hidden, template, words, headers);
    if let Some(heading) = headings.of_name(sheet) {
        reader.carry_group(heading.level, heading.label);
    }
    let mut given = headers.given().iter().peekable();
    let mut header: Option<Header> = None;
    let mut rows = Vec::new();
    let mut is_complete = false;
    let mut hidden_rows = hidden.rows.iter().peekable();
    for row in &sheet.rows {
        while let Some(hidden) = hidden_rows.next_if(|hidden| hidden.index < row.index) {
            if let Some(header) = &header {
                reader.carry_hidden(hidden, header);
            }
        }
        while let Some(next) = given.next_if(|next| next.top <= row.index) {
            is_complete = reader.begin(next, header.as_ref(), &stated, findings);
            header = Some(next.clone());
        }
        if header.as_ref().is_some_and(|header| reader.is_header(row, header)) {
            rows.push((row.index, RowKind::Header));
            continue;
        }
        let bare = || bare.as_ref()?.read(sheet, row);
        if let Some(heading) = headings.read(sheet, row).or_else(bare) {
            reader.carry_group(heading.level, heading.label);
            rows.push((row.index, RowKind::Heading));
            continue;
        }
        let found = headers.beginning_at(row.index).cloned();
        let follows =
            |found: &Header| header.as_ref().is_none_or(|known| found.may_follow(known, sheet, words));
        let kind = match (found.filter(follows), &header) {
            (Some(found), known) => {
                is_complete = reader.begin(&found, known.as_ref(), &stated, findings);
                header = Some(found);
                RowKind::Header
            }
            (None, Some(header)) if is_complete => reader.row(row, header, findings),
            (None, Some(_)) => RowKind::Unread,
            (None, None) => RowKind::Above,
        };
        rows.push((row.index, kind));
        if is_full(reader.drafts.len(), template) {
            break;
        }
    }
    findings.extend(header_findings::unheaded(sheet, &reader.unheaded));
    findings.extend(overlays::report(&reader.overlays, sheet, &rows));
    let Reader { tables, drafts, sums, stated, .. } = reader;
    let (place, cells, notes) = (Arc::clone(&sheet.place), Vec::new(), Vec::new());
    let account = SheetAccount { place, tables, rows, cells, notes };
    Reading { drafts: header.map(|_| drafts), account, sums, stated }
}

/// Whether so many indicators are more than a document may have.
pub(super) fn is_full(indicators: usize, template: &Template) -> bool {
    u64::try_from(indicators).is_ok_and(|indicators| indicators > template.limits.rows)
}

struct Reader<'a> {
    sheet: &'a RawSheet,
    /// The cells of its hidden columns, by row.
    hidden: &'a [(u32, RawCell)],
    words: &'a Lexicon,
    template: &'a Template,
    merges: TallMerges,
    /// The labels in force, outermost first.
    groups: Vec<Option<(String, Origin)>>,
    /// Where its headers come from.
    headers: &'a Headers,
    /// The template says where the tables and their columns are.
    is_by_hand: bool,
    tables: Vec<TableAccount>,
    drafts: Vec<Draft>,
    sums: Vec<DeclaredCounts>,
    stated: Vec<TableStatement>,
    /// First row below the header of the table above.
    end: u32,
    /// What stands apart from the table.
    apart: Apart,
    /// The line above the table that states a unit.
    line: Option<Line>,
    /// How many drafts stand above the last sum.
    summed: usize,
    /// The first draft of the group in force, by level.
    since: Vec<usize>,
    /// Columns without a heading that have entries, with the first such row.
    unheaded: BTreeMap<u32, u32>,
    overlays: Overlays<'a>,
    /// The slots of fields of choices.
    choices: Vec<Slot>,
}

impl<'a> Reader<'a> {
    fn new(
        sheet: &'a RawSheet,
        hidden: &'a HiddenCells,
        template: &'a Template,
        words: &'a Lexicon,
        headers: &'a Headers,
    ) -> Self {
        Self {
            sheet,
            hidden: &hidden.columns,
            words,
            template,
            merges: TallMerges::of(sheet),
            groups: vec![None; template.groups.len()],
            headers,
            is_by_hand: matches!(headers, Headers::ByHand(_)),
            tables: Vec::new(),
            drafts: Vec::new(),
            sums: Vec::new(),
            stated: Vec::new(),
            end: 0,
            apart: Apart::default(),
            line: None,
            summed: 0,
            since: vec![0; template.groups.len()],
            unheaded: BTreeMap::new(),
            overlays: Overlays::of(sheet),
            choices: template.fields_of(FieldKind::Choice).map(Slot::Field).collect(),
        }
    }

    /// Begins a table, unless its header only repeats the one above. Returns whether it has all required columns.
    fn begin(
        &mut self,
        header: &Header,
        known: Option<&Header>,
        stated: &BTreeSet<usize>,
        findings: &mut Collector,
    ) -> bool {
        let missing = header.missing(self.template, stated);
        let is_repeated = known.is_some_and(|known| known.columns == header.columns);
        let line = stated::line_above(self.sheet, self.end..header.top, self.template);
        self.line = line.or_else(|| self.line.take().filter(|_| is_repeated));
        self.end = header.end;
        self.apart = Apart::below(header, self.sheet, self.words);
        let said = stated::of_table(self.sheet, header, self.line.as_ref(), self.template);
        if !self.stated.last().is_some_and(|last| last.is_like(&said)) {
            self.stated.push(said);
        }
        // A header that is repeated at a printed page's top is the same header.
        if is_repeated {
            return missing.is_empty();
        }
        header_findings::report(self.sheet, (self.words, self.template), header, findings);
        for &field in &missing {
            let cause = self.cause(header, field);
            findings.push(header_findings::missing(self.sheet, self.template, header, (field, cause)));
        }
        self.tables.push(header_findings::account(self.sheet, header, self.is_by_hand || header.is_kept));
        for level in 0..self.groups.len() {
            // A label above the table holds for it, unless the table has a column for that level.
            if header.columns.contains_key(&Slot::Field(Field::Group(level))) {
                self.groups[level] = None;
            }
        }
        missing.is_empty()
    }

    /// Why a field has no column.
    fn cause(&self, header: &Header, field: Field) -> Absence {
        let slot = Slot::Field(field);
        let heads = |&&(row, ref cell): &&(u32, RawCell)| {
            (header.top..header.end).contains(&row) && self.words.heading(&cell.text).fits.contains_key(&slot)
        };
        match self.hidden.iter().find(heads) {
            _ if header.outside.contains(&slot) => Absence::MappedOutside,
            _ if self.is_by_hand => Absence::NotMapped,
            Some((_, cell)) => Absence::Hidden(Column(cell.col)),
            None => Absence::NoHeading,
        }
    }

    /// Whether a row is one of the header's, or repeats one that the template states.
    fn is_header(&self, row: &RawRow, header: &Header) -> bool {
        row.index < header.end || (self.is_by_hand && by_hand::is_repeated(self.sheet, row, header))
    }

    fn row(&mut self, row: &RawRow, header: &Header, findings: &mut Collector) -> RowKind {
        let mut cells = self.cells(row.index, header);
        take_words(&mut cells);
        let units = self.take_units(&mut cells);
        let labels: Vec<Option<(String, Origin)>> = (0..self.template.groups.len())
            .map(|level| cells.remove(&Slot::Field(Field::Group(level))))
            .collect();
        let continues = self.drafts.last().is_some() && self.is_merged_on(row.index, header);
        let eras = &self.template.eras;
        let (name, choices) = (self.words.name(), &self.choices);
        let texts = RowTexts { row, cells: &cells, labels: &labels, continues, name, choices, eras };
        let mut kind = self.kind(row, &texts);
        if self.is_apart((row, kind, continues), &cells, header) {
            kind = RowKind::Note;
            findings.extend(header_findings::labels_unread(self.sheet, row, self.words));
        }
        self.apart.note(row.index, kind);
        match kind {
            RowKind::Indicator => {
                self.overlays.take_marks(self.sheet, row.index, header, &mut cells, self.template);
                self.carry_groups(labels);
                if let Some(number) = self.template.role(Role::Number).map(Slot::Field)
                    && !cells.contains_key(&number)
                    && let Some(cell) = self.shared_cell(row.index, header, number)
                {
                    cells.insert(number, cell);
                }
                self.repeat_above(&mut cells);
                self.draft(row, header, cells, units);
            }
            RowKind::Heading => self.carry_groups(labels),
            RowKind::Continuation => {
                self.note_unheaded(row, header);
                let Some(above) = self.drafts.last_mut() else {
                    findings.push(header_findings::row_not_understood(cells.into_values().next()));
                    return RowKind::Unknown;
                };
                above.continue_with(cells);
            }
            RowKind::Unknown => {
                let name = cells.get(&self.words.name()).map(|(_, origin)| origin.clone());
                let texts = cells.into_values().filter(|(text, _)| !is_no_value(text));
                let said = texts.chain(labels.into_iter().flatten()).next();
                findings.push(header_findings::row_not_understood(
                    said.map(|(text, origin)| (text, name.unwrap_or(origin))),
                ));
            }
            RowKind::Sum => self.sum(row, header),
            RowKind::Blank => self.note_unheaded(row, header),
            RowKind::Above
            | RowKind::Header
            | RowKind::Note
            | RowKind::Tally
            | RowKind::Duplicate
            | RowKind::Hidden
            | RowKind::Struck
            | RowKind::Unread
            | RowKind::Skipped => {}
        }
        kind
    }

    /// Whether a row stands apart from the table. One of times below a blank row, beside something, continues no indicator.
    fn is_apart(
        &mut self,
        (row, kind, continues): (&RawRow, RowKind, bool),
        cells: &Cells,
        header: &Header,
    ) -> bool {
        let above = row.index.checked_sub(1).and_then(|above| self.sheet.row(above));
        let is_beside =
            above.is_none() && row.cells.iter().any(|cell| !is_time(&cell.text, &self.template.eras));
        let kind = match kind {
            RowKind::Continuation if !continues && is_beside => RowKind::Unknown,
            RowKind::Indicator | RowKind::Unknown | RowKind::Blank | RowKind::Note => kind,
            kind => return kind == RowKind::Continuation && self.apart.has(row.index),
        };
        let apart = std::mem::take(&mut self.apart);
        let of_row = |row: u32| self.cells(row, header);
        self.apart = apart.next((self.sheet, row, kind), cells, of_row, (self.words, self.template));
        self.apart.has(row.index)
    }

    fn kind(&self, row: &RawRow, texts: &RowTexts<'_>) -> RowKind {
        match texts.kind() {
            // A table of the file's own sums itself up.
            RowKind::Indicator | RowKind::Unknown
                if self.sheet.surroundings.total_rows.contains(&row.index) =>
            {
                RowKind::Sum
            }
            RowKind::Indicator | RowKind::Unknown if self.is_title(row) => RowKind::Above,
            kind => kind,
        }
    }

    /// Whether a row of one cell is the title of a further table: a header begins right below it.
    fn is_title(&self, row: &RawRow) -> bool {
        row.cells.len() == 1 && self.headers.beginning_at(row.index + 1).is_some()
    }

    /// The cells of a row.
    fn cells(&self, row: u32, header: &Header) -> Cells {
        header.columns.keys().filter_map(|&slot| Some((slot, self.cell(row, header, slot)?))).collect()
    }

    /// A slot's cell in a row. What is merged over several rows holds for each of them, but for the
    /// indicator (a second line), its number (which alone makes no row) and group labels (which are carried on
    /// anyway).
    fn cell(&self, row: u32, header: &Header, slot: Slot) -> Option<(String, Origin)> {
        let col = *header.columns.get(&slot)?;
        if header.options.contains_key(&slot) {
            let (first, text) = header.options_of(self.sheet.row(row)?, slot, self.words)?;
            return Some((text, self.sheet.origin(row, first)));
        }
        let own = self.sheet.text(row, col).map(|text| (text.to_owned(), self.sheet.origin(row, col)));
        own.or_else(|| match slot {
            Slot::Field(Field::Group(_)) => None,
            _ if slot == self.words.name() || self.words.has_role(slot, Role::Number) => None,
            _ => self.shared_cell(row, header, slot),
        })
    }

    /// The cell that is merged over this row and rows above it.
    fn shared_cell(&self, row: u32, header: &Header, slot: Slot) -> Option<(String, Origin)> {
        let col = *header.columns.get(&slot)?;
        let top = self.merges.top(row, col).filter(|top| *top >= header.end)?;
        Some((self.sheet.text(top, col)?.to_owned(), self.sheet.origin(top, col)))
    }

    /// A ditto mark says what the indicator above says in the same column, if that says anything.
    fn repeat_above(&self, cells: &mut Cells) {
        let Some(above) = self.drafts.last() else { return };
        for (slot, (text, _)) in cells.iter_mut().filter(|(_, (text, _))| is_ditto(text)) {
            if let Some((said, _)) = above.cells.get(slot) {
                said.clone_into(text);
            }
        }
    }

    /// What the row's columns of units say; a ditto mark says what the row above says. A column that the template takes
    /// for a text of its own stays one.
    fn take_units(&self, cells: &mut Cells) -> RowUnits {
        let mut units = RowUnits::new();
        for field in self.template.entries().filter(|&field| self.template.field(field).states_unit) {
            let text = cells.get(&Slot::Field(field)).cloned();
            units.extend(text.map(|text| (None, text)));
        }
        cells.retain(|slot, cell| {
            let Slot::Unit(of) = slot else { return true };
            units.insert(*of, cell.clone());
            false
        });
        for (of, cell) in units.iter_mut().filter(|(_, (text, _))| is_ditto(text)) {
            if let Some((said, _)) = self.drafts.last().and_then(|above| above.stated.1.get(of)) {
                said.clone_into(&mut cell.0);
            }
        }
        units
    }

    /// Whether the indicator's cell is merged with the one above.
    fn is_merged_on(&self, row: u32, header: &Header) -> bool {
        let column = header.columns.get(&self.words.name());
        column.is_some_and(|&col| self.merges.top(row, col).is_some_and(|top| header.end <= top && top < row))
    }

    fn note_unheaded(&mut self, row: &RawRow, header: &Header) {
        // What a control writes into a cell beside the table is its own state.
        let is_linked = |cell: &&RawCell| !self.overlays.is_linked(row.index, cell.col);
        for cell in row.cells.iter().filter(|cell| !header.has_column(cell.col)).filter(is_linked) {
            self.unheaded.entry(cell.col).or_insert(row.index);
        }
    }

    /// A sum may be about the indicators since the last one, those of a group in force, or all above it.
    fn sum(&mut self, row: &RawRow, header: &Header) {
        let here = self.drafts.len();
        let groups = self.since.iter().map(|first| *first..here);
        let ranges = groups.chain([self.summed..here, 0..here]).collect();
        let counted = self.template.counted().map(|(field, _)| field);
        self.sums.extend(declared::of_sum(self.sheet, row, header, ranges, (self.words.name(), counted)));
        self.summed = here;
    }

    fn draft(&mut self, row: &RawRow, header: &Header, cells: Cells, units: RowUnits) {
        self.note_unheaded(row, header);
        let first = row.cells.first().map_or(0, |cell| cell.col);
        let origin = self.sheet.origin(row.index, first);
        let unstated = || (String::new(), origin.clone());
        let stored = |origin: &Origin| self.sheet.cell_of(origin);
        let groups: Vec<(String, Origin)> =
            self.groups.iter().map(|group| group.clone().unwrap_or_else(unstated)).collect();
        self.since_here(&groups);
        let reason =
            self.template.role(Role::Reason).filter(|_| self.template.role(Role::NewTarget).is_some());
        let number = |(&slot, (_, origin)): (&Slot, &(String, Origin))| {
            Some((slot, **stored(origin)?.stored.as_ref()?))
        };
        let is_date =
            |(_, (_, origin)): &(&Slot, &(String, Origin))| stored(origin).is_some_and(|cell| cell.is_date);
        self.drafts.push(Draft {
            numbers: cells.iter().filter_map(number).collect(),
            dates: cells.iter().filter(is_date).map(|(slot, _)| *slot).collect(),
            cells,
            stated: (self.stated.len().saturating_sub(1), units),
            groups,
            choices: self.choice_places(row.index, header).collect(),
            has_reason_column: reason.is_none_or(|reason| header.columns.contains_key(&Slot::Field(reason))),
            origin,
        });
    }

    /// Where a row's choices are: in the first column of marks, or in the field's own.
    fn choice_places(&self, row: u32, header: &Header) -> impl Iterator<Item = ChoicePlace> {
        self.template.fields_of(FieldKind::Choice).filter_map(move |field| {
            let is_mark = |slot: &&Slot| matches!(slot, Slot::Mark(of, _) if *of == field);
            let mark = header.columns.keys().find(is_mark);
            let &col = header.columns.get(mark.unwrap_or(&Slot::Field(field)))?;
            Some(ChoicePlace { field, origin: self.sheet.origin(row, col), by_marks: mark.is_some() })
        })
    }

    /// A draft in other groups than the last one begins them.
    fn since_here(&mut self, groups: &[(String, Origin)]) {
        let Some(last) = self.drafts.last() else { return };
        let same = |((a, _), (b, _)): &(&(String, Origin), &(String, Origin))| a == b || fold(a) == fold(b);
        let kept = last.groups.iter().zip(groups).take_while(same).count();
        self.since[kept..].fill(self.drafts.len());
    }

    /// The labels of an indicator that is hidden hold for those below it: a filter that hides the first indicator of
    /// a group does not take the group's name away.
    fn carry_hidden(&mut self, row: &RawRow, header: &Header) {
        let name = header.columns.get(&self.words.name()).and_then(|&col| row.text(col));
        let is_indicator = name.is_some_and(|name| !is_no_value(name) && !is_example(name));
        if row.index < header.end || !is_indicator {
            return;
        }
        let label = |level| {
            let &col = header.columns.get(&Slot::Field(Field::Group(level)))?;
            Some((row.text(col)?.to_owned(), self.sheet.origin(row.index, col)))
        };
        let labels = (0..self.groups.len()).map(label).collect();
        self.carry_groups(labels);
    }

    /// A label given anew opens its group and closes those inside it; none, or a ditto mark, carries the
    /// one above on.
    fn carry_groups(&mut self, labels: Vec<Option<(String, Origin)>>) {
        for (level, label) in labels.into_iter().enumerate() {
            let Some(label) = label.filter(|(text, _)| !is_ditto(text)) else { continue };
            self.carry_group(level, label);
        }
    }

    fn carry_group(&mut self, level: usize, label: (String, Origin)) {
        if is_no_value(&label.0) {
            return self.groups[level..].fill(None); // `－`: there is none
        }
        let same =
            self.groups[level].as_ref().is_some_and(|(held, _)| label_key(held) == label_key(&label.0));
        if !same {
            self.groups[level] = Some(label);
            self.groups[level + 1..].fill(None);
        }
    }
}
