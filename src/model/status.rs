//! What a value is among those of its field: measured, expected, aimed at.

use serde::Deserialize;

/// What a value is among those of its field, by a word of its cell, its heading or the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 基準値, 現状値: what it is compared with.
    Baseline,
    /// 実績.
    Actual,
    /// 速報.
    Preliminary,
    /// 見込, 推計, 予測.
    Forecast,
    /// 目標.
    Target,
    /// 参考.
    Reference,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 6] =
        [Self::Baseline, Self::Actual, Self::Preliminary, Self::Forecast, Self::Target, Self::Reference];

    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Actual => "actual",
            Self::Preliminary => "preliminary",
            Self::Forecast => "forecast",
            Self::Target => "target",
            Self::Reference => "reference",
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Baseline => "基準",
            Self::Actual => "実績",
            Self::Preliminary => "速報",
            Self::Forecast => "見込",
            Self::Target => "目標",
            Self::Reference => "参考",
        }
    }

    /// What a qualifier or a heading says (`見込み`, `基準値`); `None` if it says nothing of the kind.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "基準" | "基準値" | "基準年" | "基準年度" | "当初値" | "策定時" | "計画策定時" => {
                Self::Baseline
            }
            "実績" | "実績値" | "確定" | "確定値" | "決算" => Self::Actual,
            "速報" | "速報値" | "暫定" | "暫定値" => Self::Preliminary,
            "見込" | "見込み" | "見込値" | "推計" | "推計値" | "予測" | "予測値" | "予定" => {
                Self::Forecast
            }
            "目標" | "目標値" => Self::Target,
            "参考" | "参考値" => Self::Reference,
            _ => return None,
        })
    }
}
