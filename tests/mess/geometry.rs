//! The geometries of a form: how its labels, its values and its records stand to each other.

use super::cards;
use super::content::{Content, Entry};
use super::dice::Dice;
use super::list::{Part, Which};
use super::sheet::{Cell, Sheet};
use super::tables;
use super::twist::{Twist, Twists};

/// A geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Geometry {
    /// The sample's own form with everything that stands between its rows.
    Rows,
    /// A table below its header.
    Table,
    /// A sheet for each record, labels left of their values.
    Card,
    /// A sheet for each record, rows of labels above rows of values.
    Above,
    /// A sheet for each record, two labels with their values a line.
    Pairs,
    /// Cards below each other on a sheet.
    Stack,
    /// Cards beside each other.
    SideBySide,
    /// Labels down, records across.
    Transposed,
    /// A line for what is and a line for what is to be.
    Tiers,
    /// A header of two rows over records of two rows.
    TwoLines,
    /// What is to be on the left, what is on the right.
    LeftRight,
}

impl Geometry {
    /// Every geometry.
    pub(crate) const ALL: [Self; 11] = [
        Self::Rows,
        Self::Table,
        Self::Card,
        Self::Above,
        Self::Pairs,
        Self::Stack,
        Self::SideBySide,
        Self::Transposed,
        Self::Tiers,
        Self::TwoLines,
        Self::LeftRight,
    ];

    /// Whether a list has what the geometry divides its form by.
    pub(crate) fn suits(self, list: Which) -> bool {
        match self {
            Self::Rows => list == Which::Meguro,
            Self::Tiers | Self::LeftRight => list.revises(),
            _ => true,
        }
    }

    /// Whether the new target has to stand apart from the reason.
    pub(crate) fn needs_apart(self) -> bool {
        matches!(self, Self::Tiers | Self::TwoLines | Self::LeftRight)
    }

    /// Whether a record has a sheet of its own, or a card.
    pub(crate) fn is_card(self) -> bool {
        matches!(self, Self::Card | Self::Above | Self::Pairs | Self::Stack | Self::SideBySide)
    }

    /// Whether each record has a sheet of its own.
    pub(crate) fn is_single(self) -> bool {
        matches!(self, Self::Card | Self::Above | Self::Pairs)
    }
}

/// How labels stand to their values on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    Left,
    Above,
    Pairs,
}

/// What is the same on all sheets of a document.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    pub(crate) lines: Lines,
    /// The headings over what is and over what is to be.
    pub(crate) sections: Option<[String; 2]>,
    /// The words for the lines of what is and what is to be, and the heading above them.
    pub(crate) tiers: ([&'static str; 2], &'static str),
    /// The sign of a chosen option, and of another.
    pub(crate) mark: (&'static str, &'static str),
    /// The sign stands left of its option.
    pub(crate) mark_left: bool,
    /// Columns of a card's value.
    pub(crate) wide: u16,
    /// Empty rows between cards.
    pub(crate) gap: u32,
    /// How cards and their sheets are called.
    pub(crate) titles: Option<usize>,
    pub(crate) names: usize,
    /// How many records beside each other.
    pub(crate) across: usize,
    /// Whether what is said of both lines is merged, stands once, or twice.
    pub(crate) both: usize,
}

impl Manner {
    /// The manner of a document.
    pub(crate) fn of(geometry: Geometry, twists: &Twists, dice: &mut Dice) -> Self {
        let has = |twist| twists.contains(&twist);
        let lines = match geometry {
            Geometry::Above => Lines::Above,
            Geometry::Pairs => Lines::Pairs,
            Geometry::Card => Lines::Left,
            _ => dice.pick(&[Lines::Left, Lines::Left, Lines::Pairs, Lines::Above]),
        };
        let sign = dice.pick(&[("■ ", ""), ("◆", ""), ("【", "】"), ("１．", ""), ("〔", "〕"), ("▼", "")]);
        let sections = (has(Twist::Sections) || has(Twist::SameWords)).then(|| {
            let now = dice.pick(&["現行の指標", "現行計画", "現在の指標の内容", "これまでの指標"]);
            let then =
                dice.pick(&["令和２年度の見直し", "見直しの内容", "改定の内容", "次年度に向けた見直し"]);
            let second = if sign.0 == "１．" { "２．" } else { sign.0 };
            [format!("{}{now}{}", sign.0, sign.1), format!("{second}{then}{}", sign.1)]
        });
        let tiers = dice.pick(&[
            ["現行", "見直し後"],
            ["変更前", "変更後"],
            ["旧", "新"],
            ["現行", "改定案"],
            ["改定前", "改定後"],
            ["現行", "改正案"],
            ["見直し前", "見直し後"],
        ]);
        Self {
            lines,
            sections,
            tiers: (tiers, dice.pick(&["区分", "新旧", "新旧区分", "新旧の別"])),
            mark: dice.pick(&[
                ("○", ""),
                ("●", ""),
                ("レ", ""),
                ("✓", ""),
                ("☑", "☐"),
                ("■", "□"),
                ("◎", ""),
            ]),
            mark_left: dice.once_in(2),
            wide: if has(Twist::WideCells) { 2 + u16::try_from(dice.below(4)).expect("few") } else { 1 },
            gap: if has(Twist::NoGaps) { 0 } else { 1 + u32::try_from(dice.below(2)).expect("few") },
            titles: (!has(Twist::NoGaps) || dice.once_in(2)).then(|| dice.below(7)),
            names: dice.below(6),
            across: 2 + dice.below(2),
            both: dice.below(3),
        }
    }

    /// The title of a card.
    pub(crate) fn title(&self, number: usize, dice: &mut Dice) -> Option<String> {
        let style = self.titles?;
        Some(match style {
            0 => format!("調査票（{number}）"),
            1 => format!("【{number}】"),
            2 => format!("■ 個票{number}"),
            3 => format!("〔様式2－{number}〕"),
            4 => format!("指標{number}"),
            5 => format!("（{number}枚目）"),
            // In changing words.
            _ => match dice.below(3) {
                0 => format!("調査票（{number}）"),
                1 => format!("【{number}】"),
                _ => format!("指標その{number}"),
            },
        })
    }

    /// The name of a record's sheet.
    pub(crate) fn sheet(&self, number: usize) -> String {
        match self.names {
            0 => format!("KPI{number:02}"),
            1 => format!("{number}"),
            2 => format!("Sheet{number}"),
            3 => format!("№{number}({})", number % 3 + 1),
            4 => format!("様式2-{number}"),
            _ => format!("調査票 ({number})"),
        }
    }
}

/// What writes on a sheet.
pub(crate) struct Pen<'a> {
    pub(crate) sheet: Sheet,
    pub(crate) content: Content,
    pub(crate) manner: &'a Manner,
    pub(crate) twists: &'a Twists,
    pub(crate) dice: &'a mut Dice,
}

impl Pen<'_> {
    pub(crate) fn has(&self, twist: Twist) -> bool {
        self.twists.contains(&twist)
    }

    /// A text that is no value.
    pub(crate) fn label(&mut self, (row, col): (u32, u16), text: &str, (rows, cols): (u32, u16)) {
        self.sheet.text(row, col, text);
        self.sheet.labels.insert((row, col));
        self.sheet.merge((row, col, row + rows - 1, col + cols - 1));
    }

    fn put(&mut self, row: u32, col: u16, cell: Option<Cell>) {
        if let Some(cell) = cell {
            self.sheet.cells.insert((row, col), cell);
        }
    }

    /// The value of a label, in as many cells as it takes; merged over `cols` and `rows` if it takes one.
    pub(crate) fn entry(
        &mut self,
        (row, col): (u32, u16),
        label: usize,
        entry: &Entry,
        (rows, cols): (u32, u16),
    ) {
        let width = self.content.width(label, self.twists);
        if width == 1 {
            self.put(row, col, entry.cell.clone());
            return self.sheet.merge((row, col, row + rows - 1, col + cols - 1));
        }
        if width == 3 && self.content.labels[label].options.is_empty() {
            for (at, piece) in (col..).zip(entry.pieces.clone().into_iter().flatten()) {
                self.put(row, at, piece);
                self.sheet.merge((row, at, row + rows - 1, at));
            }
            return;
        }
        let words = self.content.labels[label].options.clone();
        for (at, (i, word)) in (col..).step_by(2).zip(words.iter().enumerate()) {
            let mark = if entry.chosen == Some(i) { self.manner.mark.0 } else { self.manner.mark.1 };
            let (sign, name) = if self.manner.mark_left { (at, at + 1) } else { (at + 1, at) };
            self.sheet.text(row, sign, mark);
            self.sheet.text(row, name, word);
            for at in [sign, name] {
                self.sheet.merge((row, at, row + rows - 1, at));
            }
        }
    }
}

/// Writes a form on a sheet from a cell on.
pub(crate) fn write(geometry: Geometry, mut pen: Pen<'_>, (top, left): (u32, u16)) -> Sheet {
    if !pen.has(Twist::GroupsAbove) {
        body(geometry, &mut pen, (top, left));
        return pen.sheet;
    }
    let mut row = top;
    for (groups, part) in pen.content.by_group() {
        for (label, text) in &groups {
            pen.label((row, left), label, (1, 1));
            pen.sheet.text(row, left + 1, text);
            row += 1;
        }
        pen.content = part;
        let gap = pen.manner.gap;
        row = body(geometry, &mut pen, (row + gap / 2, left)) + 1 + gap;
    }
    pen.sheet
}

/// The row below the form.
fn body(geometry: Geometry, pen: &mut Pen<'_>, at: (u32, u16)) -> u32 {
    let records = 0..pen.content.records.len();
    match geometry {
        Geometry::Card | Geometry::Above | Geometry::Pairs => cards::card(pen, at, 0).0,
        Geometry::Stack => cards::stack(pen, at, records),
        Geometry::SideBySide => cards::side_by_side(pen, at, records),
        Geometry::Transposed => tables::transposed(pen, at),
        Geometry::Rows | Geometry::Table => tables::plain(pen, at),
        Geometry::Tiers => tables::tiers(pen, at),
        Geometry::TwoLines => tables::two_lines(pen, at),
        Geometry::LeftRight => tables::left_right(pen, at),
    }
}

/// Whether a part belongs to what is (0) or to what is to be (1).
pub(crate) fn section(part: Part) -> Option<usize> {
    match part {
        Part::Current | Part::Target | Part::At => Some(0),
        Part::Choice | Part::Revised | Part::Reason => Some(1),
        Part::Group | Part::Name | Part::Number | Part::Other => None,
    }
}
