//! From what a text says in order to a value: which time is whose, and which figures belong together.

use super::level::{Draft, Event, When};
use crate::model::{Ends, Quantity};

/// The parts, and the times that they share or have each.
pub(super) struct Gathered {
    pub(super) parts: Vec<Draft>,
    /// The time of all parts, or of a text without parts.
    pub(super) time: Option<When>,
    /// Times that are said beside the value's own.
    pub(super) spare: Vec<When>,
}

/// Gives every part its time. A leading time is that of the parts behind it up to the next leading one; a trailing time
/// that of the parts before it that have none.
fn assign(events: Vec<Event>) -> (Vec<Draft>, Vec<When>) {
    let mut parts: Vec<Draft> = Vec::new();
    let mut spare = Vec::new();
    let mut current: Option<When> = None;
    for event in events {
        match event {
            Event::Part(mut draft) => {
                match draft.time {
                    Some(time) if !draft.nested => current = Some(time),
                    None => draft.time = current,
                    Some(_) => {}
                }
                parts.push(*draft);
            }
            Event::Time { when, leading: true } => current = Some(when),
            Event::Time { when, leading: false } => {
                let mut used = false;
                for part in parts.iter_mut().rev() {
                    if part.time.is_some() {
                        if part.nested {
                            continue;
                        }
                        break;
                    }
                    part.time = Some(when);
                    used = true;
                }
                // A time in brackets of its own comes before one that is said with other words.
                let known = parts.last().and_then(|part: &Draft| part.time);
                match known {
                    Some(known) if !used && known.frame.is_none() && when.frame.is_some() => {
                        for part in parts.iter_mut().filter(|part| part.time == Some(known)) {
                            part.time = Some(when);
                        }
                        spare.push(known);
                    }
                    _ if !used => spare.push(when),
                    _ => {}
                }
            }
        }
    }
    (parts, spare)
}

/// The parts of brackets, with the times that are said there.
pub(super) fn own_times(events: Vec<Event>) -> Vec<Draft> {
    assign(events).0
}

pub(super) fn gather(events: Vec<Event>) -> Gathered {
    let first = events.iter().find_map(|event| match event {
        Event::Time { when, .. } => Some(*when),
        Event::Part(_) => None,
    });
    let (parts, mut spare) = assign(events);
    let mut parts = merged(parts);
    let time = match parts.first() {
        None => first,
        Some(part) => part.time.filter(|time| {
            parts.iter().all(|p| p.time.is_some_and(|t| t.stated.period == time.stated.period))
        }),
    };
    // Words without a time of their own take the one that is said.
    let time =
        time.or_else(|| if parts.iter().all(|p| p.time.is_none()) { spare.first().copied() } else { None });
    spare.retain(|when| Some(*when) != time);
    if time.is_some() {
        for part in &mut parts {
            part.time = None;
        }
    }
    Gathered { parts, time, spare }
}

/// Two bounds of one thing (`40％以上、60％以下`) are a range.
fn merged(parts: Vec<Draft>) -> Vec<Draft> {
    let mut all: Vec<Draft> = Vec::new();
    for part in parts {
        if let Some(last) = all.last_mut()
            && let Some(ends) = ends(last, &part)
        {
            last.part.quantity = Quantity::Range(ends);
            last.part.unit = last.part.unit.take().or_else(|| part.part.unit.clone());
            last.part.per = last.part.per.take().or_else(|| part.part.per.clone());
            last.part.change = last.part.change.or(part.part.change);
            last.time = last.time.or(part.time);
            last.qualifiers.extend(part.qualifiers);
            continue;
        }
        all.push(part);
    }
    all
}

fn ends(low: &Draft, high: &Draft) -> Option<Ends> {
    let (lower, lower_open) = match low.part.quantity {
        Quantity::AtLeast(n) => (n, false),
        Quantity::MoreThan(n) => (n, true),
        _ => return None,
    };
    let (upper, upper_open) = match high.part.quantity {
        Quantity::AtMost(n) => (n, false),
        Quantity::LessThan(n) => (n, true),
        _ => return None,
    };
    let same = high.part.unit == low.part.unit || low.part.unit.is_none() || high.part.unit.is_none();
    let alike = same
        && !high.headed
        && !high.nested
        && high.part.of.is_none()
        && low.part.of.is_none()
        && high.part.from.is_none();
    (alike && lower <= upper).then_some(Ends { lower, upper, lower_open, upper_open, bound: None })
}
