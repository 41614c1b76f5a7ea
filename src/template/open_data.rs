//! What the machine-readable format says of itself: whose it is, under which licence, in which encoding.

use crate::finding::{Message, message};
use crate::model::{CivilDate, area_check_digit};
use serde::Deserialize;

/// The template's `[open_data]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenData {
    /// 全国地方公共団体コード: six digits, the last of which checks the others.
    pub area_code: Option<String>,
    /// Name of the prefecture.
    pub prefecture: Option<String>,
    /// Official name of the local government.
    pub municipality: Option<String>,
    /// What others may do with the data. It is the publisher's to grant: nothing is granted in its name.
    pub licence: Option<Licence>,
    /// Whom to ask: an address, a section, a telephone number.
    pub contact: Option<String>,
    /// The page on which the data are published.
    pub homepage: Option<String>,
    /// Of the CSV files.
    pub encoding: Encoding,
    /// Of texts in CSV files that a spreadsheet would compute.
    pub formulas: Formulas,
    /// What changed from one publication to the next, as the template lists it.
    pub history: Vec<Change>,
}

/// The terms of use.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// Identifier (`CC-BY-4.0`).
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Where it can be read.
    pub url: String,
}

/// An entry of the update history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day of publication.
    pub date: CivilDate,
    /// What changed.
    pub text: String,
}

/// Encodings of the CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Encoding {
    /// UTF-8 with a byte order mark, which Excel needs.
    #[default]
    #[serde(rename = "utf-8-bom")]
    Utf8Bom,
    /// UTF-8 without one.
    #[serde(rename = "utf-8")]
    Utf8,
    /// What Windows calls `Shift_JIS`.
    #[serde(rename = "cp932")]
    Cp932,
}

/// What stands in CSV files for a text that a spreadsheet would take for a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formulas {
    /// The text, as it is everywhere else.
    #[default]
    Keep,
    /// The text behind an apostrophe, with which no spreadsheet computes it.
    Apostrophe,
}

impl Encoding {
    /// Its name in package descriptions.
    pub fn id(self) -> &'static str {
        match self {
            Self::Utf8Bom | Self::Utf8 => "utf-8",
            Self::Cp932 => "cp932",
        }
    }
}

/// The table in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenDataTable {
    pub(super) area_code: Option<String>,
    pub(super) prefecture: Option<String>,
    pub(super) municipality: Option<String>,
    pub(super) licence: Option<LicenceTable>,
    pub(super) contact: Option<String>,
    pub(super) homepage: Option<String>,
    pub(super) encoding: Option<Encoding>,
    pub(super) formulas: Option<Formulas>,
    #[serde(default)]
    pub(super) history: Vec<ChangeTable>,
}

/// One that is known by its name, or any other.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a known licence (CC-BY-4.0, CC0-1.0, PDL-1.0) or { name, title, url }")]
pub(super) enum LicenceTable {
    Known(KnownLicence),
    Other(Licence),
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum KnownLicence {
    #[serde(rename = "CC-BY-4.0")]
    CcBy,
    #[serde(rename = "CC0-1.0")]
    CcZero,
    #[serde(rename = "PDL-1.0")]
    Pdl,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeTable {
    pub(super) date: toml::value::Datetime,
    pub(super) text: String,
}

/// Checks the code's check digit and reads dates.
pub(super) fn resolve(table: &OpenDataTable) -> Result<OpenData, Message> {
    table.area_code.as_deref().map_or(Ok(()), check_area_code)?;
    let licence = table.licence.as_ref().map(licence);
    let addresses = [
        ("open_data.licence.url", licence.as_ref().map(|licence| licence.url.as_str())),
        ("open_data.homepage", table.homepage.as_deref()),
    ];
    for (key, address) in addresses {
        address.map_or(Ok(()), |address| check_address(key, address))?;
    }
    let change = |change: &ChangeTable| {
        let date = super::resolve::day("open_data.history.date", &change.date)?;
        Ok(Change { date, text: change.text.clone() })
    };
    Ok(OpenData {
        area_code: table.area_code.clone(),
        prefecture: table.prefecture.clone(),
        municipality: table.municipality.clone(),
        licence,
        contact: table.contact.clone(),
        homepage: table.homepage.clone(),
        encoding: table.encoding.unwrap_or_default(),
        formulas: table.formulas.unwrap_or_default(),
        history: table.history.iter().map(change).collect::<Result<_, _>>()?,
    })
}

fn licence(table: &LicenceTable) -> Licence {
    let known = match table {
        LicenceTable::Other(licence) => return licence.clone(),
        LicenceTable::Known(known) => known,
    };
    let (name, title, url) = match known {
        KnownLicence::CcBy => (
            "CC-BY-4.0",
            "クリエイティブ・コモンズ 表示 4.0 国際",
            "https://creativecommons.org/licenses/by/4.0/legalcode.ja",
        ),
        KnownLicence::CcZero => (
            "CC0-1.0",
            "クリエイティブ・コモンズ CC0 1.0 全世界",
            "https://creativecommons.org/publicdomain/zero/1.0/legalcode.ja",
        ),
        KnownLicence::Pdl => (
            "PDL-1.0",
            "公共データ利用規約（第1.0版）",
            "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
        ),
    };
    Licence { name: name.to_owned(), title: title.to_owned(), url: url.to_owned() }
}

/// Whether an address is one of the web: it becomes a link.
fn check_address(key: &str, address: &str) -> Result<(), Message> {
    if ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme)) {
        return Ok(());
    }
    Err(message(
        format!("「{key}」の値「{address}」は https:// か http:// で始まるアドレスではありません"),
        format!("`{key}` = \"{address}\" is no address that begins with https:// or http://"),
    ))
}

/// Whether a local government has such a code: six digits, of a prefecture, with the check digit.
fn check_area_code(code: &str) -> Result<(), Message> {
    let digits: Option<Vec<u32>> = code.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 6) else {
        return Err(message(
            format!(
                "「open_data.area_code」の値「{code}」は6桁の数字（全国地方公共団体コード）ではありません"
            ),
            format!("`open_data.area_code` = \"{code}\" is not a local government's code of six digits"),
        ));
    };
    let expected = area_check_digit(&digits);
    if digits[5] == expected && (1..=47).contains(&(10 * digits[0] + digits[1])) {
        return Ok(());
    }
    let five = &code[..5];
    Err(message(
        format!(
            "「open_data.area_code」の値「{code}」は全国地方公共団体コードではありません。はじめの2桁は都道府県（01～47）、6桁目は検査数字です（{five}なら{five}{expected}）"
        ),
        format!(
            "`open_data.area_code` = \"{code}\" is no local government's code: the first two digits are the prefecture (01 to 47), the sixth is a check digit ({five} has {expected})"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::check_area_code;

    #[test]
    fn area_codes_are_checked() {
        for code in ["131105", "130001", "010006", "011002", "271004", "473821"] {
            assert_eq!(check_area_code(code), Ok(()), "{code}");
        }
        for (code, said) in [
            ("131104", "13110 has 5"),
            ("113105", "11310 has"),
            ("13110", "six digits"),
            ("１３１１０５", "six digits"),
            ("", "six digits"),
            ("480002", "01 to 47"),
        ] {
            let error = check_area_code(code).expect_err(code).en;
            assert!(error.contains(said), "{code}: {error}");
        }
    }
}
