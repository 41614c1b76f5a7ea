//! Checks on the whole list: what a careful reader of the printed list would stumble over.

use super::disposition;
use super::references::{Reference, bare_number, find_references};
use super::value::{Comparison, compare};
use crate::finding::{Code, Finding, message};
use crate::japanese::era::wareki;
use crate::japanese::fold;
use crate::model::{Field, KpiRow, Origin, Text};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// Runs every check, row by row in printing order. Indicators at the `reported` cells are known to stand twice.
pub(super) fn run(
    rows: &[KpiRow],
    reported: &BTreeSet<Origin>,
    template: &Template,
    notes: &mut Vec<Finding>,
) {
    let index = Index::new(rows);
    let mut seen = BTreeMap::new();
    for row in rows {
        disposition::check(row, template, notes);
        new_target(row, template, notes);
        years(row, template, notes);
        references(row, &index, template, notes);
        duplicate(row, reported, &mut seen, notes);
    }
}

/// The new target against the old one.
fn new_target(row: &KpiRow, template: &Template, notes: &mut Vec<Finding>) {
    let lowers = row.disposition.as_ref().is_some_and(|chosen| template.disposition(chosen.id).lowers);
    let (Some(old), Some(new)) = (&row.target, &row.new_target) else { return };
    let (code, ja, en, hint) = match compare(old, new) {
        Comparison::Equal => (
            Code::TargetUnchanged,
            format!("新たな目標値「{}」は従来の目標値と同じです", new.text),
            format!("the new target `{}` equals the old one", new.text),
            message(
                "変更がないなら維持とするか、目標値を確かめてください",
                "keep the indicator, or check the target",
            ),
        ),
        Comparison::Lowered | Comparison::Mixed if !lowers => (
            Code::TargetLowered,
            format!("目標値が「{}」から「{}」に引き下げられています", old.text, new.text),
            format!("the target is lowered from `{}` to `{}`", old.text, new.text),
            message("引下げでよいか確かめてください", "check that this is meant"),
        ),
        Comparison::MeasureChanged => (
            Code::MeasureChanged,
            format!("目標値の測り方が「{}」から「{}」に変わっています", old.text, new.text),
            format!("the measure changes from `{}` to `{}`", old.text, new.text),
            message(
                "指標の名称・単位を改めるなら、指標名と現状値もそろえてください",
                "if the measure is meant to change, adapt the indicator and its baseline as well",
            ),
        ),
        _ => return,
    };
    notes.push(Finding::new(code, new.origin.clone(), message(ja, en), hint));
}

/// Years beyond a column's horizon, and years other than the revision's.
fn years(row: &KpiRow, template: &Template, notes: &mut Vec<Finding>) {
    for field in template.all_fields() {
        let Some(stated) = row.value(field).and_then(|value| value.time.as_ref()) else { continue };
        let Some(year) = stated.time.map(crate::model::Period::fiscal_year) else { continue };
        let spec = template.field(field);
        if let Some(horizon) = spec.horizon.filter(|&horizon| year > horizon) {
            notes.push(Finding::new(
                Code::YearBeyondHorizon,
                stated.origin.clone(),
                message(
                    format!(
                        "「{}」（{}）は、この列の期限（{}）より後です",
                        stated.text,
                        wareki(year, &template.eras),
                        wareki(horizon, &template.eras)
                    ),
                    format!(
                        "`{}` (FY{}) lies beyond the column's horizon FY{}",
                        stated.text, year.0, horizon.0
                    ),
                ),
                message("年度を確かめてください", "check the year"),
            ));
        }
        if let Some(expected) = spec.year.filter(|&expected| year != expected) {
            notes.push(Finding::new(
                Code::YearUnexpected,
                stated.origin.clone(),
                message(
                    format!(
                        "「{}」（{}）は、改訂の対象年度（{}）と違います",
                        stated.text,
                        wareki(year, &template.eras),
                        wareki(expected, &template.eras)
                    ),
                    format!("`{}` (FY{}) is not the revision's year FY{}", stated.text, year.0, expected.0),
                ),
                message("年度を確かめてください", "check the year"),
            ));
        }
    }
}

/// The same indicator twice under one group.
fn duplicate(
    row: &KpiRow,
    reported: &BTreeSet<Origin>,
    seen: &mut BTreeMap<Vec<String>, Origin>,
    notes: &mut Vec<Finding>,
) {
    let key = super::gather::key(row);
    let Some(first) = seen.get(&key) else {
        seen.insert(key, row.indicator.origin.clone());
        return;
    };
    let here = &row.indicator.origin;
    if reported.contains(here) || reported.contains(first) {
        return;
    }
    notes.push(Finding::new(
        Code::IndicatorDuplicate,
        here.clone(),
        message(
            format!("指標「{}」が {first} と {here} の二か所にあります", row.indicator.text),
            format!("the indicator `{}` stands both at {first} and at {here}", row.indicator.text),
        ),
        message("重複なら一方を消してください", "delete one of them if they are the same"),
    ));
}

/// Rows by project number.
struct Index<'a>(BTreeMap<String, Vec<&'a KpiRow>>);

impl<'a> Index<'a> {
    fn new(rows: &'a [KpiRow]) -> Self {
        let mut index: BTreeMap<String, Vec<&KpiRow>> = BTreeMap::new();
        for row in rows {
            if let Some(number) = &row.project_no {
                index.entry(bare_number(&number.text)).or_default().push(row);
            }
        }
        Self(index)
    }
}

/// References to other projects in the reason.
fn references(row: &KpiRow, index: &Index<'_>, template: &Template, notes: &mut Vec<Finding>) {
    let Some(reason) = &row.reason else { return };
    for reference in find_references(&reason.text) {
        let own = row.project_no.as_ref().is_some_and(|no| bare_number(&no.text) == reference.number);
        if !own {
            check_reference(row, reason, &reference, index, template, notes);
        }
    }
}

fn check_reference(
    row: &KpiRow,
    reason: &Text,
    reference: &Reference<'_>,
    index: &Index<'_>,
    template: &Template,
    notes: &mut Vec<Finding>,
) {
    let number = &reference.number;
    let mut broken = |ja: String, en: String| {
        notes.push(Finding::new(
            Code::ReferenceBroken,
            reason.origin.clone(),
            message(ja, en),
            message("参照先の番号と内容を確かめてください", "check the number and what it refers to"),
        ));
    };
    let Some(rows) = index.0.get(number) else {
        return broken(
            format!("参照先の№{number}が一覧にありません"),
            format!("№{number} is referred to, but it is not in the list"),
        );
    };
    let leaves = |row: &KpiRow| {
        row.disposition.as_ref().is_some_and(|chosen| template.disposition(chosen.id).leaves_list)
    };
    if rows.iter().all(|row| leaves(row)) {
        return broken(
            format!("参照先の№{number}も一覧から外れます"),
            format!("№{number} is referred to, but it leaves the list as well"),
        );
    }
    let claim = reference.claim;
    if let Some(claim) = claim.filter(|claim| !rows.iter().any(|row| says(row, claim))) {
        return broken(
            format!("№{number}の指標・目標値に「{claim}」がありません"),
            format!("№{number} says nothing of `{claim}`"),
        );
    }
    if leaves(row) {
        notes.push(relied_on(number, claim, reason.origin.clone()));
    }
}

fn relied_on(number: &str, claim: Option<&str>, origin: Origin) -> Finding {
    let (checked_ja, checked_en) = claim.map_or_else(Default::default, |claim| {
        (
            format!("（№{number}の指標・目標値に「{claim}」があることは確かめました）"),
            format!(" (which does say `{claim}`)"),
        )
    });
    Finding::new(
        Code::ReferenceReliedOn,
        origin,
        message(
            format!("この指標は、№{number}で把握することとして一覧から外れます{checked_ja}"),
            format!("this indicator leaves the list relying on №{number}{checked_en}"),
        ),
        message(
            format!("№{number}の内容とあわせて確かめてください"),
            format!("check it together with №{number}"),
        ),
    )
}

/// Whether a row's valid target (the new one, else the old one) or indicator says something.
fn says(row: &KpiRow, claim: &str) -> bool {
    let target = row.value(Field::NewTarget).or(row.value(Field::Target));
    let claim = fold(claim);
    [Some(row.indicator.text.as_str()), target.map(|value| value.text.as_str())]
        .into_iter()
        .flatten()
        .any(|text| fold(text).contains(&claim))
}
