//! The style of one document: what `page.css` cannot know of its columns and its paper.

use super::outline::Outline;
use crate::model::{Align, Length};
use crate::template::{PageSpec, Running, RunningPart};
use std::fmt::Write as _;

/// The style sheet. It holds texts of the template, as CSS strings.
pub(super) fn of_document(outline: &Outline<'_>, page: &PageSpec) -> String {
    let columns = || (1..).zip(outline.cells.iter().copied());
    let mut wide = String::new();
    let mut narrow = String::new();
    let shares: i32 = outline.cells.iter().map(|&col| outline.table.columns[col].width).sum();
    for (nth, col) in columns() {
        let column = &outline.table.columns[col];
        let share = i64::from(column.width) * 10_000 / i64::from(shares.max(1));
        let align = match column.align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right | Align::Decimal => "right",
        };
        rule(
            &mut wide,
            &format!("#list col:nth-child({nth})"),
            &format!("width:{}%", thousandths(share * 10)),
        );
        // Values are not broken inside of a number: such a column is at least as wide as its longest one.
        let whole = if column.align == Align::Left { "" } else { ";overflow-wrap:normal;word-break:normal" };
        rule(&mut wide, &format!("#list .kpi>:nth-child({nth})"), &format!("text-align:{align}{whole}"));
        let label = string(&outline.table.heading(col));
        rule(&mut narrow, &format!("#list .kpi>:nth-child({nth})::before"), &format!("content:{label}"));
    }
    let size = thousandths(i64::from(page.font_size));
    format!(
        "@media print,(min-width:60em){{\n{wide}}}\n@media screen and (max-width:59.99em){{\n{narrow}}}\n\
         @media print{{#list{{font-size:{size}pt}}}}\n{}",
        paper(page)
    )
}

/// The sheet of paper, with the running text of the other printed formats.
fn paper(page: &PageSpec) -> String {
    let (_, width, height) = page.paper.describe();
    let (width, height) = if page.landscape { (height, width) } else { (width, height) };
    let margins = [page.margin_top, page.margin_right, page.margin_bottom, page.margin_left];
    let margins = margins.map(|margin: Length| format!("{}pt", thousandths(i64::from(margin)))).join(" ");
    let mut running = String::new();
    for (place, text) in [("top", &page.header), ("bottom", &page.footer)] {
        running.push_str(&boxes(place, text));
    }
    format!("@page{{size:{}mm {}mm;margin:{margins};\n{running}}}\n", thousandths(width), thousandths(height))
}

fn boxes(place: &str, running: &Running) -> String {
    let mut boxes = String::new();
    for (side, pieces) in ["left", "center", "right"].iter().zip(running.parts()) {
        if !pieces.is_empty() {
            let content: Vec<String> = pieces.iter().map(piece).collect();
            rule(
                &mut boxes,
                &format!("@{place}-{side}"),
                &format!("content:{};font-size:7pt", content.join(" ")),
            );
        }
    }
    boxes
}

fn piece(piece: &RunningPart) -> String {
    match piece {
        RunningPart::Text(text) => string(text),
        RunningPart::Page => "counter(page)".to_owned(),
        RunningPart::Pages => "counter(pages)".to_owned(),
    }
}

fn rule(sheet: &mut String, selector: &str, declarations: &str) {
    writeln!(sheet, "{selector}{{{declarations}}}").expect("writing to a string does not fail");
}

/// A text as a CSS string: everything but letters and digits is escaped, so that no text can end it, nor the style
/// element around it.
fn string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        if c.is_alphanumeric() {
            string.push(c);
        } else {
            write!(string, "\\{:x} ", u32::from(c)).expect("writing to a string does not fail");
        }
    }
    string.push('"');
    string
}

/// Thousandths as a decimal fraction.
fn thousandths(number: i64) -> String {
    format!("{}.{:03}", number / 1000, number % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_string_or_the_style() {
        for (text, expected) in [
            ("目標値", r#""目標値""#),
            ("a\"}</style>", r#""a\22 \7d \3c \2f style\3e ""#),
            ("1\n2\\", r#""1\a 2\5c ""#),
        ] {
            assert_eq!(string(text), expected);
        }
    }
}
