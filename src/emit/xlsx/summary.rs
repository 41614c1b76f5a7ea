//! The summary sheet: how many indicators of each outermost group have each disposition, counted from the list by
//! formulas, and the same as a chart.

use super::Material;
use super::cell::{Corners, cell, column, failed, put, row};
use super::chart;
use super::names::define;
use super::plain::{self, Heading};
use super::plan::{EMPTY_ROW, Plan};
use super::style::{BodyLook, Styles};
use super::writer::{BodyCell, SheetWriter, put_count};
use crate::error::Error;
use crate::layout::lay_out;
use crate::model::{Align, Content, Field, Role};
use crate::template::{Template, TimePlace};
use crate::view::content;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::ops::Range;

/// The most dispositions of which upright paper has room for a column each.
const MOST_UPRIGHT: usize = 8;

/// A line: its label, and the rows of the list that it counts.
pub(super) struct Line {
    pub(super) label: String,
    rows: Range<usize>,
    /// Per disposition.
    pub(super) counts: Vec<usize>,
}

/// Adds the sheet.
pub(super) fn add(
    workbook: &mut Workbook,
    list: &SheetWriter<'_>,
    material: &Material<'_>,
    name: &str,
) -> Result<(), Error> {
    let template = list.template;
    let lines = lines(list, material);
    let numbers = |counts: &[usize]| {
        counts.iter().chain([&counts.iter().sum()]).map(|n| Content::of(&n.to_string())).collect::<Vec<_>>()
    };
    let cells = lines.iter().map(|line| [vec![Content::of(&line.label)], numbers(&line.counts)].concat());
    let table = plain::table(&headings(template), cells);
    let page = plain::page(template, name, template.dispositions().len() > MOST_UPRIGHT);
    let layout = lay_out(&table, &page, material.metrics);
    let mut plan = Plan::of(&page, &table, &layout, material.metrics);
    let groups = lines.len() - 1;
    // Above the chart, an empty row.
    let chart_height = chart::height(groups.max(1));
    plan.add_room(&page, chart_height + EMPTY_ROW);
    let form = SheetWriter {
        template,
        page: &page,
        name,
        table: &table,
        layout: &layout,
        plan: &plan,
        numbered: false,
    };

    let sheet = workbook.add_worksheet();
    let mut looks = Styles::of(&page);
    form.header(sheet, &looks)?;
    form.count_lines(sheet, &mut looks, list, &lines)?;
    form.set_up(sheet)?;
    let drawn = if groups == 0 { &lines[..] } else { &lines[..groups] };
    let size = (plan.widths.iter().sum(), chart_height);
    let chart = chart::of(&form, drawn, size).map_err(|e| failed(None, &e))?;
    let below = row(plan.heights.len()) - chart_height.div_ceil(EMPTY_ROW);
    sheet.insert_chart(below, 0, &chart).map_err(|e| failed(None, &e))?;
    let corners = form.body_area().expect("there is at least the line of sums");
    define(workbook, &form, "summary", corners).map_err(|e| failed(None, &e))
}

fn total(template: &Template) -> &String {
    template.tally.as_ref().map_or(&template.workbook.labels.total, |tally| &tally.total)
}

fn headings(template: &Template) -> Vec<Heading> {
    let group = template.groups.first().map(crate::template::FieldSpec::name).unwrap_or_default();
    let dispositions = template.dispositions().iter().map(|d| (d.print.clone(), 5, Align::Center));
    let sum = (total(template).clone(), 5, Align::Center);
    std::iter::once((group, 20, Align::Left)).chain(dispositions).chain([sum]).collect()
}

/// A line per outermost group, then the sums.
fn lines(list: &SheetWriter<'_>, material: &Material<'_>) -> Vec<Line> {
    let template = list.template;
    let rows = &material.list.rows;
    let line = |label: String, range: Range<usize>| {
        let mut counts = vec![0; template.dispositions().len()];
        for chosen in rows[range.clone()].iter().filter_map(|row| row.choice_of(Role::Disposition)) {
            counts[chosen.id.0] += 1;
        }
        Line { label, rows: range, counts }
    };
    let begins = |index: &usize| !template.groups.is_empty() && list.table.rows[*index].begins_level(0);
    let starts: Vec<usize> = (0..rows.len()).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    let label = |start: usize| {
        content(&rows[start], Field::Group(0), TimePlace::Hidden, template).paragraphs.join("\n")
    };
    let mut lines: Vec<Line> =
        starts.iter().zip(ends).map(|(&start, end)| line(label(start), start..end)).collect();
    lines.push(line(total(template).clone(), 0..rows.len()));
    lines
}

impl SheetWriter<'_> {
    /// The body of the summary: labels, and formulas over the list with their results.
    fn count_lines(
        &self,
        sheet: &mut Worksheet,
        looks: &mut Styles<'_>,
        list: &SheetWriter<'_>,
        lines: &[Line],
    ) -> Result<(), Error> {
        let last_line = lines.len() - 1;
        for BodyCell { rows, source, col, frame } in self.body_cells() {
            let line = &lines[source];
            let corners = self.corners(rows, col);
            let format = looks.body(BodyLook::plain(frame, self.table.columns[col].align));
            let sum = |(top, left, bottom, right): Corners| {
                Some(format!("=SUM({}:{})", cell(top, left), cell(bottom, right)))
            };
            let formula = match col.checked_sub(1) {
                None => {
                    put(sheet, corners, &line.label, format)?;
                    continue;
                }
                Some(at) if at == line.counts.len() => sum((corners.0, 1, corners.0, corners.1 - 1)),
                Some(_) if source == last_line && last_line > 0 => {
                    let (top, left, bottom, right) = self.corners(0..last_line, col);
                    sum((top, left, bottom, right))
                }
                Some(_) if line.rows.is_empty() => None,
                Some(_) => {
                    list.table.columns.iter().position(|column| !column.choices.is_empty()).map(|counted| {
                        let range = list.area(list.corners(line.rows.clone(), counted));
                        let heading = cell(self.plan.header, column(col));
                        list.count(&range, &heading.to_string())
                    })
                }
            };
            let count = match col.checked_sub(1).and_then(|at| line.counts.get(at)) {
                Some(count) => *count,
                None => line.counts.iter().sum(),
            };
            put_count(sheet, (corners.0, corners.1), formula, count, format)?;
        }
        Ok(())
    }
}
