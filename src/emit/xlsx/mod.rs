//! The official form as a workbook that prints as the PDF does; the only place that names `rust_xlsxwriter`.
//!
//! Cells hold text as it is printed, numbers included: `036` and `4件／年` are not quantities. Only the tally counts,
//! by formulas that carry their results, so that it stays right when someone changes a disposition by hand.
//!
//! After the list come the sheets that the template wants: [`summary`], [`changes`], [`sources`]. They are tables
//! too ([`plain`]), so that their widths, heights and page breaks are laid out like the list's.

mod cell;
mod changes;
mod chart;
mod name;
mod names;
mod notes;
mod overlong;
mod plain;
mod plan;
mod set_up;
mod sources;
mod style;
mod summary;
pub mod tables;
mod writer;

use self::cell::{failed, joined};
pub use self::notes::origins;
pub use self::overlong::overlong;
use self::plan::Plan;
use self::style::{Styles, normal};
use self::writer::SheetWriter;
use super::Stamp;
use crate::error::Error;
use crate::layout::{Layout, Metrics};
use crate::model::{Dataset, Fingerprint, Table};
use crate::template::{ExtraSheet, Template};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// What the workbook is made from.
#[derive(Clone)]
pub struct Material<'a> {
    /// The list.
    pub list: &'a Dataset,
    /// The list as a table.
    pub table: &'a Table,
    /// The layout of `table`.
    pub layout: &'a Layout,
    /// The files that the list was read from.
    pub inputs: Vec<&'a Fingerprint>,
    /// What the other sheets are laid out with.
    pub metrics: &'a dyn Metrics,
}

/// The workbook's bytes, the same for the same input.
///
/// # Errors
/// Only where Excel has a limit that the material exceeds: 1,048,576 rows, 32,767 characters in a cell.
pub fn render(template: &Template, material: &Material<'_>, stamp: &Stamp) -> Result<Vec<u8>, Error> {
    let Material { table, layout, .. } = *material;
    let mut workbook = Workbook::new();
    // 72 pixels are the default column of a font whose digits are 8 pixels wide.
    workbook.set_default_format(&normal(), 20, 72).map_err(|e| failed(None, &e))?;
    workbook.set_properties(&properties(template, *stamp).map_err(|e| failed(None, &e))?);

    let (kinds, titles): (Vec<ExtraSheet>, Vec<&str>) = template.workbook.named_sheets().unzip();
    let names = name::sheet_names(std::iter::once(table.title.as_str()).chain(titles));
    let page = &template.page;
    let plan = Plan::of(page, table, layout, material.metrics);
    let list = SheetWriter { template, page, name: &names[0], table, layout, plan: &plan, numbered: false };
    list.write(&mut workbook, material)?;
    names::of_list(&mut workbook, &list).map_err(|e| failed(None, &e))?;
    for (kind, name) in kinds.into_iter().zip(&names[1..]) {
        match kind {
            ExtraSheet::Summary => summary::add(&mut workbook, &list, material, name)?,
            ExtraSheet::Changes => changes::add(&mut workbook, &list, material, name)?,
            ExtraSheet::Sources => sources::add(&mut workbook, &list, material, name)?,
        }
    }
    workbook.save_to_buffer().map_err(|e| failed(None, &e))
}

/// A cell of the list on its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCell {
    /// Row on the sheet, from 0.
    pub row: u32,
    /// Column on the sheet, and of the list, from 0.
    pub col: u16,
    /// The indicator's place in the list, from 0; of a cell for several, the first one's.
    pub record: usize,
    /// What is written there.
    pub text: String,
}

/// Where the list's cells stand in the workbook: the name of their sheet, and each of them once.
pub fn list_cells(template: &Template, material: &Material<'_>) -> (String, Vec<ListCell>) {
    let Material { table, layout, .. } = *material;
    let name = name::sheet_names(std::iter::once(table.title.as_str())).swap_remove(0);
    let page = &template.page;
    let plan = Plan::of(page, table, layout, material.metrics);
    let sheet = SheetWriter { template, page, name: &name, table, layout, plan: &plan, numbered: false };
    // What a later page repeats is written once.
    let cells = sheet.body_cells().filter(|cell| cell.rows.start == cell.source);
    let cells = cells.map(|cell| {
        let text = joined(&layout.body_lines[cell.source][cell.col]);
        let (row, col, ..) = sheet.corners(cell.rows, cell.col);
        ListCell { row, col, record: cell.source, text }
    });
    let cells = cells.collect();
    (name, cells)
}

impl SheetWriter<'_> {
    /// Writes the list's own sheet.
    fn write(&self, workbook: &mut Workbook, material: &Material<'_>) -> Result<(), Error> {
        let sheet = workbook.add_worksheet();
        let mut looks = Styles::of(self.page);
        self.title(sheet, &looks)?;
        self.header(sheet, &looks)?;
        self.body(sheet, &mut looks)?;
        if let (Some(tally), Some(row)) = (&self.table.tally, self.plan.tally) {
            self.tally(sheet, &mut looks, tally, row)?;
        }
        self.notes(sheet, &looks)?;
        if self.template.workbook.notes {
            self.cell_notes(sheet, material.list)?;
        }
        self.set_up(sheet)?;
        self.filter(sheet)
    }
}

fn properties(template: &Template, stamp: Stamp) -> Result<DocProperties, XlsxError> {
    let document = &template.document;
    Ok(DocProperties::new()
        .set_title(&document.title)
        .set_author(&document.author)
        .set_subject(&document.subject)
        .set_keywords(document.keywords.join(", "))
        .set_creation_datetime(&ExcelDateTime::from_timestamp(stamp.seconds)?))
}
