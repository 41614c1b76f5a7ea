//! A table as CSV (RFC 4180): a header of physical names, CRLF, one record a line.

use super::cp932;
use super::table::{Datum, Table};
use crate::template::{Encoding, Formulas, OpenData};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// The table in the template's encoding. Fields are in quotes where they hold a comma or a quote.
pub(super) fn render(table: &Table, &OpenData { encoding, formulas, .. }: &OpenData) -> Vec<u8> {
    let start = match encoding {
        Encoding::Utf8Bom => "\u{feff}",
        Encoding::Utf8 | Encoding::Cp932 => "",
    };
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::from(start));
    write(&mut writer, table.columns.iter().map(|column| Cow::Borrowed(column.name.as_str())));
    for record in &table.records {
        write(&mut writer, record.data.iter().map(|datum| field(datum, formulas)));
    }
    let bytes = writer.into_inner().expect("memory takes all bytes");
    match encoding {
        Encoding::Utf8Bom | Encoding::Utf8 => bytes,
        Encoding::Cp932 => cp932::encode(std::str::from_utf8(&bytes).expect("all fields are text")),
    }
}

/// What stands for a datum.
fn field<'a>(datum: &'a Datum<'_>, formulas: Formulas) -> Cow<'a, str> {
    let shown = datum.shown();
    let is_text = matches!(datum, Datum::Text(_) | Datum::Stated(..));
    match formulas {
        Formulas::Apostrophe if is_text && is_computed(&shown) => Cow::Owned(format!("'{shown}")),
        Formulas::Apostrophe | Formulas::Keep => shown,
    }
}

/// Whether a spreadsheet computes a text. A number is one, with or without its sign.
fn is_computed(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && text.parse::<Decimal>().is_err()
}

/// Writes a record field by field, so that none is copied.
fn write<'a>(writer: &mut ::csv::Writer<Vec<u8>>, fields: impl Iterator<Item = Cow<'a, str>>) {
    for field in fields {
        writer.write_field(field.as_bytes()).expect("memory takes all bytes");
    }
    writer.write_record(None::<&[u8]>).expect("all records are equally long");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    #[test]
    fn texts_that_a_spreadsheet_computes_are_kept_or_quoted() {
        let origin = Origin::of_file("a.csv");
        for (datum, quoted) in [
            (Datum::Text("=HYPERLINK(\"x\")".into()), "'=HYPERLINK(\"x\")"),
            (Datum::Stated("@SUM(1)".into(), &origin), "'@SUM(1)"),
            (Datum::Text("-2+3".into()), "'-2+3"),
            (Datum::Text("＋10％".into()), "'＋10％"),
            (Datum::Text("-5".into()), "-5"),
            (Datum::Text("A=B".into()), "A=B"),
            (Datum::Integer(-5), "-5"),
            (Datum::Blank, ""),
        ] {
            assert_eq!(field(&datum, Formulas::Keep), datum.shown());
            assert_eq!(field(&datum, Formulas::Apostrophe), quoted);
        }
    }
}
