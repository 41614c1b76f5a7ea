//! What is said beside the values: qualifiers, notes in brackets, comments on cells; one record each.

use super::codes::NOTE_KIND;
use super::source;
use super::table::{Column, DataRow, Datum, Kind, Table};
use super::values::{self, Valued};
use crate::emit::Artifact;
use crate::model::{Comment, Dataset, Origin};
use crate::template::Template;

/// What kind of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    Qualifier,
    Note,
    Comment,
}

impl NoteKind {
    /// Every kind.
    pub(super) const ALL: [Self; 3] = [Self::Qualifier, Self::Note, Self::Comment];

    /// Its name in data.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Qualifier => "qualifier",
            Self::Note => "note",
            Self::Comment => "comment",
        }
    }

    /// Its name for people.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Qualifier => "値を限定する語（見込、累計など）",
            Self::Note => "値の注記",
            Self::Comment => "調査票のセルのコメント",
        }
    }
}

struct Seen<'a> {
    number: usize,
    role: Option<&'a str>,
    kind: NoteKind,
    text: &'a str,
    origin: &'a Origin,
}

/// A column with what it takes from a note.
type Taking<'a> = (Column, fn(&Seen<'a>, usize) -> Datum<'a>);

/// The notes of a list: those of values first, then the comments.
pub(super) fn table<'a>(template: &'a Template, list: &'a Dataset) -> Table<'a> {
    let columns = columns(template);
    let record = |(seen, id): (Seen<'a>, usize)| DataRow {
        origin: Some(seen.origin),
        data: columns.iter().map(|(_, take)| take(&seen, id)).collect(),
    };
    let of_values = values::all(template, list).flat_map(|Valued { number, role, value, .. }| {
        let seen = move |kind, text: &'a String| Seen {
            number,
            role: Some(role),
            kind,
            text,
            origin: &value.origin,
        };
        let qualifiers = value.qualifiers.iter().map(move |text| seen(NoteKind::Qualifier, text));
        qualifiers.chain(value.notes.iter().map(move |text| seen(NoteKind::Note, text)))
    });
    let comments = list.rows.iter().zip(1..).flat_map(|(row, number)| {
        row.notes.iter().map(move |Comment { text, origin }| Seen {
            number,
            role: None,
            kind: NoteKind::Comment,
            text,
            origin,
        })
    });
    Table {
        format: Artifact::Notes,
        name: "notes",
        title: "注記の一覧".into(),
        description: "1件が、値の一つの限定語・注記か、セルの一つのコメント".into(),
        key: &["note_id"],
        records: of_values.chain(comments).zip(1..).map(record).collect(),
        columns: columns.into_iter().map(|(column, _)| column).collect(),
    }
}

fn columns<'a>(template: &Template) -> Vec<Taking<'a>> {
    let [row, role] = values::key_columns(template);
    let text = |name, label, definition| Column::new(name, label, Kind::Text, definition).filled();
    let id = Column::new("note_id", "注記の番号", Kind::Integer, "この表での順番（1から）").filled();
    let mut columns: Vec<Taking<'a>> = vec![
        (id, |_, id| Datum::count(id)),
        (row, |it, _| Datum::count(it.number)),
        (role.blank("値ではなく、行のコメント"), |it, _| Datum::text(it.role)),
        (
            text("note_kind", "注記の種類", "限定語・注記・コメントの別").codes(NOTE_KIND),
            |it, _| Datum::text(Some(it.kind.id())),
        ),
        (text("note_text", "注記", "限定語・注記・コメントの文言").as_written(), |it, _| {
            Datum::text(Some(it.text))
        }),
    ];
    let takes: [fn(&Seen<'a>, usize) -> Datum<'a>; 3] =
        [|it, _| source::file(it.origin), |it, _| source::sheet(it.origin), |it, _| source::cell(it.origin)];
    columns.extend(source::columns().into_iter().zip(takes));
    columns
}
