//! The lists that forms are made of: each with its template, its own rows, and the columns of its own forms.

use super::root;
use kaitei::japanese::fold;
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;

/// What a column of a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Group,
    Name,
    Number,
    /// A value as it is now.
    Current,
    /// The target as it is now.
    Target,
    /// The year of the value before it.
    At,
    Choice,
    /// The new target.
    Revised,
    Reason,
    Other,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Which {
    Meguro,
    Kakuu,
    Kumano,
    Matsudo,
    Oyabe,
    Evaluation,
}

/// A column of a list's own form: its key in the data, and its words, the form's own first.
pub(crate) struct Head {
    pub(crate) key: &'static str,
    pub(crate) part: Part,
    pub(crate) words: &'static [&'static str],
}

/// A list with its rows.
pub(crate) struct List {
    pub(crate) which: Which,
    pub(crate) template: Template,
    pub(crate) heads: &'static [Head],
    /// Text and year of each column, row by row.
    pub(crate) records: Vec<Vec<(String, String)>>,
    /// The columns of the data that are compared.
    keys: Vec<String>,
    /// Their folded texts, row by row.
    expected: Vec<Vec<String>>,
}

impl Which {
    /// Every list.
    pub(crate) const ALL: [Self; 6] =
        [Self::Meguro, Self::Kakuu, Self::Kumano, Self::Matsudo, Self::Oyabe, Self::Evaluation];

    /// The template, the columns of the form, and where the rows stand.
    fn parts(self) -> (&'static str, &'static [Head], &'static str) {
        match self {
            Self::Meguro => ("templates/meguro-2020.toml", MEGURO, "input/meguro-2020"),
            Self::Kakuu => ("templates/kakuu-2025.toml", KAKUU, "input/kakuu-2025"),
            Self::Kumano => ("tests/published/kumano/kumano.toml", KUMANO, "tests/published/kumano/input"),
            Self::Matsudo => {
                ("tests/published/matsudo/matsudo.toml", MATSUDO, "tests/published/matsudo/input")
            }
            Self::Oyabe => ("tests/published/oyabe/oyabe.toml", OYABE, "tests/published/oyabe/input"),
            Self::Evaluation => ("tests/lists/evaluation.toml", EVALUATION, "tests/lists/evaluation.csv"),
        }
    }

    /// Whether the list's form asks what is to become of each indicator, and for a new target.
    pub(crate) fn revises(self) -> bool {
        matches!(self, Self::Meguro | Self::Kakuu)
    }

    /// Whether the form has a column with a vocabulary.
    pub(crate) fn chooses(self) -> bool {
        !matches!(self, Self::Kumano | Self::Matsudo)
    }
}

impl List {
    /// A list as its own forms have it.
    pub(crate) fn of(which: Which) -> Self {
        let (template, heads, input) = which.parts();
        let template = Template::load(&root().join(template)).expect("a sound template");
        let input = root().join(input);
        let sources: Vec<Source> = if input.is_dir() {
            let files = kaitei::ingest::walk(&input).expect("the forms");
            files.into_iter().map(|file| Source::new(file.name, fs::read(file.path).expect("a form"))).collect()
        } else {
            vec![Source::new("list.csv", fs::read(&input).expect("the form"))]
        };
        let list = understand(&sources, &template, None);
        let csv = kaitei::emit::data::list_csv(&template, &list.value);
        let (header, rows) = table(&csv);
        let at = |key: &str| header.iter().position(|name| name == key);
        let text = |row: &[String], key: &str| at(key).map(|i| row[i].clone()).unwrap_or_default();
        let sound = |row: &&Vec<String>| {
            // What the list's own form has doubts about is none of a reader's doubts about another form.
            !header.iter().zip(*row).any(|(key, text)| key.ends_with("_words") && !text.is_empty() && which == Which::Evaluation)
        };
        let rows: Vec<&Vec<String>> = rows.iter().filter(sound).collect();
        let record = |row: &&Vec<String>| -> Vec<(String, String)> {
            heads.iter().map(|head| (text(row, head.key), text(row, &format!("{}_at", head.key)))).collect()
        };
        let keys = heads.iter().flat_map(|head| [head.key.to_owned(), format!("{}_at", head.key)]);
        let keys: Vec<String> = keys.filter(|key| at(key).is_some()).collect();
        let expected = |row: &&Vec<String>| keys.iter().map(|key| fold(&text(row, key))).collect();
        Self {
            records: rows.iter().map(record).collect(),
            expected: rows.iter().map(expected).collect(),
            which,
            template,
            heads,
            keys,
        }
    }

    /// What is wrong with data that should be these rows of the list.
    pub(crate) fn faults(&self, csv: &[u8], rows: std::ops::Range<usize>) -> Vec<String> {
        let (header, built) = table(csv);
        let expected = &self.expected[rows];
        let mut faults = Vec::new();
        if built.len() != expected.len() {
            faults.push(format!("{} rows instead of {}", built.len(), expected.len()));
        }
        for (at, (built, expected)) in built.iter().zip(expected).enumerate() {
            for (key, wanted) in self.keys.iter().zip(expected) {
                let found = header.iter().position(|name| name == key).map(|i| fold(&built[i]));
                if found.as_deref().map(bare) != Some(bare(wanted)) {
                    faults.push(format!("{key} of row {}: {found:?} instead of {wanted:?}", at + 1));
                }
            }
        }
        faults
    }
}

/// A point in time without the words that change nothing.
pub(crate) fn bare(at: &str) -> &str {
    at.trim_start_matches("平成").trim_end_matches("現在")
}

/// The header and the rows of a CSV.
fn table(csv: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let field = |field: &str| field.trim_start_matches('\u{feff}').to_owned();
    let mut rows =
        reader.records().map(|record| record.expect("a CSV").iter().map(field).collect::<Vec<String>>());
    let header = rows.next().unwrap_or_default();
    (header, rows.collect())
}

const fn head(key: &'static str, part: Part, words: &'static [&'static str]) -> Head {
    Head { key, part, words }
}

/// The words of this list's columns are those of `words.rs`.
const MEGURO: &[Head] = &[
    head("goal", Part::Group, &[]),
    head("policy", Part::Group, &[]),
    head("indicator", Part::Name, &[]),
    head("project_no", Part::Number, &[]),
    head("baseline", Part::Current, &[]),
    head("target", Part::Target, &[]),
    head("disposition", Part::Choice, &[]),
    head("new_target", Part::Revised, &[]),
    head("reason", Part::Reason, &[]),
];

const KAKUU: &[Head] = &[
    head("goal", Part::Group, &["基本目標"]),
    head("direction", Part::Group, &["基本的方向", "施策の基本的方向"]),
    head("measure", Part::Group, &["具体的施策", "具体的な施策"]),
    head("indicator", Part::Name, &["重要業績評価指標（ＫＰＩ）", "指標名", "ＫＰＩ", "指標の名称", "成果指標"]),
    head("project_no", Part::Number, &["番号", "№", "事業番号", "整理番号"]),
    head("section", Part::Other, &["所管課", "担当課", "主管課"]),
    head("baseline", Part::Current, &["基準値", "現状値", "当初値", "策定時の値"]),
    head("actual", Part::Current, &["実績値", "直近の実績値", "最新値"]),
    head("target", Part::Target, &["目標値", "現行目標値", "数値目標"]),
    head("disposition", Part::Choice, &["見直し区分", "取扱い", "今後の方向性"]),
    head("new_target", Part::Revised, &["新たな目標値", "見直し後の目標値", "変更後の目標値"]),
    head("reason", Part::Reason, &["見直しの理由", "変更理由", "理由"]),
];

const KUMANO: &[Head] = &[
    head("goal", Part::Group, &["基本目標"]),
    head("policy", Part::Group, &["基本施策"]),
    head("measure", Part::Group, &["施策"]),
    head("indicator", Part::Name, &["成果指標", "指標名", "指標の名称"]),
    head("page", Part::Other, &["掲載頁"]),
    head("baseline", Part::Current, &["現状値", "基準値"]),
    head("target_2012", Part::Current, &["目標値24年度", "目標値（平成24年度）", "平成24年度目標値"]),
    head("target_2017", Part::Target, &["目標値29年度", "目標値（平成29年度）", "平成29年度目標値"]),
    head("source", Part::Other, &["確認方法"]),
    head("month", Part::Other, &["確認時期"]),
];

const MATSUDO: &[Head] = &[
    head("goal", Part::Group, &["基本目標"]),
    head("indicator", Part::Name, &["めざす姿の成果指標名", "成果指標名", "指標名"]),
    head("baseline", Part::Current, &["平成25年", "平成25年の値", "H25"]),
    head("actual_2014", Part::Current, &["平成26年", "平成26年実績", "H26"]),
    head("actual_2015", Part::Current, &["平成27年", "平成27年実績", "H27"]),
    head("actual_2016", Part::Current, &["平成28年", "平成28年実績", "H28"]),
    head("actual_2017", Part::Current, &["平成29年", "平成29年実績", "H29"]),
    head("target", Part::Target, &["目標値（平成31年）", "平成31年目標値"]),
    head("direction", Part::Other, &["方向性"]),
];

const OYABE: &[Head] = &[
    head("policy", Part::Group, &["施策"]),
    head("code", Part::Other, &["主要施策コード"]),
    head("indicator", Part::Name, &["成果指標", "指標名", "成果指標名"]),
    head("baseline", Part::Current, &["平成12年", "平成12年の値", "H12"]),
    head("actual_2001", Part::Current, &["平成13年実績", "平成13年", "H13実績"]),
    head("actual_2002", Part::Current, &["平成14年実績", "平成14年", "H14実績"]),
    head("actual_2003_09_30", Part::Current, &["平成15年9月30日現在"]),
    head("actual_2003", Part::Current, &["平成15年末見込"]),
    head("target", Part::Target, &["5ヵ年目標"]),
    head("grade", Part::Choice, &["評価"]),
];

const EVALUATION: &[Head] = &[
    head("policy", Part::Group, &["政策"]),
    head("measure", Part::Group, &["施策"]),
    head("programme", Part::Group, &["基本事業"]),
    head("code", Part::Other, &["事業コード"]),
    head("name", Part::Name, &["事務事業名"]),
    head("budget", Part::Other, &["予算額"]),
    head("settlement", Part::Other, &["決算額"]),
    head("target", Part::Target, &["成果目標"]),
    head("actual", Part::Current, &["成果実績"]),
    head("first", Part::Choice, &["一次評価"]),
    head("final", Part::Choice, &["最終評価"]),
    head("begun", Part::Other, &["開始日"]),
    head("until", Part::Other, &["終了予定"]),
    head("statutory", Part::Other, &["法定"]),
];
