//! `[[fields]]` and `[[groups]]`: what a record says, and which words head its columns in forms.

use super::compute::is_of_unknown;
use super::file::{ChoiceTable, ComputeTable, FieldTable, Group, NeedName, PointTable, TimeTable};
use super::resolve::missing;
use super::spec::{Choice, FieldKind, FieldSpec, Need, Period, Series};
use super::{HeaderWords, Kind};
use crate::finding::{Message, message};
use crate::japanese::era::parse_time;
use crate::japanese::fold;
use crate::model::{Eras, Field, FiscalYear, Role, Roles, Status, Time};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The word for a column of units.
const UNIT: &str = "単位";

/// The words of headings that kaitei knows for a role.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleWords {
    #[serde(default)]
    required: bool,
    words: Vec<String>,
    #[serde(default)]
    time_words: Vec<String>,
}

static ROLES: LazyLock<BTreeMap<Role, RoleWords>> =
    LazyLock::new(|| toml::from_str(include_str!("roles.toml")).expect("the words of roles are valid TOML"));

/// Binds the fields that a template declares.
pub(super) fn resolve(tables: &[FieldTable], eras: &Eras) -> Result<Vec<FieldSpec>, Message> {
    let mut specs = Vec::new();
    for table in tables {
        let spec = field(table, eras)?;
        if table.times.is_empty() {
            specs.push(spec);
        } else {
            specs.extend(points(&spec, table, eras)?);
        }
    }
    Ok(specs)
}

/// The points of a series, each a field of its own with the words of the series.
fn points(spec: &FieldSpec, table: &FieldTable, eras: &Eras) -> Result<Vec<FieldSpec>, Message> {
    let key = &table.key;
    if table.compute.is_some() {
        return Err(message(
            format!(
                "項目「{key}」に times と compute の両方があります。計算する項目は、時点ごとに一つずつ書いてください"
            ),
            format!(
                "the field `{key}` has `times` and `compute`; write a computed field for each of the times"
            ),
        ));
    }
    if spec.kind != FieldKind::Value || table.period.is_some() {
        return Err(message(
            format!("項目「{key}」の times は、値の項目（kind = \"value\"）だけに、period なしで書きます"),
            format!("field `{key}`: `times` is for fields of values (`kind = \"value\"`) without `period`"),
        ));
    }
    let point = |time: &TimeTable| {
        let point = match time {
            TimeTable::Time(time) => {
                PointTable { time: time.clone(), key: None, words: Vec::new(), status: None }
            }
            TimeTable::Point(point) => point.clone(),
        };
        let period = period(key, Some(&point.time), eras)?.expect("a point has a time");
        Ok(FieldSpec {
            key: point.key.unwrap_or_else(|| format!("{key}_{}", suffix(period.time))),
            words: HeaderWords::own(&point.words),
            // No word of the series tells one of its points from another; only the point's own do.
            series: Some(Series { key: key.clone(), words: spec.words.clone() }),
            status: point.status.or(spec.status),
            period: Some(period),
            ..spec.clone()
        })
    };
    table.times.iter().map(point).collect()
}

/// A time as the end of a key: `2003`, `2003_09_30`. The same year as a fiscal and as a calendar year is one key, which
/// a series does not have twice.
fn suffix(time: Time) -> String {
    match time {
        Time::FiscalYear(FiscalYear(year)) | Time::Year(year) | Time::BareYear(year) => year.to_string(),
        Time::Month { year, month } => format!("{year}_{month:02}"),
        Time::Date(day) => format!("{}_{:02}_{:02}", day.year, day.month, day.day),
    }
}

/// A level of the hierarchy.
pub(super) fn group(table: &Group) -> FieldSpec {
    FieldSpec {
        key: table.key.clone(),
        kind: FieldKind::Text,
        holds: Kind::Text,
        role: None,
        words: HeaderWords::own(&table.words),
        time_words: HeaderWords::default(),
        required: table.required.unwrap_or(true),
        horizon: None,
        year: None,
        unit: None,
        period: None,
        states_unit: false,
        series: None,
        status: None,
        choices: Vec::new(),
        compute: None,
        allowed: Vec::new(),
        is_published: true,
    }
}

/// Which field has which role. A role that is about the whole row has one field.
pub(super) fn roles(fields: &[FieldSpec]) -> Result<Arc<Roles>, Message> {
    let mut roles = Roles::default();
    for (index, spec) in fields.iter().enumerate() {
        // Of a series, no point is the one that the rules of its role are about.
        let Some(role) = spec.role.filter(|_| spec.series.is_none()) else { continue };
        if let Some(Field::Entry(first)) = roles.field(role)
            && is_single(role)
        {
            let (id, first, key) = (role.id(), &fields[first].key, &spec.key);
            return Err(message(
                format!("役割「{id}」が、項目「{first}」と「{key}」にあります。一方の role を消してください"),
                format!(
                    "the fields `{first}` and `{key}` both have the role `{id}`; take it from one of them"
                ),
            ));
        }
        roles.give(role, Field::Entry(index));
    }
    if roles.field(Role::Name).is_none() {
        return Err(message(
            "何の一覧かを表す項目がありません。[[fields]] に role = \"name\" の項目（指標名、事業名など）を書いてください",
            "no field says what a row is about; give one of `[[fields]]` the `role = \"name\"` (the indicator, the project)",
        ));
    }
    Ok(Arc::new(roles))
}

fn is_single(role: Role) -> bool {
    matches!(role, Role::Name | Role::Number | Role::Disposition | Role::NewTarget | Role::Reason)
}

/// Words of columns that are left out on purpose; the built-in ones only as far as no field is named so.
pub(super) fn ignored(own: &[String], all: &[String], fields: &[FieldSpec]) -> HeaderWords {
    let is_named = |word: &String| {
        let folded = fold(word);
        fields.iter().any(|field| field.words.iter().any(|known| fold(known) == folded))
    };
    let built_in = all[own.len()..].iter().filter(|word| !is_named(word));
    let kept: Vec<String> = own.iter().chain(built_in).cloned().collect();
    HeaderWords::of(own, &kept)
}

fn field(table: &FieldTable, eras: &Eras) -> Result<FieldSpec, Message> {
    let known = table.role.and_then(|role| ROLES.get(&role));
    let holds = kind(table)?;
    let kind = holds.kept_as();
    if !table.allow.is_empty() && !holds.is_checked() {
        let key = &table.key;
        return Err(message(
            format!(
                "項目「{key}」の allow は、kind が number・money・percent・date・year・link の項目だけに書きます（区分は choices に書きます）"
            ),
            format!(
                "field `{key}`: `allow` is for the kinds number, money, percent, date, year and link (choices have `choices`)"
            ),
        ));
    }
    let words = |own: &[String], known: Option<&Vec<String>>| {
        let all: Vec<String> = own.iter().chain(known.into_iter().flatten()).cloned().collect();
        HeaderWords::of(own, &all)
    };
    Ok(FieldSpec {
        key: table.key.clone(),
        kind,
        holds,
        role: table.role,
        words: words(&table.words, known.map(|known| &known.words)),
        time_words: words(&table.time_words, known.map(|known| &known.time_words)),
        required: table.required.unwrap_or(known.is_some_and(|known| known.required)),
        horizon: table.horizon.map(FiscalYear),
        year: table.year.map(FiscalYear),
        unit: table.unit.clone(),
        period: period(&table.key, table.period.as_ref(), eras)?,
        // A column that is headed so is one of units, even if the template only prints it.
        states_unit: table.role == Some(Role::Unit)
            || (kind == FieldKind::Text && table.words.iter().any(|word| word.trim() == UNIT)),
        choices: match holds {
            Kind::Flag => flags(),
            _ => table.choices.iter().map(|it| choice(it, table.kind == Some(Kind::Code))).collect(),
        },
        series: None,
        status: table.status.or(match table.role {
            Some(Role::Baseline) => Some(Status::Baseline),
            Some(Role::Target | Role::NewTarget) => Some(Status::Target),
            Some(Role::Actual) => Some(Status::Actual),
            _ => None,
        }),
        compute: None,
        allowed: table.allow.clone(),
        is_published: table.publish != Some(false),
    })
}

/// What a field holds: as it says itself, else as it is computed, else as its role has it.
fn kind(table: &FieldTable) -> Result<Kind, Message> {
    let is_percent = matches!(
        table.compute,
        Some(
            ComputeTable::Ratio(_)
                | ComputeTable::Progress(_)
                | ComputeTable::Share(_)
                | ComputeTable::Change(_)
        )
    );
    let of_role = match (table.role, &table.compute) {
        (None, Some(_)) if is_percent => Kind::Percent,
        (None, Some(_)) => Kind::Number,
        (Some(Role::Baseline | Role::Target | Role::Actual | Role::NewTarget), _) => Kind::Value,
        (Some(Role::Name | Role::Number | Role::Reason | Role::Department | Role::Unit), _) => Kind::Text,
        (None, None) if table.choices.is_empty() => Kind::Text,
        (None, None) | (Some(Role::Disposition | Role::Grade), _) => Kind::Choice,
    };
    let kind = table.kind.unwrap_or(of_role);
    let key = &table.key;
    let is_of_role = table.role.is_none() || kind.kept_as() == of_role.kept_as();
    if !is_of_role {
        let role = table.role.map_or("", Role::id);
        return Err(message(
            format!("項目「{key}」の kind は、role = \"{role}\" と合いません。kind を消してください"),
            format!("the field `{key}`: its `kind` does not go with `role = \"{role}\"`; leave it out"),
        ));
    }
    if table.compute.is_some() && kind.kept_as() != FieldKind::Value {
        return Err(message(
            format!("項目「{key}」は compute で計算するため、kind は number・money・percent のどれかです"),
            format!("the field `{key}` is computed: its `kind` is number, money or percent"),
        ));
    }
    match (kind, table.choices.is_empty()) {
        (Kind::Choice, true) => Err(missing(&format!("fields.{key}.choices"))),
        // A code of which the names are known is one of a vocabulary.
        (Kind::Choice | Kind::Code, false) => Ok(Kind::Choice),
        (_, true) => Ok(kind),
        (_, false) => Err(message(
            format!("項目「{key}」に choices がありますが、kind が choice でも code でもありません"),
            format!("the field `{key}` has `choices`, but its `kind` is neither `choice` nor `code`"),
        )),
    }
}

/// The time of a field's values, which must be one.
pub(super) fn period(key: &str, words: Option<&String>, eras: &Eras) -> Result<Option<Period>, Message> {
    let Some(words) = words else { return Ok(None) };
    let bare =
        ["現在", "時点", "末"].iter().fold(words.trim(), |time, end| time.strip_suffix(end).unwrap_or(time));
    let time = parse_time(words, eras).or_else(|| parse_time(bare, eras)).ok_or_else(|| {
        message(
            format!("項目「{key}」の period = \"{words}\" は時点として読めません。\"令和6年度\" のように書いてください"),
            format!("field `{key}`: period = \"{words}\" is no time; write it like \"令和6年度\" or \"2024年度\""),
        )
    })?;
    Ok(Some(Period { words: words.clone(), time }))
}

/// A word of a vocabulary; of codes, the code is printed unless the template says otherwise.
fn choice(table: &ChoiceTable, is_code: bool) -> Choice {
    let need = |name| match name {
        NeedName::Required => Need::Required,
        NeedName::Optional => Need::Optional,
        NeedName::Forbidden => Need::Forbidden,
    };
    let usual = if is_code { &table.code } else { &table.label };
    Choice {
        code: table.code.clone(),
        label: table.label.clone(),
        print: table.print.clone().unwrap_or_else(|| usual.clone()),
        aliases: table.aliases.clone(),
        new_target: need(table.new_target),
        reason: need(table.reason),
        leaves_list: table.leaves_list,
        lowers: table.lowers,
        when: Vec::new(),
        of_unknown: is_of_unknown(table),
    }
}

/// The vocabulary of yes and no.
fn flags() -> Vec<Choice> {
    let word = |code: &str, label: &str, print: &str, aliases: &[&str]| Choice {
        code: code.to_owned(),
        label: label.to_owned(),
        print: print.to_owned(),
        aliases: aliases.iter().map(|&word| word.to_owned()).collect(),
        new_target: Need::Optional,
        reason: Need::Optional,
        leaves_list: false,
        lowers: false,
        when: Vec::new(),
        of_unknown: false,
    };
    let yes = ["◯", "〇", "●", "◎", "レ", "✓", "✔", "☑", "■", "該当", "はい", "yes", "y", "1"];
    let no = ["×", "✕", "無し", "なし", "□", "☐", "非該当", "いいえ", "no", "n", "0"];
    vec![word("true", "有", "○", &yes), word("false", "無", "－", &no)]
}
