//! Entries about the list: targets and years, references, what stands twice.

use serde::{Deserialize, Serialize};

/// What is wrong with a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Broken {
    /// The project is not in the list.
    Absent,
    /// All its indicators leave the list.
    Leaving,
    /// It does not say what is claimed.
    Silent,
}

macro_rules! list {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// The new target equals the old one.
        TargetUnchanged("target-unchanged", Warning adjustable) {
            /// The new target.
            text: Quoted,
            /// The disposition for what does not change, if there is one such.
            keep: Option<Quoted>,
        }
        meaning: ["新たな目標値が現行の目標値と同じである", "The new target equals the old one"],
        message: ["新たな目標値「{text}」が、現行の目標値と同じです", "the new target `{text}` equals the old one"],
        department: [by keep {
            Some(keep) => [
                "変更がない場合は「{keep}」とし、変更がある場合は目標値を改めてください",
                "choose {keep} if nothing changes, or correct the target"
            ],
            None => ["目標値を確認してください", "check the target"],
        }],
        planning: [same],

        /// The new target is below the old one.
        TargetLowered("target-lowered", Warning adjustable) {
            /// The old target.
            old: Quoted,
            /// The new target.
            new: Quoted,
        }
        meaning: ["新たな目標値が現行の目標値より低い", "The new target is lower than the old one"],
        message: [
            "新たな目標値「{new}」が、現行の目標値「{old}」より低くなっています",
            "the target is lowered from `{old}` to `{new}`"
        ],
        department: [
            "引き下げる場合は、このままで構いません。記入の誤りであれば、修正してください",
            "if it is meant, nothing is to be done; otherwise correct it"
        ],
        planning: [same],

        /// Old and new target are measured differently.
        MeasureChanged("measure-changed", Warning adjustable) {
            /// The old target.
            old: Quoted,
            /// The new target.
            new: Quoted,
        }
        meaning: ["新たな目標値の単位または対象が現行と違う", "Old and new target are measured differently"],
        message: [
            "新たな目標値「{new}」は、現行の目標値「{old}」と単位または対象が違います",
            "the measure changes from `{old}` to `{new}`"
        ],
        department: [
            "単位や対象を変える場合は、指標名と現状値もそろえてください。記入の誤りであれば、修正してください",
            "if it is meant, adapt the indicator and its baseline as well; otherwise correct it"
        ],
        planning: [same],

        /// A year beyond the column's horizon.
        YearBeyondHorizon("year-beyond-horizon", Warning adjustable) {
            /// The year.
            stated: StatedYear,
            /// The last year of the plan.
            horizon: NamedYear,
        }
        meaning: ["年度が計画期間の最終年度を超えている", "The year lies beyond the column's horizon"],
        message: [
            "年度{stated}が、計画期間の最終年度（{horizon}）を超えています",
            "{stated} lies beyond the column's horizon {horizon}"
        ],
        department: [
            "年度の誤りであれば、修正してください。計画期間後の目標であれば、このままで構いません",
            "correct the year if it is wrong; if the target is for after the plan, nothing is to be done"
        ],
        planning: [same],

        /// A new target for another year than the revision's.
        YearUnexpected("year-unexpected", Warning adjustable) {
            /// The year.
            stated: StatedYear,
            /// The year that was expected.
            expected: NamedYear,
        }
        meaning: ["年度が改訂の対象年度と違う", "The year is not the revision's year"],
        message: [
            "年度{stated}が、改訂の対象年度（{expected}）と違います",
            "{stated} is not the revision's year {expected}"
        ],
        department: [
            "年度の誤りであれば、修正してください。この年度の目標であれば、このままで構いません",
            "correct the year if it is wrong; otherwise nothing is to be done"
        ],
        planning: [same],

        /// A reference to a project that the list lacks or that does not say what is claimed.
        ReferenceBroken("reference-broken", Warning adjustable) {
            /// The number of the project that is referred to.
            number: Quoted,
            /// What is wrong.
            broken: Broken,
            /// What it is said to say.
            claim: Option<Quoted>,
        }
        meaning: [
            "参照先の事業が一覧にない、または内容が合わない",
            "A reference to a project that is absent or does not say what is claimed"
        ],
        message: [by broken {
            Broken::Absent => ["参照先の№{number}が、一覧にありません", "№{number} is referred to, but it is not in the list"],
            Broken::Leaving => [
                "参照先の№{number}も、一覧から除かれます",
                "№{number} is referred to, but it leaves the list as well"
            ],
            Broken::Silent => [by claim {
                Some(claim) => ["№{number}の指標・目標値に「{claim}」がありません", "№{number} says nothing of `{claim}`"],
                None => ["№{number}の内容が合いません", "№{number} says something else"],
            }],
        }],
        department: ["参照先の番号と内容を確認してください", "check the number and what it refers to"],
        planning: [same],

        /// A reference on which a deletion relies.
        ReferenceReliedOn("reference-relied-on", Warning adjustable) {
            /// The number of the project that is referred to.
            number: Quoted,
            /// What it is said to say, and says.
            claim: Option<Quoted>,
        }
        meaning: ["他の事業の指標で把握することとして除かれる指標", "An indicator leaves the list relying on another project's"],
        message: [
            "この指標は、№{number}で把握することとして、一覧から除かれます",
            "this indicator leaves the list relying on №{number}"
        ],
        department: [by claim {
            Some(claim) => [
                "№{number}に「{claim}」はあります。同じ内容を把握できるか確認してください",
                "№{number} does say `{claim}`; check that it measures the same"
            ],
            None => [
                "№{number}で同じ内容を把握できるか確認してください",
                "check that №{number} measures the same"
            ],
        }],
        planning: [same],

        /// The same indicator twice under one group.
        IndicatorDuplicate("indicator-duplicate", Warning adjustable) {
            /// The other place.
            first: Elsewhere,
        }
        meaning: ["同じ名称の行が二つある", "The same name appears twice"],
        message: ["同じ名称の行が、{first}にもあります", "the same name stands at {first} as well"],
        department: [
            "重複していれば、一方を消してください。別のものであれば、名称で区別してください",
            "delete one of them if they are the same, or tell them apart by their names"
        ],
        planning: [same],

        /// The same workbook or sheet twice, word for word.
        WorkbookCopy("workbook-copy", Warning adjustable) {
            /// Where the indicators stand that are listed.
            first: Elsewhere,
            /// How many there are.
            indicators: usize,
        }
        meaning: [
            "内容が同じブック・シートが二つあり、一方だけを載せる",
            "The same workbook or sheet twice, word for word: it is listed once"
        ],
        message: [
            "{first}からの{indicators}件と内容が同じため、一方だけを一覧に載せました",
            "{indicators} rows are word for word those from {first} on, and are listed once"
        ],
        department: [
            "同じものを2度提出した場合は、このままで構いません",
            "if it was sent twice, nothing is to be done"
        ],
        planning: [
            "対応は不要です。二つのうち一方を入力フォルダーから除くと、この指摘はなくなります",
            "nothing is to be done; without one of them in the input folder this is not said"
        ],

        /// The same workbook or sheet twice, with differences.
        WorkbookDuplicate("workbook-duplicate", Error adjustable) {
            /// Where the indicators of the first one stand.
            first: Elsewhere,
            /// How many indicators are the same.
            indicators: usize,
            /// How many of them are the same word for word.
            equal: usize,
            /// What is not.
            differences: Differences,
        }
        meaning: [
            "同じ行のブック・シートが二つあり、内容が違う",
            "The same workbook or sheet twice, with differences"
        ],
        message: [
            "{first}からと同じ行が{indicators}件ありますが、記載が違います：{differences}",
            "{indicators} rows stand from {first} on as well ({equal} of them word for word); they differ in {differences}"
        ],
        department: ["どちらが正しいか、お知らせください", "say which of them holds"],
        planning: [
            "どちらが正しいか所管課に確認し、もう一方を入力フォルダーから除いてください",
            "ask the department which of them holds, and take the other out of the input folder"
        ],

        /// Numbers of indicators that a form states, and that are not so.
        TallyMismatch("tally-mismatch", Warning adjustable) {
            /// As stated.
            stated: Numbers,
            /// As counted.
            counted: Numbers,
        }
        meaning: [
            "記載された件数と行の件数が合わない",
            "The numbers of rows that a form states are not those that are there"
        ],
        message: [
            "件数の記載は「{stated}」ですが、このシートの行は「{counted}」です",
            "the form states {stated}, but this sheet's rows are {counted}"
        ],
        department: [
            "件数の記載を修正するか、記入漏れや非表示の行がないか確認してください",
            "correct the numbers, or see whether entries are missing or rows are hidden"
        ],
        planning: [same],

        /// No indicator in any file.
        ListEmpty("list-empty", Error fixed) {
            /// The input folder, as the project names it.
            folder: Quoted,
        }
        meaning: ["一覧に載せる行が一つもない", "No row for the list in any file"],
        message: ["どのファイルにも、一覧に載せる行がありません", "there is no row for the list in any file"],
        department: [none],
        planning: [
            "{folder}/ に、記入された調査票を置いてください",
            "put the departments' filled-in forms into {folder}/"
        ],
    ] } };
}
