//! The indicators of all sheets, those that were sent twice once.
//!
//! * **G1** Two indicators are the same if their groups and names are, and their project's numbers where both
//!   state one. Widths, spaces and line breaks do not matter.
//! * **G2** Two sheets are one sheet twice if most of the smaller one's indicators are the same, four of five.
//! * **G3** If all that is the same is also the same word for word, it is counted once: nothing is lost by it. A single
//!   indicator is enough.
//! * **G4** If anything differs, a person must say which sheet holds. It takes two indicators: one that stands twice
//!   is a matter of its own.

use crate::finding::{Collector, Difference, Differences, Elsewhere, Finding, Noted, Problem, Side};
use crate::japanese::fold;
use crate::model::{Entry, Field, Origin, Place, Record, Role, RowKind, SheetAccount, Value};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Indicators of one name that are compared at most.
const NAMESAKES: usize = 64;

/// The indicators so far.
#[derive(Default)]
pub(super) struct Gathering {
    /// In the order of reading.
    pub(super) rows: Vec<Record>,
    /// The indicators' cells of sheets that were sent twice, where something differs.
    pub(super) reported: BTreeSet<Origin>,
    index: BTreeMap<Vec<String>, Vec<usize>>,
    /// How many indicators each sheet has, left out or not.
    sizes: BTreeMap<Arc<Place>, usize>,
    /// By the two files, or sheets of one file.
    found: BTreeMap<(Place, Place), Repetition>,
}

/// A workbook or sheet that was sent twice.
struct Repetition {
    first: Origin,
    again: Origin,
    /// How many indicators are the same.
    common: usize,
    /// How many of them are the same word for word.
    equal: usize,
    differences: Differences,
}

/// What an indicator says apart from its groups and its name, folded.
struct Said {
    number: Option<String>,
    texts: Vec<Option<String>>,
}

/// An indicator before and again, and in what they differ.
struct Pair {
    first: usize,
    again: usize,
    differences: Vec<Difference>,
}

impl Gathering {
    /// Adds the indicators of a sheet, but for those that are counted already; its account says which.
    pub(super) fn add(
        &mut self,
        sheet: Vec<Noted<Record>>,
        template: &Template,
        account: &mut SheetAccount,
        notes: &mut Collector,
    ) {
        let place = Arc::clone(&account.place);
        let mut left_out: BTreeSet<usize> = BTreeSet::new();
        for (earlier, pairs) in self.pairs(&sheet, template) {
            let smaller = sheet.len().min(self.sizes[&earlier]);
            let is_same = pairs.len() * 5 >= smaller * 4; // G2
            let is_equal = pairs.iter().all(|pair| pair.differences.is_empty());
            if is_same && is_equal {
                left_out.extend(pairs.iter().map(|pair| pair.again)); // G3
            } else if is_same && pairs.len() > 1 {
                let rows = pairs.iter().map(|pair| sheet[pair.again].value.name().origin.clone());
                self.reported.extend(rows); // G4
            } else {
                continue;
            }
            self.report(&earlier, &place, &pairs, &sheet);
        }
        self.sizes.insert(place, sheet.len());
        for (at, row) in sheet.into_iter().enumerate() {
            if left_out.contains(&at) {
                leave_out(row.value, account);
            } else {
                notes.extend(row.findings);
                self.index.entry(key(&row.value)).or_default().push(self.rows.len());
                self.rows.push(row.value);
            }
        }
    }

    /// A finding for each workbook that was sent twice.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.found.values().map(Repetition::finding).collect()
    }

    /// The same indicators on earlier sheets, by sheet (G1). Those that are equal word for word find each other first.
    fn pairs(&self, sheet: &[Noted<Record>], template: &Template) -> BTreeMap<Arc<Place>, Vec<Pair>> {
        let namesakes = |row: &Noted<Record>| self.index.get(&key(&row.value));
        let namesakes: Vec<Option<&Vec<usize>>> = sheet.iter().map(namesakes).collect();
        let mut earlier: BTreeMap<usize, Said> = BTreeMap::new();
        let mut pairs: BTreeMap<Arc<Place>, BTreeMap<usize, Pair>> = BTreeMap::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for is_equal in [true, false] {
            for (again, row) in sheet.iter().enumerate() {
                let Some(firsts) = namesakes[again] else { continue };
                let here = Said::by(&row.value, template);
                for &first in firsts.iter().take(NAMESAKES) {
                    let pairs = pairs.entry(Arc::clone(&self.rows[first].origin.place)).or_default();
                    if taken.contains(&first) || pairs.contains_key(&again) {
                        continue;
                    }
                    let there = earlier.entry(first).or_insert_with(|| Said::by(&self.rows[first], template));
                    if there.has_other_number(&here) || (is_equal && there.texts != here.texts) {
                        continue;
                    }
                    let compare = || differences(&self.rows[first], &row.value, template);
                    let differences = if is_equal { Vec::new() } else { compare() };
                    taken.insert(first);
                    pairs.insert(again, Pair { first, again, differences });
                }
            }
        }
        pairs.retain(|_, pairs| !pairs.is_empty());
        pairs.into_iter().map(|(place, pairs)| (place, pairs.into_values().collect())).collect()
    }

    fn report(&mut self, earlier: &Place, place: &Place, pairs: &[Pair], sheet: &[Noted<Record>]) {
        let whole = |of: &Place| {
            let sheet = of.sheet.clone().filter(|_| earlier.file == place.file);
            Place { file: of.file.clone(), sheet }
        };
        let first = pairs.iter().map(|pair| &self.rows[pair.first].origin).min();
        let again = pairs.iter().map(|pair| &sheet[pair.again].value.origin).min();
        let (Some(first), Some(again)) = (first, again) else { return };
        let found = self.found.entry((whole(earlier), whole(place))).or_insert_with(|| Repetition {
            first: first.clone(),
            again: again.clone(),
            common: 0,
            equal: 0,
            differences: Differences::default(),
        });
        found.common += pairs.len();
        found.equal += pairs.iter().filter(|pair| pair.differences.is_empty()).count();
        found.differences.extend(pairs.iter().flat_map(|pair| pair.differences.iter().cloned()));
    }
}

/// What indicators that stand twice have in common.
pub(super) fn key(row: &Record) -> Vec<String> {
    row.groups.iter().chain([row.name()]).map(|text| fold(&text.text)).collect()
}

impl Said {
    fn by(row: &Record, template: &Template) -> Self {
        let number = row.text_of(Role::Number).map(|number| super::references::bare_number(&number.text));
        let texts = compared(template).map(|field| shown(row, field).map(|(text, _)| fold(&text)));
        Self { number, texts: texts.collect() }
    }

    fn has_other_number(&self, other: &Self) -> bool {
        self.number.as_ref().zip(other.number.as_ref()).is_some_and(|(a, b)| a != b)
    }
}

/// Explains the lines of an indicator that is counted elsewhere. Comments are not counted: they stay.
fn leave_out(row: Record, account: &mut SheetAccount) {
    account.notes.extend(row.notes);
    account.notes.sort();
    let line = row.origin.cell.map_or(0, |cell| cell.row);
    let at = account.rows.partition_point(|(row, _)| *row < line);
    let mut lines = account.rows[at..].iter_mut().map(|(_, kind)| kind);
    lines.next().into_iter().for_each(|kind| *kind = RowKind::Duplicate);
    lines.take_while(|kind| **kind == RowKind::Continuation).for_each(|kind| *kind = RowKind::Duplicate);
}

/// The fields in which indicators of one name can differ.
fn compared(template: &Template) -> impl Iterator<Item = Field> {
    template.entries().filter(|field| *field != template.name())
}

/// In what two indicators differ, each with both cells.
fn differences(a: &Record, b: &Record, template: &Template) -> Vec<Difference> {
    compared(template).filter_map(|field| difference(shown(a, field), shown(b, field), (a, b))).collect()
}

fn difference(
    a: Option<(String, &Origin)>,
    b: Option<(String, &Origin)>,
    (first, again): (&Record, &Record),
) -> Option<Difference> {
    let folded = |shown: &Option<(String, &Origin)>| shown.as_ref().map(|(text, _)| fold(text));
    if folded(&a) == folded(&b) {
        return None;
    }
    let side = |shown: Option<(String, &Origin)>, row: &Record| {
        let cell = shown.as_ref().map_or(&row.name().origin, |(_, origin)| origin).cell;
        Side { cell, text: shown.map(|(text, _)| text.into()) }
    };
    Some(Difference { first: side(a, first), again: side(b, again) })
}

/// What a field says, without its groups and name, and its cell.
fn shown<'a>(row: &'a Record, field: Field) -> Option<(String, &'a Origin)> {
    let of_value = |value: &'a Value| {
        let time = value.time.as_ref().map_or_else(String::new, |time| format!("（{}）", time.text));
        (format!("{}{time}", value.text), &value.origin)
    };
    Some(match row.entry(field)? {
        Entry::Text(text) => (text.text.clone(), &text.origin),
        Entry::Value(value) => of_value(value),
        Entry::Choice(chosen) => (chosen.raw.clone(), &chosen.origin),
    })
}

impl Repetition {
    fn finding(&self) -> Finding {
        let Self { first, again, common, equal, differences } = self;
        let (first, indicators, equal) = (Elsewhere::from(again, first), *common, *equal);
        let problem = if differences.is_empty() {
            Problem::WorkbookCopy { first, indicators }
        } else {
            let differences = differences.clone();
            Problem::WorkbookDuplicate { first, indicators, equal, differences }
        };
        Finding::new(problem, again.clone())
    }
}
