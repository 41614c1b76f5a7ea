//! The values in long form: one record a part of a value.

use super::codes::{CHANGE, QUANTITY_KIND, ROLE, STATUS, TIME_KIND, TIME_ROLE};
use super::table::{Column, DataRow, Datum, Kind, Reference, Table};
use super::{FISCAL_YEAR, list, source};
use crate::emit::Artifact;
use crate::model::{self, Change, Dataset, Field, Over, Part, Period, Record, Status, Value};
use crate::template::{FieldKind, Template};

/// A value, with the row that has it and what it is there.
#[derive(Clone, Copy)]
pub(super) struct Valued<'a> {
    pub(super) number: usize,
    pub(super) role: &'a str,
    /// Which point of its series it is, from 1; 1 of a field that is none.
    pub(super) point: usize,
    pub(super) value: &'a Value,
}

/// A part of a value; none of a value that states nothing but notes.
struct Seen<'a> {
    of: Valued<'a>,
    place: usize,
    part: Option<&'a Part>,
}

/// A column with what it takes from a part.
type Taking<'a> = (Column, fn(&Seen<'a>) -> Datum<'a>);

/// All values, by row and field.
pub(super) fn all<'a>(template: &'a Template, list: &'a Dataset) -> impl Iterator<Item = Valued<'a>> {
    let is_value = |field: &Field| template.field(*field).kind == FieldKind::Value;
    let fields: Vec<(Field, usize)> =
        template.published().filter(is_value).map(|field| (field, point(template, field))).collect();
    list.rows.iter().zip(1..).flat_map(move |(row, number): (&'a Record, usize)| {
        let of = |&(field, point): &(Field, usize)| {
            let value = row.value(field)?;
            Some(Valued { number, role: template.field(field).data_key(), point, value })
        };
        fields.iter().filter_map(of).collect::<Vec<_>>()
    })
}

/// Which point of its series a field is, from 1.
fn point(template: &Template, field: Field) -> usize {
    let Some(series) = &template.field(field).series else { return 1 };
    let is_of_series =
        |it: &Field| template.field(*it).series.as_ref().is_some_and(|it| it.key == series.key);
    template.entries().take_while(|it| *it != field).filter(is_of_series).count() + 1
}

/// The values of a list.
pub(super) fn table<'a>(template: &'a Template, list: &'a Dataset) -> Table<'a> {
    let columns = columns(template);
    let record = |seen: Seen<'a>| DataRow {
        origin: Some(&seen.of.value.origin),
        data: columns.iter().map(|(_, take)| take(&seen)).collect(),
    };
    let parts = |of: Valued<'a>| {
        let part = move |(part, place)| Seen { of, place, part: Some(part) };
        let nothing = of.value.parts.is_empty().then_some(Seen { of, place: 1, part: None });
        of.value.parts.iter().zip(1..).map(part).chain(nothing)
    };
    Table {
        format: Artifact::Values,
        name: "values",
        title: "値の一覧".into(),
        description: "1件が、一つの値の一つの内訳（「10施設・定員32名」は2件）".into(),
        key: &["row_id", "role", "point", "part"],
        records: all(template, list).flat_map(parts).map(record).collect(),
        columns: columns.into_iter().map(|(column, _)| column).collect(),
    }
}

/// The columns; where values are computed, some have no cell of their own.
fn columns<'a>(template: &Template) -> Vec<Taking<'a>> {
    let is_computed = template.fields.iter().any(|field| field.compute.is_some());
    let mut columns: Vec<Taking<'a>> = of_value(template);
    columns.extend(of_part());
    columns.extend(of_change());
    columns.extend(of_time());
    let raw = Column::new("raw_text", "原文", Kind::Text, "調査票のセルの原文（改行だけは空白1字）");
    columns.push((
        if is_computed {
            raw.as_written().blank("記入なし（計算した値）")
        } else {
            raw.filled().as_written()
        },
        |it| Datum::text(Some(&it.of.value.raw)),
    ));
    let takes: [fn(&Seen<'a>) -> Datum<'a>; 3] = [
        |it| source::file(&it.of.value.origin),
        |it| source::sheet(&it.of.value.origin),
        |it| source::cell(&it.of.value.origin),
    ];
    columns.extend(source::columns().into_iter().zip(takes));
    columns
}

/// The columns that say which value it is.
pub(super) fn key_columns(template: &Template) -> [Column; 2] {
    let definition = format!("{}の行番号", list::title(template));
    let row = Column::new("row_id", "行番号", Kind::Integer, definition).filled();
    let role = Column::new("role", "値の役割", Kind::Text, "現状値・目標値などの別").filled();
    [Column { refers: Some(Reference::Row(list::name(template))), ..row }, role.codes(ROLE)]
}

fn of_value<'a>(template: &Template) -> Vec<Taking<'a>> {
    let [row, role] = key_columns(template);
    vec![
        (row, |it| Datum::count(it.of.number)),
        (role, |it| Datum::text(Some(it.of.role))),
        (
            Column::new(
                "point",
                "時点の番号",
                Kind::Integer,
                "いくつもの時点の値がある役割での順番（1から）",
            )
            .filled(),
            |it| Datum::count(it.of.point),
        ),
        (
            Column::new("status", "値の性質", Kind::Text, "基準・実績・速報・見込・目標・参考の別")
                .codes(STATUS)
                .blank("性質の記載なし"),
            |it| Datum::text(it.of.value.status.map(Status::id)),
        ),
        (
            Column::new("part", "内訳の番号", Kind::Integer, "値の中での順番（1から）").filled(),
            |it| Datum::count(it.place),
        ),
    ]
}

fn of_part<'a>() -> Vec<Taking<'a>> {
    let text = |name, label, definition| Column::new(name, label, Kind::Text, definition);
    let number = |name, label, definition| {
        Column::new(name, label, Kind::Number, definition).blank("この種類の数量にはない（0ではない）")
    };
    vec![
        (
            text("part_label", "内訳の名称", "「定員32名」の「定員」").blank("名称なし"),
            |it| Datum::text(it.part.and_then(|part| part.label.as_deref())),
        ),
        (
            text("kind", "数量の種類", "数値・範囲・限度・文言の別")
                .codes(QUANTITY_KIND)
                .blank("値が注記だけ"),
            |it| Datum::text(it.part.map(|part| part.quantity.kind().id())),
        ),
        (
            number("amount", "数値", "数値、または「以上」などの限度の数値。単位は unit の列"),
            |it| Datum::number(it.part.and_then(|part| part.quantity.figure())),
        ),
        (
            number(
                "lower",
                "下限",
                "数量の下限。下限を含むかどうかは kind の列による。一つの数値では、その数値",
            ),
            |it| Datum::number(it.part.and_then(|part| part.quantity.bounds().0)),
        ),
        (
            number(
                "upper",
                "上限",
                "数量の上限。上限を含むかどうかは kind の列による。一つの数値では、その数値",
            ),
            |it| Datum::number(it.part.and_then(|part| part.quantity.bounds().1)),
        ),
        (text("unit", "単位", "数量の単位").blank("単位の記載なし"), |it| {
            Datum::text(it.part.and_then(|part| part.unit.as_deref()))
        }),
        (
            text("per", "単位の分母", "「4件／年」の「年」").blank("分母の記載なし"),
            |it| Datum::text(it.part.and_then(|part| part.per.as_deref())),
        ),
        (
            text("words", "文言", "数値でなく文言で述べた値（拡充、全施設達成など）")
                .blank("文言ではない")
                .as_written(),
            |it| Datum::text(it.part.and_then(|part| part.quantity.words())),
        ),
    ]
}

/// What a figure is when it is no plain level: a part of a whole, a change, a step, a sum.
fn of_change<'a>() -> Vec<Taking<'a>> {
    let text = |name, label, definition| Column::new(name, label, Kind::Text, definition);
    vec![
        (
            Column::new("whole", "全体の数", Kind::Number, "「79局中75局」の79。このとき amount は75")
                .blank("全体の記載なし"),
            |it| Datum::number(it.part.and_then(|part| part.of)),
        ),
        (
            text("change", "増減", "「30％削減」のように、数が増減の幅であるときの向き")
                .codes(CHANGE)
                .blank("増減の幅ではない（水準の値）"),
            |it| Datum::text(it.part.and_then(|part| part.change).map(Change::id)),
        ),
        (
            text("reference_text", "比較の対象", "「2013年度比」「前年度比」の文言")
                .blank("比較の記載なし")
                .as_written(),
            |it| {
                Datum::text(it.part.and_then(|part| part.reference.as_ref()).map(
                    |reference| match reference {
                        model::Reference::Time(words, _) | model::Reference::Words(words) => words.as_str(),
                    },
                ))
            },
        ),
        (
            Column::new("from_amount", "変更前の数値", Kind::Number, "「0人から15人へ」の0")
                .blank("変更前の記載なし"),
            |it| Datum::number(it.part.and_then(|part| part.from.as_ref()).map(|from| from.quantity)),
        ),
        (
            text("over", "合計の期間", "「4年間累計」の4年、または期間の文言")
                .blank("期間の合計ではない")
                .as_written(),
            |it| {
                Datum::text(it.part.and_then(|part| part.over.as_ref()).map(|over| match over {
                    Over::Length(words) | Over::Times(words, _) => words.as_str(),
                }))
            },
        ),
    ]
}

fn of_time<'a>() -> Vec<Taking<'a>> {
    let column = |name, label, kind, definition| {
        Column::new(name, label, kind, definition).blank("年度・時点の記載なし、または不明")
    };
    vec![
        (
            column("time_text", "時点の文言", Kind::Text, "値が何年度・いつのものかの文言（統一した表記）")
                .as_written(),
            |it| {
                let origin = it.of.value.time.as_ref().map_or(&it.of.value.origin, |time| &time.origin);
                Datum::stated(stated(it).map(|(words, _)| (words, origin)))
            },
        ),
        (
            column(
                "time_kind",
                "時点の種類",
                Kind::Text,
                "年度・年・月・日の別。年度か年かの記載がないものは bare_year",
            )
            .codes(TIME_KIND),
            |it| period(it).map_or(Datum::Blank, |time| Datum::text(Some(time.kind().id()))),
        ),
        (
            column("time_role", "時点の役割", Kind::Text, "その時点・まで・から・期間の別").codes(TIME_ROLE),
            |it| {
                period(it).map_or(Datum::Blank, |time| {
                    Datum::text(Some(match time {
                        Period::At(_) => "at",
                        Period::By(_) => "by",
                        Period::From(_) => "from",
                        Period::Span(..) => "span",
                    }))
                })
            },
        ),
        (column("fiscal_year", "年度（西暦）", Kind::Integer, FISCAL_YEAR).unit("年度"), |it| {
            period(it).map_or(Datum::Blank, |time| Datum::Integer(time.fiscal_year().0.into()))
        }),
        (
            column(
                "date_from",
                "期間の初日",
                Kind::Date,
                "年度・年・月・日の初日。年度か年かの記載がないものは空欄",
            ),
            |it| period(it).and_then(|time| time.days().0).map_or(Datum::Blank, Datum::Date),
        ),
        (
            column(
                "date_to",
                "期間の末日",
                Kind::Date,
                "年度・年・月・日の末日。年度か年かの記載がないものは空欄",
            ),
            |it| period(it).and_then(|time| time.days().1).map_or(Datum::Blank, Datum::Date),
        ),
    ]
}

/// The part's own time, or the value's.
fn stated<'a>(it: &Seen<'a>) -> Option<(&'a String, Option<Period>)> {
    let own = it.part.and_then(|part| part.time.as_ref()).map(|(words, period)| (words, Some(*period)));
    own.or_else(|| it.of.value.time.as_ref().map(|time| (&time.text, time.time)))
}

fn period(it: &Seen<'_>) -> Option<Period> {
    stated(it)?.1
}
