//! Entries about units and years that columns and headings state for their values.

use serde::{Deserialize, Serialize};

/// How the units or years of values stand to the one that is stated for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mixture {
    /// The value states another one.
    Differs,
    /// The value states none, and most others of its column state others.
    NotTaken,
    /// It is not for the values at all.
    NotOfValues,
}

macro_rules! stated {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// Words in the place of a unit that are none.
        UnitUnknown("unit-unknown", Warning adjustable) {
            /// The words.
            text: Quoted,
        }
        meaning: ["単位として読み取れない記載", "Words in the place of a unit that are not one"],
        message: ["「{text}」を一つの単位として読み取れません", "`{text}` cannot be read as one unit"],
        department: [
            "単位は「人」「千円」「件／年」のように一つ記入してください。単位の違う値は、値のセルに単位を記入してください",
            "enter one unit, as 人, 千円 or 件／年; where values differ, enter the unit beside the figure"
        ],
        planning: [same],

        /// The units of a column's values are not, or not all, the one that is stated for them.
        UnitMixed("unit-mixed", Warning adjustable) {
            /// How they stand to it.
            mixture: Mixture,
            /// The first such value.
            text: Quoted,
            /// The unit.
            unit: Quoted,
            /// What states it.
            by: StatedBy,
            /// How many further values there are.
            more: More,
        }
        meaning: ["値の単位と、列・見出しの単位がそろっていない", "The units of a column's values are not all the one that is stated for them"],
        message: [by mixture {
            Mixture::Differs => [
                "「{text}」の単位が、{by}の単位「{unit}」と違います{more}",
                "the unit of `{text}` is not `{unit}`, which the {by} states{more}"
            ],
            _ => [
                "「{text}」には単位がありません{more}。ほかの単位の値が多いため、{by}の「{unit}」は当てていません",
                "`{text}` has no unit{more}; `{unit}` of the {by} was not taken, as more values of the column have others"
            ],
        }],
        department: [by mixture {
            Mixture::Differs => [
                "値のセルの単位で読み取りました。このままでよければ、対応は不要です",
                "the value's own unit was taken; nothing needs to be done if that is right"
            ],
            _ => ["値のセルに単位を記入してください", "enter the unit beside the figure"],
        }],
        planning: [same],

        /// Two statements outside the cells differ.
        UnitConflict("unit-conflict", Warning adjustable) {
            /// The unit that was taken.
            unit: Quoted,
            /// What states it.
            by: StatedBy,
            /// The other unit.
            other: Quoted,
            /// What states that.
            other_by: StatedBy,
        }
        meaning: ["列・見出し・テンプレートの単位が互いに違う", "A column, its heading and the template state different units"],
        message: [
            "{by}の単位「{unit}」と、{other_by}の単位「{other}」が違います",
            "the {by} states the unit `{unit}`, the {other_by} `{other}`"
        ],
        department: [
            "「{unit}」として読み取りました。誤りがあれば、どちらかを修正してください",
            "`{unit}` was taken; correct one of them if that is wrong"
        ],
        planning: [same],

        /// The times of a column's values are not, or not all, those of its heading.
        TimeMixed("time-mixed", Warning adjustable) {
            /// How they stand to it.
            mixture: Mixture,
            /// The first such value, or its year.
            text: Quoted,
            /// The heading's year.
            time: Quoted,
            /// How many further values there are.
            more: More,
        }
        meaning: ["見出しの年度と値の年度がそろっていない", "The years of a column's values are not all that of its heading"],
        message: [by mixture {
            Mixture::Differs => [
                "値の年度「{text}」が、見出しの年度「{time}」と違います{more}",
                "the year `{text}` of a value is not `{time}`, which its heading states{more}"
            ],
            Mixture::NotTaken => [
                "「{text}」には年度がありません{more}。年度のある値が多いため、見出しの「{time}」は当てていません",
                "`{text}` has no year{more}; the heading's `{time}` was not taken, as more values of the column state their own"
            ],
            Mixture::NotOfValues => [
                "見出しの「{time}」は、値の年度として読み取っていません",
                "`{time}` in the heading was not taken for the values' year"
            ],
        }],
        department: [by mixture {
            Mixture::Differs => [
                "値の年度で読み取りました。このままでよければ、対応は不要です",
                "the value's own year was taken; nothing needs to be done if that is right"
            ],
            Mixture::NotTaken => [
                "見出しの年度の値であれば、セルに年度を記入してください",
                "if the value is for the heading's year, enter the year in its cell"
            ],
            Mixture::NotOfValues => [
                "値の年度であれば、見出しを「目標値（令和7年度）」のような形にしてください",
                "if it is the values' year, write the heading like 目標値（令和7年度）"
            ],
        }],
        planning: [same],
    ] } };
}
