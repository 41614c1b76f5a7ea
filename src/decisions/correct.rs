//! Corrections of cells, applied after reading and before anything is understood.
//!
//! * **C1** A correction is made only where the cell shows what the entry says that it shows, to the last character: of a
//!   formula's error, the error value. Otherwise nothing is changed, and an error is said: what was known to be wrong is
//!   not published.
//! * **C2** A cell that says already what it is to be read as is left alone, and the entry is said to be needless.
//! * **C3** Of a merged cell, the top-left cell is named; if its row is hidden, the first one that is not, where findings
//!   see it.
//! * **C4** What is hidden is not read, so that it is not corrected either, unless the template takes it in.
//! * **C5** What is corrected is text, as if the department had typed it: it is understood as any other cell is.

use super::quoted::quoted;
use super::seat::Seat;
use crate::finding::{Code, Finding, Noted, Problem, Quoted, Unfit};
use crate::model::{CellRef, Correction, Origin, RawCell, RawRow, RawSheet};

/// Corrects sheets as they were read from `files`. Returns what was done, each at the cell where its text is read.
pub fn correct(
    read: &mut Noted<Vec<RawSheet>>,
    files: &[&str],
    corrections: &[Correction],
    takes_in_hidden: bool,
) -> Vec<Correction> {
    let mut done = Vec::new();
    for correction in corrections {
        match apply(read, files, correction, takes_in_hidden) {
            Ok(origin) => {
                let correction = Correction { origin, ..correction.clone() };
                read.findings.push(corrected(&correction));
                done.push(correction);
            }
            Err(finding) => read.findings.push(*finding),
        }
    }
    done.sort();
    done
}

/// Makes one correction. Returns the cell where the text is read.
fn apply(
    read: &mut Noted<Vec<RawSheet>>,
    files: &[&str],
    correction: &Correction,
    takes_in_hidden: bool,
) -> Result<Origin, Box<Finding>> {
    let (from, to) = (Quoted::from(&correction.from), Quoted::from(&correction.to));
    let unfit = |why: Unfit| {
        let problem = Problem::CorrectionUnfit { from: from.clone(), to: to.clone(), why };
        Box::new(Finding::new(problem, correction.origin.clone()))
    };
    let place = &correction.origin.place;
    let named = correction.origin.cell.expect("an entry names its cell");
    let Some(at) = read.value.iter().position(|sheet| sheet.place == *place) else {
        return Err(unfit(no_sheet(&read.value, files, &correction.origin)));
    };
    let sheet = &mut read.value[at];
    let seat = Seat::of(sheet, named);
    if named != seat.stored && named != seat.shown {
        return Err(unfit(Unfit::Merged(seat.shown)));
    }
    if seat.is_hidden && !takes_in_hidden {
        return Err(unfit(Unfit::Hidden));
    }
    let origin = sheet.origin(seat.shown.row, seat.shown.col);
    let stored = sheet.origin(seat.stored.row, seat.stored.col);
    let text = sheet.text(seat.stored.row, seat.stored.col).unwrap_or_default();
    let error = read.findings.iter().position(|finding| error_value(finding, &stored).is_some());
    let shown = error.and_then(|at| error_value(&read.findings[at], &stored)).unwrap_or(text).to_owned();
    if shown != correction.from {
        // C1, C2
        return Err(if shown == correction.to {
            Box::new(Finding::new(Problem::CorrectionNeedless { to }, correction.origin.clone()))
        } else {
            unfit(other_text(&shown))
        });
    }
    write(sheet, seat.stored, &correction.to);
    if let Some(at) = error {
        read.findings.remove(at);
    }
    read.findings.retain(|found| found.origin != stored || found.code() != Code::TextGarbled);
    Ok(origin)
}

/// Puts a text into a cell; an empty one takes away what the cell shows.
fn write(sheet: &mut RawSheet, cell: CellRef, text: &str) {
    let row = sheet.rows.binary_search_by_key(&cell.row, |row| row.index).unwrap_or_else(|at| {
        sheet.rows.insert(at, RawRow { index: cell.row, hidden: false, cells: Vec::new() });
        at
    });
    let cells = &mut sheet.rows[row].cells;
    let col = cells.binary_search_by_key(&cell.col, |cell| cell.col).unwrap_or_else(|at| {
        cells.insert(at, RawCell { col: cell.col, ..RawCell::default() });
        at
    });
    text.clone_into(&mut cells[col].text);
    (cells[col].stored, cells[col].is_date, cells[col].unseen) = (None, false, None);
    cells.retain(|cell| !cell.is_empty() || cell.note.is_some());
    if cells.is_empty() {
        sheet.rows.remove(row);
    }
}

fn corrected(Correction { origin, from, to, why }: &Correction) -> Finding {
    let problem = Problem::CellCorrected { from: from.into(), to: to.into(), why: why.into() };
    Finding::new(problem, origin.clone())
}

/// The error value that a cell shows, if that is what a finding says.
fn error_value<'f>(finding: &'f Finding, cell: &Origin) -> Option<&'f str> {
    match &finding.problem {
        _ if finding.origin != *cell || finding.more.is_some() => None,
        Problem::CellError { value } => value.whole(),
        Problem::FormulaUnresolved {} => Some(""),
        _ => None,
    }
}

/// Why there is no sheet of the name.
fn no_sheet(sheets: &[RawSheet], files: &[&str], origin: &Origin) -> Unfit {
    let file = origin.place.file.as_str();
    if !files.contains(&file) {
        return Unfit::File(files.iter().collect());
    }
    let of_file: Vec<&RawSheet> = sheets.iter().filter(|sheet| sheet.place.file == file).collect();
    let names: Vec<&String> = of_file.iter().filter_map(|sheet| sheet.place.sheet.as_ref()).collect();
    match &origin.place.sheet {
        _ if of_file.is_empty() => Unfit::Unread,
        Some(_) if names.is_empty() => Unfit::NoSheets,
        Some(_) => Unfit::Sheet(names.into_iter().collect()),
        None => Unfit::Unnamed(names.into_iter().collect()),
    }
}

/// What the cell shows instead.
fn other_text(shown: &str) -> Unfit {
    let written = Quoted::from(quoted(shown));
    match written.whole() {
        _ if shown.is_empty() => Unfit::Empty,
        Some(_) => Unfit::Text(written),
        None => Unfit::LongText,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::ingest;
    use crate::model::{Area, ColumnWidths, Eras, Limits, Looks, Place, Surroundings};
    use std::sync::Arc;

    /// A sheet of a workbook: B2:B3 and C2:C3 are merged, row 2 is hidden (and so is the cell C4), column E too.
    fn sheet() -> RawSheet {
        let place = Arc::new(Place { file: "a.xlsx".into(), sheet: Some("調査票".into()) });
        let cell = |col, text: &str| RawCell { col, text: text.into(), ..RawCell::default() };
        let row = |index, cells: &[(u32, &str)], hidden| RawRow {
            index,
            hidden,
            cells: cells.iter().map(|&(col, text)| cell(col, text)).collect(),
        };
        let tall = |left| Area { top: 1, left, bottom: 2, right: left };
        RawSheet {
            place,
            hidden: false,
            rows: vec![
                row(0, &[(0, "指標"), (1, "4ヶ所 ")], false),
                row(1, &[(1, "5件"), (2, "6件")], true),
                row(3, &[(2, "隠れた")], true),
                row(4, &[(0, "一\n二"), (4, "列")], false),
            ],
            hidden_columns: vec![(4, 4)],
            merges: vec![tall(1), tall(2)],
            widths: ColumnWidths::default(),
            looks: Looks::default(),
            surroundings: Surroundings::default(),
            ..RawSheet::default()
        }
    }

    fn correction(place: (&str, Option<&str>, &str), from: &str, to: &str) -> Correction {
        let (file, sheet, cell) = place;
        let place = Arc::new(Place { file: file.into(), sheet: sheet.map(Into::into) });
        let origin = Origin { place, cell: Some(cell.parse().unwrap()) };
        Correction { origin, from: from.into(), to: to.into(), why: "電話で確認".into() }
    }

    const SHEET: Option<&str> = Some("調査票");

    #[test]
    fn a_cell_that_says_what_is_expected_is_corrected() {
        for (cell, from, to, at) in [
            ("B1", "4ヶ所 ", "4か所", "B1"),
            ("A5", "一\n二", "一二", "A5"),
            ("B1", "4ヶ所 ", "", "B1"),
            ("D1", "", "新しい", "D1"),
            ("A9", "", "新しい行", "A9"),
            // C3
            ("B2", "5件", "6件", "B3"),
            ("B3", "5件", "6件", "B3"),
        ] {
            let mut read = Noted { value: vec![sheet()], findings: Vec::new() };
            let done =
                correct(&mut read, &["a.xlsx"], &[correction(("a.xlsx", SHEET, cell), from, to)], false);
            let stored: CellRef = if at == "B3" { "B2" } else { cell }.parse().unwrap();
            let codes: Vec<Code> = read.findings.iter().map(Finding::code).collect();
            assert_eq!(codes, [Code::CellCorrected], "{cell}");
            assert_eq!(read.value[0].text(stored.row, stored.col).unwrap_or_default(), to, "{cell}");
            assert_eq!(done, [correction(("a.xlsx", SHEET, at), from, to)], "{cell}");
            assert!(read.value[0].rows.is_sorted_by_key(|row| row.index), "{cell}");
        }
    }

    #[test]
    fn what_does_not_fit_is_said_and_nothing_is_changed() {
        for (place, from, to, said) in [
            (("a.xlsx", SHEET, "B1"), "4ヶ所", "4か所", "from = \"4ヶ所 \""),
            (("a.xlsx", SHEET, "A5"), "一二", "三", "from = \"一\\n二\""),
            (("a.xlsx", SHEET, "D1"), "4件", "5件", "the cell is empty (from = \"\")"),
            (("a.xlsx", SHEET, "B1"), "5か所", "4ヶ所 ", "says `4ヶ所` already"),
            (("a.xlsx", SHEET, "D9"), "4件", "", "says `` already"),
            (("a.xlsx", SHEET, "C3"), "", "5件", "from = \"6件\""),
            (("a.xlsx", SHEET, "C4"), "隠れた", "見える", "it is hidden and not read"),
            (("a.xlsx", SHEET, "E5"), "列", "見える", "it is hidden and not read"),
            (("a.xlsx", Some("調査表"), "A1"), "指標", "名", "there is no such sheet (known are 調査票)"),
            (("a.xlsx", None, "A1"), "指標", "名", "the sheet is not named (known are 調査票)"),
            (("b.xlsx", SHEET, "A1"), "指標", "名", "there is no such file (known are a.xlsx, c.xls)"),
            (("c.xls", SHEET, "A1"), "指標", "名", "the file could not be read"),
        ] {
            let mut read = Noted { value: vec![sheet()], findings: Vec::new() };
            let done = correct(&mut read, &["a.xlsx", "c.xls"], &[correction(place, from, to)], false);
            assert_eq!((done, &read.value), (Vec::new(), &vec![sheet()]), "{place:?}");
            let [finding] = &read.findings[..] else { panic!("{:?}", read.findings) };
            let message = finding.message(Lang::En);
            assert!(message.contains(said), "{message}");
            assert_eq!(finding.origin.to_string(), correction(place, from, to).origin.to_string());
        }
    }

    #[test]
    fn what_is_hidden_is_corrected_if_it_is_read() {
        let mut read = Noted { value: vec![sheet()], findings: Vec::new() };
        let hidden = correction(("a.xlsx", SHEET, "E5"), "列", "見える");
        assert_eq!(correct(&mut read, &["a.xlsx"], std::slice::from_ref(&hidden), true), [hidden]);
    }

    #[test]
    fn a_table_of_text_has_no_sheet() {
        let read =
            || ingest::read("指標,目標\n増,4ヶ所\n".as_bytes(), "a.csv", &Limits::default(), Eras::heisei());
        let entry = |sheet| correction(("a.csv", sheet, "B2"), "4ヶ所", "4か所");
        let mut good = read();
        assert_eq!(correct(&mut good, &["a.csv"], &[entry(None)], false), [entry(None)]);
        assert_eq!(good.value[0].text(1, 1), Some("4か所"));
        let mut named = read();
        assert_eq!(correct(&mut named, &["a.csv"], &[entry(SHEET)], false), []);
        assert!(named.findings[0].message(Lang::En).contains("a CSV file has no sheets"));
    }

    #[test]
    fn the_error_of_a_formula_is_what_its_cell_shows() {
        let read = || Noted {
            value: vec![sheet()],
            findings: vec![Finding::new(Problem::CellError { value: "#REF!".into() }, sheet().origin(0, 2))],
        };
        let mut good = read();
        let entry = correction(("a.xlsx", SHEET, "C1"), "#REF!", "4件");
        assert_eq!(correct(&mut good, &["a.xlsx"], std::slice::from_ref(&entry), false), [entry]);
        assert_eq!(good.value[0].text(0, 2), Some("4件"));
        assert_eq!(good.findings.iter().map(Finding::code).collect::<Vec<_>>(), [Code::CellCorrected]);
        let mut other = read();
        assert_eq!(
            correct(&mut other, &["a.xlsx"], &[correction(("a.xlsx", SHEET, "C1"), "", "4件")], false),
            []
        );
        let message = other.findings[1].message(Lang::En);
        assert!(message.contains("from = \"#REF!\""), "{message}");
    }
}
