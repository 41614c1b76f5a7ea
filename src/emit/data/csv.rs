//! A table as CSV (RFC 4180): a header of physical names, CRLF, one record a line.

use super::cp932;
use super::table::{Datum, Table};
use crate::template::Encoding;
use std::borrow::Cow;

/// The table in an encoding. Fields are in quotes where they hold a comma or a quote.
pub(super) fn render(table: &Table, encoding: Encoding) -> Vec<u8> {
    let start = match encoding {
        Encoding::Utf8Bom => "\u{feff}",
        Encoding::Utf8 | Encoding::Cp932 => "",
    };
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::from(start));
    write(&mut writer, table.columns.iter().map(|column| Cow::Borrowed(column.name.as_str())));
    for record in &table.records {
        write(&mut writer, record.data.iter().map(Datum::shown));
    }
    let bytes = writer.into_inner().expect("memory takes all bytes");
    match encoding {
        Encoding::Utf8Bom | Encoding::Utf8 => bytes,
        Encoding::Cp932 => cp932::encode(std::str::from_utf8(&bytes).expect("all fields are text")),
    }
}

/// Writes a record field by field, so that none is copied.
fn write<'a>(writer: &mut ::csv::Writer<Vec<u8>>, fields: impl Iterator<Item = Cow<'a, str>>) {
    for field in fields {
        writer.write_field(field.as_bytes()).expect("memory takes all bytes");
    }
    writer.write_record(None::<&[u8]>).expect("all records are equally long");
}
