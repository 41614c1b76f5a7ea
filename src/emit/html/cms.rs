//! The list as text for a content management system: a bare table and two sentences, without style and script, for offices
//! that have to publish beside an attachment what it says.

use super::link::paragraph;
use super::words::PageWords;
use super::{Beside, Material, marks};
use crate::model::{Table, TableColumn, TableRow};
use maud::{DOCTYPE, Markup, html};

/// The page in UTF-8. Merged labels are merged, as on paper; nothing is written that a cell does not say.
pub fn render(material: &Material<'_>) -> Vec<u8> {
    let &Material { about, document, beside, .. } = material;
    let words = PageWords::of(&about.language);
    let table = &document.table;
    let count = table.rows.iter().filter(|row| row.foot.is_none() && !row.is_heading()).count();
    let title = document.title.replace('\n', "");
    let page = html! {
        (DOCTYPE)
        html lang=(about.language) {
            head {
                meta charset="utf-8";
                title { (title) }
            }
            body {
                main {
                    h1 { (title) }
                    p { (words.told(&title, count)) (words.attached(beside.iter().filter(|file| is_attached(file)))) }
                    table {
                        thead { (head(table)) }
                        tbody { (body(table)) }
                    }
                    @for note in &document.notes { p { (paragraph(note)) } }
                }
            }
        }
        "\n"
    };
    page.into_string().into_bytes()
}

/// Whether a file shows the same list to people.
fn is_attached(file: &Beside) -> bool {
    file.title.is_none() && file.artifact.is_printed()
}

fn head(table: &Table) -> Markup {
    html! {
        @for row in 0..table.header_rows {
            tr {
                @for cell in table.header.iter().filter(|cell| cell.row == row) {
                    th scope=(if cell.col_span > 1 { "colgroup" } else { "col" })
                        rowspan=[over(cell.row_span)] colspan=[over(cell.col_span)] {
                        (marks::bare(&cell.content))
                    }
                }
            }
        }
    }
}

fn body(table: &Table) -> Markup {
    let spans: Vec<Vec<usize>> = (0..table.columns.len()).map(|col| table.row_spans(col)).collect();
    html! {
        @for (at, row) in table.rows.iter().enumerate() {
            tr {
                @for (col, column) in table.columns.iter().enumerate().filter(|(col, _)| spans[*col][at] > 0) {
                    (cell(row, (col, column), spans[col][at]))
                }
            }
        }
    }
}

fn cell(row: &TableRow, (col, column): (usize, &TableColumn), down: usize) -> Markup {
    let across = row.col_span(col);
    let text = marks::bare(&row.cells[col].content);
    let down = if across > 1 { 1 } else { down };
    html! {
        @if column.is_row_header || across > 1 {
            th scope=(if down > 1 { "rowgroup" } else { "row" }) rowspan=[over(down)] colspan=[over(across)] { (text) }
        } @else {
            td rowspan=[over(down)] { (text) }
        }
    }
}

fn over(span: usize) -> Option<usize> {
    (span > 1).then_some(span)
}
