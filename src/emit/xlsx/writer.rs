//! A table on a sheet: title, header, body, tally and notes, each cell with its look.

use super::Material;
use super::cell::{Corners, area, cell, column, failed, joined, put, put_below, put_link, put_runs, row};
use super::formula::{count, put_number};
use super::plan::{EMPTY_ROW, Plan, tally_column};
use super::style::{BodyLook, Frame, Styles};
use super::{chart, name};
use crate::error::Error;
use crate::layout::{Flow, Line, Measured, Metrics};
use crate::model::{
    Align, Chart, Decoration, Document, Formula, Mark, Marked, References, Table, Tally, Target,
    cut_at_marks, text_links,
};
use crate::template::PageSpec;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::ops::Range;

/// As many links does Excel open on a sheet; of more, the addresses are texts.
const MOST_LINKS: usize = 65_530;

/// Other documents than the form lead to its rows by their cells.
static NO_REFERENCES: References = References::new();

/// What a sheet is written from.
pub(super) struct SheetWriter<'a> {
    pub(super) document: &'a Document,
    pub(super) page: &'a PageSpec,
    /// The sheet's name.
    pub(super) name: &'a str,
    pub(super) table: &'a Table,
    /// The table broken into lines.
    pub(super) laid: &'a Measured,
    pub(super) plan: Plan,
    /// Its texts that lead to other rows.
    pub(super) references: &'a References,
    /// The charts below the table, each with its first row.
    pub(super) charts: Vec<(u32, &'a Chart)>,
}

/// A cell of the body, or the part of a merged one that a page shows.
pub(super) struct BodyCell {
    /// The body rows that it covers.
    pub(super) rows: Range<usize>,
    /// The body row whose text it shows.
    pub(super) source: usize,
    pub(super) col: usize,
    /// The columns that it covers.
    pub(super) across: usize,
    pub(super) frame: Frame,
}

impl<'a> SheetWriter<'a> {
    /// The sheet of a document after the form: its table, then its charts.
    pub(super) fn of(
        document: &'a Document,
        page: &'a PageSpec,
        flow: &'a Flow,
        name: &'a str,
        metrics: &dyn Metrics,
    ) -> Self {
        let table = &document.table;
        let mut plan = Plan::of(page, table, flow, metrics);
        let mut charts = Vec::new();
        for drawn in &document.charts {
            // Above the chart, an empty row.
            let height = chart::height(drawn);
            plan.add_room(page, height + EMPTY_ROW);
            charts.push((row(plan.heights.len()) - height.div_ceil(EMPTY_ROW), drawn));
        }
        Self { document, page, name, table, laid: &flow.measured, plan, references: &NO_REFERENCES, charts }
    }

    /// Adds the sheet to the workbook; `sheets` are all that it will have.
    pub(super) fn write(
        &self,
        workbook: &mut Workbook,
        sheets: &[SheetWriter<'_>],
        material: &Material<'_>,
    ) -> Result<(), Error> {
        let sheet = workbook.add_worksheet();
        let mut looks = Styles::of(self.page);
        if self.plan.header > 0 {
            self.title(sheet, &looks)?;
        }
        self.header(sheet, &looks)?;
        self.body(sheet, &mut looks, sheets)?;
        if let (Some(tally), Some(row)) = (&self.table.tally, self.plan.tally) {
            self.tally(sheet, &mut looks, tally, row)?;
        }
        self.notes(sheet, &looks)?;
        if self.document.key == material.form.key {
            self.cell_notes(sheet, material.notes, &material.about.author)?;
        }
        self.set_up(sheet, material.protect)?;
        self.filter(sheet)?;
        for (top, drawn) in &self.charts {
            let chart = chart::of(self, drawn).map_err(|e| failed(None, &e))?;
            sheet.insert_chart(*top, 0, &chart).map_err(|e| failed(None, &e))?;
        }
        Ok(())
    }

    /// The title and the lines below it.
    pub(super) fn title(&self, sheet: &mut Worksheet, looks: &Styles<'_>) -> Result<(), Error> {
        let last = self.last_column();
        put(sheet, (0, 0, 0, last), &self.document.title, &looks.title())?;
        let (subtitle, byline) = (looks.subtitle(), looks.line(Align::Right));
        let subtitles = self.document.subtitle.iter().map(|text| (text, &subtitle));
        let bylines = self.document.byline.iter().map(|text| (text, &byline));
        for (at, (text, format)) in (1..self.plan.header).zip(subtitles.chain(bylines)) {
            put(sheet, (at, 0, at, last), text, format)?;
        }
        Ok(())
    }

    pub(super) fn notes(&self, sheet: &mut Worksheet, looks: &Styles<'_>) -> Result<(), Error> {
        for (top, bottom, text) in &self.plan.notes {
            let corners = (*top, 0, *bottom, self.last_column());
            put(sheet, corners, text, &looks.line(Align::Left))?;
        }
        Ok(())
    }

    pub(super) fn header(&self, sheet: &mut Worksheet, looks: &Styles<'_>) -> Result<(), Error> {
        for (cell, lines) in self.table.header.iter().zip(&self.laid.header_lines) {
            let (rows, cols) = (cell.row..cell.row + cell.row_span, cell.col..cell.col + cell.col_span);
            let top = self.plan.header + row(rows.start);
            let bottom = self.plan.header + row(rows.end.saturating_sub(1));
            let frame = Frame {
                top: rows.start == 0,
                bottom: rows.end == self.table.header_rows,
                left: cols.start == 0,
                right: cols.end == self.table.columns.len(),
            };
            let corners = (top, column(cols.start), bottom, column(cols.end.saturating_sub(1)));
            put(sheet, corners, joined(lines), &looks.header(frame, scale(lines)))?;
        }
        Ok(())
    }

    /// The cells of the body: page by page, and there column by column.
    pub(super) fn body_cells(&self) -> impl Iterator<Item = BodyCell> {
        let columns = 0..self.table.columns.len();
        self.plan
            .segments
            .iter()
            .flat_map(move |segment| columns.clone().flat_map(|col| self.cells_of(segment, col)))
    }

    /// The cells of a column on a page.
    fn cells_of(&self, segment: &Range<usize>, col: usize) -> impl Iterator<Item = BodyCell> {
        let mut next = segment.start;
        std::iter::from_fn(move || {
            while next < segment.end && self.table.rows[next].is_covered(col) {
                next += 1;
            }
            let across = (next < segment.end).then(|| self.table.rows[next].col_span(col))?;
            let span = if across > 1 { next..next + 1 } else { self.table.span(next, col) };
            let rows = next..span.end.min(segment.end);
            next = rows.end;
            let frame = Frame {
                top: rows.start == segment.start,
                bottom: rows.end == segment.end,
                left: col == 0,
                right: col + across == self.table.columns.len(),
            };
            Some(BodyCell { rows, source: span.start, col, across, frame })
        })
    }

    pub(super) fn body(
        &self,
        sheet: &mut Worksheet,
        looks: &mut Styles<'a>,
        sheets: &[SheetWriter<'_>],
    ) -> Result<(), Error> {
        let leads = self.table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.link.is_some());
        let mut links_left = MOST_LINKS.checked_sub(leads.count());
        for cell in self.body_cells() {
            let corners = self.corners(&cell);
            let BodyCell { rows, source, col, across, frame } = cell;
            let is_again = rows.start > source;
            let lines = if is_again {
                &self.laid.again_lines[col][source]
            } else {
                &self.laid.body_lines[source][col]
            };
            let text = joined(lines);
            let column = &self.table.columns[col];
            let row = &self.table.rows[source];
            let cell = &row.cells[col];
            let runs = decorated_runs(lines, &cell.content.marks);
            let number = self.number_at(source, col);
            let is_one = (corners.0, corners.1) == (corners.2, corners.3);
            let leads_to = if is_one { self.leads_to(source, col, sheets) } else { None };
            let look = BodyLook {
                frame,
                align: match column.align {
                    _ if row.is_heading() => Align::Left,
                    _ if across > 1 => Align::Center,
                    align => align,
                },
                tinted: row.is_heading(),
                literal: number.is_none() && name::turns_into_something_else(&text),
                scale: scale(lines),
                decoration: match runs.as_slice() {
                    [(_, decoration)] => *decoration,
                    _ => leads_to.as_ref().map(|_| Decoration::Underline),
                },
                unlocked: !column.choices.is_empty() && row.record.is_some(),
                number: number.map(|number| &number.format),
            };
            match number {
                Some(number) => {
                    let formula = self.formula_at(source, col);
                    if let Some(place) = &leads_to {
                        put_link(sheet, corners, (text.clone(), place), looks.body(look))?;
                    }
                    self.number(sheet, corners, (number, formula), sheets, looks.body(look))?;
                }
                None if runs.len() > 1 => {
                    let formats: Vec<Format> =
                        runs.iter().map(|(_, of)| looks.run(*of, look.scale)).collect();
                    let texts = runs.iter().map(|(text, _)| text.as_str());
                    let runs: Vec<(&Format, &str)> = formats.iter().zip(texts).collect();
                    put_runs(sheet, corners, &runs, looks.body(look))?;
                }
                None => {
                    let own = || self.address((source, col), lines.len(), &mut links_left);
                    let address = leads_to.or_else(own).filter(|_| is_one);
                    self.text(sheet, corners, (text, address.as_deref()), looks.body(look))?;
                }
            }
        }
        Ok(())
    }

    /// Writes a text, which may lead somewhere.
    fn text(
        &self,
        sheet: &mut Worksheet,
        corners: Corners,
        (text, address): (String, Option<&str>),
        format: &Format,
    ) -> Result<(), Error> {
        if let Some(address) = address {
            return put_link(sheet, corners, (text, address), format);
        }
        put(sheet, corners, text.as_str(), format)?;
        let (_, left, _, right) = corners;
        if self.plan.each_row_is_one && left == right {
            put_below(sheet, corners, &text, format)
        } else {
            Ok(())
        }
    }

    /// The place in another sheet to which a cell leads: the row of a record, from its number; the first of the rows that a
    /// line counts, from the line's label.
    fn leads_to(&self, row: usize, col: usize, sheets: &[SheetWriter<'_>]) -> Option<String> {
        let cells = &self.table.rows[row].cells;
        let formula = |col: usize| cells[col].number.as_ref()?.formula.as_ref();
        let (document, record) = match formula(col) {
            Some(Formula::RowNumber { document, row }) => {
                (document, sheets.iter().find(|of| of.document.key == *document)?.table.row_of(*row)?)
            }
            None if col == 0 && cells[0].number.is_none() => {
                (1..cells.len()).find_map(|col| match formula(col) {
                    Some(Formula::Count(cells)) => Some((cells.document.as_ref()?, cells.rows.start)),
                    _ => None,
                })?
            }
            _ => return None,
        };
        Some(sheets.iter().find(|of| of.document.key == *document)?.place(record))
    }

    /// What a cell leads to as a whole, else what its text leads to first: a cell of a workbook can lead to one place. Of
    /// the latter, some are left; of none, there are too many of the former. A text of several lines (`height`) leads
    /// nowhere: some programs set what leads somewhere on one line, and cut it off.
    fn address(&self, (row, col): (usize, usize), height: usize, left: &mut Option<usize>) -> Option<String> {
        let (cell, most) = (&self.table.rows[row].cells[col], (*left)?);
        if let Some(link) = &cell.link {
            return Some(link.to_string());
        }
        let references = self.references.get(&(row, col)).map_or(&[][..], Vec::as_slice);
        let links = text_links(&cell.content, references);
        let first = links.first().filter(|_| most > 0 && height == 1)?;
        *left = Some(most - 1);
        Some(match &first.to {
            Target::Address(address) => address.clone(),
            Target::Row(row) => self.place(*row),
        })
    }

    /// The address of a row of this sheet, for links.
    fn place(&self, row: usize) -> String {
        let (top, _) = self.plan.sheet_rows(row..row + 1);
        format!("internal:'{}'!A{}", self.name.replace('\'', "''"), top + 1)
    }

    /// Where a cell of the body stands.
    pub(super) fn corners(&self, cell: &BodyCell) -> Corners {
        let (top, bottom) = self.plan.sheet_rows(cell.rows.clone());
        (top, column(cell.col), bottom, column(cell.col + cell.across - 1))
    }

    /// The label of each word and how often it stands in its column, then the sum.
    pub(super) fn tally(
        &self,
        sheet: &mut Worksheet,
        looks: &mut Styles<'_>,
        tally: &Tally,
        first: u32,
    ) -> Result<(), Error> {
        let (_, label_col, total, count_col) = self.tally_corners(tally, first);
        let range = |col, top, bottom| format!("{}:{}", cell(top, col), cell(bottom, col));
        for (at, (label, number)) in (first..).zip(tally.all()) {
            let frame =
                |left| Frame { top: at == first || at == total, bottom: at == total, left, right: !left };
            let label_look = BodyLook::plain(frame(true), Align::Center);
            put(sheet, (at, label_col, at, label_col), label, looks.body(label_look))?;
            let formula = match tally.column {
                _ if at == total && at > first => {
                    Some(format!("=SUM({})", range(count_col, first, total - 1)))
                }
                Some(col) if at < total && !self.table.rows.is_empty() => {
                    let (top, bottom) = self.plan.sheet_rows(0..self.table.rows.len());
                    let label = cell(at, label_col).to_string();
                    Some(count(&self.table.columns[col], &range(column(col), top, bottom), &label))
                }
                Some(_) | None => None,
            };
            put_number(sheet, (at, count_col), formula, Decimal::from(*number), &looks.count(frame(false)))?;
        }
        Ok(())
    }

    pub(super) fn last_column(&self) -> u16 {
        column(self.table.columns.len().saturating_sub(1))
    }

    /// Where the tally that begins at a row stands: labels on the left, counts beside them.
    pub(super) fn tally_corners(&self, tally: &Tally, first: u32) -> Corners {
        let left = column(tally_column(self.table));
        (first, left, first + row(tally.lines.len()), left + 1)
    }

    /// The tally's area, if the sheet has one.
    pub(super) fn tally_area(&self) -> Option<Corners> {
        self.table.tally.as_ref().zip(self.plan.tally).map(|(tally, first)| self.tally_corners(tally, first))
    }

    /// The body, if it has rows.
    pub(super) fn body_area(&self) -> Option<Corners> {
        let rows = self.table.rows.len();
        let (top, bottom) = (rows > 0).then(|| self.plan.sheet_rows(0..rows))?;
        Some((top, 0, bottom, self.last_column()))
    }

    /// An area of this sheet, for formulas of any sheet.
    pub(super) fn area(&self, corners: Corners) -> String {
        area(self.name, corners)
    }
}

/// The width of a cell's letters, in per cent of the font's.
fn scale(lines: &[Line]) -> i32 {
    lines.first().map_or(100, |line| line.scale)
}

/// The text of a cell ([`joined`]) in runs, each with what is drawn along it; none of a cell without marks. The end of a
/// line is struck through if what stands on both of its sides is: what remains without it are the other lines.
fn decorated_runs(lines: &[Line], marks: &[Marked]) -> Vec<(String, Option<Decoration>)> {
    let mut runs: Vec<(String, Option<Decoration>)> = Vec::new();
    if marks.is_empty() {
        return runs;
    }
    let mut push = |text: &str, decoration| match runs.last_mut() {
        Some((run, same)) if *same == decoration => run.push_str(text),
        _ => runs.push((text.to_owned(), decoration)),
    };
    let decoration = |(_, mark): (&str, Option<Mark>)| mark.map(Mark::decoration);
    let mut at = 0;
    for (i, line) in lines.iter().enumerate() {
        let mut last = None;
        for part in cut_at_marks(&line.text, at, marks) {
            last = decoration(part);
            push(part.0, last);
        }
        at += line.text.len();
        if line.ends_paragraph && i + 1 < lines.len() {
            let next = cut_at_marks(&lines[i + 1].text, at, marks).next().and_then(decoration);
            let goes_on = last != Some(Decoration::LineThrough) || next == last;
            push("\n", last.filter(|_| goes_on));
        }
    }
    runs
}
