//! Departments whose forms are not there: those that the template expects, and those that the last list had.
//!
//! * **M1** An entry of the template's `input.expect` that no file's name fits is missing; with a number of indicators, the
//!   files that it fits give so many.
//! * **M2** A file that gave indicators to the last list and gives none to this one is missing, unless a file that is new
//!   to the list stands in its place, or something else keeps its document from being published.
//! * **M3** In the place of `02_福祉部.xlsx` stands what begins with the same number (`02_福祉部（修正）.xlsx`), or without
//!   numbers what begins with the same name.
//! * **M4** Where the template expects nothing, and one number is left out of the numbers that begin the files' names
//!   (`01_`, `03_`, `04_`), that form is missing.

use super::by_hand::is_like;
use crate::finding::{Finding, Lack, Problem, Severity};
use crate::japanese::fold;
use crate::model::{Contribution, Dataset, Origin};
use crate::template::Template;
use std::collections::BTreeSet;

/// What is missing. `files` are the names of all files, `before` is what files gave to the last list.
pub fn missing_departments(
    list: &Dataset,
    files: &[&str],
    findings: &[Finding],
    template: &Template,
    before: &[Contribution],
) -> Vec<Finding> {
    let now = Contribution::of(list);
    let mut missing = Vec::new();
    // M1
    for expected in &template.expected {
        let pattern = fold(&expected.file);
        let fits = |file: &str| is_like(&pattern, &fold(file));
        let found: usize = now.iter().filter(|one| fits(&one.file)).map(|one| one.rows).sum();
        if !files.iter().any(|file| fits(file)) {
            missing.push(finding(&expected.file, Lack::File, found, expected.rows.unwrap_or(0)));
        } else if let Some(rows) = expected.rows.filter(|rows| *rows != found) {
            missing.push(finding(&expected.file, Lack::Rows, found, rows));
        }
    }
    // M2
    let gives = |contributions: &[Contribution], file: &str| contributions.iter().any(|one| one.file == file);
    let new: Vec<&Contribution> = now.iter().filter(|one| !gives(before, &one.file)).collect();
    for gone in before.iter().filter(|one| !gives(&now, &one.file)) {
        let is_said =
            |said: &Finding| said.severity == Severity::Error && said.origin.place.file == gone.file;
        let is_replaced = new.iter().any(|one| stands_for(&one.file, &gone.file));
        if !is_replaced && !findings.iter().any(is_said) {
            missing.push(finding(&gone.file, Lack::Gone, 0, gone.rows));
        }
    }
    if missing.is_empty()
        && template.expected.is_empty()
        && let Some((number, count)) = skipped_number(files)
    {
        missing.push(finding(&format!("{number:02}_*"), Lack::Number, count, number));
    }
    missing
}

/// The one number that the names of files leave out of 1, 2, 3 …, and how many there are (M4).
fn skipped_number(files: &[&str]) -> Option<(usize, usize)> {
    let numbers = files.iter().filter_map(|file| number(&fold(file)).parse::<usize>().ok());
    let numbers: BTreeSet<usize> = numbers.filter(|number| *number > 0).collect();
    let last = *numbers.last()?;
    let skipped = (1..last).find(|number| !numbers.contains(number))?;
    (numbers.len() >= 3 && last == numbers.len() + 1).then_some((skipped, numbers.len()))
}

/// The digits at the head of a folded name.
fn number(name: &str) -> &str {
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    &name[..end]
}

fn finding(file: &str, lack: Lack, found: usize, expected: usize) -> Finding {
    Finding::new(Problem::DepartmentMissing { lack, found, expected }, Origin::of_file(file))
}

/// Whether a file is by its name the successor of another (M3).
fn stands_for(new: &str, old: &str) -> bool {
    let stem = |file: &str| {
        let folded = fold(file);
        folded.rsplit_once('.').map_or(folded.clone(), |(stem, _)| stem.to_owned())
    };
    let (new, old) = (stem(new), stem(old));
    match (number(&new), number(&old)) {
        (one, other) if one.is_empty() && other.is_empty() => new.starts_with(&old) || old.starts_with(&new),
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::{skipped_number, stands_for};

    #[test]
    fn one_number_may_be_left_out() {
        for (files, expected) in [
            (&["01_a.xlsx", "03_c.xlsx", "04_d.xlsx"][..], Some((2, 3))),
            (&["１_a.xlsx", "3_c.xlsx", "4_d.xlsx"], Some((2, 3))),
            (&["02_b.xlsx", "03_c.xlsx", "04_d.xlsx"], Some((1, 3))),
            (&["01_a.xlsx", "03_c.xlsx"], None),
            (&["01_a.xlsx", "02_b.xlsx", "02_b2.xlsx"], None),
            (&["01_a.xlsx", "05_e.xlsx"], None),
            (&["03_c.xlsx"], None),
            (&["a.xlsx", "b.xlsx"], None),
            (&["2020_a.xlsx", "2021_b.xlsx"], None),
        ] {
            assert_eq!(skipped_number(files), expected, "{files:?}");
        }
    }

    #[test]
    fn successors_are_known_by_their_names() {
        for (new, old, expected) in [
            ("02_福祉部（修正）.xlsx", "02_福祉部.xlsx", true),
            ("０２福祉.xls", "02_福祉部.xlsx", true),
            ("03_福祉部.xlsx", "02_福祉部.xlsx", false),
            ("福祉部_再提出.xlsx", "福祉部.xlsx", true),
            ("産業部.xlsx", "福祉部.xlsx", false),
            ("福祉部.xlsx", "02_福祉部.xlsx", false),
        ] {
            assert_eq!(stands_for(new, old), expected, "{new} {old}");
        }
    }
}
