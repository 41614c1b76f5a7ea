//! Files that the checkers have to refuse: a checker that finds nothing wrong with them finds nothing at all.

use super::engines::{browser, output, package, python, script, vera_pdf};
use super::pdf::{sample, told_rows};
use super::roll::Checked;
use super::{built, output as edition};
use lopdf::{Dictionary, Document, Object};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The sample's PDF and its rows, spoiled into another file.
fn spoiled(folder: &Path, spoil: impl Fn(&mut Document)) -> [PathBuf; 2] {
    let case = sample(folder);
    let rows = folder.join("rows.json");
    fs::write(&rows, serde_json::to_vec(&told_rows(&case.document.table)).unwrap()).unwrap();
    let mut document = Document::load(&case.file).unwrap();
    spoil(&mut document);
    let file = folder.join("spoiled.pdf");
    document.save(&file).unwrap();
    [file, rows]
}

/// Every dictionary that names itself so under a key.
fn named<'d>(
    document: &'d mut Document,
    key: &'d str,
    name: &'d str,
) -> impl Iterator<Item = &'d mut Dictionary> {
    let is_named = move |dictionary: &Dictionary| {
        dictionary.get(key.as_bytes()).and_then(Object::as_name).is_ok_and(|own| own == name.as_bytes())
    };
    let dictionaries = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    dictionaries.filter(move |dictionary| is_named(dictionary))
}

fn refuses(output: &Output, because: &str) {
    let said = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{because}: {said}{trouble}");
    assert!(said.contains(because), "{because}: {said}{trouble}");
}

pub(crate) fn checkers_of_pdfs_refuse_what_is_spoiled() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    let untouched = spoiled(folder.path(), |_| ());
    assert!(output(python("pdf_tags.py", &["pdfplumber", "pikepdf"])?.args(&untouched))?.status.success());

    let english =
        |document: &mut Document| document.catalog_mut().unwrap().set("Lang", lopdf::text_string("en"));
    refuses(
        &output(python("pdf_tags.py", &["pdfplumber", "pikepdf"])?.args(spoiled(folder.path(), english)))?,
        "the language is 'en'",
    );
    let headless = |document: &mut Document| named(document, "S", "TH").for_each(|cell| cell.set("S", "TD"));
    refuses(
        &output(python("pdf_tags.py", &["pdfplumber", "pikepdf"])?.args(spoiled(folder.path(), headless)))?,
        "without header cells",
    );

    let twisted = |document: &mut Document| {
        for page in named(document, "Type", "Page") {
            page.set("Rotate", "sideways");
        }
    };
    let [file, rows] = spoiled(folder.path(), twisted);
    refuses(
        &output(python("pdf_objects.py", &["pikepdf"])?.arg(file))?,
        "/Rotate (PageObject) is name, not integer",
    );

    // The rows of the tags are not those that are drawn: there, a label stands on every page.
    let [file, _] = spoiled(folder.path(), |_| ());
    refuses(&output(python("pdf_page.py", &["pdfplumber"])?.args([&file, &rows]).arg("0"))?, "shows");

    let undescribed = |document: &mut Document| {
        document.catalog_mut().unwrap().remove(b"Metadata");
    };
    let [file, _] = spoiled(folder.path(), undescribed);
    let mut java = Command::new("java");
    java.arg("-cp").arg(vera_pdf()?).arg(script("VeraCheck.java")).arg("2a").arg(file);
    refuses(&output(&mut java)?, "FAIL 2a");
    Ok(())
}

/// A workbook with one part changed.
fn changed(workbook: &Path, part: &str, from: &str, to: &str) -> PathBuf {
    let mut archive = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    let path = workbook.with_extension("changed.xlsx");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{text}");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap();
    path
}

pub(crate) fn the_checker_of_workbooks_refuses_what_is_spoiled() -> Checked {
    let sdk = package("@ooxml-tools/validate")?.join("dist/npm/bin/ooxml-validate.js");
    let folder = built();
    let workbook = edition(folder.path(), "meguro-2020", "xlsx");
    for (part, from, to, because) in [
        ("xl/worksheets/sheet1.xml", "<row r=\"2\"", "<row r=\"1\"", "row 1 after row 1"),
        ("xl/workbook.xml", "<sheet name=\"", "<sheet name=\"*", "may not be named"),
        // What the schema alone knows.
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetDate/><sheetData>", "sheetDate"),
    ] {
        let changed = changed(&workbook, part, from, to);
        refuses(&output(python("workbook.py", &["lxml"])?.args([&sdk, &changed]))?, because);
    }
    Ok(())
}

pub(crate) fn checkers_of_pages_refuse_what_is_spoiled() -> Checked {
    let folder = built();
    let page = fs::read_to_string(edition(folder.path(), "meguro-2020", "html")).unwrap();
    let spoiled = folder.path().join("spoiled.html");
    let spoil = |from: &str, to: &str| {
        assert!(page.contains(from), "{from}");
        fs::write(&spoiled, page.replacen(from, to, 1)).unwrap();
    };
    spoil(" lang=\"ja\"", "");
    let axe = ["axe-core", "playwright-core"];
    refuses(&output(browser("axe.mjs", &axe)?.arg(&spoiled))?, "html-has-lang");
    spoil("class=\"skip\"", "class=\"skipped\"");
    refuses(&output(browser("page.mjs", &axe[1..])?.arg(&spoiled))?, "the first stop is not the skip link");
    Ok(())
}
