//! What stands in a cell of an indicator's row, column by column.

use super::chars::{narrow, no_value, typed};
use super::dice::Dice;
use super::form::Col;
use super::reference::{DISPOSITIONS, Row};
use super::sheet::Cell;
use super::twist::{Twist, Twists};

/// A row's cell in a column, groups apart. `None` for an empty one.
pub(crate) fn cell(row: &Row, serial: usize, col: Col, twists: &Twists, dice: &mut Dice) -> Option<Cell> {
    let has = |twist| twists.contains(&twist);
    let nothing = |dice: &mut Dice| {
        if has(Twist::ZeroDash) && dice.once_in(2) {
            return Some(Cell::Number(0.0, "#,##0;-#,##0;\"－\"".to_owned(), "－".to_owned()));
        }
        Some(Cell::Text(no_value(twists, dice)))
    };
    let text = match col {
        Col::Indicator => narrow(&row.indicator, twists, dice),
        Col::Number => return Some(number(&row.number, twists, dice)),
        Col::Baseline if row.baseline.is_empty() => return nothing(dice),
        Col::Baseline => return Some(value(&row.baseline, &row.baseline_at, twists, dice)),
        Col::Target => return Some(value(&row.target, &row.target_at, twists, dice)),
        Col::BaselineAt => return year(&row.baseline_at, twists, dice),
        Col::TargetAt => return year(&row.target_at, twists, dice),
        Col::Choice => return Some(choice(row.choice(), twists, dice)),
        Col::Mark(id) if id == row.choice() => {
            dice.pick(&["○", "〇", "◯", "●", "◎", "レ", "✓", "✔"]).to_owned()
        }
        Col::NewAll => joint(row, twists, dice),
        Col::NewAt => return year(&row.new_at, twists, dice),
        Col::New if row.new.is_empty() && row.disposition == "維持" && dice.once_in(3) => {
            no_value(twists, dice)
        }
        Col::New => return (!row.new.is_empty()).then(|| plain_value(&row.new, twists, dice)),
        Col::NewWithAt if row.new.is_empty() => String::new(),
        Col::NewWithAt => match dice.below(3) {
            0 => format!("（{}）{}", row.new_at, row.new),
            1 => format!("{}（{}）", row.new, row.new_at),
            _ => format!("{}\n（{}）", row.new, row.new_at),
        },
        Col::Reason => narrow(&row.reason, twists, dice),
        Col::Serial => {
            return Some(Cell::Number(
                f64::from(u32::try_from(serial).ok()?),
                "General".into(),
                serial.to_string(),
            ));
        }
        Col::Department => dice.pick(&["子育て支援課", "政策企画課", "みどりと公園課"]).to_owned(),
        Col::Contact => dice.pick(&["内線2345", "目黒（3241）", ""]).to_owned(),
        Col::Remark => {
            dice.pick(&["", "昨年度と同様", "別紙参照", "目標値は要確認", "（調整中）"]).to_owned()
        }
        Col::OldTarget => "12件（26年度）".to_owned(),
        Col::Goal | Col::Policy | Col::Mark(_) => String::new(),
    };
    (!text.is_empty()).then(|| marked(&typed(&text, twists, dice), col, twists, dice))
}

/// A text with what is struck through, of several fonts, or from a formula.
pub(crate) fn marked(text: &str, col: Col, twists: &Twists, dice: &mut Dice) -> Cell {
    let has = |twist| twists.contains(&twist);
    let is_value =
        matches!(col, Col::Baseline | Col::Target | Col::New | Col::NewAll | Col::NewWithAt | Col::Reason);
    if has(Twist::StrikeOld) && is_value && dice.once_in(3) {
        let old = dice.pick(&["12件", "未定", "旧案5施設", "8か所\n"]).to_owned();
        let runs = [(old, true), (text.to_owned(), false)];
        return Cell::Runs(if dice.once_in(4) { runs.into_iter().rev().collect() } else { runs.into() });
    }
    if has(Twist::Formulas) && is_value && dice.once_in(3) && !text.contains('"') {
        return Cell::Formula("INDEX(AA:AA,1)".to_owned(), text.to_owned());
    }
    if has(Twist::RichText) && text.chars().count() > 2 && dice.once_in(2) {
        let at = 1 + dice.below(text.chars().count() - 1);
        let runs = [text.chars().take(at).collect(), text.chars().skip(at).collect()];
        return Cell::Runs(runs.map(|run: String| (run, false)).into());
    }
    Cell::Text(text.to_owned())
}

fn number(text: &str, twists: &Twists, dice: &mut Dice) -> Cell {
    let value: f64 = text.parse().expect("a project's number");
    if twists.contains(&Twist::NumberCells) {
        return match dice.below(3) {
            0 => Cell::Number(value, "General".into(), text.into()),
            1 => Cell::Number(value, "0_ ".into(), text.into()),
            _ => Cell::Number(value, "[DBNum3]0".into(), text.into()),
        };
    }
    if twists.contains(&Twist::Formulas) {
        return Cell::Formula(format!("{text}+0"), text.to_owned());
    }
    Cell::Text(typed(text, twists, dice))
}

/// A value with its year, as far as the form has it in one cell.
fn value(text: &str, at: &str, twists: &Twists, dice: &mut Dice) -> Cell {
    let has = |twist| twists.contains(&twist);
    let apart = [Twist::YearColumn, Twist::YearNeighbour, Twist::YearRow, Twist::YearRowLoose];
    if at.is_empty() || apart.iter().any(|twist| has(*twist)) {
        return plain_value(text, twists, dice);
    }
    let whole = if has(Twist::YearNewline) {
        format!("{text}\n（{at}）")
    } else if has(Twist::YearBare) {
        format!("{text}\n{at}")
    } else {
        format!("{text}（{at}）")
    };
    marked(&typed(&whole, twists, dice), Col::Target, twists, dice)
}

/// A value without its year.
pub(crate) fn plain_value(text: &str, twists: &Twists, dice: &mut Dice) -> Cell {
    if twists.contains(&Twist::UnitFormats)
        && let Some(number) = formatted(text, dice)
    {
        return number;
    }
    marked(&typed(text, twists, dice), Col::Target, twists, dice)
}

/// A value of one figure with its unit, as a number under a format.
fn formatted(text: &str, dice: &mut Dice) -> Option<Cell> {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))?;
    let (figure, unit) = text.split_at(digits);
    if figure.is_empty() || unit.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = figure.replace(',', "");
    let value: f64 = digits.parse().ok()?;
    let places = figure.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let whole = if figure.contains(',') { "#,##0" } else { "0" };
    let zeros = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
    if unit == "％" && dice.once_in(2) {
        let share: f64 = format!("{digits}e-2").parse().ok()?;
        return Some(Cell::Number(share, format!("{whole}{zeros}%"), text.to_owned()));
    }
    let format = match dice.below(3) {
        0 => format!("{whole}{zeros}\"{unit}\""),
        1 => format!("{whole}{zeros}\"{unit}\";[Red]\\-{whole}{zeros}\"{unit}\""),
        _ => format!("{whole}{zeros}\"{unit}\"_);@"),
    };
    Some(Cell::Number(value, format, text.to_owned()))
}

/// A year in a cell of its own.
fn year(at: &str, twists: &Twists, dice: &mut Dice) -> Option<Cell> {
    if at.is_empty() {
        return dice.once_in(3).then(|| Cell::Text(no_value(twists, dice)));
    }
    if twists.contains(&Twist::EraDates) {
        // Days since the end of 1899; what each shows under its format.
        let day = |serial: u32, format: &str| Some(Cell::Date(serial, format.to_owned(), at.to_owned()));
        match at {
            "26年度" => return day(41_730, "[$-411]e\"年度\""),
            "27年度" => return day(42_095, "[$-411]e\"年度\""),
            "30年度" => return day(43_191, "[$-411]e\"年度\""),
            "31年度" => return day(43_556, "[$-411]e\"年度\""),
            "28年1月" => return day(42_370, "[$-411]e\"年\"m\"月\";@"),
            "R2年度" => return day(43_922, "[$-411]ge\"年度\""),
            _ => {}
        }
    }
    if let (true, Some(number)) = (twists.contains(&Twist::UnitFormats), at.strip_suffix("年度"))
        && let Ok(number) = number.parse()
    {
        return Some(Cell::Number(number, "0\"年度\"".to_owned(), at.to_owned()));
    }
    let text = if dice.once_in(4) { format!("（{at}）") } else { at.to_owned() };
    Some(Cell::Text(typed(&text, twists, dice)))
}

fn choice(id: usize, twists: &Twists, dice: &mut Dice) -> Cell {
    let has = |twist| twists.contains(&twist);
    let (code, word) = (id + 1, DISPOSITIONS[id]);
    let text = if has(Twist::ChoicePlain) {
        word.to_owned()
    } else if has(Twist::ChoiceWide) {
        format!("{}．{word}", ["１", "２", "３"][id])
    } else if has(Twist::ChoiceCircled) {
        format!("{}{word}", ["①", "②", "③"][id])
    } else if has(Twist::ChoiceCode) {
        if dice.once_in(2) {
            let value = [1.0, 2.0, 3.0][id];
            return Cell::Number(value, "General".into(), code.to_string());
        }
        code.to_string()
    } else if has(Twist::ChoiceSpread) {
        let spread: Vec<String> = word.chars().map(String::from).collect();
        match dice.below(6) {
            0 => format!("{code}　{}", spread.join("　")),
            1 => format!("({code}){word}"),
            2 => format!("{code}：{word}"),
            3 => format!("{code} {word}"),
            4 => format!("{code}）{word}"),
            _ => format!("【{word}】"),
        }
    } else if has(Twist::ChoiceBoxes) {
        let on = dice.pick(&["☑", "■", "✔"]);
        let gap = dice.pick(&["　", "\n", " "]);
        let one = |(i, word): (usize, &&str)| format!("{}{word}", if i == id { on } else { "□" });
        DISPOSITIONS.iter().enumerate().map(one).collect::<Vec<_>>().join(gap)
    } else if has(Twist::ChoiceFormatted) {
        let format = "[=1]\"維持\";[=2]\"修正\";\"削除\"".to_owned();
        return Cell::Number([1.0, 2.0, 3.0][id], format, word.to_owned());
    } else {
        format!("{code}.{word}")
    };
    Cell::Text(typed(&text, twists, dice))
}

/// Year, value and reason in one cell.
fn joint(row: &Row, twists: &Twists, dice: &mut Dice) -> String {
    let reason = narrow(&row.reason, twists, dice);
    if row.new.is_empty() {
        let nothing = reason.is_empty() && dice.once_in(3);
        return if nothing { no_value(twists, dice) } else { reason };
    }
    let head = format!("（{}）", row.new_at);
    let gap = if twists.contains(&Twist::NewBroken) { "\n" } else { "" };
    match (reason.is_empty(), gap) {
        (true, gap) => format!("{head}{gap}{}", row.new),
        (false, "") => format!("{head}{}／{reason}", row.new),
        (false, gap) => format!("{head}{gap}{}{gap}{reason}", row.new),
    }
}
