//! `kaitei score`: each rule with a file that follows it and one that does not, what comes along with files, files
//! that are hostile, and kaitei's own editions.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod books;
mod command;
mod package;
mod text;

use kaitei::ingest;
use kaitei::model::{Eras, Limits};
use kaitei::score::{Companion, Rule, Score, Subject, Verdict, score};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;

/// A file as it would be scored.
fn subject(file: &str, bytes: &[u8]) -> Subject {
    let limits = Limits::default();
    let read = ingest::read(bytes, file, &limits, Eras::reiwa());
    let survey = ingest::survey(bytes, file, &limits);
    Subject { file: file.to_owned(), sheets: read.value, survey, findings: read.findings }
}

/// The score of a file alone.
fn alone(file: &str, bytes: &[u8]) -> Score {
    score(&subject(file, bytes), &[])
}

/// The score of a file beside a JSON file and other CSV files.
fn beside(file: &str, bytes: &[u8], json: &str, tables: &[&str]) -> Score {
    let others: Vec<Subject> = tables.iter().map(|text| subject("other.csv", text.as_bytes())).collect();
    let tables = others.iter().flat_map(|other| other.sheets.iter().map(Companion::Table));
    let companions: Vec<Companion<'_>> =
        [Companion::Json(json.as_bytes())].into_iter().chain(tables).collect();
    score(&subject(file, bytes), &companions)
}

/// A table as each of the formats that can follow every rule but those of the other: the file's name and its bytes.
fn in_both_formats(text: &str) -> [(&'static str, Vec<u8>); 2] {
    [(CSV, text.as_bytes().to_vec()), (BOOK, book(text))]
}

const CSV: &str = "a.csv";
const BOOK: &str = "a.xlsx";

/// A CSV file's text as a workbook: numbers as numbers, formulas as formulas.
fn book(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    // A reader of CSV passes over blank lines.
    let text = format!("\n{text}").replace("\n\n", "\n,\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (row, record) in (0..).zip(reader.records()) {
        for (col, field) in (0..).zip(&record.unwrap()) {
            let number = field.parse::<f64>().ok().filter(|number| number.to_string() == field);
            match number {
                _ if field.is_empty() => continue,
                Some(number) => sheet.write_number(row, col, number),
                None if field.starts_with('=') => sheet.write_formula(row, col, field),
                None => sheet.write_string(row, col, field),
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A file under a rule.
struct Case {
    rule: &'static str,
    /// Which tells the format, too.
    file: &'static str,
    score: Score,
    /// What [`said`] says.
    expected: &'static str,
}

fn cases() -> Vec<Case> {
    [text::cases(), books::cases(), package::cases()].into_iter().flatten().collect()
}

#[test]
fn each_file_is_judged_and_the_cells_are_named() {
    for Case { rule, file, score, expected } in cases() {
        assert_eq!(said(&score, rule), expected, "{rule} {file}");
    }
}

/// Each rule has a file that follows it and one that does not, as CSV and as a workbook; but for the rules that one of
/// the formats cannot break.
#[test]
fn no_rule_lacks_a_file_that_passes_or_one_that_fails() {
    let other_format = [("L1-10", CSV), ("L1-11", CSV), ("L1-12", CSV), ("L1-13", CSV), ("L1-15", BOOK)];
    let judged: BTreeSet<(String, &str, bool)> = cases()
        .iter()
        .filter_map(|case| {
            let passes = match case.expected.split(' ').next()? {
                "pass" => true,
                "fail" => false,
                // Whether definitions differ between years nobody can see: what says nothing has lost the point.
                "cannot-tell" if case.rule == "L3-07" => false,
                _ => return None,
            };
            Some((case.rule.to_owned(), case.file, passes))
        })
        .collect();
    let of_both = |rule: Rule| [CSV, BOOK].map(|file| (rule.id(), file));
    let pairs = Rule::ALL.into_iter().flat_map(of_both);
    let expected: BTreeSet<(String, &str, bool)> = pairs
        .filter(|(rule, file)| !other_format.contains(&(rule.as_str(), file)))
        .flat_map(|(rule, file)| [(rule.clone(), file, true), (rule, file, false)])
        .collect();
    assert_eq!(judged, expected);
    for (file, bytes) in in_both_formats(text::GOOD) {
        for (rule, _) in other_format.iter().filter(|(_, of)| *of == file) {
            assert_eq!(said(&alone(file, &bytes), rule), "not-applicable", "{rule} {file}");
        }
    }
}

/// `pass`, `not-applicable`, `cannot-tell`, or `fail` with the cells: `fail A1 B2`, without cells for a whole sheet.
fn said(score: &Score, rule: &str) -> String {
    let verdict = score.verdict(Rule::by_id(rule).unwrap());
    let cells = verdict.findings().iter().flat_map(|finding| &finding.cells);
    let cells: Vec<String> = cells.map(|cell| format!(" {cell}")).collect();
    assert!(*verdict != Verdict::Fail(Vec::new()), "{rule} fails for no reason");
    format!("{}{}", verdict.id(), cells.concat())
}
