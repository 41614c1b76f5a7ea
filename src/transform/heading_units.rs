//! Units that headings and the lines above a table state.
//!
//! * **U1** What follows `単位：` or stands in brackets with 単位 (`（単位 千円）`) is a unit, whatever it is.
//! * **U2** Brackets in a heading, or all of a heading's cell, are a unit if they hold a known one (`（％）`, `（千円）`,
//!   `（件／年）`): most brackets there are remarks. Of several pieces (`（千円、税込）`) each is looked at.

use super::value::{Context, UnitWords};
use crate::japanese::{fold, half_width, is_space};

/// Units that may stand in brackets without 単位 before them.
#[rustfmt::skip]
const COUNTERS: &[&str] = &[
    "％", "‰", "パーセント", "ポイント", "pt", "割", "倍",
    "人", "名", "人日", "人泊", "世帯", "戸", "棟", "軒", "経営体", "団体", "組織", "組合", "組", "法人", "社", "店", "店舗", "企業", "事業所",
    "事業者", "施設", "校", "園", "学級", "クラス", "チーム", "グループ", "サークル", "クラブ", "講座", "教室", "件", "回", "か所", "カ所", "ヶ所",
    "ヵ所", "ケ所", "箇所", "個所", "自治会", "路線", "区画", "筆", "基", "台", "両", "隻", "口", "本", "冊", "枚", "点", "種", "種類", "品目",
    "個", "箱", "袋", "株", "頭", "羽", "匹", "尾", "食", "床", "席", "便", "泊", "位", "歩", "円", "ドル", "歳", "年間", "か月", "ヶ月", "カ月",
    "日", "時間", "分", "秒", "トン", "平方メートル", "立方メートル", "キロメートル", "メートル", "リットル", "キロリットル", "グラム", "キログラム",
];

/// Units of measures, folded.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "m", "km", "cm", "mm", "m2", "km2", "m3", "ha", "t", "g", "kg", "mg", "l", "ml", "kl", "w", "kw", "mw", "kwh", "mwh", "gwh", "mj",
    "gj", "tj", "pj", "t-co2", "tco2", "kg-co2", "t-co2eq", "ppm", "ppb", "mg/l", "μg/m3", "mg/m3", "℃", "db", "mpn/100ml",
];

/// Multiples in which a unit may be stated. Longer ones first where one begins with another.
const MULTIPLES: [&str; 8] = ["百万", "千万", "十億", "百億", "千", "万", "億", "兆"];

/// What a text states of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StatedUnits {
    /// Nothing.
    None,
    /// One unit.
    One(Box<UnitWords>),
    /// Words that are meant as a unit and are none, or several units.
    Unclear(String),
}

/// What a heading's cell states (U1, U2).
pub(super) fn in_heading(text: &str, context: Context<'_>) -> StatedUnits {
    match after_word(text, context) {
        StatedUnits::None => {}
        stated => return stated,
    }
    let whole = text.trim_matches(is_space);
    let pieces =
        if is_known(whole) { vec![whole] } else { brackets(text).into_iter().flat_map(pieces).collect() };
    let mut units: Vec<UnitWords> = Vec::new();
    for unit in pieces
        .into_iter()
        .filter(|piece| is_known(piece))
        .filter_map(|piece| UnitWords::read(piece, &context))
    {
        if !units.iter().any(|known| known.is_same(&unit)) {
            units.push(unit);
        }
    }
    match units.len() {
        0 => StatedUnits::None,
        1 => StatedUnits::One(Box::new(units.remove(0))),
        _ => StatedUnits::Unclear(units.iter().map(UnitWords::words).collect::<Vec<_>>().join("・")),
    }
}

/// What a line above a table states (U1).
pub(super) fn after_word(text: &str, context: Context<'_>) -> StatedUnits {
    let Some((before, after)) = text.split_once("単位") else { return StatedUnits::None };
    let rest = after.trim_start_matches(is_space);
    let is_in_brackets = before.trim_end_matches(is_space).ends_with(OPENING);
    let Some(rest) = rest.strip_prefix(['：', ':']).or_else(|| is_in_brackets.then_some(rest)) else {
        return StatedUnits::None;
    };
    let rest = rest.trim_start_matches(is_space);
    let end = rest.find(|c| CLOSING.contains(&c) || c == '\n').unwrap_or(rest.len());
    let words = rest[..end].trim_matches(is_space);
    match UnitWords::read(&format!("単位：{words}"), &context) {
        _ if words.is_empty() => StatedUnits::None,
        Some(unit) => StatedUnits::One(Box::new(unit)),
        None => StatedUnits::Unclear(words.to_owned()),
    }
}

const OPENING: [char; 6] = ['（', '(', '［', '[', '【', '〔'];
const CLOSING: [char; 6] = ['）', ')', '］', ']', '】', '〕'];

/// What stands in brackets, from left to right.
fn brackets(text: &str) -> Vec<&str> {
    let inner = |(at, bracket): (usize, &str)| {
        let rest = &text[at + bracket.len()..];
        Some(&rest[..rest.find(CLOSING)?])
    };
    text.match_indices(OPENING).filter_map(inner).collect()
}

fn pieces(text: &str) -> Vec<&str> {
    text.split(|c: char| is_space(c) || matches!(c, '、' | '，' | ',' | '・' | '\n')).collect()
}

/// Whether words are a known unit, perhaps a multiple of one, perhaps per something. A capital alone (`Ｌ`, `T`) names
/// something else.
pub(super) fn is_known(words: &str) -> bool {
    let folded = fold(words);
    let mut chars = words.chars().map(half_width);
    if let (Some('A'..='Z'), None) = (chars.next(), chars.next()) {
        return false;
    }
    let base = |unit: &str| COUNTERS.iter().any(|known| fold(known) == unit) || MEASURES.contains(&unit);
    let multiple = |unit: &str| MULTIPLES.iter().filter_map(|word| unit.strip_prefix(word)).any(base);
    let whole = |unit: &str| base(unit) || multiple(unit);
    whole(&folded)
        || folded
            .split_once('/')
            .is_some_and(|(unit, per)| whole(unit) && !per.is_empty() && per.chars().count() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::japanese::HOUSE;
    use crate::model::Eras;

    const CONTEXT: Context<'_> = Context { notation: HOUSE, eras: Eras::heisei() };

    fn shown(stated: StatedUnits) -> String {
        match stated {
            StatedUnits::None => String::new(),
            StatedUnits::One(unit) => unit.words().to_owned(),
            StatedUnits::Unclear(words) => format!("? {words}"),
        }
    }

    #[test]
    fn headings_state_units() {
        for (rule, text, expected) in [
            ("U2", "目標値（％）", "％"),
            ("U2", "目標値(%)", "％"),
            ("U2", "目標値［千円］", "千円"),
            ("U2", "目標値（平成29年度）（人）", "人"),
            ("U2", "現状値\n（件/年）", "件／年"),
            ("U2", "目標値（千円、税込）", "千円"),
            ("U2", "％", "％"),
            ("U2", "千人", "千人"),
            ("U2", "排出量（t-CO2）", "t-CO2"),
            ("U2", "目標値（人・件）", "? 人・件"),
            ("U2", "目標値（千円）（円）", "? 千円・円"),
            ("U1", "目標値 単位：頭数", "頭数"),
            ("U1", "目標値（単位　人）", "人"),
            ("U1", "目標値（単位：人、件）", "? 人、件"),
            ("U1", "単位", ""),
            ("U1", "取得単位数", ""),
            ("U2", "現状値(計画策定時）", ""),
            ("U2", "新たなKPI（修正の場合のみ）", ""),
            ("U2", "目標値（現行）", ""),
            ("U2", "実績（年）", ""),
            ("U2", "人口", ""),
            ("U2", "規模（Ｌ）", ""),
            ("U2", "搬入量（t）", "t"),
        ] {
            assert_eq!(shown(in_heading(text, CONTEXT)), expected, "{rule} {text}");
        }
    }

    #[test]
    fn lines_above_tables_state_units() {
        for (text, expected) in [
            ("（単位：千円）", "千円"),
            ("単位:人", "人"),
            ("※単位未満は四捨五入", ""),
            ("成果指標の一覧（％）", ""),
            ("単位：人、％", "? 人、％"),
        ] {
            assert_eq!(shown(after_word(text, CONTEXT)), expected, "{text}");
        }
    }
}
