//! Entries about what follows from what departments wrote: computed fields and grades by rules.

use serde::{Deserialize, Serialize};

/// Why nothing can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// A field has no figure.
    Missing,
    /// A field has several figures, or a range.
    Several,
    /// The fields are measured differently.
    Units,
    /// The divisor is 0.
    Zero,
    /// Baseline and target are the same: neither more nor less is better.
    Direction,
    /// The result is larger than a number of this program can be.
    Overflow,
}

macro_rules! derived {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A department computed something else.
        ComputedDiffers("computed-differs", Warning adjustable) {
            /// The heading of the field.
            field: Quoted,
            /// What the form says.
            own: Quoted,
            /// What is computed.
            computed: Quoted,
        }
        meaning: ["計算した値が調査票の記入と違う", "A department computed something else"],
        message: [
            "「{field}」の記入は「{own}」ですが、計算すると「{computed}」です。一覧には計算した値を載せます",
            "`{field}` says `{own}`, but it computes to `{computed}`, which is listed"
        ],
        department: [
            "この値か、計算のもとになる値を修正してください",
            "correct this value, or those from which it follows"
        ],
        planning: [same],

        /// Nothing can be computed, and the form says something.
        ComputedNot("computed-not", Warning adjustable) {
            /// The heading of the field.
            field: Quoted,
            /// What the form says.
            own: Quoted,
            /// Why.
            obstacle: Obstacle,
            /// The heading of the field that is in the way.
            of: Quoted,
        }
        meaning: ["計算できず、調査票の記入をそのまま載せる", "Nothing can be computed: what the form says is listed"],
        message: [by obstacle {
            Obstacle::Missing => [
                "「{of}」に数値がないため、「{field}」を計算できません。一覧には記入された「{own}」を載せます",
                "`{of}` has no figure, so `{field}` cannot be computed; `{own}` is listed as the form has it"
            ],
            Obstacle::Several => [
                "「{of}」の数値が一つではないため、「{field}」を計算できません。一覧には記入された「{own}」を載せます",
                "`{of}` is not one figure, so `{field}` cannot be computed; `{own}` is listed as the form has it"
            ],
            Obstacle::Units => [
                "「{of}」の単位または対象がほかの値と違うため、「{field}」を計算できません。一覧には記入された「{own}」を載せます",
                "`{of}` is measured differently from the rest, so `{field}` cannot be computed; `{own}` is listed as the form has it"
            ],
            Obstacle::Zero => [
                "割る数が0になるため、「{field}」を計算できません。一覧には記入された「{own}」を載せます",
                "the divisor is 0, so `{field}` cannot be computed; `{own}` is listed as the form has it"
            ],
            Obstacle::Direction => [
                "基準値と目標値が同じで、増やすのか減らすのか分からないため、「{field}」を計算できません。一覧には記入された「{own}」を載せます",
                "baseline and target are the same, so that neither more nor less is better, and `{field}` cannot be computed; `{own}` is listed as the form has it"
            ],
            Obstacle::Overflow => [
                "数値が大きすぎるため、「{field}」を計算できません。一覧には記入された「{own}」を載せます",
                "the figures are too large, so `{field}` cannot be computed; `{own}` is listed as the form has it"
            ],
        }],
        department: [
            "計算のもとになる値を記入してください",
            "enter the values from which it follows"
        ],
        planning: [same],

        /// Figures that are to be summed up are measured differently.
        TotalNot("total-not", Warning adjustable) {
            /// The heading of the field.
            field: Quoted,
            /// What the cell says.
            text: Quoted,
            /// What the first of the others says.
            other: Quoted,
        }
        meaning: ["単位または対象の違う値があり、計を計算しない", "Figures that are measured differently have no sum"],
        message: [
            "「{field}」の「{text}」は、ほかの件（「{other}」）と単位または対象が違うため、計を計算しません",
            "`{text}` of `{field}` is measured differently from `{other}`: there is no sum of them"
        ],
        department: ["単位をそろえて記入してください", "state it in the same unit"],
        planning: [
            "記入のとおりであれば、テンプレートの totals からこの項目を除いてください",
            "if it is right, take the field out of `totals` in the template"
        ],

        /// A department chose another grade than the rules give.
        GradeDiffers("grade-differs", Warning adjustable) {
            /// The heading of the field.
            field: Quoted,
            /// What the form says.
            own: Quoted,
            /// What the rules give.
            grade: Quoted,
        }
        meaning: ["規則による評価が調査票の記入と違う", "A department chose another grade than the rules give"],
        message: [
            "「{field}」の記入は「{own}」ですが、規則では「{grade}」です。一覧には「{grade}」を載せます",
            "`{field}` says `{own}`, but by the rules it is `{grade}`, which is listed"
        ],
        department: [
            "評価か、評価のもとになる値を修正してください",
            "correct the grade, or the values from which it follows"
        ],
        planning: [
            "所管課に確認してください。規則はテンプレートの choices の when にあります",
            "ask the department; the rules are `when` of the choices in the template"
        ],
    ] } };
}
