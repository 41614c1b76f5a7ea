//! Documents as a workbook that prints as the PDF does; the only place that names `rust_xlsxwriter`.
//!
//! Cells hold text as it is printed: `036` and `4件／年` are not quantities. What a document says to be a number is one,
//! and what it says to follow from other cells is a formula that carries its result ([`formula`]), so that it stays right
//! when someone changes a cell by hand.
//!
//! The first sheet is the official form. Those after it are plain tables, whose widths, heights and page breaks are laid
//! out like the form's.

mod archive;
mod cell;
mod chart;
mod formula;
mod name;
mod names;
mod notes;
mod plan;
mod set_up;
mod style;
pub mod tables;
mod writer;

use self::cell::{failed, joined};
use self::plan::Plan;
use self::style::normal;
use self::writer::SheetWriter;
use super::Stamp;
use crate::error::Error;
use crate::layout::{Flow, Metrics, flow_table};
use crate::model::{CellNotes, Document, References};
use crate::template::{DocumentSpec, PageSpec};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// UTF-16 units of a cell's text at most.
pub const LONGEST_TEXT: usize = 32_767;

/// What the workbook is made from.
#[derive(Clone)]
pub struct Material<'a> {
    /// What the file says of itself.
    pub about: &'a DocumentSpec,
    /// The form.
    pub form: &'a Document,
    /// The paper of the form.
    pub page: &'a PageSpec,
    /// How the form flows over pages.
    pub flow: &'a Flow,
    /// Notes on the cells of the form.
    pub notes: &'a CellNotes,
    /// The texts of the form that lead to other rows.
    pub references: &'a References,
    /// The documents of the other sheets, each with its paper.
    pub others: &'a [(Document, PageSpec)],
    /// Whether nothing but what is chosen from a list can be changed.
    pub protect: bool,
    /// What the other sheets are laid out with.
    pub metrics: &'a dyn Metrics,
}

/// The workbook's bytes, the same for the same input.
///
/// # Errors
/// Only where Excel has a limit that the material exceeds: 1,048,576 rows, 32,767 characters in a cell.
pub fn render(material: &Material<'_>, stamp: Stamp) -> Result<Vec<u8>, Error> {
    let Material { form, others, .. } = *material;
    let mut workbook = Workbook::new();
    // 72 pixels are the default column of a font whose digits are 8 pixels wide.
    workbook.set_default_format(&normal(), 20, 72).map_err(|e| failed(None, &e))?;
    workbook.set_properties(&properties(material.about, stamp).map_err(|e| failed(None, &e))?);

    let titles = others.iter().map(|(document, _)| document.title.as_str());
    let names = name::sheet_names(std::iter::once(form.title.as_str()).chain(titles));
    let flows = others.iter().map(|(document, page)| flow_table(&document.table, page, material.metrics));
    let flows: Vec<Flow> = flows.collect();
    let mut sheets = vec![material.sheet(&names[0])];
    for (((document, page), flow), name) in others.iter().zip(&flows).zip(&names[1..]) {
        sheets.push(SheetWriter::of(document, page, flow, name, material.metrics));
    }
    for sheet in &sheets {
        sheet.write(&mut workbook, &sheets, material)?;
        names::define(&mut workbook, sheet).map_err(|e| failed(None, &e))?;
    }
    archive::bytes(workbook)
}

/// A cell of the form on its sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCell {
    /// Row on the sheet, from 0.
    pub row: u32,
    /// Column on the sheet, and of the table, from 0.
    pub col: u16,
    /// The record, from 0; of a cell for several, the first one.
    pub record: usize,
    /// What is written there.
    pub text: String,
}

/// Where the form's cells stand in the workbook: the name of their sheet, and each of them once.
pub fn form_cells(material: &Material<'_>) -> (String, Vec<FormCell>) {
    let form = material.form;
    let name = name::sheet_names(std::iter::once(form.title.as_str())).swap_remove(0);
    let sheet = material.sheet(&name);
    // What a later page repeats is written once.
    let cells = sheet.body_cells().filter(|cell| cell.rows.start == cell.source);
    let cells = cells.filter_map(|cell| {
        let record = form.table.rows[cell.source].record?;
        let text = joined(&material.flow.measured.body_lines[cell.source][cell.col]);
        let (row, col, ..) = sheet.corners(&cell);
        Some(FormCell { row, col, record, text })
    });
    let cells = cells.collect();
    (name, cells)
}

impl<'a> Material<'a> {
    /// The sheet of the form.
    fn sheet(&self, name: &'a str) -> SheetWriter<'a> {
        let Self { form, page, flow, references, metrics, .. } = *self;
        let plan = Plan::of(page, &form.table, flow, metrics);
        SheetWriter {
            document: form,
            page,
            name,
            table: &form.table,
            laid: &flow.measured,
            plan,
            references,
            charts: Vec::new(),
        }
    }
}

fn properties(about: &DocumentSpec, stamp: Stamp) -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new()
        .set_title(&about.title)
        .set_author(&about.author)
        .set_subject(&about.subject)
        .set_keywords(about.keywords.join(", "))
        .set_creation_datetime(&ExcelDateTime::from_timestamp(stamp.seconds)?))
}
