//! Where the options that a cell prints are in it, and which of them a ring is drawn around.
//!
//! A full-width character is as wide as the font is high, any other half as wide: that is an estimate, so a ring must be
//! clearly nearer to one option than to all others.

use super::options::Printed;
use crate::japanese::half_widths;
use crate::model::{Alignment, Edges, Overlay, Setting};

/// The space at the left edge of a cell, in English Metric Units.
const INSET: i64 = 20_000;
/// Of an option, the hundredths that lie in the ring that is drawn around it, at the least.
const INSIDE: i64 = 50;
/// Of any other, at the most.
const OUTSIDE: i64 = 25;
/// A line is so many hundredths of its characters' height apart from the next.
const LINE: i64 = 135;

/// The option that something is drawn around.
pub(super) fn under<'o>(overlay: &Overlay, text: &[char], options: &'o [Printed]) -> Option<&'o Printed> {
    let setting = overlay.setting?;
    let shares: Option<Vec<i64>> = options
        .iter()
        .map(|option| Some(share(overlay.edges, place(option, text, setting, overlay.size)?)))
        .collect();
    let shares = shares?;
    let best = (0..options.len()).max_by_key(|&at| shares[at])?;
    let is_clear = shares.iter().enumerate().all(|(at, &share)| at == best || share <= OUTSIDE);
    (is_clear && shares[best] >= INSIDE).then(|| &options[best])
}

/// The hundredths of a place that a ring covers.
fn share(ring: Edges, place: Edges) -> i64 {
    let across = (ring.right.min(place.right) - ring.left.max(place.left)).max(0);
    let down = (ring.bottom.min(place.bottom) - ring.top.max(place.top)).max(0);
    let (width, height) = ((place.right - place.left).max(1), (place.bottom - place.top).max(1));
    // Rings are flat, and lines of text have room: a ring through the middle of a line is around it.
    let down = (down * 200 / height).min(100);
    across * 100 / width * down / 100
}

/// Where an option is in its cell; `None` if that depends on where the lines are broken.
fn place(option: &Printed, text: &[char], setting: Setting, (width, height): (i64, i64)) -> Option<Edges> {
    let half = setting.em / 2;
    let extent = |text: &[char]| -> i64 {
        text.iter().map(|&c| if half_widths(c) == 1 { half } else { setting.em }).sum()
    };
    let lines: Vec<&[char]> = text.split(|c| *c == '\n').collect();
    let (mut start, mut at) = (0, 0);
    while start + lines[at].len() < option.at.start {
        start += lines[at].len() + 1;
        at += 1;
    }
    let line = lines[at];
    let long = lines.iter().any(|line| INSET * 2 + extent(line) > width);
    if long && (setting.wraps || lines.len() > 1) {
        return None;
    }
    let is_broken = lines.len() > 1 && !setting.wraps;
    if is_broken || option.at.end > start + line.len() {
        return None;
    }
    let begin = match setting.across {
        Alignment::Start => INSET,
        Alignment::Middle => (width - extent(line)) / 2,
        Alignment::End => width - INSET - extent(line),
        Alignment::Other => return None,
    };
    let pitch = setting.em * LINE / 100;
    let count = i64::try_from(lines.len()).ok()?;
    let above = match setting.down {
        Alignment::Start => 0,
        Alignment::Middle => (height - pitch * count) / 2,
        Alignment::End => height - pitch * count,
        Alignment::Other if lines.len() == 1 => (height - pitch) / 2,
        Alignment::Other => return None,
    };
    let top = above + pitch * i64::try_from(at).ok()?;
    let left = begin + extent(&line[..option.at.start - start]);
    Some(Edges { left, right: left + extent(&text[option.at.clone()]), top, bottom: top + pitch })
}
