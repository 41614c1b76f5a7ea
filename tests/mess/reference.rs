//! The reference list as data: what every departmental version of it must give back.

use super::root;
use kaitei::japanese::fold;

/// One row of the published list, as its CSV has it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) goal: String,
    pub(crate) policy: String,
    pub(crate) indicator: String,
    pub(crate) number: String,
    pub(crate) baseline: String,
    pub(crate) baseline_at: String,
    pub(crate) target: String,
    pub(crate) target_at: String,
    /// 維持, 修正 or 削除.
    pub(crate) disposition: String,
    pub(crate) new_at: String,
    pub(crate) new: String,
    pub(crate) reason: String,
}

/// The words of the vocabulary, in the order of their codes.
pub(crate) const DISPOSITIONS: [&str; 3] = ["維持", "修正", "削除"];

impl Row {
    /// The number of the disposition, from 0.
    pub(crate) fn choice(&self) -> usize {
        DISPOSITIONS.iter().position(|word| *word == self.disposition).expect("one of three words")
    }
}

fn csv_bytes() -> Vec<u8> {
    std::fs::read(root().join("tests/golden/meguro-2020/reference.csv")).expect("the published list")
}

/// The rows of the published list.
pub(crate) fn rows() -> Vec<Row> {
    let bytes = csv_bytes();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let row = |record: csv::StringRecord| {
        let mut fields = record.iter().map(str::to_owned);
        let mut next = || fields.next().expect("twelve fields");
        Row {
            goal: next(),
            policy: next(),
            indicator: next(),
            number: next(),
            baseline: next(),
            baseline_at: next(),
            target: next(),
            target_at: next(),
            disposition: next(),
            new_at: next(),
            new: next(),
            reason: next(),
        }
    };
    reader.records().map(|record| row(record.expect("a sound CSV"))).collect()
}

/// The twelve columns of each record, widths, spaces and line breaks aside.
pub(crate) fn folded(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let field = |field: &str| fold(field.trim_start_matches('\u{feff}'));
    reader.records().map(|record| record.expect("a CSV").iter().take(12).map(field).collect()).collect()
}

/// The published list, folded.
pub(crate) fn expected() -> Vec<Vec<String>> {
    folded(&csv_bytes())
}
