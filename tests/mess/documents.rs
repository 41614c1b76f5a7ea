//! The files of a form of any geometry: which records a department sends, on which sheets, with what around them.

use super::book::{delimited, workbook};
use super::content::Content;
use super::department;
use super::dice::Dice;
use super::furniture;
use super::geometry::{Geometry, Lines, Manner, Pen, write};
use super::list::{List, Which};
use super::plan::Mixture;
use super::reference::Row;
use super::sheet::{Looks, Sheet};
use super::twist::{Twist, Twists};
use kaitei::pipeline::Source;
use std::ops::Range;

/// Which records of a list a form of the geometry holds.
pub(crate) fn some(list: &List, mixture: &Mixture, dice: &mut Dice) -> Range<usize> {
    let all = list.records.len();
    if mixture.twists.contains(&Twist::HeaderYears) {
        return 0..all; // of a few rows nobody could say whether the heading's year is theirs
    }
    let geometry = mixture.geometry;
    let count = if geometry.is_single() { 2 + dice.below(3) } else { 4 + dice.below(7) };
    let count = count.min(all);
    let first = dice.below(all - count + 1);
    first..first + count
}

/// Every file of a form: together they are some records of the list.
pub(crate) fn sources(
    list: &List,
    rows: &[Row],
    records: Range<usize>,
    mixture: &Mixture,
    dice: &mut Dice,
) -> Vec<Source> {
    let (geometry, twists) = (mixture.geometry, &mixture.twists);
    if geometry == Geometry::Rows {
        return department::sources(&rows[records], twists, dice);
    }
    let has = |twist| twists.contains(&twist);
    let manner = Manner::of(geometry, twists, dice);
    let looks = looks(twists, dice);
    let middle = records.start + records.len().div_ceil(2);
    let parts =
        if has(Twist::ManyFiles) { vec![records.start..middle, middle..records.end] } else { vec![records] };
    let mut sources = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        let content = Content::of(list, (rows, part), geometry.needs_apart(), twists, dice);
        let mut sheets = Vec::new();
        for (number, content) in (1..).zip(sheets_of(&content, geometry, twists)) {
            let name = if geometry.is_single() { manner.sheet(number) } else { format!("調査票{number}") };
            let sheet = Sheet { looks: looks.clone(), ..Sheet::new(&name) };
            sheets.push(filled(sheet, content, list.which, geometry, &manner, twists, dice));
        }
        if has(Twist::MemoSheet) && !has(Twist::Delimited) {
            let mut memo = Sheet::new("メモ");
            memo.text(1, 1, "課内で確認中。数字は12月に確定。");
            memo.text(5, 3, "内線2345");
            sheets.push(memo);
        }
        let name = dice.pick(&["健康福祉部", "調査票", "子育て支援部", "都市整備部（修正版）", "様式１"]);
        if has(Twist::Delimited) {
            for (j, sheet) in sheets.iter().enumerate() {
                sources.push(Source::new(format!("{i:02}_{name}_{j:02}.csv"), delimited(sheet, dice)));
            }
        } else {
            sources.push(Source::new(format!("{i:02}_{name}.xlsx"), workbook(&sheets, twists)));
        }
    }
    sources
}

/// The content of each sheet.
fn sheets_of(content: &Content, geometry: Geometry, twists: &Twists) -> Vec<Content> {
    let count = content.records.len();
    let size = match geometry {
        _ if geometry.is_single() => 1,
        _ if twists.contains(&Twist::SpreadOverSheets) => count.div_ceil(2),
        _ => count,
    };
    let parts = content.records.chunks(size).zip(content.groups.chunks(size));
    let part = |(records, groups): (&[_], &[_])| Content {
        labels: content.labels.clone(),
        records: records.to_vec(),
        groups: groups.to_vec(),
    };
    parts.map(part).collect()
}

/// A sheet with its form and what stands around it.
fn filled(
    mut sheet: Sheet,
    content: Content,
    which: Which,
    geometry: Geometry,
    manner: &Manner,
    twists: &Twists,
    dice: &mut Dice,
) -> Sheet {
    let has = |twist| twists.contains(&twist);
    let (mut top, mut left) = (0, 0);
    if has(Twist::Offset) {
        (top, left) = (dice.pick(&[1, 3, 17, 60]), dice.pick(&[0, 1, 4, 27]));
    }
    if has(Twist::TitleRows) {
        let title =
            dice.pick(&["指標調査票", "見直し調査票（指標別）", "指標の一覧", "総合戦略　指標シート"]);
        sheet.text(top, left, title);
        top += 1 + u32::from(dice.once_in(2));
    }
    if has(Twist::Furniture) {
        top = furniture::above(&mut sheet, (top, left), 4, dice);
    }
    // Where a line of a label and a value could be one more of the form's, it stands apart.
    let is_below = geometry.is_card() && manner.lines == Lines::Above;
    let is_turned = geometry == Geometry::Transposed;
    let is_apart = has(Twist::GroupsAbove) || is_turned || is_below || content.groups() < 2;
    let pen = Pen { sheet, content, manner, twists, dice: &mut *dice };
    let mut sheet = write(geometry, pen, (top, left));
    if has(Twist::Furniture) {
        furniture::beside(&mut sheet, !geometry.is_card(), dice);
        if dice.once_in(2) {
            furniture::below(&mut sheet, left, !is_apart, dice);
        }
    }
    if has(Twist::OtherTables) && which != Which::Evaluation {
        furniture::other_table(&mut sheet, left, dice);
    }
    sheet
}

/// What the sheets of a form look like.
pub(crate) fn looks(twists: &Twists, dice: &mut Dice) -> Looks {
    let has = |twist| twists.contains(&twist);
    Looks {
        grid: has(Twist::Grid),
        outline: has(Twist::Outline) || has(Twist::Grid) && dice.once_in(2),
        fill: has(Twist::Fills).then(|| dice.pick(&[0x00D9_E1F2, 0x00FF_F2CC, 0x00D9_D9D9, 0x00E2_EFDA])),
        bold: has(Twist::BoldLabels),
        sizes: has(Twist::FontSizes)
            .then(|| dice.pick(&[(9.0, 14.0), (8.0, 11.0), (10.5, 9.0), (12.0, 16.0)])),
        widths: if has(Twist::Widths) {
            (0..12).map(|_| dice.pick(&[4.0, 8.5, 12.0, 24.0, 40.0])).collect()
        } else {
            Vec::new()
        },
    }
}
