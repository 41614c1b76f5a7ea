//! The lists that forms are made of: each with its template, its own rows, and the columns of its own forms.

use super::root;
use kaitei::japanese::fold;
use kaitei::model::{Dataset, Record};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::ops::Range;

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
            let files = kaitei::batch::walk(&input).expect("the forms");
            files
                .into_iter()
                .map(|file| Source::new(file.name, fs::read(file.path).expect("a form")))
                .collect()
        } else {
            vec![Source::new("list.csv", fs::read(&input).expect("the form"))]
        };
        let list = understand(&sources, &template, None);
        // What the list's own form has doubts about is none of a reader's doubts about another form.
        let doubts = list.findings.iter().filter_map(|found| found.origin.cell.map(|cell| cell.row));
        let doubts: Vec<u32> = doubts.filter(|_| which == Which::Evaluation).collect();
        let sound = |row: &&Record| row.origin.cell.is_none_or(|cell| !doubts.contains(&cell.row));
        let rows: Vec<&Record> = list.value.rows.iter().filter(sound).collect();
        let record = |row: &&Record| said(&template, heads, row);
        // A year of a cell's own beside those of its column's heading leaves a reader in doubt where the column is short.
        let is_mixed = |record: &Vec<(String, String)>| {
            which == Which::Matsudo && record.iter().any(|(_, at)| at.ends_with("年度"))
        };
        let records = rows.iter().map(record).filter(|record| !is_mixed(record)).collect();
        Self { which, template, heads, records }
    }

    /// What is wrong with a list that should be these rows.
    pub(crate) fn faults(&self, built: &Dataset, rows: Range<usize>) -> Vec<String> {
        let expected = &self.records[rows];
        let mut faults = Vec::new();
        if built.rows.len() != expected.len() {
            faults.push(format!("{} rows instead of {}", built.rows.len(), expected.len()));
        }
        for (at, (built, expected)) in (1..).zip(built.rows.iter().zip(expected)) {
            let built = said(&self.template, self.heads, built);
            for (head, (built, expected)) in self.heads.iter().zip(built.iter().zip(expected)) {
                let (found, wanted) = (fold(&built.0), fold(&expected.0));
                if found != wanted {
                    faults.push(format!("{} of row {at}: {found:?} instead of {wanted:?}", head.key));
                }
                if bare(&fold(&built.1)) != bare(&fold(&expected.1)) {
                    faults.push(format!(
                        "time of {} of row {at}: {:?} instead of {:?}",
                        head.key, built.1, expected.1
                    ));
                }
            }
        }
        faults
    }
}

/// Text and time of each column in a row.
fn said(template: &Template, heads: &[Head], row: &Record) -> Vec<(String, String)> {
    let of = |head: &Head| {
        let fields = template.all_fields();
        let field = fields.into_iter().find(|&field| template.field(field).key == head.key);
        let field = field.unwrap_or_else(|| panic!("no field {}", head.key));
        if let Some(value) = row.value(field) {
            let time = value.time.as_ref().map(|time| time.text.clone());
            return (value.text_with_unit(), time.unwrap_or_default());
        }
        let choice = row.choice(field).map(|chosen| template.choice(field, chosen.id));
        let word = choice.map(|choice| match head.part {
            Part::Choice => choice.label.clone(),
            _ => choice.code.clone(),
        });
        let text = row.text(field).map(|text| text.text.clone());
        (word.or(text).unwrap_or_default(), String::new())
    };
    heads.iter().map(of).collect()
}

/// A point in time without the words that change nothing.
pub(crate) fn bare(at: &str) -> &str {
    at.trim_start_matches("平成").trim_end_matches("現在")
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
    head(
        "indicator",
        Part::Name,
        &["重要業績評価指標（ＫＰＩ）", "指標名", "ＫＰＩ", "指標の名称", "成果指標"],
    ),
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
    head("measure", Part::Other, &["主要施策コード"]),
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
];
