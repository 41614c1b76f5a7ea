//! The code table: every code of the other tables with its label.
//!
//! Groups have codes by their order in the list (`goal-1`, `policy-1-2`): no spreadsheet program takes them for numbers
//! or dates. Codes that departments write, of which the template has no names, are those of the records, if no two
//! records have the same.

use super::notes::NoteKind;
use super::table::{Column, DataRow, Datum, Kind, Table};
use crate::emit::Artifact;
use crate::model::{Change, Dataset, Field, QuantityKind, Record, Status, Text, TimeKind};
use crate::template::{self, Choice, FieldKind, Template};
use std::collections::BTreeMap;

/// The list of the kinds of quantities.
pub(super) const QUANTITY_KIND: &str = "quantity_kind";
/// The directions of changes.
pub(super) const CHANGE: &str = "change";
/// What a time is to a value.
pub(super) const TIME_ROLE: &str = "time_role";
/// The list of the kinds of times.
pub(super) const TIME_KIND: &str = "time_kind";
/// The list of the fields that hold values.
pub(super) const ROLE: &str = "role";
/// What values are among those of their field.
pub(super) const STATUS: &str = "status";
/// The list of the kinds of notes.
pub(super) const NOTE_KIND: &str = "note_kind";

/// All codes of a document.
pub(super) struct Codes<'a> {
    groups: Vec<Group<'a>>,
    /// For each row of the list, which group it names at each level; `None` where it names none.
    of_rows: Vec<Vec<Option<usize>>>,
    others: Vec<Line<'a>>,
    of_records: Vec<Line<'a>>,
}

/// A group of some level.
struct Group<'a> {
    level: usize,
    label: &'a Text,
    parent: Option<usize>,
    /// Its number among its parent's groups of this level, behind those of its parents: `-1-2`.
    path: String,
}

/// A line of the table.
struct Line<'a> {
    list: String,
    list_label: String,
    code: String,
    label: Datum<'a>,
    parent: Option<String>,
}

impl<'a> Codes<'a> {
    /// The codes of groups, choices and kinds.
    pub(super) fn new(template: &'a Template, list: &'a Dataset) -> Self {
        let mut groups = Vec::new();
        let mut known = Known::default();
        let of_rows = list.rows.iter().map(|row| known.groups(row, &mut groups)).collect();
        Self { groups, of_rows, others: others(template), of_records: of_records(template, list) }
    }

    /// The code of the group that the row with a number (from 1) names.
    pub(super) fn of_group<'b>(&self, template: &Template, number: usize, field: Field) -> Datum<'b> {
        let Field::Group(level) = field else { return Datum::Blank };
        let group = self.of_rows[number - 1][level].map(|index| &self.groups[index]);
        group.map_or(Datum::Blank, |group| Datum::made(group.code(template)))
    }

    /// The codes of a list that is closed: every list but the groups'.
    pub(super) fn of_list(&self, list: &str) -> impl Iterator<Item = &str> {
        self.others.iter().filter(move |code| code.list == list).map(|code| code.code.as_str())
    }

    /// The code table; the groups level by level.
    pub(super) fn table(&self, template: &'a Template) -> Table<'a> {
        let columns = columns();
        let record = |line: &Line<'a>| DataRow {
            origin: None,
            data: columns.iter().map(|(_, take)| take(line)).collect(),
        };
        let of_level = |level: usize| self.groups.iter().filter(move |group| group.level == level);
        let groups = (0..template.groups.len()).flat_map(of_level).map(|group| Line {
            list: template.groups[group.level].key.clone(),
            list_label: template.label(Field::Group(group.level)),
            code: group.code(template),
            label: Datum::stated(Some((&group.label.text, &group.label.origin))),
            parent: group.parent.map(|parent| self.groups[parent].code(template)),
        });
        let mut records: Vec<DataRow> = groups.map(|code| record(&code)).collect();
        records.extend(self.of_records.iter().chain(&self.others).map(record));
        Table {
            format: Artifact::Codes,
            name: "codes",
            title: "コード表".into(),
            description: "1件が一つのコード".into(),
            key: &["code_list", "code"],
            records,
            columns: columns.into_iter().map(|(column, _)| column).collect(),
        }
    }
}

impl Group<'_> {
    fn code(&self, template: &Template) -> String {
        format!("{}{}", template.groups[self.level].key, self.path)
    }
}

/// The groups so far, by parent, level and label, and how many each parent has at each level.
#[derive(Default)]
struct Known<'a> {
    groups: BTreeMap<(Option<usize>, usize, &'a str), usize>,
    counts: BTreeMap<(Option<usize>, usize), usize>,
}

impl<'a> Known<'a> {
    /// The groups that a row names, new ones added.
    fn groups(&mut self, row: &'a Record, groups: &mut Vec<Group<'a>>) -> Vec<Option<usize>> {
        let mut parent = None;
        let mut add = |(level, label): (usize, &'a Text)| {
            if label.text.is_empty() {
                return None;
            }
            let index = *self.groups.entry((parent, level, &label.text)).or_insert_with(|| {
                let count = self.counts.entry((parent, level)).or_default();
                *count += 1;
                let above = parent.map_or("", |parent: usize| groups[parent].path.as_str());
                let path = format!("{above}-{count}");
                groups.push(Group { level, label, parent, path });
                groups.len() - 1
            });
            parent = Some(index);
            parent
        };
        row.groups.iter().enumerate().map(|(level, label)| add((level, label))).collect()
    }
}

/// The codes of records by their names, of each field of codes that tell every record from the others.
fn of_records<'a>(template: &'a Template, list: &'a Dataset) -> Vec<Line<'a>> {
    let is_code = |field: &Field| template.field(*field).holds == template::Kind::Code;
    let of_field = |field: Field| {
        let (key, label) = (&template.field(field).key, template.label(field));
        let codes: BTreeMap<&str, &Record> = coded(list, field).collect();
        let is_key = codes.len() == coded(list, field).count();
        let line = move |(code, row): (&str, &'a Record)| Line {
            list: key.clone(),
            list_label: label.clone(),
            code: code.to_owned(),
            label: Datum::stated(Some((&row.name().text, &row.name().origin))),
            parent: None,
        };
        let lines = coded(list, field).filter(move |_| is_key).map(line);
        lines.collect::<Vec<_>>()
    };
    template.published().filter(is_code).flat_map(of_field).collect()
}

/// The records that have a code in a field.
fn coded<'a>(list: &'a Dataset, field: Field) -> impl Iterator<Item = (&'a str, &'a Record)> {
    let code = move |row: &'a Record| Some((row.text(field)?.text.as_str(), row));
    list.rows.iter().filter_map(code).filter(|(code, _)| !code.is_empty())
}

/// The codes that do not depend on the list.
fn others(template: &Template) -> Vec<Line<'_>> {
    let code = |list: &str, list_label: &str, code: &str, label: String| Line {
        list: list.to_owned(),
        list_label: list_label.to_owned(),
        code: code.to_owned(),
        label: Datum::made(label),
        parent: None,
    };
    let words = template.published_of(FieldKind::Choice).flat_map(|field| {
        let (spec, label) = (template.field(field), template.label(field));
        let line = move |word: &Choice| code(&spec.key, &label, &word.code, word.label.clone());
        spec.choices.iter().map(line)
    });
    let values = template.published_of(FieldKind::Value);
    let mut roles: Vec<Line> = Vec::new();
    for field in values {
        let spec = template.field(field);
        let of_series = spec.series.as_ref().and_then(|series| series.words.first());
        let label = of_series.cloned().unwrap_or_else(|| template.label(field));
        if !roles.iter().any(|line| line.code == spec.data_key()) {
            roles.push(code(ROLE, "値の役割", spec.data_key(), label));
        }
    }
    let quantities = QuantityKind::ALL
        .map(|kind| code(QUANTITY_KIND, "数量の種類", kind.id(), quantity_label(kind).to_owned()));
    let times =
        TimeKind::ALL.map(|kind| code(TIME_KIND, "時点の種類", kind.id(), time_label(kind).to_owned()));
    let statuses = Status::ALL.map(|status| code(STATUS, "値の性質", status.id(), status.word().to_owned()));
    let changes =
        Change::ALL.map(|change| code(CHANGE, "増減", change.id(), change_label(change).to_owned()));
    let roles_of_time =
        [("at", "その時点"), ("by", "その時点まで"), ("from", "その時点から"), ("span", "期間")]
            .map(|(id, label)| code(TIME_ROLE, "時点の役割", id, label.to_owned()));
    let notes = NoteKind::ALL.map(|kind| code(NOTE_KIND, "注記の種類", kind.id(), kind.label().to_owned()));
    words
        .chain(roles)
        .chain(statuses)
        .chain(quantities)
        .chain(changes)
        .chain(times)
        .chain(roles_of_time)
        .chain(notes)
        .collect()
}

fn quantity_label(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Exact => "数値",
        QuantityKind::Range => "範囲（両端を含むかどうかは ends_included）",
        QuantityKind::AtLeast => "以上",
        QuantityKind::AtMost => "以下",
        QuantityKind::MoreThan => "超",
        QuantityKind::LessThan => "未満",
        QuantityKind::Stated => "文言",
        QuantityKind::Status => "数値がない理由",
    }
}

fn change_label(change: Change) -> &'static str {
    match change {
        Change::Increase => "増",
        Change::Decrease => "減",
    }
}

fn time_label(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::FiscalYear => "年度",
        TimeKind::Year => "年",
        TimeKind::BareYear => "年か年度（どちらかの記載なし）",
        TimeKind::Month => "月",
        TimeKind::Date => "日",
    }
}

/// A column with what it takes from a code.
type Taking<'a> = (Column, fn(&Line<'a>) -> Datum<'a>);

fn columns<'a>() -> [Taking<'a>; 5] {
    let column = |name, label, definition| Column::new(name, label, Kind::Text, definition).filled();
    [
        (
            column("code_list", "コード表の種類", "コードの種類。階層と区分のコードでは、その列名（英字）"),
            |code| Datum::made(code.list.clone()),
        ),
        (column("code_list_label", "コード表の名称", "コードの種類の名称"), |code| {
            Datum::made(code.list_label.clone())
        }),
        (column("code", "コード", "コード。種類ごとに一意"), |code| {
            Datum::made(code.code.clone())
        }),
        (column("label", "名称", "コードが表す名称"), |code| code.label.clone()),
        (column("parent", "親のコード", "一つ上の階層のコード").blank("親なし"), |code| {
            code.parent.clone().map_or(Datum::Blank, Datum::made)
        }),
    ]
}
