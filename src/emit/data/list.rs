//! The list itself: one record an indicator, or whatever it is a list of.
//!
//! Columns, left to right:
//! 1. the list in the document's notation: the groups, then the fields as the template declares them, each by its key;
//!    a value with its time beside it, on the side where the list prints it; a series stands in the table of values alone;
//! 2. the same as data: for each value the columns of [`Measure`], read from its first part; the codes of groups and
//!    choices; the words of texts in which characters that depend on the platform are spelled out in 1;
//! 3. what the record is: its number, the local government, the source.

use super::codes::{Codes, QUANTITY_KIND};
use super::table::{Column, DataRow, Datum, Kind, Table};
use super::{FISCAL_YEAR, source};
use crate::emit::Artifact;
use crate::japanese::era::{parse_day_cell, parse_time_cell};
use crate::model::{Dataset, Field, Part, Record, Role, TimeKind, Value, is_platform_dependent};
use crate::template::{
    self, Choice, Direction, FieldKind, ID_COLUMN, Measure, Operation, Template, TimePlace,
};

/// A column with the field that it is for and what it takes from a row.
type Taking<'a> = (Column, Field, Take<'a>);
type Take<'a> = fn(&Row<'a, '_>, Field) -> Datum<'a>;

/// What a record is made of.
pub(super) struct Row<'a, 'c> {
    number: usize,
    record: &'a Record,
    template: &'a Template,
    codes: &'c Codes<'a>,
}

/// The name of the list's table.
pub(super) fn name(template: &Template) -> &'static str {
    if template.document.record.ends_with("指標") { "indicators" } else { "records" }
}

/// What the list is called, in the words of its template.
pub(super) fn title(template: &Template) -> String {
    match template.document.record.as_str() {
        "" => "一覧".to_owned(),
        record => format!("{record}の一覧"),
    }
}

/// The list of a document.
pub(super) fn table<'a>(template: &'a Template, list: &'a Dataset, codes: &Codes<'a>) -> Table<'a> {
    let columns = columns(template);
    let record = |(row, number): (&'a Record, usize)| {
        let seen = Row { number, record: row, template, codes };
        DataRow {
            origin: Some(&row.origin),
            data: columns.iter().map(|(_, field, take)| take(&seen, *field)).collect(),
        }
    };
    Table {
        format: Artifact::Csv,
        name: name(template),
        title: title(template).into(),
        description: match template.document.record.as_str() {
            "" => "1件が一覧の1行".into(),
            record => format!("1件が一つの{record}").into(),
        },
        key: &["row_id"],
        records: list.rows.iter().zip(1..).map(record).collect(),
        columns: columns.into_iter().map(|(column, ..)| column).collect(),
    }
}

fn columns<'a>(template: &'a Template) -> Vec<Taking<'a>> {
    let groups = (0..template.groups.len()).map(Field::Group);
    let mut columns: Vec<Taking<'a>> = groups.clone().map(|group| text(template, group)).collect();
    for field in template.entries().filter(|&field| template.field(field).is_published) {
        match template.field(field).kind {
            FieldKind::Value if is_of_series(template, field) => {}
            FieldKind::Text => columns.push(text(template, field)),
            FieldKind::Choice => columns.push(choice(template, field)),
            FieldKind::Value if prints_time_first(template, field) => {
                columns.extend([time(template, field), value(template, field)]);
            }
            FieldKind::Value => columns.extend([value(template, field), time(template, field)]),
        }
    }
    let values = template.published_of(FieldKind::Value).filter(|&field| !is_of_series(template, field));
    columns.extend(values.flat_map(|field| measures(template, field)));
    columns
        .extend(groups.map(|group| {
            code(template, group, |at, field| at.codes.of_group(at.template, at.number, field))
        }));
    columns.extend(template.published_of(FieldKind::Choice).map(|field| {
        code(template, field, |at, field| Datum::text(chosen(at, field).map(|it| it.code.as_str())))
    }));
    columns.extend(template.published().filter_map(|field| day_or_year(template, field)));
    let worded = template.published();
    columns.extend(worded.filter(|field| template.has_words(*field)).map(|field| words(template, field)));
    columns.extend(of_rows(template));
    columns
}

fn text<'a>(template: &Template, field: Field) -> Taking<'a> {
    let spec = template.field(field);
    let label = template.label(field);
    let column = match template.time_name(field) {
        None => Column::new(&spec.key, &label, Kind::Text, format!("{label}（統一した表記）")),
        Some(read) => {
            let definition =
                format!("{label}の文言（統一した表記）。読み取った日付や年度は {read} の列にある");
            Column::new(&spec.key, &label, Kind::Text, definition).as_written()
        }
    };
    let column = match spec.role {
        Some(Role::Name) => column.filled(),
        Some(Role::Reason) => column.blank("理由の記載なし"),
        _ => column,
    };
    (column, field, stated)
}

fn value<'a>(template: &Template, field: Field) -> Taking<'a> {
    let label = template.label(field);
    let definition = format!(
        "{label}の文言（統一した表記、年度を除く）。数値は {} などの列と values の表にある",
        template.measure_name(field, Measure::Amount)
    );
    let column = Column::new(&template.field(field).key, &label, Kind::Text, definition)
        .blank("値なし（0ではない）")
        .as_written();
    let take: Take = |at, field| {
        let value = at.record.value(field);
        // Without its unit, the text would say less than the form did.
        let stated = value.filter(|it| !it.text.is_empty());
        stated.map_or(Datum::Blank, |it| Datum::Stated(it.text_with_unit().into(), &it.origin))
    };
    (column, field, take)
}

fn time<'a>(template: &Template, field: Field) -> Taking<'a> {
    let label = template.label(field);
    let definition = format!("{label}が何年度・いつのものかの文言（統一した表記）");
    let column = Column::new(template.at_name(field), format!("{label}の年度"), Kind::Text, definition)
        .blank("年度の記載なし")
        .as_written();
    let take: Take = |at, field| {
        let time = at.record.value(field).and_then(|value| value.time.as_ref());
        Datum::stated(time.map(|it| (&it.text, &it.origin)))
    };
    (column, field, take)
}

/// Whether a field is a point of a series: columns that differ in their times alone are rows of the table of values.
fn is_of_series(template: &Template, field: Field) -> bool {
    template.field(field).series.is_some()
}

/// Whether the list prints the time of a value before it.
fn prints_time_first(template: &Template, field: Field) -> bool {
    let before =
        |column: &template::Column| column.time == TimePlace::Before && column.fields.contains(&field);
    template.columns.iter().any(before)
}

fn choice<'a>(template: &Template, field: Field) -> Taking<'a> {
    let label = template.label(field);
    let spec = template.field(field);
    let column = Column::new(&spec.key, &label, Kind::Text, format!("{label}の名称"));
    (if spec.required { column.filled() } else { column }, field, choice_label)
}

fn code<'a>(template: &Template, field: Field, take: Take<'a>) -> Taking<'a> {
    let label = template.label(field);
    let column = Column::new(
        template.code_name(field),
        format!("{label}のコード"),
        Kind::Text,
        format!("{label}のコード。codes の表にある"),
    )
    .codes(&template.field(field).key);
    (column, field, take)
}

/// The day or the year that a text states.
fn day_or_year<'a>(template: &Template, field: Field) -> Option<Taking<'a>> {
    let (name, label) = (template.time_name(field)?, template.label(field));
    Some(if template.field(field).holds == template::Kind::Year {
        let column =
            Column::new(name, format!("{label}（西暦）"), Kind::Integer, format!("{label}の年度、または年"));
        let take: Take = |at, field| {
            let text = at.record.text(field).map(|text| text.text.as_str());
            let time = text.and_then(|text| parse_time_cell(text, &at.template.eras));
            time.map_or(Datum::Blank, |time| Datum::Integer(time.fiscal_year().0.into()))
        };
        (column.unit("年度").blank("記載なし、または年度として読み取れない"), field, take)
    } else {
        let column = Column::new(name, format!("{label}（日付）"), Kind::Date, format!("{label}の日付"));
        let take: Take = |at, field| {
            let text = at.record.text(field).map(|text| text.text.as_str());
            let time = text.and_then(|text| parse_day_cell(text, &at.template.eras));
            let day = time.filter(|time| time.kind() == TimeKind::Date).map(|time| time.days().0);
            day.map_or(Datum::Blank, Datum::Date)
        };
        (column.blank("記載なし、または日まで記載されていない"), field, take)
    })
}

/// The words of a field whose own column has them in other characters.
fn words<'a>(template: &Template, field: Field) -> Taking<'a> {
    let own = template.field(field).key.as_str();
    let column = Column::new(
        template.words_name(field),
        format!("{}の文言", template.label(field)),
        Kind::Text,
        format!("{own} で機種依存文字を書き換える前の文言（統一した表記）"),
    );
    let column = column.blank("書き換えなし（定義にある列のとおり）").as_written();
    (column, field, |at, field| {
        let datum = match field {
            Field::Entry(_) if at.record.choice(field).is_some() => choice_label(at, field),
            _ => stated(at, field),
        };
        let is_changed =
            matches!(&datum, Datum::Text(it) | Datum::Stated(it, _) if it.contains(is_platform_dependent));
        if is_changed { datum } else { Datum::Blank }
    })
}

fn stated<'a>(at: &Row<'a, '_>, field: Field) -> Datum<'a> {
    Datum::stated(at.record.text(field).map(|it| (&it.text, &it.origin)))
}

/// What the row chose in a field.
fn chosen<'a>(at: &Row<'a, '_>, field: Field) -> Option<&'a Choice> {
    Some(at.template.choice(field, at.record.choice(field)?.id))
}

fn choice_label<'a>(at: &Row<'a, '_>, field: Field) -> Datum<'a> {
    Datum::text(chosen(at, field).map(|it| it.label.as_str()))
}

/// The columns of each [`Measure`].
fn measures<'a>(template: &Template, field: Field) -> [Taking<'a>; Measure::ALL.len()] {
    Measure::ALL.map(|measure| {
        let of = template.label(field);
        let column = |what: &str, kind, definition: &str| {
            Column::new(template.measure_name(field, measure), format!("{of}の{what}"), kind, definition)
        };
        let (column, take): (Column, Take) = match measure {
            Measure::FiscalYear => (
                column("年度（西暦）", Kind::Integer, FISCAL_YEAR).unit("年度").blank("年度の記載なし"),
                |at, field| at.record.value(field).map_or(Datum::Blank, fiscal_year),
            ),
            Measure::Kind => (
                column("種類", Kind::Text, &format!("数値・範囲・文言の別。{OF_FIRST}")).codes(QUANTITY_KIND),
                |at, field| Datum::text(first(at, field).map(|part| part.quantity.kind().id())),
            ),
            Measure::Amount => (
                column("数値", Kind::Number, &amount(template, field))
                    .blank("値なし、または範囲か文言（0ではない）"),
                |at, field| Datum::number(first(at, field).and_then(|part| part.quantity.figure())),
            ),
            Measure::Unit => {
                (column("単位", Kind::Text, OF_FIRST).blank("単位の記載なし"), |at, field| {
                    Datum::text(first(at, field).and_then(|part| part.unit.as_deref()))
                })
            }
            Measure::Per => (
                column("単位の分母", Kind::Text, "「4件／年」の「年」").blank("分母の記載なし"),
                |at, field| Datum::text(first(at, field).and_then(|part| part.per.as_deref())),
            ),
            Measure::Parts => (
                column("内訳の数", Kind::Integer, "2以上のとき、すべての内訳は values の表にある")
                    .unit("個")
                    .blank("値なし"),
                |at, field| at.record.value(field).map_or(Datum::Blank, |it| Datum::count(it.parts.len())),
            ),
        };
        (column, field, take)
    })
}

/// What the figure of a field is; of a computed one, how it is computed and that it is not rounded.
fn amount(template: &Template, field: Field) -> String {
    let Some(compute) = &template.field(field).compute else {
        return format!("数値、または「以上」などの限度の数値。{OF_FIRST}");
    };
    let of: Vec<String> = compute.operation.fields().iter().map(|&field| template.label(field)).collect();
    let rule = match (&compute.operation, of.as_slice()) {
        (Operation::Ratio(_), [a, b]) if compute.direction == Direction::Down => format!("{b}÷{a}×100"),
        (Operation::Ratio(_), [a, b]) => format!("{a}÷{b}×100"),
        (Operation::Progress(_), [from, actual, to]) => format!("（{actual}－{from}）÷（{to}－{from}）×100"),
        (Operation::Difference(_), [a, b]) if compute.direction == Direction::Down => format!("{b}－{a}"),
        (Operation::Difference(_), [a, b]) => format!("{a}－{b}"),
        (Operation::Change(_), [a, b]) if compute.direction == Direction::Down => {
            format!("（{b}－{a}）÷{b}×100")
        }
        (Operation::Change(_), [a, b]) => format!("（{a}－{b}）÷{b}×100"),
        (Operation::Points(..), [of]) => format!("{of}に応じた点"),
        (Operation::Share(_), [of]) => format!("{of}÷一覧の{of}の合計×100"),
        _ => of.join("＋"),
    };
    let turned = match compute.direction {
        Direction::Auto(_) if !matches!(compute.operation, Operation::Progress(_)) => {
            "。目標値が基準値より小さい行では、減るほど大きくなるように入れ替えて計算"
        }
        _ => "",
    };
    let elapsed =
        compute.elapsed.map(|[over, all]| format!("、それを経過した年数の割合（{over}÷{all}）で割る"));
    let rule = format!("{rule}{}{turned}", elapsed.unwrap_or_default());
    format!("計算した値（{rule}）。四捨五入していない値で、一覧では四捨五入して示す")
}

/// Of what measures the first part.
const OF_FIRST: &str = "値に二つ以上の内訳があるときは、一つ目のもの";

fn first<'a>(at: &Row<'a, '_>, field: Field) -> Option<&'a Part> {
    at.record.value(field)?.parts.first()
}

fn fiscal_year(value: &Value) -> Datum<'_> {
    let time = value.time.as_ref().and_then(|time| time.time);
    time.map_or(Datum::Blank, |time| Datum::Integer(time.fiscal_year().0.into()))
}

/// The columns that belong to no field; those of the local government where the template has its code, without which a
/// name is no key to other data.
fn of_rows<'a>(template: &Template) -> Vec<Taking<'a>> {
    let number = Column::new("row_id", "行番号", Kind::Integer, "この一覧での順番（1から）").filled();
    let id = Column::new(
        ID_COLUMN,
        "識別番号",
        Kind::Text,
        "どの年の版でも変わらない、行の識別番号。版どうしをつなぐのに使う",
    );
    let mut columns: Vec<Taking<'a>> = vec![
        (number, template.name(), |at, _| Datum::count(at.number)),
        (id, template.name(), |at, _| Datum::made(at.record.id.map(|id| id.to_string()).unwrap_or_default())),
    ];
    let data = &template.open_data;
    let mut area = |name: &str, label: &str, definition: &str, known: &Option<String>, take: Take<'a>| {
        if known.is_some() && data.area_code.is_some() {
            let column = Column::new(name, label, Kind::Text, definition).filled();
            columns.push((column, template.name(), take));
        }
    };
    area(
        "area_code",
        "全国地方公共団体コード",
        "作成した団体の6桁のコード（6桁目は検査数字）",
        &data.area_code,
        |at, _| Datum::text(at.template.open_data.area_code.as_deref()),
    );
    area("prefecture", "都道府県名", "作成した団体の都道府県", &data.prefecture, |at, _| {
        Datum::text(at.template.open_data.prefecture.as_deref())
    });
    area(
        "municipality",
        "地方公共団体名",
        "作成した団体の名称",
        &data.municipality,
        |at, _| Datum::text(at.template.open_data.municipality.as_deref()),
    );
    let takes: [Take; 3] = [
        |at, _| source::file(&at.record.name().origin),
        |at, _| source::sheet(&at.record.name().origin),
        |at, _| source::cell(&at.record.name().origin),
    ];
    columns.extend(source::columns().into_iter().zip(takes).map(|(it, take)| (it, template.name(), take)));
    columns
}
