//! Sheets to the bytes of a workbook, or of delimited text.

use super::dice::Dice;
use super::sheet::{Cell, Sheet};
use super::twist::{Twist, Twists};
use rust_xlsxwriter::{Color, Format, FormatBorder, Formula, Note, Workbook, Worksheet};
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;

/// Days between the two systems of dates.
const TO_1904: u32 = 1_462;

/// The workbook of some sheets.
pub(crate) fn workbook(sheets: &[Sheet], twists: &Twists) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        let worksheet = book.add_worksheet();
        worksheet.set_name(&sheet.name).expect("a name of at most 31 characters");
        write(worksheet, sheet, twists);
    }
    let bytes = book.save_to_buffer().expect("a book in memory");
    let has = |twist| twists.contains(&twist);
    if has(Twist::InlineStrings) || has(Twist::Furigana) || has(Twist::System1904) {
        rewritten(&bytes, twists)
    } else {
        bytes
    }
}

fn write(to: &mut Worksheet, sheet: &Sheet, twists: &Twists) {
    to.set_hidden(sheet.hidden);
    for &(top, left, bottom, right) in &sheet.merges {
        to.merge_range(top, left, bottom, right, "", &style(sheet, top, left))
            .expect("areas apart from each other");
    }
    blanks(to, sheet);
    let earlier = if twists.contains(&Twist::System1904) { TO_1904 } else { 0 };
    for (&(row, col), cell) in &sheet.cells {
        let plain = style(sheet, row, col);
        match cell {
            Cell::Text(text) => to.write_string_with_format(row, col, text, &plain),
            Cell::Struck(text) => {
                to.write_string_with_format(row, col, text, &plain.set_font_strikethrough())
            }
            Cell::Number(number, format, _) => {
                to.write_number_with_format(row, col, *number, &plain.set_num_format(format))
            }
            Cell::Date(day, format, _) => {
                to.write_number_with_format(row, col, day - earlier, &plain.set_num_format(format))
            }
            Cell::Formula(formula, result) => {
                to.write_formula_with_format(row, col, Formula::new(formula).set_result(result), &plain)
            }
            Cell::Runs(runs) => {
                let format = |(i, run): (usize, &(String, bool))| match (run.1, i) {
                    (true, _) => Format::new().set_font_strikethrough(),
                    (false, 0) => Format::new().set_bold(),
                    (false, _) => Format::new(),
                };
                let formats: Vec<Format> = runs.iter().enumerate().map(format).collect();
                let parts: Vec<_> = formats.iter().zip(runs.iter().map(|run| run.0.as_str())).collect();
                to.write_rich_string_with_format(row, col, &parts, &plain)
            }
        }
        .expect("cells of a small sheet");
    }
    for row in &sheet.hidden_rows {
        to.set_row_hidden(*row).expect("a row of a small sheet");
    }
    for (col, width) in (0..).zip(&sheet.looks.widths) {
        to.set_column_width(col, *width).expect("a column of a small sheet");
    }
    for col in &sheet.hidden_columns {
        to.set_column_hidden(*col).expect("a column of a small sheet");
    }
    for (&(row, col), text) in &sheet.comments {
        to.insert_note(row, col, &Note::new(text).set_author("企画課")).expect("a short note");
    }
}

/// The empty cells whose lines are seen.
fn blanks(to: &mut Worksheet, sheet: &Sheet) {
    if !sheet.looks.grid && !sheet.looks.outline {
        return;
    }
    let merged = |row, col| {
        sheet.merges.iter().any(|area| (area.0..=area.2).contains(&row) && (area.1..=area.3).contains(&col))
    };
    for &(top, left, bottom, right) in &sheet.frames {
        for row in top..=bottom {
            for col in (left..=right).filter(|&col| !merged(row, col)) {
                to.write_blank(row, col, &style(sheet, row, col)).expect("cells of a small sheet");
            }
        }
    }
}

/// What a cell looks like.
fn style(sheet: &Sheet, row: u32, col: u16) -> Format {
    let looks = &sheet.looks;
    let mut format = Format::new();
    let frame = sheet.frames.iter().find(|it| (it.0..=it.2).contains(&row) && (it.1..=it.3).contains(&col));
    if let Some(&(top, left, bottom, right)) = frame {
        if looks.grid {
            format = format.set_border(FormatBorder::Thin);
        }
        if looks.outline {
            let line = FormatBorder::Medium;
            format = if row == top { format.set_border_top(line) } else { format };
            format = if row == bottom { format.set_border_bottom(line) } else { format };
            format = if col == left { format.set_border_left(line) } else { format };
            format = if col == right { format.set_border_right(line) } else { format };
        }
    }
    if sheet.labels.contains(&(row, col)) {
        format = if looks.bold { format.set_bold() } else { format };
        format = looks.fill.map_or(format.clone(), |colour| format.set_background_color(Color::RGB(colour)));
    }
    match (looks.sizes, frame) {
        (Some((size, _)), Some(_)) | (Some((_, size)), None) => format.set_font_size(size),
        (None, _) => format,
    }
}

/// The same workbook with parts that the writer has no words for.
fn rewritten(bytes: &[u8], twists: &Twists) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a whole archive");
    let mut parts: Vec<(String, String)> = Vec::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).expect("a member");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("XML");
        parts.push((file.name().expect("a name in UTF-8").into_owned(), text));
    }
    let strings = parts.iter().find(|part| part.0 == "xl/sharedStrings.xml").map(|part| items(&part.1));
    for (name, text) in &mut parts {
        if twists.contains(&Twist::System1904) && name == "xl/workbook.xml" {
            *text = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ");
        }
        if twists.contains(&Twist::Furigana) && name == "xl/sharedStrings.xml" {
            *text = text.replace(
                "</si>",
                "<rPh sb=\"0\" eb=\"1\"><t>フリガナ</t></rPh><phoneticPr fontId=\"1\"/></si>",
            );
        }
        if let (true, Some(strings)) = (twists.contains(&Twist::InlineStrings), &strings)
            && name.starts_with("xl/worksheets/sheet")
        {
            *text = inlined(text, strings);
        }
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a new member");
        zip.write_all(text.as_bytes()).expect("room in memory");
    }
    zip.finish().expect("a whole archive").into_inner()
}

/// The content of each shared string.
fn items(xml: &str) -> Vec<String> {
    xml.split("<si>").skip(1).filter_map(|item| item.split("</si>").next()).map(str::to_owned).collect()
}

/// A sheet whose strings stand in their cells.
fn inlined(xml: &str, strings: &[String]) -> String {
    let mut pieces = xml.split(" t=\"s\"><v>");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (index, rest) = piece.split_once("</v>").expect("a value ends");
        let index: usize = index.parse().expect("an index");
        write!(text, " t=\"inlineStr\"><is>{}</is>{rest}", strings[index]).expect("room in memory");
    }
    text
}

/// A sheet as delimited text, in an encoding that has all its characters.
pub(crate) fn delimited(sheet: &Sheet, dice: &mut Dice) -> Vec<u8> {
    let delimiter = dice.pick(b",,;\t");
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let width = sheet.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
    for row in 0..sheet.end() {
        let shown = |col| sheet.cells.get(&(row, col)).map(Cell::shown).unwrap_or_default();
        writer.write_record((0..width).map(shown)).expect("room in memory");
    }
    let text = String::from_utf8(writer.into_inner().expect("room in memory")).expect("UTF-8");
    let utf16 = |text: &str| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    match dice.below(4) {
        0 => format!("\u{feff}{text}").into_bytes(),
        1 => utf16(&text),
        2 => match encoding_rs::SHIFT_JIS.encode(&text) {
            (bytes, _, false) => bytes.into_owned(),
            _ => text.into_bytes(),
        },
        _ => text.into_bytes(),
    }
}
