//! A list, table and layout made by hand: the editions are tested without the stages before them.

use kaitei::font::Fonts;
use kaitei::layout::{self, Flow, Fragment, PagePlan};
use kaitei::model::{
    ChoiceId, Chosen, Completion, Content, Dataset, Document, Entry, Field, Fingerprint, FiscalYear,
    HeaderCell, Origin, Part, Period, Place, Quantity, Record, Table, TableCell, TableColumn, TableRow,
    Tally, Text, Time, TimeText, Value,
};
use kaitei::template::{Choice, Column, Template, TimePlace};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The published list: the first twelve columns of the CSV edition.
pub(crate) const LIST: &str = include_str!("../golden/meguro-2020/reference.csv");

/// Fields of the sample's template.
const NAME: Field = Field::Entry(0);
const DISPOSITION: Field = Field::Entry(4);

/// The vocabulary of dispositions, to be changed.
pub(crate) fn dispositions(template: &mut Template) -> &mut [Choice] {
    &mut template.fields[4].choices
}

pub(crate) fn template() -> Template {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/meguro-2020.toml");
    Template::load(&path).unwrap()
}

/// The file that the fake list came from.
pub(crate) fn input() -> Fingerprint {
    Fingerprint::of("企画課.xlsx", LIST.as_bytes())
}

/// The published list, as if it came from one sheet with the CSV's own columns.
pub(crate) fn list(template: &Template) -> Dataset {
    let place = Arc::new(Place { file: "企画課.xlsx".to_owned(), sheet: Some("調査票".to_owned()) });
    let mut reader = csv::Reader::from_reader(LIST.as_bytes());
    let records = reader.records().map(Result::unwrap);
    let rows: Vec<Record> =
        records.zip(1..).map(|(record, row)| kpi_row(template, &record, &place, row)).collect();
    let count = |id| rows.iter().filter(|r| r.choice(DISPOSITION).is_some_and(|d| d.id.0 == id)).count();
    let tally = (0..template.dispositions().len()).map(count).collect();
    Dataset { rows, tally, ..Dataset::default() }
}

fn kpi_row(template: &Template, record: &csv::StringRecord, place: &Arc<Place>, row: u32) -> Record {
    let at = |col| Origin::at(place, row, col);
    let text = |col: usize| Text {
        raw: record[col].to_owned(),
        text: record[col].to_owned(),
        origin: at(u32::try_from(col).unwrap()),
    };
    let some = |col: usize| (!record[col].is_empty()).then(|| text(col));
    let value = |col: usize, time: usize| some(col).map(|text| value(text, some(time)));
    let id = template.dispositions().iter().position(|d| d.label == record[8]).unwrap();
    Record {
        id: None,
        states_id: false,
        groups: vec![text(0), text(1)],
        entries: vec![
            Some(Entry::Text(text(2))),
            some(3).map(Entry::Text),
            value(4, 5).map(|value| Entry::Value(Box::new(value))),
            value(6, 7).map(|value| Entry::Value(Box::new(value))),
            Some(Entry::Choice(Chosen { id: ChoiceId(id), raw: record[8].to_owned(), origin: at(8) })),
            value(10, 9).map(|value| Entry::Value(Box::new(value))),
            some(11).map(Entry::Text),
        ],
        roles: Arc::clone(&template.roles),
        notes: Vec::new(),
        origin: at(0),
    }
}

/// A number and its unit, or words; fiscal years are of Heisei.
fn value(text: Text, time: Option<Text>) -> Value {
    let digits: String = text.text.chars().take_while(|c| c.is_ascii_digit() || ",.".contains(*c)).collect();
    let (quantity, unit) = match digits.replace(',', "").parse() {
        Ok(number) => (Quantity::Exact(number), Some(text.text[digits.len()..].to_owned())),
        Err(_) => (Quantity::Stated(text.text.clone()), None),
    };
    let fiscal_year =
        |text: &str| text.strip_suffix("年度")?.parse::<i32>().ok().map(|n| FiscalYear(1988 + n));
    Value {
        raw: text.raw,
        text: text.text,
        time: time.map(|t| TimeText {
            time: fiscal_year(&t.text).map(|year| Period::At(Time::FiscalYear(year))),
            text: t.text,
            within: false,
            origin: t.origin,
        }),
        parts: vec![Part { unit, ..Part::of(quantity) }],
        reference: None,
        stored: None,
        notes: Vec::new(),
        qualifiers: Vec::new(),
        completion: Completion::default(),
        status: None,
        origin: text.origin,
    }
}

pub(crate) fn document(template: &Template, list: &Dataset) -> Document {
    let heading = |row, col, row_span, col_span, title: &str| HeaderCell {
        row,
        col,
        row_span,
        col_span,
        content: Content::of(title),
    };
    let mut header = vec![heading(0, 6, 1, 2, template.columns[6].under.as_deref().unwrap())];
    for (col, column) in template.columns.iter().enumerate() {
        let under = usize::from(column.under.is_some());
        header.push(heading(under, col, 2 - under, 1, &column.title));
    }
    header.sort_by_key(|cell| (cell.row, cell.col));
    let group = |row: usize| list.rows[row].groups.iter().map(|g| &g.text).collect::<Vec<_>>();
    let begins = |row: usize| {
        if row == 0 { Some(0) } else { (0..2).find(|&level| group(row)[level] != group(row - 1)[level]) }
    };
    let cells =
        |row: &Record| template.columns.iter().map(|c| TableCell::from(content(template, c, row))).collect();
    let rows = list.rows.iter().enumerate().map(|(i, row)| TableRow {
        begins: begins(i),
        record: Some(i),
        ..TableRow::of(cells(row))
    });
    let words: Vec<String> = template.dispositions().iter().map(|d| d.print.clone()).collect();
    let lines: Vec<_> = words.iter().cloned().zip(list.tally.clone()).collect();
    let column = template.columns.iter().position(|column| column.fields == [DISPOSITION]);
    let total = (template.tally.as_ref().unwrap().total.clone(), list.tally.iter().sum());
    let table = Table {
        columns: template.columns.iter().map(|column| table_column(template, column, &words)).collect(),
        header_rows: 2,
        header,
        rows: rows.collect(),
        tally: Some(Tally { column, lines, total }),
    };
    Document::of("list", &template.document.title, table)
}

fn table_column(template: &Template, column: &Column, words: &[String]) -> TableColumn {
    let level = match column.fields[..] {
        [Field::Group(level)] => Some(level),
        _ => None,
    };
    TableColumn {
        level,
        is_row_header: column.fields.contains(&NAME),
        choices: if column.fields == [DISPOSITION] { words.to_vec() } else { Vec::new() },
        key: template.field(column.fields[0]).key.clone(),
        ..TableColumn::of(column.width, column.align)
    }
}

fn content(template: &Template, column: &Column, row: &Record) -> Content {
    let mut texts = Vec::new();
    for &field in &column.fields {
        if let Some(chosen) = row.choice(field) {
            texts.push(template.disposition(chosen.id).print.clone());
        } else if let Some(text) = row.text(field) {
            texts.push(text.text.clone());
        } else if let Some(value) = row.value(field) {
            let time = value.time.as_ref().map(|time| format!("（{}）", time.text)).unwrap_or_default();
            texts.push(match column.time {
                TimePlace::Before => format!("{time}{}", value.text),
                _ => format!("{}\n{time}", value.text),
            });
        }
    }
    Content::of(if texts.is_empty() { &column.empty } else { "" }.trim_end())
        .paragraphs
        .into_iter()
        .chain(texts.join("／").lines().map(str::to_owned))
        .fold(Content::default(), |mut content, paragraph| {
            content.paragraphs.push(paragraph);
            content
        })
}

/// A table with the given rows on each page, the tally on the last.
pub(crate) fn flow(template: &Template, document: &Document, pages: &[Range<usize>]) -> Flow {
    let mut flow = layout::flow(document, &template.page, &Fonts::embedded());
    let pieces: Vec<Fragment> = flow.whole.iter().flat_map(|page| page.pieces.clone()).collect();
    let page =
        |rows: &Range<usize>| PagePlan { pieces: pieces[rows.clone()].to_vec(), ..PagePlan::default() };
    flow.whole = pages.iter().map(page).collect();
    flow.whole.last_mut().unwrap().tally = true;
    flow
}
