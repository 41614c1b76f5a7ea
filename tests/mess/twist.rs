//! The twists: each is one thing that departments do to the form, and none leaves a reader in doubt.

use super::dice::Dice;
use super::forms::is_asserted_of_the_table;
use std::collections::BTreeSet;

/// What only one of can be done to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// The words of the header.
    Words,
    /// How groups are stated.
    Groups,
    /// Where the years of baseline and target stand.
    Years,
    /// How new target, year and reason are divided.
    New,
    /// How the disposition is stated.
    Choice,
    /// What becomes of the header further down.
    Headers,
    /// How many rows the header has.
    HeaderRows,
    /// The kind of file.
    File,
    /// The lines around cells.
    Lines,
    /// Goes with everything.
    Free,
}

impl Family {
    /// The families of which a form has one member.
    pub(crate) const ALONE: [Self; 9] = [
        Self::Words,
        Self::Groups,
        Self::Years,
        Self::New,
        Self::Choice,
        Self::Headers,
        Self::HeaderRows,
        Self::File,
        Self::Lines,
    ];
}

/// One thing that departments do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Twist {
    /// Other words for the columns.
    HeaderSynonyms,
    /// Headings spread by spaces (`現　状　値`), or with spaces at their edges.
    HeaderSpread,
    /// Headings broken into lines, with LF, CRLF or `_x000D_`.
    HeaderBreaks,
    /// Headings in other widths (`KPI`, `ｻｸ`, `No.`).
    HeaderWidths,
    /// Headings with a year of their own (`現状値（平成27年度）`), though the cells have theirs.
    HeaderYears,
    /// Numbered headings (`①基本目標`, `(2)施策`).
    HeaderNumbers,
    /// Headings with remarks (`※必須`, `（記入欄）`, `【選択】`).
    HeaderRemarks,
    /// The revision's columns under a merged heading, the others merged down.
    TwoRowHeader,
    /// One more merged row above both.
    ThreeRowHeader,
    /// Two rows, and nothing merged.
    LooseHeader,
    /// A row below the header that numbers the columns (`(1)`, `(2)`, …).
    ColumnNumbers,
    /// The header again at the top of every printed page.
    RepeatedHeader,
    /// A table for each goal, one below the other.
    TablePerGoal,
    /// A second table with its columns in another order.
    ReorderedTable,
    /// Group labels merged down their rows.
    GroupMerged,
    /// Group labels in their first row alone.
    GroupBlank,
    /// `〃`, `同上` or `々` for a repeated group label.
    GroupDitto,
    /// Groups in rows of their own between the data (`基本目標１　…`).
    GroupHeadings,
    /// The same, merged over the table's width.
    GroupHeadingsMerged,
    /// A sheet for each goal, named above its table.
    GoalSheets,
    /// A sheet for each goal, named by its tab alone.
    GoalSheetNames,
    /// A sheet for each goal, its word and its label in two cells above the table.
    GoalBesideTitle,
    /// Labels with their level's word (`基本目標１　…`) in the group columns.
    GroupPrefixed,
    /// The year in brackets below the value.
    YearNewline,
    /// The year below the value without brackets.
    YearBare,
    /// The years in columns of their own.
    YearColumn,
    /// The years in columns headed `年度` alone, right of the values.
    YearNeighbour,
    /// The year in a row below the value, the indicator merged over both.
    YearRow,
    /// The year in a row below the value, and nothing merged.
    YearRowLoose,
    /// New target, its year and the reason in three columns.
    NewSplit,
    /// The new target with its year in one cell, the reason beside it.
    NewYearInside,
    /// Year, value and reason in one cell, a line each.
    NewBroken,
    /// The word alone.
    ChoicePlain,
    /// `１．維持`.
    ChoiceWide,
    /// `①維持`.
    ChoiceCircled,
    /// The code alone, as a text or as a number.
    ChoiceCode,
    /// Letters spread and other signs after the number (`1　維　持`, `(1)維持`, `1：維持`).
    ChoiceSpread,
    /// A mark in one of three columns.
    ChoiceMarks,
    /// Boxes to check (`□維持 ☑修正 □削除`).
    ChoiceBoxes,
    /// The code as a number that its format shows as a word.
    ChoiceFormatted,
    /// Delimited text in one of many encodings.
    Delimited,
    /// Strings in their cells instead of the shared table.
    InlineStrings,
    /// Dates that count from 1904.
    System1904,
    /// Columns in any order.
    ColumnOrder,
    /// Columns that nobody asked for.
    ExtraColumns,
    /// Empty narrow columns between the columns.
    SpacerColumns,
    /// Each column is two merged ones.
    WideCells,
    /// The table anywhere on the sheet.
    Offset,
    /// Title, department and deadline above the table.
    TitleRows,
    /// Rows of instructions above the table.
    Instructions,
    /// A box for signatures above the table.
    SignatureBox,
    /// Notes below the table, and 以上.
    NotesBelow,
    /// A box with the tally below the table.
    TallyBelow,
    /// Notes between the rows.
    NoteRows,
    /// An example before the first row.
    ExampleRow,
    /// Sums between the rows.
    Subtotals,
    /// Empty rows between the rows.
    BlankRows,
    /// Rows of the form that nobody filled in, below.
    TemplateRows,
    /// Last year's rows, hidden.
    HiddenOldRows,
    /// Last year's rows, struck through.
    StruckRows,
    /// A department's rows over two sheets.
    SpreadOverSheets,
    /// A project's number merged down its indicators.
    MergedNumbers,
    /// Equal reasons and years merged down.
    MergedValues,
    /// Full-width digits.
    FullDigits,
    /// All kinds of dashes for no value.
    Dashes,
    /// Spaces and line breaks at the edges of cells.
    EdgeSpaces,
    /// Half-width katakana.
    HalfKana,
    /// Running text broken into lines by hand.
    NarrowBreaks,
    /// CRLF, CR and `_x000D_` for line breaks.
    LineEnds,
    /// Other code points for `～ ／ （ ） ： ，`.
    Punctuation,
    /// No-break spaces and characters without width.
    Invisible,
    /// Project numbers as numbers, with formats and full-width shows.
    NumberCells,
    /// Values as numbers whose format shows the unit.
    UnitFormats,
    /// Months and years as dates in Japanese eras.
    EraDates,
    /// 0 that its format shows as a dash.
    ZeroDash,
    /// Formulas with their kept results.
    Formulas,
    /// Old values struck through before the new ones.
    StrikeOld,
    /// Runs of several fonts.
    RichText,
    /// Furigana on every text.
    Furigana,
    /// Comments on cells.
    Comments,
    /// A hidden column of old targets.
    HiddenColumn,
    /// Last year's sheet, hidden.
    HiddenSheet,
    /// A sheet with memos.
    MemoSheet,
    /// A sheet that explains every column of the form.
    InstructionSheet,
    /// A sheet with the choices of drop-down lists.
    ChoiceSheet,
    /// A workbook for each department.
    ManyFiles,
    /// Every option in a cell, with a pair of signs for what is chosen and what is not.
    ChoiceSigns,
    /// A cell for each option and one for its mark.
    OptionCells,
    /// Figure, unit and year in cells of their own.
    ValuePieces,
    /// Groups in a block above all that they hold for.
    GroupsAbove,
    /// Headings over what is and over what is to be on a card.
    Sections,
    /// The same words for what is and for what is to be, told apart by the headings over them.
    SameWords,
    /// Words for the columns that nobody listed, but anybody understands.
    HeaderOtherWords,
    /// Cards without empty rows or columns between them.
    NoGaps,
    /// What belongs to no record: who did what when, numbers of files, dates of print, remarks.
    Furniture,
    /// Tables of other things beside and below.
    OtherTables,
    /// Lines around all cells.
    Grid,
    /// Lines around tables and cards alone.
    Outline,
    /// Coloured labels.
    Fills,
    /// Bold labels.
    BoldLabels,
    /// Fonts of two sizes.
    FontSizes,
    /// Columns of other widths.
    Widths,
}

impl Twist {
    /// Every twist.
    pub(crate) const ALL: [Self; 102] = [
        Self::HeaderSynonyms,
        Self::HeaderSpread,
        Self::HeaderBreaks,
        Self::HeaderWidths,
        Self::HeaderYears,
        Self::HeaderNumbers,
        Self::HeaderRemarks,
        Self::TwoRowHeader,
        Self::ThreeRowHeader,
        Self::LooseHeader,
        Self::ColumnNumbers,
        Self::RepeatedHeader,
        Self::TablePerGoal,
        Self::ReorderedTable,
        Self::GroupMerged,
        Self::GroupBlank,
        Self::GroupDitto,
        Self::GroupHeadings,
        Self::GroupHeadingsMerged,
        Self::GoalSheets,
        Self::GoalSheetNames,
        Self::GoalBesideTitle,
        Self::GroupPrefixed,
        Self::YearNewline,
        Self::YearBare,
        Self::YearColumn,
        Self::YearNeighbour,
        Self::YearRow,
        Self::YearRowLoose,
        Self::NewSplit,
        Self::NewYearInside,
        Self::NewBroken,
        Self::ChoicePlain,
        Self::ChoiceWide,
        Self::ChoiceCircled,
        Self::ChoiceCode,
        Self::ChoiceSpread,
        Self::ChoiceMarks,
        Self::ChoiceBoxes,
        Self::ChoiceFormatted,
        Self::Delimited,
        Self::InlineStrings,
        Self::System1904,
        Self::ColumnOrder,
        Self::ExtraColumns,
        Self::SpacerColumns,
        Self::WideCells,
        Self::Offset,
        Self::TitleRows,
        Self::Instructions,
        Self::SignatureBox,
        Self::NotesBelow,
        Self::TallyBelow,
        Self::NoteRows,
        Self::ExampleRow,
        Self::Subtotals,
        Self::BlankRows,
        Self::TemplateRows,
        Self::HiddenOldRows,
        Self::StruckRows,
        Self::SpreadOverSheets,
        Self::MergedNumbers,
        Self::MergedValues,
        Self::FullDigits,
        Self::Dashes,
        Self::EdgeSpaces,
        Self::HalfKana,
        Self::NarrowBreaks,
        Self::LineEnds,
        Self::Punctuation,
        Self::Invisible,
        Self::NumberCells,
        Self::UnitFormats,
        Self::EraDates,
        Self::ZeroDash,
        Self::Formulas,
        Self::StrikeOld,
        Self::RichText,
        Self::Furigana,
        Self::Comments,
        Self::HiddenColumn,
        Self::HiddenSheet,
        Self::MemoSheet,
        Self::InstructionSheet,
        Self::ChoiceSheet,
        Self::ManyFiles,
        Self::ChoiceSigns,
        Self::OptionCells,
        Self::ValuePieces,
        Self::GroupsAbove,
        Self::Sections,
        Self::SameWords,
        Self::HeaderOtherWords,
        Self::NoGaps,
        Self::Furniture,
        Self::OtherTables,
        Self::Grid,
        Self::Outline,
        Self::Fills,
        Self::BoldLabels,
        Self::FontSizes,
        Self::Widths,
    ];

    /// What the twist is one way of.
    pub(crate) fn family(self) -> Family {
        match self {
            Self::HeaderSynonyms
            | Self::HeaderOtherWords
            | Self::HeaderSpread
            | Self::HeaderBreaks
            | Self::HeaderWidths
            | Self::HeaderYears
            | Self::HeaderNumbers
            | Self::HeaderRemarks => Family::Words,
            Self::TwoRowHeader | Self::ThreeRowHeader | Self::LooseHeader | Self::ColumnNumbers => {
                Family::HeaderRows
            }
            Self::RepeatedHeader | Self::TablePerGoal | Self::ReorderedTable => Family::Headers,
            Self::GroupMerged
            | Self::GroupBlank
            | Self::GroupDitto
            | Self::GroupHeadings
            | Self::GroupHeadingsMerged
            | Self::GoalSheets
            | Self::GoalSheetNames
            | Self::GoalBesideTitle
            | Self::GroupPrefixed
            | Self::GroupsAbove => Family::Groups,
            Self::YearNewline
            | Self::YearBare
            | Self::YearColumn
            | Self::YearNeighbour
            | Self::YearRow
            | Self::YearRowLoose
            | Self::ValuePieces => Family::Years,
            Self::NewSplit | Self::NewYearInside | Self::NewBroken => Family::New,
            Self::ChoicePlain
            | Self::ChoiceWide
            | Self::ChoiceCircled
            | Self::ChoiceCode
            | Self::ChoiceSpread
            | Self::ChoiceMarks
            | Self::ChoiceBoxes
            | Self::ChoiceFormatted
            | Self::ChoiceSigns
            | Self::OptionCells => Family::Choice,
            Self::Grid | Self::Outline => Family::Lines,
            Self::Delimited | Self::InlineStrings | Self::System1904 => Family::File,
            _ => Family::Free,
        }
    }

    /// Whether a reader would be left in doubt if both were done, or a file cannot hold both.
    pub(crate) fn clashes(self, other: Self) -> bool {
        let pair =
            |a: Self, of: &[Self]| (self == a && of.contains(&other)) || (other == a && of.contains(&self));
        let own = self.family() != Family::Free && self.family() == other.family();
        own || pair(Self::YearNeighbour, &[Self::ColumnOrder, Self::ReorderedTable])
            || pair(Self::YearRow, &[Self::MergedNumbers, Self::MergedValues])
            || pair(Self::YearRowLoose, &[Self::MergedNumbers, Self::MergedValues, Self::NewSplit])
            || pair(Self::LooseHeader, &[Self::ColumnOrder, Self::ReorderedTable])
            || pair(Self::HiddenColumn, &[Self::ReorderedTable, Self::ColumnOrder])
            || pair(
                Self::Delimited,
                &[
                    Self::GoalSheetNames,
                    Self::GroupMerged,
                    Self::YearRow,
                    Self::MergedNumbers,
                    Self::MergedValues,
                    Self::WideCells,
                    Self::HiddenOldRows,
                    Self::StruckRows,
                    Self::HiddenColumn,
                    Self::Grid,
                    Self::Outline,
                    Self::Fills,
                    Self::BoldLabels,
                    Self::FontSizes,
                    Self::Widths,
                ],
            )
    }
}

/// What is done to the form of one seed.
pub(crate) type Twists = BTreeSet<Twist>;

impl Twist {
    /// Whether the twist can be done to the sample's own form, a table with everything that stands between its rows.
    pub(crate) fn is_of_the_table(self) -> bool {
        !matches!(
            self,
            Self::ChoiceSigns
                | Self::OptionCells
                | Self::ValuePieces
                | Self::GroupsAbove
                | Self::Sections
                | Self::SameWords
                | Self::HeaderOtherWords
                | Self::NoGaps
        )
    }
}

/// A mixture of twists of the table that go together.
pub(crate) fn mixture(dice: &mut Dice) -> Twists {
    let mut all = Twist::ALL;
    dice.shuffle(&mut all);
    let wanted = 1 + dice.below(16);
    let mut twists = Twists::new();
    for twist in all.into_iter().filter(|&twist| is_asserted_of_the_table(twist)) {
        if twists.len() < wanted && !twists.iter().any(|&other| twist.clashes(other)) {
            twists.insert(twist);
        }
    }
    twists
}
