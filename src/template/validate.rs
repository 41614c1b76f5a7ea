//! What a template must not say: names used twice, pages on which nothing fits.

use super::page::PageSpec;
use super::spec::{FieldKind, FieldSpec, Template};
use crate::finding::{Message, message};
use crate::model::Limits;
use std::collections::BTreeMap;

/// Body lines that a page must hold below its title.
const FEWEST_LINES: i32 = 8;

/// Refuses what could only print garbage or count wrongly.
pub(super) fn validate(template: &Template) -> Result<(), Message> {
    unique_keys(template)?;
    template.fields.iter().try_for_each(unique_words)?;
    if template.document.title.trim().is_empty() {
        return Err(message("「document.title」が空です", "`document.title` is empty"));
    }
    limits(&template.limits)?;
    columns(template)?;
    years(template)?;
    page(&template.page, title_lines(template))
}

/// Lines above the table as wide as the page allows: their height is measured when the page is laid out.
fn title_lines(template: &Template) -> i32 {
    let document = &template.document;
    i32::try_from(document.subtitle.len() + document.byline.len()).unwrap_or(i32::MAX)
}

/// Two fields of one name would be one column in the CSV; other systems want its names in ASCII.
fn unique_keys(template: &Template) -> Result<(), Message> {
    let derived = template.derived_columns();
    for field in template.all_fields() {
        let key = template.field(field).key.as_str();
        if derived.iter().any(|(name, _)| name == key)
            || !key.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
        {
            return Err(message(
                format!(
                    "項目のキー「{key}」は使えません。半角の英小文字・数字・_ で、CSVの列名と重ならない名前にしてください"
                ),
                format!(
                    "the field key `{key}` cannot be used: lower-case ASCII letters, digits and _, and no column of the CSV"
                ),
            ));
        }
    }
    let mut seen = Vec::new();
    for field in template.all_fields() {
        let key = &template.field(field).key;
        if key.is_empty() {
            return Err(message(
                "groups または fields に、空の key があります。名前を付けてください",
                "a `key` in `groups` or `fields` is empty; choose a name",
            ));
        }
        if seen.contains(&key) {
            return Err(message(
                format!("項目のキー「{key}」が二度使われています。一方を別の名前にしてください"),
                format!("the field key `{key}` is used twice; choose another name"),
            ));
        }
        seen.push(key);
    }
    Ok(())
}

/// A word that stands for two choices of a field would decide nothing, and equal labels could not be counted.
fn unique_words(spec: &FieldSpec) -> Result<(), Message> {
    let key = &spec.key;
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    let mut codes: Vec<&str> = Vec::new();
    for (index, choice) in spec.choices.iter().enumerate() {
        for word in choice.words() {
            if word.trim().is_empty() {
                let code = &choice.code;
                return Err(message(
                    format!("項目「{key}」の区分「{code}」の label・print・aliases に、空の語があります"),
                    format!("field `{key}`: a word of the choice `{code}` is empty (label, print, aliases)"),
                ));
            }
            if owners.insert(word, index).is_some_and(|owner| owner != index) {
                return Err(message(
                    format!(
                        "項目「{key}」の二つの区分に、同じ語「{word}」が使われています（choices の label・print・aliases）"
                    ),
                    format!(
                        "field `{key}`: the word `{word}` stands for two choices (label, print, aliases)"
                    ),
                ));
            }
        }
        if choice.code.trim().is_empty() {
            return Err(message(
                format!("項目「{key}」の区分「{}」の code が空です", choice.label),
                format!("field `{key}`: the code of the choice `{}` is empty", choice.label),
            ));
        }
        if codes.contains(&choice.code.as_str()) {
            let code = &choice.code;
            return Err(message(
                format!("項目「{key}」の区分の code「{code}」が二度使われています"),
                format!("field `{key}`: the code `{code}` of a choice is used twice"),
            ));
        }
        codes.push(&choice.code);
    }
    Ok(())
}

/// A limit of nothing would refuse every file.
fn limits(limits: &Limits) -> Result<(), Message> {
    match limits.first_unusable() {
        None => Ok(()),
        Some((key, value, least, most)) => Err(message(
            format!("「input.limits.{key}」の値 {value} は使えません（{least}以上{most}以下）"),
            format!("`input.limits.{key}` = {value} is out of range ({least} to {most})"),
        )),
    }
}

/// Each column shows something, and nothing is shown in two of them.
fn columns(template: &Template) -> Result<(), Message> {
    let mut shown = Vec::new();
    if !template.field(template.name()).is_published {
        let key = &template.field(template.name()).key;
        return Err(message(
            format!("項目「{key}」は一覧の各行の名前のため、publish = false にできません"),
            format!("the field `{key}` names the rows of the list: it cannot have `publish = false`"),
        ));
    }
    for column in &template.columns {
        let title = &column.title;
        let withheld = column.fields.iter().find(|&&field| !template.field(field).is_published);
        if let Some(&withheld) = withheld {
            let key = &template.field(withheld).key;
            return Err(message(
                format!("列「{title}」の項目「{key}」は publish = false のため、印刷できません"),
                format!("column `{title}` prints the field `{key}`, which has `publish = false`"),
            ));
        }
        if column.fields.is_empty() {
            return Err(message(
                format!("列「{title}」の fields が空です"),
                format!("column `{title}`: `fields` is empty"),
            ));
        }
        for &field in &column.fields {
            let place = (field, column.time == super::TimePlace::Only);
            if shown.contains(&place) {
                let key = &template.field(field).key;
                return Err(message(
                    format!("項目「{key}」が二つの列にあります。二つ目の列は「{title}」です"),
                    format!("the field `{key}` stands in two columns, the second being `{title}`"),
                ));
            }
            shown.push(place);
        }
    }
    let width = template.page.size().0 - template.page.margin_left - template.page.margin_right;
    let padding = 2 * i64::from(template.page.padding_x);
    let count = i64::try_from(template.columns.len()).unwrap_or(i64::MAX);
    let area = i64::from(width) - count * padding;
    let shares: i64 = template.columns.iter().map(|column| i64::from(column.width)).sum();
    for column in &template.columns {
        // In every column, one full-width character must fit on a line.
        if area <= 0 || area * i64::from(column.width) / shares.max(1) < i64::from(template.page.font_size) {
            return Err(message(
                format!(
                    "列「{}」に文字が1字も入りません。width を大きくするか、余白・padding_x_pt・font_size_pt を小さくしてください",
                    column.title
                ),
                format!(
                    "not one character fits into column `{}`; widen it, or reduce the margins, `padding_x_pt` or `font_size_pt`",
                    column.title
                ),
            ));
        }
    }
    Ok(())
}

fn years(template: &Template) -> Result<(), Message> {
    for field in template.all_fields() {
        let spec = template.field(field);
        let timed = !spec.time_words.is_empty() || spec.horizon.is_some() || spec.year.is_some();
        let measured = spec.unit.is_some() || spec.period.is_some();
        if spec.kind != FieldKind::Value && (timed || measured) {
            let key = &spec.key;
            return Err(message(
                format!(
                    "項目「{key}」は文字の項目のため、time_words・horizon・year・unit・period は使えません"
                ),
                format!(
                    "the field `{key}` holds text: `time_words`, `horizon`, `year`, `unit` and `period` do not apply"
                ),
            ));
        }
        for (name, year) in [("horizon", spec.horizon), ("year", spec.year)] {
            if let Some(year) = year.filter(|year| !(1868..=2200).contains(&year.0)) {
                return Err(message(
                    format!(
                        "項目「{}」の {name} には、西暦の年度を書きます（{} は使えません）",
                        spec.key, year.0
                    ),
                    format!(
                        "field `{}`: {name} = {} is no fiscal year of the Gregorian calendar",
                        spec.key, year.0
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// Whole millimetres of thousandths of a point.
fn millimetres(length: i32) -> i64 {
    i64::from(length) * 254 / 720_000
}

fn page(page: &PageSpec, title_lines: i32) -> Result<(), Message> {
    let (width, height) = page.size();
    let (width, height) =
        (width - page.margin_left - page.margin_right, height - page.margin_top - page.margin_bottom);
    let line = page.line_height.saturating_add(page.padding_y.saturating_mul(2));
    let least = page
        .title_size
        .saturating_mul(title_lines.saturating_add(2))
        .saturating_add(line.max(page.row_height).saturating_mul(FEWEST_LINES));
    if page.title_size > width / 10 {
        let (size, most) = (page.title_size / 1000, width / 10_000);
        return Err(message(
            format!(
                "「page.title_size_pt」（{size}）が大きすぎます。この用紙と余白では{most}以下にしてください"
            ),
            format!(
                "`page.title_size_pt` ({size}) is too large: with this paper and these margins, {most} at most"
            ),
        ));
    }
    if least > height {
        let rows = page.row_height > line;
        let keys = if rows { "row_height_pt" } else { "font_size_pt・line_height・padding_y_pt" };
        let (found, needed) = (millimetres(height), millimetres(least));
        return Err(message(
            format!(
                "題名と{FEWEST_LINES}行を印刷する高さ（{needed}mm）が、余白の間（{found}mm）にありません。page の {keys} か、上下の余白（margin_top_mm・margin_bottom_mm）を小さくしてください"
            ),
            format!(
                "the title and {FEWEST_LINES} rows need {needed} mm, and there are {found} mm between the margins; reduce `{}`, `margin_top_mm` or `margin_bottom_mm` (`page`)",
                keys.replace('・', "`, `")
            ),
        ));
    }
    if !page.header.is_empty() && page.margin_top < page.line_height {
        return Err(message(
            "上の余白にヘッダー（page の header）が入りません（margin_top_mm）",
            "the running header does not fit into the top margin (`page`: `margin_top_mm`, `header`)",
        ));
    }
    if !page.footer.is_empty() && page.margin_bottom < page.font_size {
        return Err(message(
            "下の余白にページ番号が入りません（page の margin_bottom_mm と footer）",
            "the page number does not fit into the bottom margin (`page`: `margin_bottom_mm`, `footer`)",
        ));
    }
    Ok(())
}
