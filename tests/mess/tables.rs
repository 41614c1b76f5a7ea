//! Tables of several geometries: below a header, turned, and with records of several rows.

use super::content::Content;
use super::geometry::{Pen, section};
use super::list::Part;
use super::twist::Twist;

/// The labels whose parts are asked for.
fn of(content: &Content, wanted: impl Fn(Part) -> bool) -> Vec<usize> {
    (0..content.labels.len()).filter(|&i| wanted(content.labels[i].part)).collect()
}

/// A column's heading, with those of its pieces; `rows` is how far it is merged down.
fn heading(pen: &mut Pen<'_>, (row, col): (u32, u16), label: usize, rows: u32) -> u16 {
    let width = pen.content.width(label, pen.twists);
    let text = pen.content.labels[label].text.clone();
    let is_pieces = width == 3 && pen.content.labels[label].options.is_empty();
    if is_pieces {
        for (at, text) in (col..).zip([text.as_str(), "単位", "時点"]) {
            pen.label((row, at), text, (rows, 1));
        }
    } else {
        pen.label((row, col), &text, (rows, width));
    }
    col + width
}

/// A table below its header.
pub(crate) fn plain(pen: &mut Pen<'_>, (top, left): (u32, u16)) -> u32 {
    let mut col = left;
    for label in 0..pen.content.labels.len() {
        col = heading(pen, (top, col), label, 1);
    }
    let mut row = top + 1;
    let records = pen.content.records.clone();
    for (i, record) in records.iter().enumerate() {
        let mut at = left;
        for (label, entry) in record.iter().enumerate() {
            let is_group = pen.has(Twist::GroupMerged) && pen.content.labels[label].part == Part::Group;
            if is_group && i > 0 && pen.content.is_same(i - 1, i, label) {
                at += 1; // below the merged cell
                continue;
            }
            let run =
                (i..records.len()).take_while(|&j| is_group && pen.content.is_same(i, j, label)).count();
            pen.entry((row, at), label, entry, (u32::try_from(run.max(1)).expect("few records"), 1));
            at += pen.content.width(label, pen.twists);
        }
        row += 1;
    }
    pen.sheet.frames.push((top, left, row - 1, col - 1));
    row
}

/// Labels down, records across, in blocks below each other.
pub(crate) fn transposed(pen: &mut Pen<'_>, (top, left): (u32, u16)) -> u32 {
    let mut row = top;
    let across = 2 + pen.manner.across * 2;
    let mut records = pen.content.records.clone();
    let mut begun = 0;
    while !records.is_empty() {
        let rest = records.split_off(across.min(records.len()));
        let last = left + u16::try_from(records.len()).expect("few records");
        let begins = row;
        for label in 0..pen.content.labels.len() {
            let text = pen.content.labels[label].text.clone();
            let is_group = pen.content.labels[label].part == Part::Group;
            let is_value = pen.content.width(label, pen.twists) == 3 && pen.has(Twist::ValuePieces);
            if is_value {
                for (i, word) in [text.as_str(), "単位", "時点"].into_iter().enumerate() {
                    pen.label((row, left), word, (1, 1));
                    for (col, record) in (left + 1..).zip(&records) {
                        if let Some(cell) = record[label].pieces.as_ref().and_then(|pieces| pieces[i].clone())
                        {
                            pen.sheet.cells.insert((row, col), cell);
                        }
                    }
                    row += 1;
                }
                continue;
            }
            pen.label((row, left), &text, (1, 1));
            let mut col = left + 1;
            while let Some(record) = records.get(usize::from(col - left - 1)) {
                let at = usize::from(col - left - 1);
                let is_merged = is_group && pen.has(Twist::GroupMerged);
                let same = (at..records.len())
                    .take_while(|&other| is_merged && pen.content.is_same(begun + at, begun + other, label));
                let run = same.count().max(1);
                let run = u16::try_from(run).expect("few records");
                let cell = record[label].cell.clone();
                if let Some(cell) = cell {
                    pen.sheet.cells.insert((row, col), cell);
                }
                pen.sheet.merge((row, col, row, col + run - 1));
                col += run;
            }
            row += 1;
        }
        pen.sheet.frames.push((begins, left, row - 1, last));
        row += 1 + pen.manner.gap / 2;
        begun += records.len();
        records = rest;
    }
    row
}

/// A line for what is and a line for what is to be, told by a column with a word for each.
pub(crate) fn tiers(pen: &mut Pen<'_>, (top, left): (u32, u16)) -> u32 {
    let before =
        of(&pen.content, |part| matches!(part, Part::Group | Part::Name | Part::Number | Part::Other));
    let values = of(&pen.content, |part| matches!(part, Part::Current | Part::Target));
    let after = of(&pen.content, |part| matches!(part, Part::Choice | Part::Reason));
    let revised = of(&pen.content, |part| part == Part::Revised)[0];
    let ([now, then], word) = pen.manner.tiers;
    let mut col = left;
    for &label in &before {
        col = heading(pen, (top, col), label, 1);
    }
    pen.label((top, col), word, (1, 1));
    col += 1;
    for &label in values.iter().chain(&after) {
        col = heading(pen, (top, col), label, 1);
    }
    let mut row = top + 1;
    for record in pen.content.records.clone() {
        let mut at = left;
        // Merged over both lines, said once, or twice.
        let both = |pen: &mut Pen<'_>, at: u16, label: usize, twice: bool| {
            let rows = if pen.manner.both == 0 { 2 } else { 1 };
            pen.entry((row, at), label, &record[label], (rows, 1));
            if twice && pen.manner.both == 2 {
                pen.entry((row + 1, at), label, &record[label], (1, 1));
            }
            at + pen.content.width(label, pen.twists)
        };
        for &label in &before {
            at = both(pen, at, label, true);
        }
        pen.label((row, at), now, (1, 1));
        pen.label((row + 1, at), then, (1, 1));
        at += 1;
        for &label in &values {
            pen.entry((row, at), label, &record[label], (1, 1));
            if pen.content.labels[label].part == Part::Target {
                pen.entry((row + 1, at), revised, &record[revised], (1, 1));
            }
            at += pen.content.width(label, pen.twists);
        }
        for &label in &after {
            at = both(pen, at, label, false);
        }
        row += 2;
    }
    pen.sheet.frames.push((top, left, row - 1, col - 1));
    row
}

/// A header of two rows over records of two rows: what is below what in the header is so in each record.
pub(crate) fn two_lines(pen: &mut Pen<'_>, (top, left): (u32, u16)) -> u32 {
    let labels = &pen.content.labels;
    let may = |i: usize| section(labels[i].part).is_some();
    let mut columns: Vec<(usize, Option<usize>)> = Vec::new();
    let mut label = 0;
    while label < labels.len() {
        let next = label + 1;
        let fits = next < labels.len()
            && may(label)
            && may(next)
            && section(labels[label].part) == section(labels[next].part)
            && pen.content.width(label, pen.twists) == pen.content.width(next, pen.twists);
        columns.push((label, fits.then_some(next)));
        label = next + usize::from(fits);
    }
    let mut col = left;
    for &(upper, lower) in &columns {
        let right = heading(pen, (top, col), upper, if lower.is_some() { 1 } else { 2 });
        if let Some(lower) = lower {
            heading(pen, (top + 1, col), lower, 1);
        }
        col = right;
    }
    let mut row = top + 2;
    for record in pen.content.records.clone() {
        let mut at = left;
        for &(upper, lower) in &columns {
            pen.entry((row, at), upper, &record[upper], (if lower.is_some() { 1 } else { 2 }, 1));
            if let Some(lower) = lower {
                pen.entry((row + 1, at), lower, &record[lower], (1, 1));
            }
            at += pen.content.width(upper, pen.twists);
        }
        row += 2;
    }
    pen.sheet.frames.push((top, left, row - 1, col - 1));
    row
}

/// What is to be on the left, what is on the right, each below its word.
pub(crate) fn left_right(pen: &mut Pen<'_>, (top, left): (u32, u16)) -> u32 {
    let before =
        of(&pen.content, |part| matches!(part, Part::Group | Part::Name | Part::Number | Part::Other));
    let then = of(&pen.content, |part| section(part) == Some(1));
    let now = of(&pen.content, |part| section(part) == Some(0));
    let words = pen.manner.tiers.0;
    let mut col = left;
    for &label in &before {
        col = heading(pen, (top, col), label, 2);
    }
    for (word, labels) in [(words[1], &then), (words[0], &now)] {
        let first = col;
        for &label in labels {
            col = heading(pen, (top + 1, col), label, 1);
        }
        pen.label((top, first), word, (1, col - first));
    }
    let order: Vec<usize> = before.into_iter().chain(then).chain(now).collect();
    let mut row = top + 2;
    for record in pen.content.records.clone() {
        let mut at = left;
        for &label in &order {
            pen.entry((row, at), label, &record[label], (1, 1));
            at += pen.content.width(label, pen.twists);
        }
        row += 1;
    }
    pen.sheet.frames.push((top, left, row - 1, col - 1));
    row
}
