//! What stands around a table in a form and is none of its records, in whatever words: told by where it stands, and by
//! what it lacks.
//!
//! * **A1** A row looks like a record if it has a name, and an entry that only records have, or three entries: a word of a
//!   field's vocabulary or a mark below its heading, a figure below a value's, a code below the number's. Without a name
//!   it takes two such entries, or one that stands alone.
//! * **A2** A row that does not look like one is none if it stands apart: outside the frame of a table that has one, or
//!   below a blank row.

use super::choices::names_choice;
use super::columns::{Header, Lexicon, Slot};
use super::kinds::Cells;
use super::options::{self, Sign};
use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, is_no_value};
use crate::model::{RawRow, Role};
use crate::template::Template;

/// Rows in which evidence is looked for.
const ROWS: usize = 1000;

/// Whether a row with these entries looks like a record (A1).
pub(super) fn looks_like_record(cells: &Cells, words: &Lexicon, template: &Template) -> bool {
    let entries = || cells.iter().filter(|(_, (text, _))| !is_no_value(text));
    let strong = entries().filter(|(slot, (text, _))| is_own(**slot, text, words, template)).count();
    let is_named = cells.get(&words.name()).is_some_and(|(text, _)| !is_no_value(text));
    if is_named {
        strong > 0 || entries().count() >= 3
    } else {
        strong > 1 || (strong == 1 && entries().count() == 1)
    }
}

/// Of the entries of rows that only records have, how many are like theirs, and how many are not.
pub(super) fn evidence<'r>(
    rows: impl Iterator<Item = &'r RawRow>,
    header: &Header,
    words: &Lexicon,
    template: &Template,
) -> (usize, usize) {
    let is_typed = |slot: Slot| {
        matches!(slot, Slot::Field(_))
            && (words.is_choice(slot) || words.is_value(slot) || words.has_role(slot, Role::Number))
    };
    let typed: Vec<(Slot, u32)> =
        header.columns.iter().map(|(slot, col)| (*slot, *col)).filter(|(slot, _)| is_typed(*slot)).collect();
    let entries =
        rows.take(ROWS).flat_map(|row| typed.iter().filter_map(|(slot, col)| Some((*slot, row.text(*col)?))));
    let mut entries = entries.filter(|(_, text)| !is_no_value(text));
    entries.by_ref().fold((0, 0), |(like, unlike), (slot, text)| {
        if is_own(slot, text, words, template) { (like + 1, unlike) } else { (like, unlike + 1) }
    })
}

/// Whether an entry is one that only records have.
fn is_own(slot: Slot, text: &str, words: &Lexicon, template: &Template) -> bool {
    match slot {
        Slot::Mark(..) => options::sign(text) == Some(Sign::Yes),
        Slot::Field(field) if words.is_choice(slot) => names_choice(text, &template.field(field).choices),
        _ if words.has_role(slot, Role::Number) => fold(text).chars().all(|c| c.is_ascii_digit()),
        _ if words.is_value(slot) => {
            let has_figure = text.chars().any(|c| half_width(c).is_ascii_digit());
            has_figure && parse_time(text, words.eras()).is_none()
        }
        _ => false,
    }
}
