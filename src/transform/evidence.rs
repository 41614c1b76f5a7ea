//! Columns whose headings say too little, told by what stands below them. That it was told so is said.
//!
//! The fields that have no column, or one by a mere hint (H13), and the columns that no field has for certain are weighed
//! against each other, in points. Of all ways to give the columns to the fields, the one with most points in sum holds. A pair
//! of it is believed if it has [`ENOUGH`], and if without it all would have [`CLEAR`] points less: of two that may be
//! meant, nobody can tell which. A column of other signs (`○△×`) is no field's.
//!
//! * **E0** A heading that hints at a field has 3 points; one with two kanji in a row in common with its words, 2.
//! * **E1** Entries of which nine in ten are words of a vocabulary make a column of choices: 6.
//! * **E2** Where four rows in five have an answer and four answers in five are figures with a unit or a time, it is a value:
//!   3; of fewer than three rows, which must all begin as values do or have a time, 1.
//! * **E3** A text of its own in four rows of five, and never the same twice, is a name: 3, of fewer than three rows 1.
//! * **E5** Of columns of figures, the one whose times are earlier in every row is the baseline's, and the later the
//!   target's: 2 more. The other way round they are not.
//! * **E6** What is filled in for the choices that want it, half of their rows at the least, and for none that forbid it, is the
//!   new target, if half of it begins with a figure or a time (what does not is a reason), or the reason, if it is
//!   long: 3 if some choice has none, or three rows that must have it do; 1 if one does. A new target that is later than the
//!   target in every row: 2 more; reasons that end as sentences: 1.
//! * **E7** Codes are a number: 1.
//! * **E8** A heading that says what will hold (`来年度の目標`) speaks for the new target, 2, and against the target: 2 less.
//! * **E9** Where between two known columns, or one and the edge, stand as many others as the template lists fields without a
//!   column between their two, each is in its place: 2.

use super::ages::Age;
use super::columns::{self, Header, Lexicon, Slot, has_digit};
use super::heading_text::times;
use crate::assignment::assign;
use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, is_no_value, is_space};
use crate::model::{CivilDate, Field, RawRow, RawSheet, Role};
use crate::template::Need;
use std::collections::BTreeMap;
use std::iter;

/// Entries from which figures and texts tell anything.
const FEW: usize = 3;
/// Characters of the shortest sentence, on average.
pub(super) const SENTENCE: usize = 10;
/// Characters of the shortest name and the longest.
const NAME: std::ops::RangeInclusive<usize> = 3..=80;
/// Points from which a column may be a field's.
const ENOUGH: i64 = 3;
/// Points by which one way to give the columns is clearly better than another.
const CLEAR: i64 = 2;

/// What the rows below a header say of its columns.
pub(super) struct Evidence<'e> {
    header: &'e Header,
    sheet: &'e RawSheet,
    words: &'e Lexicon,
    rows: &'e [&'e RawRow],
    /// What is chosen in each row.
    chosen: Vec<Option<String>>,
}

impl<'e> Evidence<'e> {
    pub(super) fn of(
        header: &'e Header,
        sheet: &'e RawSheet,
        rows: &'e [&'e RawRow],
        words: &'e Lexicon,
    ) -> Self {
        let chosen = rows.iter().map(|row| chosen(row, header, words)).collect();
        Self { header, sheet, words, rows, chosen }
    }

    /// The columns that some fields have clearly, but for those that are settled.
    pub(super) fn told(&self, fields: &[Field], settled: &[u32]) -> Vec<(Field, u32)> {
        let is_open = |field: &Field| !self.header.is_sure_of(*field);
        let fields: Vec<Field> = fields.iter().copied().filter(is_open).collect();
        let is_hinted = |(slot, col): &(&Slot, &u32)| {
            matches!(slot, Slot::Field(Field::Entry(_))) && self.header.inferred.contains(col)
        };
        let hinted = self.header.columns.iter().filter(is_hinted).map(|(_, col)| *col);
        let columns = self.header.unknown.iter().copied().filter(|col| !self.is_piece(*col)).chain(hinted);
        let columns: Vec<u32> = columns.filter(|col| !settled.contains(col)).collect();
        let points = |field: &Field| -> Vec<(usize, i64)> {
            let of = |(at, col): (usize, &u32)| Some((at, self.points(*field, *col, &columns)?));
            columns.iter().enumerate().filter_map(of).filter(|(_, points)| *points > 0).collect()
        };
        let points: Vec<Vec<(usize, i64)>> = fields.iter().map(points).collect();
        let best = assign(&points, columns.len());
        let most = sum(&points, &best);
        let is_clear = |(at, column): (usize, usize)| {
            let mut others = points.clone();
            others[at].retain(|(other, _)| *other != column);
            let has_enough = |(other, points): &(usize, i64)| *other == column && *points >= ENOUGH;
            points[at].iter().any(has_enough) && most - sum(&others, &assign(&others, columns.len())) >= CLEAR
        };
        let pairs = best.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?)));
        pairs.filter(|pair| is_clear(*pair)).map(|(at, column)| (fields[at], columns[column])).collect()
    }

    /// Whether a column is one of units or times, which belongs to the value beside it.
    fn is_piece(&self, col: u32) -> bool {
        let heading = self.words.heading(heading_of(self.header, self.sheet, col));
        heading.is_time || heading.is_unit
    }

    /// How many points speak for a column to be a field's; none if it cannot be. `rivals` are the columns whose field is not
    /// sure.
    fn points(&self, field: Field, col: u32, rivals: &[u32]) -> Option<i64> {
        let heading = heading_of(self.header, self.sheet, col);
        let hint = self.words.heading(heading).fits.contains_key(&Slot::Field(field));
        let like = if hint {
            3
        } else if self.words.may_head(field, heading) {
            2
        } else {
            0
        }; // E0
        let many = |points: i64| if self.rows.len() >= FEW { points } else { 1 };
        let is = |role: Role| self.words.role(role) == Some(field);
        let said = self.said(col);
        let entries = if self.words.is_choice(Slot::Field(field)) {
            let is_word = |text: &&str| text.contains(char::is_alphabetic);
            let fits = |text: &&&str| {
                self.words.is_of_vocabulary_of(field, text) || self.words.lists_options(field, text)
            };
            let most = share(said.iter().filter(fits).count(), said.len(), 90);
            (said.iter().all(is_word) && most).then_some(6)? // E1
        } else if is(Role::Number) {
            let is_code =
                |text: &&&str| fold(text).chars().all(|c| c.is_ascii_digit() || "-,、・".contains(c));
            share(said.iter().filter(is_code).count(), said.len(), 90).then_some(1)? // E7
        } else if is(Role::NewTarget) {
            let is_new = share(self.begin_as_values(&said), said.len(), 50);
            let later = self.column(Role::Target).and_then(|target| self.order(target, col)).unwrap_or(0);
            is_new.then_some(self.follows_choice(col, Role::NewTarget)? + 2 * later.max(0))?
        } else if is(Role::Reason) {
            let length: usize = said.iter().map(|text| text.chars().count()).sum();
            let is_reason =
                length >= SENTENCE * said.len() && !share(self.begin_as_values(&said), said.len(), 20);
            let sentences = said.iter().filter(|text| is_sentence(text)).count();
            let are_sentences = share(sentences, said.len(), 80);
            is_reason.then_some(self.follows_choice(col, Role::Reason)? + i64::from(are_sentences))?
        } else if self.words.name() == Slot::Field(field) {
            let mut names = said.clone();
            names.sort_unstable();
            let is_name = |text: &&str| NAME.contains(&text.chars().count()) && !is_figure(text);
            let are_names = said.iter().all(is_name) && names.windows(2).all(|pair| pair[0] != pair[1]);
            (are_names && share(said.len(), self.rows.len(), 80)).then(|| many(3))? // E3
        } else {
            let place = if is(Role::Baseline) || is(Role::Target) {
                self.place_in_time(field, col, rivals)?
            } else {
                0
            };
            let is_timed = |text: &&&str| !times(text, self.words.eras()).is_empty();
            let is_value = |text: &&str| self.begin_as_values(&[*text]) > 0 || is_timed(&text);
            let are_values = self.rows.len() >= FEW || said.iter().all(is_value);
            (are_values && self.has_figures(col)).then(|| many(3) + place)? // E2
        };
        let is_open = |role: Role| self.words.role(role).is_some_and(|field| !self.header.is_sure_of(field));
        let age = match Age::of(heading) {
            Age::New if is(Role::NewTarget) => 2,
            Age::New if is(Role::Target) && is_open(Role::NewTarget) => -2,
            _ => 0,
        }; // E8
        Some(like + entries + age + self.place_in_order(field, col))
    }

    /// E9
    fn place_in_order(&self, field: Field, col: u32) -> i64 {
        let is_piece = |slot: &Slot| matches!(slot, Slot::Unit(_) | Slot::Time(_) | Slot::Words(_));
        let known = self.header.columns.iter().filter(|(slot, _)| !is_piece(slot));
        let field_of = |slot: &Slot| match slot {
            Slot::Field(field) | Slot::Mark(field, _) => Some(*field),
            _ => None,
        };
        let known: BTreeMap<u32, Option<Field>> = known.map(|(slot, col)| (*col, field_of(slot))).collect();
        let fields = self.words.fields();
        let at = |known: Option<(&u32, &Option<Field>)>| match known {
            Some((_, field)) => field.and_then(|field| fields.iter().position(|it| *it == field)).map(Some),
            None => Some(None), // the edge of the table
        };
        let (left, right) = (known.range(..col).next_back(), known.range(col + 1..).next());
        let (Some(before), Some(behind)) = (at(left), at(right)) else { return 0 };
        let (before, behind) = (before.map_or(0, |at| at + 1), behind.unwrap_or(fields.len()));
        let Some(between) = fields.get(before..behind) else { return 0 };
        let open: Vec<&Field> = between.iter().filter(|field| !self.header.has(**field)).collect();
        let span = left.map_or(0, |(col, _)| col + 1)..right.map_or(u32::MAX, |(col, _)| *col);
        let unknown = self.header.unknown.iter().filter(|col| span.contains(col) && !self.is_piece(**col));
        let unknown: Vec<u32> = unknown.copied().collect();
        let is_in_place = unknown.len() == open.len()
            && unknown.iter().zip(open).any(|(at, open)| *at == col && *open == field);
        if is_in_place { 2 } else { 0 }
    }

    /// E5: 2 if some column of figures is later than a baseline's or earlier than a target's, and none the other way.
    fn place_in_time(&self, field: Field, col: u32, rivals: &[u32]) -> Option<i64> {
        let is_target = self.words.role(Role::Target) == Some(field);
        let other = self.column(if is_target { Role::Baseline } else { Role::Target });
        let others = other.into_iter().chain(rivals.iter().copied().filter(|&rival| self.has_figures(rival)));
        let sign = if is_target { 1 } else { -1 };
        let orders: Vec<i64> = others.filter_map(|other| Some(sign * self.order(other, col)?)).collect();
        let (is_for, is_against) = (orders.contains(&1), orders.contains(&-1));
        // The target is between the baseline and the new one.
        (!is_against || (is_target && is_for)).then_some(if is_for { 2 } else { 0 })
    }

    /// 1 if the times of the second column are later than those of the first in every row that has both, -1 if earlier.
    fn order(&self, first: u32, second: u32) -> Option<i64> {
        let own = |row: &RawRow, col: u32| -> Option<CivilDate> {
            Some(times(row.text(col)?, self.words.eras()).first()?.time.days().1)
        };
        let is_time = |col: u32| self.words.heading(heading_of(self.header, self.sheet, col)).is_time;
        // A value's time may stand beside it.
        let [first, second] = [first, second].map(|col| (col, is_time(col + 1)));
        let day = |row: &RawRow, (col, has_beside): (u32, bool)| {
            own(row, col).or_else(|| own(row, col + 1).filter(|_| has_beside))
        };
        let pairs = self.rows.iter().filter_map(|row| Some((day(row, first)?, day(row, second)?)));
        let mut orders = pairs.map(|(first, second)| second.cmp(&first) as i64);
        let order = orders.next().filter(|order| *order != 0)?;
        orders.all(|other| other == order).then_some(order)
    }

    /// E6
    fn follows_choice(&self, col: u32, role: Role) -> Option<i64> {
        let mut filled: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (row, chosen) in iter::zip(self.rows, &self.chosen) {
            let (with, all) = filled.entry(chosen.as_deref()?).or_default();
            let is_meant = |text: &str| role != Role::NewTarget || self.begin_as_values(&[text]) > 0;
            *with += usize::from(row.text(col).is_some_and(|text| !is_no_value(text) && is_meant(text)));
            *all += 1;
        }
        let agrees = |(chosen, &(with, all)): (&&str, &(usize, usize))| match self.words.need(chosen, role) {
            Some(Need::Forbidden) => with == 0,
            Some(Need::Required) => with * 2 >= all,
            _ => with == 0 || with * 2 >= all,
        };
        let has = |none: bool| filled.values().any(|(with, _)| (*with == 0) == none);
        let is_wanted = |chosen: &str| self.words.need(chosen, role) == Some(Need::Required);
        let wanted = filled.iter().filter(|(chosen, _)| is_wanted(chosen)).map(|(_, (with, _))| with);
        let wanted: usize = wanted.sum();
        let weak = if wanted >= FEW { 3 } else { i64::from(wanted > 0) };
        (filled.iter().all(agrees) && has(false)).then(|| if has(true) { 3 } else { weak })
    }

    /// The column of the field that has a role.
    fn column(&self, role: Role) -> Option<u32> {
        self.header.columns.get(&Slot::Field(self.words.role(role)?)).copied()
    }

    /// What the rows say in a column.
    fn said(&self, col: u32) -> Vec<&'e str> {
        let texts = self.rows.iter().filter_map(|row| row.text(col));
        texts.filter(|text| !is_no_value(text)).map(|text| text.trim_matches(is_space)).collect()
    }

    fn has_figures(&self, col: u32) -> bool {
        let (said, answers) =
            (self.said(col), self.rows.iter().filter(|row| row.text(col).is_some()).count());
        let is_figure = |text: &&&str| is_figure(text) && !self.words.is_of_vocabulary(text);
        share(said.iter().filter(is_figure).count(), said.len(), 80) && share(answers, self.rows.len(), 80)
    }

    /// How many texts begin with a figure or a time.
    fn begin_as_values(&self, said: &[&str]) -> usize {
        // `平成29年度に完了したため。` is none.
        let begins_with_time = |text: &str| {
            let time = times(text, self.words.eras()).into_iter().next();
            let time = time.filter(|time| time.range.start <= '（'.len_utf8());
            time.is_some_and(|time| has_digit(&text[time.range.end..]) || !is_sentence(text))
        };
        let is_like = |text: &&&str| is_value(text, self.words) || begins_with_time(text);
        said.iter().filter(is_like).filter(|text| !self.words.is_of_vocabulary(text)).count()
    }
}

/// The points of an assignment.
fn sum(points: &[Vec<(usize, i64)>], columns: &[Option<usize>]) -> i64 {
    let of = |(points, column): (&Vec<(usize, i64)>, &Option<usize>)| {
        points.iter().find(|(at, _)| Some(*at) == *column).map(|(_, points)| *points)
    };
    iter::zip(points, columns).filter_map(of).sum()
}

/// What a row chooses in the field of dispositions.
fn chosen(row: &RawRow, header: &Header, words: &Lexicon) -> Option<String> {
    let field = words.role(Role::Disposition)?;
    let slot = Slot::Field(field);
    if let Some(col) = header.columns.get(&slot) {
        let chosen = header.options_of(row, slot, words);
        return chosen.map_or_else(|| row.text(*col).map(fold), |(_, text)| Some(text));
    }
    let is_marked = |(slot, col): (&Slot, &u32)| match slot {
        Slot::Mark(of, id) if *of == field && row.text(*col).is_some() => {
            words.label(field, *id).map(str::to_owned)
        }
        _ => None,
    };
    header.columns.iter().find_map(is_marked)
}

/// The lowest heading of a column.
pub(super) fn heading_of<'s>(header: &Header, sheet: &'s RawSheet, col: u32) -> &'s str {
    columns::headings(sheet, header.top, header.named_end, col).pop().unwrap_or_default()
}

/// Whether a part is so many hundredths of the whole.
pub(super) fn share(part: usize, whole: usize, hundredths: usize) -> bool {
    part * 100 >= whole * hundredths && whole > 0
}

/// Whether a text ends as a sentence does.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '．', '.']) || text.ends_with("ため")
}

/// Whether a text has a figure, and more than figures: a unit, a time; and is no sentence.
fn is_figure(text: &str) -> bool {
    has_digit(text)
        && text.contains(|c: char| c.is_alphabetic() || "％%㎡".contains(c))
        && !text.contains('。')
        && text.chars().count() <= *NAME.end()
}

/// Whether a text begins as a value does, with a figure, and is no time.
pub(super) fn is_value(text: &str, words: &Lexicon) -> bool {
    let begins = text.starts_with(|c: char| half_width(c).is_ascii_digit() || "△▲約".contains(c));
    begins && text.chars().count() <= *NAME.end() && parse_time(text, words.eras()).is_none()
}
