//! The dictionary: every column of every table, its own included.

use super::table::{Column, DataRow, Datum, Kind, Reference, Table};
use crate::emit::Artifact;

struct Seen<'a> {
    table: &'static str,
    column: &'a Column,
}

/// A column with what it takes from an entry.
type Taking = (Column, fn(&Seen) -> Datum<'static>);

/// The dictionary of the other tables and of itself.
pub(super) fn table<'a>(tables: &[Table<'a>]) -> Table<'a> {
    let columns = columns();
    let own: Vec<Column> = columns.iter().map(|(column, _)| column.clone()).collect();
    let others = tables.iter().flat_map(|table| table.columns.iter().map(|column| (table.name, column)));
    let record = |(table, column): (&'static str, &Column)| DataRow {
        origin: None,
        data: columns.iter().map(|(_, take)| take(&Seen { table, column })).collect(),
    };
    let records = others.chain(own.iter().map(|column| (NAME, column))).map(record).collect();
    Table {
        format: Artifact::Dictionary,
        name: NAME,
        title: "項目定義書".into(),
        description: "1件が、一つの表の一つの列".into(),
        key: &["table_name", "column_name"],
        records,
        columns: own,
    }
}

const NAME: &str = "dictionary";
/// What holds for every text is said here alone.
const NOTATION: &str = "データの書き方。文字列は、改行なし（元の改行は半角の空白1字）とし、機種依存文字を書き換える\
    （丸付き数字は(1)、単位はm2、株式会社の略号は(株)など）。「そのまま」とある列では書き換えない";

fn columns() -> Vec<Taking> {
    let text = |name, label, definition| Column::new(name, label, Kind::Text, definition);
    vec![
        (text("table_name", "表", "表の名前").filled(), |it| Datum::text(Some(it.table))),
        (text("column_name", "列名（英字）", "表の見出しにある列の名前").filled(), |it| {
            Datum::made(it.column.name.clone())
        }),
        (text("label", "列名（日本語）", "列の日本語の名前").filled(), |it| {
            Datum::made(it.column.label.clone())
        }),
        (text("data_type", "型", "データの型").filled(), |it| {
            Datum::text(Some(it.column.kind.label()))
        }),
        (
            text("unit", "単位", "数値の単位").blank("数値でないか、単位が別の列にある"),
            |it| Datum::text(Some(it.column.unit)),
        ),
        (text("definition", "定義", "列の内容").filled(), |it| {
            Datum::made(it.column.definition.clone())
        }),
        (text("notation", "書き方", NOTATION).filled(), |it| Datum::text(Some(it.column.notation()))),
        (
            text("refers_to", "参照先", "データが指す表と列、コードの種類").blank("参照なし"),
            |it| match &it.column.refers {
                None => Datum::Blank,
                Some(Reference::Row(list)) => Datum::made(format!("{list}.row_id")),
                Some(Reference::Code(list)) => Datum::made(format!("codes.code（code_list={list}）")),
            },
        ),
        (
            text("blank_means", "空欄の意味", "空のセルが意味すること").blank("空欄なし"),
            |it| Datum::text(it.column.blank),
        ),
    ]
}
