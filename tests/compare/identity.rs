//! The ids of records.

use super::document;
use kaitei::emit::data::list_csv;
use kaitei::finding::{Code, Finding};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::collections::BTreeSet;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
fields = [{ key = "indicator", role = "name" }, { key = "target", role = "target" }, { key = "section", role = "department" }]
columns = [{ title = "指標", fields = ["indicator"], width = 12 }, { title = "目標", fields = ["target"], width = 4 }]
"#;

fn ids(csv: &str, name: &str) -> (Vec<String>, Vec<Code>) {
    let template = Template::parse(name, TEMPLATE).unwrap();
    let read = understand(&[Source::new("a.csv", csv.as_bytes().to_vec())], &template, None);
    let ids = read.value.rows.iter().map(|row| row.id.unwrap().to_string()).collect();
    (ids, read.findings.iter().map(Finding::code).collect())
}

#[test]
fn every_record_has_an_id_of_its_own_that_the_year_does_not_change() {
    for name in ["meguro-2020", "kakuu-2025"] {
        let (_, list) = document(name);
        let ids: BTreeSet<_> = list.rows.iter().map(|row| row.id.unwrap()).collect();
        assert_eq!(ids.len(), list.rows.len());
    }
    let csv =
        "indicator,target,section\n保育所の数,3か所,保育課\n相談の件数,4件,保育課\n保育所の数,5か所,保育課\n";
    let (first, _) = ids(csv, "kpi-2024");
    assert_eq!(ids(csv, "kpi-2025").0, first);
    assert_ne!(ids(csv, "other-2024").0, first);
    assert_ne!(first[0], first[2]);
    let (spelled, _) = ids("indicator,target,section\n保育所の 数,3か所,保育課\n", "kpi-2024");
    assert_eq!(spelled[0], first[0]);
}

#[test]
fn stated_ids_are_kept_and_others_are_said() {
    let (own, _) = ids("indicator,target,section\nあ,3件,保育課\n", "t");
    let csv = format!(
        "indicator,target,section,record_id\nい,3件,保育課,{}\nあ,4件,保育課,\nう,5件,保育課,{0}\nえ,6件,保育課,abc\nお,7件,保育課,abcdefgh\n",
        own[0]
    );
    let (read, found) = ids(&csv, "t");
    assert_eq!((read[0].as_str(), read[4].as_str()), (own[0].as_str(), "abcdefgh"));
    let all: BTreeSet<&String> = read.iter().collect();
    assert_eq!(all.len(), 5);
    assert_eq!(found, [Code::IdDuplicate, Code::IdUnreadable]);
}

#[test]
fn the_data_edition_and_the_workbook_bring_their_ids_back() {
    let (mut template, list) = document("kakuu-2025");
    let csv = list_csv(&template, &list);
    // The series says nothing about stated ids.
    template.compare.series = "another".to_owned();
    let again = understand(&[Source::new("list.csv", csv)], &template, None).value;
    let of = |list: &kaitei::model::Dataset| -> Vec<_> {
        list.rows.iter().map(|row| (row.name().text.clone(), row.id)).collect()
    };
    assert_eq!(of(&again), of(&list));
    assert!(again.rows.iter().all(|row| row.states_id));
    let files: Vec<Source> = ["01_地域振興部.xlsx", "02_こども教育部.xlsx", "03_総務部.csv"]
        .iter()
        .map(|name| {
            let path = format!("{}/input/kakuu-2025/{name}", env!("CARGO_MANIFEST_DIR"));
            Source::new(*name, std::fs::read(path).unwrap())
        })
        .collect();
    let (template, _) = document("kakuu-2025");
    let fonts = kaitei::font::Fonts::named(&template.fonts, |_| None).unwrap();
    let stamp = kaitei::emit::Stamp::resolve(template.document.date, None);
    let built = kaitei::pipeline::build(
        &files,
        &template,
        &kaitei::decisions::Decisions::default(),
        &fonts,
        stamp,
        None,
        &[],
    )
    .unwrap();
    let book =
        built.value.formats.iter().find(|(artifact, _)| *artifact == kaitei::emit::Artifact::Xlsx).unwrap();
    let mut other = template.clone();
    other.compare.series = "another".to_owned();
    let again = understand(&[Source::new("list.xlsx", book.1.clone())], &other, None).value;
    assert_eq!(of(&again), of(&list));
}
