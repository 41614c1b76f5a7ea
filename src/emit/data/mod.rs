//! The machine-readable format: tables as CSV and as a workbook of data, and their description as a Data Package.
//!
//! The tables are built once, typed and described ([`Table`]); each form knows only its own syntax. The list is for
//! programs and reads back through kaitei: a text that begins with `=`, `+`, `-` or `@` stays as it is, unless the
//! template wants an apostrophe in front of it.

mod codes;
mod cp932;
mod csv;
mod dictionary;
mod list;
mod notes;
mod package;
mod source;
mod table;
mod values;

pub use cp932::unencodable;
pub use table::{Column, DataRow, Datum, Kind, Reference, Table};

use super::{Artifact, Stamp, xlsx};
use crate::error::Error;
use crate::model::{Dataset, Fingerprint};
use crate::template::Template;
use codes::Codes;

/// What a fiscal year is, wherever one stands.
const FISCAL_YEAR: &str = "4月1日に始まる年度を、その始まりの西暦年で表したもの";

/// Every file of the format, the description of the others last. `sources` are the files that the list was made from.
///
/// # Errors
/// Only where Excel has a limit that a table exceeds.
pub fn render(
    template: &Template,
    list: &Dataset,
    sources: &[&Fingerprint],
    stamp: Stamp,
) -> Result<Vec<(Artifact, Vec<u8>)>, Error> {
    let codes = Codes::new(template, list);
    let tables = tables(template, list, &codes);
    let csv = |table: &Table| (table.format, csv::render(table, &template.open_data));
    let mut files: Vec<(Artifact, Vec<u8>)> = tables.iter().map(csv).collect();
    files.push((Artifact::DataXlsx, xlsx::tables::render(&template.document, &tables, stamp)?));
    let package =
        package::Contents { template, list, codes: &codes, tables: &tables, files: &files, sources };
    files.push((Artifact::Package, package.render()));
    Ok(files)
}

/// The list alone, as CSV.
pub fn list_csv(template: &Template, list: &Dataset) -> Vec<u8> {
    let codes = Codes::new(template, list);
    csv::render(&list::table(template, list, &codes).spelled_out(), &template.open_data)
}

fn tables<'a>(template: &'a Template, list: &'a Dataset, codes: &Codes<'a>) -> Vec<Table<'a>> {
    let mut tables = vec![
        list::table(template, list, codes),
        values::table(template, list),
        notes::table(template, list),
        codes.table(template),
    ];
    tables.push(dictionary::table(&tables));
    tables.into_iter().map(Table::spelled_out).collect()
}
