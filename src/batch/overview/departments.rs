//! A document's findings by who has to see to them: each department sends a file or a folder of files.

use crate::batch::{Report, is_of_project};
use crate::finding::{Finding, Lang, Reader, Severity, harmless};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is to be said to a department.
pub(super) struct Department<'r> {
    /// The first folder or file below the document's input folder; none for what the project itself has to see to.
    pub(super) name: Option<&'r str>,
    /// By their names.
    pub(super) files: Vec<SentFile<'r>>,
}

/// What is to be said of a file.
pub(super) struct SentFile<'r> {
    pub(super) file: &'r str,
    /// By sheet and cell.
    pub(super) findings: Vec<&'r Finding>,
}

/// The departments of a document that there is something to say to, by name, the project first.
pub(super) fn departments(report: &Report) -> Vec<Department<'_>> {
    let mut departments: BTreeMap<Option<&str>, BTreeMap<&str, Vec<&Finding>>> = BTreeMap::new();
    let findings = report.summary().map_or(&[][..], |summary| &summary.findings);
    // About a note, nobody is to do anything.
    for finding in findings.iter().filter(|finding| finding.severity != Severity::Note) {
        let file = finding.origin.place.file.as_str();
        let first = file.split('/').next().filter(|_| !is_of_project(&report.document, file));
        departments.entry(first).or_default().entry(file).or_default().push(finding);
    }
    let department = |(name, files): (_, BTreeMap<_, _>)| Department {
        name,
        files: files.into_iter().map(|(file, findings)| SentFile::new(file, findings)).collect(),
    };
    departments.into_iter().map(department).collect()
}

/// What the planning section has decided about a document, in the order of its places.
pub(super) fn notes(report: &Report) -> Vec<&Finding> {
    let findings = report.summary().map_or(&[][..], |summary| &summary.findings);
    let mut notes: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity == Severity::Note).collect();
    notes.sort_by_key(|finding| &finding.origin);
    notes
}

impl<'r> SentFile<'r> {
    fn new(file: &'r str, mut findings: Vec<&'r Finding>) -> Self {
        findings.sort_by_key(|finding| &finding.origin);
        Self { file, findings }
    }
}

impl Department<'_> {
    /// Plain text that can be copied into a mail.
    pub(super) fn letter(&self, lang: Lang) -> String {
        let count = |severity| {
            let all = self.files.iter().flat_map(|file| &file.findings);
            all.filter(|finding| finding.severity == severity).map(|finding| finding.count()).sum::<usize>()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let mut text = lang.pick((
            format!("次の点をご確認ください（要修正 {errors} 件、要確認 {warnings} 件）。\n"),
            format!("Please look at the following (errors: {errors}, warnings: {warnings}).\n"),
        ));
        for SentFile { file, findings } in &self.files {
            writeln!(text, "\n{}\n", lang.pick((format!("■ {file}"), format!("* {file}"))))
                .expect(NEVER_FAILS);
            for (number, finding) in (1..).zip(findings) {
                let (place, severity) = (place(finding, lang), finding.severity.text(lang));
                let code = finding.code().id();
                let message = finding.message(lang);
                let remedy = finding.remedy(Reader::Department, lang);
                let hint = remedy.or_else(|| finding.remedy(Reader::Planning, lang)).unwrap_or_default();
                writeln!(text, "{number}. {place}{severity} [{code}]\n   {message}\n   → {hint}")
                    .expect(NEVER_FAILS);
            }
        }
        text.chars().map(harmless).collect()
    }
}

const NEVER_FAILS: &str = "writing to a string does not fail";

/// Sheet and cell, as far as they are known, and what stands between them and what is said of them.
fn place(finding: &Finding, lang: Lang) -> String {
    let sheet = finding.origin.place.sheet.as_ref();
    let sheet = sheet.map(|sheet| lang.pick((format!("シート「{sheet}」"), format!("sheet \"{sheet}\""))));
    let cell = finding.origin.cell.map(|cell| lang.pick((format!("セル {cell}"), format!("cell {cell}"))));
    let parts: Vec<String> = [sheet, cell].into_iter().flatten().collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}{}", parts.join(lang.pick((" ", ", "))), lang.pick(("：", ": ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Outcome, Summary};
    use crate::finding::Problem;
    use crate::model::{Origin, Place};
    use std::sync::Arc;

    #[test]
    fn each_department_is_told_of_its_files_alone() {
        let place = |file: &str| Arc::new(Place { file: file.into(), sheet: Some("頁".into()) });
        let say = |origin| {
            let choices = ["維持", "修正"].into_iter().collect();
            Finding::new(Problem::DispositionMissing { column: "取扱い".into(), choices }, origin)
        };
        let findings = [
            Origin::at(&place("福祉部/二.xlsx"), 9, 0),
            Origin::of_file("templates/d.toml"),
            Origin::at(&place("福祉部/一.xlsx"), 1, 1),
            Origin::at(&place("福祉部/二.xlsx"), 1, 2),
            Origin::of_file("子育て\u{202e}課.csv"),
        ];
        let findings = findings.map(say).to_vec();
        let summary = Summary { findings, rows: 0, tally: Vec::new(), outputs: Vec::new() };
        let report = Report { document: "d".into(), outcome: Outcome::Faulty(summary) };
        let departments = departments(&report);
        let names: Vec<_> = departments.iter().map(|department| department.name).collect();
        assert_eq!(names, [None, Some("子育て\u{202e}課.csv"), Some("福祉部")]);
        assert_eq!(
            departments[2].letter(Lang::Ja),
            "次の点をご確認ください（要修正 3 件、要確認 0 件）。\n\n■ 福祉部/一.xlsx\n\n\
             1. シート「頁」 セル B2：要修正 [disposition-missing]\n   「取扱い」が記入されていません\n   → 「維持」「修正」のいずれかを記入してください\n\n■ 福祉部/二.xlsx\n\n\
             1. シート「頁」 セル C2：要修正 [disposition-missing]\n   「取扱い」が記入されていません\n   → 「維持」「修正」のいずれかを記入してください\n\
             2. シート「頁」 セル A10：要修正 [disposition-missing]\n   「取扱い」が記入されていません\n   → 「維持」「修正」のいずれかを記入してください\n"
        );
        assert_eq!(
            departments[1].letter(Lang::En),
            "Please look at the following (errors: 1, warnings: 0).\n\n* 子育て�課.csv\n\n\
             1. error [disposition-missing]\n   the disposition (`取扱い`) is missing\n   → enter one of: 維持, 修正\n"
        );
    }
}
