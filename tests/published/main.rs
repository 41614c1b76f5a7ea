//! Lists of other kinds, by their templates alone: what is published by three cities, with forms as their departments
//! might send them. `source.txt` of each says where it stands, and what of it is made up.

use kaitei::decisions::Decisions;
use kaitei::emit::Stamp;
use kaitei::finding::Severity;
use kaitei::font::Fonts;
use kaitei::japanese::fold;
use kaitei::model::{Dataset, Direction, Period, Record, Status, Value};
use kaitei::pipeline::{Built, Source, build};
use kaitei::template::{FieldKind, Template};
use std::fs;
use std::path::{Path, PathBuf};

const LISTS: [&str; 3] = ["oyabe", "kumano", "matsudo"];

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
    let built = build(&sources, &template, &decisions, &fonts, stamp, None, &[]).expect("a build");
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
    for list in LISTS {
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
    ] {
        assert_eq!(built(list).2, expected, "{list}");
    }
}

/// A list without 取扱 says nothing of it, in no format; what stands below no part of its group has no such group.
#[test]
fn a_list_speaks_of_its_own_fields_alone() {
    for list in LISTS {
        let (template, built, _) = built(list);
        for (artifact, bytes) in &built.formats {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("取扱") && !text.contains("disposition"), "{list}: {artifact:?}");
        }
        assert_eq!(built.list.tally.len(), template.counted().map_or(0, |(_, choices)| choices.len()));
    }
    let fishery = &built("kumano").1.list.rows[8];
    let groups: Vec<&str> = fishery.groups.iter().map(|group| group.text.as_str()).collect();
    assert_eq!((groups[1], groups[2], fishery.name().text.as_str()), ("3　水産業", "", "漁獲高"));
    assert_eq!(built("oyabe").1.list.tally, [5, 4, 12, 4]);
}
