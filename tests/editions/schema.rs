//! The published schema of the JSON edition: every edition conforms to it, and what differs in anything does not.

use super::{data, fake};
use jsonschema::Validator;
use kaitei::emit::json;
use kaitei::model::{CivilDate, FiscalYear, KpiList, Part, Quantity, QuantityKind, RowKind, Time, TimeKind};
use kaitei::template::Template;
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../schemas/edition.schema.json")).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::meta::validate(&schema()).expect("a sound schema");
    jsonschema::draft202012::new(&schema()).unwrap()
}

fn edition(template: &Template, list: &KpiList) -> Value {
    serde_json::from_slice(&json::render(template, list)).unwrap()
}

#[test]
fn every_document_conforms() {
    let validator = validator();
    for (template, list) in data::documents() {
        let errors: Vec<String> =
            validator.iter_errors(&edition(&template, &list)).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", template.id);
    }
}

/// Every kind of quantity and of time, and nothing where something may be absent.
#[test]
fn every_kind_conforms() {
    let template = fake::template();
    let mut list = fake::list(&template);
    let figure = || "12.50".parse().unwrap();
    let quantities = [
        Quantity::Exact(figure()),
        Quantity::Range(figure(), 20.into()),
        Quantity::AtLeast(figure()),
        Quantity::AtMost(figure()),
        Quantity::MoreThan((-3).into()),
        Quantity::LessThan(0.into()),
        Quantity::Stated("拡充".to_owned()),
    ];
    let times = [
        Some(Time::FiscalYear(FiscalYear(2019))),
        Some(Time::Year(2020)),
        Some(Time::Month { year: 2016, month: 1 }),
        Some(Time::Date(CivilDate { year: 2020, month: 4, day: 1 })),
        None,
    ];
    let part = |quantity| Part { label: None, quantity, unit: None, per: Some("年".to_owned()) };
    for time in times {
        let target = list.rows[4].target.as_mut().unwrap();
        target.parts = quantities.clone().map(part).to_vec();
        target.time.as_mut().unwrap().time = time;
        list.rows[5].disposition = None;
        let errors: Vec<String> =
            validator().iter_errors(&edition(&template, &list)).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{time:?}: {errors:?}");
    }
}

/// The sets that the schema lists are those of the program.
#[test]
fn the_schema_lists_what_the_program_has() {
    let schema = schema();
    let defs = &schema["$defs"];
    let rows: Vec<&str> = RowKind::ALL.iter().map(|kind| kind.id()).collect();
    let mut listed: Vec<&str> = serde_json::from_value::<Vec<String>>(
        defs["sheet"]["properties"]["rows"]["propertyNames"]["enum"].clone(),
    )
    .unwrap()
    .into_iter()
    .map(|kind| *rows.iter().find(|known| **known == kind).expect(&kind))
    .collect();
    listed.sort_unstable();
    let mut rows = rows.clone();
    rows.sort_unstable();
    assert_eq!(listed, rows);
    let times: Vec<Value> = TimeKind::ALL.iter().map(|kind| json!(kind.id())).chain([Value::Null]).collect();
    assert_eq!(defs["time"]["properties"]["kind"]["enum"], Value::from(times));
    let quantities = defs["quantity"].to_string();
    assert!(QuantityKind::ALL.iter().all(|kind| quantities.contains(&format!("\"{}\"", kind.id()))));
}

#[test]
fn what_differs_is_rejected() {
    let template = fake::template();
    let sound = edition(&template, &fake::list(&template));
    let validator = validator();
    assert!(validator.is_valid(&sound));
    let row = "/rows/21";
    for (at, replaced) in [
        ("", json!({})),
        ("/document/date", json!("令和2年")),
        ("/document", json!({ "id": "t", "title": "題" })),
        ("/tally/total", json!(-1)),
        ("/dispositions/0/reason", json!("perhaps")),
        ("/rows/21/groups", json!({ "Goal": sound.pointer("/rows/21/groups/goal") })),
        ("/rows/21/indicator", Value::Null),
        ("/rows/21/target/origin/cell", json!("23C")),
        ("/rows/21/target/time/kind", json!("era")),
        ("/rows/21/target/time/kind", json!("month")),
        ("/rows/21/target/time/fiscal_year", json!("2018")),
        ("/rows/21/target/parts/0/quantity", json!({ "kind": "exact", "value": 1113 })),
        ("/rows/21/target/parts/0/quantity", json!({ "kind": "exact", "value": "1,113" })),
        ("/rows/21/target/parts/0/quantity", json!({ "kind": "range", "min": "1" })),
        ("/rows/21/target/parts/0/quantity", json!({ "kind": "about", "value": "1113" })),
    ] {
        let mut broken = sound.clone();
        *broken.pointer_mut(at).expect(at) = replaced.clone();
        assert!(!validator.is_valid(&broken), "{at} = {replaced}");
    }
    // A key too many and a key too few, in every object on the way to a quantity.
    for at in ["", row, "/rows/21/target", "/rows/21/target/parts/0", "/rows/21/target/parts/0/quantity"] {
        let mut more = sound.clone();
        more.pointer_mut(at).expect(at)["extra"] = Value::Null;
        assert!(!validator.is_valid(&more), "{at}: a key too many");
        let keys: Vec<String> = sound.pointer(at).expect(at).as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut fewer = sound.clone();
            fewer.pointer_mut(at).expect(at).as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&fewer), "{at}: without {key}");
        }
    }
}
