//! The columns of groups, told from those of values whose headings have the same words (`目標`), by what stands below.

use super::columns::{Claim, ENTRIES, Lexicon, counts_columns, entries, has_digit, is_group};
use super::fit::Fit;
use super::heading_text::times;
use crate::japanese::{is_no_value, leading_number};
use crate::model::{RawRow, RawSheet};
use std::collections::BTreeMap;

/// Takes out the claims of groups by a mere hint below which no labels stand; where a heading fits a group and a value equally,
/// one of the two claims.
pub(super) fn prefer_one(claims: &mut Vec<Claim>, sheet: &RawSheet, end: u32, words: &Lexicon) {
    let may_be_labels = |col: u32| {
        let is_filled = || entries(sheet, end, col).any(|text| !is_no_value(text));
        has_labels(sheet, end, col, words).unwrap_or_else(is_filled)
    };
    claims.retain(|&(fit, col, slot)| !fit.is_hint() || !is_group(slot) || may_be_labels(col));
    let mut best: BTreeMap<u32, Fit> = BTreeMap::new();
    for &(fit, col, _) in claims.iter() {
        let better = |known: &mut Fit| {
            if fit.look() > known.look() {
                *known = fit;
            }
        };
        best.entry(col).and_modify(better).or_insert(fit);
    }
    let is_best = |claim: &&Claim| best[&claim.1].look() == claim.0.look();
    let at_best: Vec<Claim> = claims.iter().filter(is_best).copied().collect();
    let mut losers: Vec<Claim> = Vec::new();
    for group in at_best.iter().filter(|claim| is_group(claim.2)) {
        let rival = |claim: &&Claim| words.is_value(claim.2) && claim.1 == group.1;
        let Some(value) = at_best.iter().find(rival) else { continue };
        let has_other = at_best.iter().any(|other| other.2 == value.2 && other.1 != value.1);
        // Where another column is better at the group, this one does not hold it.
        let is_held =
            claims.iter().any(|other| other.2 == group.2 && other.1 != group.1 && other.0 > group.0);
        let is_group = (has_other || !is_held) && has_labels(sheet, end, group.1, words).unwrap_or(has_other);
        losers.push(if is_group { *value } else { *group });
    }
    claims.retain(|claim| !losers.contains(claim));
}

/// Whether the entries below a heading are numbered labels; none if there are no entries with numbers. Tables further down may
/// have other columns.
fn has_labels(sheet: &RawSheet, end: u32, col: u32, words: &Lexicon) -> Option<bool> {
    let is_entry = |row: &&RawRow| !counts_columns(row);
    let mut rows: Vec<&RawRow> = sheet.rows_following(end - 1).take(ENTRIES).filter(is_entry).collect();
    if rows.is_empty() {
        rows = sheet.rows_in(end..u32::MAX).iter().take(ENTRIES).filter(is_entry).collect();
    }
    let is_label = |text: &str| {
        let label = leading_number(text).filter(|(_, label)| label.chars().count() > 2);
        label.is_some() && times(text, words.eras()).is_empty()
    };
    let (labels, others): (Vec<&str>, Vec<&str>) =
        rows.iter().filter_map(|row| row.text(col)).partition(|text| is_label(text));
    let others = others.iter().filter(|text| has_digit(text)).count();
    (labels.len() + others > 0).then_some(labels.len() >= others)
}
