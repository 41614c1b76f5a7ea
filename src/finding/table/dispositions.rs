//! Entries about choices, and about what a disposition demands.

use serde::{Deserialize, Serialize};

/// How several words of a vocabulary were chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// By a text that can mean several.
    InWords,
    /// By marks in several columns.
    ByMarks,
}

macro_rules! dispositions {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// No word of the vocabulary.
        ChoiceMissing("choice-missing", Error fixed) {
            /// The heading of the column.
            column: Quoted,
            /// How the form has it chosen.
            chosen: Chosen,
            /// The vocabulary.
            choices: Choices,
        }
        meaning: ["区分から選ぶ欄の記入がない", "A choice is missing"],
        message: ["「{column}」が記入されていません", "nothing is chosen in `{column}`"],
        department: [by chosen {
            Chosen::InWords => ["{choices}のいずれかを記入してください", "enter one of: {choices}"],
            Chosen::ByMarks => ["{choices}のいずれかの欄に「○」を入力してください", "type ○ into the column of one of: {choices}"],
        }],
        planning: [same],

        /// A word that the vocabulary does not have.
        ChoiceUnknown("choice-unknown", Error fixed) {
            /// The heading of the column.
            column: Quoted,
            /// What it says.
            text: Quoted,
            /// How the form has it chosen.
            chosen: Chosen,
            /// The vocabulary.
            choices: Choices,
            /// The word that was probably meant.
            near: Option<Quoted>,
        }
        meaning: ["記入した語が区分にない", "A word is not in the vocabulary"],
        message: [by chosen {
            Chosen::InWords => [
                "「{column}」に「{text}」と記入されていますが、この一覧の区分にありません",
                "`{column}` says `{text}`, which is not in its vocabulary"
            ],
            Chosen::ByMarks => [
                "「{column}」を選ぶ欄に「{text}」と記入されており、選んだ印か分かりません",
                "`{text}` in a column of `{column}` does not say whether it is chosen"
            ],
        }],
        department: [by chosen {
            Chosen::InWords => ["{choices}のいずれかを記入してください", "enter one of: {choices}"],
            Chosen::ByMarks => ["選んだ欄に「○」を入力し、ほかの欄は空けてください", "type ○ into the chosen column and leave the others blank"],
        }],
        planning: [same],
        fix: text => near,

        /// Several words for one row.
        ChoiceAmbiguous("choice-ambiguous", Error fixed) {
            /// The heading of the column.
            column: Quoted,
            /// How they were chosen.
            chosen: Chosen,
            /// What the cell says.
            text: Quoted,
            /// What it can mean.
            meanings: Choices,
            /// The vocabulary.
            choices: Choices,
        }
        meaning: ["区分を一つに決められない", "Several words are chosen"],
        message: [by chosen {
            Chosen::InWords => [
                "「{column}」に「{text}」と記入されており、一つに決められません",
                "`{text}` in `{column}` could be any of {meanings}"
            ],
            Chosen::ByMarks => [
                "「{column}」で二つ以上（{meanings}）が選ばれています",
                "several are marked in `{column}`: {meanings}"
            ],
        }],
        department: ["{choices}のいずれか一つを記入してください", "enter one of: {choices}"],
        planning: [same],

        /// A new target is needed.
        NewTargetMissing("new-target-missing", Error adjustable) {
            /// The disposition as the list prints it.
            disposition: Quoted,
            /// The heading of the dispositions' column.
            column: Quoted,
            /// The heading of the new target.
            wanted: Quoted,
        }
        meaning: ["新たな目標値の記入がない", "A new target is needed"],
        message: ["「{disposition}」の場合に必要な「{wanted}」が、記入されていません", "{disposition} needs a new target, but there is none"],
        department: [
            "「{wanted}」を記入するか、「{column}」を改めてください",
            "enter it, or choose another disposition"
        ],
        planning: [same],

        /// A new target contradicts the disposition.
        NewTargetUnexpected("new-target-unexpected", Error adjustable) {
            /// The disposition as the list prints it.
            disposition: Quoted,
            /// The heading of the dispositions' column.
            column: Quoted,
            /// The heading of the new target.
            unwanted: Quoted,
            /// The new target.
            text: Quoted,
        }
        meaning: ["取扱いと矛盾する新たな目標値がある", "A new target contradicts the disposition"],
        message: [
            "「{disposition}」の場合に不要な「{unwanted}」（{text}）が、記入されています",
            "{disposition} takes no new target, but there is one: `{text}`"
        ],
        department: [
            "「{unwanted}」の記入を消すか、「{column}」を改めてください",
            "delete it, or choose another disposition"
        ],
        planning: [same],

        /// A reason is needed.
        ReasonMissing("reason-missing", Warning adjustable) {
            /// The disposition as the list prints it.
            disposition: Quoted,
            /// The heading of the reason.
            wanted: Quoted,
        }
        meaning: ["理由の記入がない", "A reason is needed"],
        message: ["「{disposition}」の場合に必要な「{wanted}」が、記入されていません", "{disposition} needs a reason, but there is none"],
        department: ["「{wanted}」を記入してください", "enter the reason"],
        planning: [same],

        /// A reason where none is expected.
        ReasonUnexpected("reason-unexpected", Warning adjustable) {
            /// The disposition as the list prints it.
            disposition: Quoted,
            /// The heading of the dispositions' column.
            column: Quoted,
            /// The heading of the reason.
            unwanted: Quoted,
            /// The reason.
            text: Quoted,
        }
        meaning: ["不要な理由がある", "A reason where none is expected"],
        message: [
            "「{disposition}」の場合に不要な「{unwanted}」（{text}）が、記入されています",
            "{disposition} takes no reason, but there is one: `{text}`"
        ],
        department: [
            "「{unwanted}」の記入を消すか、「{column}」を改めてください",
            "delete it, or choose another disposition"
        ],
        planning: [same],
    ] } };
}
