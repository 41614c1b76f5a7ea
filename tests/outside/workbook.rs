//! What independent programs say of the workbook.

use super::{assert_passes, built, documents, laid_out, output, run, validator};
use std::path::Path;

/// The sheets after the list.
const FURTHER: [&str; 3] = ["集計", "変更点", "原典"];

#[test]
fn the_workbook_needs_no_repair() {
    let Some((python, script)) = validator("xlsx_schema.py") else { return };
    let folder = built();
    for document in &documents() {
        let workbook = output(folder.path(), document, "xlsx");
        let mut arguments = vec![script.as_path(), workbook.as_path()];
        if std::env::var_os("NODE_MODS").is_none() {
            eprintln!("SKIPPED: the Open XML SDK's half of xlsx_schema.py: NODE_MODS is not set");
            arguments.push(Path::new("--no-sdk"));
        }
        let Some(checked) = run(&python, &arguments) else { return };
        assert_passes(&checked, document);
    }
}

#[test]
fn libreoffice_prints_the_workbook_on_the_same_pages() {
    let folder = built();
    for document in &documents() {
        let workbook = output(folder.path(), document, "xlsx");
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let [convert, pdf, out] = ["--convert-to", "pdf", "--outdir"].map(Path::new);
        let arguments =
            [Path::new(&profile), Path::new("--headless"), convert, pdf, out, folder.path(), &workbook];
        let Some(converted) = run("soffice", &arguments) else { return };
        assert_passes(&converted, document);
        let printed = folder.path().join(format!("{document}.pdf"));
        let Some(extracted) = run("pdftotext", &[Path::new("-raw"), &printed, Path::new("-")]) else {
            return;
        };
        let text = String::from_utf8(extracted.stdout).unwrap();
        let printed_pages: Vec<String> = text
            .trim_end_matches('\u{c}')
            .split('\u{c}')
            .map(|page| page.split_whitespace().collect())
            .collect();
        let (table, pages) = laid_out(document);
        // The sheet after the list, whose name stands in its running header, begins the page after the list's last.
        let further = |text: &String| FURTHER.iter().find(|name| text.contains(**name)).copied();
        let beyond: Vec<_> = printed_pages[pages.pages.len()..].iter().map(further).collect();
        let mut order = beyond.clone();
        order.dedup();
        assert_eq!(order, FURTHER.map(Some), "{document}: {beyond:?}");
        let indicator = table.header.iter().find(|h| h.content.paragraphs[0].contains("指標")).unwrap().col;
        for (printed, page) in printed_pages.iter().zip(&pages.pages) {
            for row in page.rows.clone() {
                let text: String = table.rows[row].cells[indicator].paragraphs.concat();
                assert!(printed.contains(&text.split_whitespace().collect::<String>()), "{document}: {text}");
            }
        }
    }
}
