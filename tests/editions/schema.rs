//! The published schema of the JSON edition lists what the program has. That every edition conforms to it, and nothing
//! else does, is checked by an independent validator (`tests/outside/data.py`).

use kaitei::model::{QuantityKind, RowKind, TimeKind};
use kaitei::template::FieldKind;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_schema_lists_what_the_program_has() {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/edition-2.schema.json")).unwrap();
    let words = |at: &str| -> BTreeSet<String> {
        let listed = schema.pointer(at).expect(at).as_array().unwrap();
        listed.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let kinds = [FieldKind::Text, FieldKind::Value, FieldKind::Choice].map(FieldKind::id);
    assert_eq!(words("/$defs/field/properties/kind/enum"), ids(&kinds));
    assert_eq!(words("/$defs/sheet/properties/rows/propertyNames/enum"), ids(&RowKind::ALL.map(RowKind::id)));
    assert_eq!(words("/$defs/time/properties/kind/enum"), ids(&TimeKind::ALL.map(TimeKind::id)));
    let mut quantities = words("/$defs/quantity/oneOf/0/properties/kind/enum");
    let range = schema.pointer("/$defs/quantity/oneOf/1/properties/kind/const").expect("a range");
    quantities.extend(range.as_str().map(str::to_owned));
    quantities.extend(words("/$defs/quantity/oneOf/2/properties/kind/enum"));
    assert_eq!(quantities, ids(&QuantityKind::ALL.map(QuantityKind::id)));
}
