//! Findings while they are collected: of one rule at one sheet the first ones are kept, and the others counted.

use super::{Code, Finding, Problem};
use crate::model::{Origin, Place};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Findings of a rule that are kept at one sheet: whoever sees as many alike corrects the column, not the cells. A
/// sheet may have a million.
pub const PER_SHEET: usize = 100;
/// Findings of a rule that are kept at one file: it may have a thousand sheets.
pub const PER_FILE: usize = 500;
/// Findings of all rules that are kept at one file, so that a report stays one that people can open.
const OF_ALL_RULES: usize = 1_500;

/// The findings so far, in order.
#[derive(Debug, Default)]
pub struct Collector {
    findings: Vec<Finding>,
    at_sheets: BTreeMap<(Code, Arc<Place>), Kept>,
    at_files: BTreeMap<(Code, String), Kept>,
    of_all_rules: BTreeMap<String, usize>,
    /// Where those of headings in other words are: each is said once of all forms that are alike.
    inferred: Vec<usize>,
}

/// How many findings are kept, and where the one stands that counts the others.
#[derive(Debug, Default)]
struct Kept {
    count: usize,
    rest: Option<usize>,
}

impl Collector {
    /// Adds a finding, or counts it.
    pub fn push(&mut self, finding: Finding) {
        if self.has_said(&finding) {
            return;
        }
        let (code, place) = (finding.code(), Arc::clone(&finding.origin.place));
        let at_file = self.at_files.entry((code, place.file.clone())).or_default();
        let at_sheet = self.at_sheets.entry((code, Arc::clone(&place))).or_default();
        let all = self.of_all_rules.entry(place.file.clone()).or_default();
        let (full, place) = if at_sheet.count >= PER_SHEET {
            (at_sheet, place)
        } else if at_file.count >= PER_FILE || *all >= OF_ALL_RULES {
            (at_file, Arc::new(Place { file: place.file.clone(), sheet: None }))
        } else {
            at_sheet.count += 1;
            at_file.count += 1;
            *all += 1;
            if code == Code::ColumnInferred {
                self.inferred.push(self.findings.len());
            }
            self.findings.push(finding);
            return;
        };
        let more = finding.count();
        if let Some(rest) = full.rest {
            self.findings[rest].more = Some(self.findings[rest].count() + more);
        } else {
            full.rest = Some(self.findings.len());
            let origin = Origin::of_place(&place);
            self.findings.push(Finding { origin, subject: None, more: Some(more), ..finding });
        }
    }

    /// Adds the place of a finding to the one that says the same of another form.
    fn has_said(&mut self, finding: &Finding) -> bool {
        let Problem::ColumnInferred { columns, .. } = &finding.problem else { return false };
        let is_same = |at: &&usize| matches!(&self.findings[**at].problem, Problem::ColumnInferred { columns: said, .. } if said == columns);
        let Some(&at) = self.inferred.iter().find(is_same) else { return false };
        let Finding { problem, origin, .. } = &mut self.findings[at];
        if let Problem::ColumnInferred { also, .. } = problem {
            also.add(origin, &finding.origin);
        }
        true
    }

    /// The findings, and those that count the others.
    pub fn finish(self) -> Vec<Finding> {
        self.findings
    }
}

impl Extend<Finding> for Collector {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Lang, Problem, has_errors};

    fn error_at(place: &Arc<Place>, row: u32) -> Finding {
        Finding::new(Problem::CellError { value: "#REF!".into() }, Origin::at(place, row, 0))
    }

    #[test]
    fn what_is_not_kept_is_counted() {
        let sheet = |name: &str| Arc::new(Place { file: "a.xlsx".into(), sheet: Some(name.into()) });
        let mut collector = Collector::default();
        let cells = 2_097_152;
        let first = sheet("1");
        collector.extend((0..cells).map(|row| error_at(&first, row)));
        collector.push(Finding::new(Problem::FileEmpty {}, Origin::of_file("b.xlsx")));
        let findings = collector.finish();
        assert_eq!(findings.len(), PER_SHEET + 2);
        let rest = &findings[PER_SHEET];
        assert_eq!((rest.more, rest.origin.to_string()), (Some(2_097_052), "a.xlsx [1]".to_owned()));
        assert_eq!(rest.message(Lang::En), "2097052 more of this kind");
        assert_eq!(findings.iter().map(Finding::count).sum::<usize>(), 2_097_153);
        assert!(has_errors(&findings));
    }

    #[test]
    fn many_rules_are_one_report() {
        let place = Arc::new(Place { file: "a.xlsx".into(), sheet: None });
        let mut collector = Collector::default();
        let problems = || {
            let size = |size| Problem::SheetTooLarge { size, found: 1, most: 0 };
            [Problem::FileEmpty {}, Problem::FileEncrypted {}, size(crate::finding::Size::Cells)]
        };
        for sheet in 0..400 {
            let place = Arc::new(Place { sheet: Some(sheet.to_string()), ..(*place).clone() });
            for problem in (0..10).flat_map(|_| problems()) {
                collector.push(Finding::new(problem, Origin::at(&place, 0, 0)));
            }
        }
        collector.push(Finding::new(Problem::FileEmpty {}, Origin::of_file("b.xlsx")));
        let findings = collector.finish();
        // One more for each rule, and the other file's own.
        assert_eq!(findings.len(), OF_ALL_RULES + 3 + 1);
        assert_eq!(findings.iter().map(Finding::count).sum::<usize>(), 12_001);
    }

    #[test]
    fn many_sheets_are_one_file() {
        let mut collector = Collector::default();
        for sheet in 0..1_000 {
            let place = Arc::new(Place { file: "a.xlsx".into(), sheet: Some(sheet.to_string()) });
            collector.extend((0..200).map(|row| error_at(&place, row)));
        }
        let findings = collector.finish();
        // Five sheets with a line that counts their others, then one for all other sheets.
        assert_eq!(findings.len(), PER_FILE + 5 + 1);
        assert_eq!(findings.iter().map(Finding::count).sum::<usize>(), 200_000);
        assert_eq!(findings.last().map(|rest| rest.origin.to_string()).as_deref(), Some("a.xlsx"));
    }
}
