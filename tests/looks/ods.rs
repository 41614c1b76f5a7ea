//! How cells of `OpenDocument` spreadsheets look.

use super::{BOXED, PLAIN, read};
use kaitei::model::{CellAlign, Look, RawSheet};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A style of cells: its name, where it stems from, and what it says.
fn style(name: &str, parent: &str, properties: &str) -> String {
    format!(
        r#"<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}">{properties}</style:style>"#
    )
}

fn sheet(styles: &str, content: &str) -> RawSheet {
    let content = format!(
        r#"<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="様式">{content}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    read(&zip.finish().unwrap().into_inner(), "様式.ods")
}

#[test]
fn a_style_says_how_its_cells_look_or_the_one_it_stems_from() {
    let cell = |said: &str| format!("<style:table-cell-properties {said}/>");
    let text = |said: &str| format!("<style:text-properties {said}/>");
    let set = |said: &str| format!("<style:paragraph-properties {said}/>");
    let base = cell("fo:border=\"0.06pt solid #000000\" fo:background-color=\"#ddebf7\"")
        + &text("fo:font-weight=\"bold\"");
    let base_look = Look { fill: Some(0x00DD_EBF7), bold: true, ..BOXED };
    let styles = [
        (base, base_look),
        (String::new(), base_look),
        (cell("fo:border-left=\"none\""), Look { left: false, ..base_look }),
        (
            cell(
                "fo:border=\"none\" fo:border-bottom=\"2pt double #ff0000\" fo:background-color=\"transparent\"",
            ),
            Look { bottom: true, bold: true, ..PLAIN },
        ),
        (
            cell("fo:border=\"none\" fo:background-color=\"#ffffff\"")
                + &text("fo:font-weight=\"normal\" style:font-weight-asian=\"normal\""),
            PLAIN,
        ),
        (text("fo:font-weight=\"normal\" style:font-weight-asian=\"bold\""), base_look),
        (
            cell("style:text-align-source=\"fix\"")
                + &set("fo:text-align=\"justify\" css3t:text-justify=\"distribute\""),
            Look { align: CellAlign::Distributed, ..base_look },
        ),
        (cell("style:text-align-source=\"value-type\"") + &set("fo:text-align=\"center\""), base_look),
        (set("fo:text-align=\"end\""), Look { align: CellAlign::Right, ..base_look }),
        (cell("style:direction=\"ttb\""), Look { is_vertical: true, ..base_look }),
        (
            cell("style:direction=\"ltr\" style:rotation-angle=\"270\""),
            Look { is_vertical: true, ..base_look },
        ),
    ];
    let named: String = (0..)
        .zip(&styles)
        .map(|(at, (said, _))| {
            let parent = if at == 0 { "none" } else { "s0" };
            style(&format!("s{at}"), parent, said)
        })
        .collect();
    // Filled or not, apart from each other.
    let row = |at: usize| {
        let empty = "<table:table-cell/>";
        let cell =
            |text: &str| format!(r#"<table:table-cell table:style-name="s{at}">{text}</table:table-cell>"#);
        format!(
            "<table:table-row>{empty}{}{empty}{}</table:table-row><table:table-row/>",
            cell(""),
            cell("<text:p>課題</text:p>")
        )
    };
    let sheet = sheet(&named, &(0..styles.len()).map(row).collect::<String>());
    for (row, (_, look)) in (0..).step_by(2).zip(&styles) {
        for col in [1, 3] {
            assert_eq!(sheet.looks.at(row, col), *look, "{row} {col}");
        }
    }
    assert_eq!(sheet.looks.at(0, 2), Look { left: true, right: true, ..PLAIN });
    assert_eq!(sheet.looks.at(1, 1), Look { top: true, bottom: true, ..PLAIN });
}

#[test]
fn merged_cells_repeated_ones_and_those_of_rows_and_columns_look_as_they_should() {
    let styles = style("box", "", "<style:table-cell-properties fo:border=\"1pt solid #000000\"/>")
        + &style("grey", "", "<style:table-cell-properties fo:background-color=\"#d9d9d9\"/>")
        + &style("bold", "", "<style:text-properties fo:font-weight=\"bold\"/>")
        + &style("plain", "", "");
    let sheet = sheet(
        &styles,
        r#"<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="grey" table:number-columns-repeated="3"/>
<table:table-row><table:table-cell table:style-name="box" table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>施策名</text:p></table:table-cell><table:covered-table-cell/><table:table-cell/><table:table-cell table:style-name="plain"/></table:table-row>
<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000" table:default-cell-style-name="bold"><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:style-name="grey"/></table:table-row>"#,
    );
    let grey = Look { fill: Some(0x00D9_D9D9), ..PLAIN };
    for ((row, col), look) in [
        ((0, 0), BOXED),
        ((1, 1), BOXED),
        ((1, 2), PLAIN),
        ((0, 2), grey),
        ((0, 3), PLAIN),
        ((2, 1), Look { bold: true, ..PLAIN }),
        ((1_048_001, 2), grey),
        ((1_048_002, 2), PLAIN),
    ] {
        assert_eq!(sheet.looks.at(row, col), look, "{row} {col}");
    }
    assert_eq!(sheet.looks.cells.len(), 2);
}

#[test]
fn edges_that_are_too_long_to_walk_along_cost_the_looks_and_nothing_else() {
    let styles = style("box", "", "<style:table-cell-properties fo:border=\"1pt solid #000000\"/>");
    let of = |rows: u32| {
        let content = format!(
            r#"<table:table-row><table:table-cell table:style-name="box" table:number-columns-spanned="2" table:number-rows-spanned="{rows}"><text:p>施策名</text:p></table:table-cell></table:table-row>"#
        );
        sheet(&styles, &content)
    };
    let (kept, dropped) = (of(1 << 10), of(1 << 20));
    assert_eq!(kept.looks.at(1_000, 1), BOXED);
    assert!(dropped.looks.is_empty());
    assert_eq!((kept.rows, kept.merges.len()), (dropped.rows, dropped.merges.len()));
}
