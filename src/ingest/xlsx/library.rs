//! The workbook as the library is given it: its parts, checked, under the names and in the forms that it takes.

use super::super::archive::{Archive, Part};
use super::super::book::Sheet;
use super::super::stored::Stored;
use super::super::trouble::Refusal;
use super::marks::prefix;
use super::parts::Listing;
use std::fmt::Write as _;
use std::rc::Rc;

/// What relationships' types begin with.
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The name by which the library knows a sheet.
pub(super) fn name(sheet: &Sheet) -> String {
    sheet.index.to_string()
}

/// The workbook of the sheets that can be read; those that cannot are left out of it.
pub(super) fn workbook(
    archive: &mut Archive<'_>,
    listing: &Listing,
    sheets: &[(Sheet, String)],
) -> Result<Stored, Refusal> {
    let mut parts = Vec::new();
    let (mut list, mut relations) = (String::new(), String::new());
    for (sheet, part) in sheets {
        let Some(_) = archive.text(part) else { continue };
        archive.edit(part, plain_dimension);
        let name = name(sheet);
        // Nothing can go wrong in writing to memory.
        let _ = write!(list, r#"<sheet name="{name}" r:id="s{name}"/>"#);
        let _ =
            write!(relations, r#"<Relationship Id="s{name}" Type="{TYPES}/worksheet" Target="{name}.xml"/>"#);
        parts.extend(archive.text(part).map(|text| (format!("xl/{name}.xml"), Part::Text(text))));
    }
    let epoch = u8::from(listing.from_1904);
    let mut text = |name: &str, text: String| parts.push((name.to_owned(), Part::Text(Rc::new(text))));
    text(
        "xl/workbook.xml",
        format!(r#"<workbook><workbookPr date1904="{epoch}"/><sheets>{list}</sheets></workbook>"#),
    );
    text("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>"));
    let main = format!(r#"<Relationship Id="w" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/>"#);
    text("_rels/.rels", format!("<Relationships>{main}</Relationships>"));
    for (name, part) in [
        ("xl/sharedStrings.xml", listing.shared()),
        ("xl/styles.xml", listing.styles()),
        ("xl/theme/theme1.xml", listing.part("theme", "theme/theme1.xml")),
    ] {
        parts.extend(archive.try_text(&part)?.map(|text| (name.to_owned(), Part::Text(text))));
    }
    Stored::new(parts)
}

/// Makes the dimension that a sheet states (`1:4`, `A:I`, nothing) one that the library takes. It needs none.
fn plain_dimension(part: &mut String) {
    let prefix = prefix(part);
    let head = part.find(&format!("<{prefix}sheetData")).unwrap_or(part.len());
    let Some(start) = part[..head].find(&format!("<{prefix}dimension")) else { return };
    let Some(len) = part[start..head].find('>') else { return };
    let Some(at) = part[start..start + len].find("ref=").map(|at| start + at + "ref=".len()) else { return };
    let Some(quote) = part[at..].chars().next().filter(|c| matches!(c, '"' | '\'')) else { return };
    let Some(end) = part[at + 1..start + len].find(quote).map(|len| at + 1 + len) else { return };
    if !part[at + 1..end].split(':').all(is_cell) {
        part.replace_range(at + 1..end, "A1");
    }
}

/// Whether a reference is that of one cell, without signs.
fn is_cell(reference: &str) -> bool {
    let digits = reference.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = reference.len() - digits.len();
    (1..=3).contains(&letters)
        && (1..=7).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_that_the_library_would_not_take_are_made_plain() {
        for (stated, given) in [
            ("A1:I4", "A1:I4"),
            ("B7", "B7"),
            ("1:4", "A1"),
            ("A:I", "A1"),
            ("", "A1"),
            ("$A$1:$I$4", "A1"),
            ("A0", "A1"),
            ("A1:99999999999", "A1"),
        ] {
            for (before, after) in [
                ("<worksheet><dimension ref=\"", "\"/><sheetData/></worksheet>"),
                (
                    "<x:worksheet xmlns:x='x'><x:dimension a='' ref='",
                    "'></x:dimension><x:sheetData/></x:worksheet>",
                ),
            ] {
                let mut part = format!("{before}{stated}{after}");
                plain_dimension(&mut part);
                assert_eq!(part, format!("{before}{given}{after}"));
            }
        }
        for part in [
            "<worksheet><sheetData><dimension ref=\"1:4\"/></sheetData></worksheet>",
            "<dimension",
            "",
            "<dimension ref=",
        ] {
            let mut kept = part.to_owned();
            plain_dimension(&mut kept);
            assert_eq!(kept, part);
        }
    }
}
