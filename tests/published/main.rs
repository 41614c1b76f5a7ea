//! Lists of other kinds, by their templates alone: what is published by four cities, with forms as their departments
//! might send them. `source.txt` of each says where it stands, and what of it is made up.

use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp};
use kaitei::finding::Severity;
use kaitei::font::Fonts;
use kaitei::japanese::fold;
use kaitei::model::{Dataset, Direction, Period, Record, Status, Value};
use kaitei::pipeline::{Built, Past, Source, build};
use kaitei::template::{FieldKind, Template};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

const LISTS: [&str; 4] = ["oyabe", "kumano", "matsudo", "fuji"];
/// Those of values at points in time.
const TIMED: [&str; 3] = ["oyabe", "kumano", "matsudo"];

fn folder(list: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published").join(list)
}

/// The template of a list, what its forms make, and what was found on the way: `code cell`.
fn built(list: &str) -> (Template, Built, Vec<String>) {
    let template = Template::load(&folder(list).join(format!("{list}.toml"))).expect("a sound template");
    let files = kaitei::batch::walk(&folder(list).join("input")).expect("the forms");
    let sources: Vec<Source> =
        files.into_iter().map(|file| Source::new(file.name, fs::read(file.path).expect("a form"))).collect();
    let (decisions, fonts, stamp) = (Decisions::default(), Fonts::embedded(), Stamp { seconds: 0 });
    let built =
        build(&sources, &template, &decisions, &fonts, stamp, None, &Past::default()).expect("a build");
    let cell = |origin: &kaitei::model::Origin| origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let said = built.findings.iter().filter(|found| found.severity > Severity::Note);
    let found = said.map(|found| format!("{} {}", found.code().id(), cell(&found.origin))).collect();
    (template, built.value, found)
}

/// The values at points in time, a line each: group, name, what the value is and where its arrow points, time, text,
/// figure, unit; as a person would write them down from the published page.
fn long_table(list: &Dataset, template: &Template) -> Vec<[String; 7]> {
    let mut lines = Vec::new();
    for row in &list.rows {
        for field in template.fields_of(FieldKind::Value) {
            if let Some((value, status)) = row.value(field).and_then(|it| Some((it, it.status?))) {
                lines.push(line(row, value, status));
            }
        }
    }
    lines
}

fn line(row: &Record, value: &Value, status: Status) -> [String; 7] {
    let groups: Vec<&str> =
        row.groups.iter().map(|group| group.text.as_str()).filter(|text| !text.is_empty()).collect();
    let part = value.parts.first();
    let arrow = match part.and_then(|part| part.direction) {
        None => "",
        Some(Direction::Up) => ":up",
        Some(Direction::Down) => ":down",
        Some(Direction::Level) => ":level",
    };
    let time = value.time.as_ref().and_then(|time| time.time);
    let figure = part.and_then(|part| part.quantity.figure());
    [
        groups.join(" › "),
        row.name().text.clone(),
        format!("{}{arrow}", status.id()),
        time.as_ref().map(Period::to_string).unwrap_or_default(),
        value.raw.clone(),
        figure.map(|figure| figure.normalize().to_string()).unwrap_or_default(),
        part.and_then(|part| part.unit.clone()).unwrap_or_default(),
    ]
    .map(|text| fold(&text))
}

#[test]
fn every_value_is_what_the_published_list_says() {
    for list in TIMED {
        let (template, built, _) = built(list);
        let mut reader = csv::Reader::from_path(folder(list).join("expected.csv")).unwrap();
        let expected: Vec<Vec<String>> =
            reader.records().map(|line| line.unwrap().iter().map(fold).collect()).collect();
        let found = long_table(&built.list, &template);
        for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_eq!(found[..], expected[..], "{list}, value {}", at + 1);
        }
        assert_eq!(found.len(), expected.len(), "{list}");
    }
}

#[test]
fn what_is_said_of_the_forms_is_worth_saying() {
    for (list, expected) in [
        ("oyabe", &["group-inferred A4"][..]),
        ("kumano", &[]),
        // Two years that the cells state themselves, beside the headings'.
        ("matsudo", &["time-mixed C7", "time-mixed H7"]),
        ("fuji", &["group-inferred A4", "group-inferred A1"]),
    ] {
        assert_eq!(built(list).2, expected, "{list}");
    }
}

/// A file as text; of a workbook, all its parts.
fn whole(bytes: &[u8]) -> String {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let count = archive.len();
    let part = |at| {
        let mut content = Vec::new();
        archive.by_index(at).expect("a part").read_to_end(&mut content).expect("its bytes");
        String::from_utf8_lossy(&content).into_owned()
    };
    (0..count).map(part).collect()
}

/// A list without 取扱 says nothing of it, in no format; what stands below no part of its group has no such group.
#[test]
fn a_list_speaks_of_its_own_fields_alone() {
    for list in LISTS {
        let (template, built, _) = built(list);
        for (artifact, bytes) in &built.formats {
            let text = whole(bytes);
            assert!(!text.contains("取扱") && !text.contains("disposition"), "{list}: {artifact:?}");
        }
        assert_eq!(built.list.tally.len(), template.counted().map_or(0, |(_, choices)| choices.len()));
    }
    for (artifact, bytes) in &built("fuji").1.formats {
        assert!(!whole(bytes).contains("指標"), "{artifact:?}");
    }
    let fishery = &built("kumano").1.list.rows[8];
    let groups: Vec<&str> = fishery.groups.iter().map(|group| group.text.as_str()).collect();
    assert_eq!((groups[1], groups[2], fishery.name().text.as_str()), ("3　水産業", "", "漁獲高"));
    assert_eq!(built("oyabe").1.list.tally, [5, 4, 12, 4]);
}

fn csv_of(built: &Built, artifact: Artifact) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let bytes = &built.formats.iter().find(|(it, _)| *it == artifact).expect("all formats").1;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(bytes);
    let names = reader.headers().expect("a header").clone();
    (names, reader.records().map(|record| record.expect("a record")).collect())
}

/// A list of councils: people, a share, and days by the years of an era without its name.
#[test]
fn records_are_what_the_published_list_says() {
    let mut reader = csv::Reader::from_path(folder("fuji").join("expected.csv")).unwrap();
    let columns = reader.headers().unwrap().clone();
    let expected: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let (names, records) = csv_of(&built("fuji").1, Artifact::Csv);
    let at: Vec<usize> =
        columns.iter().map(|column| names.iter().position(|name| name == column).expect(column)).collect();
    let found: Vec<csv::StringRecord> =
        records.iter().map(|record| at.iter().map(|&at| &record[at]).collect()).collect();
    assert_eq!(found, expected);
}

/// No column of a list's data differs from another in its time alone; what such columns would say is said by records.
#[test]
fn series_stand_in_the_table_of_values() {
    for list in TIMED {
        let (template, built, _) = built(list);
        let (names, _) = csv_of(&built, Artifact::Csv);
        let (columns, values) = csv_of(&built, Artifact::Values);
        let at = |name: &str| columns.iter().position(|it| it == name).unwrap();
        let points = template.fields.iter().filter(|spec| spec.series.is_some());
        for spec in points {
            assert!(!names.iter().any(|name| name.starts_with(&spec.key)), "{list}: {}", spec.key);
            let time = spec.period.as_ref().unwrap().time.fiscal_year().0.to_string();
            let is_point =
                |it: &&csv::StringRecord| it[at("role")] == *spec.data_key() && it[at("fiscal_year")] == time;
            assert!(values.iter().any(|it| is_point(&it)), "{list}: {}", spec.key);
        }
    }
}
