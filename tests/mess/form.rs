//! The form of one sheet: which columns it has, where they stand, and their header.

use super::dice::Dice;
use super::sheet::Sheet;
use super::twist::{Twist, Twists};
use super::words;

/// What a column of a form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Col {
    Goal,
    Policy,
    Indicator,
    Number,
    Baseline,
    BaselineAt,
    Target,
    TargetAt,
    Choice,
    /// A mark here chooses this disposition.
    Mark(usize),
    /// Year, value and reason in one cell.
    NewAll,
    NewAt,
    New,
    /// The new target with its year.
    NewWithAt,
    Reason,
    Serial,
    Department,
    Contact,
    Remark,
    /// Hidden.
    OldTarget,
}

/// A column and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) col: Col,
    pub(crate) left: u16,
    pub(crate) right: u16,
    heading: String,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) columns: Vec<Column>,
    pub(crate) header_rows: u32,
}

/// Columns that stay beside each other.
type Block = Vec<Col>;

/// The columns that the twists ask for, in blocks.
fn blocks(twists: &Twists, dice: &mut Dice) -> Vec<Block> {
    let has = |twist| twists.contains(&twist);
    let mut blocks: Vec<Block> = Vec::new();
    let headed = has(Twist::GroupHeadings) || has(Twist::GroupHeadingsMerged);
    let by_sheet = has(Twist::GoalSheets) || has(Twist::GoalSheetNames) || has(Twist::GoalBesideTitle);
    if !headed && !by_sheet {
        blocks.push(vec![Col::Goal]);
    }
    if !headed {
        blocks.push(vec![Col::Policy]);
    }
    blocks.extend([vec![Col::Indicator], vec![Col::Number]]);
    if has(Twist::YearColumn) || has(Twist::YearNeighbour) {
        blocks.extend([vec![Col::Baseline, Col::BaselineAt], vec![Col::Target, Col::TargetAt]]);
    } else {
        blocks.extend([vec![Col::Baseline], vec![Col::Target]]);
    }
    let mut revision =
        if has(Twist::ChoiceMarks) { (0..3).map(Col::Mark).collect() } else { vec![Col::Choice] };
    revision.extend(if has(Twist::NewSplit) {
        vec![Col::NewAt, Col::New, Col::Reason]
    } else if has(Twist::NewYearInside) {
        vec![Col::NewWithAt, Col::Reason]
    } else {
        vec![Col::NewAll]
    });
    blocks.push(revision);
    if has(Twist::HiddenColumn) {
        blocks.insert(blocks.len() - 1, vec![Col::OldTarget]);
    }
    if has(Twist::ExtraColumns) {
        blocks.insert(0, vec![Col::Serial]);
        blocks.insert(dice.below(blocks.len()), vec![Col::Department]);
        blocks.extend([vec![Col::Contact], vec![Col::Remark]]);
    }
    blocks
}

impl Form {
    /// A form as the twists have it.
    pub(crate) fn new(twists: &Twists, reordered: bool, left: u16, dice: &mut Dice) -> Self {
        let has = |twist| twists.contains(&twist);
        let mut blocks = blocks(twists, dice);
        let rows = if has(Twist::ThreeRowHeader) {
            3
        } else {
            1 + u32::from(has(Twist::TwoRowHeader) || has(Twist::LooseHeader))
        };
        if has(Twist::ColumnOrder) || reordered {
            if rows == 1 && !has(Twist::YearNeighbour) {
                blocks = blocks.into_iter().flatten().map(|col| vec![col]).collect();
            }
            dice.shuffle(&mut blocks);
        }
        let mut at = left;
        let mut columns = Vec::new();
        for (position, col) in blocks.into_iter().flatten().enumerate() {
            let right = at + u16::from(has(Twist::WideCells));
            let heading = match (col, has(Twist::YearNeighbour)) {
                (Col::BaselineAt | Col::TargetAt, true) => dice.pick(&["年度", "時点", "年次"]).to_owned(),
                _ => words::heading(col, position, twists, dice),
            };
            columns.push(Column { col, left: at, right, heading });
            at = right + 1 + u16::from(has(Twist::SpacerColumns) && dice.once_in(3));
        }
        Self { columns, header_rows: rows }
    }

    /// The column of a kind.
    pub(crate) fn column(&self, col: Col) -> Option<&Column> {
        self.columns.iter().find(|column| column.col == col)
    }

    /// First and last column of the sheet that the table covers.
    pub(crate) fn width(&self) -> (u16, u16) {
        let columns = &self.columns;
        let left = columns.iter().map(|column| column.left).min().expect("a form has columns");
        (left, columns.iter().map(|column| column.right).max().expect("a form has columns"))
    }

    /// Writes the header; returns the row below it.
    pub(crate) fn write_header(&self, sheet: &mut Sheet, top: u32, twists: &Twists, dice: &mut Dice) -> u32 {
        let merged = !twists.contains(&Twist::LooseHeader);
        let mut upper = top;
        if self.header_rows == 3 {
            let (left, right) = self.width();
            sheet.text(top, left, "まち・ひと・しごと総合戦略の進捗と見直し");
            sheet.merge((top, left, top, right));
            upper += 1;
        }
        let leaf = top + self.header_rows - 1;
        let above = |column: &Column| if leaf > upper { spanning(column.col, twists) } else { None };
        let at_bottom = !merged && dice.once_in(2);
        let mut i = 0;
        while i < self.columns.len() {
            let Some(title) = above(&self.columns[i]) else {
                let column = &self.columns[i];
                sheet.text(if at_bottom { leaf } else { upper }, column.left, &column.heading);
                let bottom = if merged { leaf } else { upper };
                sheet.merge((upper, column.left, bottom, column.right));
                i += 1;
                continue;
            };
            let same = self.columns[i..].iter().take_while(|c| above(c) == Some(title)).count();
            let group = &self.columns[i..i + same];
            sheet.text(upper, group[0].left, title);
            if merged {
                sheet.merge((upper, group[0].left, upper, group[same - 1].right));
            }
            for column in group {
                let leaf_heading = match column.col {
                    Col::Baseline | Col::Target => dice.pick(&["値", "数値", "実数"]).to_owned(),
                    Col::BaselineAt | Col::TargetAt => dice.pick(&["年度", "時点"]).to_owned(),
                    _ => column.heading.clone(),
                };
                sheet.text(leaf, column.left, &leaf_heading);
                sheet.merge((leaf, column.left, leaf, column.right));
            }
            i += same;
        }
        let mut end = leaf + 1;
        if twists.contains(&Twist::ColumnNumbers) {
            let style = dice.below(3);
            for (number, column) in (1_u32..).zip(&self.columns) {
                let text = match style {
                    0 => format!("({number})"),
                    1 => char::from_u32(0x245F + number).expect("a circled digit").to_string(),
                    _ => char::from_u32(0x40 + number).expect("a letter").to_string(),
                };
                sheet.text(end, column.left, &text);
            }
            end += 1;
        }
        end
    }
}

/// The heading over several columns.
fn spanning(col: Col, twists: &Twists) -> Option<&'static str> {
    let years = twists.contains(&Twist::YearColumn);
    match col {
        Col::Baseline | Col::BaselineAt if years => Some("現状値"),
        Col::Target | Col::TargetAt if years => Some("目標値"),
        Col::Choice | Col::Mark(_) | Col::NewAll | Col::NewAt | Col::New | Col::NewWithAt | Col::Reason => {
            Some("令和2（2020）年度の取扱")
        }
        _ => None,
    }
}
