//! One stored cell to the text that it shows.

use super::date::{self, Calendar};
use super::format::NumberFormat;
use super::number;
use crate::model::Unseen;
use calamine::{Data, DataRef};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;
use std::borrow::Cow;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// Text with at least one character that is not white space, line breaks as `\n`.
    Text(String),
    /// The text of a number of which it does not show all: its sign, its scale or its last digits may be elsewhere.
    Number(String, Decimal),
    /// A date or a time of day.
    Date(String),
    /// A formula's error value (`#REF!`).
    Error(String),
    /// A formula of which the file does not hold the result.
    Unresolved,
    /// Nothing.
    Blank,
}

/// How the workbook says that a cell is to be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellStyle<'a> {
    /// The number format, if the file's reader knows it.
    pub(super) format: Option<&'a NumberFormat>,
    /// Whether the cell's font is struck through.
    pub(super) struck: bool,
    /// Why its text cannot be seen.
    pub(super) unseen: Option<Unseen>,
    /// Whether its ground is known to be white.
    pub(super) is_on_white: bool,
    /// What dates count from.
    pub(super) calendar: Calendar<'a>,
}

/// What a style of the workbook says of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) format: NumberFormat,
    /// Whether the font is struck through.
    pub(super) struck: bool,
    /// Why its text cannot be seen.
    pub(super) unseen: Option<Unseen>,
    /// Whether the ground is known to be white.
    pub(super) is_on_white: bool,
}

impl<'a> CellStyle<'a> {
    /// The look of a cell whose style is known, or is not.
    pub(super) fn of(style: Option<&'a Style>, calendar: Calendar<'a>) -> Self {
        Self {
            format: style.map(|s| &s.format),
            struck: style.is_some_and(|s| s.struck),
            unseen: style.and_then(|s| s.unseen),
            is_on_white: style.is_some_and(|s| s.is_on_white),
            calendar,
        }
    }
}

/// The text that a stored value shows.
pub(super) fn shown(data: &Data, look: CellStyle<'_>) -> Shown {
    match data {
        Data::Empty => Shown::Blank,
        Data::String(text) => shown_text(text, look),
        Data::Float(value) if look.format.is_some_and(NumberFormat::is_date) => {
            date(number_text(plain_number(*value, look)))
        }
        Data::Float(value) => number(plain_number(*value, look), *value),
        Data::Int(value) => match i32::try_from(*value) {
            Ok(small) => number(plain_number(f64::from(small), look), f64::from(small)),
            Err(_) => Shown::Text(value.to_string()),
        },
        Data::Bool(true) => Shown::Text("TRUE".into()),
        Data::Bool(false) => Shown::Text("FALSE".into()),
        // The library takes some formats for those of dates that are none (`0"日"`).
        Data::DateTime(moment) if look.format.is_some_and(|f| f.sections().is_some() && !f.is_date()) => {
            number(plain_number(moment.as_f64(), look), moment.as_f64())
        }
        Data::DateTime(moment) => date(number_text(date_number(moment.as_f64(), look))),
        Data::DateTimeIso(text) | Data::DurationIso(text) => date(tidy(date::show_iso(text).into())),
        Data::Error(error) => Shown::Error(error.to_string()),
    }
}

/// The same for a value that a streaming reader lends.
pub(super) fn shown_ref(data: &DataRef<'_>, look: CellStyle<'_>) -> Shown {
    match data {
        DataRef::SharedString(text) => shown_text(text, look),
        DataRef::String(text) => shown_text(text, look),
        other => shown(&Data::from(other.clone()), look),
    }
}

/// The text that a stored text shows.
pub(super) fn shown_text(text: &str, look: CellStyle<'_>) -> Shown {
    let text = line_breaks(text);
    match look.format.and_then(|format| number::show_text(&text, format)) {
        Some(shown) => tidy(shown.into()),
        None => tidy(text),
    }
}

/// What a value says of which its format shows nothing (`;;;`). A zero that is not shown is meant so.
pub(super) fn without_format(data: &DataRef<'_>, look: CellStyle<'_>) -> Shown {
    let plain = CellStyle { format: None, ..look };
    match shown_ref(data, plain) {
        Shown::Text(text) if text == "0" => Shown::Blank,
        shown => shown,
    }
}

/// Greatest difference of a channel of two colours that nobody tells apart.
const SAME: u8 = 10;
/// Points of the largest font that nobody can read.
const UNREADABLE: f64 = 2.0;

/// Why text of a font of this colour (black, if it is not stated) and size (in points) cannot be seen on this ground;
/// white, if the ground has no colour.
pub(super) fn unseen(colour: Option<[u8; 3]>, size: Option<f64>, ground: Option<[u8; 3]>) -> Option<Unseen> {
    let ground = ground.unwrap_or([255; 3]);
    let is_near = |colour: &[u8; 3]| colour.iter().zip(ground).all(|(a, b)| a.abs_diff(b) <= SAME);
    let is_small = size.is_some_and(|size| size <= UNREADABLE);
    if colour.as_ref().is_some_and(is_near) { Some(Unseen::Colour) } else { is_small.then_some(Unseen::Size) }
}

/// The text of a cell that is text already.
pub(super) fn text(text: &str) -> Shown {
    tidy(line_breaks(text))
}

fn plain_number(value: f64, look: CellStyle<'_>) -> String {
    let shown = look.format.and_then(|format| number::show(value, format, look.calendar));
    shown.unwrap_or_else(|| number::general(value))
}

fn date_number(value: f64, look: CellStyle<'_>) -> String {
    look.format
        .filter(|format| !format.is_general())
        .and_then(|format| number::show(value, format, look.calendar))
        .or_else(|| date::show_plain(Decimal::from_f64_retain(value)?, look.calendar.epoch))
        .unwrap_or_else(|| number::general(value))
}

/// A text that is a date.
pub(super) fn date(shown: Shown) -> Shown {
    match shown {
        Shown::Text(text) => Shown::Date(text),
        shown => shown,
    }
}

/// What a number shows, with the number itself where that says something else.
pub(super) fn number(shown: String, value: f64) -> Shown {
    let shown = number_text(shown);
    let Some(stored) = Decimal::from_f64(value).map(|stored| stored.normalize()) else { return shown };
    match shown {
        Shown::Text(text) if text.replace(',', "").parse() != Ok(stored) => Shown::Number(text, stored),
        shown => shown,
    }
}

/// Spaces at the edge of a number are its format's, for the eye.
fn number_text(shown: String) -> Shown {
    let trimmed = shown.trim();
    tidy(if trimmed.len() == shown.len() { shown.into() } else { trimmed.into() })
}

fn tidy(text: Cow<'_, str>) -> Shown {
    if text.chars().all(char::is_whitespace) { Shown::Blank } else { Shown::Text(text.into_owned()) }
}

/// CRLF, CR and Office's escape for CR become one `\n`.
fn line_breaks(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'\r' | b'_')) {
        return text.into();
    }
    text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n").into()
}

/// The code of a built-in number format in Japanese Excel, where it differs from what workbooks of other
/// languages mean by the same number.
pub(super) fn japanese_built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        _ => return None,
    })
}

/// The code of any built-in number format (of those that Excel 97–2003 leaves out of the file).
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    japanese_built_in(id).or(match id {
        0 => Some("General"),
        1 => Some("0"),
        2 => Some("0.00"),
        3 => Some("#,##0"),
        4 => Some("#,##0.00"),
        9 => Some("0%"),
        10 => Some("0.00%"),
        15 => Some("d-mmm-yy"),
        16 => Some("d-mmm"),
        17 => Some("mmm-yy"),
        18 => Some("h:mm AM/PM"),
        19 => Some("h:mm:ss AM/PM"),
        20 => Some("h:mm"),
        21 => Some("h:mm:ss"),
        37 | 38 => Some("#,##0;-#,##0"),
        39 | 40 => Some("#,##0.00;-#,##0.00"),
        41 | 42 => Some("#,##0;-#,##0;\"-\""),
        43 | 44 => Some("#,##0.00;-#,##0.00;\"-\""),
        45 | 47 => Some("mm:ss"),
        46 => Some("[h]:mm:ss"),
        49 => Some("@"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::date::JAPANESE;
    use super::*;
    use calamine::CellErrorType;

    #[test]
    fn stored_values_show_their_text() {
        let check = |data: Data, code: &str, text: &str| {
            let format = NumberFormat::new(code);
            let look = CellStyle { format: Some(&format), ..CellStyle::of(None, JAPANESE) };
            let shown = match shown(&data, look) {
                Shown::Text(shown) | Shown::Number(shown, _) | Shown::Date(shown) => shown,
                other => panic!("{other:?}"),
            };
            assert_eq!(shown, text);
        };
        check(Data::String("一\r\n二\r三_x000D_四_x000D_\n五".into()), "General", "一\n二\n三\n四\n五");
        check(Data::String("a_b".into()), "General", "a_b");
        check(Data::Float(0.71), "0.0%", "71.0%");
        check(Data::Float(-3.0), "0;\"  △\"0", "△3");
        check(Data::Int(1073), "#,##0", "1,073");
        check(Data::Int(123_456_789_012), "General", "123456789012");
        check(Data::Bool(true), "General", "TRUE");
        check(Data::DateTimeIso("2020-04-01".into()), "General", "2020/4/1");
    }

    #[test]
    fn white_space_shows_nothing_and_errors_stay_errors() {
        let look = CellStyle::of(None, JAPANESE);
        assert_eq!(shown(&Data::String("\u{3000} \n".into()), look), Shown::Blank);
        assert_eq!(shown(&Data::Error(CellErrorType::Ref), look), Shown::Error("#REF!".into()));
    }
}
