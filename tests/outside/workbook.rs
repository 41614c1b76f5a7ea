//! What independent programs say of the workbook.

use super::engines::{self, assert_passes, package, python, run};
use super::roll::Checked;
use super::{built, documents, laid_out, output};
use std::path::Path;

/// The sheets after the list.
const FURTHER: [&str; 3] = ["集計", "変更点", "元の調査票"];

pub(crate) fn the_workbook_needs_no_repair() -> Checked {
    let sdk = package("@ooxml-tools/validate")?.join("dist/npm/bin/ooxml-validate.js");
    let folder = built();
    for document in &documents() {
        let workbook = output(folder.path(), document, "xlsx");
        assert_passes(&engines::output(python("workbook.py", &["lxml"])?.args([&sdk, &workbook]))?, document);
    }
    Ok(())
}

pub(crate) fn libreoffice_prints_the_workbook_on_the_same_pages() -> Checked {
    let folder = built();
    for document in &documents() {
        let workbook = output(folder.path(), document, "xlsx");
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let [convert, pdf, out] = ["--convert-to", "pdf", "--outdir"].map(Path::new);
        let arguments =
            [Path::new(&profile), Path::new("--headless"), convert, pdf, out, folder.path(), &workbook];
        let converted = run("soffice", &arguments)?;
        assert_passes(&converted, document);
        let printed = folder.path().join(format!("{document}.pdf"));
        let extracted = run("pdftotext", &[Path::new("-raw"), &printed, Path::new("-")])?;
        let text = String::from_utf8(extracted.stdout).unwrap();
        let printed_pages: Vec<String> = text
            .trim_end_matches('\u{c}')
            .split('\u{c}')
            .map(|page| page.split_whitespace().collect())
            .collect();
        let (list, flow) = laid_out(document);
        let table = &list.table;
        // The sheet after the list, whose name stands in its running header, begins the page after the list's last.
        let further = |text: &String| FURTHER.iter().find(|name| text.contains(**name)).copied();
        let beyond: Vec<_> = printed_pages[flow.whole.len()..].iter().map(further).collect();
        let mut order = beyond.clone();
        order.dedup();
        assert_eq!(order, FURTHER.map(Some), "{document}: {beyond:?}");
        let indicator = table.header.iter().find(|h| h.content.paragraphs[0].contains("指標")).unwrap().col;
        for (printed, page) in printed_pages.iter().zip(&flow.whole) {
            for row in page.pieces.iter().map(|piece| piece.row) {
                let text: String = table.rows[row].cells[indicator].content.paragraphs.concat();
                assert!(printed.contains(&text.split_whitespace().collect::<String>()), "{document}: {text}");
            }
        }
    }
    Ok(())
}
