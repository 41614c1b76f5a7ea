//! Cards: the labels of one record with their values, alone, below each other or beside each other.

use super::geometry::{Lines, Pen, section};
use super::list::Part;
use super::twist::Twist;
use std::ops::Range;

/// The labels of a card, line by line.
fn lines(pen: &Pen<'_>) -> Vec<Vec<usize>> {
    let labels = &pen.content.labels;
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let is_wide = |i: usize| pen.content.width(i, pen.twists) > 1;
        let alone = |i: usize| is_wide(i) || matches!(labels[i].part, Part::Group | Part::Reason);
        let follows = lines.last().is_some_and(|line| {
            let (first, last) = (line[0], line[line.len() - 1]);
            let same = section(labels[last].part) == section(label.part);
            match pen.manner.lines {
                Lines::Left => false,
                Lines::Pairs => line.len() < 2 && !alone(i) && !alone(first) && same,
                Lines::Above => {
                    let group = |i: usize| labels[i].part == Part::Group;
                    line.len() < 4 && same && group(first) == group(i)
                }
            }
        });
        if follows {
            lines.last_mut().expect("there is one").push(i);
        } else {
            lines.push(vec![i]);
        }
    }
    lines
}

/// Writes the card of a record; the row below it and the column beside it.
pub(crate) fn card(pen: &mut Pen<'_>, (top, left): (u32, u16), record: usize) -> (u32, u16) {
    let record = pen.content.records[record].clone();
    let (mut row, mut stated, mut right) = (top, None, left + 2);
    for line in lines(pen) {
        let part = pen.content.labels[line[0]].part;
        if let (Some(sections), Some(of)) = (pen.manner.sections.clone(), section(part))
            && stated != Some(of)
        {
            pen.label((row, left), &sections[of], (1, 1));
            stated = Some(of);
            row += 1;
        }
        let mut col = left;
        for &i in &line {
            let text = pen.content.labels[i].text.clone();
            let width = pen.content.width(i, pen.twists);
            let span = if width == 1 { pen.manner.wide } else { width };
            if pen.manner.lines == Lines::Above {
                pen.label((row, col), &text, (1, span));
                pen.entry((row + 1, col), i, &record[i], (1, span));
                col += span;
            } else {
                pen.label((row, col), &text, (1, 1));
                pen.entry((row, col + 1), i, &record[i], (1, span));
                col += 1 + span;
            }
        }
        right = right.max(col);
        row += if pen.manner.lines == Lines::Above { 2 } else { 1 };
    }
    pen.sheet.frames.push((top, left, row - 1, right - 1));
    (row, right)
}

/// Writes cards below each other.
pub(crate) fn stack(pen: &mut Pen<'_>, (top, left): (u32, u16), records: Range<usize>) -> u32 {
    let mut row = top;
    for record in records {
        if let Some(title) = pen.manner.title(record + 1, pen.dice) {
            pen.sheet.text(row, left, &title);
            row += 1 + u32::from(pen.manner.gap > 1 && pen.manner.names > 2);
        }
        row = card(pen, (row, left), record).0 + pen.manner.gap;
    }
    row
}

/// Writes cards beside each other, and more of them below.
pub(crate) fn side_by_side(pen: &mut Pen<'_>, (top, left): (u32, u16), records: Range<usize>) -> u32 {
    let (mut row, mut col, mut below) = (top, left, top);
    let gap = u16::from(!pen.has(Twist::NoGaps));
    for record in records.clone() {
        if record > records.start && (record - records.start).is_multiple_of(pen.manner.across) {
            (row, col) = (below + 1, left);
        }
        let title = pen.manner.title(record + 1, pen.dice);
        if let Some(title) = &title {
            pen.sheet.text(row, col, title);
        }
        let (bottom, right) = card(pen, (row + u32::from(title.is_some()), col), record);
        below = below.max(bottom);
        col = right + gap;
    }
    below
}
